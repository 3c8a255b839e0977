"""Agreement of a change map with reference data: counts, the figures they give, and their intervals."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..raster.types import Counts, Floats

RESAMPLES = 1000
CLASSES = 4
# Bounds memory (4 MB) and the time of the resamples; at 64 px this is a raster of 23,000 x 23,000.
MOST_BLOCKS = 1 << 17


@dataclass(frozen=True)
class Confusion:
    """Numbers of pixels, or square metres: change is the positive class; a figure whose denominator is 0 is 0.

    Figures after Olofsson et al. 2014 (doi 10.1016/j.rse.2014.02.015); kappa after Cohen 1960.
    """

    true_negative: int
    true_positive: int
    false_positive: int
    false_negative: int

    @property
    def total(self) -> int:
        """All pixels that count."""
        return self.true_negative + self.true_positive + self.false_positive + self.false_negative

    @property
    def reference_changed(self) -> int:
        """Pixels that the reference calls changed."""
        return self.true_positive + self.false_negative

    @property
    def predicted_changed(self) -> int:
        """Pixels that the map calls changed."""
        return self.true_positive + self.false_positive

    @property
    def precision(self) -> float:
        """Share of the predicted change that is change."""
        return _share(self.true_positive, self.predicted_changed)

    @property
    def recall(self) -> float:
        """Share of the change that is predicted."""
        return _share(self.true_positive, self.reference_changed)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return _share(2 * self.true_positive, self.predicted_changed + self.reference_changed)

    @property
    def iou(self) -> float:
        """Predicted change and change: what both cover over what either covers."""
        return _share(self.true_positive, self.predicted_changed + self.false_negative)

    @property
    def overall_accuracy(self) -> float:
        """Share of pixels that agree."""
        return _share(self.true_positive + self.true_negative, self.total)

    @property
    def kappa(self) -> float:
        """Agreement beyond that of two maps with these shares of change and no relation."""
        chance = self.predicted_changed * self.reference_changed
        chance += (self.total - self.predicted_changed) * (self.total - self.reference_changed)
        agreed = (self.true_positive + self.true_negative) * self.total
        return _share(agreed - chance, self.total**2 - chance)

    @property
    def undefined(self) -> list[str]:
        """Names of the figures whose denominator is 0, in the order of the interface."""
        both = self.predicted_changed + self.reference_changed
        one_class = self.predicted_changed == self.reference_changed and self.reference_changed in (0, self.total)
        empty = {
            "F1": both == 0,
            "IOU": both == 0,
            "PRECISION": self.predicted_changed == 0,
            "RECALL": self.reference_changed == 0,
            "KAPPA": one_class,
        }
        return [name for name, is_empty in empty.items() if is_empty]


def confusion_of(counts: Counts | Sequence[int]) -> Confusion:
    """Counts [4] in the order of an error map's codes: true negative, true positive, false positive, false negative."""
    return Confusion(*(int(count) for count in counts))


# By the names of the interface.
FIGURES: dict[str, Callable[[Confusion], float]] = {
    "F1": lambda counts: counts.f1,
    "IOU": lambda counts: counts.iou,
    "PRECISION": lambda counts: counts.precision,
    "RECALL": lambda counts: counts.recall,
    "OA": lambda counts: counts.overall_accuracy,
    "KAPPA": lambda counts: counts.kappa,
}


class BlockCounts:
    """Counts of an error map by square blocks, the only thing that an interval needs; blocks start at pixel (0, 0).

    block_px: side wished for; `self.block_px` is the one used, larger where a raster would have too many blocks.
    """

    def __init__(self, height: int, width: int, block_px: int) -> None:
        self.block_px = max(block_px, math.ceil(math.sqrt(height * width / MOST_BLOCKS)))
        rows, cols = -(-height // self.block_px), -(-width // self.block_px)
        self.size = rows * cols
        self._counts = np.zeros((rows, cols, CLASSES), np.int64)

    def add(self, row: int, col: int, codes: NDArray[np.uint8], areas: Floats | None = None) -> None:
        """Count a window of an error map; codes above 3 are left out.

        areas: float64 [height, width] of the pixels, by which they count then, in whole units of these for each block.
        """
        rows = (row + np.arange(codes.shape[0])) // self.block_px
        cols = (col + np.arange(codes.shape[1])) // self.block_px
        top, left = rows[0], cols[0]
        height, width = rows[-1] - top + 1, cols[-1] - left + 1
        block = (rows - top)[:, None] * width + (cols - left)
        counted = codes < CLASSES
        weights = None if areas is None else areas[counted]
        counts = np.bincount(block[counted] * CLASSES + codes[counted], weights, height * width * CLASSES)
        counts = np.rint(counts).astype(np.int64).reshape(height, width, CLASSES)
        self._counts[top : top + height, left : left + width] += counts

    def blocks(self) -> Counts:
        """Counts int64 [N, 4] of the blocks that have any, in the order of `confusion_of`."""
        flat = self._counts.reshape(-1, CLASSES)
        counts: Counts = flat[flat.any(axis=1)]
        return counts

    def confusion(self) -> Confusion:
        """The sum over all blocks."""
        return confusion_of(self._counts.sum(axis=(0, 1)))


def resampled(blocks: Counts, seed: int, resamples: int = RESAMPLES) -> Iterator[Confusion]:
    """The sum of as many blocks drawn with replacement, `resamples` times.

    blocks: int64 [N, 4], counts of each block in the order of `confusion_of`. Pixels of one object err together, so
    whole blocks are drawn, not pixels (Efron and Tibshirani 1993, chapter 8.6).
    """
    rng = np.random.default_rng(seed)
    # Counts are far below 2^53, and a product of floats is many times faster than one of integers.
    counts = blocks.astype(np.float64)
    number = len(counts)
    for _ in range(resamples):
        times = np.bincount(rng.integers(0, number, number), minlength=number)
        yield confusion_of((times @ counts).astype(np.int64))


def intervals(drawn: Sequence[Confusion]) -> dict[str, tuple[float, float]]:
    """The interval of each figure by its name, over those draws in which it is defined."""
    undefined = [set(counts.undefined) for counts in drawn]
    return {
        name: interval([figure(counts) for counts, names in zip(drawn, undefined, strict=True) if name not in names])
        for name, figure in FIGURES.items()
    }


def interval(values: Sequence[float]) -> tuple[float, float]:
    """Percentiles 2.5 and 97.5; (0, 0) of no values."""
    if not values:
        return 0.0, 0.0
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
