"""Weights and spreads from held-out pixels; regression near a place; holes of the shapes of gaps."""

import numpy as np
import pytest

from qgis_ddpm.core.gaps.estimates import _by_distance
from qgis_ddpm.core.gaps.holes import distances, holes_of
from qgis_ddpm.core.gaps.learnt.holding_out import inner_part
from qgis_ddpm.core.gaps.predictors import Predictors
from qgis_ddpm.core.gaps.regression import LocalRegression, Moments
from qgis_ddpm.core.gaps.weighing import NODES, Errors, Held, Weights


@pytest.fixture
def held() -> Held:
    """Estimates whose errors are independent, the first better near, the second better far; the third is worthless."""
    rng = np.random.default_rng(0)
    distance = rng.choice(NODES[:5], 20_000)
    truth = rng.normal(size=(2, 20_000))
    near, far = 0.1 * distance, 1.6 / distance
    return Held(
        distance,
        truth,
        {
            "a": truth + near * rng.normal(size=truth.shape),
            "b": truth + far * rng.normal(size=truth.shape),
            "c": truth + 40 * rng.normal(size=truth.shape),
        },
    )


def test_weights_follow_the_errors_at_each_distance(held):
    weights = Weights.fit(held, ("a", "b", "c"))
    assert weights.ways == ("a", "b")
    assert np.allclose(weights.values.sum(axis=0), 1)
    # At 4 px both errors are 0.4.
    assert weights.values[0, 2] == pytest.approx(0.5, abs=0.05)
    assert weights.values[0, 0].min() > 0.9 > 0.1 > weights.values[0, 4].max()
    mixed = weights.mixed(held.estimates, held.distance) - held.truth
    rest = [np.sqrt(((held.estimates[way] - held.truth) ** 2).mean()) for way in "ab"]
    assert np.sqrt((mixed**2).mean()) < 0.8 * min(rest)


def test_nine_of_ten_errors_lie_in_the_interval(held):
    errors = 3 * held.distance * np.random.default_rng(1).standard_t(4, size=held.truth.shape)
    fitted = Errors.fit(held.distance, errors, np.array([1000.0, 1000.0]))
    inside = np.abs(errors) <= 1.6449 * fitted.at(fitted.spread, held.distance)
    assert inside.mean() == pytest.approx(0.9, abs=0.02)
    # Nothing was held out so far away.
    assert fitted.at(fitted.spread, np.array([128.0])).min() == pytest.approx(1000)


def test_errors_that_grow_with_distance_go_on_growing_where_none_were_measured():
    rng = np.random.default_rng(3)
    distance = rng.choice(NODES[:5], 20_000)
    growing, level = distance * rng.normal(size=20_000), 5 * rng.normal(size=20_000)
    fitted = Errors.fit(distance, np.stack([growing, level]), np.array([10.0, 5.0]))
    at_16, far = (fitted.at(fitted.rms, np.array([each]))[:, 0] for each in (16.0, 128.0))
    assert 5 < far[0] / at_16[0] < 9
    assert 0.9 < far[1] / at_16[1] < 1.5


def test_a_regression_that_changes_over_the_scene_is_followed():
    rng = np.random.default_rng(2)
    other = rng.normal(size=(1, 120, 120))
    slope = np.linspace(-1, 1, 120)[None, :]
    target = (slope * other[0] + 0.01 * rng.normal(size=(120, 120)))[None]
    known = rng.random((120, 120)) < 0.7
    given = np.concatenate([other, np.ones((1, 120, 120))])
    moments = Moments.empty(2, 1)
    moments.add(given[:, known], target[:, known])
    local = LocalRegression(moments)
    found = local.predict(given, target, known, (0, 0))
    assert np.abs(found - target)[:, ~known].mean() < 0.06
    part = local.predict(given[:, 16:, 24:], target[:, 16:, 24:], known[16:, 24:], (16, 24))
    assert np.abs(part[:, 70:, 70:] - found[:, 86:, 94:]).max() < 1e-9


def test_a_date_with_a_gap_is_what_the_others_let_expect():
    rng = np.random.default_rng(3)
    first = rng.normal(size=(1, 4000))
    bands = np.concatenate([first, 2 * first + 0.01 * rng.normal(size=(1, 4000))])
    there = np.ones((2, 4000), dtype=bool)
    there[1, :1000] = False
    hidden = bands * np.repeat(there, (1, 1), axis=0)
    predictors = Predictors.fit(hidden, there, (1, 1))
    whole = predictors.of(bands.reshape(2, 40, 100), np.ones((2, 40, 100), dtype=bool))
    gaps = predictors.of(hidden.reshape(2, 40, 100), there.reshape(2, 40, 100))
    assert np.abs(whole[0] - gaps[0]).mean() < 0.02
    assert (whole[-1] == 1).all()


def test_holes_have_the_shapes_of_gaps_and_hide_a_part():
    known = np.ones((90, 100), dtype=bool)
    known[:, 20:28] = known[:, 60:68] = False
    holes = list(holes_of(known, [~known], 0, range(2)))
    assert len(holes) == 2
    for hole in holes:
        assert not (hole & ~known).any()
        assert 0.05 < hole.sum() / known.sum() < 0.5
        # Stripes: whole columns.
        assert (hole.all(axis=0) | ~hole.any(axis=0)).all()
    assert np.isinf(distances(~known & False)).all()


def test_the_shape_of_a_gap_ends_where_the_raster_does():
    inside, known = np.zeros((12, 14), dtype=bool), np.zeros((12, 14), dtype=bool)
    inside[2:10, 3:11] = True
    known[inside] = True
    known[4:6, 3:5] = False
    gap = inner_part(~known, inside)
    assert gap.shape == (8, 8)
    assert gap.sum() == 4


def test_the_estimate_by_distance_is_gdals_and_another_one_far_away():
    rng = np.random.default_rng(4)
    components = rng.normal(size=(2, 40, 300))
    known = np.zeros((40, 300), dtype=bool)
    known[:, :50] = True
    found = _by_distance(components, np.full_like(components, 7.0), known, ~known)
    assert (found[:, :, 200:] == 7).all()
    assert np.abs(found[:, :, 50:140]).max() < 4
    assert (found[:, known] == 0).all()
    nothing = _by_distance(components, np.full_like(components, 7.0), ~(known | True), known)
    assert (nothing[:, known] == 7).all()
