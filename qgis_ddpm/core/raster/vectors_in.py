"""Reading polygons: GeoJSON by itself, other vector formats through pyogrio where it is installed."""

import json
import os
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from rasterio.crs import CRS

from ...errors import InputError
from ...regular_file import open_regular, open_text, refuse_special
from ...temporary import private_folder
from ..gdal.drivers import vector_formats
from .crs import reproject_lines
from .earth.boxes import turn_of
from .earth.rings import closed, together
from .geopackage import readable
from .grid import parse_crs
from .types import Floats

# Corners [N, 2] as (x, y); the first and the last are the same.
# The outer ring, then the holes.
Polygon = list[Floats]

GEOJSON = (".geojson", ".json")
# GeoJSON without a CRS of its own is in degrees, longitude first (RFC 7946, section 4).
GEOJSON_CRS = "OGC:CRS84"
# In the names of kinds of geometry.
MAY_BE_POLYGONS = ("Polygon", "Surface", "Unknown", "Collection")
_DATABASE = b"SQLite format 3\0"
# GDAL's functions for SQL that open files or ask services, and tables that are other files.
_CALLS = re.compile(r"\b(?:ogr|gdal)_\w+[\"'\]`\s]*\(|load_extension|\bvirtual(?:ogr|shape|text|xl)\b", re.IGNORECASE)
LEAST_CORNERS = 4
# Beyond these no number is a longitude or latitude; a polygon over the date line may run on to 360 and more.
MOST_LONGITUDE, MOST_LATITUDE = 540.0, 90.0 + 1e-6


class PolygonFile(NamedTuple):
    """All polygons of a file and their CRS, which GeoJSON need not state: then it is in degrees.

    unknown: the file states that its CRS is not known, which the first edition of GeoJSON allowed.
    """

    polygons: list[Polygon]
    crs: CRS
    stated: bool
    unknown: bool


def read_polygons(name: str, path: str) -> PolygonFile:
    """All polygons of a vector file and their CRS; features of other kinds and heights are left out.

    name: how messages call the input, such as REFERENCE. Raises InputError where there is no polygon.
    """
    if os.path.splitext(path)[1].lower() in GEOJSON:
        return _read_geojson(name, path, path)
    with _as_geojson(name, path) as converted:
        return _read_geojson(name, path, converted)


def reproject_polygons(
    name: str, path: str, polygons: list[Polygon], crs: CRS, onto: CRS, tolerance: float
) -> list[Polygon]:
    """The polygons in another CRS, their edges within `tolerance` (units of `onto`) of where they were.

    Over 180 degrees they run on. Raises InputError where a corner has no place there.
    """
    turn = turn_of(onto)
    lines = [ring for polygon in polygons for ring in polygon]
    rings = reproject_lines(crs, onto, lines, tolerance, (turn_of(crs), turn))
    if rings is None:
        raise InputError(
            f"The polygons of {name} {path} cannot be transformed from {crs.to_string()[:60]} to the raster's CRS. "
            "Set the layer's right CRS and export it again."
        )
    rest = iter(rings if turn is None else [closed(ring, turn) for ring in rings])
    placed = [[next(rest) for _ in polygon] for polygon in polygons]
    return placed if turn is None else [together(polygon, turn) for polygon in placed]


@contextmanager
def _as_geojson(name: str, path: str) -> Iterator[str]:
    try:
        from pyogrio import list_layers, raw
        from pyogrio.errors import DataLayerError, DataSourceError
    except ImportError:
        raise InputError(
            f"{name} {path} cannot be read as polygons without the package pyogrio. Save it as GeoJSON, or install "
            "pyogrio."
        ) from None
    _refuse_special(name, path)
    with private_folder() as folder, readable(path) as source:
        converted = os.path.join(folder, "polygons.geojson")
        _refuse_statements(name, path, source)
        try:
            with vector_formats():
                about, _, shapes, _ = raw.read(source, layer=_layer_of(name, path, list_layers(source)), columns=[])
                raw.write(converted, shapes, [], [], crs=about["crs"], geometry_type="Unknown", driver="GeoJSON")
        except (DataSourceError, DataLayerError) as error:
            raise InputError(f"{name} {path} cannot be read as polygons: {error}. Save it as GeoJSON.") from None
        yield converted


