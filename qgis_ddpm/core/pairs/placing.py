"""How the second date of a pair lies on the grid of the first, and what of it that covers."""

from ...errors import InputError, JobError
from ..raster.earth.boxes import overlap
from ..raster.source import RasterSource
from ..raster.types import Bounds


def lay(before: RasterSource, after: RasterSource, align: bool) -> list[str]:
    """Lay the second date on the grid of the first; sentences on what was assumed.

    Raises InputError where one has no CRS and another size, JobError where grids differ and it may not be aligned.
    """
    grid, own = before.grid, after.own_grid
    if (own.crs is None) != (grid.crs is None):
        if own.shape != grid.shape:
            raise InputError(
                f"{after.path if own.crs is None else before.path} has no CRS, and the dates differ in size: "
                f"{grid.width} x {grid.height} and {own.width} x {own.height} px. Set its CRS."
            )
        return ["One date has no CRS: its pixels are taken to lie on those of the other."]
    if not align and (own.crs != grid.crs or own.laid_on(grid)[1] is None):
        raise JobError(
            f"{after.path} lies on another grid than {before.path}. Switch ALIGN on, or warp it onto that grid before."
        )
    after.lay_on(grid)
    return []


def overlapping_bounds(before: RasterSource, after: RasterSource) -> Bounds:
    """The bounds of the second date in the coordinates of the first. Raises InputError where they do not overlap."""
    bounds = _bounds_of_after(before, after)
    if not overlap(bounds, before.grid.bounds):
        here, there = (" ".join(f"{number:.10g}" for number in box) for box in (before.grid.bounds, bounds))
        raise InputError(
            f"The dates do not overlap: {before.path} covers {here} and {after.path} {there} (left "
            "bottom right top, in the coordinates of the first). Choose rasters of one place, or set their CRS."
        )
    return bounds


def _bounds_of_after(before: RasterSource, after: RasterSource) -> Bounds:
    grid, own = before.grid, after.own_grid
    if (own.crs is None) != (grid.crs is None):
        return grid.bounds
    # Where one CRS cannot show the other's corners, only the pixels can tell.
    return grid.box_of(own) or grid.bounds
