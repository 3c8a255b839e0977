"""Patches over strips against labelling in one piece; outlines and polygons against rasterising them again."""

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from affine import Affine
from numpy.typing import NDArray
from rasterio.crs import CRS
from rasterio.features import rasterize
from scipy import ndimage

from qgis_ddpm.core.change.patches import ComponentStream, Sieve, strip_rows
from qgis_ddpm.core.change.polygons import PatchPolygons
from qgis_ddpm.core.raster.grid import Grid
from qgis_ddpm.core.raster.vectors_out import crs_member

Flags = NDArray[np.bool_]
UTM = CRS.from_epsg(32618)
NORTH_UP = Affine(2, 0, 1000, 0, -2, 5000)


def masks() -> Iterator[tuple[str, Flags]]:
    rng = np.random.default_rng(0)
    for density in (0.02, 0.3, 0.6, 0.9):
        yield f"random {density}", rng.random((37, 41)) < density
    yield "nothing", np.zeros((37, 41), dtype=bool)
    yield "everything", np.ones((37, 41), dtype=bool)
    yield "chessboard", np.indices((37, 41)).sum(axis=0) % 2 == 0
    spiral = np.zeros((37, 41), dtype=bool)
    spiral[::4] = True
    spiral[::8, 0] = spiral[4::8, 40] = True
    for top in range(0, 36, 8):
        spiral[top : top + 5, 40] = True
        spiral[top + 4 : top + 9, 0] = True
    yield "snake", spiral
    comb = np.zeros((37, 41), dtype=bool)
    comb[:, ::2] = comb[-1] = True
    yield "comb that joins at the bottom", comb


def polygons_of(path: Path, mask: Flags, rows: int, scores: NDArray[np.float32], grid: Grid) -> list[dict[str, Any]]:
    stream = ComponentStream(grid.width)
    areas = np.arange(1, grid.height + 1, dtype=np.float64)
    with PatchPolygons(str(path), grid) as polygons:
        for row in range(0, grid.height, rows):
            strip = slice(row, row + rows)
            polygons.add(stream.feed(mask[strip], areas[strip], scores[strip]))
        polygons.add(stream.feed(np.zeros((1, grid.width), dtype=bool), np.ones(1)))
    features: list[dict[str, Any]] = json.loads(path.read_text())["features"]
    return features


@pytest.mark.parametrize("rows", [1, 2, 5, 37])
@pytest.mark.parametrize(("mask", "transform"), [(mask, NORTH_UP) for _, mask in masks()], ids=[n for n, _ in masks()])
def test_polygons_are_the_patches(tmp_path: Path, mask: Flags, transform: Affine, rows: int) -> None:
    scores = np.random.default_rng(1).random(mask.shape).astype(np.float32)
    features = polygons_of(tmp_path / "p.geojson", mask, rows, scores, Grid(transform, 41, 37, UTM))
    labels, count = ndimage.label(mask)
    assert [feature["properties"]["id"] for feature in features] == list(range(1, count + 1))
    areas = np.arange(1, 38)[:, None] * np.ones(41)
    for feature in features:
        # Filling the rings of one polygon marks the pixels of one patch, so the holes are right.
        inside = rasterize([feature["geometry"]], mask.shape, transform=transform).astype(bool)
        patch = np.unique(labels[inside])
        assert len(patch) == 1
        assert (inside == (labels == patch[0])).all()
        found = feature["properties"]
        assert found["area_m2"] == pytest.approx(areas[inside].sum())
        assert found["mean_score"] == pytest.approx(scores[inside].mean(), rel=1e-5)
        assert found["max_score"] == pytest.approx(scores[inside].max(), rel=1e-6)


def signed_area(ring: list[list[float]]) -> float:
    return sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in pairwise(ring)) / 2


SOUTH_UP = Affine(2, 0, 1000, 0, 2, 5000)
ROTATED = Affine(1.2, -1.6, 1000, -1.6, -1.2, 5000)


@pytest.mark.parametrize("transform", [NORTH_UP, SOUTH_UP, ROTATED])
@pytest.mark.parametrize("mask", [mask for _, mask in masks()], ids=[name for name, _ in masks()])
def test_rings_are_valid(tmp_path: Path, mask: Flags, transform: Affine) -> None:
    scores = np.zeros(mask.shape, dtype=np.float32)
    for feature in polygons_of(tmp_path / "p.geojson", mask, 5, scores, Grid(transform, 41, 37, UTM)):
        outer, *holes = feature["geometry"]["coordinates"]
        assert signed_area(outer) > 0
        assert all(signed_area(hole) < 0 for hole in holes)
        for ring in (outer, *holes):
            assert ring[0] == ring[-1]
            # A ring that passes a corner twice touches itself.
            assert len({tuple(point) for point in ring}) == len(ring) - 1


def test_an_object_over_strips_is_one_polygon_with_few_corners(tmp_path: Path) -> None:
    mask = np.zeros((64, 64), dtype=bool)
    mask[10:50, 20:40] = True
    features = polygons_of(tmp_path / "p.geojson", mask, 16, mask.astype(np.float32), Grid(NORTH_UP, 64, 64, UTM))
    assert len(features) == 1
    assert len(features[0]["geometry"]["coordinates"][0]) == 5


@pytest.mark.parametrize("rows", [1, 4, 37])
@pytest.mark.parametrize("mask", [mask for _, mask in masks()], ids=[name for name, _ in masks()])
def test_sieve_drops_what_is_smaller(mask: Flags, rows: int) -> None:
    areas = np.linspace(0.5, 1.5, 37)
    sieve = Sieve(41, 4.0)
    for row in range(0, 37, rows):
        sieve.count(mask[row : row + rows], areas[row : row + rows])
    sieve.finish()
    found = np.concatenate([sieve.keep(mask[row : row + rows]) for row in range(0, 37, rows)])
    labels, count = ndimage.label(mask)
    sizes = np.bincount(labels.ravel(), np.repeat(areas, 41), minlength=count + 1)
    sizes[0] = 0
    assert (found == (sizes >= 4)[labels]).all()


def test_sieve_keeps_a_patch_of_exactly_the_least_area() -> None:
    mask = np.ones((3, 3), dtype=bool)
    areas = np.full(3, 0.1)
    sieve = Sieve(3, 0.9)
    sieve.count(mask, areas)
    sieve.finish()
    assert sieve.keep(mask).all()


def test_strips_of_wide_rasters_have_a_row_at_least() -> None:
    assert strip_rows(10**9) == 1
    assert strip_rows(1000) > 1000


def test_crs_of_a_file() -> None:
    assert crs_member(None) is None
    names = [crs_member(CRS.from_epsg(code)) for code in (32618, 4326)]
    assert [member and member["properties"] for member in names] == [
        {"name": "urn:ogc:def:crs:EPSG::32618"},
        {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"},
    ]
    own = crs_member(CRS.from_proj4("+proj=laea +lat_0=10 +lon_0=33.3 +ellps=GRS80"))
    assert "Lambert" in str(own)
