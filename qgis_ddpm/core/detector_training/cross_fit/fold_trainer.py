"""Training heads side by side on the same tiles, each but for the pairs of its fold.

The frozen network, which costs most, sees a tile once for all heads.
"""

from collections.abc import Generator, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from ....events import Note
from ...detector.detector import gather, to_pixels
from ...detector.heads.base import ChangeHead
from ...detector.heads.topdown import TopDownHead, two_classes
from ...learning.ema import WeightAverage
from ...model import DiffusionModel
from ..feature_cache import FeatureCache
from ..trainer import LOSS_STEPS, BestHead, change_loss
from .crops import CropStore, WeighedWindow
from .folds import BY_ALL
from .pair_counts import PairCounts
from .tuning import Tuning

# Length of the average of weights, as a share of all tiles seen.
_EMA = 0.15
# Steps over which the learning rate rises.
_WARM_UP = 40
_WEIGHT_DECAY = 1e-2


class _Batch(NamedTuple):
    gathered: list[Tensor]
    labels: Tensor
    folds: NDArray[np.int64]


class FreshFeatures:
    """What a head reads of freshly altered tiles, the same for all heads of a step.

    folds: of each pair. sigmas: the noise levels that are told to the model. tuning: of the network, which then gives
    what the heads read.
    """

    def __init__(
        self,
        model: DiffusionModel,
        reader: ChangeHead,
        sigmas: Sequence[float],
        crops: CropStore,
        folds: Sequence[int],
        seed: int,
        batch_size: int,
        tuning: Tuning | None = None,
    ) -> None:
        self.model, self.batch_size, self.tuning = model, batch_size, tuning
        self._reader, self._sigmas, self._crops, self._seed = reader, sigmas, crops, seed
        self._folds = np.array(folds)
        self._last: tuple[int, _Batch] | None = None

    def after(self, seen: int) -> _Batch:
        """The batch of the step after so many tiles."""
        if self._last is None or self._last[0] != seen:
            tiles = self._crops.draw(self._seed, seen, self.batch_size)
            if self.tuning is not None:
                gathered = self.tuning.look(tiles.before, tiles.after)
            else:
                # Noise is none of theirs.
                gathered = gather(self.model, self._reader, self._sigmas, tiles.before, tiles.after, tiles.before)
            self._last = seen, _Batch(gathered, tiles.labels.to(self.model.device), self._folds[tiles.pairs])
        return self._last[1]

    def learn(self, seen: int) -> None:
        """Let the network learn from what the heads' steps left, where it is tuned; so many tiles are seen by now."""
        if self.tuning is not None:
            self.tuning.learn(seen, self.batch_size)
            self._last = None


class WindowStore(NamedTuple):
    """What a head reads of the windows that are measured on, with labels uint8 [n, s, s] and their folds."""

    features: FeatureCache
    labels: Tensor
    windows: Sequence[WeighedWindow]
    folds: Sequence[int]


class FoldTrainer:
    """The state of one head's training. fold: what it leaves out."""

    def __init__(
        self, head: TopDownHead, fold: int, fresh: FreshFeatures, windows: WindowStore, seed: int, learning_rate: float
    ) -> None:
        self.head, self.fold, self.seed = head.to(fresh.model.device), fold, seed
        self.average = WeightAverage(head, _EMA)
        self._rate = learning_rate * head.lr_scale
        self.optimizer = torch.optim.AdamW(
            head.parameters(), lr=self._rate, betas=(0.9, 0.99), weight_decay=_WEIGHT_DECAY
        )
        self.tiles_seen, self.loss = 0, 0.0
        self.best: BestHead | None = None
        self.device = fresh.model.device
        self.fresh, self.windows = fresh, windows

    def step(self) -> None:
        """Train on the tiles of the next batch that are not of its fold."""
        batch, size = self.fresh.after(self.tiles_seen), self.fresh.batch_size
        rows = torch.from_numpy(np.flatnonzero(batch.folds != self.fold)).to(self.device)
        steps = self.tiles_seen // size + 1
        if len(rows):
            labels = batch.labels[rows]
            gathered = [each[rows] for each in batch.gathered]
            self.head.train()
            # Each member learns by itself: their mean would leave to the plain one what is plain.
            each = [self._whole(two_classes(log_odds), labels) for log_odds in self.head.each(gathered)]
            loss = torch.stack([change_loss(logits, labels) for logits in each]).mean()
            self.optimizer.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(self.head.parameters(), 1.0)
            self.optimizer.param_groups[0]["lr"] = self._rate * min(1.0, steps / _WARM_UP)
            self.optimizer.step()
            self.loss += (loss.item() - self.loss) / min(steps, LOSS_STEPS)
        self.tiles_seen += size
        self.average.update(self.head, self.tiles_seen, size)

    def counting(self, weights: dict[str, Tensor], member: int | None = None) -> Generator[None, None, PairCounts]:
        """The logits that some weights give on the windows that this head leaves out, yielding after each.

        member: of which they are; None = of their mean. The detector's mean is of all heads and better; but only a
        head that left a pair out tells how sure it may be there.
        """
        own = {name: value.clone() for name, value in self.head.state_dict().items()}
        self.head.load_state_dict(weights)
        self.head.eval()
        counts = PairCounts()
        try:
            for number, (window, fold) in enumerate(zip(self.windows.windows, self.windows.folds, strict=True)):
                if fold in (self.fold, BY_ALL):
                    gathered = self.windows.features.take([number], self.device)
                    labels = self.windows.labels[number : number + 1]
                    with torch.no_grad():
                        found = (
                            self.head.decide(gathered)
                            if member is None
                            else two_classes(self.head.each(gathered)[member])
                        )
                        logits = self._whole(found, labels)
                    counts.add(window.place.pair, window.weight, logits, labels)
                    yield
        finally:
            self.head.load_state_dict(own)
        return counts

    def notes(self) -> Iterator[Note]:
        """What there is to tell of the network that all heads share."""
        return self.fresh.model.notes()

    def values(self) -> dict[str, Any]:
        """What a checkpoint keeps beside weights."""
        best = self.best and [self.best.f1, self.best.threshold, self.best.tiles_seen]
        return {"tiles_seen": self.tiles_seen, "loss": self.loss, "best": best}

    def _whole(self, logits: Tensor, labels: Tensor) -> Tensor:
        return to_pixels(logits, self.head.stride(self.fresh.model.feature_strides), labels.shape[1:])
