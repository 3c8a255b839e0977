"""The averaged weights of early in a training, which samples are led away from (guidance.py)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from torch import Tensor

# When they are taken unless a job says it, as a share of the training's length.
SHARE = 1 / 8


@dataclass
class EarlyWeights:
    """A copy of the averaged weights once a training has come so far; {} before.

    guidance: how far samples are led. after_tiles: when the weights are taken; None: after SHARE of the training.
    """

    guidance: float
    after_tiles: int | None = None
    tiles_seen: int = 0
    weights: dict[str, Tensor] = field(default_factory=dict)

    def observe(self, share: float, tiles_seen: int, weights: Mapping[str, Tensor]) -> None:
        """Take the weights after a step, once the tiles seen or the `share` of the training that is done suffice."""
        due = share >= SHARE if self.after_tiles is None else tiles_seen >= self.after_tiles
        if due and not self.weights:
            self.tiles_seen = tiles_seen
            self.weights = {name: value.clone() for name, value in weights.items()}
