"""From the open pairs of a job to heads before their first step: what is read, and the loop over them."""

import os
from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack
from math import prod
from typing import Any, NamedTuple

import torch
from torch import Tensor

from ....card import DetectorCard
from ....errors import JobError
from ....events import Event, Progress
from ....jobs import TrainDetector
from ...detector.detector import build_head, decide, gather
from ...detector.head_config import gathered_shapes
from ...detector.heads.base import ChangeHead
from ...detector.heads.topdown import TopDownHead
from ...learning.budget import Budget
from ...learning.experiment import Experiment
from ...model import DiffusionModel
from ...model.batch import AdaptiveBatch, batch_for
from ...model.cost import measure_call
from ...model.device import free_memory_bytes
from ...planning import Cost
from ...progress import TimeLeft
from ..feature_cache import FeatureCache, room_for
from ..labelled_pairs import LabelledPairs
from ..labelled_tiles import Tile, TilePlace
from ..trainer import change_loss
from .crops import CropStore, WeighedWindow, choose_crops, choose_windows, read_crops, read_window
from .fold_loop import FoldLoop
from .fold_trainer import FoldTrainer, FreshFeatures, WindowStore
from .folds import Folds
from .tuning import Tuning

# Of the free memory, what crops and windows may take, each.
MEMORY_SHARE = 0.2
# Windows that the sizes of channels are measured on.
SCALING_WINDOWS = 128


class FoldPlan(NamedTuple):
    """All that is decided. head: the description of one member for the detector's card."""

    job: TrainDetector
    model: DiffusionModel
    sigmas: tuple[float, ...]
    head: dict[str, Any]
    pairs: LabelledPairs
    folds: Folds
    crops: list[TilePlace]
    windows: list[WeighedWindow]
    length: tuple[int | None, float | None]

    @property
    def heads(self) -> int:
        """How many are trained."""
        return len(self.folds.of_heads(self.job.seeds))

    @property
    def window_px(self) -> int:
        """Side of the windows that are measured on, as those of the detector."""
        return int(self.head["window_px"])

    def tile(self, number: int) -> Tile:
        """One of the windows that are measured on."""
        return read_window(self.pairs, self.folds, self.windows[number].place, self.window_px, True)

    @property
    def crop_shapes(self) -> list[tuple[int, ...]]:
        """Of both dates of a crop."""
        side = 2 * self.model.card.tile_px
        return [(len(self.model.card.bands), side, side)] * 2

    def window_shapes(self) -> list[tuple[int, ...]]:
        """Of what a head reads of a window."""
        return gathered_shapes(self.head, self.model, len(self.sigmas), self.window_px)

    def cost(self) -> Generator[Event, None, Cost]:
        """What the training takes, scaled from the features of one window and the step of a head on it."""
        yield Progress(0, 1, "call", "measuring one window")
        model, head = self.model, build_head(self.head, len(self.sigmas)).to(self.model.device)
        window = self.tile(0)
        dates = [torch.from_numpy(each)[None] for each in (window.before, window.after)]
        labels = torch.from_numpy(window.labels)[None].to(model.device)
        found: list[list[Tensor]] = []
        # The first call chooses kernels.
        look = _gatherer(self, head, dates[0], dates[1])
        look(slice(0, 1))
        window_s, peak = measure_call(model.device, lambda: found.append(look(slice(0, 1))))

        def step() -> None:
            change_loss(decide(head, found[0], labels.shape[1:], model.feature_strides), labels).backward()  # type: ignore[no-untyped-call]

        step_s, _ = measure_call(model.device, step)
        tiles_a_window = (self.window_px / model.card.tile_px) ** 2
        # What a network learns from takes two passes back for each one forth.
        tile_s = ((3 if self.job.tune else 1) * window_s + self.heads * step_s) / tiles_a_window
        crops, windows = (_bytes(shapes) for shapes in (self.crop_shapes, self.window_shapes()))
        disk = len(self.crops) * crops + len(self.windows) * windows
        calls = 2 * len(self.sigmas) * (len(self.windows) * tiles_a_window + (self.length[0] or 0)) * bool(head.levels)
        return Cost(
            network_calls=int(calls),
            # They go to the disk as far as memory does not hold them.
            disk_bytes=disk,
            seconds=window_s * len(self.windows) + Budget(*self.length).expected_seconds(tile_s),
            memory_bytes=min(disk, int(2 * MEMORY_SHARE * free_memory_bytes(torch.device("cpu")))) + 4 * peak,
        )


