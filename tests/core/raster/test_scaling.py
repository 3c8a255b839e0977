"""Scaling: robust ranges, an inverse that loses nothing, and no pixel that turns into nodata."""

import json
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest
from affine import Affine

from qgis_ddpm.card import BandScaling
from qgis_ddpm.core.raster.grid import Grid
from qgis_ddpm.core.raster.scaling import UNIT_LIMIT, from_unit, measure_scaling, normalized, to_unit
from qgis_ddpm.core.raster.source import RasterSource
from qgis_ddpm.errors import InputError
from tests.core.makers.rasters import written


def write(path: Path, pixels: np.ndarray, nodata: float | None = None) -> str:
    grid = Grid(Affine.identity(), pixels.shape[2], pixels.shape[1], None)
    with written(str(path), grid, len(pixels), pixels.dtype.name, nodata=nodata) as writer:
        writer.write(0, 0, pixels)
    return str(path)


def test_the_range_is_that_of_the_valid_pixels_without_the_rarest(tmp_path: Path) -> None:
    pixels = np.random.default_rng(0).normal(1000, 100, (2, 600, 600)).astype(np.float32)
    pixels[1] *= 10
    pixels[:, :, :50] = -9999
    pixels[0, ::50, ::50] = 1e6
    with RasterSource(write(tmp_path / "a.tif", pixels, nodata=-9999)) as source:
        first, second = measure_scaling([source], seed=0)
        assert (first, second) == measure_scaling([source], seed=0)
    assert abs(first.low - (1000 - 309)) < 12
    assert abs(first.high - (1000 + 309)) < 25
    assert abs(second.low - 6910) < 120
    assert abs(second.high - 13090) < 120
    assert first.name == "band 1"
    assert first.dtype == "float32"
    assert first.nodata == -9999


@pytest.mark.parametrize("nodata", [np.nan, np.inf])
def test_a_card_can_hold_what_a_raster_with_nan_for_nodata_gives(tmp_path: Path, nodata: float) -> None:
    pixels = np.random.default_rng(0).normal(1000, 100, (1, 60, 60)).astype(np.float32)
    pixels[:, :, :20] = nodata
    with RasterSource(write(tmp_path / "a.tif", pixels, nodata=nodata)) as source:
        (band,) = measure_scaling([source], seed=0)
    assert band.nodata is None
    assert 500 < band.low < band.high < 1500
    json.dumps(asdict(band), allow_nan=False)


def test_all_sources_count_and_types_are_widened(tmp_path: Path) -> None:
    low = write(tmp_path / "low.tif", np.random.default_rng(0).integers(0, 100, (1, 50, 50)).astype(np.uint8))
    high = write(tmp_path / "high.tif", np.random.default_rng(1).integers(900, 1000, (1, 50, 50)).astype(np.int16))
    with RasterSource(low) as a, RasterSource(high) as b:
        (scaling,) = measure_scaling([a, b], seed=0)
    assert 0 <= scaling.low < 3
    assert 997 < scaling.high <= 999
    assert scaling.dtype == "int16"


def test_flat_bands_and_rare_values_have_a_range(tmp_path: Path) -> None:
    pixels = np.full((2, 300, 300), 7, dtype=np.uint8)
    pixels[1, 100:104, 100:104] = 9
    with RasterSource(write(tmp_path / "a.tif", pixels)) as source:
        flat, rare = measure_scaling([source], seed=0)
    assert (flat.low, flat.high) == (6.5, 7.5)
    assert (rare.low, rare.high) in ((7, 9), (6.5, 7.5))
    assert to_unit(np.full((2, 1, 1), 7, dtype=np.float32), (flat, rare))[0] == 0


def test_the_few_valid_pixels_of_a_strip_are_found(tmp_path: Path) -> None:
    pixels = np.zeros((1, 1500, 1500), dtype=np.uint16)
    pixels[0, 777, 3:60] = np.arange(57) + 100
    with RasterSource(write(tmp_path / "a.tif", pixels, nodata=0)) as source:
        (scaling,) = measure_scaling([source], seed=0)
    assert 100 <= scaling.low < 101
    assert 155 < scaling.high <= 156


