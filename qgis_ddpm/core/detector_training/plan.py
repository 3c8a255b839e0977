"""What a detector's training is to do, decided before any feature is computed: pairs, tiles, head."""

from collections.abc import Generator
from contextlib import ExitStack
from typing import Any, NamedTuple

from ...card import licence_text, read_model_card
from ...environment import find_model
from ...events import Event, Note
from ...jobs import TrainDetector
from ...jobs.texts import numbers
from ...jobs.train_detector import DEFAULT_NOISE_LEVELS
from ..detector.head_config import head_flops, plan_head
from ..model import DiffusionModel, load_model
from ..model.device import describe, resolve_device
from .labelled_pairs import MANY_PAIRS, LabelledPairs, list_pairs, tell_pairs
from .labelled_tiles import Place, Split, Tile, choose_places, count_tiles, read_tile


class Plan(NamedTuple):
    """All that is decided. head: the description for the detector's card."""

    model: DiffusionModel
    sigmas: tuple[float, ...]
    head: dict[str, Any]
    pairs: LabelledPairs
    split: Split
    training: list[Place]
    validation: list[Place]
    seed: int

    @property
    def places(self) -> list[Place]:
        """Tiles for training, then those for validation."""
        return [*self.training, *self.validation]

    def tile(self, number: int) -> Tile:
        """One of the places' tiles, with the labels of its part."""
        card, held = self.model.card, number >= len(self.training)
        return read_tile(self.pairs, self.split, self.places[number], card.bands, card.tile_px, self.seed, held)


def plan_training(job: TrainDetector, stack: ExitStack) -> Generator[Event, None, Plan]:
    """Open and check all inputs and decide on tiles and head; yields what to say of it.

    Raises JobError and InputError for what does not fit, ModelFileError, DeviceError.
    """
    path = find_model(str(job.model))
    card = read_model_card(path)
    if card.licence:
        yield Note(licence_text(path, card))
    device = resolve_device(job.device)
    files = list_pairs(job)
    yield from tell_pairs(files)
    pairs = LabelledPairs(job, files, card)
    stack.callback(pairs.close)
    counted = yield from count_tiles(pairs, card.tile_px)
    # Images of a folder have no CRS and need none.
    for index in range(min(len(job.before), MANY_PAIRS)):
        yield from (Note(text) for text in pairs.get(index).notes)
    split = Split(counted, [pair.part for pair in files], card.tile_px, job.validation_share, job.seed)
    training, validation = choose_places(split, job.cached_tiles, job.augment, job.seed)
    model = load_model(path, device, job.precision)
    yield from model.notes()
    sigmas = tuple(sorted(numbers("NOISE_LEVELS", job.noise_levels or DEFAULT_NOISE_LEVELS[job.head])))
    head = plan_head(job.head, model, len(sigmas))
    changed = sum(int(each.changed.sum()) for each in counted) / sum(int(each.known.sum()) for each in counted)
    levels = f"{len(sigmas)} noise level" + "s" * (len(sigmas) > 1)
    place = f"on {describe(device)} in {model.precision}"
    yield Note(
        f"{len(files)} pairs, {changed:.2%} of their known pixels changed; {split.share():.0%} are for validation. "
        f"Features of {len(training)} tiles for training and {len(validation)} for validation, {card.tile_px} px each, "
        f"at {levels}, {place}: {2 * len(sigmas) * model.flops() / 1e9:.3g} GFLOP a tile; the head costs "
        f"{head_flops(head, model, len(sigmas)) / 1e9:.3g}."
    )
    return Plan(model, sigmas, head, pairs, split, training, validation, job.seed)
