"""What every method of change detection gives: scores of change, piece by piece, and the score where change begins."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ...events import Event
from ..pairs.pair import DatePair
from ..raster.types import Pixels, Window


@dataclass(frozen=True)
class Scores:
    """Scores of a window at (row, col): float32 [n, m] in [0, 1), NaN where a date has no data.

    spread: standard deviation of the score over draws, likewise; None where none was asked for.
    """

    row: int
    col: int
    score: Pixels
    spread: Pixels | None = None


def averaged(row: int, col: int, draws: Pixels, valid: NDArray[np.bool_], spread_wanted: bool) -> Scores:
    """The mean over draws of noise, float32 [draws, n, m], and their spread where it is wanted; NaN where not valid."""
    missing = np.float32(np.nan)
    mean = np.where(valid, draws.mean(axis=0), missing)
    return Scores(row, col, mean, np.where(valid, draws.std(axis=0), missing) if spread_wanted else None)


class ChangeMethod(Protocol):
    """A way to score change. `prepare` comes first; the statistics it takes belong to the whole pair."""

    name: str

    def prepare(self, pair: DatePair) -> Generator[Event, None, float]:
        """Take statistics; returns the score at which change begins."""

    def scores(self, pair: DatePair, window: Window) -> Iterator[Event | Scores]:
        """Scores of all of a window (row, col, height, width) of the pair's grid, from top to bottom.

        All rows above an item's first are done when it comes, and a window that begins with that row has the same
        bytes from there on: a run that was stopped goes on so.
        """
