"""A sample of the pixels of two dates that their place alone decides, small enough for memory."""

from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, sqrt
from typing import Protocol

import numpy as np

from ...events import Progress
from ..gdal.opening import gdal_options
from ..raster.types import Pixels, Valid, Window
from ..threads import in_order

# All pixels of a Landsat subset; of a large raster one pixel of a spot in each of some hundred cells a side.
MAX_PIXELS = 1 << 19
MAX_NUMBERS = 1 << 24
SPOT_PX = 32
# Where nodata leaves less than this share of the sample, the cells are made smaller.
ENOUGH = 0.125


class PairReader(Protocol):
    """What a sample is taken of."""

    window: Window

    @property
    def count(self) -> int:
        """Bands of each date."""

    def read(self, row: int, col: int, height: int, width: int) -> tuple[Pixels, Pixels, Valid]:
        """Both dates float32 [C, height, width] and valid bool [height, width]."""


@dataclass(frozen=True)
class PairSample:
    """Valid pixels of both dates: float32 [N, C] each, the same pixel in the same row.

    spots: the windows they were taken from, a list for each row of cells.
    """

    before: Pixels
    after: Pixels
    spots: tuple[tuple[Window, ...], ...] = ()

    def thinned(self, most: int) -> "PairSample":
        """Every n-th pixel, at most `most` of them."""
        every = max(ceil(len(self.before) / most), 1)
        return PairSample(self.before[::every], self.after[::every], self.spots)


def read_sample(pair: PairReader) -> Generator[Progress, None, PairSample]:
    """Read the sample; all valid pixels where these are few, none where there is none.

    The spots depend on the overlap of the two rasters, never on the extent that is mapped, on blocks or on a seed.
    """
    most = max(min(MAX_PIXELS, MAX_NUMBERS // (2 * pair.count)), 1)
    _, _, height, width = pair.window
    cell_px = max(ceil(sqrt(height * width / (most / SPOT_PX**2))), SPOT_PX)
    while True:
        sample = yield from _read_spots(pair, cell_px, most)
        if cell_px == SPOT_PX or len(sample.before) >= ENOUGH * most:
            return sample
        cell_px = max(cell_px // 2, SPOT_PX)


def _read_spots(pair: PairReader, cell_px: int, most: int) -> Generator[Progress, None, PairSample]:
    rows = list(_spots(pair.window, cell_px))
    before, after = [], []
    count, keep_every = 0, 1

    def read_row(spots: list[Window]) -> list[tuple[Pixels, Pixels, Valid]]:
        with gdal_options():
            return [pair.read(*window) for window in spots]

    with closing(in_order(read_row, rows)) as reading:
        for number, row in enumerate(reading, start=1):
            for x, y, valid in row:
                before.append(x[:, valid].T[::keep_every])
                after.append(y[:, valid].T[::keep_every])
                count += len(before[-1])
            if count > 2 * most:
                # More spots than memory has room for, because most looked empty: every second pixel will do.
                before, after = [x[::2] for x in before], [y[::2] for y in after]
                keep_every, count = 2 * keep_every, sum(map(len, before))
            yield Progress(number, len(rows), "row of windows", "statistics")
    return PairSample(np.concatenate(before), np.concatenate(after), tuple(map(tuple, rows)))


def _spots(window: Window, cell_px: int) -> Iterator[list[Window]]:
    """One spot in each cell, as a list for each row of cells; whole cells where these are as small as a spot."""
    top, left, height, width = window
    most = SPOT_PX if cell_px > SPOT_PX else 2 * SPOT_PX
    for row, rows in _cells(top, height, cell_px):
        # Spots of one row of cells start in the same row, so that files of long strips are read once.
        random = np.random.default_rng(row)
        spot_rows = min(rows, most)
        start = row + int(random.integers(0, rows - spot_rows + 1))
        spots = []
        for col, columns in _cells(left, width, cell_px):
            spot_columns = min(columns, most)
            begin = col + int(random.integers(0, columns - spot_columns + 1))
            spots.append((start, begin, spot_rows, spot_columns))
        yield spots


def _cells(start: int, length: int, cell_px: int) -> list[tuple[int, int]]:
    """Start and length of cells of at least `cell_px` and less than twice that; one cell where that is too much."""
    count = max(length // cell_px, 1)
    edges = [start + length * i // count for i in range(count + 1)]
    return [(low, high - low) for low, high in pairwise(edges)]
