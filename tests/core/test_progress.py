"""Generators that do work: their value, their progress, and that stopping them is heard."""

import pytest

from qgis_ddpm.core import progress
from qgis_ddpm.core.progress import TimeLeft, scaled, value_of, with_progress
from qgis_ddpm.events import Cancelled, Progress


def work(shares, closed):
    try:
        yield from shares
        return "value"
    finally:
        closed.append(True)


def test_the_value_of_work_is_what_it_returns():
    assert value_of(work([0.5, 1.0], [])) == "value"


def test_shares_become_a_part_of_a_whole():
    steps, value = [], None
    part = scaled(work([0.0, 0.5, 1.0], []), 0.5, 0.9)
    while True:
        try:
            steps.append(next(part))
        except StopIteration as end:
            value = end.value
            break
    assert steps == pytest.approx([0.5, 0.7, 0.9])
    assert value == "value"


def test_a_wish_to_stop_closes_the_work():
    closed = []
    run = with_progress(work([0.1, 0.2, 0.3], closed), lambda share: Progress(share, 1, "part"), every_s=0.0)
    assert next(run).done == 0.1
    with pytest.raises(Cancelled):
        run.throw(Cancelled())
    assert closed == [True]


def test_progress_is_told_at_most_so_often():
    run = with_progress(work([0.1] * 100, []), lambda share: Progress(share, 1, "part"), every_s=1e6)
    assert list(run) == []


def test_time_left_counts_only_what_this_run_did(monkeypatch):
    now = [100.0]
    monkeypatch.setattr(progress, "monotonic", lambda: now[0])
    left = TimeLeft(done=4)
    assert left.after(4, 10) is None
    now[0] = 110.0
    assert left.after(6, 10) == pytest.approx(20.0)
