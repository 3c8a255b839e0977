"""Events cross the pipe whole; anything else is refused."""

import json
import math

import pytest

from qgis_ddpm.errors import ERRORS, DdpmError, WorkerError
from qgis_ddpm.events import (
    MAX_LINE_BYTES,
    Cancelled,
    Metric,
    Note,
    Preview,
    Progress,
    Result,
    from_line,
    is_last,
    to_line,
)


@pytest.mark.parametrize(
    "event",
    [
        Progress(12, 200, "tile", "loss 0.031", 41.0),
        Note("Grüße, 世界", "warning"),
        Metric("loss", 0.25, 7),
        Preview("a b.png"),
        Result({"F1": 0.5, "OUTPUT": "x.tif"}),
    ],
)
def test_an_event_comes_back_as_it_went(event):
    line = to_line(event)
    assert "\n" not in line
    assert from_line(line) == event


def test_the_words_of_the_interface():
    assert json.loads(to_line(Progress(12, 200, "tile", "loss 0.031", 41.0))) == {
        "event": "progress",
        "done": 12,
        "total": 200,
        "unit": "tile",
        "text": "loss 0.031",
        "eta_s": 41.0,
        "parts": [["{} 0.031", [[["loss", []]]]]],
    }
    assert json.loads(to_line(Cancelled({"MODEL": "m"}))) == {"event": "cancelled", "kept": {"MODEL": "m"}}


def test_numbers_that_are_not_finite_are_null_and_come_back_as_nan():
    assert math.isnan(from_line(to_line(Metric("loss", math.inf, 1))).value)
    assert from_line(to_line(Result({"F1": math.nan}))) == Result({"F1": None})


@pytest.mark.parametrize("kind", list(ERRORS.values()))
def test_an_error_is_raised_on_the_other_side_as_itself(kind):
    with pytest.raises(kind, match="what, which, do") as caught:
        from_line(to_line(kind("what, which, do")))
    assert type(caught.value) is kind
    assert isinstance(caught.value, DdpmError)


@pytest.mark.parametrize(
    "line",
    [
        "hello",
        "",
        "[]",
        "3",
        "null",
        '{"event": "party"}',
        '{"event": ["progress"]}',
        '{"event": "progress"}',
        '{"event": "progress", "done": "1", "total": 2, "unit": "tile"}',
        '{"event": "progress", "done": true, "total": 2, "unit": "tile"}',
        '{"event": "note", "text": "a", "more": 1}',
        '{"event": "metric", "name": "loss", "value": 1, "step": 1.5}',
        '{"event": "result", "outputs": []}',
        '{"event": "note", "text": "' + "a" * MAX_LINE_BYTES + '"}',
        "[" * 100000,
    ],
)
def test_a_line_that_is_no_event_is_refused(line):
    with pytest.raises(WorkerError):
        from_line(line)


def test_only_result_and_cancelled_are_last():
    assert is_last(Result({}))
    assert is_last(Cancelled())
    assert not is_last(Note("a"))
