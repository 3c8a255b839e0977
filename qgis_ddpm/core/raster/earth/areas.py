"""True areas of a grid's pixels on the ellipsoid, strip by strip.

What a projection does to areas changes slowly from place to place. It is taken from the projection at tie points all
over the grid and interpolated between them, and taken anew for each pixel where that would not be true.
"""

from functools import cached_property
from math import ceil

import numpy as np
from affine import Affine
from rasterio.crs import CRS

from ..crs import reproject_points
from ..types import Counts, Floats, Valid
from .ellipsoid import authalic_points, degrees_of, ellipsoid_of, zone_areas

# Areas in the plane are kept where the projection is as true as this everywhere on the grid, as UTM is near the middle
# of a zone. World projections are not: Web Mercator doubles areas at 45 degrees.
PLANE_ERROR = 9e-4
# The pixels of a row are alike where they differ by less.
ALIKE = 1e-6
# An interpolated area is true where the middle of its cell of tie points is.
TRUE = 1e-4
# Tie points lie at most so many pixels apart.
MOST_TIE_PX = 128
# Of so many cells a side is taken how far apart they may lie.
_CELLS = 8
_MOST = 0.75
# The scale of areas is that of a cross of this half width on the ground: far above the rounding of any projection's
# inverse, and far below what changes it.
_STEP_M = 1000.0
# Pixels whose areas are taken anew, at a time.
_PIECE = 1 << 18


