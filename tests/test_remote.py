"""The parent's side of the pipe: workers that die, babble, hang or obey."""

import os
import sys
import time

import pytest

from qgis_ddpm import remote
from qgis_ddpm.errors import EnvironmentMissingError, JobError, WorkerError
from qgis_ddpm.events import Cancelled, Note, Progress, Result
from qgis_ddpm.jobs import CheckEnvironment, DetectChanges

JOB = CheckEnvironment()


@pytest.fixture
def worker(monkeypatch, tmp_path):
    """Put a script in the worker's place; it has `say(dict)` and the job line in `job`."""
    prelude = (
        "import json, os, signal, sys, time\n"
        "def say(**event):\n    print(json.dumps(event), flush=True)\n"
        "job = sys.stdin.readline()\n"
    )

    def put(body: str) -> None:
        script = tmp_path / "worker.py"
        script.write_text(prelude + body)
        monkeypatch.setattr(remote, "WORKER_SCRIPT", str(script))

    return put


def run(**options):
    return remote.run(JOB, sys.executable, **options)


def test_events_arrive_in_order_and_the_job_crosses_as_one_line(worker):
    worker("say(event='note', text=job.strip(), level='info')\nsay(event='result', outputs={'ABLE': True})")
    events = list(run())
    assert '"job": "checkenvironment"' in events[0].text
    assert events[1:] == [Result({"ABLE": True})]


def test_an_error_line_is_raised_as_itself(worker):
    worker("say(event='error', kind='JobError', text='SEED is -1.')")
    with pytest.raises(JobError, match=r"SEED is -1\."):
        list(run())


def test_the_workers_stderr_goes_to_the_console(worker):
    worker("print('a warning of a library', file=sys.stderr)\nsay(event='result', outputs={})")
    heard = []
    list(run(console=heard.append))
    assert heard == ["a warning of a library"]


def test_words_of_any_size_reach_the_console_by_beginning_and_end(worker):
    worker(
        "sys.stderr.write('begin\\n')\nfor _ in range(300): sys.stderr.write('x' * 99999 + '\\n')\n"
        "sys.stderr.write('\\x1b[2Jend https://bob:word@h/s')\nsys.stderr.flush()\nsay(event='result', outputs={})"
    )
    heard = []
    list(run(console=heard.append))
    (text,) = heard
    assert text.startswith("begin\n")
    assert text.endswith("\\x1b[2Jend https://***@h/s")
    assert "bytes left out" in text
    assert len(text) < 100_000


@pytest.mark.parametrize("last", ["say(event='result', outputs={})", ""])
def test_a_grandchild_that_keeps_the_pipes_holds_nobody(worker, last):
    worker(f"import subprocess\nsubprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n{last}")
    start = time.monotonic()
    if last:
        assert list(run()) == [Result({})]
    else:
        with pytest.raises(WorkerError, match="status 0"):
            list(run())
    assert time.monotonic() - start < 8


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("os.kill(os.getpid(), signal.SIGKILL)", "memory ran out"),
        ("os.kill(os.getpid(), signal.SIGSEGV)", "signal 11"),
        ("print('last words', file=sys.stderr); sys.exit(7)", "status 7.*last words"),
        ("print('hello')", "no event.*hello"),
        ("sys.stdout.buffer.write(b'\\xff' * 3000000)", "more than|no event"),
        ("say(event='party')", "unknown kind"),
        ("", "status 0"),
    ],
)
def test_a_worker_that_dies_or_babbles_is_a_sentence(worker, body, words):
    worker(body)
    with pytest.raises(WorkerError, match=words):
        list(run())


def test_a_worker_that_the_system_ends_is_started_once_more_with_half_the_batch(worker, tmp_path):
    worker(
        "share = os.environ.get('QGIS_DDPM_BATCH_SHARE')\n"
        "say(event='note', text=f'share {share}')\n"
        "if share is None: os.kill(os.getpid(), signal.SIGKILL)\n"
        "say(event='result', outputs={})"
    )
    job = DetectChanges(before="a.tif", after="b.tif", output=str(tmp_path / "o.tif"))
    events = list(remote.run(job, sys.executable))
    assert [event.text for event in events[:3:2]] == ["share None", "share 0.5"]
    assert "started once more" in events[1].text
    assert events[-1] == Result({})


