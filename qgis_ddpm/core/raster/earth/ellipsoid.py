"""The ellipsoid of a CRS, and areas on it by the sphere of the same surface."""

from typing import Any

import numpy as np
from rasterio.crs import CRS

from ..types import Floats

WGS84 = (6378137.0, 298.257223563)


def authalic_q(latitude: Floats, flattening: float) -> Floats:
    """q of an ellipsoid: the area from the equator to a latitude is a^2 q / 2 per radian of longitude.

    latitude: radians. Snyder 1987, Map Projections: A Working Manual (USGS Professional Paper 1395), equation 3-12.
    """
    e = np.sqrt(flattening * (2 - flattening))
    s = np.sin(latitude)
    q: Floats = 2.0 * s if e == 0 else (1 - e**2) * (s / (1 - (e * s) ** 2) + np.arctanh(e * s) / e)
    return q


def authalic_points(longitude: Floats, latitude: Floats, axis_m: float, flattening: float) -> Floats:
    """Places in radians on the sphere that has the surface of the ellipsoid: float64 [3, ...], metres.

    Areas there are areas on the ellipsoid, and neither the poles nor the date line are special.
    """
    pole = authalic_q(np.array(np.pi / 2), flattening)
    sine = np.clip(authalic_q(np.clip(latitude, -np.pi / 2, np.pi / 2), flattening) / pole, -1, 1)
    cosine = np.sqrt((1 - sine) * (1 + sine))
    radius = axis_m * np.sqrt(pole / 2)
    points: Floats = radius * np.stack([cosine * np.cos(longitude), cosine * np.sin(longitude), sine])
    return points


def zone_areas(latitude: Floats, width: float, axis_m: float, flattening: float) -> Floats:
    """Areas in square metres between neighbouring parallels and two meridians.

    Args:
        latitude: of the parallels [n + 1], radians.
        width: between the meridians, radians.
        axis_m, flattening: of the ellipsoid.

    Returns:
        float64 [n].
    """
    q = authalic_q(np.clip(latitude, -np.pi / 2, np.pi / 2), flattening)
    areas: Floats = np.abs(np.diff(q)) * (axis_m**2 / 2 * abs(width))
    return areas


def ellipsoid_of(crs: CRS) -> tuple[float, float]:
    """Semi-major axis in metres and flattening; of WGS 84 where the CRS names no ellipsoid."""
    ellipsoid = _first_named("ellipsoid", crs.to_dict(projjson=True))
    if ellipsoid is None:
        return WGS84[0], 1 / WGS84[1]
    axis_m = _metres(ellipsoid.get("semi_major_axis", ellipsoid.get("radius")))
    if ellipsoid.get("inverse_flattening"):
        return axis_m, 1 / ellipsoid["inverse_flattening"]
    return axis_m, 1 - _metres(ellipsoid.get("semi_minor_axis", axis_m)) / axis_m


def degrees_of(crs: CRS) -> CRS | None:
    """The longitudes and latitudes that a projected or rotated CRS is made from; None where it is made from none.

    They are on its own datum, so that nothing is shifted on the way.
    """
    base = _first_named("base_crs", crs.to_dict(projjson=True))
    while base is not None and base.get("base_crs") is not None:
        base = base["base_crs"]
    return None if base is None else CRS.from_dict(base)


def _first_named(name: str, tree: Any) -> Any:
    """The first member of this name in PROJJSON; a bound, derived or compound CRS holds others."""
    members = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ()
    if isinstance(tree, dict) and name in tree:
        return tree[name]
    return next((member for member in (_first_named(name, inner) for inner in members) if member is not None), None)


def _metres(length: Any) -> float:
    """A length of PROJJSON, which has a unit where it is not in metres."""
    return float(length["value"] * length["unit"]["conversion_factor"] if isinstance(length, dict) else length)
