"""Training in two processes that torchrun starts: the result, who speaks, and what ends all."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest
import torch
import yaml

from qgis_ddpm.core import run
from qgis_ddpm.core.model import load_model
from qgis_ddpm.core.ranks import Ranks
from qgis_ddpm.errors import JobError
from qgis_ddpm.jobs import TrainModel
from qgis_ddpm.launch import Rank, rank

TORCHRUN = [sys.executable, "-m", "torch.distributed.run", "--nproc-per-node=2", "--master-addr=127.0.0.1"]
FIELDS = {
    "tile_px": 16,
    "batch_size": 8,
    "base_channels": 8,
    "channel_multipliers": "1,2",
    "attention_at_px": "0",
    "self_conditioning": True,
    "warmup_tiles": 8,
    "learning_rate": 1e-3,
    "device": "cpu",
}

pytestmark = pytest.mark.skipif(os.name == "nt", reason="torch for Windows comes without the exchange over gloo")


def started(scene, folder, port, **changes):
    """Two processes that train; their stdout is read from the returned process."""
    job = {"job": "trainmodel", "input": [str(scene.before)], "model": str(folder / "two.safetensors"), **FIELDS}
    (folder / "job.yaml").write_text(yaml.safe_dump({**job, **changes}))
    command = [*TORCHRUN, f"--master-port={port}", "-m", "qgis_ddpm", "run", str(folder / "job.yaml"), "--json"]
    environ = {**os.environ, "OMP_NUM_THREADS": "1"}
    # A session of its own, as a terminal gives it.
    return subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def children(pid):
    """The processes that a process has started and that still run."""
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    return [int(number) for number in found.stdout.split()]


def until_steps(process):
    """Read events until tiles are seen."""
    for line in process.stdout:
        event = json.loads(line)
        if event["event"] == "progress" and event["unit"] == "tile":
            return event
    raise AssertionError(process.stderr.read())


def test_two_processes_train_as_one_does_with_the_same_batch(scene, tmp_path):
    process = started(scene, tmp_path, 29611, tiles=48, experiment=str(tmp_path / "e"))
    out, err = process.communicate(timeout=110)
    assert process.returncode == 0, err
    events = [json.loads(line) for line in out.splitlines()]
    assert [event["event"] for event in events].count("result") == 1
    assert events[-1]["outputs"]["TILES_SEEN"] == 48
    assert any("shared by 2 processes" in event.get("text", "") for event in events)
    alone = str(tmp_path / "one.safetensors")
    list(run(TrainModel(input=(str(scene.before),), model=alone, tiles=48, **FIELDS)))
    two, one = (load_model(path).network.state_dict() for path in (tmp_path / "two.safetensors", alone))
    # Adam divides by the gradient's size, so rounding of tiny gradients grows to a share of the learning rate.
    assert max((two[name] - one[name]).abs().max() for name in one) < 2e-5
    fresh = load_model(alone).card.training["training_loss"]
    assert events[-1]["outputs"]["TRAINING_LOSS"] == pytest.approx(fresh, rel=1e-4)


def test_a_stop_is_heard_by_all_and_keeps_the_model(scene, tmp_path):
    process = started(scene, tmp_path, 29612, tiles=10**7)
    until_steps(process)
    workers = children(process.pid)
    assert len(workers) == 2
    process.send_signal(signal.SIGTERM)
    out, _ = process.communicate(timeout=60)
    assert json.loads(out.splitlines()[-1]) == {
        "event": "cancelled",
        "kept": {"MODEL": str(tmp_path / "two.safetensors")},
    }
    assert load_model(tmp_path / "two.safetensors").card.training["tiles_seen"] >= 8
    assert not [pid for pid in workers if _runs(pid)]


def test_the_death_of_one_ends_all_and_leaves_no_output(scene, tmp_path):
    process = started(scene, tmp_path, 29613, tiles=10**7)
    until_steps(process)
    workers = children(process.pid)
    os.kill(max(workers), signal.SIGKILL)
    _, err = process.communicate(timeout=60)
    assert process.returncode != 0
    assert "broke off" in err
    assert not [pid for pid in workers if _runs(pid)]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["job.yaml"]


def test_shares_and_names_of_processes():
    assert rank({"RANK": "1", "WORLD_SIZE": "2", "LOCAL_RANK": "1"}) == Rank()
    assert rank({"TORCHELASTIC_RUN_ID": "x", "RANK": "3", "WORLD_SIZE": "4", "LOCAL_RANK": "1"}) == Rank(3, 4, 1)
    assert Ranks(Rank(1, 4, 1)).share(32) == 8
    with pytest.raises(JobError, match="BATCH_SIZE is 10, which 4 processes"):
        Ranks(Rank(1, 4, 1)).share(10)
    assert Ranks().mean(torch.ones(2)).tolist() == [1, 1]


def test_only_trainings_are_shared(monkeypatch, tmp_path):
    from qgis_ddpm.jobs import CheckEnvironment

    monkeypatch.setattr("qgis_ddpm.core.runners.rank", lambda: Rank(0, 2, 0))
    with pytest.raises(JobError, match="without torchrun"):
        list(run(CheckEnvironment()))


def _runs(pid):
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        time.sleep(0.1)
    return True
