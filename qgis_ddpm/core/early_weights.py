"""The averaged weights of early in a training, which samples are led away from (guidance.py)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from torch import Tensor

# When they are taken, as a share of the training's length.
SHARE = 1 / 8


@dataclass
class EarlyWeights:
    """A copy of the averaged weights once a training has come so far; {} before. guidance: how far samples are led."""

    guidance: float
    tiles_seen: int = 0
    weights: dict[str, Tensor] = field(default_factory=dict)

    def observe(self, share: float, tiles_seen: int, weights: Mapping[str, Tensor]) -> None:
        """Take the weights after a step, once the `share` of the training that is done suffices."""
        if not self.weights and share >= SHARE:
            self.tiles_seen = tiles_seen
            self.weights = {name: value.clone() for name, value in weights.items()}
