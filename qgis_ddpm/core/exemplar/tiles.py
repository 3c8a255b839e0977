"""Separate tiles of new ground: drawn in groups, each as one area with strips between them that nobody gets."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import isqrt

from ..raster.types import Window

# Tiles of a group use the bank in balance; their pointers are in memory.
GROUP = 16
# Between tiles lie so many pixels, but at most this share of the tile.
GAP_PX, GAP_SHARE = 64, 0.5


@dataclass(frozen=True)
class TileGroup:
    """Some tiles of a mosaic: number of the first, how many, and the area that they are cut from."""

    number: int
    first: int
    count: int
    tile_px: int
    pitch_px: int
    area: Window

    def corner(self, index: int) -> tuple[int, int]:
        """(row, col) in the area of a tile of the group counted from 0."""
        columns = _columns(self.count)
        return index // columns * self.pitch_px, index % columns * self.pitch_px


def tile_groups(count: int, tile_px: int, corner: tuple[int, int]) -> Iterator[TileGroup]:
    """The groups of a mosaic of tiles whose first pixel is at (row, col) from the CRS origin."""
    pitch = tile_px + min(GAP_PX, int(tile_px * GAP_SHARE))
    for number, first in enumerate(range(0, count, GROUP)):
        held = min(GROUP, count - first)
        columns = _columns(held)
        rows = -(-held // columns)
        size = rows * pitch - pitch + tile_px, columns * pitch - pitch + tile_px
        yield TileGroup(number, first, held, tile_px, pitch, (*corner, *size))


def _columns(count: int) -> int:
    return isqrt(count - 1) + 1
