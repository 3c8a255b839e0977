"""Copies are found wherever they were cut, however they were turned; what is new is not called a copy."""

import numpy as np
import pytest

from qgis_ddpm.core.quality.memorisation import COPY_RATIO, copied, find_nearest, memorisation
from qgis_ddpm.core.raster.lattice import dihedral

SCALE = np.ones((2, 1, 1), np.float32)


def texture(count, side, seed):
    """Smooth random fields float32 [count, 2, side, side]."""
    random = np.random.default_rng(seed)
    coarse = random.standard_normal((count, 2, side // 4 + 2, side // 4 + 2)).astype(np.float32)
    fine = coarse.repeat(4, axis=-1).repeat(4, axis=-2)
    found = sum(np.roll(fine, (i, j), (-2, -1)) for i in range(4) for j in range(4)) / 16
    return found[..., :side, :side].astype(np.float32)


def nearest(tiles, stacks, scale=SCALE):
    search = find_nearest(tiles, stacks, scale)
    counts = []
    while True:
        try:
            counts.append(next(search))
        except StopIteration as finished:
            return finished.value, counts


@pytest.mark.parametrize("symmetry", range(8))
def test_a_turned_crop_is_found_and_shown_as_the_tile_is(symmetry):
    scenes = texture(30, 48, 0)
    tiles = np.stack([dihedral(scenes[index, :, 7:23, 11:27], "dihedral", symmetry) for index in (3, 17, 29)])
    found, counts = nearest(tiles, [scenes[:20], scenes[20:]])
    assert counts == [20, 30]
    assert found.scenes == 30
    assert np.abs(found.nearest - tiles).max() < 1e-6
    assert found.ratios.max() < 0.01
    assert copied(found.ratios) == 1


def test_ratios_are_those_of_a_slow_search():
    scenes, tiles = texture(20, 20, 1), texture(3, 16, 2)
    found, _ = nearest(tiles, [scenes])
    for index, tile in enumerate(tiles):
        least = sorted(
            min(
                np.sqrt(np.mean((dihedral(tile, "dihedral", symmetry) - scene[:, row : row + 16, col : col + 16]) ** 2))
                for symmetry in range(8)
                for row in range(5)
                for col in range(5)
            )
            for scene in scenes
        )
        assert abs(found.ratios[index] - least[0] / np.mean(least[5:15])) < 1e-4


def test_a_coarse_copy_with_other_noise_is_a_copy_and_a_new_tile_is_none():
    scenes = texture(40, 192, 3)
    # Two px off the grid of means of four px, where the search is weakest.
    copies = scenes[:10, :, 34:98, 50:114] + 0.1 * np.random.default_rng(0).standard_normal((10, 2, 64, 64))
    found, _ = nearest(copies.astype(np.float32), [scenes])
    assert copied(found.ratios) == 1
    new, _ = nearest(texture(10, 64, 4), [scenes])
    assert copied(new.ratios) == 0
    assert memorisation(found.ratios, new.ratios) == 1
    assert memorisation(new.ratios, new.ratios) <= 0.1
    assert new.ratios.min() > 2 * COPY_RATIO


@pytest.mark.parametrize("side", [100, 102, 107])
def test_a_tile_that_is_no_multiple_of_the_coarse_pixel(side):
    scenes = texture(20, side, 7)
    found, _ = nearest(scenes[5:8, :, side - 100 :, side - 100 :], [scenes])
    assert found.ratios.max() < 1e-3


def test_bands_count_by_their_deviation():
    scenes = texture(20, 16, 5)
    tiles = scenes[:4].copy()
    tiles[:, 1] = texture(4, 16, 6)[:, 1]
    loud = SCALE * np.array([1, 1000])[:, None, None].astype(np.float32)
    assert copied(nearest(tiles, [scenes], loud)[0].ratios) == 1
    assert copied(nearest(tiles, [scenes])[0].ratios) == 0
