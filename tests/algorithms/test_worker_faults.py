"""Workers that die, babble or hang under QGIS: a clear sentence, QGIS goes on, and no process stays behind."""

import os
import signal
import subprocess
import threading
import time
from pathlib import Path

import pytest
from qgis.core import QgsProcessingContext

from qgis_ddpm import remote
from tools import qgis_process

GONE_S = 15.0


@pytest.fixture
def worker(monkeypatch, tmp_path):
    """Put a script in the worker's place that first writes its process number; `pids()` are those that ever began."""
    log = tmp_path / "pids"

    def put(body):
        script = tmp_path / "worker.py"
        script.write_text(
            "import os, signal, sys, time\n"
            f"with open({str(log)!r}, 'a') as file:\n    print(os.getpid(), file=file)\n"
            f"sys.stdin.readline()\n{body}\n"
        )
        monkeypatch.setattr(remote, "WORKER_SCRIPT", str(script))

    put.pids = lambda: [int(line) for line in log.read_text().splitlines()]
    return put


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    # One that is dead and that its parent has not asked about yet.
    return Path(f"/proc/{pid}/stat").read_text().split(")")[-1].split()[0] != "Z"


def workers_of(parent):
    """Numbers of the children of a process that run a worker."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(state[1]) == parent and b"worker.py" in (folder / "cmdline").read_bytes():
                found.append(int(folder.name))
        except OSError:
            # It ended while it was looked at.
            continue
    return found


def wait_until_gone(pids):
    until = time.monotonic() + GONE_S
    while any(is_alive(pid) for pid in pids) and time.monotonic() < until:
        time.sleep(0.05)
    assert [pid for pid in pids if is_alive(pid)] == []


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("os.kill(os.getpid(), signal.SIGKILL)", "ended by the system (signal 9), most often because memory ran out"),
        ("print('Segmentation fault, or so', flush=True)\ntime.sleep(60)", "sent a line that is no event"),
        ("sys.stdout.buffer.write(bytes(range(256)) * 9000)\ntime.sleep(60)", "The worker sent a line"),
        ("sys.exit('no module named torch')", "Its last words: no module named torch"),
    ],
)
def test_a_worker_that_dies_or_babbles(provider, context, log, two_dates, worker, body, sentence):
    worker(body)
    parameters = {"BEFORE": two_dates[0], "AFTER": two_dates[1], "METHOD": "cva", "OUTPUT": "TEMPORARY_OUTPUT"}
    _, good = provider.algorithm("detectchanges").run(parameters, context, log)
    assert not good
    assert any(sentence in error for error in log.errors), log.errors
    wait_until_gone(worker.pids())


def test_a_worker_that_hangs_is_ended_by_cancel(provider, context, log, two_dates, worker, monkeypatch):
    monkeypatch.setattr(remote, "GRACE_S", 1.0)
    worker("signal.signal(signal.SIGTERM, signal.SIG_IGN)\ntime.sleep(120)")
    threading.Timer(0.5, log.cancel).start()
    begin = time.monotonic()
    parameters = {"BEFORE": two_dates[0], "AFTER": two_dates[1], "METHOD": "cva", "OUTPUT": "TEMPORARY_OUTPUT"}
    provider.algorithm("detectchanges").run(parameters, context, log)
    assert time.monotonic() - begin < 10.0
    assert log.warnings[-1] == "Cancelled. Nothing was kept."
    wait_until_gone(worker.pids())


def test_qgis_goes_on_after_all_that(provider, two_dates, log, tmp_path):
    files = {"OUTPUT": str(tmp_path / "change.tif")}
    parameters = {"BEFORE": two_dates[0], "AFTER": two_dates[1], "METHOD": "cva", **files}
    results, good = provider.algorithm("detectchanges").run(parameters, QgsProcessingContext(), log)
    assert good, log.errors
    assert results["METHOD_USED"] == "cva"


def test_qgis_that_is_killed_in_mid_run_leaves_no_process(scene, tmp_path):
    qgis_process.enable_plugin()
    given = {"INPUT": [scene["before"]], "PRESET": "tiny", "MINUTES": 5.0, "MODEL": str(tmp_path / "m.safetensors")}
    command = [qgis_process.executable(), "run", "ddpm:trainmodel", *qgis_process.arguments(given)]
    with subprocess.Popen(command, env=qgis_process.environment(), stdout=subprocess.DEVNULL) as qgis:
        workers = []
        until = time.monotonic() + 100
        while not workers and qgis.poll() is None and time.monotonic() < until:
            time.sleep(0.1)
            workers = workers_of(qgis.pid)
        qgis.send_signal(signal.SIGKILL)
        qgis.wait()
        assert len(workers) == 1
        wait_until_gone(workers)
