"""Which tiles of labelled pairs a detector is trained on, which are for validation, and how tiles are augmented.

The area is cut into blocks of some tiles, and whole blocks are kept for validation, so that neighbours do not answer
for each other. Training tiles may lie anywhere; what they show of validation blocks has no label.
"""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...errors import InputError
from ...events import Event, Note, Progress
from ..progress import with_progress
from ..raster.lattice import dihedral
from ..raster.random import hash_order, tile_random
from ..raster.scaling import UNIT_LIMIT, normalized
from ..raster.types import Counts, Pixels, Valid
from .labelled_pairs import CHANGED, UNKNOWN, LabelledPairs

# Sides of a block in tiles, the first that leaves MIN_BLOCKS blocks with change.
BLOCK_TILES = (4, 2, 1)
MIN_BLOCKS = 10
# Validation tiles; more add little to the figures and much to the time.
MAX_VALIDATION_TILES = 1024
# Variants of one tile; a further one shows little new.
MAX_VARIANTS = 16
# Draws of a tile: its augmentation, and its noise.
_AUGMENTATION, _NOISE = 0, 1
# Of both dates' brightness, in units of the scaled range (2) and of its middle.
GAIN, OFFSET = 0.15, 0.1
SHIFT_PX = 1
# Pairs whose labels are asked about.
MOST_TOLD = 5


class TilePlace(NamedTuple):
    """A tile of a pair. number: decides all that is random about it. augmented: whether it is moved and altered."""

    pair: int
    row: int
    col: int
    number: int
    augmented: bool


class Tile(NamedTuple):
    """A tile ready for a model: both dates and noise float32 [C, t, t], labels uint8 [t, t] (0, 1, 255)."""

    before: Pixels
    after: Pixels
    noise: Pixels
    labels: NDArray[np.uint8]


@dataclass(frozen=True)
class LabelCounts:
    """Pixels of a pair's tiles by place on the lattice: changed and known, int64 [rows, cols] each."""

    changed: Counts
    known: Counts


