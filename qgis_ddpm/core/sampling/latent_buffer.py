"""A field of numbers over an area, on disk but for a band of rows."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ..raster.disk_array import DiskArray
from ..raster.types import Pixels, Window


@dataclass(frozen=True)
class Area:
    """Rows and columns counted from the CRS origin: row..row+height, col..col+width."""

    row: int
    col: int
    height: int
    width: int

    @property
    def window(self) -> Window:
        """(row, col, height, width)."""
        return self.row, self.col, self.height, self.width

    @property
    def bottom(self) -> int:
        """The row after the last."""
        return self.row + self.height

    @property
    def right(self) -> int:
        """The column after the last."""
        return self.col + self.width


class FieldBand:
    """Rows of a field on disk, of which those around the current windows are in memory: float32 [C, rows, width]."""

    def __init__(self, scratch: DiskArray | None, channels: int, field: Area) -> None:
        self._scratch, self._channels, self._field = scratch, channels, field
        self._make: Callable[[int, int], Pixels] | None = None
        self._top = field.row
        self._held = np.empty((channels, 0, field.width), dtype=np.float32)

    def begin(self, row: int, make: Callable[[int, int], Pixels] | None) -> None:
        """Hold nothing, and read on from `row`; `make` gives the rows of a field that is not on the disk yet."""
        self._make = make
        self._top, self._held = row, self._held[:, :0]

    def read_until(self, bottom: int) -> None:
        """Hold all rows above `bottom`."""
        first = self._top + self._held.shape[1]
        if bottom <= first:
            return
        if self._make is not None:
            new = self._make(first, bottom - first)
        else:
            assert self._scratch is not None  # nosec B101
            stored = self._scratch.read(first - self._field.row, bottom - first)
            new = stored.reshape(bottom - first, self._channels, self._field.width).transpose(1, 0, 2)
        self._held = np.concatenate([self._held, new], axis=1)

    def window(self, row: int, col: int, tile_px: int) -> Pixels:
        """A window inside the field, as a view."""
        left = col - self._field.col
        return self._held[:, row - self._top : row - self._top + tile_px, left : left + tile_px]

    def rows(self, row: int, rows: int, columns: Area) -> Pixels:
        """Rows of some columns, as a view that may be changed."""
        left = columns.col - self._field.col
        return self._held[:, row - self._top : row - self._top + rows, left : left + columns.width]

    def let_go(self, bottom: int, write: bool) -> None:
        """Write the rows above `bottom` and hold them no longer."""
        rows = min(bottom - self._top, self._held.shape[1])
        if write and rows:
            assert self._scratch is not None  # nosec B101
            lines = self._held[:, :rows].transpose(1, 0, 2).reshape(rows, -1)
            self._scratch.write(self._top - self._field.row, 0, lines)
        self._top, self._held = self._top + rows, self._held[:, rows:]
