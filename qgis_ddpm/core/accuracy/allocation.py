"""How many points a sample has, and how many of them each stratum (Olofsson et al. 2014, section 5.1)."""

from math import ceil

import numpy as np

from ..raster.types import Counts, Floats
from .strata import CHANGED, NEAR, UNCHANGED, Population

# The standard error of the overall accuracy that a sample of no given size is for.
TARGET_ERROR = 0.01
# Shares of points that are expected to agree with the map; only the size of the sample follows from them.
EXPECTED = {CHANGED: 0.7, NEAR: 0.8, UNCHANGED: 0.95}
# A rare stratum has 50 to 100 points, but not more than this share of a small sample: the rest has the misses.
RARE, RARE_SHARE = 75, 0.2
# A variance takes two.
LEAST = 2


def sample_size(population: Population) -> int:
    """Points for a standard error of TARGET_ERROR of the overall accuracy (eq. 13, after Cochran 1977, eq. 5.25)."""
    expected = np.array([EXPECTED[code] for code in sorted(EXPECTED)])
    deviation = float(population.shares @ np.sqrt(expected * (1 - expected)))
    return max(ceil((deviation / TARGET_ERROR) ** 2), RARE * len(population.strata))


def allocate(population: Population, size: int) -> Counts:
    """Points of each stratum, int64 [3] by its code: by area, but RARE of a rare one, never more than its pixels."""
    found = np.zeros_like(population.pixels)
    least = max(min(RARE, int(RARE_SHARE * size)), LEAST)
    open_ = {code: float(population.areas[code]) for code in population.strata}
    left = size
    # A stratum that gets its least or its most leaves fewer or more to the others.
    while open_:
        total = sum(open_.values())
        fixed = {
            code: int(population.pixels[code])
            for code, area in open_.items()
            if _full(population, code, left, area / total)
        }
        fixed = fixed or {code: least for code, area in open_.items() if left * area / total < least}
        if not fixed:
            break
        for code, count in fixed.items():
            found[code] = min(count, population.pixels[code])
            left -= int(found[code])
            del open_[code]
    codes = list(open_)
    for code, count in zip(codes, _rounded(np.array(list(open_.values())), max(left, 0)), strict=True):
        found[code] = count
    return found


def _full(population: Population, code: int, left: int, share: float) -> bool:
    return bool(left * share >= population.pixels[code])


def _rounded(weights: Floats, total: int) -> list[int]:
    """Whole numbers in the proportion of weights, of this sum, by the largest remainders."""
    if not weights.size:
        return []
    exact = weights / weights.sum() * total
    counts = np.floor(exact).astype(int)
    counts[np.argsort(counts - exact, kind="stable")[: total - counts.sum()]] += 1
    return [int(count) for count in counts]
