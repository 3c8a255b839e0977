"""Drawing a sample: pixels of each stratum with chances in proportion to their area, bound to seed and place."""

from collections.abc import Generator

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, log_ndtr, ndtri

from ...events import Event, Progress
from ..raster.random import position_noise
from ..raster.types import Counts, Floats, Window
from .strata import STRATA, Population, Strata, windows

# Of the bound that spares most pixels their key.
_ROUNDING = 1e-6


def draw(strata: Strata, population: Population, counts: Counts, seed: int) -> Generator[Event, None, Counts]:
    """Rows and columns int64 [N, 2] of the pixels drawn, in an order that tells nothing of their strata.

    counts: of each stratum, at most its pixels. Order sampling after Rosen 1997 (doi 10.1016/S0378-3758(96)00186-3,
    Pareto): without replacement, and the chance of a pixel is its share of its stratum's area times the count.
    """
    kept = {code: _Smallest(int(counts[code])) for code in STRATA if counts[code]}
    passes = list(windows(*strata.grid.shape))
    for done, window in enumerate(passes, start=1):
        codes, _ = strata.read(window)
        numbers = position_noise(seed, 0, 1, window)[0]
        areas = strata.areas(window)
        for code, smallest in kept.items():
            smallest.look(window, codes == code, numbers, areas * (counts[code] / population.areas[code]))
        yield Progress(done, len(passes), "window", "drawing")
    places = np.concatenate([np.zeros((0, 2), np.int64), *(smallest.places for smallest in kept.values())])
    places = places[np.lexsort((places[:, 1], places[:, 0]))]
    shuffled: Counts = places[np.random.default_rng(seed).permutation(len(places))]
    return shuffled


class _Smallest:
    """The pixels of one stratum with the smallest keys so far."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._keys: Floats = np.zeros(0)
        self.places: Counts = np.zeros((0, 2), np.int64)

    def look(self, window: Window, inside: NDArray[np.bool_], numbers: NDArray[np.float32], chances: Floats) -> None:
        """Take what is small enough of a window. numbers: normal ones; chances: of each pixel to be drawn."""
        rows, columns = np.nonzero(inside)
        if not len(rows):
            return
        number, chance = numbers[rows, columns].astype(np.float64), chances[rows, columns]
        if len(self._keys) == self._count:
            largest_key = float(self._keys[-1])
        elif len(rows) > self._count:
            # So many pixels have no larger key than this, and so have those that will be kept.
            first = np.argpartition(number, self._count)[: self._count]
            largest_key = float(_keys(number[first], chance[first]).max())
        else:
            largest_key = np.inf
        # Whatever its chance, a larger number gives too large a key.
        small = number <= ndtri(expit(largest_key + _logit(chance.max(keepdims=True)))) + _ROUNDING
        rows, columns, number, chance = rows[small], columns[small], number[small], chance[small]
        keys = np.concatenate([self._keys, _keys(number, chance)])
        places = np.concatenate([self.places, np.stack([rows + window[0], columns + window[1]], axis=1)])
        order = np.lexsort((places[:, 1], places[:, 0], keys))[: self._count]
        self._keys, self.places = keys[order], places[order]


def _keys(numbers: Floats, chances: Floats) -> Floats:
    keys: Floats = log_ndtr(numbers) - log_ndtr(-numbers) - _logit(chances)
    return keys


def _logit(chances: Floats) -> Floats:
    with np.errstate(divide="ignore"):
        logit: Floats = np.log(np.minimum(chances, 1.0)) - np.log1p(-np.minimum(chances, 1.0))
    return logit
