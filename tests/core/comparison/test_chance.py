"""What repeats tell of chance, against closed forms and by trial."""

import numpy as np
import pytest
from scipy import stats

from qgis_ddpm.core.comparison.chance import compared, holm, mean_and_half


def test_an_interval_is_students():
    mean, half = mean_and_half([1.0, 2.0, 3.0])
    assert mean == 2
    assert half == pytest.approx(4.302652729911275 / 3**0.5)
    assert mean_and_half([5.0]) == (5.0, None)
    assert mean_and_half([]) == (None, None)
    assert mean_and_half([float("nan"), 1.0]) == (1.0, None)


def test_p_values_are_corrected_as_holm_does():
    # Of Holm 1979: 0.01, 0.03, 0.04, 0.005 become 0.03, 0.06, 0.06, 0.02.
    names = [(0, 1), (0, 2), (0, 3), (1, 2)]
    corrected = holm(dict(zip(names, (0.01, 0.03, 0.04, 0.005), strict=True)))
    assert [corrected[name] for name in names] == pytest.approx([0.03, 0.06, 0.06, 0.02])


def test_pairs_are_told_apart_by_welch_and_never_by_one_repeat():
    first, second, third = [1.0, 1.1, 0.9], [3.0, 3.2, 2.9], [5.0]
    pairs = compared([first, second, third])
    assert [(pair.first, pair.second) for pair in pairs] == [(0, 1), (0, 2), (1, 2)]
    assert pairs[0].p == pytest.approx(stats.ttest_ind(first, second, equal_var=False).pvalue)
    assert pairs[0].differs
    assert pairs[0].difference == pytest.approx(2.0333333)
    assert pairs[1].p is None
    assert not pairs[1].differs
    assert [pair.p for pair in compared([[1.0, 1.0], [1.0, 1.0], [2.0, 2.0]])] == [1, 0, 0]


def test_a_setting_against_itself_rarely_differs():
    random = np.random.default_rng(0)
    trials = [compared(random.lognormal(size=(2, 5)).tolist())[0].differs for _ in range(200)]
    assert np.mean(trials) <= 0.06
    # Also where many are compared, some pair is told apart in one of twenty.
    trials = [any(pair.differs for pair in compared(random.normal(size=(6, 5)).tolist())) for _ in range(100)]
    assert np.mean(trials) <= 0.07
