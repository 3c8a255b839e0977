"""What a detector's training is to do, decided before any feature is computed: pairs, tiles, head."""

from collections.abc import Generator, Sequence
from contextlib import ExitStack
from math import prod
from typing import Any, NamedTuple

import torch
from torch import Tensor

from ...card import ModelCard, licence_text, read_model_card
from ...events import Event, Note, Progress
from ...jobs import TrainDetector
from ...jobs.texts import numbers, whole_numbers
from ...jobs.train_detector import DEFAULT_NOISE_LEVELS, DEFAULT_TILES, MEMBER_TILES
from ...model_folder import find_model
from ..detector.detector import build_head, decide, gather
from ..detector.head_config import gathered_shapes, has_members, head_flops, plan_head
from ..detector.own_model import untrained
from ..learning.budget import Budget
from ..model import DiffusionModel, load_model
from ..model.batch import batch_for
from ..model.cost import measure_call
from ..model.device import describe, free_memory_bytes, resolve_device
from ..pairs.dead_bands import dead_band_notes, varying
from ..pairs.model_distance import pair_fit_notes, pair_range_notes
from ..pairs.telling import least_pixels
from ..planning import Cost
from .cross_fit.folds import folds_of
from .cross_fit.setup import FoldPlan, plan_folds
from .labelled_pairs import LabelledPairs, PairReading
from .labelled_tiles import LabelCounts, LabelSplit, Tile, TilePlace, choose_places, count_tiles, read_tile
from .pair_files import MANY_PAIRS, list_pairs, pair_notes
from .trainer import change_loss
from .without_model import card_without_model

# Of the free memory, what cached features may take.
MEMORY_SHARE = 0.25


class DetectorTrainingPlan(NamedTuple):
    """All that is decided. head: the description for the detector's card."""

    job: TrainDetector
    model: DiffusionModel
    sigmas: tuple[float, ...]
    head: dict[str, Any]
    pairs: LabelledPairs
    split: LabelSplit
    training: list[TilePlace]
    validation: list[TilePlace]

    @property
    def tiles(self) -> list[TilePlace]:
        """Tiles for training, then those for validation."""
        return [*self.training, *self.validation]

    def tile(self, number: int) -> Tile:
        """One of the tiles, with the labels of its part."""
        return read_tile(self.pairs, self.split, self.tiles[number], self.job.seed, number >= len(self.training))

    @property
    def tile_bytes(self) -> int:
        """Size of what the head reads of a tile, as it is cached."""
        return 2 * sum(map(prod, gathered_shapes(self.head, self.model, len(self.sigmas))))

    @property
    def length(self) -> tuple[int | None, float | None]:
        """Tiles that each head sees, and minutes; one of both may be None."""
        return length_of(self.job)

    def cost(self) -> Generator[Event, None, Cost]:
        """What the training takes, scaled from the features of one tile and the step of a head on it."""
        yield Progress(0, 1, "call", "measuring one tile")
        model, count = self.model, len(self.tiles)
        tile, head = self.tile(0), build_head(self.head, len(self.sigmas)).to(model.device)
        dates = [torch.from_numpy(each)[None] for each in (tile.before, tile.after, tile.noise)]
        labels = torch.from_numpy(tile.labels)[None].to(model.device)
        features: list[list[Tensor]] = []
        tile_s, peak = measure_call(
            model.device, lambda: features.append(gather(model, head, self.sigmas, dates[0], dates[1], dates[2]))
        )

        def step() -> None:
            logits = decide(head, features[0], labels.shape[1:], model.feature_strides)
            change_loss(logits, labels).backward()  # type: ignore[no-untyped-call]

        step_s, _ = measure_call(model.device, step)
        cached = min(count * self.tile_bytes, int(MEMORY_SHARE * free_memory_bytes(torch.device("cpu"))))
        return Cost(
            network_calls=2 * len(self.sigmas) * count,
            # Features go to the disk as far as memory does not hold them.
            disk_bytes=count * self.tile_bytes,
            seconds=tile_s * count + Budget(*self.length).expected_seconds(step_s * self.job.seeds),
            memory_bytes=cached + peak * batch_for(model, images=2),
        )


