"""True areas of pixels, on the ellipsoid of their CRS."""

import re

import numpy as np
from affine import Affine
from numpy.typing import NDArray
from rasterio.crs import CRS

from .crs import moved
from .types import Floats

WGS84 = (6378137.0, 298.257223563)
# Survey projections keep areas far better than this. World projections do not: Web Mercator doubles them at 45 degrees.
PLANE_ERROR = 0.01
_SPHEROID = re.compile(r'(?:SPHEROID|ELLIPSOID)\["[^"]*",\s*([0-9.eE+]+),\s*([0-9.eE+]+)')


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


def _quad_areas(longitude: Floats, latitude: Floats, axis_m: float, flattening: float) -> Floats:
    """Areas of quadrangles [n, 4] in the cylindrical equal-area projection x = a lambda, y = a q / 2."""
    x = axis_m * (longitude - longitude[:, :1])
    q = authalic_q(np.clip(latitude, -np.pi / 2, np.pi / 2), flattening)
    y = axis_m / 2 * (q - q[:, :1])
    areas: Floats = np.abs((x * np.roll(y, -1, axis=1) - np.roll(x, -1, axis=1) * y).sum(axis=1)) / 2
    return areas


def _areas_by_projection(transform: Affine, crs: CRS, col: int, rows: NDArray[np.int64]) -> Floats:
    x, y = _pixel_corners(transform, col, rows)
    longitude, latitude = moved(crs, CRS.from_epsg(4326), x, y)
    return _quad_areas(np.radians(longitude), np.radians(latitude), WGS84[0], 1 / WGS84[1])


def _pixel_corners(transform: Affine, col: int, rows: NDArray[np.int64]) -> tuple[Floats, Floats]:
    columns = col + np.array([0.0, 1.0, 1.0, 0.0])
    lines = rows[:, None] + np.array([0.0, 0.0, 1.0, 1.0])
    t = transform
    return t.a * columns + t.b * lines + t.c, t.d * columns + t.e * lines + t.f


def _ellipsoid(crs: CRS) -> tuple[float, float]:
    """Semi-major axis in metres and flattening."""
    found = _SPHEROID.search(crs.to_wkt())
    axis_m, inverse = (float(found[1]), float(found[2])) if found else WGS84
    return axis_m, 1 / inverse if inverse else 0.0
