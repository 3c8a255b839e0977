import numpy as np
import pytest
import rasterio

from tools.scene import PIXEL_SIZE_M, make_scene
from tools.scene.landscape import Land, make_landscape


def read(path):
    with rasterio.open(path) as raster:
        return raster.read()


@pytest.mark.parametrize(("size_px", "seed"), [(128, 0), (192, 1), (256, 2), (384, 3)])
def test_a_small_share_changes_in_three_ways(size_px, seed):
    land = make_landscape(size_px, seed)
    assert 0.02 < land.changed.mean() < 0.08
    felled = (land.before == Land.FOREST) & (land.after == Land.CLEARING)
    built = (land.before == Land.FIELD) & np.isin(land.after, (Land.BUILT, Land.ROAD))
    moved = (land.before == Land.WATER) != (land.after == Land.WATER)
    for kind in (felled, built, moved):
        assert kind.mean() > 0.002
    bars = (land.before == Land.SAND) != (land.after == Land.SAND)
    assert not np.any(land.changed & ~(felled | built | moved | bars))


def test_same_arguments_give_the_same_bytes_and_another_seed_another_place(tmp_path):
    first, again, other = (make_scene(tmp_path / name, 96, seed) for name, seed in [("a", 5), ("b", 5), ("c", 6)])
    for name in ("before", "after", "truth"):
        assert getattr(first, name).read_bytes() == getattr(again, name).read_bytes()
        assert getattr(first, name).read_bytes() != getattr(other, name).read_bytes()


@pytest.mark.parametrize("dtype", ["uint8", "uint16", "float32"])
def test_every_dtype_holds_reflectances_on_one_grid(tmp_path, dtype):
    scene = make_scene(tmp_path, 96, dtype=dtype)
    with (
        rasterio.open(scene.before) as before,
        rasterio.open(scene.after) as after,
        rasterio.open(scene.truth) as truth,
    ):
        assert before.dtypes == (dtype,) * 4
        assert before.descriptions == ("Blue", "Green", "Red", "NIR")
        assert before.crs == after.crs == truth.crs == "EPSG:32633"
        assert before.transform == after.transform == truth.transform
        assert before.res == (PIXEL_SIZE_M, PIXEL_SIZE_M)
        pixels = before.read().astype(float)
        unit = {"uint8": 500, "uint16": 10_000, "float32": 1}[dtype]
        plants = (pixels[3] - pixels[2]) / np.maximum(pixels[3] + pixels[2], 1e-6)
        assert 0.05 < np.median(pixels[3]) / unit < 0.5
        assert np.median(plants) > 0.4


def test_truth_is_missing_where_a_date_has_no_data_and_nowhere_else(scene):
    lost = (read(scene.before)[0] == 0) | (read(scene.after)[0] == 0)
    assert 0 < lost.mean() < 0.1
    assert np.array_equal(read(scene.truth)[0] == 255, lost)


def test_season_alters_unchanged_land_so_that_a_plain_difference_misleads(scene):
    before, after, truth = read(scene.before).astype(float), read(scene.after).astype(float), read(scene.truth)[0]
    difference = np.abs(after - before)[3]
    changed, unchanged = difference[truth == 1], difference[truth == 0]
    assert np.median(unchanged) > 150
    assert np.quantile(unchanged, 0.9) > np.quantile(changed, 0.4)
    # The places stay recognisable all the same.
    same = truth == 0
    assert np.corrcoef(before[3][same], after[3][same])[0, 1] > 0.75
