"""Grids: where the pixels of a raster lie, and where a raster sits on the endless lattice of its CRS."""

from dataclasses import dataclass
from math import ceil, floor, hypot
from typing import Any

import numpy as np
from affine import Affine
from rasterio.crs import CRS
from rasterio.errors import CRSError

from ...errors import InputError, JobError
from ..gdal.crs_text import refuse_files_of_crs
from .earth.areas import PixelAreas
from .earth.boxes import box_onto, turn_of, turns_onto
from .types import Bounds, Floats, Window

# Grids whose pixels lie closer together than this are one grid; coordinates in files are rounded.
SAME_PX = 1e-3
# Grids usually start at a whole or half pixel from the CRS origin, where rounding would decide what floor gives.
# The lattice is therefore cut at a fraction of a pixel that no usual grid starts at.
LATTICE_CUT_PX = 0.382


@dataclass(frozen=True)
class Grid:
    """The pixels of a raster: `transform` takes (column, row) to coordinates of `crs`, which may be None.

    Pixel (row, col) covers columns col..col+1 and rows row..row+1. The transform may be rotated.
    """

    transform: Affine
    width: int
    height: int
    crs: CRS | None = None

    @property
    def shape(self) -> tuple[int, int]:
        """(height, width)."""
        return self.height, self.width

    @property
    def bounds(self) -> Bounds:
        """(left, bottom, right, top) of the box around all pixels, in CRS units."""
        x, y = apply(self.transform, *_corners(0, 0, self.height, self.width))
        return float(min(x)), float(min(y)), float(max(x)), float(max(y))

    @property
    def pixel_size(self) -> tuple[float, float]:
        """Width and height of a pixel in CRS units, both positive, also where the grid is rotated."""
        t = self.transform
        return hypot(t.a, t.d), hypot(t.b, t.e)

    def lattice_origin(self) -> tuple[int, int]:
        """(row, col) of pixel (0, 0), counted in whole pixels from the CRS origin; remainders are ignored."""
        t = self.transform
        linear = Affine(t.a, t.b, 0.0, t.d, t.e, 0.0)
        col, row = apply(~linear, t.c, t.f)
        return floor(row + LATTICE_CUT_PX), floor(col + LATTICE_CUT_PX)

    def is_same(self, other: "Grid") -> bool:
        """Whether both have the same CRS and size, and all pixels in the same place to 1e-3 px."""
        return self.shape == other.shape and self.crs == other.crs and self.offset_of(other) == (0, 0)

    def offset_of(self, other: "Grid") -> tuple[int, int] | None:
        """(row, col) here of the other's pixel (0, 0), where its pixels fall on pixels of this grid, else None.

        The CRS is not looked at. Holds to 1e-3 px over all of the other's pixels.
        """
        columns, rows = _corners(0, 0, other.height, other.width)
        x, y = apply(other.transform, columns, rows)
        here_columns, here_rows = apply(~self.transform, x, y)
        row, col = round(float(here_rows[0])), round(float(here_columns[0]))
        off = max(np.abs(here_columns - columns - col).max(), np.abs(here_rows - rows - row).max())
        return (row, col) if off <= SAME_PX else None

    def subgrid(self, row: int, col: int, height: int, width: int) -> "Grid":
        """The grid of a window, which may reach beyond this one."""
        return Grid(shifted(self.transform, row, col), width, height, self.crs)

    def window_of(self, bounds: Bounds, crs: str | None = None) -> Window:
        """The pixels that an extent touches, cut to the grid.

        bounds: (left, bottom, right, top). crs: of the bounds, None = the grid's own. Raises JobError where the grid's
        CRS cannot show the extent, InputError where it lies outside.
        """
        row, col, height, width = self.window_around(bounds, crs)
        bottom, right = min(row + height, self.height), min(col + width, self.width)
        row, col = max(row, 0), max(col, 0)
        if bottom <= row or right <= col:
            raise InputError(
                f"The area {_described(bounds, crs)} does not touch the raster, which covers "
                f"{_described(self.bounds)}. Choose an area inside it."
            )
        return row, col, bottom - row, right - col

    def window_around(self, bounds: Bounds, crs: str | None = None) -> Window:
        """Like `window_of`, but not cut to the grid."""
        left, bottom, right, top = self._own_bounds(bounds, crs)
        x, y = np.array([left, right, right, left]), np.array([top, top, bottom, bottom])
        columns, rows = apply(~self.transform, x, y)
        first_row, first_col = floor(rows.min() + SAME_PX), floor(columns.min() + SAME_PX)
        height = max(ceil(rows.max() - SAME_PX) - first_row, 1)
        width = max(ceil(columns.max() - SAME_PX) - first_col, 1)
        return first_row, first_col, height, width

    def pixel_areas(self) -> PixelAreas | None:
        """True areas of the pixels, to be read by strips; None without CRS."""
        return None if self.crs is None else PixelAreas(self.transform, self.crs, self.height, self.width)

    def pixel_areas_m2(self, row: int = 0, height: int | None = None) -> Floats | None:
        """True areas of the pixels of each row from `row` on, in square metres; None without CRS.

        float64 [height], or [height, width] where pixels of a row differ.
        """
        areas = self.pixel_areas()
        return None if areas is None else areas.read(row, self.height - row if height is None else height)

    def laid_on(self, other: "Grid") -> tuple["Grid", tuple[int, int] | None]:
        """This grid by as many turns of the Earth as it lies on another in, and `offset_of` of that.

        One from 0 to 360 degrees lies on one from -180 to 180 in two turns: then it stays as it is, without offset.
        """
        turns = self.turns_onto(other)
        if len(turns) > 1:
            return self, None
        grid = self if turns in ([], [0]) else self._turned(turns[0])
        return grid, grid.offset_of(other)

    def turns_onto(self, other: "Grid") -> list[int]:
        """In which turns of the Earth this grid lies on another of its CRS, by half a pixel of that at least."""
        crs = self.crs if self.crs == other.crs else None
        return turns_onto(crs, self.bounds, other.bounds, 0.5 * other.pixel_size[0])

    def box_of(self, other: "Grid") -> Bounds | None:
        """The bounds of another grid in the coordinates of this one; None where its CRS cannot show them."""
        return box_onto(other.crs, other.bounds, self.crs, self.bounds)

    def _turned(self, turns: int) -> "Grid":
        turn = (self.crs and turn_of(self.crs)) or 0.0
        t = self.transform
        return Grid(Affine(t.a, t.b, t.c + turns * turn, t.d, t.e, t.f), self.width, self.height, self.crs)

    def _own_bounds(self, bounds: Bounds, crs: str | None) -> Bounds:
        if crs is not None and self.crs is None:
            raise JobError(f"EXTENT is given in {crs}, but the raster has no CRS. Give it in pixels, without a CRS.")
        own = box_onto(self.crs if crs is None else parse_crs(crs), bounds, self.crs, self.bounds)
        if own is None:
            raise JobError(
                f"EXTENT {_described(bounds, crs)!r} lies outside what the raster's CRS can show. Give it in the "
                "raster's CRS."
            )
        return own


