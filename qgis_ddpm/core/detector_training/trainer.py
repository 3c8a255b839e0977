"""Training one change head on cached features: draws, loss, step, average, and its best weights so far.

What it draws is a function of its seed and the tiles seen, so its state is weights, average, moments and that count.
"""

from collections.abc import Generator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F

from ..detector.detector import decide
from ..detector.heads.base import ChangeHead
from ..learning.ema import WeightAverage
from ..progress import value_of
from ..raster.random import tile_random
from .calibration import LogitCounts
from .feature_cache import FeatureCache
from .labelled_pairs import CHANGED, UNKNOWN

# Length of the average of weights, as a share of all tiles seen.
_EMA = 0.1
_WEIGHT_DECAY = 1e-4
# The draw of a number of tiles that is its batch; lower ones alter tiles.
_BATCH_DRAW = 4
# The training loss is a running mean over so many steps.
LOSS_STEPS = 20


class TileStore(NamedTuple):
    """Cached features with the labels uint8 [n, t, t] of their tiles. strides: of the model's maps."""

    features: FeatureCache
    labels: Tensor
    training: NDArray[np.int64]
    validation: NDArray[np.int64]
    strides: Sequence[int]
    device: torch.device


class BestHead(NamedTuple):
    """The weights with the highest F1 on the validation part, and the difference of logits where change begins."""

    f1: float
    threshold: float
    tiles_seen: int
    weights: dict[str, Tensor]


class HeadTrainer:
    """The state of one head's training."""

    def __init__(self, head: ChangeHead, store: TileStore, seed: int, learning_rate: float, batch_size: int) -> None:
        self.head = head.to(store.device)
        self.seed = seed
        self.average = WeightAverage(head, _EMA)
        self.optimizer = torch.optim.AdamW(
            head.parameters(), lr=learning_rate * head.lr_scale, betas=(0.9, 0.99), weight_decay=_WEIGHT_DECAY
        )
        self.tiles_seen = 0
        self.loss = 0.0
        self.best: BestHead | None = None
        self.device = store.device
        self._store, self._batch_size = store, batch_size
        changed = (store.labels == CHANGED).flatten(1).any(1).numpy()[store.training]
        self._classes = [part for part in (store.training[changed], store.training[~changed]) if len(part)]

    def step(self) -> None:
        """Train on the next batch: each tile with change or without, alike often."""
        random = tile_random(self.seed, self.tiles_seen, _BATCH_DRAW)
        kinds = random.integers(len(self._classes), size=self._batch_size)
        numbers = [int(self._classes[kind][random.integers(len(self._classes[kind]))]) for kind in kinds]
        self.head.train()
        loss = change_loss(*self._logits(numbers))
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.head.parameters(), 1.0)
        self.optimizer.step()
        self.tiles_seen += self._batch_size
        self.average.update(self.head, self.tiles_seen, self._batch_size)
        steps = self.tiles_seen // self._batch_size
        self.loss += (loss.item() - self.loss) / min(steps, LOSS_STEPS)

    def evaluate(self) -> Generator[None, None, float]:
        """F1 of the averaged weights on the validation part; they are kept where it is the highest so far."""
        counts = yield from self.counting(self.average.weights)
        f1, threshold = counts.best()
        if self.best is None or f1 > self.best.f1:
            weights = {name: value.clone() for name, value in self.average.weights.items()}
            self.best = BestHead(f1, threshold, self.tiles_seen, weights)
        return f1

    def values(self) -> dict[str, Any]:
        """What a checkpoint keeps beside weights."""
        best = self.best and [self.best.f1, self.best.threshold, self.best.tiles_seen]
        return {"tiles_seen": self.tiles_seen, "loss": self.loss, "best": best}

    def count(self, weights: Mapping[str, Tensor], numbers: Sequence[int] | None = None) -> LogitCounts:
        """The logits that some weights give on the validation part, or on tiles of some numbers."""
        return value_of(self.counting(weights, numbers))

    def counting(
        self, weights: Mapping[str, Tensor], numbers: Sequence[int] | None = None
    ) -> Generator[None, None, LogitCounts]:
        """As `count`, yielding after each batch; the head's own weights are as before afterwards."""
        tiles = self._store.validation.tolist() if numbers is None else list(numbers)
        own = {name: value.clone() for name, value in self.head.state_dict().items()}
        self.head.load_state_dict(weights)
        self.head.eval()
        counts = LogitCounts()
        try:
            for first in range(0, len(tiles), self._batch_size):
                with torch.no_grad():
                    counts.add(*self._logits(tiles[first : first + self._batch_size]))
                yield
        finally:
            self.head.load_state_dict(own)
        return counts

    def _logits(self, numbers: Sequence[int]) -> tuple[Tensor, Tensor]:
        store = self._store
        labels = store.labels[list(numbers)].to(store.device)
        gathered = store.features.take(numbers, store.device)
        return decide(self.head, gathered, labels.shape[1:], store.strides), labels


def change_loss(logits: Tensor, labels: Tensor) -> Tensor:
    """Cross entropy plus one minus the soft Dice of change, over pixels with labels.

    logits: [B, 2, h, w]; labels: [B, h, w] of 0, 1 and 255. Dice (Milletari et al. 2016, arXiv 1606.04797) looks at
    change alone, so that it is not outweighed where it is rare.
    """
    known = (labels != UNKNOWN).to(logits.dtype)
    truth = (labels == CHANGED).to(logits.dtype)
    difference = logits[:, 1] - logits[:, 0]
    entropy = F.binary_cross_entropy_with_logits(difference, truth, weight=known, reduction="sum")
    probability = torch.sigmoid(difference) * known
    dice = (2 * (probability * truth).sum() + 1) / (probability.sum() + truth.sum() + 1)
    return entropy / known.sum().clamp(min=1) + 1 - dice
