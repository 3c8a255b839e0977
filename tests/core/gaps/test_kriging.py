"""Kriging against its closed form, and correlations that any Gaussian field could have."""

import numpy as np
import pytest
from scipy.ndimage import gaussian_filter

from qgis_ddpm.core.gaps.bands import Components
from qgis_ddpm.core.gaps.covariance import PairSums
from qgis_ddpm.core.gaps.kriging import Kriging, Neighbourhood, Ring, _nearest


def field(seed: int, shape: tuple[int, int] = (60, 70)) -> np.ndarray:
    rough = gaussian_filter(np.random.default_rng(seed).normal(size=(2, *shape)), (0, 2, 2))
    rough -= rough.mean(axis=(1, 2), keepdims=True)
    return rough / rough.std(axis=(1, 2), keepdims=True)


def torus(values: np.ndarray, known: np.ndarray, reach: int = 20) -> np.ndarray:
    sums = PairSums(len(values), reach)
    sums.add(values, known)
    return sums.correlations()


def test_correlations_have_no_negative_power_and_are_1_at_no_distance():
    values = field(0)
    known = np.random.default_rng(1).random(values.shape[1:]) < 0.5
    found = torus(values, known)
    assert np.allclose(found[:, 0, 0], 1)
    assert np.fft.rfft2(found).real.min() > 0
    # Of the Gaussian filter: exp(-h^2 / 4 s^2).
    assert found[0, 0, 2] == pytest.approx(np.exp(-4 / 16), abs=0.08)


def test_gaps_do_not_change_correlations_much():
    values = field(0, (200, 200))
    half = np.random.default_rng(1).random(values.shape[1:]) < 0.5
    assert np.abs(torus(values, half)[:, :5, :5] - torus(values, ~half | half)[:, :5, :5]).max() < 0.03


def test_a_block_is_the_closed_form_of_simple_kriging():
    values = field(3, (24, 24))[:1]
    known = np.ones((24, 24), dtype=bool)
    known[9:15, 8:14] = False
    covariance = torus(values, known, 12)
    # One ring that takes every known pixel in reach.
    kriging = Kriging(covariance, Neighbourhood([Ring(1, 1, 6, 1000)], block_px=4))
    filled = kriging.fill(values[None], known, ~known)[0, 0]
    places = [(row, col) for row in range(24) for col in range(24) if known[row, col]]
    near = [place for place in places if np.hypot(place[0] - 9.5, place[1] - 9.5) <= 7.5]
    side = covariance.shape[1]

    def between(one, other):
        return covariance[0, (one[0] - other[0]) % side, (one[1] - other[1]) % side]

    among = np.array([[between(one, other) for other in near] for one in near]) + 1e-6 * np.eye(len(near))
    weights = np.linalg.solve(among, [between((10, 10), place) for place in near])
    expected = weights @ [values[0][place] for place in near]
    assert abs(filled[10, 10] - expected) < 1e-6


def test_windows_do_not_change_a_pixel():
    values, rng = field(4, (150, 160)), np.random.default_rng(2)
    known = gaussian_filter(rng.normal(size=values.shape[1:]), 3) < 0.05
    kriging = Kriging(torus(values, known))
    whole = kriging.fill(values[None], known, ~known)[0]
    part = (slice(23, 131), slice(18, 149))
    wanted = np.zeros_like(known[part])
    wanted[52:60, 52:80] = ~known[part][52:60, 52:80]
    assert wanted.any()
    cut = kriging.fill(values[None][..., part[0], part[1]], known[part], wanted, (23, 18))[0]
    assert np.abs(cut - whole[:, part[0], part[1]])[:, wanted].max() < 1e-9


def test_far_from_all_data_the_estimate_is_the_mean():
    values = field(5, (160, 160))
    known = np.zeros((160, 160), dtype=bool)
    known[:40] = True
    filled = Kriging(torus(values, known)).fill(values[None], known, ~known)[0]
    assert np.abs(filled[:, 130:]).max() == 0


def test_components_come_back():
    pixels = np.random.default_rng(0).normal(size=(4, 300)) * np.array([[1], [10], [0.1], [3]]) + 5
    components = Components.of(pixels)
    turned = components.forward(pixels)
    assert np.allclose(turned.std(axis=1), 1)
    assert np.abs(components.backward(turned) - pixels).max() < 1e-9
    constant = Components.of(np.ones((2, 10)))
    assert np.isfinite(constant.forward(np.ones((2, 10)))).all()


def test_data_are_taken_from_all_sides():
    present = np.ones((1, 12), dtype=bool)
    # The nearest six lie to one side.
    sectors = np.array([0, 0, 0, 0, 0, 0, 4, 4, 2, 2, 6, 6])
    assert sorted(_nearest(present, sectors, 4)[0].tolist()) == [0, 6, 8, 10]
    present[0, [8, 9, 10]] = False
    assert sorted(_nearest(present, sectors, 5)[0].tolist()) == [0, 1, 6, 7, 11]
    # What is not there comes last.
    assert _nearest(present, sectors, 12)[0, -3:].tolist() == [8, 9, 10]
