"""Points and boxes in another CRS, where a place that the CRS cannot show is no error of a library but NaN or None."""

from collections.abc import Callable

import numpy as np
from rasterio.crs import CRS
from rasterio.warp import transform, transform_bounds

from .types import Bounds, Floats

# 1,024 parts of an edge: that of a box around a whole country is as fine as its pixels.
_MOST_HALVINGS = 10


def moved(crs: CRS, onto: CRS, x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Points of one CRS in another: float64 like x and y, NaN where a point has no place there, beyond a pole say."""
    places = np.full((2, x.size), np.nan)
    known = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    # One point without a place makes the library refuse them all, so that a refused lot is halved.
    lots = [known] if len(known) else []
    while lots:
        lot = lots.pop()
        found = _tried(crs, onto, x.ravel()[lot], y.ravel()[lot])
        if found is not None:
            places[:, lot] = found
        elif len(lot) > 1:
            lots += np.array_split(lot, 2)
    places[:, ~np.isfinite(places).all(axis=0)] = np.nan
    return places[0].reshape(x.shape), places[1].reshape(y.shape)


def moved_at_once(crs: CRS, onto: CRS, x: Floats, y: Floats) -> tuple[Floats, Floats] | None:
    """Like `moved`, but None where any point has no place."""
    found = _tried(crs, onto, x, y)
    return None if found is None or not np.isfinite(found).all() else (found[0], found[1])


def moved_bounds(crs: CRS, onto: CRS, bounds: Bounds) -> Bounds | None:
    """The box in `onto` around a box (left, bottom, right, top) of `crs`; None where `onto` cannot show it."""
    try:
        found: Bounds = transform_bounds(crs, onto, *bounds)
    except Exception:  # GDAL's errors come through here, and their classes are private
        return None
    return found if np.isfinite(found).all() else None


def moved_lines(lines: list[Floats], move: Callable[[Floats], Floats | None], tolerance: float) -> list[Floats] | None:
    """Lines [N, 2] with their corners moved, and with as many more corners as keep their edges in place.

    A straight edge is curved in another CRS: it is halved until its middle lies within `tolerance` of the straight line
    between its moved ends. None where a point has no place.
    """
    corners = np.concatenate(lines)
    number = np.repeat(np.arange(len(lines)), [len(each) for each in lines])
    places = move(corners)
    for _ in range(_MOST_HALVINGS):
        if places is None:
            return None
        edges = np.flatnonzero(number[1:] == number[:-1])
        middles = move((corners[edges] + corners[edges + 1]) / 2)
        if middles is None:
            return None
        off = np.abs(middles - (places[edges] + places[edges + 1]) / 2).max(axis=1) > tolerance
        if not off.any():
            break
        after = edges[off] + 1
        corners = np.insert(corners, after, (corners[edges[off]] + corners[edges[off] + 1]) / 2, axis=0)
        places = np.insert(places, after, middles[off], axis=0)
        number = np.insert(number, after, number[edges[off]])
    assert places is not None  # nosec B101
    return np.split(places, np.flatnonzero(np.diff(number)) + 1)


def _tried(crs: CRS, onto: CRS, x: Floats, y: Floats) -> Floats | None:
    try:
        return np.array(transform(crs, onto, x.tolist(), y.tolist())[:2], dtype=np.float64)
    except Exception:  # GDAL's errors come through here, and their classes are private
        return None
