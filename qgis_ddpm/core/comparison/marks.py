"""The averaged weights of a training on its way, kept as models to be looked at afterwards."""

from collections.abc import Mapping
from math import isfinite
from typing import Any

from ..learning.loop import Run
from ..model import save_model
from ..training.loop import TrainingLoop


class MarkedLoop(TrainingLoop):
    """A training that keeps its model after some shares of its length.

    marks: file by share.
    """

    def __init__(self, *parts: Any, marks: Mapping[float, str]) -> None:
        super().__init__(*parts)
        self._marks = sorted(marks.items())

    def step(self) -> Run:
        """As of any training, and a model where the next share is reached."""
        before = self.budget.share(self.tiles_seen) if self.tiles_seen else 0.0
        yield from super().step()
        # A run that goes on has missed those that its predecessor passed.
        self._marks = [mark for mark in self._marks if mark[0] > before]
        while self._marks and self.budget.share(self.tiles_seen) >= self._marks[0][0]:
            _, path = self._marks.pop(0)
            now = self._now()
            if not isfinite(now.loss):
                return
            weak = self.weak.weights if self.weak is not None else None
            save_model(path, now.weights, self.card(now), False, weak or None)
