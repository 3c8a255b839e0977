"""How a network is trained, and on what."""

from dataclasses import dataclass, field
from typing import Any

import torch

from .consistency import Consistency
from .distributed import Ranks


@dataclass(frozen=True)
class Recipe:
    """How a network is trained; batch size and warm-up in tiles.

    gradient_clip: largest norm, 0 = any. loss, optimizer: names of `tile_losses` and `build_optimizer`. ema: length of
    the average as a share of all tiles seen. schedule: as in the model's card. offset_noise: deviation of a constant
    for each band. consistency: what is learnt in the place of the loss, in a tuning for few calls.
    """

    batch_size: int
    learning_rate: float
    warmup_tiles: int
    gradient_clip: float
    loss: str
    ema: float
    schedule: dict[str, Any]
    seed: int
    optimizer: str = "adam"
    min_snr_gamma: float | None = None
    offset_noise: float = 0.0
    consistency: Consistency | None = None


@dataclass
class Compute:
    """Where and how a network is trained.

    Args:
        device: of this process.
        micro_batch: tiles that go through the network at once; halved where memory runs out.
        ranks: the processes that share the training.
        compile: whether the network is compiled.
        precision: of the job, auto, float32 or bfloat16.
    """

    device: torch.device
    micro_batch: int
    ranks: Ranks = field(default_factory=Ranks)
    compile: bool = False
    precision: str = "float32"
