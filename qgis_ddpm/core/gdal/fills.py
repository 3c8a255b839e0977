"""Telling fills that no nodata value declares, from pixels that are read for something else."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from math import ceil, sqrt
from threading import Lock
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from .nodata import BEYOND

# One value in all bands over more than this share of the pixels is told.
LEAST_SHARE = 0.01
# Of a larger window every n-th pixel of every n-th row is looked at.
WINDOW_PIXELS = 1 << 13
# A single band of whole numbers has many equal pixels: its last value has to be so much more frequent than the next.
STANDS_OUT = 3
# Rasters that one note names.
NAMED = 3


class Watched(Protocol):
    """A raster that shows what is read of it to a watch, while it has one."""

    watch: "FillWatch | None"


class FillWatch:
    """Counts, in windows of a raster as stored, the pixels that have one value in all bands."""

    def __init__(self) -> None:
        self._pixels = self._beyond = 0
        self._beyond_value = 0.0
        self._low, self._high = np.inf, -np.inf
        self._counts: list[tuple[NDArray[Any], NDArray[np.int64]]] = []
        self._bands = 0
        self._dtype = np.dtype(np.float32)
        self._adding = Lock()

    def add(self, stored: NDArray[Any], valid: NDArray[np.bool_], beyond: NDArray[np.bool_]) -> None:
        """Take in a window; several threads may do so in any order.

        Args:
            stored: numbers of the file, of any real type [C, h, w].
            valid: bool [h, w], where they are data.
            beyond: bool [h, w], where they are too large for any measurement and not declared.
        """
        step = ceil(sqrt(max(valid.size / WINDOW_PIXELS, 1)))
        stored, valid, beyond = stored[:, ::step, ::step], valid[::step, ::step], beyond[::step, ::step]
        with self._adding:
            self._add(stored, valid, beyond)

    def _add(self, stored: NDArray[Any], valid: NDArray[np.bool_], beyond: NDArray[np.bool_]) -> None:
        self._bands, self._dtype = len(stored), stored.dtype
        self._pixels += int(valid.sum() + beyond.sum())
        if beyond.any():
            self._beyond += int(beyond.sum())
            largest = stored[:, beyond]
            self._beyond_value = max(self._beyond_value, float(largest.flat[np.abs(largest).argmax()]), key=_size)
        if valid.any():
            pixels = stored[:, valid]
            self._low, self._high = min(self._low, pixels.min()), max(self._high, pixels.max())
            self._counts.append(np.unique(pixels[0, (pixels == pixels[0]).all(axis=0)], return_counts=True))

    def found(self) -> list[tuple[float, float]]:
        """Values that look like a fill, and the share of the pixels that each has: of data, then beyond all data."""
        fills = []
        if self._counts:
            values, counts = _merged(self._counts)
            for value in sorted({self._low, self._high, *self._ends()}):
                at = np.searchsorted(values, value)
                if at < len(values) and values[at] == value and self._is_fill(values, counts, int(at)):
                    fills.append((_shortest(value, self._dtype), float(counts[at] / self._pixels)))
        if self._beyond:
            fills.append((_shortest(self._beyond_value, self._dtype), self._beyond / self._pixels))
        return fills

    def _ends(self) -> tuple[float, ...]:
        """Ends of the type, and the 0 of several bands at once, below which some band may well have noise."""
        zero = (0,) if self._bands > 1 else ()
        if self._dtype.kind == "f":
            return zero
        info: np.iinfo[Any] = np.iinfo(self._dtype)
        return *zero, info.min, info.max

    def _is_fill(self, values: NDArray[Any], counts: NDArray[np.int64], at: int) -> bool:
        if counts[at] <= LEAST_SHARE * self._pixels:
            return False
        if self._bands > 1 or self._dtype.kind == "f" or len(values) == 1:
            return True
        following = counts[at + 1 if at == 0 else at - 1]
        return bool(counts[at] >= STANDS_OUT * following)


@contextmanager
def watching(sources: Sequence[Watched]) -> Iterator[list[FillWatch]]:
    """Watch what is read of rasters."""
    watches = [FillWatch() for _ in sources]
    for source, watch in zip(sources, watches, strict=True):
        source.watch = watch
    try:
        yield watches
    finally:
        for source in sources:
            source.watch = None


def fill_notes(watches: Sequence[FillWatch], names: Sequence[str]) -> list[str]:
    """What to say of rasters, called by such names: one sentence a raster, of a few of them where there are many."""
    told = [(name, watch.found()) for name, watch in zip(names, watches, strict=True)]
    told = [(name, fills) for name, fills in told if fills]
    notes = [_sentence(name, fills) for name, fills in told[:NAMED]]
    if len(told) > NAMED:
        notes.append(f"{len(told) - NAMED} more rasters have such fills without a nodata value.")
    return notes


def _sentence(name: str, fills: Sequence[tuple[float, float]]) -> str:
    shown = " and ".join(f"{value:.10g} in {_percent(share)} of its pixels" for value, share in fills)
    left_out = [value for value, _ in fills if abs(value) >= BEYOND]
    taken = len(left_out) < len(fills)
    acts = []
    if taken:
        acts.append(
            "It is taken as data; if it is a fill, set it as nodata of the file, or name it with NODATA "
            "(detectchanges, trainmodel)."
        )
    if left_out:
        acts.append(f"{' and '.join(f'{value:.10g}' for value in left_out)} is left out: no measurement is so large.")
    return f"{name} has no nodata value for what looks like a fill: {shown}. {' '.join(acts)}"


def _shortest(value: float, dtype: np.dtype[Any]) -> float:
    """The number with the fewest digits that the type rounds to a value, as people write it: -3.4e38."""
    return float(str(dtype.type(value)))


def _size(value: float) -> tuple[float, float]:
    """What tells the larger of two values of either sign."""
    return abs(value), value


def _percent(share: float) -> str:
    return f"{share:.1%}" if share >= 0.0005 else "less than 0.1%"


def _merged(parts: Sequence[tuple[NDArray[Any], NDArray[np.int64]]]) -> tuple[NDArray[Any], NDArray[np.int64]]:
    """Distinct values, ascending, and how often each is."""
    values, places = np.unique(np.concatenate([part[0] for part in parts]), return_inverse=True)
    counts = np.bincount(places, weights=np.concatenate([part[1] for part in parts])).astype(np.int64)
    return values, counts
