"""Figures against closed forms and hand counts; the interval against quantiles that are known exactly."""

import math

import numpy as np
import pytest
from scipy.stats import binom

from qgis_ddpm.core.accuracy.confusion import BlockCounts, Confusion, confusion_of, interval, intervals, resampled


def test_figures_by_hand():
    found = Confusion(true_negative=50, true_positive=20, false_positive=10, false_negative=5)
    assert found.precision == 20 / 30
    assert found.recall == 20 / 25
    assert found.f1 == pytest.approx(2 * (2 / 3) * (4 / 5) / (2 / 3 + 4 / 5), abs=1e-15)
    assert found.iou == 20 / 35
    assert found.overall_accuracy == 70 / 85
    agreement, chance = 70 / 85, (30 * 25 + 55 * 60) / 85**2
    assert found.kappa == pytest.approx((agreement - chance) / (1 - chance), abs=1e-15)
    assert found.undefined == []


@pytest.mark.parametrize(
    ("counts", "undefined", "overall"),
    [
        ((9, 0, 0, 0), ["F1", "IOU", "PRECISION", "RECALL", "KAPPA"], 1.0),
        ((8, 0, 1, 0), ["RECALL"], 8 / 9),
        ((8, 0, 0, 1), ["PRECISION"], 8 / 9),
        ((0, 9, 0, 0), ["KAPPA"], 1.0),
        ((0, 5, 4, 0), [], 5 / 9),
    ],
)
def test_a_figure_without_denominator_is_zero_and_named(counts, undefined, overall):
    found = confusion_of(counts)
    assert found.undefined == undefined
    values = {"F1": found.f1, "IOU": found.iou, "PRECISION": found.precision, "RECALL": found.recall}
    values["KAPPA"] = found.kappa
    assert all(values[name] == 0 for name in undefined)
    assert found.overall_accuracy == overall


def test_figures_of_rasters_beyond_32_bits_do_not_overflow():
    size = 200_000**2
    found = confusion_of(np.array([size // 2, size // 2, 0, 0]))
    assert (found.kappa, found.f1) == (1.0, 1.0)


@pytest.mark.parametrize("block_px", [1, 7, 64, 1000])
def test_blocks_are_those_of_the_raster_however_it_is_read(block_px):
    rng = np.random.default_rng(1)
    codes = rng.choice(np.array([0, 1, 2, 3, 255], np.uint8), (90, 130))
    wanted = []
    for top in range(0, 90, block_px):
        for left in range(0, 130, block_px):
            block = codes[top : top + block_px, left : left + block_px]
            counts = [np.count_nonzero(block == code) for code in range(4)]
            if any(counts):
                wanted.append(counts)
    counted = BlockCounts(90, 130, block_px)
    for row, col, height, width in ((0, 0, 33, 50), (0, 50, 33, 80), (33, 0, 57, 129), (33, 129, 57, 1)):
        counted.add(row, col, codes[row : row + height, col : col + width])
    assert counted.blocks().tolist() == wanted
    assert counted.confusion() == confusion_of([np.count_nonzero(codes == code) for code in range(4)])


def test_a_huge_raster_gets_larger_blocks():
    counted = BlockCounts(1_000_000, 1_000_000, 1)
    assert counted.block_px == math.ceil(1e6 / math.sqrt(1 << 17))


def test_the_interval_of_equal_blocks_is_a_point():
    blocks = np.tile([90, 6, 2, 2], (50, 1))
    found = intervals(list(resampled(blocks, seed=3)))
    whole = confusion_of(blocks.sum(axis=0))
    assert found["F1"] == pytest.approx((0.75, 0.75), abs=1e-15)
    assert found["IOU"] == pytest.approx((0.6, 0.6), abs=1e-15)
    assert found["KAPPA"] == pytest.approx((whole.kappa, whole.kappa), abs=1e-12)
    assert sorted(found) == ["F1", "IOU", "KAPPA", "OA", "PRECISION", "RECALL"]


def test_the_interval_is_that_of_the_binomial_where_blocks_are_all_right_or_all_wrong():
    number, right = 200, 150
    blocks = np.array([[0, 10, 0, 0]] * right + [[0, 0, 10, 10]] * (number - right))
    drawn = list(resampled(blocks, seed=5, resamples=20_000))
    # k right blocks of n give F1 = 2k / (2k + 2(n - k)) = k / n.
    wanted = binom(number, right / number).ppf([0.025, 0.975]) / number
    np.testing.assert_allclose(intervals(drawn)["F1"], wanted, rtol=0, atol=1.01 / number)


def test_the_seed_decides_the_draws_and_empty_draws_are_left_out():
    blocks = np.array([[5, 0, 0, 0]] * 3 + [[0, 1, 1, 0]])
    first = list(resampled(blocks, seed=7))
    assert first == list(resampled(blocks, seed=7))
    assert first != list(resampled(blocks, seed=8))
    assert any("F1" in each.undefined for each in first)
    assert intervals(first)["F1"] == pytest.approx((2 / 3, 2 / 3), abs=1e-15)
    assert interval([]) == (0.0, 0.0)