def length_of(job: TrainDetector) -> tuple[int | None, float | None]:
    """Tiles that each head sees, and minutes; one of both may be None."""
    usual = MEMBER_TILES if has_members(job.head) else DEFAULT_TILES
    return job.tiles if job.tiles or job.minutes else usual, job.minutes


def _model_notes(
    pairs: LabelledPairs, counted: Sequence[LabelCounts], path: str, card: ModelCard, job: TrainDetector
) -> Generator[Event, None, None]:
    """What the first pairs tell; and where the first is far from what the model was trained on, as others then are."""
    first = pairs.get(0)
    if path:
        yield from pair_fit_notes(first.dates, path, card, first.offered)
    for index, counts in enumerate(counted[:MANY_PAIRS]):
        if counts.known.sum() < least_pixels(len(card.bands)):
            continue
        dates = pairs.get(index).dates
        yield from dates.sampled_notes()
        if index == 0:
            sample = yield from dates.sample()
            yield from dead_band_notes(dates, sample, varying(sample), "tell the detector nothing")
            if path and job.radiometry != "standard":
                yield from pair_range_notes(dates, sample, path, card)
        dates.forget_sample()


def plan(job: TrainDetector, stack: ExitStack) -> Generator[Event, None, DetectorTrainingPlan | FoldPlan]:
    """Open and check all inputs and decide on tiles and head; yields what to say of it.

    Raises JobError and InputError for what does not fit, ModelFileError, DeviceError.
    """
    path = find_model(str(job.model)) if job.model else ""
    device = resolve_device(job.device)
    files = list_pairs(job.before, job.after, job.labels, job.folder)
    bands = whole_numbers("BANDS", job.bands)
    card = read_model_card(path) if path else card_without_model(files, bands, job.override, job.seed, job.tune)
    if card.licence:
        yield Note(licence_text(path, card))
    yield from pair_notes(files)
    pairs = LabelledPairs(files, PairReading(card, bands, job.override, job.radiometry == "standard"))
    stack.callback(pairs.close)
    counted = yield from count_tiles(pairs)
    # Images of a folder have no CRS and need none.
    for index in range(min(len(job.before), MANY_PAIRS)):
        yield from pairs.get(index).notes
    yield from _model_notes(pairs, counted, path, card, job)
    if path:
        # What learns is kept in float32, so that small steps count.
        model = load_model(path, device, "float32" if job.tune else job.precision)
    else:
        model = DiffusionModel(untrained(card, job.seed), card, device)
    yield from model.notes()
    sigmas = tuple(sorted(numbers("NOISE_LEVELS", job.noise_levels or DEFAULT_NOISE_LEVELS[job.head])))
    head = plan_head(job.head, model, len(sigmas))
    parts = [pair.part for pair in files]
    changed = sum(int(each.changed.sum()) for each in counted) / sum(int(each.known.sum()) for each in counted)
    known = f"{len(files)} pairs, {changed:.2%} of their known pixels changed"
    levels = f"{len(sigmas)} noise level" + "s" * (len(sigmas) > 1)
    cost = (
        f"at {levels}, on {describe(device)} in {model.precision}: {2 * len(sigmas) * model.flops() / 1e9:.3g} GFLOP a "
        f"tile; the head costs {head_flops(head, model, len(sigmas)) / 1e9:.3g}."
    )
    if has_members(job.head):
        folds = folds_of(counted, parts, job.seeds, card.tile_px, job.validation_share, job.seed, job.tune)
        plan = plan_folds(job, model, sigmas, head, pairs, folds, length_of(job))
        yield Note(
            f"{known}; {folds.told()}. {len(plan.crops)} places for tiles of {card.tile_px} px, altered anew at each "
            f"step, and {len(plan.windows)} windows of {plan.window_px} px for figures, {cost}"
        )
        return plan
    split = LabelSplit(counted, parts, card.tile_px, job.validation_share, job.seed)
    training, validation = choose_places(split, job.cached_tiles, job.augment, job.seed)
    yield Note(
        f"{known}; {split.share():.0%} are for validation. Features of {len(training)} tiles for training and "
        f"{len(validation)} for validation, {card.tile_px} px each, {cost}"
    )
    return DetectorTrainingPlan(job, model, sigmas, head, pairs, split, training, validation)
