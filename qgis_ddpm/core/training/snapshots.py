"""Averaged weights that a training keeps: of its lowest validation loss, and a weak model of its beginning."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from torch import Tensor

# How often the loss is measured in the span in which it has to fall.
CHECKS = 4
# When a weak model is taken unless a job says it, as a share of the training's length.
SHARE = 1 / 8


class Snapshot(NamedTuple):
    """Averaged weights, with the training loss at their time, and the validation loss where it is known."""

    tiles_seen: int
    loss: float
    weights: Mapping[str, Tensor]
    validation_loss: float | None = None


@dataclass
class EarlyStop:
    """The weights of the lowest validation loss so far; `over` once it has not fallen for `patience_tiles`."""

    patience_tiles: int
    best: Snapshot | None = None
    over: bool = False

    def is_due(self, tiles_seen: int, step_tiles: int) -> bool:
        """Whether the loss is to be measured after the step of `step_tiles` tiles that ended here."""
        every = max(self.patience_tiles // CHECKS, 1)
        return tiles_seen // every > (tiles_seen - step_tiles) // every

    def observe(self, now: Snapshot, loss: float) -> None:
        """Take in a measured loss, and a copy of the weights where it is the lowest."""
        if loss < (math.inf if self.best is None or self.best.validation_loss is None else self.best.validation_loss):
            self.best = now._replace(weights=copied(now.weights), validation_loss=loss)
        self.over = self.best is not None and now.tiles_seen - self.best.tiles_seen >= self.patience_tiles


@dataclass
class WeakSnapshot:
    """The averaged weights of a training that has come so far, a weak model for autoguidance; {} before.

    guidance: how far samples are guided. after_tiles: when the weights are taken; None: after SHARE of the training.
    """

    guidance: float
    after_tiles: int | None = None
    tiles_seen: int = 0
    weights: Mapping[str, Tensor] = field(default_factory=dict)

    def observe(self, share: float, tiles_seen: int, weights: Mapping[str, Tensor]) -> None:
        """Take the weights after a step, once the tiles seen or the `share` of the training that is done suffice."""
        due = share >= SHARE if self.after_tiles is None else tiles_seen >= self.after_tiles
        if due and not self.weights:
            self.tiles_seen, self.weights = tiles_seen, copied(weights)


def copied(weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Weights that stay as they are now."""
    return {name: value.clone() for name, value in weights.items()}
