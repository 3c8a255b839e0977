"""Tiles lie side by side where all is valid, dates of a place stay together, reading in parts changes nothing."""

import gzip
import struct

import numpy as np
import pytest
import rasterio
from affine import Affine
from PIL import Image
from rasterio.crs import CRS

from qgis_ddpm.core.quality import tile_sets
from qgis_ddpm.core.quality.scenes import scene_windows, stacks
from qgis_ddpm.core.quality.tile_sets import TileSet, read_tiles
from qgis_ddpm.core.raster.imagery import open_imagery
from qgis_ddpm.errors import InputError

UTM = CRS.from_epsg(32633)


def write(path, array, nodata=None, crs=UTM, west=500_000):
    array = array if array.ndim == 3 else array[None]
    count, height, width = array.shape
    profile = {"count": count, "height": height, "width": width, "dtype": array.dtype, "nodata": nodata}
    place = Affine(10, 0, west, 0, -10, 5_000_000)
    with rasterio.open(path, "w", driver="GTiff", transform=place, crs=crs, **profile) as file:
        file.write(array)
    return str(path)


def imagery(*paths, folder=None, bands=None):
    return open_imagery("TILES", paths, str(folder) if folder else None, bands, lambda path: {})


def finished(work):
    while True:
        try:
            next(work)
        except StopIteration as done:
            return done.value


def numbered(height, width, bands=1):
    """Pixels that tell their row and column."""
    pixels = np.arange(height)[:, None] * 1000 + np.arange(width)
    return np.stack([pixels + 0.5 * band for band in range(bands)]).astype(np.float32)


def test_all_tiles_of_a_mosaic_are_found_once_where_they_are_valid(tmp_path):
    pixels = numbered(40, 33)
    pixels[:, 9, 9] = np.nan
    found = finished(read_tiles(imagery(write(tmp_path / "a.tif", pixels)), 8, 100, 0))
    corners = sorted(found.pixels[:, 0, 0, 0].tolist())
    wanted = [8000.0 * row + 8 * col for row in range(5) for col in range(4) if (row, col) != (1, 1)]
    assert corners == wanted
    for tile in found.pixels:
        np.testing.assert_array_equal(tile, tile[0, 0, 0] + numbered(8, 8))


def test_the_same_seed_gives_the_same_tiles_however_many_are_read_at_once(tmp_path, monkeypatch):
    paths = [write(tmp_path / f"{i}.tif", numbered(64, 64) + 1e6 * i) for i in range(2)]
    first = finished(read_tiles(imagery(*paths), 8, 20, 5))
    monkeypatch.setattr(tile_sets, "ROUND", 7)
    again = finished(read_tiles(imagery(*paths), 8, 20, 5))
    np.testing.assert_array_equal(first.pixels, again.pixels)
    np.testing.assert_array_equal(first.groups, again.groups)
    assert len(first) == 20
    other = finished(read_tiles(imagery(*paths), 8, 20, 6))
    assert not np.array_equal(first.pixels, other.pixels)


def test_dates_of_a_place_share_a_group_also_where_their_extents_differ(tmp_path):
    before = write(tmp_path / "before.tif", numbered(32, 32))
    after = write(tmp_path / "after.tif", numbered(32, 32), west=500_000 + 80)
    found = finished(read_tiles(imagery(before, after), 8, 100, 0))
    assert len(found) == 32
    assert len(np.unique(found.groups)) == 20


def test_tiles_of_one_image_share_a_group_and_small_images_give_none(tmp_path):
    for name, side in (("a", 16), ("b", 20), ("small", 7)):
        Image.fromarray(np.full((side, side, 3), side, np.uint8)).save(tmp_path / f"{name}.png")
    found = finished(read_tiles(imagery(folder=tmp_path), 8, 100, 0))
    assert found.pixels.shape == (8, 3, 8, 8)
    for side in (16, 20):
        assert len(np.unique(found.groups[found.pixels[:, 0, 0, 0] == side])) == 1
    assert imagery(folder=tmp_path).smallest_side == 7
    assert imagery(folder=tmp_path).largest_tile == 20


