"""Windows of two dates as a network sees them: on the lattice, scaled, gaps filled, with the noise of their place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from ...card import BandScaling
from ..raster.lattice import Lattice
from ..raster.random import position_noise
from ..raster.scaling import normalized
from ..raster.types import Pixels, Valid, Window
from .pair import Pair


@dataclass(frozen=True)
class PairTile:
    """A window at (row, col): pixels in the bands' numbers float32 [C, t, t] of both dates, valid bool [t, t]."""

    row: int
    col: int
    before: Pixels
    after: Pixels
    valid: Valid


def window_starts(pair: Pair, lattice: Lattice, window: Window) -> tuple[list[int], list[int]]:
    """First rows and first columns of all windows of the pair's grid that touch a part of it."""
    row, col, height, width = window
    return (
        lattice.starts(row, row + height, pair.grid.height),
        lattice.starts(col, col + width, pair.grid.width),
    )


def read_row(pair: Pair, tile_px: int, row: int, cols: Sequence[int], block_px: int) -> Iterator[PairTile]:
    """The windows of one row of the lattice.

    Args:
        pair: the dates.
        tile_px: side of a window.
        row: first row of the windows in the pair's grid.
        cols: their first columns, ascending.
        block_px: so many columns are read at once, if more than a window.
    """
    first = 0
    while first < len(cols):
        last = first
        while last + 1 < len(cols) and cols[last + 1] + tile_px - cols[first] <= block_px:
            last += 1
        left = cols[first]
        before, after, valid = pair.read(row, left, tile_px, cols[last] + tile_px - left)
        for col in cols[first : last + 1]:
            inside = slice(col - left, col - left + tile_px)
            yield PairTile(row, col, before[:, :, inside], after[:, :, inside], valid[:, inside])
        first = last + 1


def normalized_dates(tiles: Sequence[PairTile], bands: Sequence[BandScaling]) -> tuple[Tensor, Tensor]:
    """Both dates of tiles for the network, float32 [B, C, t, t] each; where invalid, the mean of the tile's others."""
    valid = np.stack([tile.valid for tile in tiles])[:, None]
    dates = (np.stack([tile.before for tile in tiles]), np.stack([tile.after for tile in tiles]))
    before, after = (normalized(date, valid, bands) for date in dates)
    return torch.from_numpy(before), torch.from_numpy(after)


def place_noise(pair: Pair, tiles: Sequence[PairTile], seed: int, draw: int) -> Tensor:
    """The noise of the tiles' places under a seed and the number of a draw: float32 [B, C, t, t]."""
    row, col = pair.grid.lattice_origin()
    height, width = tiles[0].valid.shape
    fields = [position_noise(seed, draw, pair.count, (row + tile.row, col + tile.col, height, width)) for tile in tiles]
    return torch.from_numpy(np.stack(fields))
