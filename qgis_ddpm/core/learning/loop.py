"""The loop of every training: steps up to a length; evaluation, progress and checkpoints between them."""

from abc import ABC, abstractmethod
from collections.abc import Generator, Mapping
from time import perf_counter
from typing import Any

from torch import Tensor

from ...card import DetectorCard, ModelCard
from ...events import Event, Metric, Note, Progress
from ..progress import PROGRESS_S
from .budget import Budget, Cadence, checkpoint_cadence
from .checkpoint import LearningState, WeightSets, load_checkpoint, save_checkpoint
from .experiment import Experiment

Run = Generator[Event, None, None]


class LearningLoop(ABC):
    """A training of something that offers a step, an evaluation and its state.

    evaluations: when it is measured. A run that is stopped and goes on measures after the same tiles.
    """

    def __init__(self, budget: Budget, experiment: Experiment | None, evaluations: Cadence) -> None:
        self.budget, self.experiment, self.evaluations = budget, experiment, evaluations
        self.saves = checkpoint_cadence(budget)

    @property
    @abstractmethod
    def tiles_seen(self) -> int:
        """Tiles of all steps so far."""

    @abstractmethod
    def step(self) -> Run:
        """Learn from the next batch."""

    @abstractmethod
    def evaluate(self) -> Run:
        """Measure and show what is due after the tiles seen."""

    @abstractmethod
    def state(self) -> LearningState:
        """What a checkpoint has to hold."""

    @abstractmethod
    def restore(self, weights: WeightSets, values: Mapping[str, Any]) -> None:
        """Take back what `state` gave beside modules and optimizers, and the learnt weights under `ema`."""

    @abstractmethod
    def learnt(self) -> tuple[Mapping[str, Tensor], ModelCard | DetectorCard] | None:
        """What was learnt so far with its card; None where there is nothing of use."""

    @abstractmethod
    def describe(self) -> str:
        """The state in a few words, for progress."""

    @abstractmethod
    def restore_rows(self, rows: list[dict[str, float | None]]) -> None:
        """Take back the rows of the metrics."""

    @property
    def is_done(self) -> bool:
        """Whether the budget is spent, with the time that the last evaluation and checkpoint will take."""
        return self.budget.is_spent(self.tiles_seen, self.evaluations.cost_s + self.saves.cost_s)

    def resume(self) -> Run:
        """Go on from the experiment's checkpoint, where there is one. Raises ModelFileError, InputError."""
        if self.experiment is None or not self.experiment.can_go_on:
            return
        load_checkpoint(self.experiment.checkpoint, self.state(), self._restore)
        self.experiment.resume(self.tiles_seen)
        self.restore_rows(self.experiment.rows)
        yield Note(f"Going on from {self.tiles_seen:,} tiles in {self.experiment.folder}.")

    def train(self) -> Run:
        """All steps up to the length."""
        self.budget.first_step = self.saves.at = perf_counter()
        told_at = 0.0
        while True:
            # Before a checkpoint, so that a run that goes on from it has missed no evaluation.
            yield from self.evaluate()
            if self.is_done:
                return
            if self.saves.is_due(self.tiles_seen):
                self.save()
                if self.experiment is not None:
                    # Who stops this run has to wait for such a write.
                    yield Metric("checkpoint_seconds", self.saves.cost_s, self.tiles_seen)
            yield from self.step()
            # The state is on the device, and reading it waits for the device.
            if perf_counter() - told_at >= PROGRESS_S:
                told_at = perf_counter()
                yield self.progress()

    def record(self, values: Mapping[str, float | None]) -> None:
        """Add a row to the experiment's metrics."""
        if self.experiment is not None:
            seen = self.tiles_seen
            clock = {"seconds": self.budget.seconds(), "tiles_per_second": self.budget.tiles_per_second(seen)}
            self.experiment.record({"tiles": float(seen), **clock, **values})

    def save(self) -> None:
        """Keep what was learnt, and write the experiment's checkpoint and metrics. Raises OutputError."""
        with self.saves.done(self.tiles_seen):
            if self.experiment is None or (found := self.learnt()) is None:
                return
            state = self.state()
            state.values |= {"seconds": self.budget.seconds(), "next_evaluation": self.evaluations.next_share}
            save_checkpoint(self.experiment.checkpoint, state, *found)
            self.experiment.write_metrics()

    def _restore(self, weights: WeightSets, values: Mapping[str, Any]) -> None:
        self.restore(weights, values)
        self.budget.seconds_before, self.budget.tiles_before = float(values["seconds"]), self.tiles_seen
        self.evaluations.resume(self.tiles_seen, float(values["next_evaluation"]))
        self.saves.resume(self.tiles_seen)

    def progress(self) -> Progress:
        """How far the training is."""
        return self.budget.progress(self.tiles_seen, self.describe())
