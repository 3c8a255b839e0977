"""The CRS: points and boxes in another one, and true areas of pixels on its ellipsoid.

A place that a CRS cannot show is no error of a library but NaN or None.
"""

from typing import Any

import numpy as np
from affine import Affine
from rasterio.crs import CRS
from rasterio.warp import transform, transform_bounds

from .types import Bounds, Counts, Floats

# 1,024 parts of an edge: that of a box around a whole country is as fine as its pixels.
_MOST_HALVINGS = 10
WGS84 = (6378137.0, 298.257223563)
# Survey projections keep areas far better than this. World projections do not: Web Mercator doubles them at 45 degrees.
PLANE_ERROR = 0.01


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


def reproject_lines(crs: CRS, onto: CRS, lines: list[Floats], tolerance: float) -> list[Floats] | None:
    """Lines in another CRS, with as many more corners as keep their edges in place.

    A straight edge is curved in another CRS: it is halved until its middle lies near the straight line between its
    reprojected ends.

    Args:
        crs: of the lines.
        onto: the CRS of the result.
        lines: of corners [N, 2] as (x, y).
        tolerance: how far off an edge may lie, in units of `onto`.

    Returns:
        The lines; None where a point has no place in `onto`.
    """
    corners = np.concatenate(lines)
    line_of = np.repeat(np.arange(len(lines)), [len(line) for line in lines])
    places = _reprojected(crs, onto, *corners.T)
    for _ in range(_MOST_HALVINGS):
        if places is None:
            return None
        edges = np.flatnonzero(line_of[1:] == line_of[:-1])
        middles = _reprojected(crs, onto, *(corners[edges] + corners[edges + 1]).T / 2)
        if middles is None:
            return None
        off = np.abs(middles - (places[:, edges] + places[:, edges + 1]) / 2).max(axis=0) > tolerance
        if not off.any():
            break
        after = edges[off] + 1
        corners = np.insert(corners, after, (corners[edges[off]] + corners[edges[off] + 1]) / 2, axis=0)
        places = np.insert(places, after, middles[:, off], axis=1)
        line_of = np.insert(line_of, after, line_of[edges[off]])
    assert places is not None  # nosec B101
    return np.split(places.T, np.flatnonzero(np.diff(line_of)) + 1)


def pixel_areas_m2(transform: Affine, crs: CRS, col: int, row: int, height: int) -> Floats:
    """Areas of the pixels (row..row+height, col): float64 [height], square metres.

    For degrees by the closed formula on the ellipsoid. For projected coordinates the area in the plane, save where
    the projection's own area scale is off by more than a hundredth: there, too, on the ellipsoid.
    """
    if crs.is_geographic:
        radian = crs.units_factor[1]
        x, y = _pixel_corners(transform, col, np.arange(row, row + height))
        return _quad_areas(x * radian, y * radian, *_ellipsoid(crs))
    plane = abs(transform.determinant) * crs.units_factor[1] ** 2
    if crs.is_projected:
        middle = _areas_by_projection(transform, crs, col, np.array([row + height // 2]))
        if np.isfinite(middle).all() and abs(plane / middle[0] - 1) > PLANE_ERROR:
            areas = _areas_by_projection(transform, crs, col, np.arange(row, row + height))
            # A pixel that lies beyond the Earth has no area there.
            areas[~np.isfinite(areas)] = 0
            return areas
    return np.full((height,), float(plane))


def authalic_q(latitude: Floats, flattening: float) -> Floats:
    """q of an ellipsoid: the area from the equator to a latitude is a^2 q / 2 per radian of longitude.

    latitude: radians. Snyder 1987, Map Projections: A Working Manual (USGS Professional Paper 1395), equation 3-12.
    """
    e = np.sqrt(flattening * (2 - flattening))
    s = np.sin(latitude)
    q: Floats = 2.0 * s if e == 0 else (1 - e**2) * (s / (1 - (e * s) ** 2) + np.arctanh(e * s) / e)
    return q


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


def _quad_areas(longitude: Floats, latitude: Floats, axis_m: float, flattening: float) -> Floats:
    """Areas of quadrangles [n, 4] in the cylindrical equal-area projection x = a lambda, y = a q / 2."""
    x = axis_m * (longitude - longitude[:, :1])
    q = authalic_q(np.clip(latitude, -np.pi / 2, np.pi / 2), flattening)
    y = axis_m / 2 * (q - q[:, :1])
    areas: Floats = np.abs((x * np.roll(y, -1, axis=1) - np.roll(x, -1, axis=1) * y).sum(axis=1)) / 2
    return areas


def _areas_by_projection(transform: Affine, crs: CRS, col: int, rows: Counts) -> Floats:
    x, y = _pixel_corners(transform, col, rows)
    longitude, latitude = reproject_points(crs, CRS.from_epsg(4326), x, y)
    return _quad_areas(np.radians(longitude), np.radians(latitude), WGS84[0], 1 / WGS84[1])


def _pixel_corners(transform: Affine, col: int, rows: Counts) -> tuple[Floats, Floats]:
    columns = col + np.array([0.0, 1.0, 1.0, 0.0])
    lines = rows[:, None] + np.array([0.0, 0.0, 1.0, 1.0])
    t = transform
    return t.a * columns + t.b * lines + t.c, t.d * columns + t.e * lines + t.f


def _ellipsoid(crs: CRS) -> tuple[float, float]:
    """Semi-major axis in metres and flattening; of WGS 84 where the CRS names no ellipsoid."""
    ellipsoid = _first_named("ellipsoid", crs.to_dict(projjson=True))
    if ellipsoid is None:
        return WGS84[0], 1 / WGS84[1]
    axis_m = _metres(ellipsoid.get("semi_major_axis", ellipsoid.get("radius")))
    if ellipsoid.get("inverse_flattening"):
        return axis_m, 1 / ellipsoid["inverse_flattening"]
    return axis_m, 1 - _metres(ellipsoid.get("semi_minor_axis", axis_m)) / axis_m


def _first_named(name: str, tree: Any) -> Any:
    """The first member of this name in PROJJSON; a bound, derived or compound CRS holds others."""
    members = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ()
    if isinstance(tree, dict) and name in tree:
        return tree[name]
    return next((member for member in (_first_named(name, inner) for inner in members) if member is not None), None)


def _metres(length: Any) -> float:
    """A length of PROJJSON, which has a unit where it is not in metres."""
    return float(length["value"] * length["unit"]["conversion_factor"] if isinstance(length, dict) else length)
