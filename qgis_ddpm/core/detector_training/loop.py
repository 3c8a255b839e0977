"""Training several heads side by side: length, progress, evaluation, checkpoints, and the detector of the best one."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from time import perf_counter

import numpy as np
import torch
from torch import Tensor

from ...card import DetectorCard
from ...events import Event, Metric, Note, Progress
from ..accuracy.confusion import Confusion
from ..learning.budget import Length
from ..learning.experiment import Experiment
from ..progress import PROGRESS_S
from .calibration import LogitCounts
from .checkpoint import load_detector_checkpoint, save_detector_checkpoint
from .trainer import HeadTrainer

# When the heads are measured: soon, so that a cancel leaves something, then at even parts.
FIRST_SHARE, EVERY_SHARE = 0.02, 0.05
# As seldom as keeps writing to a twentieth of the time.
SAVE_COST_SHARE = 0.05
# F1 that two heads may differ by and count as equally good; starts and draws move it as much.
_ALIKE = 0.005
# A threshold of 0 or 1 would call everything or nothing change.
_LEAST_THRESHOLD = 1e-4


def columns(seeds: int) -> tuple[str, ...]:
    """Columns of an experiment's metrics."""
    return ("tiles", "seconds", "training_loss", *(f"f1_{number}" for number in range(seeds)), "tiles_per_second")


@dataclass(frozen=True)
class Chosen:
    """The best head's calibrated weights, its number, its card, and its agreement with the validation part."""

    number: int
    weights: dict[str, Tensor]
    card: DetectorCard
    confusion: Confusion


