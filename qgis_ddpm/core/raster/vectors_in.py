"""Reading polygons and points: GeoJSON by itself, other vector formats through pyogrio where it is installed."""

import os
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from rasterio.crs import CRS

from ...errors import InputError
from ...regular_file import open_regular, refuse_special
from ...temporary import private_folder
from ..gdal.drivers import vector_formats
from .crs import reproject_lines
from .earth.boxes import turn_of
from .earth.rings import closed, together
from .findings.geojson_features import collection_of, faults_told, features_of, nothing_of_kind
from .geopackage import readable
from .grid import parse_crs
from .types import Floats

# Corners [N, 2] as (x, y); the first and the last are the same.
# The outer ring, then the holes.
Polygon = list[Floats]

GEOJSON = (".geojson", ".json")
# GeoJSON without a CRS of its own is in degrees, longitude first (RFC 7946, section 4).
GEOJSON_CRS = "OGC:CRS84"
# What a reader wants, and what then stands in the names of kinds of geometry.
KINDS = {"polygons": ("Polygon", "Surface", "Unknown", "Collection"), "points": ("Point", "Unknown", "Collection")}
_DATABASE = b"SQLite format 3\0"
# GDAL's functions for SQL that open files or ask services, and tables that are other files.
_CALLS = re.compile(r"\b(?:ogr|gdal)_\w+[\"'\]`\s]*\(|load_extension|\bvirtual(?:ogr|shape|text|xl)\b", re.IGNORECASE)
LEAST_CORNERS = 4
# Beyond these no number is a longitude or latitude; a polygon over the date line may run on to 360 and more.
MOST_LONGITUDE, MOST_LATITUDE = 540.0, 90.0 + 1e-6


class PointFile(NamedTuple):
    """Points [N, 2] as (x, y), the fields of each, and their CRS; stated as in `PolygonFile`."""

    points: Floats
    fields: list[dict[str, Any]]
    crs: CRS
    stated: bool


class PolygonFile(NamedTuple):
    """All polygons of a file and their CRS, which GeoJSON need not state: then it is in degrees.

    unknown: the file states that its CRS is not known, which the first edition of GeoJSON allowed. owners: the number
    of the feature that each polygon is of. collection: the whole file as GeoJSON, where it was asked for.
    """

    polygons: list[Polygon]
    crs: CRS
    stated: bool
    unknown: bool
    owners: list[int]
    collection: dict[str, Any] | None = None


def read_polygons(name: str, path: str, whole: bool = False) -> PolygonFile:
    """All polygons of a vector file and their CRS; features of other kinds and heights are left out.

    Args:
        name: how messages call the input, such as REFERENCE.
        path: of the file.
        whole: also keep all features as they are, with their attributes.

    Raises:
        InputError: where there is no polygon.
    """
    if os.path.splitext(path)[1].lower() in GEOJSON:
        return _read_geojson(name, path, path, whole)
    with _as_geojson(name, path, fields=None if whole else ()) as converted:
        return _read_geojson(name, path, converted, whole)


def read_points(name: str, path: str, fields: Sequence[str]) -> PointFile:
    """All points of a vector file with some of their fields; features of other kinds and heights are left out.

    Raises InputError where there is no point.
    """
    if os.path.splitext(path)[1].lower() in GEOJSON:
        return _read_point_geojson(name, path, path)
    with _as_geojson(name, path, "points", fields) as converted:
        return _read_point_geojson(name, path, converted)


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
def _as_geojson(name: str, path: str, kind: str = "polygons", fields: Sequence[str] | None = ()) -> Iterator[str]:
    try:
        from pyogrio import list_layers, raw
        from pyogrio.errors import DataLayerError, DataSourceError, FieldError
    except ImportError:
        raise InputError(
            f"{name} {path} cannot be read as {kind} without the package pyogrio. Save it as GeoJSON, or install "
            "pyogrio."
        ) from None
    _refuse_special(name, path)
    with private_folder() as folder, readable(path) as source:
        converted = os.path.join(folder, f"{kind}.geojson")
        _refuse_statements(name, path, source, kind)
        try:
            with vector_formats():
                layer = _layer_of(name, path, list_layers(source), kind)
                chosen = None if fields is None else list(fields)
                about, _, shapes, columns = raw.read(source, layer=layer, columns=chosen)
                names = list(about["fields"])
                raw.write(
                    converted, shapes, columns, names, crs=about["crs"], geometry_type="Unknown", driver="GeoJSON"
                )
        except (DataSourceError, DataLayerError, FieldError) as error:
            raise InputError(f"{name} {path} cannot be read as {kind}: {error}. Save it as GeoJSON.") from None
        yield converted


