"""Between the parent and its worker: what may cross, and what a worker never does."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from qgis_ddpm.errors import WorkerError
from qgis_ddpm.events import from_line
from qgis_ddpm.jobs import TrainModel
from qgis_ddpm.remote import WORKER_SCRIPT

ROOT = Path(__file__).resolve().parent.parent
# Runs a job on the command line in a Python in which every use of the network ends the process.
NO_NETWORK = """
import os, sys
def watch(name, arguments):
    if name.startswith("socket.") and name != "socket.gethostname":
        sys.stderr.write(f"network: {name} {arguments}")
        sys.stderr.flush()
        os._exit(99)
sys.addaudithook(watch)
from qgis_ddpm.cli import main
sys.exit(main(sys.argv[1:]))
"""
# A parent that follows a training in a worker, and says who the worker is.
PARENT = """
import sys
from qgis_ddpm import remote
from qgis_ddpm.jobs import TrainModel
fields = dict(tile_px=16, batch_size=4, base_channels=8, channel_multipliers="1,2", attention_at_px="0", tiles=10**7)
for event in remote.run(TrainModel(input=(sys.argv[1],), model=sys.argv[2], **fields), sys.executable):
    print(event, flush=True)
"""


@pytest.mark.parametrize("number", ["Infinity", "-Infinity", "NaN", "1e999", "1" + 400 * "0", "true", '"1"', "[1]"])
def test_no_number_that_a_progress_bar_cannot_show_passes(number):
    with pytest.raises(WorkerError):
        from_line(f'{{"event": "progress", "done": {number}, "total": 2, "unit": "tile"}}')


def test_no_job_needs_the_network(scene, tmp_path):
    arguments = ["--before", scene.before, "--after", scene.after, "--output", tmp_path / "o.tif", "--method", "irmad"]
    done = subprocess.run(
        [sys.executable, "-c", NO_NETWORK, "detectchanges", *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_no_program_is_started_through_a_shell():
    for path in (ROOT / "qgis_ddpm").rglob("*.py"):
        text = path.read_text()
        assert not re.search(r"shell\s*=\s*True|os\.system\(|os\.popen\(|(?<![\w.])(eval|exec)\(", text), path


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
def test_a_worker_waits_for_a_parent_that_is_stopped_and_goes_with_one_that_is_killed(scene, tmp_path):
    model = tmp_path / "m.safetensors"
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(scene.before), str(model)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    )
    worker = int(re.search(r"Worker (\d+)", parent.stdout.readline()).group(1))
    while "loss" not in parent.stdout.readline():
        continue
    parent.send_signal(signal.SIGSTOP)
    time.sleep(0.5)
    os.kill(worker, 0)
    parent.send_signal(signal.SIGCONT)
    assert "loss" in parent.stdout.readline()
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    deadline = time.monotonic() + 60
    while _lives(worker) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not _lives(worker)
    # Its stdin ended, which means stop: what was learnt is kept, whole, and nothing beside it but the parent's folder.
    left = {path.name for path in tmp_path.iterdir() if not path.name.startswith("qgis_ddpm_")}
    assert left <= {"m.safetensors"}
    parent.stdout.close()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
@pytest.mark.parametrize("end", ["pipe", "SIGHUP"])
def test_a_worker_that_nobody_reads_or_whose_terminal_is_closed_keeps_its_model(scene, tmp_path, end):
    fields = {"tile_px": 16, "batch_size": 4, "base_channels": 8, "channel_multipliers": "1,2", "attention_at_px": "0"}
    job = TrainModel(input=(str(scene.before),), model=str(tmp_path / "m.safetensors"), tiles=10**7, **fields)
    with open(tmp_path / "err", "wb") as err:
        worker = subprocess.Popen(
            [sys.executable, "-B", WORKER_SCRIPT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=err
        )
    worker.stdin.write((json.dumps({"job": job.ALGORITHM, **job.values()}) + "\n").encode())
    worker.stdin.flush()
    while b"loss" not in worker.stdout.readline():
        continue
    if end == "pipe":
        worker.stdout.close()
    else:
        worker.send_signal(signal.SIGHUP)
        assert b'"cancelled"' in worker.stdout.read()
        worker.stdout.close()
    assert worker.wait(60) == 3
    worker.stdin.close()
    assert (tmp_path / "m.safetensors").exists()
    assert b"Traceback" not in (tmp_path / "err").read_bytes()


def _lives(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
