"""One pass of a network over two dates: windows on the lattice, compared in batches and blended to strips."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...events import Note, Progress
from ..model.batch import AdaptiveBatch
from ..pairs.pair import DatePair
from ..pairs.windows import PairTile, read_row, window_starts
from ..raster.lattice import Lattice, StripBlender
from ..raster.types import Pixels, Window

# What a comparison makes of windows: float32 [B, channels, t, t].
Compare = Callable[[Sequence[PairTile]], Pixels]


# Of a wide raster so many columns of finished rows are worked on at once: the memory of the steps that follow.
STRIP_COLUMNS = 1024


class Strip(NamedTuple):
    """Finished pixels from (row, col) on: blended values float32 [channels, n, m], both dates valid bool [n, m]."""

    row: int
    col: int
    values: Pixels
    valid: NDArray[np.bool_]


def compare_windows(
    pair: DatePair,
    lattice: Lattice,
    window: Window,
    channels: int,
    halving: AdaptiveBatch,
    block_px: int,
    compare: Compare,
) -> Iterator[Note | Progress | Strip]:
    """Strips of a window, each as soon as no further window of the lattice touches it.

    compare: gets windows that hold anything valid, and gives `channels` values for each of their pixels.
    halving: how many windows it gets at once. block_px: how many columns are read at once.
    """
    rows, cols = window_starts(pair, lattice, window)
    # Where both dates are valid is blended too, which costs less than to read it once more.
    blender = StripBlender(lattice, channels + 1, window)
    done = 0
    for row, following in zip(rows, [*rows[1:], window[0] + window[2]], strict=True):
        for tiles in batches(read_row(pair, lattice.tile_px, row, cols, block_px), halving.size):
            seen = [tile for tile in tiles if tile.valid.any()]
            if seen:
                parts = halving.parts(lambda part, seen=seen: compare(seen[part]), len(seen))  # type: ignore[misc]
                for tile, found in zip(seen, chain.from_iterable(parts), strict=True):
                    blender.add(tile.row, tile.col, np.concatenate([found, tile.valid[None].astype(np.float32)]))
            done += len(tiles)
            yield from halving.notes()
            yield Progress(done, len(rows) * len(cols), "window", "scores")
        for first, col, values, covered in blender.pieces(following, STRIP_COLUMNS):
            yield Strip(first, col, values[:-1], covered & (values[-1] > 0.5))


def batches(tiles: Iterable[PairTile], size: int) -> Iterator[list[PairTile]]:
    """Lists of `size` tiles; the last may be shorter."""
    batch: list[PairTile] = []
    for tile in tiles:
        batch.append(tile)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
