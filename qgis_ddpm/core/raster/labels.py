"""Labels on a grid, from a raster or from polygons: where something is marked, and where that is known."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

import numpy as np
from affine import Affine
from rasterio.crs import CRS
from rasterio.features import rasterize

from ...errors import InputError
from .earth.boxes import overlap
from .earth.rings import across_date_line, copies_on
from .findings.label_coding import LabelCoding
from .grid import Grid, apply
from .source import RasterSource
from .types import Bounds, Valid, Window
from .vectors_in import GEOJSON, Polygon, PolygonFile, check_degrees, read_polygons, reproject_polygons
from .warp import Resampling

# Formats that hold vectors and no pixels; all others are tried as rasters.
VECTORS = (*GEOJSON, ".shp", ".fgb", ".gml", ".kml", ".kmz", ".gpx", ".tab", ".mif", ".dxf", ".sqlite", ".parquet")


class Labels(Protocol):
    """What is said of every pixel of a grid. `nodata` is that of the file, None where it has none."""

    notes: list[str]
    nodata: float | None
    # Of a raster's values so far; polygons have none.
    coding: LabelCoding | None

    def read(self, row: int, col: int, height: int, width: int) -> tuple[Valid, Valid]:
        """A window inside the grid: where it is marked, and where that is known; both bool [height, width]."""


@contextmanager
def open_labels(
    name: str, path: str, grid: Grid, override: Mapping[str, Any] | None = None, onto: str = "the change map"
) -> Iterator[Labels]:
    """Labels of a raster (nonzero in any band is marked, nodata is unknown) or of polygons (inside is marked).

    name: how messages call the input, such as REFERENCE. override: `crs` and `nodata` as a layer says. onto: how
    messages call the grid. A raster without CRS of the grid's size lies on the grid. Raises InputError where the labels
    cannot be read or placed.
    """
    if is_vector(path):
        yield _PolygonLabels(name, path, grid, onto)
    else:
        with open_on(name, path, grid, override, onto) as source:
            bare = source.own_grid.crs is None
            notes = [f"Without a CRS, {name} {path} is laid on {onto} pixel by pixel."] if bare else []
            yield _RasterLabels(source, notes)


class _RasterLabels:
    def __init__(self, source: RasterSource, notes: list[str]) -> None:
        self.notes = notes
        self.nodata = source.nodata
        self._values = LabelCoding(source.path)
        self.coding: LabelCoding | None = self._values
        self._source = source

    def read(self, row: int, col: int, height: int, width: int) -> tuple[Valid, Valid]:
        pixels, valid = self._source.read(row, col, height, width)
        marked: Valid = (pixels != 0).any(axis=0)
        self._values.add(pixels, marked & valid, valid)
        return marked, valid


class _PolygonLabels:
    """Polygons in pixel coordinates, rasterised by window: a pixel is marked where its centre lies in one."""

    nodata: float | None = None
    coding: LabelCoding | None = None

    def __init__(self, name: str, path: str, grid: Grid, onto: str) -> None:
        placed, self.notes = place_polygons(name, path, read_polygons(name, path), grid, onto)
        self._polygons = [copy for copies in placed for copy in copies]
        # (left, top, right, bottom) of each, to pass over those that a window does not meet.
        self._boxes = np.array([[*polygon[0].min(axis=0), *polygon[0].max(axis=0)] for polygon in self._polygons])

    def read(self, row: int, col: int, height: int, width: int) -> tuple[Valid, Valid]:
        left, top, right, bottom = self._boxes.T
        meets = (left < col + width) & (top < row + height) & (right > col) & (bottom > row)
        polygons = [self._polygons[index] for index in np.flatnonzero(meets)]
        known = np.ones((height, width), dtype=bool)
        if not polygons:
            return ~known, known
        return inside(polygons, (row, col, height, width)), known


def inside(polygons: Sequence[Polygon], window: Window) -> Valid:
    """Where the middle of a pixel of a window lies in one of some polygons in pixel coordinates: bool."""
    row, col, height, width = window
    shapes = [{"type": "Polygon", "coordinates": [ring.tolist() for ring in polygon]} for polygon in polygons]
    corner = Affine.translation(col, row)
    marked: Valid = rasterize(shapes, (height, width), transform=corner, dtype="uint8").astype(bool)
    return marked


def place_polygons(
    name: str, path: str, file: PolygonFile, grid: Grid, onto: str = "the change map"
) -> tuple[list[list[Polygon]], list[str]]:
    """The polygons of a file in pixel coordinates of a grid: for each a copy for each turn of the Earth it lies in.

    Also what there is to tell. Raises InputError where they cannot be placed, or none lies near the grid.
    """
    notes: list[str] = []
    polygons, crs = file.polygons, file.crs
    if grid.crs is None:
        notes.append(f"The change map has no CRS: the coordinates of {path} are taken as they are.")
    elif crs != grid.crs:
        if not file.stated:
            check_degrees(name, path, [polygon[0] for polygon in polygons])
        if file.unknown:
            notes.append(f"{name} {path} names no CRS: it is read in degrees of WGS 84, after RFC 7946.")
        # A tenth of a pixel decides about no pixel's centre that is worth a word.
        tolerance = 0.1 * min(grid.pixel_size)
        polygons = _whole(name, path, polygons, crs, notes)
        polygons = reproject_polygons(name, path, polygons, crs, grid.crs, tolerance)
    else:
        polygons = _whole(name, path, polygons, crs, notes)
    placed = [[polygon] if grid.crs is None else copies_on(polygon, grid.crs, grid.bounds) for polygon in polygons]
    outer = [polygon[0] for copies in placed for polygon in copies]
    low = np.min([ring.min(axis=0) for ring in outer], axis=0)
    high = np.max([ring.max(axis=0) for ring in outer], axis=0)
    _refuse_elsewhere(name, path, (low[0], low[1], high[0], high[1]), grid, onto)
    to_pixels = ~grid.transform
    return [
        [[np.stack(apply(to_pixels, *ring.T), axis=1) for ring in polygon] for polygon in copies] for copies in placed
    ], notes


def _whole(name: str, path: str, polygons: list[Polygon], crs: CRS, notes: list[str]) -> list[Polygon]:
    whole = across_date_line(polygons, crs)
    number = sum(one is not other for one, other in zip(whole, polygons, strict=True))
    if number:
        notes.append(f"Polygons of {name} {path} ({number}) step over 180 degrees: they are taken to cross it.")
    return whole


def open_on(
    name: str,
    path: str,
    grid: Grid,
    override: Mapping[str, Any] | None,
    onto: str,
    resampling: Resampling = "nearest",
) -> RasterSource:
    """A raster laid on a grid; one without CRS of its size lies on it. Raises InputError where it lies elsewhere."""
    source = RasterSource(path, override=override)
    own = source.own_grid
    if own.shape == grid.shape and (own.crs is None or grid.crs is None):
        return source
    source.close()
    if own.crs is None or grid.crs is None:
        bare, size = (f"{name} {path}", own) if own.crs is None else (onto, grid)
        other = grid if own.crs is None else own
        raise InputError(
            f"{name} {path} cannot be laid on {onto}: {bare} has no CRS, and its {size.width} x {size.height} "
            f"px are not the other's {other.width} x {other.height} px. Set its CRS."
        )
    bounds = grid.box_of(own)
    # Where one CRS cannot show the other's corners, only the pixels can tell.
    if bounds is not None:
        _refuse_elsewhere(name, path, bounds, grid, onto)
    return RasterSource(path, override=override, onto=grid, resampling=resampling)


def _refuse_elsewhere(name: str, path: str, bounds: Bounds, grid: Grid, onto: str) -> None:
    if overlap(bounds, grid.bounds):
        return
    there, here = (" ".join(f"{number:.10g}" for number in box) for box in (bounds, grid.bounds))
    raise InputError(
        f"{name} {path} does not overlap {onto}: it covers {there} in the coordinates of {onto}, which covers {here} "
        "(left bottom right top). Choose data of the same place, or set its right CRS."
    )


def is_vector(path: str) -> bool:
    """Whether a file holds polygons rather than pixels."""
    ending = os.path.splitext(path)[1].lower()
    return ending in VECTORS or (ending == ".gpkg" and not _is_raster(path))


def _is_raster(path: str) -> bool:
    try:
        RasterSource(path).close()
    except InputError:
        return False
    return True
