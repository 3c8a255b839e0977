"""What repeats tell: means with their intervals, and which settings differ by more than chance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import isfinite, sqrt

import numpy as np
from scipy import stats

# Of an interval, and of the statement that two settings differ: one wrong statement in twenty comparisons.
CONFIDENCE = 0.95


def mean_and_half(values: Sequence[float]) -> tuple[float | None, float | None]:
    """The mean, and half the width of its 95 % interval by Student's t; None where there is none to tell."""
    finite = [value for value in values if isfinite(value)]
    if not finite:
        return None, None
    if len(finite) < 2:
        return finite[0], None
    spread = float(np.std(finite, ddof=1))
    return float(np.mean(finite)), float(stats.t.ppf((1 + CONFIDENCE) / 2, len(finite) - 1)) * spread / sqrt(
        len(finite)
    )


@dataclass(frozen=True)
class SettingPair:
    """Two settings by number, their difference in a figure, and the p value after the correction; None: untold."""

    first: int
    second: int
    difference: float | None
    p: float | None

    @property
    def differs(self) -> bool:
        """Whether the difference is beyond chance."""
        return self.p is not None and self.p < 1 - CONFIDENCE


def compared(values: Sequence[Sequence[float]]) -> list[SettingPair]:
    """Every pair of settings by Welch's test of their repeats, corrected for their number by Holm 1979.

    values: of each setting. Settings with fewer than two repeats are not told apart.
    """
    pairs = list(combinations(range(len(values)), 2))
    known = {pair: _welch(values[pair[0]], values[pair[1]]) for pair in pairs}
    corrected = holm({pair: p for pair, p in known.items() if p is not None})
    return [
        SettingPair(first, second, _difference(values[first], values[second]), corrected.get((first, second)))
        for first, second in pairs
    ]


def holm(p_values: Mapping[tuple[int, int], float]) -> dict[tuple[int, int], float]:
    """P values corrected for their number: the k-th smallest times the number of those that are left, never falling."""
    corrected, highest = dict[tuple[int, int], float](), 0.0
    for rank, (pair, p) in enumerate(sorted(p_values.items(), key=lambda item: item[1])):
        highest = max(highest, min(1.0, (len(p_values) - rank) * p))
        corrected[pair] = highest
    return corrected


def _welch(first: Sequence[float], second: Sequence[float]) -> float | None:
    if min(len(first), len(second)) < 2 or not np.isfinite([*first, *second]).all():
        return None
    if np.ptp(first) == np.ptp(second) == 0:
        return 1.0 if first[0] == second[0] else 0.0
    return float(stats.ttest_ind(first, second, equal_var=False).pvalue)


def _difference(first: Sequence[float], second: Sequence[float]) -> float | None:
    return float(np.mean(second) - np.mean(first)) if len(first) and len(second) else None