def test_a_worker_that_is_ended_twice_is_not_started_again(worker, tmp_path):
    starts = tmp_path / "starts"
    worker(f"open({str(starts)!r}, 'a').write('x')\nos.kill(os.getpid(), signal.SIGKILL)")
    job = DetectChanges(before="a.tif", after="b.tif", output=str(tmp_path / "o.tif"))
    with pytest.raises(WorkerError, match="memory ran out"):
        list(remote.run(job, sys.executable))
    assert starts.read_text() == "xx"
    # Nor is one that was ended while the user waited for its end.
    starts.write_text("")
    worker(
        f"open({str(starts)!r}, 'a').write('x')\nsay(event='note', text='begun')\n"
        "sys.stdin.read()\nos.kill(os.getpid(), signal.SIGKILL)"
    )
    events = remote.run(job, sys.executable)
    next(events)
    with pytest.raises(WorkerError, match="memory ran out"):
        events.throw(Cancelled())
    assert starts.read_text() == "x"


def test_throw_asks_the_worker_to_save_and_gives_what_was_kept(worker):
    worker(
        "say(event='progress', done=1, total=9, unit='tile')\n"
        "sys.stdin.read()\n"
        "say(event='progress', done=2, total=9, unit='tile')\n"
        "say(event='cancelled', kept={'MODEL': 'm.safetensors'})"
    )
    events = run()
    assert next(events) == Progress(1, 9, "tile")
    assert events.throw(Cancelled()).kept == {"MODEL": "m.safetensors"}
    assert list(events) == []


def test_a_wish_to_stop_is_answered_while_the_worker_is_silent(worker):
    worker("say(event='note', text='started')\nsys.stdin.read()\nsay(event='cancelled', kept={})")
    wish = []
    events = run(stop=lambda: bool(wish))
    next(events)
    wish.append(1)
    start = time.monotonic()
    assert "Stopping" in next(events).text
    assert time.monotonic() - start < 0.2
    assert isinstance(next(events), Cancelled)


def test_a_worker_that_hangs_is_ended_after_the_grace(worker, monkeypatch):
    monkeypatch.setattr(remote, "GRACE_S", 0.5)
    worker("say(event='note', text=str(os.getpid()))\ntime.sleep(60)")
    events = run()
    pid = int(next(events).text)
    start = time.monotonic()
    assert isinstance(events.throw(Cancelled()), Cancelled)
    assert time.monotonic() - start < 3
    list(events)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_close_says_drop_and_yields_nothing(worker, tmp_path):
    heard = tmp_path / "heard.txt"
    worker(f"say(event='note', text='started')\nopen({str(heard)!r}, 'w').write(sys.stdin.read())")
    events = run()
    next(events)
    events.close()
    assert heard.read_text() == "drop\n"


def test_a_worker_that_nobody_listens_to_can_still_leave(worker, monkeypatch):
    worker("for _ in range(20000):\n    say(event='note', text='x' * 200)\nsay(event='cancelled', kept={})")
    events = run()
    next(events)
    start = time.monotonic()
    events.close()
    assert time.monotonic() - start < 5


def test_the_workers_environment_is_clean(worker, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "/nowhere")
    monkeypatch.setenv("PROJ_LIB", "/nowhere")
    monkeypatch.setenv("PIP_INDEX_URL", "kept")
    worker(
        "names = ('PYTHONPATH', 'PROJ_LIB', 'PIP_INDEX_URL', 'QGIS_DDPM_MODELS')\n"
        "say(event='result', outputs={name: os.environ.get(name) for name in names})"
    )
    (event,) = run(models_folder="/models")
    assert event.outputs == {
        "PYTHONPATH": None,
        "PROJ_LIB": None,
        "PIP_INDEX_URL": "kept",
        "QGIS_DDPM_MODELS": "/models",
    }


def test_a_named_interpreter_that_fails_is_an_error(tmp_path):
    fake = tmp_path / "python"
    fake.write_text("#!/bin/sh\necho 'no such thing' >&2\nexit 3\n")
    fake.chmod(0o755)
    with pytest.raises(EnvironmentMissingError, match="no such thing"):
        list(remote.run(JOB, str(fake)))
    with pytest.raises(EnvironmentMissingError, match="cannot be started"):
        list(remote.run(JOB, str(tmp_path / "none")))


def test_the_real_worker_answers_within_a_second_and_raises_what_the_job_raises(tmp_path):
    text = tmp_path / "text.tif"
    text.write_text("no raster")
    job = DetectChanges(before=str(text), after=str(text), output=str(tmp_path / "o.tif"), method="cva")
    remote.find_interpreter(sys.executable)
    start = time.monotonic()
    events = remote.run(job, sys.executable)
    assert isinstance(next(events), Note)
    assert time.monotonic() - start < 1.0
    with pytest.raises(ValueError, match=r"text\.tif"):
        list(events)
    assert not (tmp_path / "o.tif").exists()
