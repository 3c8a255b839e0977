"""A look at the whole raster: how much is missing where, and means of coarse cells, from which far gaps are filled."""

from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...events import Event, Progress
from ..raster.grid import Grid
from ..raster.types import Counts, Floats, Valid
from .reading import GapReader, GapWindow, windows_of

# Side of what is read at once, and of the places that a sample is chosen from.
READ_PX, PLACE_PX = 1024, 256
# Cells are at least so large, and at most so many a side.
LEAST_CELL_PX, MOST_CELLS = 16, 320
# A cell of which less is known has no mean.
_KNOWN_SHARE = 0.25


@dataclass
class Survey:
    """Counts by place of PLACE_PX [rows, columns], and sums over cells of cell_px [C, rows, columns]."""

    cell_px: int
    known: Counts
    missing: Counts
    cell_sums: Floats
    cell_counts: Counts

    @classmethod
    def empty(cls, grid: Grid, channels: int) -> "Survey":
        """A survey that has seen nothing."""
        cell_px = LEAST_CELL_PX
        while max(grid.shape) > cell_px * MOST_CELLS:
            cell_px *= 2
        places, cells = (tuple(-(-size // side) for size in grid.shape) for side in (PLACE_PX, cell_px))
        known, missing, counts = (np.zeros(shape, dtype=np.int64) for shape in (places, places, cells))
        return cls(cell_px, known, missing, np.zeros((channels, *cells)), counts)

    def add(self, window: GapWindow) -> None:
        """Take in a window whose corner is a multiple of READ_PX."""
        row, col = window.place[:2]
        known = window.known
        _add_blocks(self.known, row, col, PLACE_PX, known)
        _add_blocks(self.missing, row, col, PLACE_PX, ~known)
        _add_blocks(self.cell_counts, row, col, self.cell_px, known)
        for sums, band in zip(self.cell_sums, window.pixels.astype(np.float64), strict=True):
            _add_blocks(sums, row, col, self.cell_px, band)

    def cells(self) -> tuple[Floats, Valid]:
        """Means of the cells [C, rows, columns], and which have one."""
        counts = self.cell_counts
        full = min(self.cell_px**2, max(int(counts.max()), 1))
        return self.cell_sums / np.maximum(counts, 1), counts >= _KNOWN_SHARE * full


def surveying(reader: GapReader) -> Generator[Event, None, Survey]:
    """Read all of the raster once, without its other dates."""
    survey = Survey.empty(reader.grid, reader.source.count)
    windows = list(windows_of((0, 0, *reader.grid.shape), READ_PX))
    for done, window in enumerate(windows, start=1):
        survey.add(reader.read(window, others=False))
        yield Progress(done, len(windows), "window", "looking for gaps")
    return survey


def _add_blocks(target: NDArray[Any], row: int, col: int, side: int, values: NDArray[Any]) -> None:
    """Add sums over blocks of a side, of which one starts at (row, col)."""
    height, width = values.shape
    down = np.add.reduceat(values.astype(target.dtype), np.arange(0, height, side), axis=0)
    sums = np.add.reduceat(down, np.arange(0, width, side), axis=1)
    target[row // side : row // side + sums.shape[0], col // side : col // side + sums.shape[1]] += sums
