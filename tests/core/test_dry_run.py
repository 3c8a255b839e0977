"""Dry runs: the plan of the run, with what it takes, and nothing written."""

import os
from typing import Any

import numpy as np
import pytest
import rasterio

from qgis_ddpm.core import run
from qgis_ddpm.core.dry_run import estimate
from qgis_ddpm.errors import InputError, JobError, OutputError
from qgis_ddpm.events import Note, Result
from qgis_ddpm.jobs import AssessChanges, AssessTiles, SampleTiles, SetupEnvironment
from tests.core.makers.small_model import save_small_model


def told(job: Any) -> tuple[dict[str, Any], list[str]]:
    """The outputs and the notes of a dry run."""
    events = list(estimate(job))
    assert isinstance(events[-1], Result)
    return events[-1].outputs, [event.text for event in events if isinstance(event, Note)]


@pytest.fixture
def jobs(scene, tmp_path) -> dict[str, Any]:
    """A job of each kind that reads rasters and trains nothing."""
    save_small_model(tmp_path / "m.safetensors", 4)
    with rasterio.open(scene.truth) as file:
        profile, truth = file.profile, file.read()
    with rasterio.open(tmp_path / "predicted.tif", "w", **profile) as file:
        file.write(np.roll(truth, 3, axis=2))
    out = tmp_path / "out"
    return {
        "tiles": SampleTiles(model=str(tmp_path / "m.safetensors"), count=40, steps=10, output=str(out / "t.tif")),
        "area": SampleTiles(
            model=str(tmp_path / "m.safetensors"),
            layout="seamless",
            template=str(scene.before),
            steps=4,
            output=str(out / "a.tif"),
        ),
        "accuracy": AssessChanges(
            predicted=str(tmp_path / "predicted.tif"), reference=str(scene.truth), error_map=str(out / "e.tif")
        ),
        "quality": AssessTiles(
            tiles=str(scene.after),
            reference=(str(scene.before),),
            training=(str(scene.before),),
            tile_px=16,
            max_tiles=64,
            report=str(out / "r.html"),
        ),
    }


@pytest.mark.parametrize("name", ["tiles", "area", "accuracy", "quality"])
def test_time_and_memory_are_told_and_nothing_is_written(jobs, tmp_path, name):
    before = sorted(os.listdir(tmp_path))
    outputs, notes = told(jobs[name])
    assert 0 < outputs["SECONDS"] < 600
    assert 0 < outputs["MEMORY_MB"] < 4096
    assert "takes about" in notes[-1]
    assert "Nothing was run or written" in notes[-1]
    assert sorted(os.listdir(tmp_path)) == before


def test_windows_of_a_dry_run_are_those_of_the_run(jobs):
    for name in ("tiles", "area"):
        outputs, _ = told(jobs[name])
        totals = {event.total for event in run(jobs[name]) if getattr(event, "unit", "") == "window"}
        assert totals == {outputs["NETWORK_CALLS"]}


def test_twice_the_work_takes_longer(jobs):
    """Seconds and disk follow the size of the job, whatever the machine does meanwhile."""
    small, _ = told(jobs["tiles"].replace(count=8))
    large, _ = told(jobs["tiles"].replace(count=800))
    assert large["NETWORK_CALLS"] == 100 * small["NETWORK_CALLS"]
    assert large["SECONDS"] > 10 * small["SECONDS"]
    assert large["DISK_MB"] > 10 * small["DISK_MB"]


def test_the_notes_of_a_run_begin_as_those_of_its_dry_run(jobs):
    for job in jobs.values():
        _, notes = told(job)
        of_run = [event.text for event in run(job) if isinstance(event, Note)]
        assert of_run[: len(notes) - 1] == notes[:-1]


def test_what_a_run_refuses_its_dry_run_refuses(jobs, tmp_path):
    (tmp_path / "text.tif").write_text("no raster")
    refused = [
        (jobs["tiles"].replace(layout="seamless"), JobError),
        (jobs["area"].replace(extent="0,3e7,0,3e7", template=None), OutputError),
        (jobs["accuracy"].replace(predicted=str(tmp_path / "text.tif")), InputError),
        (jobs["quality"].replace(tile_px=1024), InputError),
    ]
    for job, kind in refused:
        for events in (estimate(job), run(job)):
            with pytest.raises(kind):
                list(events)


def test_a_cost_leaves_the_assessment_as_it_was(jobs):
    """The window that is measured is not counted twice."""
    from contextlib import ExitStack

    from qgis_ddpm.core.accuracy import run as accuracy
    from qgis_ddpm.core.progress import value_of

    *_, expected = run(jobs["accuracy"])
    with ExitStack() as stack:
        plan = value_of(accuracy.plan(jobs["accuracy"], stack))
        value_of(plan.cost())
        *_, last = accuracy.run(plan)
    assert last == expected


def test_a_set_up_says_what_it_would_do_and_makes_nothing(tmp_path):
    outputs, notes = told(SetupEnvironment(environment=str(tmp_path / "e"), build="cpu"))
    assert any(str(tmp_path / "e") in note for note in notes)
    assert outputs["DISK_MB"] >= 3000
    assert not (tmp_path / "e").exists()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("")
    with pytest.raises(OutputError, match="holds other files"):
        told(SetupEnvironment(environment=str(tmp_path / "full"), build="cpu"))
