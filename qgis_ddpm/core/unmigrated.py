"""Runs and dry runs of the rooms that offer no plan yet; goes with the last of them."""

from collections.abc import Callable, Generator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from importlib import import_module
from math import prod

from ..card import read_detector_card
from ..events import Event, Events, Note
from ..jobs import DetectChanges, Job, TrainDetector, TrainModel
from ..jobs.texts import extent_bounds
from .planning import Cost

RUNS: dict[type[Job], tuple[str, str]] = {
    TrainModel: ("training.run", "train_model"),
    TrainDetector: ("detector_training.run", "train_detector"),
    DetectChanges: ("change.run", "detect_changes"),
}


@dataclass(frozen=True)
class UnmigratedPlan:
    """A job, and nothing looked at."""

    job: Job

    def cost(self) -> Generator[Event, None, Cost]:
        """What the old dry run told."""
        return (yield from COSTS[type(self.job)](self.job))


def plan(job: Job, stack: ExitStack) -> Generator[Event, None, UnmigratedPlan]:
    """The plan of a job."""
    yield from ()
    return UnmigratedPlan(job)


def run(plan: UnmigratedPlan) -> Events:
    """Run it as before."""
    room, function = RUNS[type(plan.job)]
    yield from getattr(import_module(f".{room}", __package__), function)(plan.job)


def _training(job: TrainModel) -> Generator[Event, None, Cost]:
    from .model.device import resolve_device
    from .training.inputs import open_training_tiles
    from .training.setup import build_trainer, plan_of

    device = resolve_device(job.device)
    tiles = yield from open_training_tiles(job)
    with closing(tiles):
        trainer, card = build_trainer(job, tiles, device)
        with closing(trainer):
            yield Note(plan_of(job, trainer, card))
            weights = sum(parameter.numel() for parameter in trainer.network.parameters())
    # An experiment's checkpoint holds the weights, their average and the optimizer's two moments, and its forerunner.
    copies = 1 + (8 if job.experiment else 0)
    return Cost(job.tiles or 0, 4 * weights * copies)


def _detection(job: DetectChanges) -> Generator[Event, None, Cost]:
    from .change.choose import choose_method
    from .pairs.pair import DatePair

    choice = choose_method(job)
    yield from choice.notes
    with DatePair(job, len(choice.card.bands) if choice.card else None) as pair:
        yield from (Note(text) for text in pair.notes)
        window = pair.grid.window_of(*extent_bounds("EXTENT", job.extent)) if job.extent else pair.window
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
    return Cost(windows, pixels * (rasters + scratch))


def _detector_training(job: TrainDetector) -> Generator[Event, None, Cost]:
    from .detector.head_config import gathered_shapes
    from .detector_training.plan import plan_training

    with ExitStack() as stack:
        plan = yield from plan_training(job, stack)
        tiles = len(plan.places)
        levels = len(plan.sigmas)
        features = 2 * sum(map(prod, gathered_shapes(plan.head, plan.model, levels)))
    # Features go to the disk as far as memory does not hold them.
    return Cost(2 * levels * tiles, tiles * features)


COSTS: dict[type[Job], Callable[..., Generator[Event, None, Cost]]] = {
    TrainModel: _training,
    TrainDetector: _detector_training,
    DetectChanges: _detection,
}
