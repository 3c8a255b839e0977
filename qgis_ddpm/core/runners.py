"""From the class of a job to the function that does it."""

from contextlib import AbstractContextManager, ExitStack, nullcontext
from importlib import import_module

from ..errors import JobError
from ..events import Cancelled, Events, Note
from ..job_files import input_states
from ..jobs import (
    AssessChanges,
    AssessTiles,
    CheckEnvironment,
    CompareSettings,
    DetectChanges,
    ImportCheckpoint,
    Job,
    SampleTiles,
    SetupEnvironment,
    TrainDetector,
    TrainModel,
)
from ..launch import rank
from ..own_inputs import checked
from ..temporary import sweep
from .gdal.drivers import GDAL_OPTIONS, restrict_gdal
from .outputs.unchanged import guarded

GDAL_CACHE_MB = 128

# Named, not imported: a job that needs no network never loads torch.
RUNNERS: dict[type[Job], tuple[str, str]] = {
    TrainModel: ("training.run", "run"),
    ImportCheckpoint: ("published.run", "import_checkpoint"),
    CompareSettings: ("comparison.run", "compare_settings"),
    SampleTiles: ("synthesis.run", "sample_tiles"),
    TrainDetector: ("detector_training.run", "run"),
    DetectChanges: ("change.run", "run"),
    AssessChanges: ("accuracy.run", "assess_changes"),
    AssessTiles: ("quality.run", "assess_tiles"),
    CheckEnvironment: ("environment_check", "check_environment"),
    SetupEnvironment: (".install", "setup_environment"),
}


def run_job(job: Job, job_file: str | None = None) -> Events:
    """The events of a job; a wish to stop that its function does not use ends it with nothing kept.

    job_file: the file that the job comes from. Raises JobError where an output is an input.
    """
    if type(job) not in RUNNERS:
        raise JobError(f"There is nothing that runs a {type(job).__name__}.")
    if rank().size > 1 and not isinstance(job, TrainModel):
        raise JobError(
            f"{job.ALGORITHM} runs in one process. Start it without torchrun; only trainmodel shares its work."
        )
    job, notes = checked(job, job_file)
    sweep()
    for note in notes:
        yield Note(note)
    try:
        # A set-up reads no raster, and mends a GDAL that cannot be restricted.
        with _bounded_cache(not isinstance(job, SetupEnvironment)):
            yield from guarded(_run_in_room(job), input_states(job))
    except Cancelled:
        yield Cancelled()


def _run_in_room(job: Job) -> Events:
    """The plan of a job, then its run, by the room that knows how."""
    name, function = RUNNERS[type(job)]
    room = import_module(f".{name}", __package__)
    if not hasattr(room, "plan"):
        yield from getattr(room, function)(job)
        return
    with ExitStack() as stack:
        plan = yield from room.plan(job, stack)
        yield from room.run(plan)


def _bounded_cache(reads_rasters: bool = True) -> AbstractContextManager[object]:
    try:
        import rasterio
    except ImportError:
        # checkenvironment is to report this, setupenvironment to mend it; all others meet it at their own imports.
        return nullcontext()
    if reads_rasters:
        restrict_gdal()
    env: AbstractContextManager[object] = rasterio.Env(
        GDAL_CACHEMAX=GDAL_CACHE_MB, GDAL_DISABLE_READDIR_ON_OPEN="FALSE", **GDAL_OPTIONS
    )
    return env
