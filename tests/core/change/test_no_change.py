"""False alarms are as many as were asked for, whatever tails the distances of unchanged pixels have."""

import numpy as np
import pytest
from numpy.typing import NDArray

from qgis_ddpm.core.change.no_change import false_alarm_limit
from qgis_ddpm.core.change.scores import LIMIT_SHARE, noise_limit

N = 200_000
USUAL = LIMIT_SHARE * noise_limit(4)


def distances(kind: str, seed: int = 0) -> NDArray[np.float64]:
    """Of pixels that did not change, well below the usual limit."""
    rng = np.random.default_rng(seed)
    squared = np.square(rng.normal(size=(N, 4))).mean(axis=1)
    if kind == "heavier":
        squared *= np.exp(0.7 * rng.normal(size=N))
    if kind == "edges":
        squared[: N // 20] *= 6
    return np.asarray(0.2 * np.sqrt(squared))


@pytest.mark.parametrize("asked", [0.2, 0.05, 0.01, 0.001])
@pytest.mark.parametrize("kind", ["noise", "heavier", "edges"])
def test_where_nothing_changed_as_many_as_asked_are_called(kind: str, asked: float) -> None:
    found = distances(kind)
    limit = false_alarm_limit(found[::2], USUAL, asked)
    assert asked / 1.3 < (found[1::2] >= limit).mean() < 1.3 * asked


@pytest.mark.parametrize("share", [0.05, 0.3, 0.7])
@pytest.mark.parametrize("asked", [0.05, 0.01])
def test_beside_change_unchanged_pixels_are_called_as_often(share: float, asked: float) -> None:
    unchanged = distances("heavier")[: int((1 - share) * N)]
    changed = 3 + np.random.default_rng(1).random(N - len(unchanged))
    limit = false_alarm_limit(np.concatenate([unchanged, changed]), USUAL, asked)
    assert asked / 2 < (unchanged >= limit).mean() < 2 * asked
    assert (changed >= limit).all()


def test_fewer_false_alarms_take_a_higher_limit() -> None:
    found = np.concatenate([distances("edges"), np.full(N // 5, 4.0)])
    limits = [false_alarm_limit(found, USUAL, asked) for asked in (0.3, 0.1, 0.03, 0.01, 0.003, 0.001)]
    assert (np.diff(limits) > 0).all()


def test_equal_dates_and_too_few_pixels_keep_the_usual_limit() -> None:
    assert false_alarm_limit(np.zeros(N), USUAL, 0.01) == USUAL
    assert false_alarm_limit(distances("noise")[:50], USUAL, 0.01) == USUAL
    # Next to nothing but zeros: what is more than nothing is called, and no zero is.
    some = np.zeros(N)
    some[:100] = 0.3
    assert 0 < false_alarm_limit(some, USUAL, 0.01) <= 0.3