def _refuse_special(name: str, path: str) -> None:
    try:
        refuse_special(path)
    except OSError as error:
        raise InputError(f"{name} {path} cannot be read: {error.strerror}. Choose another file.") from None


def _layer_of(name: str, path: str, layers: Iterable[tuple[str, str | None]], kind: str) -> str | None:
    """The one layer of a kind in a file; None where there is none, so that the first is taken and told of.

    layers: names and kinds of geometry. Raises InputError where there are several.
    """
    fitting = [layer for layer, shape in layers if shape and any(word in shape for word in KINDS[kind])]
    if len(fitting) > 1:
        raise InputError(
            f"{name} {path} holds several layers of {kind}: {', '.join(map(repr, fitting))[:200]}. Save the one "
            "that is meant as a file of its own."
        )
    return fitting[0] if fitting else None


def _refuse_statements(name: str, path: str, source: str, kind: str = "polygons") -> None:
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
        raise InputError(f"{name} {path} cannot be read as {kind}: {error}. Save it as GeoJSON.") from None
    for table, statement in found:
        if _CALLS.search(str(statement)):
            raise InputError(
                f"{name} {path} cannot be read as {kind}: its table {str(table)[:100]!r} calls functions that may "
                "open other files. Save it as GeoJSON."
            )


def _read_geojson(name: str, path: str, geojson: str, whole: bool) -> PolygonFile:
    with faults_told(name, path, "polygons"):
        collection = collection_of(geojson)
        features, declared, unknown = features_of(collection)
        found = [(number, polygon) for number, shape, _ in features for polygon in _polygons(shape)]
    if not found:
        raise nothing_of_kind(name, path, "polygons", [shape for _, shape, _ in features])
    owners, polygons = [number for number, _ in found], [polygon for _, polygon in found]
    crs, kept = parse_crs(declared or GEOJSON_CRS), collection if whole else None
    return PolygonFile(polygons, crs, declared is not None, unknown, owners, kept)


def _read_point_geojson(name: str, path: str, geojson: str) -> PointFile:
    with faults_told(name, path, "points"):
        features, declared, _ = features_of(collection_of(geojson))
        found = [(point, fields) for _, shape, fields in features for point in _points(shape)]
        points = np.array([point[:2] for point, _ in found], dtype=np.float64).reshape(-1, 2)
    if not found:
        raise nothing_of_kind(name, path, "points", [shape for _, shape, _ in features])
    fields = [fields for _, fields in found]
    return PointFile(points, fields, parse_crs(declared or GEOJSON_CRS), declared is not None)


def check_degrees(name: str, path: str, places: list[Floats]) -> None:
    """Raise InputError where rings or points [N, 2] of a file without a stated CRS cannot be in degrees."""
    x, y = np.abs(np.concatenate(places)).max(axis=0)
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


def _points(shape: Mapping[str, Any]) -> list[Any]:
    kinds: dict[str, Any] = {"Point": [shape.get("coordinates")], "MultiPoint": shape.get("coordinates")}
    points = kinds.get(shape["type"]) or []
    if not all(np.isfinite(point[:2]).all() for point in points):
        raise ValueError("a point is nowhere")
    return list(points)
