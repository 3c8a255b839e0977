"""A training that is killed without a word goes on to the very bytes of one that was left alone."""

import os
import signal
import subprocess
import sys

import pytest

from qgis_ddpm.core import run
from qgis_ddpm.events import Note
from qgis_ddpm.jobs import TrainModel

FIELDS = {
    "preset": "tiny",
    "tile_px": 16,
    "batch_size": 4,
    "base_channels": 8,
    "channel_multipliers": "1,2",
    "attention_at_px": "0",
    "dropout": 0.2,
    "guidance": 2.0,
    "tiles": 320,
    "validation_share": 0.0,
}
# Checkpoints as often as they can be written; otherwise the first would come after a second.
CHILD = """
import sys
from qgis_ddpm.core.learning import budget
budget.LEAST_CHECKPOINT_S = 0.0
budget.CHECKPOINT_COST_SHARE = 1.0
from qgis_ddpm.cli import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.timeout(600)
@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_kill_minus_nine_and_resume_equal_an_uninterrupted_run(scene, tmp_path):
    record = tmp_path / "e"
    job = {**FIELDS, "input": str(scene.before), "model": str(tmp_path / "m.safetensors"), "experiment": str(record)}
    flags = [part for name, value in job.items() for part in (f"--{name}", str(value))]
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, "trainmodel", *flags, "--json"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    saved = None
    for line in child.stdout:
        # It is killed some steps after a checkpoint, so that work is lost.
        if b"checkpoint_seconds" in line:
            saved = line
        elif saved and b'"unit": "tile"' in line:
            break
    child.send_signal(signal.SIGKILL)
    assert child.wait() == -signal.SIGKILL
    child.stdout.close()
    assert not (tmp_path / "m.safetensors").exists()
    fields = {**FIELDS, "input": (str(scene.before),)}
    events = list(run(TrainModel(**fields, model=job["model"], experiment=str(record))))
    going_on = [event.text for event in events if isinstance(event, Note) and "Going on from" in event.text]
    assert going_on
    assert not any("from 320 tiles" in text for text in going_on)
    list(run(TrainModel(**fields, model=str(tmp_path / "straight.safetensors"))))
    assert (tmp_path / "m.safetensors").read_bytes() == (tmp_path / "straight.safetensors").read_bytes()
    assert not [path.name for path in (*record.iterdir(), *tmp_path.iterdir()) if ".part" in path.name]