def apply(transform: Affine, x: Any, y: Any) -> tuple[Any, Any]:
    """A transform of numbers or arrays: (column, row) -> (x, y), or with its inverse the other way."""
    t = transform
    return t.a * x + t.b * y + t.c, t.d * x + t.e * y + t.f


def shifted(transform: Affine, row: float, col: float) -> Affine:
    """The transform of a window that starts at (row, col)."""
    x, y = apply(transform, col, row)
    t = transform
    return Affine(t.a, t.b, x, t.d, t.e, y)


def parse_crs(text: str) -> CRS:
    """A CRS from an authority code, WKT or PROJ text, with nothing fetched or opened for it. Raises InputError."""
    refuse_files_of_crs(text)
    try:
        return CRS.from_user_input(text)
    except (CRSError, UnicodeError):
        raise InputError(f"{text[:80]!r} is no CRS. Give a code such as EPSG:32618, or WKT.") from None


def _corners(row: int, col: int, height: int, width: int) -> tuple[Floats, Floats]:
    columns = np.array([col, col + width, col + width, col], dtype=np.float64)
    return columns, np.array([row, row, row + height, row + height], dtype=np.float64)


def _described(bounds: Bounds, crs: str | None = None) -> str:
    """Bounds as EXTENT is written."""
    left, bottom, right, top = bounds
    return f"{left:.10g},{right:.10g},{bottom:.10g},{top:.10g}" + (f" [{crs}]" if crs else "")
