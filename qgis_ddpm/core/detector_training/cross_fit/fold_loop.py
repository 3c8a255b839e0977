"""The loop over heads that leave out other pairs each: measured pair by pair, and together one detector."""

from collections.abc import Generator, Sequence
from dataclasses import replace

from torch import Tensor

from ....card import DetectorCard
from ....events import Event, Metric
from ...accuracy.confusion import Confusion
from ...detector.heads.topdown import together as one_head
from ...learning.budget import Budget, Cadence
from ...learning.experiment import Experiment
from ...progress import value_of, with_progress
from ..loop import DetectorLoop, SelectedHead, figures, probability
from ..trainer import BestHead
from .fold_trainer import FoldTrainer
from .pair_counts import PairCounts, PairFigures

# When the heads are measured, as shares of the length.
_FIRST_SHARE, _EVERY_SHARE = 0.02, 0.1


class FoldLoop(DetectorLoop):
    """Steps of all heads. names: of the pairs, by number."""

    trainers: Sequence[FoldTrainer]  # type: ignore[assignment]
    columns = ("tiles", "seconds", "training_loss", "f1", "tiles_per_second")

    def __init__(
        self,
        trainers: Sequence[FoldTrainer],
        card: DetectorCard,
        budget: Budget,
        experiment: Experiment | None,
        names: Sequence[str],
    ) -> None:
        cadence = Cadence(budget, _EVERY_SHARE, _FIRST_SHARE)
        super().__init__(trainers, card, budget, experiment, cadence)  # type: ignore[arg-type]
        self.names = names
        self._counts: PairCounts | None = None
        self._threshold = 0.0

    def step(self) -> Generator[Event, None, None]:
        """Train each head on the next batch, and tell where the network's numbers had to change."""
        yield from super().step()
        yield from self.trainers[0].notes()

    def select(self) -> SelectedHead | None:
        """The detector so far: all heads with their best weights; None before they were measured."""
        best = [trainer.best.weights for trainer in self.trainers if trainer.best]
        if self._selected is None and best:
            calibrated = value_of(self._calibrating(best))
            self._counts = value_of(self._counting(calibrated))
            f1, threshold = self._counts.best()
            card = self._of_all(self._counts, f1, threshold)
            self._selected = SelectedHead(0, one_head(calibrated), card, self._counts.confusion(threshold))
            self._threshold = threshold
        return self._selected

    def of_pairs(self) -> list[PairFigures]:
        """The figures of each pair, of the heads that left it out."""
        if self.select() is None or self._counts is None:
            return []
        return self._counts.of_pairs(self._threshold)

    @property
    def mean_f1(self) -> float:
        """The mean over pairs with change of F1, as heads have it that left them out."""
        selected = self.select()
        return float(selected.card.training["mean_f1_of_pairs"]) if selected else 0.0

    def confusions(self) -> list[Confusion]:
        """The agreement of all pairs, each with the heads that left it out."""
        selected = self.select()
        return [] if selected is None else [selected.confusion]

    def _measure(self) -> Generator[Event, None, None]:
        seen, self._selected, self._counts = self.tiles_seen, None, None
        with self.evaluations.done(seen):
            counts = yield from self._counting([trainer.average.weights for trainer in self.trainers])
            f1, threshold = counts.best()
            before = self.trainers[0].best
            if before is None or f1 >= before.f1:
                for trainer in self.trainers:
                    weights = {name: value.clone() for name, value in trainer.average.weights.items()}
                    trainer.best = BestHead(f1, threshold, seen, weights)
        self.record({"training_loss": self._loss(), "f1": f1})
        yield Metric("validation_f1", f1, seen)

    def _counting(
        self, weights: Sequence[dict[str, Tensor]], member: int | None = None
    ) -> Generator[Event, None, PairCounts]:
        """What some weights of each head, or of one member of each, give on what it left out."""
        every = PairCounts()
        for trainer, own in zip(self.trainers, weights, strict=True):
            every.merge((yield from with_progress(trainer.counting(own, member), lambda _: self.progress())))
        return every

    def _calibrating(self, weights: Sequence[dict[str, Tensor]]) -> Generator[Event, None, list[dict[str, Tensor]]]:
        """The weights with log odds that mean what they say: members alike are calibrated alike."""
        calibrated = [{name: value.clone() for name, value in own.items()} for own in weights]
        for member, layer in enumerate(self.trainers[0].head.layers):
            counts = yield from self._counting(weights, member)
            gain, offset = counts.pooled().fit()
            for own in calibrated:
                own[f"{layer}.weight"] *= gain
                own[f"{layer}.bias"] *= gain
                own[f"{layer}.bias"] += offset
        return calibrated

    def _of_all(self, counts: PairCounts, f1: float, threshold: float) -> DetectorCard:
        first = self.trainers[0]
        record = {
            **self._card.training,
            "tiles_seen": first.best.tiles_seen if first.best else first.tiles_seen,
            "seed": first.seed,
            "validation": figures(counts.confusion(threshold)),
            "mean_f1_of_pairs": f1,
            "f1_of_pairs": {self.names[each.pair]: each.f1 for each in counts.of_pairs(threshold)},
        }
        # Each head has one member of a kind.
        of_each = {kind: len(self.trainers) * int(self._card.head[kind]) for kind in ("members", "plain")}
        head = {**self._card.head, **of_each}
        return replace(self._card, head=head, threshold=probability(threshold), training=record)
