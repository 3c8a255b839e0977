"""A sample of the pixels of two dates that their place alone decides, small enough for memory."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from math import ceil, sqrt

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..events import Progress
from .date_pair import DatePair, Window

Pixels = NDArray[np.float32]

# All pixels of a Landsat subset; of a large raster one pixel of a spot in each of some hundred cells a side.
MAX_PIXELS = 1 << 19
MAX_NUMBERS = 1 << 24
SPOT_PX = 32
# Where nodata leaves less than this share of the sample, the cells are made smaller.
ENOUGH = 0.125


@dataclass(frozen=True)
class PairSample:
    """Valid pixels of both dates: float32 [N, C] each, the same pixel in the same row."""

    before: Pixels
    after: Pixels


def read_sample(pair: DatePair) -> Generator[Progress, None, PairSample]:
    """Read the sample; all valid pixels where these are few. Raises InputError where there is none.

    The spots depend on the overlap of the two rasters, never on the extent that is mapped, on blocks or on a seed.
    """
    most = max(min(MAX_PIXELS, MAX_NUMBERS // (2 * pair.count)), 1)
    _, _, height, width = pair.window
    cell_px = max(ceil(sqrt(height * width / (most / SPOT_PX**2))), SPOT_PX)
    while True:
        sample = yield from _read_spots(pair, cell_px, most)
        if cell_px == SPOT_PX and not len(sample.before):
            raise InputError(
                f"{pair.before.path} and {pair.after.path} have no pixel that is valid in both. Check their nodata "
                "values and masks."
            )
        if cell_px == SPOT_PX or len(sample.before) >= ENOUGH * most:
            return sample
        cell_px = max(cell_px // 2, SPOT_PX)


def _read_spots(pair: DatePair, cell_px: int, most: int) -> Generator[Progress, None, PairSample]:
    rows = -(-pair.window[2] // cell_px)
    before, after, held = [], [], 0
    keep_every = 1
    for number, spots in enumerate(_spots(pair.window, cell_px)):
        for window in spots:
            x, y, valid = pair.read(*window)
            before.append(x[:, valid].T[::keep_every])
            after.append(y[:, valid].T[::keep_every])
            held += len(before[-1])
        if held > 2 * most:
            # More cells than memory has room for, because most looked empty: every second pixel will do.
            before, after = [x[::2] for x in before], [y[::2] for y in after]
            keep_every, held = 2 * keep_every, sum(map(len, before))
        yield Progress(number + 1, rows, "row", "statistics")
    return PairSample(np.concatenate(before), np.concatenate(after))


def _spots(window: Window, cell_px: int) -> Iterator[list[Window]]:
    """One spot in each cell, as a list for each row of cells; whole cells where these are as small as a spot."""
    top, left, height, width = window
    bottom, right = top + height, left + width
    for row in range(top, bottom, cell_px):
        spots = []
        # Spots of one row of cells start in the same row, so that files of long strips are read once.
        random = np.random.default_rng(row)
        start = row + int(random.integers(0, cell_px - SPOT_PX + 1))
        for col in range(left, right, cell_px):
            begin = col + int(random.integers(0, cell_px - SPOT_PX + 1))
            rows, columns = min(start + SPOT_PX, bottom) - start, min(begin + SPOT_PX, right) - begin
            if rows > 0 and columns > 0:
                spots.append((start, begin, rows, columns))
        yield spots
