"""Area and accuracy from a stratified sample, against the worked example of Olofsson et al. 2014 and exact coverage."""

import numpy as np
import pytest
from scipy.stats import binom

from qgis_ddpm.core.accuracy.adjusted import StratifiedSample
from qgis_ddpm.core.accuracy.allocation import allocate, sample_size
from qgis_ddpm.core.accuracy.strata import CHANGED, NEAR, UNCHANGED, Population

# Table 8: deforestation (mapped), forest gain, stable forest, stable non-forest; pixels of 30 m.
PIXELS = np.array([200_000, 150_000, 3_200_000, 6_450_000])
EXAMPLE = StratifiedSample(
    PIXELS / PIXELS.sum(), PIXELS, np.array([75, 75, 165, 325]), np.array([66, 0, 1, 2]), np.array([1, 0, 0, 0])
)


def sample(weights, points, changes, sizes=(10**8, 10**8)):
    return StratifiedSample(
        np.array(weights), np.array(sizes), np.array(points), np.array(changes), np.array([1] + [0] * (len(points) - 1))
    )


def test_the_worked_example_comes_out():
    area = EXAMPLE.changed_share
    assert abs(area.value * PIXELS.sum() - 235_086) < 1
    assert abs(area.error * PIXELS.sum() * 1.96 - 68_418) < 20
    assert abs(EXAMPLE.users_accuracy(1).value - 0.88) < 1e-12
    assert abs(1.96 * EXAMPLE.users_accuracy(1).error - 0.07) < 0.005
    assert abs(EXAMPLE.producers_accuracy(1).value - 0.75) < 0.005
    assert abs(1.96 * EXAMPLE.producers_accuracy(1).error - 0.21) < 0.005
    low, high = EXAMPLE.normal_interval()
    assert abs((high - low) / 2 * PIXELS.sum() - 68_418) < 30


def test_the_error_matrix_gives_the_same_figures():
    confusion = EXAMPLE.confusion()
    assert abs(confusion.recall - EXAMPLE.producers_accuracy(1).value) < 1e-9
    assert abs(confusion.precision - EXAMPLE.users_accuracy(1).value) < 1e-9
    assert abs(confusion.overall_accuracy - EXAMPLE.overall_accuracy().value) < 1e-9


def test_standard_errors_against_samples_drawn_anew():
    rng = np.random.default_rng(0)
    weights, points, shares = np.array([0.1, 0.9]), np.array([75, 300]), np.array([0.8, 0.03])
    drawn = [sample(weights, points, rng.binomial(points, shares)) for _ in range(4000)]
    for name in ("changed_share", "overall", "users", "producers", "producers of the rest"):
        found = [
            {
                "changed_share": lambda each: each.changed_share,
                "overall": lambda each: each.overall_accuracy(),
                "users": lambda each: each.users_accuracy(1),
                "producers": lambda each: each.producers_accuracy(1),
                "producers of the rest": lambda each: each.producers_accuracy(0),
            }[name](each)
            for each in drawn
        ]
        spread, told = np.std([each.value for each in found]), np.mean([each.error for each in found])
        assert abs(told / spread - 1) < 0.05, name


@pytest.mark.parametrize("weight", [0.02, 0.05, 0.2])
@pytest.mark.parametrize(("found", "missed"), [(0.95, 0.001), (0.8, 0.005), (0.7, 0.01), (0.8, 0.02), (0.6, 0.05)])
def test_the_interval_covers_as_it_says_by_all_outcomes(weight, found, missed):
    weights, points = (weight, 1 - weight), (75, 425)
    truth = weights[0] * found + weights[1] * missed
    covered = whole = normal = 0.0
    chances = [binom.pmf(np.arange(n + 1), n, share) for n, share in zip(points, (found, missed), strict=True)]
    for first in np.flatnonzero(chances[0] > 1e-4):
        for second in np.flatnonzero(chances[1] > 1e-4):
            chance = chances[0][first] * chances[1][second]
            each = sample(weights, points, (first, second))
            low, high = each.interval()
            assert 0 <= low <= each.changed_share.value <= high <= 1
            covered += chance * (low <= truth <= high)
            below, above = each.normal_interval()
            normal += chance * (below <= truth <= above)
            whole += chance
    assert 0.93 <= covered / whole <= 0.975
    assert normal < covered + 0.02


def test_without_an_error_the_interval_has_a_width_where_the_normal_one_has_none():
    perfect = sample((0.1, 0.9), (75, 300), (75, 0))
    assert perfect.normal_interval() == pytest.approx((0.1, 0.1))
    low, high = perfect.interval()
    assert low < 0.1 < high
    nothing = sample((0.1, 0.9), (75, 300), (0, 0))
    assert nothing.interval()[0] == 0 < nothing.interval()[1]


def test_a_stratum_that_was_drawn_whole_is_known():
    known = sample((0.1, 0.9), (50, 400), (40, 0), sizes=(50, 400))
    assert known.interval() == pytest.approx((0.08, 0.08))
    assert known.changed_share.error == 0
    half = sample((0.1, 0.9), (50, 400), (40, 4), sizes=(100, 800))
    endless = sample((0.1, 0.9), (50, 400), (40, 4))
    assert half.changed_share.error < endless.changed_share.error
    assert np.ptp(half.interval()) < np.ptp(endless.interval())
    assert all(each.f1 == known.confusion().f1 for each in known.drawn(0))


def population(areas, pixels=None):
    areas = np.array(areas, float)
    return Population(np.array(areas if pixels is None else pixels, np.int64), areas, "")


def test_a_rare_stratum_gets_75_and_the_others_go_by_area():
    counts = allocate(population([97_000, 2_000, 1_000]), 500)
    assert counts.tolist() == [350, 75, 75]
    assert allocate(population([60_000, 40_000, 0]), 500).tolist() == [300, 200, 0]
    # A fifth of a small sample.
    assert allocate(population([97_000, 2_000, 1_000]), 60).tolist() == [36, 12, 12]
    # No more than there are, the rest to the others.
    assert allocate(population([97_000, 30, 0]), 500).tolist() == [470, 30, 0]
    assert allocate(population([10, 5, 0]), 500).tolist() == [10, 5, 0]
    for size in range(4, 400, 7):
        counts = allocate(population([9_000, 700, 1_300]), size)
        assert abs(counts.sum() - size) <= 2
        assert (counts >= 2).all() or size < 6


def test_the_size_is_that_of_equation_13():
    found = population([950_000, 50_000, 0])
    deviation = 0.05 * (0.7 * 0.3) ** 0.5 + 0.95 * (0.95 * 0.05) ** 0.5
    assert sample_size(found) == int(np.ceil((deviation / 0.01) ** 2))
    assert (UNCHANGED, CHANGED, NEAR) == (0, 1, 2)
