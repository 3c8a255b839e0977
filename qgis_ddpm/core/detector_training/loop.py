"""What is a detector training's own in the loop of learning: several heads, and the detector of the best one."""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch
from torch import Tensor

from ...card import DetectorCard
from ...events import Event, Metric
from ..accuracy.confusion import Confusion
from ..learning.budget import Budget, Cadence
from ..learning.checkpoint import LEARNT, LearningState, WeightSets
from ..learning.experiment import Experiment
from ..learning.loop import LearningLoop, Run
from ..progress import with_progress
from .calibration import LogitCounts
from .trainer import BestHead, HeadTrainer

# When the heads are measured: soon, so that a cancel leaves something, then at even parts.
FIRST_SHARE, EVERY_SHARE = 0.02, 0.05
# F1 that two heads may differ by and count as equally good; starts and draws move it as much.
_ALIKE = 0.005
# A threshold of 0 or 1 would call everything or nothing change.
_LEAST_THRESHOLD = 1e-4


def columns(seeds: int) -> tuple[str, ...]:
    """Columns of an experiment's metrics."""
    return ("tiles", "seconds", "training_loss", *(f"f1_{number}" for number in range(seeds)), "tiles_per_second")


@dataclass(frozen=True)
class SelectedHead:
    """The best head's calibrated weights, its number, its card, and its agreement with the validation part."""

    number: int
    weights: dict[str, Tensor]
    card: DetectorCard
    confusion: Confusion


