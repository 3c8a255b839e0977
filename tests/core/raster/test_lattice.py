"""Lattices cover what they should, weights are a partition of unity, and strips equal one blend of all windows."""

import numpy as np
import pytest

from qgis_ddpm.core.raster.lattice import Lattice, StripBlender


@pytest.mark.parametrize(("tile_px", "overlap_px"), [(8, 0), (8, 2), (8, 4), (9, 7), (256, 64)])
def test_every_window_that_meets_a_range_is_found(tile_px: int, overlap_px: int) -> None:
    lattice = Lattice(tile_px, overlap_px)
    for low, high in ((0, 1), (0, 100), (-57, 3), (12345, 12346), (-1000, -990)):
        candidates = np.arange(-20000, 20000) * lattice.stride
        wanted = candidates[(candidates < high) & (candidates + tile_px > low)]
        assert lattice.starts(low, high) == wanted.tolist()


def test_windows_of_a_raster_do_not_begin_outside_it() -> None:
    lattice = Lattice(64, 16)
    assert lattice.starts(0, 256, size=256) == [0, 48, 96, 144, 192]
    assert lattice.starts(100, 110, size=256) == [48, 96]
    assert lattice.starts(0, 40, size=40) == [0]
    # The next window would see only what this one sees, and beyond.
    assert lattice.starts(0, 112, size=112) == [0, 48]


def test_an_overlap_that_leaves_no_step_is_refused() -> None:
    with pytest.raises(ValueError, match="overlap of 8 px does not fit windows of 8 px"):
        Lattice(8, 8)


@pytest.mark.parametrize("overlap_px", [0, 1, 7, 16, 32])
def test_weights_are_a_partition_of_unity(overlap_px: int) -> None:
    lattice = Lattice(64, overlap_px)
    assert lattice.weights().min() > 0
    total = np.zeros((400, 400))
    for row in lattice.starts(0, 400):
        for col in lattice.starts(0, 400):
            rows, cols = slice(max(row, 0), min(row + 64, 400)), slice(max(col, 0), min(col + 64, 400))
            inside = np.s_[rows.start - row : rows.stop - row, cols.start - col : cols.stop - col]
            total[rows, cols] += lattice.weights()[inside]
    assert np.abs(total - 1).max() < 1e-6


@pytest.mark.parametrize(("overlap_px", "strip_rows"), [(4, 12), (12, 4), (0, 5), (4, 1000)])
def test_strips_equal_one_blend_of_all_windows(overlap_px: int, strip_rows: int) -> None:
    lattice, rng = Lattice(16, overlap_px), np.random.default_rng(0)
    row0, col0, height, width = -7, 5, 61, 43
    windows = [
        (row, col, rng.normal(size=(2, 16, 16)).astype(np.float32))
        for row in lattice.starts(row0, row0 + height)
        for col in lattice.starts(col0, col0 + width)
        if (row, col) != (0, 16)
    ]
    sums, totals = np.zeros((2, 200, 200)), np.zeros((200, 200))
    for row, col, window in windows:
        here = np.s_[row + 50 : row + 66, col + 50 : col + 66]
        sums[(slice(None), *here)] += window * lattice.weights()
        totals[here] += lattice.weights()
    area = np.s_[row0 + 50 : row0 + 50 + height, col0 + 50 : col0 + 50 + width]
    expected = (sums / np.maximum(totals, 1e-12))[(slice(None), *area)]

    blender = StripBlender(lattice, 2, (row0, col0, height, width))
    strips, covers = [], []
    for start in sorted({row for row, _, _ in windows}):
        for row, col, window in windows:
            if row == start:
                blender.add(row, col, window)
        while True:
            first, means, covered = blender.take(min(start + lattice.stride, start + strip_rows))
            assert first == row0 + sum(len(c) for c in covers)
            if not len(covered):
                break
            strips.append(means)
            covers.append(covered)
    _, means, covered = blender.take(10**9)
    found, found_cover = np.concatenate([*strips, means], axis=1), np.concatenate([*covers, covered])
    assert np.abs(found - expected).max() < 1e-6
    assert np.array_equal(found_cover, totals[area] > 0)
    assert found_cover.all() == (overlap_px > 0)


def test_equal_windows_blend_to_the_same_numbers() -> None:
    lattice = Lattice(16, 8)
    blender = StripBlender(lattice, 1, (0, 0, 32, 32))
    for row in lattice.starts(0, 32):
        for col in lattice.starts(0, 32):
            blender.add(row, col, np.zeros((1, 16, 16), dtype=np.float32))
    assert not blender.take(32)[1].any()


def test_pieces_are_what_is_taken_at_once() -> None:
    lattice = Lattice(16, 4)
    rng = np.random.default_rng(1)
    whole, parts = (StripBlender(lattice, 2, (0, 5, 40, 50)) for _ in range(2))
    for row in lattice.starts(12, 40):
        for col in lattice.starts(5, 55):
            window = rng.normal(size=(2, 16, 16)).astype(np.float32)
            whole.add(row, col, window)
            parts.add(row, col, window)
        first, means, covered = whole.take(row + 12)
        pieces = list(parts.pieces(row + 12, 20))
        assert [(at, col) for at, col, _, _ in pieces] == [(first, 5), (first, 25), (first, 45)]
        assert np.array_equal(np.concatenate([each for _, _, each, _ in pieces], axis=2), means)
        assert np.array_equal(np.concatenate([each for *_, each in pieces], axis=1), covered)
    assert not list(parts.pieces(row + 12, 20))
