"""Fills that no tag declares: which are told, and what is no fill."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from qgis_ddpm.core.gdal.fills import FillWatch, fill_notes

NOTHING = np.zeros((100, 100), bool)


def noise(count: int, dtype: str, seed: int = 0) -> NDArray[Any]:
    values = np.random.default_rng(seed).normal(120, 20, (count, 100, 100)).clip(20, 230)
    return values.astype(dtype)


def watched(pixels: NDArray[Any], beyond: NDArray[np.bool_] = NOTHING) -> FillWatch:
    watch = FillWatch()
    for half in (np.s_[:50], np.s_[50:]):
        watch.add(pixels[:, half], ~beyond[half], beyond[half])
    return watch


@pytest.mark.parametrize(
    ("dtype", "value"),
    [("uint8", 0), ("uint8", 255), ("uint16", 0), ("uint16", 65535), ("int16", -32768), ("int16", -9999), ("int32", -1),
     ("float32", -9999), ("float32", 0), ("float64", 99999), ("float32", 1e20)],
)  # fmt: skip
@pytest.mark.parametrize("count", [1, 4])
def test_a_fill_is_told_with_its_share(dtype: str, value: float, count: int) -> None:
    pixels = noise(count, dtype)
    pixels[:, 10:40, :20] = value
    ((found, share),) = watched(pixels).found()
    assert found == pytest.approx(value)
    assert share == pytest.approx(0.06)


def test_two_fills_are_both_told() -> None:
    pixels = noise(3, "uint16")
    pixels[:, :10], pixels[:, 90:] = 0, 65535
    assert watched(pixels).found() == [(0, 0.1), (65535, 0.1)]


def test_zero_is_told_where_noise_goes_below_it() -> None:
    pixels = noise(4, "float32")
    pixels[:, :10], pixels[2, 50, 50] = 0, -0.5
    assert watched(pixels).found() == [(0.0, 0.1)]


@pytest.mark.parametrize("dtype", ["uint8", "float32"])
def test_what_is_no_fill_is_not_told(dtype: str) -> None:
    plain = noise(4, dtype)
    assert watched(plain).found() == []
    rare = plain.copy()
    rare[:, 0, :90] = 0
    assert watched(rare).found() == []
    one_band = plain.copy()
    one_band[1, :30] = 0
    assert watched(one_band).found() == []
    middle = plain.copy()
    middle[:, :30] = 120
    assert watched(middle).found() == []


def test_few_classes_of_one_band_are_no_fill() -> None:
    classes = np.random.default_rng(1).integers(0, 10, (1, 100, 100)).astype(np.uint8)
    assert watched(classes).found() == []


def test_numbers_beyond_all_measurements_are_told_and_named_as_left_out() -> None:
    pixels, beyond = noise(2, "float32"), NOTHING.copy()
    pixels[1, :5], beyond[:5] = -3.4e38, True
    watch = watched(pixels, beyond)
    ((value, share),) = watch.found()
    assert value == pytest.approx(-3.4e38)
    assert share == pytest.approx(0.05)
    (note,) = fill_notes([watch], ["a.tif"])
    assert all(part in note for part in ("a.tif", "nodata", "-3.4", "5.0%", "left out"))
    assert "taken as data" not in note


def test_of_many_rasters_few_sentences_are_said() -> None:
    pixels = noise(2, "uint8")
    pixels[:, :20] = 0
    notes = fill_notes([watched(pixels)] * 9, [f"{number}.tif" for number in range(9)])
    assert len(notes) == 4
    assert notes[-1].startswith("6 more rasters")
