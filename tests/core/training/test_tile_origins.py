"""Places of tiles: valid, inside, and apart for validation."""

import numpy as np
import pytest

from qgis_ddpm.core.training.tile_origins import Cells, blocks_of, cell_px_for, count_cells, split_by_area

TILE = 8


def cells_of(valid, cell_px=1, origin=(0, 0), lattice="map"):
    counts = count_cells(valid, cell_px)
    rows, cols = (blocks_of(size, cell_px, start, TILE) for size, start in zip(counts.shape, origin, strict=True))
    return Cells(cell_px, *valid.shape, counts, lattice, rows, cols)


def starts_of(places, jitter=0):
    row, col = np.divmod(places.cells, places.columns)
    return list(zip(row * places.cell_px + jitter, col * places.cell_px + jitter, strict=True))


def scene(seed=0, shape=(90, 120)):
    valid = np.ones(shape, bool)
    valid[:20, :30] = False
    valid[np.random.default_rng(seed).random(shape) < 0.0005] = False
    return valid


@pytest.mark.parametrize("cell_px", [1, 3, 4])
def test_every_tile_is_inside_and_valid_from_every_pixel_of_its_cell(cell_px):
    valid = scene()
    split = split_by_area([cells_of(valid, cell_px)], TILE, 0.0, seed=0)
    assert split.least_valid == 1
    assert not split.has_validation
    assert len(split.training[0].cells) > 50
    for jitter in (0, cell_px - 1):
        for row, col in starts_of(split.training[0], jitter):
            assert valid[row : row + TILE, col : col + TILE].sum() == TILE * TILE


def test_single_pixel_cells_miss_no_place():
    valid = scene()
    split = split_by_area([cells_of(valid)], TILE, 0.0, seed=0)
    windows = np.lib.stride_tricks.sliding_window_view(valid, (TILE, TILE)).all(axis=(2, 3))
    assert len(split.training[0].cells) == windows.sum()


def test_sides_share_no_pixel_and_validation_has_its_share():
    split = split_by_area([cells_of(np.ones((160, 160), bool))], TILE, 0.2, seed=3)
    sides = []
    for places in (split.training[0], split.validation[0]):
        covered = np.zeros((160, 160), bool)
        for row, col in starts_of(places):
            covered[row : row + TILE, col : col + TILE] = True
        sides.append(covered)
    assert not (sides[0] & sides[1]).any()
    assert 0.19 < sides[1].mean() < 0.25
    assert sides[0].mean() > 0.7


def test_dates_of_one_place_fall_on_the_same_side():
    # The second raster starts 5 rows and 11 columns further on the same lattice.
    rasters = [cells_of(np.ones((80, 80), bool)), cells_of(np.ones((80, 80), bool), origin=(5, 11))]
    split = split_by_area(rasters, TILE, 0.2, seed=1)
    first = np.zeros((100, 100), bool)
    for row, col in starts_of(split.validation[0]):
        first[row : row + TILE, col : col + TILE] = True
    for row, col in starts_of(split.training[1]):
        assert not first[row + 5 : row + 5 + TILE, col + 11 : col + 11 + TILE].any()
    other = split_by_area(rasters, TILE, 0.2, seed=2)
    assert not np.array_equal(other.validation[0].cells, split.validation[0].cells)


def test_rasters_too_small_for_both_keep_all_for_training():
    split = split_by_area([cells_of(np.ones((TILE + 2, TILE + 2), bool))], TILE, 0.3, seed=0)
    assert len(split.training[0].cells) == 9
    assert not split.has_validation


def test_half_valid_tiles_are_the_second_choice_and_none_the_last():
    valid = np.zeros((40, 40), bool)
    valid[::2] = True
    split = split_by_area([cells_of(valid)], TILE, 0.0, seed=0)
    assert split.least_valid == 0.5
    assert len(split.training[0].cells) > 500
    assert not split_by_area([cells_of(np.zeros((40, 40), bool))], TILE, 0.1, seed=0).has_training
    assert not split_by_area([cells_of(np.ones((5, 40), bool))], TILE, 0.1, seed=0).has_training


def test_cells_bound_the_memory():
    assert cell_px_for(1000 * 1000, 1) == 1
    assert cell_px_for(20000 * 20000, 1) == 10
    assert cell_px_for(256 * 256, 10000) == 13
