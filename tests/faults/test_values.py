"""Any values at all for jobs, cards and events: a valid object or one of our errors, by hypothesis."""

import json
import math
import struct

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from qgis_ddpm.card import read_detector_card, read_model_card
from qgis_ddpm.errors import DdpmError, WorkerError
from qgis_ddpm.events import Cancelled, Metric, Note, Preview, Progress, Result, from_line, to_line
from qgis_ddpm.jobs import JOBS
from tests.faults.samples import make_samples

QUICK = settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(1 << 70), 1 << 70),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(["auto", "1,2,3", "/etc/passwd", "../../x", "\0", "nan", "1e400", "EPSG:4326", "cuda:-1", "{}"]),
)
VALUES = st.one_of(
    SCALARS, SCALARS, st.lists(SCALARS, max_size=4), st.dictionaries(st.text(max_size=5), SCALARS, max_size=3)
)


def check(error: DdpmError, least: int = 1) -> None:
    """A message is there and no page long."""
    assert least <= len(str(error)) <= 1500


@st.composite
def job_values(draw):
    """A class of jobs with any values in some of its fields, and perhaps in one that it does not have."""
    kind = draw(st.sampled_from(sorted(JOBS)))
    names = [item.name for item in JOBS[kind].options()]
    values = draw(st.dictionaries(st.sampled_from([*names, "unknown"]), VALUES, max_size=8))
    return kind, values


@QUICK
@given(job_values())
def test_a_job_is_valid_or_refused(given_values):
    kind, values = given_values
    try:
        job = JOBS[kind].from_values(values)
    except DdpmError as error:
        check(error)
        return
    # What is valid crosses to a worker, and comes back as itself.
    line = json.dumps({"job": job.ALGORITHM, **job.values()}, allow_nan=False)
    crossed = json.loads(line)
    assert JOBS[crossed.pop("job")].from_values(crossed) == job
    for item in job.options():
        value = getattr(job, item.name)
        assert not (isinstance(value, float) and not math.isfinite(value))


@pytest.fixture(scope="module")
def samples(tmp_path_factory):
    return make_samples(tmp_path_factory.mktemp("samples"))


@QUICK
@given(st.sampled_from(["model.safetensors", "detector.safetensors"]), st.data())
def test_a_card_is_valid_or_refused(samples, tmp_path, name, data):
    content = (samples.folder / name).read_bytes()
    (length,) = struct.unpack_from("<Q", content)
    header = json.loads(content[8 : 8 + length])
    card = json.loads(header["__metadata__"]["card"])
    card.update(data.draw(st.dictionaries(st.sampled_from([*card, "unknown"]), VALUES, min_size=1, max_size=3)))
    header["__metadata__"]["card"] = json.dumps(card)
    text = json.dumps(header).encode()
    path = tmp_path / name
    path.write_bytes(struct.pack("<Q", len(text)) + text + content[8 + length :])
    reader = read_model_card if name.startswith("model") else read_detector_card
    try:
        found = reader(str(path))
    except DdpmError as error:
        check(error)
        return
    assert found.format == card["format"]


@QUICK
@given(st.dictionaries(st.sampled_from(["event", "done", "total", "text", "outputs", "kept", "kind"]), VALUES))
@example({"event": "error", "kind": ["JobError"], "text": {"a": 1}})
@example({"event": ["progress"]})
@example({"event": "progress", "done": 1 << 2000, "total": True, "unit": "x"})
@example({"event": "result", "outputs": []})
def test_a_line_of_a_worker_is_an_event_or_an_error(values):
    try:
        event = from_line(json.dumps(values))
    except DdpmError as error:
        check(error, least=0)
        return
    assert isinstance(event, (Progress, Note, Metric, Preview, Result, Cancelled))


@pytest.mark.parametrize(
    "line",
    [
        "x" * (1 << 21),
        "[" * 100000,
        '{"event": "progress", "done": "1", "total": 2, "unit": "tile"}',
        '{"event": "progress", "done": 1, "total": 2, "unit": "tile", "__class__": 1}',
        '{"event": "metric", "name": 3, "value": 1, "step": 1}',
        '{"event": "result", "outputs": null}',
        '{"event": "preview"}',
        "null",
        "",
        "\ud800",
    ],
)
def test_no_line_that_is_no_event_passes(line):
    with pytest.raises(WorkerError):
        from_line(line)


def test_an_event_with_nothing_finite_still_crosses():
    for event in (
        Metric("loss", math.nan, 1),
        Progress(math.inf, 1, "x"),
        Result({"a": [math.nan], "b": {1: -math.inf}}),
    ):
        line = to_line(event)
        json.loads(line, parse_constant=lambda word: pytest.fail(word))
        from_line(line)
