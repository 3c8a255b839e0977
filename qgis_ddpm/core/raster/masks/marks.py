"""Marks on a grid: where a mask raster holds certain codes or bits, or polygons lie, grown by some pixels."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Protocol

import numpy as np
from scipy import ndimage

from ....mask_values import MaskValues
from ..grid import Grid
from ..labels import VECTORS, open_labels
from ..source import open_mask
from ..types import Valid, Window


class Marks(Protocol):
    """Where something hides pixels of a grid."""

    notes: list[str]

    def read(self, window: Window) -> Valid:
        """Where pixels of a window (row, col, height, width), which may reach beyond the grid, are marked."""


@contextmanager
def open_marks(
    name: str,
    path: str,
    grid: Grid,
    values: MaskValues,
    grow_px: int = 0,
    override: Mapping[str, Any] | None = None,
    onto: str = "the raster",
) -> Iterator[Marks]:
    """Marks of a raster or of polygons on a grid.

    name: what messages call the input. values: which numbers of a raster mark; a pixel of which it says nothing is not
    marked. override: of the layer, whose CRS counts. Raises InputError where it cannot be read or placed, or does
    not overlap the grid.
    """
    if _holds_polygons(path) or values.all_but_zero:
        with open_labels(name, path, grid, {**(override or {}), "nodata": None}, onto) as labels:
            yield _Grown(_Inside(lambda *window: labels.read(*window)[0], grid, list(labels.notes)), grow_px)
        return
    # Whether it overlaps is asked of it once, as of any labels.
    with open_labels(name, path, grid, {**(override or {}), "nodata": None}, onto) as labels:
        notes = list(labels.notes)
    source = open_mask(path, grid, values)
    try:
        yield _Grown(_Inside(lambda *window: source.read(*window)[0][0] > 0, grid, notes), grow_px)
    finally:
        source.close()


class _Inside:
    """What is read inside the grid alone; beyond it nothing is marked."""

    def __init__(self, read: Any, grid: Grid, notes: list[str]) -> None:
        self._read, self._grid, self.notes = read, grid, notes

    def read(self, window: Window) -> Valid:
        row, col, height, width = window
        top, bottom = max(row, 0), min(row + height, self._grid.height)
        left, right = max(col, 0), min(col + width, self._grid.width)
        marked = np.zeros((height, width), dtype=bool)
        if top < bottom and left < right:
            inside = self._read(top, left, bottom - top, right - left)
            marked[top - row : bottom - row, left - col : right - col] = inside
        return marked


class _Grown:
    """Marks that reach so many pixels further, in a circle."""

    def __init__(self, marks: _Inside, grow_px: int) -> None:
        self._marks, self._grow_px, self.notes = marks, grow_px, marks.notes

    def read(self, window: Window) -> Valid:
        row, col, height, width = window
        grow = self._grow_px
        if not grow:
            return self._marks.read(window)
        wide = self._marks.read((row - grow, col - grow, height + 2 * grow, width + 2 * grow))
        if not wide.any():
            return wide[grow:-grow, grow:-grow]
        near: Valid = ndimage.distance_transform_edt(~wide) <= grow
        return near[grow:-grow, grow:-grow]


def _holds_polygons(path: str) -> bool:
    return os.path.splitext(path)[1].lower() in VECTORS
