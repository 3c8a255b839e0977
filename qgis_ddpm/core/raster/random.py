"""Random numbers that belong to a place or a number: the same in every window, block, batch and process."""

from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.random import Generator, Philox

from .types import Counts, Keys, Pixels, Window

# Large enough that starting a generator costs little beside filling the cell.
CELL_PX = 64
_WORD = 2**64


def position_noise(seed: int, draw: int, channels: int, window: Window) -> Pixels:
    """Standard normal noise that belongs to its place: where two windows overlap they are equal.

    Each cell of 64 x 64 px has its own counter range of one counter-based generator, so no cell depends on another
    (Salmon et al. 2011, Parallel random numbers: as easy as 1, 2, 3, doi 10.1145/2063384.2063405).

    Args:
        seed: of the run.
        draw: different draws are independent fields.
        channels: the first of more channels are those of fewer.
        window: (row, col, height, width) counted from the origin of the CRS; rows and columns may be negative.

    Returns:
        float32 [channels, height, width].
    """
    row, col, height, width = window
    noise = np.empty((channels, height, width), dtype=np.float32)
    for cell_row in range(row // CELL_PX, -(-(row + height) // CELL_PX)):
        for cell_col in range(col // CELL_PX, -(-(col + width) // CELL_PX)):
            cell = _cell(seed, draw, channels, cell_row, cell_col)
            top, left = cell_row * CELL_PX, cell_col * CELL_PX
            rows = slice(max(row, top), min(row + height, top + CELL_PX))
            cols = slice(max(col, left), min(col + width, left + CELL_PX))
            noise[:, rows.start - row : rows.stop - row, cols.start - col : cols.stop - col] = cell[
                :, rows.start - top : rows.stop - top, cols.start - left : cols.stop - left
            ]
    return noise


# Neighbouring windows and strips share cells: those of two rows across 4096 px are kept.
@lru_cache(maxsize=128)
def _cell(seed: int, draw: int, channels: int, cell_row: int, cell_col: int) -> Pixels:
    # The counter's lowest word counts the numbers within the cell.
    counter = np.array([0, cell_row % _WORD, cell_col % _WORD, 0], dtype=np.uint64)
    key = np.array([seed % _WORD, draw % _WORD], dtype=np.uint64)
    generator = Generator(Philox(key=key, counter=counter))
    return generator.standard_normal((channels, CELL_PX, CELL_PX), dtype=np.float32)


def place_keys(seed: int, rows: Counts, columns: Counts) -> Keys:
    """A number for each place, as random as SplitMix64 makes it (Steele et al. 2014, doi 10.1145/2714064.2660195).

    rows, columns: int64 [N], counted from the origin of the CRS; they may be negative.
    """
    with np.errstate(over="ignore"):
        keys = np.full(len(rows), seed % _WORD, dtype=np.uint64)
        for part in (rows, columns):
            keys = (keys ^ part.astype(np.uint64)) + np.uint64(0x9E3779B97F4A7C15)
            keys = (keys ^ (keys >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
            keys = (keys ^ (keys >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
            keys ^= keys >> np.uint64(31)
    return keys


def tile_random(seed: int, number: int, draw: int) -> Generator:
    """The random numbers of one tile; draws of one tile are independent streams.

    Philox counts (Salmon et al. 2011), so the stream of any tile is there without those before it.
    """
    key = np.array([seed, number], dtype=np.uint64)
    return Generator(Philox(key=key, counter=np.array([0, 0, 0, draw], dtype=np.uint64)))


def hash_order(seed: int, *parts: object) -> bytes:
    """A key to sort by, as random as a seed and some names make it, and the same on every machine."""
    return blake2b(repr((seed, *parts)).encode(), digest_size=8).digest()