def _refuse_special(name: str, path: str) -> None:
    try:
        refuse_special(path)
    except OSError as error:
        raise InputError(f"{name} {path} cannot be read: {error.strerror}. Choose another file.") from None


def _layer_of(name: str, path: str, layers: Iterable[tuple[str, str | None]]) -> str | None:
    """The one layer of polygons in a file; None where there is none, so that the first is taken and told of.

    layers: names and kinds of geometry. Raises InputError where there are several.
    """
    polygons = [layer for layer, kind in layers if kind and any(word in kind for word in MAY_BE_POLYGONS)]
    if len(polygons) > 1:
        raise InputError(
            f"{name} {path} holds several layers of polygons: {', '.join(map(repr, polygons))[:200]}. Save the one "
            "that is meant as a file of its own."
        )
    return polygons[0] if polygons else None


def _refuse_statements(name: str, path: str, source: str) -> None:
    """A view in a database may call what opens other files, or asks a web service, when it is merely read.

    source: the file to look into, with what stands in its log; path: what the user calls it.
    """
    with open_regular(source) as file:
        if file.read(len(_DATABASE)) != _DATABASE:
            return
    address = f"{Path(os.path.abspath(source)).as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(address, uri=True)) as database:
            found = database.execute("SELECT name, sql FROM sqlite_master WHERE type != 'trigger'").fetchall()
    except sqlite3.Error as error:
        raise InputError(f"{name} {path} cannot be read as polygons: {error}. Save it as GeoJSON.") from None
    for table, statement in found:
        if _CALLS.search(str(statement)):
            raise InputError(
                f"{name} {path} cannot be read as polygons: its table {str(table)[:100]!r} calls functions that may "
                "open other files. Save it as GeoJSON."
            )


def _read_geojson(name: str, path: str, geojson: str) -> PolygonFile:
    try:
        with open_text(geojson) as file:
            content = json.load(file)
        members = content["features"] if content["type"] == "FeatureCollection" else [content]
        shapes = [member["geometry"] if member["type"] == "Feature" else member for member in members]
        shapes = [shape for shape in shapes if shape is not None]
        polygons = [polygon for shape in shapes for polygon in _polygons(shape)]
        declared = content["crs"]["properties"]["name"] if content.get("crs") else None
        unknown = declared is None and "crs" in content
        if not isinstance(declared, (str, type(None))):
            raise ValueError("its CRS is no text")
    except OSError as error:
        raise InputError(f"{name} {path} cannot be read: {error.strerror}. Choose another file.") from error
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        raise InputError(f"{name} {path} is no GeoJSON of polygons. Export the layer to GeoJSON anew.") from None
    if not polygons:
        kinds = sorted({str(shape["type"]) for shape in shapes})
        what = f"but {', '.join(kinds)[:100]}" if kinds else "and no other features"
        raise InputError(f"{name} {path} holds no polygons {what}. Choose a polygon layer that has features.")
    return PolygonFile(polygons, parse_crs(declared or GEOJSON_CRS), declared is not None, unknown)


def check_degrees(name: str, path: str, polygons: list[Polygon]) -> None:
    """Raise InputError where polygons without a stated CRS cannot be in degrees."""
    x, y = np.abs(np.concatenate([polygon[0] for polygon in polygons])).max(axis=0)
    if x > MOST_LONGITUDE or y > MOST_LATITUDE:
        raise InputError(
            f"{name} {path} names no CRS, so that its coordinates are degrees (RFC 7946), but they reach {x:.10g}, "
            f"{y:.10g}. Export the layer anew in WGS 84, or as a GeoPackage."
        )


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
