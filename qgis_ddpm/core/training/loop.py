"""What is a diffusion training's own in the loop of learning: pictures, early stop, and when it diverges."""

import math
from collections.abc import Generator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from ...card import ModelCard
from ...events import Cancelled, Event, Metric, Note, Preview
from ..learning.budget import Budget, Cadence
from ..learning.checkpoint import LEARNT, LearningState, WeightSets
from ..learning.experiment import Experiment
from ..learning.loop import LearningLoop, Run
from ..outputs.pictures import plot_curves
from ..progress import with_progress
from ..raster.types import Pixels
from .distributed import GO_ON, STOP
from .evaluation import EVALUATION_PASSES, Evaluation, mean
from .snapshots import EarlyStop, Snapshot, WeakSnapshot, copied
from .trainer import Fall, Trainer

# What is shown on the way: ten times, as long as that takes at most 2 % of the time.
SHOWN_SHARE, SHOWN_COST_SHARE = 0.1, 0.02
# Rows of the metrics.
ROW_SHARE = 0.01
# Far above the loss of a network that answers 0, nothing is learnt any more.
DIVERGED_TIMES = 10.0


class DivergedError(Exception):
    """The loss has left all bounds; the run's last snapshot is from before."""


class TrainingLoop(LearningLoop):
    """Steps of a trainer, and what surrounds them. `last`: the last averaged weights that were of use."""

    def __init__(
        self,
        trainer: Trainer,
        card: ModelCard,
        budget: Budget,
        experiment: Experiment | None = None,
        early: EarlyStop | None = None,
        weak: WeakSnapshot | None = None,
    ) -> None:
        super().__init__(budget, experiment, Cadence(budget, SHOWN_SHARE, cost_share=SHOWN_COST_SHARE))
        self.trainer, self.early, self.weak = trainer, early, weak
        self.evaluation = Evaluation(trainer, card)
        # The last validation loss at each noise level.
        self.by_level: list[float] = []
        self.samples: Pixels = np.zeros((0,), np.float32)
        self.last: Snapshot | None = None
        self._card = card
        self._blank_loss: float | None = None
        self._rows = Cadence(budget, ROW_SHARE)

    @property
    def tiles_seen(self) -> int:
        """Tiles of all steps so far."""
        return self.trainer.tiles_seen

    @property
    def is_done(self) -> bool:
        """Whether the validation loss no longer falls, or the budget is spent."""
        return (self.early is not None and self.early.over) or super().is_done

    def step(self) -> Run:
        """Learn from the next batch, as long as all processes go on."""
        trainer = self.trainer
        if trainer.ranks.agree(GO_ON) == STOP:
            raise Cancelled
        size = trainer.compute.micro_batch
        trainer.step()
        if self.weak is not None:
            self.weak.observe(self.budget.share(trainer.tiles_seen), trainer.tiles_seen, trainer.average.weights)
        if trainer.compute.micro_batch < size:
            yield Note(f"Memory ran out; going on in parts of {trainer.compute.micro_batch} tiles.", "warning")
        yield from self.evaluation.agree()

    def resume(self) -> Run:
        """As of any training; one that left bfloat16 stays in float32."""
        yield from super().resume()
        yield from self.evaluation.agree()

    def evaluate(self) -> Run:
        """Validate for the early stop, show pictures, and add a row to the metrics, each where it is due."""
        seen, early = self.tiles_seen, self.early
        if early is not None and seen and early.is_due(seen, self.trainer.recipe.batch_size) and not self._is_validated:
            yield from self._validate()
            if early.over and early.best is not None:
                yield Note(
                    f"The validation loss has not fallen below {early.best.validation_loss:.4g} since "
                    f"{early.best.tiles_seen:,} tiles: stopped, with the weights of then."
                )
        # A step computes a tile three times over: forward, and backward for values and for weights.
        expected_s = EVALUATION_PASSES / 3 / max(self.budget.tiles_per_second(seen), 1e-9)
        if self.evaluations.is_due(seen, expected_s) and not self.is_done:
            yield from self.show(pictures=self.experiment is not None)
        if self._rows.is_due(seen):
            self._record()

    def show(self, pictures: bool) -> Run:
        """Measure the validation loss, sample tiles where pictures are wanted, and record both."""
        seen, evaluation = self.tiles_seen, self.evaluation
        with self.evaluations.done(seen):
            yield Metric("training_loss", self._check_loss(), seen)
            if not self.trainer.tiles.has_validation:
                evaluation.take_average()
                self._record()
            elif not (self._is_validated and self.by_level):
                yield from self._validate()
            yield from self.evaluation.agree()
            if pictures:
                # Once: a weak model never changes.
                if self.weak is not None and self.weak.weights and evaluation.model.guide is None:
                    evaluation.guide_with(self.weak)
                self.samples = yield from self._watched(evaluation.samples())
                yield from self._write_pictures()

    def finish(self, pictures: bool) -> Run:
        """Show and save the end of a training. Raises DivergedError."""
        yield from self.show(pictures)
        self.save()

    def chosen(self) -> Snapshot:
        """The weights of the lowest validation loss where the training looks for them, else the last ones."""
        assert self.last is not None  # nosec B101
        return self.last if self.early is None or self.early.best is None else self.early.best

    def save(self) -> None:
        """Keep the averaged weights also in memory. Raises DivergedError where they are of no use, OutputError."""
        self.last = self._copy_of_now()
        super().save()

    def card(self, snapshot: Snapshot) -> ModelCard:
        """The model's card for weights of some time."""
        loss = snapshot.validation_loss
        if loss is None:
            _, measured = self.curve("validation_loss")
            loss = measured[-1] if measured else None
        record: dict[str, Any] = {
            "tiles_seen": snapshot.tiles_seen,
            "training_loss": snapshot.loss,
            "validation_loss": loss,
            "precision": self.trainer.precision_used,
        }
        guidance = 1.0
        if self.weak is not None and self.weak.weights:
            guidance, record["guide_tiles_seen"] = self.weak.guidance, self.weak.tiles_seen
        return replace(self._card, training={**self._card.training, **record}, guidance=guidance)

    def state(self) -> LearningState:
        """The network, its optimizer, and the weights that are kept for the end; the average is what was learnt."""
        trainer, now = self.trainer, self._now()
        values = {"tiles_seen": now.tiles_seen, "loss": now.loss, "precision": trainer.precision}
        state = LearningState(
            modules={"network": trainer.network},
            optimizers={"optimizer": trainer.optimizer},
            weights={LEARNT: now.weights},
            card=self.card(now),
            values={**values, "fall": trainer.fall},
        )
        if self.early is not None and self.early.best is not None:
            best = self.early.best
            state.weights["best"] = best.weights
            state.values["best"] = [best.tiles_seen, best.loss, best.validation_loss, self.early.over]
        if self.weak is not None and self.weak.weights:
            state.weights["guide"] = self.weak.weights
            state.values["guide_tiles_seen"] = self.weak.tiles_seen
        return state

    def restore(self, weights: WeightSets, values: Mapping[str, Any]) -> None:
        """Take back what `state` gave."""
        trainer = self.trainer
        # Also where another machine would choose otherwise.
        trainer.compute_in(str(values["precision"]))
        trainer.fall = Fall(*values["fall"]) if values.get("fall") else None
        trainer.average.load(weights[LEARNT])
        trainer.loss.fill_(float(values["loss"]))
        trainer.tiles_seen = int(values["tiles_seen"])
        if self.early is not None and "best" in values:
            seen, loss, validation_loss, self.early.over = values["best"]
            self.early.best = Snapshot(seen, loss, trainer.average.like(weights["best"]), validation_loss)
        if self.weak is not None and "guide_tiles_seen" in values:
            self.weak.tiles_seen = int(values["guide_tiles_seen"])
            self.weak.weights = trainer.average.like(weights["guide"])
        self._rows.resume(self.tiles_seen)
        self.last = self._copy_of_now()

    def describe(self) -> str:
        """The loss and the speed."""
        return f"loss {self._check_loss():.4f}, {self.budget.tiles_per_second(self.tiles_seen):.3g} tiles/s"

    def loss_plot(self) -> bytes:
        """The losses over the tiles seen, as PNG."""
        named = {name: self.curve(f"{name}_loss") for name in ("training", "validation")}
        return plot_curves({name: curve for name, curve in named.items() if curve[0]}, "tiles seen", "loss", log_y=True)

    def level_plot(self) -> bytes:
        """The last validation loss by noise level, and two from earlier in the run where there are as many, as PNG."""
        levels = self.experiment.levels if self.experiment is not None else []
        shown = [levels[len(levels) // 4], levels[len(levels) // 2]] if len(levels) >= 4 else []
        x = [math.log10(sigma) for sigma in self.evaluation.sigmas]
        curves = {f"after {int(row[0]):,} tiles": (x, row[1:]) for row in shown}
        curves[f"after {self.tiles_seen:,} tiles"] = (x, self.by_level)
        return plot_curves(curves, "log10 of sigma (noise over signal)", "validation loss", log_y=True)

    @property
    def _is_validated(self) -> bool:
        tiles, _ = self.curve("validation_loss")
        return bool(tiles) and tiles[-1] == self.tiles_seen

    def _now(self) -> Snapshot:
        return Snapshot(self.tiles_seen, self._check_loss(), self.trainer.average.weights)

    def _copy_of_now(self) -> Snapshot:
        return self._now()._replace(weights=copied(self.trainer.average.weights))

    def _check_loss(self) -> float:
        """The training loss. Raises DivergedError where it was ever beyond all bounds."""
        loss, peak = float(self.trainer.loss), float(self.trainer.peak)
        if self._blank_loss is None:
            self._blank_loss = self.trainer.blank_loss()
        if not peak <= DIVERGED_TIMES * self._blank_loss:
            raise DivergedError
        return loss

    def _validate(self) -> Run:
        """Measure the validation loss, and tell it to the early stop."""
        seen, evaluation = self.tiles_seen, self.evaluation
        evaluation.take_average()
        self.by_level = yield from self._watched(evaluation.losses())
        loss = mean(self.by_level)
        yield Metric("validation_loss", loss, seen)
        if self.early is not None:
            self.early.observe(self._now(), loss)
        if self.experiment is not None:
            self.experiment.record_levels(seen, evaluation.sigmas, self.by_level)
        self._record(loss)

    def _write_pictures(self) -> Run:
        experiment, evaluation = self.experiment, self.evaluation
        if experiment is not None:
            experiment.add_picture("loss.png", self.loss_plot())
            experiment.add_picture("denoising.png", evaluation.strip())
            if self.by_level:
                experiment.add_picture("noise_levels.png", self.level_plot())
            yield Preview(experiment.add_picture(f"samples/{self.tiles_seen:09d}.png", evaluation.sheet(self.samples)))

    def _watched(self, work: Generator[None, None, Any]) -> Generator[Event, None, Any]:
        """Work that yields often, with progress now and then so that a wish to stop is heard."""
        return with_progress(work, lambda _: self.progress())

    def _record(self, validation_loss: float | None = None) -> None:
        """Add a row to the metrics."""
        with self._rows.done(self.tiles_seen):
            self.record({"training_loss": self._check_loss(), "validation_loss": validation_loss})
