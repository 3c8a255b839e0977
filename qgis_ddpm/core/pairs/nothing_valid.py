"""Why two dates have no valid pixel in common: a date, a band, a mask, a CRS, the extent, or all of them together."""

from ..raster.findings.nothing_valid import why_nothing_valid
from ..raster.source import RasterSource
from ..raster.types import Window

# What the masks of both dates are called.
MASKS = ("MASK_BEFORE", "MASK_AFTER")


def why_no_common_pixel(
    before: RasterSource, after: RasterSource, window: Window, covered: Window, masks: tuple[str, str] = MASKS
) -> str:
    """A sentence on what leaves no pixel of a window valid in both dates.

    Args:
        before, after: the dates, on one grid.
        window: of that grid, that was looked at.
        covered: the part of that grid that the second date covers.
        masks: what the masks of both dates are called.
    """
    own, grid = after.own_grid, after.grid
    if grid.box_of(own) is None:
        return (
            f"the CRS of {after.path} ({_name(own.crs)}) cannot be brought to that of {before.path} "
            f"({_name(grid.crs)}). Set the right CRS of both"
        )
    inside = _shared(window, covered)
    if inside is None:
        return f"{after.path} does not reach into EXTENT. Choose an EXTENT that both dates cover"
    place = " in EXTENT" if window != covered else ""
    for source, mask in zip((before, after), masks, strict=True):
        cause = why_nothing_valid(source, inside, mask, place)
        if cause:
            return cause
    return (
        f"where {before.path} is valid, {after.path} is not: their valid areas do not meet{place}. Choose dates that "
        "show the same place, or check their nodata values and masks"
    )


def _shared(first: Window, second: Window) -> Window | None:
    top, left = max(first[0], second[0]), max(first[1], second[1])
    bottom = min(first[0] + first[2], second[0] + second[2])
    right = min(first[1] + first[3], second[1] + second[3])
    return (top, left, bottom - top, right - left) if top < bottom and left < right else None


def _name(crs: object) -> str:
    return str(crs)[:80]
