"""The check of another interpreter: it checks itself, and one that cannot begin is a finding, not an error."""

import json
import os
import sys

import pytest

from qgis_ddpm import remote
from qgis_ddpm.cli import main
from qgis_ddpm.errors import EnvironmentMissingError, OutputError
from qgis_ddpm.events import Cancelled, Note, Result
from qgis_ddpm.jobs import CheckEnvironment, DetectChanges


def checked(**fields):
    """The outputs and the warnings of a check from outside."""
    events = list(remote.run(CheckEnvironment(**fields)))
    assert isinstance(events[-1], Result)
    return events[-1].outputs, [event.text for event in events if isinstance(event, Note) and event.level == "warning"]


@pytest.fixture
def broken(tmp_path):
    """A program that is no Python."""
    path = tmp_path / "python"
    path.write_text("#!/bin/sh\necho 'bad <CPU> type' >&2\nexit 1\n")
    path.chmod(0o755)
    return str(path)


def test_another_interpreter_checks_itself(tmp_path):
    # A second name of the same interpreter: it runs a worker, and the worker is named.
    other = os.path.join(os.path.dirname(sys.executable), ".", os.path.basename(sys.executable))
    outputs, _ = checked(python=other, report=str(tmp_path / "a.html"), device="cpu")
    assert outputs["ABLE"] is True
    assert outputs["TORCH_VERSION"]
    assert os.path.basename(outputs["PYTHON"]) == os.path.basename(other)
    assert os.path.exists(outputs["REPORT"])


@pytest.mark.parametrize("folder", ["", "new/folder"])
def test_an_interpreter_that_cannot_begin_is_a_finding(tmp_path, broken, folder):
    report = tmp_path / folder / "a.html"
    outputs, warnings = checked(python=broken, report=str(report))
    assert outputs.keys() == {*CheckEnvironment.OUTPUTS, "REPORT"}
    assert outputs["ABLE"] is False
    assert outputs["PYTHON"] == broken
    assert "bad <CPU> type" in warnings[0]
    html = report.read_text(encoding="utf-8")
    assert "bad &lt;CPU&gt; type" in html
    assert broken in html
    assert not list(tmp_path.rglob("*.part"))


def test_an_interpreter_that_is_not_there_is_a_finding(tmp_path):
    outputs, warnings = checked(python=str(tmp_path / "none"))
    assert outputs["ABLE"] is False
    assert str(tmp_path / "none") in warnings[0]


def test_a_worker_that_dies_is_a_finding(tmp_path, monkeypatch):
    script = tmp_path / "worker.py"
    script.write_text("import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)\n")
    monkeypatch.setattr(remote, "WORKER_SCRIPT", str(script))
    outputs, warnings = checked(python=sys.executable)
    assert outputs["ABLE"] is False
    assert "signal 11" in warnings[0]


def test_a_page_that_cannot_be_written_is_an_error(tmp_path, broken):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot be written"):
        checked(python=broken, report=str(tmp_path / "file" / "a.html"))


def test_a_wish_to_stop_reaches_the_interpreter(monkeypatch):
    events = remote.run(CheckEnvironment(python=sys.executable, device="cpu"))
    next(events)
    assert isinstance(events.throw(Cancelled()), Cancelled)
    assert list(events) == []


def test_other_jobs_do_not_run_in_an_interpreter_that_cannot_begin(tmp_path, broken):
    with pytest.raises(EnvironmentMissingError, match="bad <CPU> type"):
        list(remote.run(DetectChanges(before="a.tif", after="b.tif", output=str(tmp_path / "o.tif")), broken))


def test_the_command_line_asks_the_interpreter_that_is_named(broken, capsys):
    assert main(["checkenvironment", "--python", broken, "--json"]) == 0
    last = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert last["outputs"]["ABLE"] is False
    assert last["outputs"]["PYTHON"] == broken
