"""The sentence on a raster without a valid pixel names what hides them."""

import numpy as np
import pytest
import rasterio
from affine import Affine

from qgis_ddpm.core.raster.findings import nothing_valid
from qgis_ddpm.core.raster.findings.nothing_valid import why_nothing_valid
from qgis_ddpm.core.raster.scaling import measure_scaling
from qgis_ddpm.core.raster.source import RasterSource
from qgis_ddpm.errors import InputError


def write(path, pixels, names=None, nodata=None):
    count, height, width = pixels.shape
    shape = {"count": count, "height": height, "width": width, "dtype": pixels.dtype.name, "nodata": nodata}
    place = {"crs": "EPSG:32633", "transform": Affine(10, 0, 500000, 0, -10, 5000000)}
    with rasterio.open(path, "w", "GTiff", photometric="minisblack", alpha="no", **shape, **place) as file:
        file.write(pixels)
        if names:
            file.descriptions = names
    return str(path)


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch):
    monkeypatch.setattr(nothing_valid, "BLOCK_PX", 16)


def pixels():
    return np.random.default_rng(0).integers(1, 200, (4, 40, 50)).astype(np.int16)


@pytest.mark.parametrize(
    ("bands", "words"), [(None, "band 3 (B3)"), ((4, 3), "band 3 (B3)"), ((3,), "nothing but nodata")]
)
def test_a_band_without_data_is_named(tmp_path, bands, words):
    found = pixels()
    found[2] = 0
    with RasterSource(write(tmp_path / "a.tif", found, ("B1", "B2", "B3", "B4"), 0), bands) as source:
        assert words in why_nothing_valid(source)
        with pytest.raises(InputError, match=r"a\.tif"):
            measure_scaling([source], 0)


def test_bands_whose_data_never_meet(tmp_path):
    found = pixels()
    found[0, :20], found[1, 20:] = 0, 0
    with RasterSource(write(tmp_path / "a.tif", found, nodata=0)) as source:
        assert "at once" in why_nothing_valid(source)


def test_a_mask_that_hides_all_is_named(tmp_path):
    mask = write(tmp_path / "qa.tif", np.full((1, 40, 50), 21824, np.uint16))
    with RasterSource(write(tmp_path / "a.tif", pixels()), mask=mask) as source:
        why = why_nothing_valid(source, mask="MASK_AFTER")
    assert why.startswith("MASK_AFTER")
    assert "qa.tif" in why


def test_a_mask_and_a_bad_band_are_told_apart(tmp_path):
    found = pixels()
    found[1] = 0
    mask = write(tmp_path / "m.tif", np.ones((1, 40, 50), np.uint8))
    with RasterSource(write(tmp_path / "a.tif", found, nodata=0), mask=mask) as source:
        assert "band 2" in why_nothing_valid(source)


def test_one_valid_pixel_is_no_cause_and_windows_are_kept_to(tmp_path):
    found = pixels()
    found[:] = 0
    found[:, 39, 49] = 5
    with RasterSource(write(tmp_path / "a.tif", found, nodata=0)) as source:
        assert why_nothing_valid(source) is None
        assert "nodata in EXTENT" in why_nothing_valid(source, (0, 0, 39, 49), place=" in EXTENT")


def test_looking_leaves_the_raster_as_it_is(tmp_path):
    with RasterSource(write(tmp_path / "a.tif", pixels())) as source:
        before = source.read(0, 0, 40, 50)
        why_nothing_valid(source)
        assert (source.read(0, 0, 40, 50)[0] == before[0]).all()
        assert source.bands == (1, 2, 3, 4)
