"""Windows on a lattice, and how overlapping windows become one picture again."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...errors import JobError
from .types import Pixels, Valid, Window


@dataclass(frozen=True)
class Lattice:
    """Square windows of `tile_px` pixels, of which neighbours share `overlap_px` < tile_px; one starts at 0.

    Raises ValueError where the overlap leaves no step.
    """

    tile_px: int
    overlap_px: int

    def __post_init__(self) -> None:
        if not 0 <= self.overlap_px < self.tile_px:
            raise ValueError(f"An overlap of {self.overlap_px} px does not fit windows of {self.tile_px} px.")

    @property
    def stride(self) -> int:
        """Pixels from one window to the next."""
        return self.tile_px - self.overlap_px

    def starts(self, low: int, high: int, size: int | None = None) -> list[int]:
        """Starts of all windows that meet the pixels low..high (high excluded), along one axis.

        size: of a raster that begins at 0. No window then begins before it or after one that reaches its end: such
        windows would see little else than what lies outside. None: the lattice is endless.
        """
        first, last = (low - self.tile_px) // self.stride + 1, (high - 1) // self.stride
        if size is not None:
            first, last = max(first, 0), min(last, max(-(-(size - self.tile_px) // self.stride), 0))
        return [k * self.stride for k in range(first, last + 1)]

    def ramp(self) -> Pixels:
        """Weights along one axis: float32 [tile_px] in (0, 1], a raised cosine over the overlap.

        Where at most two windows overlap their weights add up to 1.
        """
        weights = np.ones(self.tile_px)
        rise = np.sin(np.pi / 2 * (np.arange(self.overlap_px) + 0.5) / max(self.overlap_px, 1)) ** 2
        weights[: self.overlap_px] *= rise
        weights[self.stride :] *= rise[::-1]
        return weights.astype(np.float32)

    def weights(self) -> Pixels:
        """Weights of a window's pixels when windows are blended: float32 [tile_px, tile_px] in (0, 1]."""
        ramp = self.ramp()
        return np.outer(ramp, ramp)


def usual_lattice(tile_px: int, overlap_px: int | None = None) -> Lattice:
    """The lattice of a model's windows; neighbours share a quarter of the tile where OVERLAP_PX says nothing.

    Raises JobError where the overlap leaves no step.
    """
    overlap_px = tile_px // 4 if overlap_px is None else overlap_px
    if overlap_px >= tile_px:
        raise JobError(f"OVERLAP_PX is {overlap_px}, but the model's tile is {tile_px} px. Give less than that.")
    return Lattice(tile_px, overlap_px)


class StripBlender:
    """Means of overlapping windows, weighted by `Lattice.weights`, handed out in strips from top to bottom.

    Memory is that of the rows between the last strip handed out and the end of the lowest window.
    """

    def __init__(self, lattice: Lattice, channels: int, area: Window) -> None:
        """area: what is handed out, as (row, col, height, width); windows may reach beyond it."""
        row, col, height, width = area
        self._weights = lattice.weights()
        self._tile_px = lattice.tile_px
        self._row, self._col, self._stop, self._width = row, col, row + height, width
        self._sums = np.zeros((channels, lattice.tile_px, width), dtype=np.float32)
        self._totals = np.zeros((lattice.tile_px, width), dtype=np.float32)

    def add(self, row: int, col: int, window: Pixels) -> None:
        """Take in a window: float32 [channels, tile_px, tile_px], its pixel (0, 0) at (row, col).

        Rows that were handed out already are left out. Windows of the same rows are to be added in the same order
        wherever equal results are wanted.
        """
        top, bottom = max(row, self._row), min(row + self._tile_px, self._stop)
        left, right = max(col, self._col), min(col + self._tile_px, self._col + self._width)
        if top >= bottom or left >= right:
            return
        self._grow(bottom - self._row)
        inside_rows, inside_cols = slice(top - row, bottom - row), slice(left - col, right - col)
        rows, cols = slice(top - self._row, bottom - self._row), slice(left - self._col, right - self._col)
        weights = self._weights[inside_rows, inside_cols]
        self._sums[:, rows, cols] += window[:, inside_rows, inside_cols] * weights
        self._totals[rows, cols] += weights

    def take(self, until_row: int) -> tuple[int, Pixels, Valid]:
        """Hand out all rows above `until_row` that no later window may touch.

        Returns the first row, the means float32 [channels, n, width], and where any window was bool [n, width];
        elsewhere the mean is 0.
        """
        first = self._row
        n = self._finished(until_row)
        means, covered = self._means(n, slice(None))
        self._drop(n)
        return first, means, covered

    def pieces(self, until_row: int, columns: int) -> Iterator[tuple[int, int, Pixels, Valid]]:
        """What `take` hands out, as pieces of at most so many columns: first row, first column, means, covered.

        To be used to its end: only then are the rows handed out.
        """
        n = self._finished(until_row)
        for left in range(0, self._width if n else 0, columns):
            yield self._row, self._col + left, *self._means(n, slice(left, left + columns))
        self._drop(n)

    def _finished(self, until_row: int) -> int:
        n = max(min(until_row, self._stop) - self._row, 0)
        self._grow(n)
        return n

    def _means(self, n: int, columns: slice) -> tuple[Pixels, Valid]:
        sums, totals = self._sums[:, :n, columns], self._totals[:n, columns]
        covered = totals > 0
        return np.divide(sums, totals, out=np.zeros_like(sums), where=covered), covered

    def _drop(self, n: int) -> None:
        for buffer in (self._sums, self._totals):
            rest = buffer.shape[-2] - n
            buffer[..., :rest, :] = buffer[..., n:, :].copy()
            buffer[..., rest:, :] = 0
        self._row += n

    def _grow(self, rows: int) -> None:
        missing = rows - self._totals.shape[0]
        if missing > 0:
            self._sums = np.pad(self._sums, ((0, 0), (0, missing), (0, 0)))
            self._totals = np.pad(self._totals, ((0, missing), (0, 0)))


def dihedral(values: Any, augment: str, symmetry: int) -> Any:
    """An array [..., H, W] in one of the 8 symmetries of the square, of which `augment` allows some."""
    if augment == "none":
        return values
    if symmetry & 1:
        values = values[..., ::-1]
    if symmetry & 2:
        values = values[..., ::-1, :]
    if symmetry & 4 and augment == "dihedral":
        values = values.swapaxes(-1, -2)
    return values