def test_idx_files_are_tiles(tmp_path):
    digits = np.random.default_rng(0).integers(0, 255, (5, 28, 28), np.uint8)
    with gzip.open(tmp_path / "train-images-idx3-ubyte.gz", "wb") as file:
        file.write(struct.pack(">IIII", 0x803, *digits.shape) + digits.tobytes())
    found = finished(read_tiles(imagery(folder=tmp_path), 28, 100, 0))
    assert sorted(found.pixels.sum(axis=(1, 2, 3))) == sorted(digits.sum(axis=(1, 2)))
    assert len(np.unique(found.groups)) == 5


def test_imagery_of_different_bands_is_refused(tmp_path):
    write(tmp_path / "one.tif", numbered(16, 16))
    write(tmp_path / "two.tif", numbered(16, 16, bands=2))
    with pytest.raises(InputError, match="BANDS"):
        finished(read_tiles(imagery(folder=tmp_path), 8, 100, 0))


def test_no_valid_tile_is_told(tmp_path):
    path = write(tmp_path / "a.tif", np.zeros((16, 16), np.uint8), nodata=0)
    with pytest.raises(InputError, match="no tile of 8 px"):
        finished(read_tiles(imagery(path), 8, 100, 0))


def test_halves_share_no_group():
    groups = np.repeat(np.arange(20), 3)
    tiles = TileSet(np.zeros((60, 1, 8, 8), np.float32), groups)
    first, second = tiles.halves(np.random.default_rng(0))
    assert not set(groups[first]) & set(groups[second])
    assert sorted([*first, *second]) == list(range(60))
    assert abs(len(first) - len(second)) <= 6
    again, _ = tiles.halves(np.random.default_rng(0))
    np.testing.assert_array_equal(first, again)


def test_one_group_is_cut_all_the_same():
    tiles = TileSet(np.zeros((31, 1, 8, 8), np.float32), np.zeros(31, np.int64))
    first, second = tiles.halves(np.random.default_rng(0))
    assert {len(first), len(second)} == {15, 16}


@pytest.mark.parametrize("shape", [(8, 8), (23, 61), (50, 16)])
def test_every_place_of_a_tile_lies_within_a_scene(tmp_path, shape):
    found = imagery(write(tmp_path / "a.tif", numbered(*shape)))
    tile_px = 8
    places = set()
    for stack in stacks(found, scene_windows(found, tile_px)):
        for scene in stack:
            for row in range(scene.shape[1] - tile_px + 1):
                places |= set(scene[0, row, : scene.shape[2] - tile_px + 1].tolist())
    pixels = numbered(*shape)[0]
    assert places == set(pixels[: shape[0] - tile_px + 1, : shape[1] - tile_px + 1].ravel().tolist())


def test_a_scene_with_few_valid_pixels_is_left_out_and_gaps_get_the_mean(tmp_path):
    pixels = numbered(8, 8) + 1
    pixels[0, :2] = 0
    empty = numbered(8, 8) * 0
    paths = [write(tmp_path / "a.tif", pixels, nodata=0), write(tmp_path / "b.tif", empty, nodata=0)]
    found = imagery(*paths)
    (stack,) = stacks(found, scene_windows(found, 8))
    assert stack.shape == (1, 1, 8, 8)
    assert np.abs(stack[0, 0, :2] - pixels[0, 2:].mean()).max() < 1e-2


def test_the_file_that_differs_and_the_band_without_data_are_named(tmp_path):
    paths = write(tmp_path / "one.tif", numbered(16, 16)), write(tmp_path / "two.tif", numbered(16, 16, 2))
    with pytest.raises(InputError, match=r"two\.tif has 2 bands and .*one\.tif 1"):
        finished(read_tiles(imagery(*paths), 8, 10, 0))
    pixels = numbered(16, 16, 2)
    pixels[1] = np.nan
    with pytest.raises(InputError, match="band 2 of"):
        finished(read_tiles(imagery(write(tmp_path / "dead.tif", pixels)), 8, 10, 0))
