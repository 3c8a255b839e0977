"""Scores and thresholds against closed forms."""

import numpy as np
import pytest

from qgis_ddpm.core.threshold import FALSE_ALARMS, noise_limit, score, two_means


def test_score_is_half_at_its_distance_and_rises() -> None:
    distance = np.linspace(0, 50, 1000)
    found = score(distance, 2.5)
    assert found.dtype == np.float32
    assert found[0] == 0
    assert (np.diff(found) > 0).all()
    assert found.max() < 1
    assert score(np.array([2.5]), 2.5)[0] == np.float32(0.5)


@pytest.mark.parametrize("bands", [1, 3, 13])
def test_noise_exceeds_its_limit_as_often_as_it_may(bands: int) -> None:
    rng = np.random.default_rng(0)
    distance = np.sqrt(np.square(rng.normal(size=(1_000_000, bands))).mean(axis=1))
    exceeding = (distance > noise_limit(bands)).mean()
    assert exceeding == pytest.approx(FALSE_ALARMS, rel=0.4)


def test_two_means_lies_between_two_classes() -> None:
    rng = np.random.default_rng(1)
    values = np.concatenate([rng.normal(1, 0.2, 9000), rng.normal(5, 0.2, 1000)])
    assert two_means(values) == pytest.approx(3, abs=0.02)


def test_two_means_of_one_value_is_that_value_or_above() -> None:
    assert two_means(np.full(10, 3.0)) >= 3
