"""A training from its first step to its last: length, progress, checkpoints, what it shows, and when it diverges."""

import math
from collections.abc import Generator
from dataclasses import replace
from time import perf_counter
from typing import Any, NamedTuple

import numpy as np
from torch import Tensor

from ...card import ModelCard
from ...events import Cancelled, Event, Metric, Note, Preview, Progress
from ..learning.budget import Length
from ..learning.experiment import Experiment
from ..outputs.pictures import plot_curves
from ..progress import PROGRESS_S
from ..raster.types import Pixels
from .checkpoint import load_checkpoint, save_checkpoint
from .distributed import GO_ON, STOP
from .evaluation import EVALUATION_PASSES, Evaluation, mean
from .snapshots import EarlyStop, EarlyWeights
from .trainer import Trainer

Run = Generator[Event, None, None]

# Checkpoints: every 5 % of the time, and at least every 2 minutes, as long as that takes at most 2 % of the time.
CHECKPOINT_SHARE, CHECKPOINT_S, CHECKPOINT_COST_SHARE = 0.05, 120.0, 0.02
LEAST_CHECKPOINT_S = 1.0
# What is shown on the way: ten times, as long as that takes at most 2 % of the time.
SHOWN_SHARE, SHOWN_COST_SHARE = 0.1, 0.02
# Rows of the metrics.
ROW_SHARE = 0.01
# Far above the loss of a network that answers 0, nothing is learnt any more.
DIVERGED_TIMES = 10.0


class DivergedError(Exception):
    """The loss has left all bounds; the run's last good weights are from before."""


class Good(NamedTuple):
    """Averaged weights that were of use, with the training loss at their time, and the validation loss where known."""

    tiles_seen: int
    loss: float
    weights: dict[str, Tensor]
    validation_loss: float | None = None