class DetectorLoop(LearningLoop):
    """Steps of all heads, and what surrounds them. card: of the detector, without threshold and training record."""

    def __init__(
        self,
        trainers: Sequence[HeadTrainer],
        card: DetectorCard,
        budget: Budget,
        experiment: Experiment | None,
        evaluations: Cadence | None = None,
    ) -> None:
        super().__init__(budget, experiment, evaluations or Cadence(budget, EVERY_SHARE, FIRST_SHARE))
        self.trainers = trainers
        self._card = card
        self._selected: SelectedHead | None = None

    @property
    def tiles_seen(self) -> int:
        """Tiles that each head has seen."""
        return self.trainers[0].tiles_seen

    def step(self) -> Run:
        """Train each head on its next batch."""
        yield from ()
        for trainer in self.trainers:
            trainer.step()

    def evaluate(self) -> Run:
        """Measure all heads where it is due, and at the end."""
        seen = self.tiles_seen
        if self.evaluations.is_due(seen) or (self.is_done and (not self.rows or self.rows[-1]["tiles"] != seen)):
            yield from self._measure()

    def select(self) -> SelectedHead | None:
        """The detector so far, of the best head; None before the heads were measured."""
        measured = [(trainer.best.f1, number) for number, trainer in enumerate(self.trainers) if trainer.best]
        if self._selected is None and measured:
            enough = max(measured)[0] - _ALIKE
            # A head that looks at fewer noise levels saves passes of the network wherever the detector is used.
            alike = [(len(self.sigmas_of(self.trainers[n])), -f1, n) for f1, n in measured if f1 >= enough]
            self._selected = self.detector_of(min(alike)[2])
        return self._selected

    def detector_of(self, number: int) -> SelectedHead:
        """The detector of one head, which was measured."""
        trainer = self.trainers[number]
        assert trainer.best is not None  # nosec B101
        counts = trainer.count(trainer.best.weights)
        gain, offset = counts.fit()
        return SelectedHead(
            number,
            _calibrated(trainer, gain, offset),
            self._described(trainer, counts, probability(gain * trainer.best.threshold + offset)),
            counts.confusion(trainer.best.threshold),
        )

    def confusions(self) -> list[Confusion]:
        """The agreement of each head's best weights with the validation part, each at its own threshold."""
        return [
            trainer.count(trainer.best.weights).confusion(trainer.best.threshold)
            for trainer in self.trainers
            if trainer.best is not None
        ]

    def state(self) -> LearningState:
        """Each head with its optimizer, its average and its best weights."""
        heads, selected = list(enumerate(self.trainers)), self.select()
        weights: dict[str, Mapping[str, Tensor]] = {f"average{n}": each.average.weights for n, each in heads}
        weights |= {f"best{n}": each.best.weights for n, each in heads if each.best is not None}
        return LearningState(
            modules={f"head{n}": each.head for n, each in heads},
            optimizers={f"optimizer{n}": each.optimizer for n, each in heads},
            weights=weights if selected is None else {**weights, LEARNT: selected.weights},
            card=None if selected is None else selected.card,
            values={"heads": [each.values() for each in self.trainers]},
        )

    def restore(self, weights: WeightSets, values: Mapping[str, Any]) -> None:
        """Take back what `state` gave."""
        for number, (trainer, of_head) in enumerate(zip(self.trainers, values["heads"], strict=True)):
            trainer.average.load(weights[f"average{number}"])
            trainer.tiles_seen, trainer.loss = int(of_head["tiles_seen"]), float(of_head["loss"])
            if of_head["best"] is not None:
                f1, threshold, seen = of_head["best"]
                best = trainer.average.like(weights[f"best{number}"])
                trainer.best = BestHead(float(f1), float(threshold), int(seen), best)

    def describe(self) -> str:
        """The mean loss of the heads, and the best F1."""
        best = max((trainer.best.f1 for trainer in self.trainers if trainer.best), default=None)
        return f"loss {self._loss():.3f}" + ("" if best is None else f", F1 {best:.3f}")

    def sigmas_of(self, trainer: HeadTrainer) -> tuple[float, ...]:
        """The noise levels that a head looks at: a detector of it needs no others."""
        sigmas, indices = self._card.noise_levels, trainer.head.noise_level_indices
        return sigmas if indices is None else tuple(sigmas[level] for level in indices)

    def _measure(self) -> Generator[Event, None, None]:
        seen, f1 = self.tiles_seen, []
        self._selected = None
        with self.evaluations.done(seen):
            for trainer in self.trainers:
                f1.append((yield from with_progress(trainer.evaluate(), lambda _: self.progress())))
                yield self.progress()
        self.record({"training_loss": self._loss(), **{f"f1_{number}": value for number, value in enumerate(f1)}})
        yield Metric("validation_f1", max(f1), seen)

    def _loss(self) -> float:
        return float(np.mean([trainer.loss for trainer in self.trainers]))

    def _described(self, trainer: HeadTrainer, counts: LogitCounts, threshold: float) -> DetectorCard:
        assert trainer.best is not None  # nosec B101
        agreement = counts.confusion(trainer.best.threshold)
        record = {
            **self._card.training,
            "tiles_seen": trainer.best.tiles_seen,
            "seed": trainer.seed,
            "validation": figures(agreement),
            "validation_f1_of_each_head": [each.best.f1 for each in self.trainers if each.best is not None],
        }
        return replace(self._card, noise_levels=self.sigmas_of(trainer), threshold=threshold, training=record)


def figures(agreement: Confusion) -> dict[str, float]:
    """The figures of the interface by their names."""
    return {
        "F1": agreement.f1,
        "IOU": agreement.iou,
        "PRECISION": agreement.precision,
        "RECALL": agreement.recall,
        "OA": agreement.overall_accuracy,
    }


def _calibrated(trainer: HeadTrainer, gain: float, offset: float) -> dict[str, Tensor]:
    """The best weights with the calibration in the last layer."""
    assert trainer.best is not None  # nosec B101
    weights = {name: value.clone() for name, value in trainer.best.weights.items()}
    (last,) = (name for name, module in trainer.head.named_modules() if module is trainer.head.last)
    weights[f"{last}.weight"] *= gain
    weights[f"{last}.bias"] *= gain
    weights[f"{last}.bias"] += torch.tensor([-offset / 2, offset / 2], device=trainer.device)
    return weights


def probability(difference: float) -> float:
    """The probability of change at a difference of logits, short of 0 and 1."""
    return float(np.clip(1 / (1 + np.exp(-difference)), _LEAST_THRESHOLD, 1 - _LEAST_THRESHOLD))