def plan_folds(
    job: TrainDetector,
    model: DiffusionModel,
    sigmas: tuple[float, ...],
    head: dict[str, Any],
    pairs: LabelledPairs,
    folds: Folds,
    length: tuple[int | None, float | None],
) -> FoldPlan:
    """Decide on the crops and windows."""
    tile_px = model.card.tile_px
    crops = choose_crops(folds, job.cached_tiles, tile_px, job.seed)
    windows = choose_windows(folds, tile_px, int(head["window_px"]) // tile_px, job.seed)
    return FoldPlan(job, model, sigmas, head, pairs, folds, crops, windows, length)


def prepare_folds(
    plan: FoldPlan, stack: ExitStack, card: DetectorCard, experiment: Experiment | None = None
) -> Generator[Event, None, FoldLoop]:
    """All that comes before the first step. stack: closes the caches.

    Raises JobError where memory and disk have no room, OutputError.
    """
    folder = os.path.dirname(os.path.abspath(str(plan.job.detector)))
    crop_cache, window_cache = _caches(plan, stack, folder)
    crops = yield from read_crops(plan.pairs, plan.folds, plan.crops, crop_cache, plan.job.augment)
    windows, mean_squares = yield from _read_windows(plan, window_cache)
    trainers = fresh_heads(plan, crops, windows, mean_squares)
    names = [files.name for files in plan.pairs.files]
    return FoldLoop(trainers, card, Budget(*plan.length), experiment, names)


def fresh_heads(
    plan: FoldPlan, crops: CropStore, windows: WindowStore, mean_squares: Sequence[Tensor]
) -> list[FoldTrainer]:
    """The heads before their first step. mean_squares: of each channel of what they read, [C] each."""
    job, trainers = plan.job, []
    with torch.device("meta"):
        reader = build_head(plan.head, len(plan.sigmas))
    tuning = Tuning(plan.model, reader, plan.sigmas, job.learning_rate, plan.heads) if job.tune else None
    fresh = FreshFeatures(plan.model, reader, plan.sigmas, crops, plan.folds.of_pair, job.seed, job.batch_size, tuning)
    for number, fold in enumerate(plan.folds.of_heads(job.seeds)):
        # The weights at the start are a function of the seed; the caller's random state stays as it is.
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(job.seed + number)
            head = build_head(plan.head, len(plan.sigmas))
        assert isinstance(head, TopDownHead)  # nosec B101 - heads with members are of this kind
        head.set_channel_scale([each.float() for each in mean_squares])
        trainers.append(FoldTrainer(head, fold, fresh, windows, job.seed + number, job.learning_rate))
    return trainers


def _read_windows(plan: FoldPlan, cache: FeatureCache) -> Generator[Event, None, tuple[WindowStore, list[Tensor]]]:
    """What a head reads of all windows, and the mean square of each channel of those that heads train on."""
    model, count, side = plan.model, len(plan.windows), plan.window_px
    labels = torch.empty(count, side, side, dtype=torch.uint8)
    squares = [torch.zeros(shape[0], dtype=torch.float64) for shape in cache.shapes]
    measured = range(0, count, max(1, count // SCALING_WINDOWS))
    with torch.device("meta"):
        reader = build_head(plan.head, len(plan.sigmas))
    # Both dates of a window, which is several tiles wide, go through the network together.
    batch = max(batch_for(model, images=2) * model.card.tile_px**2 // side**2, 1)
    halving = AdaptiveBatch(batch, model.device, "window", model)
    clock = TimeLeft()
    for first in range(0, count, batch):
        numbers = range(first, min(first + batch, count))
        tiles = [plan.tile(number) for number in numbers]
        before, after = (
            torch.stack([torch.from_numpy(getattr(tile, name)) for tile in tiles]) for name in ("before", "after")
        )
        parts = halving.parts(_gatherer(plan, reader, before, after), len(tiles))
        gathered = [torch.cat(each) for each in zip(*parts, strict=True)]
        yield from halving.notes()
        for index, number in enumerate(numbers):
            labels[number] = torch.from_numpy(tiles[index].labels)
            one = [each[index] for each in gathered]
            cache.put(number, one)
            if number in measured:
                for square, each in zip(squares, one, strict=True):
                    square += each.double().square().mean(dim=(1, 2)).cpu()
        yield Progress(numbers.stop, count, "window", "features", clock.after(numbers.stop, count))
    folds = [plan.folds.of_pair[window.place.pair] for window in plan.windows]
    store = WindowStore(cache, labels.to(model.device), plan.windows, folds)
    return store, [square / len(measured) for square in squares]


def _gatherer(plan: FoldPlan, reader: ChangeHead, before: Tensor, after: Tensor) -> Callable[[slice], list[Tensor]]:
    """What a head reads of some of these windows. Noise is none of its."""
    return lambda rows: gather(plan.model, reader, plan.sigmas, before[rows], after[rows], before[rows])


def _caches(plan: FoldPlan, stack: ExitStack, folder: str) -> tuple[FeatureCache, FeatureCache]:
    memory = int(MEMORY_SHARE * free_memory_bytes(torch.device("cpu")))
    needs = [(len(plan.crops), plan.crop_shapes), (len(plan.windows), plan.window_shapes())]
    total = sum(count * _bytes(shapes) for count, shapes in needs)
    if not room_for(total, 2 * memory, folder):
        raise JobError(
            f"{len(plan.crops)} tiles and {len(plan.windows)} windows need {total / 2**20:,.0f} MB, for which memory "
            f"and disk have no room. Lower CACHED_TILES, or free space in {folder}."
        )
    first, second = (stack.enter_context(FeatureCache(shapes, count, memory, folder)) for count, shapes in needs)
    return first, second


def _bytes(shapes: Sequence[Sequence[int]]) -> int:
    """Size of tensors in half precision."""
    return 2 * sum(map(prod, shapes))