class PixelAreas:
    """Areas of the pixels of a grid in square metres.

    In degrees, and where all pixels of a row are alike, there is one area a row.
    """

    def __init__(self, transform: Affine, crs: CRS, height: int, width: int) -> None:
        """A grid with a CRS; see `Grid`."""
        self._transform, self._crs, self._height, self._width = transform, crs, height, width
        self._degrees, self._ellipsoid = degrees_of(crs), ellipsoid_of(crs)
        self._lies_along = transform.b == transform.d == 0
        self._plane = abs(transform.determinant) * (1.0 if crs.is_geographic else crs.units_factor[1] ** 2)

    def read(self, row: int, height: int) -> Floats:
        """The areas of `height` rows from `row` on: float64 [height], or [height, width] where columns differ."""
        if self._is_zonal:
            lines = self._transform.e * np.arange(row, row + height + 1) + self._transform.f
            radian = self._crs.units_factor[1]
            return zone_areas(lines * radian, self._transform.a * radian, *self._ellipsoid)
        if self._kind == "plane":
            return np.full((height,), float(self._plane))
        columns = 1 if self._kind == "row" else self._width
        areas = self._plane * self._scales(row, height, columns)
        return areas[:, 0] if self._kind == "row" else areas

    def spread(self) -> float:
        """By how much the largest pixel is larger than the smallest, as a share of that, by rows all over the grid."""
        rows = np.unique(np.linspace(0, self._height - 1, 2 * _CELLS + 1).astype(int)).tolist()
        areas = np.concatenate([self.read(row, 1).ravel() for row in rows])
        known = areas[areas > 0]
        return float(known.max() / known.min() - 1) if known.size else 0.0

    @property
    def _is_zonal(self) -> bool:
        return bool(self._crs.is_geographic and self._degrees is None and self._lies_along)

    @cached_property
    def _kind(self) -> str:
        """How areas differ over the grid: "plane" not at all, "row" from row to row, "pixel"."""
        if not (self._crs.is_projected or self._crs.is_geographic):
            return "plane"
        rows, columns = (np.linspace(0, size, 2 * _CELLS + 1) for size in (self._height, self._width))
        scale = self._scale(*np.meshgrid(columns, rows))
        # Of a CRS that leads to no latitudes nothing better is known.
        if np.isnan(scale).all() or np.abs(scale - 1).max() <= PLANE_ERROR:
            return "plane"
        # Never so where one is NaN, beyond the Earth.
        return "row" if np.abs(scale - scale[:, :1]).max() <= ALIKE * scale.min() else "pixel"

    @cached_property
    def _tie_px(self) -> int:
        """How far apart tie points lie: so that most cells all over the grid are true."""
        tie_px = MOST_TIE_PX
        columns, rows = np.meshgrid(np.linspace(0, self._width, _CELLS), np.linspace(0, self._height, _CELLS))
        while tie_px > 1:
            around = [self._scale(columns + x * tie_px, rows + y * tie_px) for x in (0.0, 1.0) for y in (0.0, 1.0)]
            middle = self._scale(columns + tie_px / 2, rows + tie_px / 2)
            if np.mean(_is_true(np.mean(around, axis=0), middle) | np.isnan(middle)) >= _MOST:
                break
            tie_px //= 2
        return tie_px

    def _scales(self, row: int, height: int, width: int) -> Floats:
        """What pixels cover on the ellipsoid over what they cover in the plane: [height, width], 0 beyond the Earth."""
        tie_px = self._tie_px
        if tie_px == 1:
            return self._exact(*np.meshgrid(np.arange(width), np.arange(row, row + height)))
        first, cells = row // tie_px, ceil((row + height) / tie_px) - row // tie_px
        across = ceil(width / tie_px)
        x, y = np.arange(across + 1) * float(tie_px), (first + np.arange(cells + 1)) * float(tie_px)
        ties = self._scale(*np.meshgrid(x, y))
        middles = self._scale(*np.meshgrid(x[:-1] + tie_px / 2, y[:-1] + tie_px / 2))
        rows = (row + np.arange(height) + 0.5) / tie_px - first
        upper = np.floor(rows).astype(int)
        share = (rows - upper)[:, None]
        between_rows = ties[upper] * (1 - share) + ties[upper + 1] * share
        inside = (np.arange(tie_px) + 0.5) / tie_px
        cells_by_rows = between_rows[:, :-1, None] + np.diff(between_rows, axis=1)[:, :, None] * inside
        scales: Floats = cells_by_rows.reshape(height, across * tie_px)[:, :width]
        corners = np.array([ties[:-1, :-1], ties[:-1, 1:], ties[1:, :-1], ties[1:, 1:]])
        between = corners.mean(axis=0)
        # Where nothing of a cell is on the Earth, `between` is NaN, too.
        nowhere = np.isnan(middles) & np.isnan(corners).all(axis=0)
        for down, right in np.argwhere(~_is_true(between, middles) & ~nowhere).tolist():
            top, left = max((first + down) * tie_px - row, 0), right * tie_px
            bottom, end = min((first + down + 1) * tie_px - row, height), min(left + tie_px, width)
            pixels = np.meshgrid(np.arange(left, end), np.arange(row + top, row + bottom))
            scales[top:bottom, left:end] = self._exact(*pixels)
        if np.isnan(between).any():
            scales[np.isnan(scales)] = 0
        return scales

    def _exact(self, columns: Counts, rows: Counts) -> Floats:
        """Of the middles of pixels, 0 beyond the Earth."""
        pieces = ceil(columns.size / _PIECE)
        parts = zip(
            *(np.array_split(each.ravel().astype(np.float64) + 0.5, pieces) for each in (columns, rows)), strict=True
        )
        return np.nan_to_num(np.concatenate([self._scale(*part) for part in parts])).reshape(columns.shape)

    def _scale(self, columns: Floats, rows: Floats) -> Floats:
        """How much of the ellipsoid a small piece of the plane covers at (column, row): NaN where there is no place."""
        t, unit = self._transform, self._crs.units_factor[1]
        x, y = t.a * columns + t.b * rows + t.c, t.d * columns + t.e * rows + t.f
        step = _STEP_M / (unit * self._ellipsoid[0] if self._crs.is_geographic else unit)
        cross = np.array([(0, 0), (-step, 0), (step, 0), (0, -step), (0, step)])
        x, y = (place + cross[:, axis].reshape(-1, *[1] * place.ndim) for axis, place in enumerate((x, y)))
        radian = unit
        if self._degrees is not None:
            x, y = reproject_points(self._crs, self._degrees, x, y)
            radian = self._degrees.units_factor[1]
        middle, *arms = authalic_points(x * radian, y * radian, *self._ellipsoid).swapaxes(0, 1)
        # At the border of what a projection shows one arm has no place.
        lengths = [np.where(np.isnan(arm).any(axis=0), 0.0, step) for arm in arms]
        west, east, south, north = (np.where(np.isnan(arm), middle, arm) for arm in arms)
        with np.errstate(invalid="ignore", divide="ignore"):
            eastward = (east - west) / (lengths[0] + lengths[1])
            northward = (north - south) / (lengths[2] + lengths[3])
        sides = np.cross(eastward, northward, axis=0)
        scale: Floats = np.sqrt((sides**2).sum(axis=0)) / (1.0 if self._crs.is_geographic else unit**2)
        return scale


def _is_true(interpolated: Floats, exact: Floats) -> Valid:
    """Never where one of them is NaN."""
    true: Valid = np.abs(interpolated - exact) <= TRUE * exact
    return true
