"""Scores and thresholds against closed forms."""

import numpy as np
import pytest

from qgis_ddpm.core.change.scores import FALSE_ALARMS, bulk_limit, noise_limit, score


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


@pytest.mark.parametrize("share", [0.0, 0.3])
def test_bulk_limit_finds_the_size_of_the_noise_beside_change(share: float) -> None:
    rng = np.random.default_rng(1)
    noise = 0.2 * np.sqrt(np.square(rng.normal(size=(200_000, 4))).mean(axis=1))
    noise[: int(share * len(noise))] += 3
    # Change takes from the share of the smallest distances, which makes the limit higher, never lower.
    expected = 0.2 * noise_limit(4)
    assert expected * 0.98 < bulk_limit(noise, 4) < expected * (1.02 if share == 0 else 1.3)


def test_bulk_limit_of_equal_dates_is_nothing() -> None:
    assert bulk_limit(np.zeros(10), 3) == 0
