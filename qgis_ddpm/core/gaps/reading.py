"""Windows of a raster with gaps and of other dates of its place: what is known, as numbers and as in the file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasterio.windows import Window as FileWindow

from ..gdal.opening import gdal_options, open_dataset
from ..raster.masks.marks import Marks
from ..raster.source import RasterSource
from ..raster.types import Floats, Pixels, Valid, Window


@dataclass(frozen=True)
class GapWindow:
    """What a window holds.

    pixels: float32 [C, h, w], 0 where not known; known: [h, w], where all bands are; inside: [h, w], where the raster
    is at all; other: float64 [F, h, w] of all other dates, 0 where they have nothing; there: bool [dates, h, w].
    """

    place: Window
    pixels: Pixels
    known: Valid
    inside: Valid
    other: Floats
    there: Valid

    def without(self, hole: Valid) -> "GapWindow":
        """The same window with more missing."""
        known = self.known & ~hole
        return GapWindow(self.place, self.pixels * known, known, self.inside, self.other, self.there)


class GapReader:
    """A raster with gaps, marks that hide more of it, and other dates on its grid."""

    def __init__(self, source: RasterSource, marks: Marks | None, others: Sequence[RasterSource]) -> None:
        self.source, self.grid = source, source.grid
        self._marks, self._others = marks, list(others)
        # A second handle, since bits of 64 do not fit into float32.
        self._stored = open_dataset(source.path)
        self._bands = [source.narrowed([index]) for index in range(source.count)]
        self.dtype = np.result_type(*map(np.dtype, source.dtypes))

    @property
    def other_bands(self) -> list[int]:
        """Bands of each other date."""
        return [other.count for other in self._others]

    def read(self, window: Window, others: bool = True) -> GapWindow:
        """A window (row, col, height, width), which may reach beyond the raster. others: whether they are read."""
        row, col, height, width = window
        pixels, known = self.source.read(*window)
        if self._marks is not None:
            known = known & ~self._marks.read(window)
        inside = np.zeros((height, width), dtype=bool)
        rows, columns = (
            slice(max(-at, 0), max(size - at, 0)) for at, size in zip((row, col), self.grid.shape, strict=True)
        )
        inside[rows, columns] = True
        layers, there = [], []
        for other in self._others if others else ():
            numbers, valid = other.read(*window)
            layers.append(numbers.astype(np.float64))
            there.append(valid)
        return GapWindow(
            window,
            pixels * known,
            known,
            inside,
            np.concatenate(layers) if layers else np.zeros((0, height, width)),
            np.stack(there) if there else np.zeros((0, height, width), dtype=bool),
        )

    def missing(self, window: Window) -> Valid:
        """Where a window inside the raster misses a band: bool [C, h, w], each band by itself."""
        marked = self._marks.read(window) if self._marks is not None else False
        return np.stack([~band.read(*window)[1] | marked for band in self._bands])

    def stored(self, window: Window) -> NDArray[Any]:
        """A window inside the raster as in the file: [C, h, w], of the type that holds all bands."""
        row, col, height, width = window
        place = FileWindow(col, row, width, height)
        with gdal_options():
            bands = [self._stored.read(band, window=place) for band in self.source.bands]
        return np.stack([band.astype(self.dtype, copy=False) for band in bands])

    def close(self) -> None:
        """Close what this opened itself."""
        self._stored.close()


def windows_of(area: Window, side: int) -> Iterator[Window]:
    """The windows of a lattice that starts at the raster's first pixel, cut to an area, row by row."""
    top, left, height, width = area
    for row in range(top // side * side, top + height, side):
        for col in range(left // side * side, left + width, side):
            first, start = max(row, top), max(col, left)
            yield first, start, min(row + side, top + height) - first, min(col + side, left + width) - start


def grown(window: Window, margin: int) -> Window:
    """A window with a margin on all sides."""
    row, col, height, width = window
    return row - margin, col - margin, height + 2 * margin, width + 2 * margin
