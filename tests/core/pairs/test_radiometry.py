"""Matching brightness on pixels that did not change."""

import numpy as np
import pytest

from qgis_ddpm.core.pairs.matching import match_bands


def test_gain_and_offset_are_found_beside_change() -> None:
    rng = np.random.default_rng(0)
    before = rng.normal(100, 30, (50000, 2))
    after = (before - [20, -5]) / [1.25, 0.8]
    weights = np.ones(len(before))
    after[:5000] = rng.normal(60, 30, (5000, 2))
    weights[:5000] = 0
    gain, offset = match_bands(before.astype(np.float32), after.astype(np.float32), weights)
    assert gain == pytest.approx([1.25, 0.8], rel=1e-5)
    assert offset == pytest.approx([20, -5], abs=1e-3)


def test_equal_dates_stay_exactly_as_they_are() -> None:
    pixels = np.random.default_rng(1).normal(100, 30, (1000, 3)).astype(np.float32)
    gain, offset = match_bands(pixels, pixels, np.random.default_rng(2).random(1000))
    assert (gain == 1).all()
    assert (offset == 0).all()


def test_a_band_that_does_not_follow_is_only_shifted() -> None:
    before = np.array([[1.0], [2.0], [3.0]], dtype=np.float32)
    gain, offset = match_bands(before, -before, np.ones(3))
    assert gain == pytest.approx([1])
    assert offset == pytest.approx([4])
