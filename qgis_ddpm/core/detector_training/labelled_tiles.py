"""Which tiles of labelled pairs a detector is trained on and which are kept for validation, and how they are altered.

The area is cut into blocks of some tiles, and whole blocks are kept for validation, so that neighbours do not answer
for each other. Training tiles may lie anywhere; what they show of validation blocks has no label.
"""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...card import BandScaling
from ...errors import InputError
from ...events import Event, Progress
from ..raster.lattice import dihedral
from ..raster.random import hash_order, tile_random
from ..raster.scaling import UNIT_LIMIT, normalized
from ..raster.types import Counts, Pixels
from .labelled_pairs import CHANGED, UNKNOWN, LabelledPairs

# Sides of a block in tiles, the first that leaves MIN_BLOCKS blocks with change.
BLOCK_TILES = (4, 2, 1)
MIN_BLOCKS = 10
# Validation tiles; more add little to the figures and much to the time.
MAX_VALIDATION_TILES = 1024
# Variants of one tile; a further one shows little new.
MAX_VARIANTS = 16
# Draws of a tile: what is done to it, and its noise.
_ALTERATION, _NOISE = 0, 1
# Of both dates' brightness, in units of the scaled range (2) and of its middle.
GAIN, OFFSET = 0.15, 0.1
SHIFT_PX = 1


class Place(NamedTuple):
    """A tile of a pair. number: decides all that is random about it. altered: whether it is jittered and augmented."""

    pair: int
    row: int
    col: int
    number: int
    altered: bool


class Tile(NamedTuple):
    """A tile ready for a model: both dates and noise float32 [C, t, t], labels uint8 [t, t] (0, 1, 255)."""

    before: Pixels
    after: Pixels
    noise: Pixels
    labels: NDArray[np.uint8]


@dataclass(frozen=True)
class Counted:
    """Pixels of a pair's tiles by place on the lattice: changed and known, int64 [rows, cols] each."""

    changed: Counts
    known: Counts


