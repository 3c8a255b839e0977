"""Averaged weights that a training keeps: those of its lowest validation loss, and an early state for guidance."""

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
