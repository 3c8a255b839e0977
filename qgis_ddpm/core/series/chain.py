"""Scores of a series: each date against the one before it at which a pixel was valid."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...events import Event
from ..raster.types import Pixels, Valid, Window
from .comparisons import Comparisons

# Valid, and nothing earlier to compare it with.
BEGINNING = np.float32(-1)
_MISSING = np.float32(np.nan)
NONE = -1

# For each pixel the number of a date, NONE for none.
DateNumbers = np.ndarray[tuple[int, ...], np.dtype[np.int16]]


@dataclass(frozen=True)
class DateScores:
    """Scores of a date by its number: float32 [height, width], NaN where it is not valid, BEGINNING, or in [0, 1)."""

    date: int
    score: Pixels


def chained(comparisons: Comparisons, window: Window) -> Iterator[Event | DateScores]:
    """The scores of all dates in a window of the grid, in the order of time.

    A pixel that a cloud hides at one date is compared between the dates around it.
    """
    series = comparisons.series
    latest = nothing_yet(window[2:])
    for date in range(series.count):
        valid = series.valid(date, window)
        score = np.where(valid, BEGINNING, _MISSING)
        for earlier in dates_in(latest[valid]):
            here = valid & (latest == earlier)
            rows, cols = _box(here)
            part = (window[0] + rows.start, window[1] + cols.start, rows.stop - rows.start, cols.stop - cols.start)
            found = yield from comparisons.scores(earlier, date, part)
            if found is not None:
                known = here[rows, cols] & ~np.isnan(found)
                score[rows, cols][known] = found[known]
        latest[valid] = date
        yield DateScores(date, score)


def nothing_yet(shape: tuple[int, ...]) -> NDArray[np.int16]:
    """Before the first date."""
    return np.full(shape, NONE, dtype=np.int16)


def dates_in(numbers: NDArray[np.int16]) -> list[int]:
    """The dates that occur, in the order of time."""
    return [int(number) for number in np.unique(numbers) if number != NONE]


def _box(mask: Valid) -> tuple[slice, slice]:
    """The rows and columns that hold all of a mask, which is not empty."""
    rows, cols = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    return slice(int(rows[0]), int(rows[-1]) + 1), slice(int(cols[0]), int(cols[-1]) + 1)
