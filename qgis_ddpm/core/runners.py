"""From the class of a job to the room that does it."""

from contextlib import AbstractContextManager, ExitStack, nullcontext
from importlib import import_module
from typing import Any

from ..environment.install import setup_environment
from ..errors import JobError
from ..events import Cancelled, Events, Note
from ..job_files import input_states
from ..jobs import (
    ApplyThreshold,
    AssessChanges,
    AssessTiles,
    CheckEnvironment,
    CompareSettings,
    DetectChanges,
    DetectSeries,
    ExportModel,
    FillGaps,
    GetModel,
    ImportCheckpoint,
    Job,
    SampleTiles,
    SetupEnvironment,
    StackScene,
    TrainDetector,
    TrainModel,
)
from ..launch import rank
from ..own_inputs import checked
from ..temporary import sweep
from .gdal import GDAL_CACHE_BYTES
from .outputs.unchanged import guarded

# Of a series many files are open, strip by strip: what a strip of two of them needs, however large they are.
SERIES_CACHE_BYTES = 24 << 20

# Named, not imported: a job that needs no network never loads torch.
ROOMS: dict[type[Job], str] = {
    TrainModel: "training.run",
    ImportCheckpoint: "published.run",
    ExportModel: "export.run",
    GetModel: "download.run",
    CompareSettings: "comparison.run",
    StackScene: "scenes.run",
    SampleTiles: "synthesis.run",
    TrainDetector: "detector_training.run",
    DetectChanges: "change.run",
    DetectSeries: "series.run",
    ApplyThreshold: "thresholding.run",
    AssessChanges: "accuracy.run",
    AssessTiles: "quality.run",
    FillGaps: "gaps.run",
    CheckEnvironment: "environment_check",
}


def room_of(job: Job) -> Any:
    """The module that offers `plan` and `run` of a job. Raises JobError."""
    if type(job) not in ROOMS:
        raise JobError(f"There is nothing that runs a {type(job).__name__}.")
    return import_module(f".{ROOMS[type(job)]}", __package__)


def run_job(job: Job, job_file: str | None = None) -> Events:
    """The events of a job; a wish to stop that its room does not use ends it with nothing kept.

    job_file: the file that the job comes from. Raises JobError where an output is an input.
    """
    if rank().size > 1 and not isinstance(job, TrainModel):
        raise JobError(
            f"{job.ALGORITHM} runs in one process. Start it without torchrun; only trainmodel shares its work."
        )
    job, notes = checked(job, job_file)
    sweep()
    for note in notes:
        yield Note(note)
    try:
        if isinstance(job, SetupEnvironment):
            # It makes what the rooms need to be imported at all, and mends a GDAL that cannot be restricted.
            yield from setup_environment(job)
            return
        with _bounded_cache(SERIES_CACHE_BYTES if isinstance(job, DetectSeries) else GDAL_CACHE_BYTES):
            yield from guarded(_run_in_room(job), input_states(job))
    except Cancelled:
        yield Cancelled()


def _run_in_room(job: Job) -> Events:
    room = room_of(job)
    with ExitStack() as stack:
        plan = yield from room.plan(job, stack)
        yield from room.run(plan)


def _bounded_cache(cache_bytes: int) -> AbstractContextManager[object]:
    try:
        from .gdal.session import gdal_session
    except ImportError:
        # checkenvironment is to report this, setupenvironment to mend it; all others meet it at their own imports.
        return nullcontext()
    return gdal_session(cache_bytes)
