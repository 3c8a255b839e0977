"""The CRS: points, boxes and lines in another one.

A place that a CRS cannot show is no error of a library but NaN or None.
"""

import numpy as np
from rasterio.crs import CRS
from rasterio.warp import transform, transform_bounds

from .types import Bounds, Counts, Floats

# 1,024 parts of an edge: that of a box around a whole country is as fine as its pixels.
_MOST_HALVINGS = 10


def reproject_points(crs: CRS, onto: CRS, x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Points of one CRS in another: float64 like x and y, NaN where a point has no place there, beyond a pole say."""
    places = np.full((2, x.size), np.nan)
    known = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    # One point without a place makes the library refuse them all, so a refused batch is halved.
    batches = [known] if len(known) else []
    while batches:
        batch = batches.pop()
        reprojected = _tried(crs, onto, x.ravel()[batch], y.ravel()[batch])
        if reprojected is not None:
            places[:, batch] = reprojected
        elif len(batch) > 1:
            batches += np.array_split(batch, 2)
    places[:, ~np.isfinite(places).all(axis=0)] = np.nan
    return places[0].reshape(x.shape), places[1].reshape(y.shape)


def reproject_bounds(crs: CRS, onto: CRS, bounds: Bounds) -> Bounds | None:
    """The box in `onto` around a box (left, bottom, right, top) of `crs`; None where `onto` cannot show it."""
    try:
        box: Bounds = transform_bounds(crs, onto, *bounds)
    except Exception:  # GDAL's errors come through here, and their classes are private
        return None
    return box if np.isfinite(box).all() else None


def reproject_lines(
    crs: CRS,
    onto: CRS,
    lines: list[Floats],
    tolerance: float,
    turns: tuple[float | None, float | None] = (None, None),
) -> list[Floats] | None:
    """Lines in another CRS, with as many more corners as keep their edges in place.

    A straight edge is curved in another CRS: it is halved until its middle lies near the straight line between its
    reprojected ends.

    Args:
        crs: of the lines.
        onto: the CRS of the result.
        lines: of corners [N, 2] as (x, y).
        tolerance: how far off an edge may lie, in units of `onto`.
        turns: the steps in x after which `crs` and `onto` come round, over which lines run on.

    Returns:
        The lines; None where a point has no place in `onto`.
    """
    corners = np.concatenate(lines)
    line_of = np.repeat(np.arange(len(lines)), [len(line) for line in lines])
    places = _reprojected(crs, onto, *corners.T)
    turn = turns[1]
    # An edge around the whole Earth is as wide there, too.
    scale = turn / turns[0] if turn and turns[0] else 0.0
    for _ in range(_MOST_HALVINGS):
        if places is None:
            return None
        if turn is not None:
            given = corners[:, 0] * scale
            places[0] = _unrolled(places[0] - given, line_of, turn) + given
        edges = np.flatnonzero(line_of[1:] == line_of[:-1])
        middles = _reprojected(crs, onto, *(corners[edges] + corners[edges + 1]).T / 2)
        if middles is None:
            return None
        between = (places[:, edges] + places[:, edges + 1]) / 2
        if turn is not None:
            middles[0] -= turn * np.round((middles[0] - between[0]) / turn)
        off = np.abs(middles - between).max(axis=0) > tolerance
        if not off.any():
            break
        after = edges[off] + 1
        corners = np.insert(corners, after, (corners[edges[off]] + corners[edges[off] + 1]) / 2, axis=0)
        places = np.insert(places, after, middles[:, off], axis=1)
        line_of = np.insert(line_of, after, line_of[edges[off]])
    assert places is not None  # nosec B101
    return np.split(places.T, np.flatnonzero(np.diff(line_of)) + 1)


def _unrolled(x: Floats, line_of: Counts, turn: float) -> Floats:
    """x of lines in a row, each without a step of more than half a turn; line_of: the line of each corner."""
    steps = np.where(np.diff(line_of) == 0, np.round(np.diff(x) / turn), 0.0)
    turns = np.concatenate([[0.0], np.cumsum(steps)])
    whole: Floats = x - turn * (turns - turns[np.searchsorted(line_of, line_of)])
    return whole


def _reprojected(crs: CRS, onto: CRS, x: Floats, y: Floats) -> Floats | None:
    """Points float64 [2, n], or None where one of them has no place."""
    places = _tried(crs, onto, x, y)
    return places if places is not None and np.isfinite(places).all() else None


def _tried(crs: CRS, onto: CRS, x: Floats, y: Floats) -> Floats | None:
    """Points float64 [2, n], some of them infinite, or None where the library refuses."""
    try:
        return np.array(transform(crs, onto, x.tolist(), y.tolist())[:2], dtype=np.float64)
    except Exception:  # GDAL's errors come through here, and their classes are private
        return None
