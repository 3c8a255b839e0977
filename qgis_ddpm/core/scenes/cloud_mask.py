"""The quality band of a scene as a mask on the grid of its stack: 1 where a pixel is hidden."""

from math import inf
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasterio.windows import Window

from ..raster.grid import Grid
from ..raster.masks.hidden import hides
from ..raster.types import Valid
from .layers import open_raster, places_in, told_as_damage
from .scene import QualityBand

# Edges of pixels that lie so near to those of others lie on them.
_SAME_PX = 1e-6


class CloudMask:
    """Windows of the mask. A pixel is hidden where any pixel of the quality band under it is."""

    def __init__(self, quality: QualityBand, grid: Grid) -> None:
        """Raises InputError where the band cannot be read."""
        self._quality, self._grid = quality, grid
        self._dataset: Any = open_raster(quality.path)
        source = Grid(self._dataset.transform, self._dataset.width, self._dataset.height, self._dataset.crs)
        across, down = places_in(grid, source)
        self._columns = _ranges(*across, grid.width, source.width)
        self._rows = _ranges(*down, grid.height, source.height)

    def read(self, row: int, height: int) -> NDArray[np.uint8]:
        """Whole rows of the grid: uint8 [1, height, width]."""
        first, last = (each[row : row + height] for each in self._rows)
        left, right = self._columns
        top, bottom = int(first.min()), int(last.max())
        window = Window(int(left.min()), top, int(right.max() - left.min()), bottom - top)
        with told_as_damage(self._quality.path):
            numbers = self._dataset.read(list(self._quality.numbers), window=window)
        values = self._quality.values
        hidden = hides(numbers, values).any(axis=0)
        found = _any_along(_any_along(hidden, first - top, last - top, 0), left - left.min(), right - left.min(), 1)
        return found[None].astype(np.uint8)

    def close(self) -> None:
        """Close the file."""
        self._dataset.close()

    def __enter__(self) -> "CloudMask":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _ranges(start: float, step: float, count: int, size: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """First and one past the last of the source's pixels under each pixel; one of its edge where there is none."""
    edges = start + step * np.arange(count + 1)
    first = np.clip(np.floor(edges[:-1] + _SAME_PX), 0, size - 1).astype(np.int64)
    last = np.clip(np.ceil(edges[1:] - _SAME_PX), 1, inf).astype(np.int64)
    return first, np.clip(last, first + 1, size)


def _any_along(hidden: Valid, first: NDArray[np.int64], last: NDArray[np.int64], axis: int) -> Valid:
    """Whether any is hidden in each range along an axis."""
    room = [(0, 0), (0, 0)]
    # A range may end at the end, where nothing is to be found.
    room[axis] = (0, 1)
    places = np.stack([first, last], axis=1).ravel()
    found: Valid = np.logical_or.reduceat(np.pad(hidden, room), places, axis=axis)
    return found[::2] if axis == 0 else found[:, ::2]
