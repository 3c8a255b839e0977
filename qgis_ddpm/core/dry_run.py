"""What a job would cost: its inputs are opened and checked, its sizes, network calls and disk told, nothing is run."""

from collections.abc import Callable
from contextlib import ExitStack
from importlib import import_module

from ..card import read_model_card
from ..environment import find_model
from ..events import Events, Note, Result
from ..jobs import (
    AssessChanges,
    CompareSettings,
    ImportCheckpoint,
    Job,
    SampleTiles,
)
from ..own_inputs import checked
from .planning import Cost
from .runners import RUNNERS

MB = 1 << 20


def estimate(job: Job, job_file: str | None = None) -> Events:
    """Check a job as its run would, and tell what it needs.

    The outputs of the result are NETWORK_CALLS, counted in tiles or windows, and DISK_MB, both of temporary and of
    final files before compression. job_file: the file that the job comes from. Raises what the run would raise before
    its work begins.
    """
    job, notes = checked(job, job_file)
    yield from (Note(text) for text in notes)
    room = import_module(f".{RUNNERS[type(job)][0]}", __package__)
    if hasattr(room, "plan"):
        with ExitStack() as stack:
            plan = yield from room.plan(job, stack)
            cost = yield from plan.cost()
        yield _told(cost)
        return
    for kind, costs in ESTIMATES.items():
        if isinstance(job, kind):
            yield from costs(job)
            return
    yield Note(f"{job.ALGORITHM} has no cost worth telling.")
    yield Result({"NETWORK_CALLS": 0, "DISK_MB": 0.0})


def _comparison(job: CompareSettings) -> Events:
    """Every setting as far as it can be checked, and the network of the first."""
    from .training.run import plan

    settings = job.settings()
    trainings = [job.training(setting) for setting in settings]
    with ExitStack() as stack:
        first = yield from plan(trainings[0].replace(experiment=job.experiment), stack)
        cost = yield from first.cost()
    disk = round(cost.disk_bytes / MB, 1)
    yield Note(f"{len(settings)} settings, each trained for {job.length}, and {len(settings) * job.samples} samples.")
    calls = len(settings) * (job.tiles or 0)
    yield Result({"NETWORK_CALLS": calls, "DISK_MB": round(len(settings) * disk, 1) if job.experiment else disk})


def _sampling(job: SampleTiles) -> Events:
    from .synthesis.plan import plan_sampling

    todo = plan_sampling(job, read_model_card(find_model(str(job.model))))
    yield Note(
        f"{todo.grid.width} x {todo.grid.height} px and {todo.channels} bands; {todo.windows} windows of "
        f"{todo.card.tile_px} px go through the network."
    )
    yield _result(todo.windows, todo.scratch_bytes + todo.output_bytes * (2 if job.tiles_folder else 1))


def _assessment(job: AssessChanges) -> Events:
    from .accuracy.run import Maps

    with ExitStack() as stack:
        maps = Maps(job, stack)
        yield from maps.notes
        height, width = maps.grid.shape
    yield Note(f"{job.predicted} has {width} x {height} px.")
    yield _result(0, height * width if job.error_map else 0)


def _importing(job: ImportCheckpoint) -> Events:
    from .published.run import examine

    found = yield from examine(job)
    tensors = [*found.network.weights.values(), *(found.head.weights.values() if found.head else ())]
    yield _result(0, 4 * sum(tensor.numel() for tensor in tensors))


def _result(calls: int, disk_bytes: int) -> Result:
    return Result({"NETWORK_CALLS": calls, "DISK_MB": round(disk_bytes / MB, 1)})


def _told(cost: Cost) -> Result:
    outputs: dict[str, object] = {
        "NETWORK_CALLS": cost.network_calls,
        "DISK_MB": round(cost.disk_bytes / MB, 1),
    }
    if cost.seconds is not None:
        outputs["SECONDS"] = round(cost.seconds, 1)
    if cost.memory_bytes is not None:
        outputs["MEMORY_MB"] = round(cost.memory_bytes / MB, 1)
    return Result(outputs)


ESTIMATES: dict[type[Job], Callable[..., Events]] = {
    ImportCheckpoint: _importing,
    CompareSettings: _comparison,
    SampleTiles: _sampling,
    AssessChanges: _assessment,
}
