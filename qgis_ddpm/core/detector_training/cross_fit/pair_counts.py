"""Logits of windows that were left out, counted pair by pair, and the threshold that suits the pairs alike.

Pixels of all pairs together are mostly those of the largest change, and a threshold that finds it suits no other place.
So each pair has its F1 at every threshold, and the mean over the pairs chooses.
"""

from typing import NamedTuple

import numpy as np
from torch import Tensor

from ...accuracy.confusion import Confusion
from ...raster.types import Floats
from ..calibration import EDGES, LogitCounts


class PairFigures(NamedTuple):
    """How well a pair was found that its head left out: at the common threshold, and at the best of its own."""

    pair: int
    f1: float
    precision: float
    recall: float
    best_f1: float


class PairCounts:
    """How often each difference of logits was seen in each pair, of windows weighed by how many they stand for."""

    def __init__(self) -> None:
        self._weighed: dict[int, Floats] = {}

    def add(self, pair: int, weight: float, logits: Tensor, labels: Tensor) -> None:
        """Count logits [1, 2, h, w] of one window with labels [1, h, w] of 0 and 1; others are left out."""
        counts = LogitCounts()
        counts.add(logits, labels)
        self._weighed[pair] = self._weighed.get(pair, 0.0) + weight * counts.counts

    def merge(self, other: "PairCounts") -> None:
        """Take in the pairs of another."""
        for pair, counts in other._weighed.items():
            self._weighed[pair] = self._weighed.get(pair, 0.0) + counts

    def best(self) -> tuple[float, float]:
        """The highest mean over pairs with change of F1 at one threshold, and that threshold: a difference of logits.

        (0, 0) where no pair has change.
        """
        curves = [_f1(counts) for counts in self._weighed.values() if counts[1].any()]
        if not curves:
            return 0.0, 0.0
        mean = np.mean(curves, axis=0)
        best = np.flatnonzero(mean == mean.max())
        where = int(best[len(best) // 2])
        return float(mean[where]), float(EDGES[where])

    def pooled(self) -> LogitCounts:
        """All pairs together, each with the same share, as counts of about as many pixels as were seen."""
        total = sum(counts.sum() for counts in self._weighed.values())
        share = total / max(len(self._weighed), 1)
        pooled = sum(counts * (share / max(counts.sum(), 1e-9)) for counts in self._weighed.values())
        return LogitCounts(np.rint(pooled).astype(np.int64))

    def confusion(self, threshold: float) -> Confusion:
        """The agreement of all pairs' pixels."""
        pixels = np.rint(sum(self._weighed.values())).astype(np.int64)
        return LogitCounts(pixels).confusion(threshold)

    def of_pairs(self, threshold: float) -> list[PairFigures]:
        """Each pair's figures; F1 is 0 where a pair has no change."""
        figures = []
        for pair, counts in sorted(self._weighed.items()):
            found = LogitCounts(np.rint(counts).astype(np.int64)).confusion(threshold)
            figures.append(PairFigures(pair, found.f1, found.precision, found.recall, float(_f1(counts).max())))
        return figures


def _f1(counts: Floats) -> Floats:
    unchanged, changed = (row[::-1].cumsum()[::-1] for row in counts)
    f1: Floats = 2 * changed / np.maximum(changed + unchanged + counts[1].sum(), 1e-9)
    return f1