class TrainingRun:
    """Steps of a trainer, and what surrounds them. `good` holds the last averaged weights that were of use."""

    def __init__(
        self,
        trainer: Trainer,
        card: ModelCard,
        length: Length,
        experiment: Experiment | None,
        early: EarlyStop | None = None,
        guide: EarlyWeights | None = None,
    ) -> None:
        self.trainer = trainer
        self.early = early
        self.guide = guide
        self.length = length
        self.experiment = experiment
        self.evaluation = Evaluation(trainer, card)
        self.curve: list[tuple[int, float]] = []
        self.validation: list[tuple[int, float]] = []
        self.samples: Pixels = np.zeros((0,), np.float32)
        self.level_losses: list[float] = []
        self.good: Good | None = None
        self._card = card
        self._blank_loss: float | None = None
        self._shown_s = self._saved_s = 0.0
        self._shown_at = self._saved_at = 0.0
        self._next_show = SHOWN_SHARE
        self._next_row = ROW_SHARE

    def card(self, good: Good) -> ModelCard:
        """The model's card for weights of some time."""
        measured = good.validation_loss
        if measured is None and self.validation:
            measured = self.validation[-1][1]
        record: dict[str, Any] = {
            "tiles_seen": good.tiles_seen,
            "training_loss": good.loss,
            "validation_loss": measured,
            "precision": self.trainer.precision,
        }
        guidance = 1.0
        if self.guide is not None and self.guide.weights:
            guidance, record["guide_tiles_seen"] = self.guide.guidance, self.guide.tiles_seen
        return replace(self._card, training={**self._card.training, **record}, guidance=guidance)

    def best(self, good: Good) -> Good:
        """The weights of the lowest validation loss where the training looks for them, else the good ones."""
        early = self.early
        if early is None or not early.weights:
            return good
        return Good(early.tiles_seen, early.training_loss, early.weights, early.validation_loss)

    def take_up(self) -> Run:
        """Go on from the experiment's checkpoint, where there is one."""
        if self.experiment is None or not self.experiment.can_go_on:
            return
        progress = load_checkpoint(self.experiment.checkpoint, self.trainer, self.early, self.guide)
        seen = self.trainer.tiles_seen
        self.experiment.take_up(seen)
        for row in self.experiment.rows:
            for curve, name in ((self.curve, "training_loss"), (self.validation, "validation_loss")):
                if row[name] is not None:
                    curve.append((int(row["tiles"] or 0), float(row[name] or 0.0)))
        self.length.seconds_before = float(progress["seconds"])
        self.length.tiles_before = seen
        share = self.length.share(seen)
        self._next_show, self._next_row = share + SHOWN_SHARE, share + ROW_SHARE
        self._keep_good()
        yield Note(f"Going on from {seen:,} tiles in {self.experiment.folder}.")

    def train(self) -> Run:
        """All steps up to the length, with checkpoints and pictures on the way. Raises DivergedError."""
        trainer, length = self.trainer, self.length
        length.first_step = self._saved_at = self._shown_at = perf_counter()
        told = 0.0
        while not self._is_done:
            if trainer.ranks.agree(GO_ON) == STOP:
                raise Cancelled
            parts = trainer.micro_batch
            trainer.step()
            if self.guide is not None:
                self.guide.observe(length.share(trainer.tiles_seen), trainer.tiles_seen, trainer.average.weights)
            if trainer.micro_batch < parts:
                yield Note(f"Memory ran out; going on in parts of {trainer.micro_batch} tiles.", "warning")
            now = perf_counter()
            # Reading the loss waits for the device, so it is read as often as it is told.
            if now - told >= PROGRESS_S:
                told = now
                yield self._progress()
            if length.share(trainer.tiles_seen) >= self._next_row:
                self._record()
            if self._is_time_to_save(now):
                self.save()
                if self.experiment is not None:
                    # Who stops this run has to wait for such a write.
                    yield Metric("checkpoint_seconds", self._saved_s, trainer.tiles_seen)
            if self._is_time_to_show(now):
                yield from self.show(pictures=self.experiment is not None)
            if self.early is not None and self.early.is_due(trainer.tiles_seen, trainer.recipe.batch_size):
                yield from self._validate()
                if self.early.over:
                    yield Note(
                        f"The validation loss has not fallen below {self.early.validation_loss:.4g} since "
                        f"{self.early.tiles_seen:,} tiles: stopped, with the weights of then."
                    )
        self._check_loss()

    @property
    def _is_done(self) -> bool:
        if self.early is not None and self.early.over:
            return True
        # However short the time, a model has learnt from one batch at least.
        seen = self.trainer.tiles_seen
        return seen > 0 and self.length.share(seen, self._shown_s + self._saved_s) >= 1

    def _validate(self) -> Run:
        """Measure the validation loss, and tell it to the early stop."""
        seen, evaluation = self.trainer.tiles_seen, self.evaluation
        evaluation.take_average()
        self.level_losses = yield from self._with_progress(evaluation.losses())
        loss = mean(self.level_losses)
        self.validation.append((seen, loss))
        yield Metric("validation_loss", loss, seen)
        if self.early is not None:
            self.early.observe(seen, self._check_loss(), loss, self.trainer.average.weights)
        if self.experiment is not None:
            self.experiment.record_levels(seen, evaluation.sigmas, self.level_losses)
        self._record()

    def show(self, pictures: bool) -> Run:
        """Measure the validation loss, sample tiles where pictures are wanted, and record both."""
        started, seen, evaluation = perf_counter(), self.trainer.tiles_seen, self.evaluation
        yield Metric("training_loss", self._check_loss(), seen)
        if self.trainer.tiles.has_validation:
            yield from self._validate()
        else:
            evaluation.take_average()
            self._record()
        if pictures:
            # Once: an early state never changes.
            if self.guide is not None and self.guide.weights and evaluation.model.guide is None:
                evaluation.lead(self.guide)
            self.samples = yield from self._with_progress(evaluation.samples())
            if self.experiment is not None:
                self.experiment.add_picture("loss.png", plot_curves(self.curves(), "tiles seen", "loss", log_y=True))
                self.experiment.add_picture("denoising.png", evaluation.strip())
                if self.level_losses:
                    self.experiment.add_picture("noise_levels.png", self.level_plot())
                name = f"samples/{seen:09d}.png"
                yield Preview(self.experiment.add_picture(name, evaluation.sheet(self.samples)))
        self._shown_at = perf_counter()
        self._shown_s = self._shown_at - started
        self._next_show = self.length.share(seen) + SHOWN_SHARE

    def save(self) -> Good:
        """Keep the weights in memory, and the whole state in the experiment's folder. Raises DivergedError."""
        started = perf_counter()
        good = self._keep_good()
        if self.experiment is not None:
            progress = {"seconds": self.length.seconds()}
            save_checkpoint(self.experiment.checkpoint, self.trainer, self.card(good), progress, self.early, self.guide)
            self.experiment.write_metrics()
        self._saved_at = perf_counter()
        self._saved_s = self._saved_at - started
        return good

    def _keep_good(self) -> Good:
        weights = {name: value.clone() for name, value in self.trainer.average.weights.items()}
        self.good = Good(self.trainer.tiles_seen, self._check_loss(), weights)
        return self.good

    def _check_loss(self) -> float:
        """The training loss. Raises DivergedError where it was ever beyond all bounds."""
        loss, peak = float(self.trainer.loss), float(self.trainer.peak)
        if self._blank_loss is None:
            self._blank_loss = self.trainer.blank_loss()
        if not peak <= DIVERGED_TIMES * self._blank_loss:
            raise DivergedError
        return loss

    def _progress(self) -> Progress:
        seen, length = self.trainer.tiles_seen, self.length
        loss, rate = self._check_loss(), length.tiles_per_second(seen)
        share = max(length.share(seen), 1e-9)
        # Where time is what ends the run, the tiles it will have seen are those so far over its share.
        by_tiles = length.tiles is not None and seen >= share * length.tiles
        total = max(seen, length.tiles if by_tiles and length.tiles else round(seen / share))
        text = f"loss {loss:.4f}, {rate:.3g} tiles/s"
        return Progress(seen, total, "tile", text, (total - seen) / rate if rate > 0 else None)

    def _with_progress(self, work: Generator[None, None, Any]) -> Generator[Event, None, Any]:
        """Run work that yields often, telling progress now and then so that a wish to stop is heard."""
        told = perf_counter()
        while True:
            try:
                next(work)
            except StopIteration as done:
                return done.value
            if perf_counter() - told >= PROGRESS_S:
                told = perf_counter()
                yield self._progress()

    def _is_time_to_save(self, now: float) -> bool:
        seconds = self.length.seconds()
        share = self.length.share(self.trainer.tiles_seen)
        interval = min(CHECKPOINT_S, CHECKPOINT_SHARE * seconds / max(share, 1e-9))
        return now - self._saved_at >= max(interval, LEAST_CHECKPOINT_S, self._saved_s / CHECKPOINT_COST_SHARE)

    def _is_time_to_show(self, now: float) -> bool:
        seen = self.trainer.tiles_seen
        # A step computes a tile three times over: forward, and backward for values and for weights.
        expected_s = EVALUATION_PASSES / 3 / max(self.length.tiles_per_second(seen), 1e-9)
        cost_s = self._shown_s or expected_s
        return self.length.share(seen) >= self._next_show and now - self._shown_at >= cost_s / SHOWN_COST_SHARE

    def _record(self) -> None:
        """Add a point to the curves and a row to the experiment's metrics."""
        seen, loss = self.trainer.tiles_seen, self._check_loss()
        self._next_row = self.length.share(seen) + ROW_SHARE
        self.curve.append((seen, loss))
        if self.experiment is not None:
            measured = bool(self.validation) and self.validation[-1][0] == seen
            self.experiment.record(
                {
                    "tiles": float(seen),
                    "seconds": self.length.seconds(),
                    "training_loss": loss,
                    "validation_loss": self.validation[-1][1] if measured else None,
                    "tiles_per_second": self.length.tiles_per_second(seen),
                }
            )

    def curves(self) -> dict[str, tuple[list[float], list[float]]]:
        """The losses by name, each (tiles, loss)."""
        named = {"training": self.curve, "validation": self.validation}
        return {
            name: ([float(tiles) for tiles, _ in points], [loss for _, loss in points])
            for name, points in named.items()
            if points
        }

    def level_plot(self) -> bytes:
        """The last validation loss by noise level, and two from earlier in the run where there are as many."""
        levels = self.experiment.levels if self.experiment is not None else []
        shown = [levels[len(levels) // 4], levels[len(levels) // 2]] if len(levels) >= 4 else []
        x = [math.log10(sigma) for sigma in self.evaluation.sigmas]
        curves = {f"after {int(row[0]):,} tiles": (x, row[1:]) for row in shown}
        curves[f"after {self.trainer.tiles_seen:,} tiles"] = (x, self.level_losses)
        return plot_curves(curves, "log10 of sigma (noise over signal)", "validation loss", log_y=True)