class DetectorRun:
    """Steps of all heads, and what surrounds them. card: of the detector, without threshold and training record."""

    def __init__(
        self, trainers: Sequence[HeadTrainer], card: DetectorCard, length: Length, experiment: Experiment | None
    ) -> None:
        self.trainers, self.length, self.experiment = trainers, length, experiment
        # (tiles seen, F1 of each head), and (tiles seen, mean loss of the heads).
        self.curve: list[tuple[int, list[float]]] = []
        self.losses: list[tuple[int, float]] = []
        self._card = card
        self._next = FIRST_SHARE
        self._saved_at = perf_counter()
        self._saved_s = 0.0

    @property
    def tiles_seen(self) -> int:
        """Tiles that each head has seen."""
        return self.trainers[0].tiles_seen

    def take_up(self) -> Generator[Event, None, None]:
        """Go on from the experiment's checkpoint, where there is one."""
        if self.experiment is None or not self.experiment.can_go_on:
            return
        progress = load_detector_checkpoint(self.experiment.checkpoint, self.trainers)
        seen = self.tiles_seen
        self.experiment.take_up(seen)
        for row in self.experiment.rows:
            tiles = int(row["tiles"] or 0)
            self.curve.append((tiles, [float(row[f"f1_{number}"] or 0) for number in range(len(self.trainers))]))
            self.losses.append((tiles, float(row["training_loss"] or 0)))
        self.length.seconds_before, self.length.tiles_before = float(progress["seconds"]), seen
        self._next = float(progress["next"])
        yield Note(f"Going on from {seen:,} tiles in {self.experiment.folder}.")

    def train(self) -> Generator[Event, None, None]:
        """All steps up to the length."""
        length = self.length
        length.first_step = self._saved_at = perf_counter()
        told = 0.0
        while True:
            # Before the step, so that a run that was stopped here measures at the same tiles when it goes on.
            if length.share(self.tiles_seen) >= self._next:
                yield from self._measure()
                self._save_now_and_then()
            if length.share(self.tiles_seen) >= 1:
                break
            for trainer in self.trainers:
                trainer.step()
            if perf_counter() - told >= PROGRESS_S:
                told = perf_counter()
                yield self._progress()
        if not self.curve or self.curve[-1][0] != self.tiles_seen:
            yield from self._measure()

    def choose(self) -> Chosen | None:
        """The detector so far, of the best head; None before the heads were measured."""
        measured = [(trainer.best.f1, number) for number, trainer in enumerate(self.trainers) if trainer.best]
        if not measured:
            return None
        enough = max(measured)[0] - _ALIKE
        # A head that looks at fewer noise levels saves passes of the network wherever the detector is used.
        alike = [(len(self.sigmas_of(self.trainers[n])), -f1, n) for f1, n in measured if f1 >= enough]
        return self.detector_of(min(alike)[2])

    def detector_of(self, number: int) -> Chosen:
        """The detector of one head, which was measured."""
        trainer = self.trainers[number]
        assert trainer.best is not None  # nosec B101
        counts = trainer.count(trainer.best.weights)
        gain, offset = counts.fit()
        return Chosen(
            number,
            self._calibrated(trainer, gain, offset),
            self._described(trainer, counts, _probability(gain * trainer.best.threshold + offset)),
            counts.confusion(trainer.best.threshold),
        )

    def confusions(self) -> list[Confusion]:
        """The agreement of each head's best weights with the validation part, each at its own threshold."""
        return [
            trainer.count(trainer.best.weights).confusion(trainer.best.threshold)
            for trainer in self.trainers
            if trainer.best is not None
        ]

    def save(self, chosen: Chosen) -> None:
        """Write the experiment's checkpoint and metrics. Raises OutputError."""
        if self.experiment is None:
            return
        started = perf_counter()
        progress = {"seconds": self.length.seconds(), "next": self._next}
        save_detector_checkpoint(self.experiment.checkpoint, self.trainers, chosen.weights, chosen.card, progress)
        self.experiment.write_metrics()
        self._saved_at = perf_counter()
        self._saved_s = self._saved_at - started

    def _measure(self) -> Generator[Event, None, None]:
        seen = self.tiles_seen
        found = []
        for trainer in self.trainers:
            found.append(trainer.evaluate())
            yield self._progress()
        self._next = self.length.share(seen) + EVERY_SHARE
        self.curve.append((seen, found))
        self.losses.append((seen, float(np.mean([trainer.loss for trainer in self.trainers]))))
        yield Metric("validation_f1", max(found), seen)
        if self.experiment is not None:
            self.experiment.record(
                {
                    "tiles": float(seen),
                    "seconds": self.length.seconds(),
                    "training_loss": self.losses[-1][1],
                    **{f"f1_{number}": f1 for number, f1 in enumerate(found)},
                    "tiles_per_second": self.length.tiles_per_second(seen),
                }
            )

    def _save_now_and_then(self) -> None:
        if self.experiment is None or perf_counter() - self._saved_at < self._saved_s / SAVE_COST_SHARE:
            return
        chosen = self.choose()
        assert chosen is not None  # nosec B101 - just measured
        self.save(chosen)

    def _progress(self) -> Progress:
        seen, length = self.tiles_seen, self.length
        share = max(length.share(seen), 1e-9)
        total = max(seen, round(seen / share))
        rate = length.tiles_per_second(seen)
        loss = float(np.mean([trainer.loss for trainer in self.trainers]))
        best = max((trainer.best.f1 for trainer in self.trainers if trainer.best), default=None)
        text = f"loss {loss:.3f}" + ("" if best is None else f", F1 {best:.3f}")
        return Progress(seen, total, "tile", text, (total - seen) / rate if rate > 0 else None)

    def _calibrated(self, trainer: HeadTrainer, gain: float, offset: float) -> dict[str, Tensor]:
        """The best weights with the calibration in the last layer."""
        assert trainer.best is not None  # nosec B101
        weights = {name: value.clone() for name, value in trainer.best.weights.items()}
        (last,) = (name for name, module in trainer.head.named_modules() if module is trainer.head.last)
        weights[f"{last}.weight"] *= gain
        weights[f"{last}.bias"] *= gain
        weights[f"{last}.bias"] += torch.tensor([-offset / 2, offset / 2], device=trainer.device)
        return weights

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

    def sigmas_of(self, trainer: HeadTrainer) -> tuple[float, ...]:
        """The noise levels that a head looks at: a detector of it needs no others."""
        sigmas, reads = self._card.noise_levels, trainer.head.reads
        return sigmas if reads is None else tuple(sigmas[level] for level in reads)


def figures(agreement: Confusion) -> dict[str, float]:
    """The figures of the interface by their names."""
    return {
        "F1": agreement.f1,
        "IOU": agreement.iou,
        "PRECISION": agreement.precision,
        "RECALL": agreement.recall,
        "OA": agreement.overall_accuracy,
    }


def _probability(difference: float) -> float:
    return float(np.clip(1 / (1 + np.exp(-difference)), _LEAST_THRESHOLD, 1 - _LEAST_THRESHOLD))
