"""From the class of a job to the function that does it."""

from contextlib import AbstractContextManager, ExitStack, nullcontext
from importlib import import_module

from ..errors import JobError
from ..events import Cancelled, Events, Note
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
from ..jobs.config import configured
from ..launch import rank
from ..temporary import sweep

GDAL_CACHE_BYTES = 128 << 20

# Named, not imported: a job that needs no network never loads torch.
RUNNERS: dict[type[Job], tuple[str, str]] = {
    TrainModel: ("training.run", "train_model"),
    ImportCheckpoint: ("published.run", "import_checkpoint"),
    CompareSettings: ("comparison.run", "compare_settings"),
    SampleTiles: ("synthesis.run", "sample_tiles"),
    TrainDetector: ("detector_training.run", "train_detector"),
    DetectChanges: ("change.run", "detect_changes"),
    AssessChanges: ("accuracy.run", "assess_changes"),
    AssessTiles: ("quality.run", "assess_tiles"),
    CheckEnvironment: ("environment_check", "check_environment"),
    SetupEnvironment: (".install", "setup_environment"),
}


def run_job(job: Job) -> Events:
    """The events of a job; a wish to stop that its function does not use ends it with nothing kept."""
    if type(job) not in RUNNERS:
        raise JobError(f"There is nothing that runs a {type(job).__name__}.")
    if rank().size > 1 and not isinstance(job, TrainModel):
        raise JobError(
            f"{job.ALGORITHM} runs in one process. Start it without torchrun; only trainmodel shares its work."
        )
    name, function = RUNNERS[type(job)]
    sweep()
    job, notes = configured(job)
    for note in notes:
        yield Note(note)
    try:
        with _bounded_cache(), ExitStack() as stack:
            room = import_module(f".{name}", __package__)
            if hasattr(room, "plan"):
                plan = yield from room.plan(job, stack)
                yield from room.run(plan)
            else:
                yield from getattr(room, function)(job)
    except Cancelled:
        yield Cancelled()


def _bounded_cache() -> AbstractContextManager[object]:
    try:
        import rasterio

        from .raster.formats import GDAL_OPTIONS
    except ImportError:
        # checkenvironment is to report this, setupenvironment to mend it; all others meet it at their own imports.
        return nullcontext()
    env: AbstractContextManager[object] = rasterio.Env(
        GDAL_CACHEMAX=GDAL_CACHE_BYTES, GDAL_DISABLE_READDIR_ON_OPEN="FALSE", **GDAL_OPTIONS
    )
    return env
