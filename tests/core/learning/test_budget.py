"""How long a training runs, and when something is due."""

import math
from types import SimpleNamespace

import pytest

from qgis_ddpm.core.learning import budget as module
from qgis_ddpm.core.learning.budget import Budget, Cadence


@pytest.fixture
def clock(monkeypatch):
    now = SimpleNamespace(s=100.0)
    monkeypatch.setattr(module, "perf_counter", lambda: now.s)
    return now


def started(clock, tiles, minutes):
    return Budget(tiles, minutes, started=clock.s, first_step=clock.s)


def test_whichever_comes_first_ends_it(clock):
    budget = started(clock, 100, 1.0)
    clock.s += 15
    assert budget.share(10) == 0.25
    assert budget.share(50) == 0.5
    assert not budget.is_spent(99, 0.0)
    assert budget.is_spent(99, last_s=45.0)
    assert budget.is_spent(100, 0.0)
    assert not budget.is_spent(0, 1e6), "a batch is always learnt from"


def test_what_is_expected_of_it(clock):
    assert Budget(100, None).expected_seconds(2.0) == 200
    assert Budget(100, 1.0).expected_seconds(2.0) == 60
    assert Budget(None, 1.0).expected_seconds(2.0) == 60


@pytest.mark.parametrize(("tiles", "minutes", "total"), [(100, None, 100), (None, 1.0, 40), (100, 1.0, 40)])
def test_progress_knows_the_end(clock, tiles, minutes, total):
    budget = started(clock, tiles, minutes)
    clock.s += 30
    told = budget.progress(20, "x")
    assert (told.done, told.total, told.text) == (20, total, "x")
    assert told.eta_s == pytest.approx((total - 20) * 1.5)


def test_a_cadence_follows_shares_and_costs_little(clock):
    budget = started(clock, 64, None)
    cadence = Cadence(budget, 0.125, 0.03125, cost_share=0.5, at=clock.s)
    assert not cadence.is_due(1)
    assert cadence.is_due(2)
    assert not cadence.is_due(2, expected_s=10.0)
    with cadence.done(2):
        clock.s += 4
    assert not cadence.is_due(10), "4 s of work wait for 8 s"
    clock.s += 8
    assert cadence.is_due(10)
    assert not cadence.is_due(9)


def test_some_seconds_are_enough_or_too_few(clock):
    cadence = Cadence(started(clock, 100, None), 0.5, every_s=60, least_s=5, at=clock.s)
    assert not cadence.is_due(90)
    clock.s += 5
    assert cadence.is_due(90)
    assert not cadence.is_due(1)
    clock.s += 55
    assert cadence.is_due(1)


def test_a_cadence_that_goes_on_keeps_its_place_unless_the_budget_grew(clock):
    cadence = Cadence(started(clock, 100, None), 0.1)
    cadence.resume(30, 0.35)
    assert cadence.next_share == 0.35
    grown = Cadence(started(clock, 1000, None), 0.1)
    grown.resume(100, 1.05)
    assert grown.next_share == 0.2
    assert Cadence(started(clock, 10, None), 0.1, math.inf).next_share == 0.1
