"""Training in two processes that torchrun starts: the result, who speaks, and what ends all."""

import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress

import pytest
import torch
import yaml

from qgis_ddpm.core import run
from qgis_ddpm.core.model import load_model
from qgis_ddpm.core.training.distributed import Ranks
from qgis_ddpm.errors import JobError
from qgis_ddpm.jobs import TrainModel
from qgis_ddpm.launch import Rank, rank

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

pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="torch for Windows comes without the exchange over gloo"),
    # Several processes start beside whatever else the computer does.
    pytest.mark.timeout(900),
]


# Two processes as torchrun starts them, but forked from one that has imported all: a third of the time.
PAIR = """
import os, sys
from qgis_ddpm.cli import main
import qgis_ddpm.core.training.run
pids = []
for number in ("0", "1"):
    pids.append(os.fork())
    if pids[-1] == 0:
        os.environ.update(TORCHELASTIC_RUN_ID="pair", RANK=number, LOCAL_RANK=number, WORLD_SIZE="2")
        status = main(sys.argv[1:])
        sys.stdout.flush()
        os._exit(status)
print(*pids, flush=True)
print(*[os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids], flush=True)
"""


def job_file(scene, folder, **changes):
    job = {"job": "trainmodel", "input": [str(scene.before)], "model": str(folder / "two.safetensors"), **FIELDS}
    (folder / "job.yaml").write_text(yaml.safe_dump({**job, **changes}))
    return str(folder / "job.yaml")


@pytest.fixture
def pair(scene, tmp_path):
    """Two processes in mid-training: the one that started them, and their numbers."""
    environ = {**os.environ, "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(free_port())}
    command = [sys.executable, "-c", PAIR, "run", job_file(scene, tmp_path, tiles=10**7), "--json"]
    parent = subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    pids = [int(number) for number in parent.stdout.readline().split()]
    for line in parent.stdout:
        if '"unit": "tile"' in line:
            break
    yield parent, pids
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    parent.kill()
    parent.communicate()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_two_processes_go_on_as_one_does_with_the_same_batch(scene, tmp_path):
    fields = {"input": (str(scene.before),), **FIELDS}
    record = {"experiment": str(tmp_path / "e")}
    # Begun by one process: the others have to be told of its weights and its optimizer.
    list(run(TrainModel(**fields, **record, model=str(tmp_path / "begun.safetensors"), tiles=24)))
    torchrun = [sys.executable, "-m", "torch.distributed.run", "--nproc-per-node=2", "--master-addr=127.0.0.1"]
    command = [*torchrun, f"--master-port={free_port()}", "-m", "qgis_ddpm", "run"]
    command += [job_file(scene, tmp_path, tiles=48, **record), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    events = [json.loads(line) for line in done.stdout.splitlines()]
    assert [event["event"] for event in events].count("result") == 1
    assert events[-1]["outputs"]["TILES_SEEN"] == 48
    notes = " ".join(event["text"] for event in events if event["event"] == "note")
    assert "Going on from 24 tiles" in notes
    assert "shared by 2 processes" in notes
    alone = str(tmp_path / "one.safetensors")
    list(run(TrainModel(**fields, model=alone, tiles=48)))
    two, one = (load_model(path).network.state_dict() for path in (tmp_path / "two.safetensors", alone))
    # Adam divides by the gradient's size, so rounding of tiny gradients grows to a share of the learning rate.
    assert max((two[name] - one[name]).abs().max() for name in one) < 2e-5
    loss = load_model(alone).card.training["training_loss"]
    assert events[-1]["outputs"]["TRAINING_LOSS"] == pytest.approx(loss, rel=1e-4)


def test_a_stop_that_one_is_asked_for_is_heard_by_all_and_keeps_the_model(pair, tmp_path):
    parent, pids = pair
    os.kill(pids[1], signal.SIGTERM)
    out, err = parent.communicate()
    *_, last, statuses = out.splitlines()
    assert statuses == "3 3", err
    assert json.loads(last) == {"event": "cancelled", "kept": {"MODEL": str(tmp_path / "two.safetensors")}}
    assert load_model(tmp_path / "two.safetensors").card.training["tiles_seen"] >= 8


def test_the_death_of_one_ends_the_other_and_leaves_no_output(pair, tmp_path):
    parent, pids = pair
    os.kill(pids[1], signal.SIGKILL)
    out, err = parent.communicate()
    assert out.splitlines()[-1] == "1 -9"
    assert err.count("error: ") == 1
    assert "broke off" in err
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
