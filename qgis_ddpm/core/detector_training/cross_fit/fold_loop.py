"""The loop over heads that leave out other pairs each: measured pair by pair, and together one detector."""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from torch import Tensor

from ....card import DetectorCard
from ....events import Event, Metric
from ...accuracy.confusion import Confusion
from ...detector.heads.topdown import together as one_head
from ...detector.own_model import network_weights
from ...learning.budget import Budget, Cadence
from ...learning.checkpoint import LearningState, WeightSets
from ...learning.experiment import Experiment
from ...progress import value_of, with_progress
from ..loop import DetectorLoop, SelectedHead, figures, probability
from ..trainer import BestHead
from .fold_trainer import FoldTrainer
from .pair_counts import PairCounts, PairFigures

# When the heads are measured, as shares of the length.
_FIRST_SHARE, _EVERY_SHARE = 0.02, 0.1
# A network that is tuned has to look at all windows anew each time.
_EVERY_SHARE_TUNED = 1 / 3


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
        self._fresh, self._windows = trainers[0].fresh, trainers[0].windows
        self._tuning = self._fresh.tuning
        cadence = Cadence(budget, _EVERY_SHARE_TUNED if self._tuning else _EVERY_SHARE, _FIRST_SHARE)
        super().__init__(trainers, card, budget, experiment, cadence)  # type: ignore[arg-type]
        self.names = names
        self._counts: PairCounts | None = None
        self._threshold = 0.0
        # Whether the windows hold what the best weights of a network that is tuned see of them.
        self._reads_best = False

    def step(self) -> Generator[Event, None, None]:
        """Train each head on the next batch, and tell where the network's numbers had to change."""
        yield from super().step()
        self._fresh.learn(self.tiles_seen)
        yield from self.trainers[0].notes()

    def select(self) -> SelectedHead | None:
        """The detector so far: all heads with their best weights; None before they were measured."""
        best = [trainer.best.weights for trainer in self.trainers if trainer.best]
        if self._selected is None and best:
            if self._tuning is not None and not self._reads_best:
                value_of(self._reading(self._tuning.best))
            calibrated = value_of(self._calibrating(best))
            self._counts = value_of(self._counting(calibrated))
            f1, threshold = self._counts.best()
            card = self._of_all(self._counts, f1, threshold)
            weights = {**one_head(calibrated), **self._own_network()}
            self._selected = SelectedHead(0, weights, card, self._counts.confusion(threshold))
            self._threshold = threshold
        return self._selected

    def settle(self) -> None:
        """Give a network that was tuned the weights that the detector has, for whoever looks through it."""
        if self._tuning is not None and self._tuning.best is not None:
            self._fresh.model.network.load_state_dict(self._tuning.best)
            self._fresh.model.network.requires_grad_(False)

    def of_pairs(self) -> list[PairFigures]:
        """The figures of each pair, of the heads that left it out."""
        if self.select() is None or self._counts is None:
            return []
        return self._counts.of_pairs(self._threshold)

    def state(self) -> LearningState:
        """That of the heads, and of a network that is tuned."""
        state = super().state()
        if self._tuning is None:
            return state
        weights = {**state.weights, "network_average": self._tuning.average.weights}
        if self._tuning.best is not None:
            weights["network_best"] = self._tuning.best
        modules = {**state.modules, "network": self._fresh.model.network}
        return replace(
            state,
            modules=modules,
            optimizers={**state.optimizers, "network_optimizer": self._tuning.optimizer},
            weights=weights,
        )

    def restore(self, weights: WeightSets, values: Mapping[str, Any]) -> None:
        """Take back what `state` gave."""
        super().restore(weights, values)
        if self._tuning is not None:
            self._tuning.average.load(weights["network_average"])
            if "network_best" in weights:
                self._tuning.best = self._tuning.average.like(weights["network_best"])

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
            yield from self._reading(self._tuning.average.weights if self._tuning else None)
            counts = yield from self._counting([trainer.average.weights for trainer in self.trainers])
            f1, threshold = counts.best()
            before = self.trainers[0].best
            if before is None or f1 >= before.f1:
                for trainer in self.trainers:
                    weights = {name: value.clone() for name, value in trainer.average.weights.items()}
                    trainer.best = BestHead(f1, threshold, seen, weights)
                if self._tuning is not None:
                    self._tuning.keep()
                    self._reads_best = True
        self.record({"training_loss": self._loss(), "f1": f1})
        yield Metric("validation_f1", f1, seen)

    def _reading(self, weights: dict[str, Tensor] | None) -> Generator[Event, None, None]:
        """Let the windows hold what a network that is tuned sees of them with some weights."""
        if self._tuning is not None and weights is not None:
            reading = self._tuning.reading(weights, self._windows.features, len(self._windows.windows))
            yield from with_progress(reading, lambda _: self.progress())
            self._reads_best = weights is self._tuning.best

    def _own_network(self) -> dict[str, Tensor]:
        """The weights of the network that the detector brings with it; {} where it reads a model's file."""
        if self._card.own_model is None:
            return {}
        return network_weights(self._tuning.best or {} if self._tuning else self._fresh.model.network.state_dict())

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