def count_tiles(pairs: LabelledPairs, tile_px: int) -> Generator[Event, None, list[Counted]]:
    """One pass over all pairs. Raises InputError where files do not go together or no label is change."""
    found: list[Counted] = []
    for index in range(len(pairs.files)):
        pair = pairs.get(index)
        rows, cols = -(-pair.grid.height // tile_px), -(-pair.grid.width // tile_px)
        changed, known = np.zeros((2, rows, cols), np.int64)
        for row in range(rows):
            labels = pair.read(row * tile_px, 0, tile_px, cols * tile_px).labels
            by_tile = labels.reshape(tile_px, cols, tile_px)
            changed[row] = (by_tile == CHANGED).sum(axis=(0, 2))
            known[row] = (by_tile != UNKNOWN).sum(axis=(0, 2))
            yield Progress(index + (row + 1) / rows, len(pairs.files), "pair", "reading labels")
        found.append(Counted(changed, known))
    if not any(counted.known.any() for counted in found):
        raise InputError("No pixel has a label and is valid at both dates. Check nodata and that the labels overlap.")
    if not any(counted.changed.any() for counted in found):
        raise InputError(
            f"LABELS mark no change at all in {len(found)} pairs: every known pixel is 0. Check that change is nonzero."
        )
    return found


class Split:
    """Which blocks of which pair are for validation. block_px: their side."""

    def __init__(
        self, counted: Sequence[Counted], parts: Sequence[str | None], tile_px: int, share: float, seed: int
    ) -> None:
        """parts: of each pair, training, validation or None. Raises InputError where one part would have no change."""
        self._counted, self._tile_px = counted, tile_px
        if any(parts):
            self.block_px = tile_px
            self._held = [
                np.full(each.known.shape, part == "validation") for each, part in zip(counted, parts, strict=True)
            ]
        else:
            tiles = next((n for n in BLOCK_TILES if self._blocks(n)[1] >= MIN_BLOCKS), BLOCK_TILES[-1])
            self.block_px = tiles * tile_px
            self._held = self._hold(tiles, share, seed)
        for held, words in ((False, "training"), (True, "validation")):
            pairs = zip(counted, self._held, strict=True)
            if not any((each.changed[part == held] > 0).any() for each, part in pairs):
                raise InputError(
                    f"The labels' change lies in so few places that the part for {words} would have none of it. Give "
                    "pairs with change in more places."
                )

    def places(self, held: bool, changed: bool) -> list[Place]:
        """Tiles of the lattice for training or validation (held), with or without change; all have known pixels."""
        found = []
        for index, (counted, part) in enumerate(zip(self._counted, self._held, strict=True)):
            wanted = (part == held) & ((counted.changed > 0) == changed) & (counted.known > 0)
            found += [
                Place(index, int(row) * self._tile_px, int(col) * self._tile_px, 0, False)
                for row, col in np.argwhere(wanted)
            ]
        return found

    def held_pixels(self, pair: int, row: int, col: int) -> NDArray[np.bool_]:
        """Which pixels of a tile are for validation: bool [t, t]."""
        held = self._held[pair]
        rows, cols = (
            np.clip((start + np.arange(self._tile_px)) // self._tile_px, 0, size - 1)
            for start, size in zip((row, col), held.shape, strict=True)
        )
        found: NDArray[np.bool_] = held[np.ix_(rows, cols)]
        return found

    def share(self) -> float:
        """Part of the known pixels that is for validation."""
        pairs = list(zip(self._counted, self._held, strict=True))
        held = sum(int(each.known[part].sum()) for each, part in pairs)
        return held / sum(int(each.known.sum()) for each, _ in pairs)

    def _blocks(self, tiles: int) -> tuple[list[tuple[int, int, int, int]], int]:
        """(changed, pair, row, col) of all blocks with known pixels, and how many have change."""
        found = []
        for index, each in enumerate(self._counted):
            rows, cols = each.known.shape
            for row in range(0, rows, tiles):
                for col in range(0, cols, tiles):
                    inside = np.s_[row : row + tiles, col : col + tiles]
                    if each.known[inside].any():
                        found.append((int(each.changed[inside].sum()), index, row, col))
        return found, sum(block[0] > 0 for block in found)

    def _hold(self, tiles: int, share: float, seed: int) -> list[NDArray[np.bool_]]:
        """Of blocks with alike much change one in so many, so that both parts have large and small changes."""
        held = [np.zeros(each.known.shape, bool) for each in self._counted]
        blocks, _ = self._blocks(tiles)
        order = sorted(range(len(blocks)), key=lambda number: (-blocks[number][0], hash_order(seed, number)))
        size = 1 / share
        for first in np.arange(0, len(order), size):
            group = order[round(first) : round(first + size)]
            if group and (len(group) > 1 or first):
                _, pair, row, col = blocks[group[int(tile_random(seed, round(first), 3).integers(len(group)))]]
                held[pair][row : row + tiles, col : col + tiles] = True
        return held


def choose_places(split: Split, count: int | None, augment: bool, seed: int) -> tuple[list[Place], list[Place]]:
    """Tiles for training, half of them with change where there are as many, and tiles for validation.

    count: of the tiles for training; None: chosen from what there is.
    """
    of_training = [_shuffled(split.places(False, changed), seed) for changed in (True, False)]
    if count is None:
        count = min(max(2 * sum(map(len, of_training)), 256), 3000)
    variants = MAX_VARIANTS if augment else 1
    halves = [min(count // 2, variants * len(places)) for places in of_training]
    # What one class cannot fill the other may.
    halves[1] = min(count - halves[0], variants * len(of_training[1]))
    chosen = []
    for half, places in zip(halves, of_training, strict=True):
        chosen += [places[i % len(places)]._replace(altered=i >= len(places)) for i in range(half)]
    training = [place._replace(number=number) for number, place in enumerate(chosen)]
    held = [_shuffled(split.places(True, changed), seed) for changed in (True, False)]
    every = sum(map(len, held))
    kept = min(1.0, MAX_VALIDATION_TILES / every)
    validation = [place for places in held for place in places[: max(1, round(kept * len(places)))]]
    first = len(training)
    return sorted(training), sorted(place._replace(number=first + i) for i, place in enumerate(validation))


def read_tile(
    pairs: LabelledPairs, split: Split, place: Place, bands: Sequence[BandScaling], tile_px: int, seed: int, held: bool
) -> Tile:
    """A tile of a place, altered where the place says so; labels of the other part are not known."""
    pair = pairs.get(place.pair)
    random = tile_random(seed, place.number, _ALTERATION)
    row, col, shift = place.row, place.col, (0, 0)
    if place.altered:
        jitter = random.integers(-(tile_px // 2), tile_px // 2 + 1, 2)
        row, col = (
            int(np.clip(at + move, 0, max(size - tile_px, 0)))
            for at, move, size in zip((row, col), jitter, pair.grid.shape, strict=True)
        )
        moved = random.integers(-SHIFT_PX, SHIFT_PX + 1, 2)
        shift = (int(moved[0]), int(moved[1]))
    window = pair.read(row, col, tile_px, tile_px, shift)
    labels = np.where(split.held_pixels(place.pair, row, col) == held, window.labels, np.uint8(UNKNOWN))
    dates = [normalized(date, window.valid[None], bands) for date in (window.before, window.after)]
    if place.altered:
        symmetry = int(random.integers(8))
        dates = [_tinted(date, random) for date in dates]
        dates = [np.ascontiguousarray(dihedral(date, "dihedral", symmetry)) for date in dates]
        labels = np.ascontiguousarray(dihedral(labels, "dihedral", symmetry))
    noise = tile_random(seed, place.number, _NOISE).standard_normal(dates[0].shape, np.float32)
    return Tile(dates[0], dates[1], noise, labels)


def _tinted(date: Pixels, random: np.random.Generator) -> Pixels:
    """Other brightness and contrast, of all bands together and a little of each alone."""
    bands = (len(date), 1, 1)
    draw = random.uniform
    gain = 1 + GAIN * (draw(-1, 1) + 0.5 * draw(-1, 1, bands))
    offset = OFFSET * (draw(-1, 1) + 0.5 * draw(-1, 1, bands))
    result: Pixels = np.clip(date * gain + offset, -UNIT_LIMIT, UNIT_LIMIT).astype(np.float32)
    return result


def _shuffled(places: list[Place], seed: int) -> list[Place]:
    return [places[i] for i in sorted(range(len(places)), key=lambda index: hash_order(seed, index))]
