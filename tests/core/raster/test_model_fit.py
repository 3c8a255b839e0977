"""How far a raster is from a model's training, by bands, pixels and range."""

from dataclasses import replace

import numpy as np
import pytest
from affine import Affine
from rasterio.crs import CRS

from qgis_ddpm.card import BandScaling
from qgis_ddpm.core.raster.findings.model_fit import band_reasons, pixel_reasons, range_reasons
from qgis_ddpm.core.raster.grid import Grid
from tests.core.makers.labelled import model_card

UTM = CRS.from_epsg(32633)


def card(names=("B2", "B3", "B4"), dtype="uint16", low=200.0, high=3200.0, size=10.0, crs=UTM):
    bands = tuple(BandScaling(name, dtype, low, high) for name in names)
    place = (size, 0.0, 500000.0, 0.0, -size, 5000000.0) if crs else None
    return replace(model_card(3), bands=bands, transform=place, crs=crs.to_wkt() if crs else None)


def grid(size, crs=UTM, left=500000, top=5000000):
    return Grid(Affine(size, 0, left, 0, -size, top), 100, 100, crs)


def test_bands():
    model = card()
    assert band_reasons(model, 3, ("B2", "B3", "B4"), ("uint16",) * 3) == []
    assert band_reasons(model, 3, (None,) * 3, ("uint16",) * 3) == []
    assert "B2 and B8" in band_reasons(model, 3, ("B8", "B3", "B4"), ("uint16",) * 3)[0]
    assert "uint8" in band_reasons(model, 3, (None,) * 3, ("uint8",) * 3)[0]
    assert "3 bands and the raster 4" in band_reasons(model, 4, (None,) * 3, ("uint16",) * 3)[0]
    # The model's bands by name, and one more.
    assert band_reasons(model, 4, ("B2", "B3", "B4"), ("uint16",) * 3) == []
    digits = card(names=("grey",), dtype="uint8", low=0, high=255, crs=None)
    assert "1 band and the raster 4" in band_reasons(digits, 4, (None,), ("uint8",))[0]


@pytest.mark.parametrize(("size", "far"), [(10, False), (25, False), (4, False), (31, True), (3, True), (0.6, True)])
def test_pixels_in_metres(size, far):
    assert bool(pixel_reasons(card(), grid(size))) == far


def test_pixels_of_another_unit_are_compared_in_metres():
    # Ten metres in degrees, at 45 degrees of latitude, and 30 feet.
    assert pixel_reasons(card(), grid(1e-4, CRS.from_epsg(4326), 15, 45)) == []
    assert pixel_reasons(card(), grid(30, CRS.from_epsg(2263), 980000, 200000)) == []
    assert pixel_reasons(card(), grid(1e-2, CRS.from_epsg(4326), 15, 45)) != []


def test_pixels_without_a_place_say_nothing():
    assert pixel_reasons(card(crs=None), grid(500)) == []
    assert pixel_reasons(card(), grid(500, None)) == []
    assert pixel_reasons(replace(card(), crs="no CRS at all"), grid(500)) == []


def test_ranges():
    random = np.random.default_rng(0)
    inside = random.uniform(200, 3200, (1000, 3)).astype(np.float32)
    assert range_reasons(card(), inside) == []
    # A fifth beyond is a season; a band that lies elsewhere is another sensor.
    other = inside.copy()
    other[:400, 1] += 5000
    assert "40% of the pixels of band 2" in range_reasons(card(), other)[0]
    assert "band" in range_reasons(card(), inside / 10000)[0]


def test_numbers_that_fill_next_to_nothing_of_the_range():
    reflectance = np.random.default_rng(0).uniform(0, 1, (1000, 3)).astype(np.float32)
    assert "fill only" in range_reasons(card(low=0, high=10000), reflectance)[0]
    # One flat band of several is no other unit.
    mixed = np.concatenate([reflectance[:, :1], 10000 * reflectance[:, 1:]], axis=1)
    assert range_reasons(card(low=0, high=10000), mixed) == []
