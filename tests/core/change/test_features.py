"""The windows that statistics are taken from, and what a job costs."""

from pathlib import Path

import numpy as np
import pytest
import rasterio
import torch
from affine import Affine

from qgis_ddpm.card import BandScaling
from qgis_ddpm.core.change import features as feature_change
from qgis_ddpm.core.change.features import FeatureChange, _valid_shares, sample_windows
from qgis_ddpm.core.change.scores import ScoringSettings
from qgis_ddpm.core.pairs.pair import Pair
from qgis_ddpm.core.pairs.windows import normalized_dates, place_noise, read_row
from qgis_ddpm.core.raster.lattice import usual_lattice
from tests.core.makers.small_model import save_small_model

BANDS = (BandScaling("band 1", "uint8", 0.0, 200.0),)
LATTICE = usual_lattice(32)


def open_pair(tmp_path: Path, pixels: np.ndarray) -> Pair:
    """One raster as both dates."""
    path = str(tmp_path / "a.tif")
    place = {"crs": "EPSG:32618", "transform": Affine(30, 0, 600000, 0, -30, 4500000), "nodata": 0}
    height, width = pixels.shape
    with rasterio.open(path, "w", "GTiff", width, height, 1, dtype="uint8", **place) as dataset:
        dataset.write(pixels, 1)
    return Pair.open(path, path)


def test_sample_windows_are_few_valid_and_spread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feature_change, "MAX_WINDOWS", 20)
    pixels = np.full((300, 400), 9, dtype=np.uint8)
    pixels[:, :200] = 0
    with open_pair(tmp_path, pixels) as pair:
        tiles = list(sample_windows(pair, LATTICE))
    assert len(tiles) == 20
    assert all(tile.valid.mean() > 0.5 for tile in tiles)
    assert len({(tile.row, tile.col) for tile in tiles}) == 20


def test_sample_windows_make_do_with_little(tmp_path: Path) -> None:
    pixels = np.zeros((300, 400), dtype=np.uint8)
    pixels[100:104, 200:204] = 9
    with open_pair(tmp_path, pixels) as pair:
        tiles = list(sample_windows(pair, LATTICE))
    assert tiles
    assert all(tile.valid.any() for tile in tiles)


def test_count_of_network_calls(tmp_path: Path) -> None:
    save_small_model(tmp_path / "model.safetensors", 1)
    settings = ScoringSettings(overlap_px=8, draws=3, noise_levels=(0.1, 0.7))
    method = FeatureChange(settings, str(tmp_path / "model.safetensors"))
    with open_pair(tmp_path, np.ones((80, 56), dtype=np.uint8)) as pair:
        # Windows start at 0, 24, 48 and 0, 24: the others would see nothing new.
        assert method.count_windows(pair, pair.window) == 3 * 2 * 2 * 3 * 2


@pytest.mark.parametrize("block_px", [16, 70, 1000])
def test_windows_of_a_row_are_those_of_the_raster(tmp_path: Path, block_px: int) -> None:
    pixels = np.random.default_rng(0).integers(1, 200, (40, 100)).astype(np.uint8)
    padded = np.zeros((64, 160), dtype=np.uint8)
    padded[:40, :100] = pixels
    with open_pair(tmp_path, pixels) as pair:
        tiles = list(read_row(pair, 32, 24, [0, 24, 48, 72], block_px))
    assert [tile.col for tile in tiles] == [0, 24, 48, 72]
    for tile in tiles:
        expected = padded[24:56, tile.col : tile.col + 32]
        assert (tile.before[0] == expected).all()
        assert (tile.valid == (expected > 0)).all()


def test_tiles_are_scaled_filled_and_get_the_noise_of_their_place(tmp_path: Path) -> None:
    pixels = np.full((40, 40), 150, dtype=np.uint8)
    with open_pair(tmp_path, pixels) as pair:
        tiles = [*read_row(pair, 32, 0, [0, 24], 64)]
        before, after = normalized_dates(tiles, BANDS)
        noise = place_noise(pair, tiles, 0, 0)
    assert (before == 0.5).all()
    assert (after == 0.5).all()
    assert (noise[0, :, :, 24:] == noise[1, :, :, :8]).all()


def test_positions_of_a_map_need_all_their_pixels() -> None:
    valid = torch.ones(1, 1, 10, 8)
    valid[0, 0, 5, 5] = 0
    found = _valid_shares(valid, torch.Size((5, 4)))[0] > 1 - 1e-6
    expected = torch.ones(5, 4, dtype=torch.bool)
    expected[2, 2] = False
    assert (found == expected).all()
