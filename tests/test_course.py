"""One bar over all stages: it never falls, ends at its end, and the time left is that of all of them."""

import pytest

from qgis_ddpm.course import COSTS, Course
from qgis_ddpm.events import Progress


def walked(course, stages, steps=20, step_s=1.0):
    """Shares and seconds left after each step of some stages, (text, unit) each."""
    found, now = [], 0.0
    for text, unit in stages:
        for done in range(steps + 1):
            found.append((*course.see(Progress(done, steps, unit, text), now), now))
            now += step_s
    return found


@pytest.mark.parametrize("algorithm", COSTS)
def test_the_bar_never_falls_and_reaches_its_end(algorithm):
    stages = [(key, key) for key in COSTS[algorithm]]
    shares = [share for share, _, _ in walked(Course(algorithm), [("", "thing"), *stages])]
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1.0)


def test_a_stage_that_comes_again_or_is_not_known_does_not_throw_the_bar_back():
    stages = [("statistics", "row"), ("scores", "window"), ("statistics", "row"), ("", "thing"), ("writing", "row")]
    shares = [share for share, _, _ in walked(Course("detectchanges"), stages)]
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1.0)


def test_the_time_left_is_that_of_all_stages():
    # 85 : 15 of the table, in equal steps: the first stage takes 20 s, all of it 20 / 0.85.
    course = Course("detectseries")
    (_, left_s, now), *_ = [each for each in walked(course, [("scores", "row")]) if each[2] == 10.0]
    assert left_s == pytest.approx(20 / 0.85 - now, rel=0.1)


def test_an_algorithm_without_a_table_has_one_stage():
    shares = [share for share, _, _ in walked(Course("nobody"), [("", "row")])]
    assert shares[10] == pytest.approx(0.5)
