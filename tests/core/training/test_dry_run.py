"""A dry run of a training: it tells what the run tells, and what it costs, and writes nothing."""

import pytest

from qgis_ddpm.core import run
from qgis_ddpm.core.dry_run import estimate
from qgis_ddpm.errors import JobError
from qgis_ddpm.events import Note
from qgis_ddpm.jobs import TrainModel

SMALL = {"tile_px": 16, "batch_size": 4, "base_channels": 8, "channel_multipliers": "1,2", "attention_at_px": "0"}


def job(scene, folder, **changes):
    fields = {"tiles": 16, "model": str(folder / "m.safetensors"), **SMALL, **changes}
    return TrainModel(input=(str(scene.before),), **fields)


def notes(events):
    return [event.text for event in events if isinstance(event, Note)]


def test_it_tells_the_notes_of_the_run_and_time_and_memory(scene, tmp_path):
    told = list(estimate(job(scene, tmp_path, experiment=str(tmp_path / "e"))))
    assert not list(tmp_path.iterdir())
    outputs = told[-1].outputs
    assert outputs["NETWORK_CALLS"] == 16
    assert outputs["SECONDS"] >= 0
    assert outputs["MEMORY_MB"] > 1
    without = list(estimate(job(scene, tmp_path)))[-1].outputs
    assert outputs["DISK_MB"] > without["DISK_MB"]
    ran = notes(run(job(scene, tmp_path, experiment=str(tmp_path / "e"))))
    assert [text for text in notes(told) if text in ran] == ran


def test_time_grows_with_the_tiles_up_to_the_minutes(scene, tmp_path):
    def seconds(**fields):
        return list(estimate(job(scene, tmp_path, **fields)))[-1].outputs["SECONDS"]

    assert seconds(tiles=10**7) > 60
    assert seconds(tiles=10**7, minutes=1.0) == 60
    assert seconds(tiles=None, minutes=1.0) == 60


def test_it_refuses_what_the_run_refuses(scene, tmp_path):
    with pytest.raises(JobError, match="levels of this network have sizes"):
        list(estimate(job(scene, tmp_path, attention_at_px="16", patch_px=2)))
