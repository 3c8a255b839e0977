"""Whole maps over 180 degrees and at a pole: both dates meet, and all areas of a map are those of its pixels."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from affine import Affine
from numpy.typing import NDArray

from benchmarks.pixel_areas import WGS84, Case, block_area
from qgis_ddpm.core import run
from qgis_ddpm.core.pairs.pair import Pair
from qgis_ddpm.errors import InputError
from qgis_ddpm.events import Result
from qgis_ddpm.jobs import DetectChanges

HEIGHT, WIDTH = 120, 160
ROWS, COLUMNS = slice(20, 60), slice(90, 140)


def write(path: Path, pixels: NDArray[Any], crs: str, transform: Affine) -> str:
    count, height, width = pixels.shape
    shape = {"count": count, "height": height, "width": width, "dtype": pixels.dtype.name}
    with rasterio.open(path, "w", "GTiff", crs=crs, transform=transform, photometric="minisblack", **shape) as file:
        file.write(pixels)
    return str(path)


def dates() -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    rng = np.random.default_rng(0)
    before = rng.integers(60, 90, (2, HEIGHT, WIDTH)).astype(np.uint8)
    after = before + rng.integers(0, 2, before.shape).astype(np.uint8)
    after[:, ROWS, COLUMNS] += 90
    return before, after


@pytest.mark.parametrize(
    ("crs", "transform"),
    [
        ("EPSG:3413", Affine(25000, 0, -2e6, 0, -25000, 1.5e6)),
        ("EPSG:3976", Affine(20000, 5000, -2e6, 5000, -20000, 1.5e6)),
        ("EPSG:4326", Affine(0.1, 0, 172, 0, -0.1, 75)),
        ("EPSG:32760", Affine(30, 0, 819000, 0, -30, 8120000)),
    ],
)
def test_all_areas_of_a_map_are_those_of_its_pixels(tmp_path: Path, crs: str, transform: Affine) -> None:
    case = Case("map", crs, transform, WIDTH, HEIGHT, "EPSG:4326", WGS84)
    true = block_area(case, ROWS.start, COLUMNS.start, 40, 50)
    whole = sum(block_area(case, row, col, 60, 80) for row in (0, 60) for col in (0, 80))
    paths = [write(tmp_path / f"{i}.tif", date, crs, transform) for i, date in enumerate(dates())]

    def detect(min_area: float) -> dict[str, Any]:
        outputs = {"output": str(tmp_path / "o.tif"), "polygons": str(tmp_path / "p.geojson")}
        # Low enough for all of the change; what else reaches it are single pixels.
        job = DetectChanges(before=paths[0], after=paths[1], method="cva", threshold=0.82, min_area=min_area, **outputs)
        *_, last = run(job)
        assert isinstance(last, Result)
        return last.outputs

    found = detect(true * 0.999)
    assert found["CHANGED_AREA"] == pytest.approx(true, rel=1e-3)
    assert found["CHANGED_SHARE"] == pytest.approx(true / whole, rel=1e-3)
    features = json.loads((tmp_path / "p.geojson").read_text())["features"]
    assert [feature["properties"]["area_m2"] for feature in features] == [pytest.approx(true, rel=1e-3)]
    assert detect(true * 1.001)["CHANGED_AREA"] == 0


@pytest.mark.parametrize("turned", [False, True])
def test_dates_in_two_turns_are_one_place(tmp_path: Path, turned: bool) -> None:
    pixels = np.random.default_rng(0).integers(1, 200, (1, 90, 180)).astype(np.uint8)
    west = write(tmp_path / "w.tif", pixels, "EPSG:4326", Affine(2, 0, -180, 0, -2, 90))
    east = write(tmp_path / "e.tif", np.roll(pixels, 90, axis=2), "EPSG:4326", Affine(2, 0, 0, 0, -2, 90))
    part = write(tmp_path / "p.tif", pixels[:, :, :20], "EPSG:4326", Affine(2, 0, 180, 0, -2, 90))
    with Pair.open(*((east, west) if turned else (west, east))) as pair:
        assert pair.window == (0, 0, 90, 180)
        before, after, valid = pair.read(*pair.window)
        assert valid.all()
        assert (before == after).all()
    with Pair.open(west, part, align=False) as pair:
        assert pair.window == (0, 0, 90, 20)
    with Pair.open(part, west, align=False) as pair:
        before, after, valid = pair.read(*pair.window)
        assert valid.all()
        assert (before == after).all()


def test_dates_apart_in_every_turn_are_refused(tmp_path: Path) -> None:
    pixels = np.ones((1, 10, 10), np.uint8)
    here = write(tmp_path / "a.tif", pixels, "EPSG:4326", Affine(1, 0, 175, 0, -1, 70))
    there = write(tmp_path / "b.tif", pixels, "EPSG:4326", Affine(1, 0, -170, 0, -1, 70))
    plane = write(tmp_path / "c.tif", pixels, "EPSG:32605", Affine(1000, 0, 5e5, 0, -1000, 7.5e6))
    for other in (there, plane):
        with pytest.raises(InputError, match="do not overlap"):
            Pair.open(here, other)
