"""What a job would cost: its inputs are opened and checked, its sizes, network calls and disk told, nothing is run."""

from collections.abc import Callable
from contextlib import ExitStack, closing
from importlib import import_module
from math import prod

from ..card import read_detector_card, read_model_card
from ..environment import find_model
from ..events import Events, Note, Result
from ..jobs import (
    AssessChanges,
    CompareSettings,
    DetectChanges,
    ImportCheckpoint,
    Job,
    SampleTiles,
    TrainDetector,
    TrainModel,
)
from ..jobs.config import configured
from .planning import Cost
from .runners import RUNNERS

MB = 1 << 20


def estimate(job: Job) -> Events:
    """Check a job as its run would, and tell what it needs.

    The outputs of the result are NETWORK_CALLS, counted in tiles or windows, and DISK_MB, both of temporary and of
    final files before compression. Raises what the run would raise before its work begins.
    """
    job, notes = configured(job)
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


def _training(job: TrainModel) -> Events:
    from .model.device import resolve_device
    from .training.inputs import open_training_tiles
    from .training.setup import build_trainer, plan_of
    from .training.shapes import fitted

    device = resolve_device(job.device)
    job = fitted(job, device)
    tiles = yield from open_training_tiles(job)
    with closing(tiles):
        trainer, card = build_trainer(job, tiles, device)
        with closing(trainer):
            yield Note(plan_of(job, trainer, card))
            weights = sum(parameter.numel() for parameter in trainer.network.parameters())
    # An experiment's checkpoint holds the weights, their average and the optimizer's two moments, and its forerunner.
    copies = 1 + (8 if job.experiment else 0)
    yield _result(job.tiles or 0, 4 * weights * copies)


def _comparison(job: CompareSettings) -> Events:
    """Every setting as far as it can be checked, and the network of the first."""
    settings = job.settings()
    trainings = [job.training(setting) for setting in settings]
    disk = 0.0
    for event in _training(trainings[0].replace(experiment=job.experiment)):
        if isinstance(event, Result):
            disk = event.outputs["DISK_MB"]
        else:
            yield event
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


def _detection(job: DetectChanges) -> Events:
    from .change.choose import choose_method
    from .pairs.pair import DatePair

    choice = choose_method(job)
    yield from choice.notes
    with DatePair(job, len(choice.card.bands) if choice.card else None) as pair:
        yield from (Note(text) for text in pair.notes)
        window = pair.grid.window_of(job.extent) if job.extent else pair.window
    windows = 0
    if choice.card is not None:
        from .change.features import count_windows

        if choice.detector:
            levels = ",".join(map(str, read_detector_card(choice.detector).noise_levels))
            job = job.replace(detector=None, noise_levels=levels)
        windows = count_windows(job, choice.card, pair, window)
    pixels = window[2] * window[3]
    yield Note(f"{choice.method} over {window[3]} x {window[2]} px of {pair.count} bands.")
    rasters = sum(4 for name in ("probability", "uncertainty") if getattr(job, name)) + 1
    scratch = 4 * (2 if job.uncertainty else 1)
    yield _result(windows, pixels * (rasters + scratch))


def _detector_training(job: TrainDetector) -> Events:
    from .detector.head_config import gathered_shapes
    from .detector_training.plan import plan_training

    with ExitStack() as stack:
        plan = yield from plan_training(job, stack)
        tiles = len(plan.places)
        levels = len(plan.sigmas)
        features = 2 * sum(map(prod, gathered_shapes(plan.head, plan.model, levels)))
    # Features go to the disk as far as memory does not hold them.
    yield _result(2 * levels * tiles, tiles * features)


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
    TrainModel: _training,
    ImportCheckpoint: _importing,
    CompareSettings: _comparison,
    SampleTiles: _sampling,
    TrainDetector: _detector_training,
    DetectChanges: _detection,
    AssessChanges: _assessment,
}