def test_sources_without_valid_pixels_or_of_other_bands_are_refused(tmp_path: Path) -> None:
    empty = write(tmp_path / "empty.tif", np.zeros((1, 40, 40), dtype=np.uint8), nodata=0)
    other = write(tmp_path / "other.tif", np.ones((2, 40, 40), dtype=np.uint8))
    with RasterSource(empty) as a, RasterSource(other) as b:
        with pytest.raises(InputError, match=r"empty.tif has no valid pixel"):
            measure_scaling([a], seed=0)
        with pytest.raises(InputError, match=r"other.tif has 2 bands and .*empty.tif 1"):
            measure_scaling([a, b], seed=0)


@pytest.mark.parametrize("dtype", ["uint8", "int16", "uint16", "int32", "float32", "float64"])
def test_there_and_back_loses_nothing(dtype: str) -> None:
    pixels = np.random.default_rng(0).integers(0, 120, (3, 20, 20)).astype(dtype)
    scalings = tuple(BandScaling(str(i), dtype, 3.0 * i, 90.0 + i) for i in range(3))
    unit = to_unit(pixels.astype(np.float32), scalings)
    assert unit.dtype == np.float32
    assert unit.min() < -1
    assert unit.max() > 1
    assert np.abs(unit[1] - ((pixels[1] - 3.0) / 88 * 2 - 1)).max() < 1e-6
    back = from_unit(unit, scalings, dtype)
    assert back.dtype == np.dtype(dtype)
    assert np.abs(back - pixels.astype(np.float64)).max() < 1e-4


@pytest.mark.parametrize(
    ("dtype", "nodata", "low", "high", "expected"),
    [
        ("uint8", 0, 0, 255, [1, 128, 255]),
        ("uint8", 255, 0, 255, [0, 128, 254]),
        ("uint8", 128, 0, 255, [0, 129, 255]),
        ("uint8", -1, 0, 255, [0, 128, 255]),
        ("uint8", 0.5, 0, 255, [0, 128, 255]),
        ("uint8", None, -100, 400, [0, 150, 255]),
        ("int16", -32768, -40000, 40000, [-32767, 0, 32767]),
        ("uint64", None, 0, 3e19, [0, 1.5e19, 1.8446744073709550e19]),
        ("float32", 0.0, -1, 1, [-1, 2.0**-149, 1]),
        ("float32", float("nan"), -1, 1, [-1, 0, 1]),
    ],
)
def test_results_stay_in_the_type_and_are_never_nodata(
    dtype: str, nodata: float | None, low: float, high: float, expected: list[float]
) -> None:
    x = np.array([-1, 0, 1], dtype=np.float32).reshape(1, 1, 3)
    found = from_unit(x, (BandScaling("", dtype, low, high),), dtype, nodata)
    assert found.dtype == np.dtype(dtype)
    assert found.ravel().astype(np.float64) == pytest.approx(np.array(expected), rel=1e-6, abs=0)


def test_a_network_sees_the_mean_of_the_valid_pixels_where_there_are_none() -> None:
    scalings = (BandScaling("a", "uint8", 0, 200), BandScaling("b", "uint8", 100, 200))
    pixels = np.array([[[0, 100], [200, 9999]], [[100, 150], [250, 0]]], dtype=np.float32)
    valid = np.array([[[True, True], [True, False]]])
    seen = normalized(pixels, valid, scalings)
    assert seen.dtype == np.float32
    assert seen[0].tolist() == [[-1, 0], [1, 0]]
    # 250 lies at 2, where it is cut; the mean is taken of what is left.
    assert seen[1].tolist() == [[-1, 0], [2, pytest.approx(1 / 3)]]
    assert normalized(pixels, None, scalings)[:, 1, 1].tolist() == [UNIT_LIMIT, -UNIT_LIMIT]
    assert not normalized(pixels, np.zeros_like(valid), scalings).any()
