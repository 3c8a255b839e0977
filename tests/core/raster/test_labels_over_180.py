"""Labels over 180 degrees and around a pole: polygons in every form, and rasters."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from affine import Affine
from numpy.typing import NDArray
from rasterio.crs import CRS
from rasterio.warp import transform

from qgis_ddpm.core.raster.grid import Grid
from qgis_ddpm.core.raster.labels import open_labels
from qgis_ddpm.errors import InputError

DEGREES = CRS.from_epsg(4326)
GRIDS = {
    "UTM": Grid(Affine(100, 0, 362600, 0, -100, 7555900), 240, 200, CRS.from_epsg(32601)),
    "degrees": Grid(Affine(0.01, 0, 179, 0, -0.01, 69), 200, 200, DEGREES),
    "whole": Grid(Affine(0.1, 0, -180, 0, -0.1, 90), 3600, 1800, DEGREES),
    "0 to 360": Grid(Affine(0.1, 0, 0, 0, -0.1, 90), 3600, 1800, DEGREES),
    "Mercator": Grid(Affine(500, 0, 1.995e7, 0, -500, 1.06e7), 360, 600, CRS.from_epsg(3857)),
    "polar": Grid(Affine(1000, 0, -1.9e6, 0, -1000, 1.9e6), 400, 400, CRS.from_epsg(3413)),
}
WEST, EAST, SOUTH, NORTH = 179.72, 180.22, 67.92, 68.12


def ring(west: float, east: float, south: float = SOUTH, north: float = NORTH) -> list[list[float]]:
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def polygon(*rings: list[list[float]]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings)}


CUT = {"type": "MultiPolygon", "coordinates": [[ring(WEST, 180)], [ring(-180, EAST - 360)]]}
FORMS = {
    "cut as RFC 7946 wants": CUT,
    "runs on": polygon(ring(WEST, EAST)),
    "runs on in the west": polygon(ring(WEST - 360, EAST - 360)),
    "whole, to -179": polygon(ring(WEST, EAST - 360)),
}


def write(path: Path, shapes: list[dict[str, Any]], crs: str | None = None) -> str:
    content: dict[str, Any] = {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "properties": {}, "geometry": shape} for shape in shapes],
    }
    if crs:
        content["crs"] = {"type": "name", "properties": {"name": crs}}
    path.write_text(json.dumps(content), encoding="utf-8")
    return str(path)


def marked(path: str, grid: Grid) -> NDArray[np.bool_]:
    with open_labels("REFERENCE", path, grid) as labels:
        return labels.read(0, 0, *grid.shape)[0]


def degrees_of(grid: Grid) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Longitudes from 0 to 360, and latitudes, of the middles of pixels."""
    columns, rows = np.meshgrid(np.arange(grid.width) + 0.5, np.arange(grid.height) + 0.5)
    t = grid.transform
    x, y = t.a * columns + t.b * rows + t.c, t.d * columns + t.e * rows + t.f
    if grid.crs != DEGREES:
        x, y = (np.reshape(part, grid.shape) for part in transform(grid.crs, DEGREES, x.ravel(), y.ravel()))
    return x % 360, y


def box_of(grid: Grid, west: float = WEST, east: float = EAST) -> NDArray[np.bool_]:
    longitude, latitude = degrees_of(grid)
    return (longitude > west) & (longitude < east) & (latitude > SOUTH) & (latitude < NORTH)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("grid", GRIDS.values(), ids=GRIDS)
def test_polygons_in_degrees_lie_where_they_are_meant(tmp_path: Path, form: str, grid: Grid) -> None:
    found, expected = marked(write(tmp_path / "p.geojson", [FORMS[form]]), grid), box_of(grid)
    assert expected.sum() >= 10
    # Edges are kept to a tenth of a pixel, and a pixel's middle may lie that near to one.
    assert (found != expected).sum() <= 0.03 * expected.sum() + 2


@pytest.mark.parametrize("grid", ["degrees", "whole", "0 to 360", "Mercator", "polar"])
def test_polygons_of_a_plane_lie_on_both_sides_in_degrees(tmp_path: Path, grid: str) -> None:
    x, y = transform(DEGREES, "EPSG:32601", *np.array(ring(WEST, EAST)).T)
    hole = ring(179.95, 180.02, 67.98, 68.02)
    inner = np.stack(transform(DEGREES, "EPSG:32601", *np.array(hole).T), axis=1).tolist()
    path = write(tmp_path / "p.geojson", [polygon(np.stack([x, y], axis=1).tolist(), inner)], "EPSG:32601")
    found, expected = marked(path, GRIDS[grid]), box_of(GRIDS[grid])
    longitude, latitude = degrees_of(GRIDS[grid])
    expected &= ~((longitude > 179.95) & (longitude < 180.02) & (latitude > 67.98) & (latitude < 68.02))
    # A straight edge in the plane is no parallel: a few metres here.
    assert (found != expected).sum() <= 0.1 * expected.sum() + 2


def test_a_polygon_that_is_taken_to_cross_is_told(tmp_path: Path) -> None:
    for form, told in (("whole, to -179", True), ("runs on", False)):
        with open_labels("REFERENCE", write(tmp_path / "p.geojson", [FORMS[form]]), GRIDS["UTM"]) as labels:
            assert any("taken to cross" in note for note in labels.notes) == told


@pytest.mark.parametrize("grid", ["whole", "0 to 360"])
def test_a_polygon_around_the_pole_is_a_cap_in_degrees(tmp_path: Path, grid: str) -> None:
    angles = np.linspace(0, 2 * np.pi, 361)
    x, y = transform(DEGREES, "EPSG:3413", [0.0], [80.0])
    radius = np.hypot(x[0], y[0])
    around = np.stack([radius * np.cos(angles), radius * np.sin(angles)], axis=1)
    around[-1] = around[0]
    found = marked(write(tmp_path / "p.geojson", [polygon(around.tolist())], "EPSG:3413"), GRIDS[grid])
    latitude = degrees_of(GRIDS[grid])[1]
    assert (found != (latitude > 80)).mean() < 1e-3
    assert found[0].all()


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:4258", None])
def test_a_polygon_around_the_whole_earth_stays_one(tmp_path: Path, crs: str | None) -> None:
    for west, east in ((-180, 180), (-140, 140), (0, 360)):
        path = write(tmp_path / "p.geojson", [polygon(ring(west, east, -60, 60))], crs)
        for name in ("whole", "0 to 360"):
            longitude, latitude = degrees_of(GRIDS[name])
            expected = (np.abs(latitude) < 60) & ((longitude - west) % 360 < east - west)
            assert (marked(path, GRIDS[name]) != expected).mean() < 1e-6


def test_a_raster_of_labels_from_minus_180(tmp_path: Path) -> None:
    whole = GRIDS["whole"]
    path = tmp_path / "l.tif"
    profile = {"count": 1, "dtype": "uint8", "height": whole.height, "width": whole.width}
    with rasterio.open(path, "w", "GTiff", crs=whole.crs, transform=whole.transform, **profile) as file:
        file.write(box_of(whole).astype(np.uint8)[None])
    for name in ("degrees", "UTM", "0 to 360"):
        found, expected = marked(str(path), GRIDS[name]), box_of(GRIDS[name])
        assert (found != expected).sum() < (0 if name == "0 to 360" else 0.35) * expected.sum() + 1


def test_what_lies_elsewhere_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "p.geojson", [polygon(ring(-10, 10))])
    for name in ("UTM", "degrees"):
        with pytest.raises(InputError, match="does not overlap"):
            marked(path, GRIDS[name])
