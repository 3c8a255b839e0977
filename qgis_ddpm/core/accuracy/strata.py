"""Strata of a change map, which a sample is drawn from: what it calls changed, what lies near that, and the rest."""

import hashlib
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass

import numpy as np
from scipy.ndimage import maximum_filter

from ...events import Event, Progress
from ..raster.grid import Grid
from ..raster.types import Bytes, Counts, Floats, Window

# Wide, because files without tiles are read by whole rows.
WINDOW_HEIGHT_PX, WINDOW_WIDTH_PX = 512, 2048
UNCHANGED, CHANGED, NEAR = 0, 1, 2
STRATA = {CHANGED: "changed", NEAR: "near change", UNCHANGED: "unchanged"}
# Of a map as a text in each point of its sample.
_FINGERPRINT_BYTES = 8


@dataclass(frozen=True)
class Population:
    """What there is to draw from: pixels int64 [3] and areas float64 [3] of the strata, by their codes.

    Areas are square metres, pixels where there is no CRS. fingerprint: of the map's classes and their grid.
    """

    pixels: Counts
    areas: Floats
    fingerprint: str

    @property
    def shares(self) -> Floats:
        """Of the area, float64 [3]."""
        shares: Floats = self.areas / self.areas.sum()
        return shares

    @property
    def strata(self) -> list[int]:
        """Codes of the strata that have pixels, the changed first."""
        return [code for code in STRATA if self.pixels[code]]


class Strata:
    """The strata of a map, window by window."""

    def __init__(self, classes: Callable[[int, int, int, int], Bytes], grid: Grid, buffer_px: int) -> None:
        """A map and how far from its changes the stratum near them reaches.

        Args:
            classes: of a window (row, col, height, width): uint8, UNCHANGED, CHANGED, or LEFT_OUT of what is no part.
            grid: of the map.
            buffer_px: 0 for no such stratum. It is for omissions, of which most lie there (Olofsson et al. 2020, doi
                10.1016/j.rse.2019.111492).
        """
        self.grid, self._classes, self._buffer_px = grid, classes, buffer_px
        self._areas = grid.pixel_areas()

    def read(self, window: Window) -> tuple[Bytes, Bytes]:
        """Strata of a window, uint8 [height, width], LEFT_OUT of what is no part; and the map's two classes of it."""
        row, col, height, width = window
        reach = self._buffer_px
        top, left = min(row, reach), min(col, reach)
        below, beside = min(self.grid.height - row - height, reach), min(self.grid.width - col - width, reach)
        around = self._classes(row - top, col - left, top + height + below, left + width + beside)
        inner = slice(top, top + height), slice(left, left + width)
        classes = around[inner]
        if not reach:
            return classes, classes
        near = maximum_filter((around == CHANGED).view(np.uint8), 2 * reach + 1, mode="constant")[inner]
        return np.where((near != 0) & (classes == UNCHANGED), np.uint8(NEAR), classes), classes

    def areas(self, window: Window) -> Floats:
        """Areas of the pixels of a window: float64 [height, width], a read-only view where they are alike."""
        row, col, height, width = window
        if self._areas is None:
            return np.broadcast_to(1.0, (height, width))
        rows = self._areas.read(row, height)
        return np.broadcast_to(rows[:, None], (height, width)) if rows.ndim == 1 else rows[:, col : col + width]

    def count(self, see: Callable[[Window, Bytes], None] | None = None) -> Generator[Event, None, Population]:
        """Pixels and areas of the strata, in one pass; see: is shown each window and its strata."""
        pixels, areas = np.zeros(len(STRATA), np.int64), np.zeros(len(STRATA))
        digest = hashlib.blake2b(repr(_place(self.grid)).encode(), digest_size=_FINGERPRINT_BYTES)
        passes = list(windows(*self.grid.shape))
        for done, window in enumerate(passes, start=1):
            strata, classes = self.read(window)
            digest.update(np.ascontiguousarray(classes).data)
            own = self.areas(window)
            for code in STRATA:
                inside = strata == code
                pixels[code] += np.count_nonzero(inside)
                areas[code] += own.sum(where=inside)
            if see is not None:
                see(window, strata)
            yield Progress(done, len(passes), "window", "strata")
        return Population(pixels, areas, digest.hexdigest())


def windows(height: int, width: int) -> Iterator[Window]:
    """Windows that cover a raster, from top to bottom."""
    for row in range(0, height, WINDOW_HEIGHT_PX):
        for col in range(0, width, WINDOW_WIDTH_PX):
            yield row, col, min(WINDOW_HEIGHT_PX, height - row), min(WINDOW_WIDTH_PX, width - col)


def _place(grid: Grid) -> tuple[object, ...]:
    # Without the CRS, which a layer may name in another way.
    return grid.height, grid.width, *(f"{number:.12g}" for number in tuple(grid.transform)[:6])
