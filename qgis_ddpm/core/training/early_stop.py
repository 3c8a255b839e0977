"""Early stop: a training ends where its validation loss has not fallen for a while, with the weights of its lowest.

The loss is measured at fixed counts of tiles seen, so that the clock decides nothing.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from torch import Tensor

# How often the loss is measured in the span in which it has to fall.
CHECKS = 4


@dataclass
class EarlyStop:
    """The lowest validation loss so far; `over` once it has not fallen for `patience_tiles`."""

    patience_tiles: int
    tiles_seen: int = 0
    training_loss: float = math.nan
    validation_loss: float = math.inf
    weights: dict[str, Tensor] = field(default_factory=dict)
    over: bool = False

    def is_due(self, tiles_seen: int, step_tiles: int) -> bool:
        """Whether the loss is to be measured after the step of `step_tiles` tiles that ended here."""
        every = max(self.patience_tiles // CHECKS, 1)
        return tiles_seen // every > (tiles_seen - step_tiles) // every

    def observe(
        self, tiles_seen: int, training_loss: float, validation_loss: float, weights: Mapping[str, Tensor]
    ) -> None:
        """Take in a measured loss, and keep a copy of the averaged weights where it is the lowest."""
        if validation_loss < self.validation_loss:
            self.tiles_seen, self.training_loss, self.validation_loss = tiles_seen, training_loss, validation_loss
            self.weights = {name: value.clone() for name, value in weights.items()}
        self.over = bool(self.weights) and tiles_seen - self.tiles_seen >= self.patience_tiles
