"""Reading polygons: GeoJSON by itself, other vector formats through pyogrio where it is installed."""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasterio.crs import CRS
from rasterio.warp import transform as transform_points

from ..errors import InputError
from ..temporary import private_folder
from .grid import parse_crs

# Corners [N, 2] as (x, y); the first and the last are the same.
Ring = NDArray[np.float64]
# The outer ring, then the holes.
Polygon = list[Ring]

GEOJSON = (".geojson", ".json")
# GeoJSON without a CRS of its own is in degrees, longitude first (RFC 7946, section 4).
GEOJSON_CRS = "OGC:CRS84"
LEAST_CORNERS = 4


def read_polygons(name: str, path: str) -> tuple[list[Polygon], CRS]:
    """All polygons of a vector file and their CRS; features of other kinds and heights are left out.

    name: how messages call the input, such as REFERENCE. Raises InputError where there is no polygon.
    """
    if os.path.splitext(path)[1].lower() in GEOJSON:
        return _read_geojson(name, path, path)
    with _as_geojson(name, path) as converted:
        return _read_geojson(name, path, converted)


def move_polygons(name: str, path: str, polygons: list[Polygon], crs: CRS, onto: CRS) -> list[Polygon]:
    """The polygons with their corners in another CRS. Raises InputError where a corner has no place there."""
    corners = np.concatenate([ring for polygon in polygons for ring in polygon])
    try:
        moved = np.stack(transform_points(crs, onto, corners[:, 0], corners[:, 1]), axis=1)
    except Exception:  # rasterio lets GDAL's errors through here, whose classes are private
        moved = np.full_like(corners, np.inf)
    if not np.isfinite(moved).all():
        raise InputError(
            f"The polygons of {name} {path} cannot be transformed from {crs.to_string()[:60]} to the raster's CRS. "
            "Set the layer's right CRS and export it again."
        )
    rest = iter(np.split(moved, np.cumsum([len(ring) for polygon in polygons for ring in polygon])))
    return [[next(rest) for _ in polygon] for polygon in polygons]


@contextmanager
def _as_geojson(name: str, path: str) -> Iterator[str]:
    try:
        from pyogrio import raw
        from pyogrio.errors import DataLayerError, DataSourceError
    except ImportError:
        raise InputError(
            f"{name} {path} cannot be read as polygons without the package pyogrio. Save it as GeoJSON, or install "
            "pyogrio."
        ) from None
    with private_folder() as folder:
        converted = os.path.join(folder, "polygons.geojson")
        try:
            about, _, shapes, _ = raw.read(path, columns=[])
            raw.write(converted, shapes, [], [], crs=about["crs"], geometry_type="Unknown", driver="GeoJSON")
        except (DataSourceError, DataLayerError) as error:
            raise InputError(f"{name} {path} cannot be read as polygons: {error}. Save it as GeoJSON.") from None
        yield converted


def _read_geojson(name: str, path: str, geojson: str) -> tuple[list[Polygon], CRS]:
    try:
        with open(geojson, encoding="utf-8") as file:
            content = json.load(file)
        members = content["features"] if content["type"] == "FeatureCollection" else [content]
        shapes = [member["geometry"] if member["type"] == "Feature" else member for member in members]
        shapes = [shape for shape in shapes if shape is not None]
        polygons = [polygon for shape in shapes for polygon in _polygons(shape)]
        declared = content["crs"]["properties"]["name"] if content.get("crs") else GEOJSON_CRS
    except OSError as error:
        raise InputError(f"{name} {path} cannot be read: {error.strerror}. Choose another file.") from error
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        raise InputError(f"{name} {path} is no GeoJSON of polygons. Export the layer to GeoJSON anew.") from None
    if not polygons:
        kinds = sorted({str(shape["type"]) for shape in shapes})
        what = f"but {', '.join(kinds)[:100]}" if kinds else "and no other features"
        raise InputError(f"{name} {path} holds no polygons {what}. Choose a polygon layer that has features.")
    return polygons, parse_crs(declared)


def _polygons(shape: Mapping[str, Any]) -> Iterator[Polygon]:
    if shape["type"] == "GeometryCollection":
        for part in shape["geometries"]:
            yield from _polygons(part)
        return
    parts = {"Polygon": [shape.get("coordinates")], "MultiPolygon": shape.get("coordinates")}.get(shape["type"])
    for rings in parts or []:
        polygon = [np.array([point[:2] for point in ring], dtype=np.float64) for ring in rings or []]
        if any(len(ring) < LEAST_CORNERS or not np.isfinite(ring).all() for ring in polygon):
            raise ValueError("a ring is no ring")
        if polygon:
            yield polygon
