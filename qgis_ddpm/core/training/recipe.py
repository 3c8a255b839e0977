"""How a network is trained, and on what."""

from dataclasses import dataclass, field
from typing import Any

import torch

from .consistency import Consistency
from .distributed import Ranks


@dataclass(frozen=True)
class Recipe:
    """How a network is trained.

    Args:
        batch_size: tiles of a step.
        learning_rate: reached after `warmup_tiles`.
        warmup_tiles: over which the learning rate rises from 0.
        gradient_clip: largest norm of the gradient; 0 = any.
        loss: name of `tile_losses`.
        ema: length of the average of weights, as a share of all tiles seen.
        schedule: of noise levels, as in the model's card.
        seed: of all draws.
        optimizer: name of `build_optimizer`.
        min_snr_gamma: Hang et al. 2023 (arXiv 2303.09556); None = all noise levels weigh alike.
        offset_noise: standard deviation of a constant that is added to the noise of each band.
        consistency: what is learnt in the place of the loss, in a tuning for few calls.
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
    """

    device: torch.device
    micro_batch: int
    ranks: Ranks = field(default_factory=Ranks)
    compile: bool = False
