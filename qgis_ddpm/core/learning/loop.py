"""The loop of every training: steps up to a length; evaluation, progress and checkpoints between them."""

from abc import ABC, abstractmethod
from collections.abc import Generator, Mapping
from time import perf_counter
from typing import Any

from ...events import Event, Metric, Note, Progress
from ..progress import PROGRESS_S
from .budget import Budget, Cadence, checkpoint_cadence
from .checkpoint import LearningState, WeightSets, load_checkpoint, save_checkpoint
from .experiment import Experiment, Row

Run = Generator[Event, None, None]


class LearningLoop(ABC):
    """A training of something that offers a step, an evaluation and its state.

    evaluations: when it is measured. A run that is stopped and goes on measures after the same tiles. rows: of the
    metrics so far.
    """

    def __init__(self, budget: Budget, experiment: Experiment | None, evaluations: Cadence) -> None:
        self.budget, self.experiment, self.evaluations = budget, experiment, evaluations
        self.saves = checkpoint_cadence(budget)
        self.rows: list[Row] = [] if experiment is None else experiment.rows

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
        """Take back the weights and values of `state`, with what was learnt under `ema`."""

    @abstractmethod
    def describe(self) -> str:
        """How it stands in a few words, for progress."""

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
            # What progress tells may have to be read from the device, which waits for it.
            if perf_counter() - told_at >= PROGRESS_S:
                told_at = perf_counter()
                yield self.progress()

    def save(self) -> None:
        """Write the experiment's checkpoint and metrics, once something was learnt. Raises OutputError."""
        with self.saves.done(self.tiles_seen):
            if self.experiment is not None and (state := self.state()).card is not None:
                state.values |= {"seconds": self.budget.seconds(), "next_evaluation": self.evaluations.next_share}
                save_checkpoint(self.experiment.checkpoint, state)
                self.experiment.write_metrics()

    def record(self, values: Row) -> None:
        """Add a row to the metrics."""
        seconds, rate = self.budget.seconds(), self.budget.tiles_per_second(self.tiles_seen)
        row = {"tiles": float(self.tiles_seen), "seconds": seconds, **values, "tiles_per_second": rate}
        (self.rows.append if self.experiment is None else self.experiment.record)(row)

    def curve(self, name: str) -> tuple[list[float], list[float]]:
        """A column of the metrics where it was measured, after the tiles seen."""
        points = [(row["tiles"] or 0.0, value) for row in self.rows if (value := row[name]) is not None]
        return [tiles for tiles, _ in points], [value for _, value in points]

    def progress(self) -> Progress:
        """How far the training is."""
        return self.budget.progress(self.tiles_seen, self.describe())

    def _restore(self, weights: WeightSets, values: Mapping[str, Any]) -> None:
        self.restore(weights, values)
        self.budget.seconds_before, self.budget.tiles_before = float(values["seconds"]), self.tiles_seen
        self.evaluations.resume(self.tiles_seen, float(values["next_evaluation"]))
        self.saves.resume(self.tiles_seen)