def count_tiles(pairs: LabelledPairs) -> Generator[Event, None, list[LabelCounts]]:
    """One pass over all pairs. Raises InputError where files do not go together or no label is change."""
    tile_px, total = pairs.card.tile_px, len(pairs.files)
    counts: list[LabelCounts] = []
    told = 0
    for index in range(total):
        before = Progress(index, total, "pair", "reading labels")
        pair = yield from with_progress(pairs.opening(index), lambda _, before=before: before)  # type: ignore[misc]
        rows, cols = -(-pair.grid.height // tile_px), -(-pair.grid.width // tile_px)
        changed, known = np.zeros((2, rows, cols), np.int64)
        for row in range(rows):
            labels = pair.read(row * tile_px, 0, tile_px, cols * tile_px).labels
            by_tile = labels.reshape(tile_px, cols, tile_px)
            changed[row] = (by_tile == CHANGED).sum(axis=(0, 2))
            known[row] = (by_tile != UNKNOWN).sum(axis=(0, 2))
            yield Progress(index + (row + 1) / rows, total, "pair", "reading labels")
        counts.append(LabelCounts(changed, known))
        if pair.coding is not None and told < MOST_TOLD:
            for text in pair.coding.remarks("LABELS"):
                told += 1
                yield Note(text, "warning")
    if not any(counted.known.any() for counted in counts):
        raise InputError(f"No pixel has a label and is valid at both dates: {pairs.get(0).why_nothing_known()}.")
    if not any(counted.changed.any() for counted in counts):
        raise InputError(
            f"LABELS mark no change at all in {total} pairs: every known pixel is 0. Check that change is nonzero."
        )
    return counts


class LabelSplit:
    """Which blocks of which pair are for validation. block_px: their side."""

    def __init__(
        self, counted: Sequence[LabelCounts], parts: Sequence[str | None], tile_px: int, share: float, seed: int
    ) -> None:
        """parts: of each pair, training, validation or None. Raises InputError where one part would have no change."""
        self._counted, self._tile_px = counted, tile_px
        if any(parts):
            self.block_px = tile_px
            self._validation = [
                np.full(counts.known.shape, part == "validation") for counts, part in zip(counted, parts, strict=True)
            ]
        else:
            tiles = next((n for n in BLOCK_TILES if self._blocks(n)[1] >= MIN_BLOCKS), BLOCK_TILES[-1])
            self.block_px = tiles * tile_px
            self._validation = self._choose(tiles, share, seed)
        for validation, name in ((False, "training"), (True, "validation")):
            pairs = zip(counted, self._validation, strict=True)
            if not any((counts.changed[part == validation] > 0).any() for counts, part in pairs):
                raise InputError(
                    f"The labels' change lies in so few places that the part for {name} would have none of it. Give "
                    "pairs with change in more places."
                )

    def places(self, validation: bool, changed: bool) -> list[TilePlace]:
        """Tiles of the lattice of one part, with or without change; all have known pixels."""
        places = []
        for index, (counted, part) in enumerate(zip(self._counted, self._validation, strict=True)):
            fitting = (part == validation) & ((counted.changed > 0) == changed) & (counted.known > 0)
            places += [
                TilePlace(index, int(row) * self._tile_px, int(col) * self._tile_px, 0, False)
                for row, col in np.argwhere(fitting)
            ]
        return places

    def counts_of(self, pair: int, validation: bool) -> LabelCounts:
        """The pixels of a pair's tiles that belong to one part; 0 in those of the other."""
        counted, own = self._counted[pair], self._validation[pair] == validation
        return LabelCounts(counted.changed * own, counted.known * own)

    def validation_pixels(self, pair: int, row: int, col: int, size: int | None = None) -> Valid:
        """Which pixels of a window, a tile wide or `size`, are for validation: bool [size, size]."""
        part, side = self._validation[pair], size or self._tile_px
        rows, cols = (
            np.clip((start + np.arange(side)) // self._tile_px, 0, tiles - 1)
            for start, tiles in zip((row, col), part.shape, strict=True)
        )
        pixels: Valid = part[np.ix_(rows, cols)]
        return pixels

    def share(self) -> float:
        """Part of the known pixels that is for validation."""
        pairs = zip(self._counted, self._validation, strict=True)
        validation = sum(int(counted.known[part].sum()) for counted, part in pairs)
        return validation / sum(int(counted.known.sum()) for counted in self._counted)

    def _blocks(self, tiles: int) -> tuple[list[tuple[int, int, int, int]], int]:
        """(changed, pair, row, col) of all blocks with known pixels, and how many have change."""
        blocks = []
        for index, counted in enumerate(self._counted):
            rows, cols = counted.known.shape
            for row in range(0, rows, tiles):
                for col in range(0, cols, tiles):
                    inside = np.s_[row : row + tiles, col : col + tiles]
                    if counted.known[inside].any():
                        blocks.append((int(counted.changed[inside].sum()), index, row, col))
        return blocks, sum(block[0] > 0 for block in blocks)

    def _choose(self, tiles: int, share: float, seed: int) -> list[Valid]:
        """Of blocks with alike much change one in so many, so that both parts have large and small changes."""
        validation = [np.zeros(counted.known.shape, bool) for counted in self._counted]
        blocks, _ = self._blocks(tiles)
        order = sorted(range(len(blocks)), key=lambda number: (-blocks[number][0], hash_order(seed, number)))
        size = 1 / share
        for first in np.arange(0, len(order), size):
            group = order[round(first) : round(first + size)]
            if group and (len(group) > 1 or first):
                _, pair, row, col = blocks[group[int(tile_random(seed, round(first), 3).integers(len(group)))]]
                validation[pair][row : row + tiles, col : col + tiles] = True
        return validation


def choose_places(
    split: LabelSplit, count: int | None, augment: bool, seed: int
) -> tuple[list[TilePlace], list[TilePlace]]:
    """Tiles for training, half of them with change where there are as many, and tiles for validation.

    Args:
        split: which part a place is for.
        count: of the tiles for training; None: chosen from what there is.
        augment: whether a place may be taken more than once, augmented.
        seed: of the order.
    """
    of_training = [shuffled(split.places(False, changed), seed) for changed in (True, False)]
    if count is None:
        count = min(max(2 * sum(map(len, of_training)), 256), 3000)
    variants = MAX_VARIANTS if augment else 1
    halves = [min(count // 2, variants * len(places)) for places in of_training]
    # What one class cannot fill the other may.
    halves[1] = min(count - halves[0], variants * len(of_training[1]))
    chosen = []
    for half, places in zip(halves, of_training, strict=True):
        chosen += [places[i % len(places)]._replace(augmented=i >= len(places)) for i in range(half)]
    training = [place._replace(number=number) for number, place in enumerate(chosen)]
    of_validation = [shuffled(split.places(True, changed), seed) for changed in (True, False)]
    share = min(1.0, MAX_VALIDATION_TILES / sum(map(len, of_validation)))
    validation = [place for places in of_validation for place in places[: max(1, round(share * len(places)))]]
    first = len(training)
    return sorted(training), sorted(place._replace(number=first + i) for i, place in enumerate(validation))


def read_tile(pairs: LabelledPairs, split: LabelSplit, place: TilePlace, seed: int, validation: bool) -> Tile:
    """A tile of a place, scaled for the pairs' model, augmented where the place says so.

    Args:
        pairs, place: where it is read.
        split: which of its labels belong to the part; those of the other part are not known.
        seed: of its augmentation and noise, with the place's number.
        validation: whether it is of that part.
    """
    pair, tile_px = pairs.get(place.pair), pairs.card.tile_px
    random = tile_random(seed, place.number, _AUGMENTATION)
    row, col, shift = place.row, place.col, (0, 0)
    if place.augmented:
        jitter = random.integers(-(tile_px // 2), tile_px // 2 + 1, 2)
        row, col = (
            int(np.clip(at + move, 0, max(size - tile_px, 0)))
            for at, move, size in zip((row, col), jitter, pair.grid.shape, strict=True)
        )
        moved = random.integers(-SHIFT_PX, SHIFT_PX + 1, 2)
        shift = (int(moved[0]), int(moved[1]))
    window = pair.read(row, col, tile_px, tile_px, shift)
    own = split.validation_pixels(place.pair, row, col) == validation
    labels = np.where(own, window.labels, np.uint8(UNKNOWN))
    dates = [normalized(date, window.valid[None], pairs.card.bands) for date in (window.before, window.after)]
    if place.augmented:
        symmetry = int(random.integers(8))
        dates = [tinted(date, random) for date in dates]
        dates = [np.ascontiguousarray(dihedral(date, "dihedral", symmetry)) for date in dates]
        labels = np.ascontiguousarray(dihedral(labels, "dihedral", symmetry))
    noise = tile_random(seed, place.number, _NOISE).standard_normal(dates[0].shape, np.float32)
    return Tile(dates[0], dates[1], noise, labels)


def tinted(date: Pixels, random: np.random.Generator, share: float = 1.0) -> Pixels:
    """Other brightness and contrast, of all bands together and a little of each alone; share: of the usual amount."""
    bands = (len(date), 1, 1)
    draw = random.uniform
    gain = 1 + share * GAIN * (draw(-1, 1) + 0.5 * draw(-1, 1, bands))
    offset = share * OFFSET * (draw(-1, 1) + 0.5 * draw(-1, 1, bands))
    result: Pixels = np.clip(date * gain + offset, -UNIT_LIMIT, UNIT_LIMIT).astype(np.float32)
    return result


def shuffled(places: list[TilePlace], seed: int) -> list[TilePlace]:
    """Places in an order that the seed alone decides."""
    return [places[i] for i in sorted(range(len(places)), key=lambda index: hash_order(seed, index))]
