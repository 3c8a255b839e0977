"""Files are written under the ending of their format: one check for the destinations of all jobs, before any work."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from qgis_ddpm.errors import JobError
from qgis_ddpm.jobs import JOBS
from qgis_ddpm.jobs.job import check_ending, check_endings

OUTPUTS = [(name, item) for name, kind in JOBS.items() for item in kind.options() if item.endings]
IDS = [f"{name}-{item.name}" for name, item in OUTPUTS]


def test_every_file_that_is_written_has_an_ending():
    written = {(name, item.name) for name, kind in JOBS.items() for item in kind.options() if item.is_destination}
    others = written - {(name, item.name) for name, item in OUTPUTS}
    roles = {JOBS[name].option(field).role for name, field in others}
    # A folder has none, and a vector's ending is its format.
    assert roles == {"folder_out", "vector_out", "points_out"}


@pytest.mark.parametrize(("name", "item"), OUTPUTS, ids=IDS)
def test_its_own_endings_pass_and_others_do_not(name, item):
    for ending in item.endings:
        check_ending(item, f"/somewhere/out{ending}")
        check_ending(item, f"/some.where/out{ending.upper()}")
    check_ending(item, None)
    check_ending(item, "")
    for other in ("out", "out.", "out.img", f"out{item.endings[0]}.gz", f"out{item.endings[0]}/x", "out.jpg"):
        with pytest.raises(JobError, match=item.parameter) as refusal:
            check_ending(item, other)
        assert item.endings[0] in str(refusal.value)


def test_a_folder_of_that_name_is_told_by_who_writes(tmp_path):
    check_ending(JOBS["trainmodel"].option("model"), str(tmp_path))


def test_jobs_are_checked_as_a_whole():
    job = JOBS["detectchanges"](before="a.tif", after="b.tif", output="o.tif", probability="p.png")
    with pytest.raises(JobError, match=r"PROBABILITY is p\.png"):
        check_endings(job)


@pytest.mark.parametrize(
    "arguments",
    [
        ("detectchanges", "--before", "{}", "--after", "{}", "--output", "o.png"),
        ("assesschanges", "--predicted", "{}", "--reference", "{}", "--report", "r.pdf"),
        ("trainmodel", "--input", "{}", "--model", "m.tif"),
        ("trainmodel", "--input", "{}", "--model", "m.safetensors", "--report", "r.txt", "--dry-run"),
    ],
)
def test_the_command_line_ends_with_status_2_and_writes_nothing(tmp_path: Path, arguments):
    source = str(Path(__file__).parent / "conftest.py")
    given = [part.format(source) if part == "{}" else part for part in arguments]
    given = [str(tmp_path / part) if part[:2] in ("o.", "r.", "m.") else part for part in given]
    done = subprocess.run(
        [sys.executable, "-m", "qgis_ddpm", *given, "--json"], capture_output=True, text=True, check=False
    )
    last = json.loads(done.stdout.splitlines()[-1])
    assert (done.returncode, last["event"]) == (2, "error")
    assert "ends in" in last["text"]
    assert list(tmp_path.iterdir()) == []
