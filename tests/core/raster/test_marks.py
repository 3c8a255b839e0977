"""Marks of masks: codes, bits and presets of quality bands, polygons, other grids."""

import json

import numpy as np
import pytest
import rasterio
from affine import Affine

from qgis_ddpm.core.raster.grid import Grid, parse_crs
from qgis_ddpm.core.raster.masks.hidden import hides
from qgis_ddpm.core.raster.masks.marks import open_marks
from qgis_ddpm.errors import InputError, JobError
from qgis_ddpm.mask_values import PRESETS, MaskValues, mask_values

GRID = Grid(Affine(10, 0, 500000, 0, -10, 5000000), 40, 30, parse_crs("EPSG:32633"))


@pytest.fixture
def raster(tmp_path):
    def make(numbers, grid=GRID, **more):
        profile = {"driver": "GTiff", "count": 1, "height": numbers.shape[0], "width": numbers.shape[1]}
        profile |= {"dtype": numbers.dtype.name, "crs": grid.crs, "transform": grid.transform, **more}
        with rasterio.open(tmp_path / "m.tif", "w", **profile) as file:
            file.write(numbers[None])
        return str(tmp_path / "m.tif")

    return make


def test_texts_are_codes_bits_and_presets():
    assert mask_values("MASK_VALUES", "3, 8;9") == MaskValues((3, 8, 9), ())
    assert mask_values("MASK_VALUES", "bit3,BIT10,5") == MaskValues((5,), (3, 10))
    assert mask_values("MASK_VALUES", "landsat-qa,7") == MaskValues((7,), (0, 1, 2, 3, 4))
    assert mask_values("MASK_VALUES", None).all_but_zero
    for text in ("cloud", "bit", "bit24", "-1", "1.5", "bit-2", ",", "²"):
        with pytest.raises(JobError, match="MASK_VALUES"):
            mask_values("MASK_VALUES", text)


def test_the_presets_hide_what_the_products_call_clouds():
    # Landsat Collection 2, QA_PIXEL: clear land, clear water, cloud, shadow, cirrus, dilated cloud, fill.
    landsat = np.array([21824, 21952, 22280, 23888, 54596, 21826, 1])
    assert hides(landsat, mask_values("M", "landsat-qa")).tolist() == [False, False, *[True] * 5]
    classes = hides(np.arange(12), mask_values("M", "sentinel2-scl"))
    assert np.flatnonzero(classes).tolist() == [0, 1, 3, 8, 9, 10]
    assert set(PRESETS) == {"landsat-qa", "sentinel2-scl"}


def test_a_raster_on_another_grid_is_read_and_beyond_it_nothing_is_marked(raster):
    coarse = Grid(Affine(20, 0, 500000, 0, -20, 5000000), 20, 15, GRID.crs)
    numbers = np.full((15, 20), 4, np.uint8)
    numbers[2:4, 5:7] = 9
    with open_marks("MASK", raster(numbers, coarse), GRID, mask_values("M", "0,9")) as marks:
        marked = marks.read((-5, -5, 40, 50))
    assert marked.sum() == 16
    assert marked[5 + 4 : 5 + 8, 5 + 10 : 5 + 14].all()


def test_without_values_all_but_0_is_marked_and_grows_in_a_circle(raster):
    numbers = np.zeros((30, 40), np.float32)
    numbers[15, 20] = 0.5
    with open_marks("MASK", raster(numbers), GRID, MaskValues(), grow_px=2) as marks:
        assert marks.read((0, 0, 30, 40)).sum() == 13
        # A window beside the mark sees how it grows.
        assert marks.read((17, 0, 13, 40)).sum() == 1


def test_polygons_are_marked_inside(tmp_path):
    ring = [[500100.0, 4999900.0], [500200.0, 4999900.0], [500200.0, 4999800.0], [500100.0, 4999800.0]]
    content = {
        "type": "FeatureCollection",
        "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32633"}},
        "features": [
            {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}}
        ],
    }
    (tmp_path / "m.geojson").write_text(json.dumps(content))
    with open_marks("MASK", str(tmp_path / "m.geojson"), GRID, MaskValues()) as marks:
        assert marks.read((0, 0, 30, 40)).sum() == 100


def test_a_mask_of_another_place_is_refused(raster):
    far = Grid(Affine(10, 0, 700000, 0, -10, 5000000), 40, 30, GRID.crs)
    with (
        pytest.raises(InputError, match=r"MASK .* does not overlap"),
        open_marks("MASK", raster(np.ones((30, 40), np.uint8), far), GRID, mask_values("M", "1")),
    ):
        pass
