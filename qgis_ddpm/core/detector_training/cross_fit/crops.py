"""Windows of labelled pairs, read once, and altered anew at each step: what was seen once is not seen again alike.

A crop is twice a tile wide, so that a tile of it may lie anywhere. What is drawn is a function of the seed and of the
tiles seen, so a training that goes on draws as if it had not been stopped.
"""

from collections.abc import Generator, Sequence
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from ....events import Event, Progress
from ...progress import TimeLeft
from ...raster.lattice import dihedral
from ...raster.random import tile_random
from ...raster.scaling import normalized
from ...raster.types import Pixels
from ..feature_cache import FeatureCache
from ..labelled_pairs import CHANGED, UNKNOWN, LabelledPairs
from ..labelled_tiles import SHIFT_PX, Tile, TilePlace, shuffled, tinted
from .folds import Folds

# Crops for training, if there are as many: they take 0.2 MB each of three bands and 64 px.
MAX_CROPS = 3000
# Windows that figures are measured on, a few tiles wide each.
MAX_WINDOWS = 256
# What tells most of change is which way brightness went: tints as strong as those of `linear` hide it.
_TINT_SHARE = 1 / 3
_BATCH_DRAW = 4


class WeighedWindow(NamedTuple):
    """A window that is measured on; it stands for `weight` windows like it."""

    place: TilePlace
    weight: float


class DrawnTiles(NamedTuple):
    """Both dates float32 [B, C, t, t] in [-1, 1], labels uint8 [B, t, t], and the pair of each."""

    before: Tensor
    after: Tensor
    labels: Tensor
    pairs: NDArray[np.int64]


def choose_crops(folds: Folds, count: int | None, tile_px: int, seed: int) -> list[TilePlace]:
    """Places of the middles of crops for training, half of them with change where there are as many."""
    count = MAX_CROPS if count is None else count
    changed, unchanged = (shuffled(folds.places(False, kind, tile_px), seed) for kind in (True, False))
    half = max(count // 2, count - len(unchanged))
    return sorted([*changed[:half], *unchanged[: max(count - len(changed[:half]), 0)]])


def choose_windows(folds: Folds, tile_px: int, side: int, seed: int) -> list[WeighedWindow]:
    """Windows of side x side tiles to measure on: of each pair as many with change and without, weighed by their share.

    There is no more than MAX_WINDOWS of them, unless there are more pairs than half of that.
    """
    groups: dict[tuple[int, bool], list[TilePlace]] = {}
    for changed in (True, False):
        for place in folds.places(True, changed, tile_px, side):
            groups.setdefault((place.pair, changed), []).append(place)
    quota = max(MAX_WINDOWS // len(groups), 1)
    chosen = []
    for group in groups.values():
        kept = shuffled(group, seed)[:quota]
        chosen += [WeighedWindow(place, len(group) / len(kept)) for place in kept]
    return sorted(chosen)


def read_window(pairs: LabelledPairs, folds: Folds, place: TilePlace, size: int, validation: bool) -> Tile:
    """A window [size, size] of a pair, scaled for the model, with the labels of one part; its noise is 0."""
    window = pairs.get(place.pair).read(place.row, place.col, size, size)
    labels = np.where(folds.mask(place, size, validation), window.labels, np.uint8(UNKNOWN))
    before, after = (normalized(date, window.valid[None], pairs.card.bands) for date in (window.before, window.after))
    return Tile(before, after, np.zeros_like(before), labels)


class CropStore:
    """Crops for training, kept as half precision: draw(seed, seen, count).

    cache: of two tensors [C, 2t, 2t] a crop.
    """

    def __init__(self, cache: FeatureCache, labels: Tensor, pairs: Sequence[int], augment: bool) -> None:
        """labels: uint8 [n, 2t, 2t]; pairs: of each crop."""
        self._cache, self._labels, self._augment = cache, labels, augment
        self._tile_px = labels.shape[-1] // 2
        self._pairs = np.array(pairs)
        middle = slice(self._tile_px // 2, self._tile_px // 2 + self._tile_px)
        changed = (labels[:, middle, middle] == CHANGED).flatten(1).any(1).numpy()
        # Of each kind the crops of each pair: pairs count alike, however large their changes are.
        by_kind = [
            [np.flatnonzero(of_kind & (self._pairs == pair)) for pair in np.unique(self._pairs[of_kind])]
            for of_kind in (changed, ~changed)
        ]
        self._kinds = [kind for kind in by_kind if kind]

    def draw(self, seed: int, seen: int, count: int) -> DrawnTiles:
        """The tiles of the step after so many were seen: with change or without, alike often, of any pair alike."""
        random = tile_random(seed, seen, _BATCH_DRAW)
        numbers = [self._choose(random) for _ in range(count)]
        crops = self._cache.take(numbers, torch.device("cpu"))
        drawn = [
            self._alter(crops[0][place].numpy(), crops[1][place].numpy(), self._labels[number].numpy(), random)
            for place, number in enumerate(numbers)
        ]
        before, after, labels = (torch.from_numpy(np.stack(each)) for each in zip(*drawn, strict=True))
        return DrawnTiles(before, after, labels, self._pairs[numbers])

    def _choose(self, random: np.random.Generator) -> int:
        kind = self._kinds[random.integers(len(self._kinds))]
        crops = kind[random.integers(len(kind))]
        return int(crops[random.integers(len(crops))])

    def _corner(self, labels: NDArray[np.uint8], random: np.random.Generator) -> tuple[int, int]:
        """Where the tile of a crop begins: anywhere, but with change in it where the crop's middle has some."""
        side, half = self._tile_px, self._tile_px // 2
        low, high = np.full(2, SHIFT_PX), np.full(2, side - SHIFT_PX)
        changed = np.argwhere(labels[half : half + side, half : half + side] == CHANGED)
        if len(changed):
            pixel = changed[random.integers(len(changed))] + half
            low, high = np.maximum(low, pixel - side + 1), np.minimum(high, pixel)
        row, col = random.integers(low, high + 1)
        return int(row), int(col)

    def _alter(
        self, before: Pixels, after: Pixels, labels: NDArray[np.uint8], random: np.random.Generator
    ) -> tuple[Pixels, Pixels, NDArray[np.uint8]]:
        """A tile of a crop: elsewhere, turned, tinted, its second date moved by a pixel."""
        side = self._tile_px
        if not self._augment:
            inside = np.s_[..., side // 2 : side // 2 + side, side // 2 : side // 2 + side]
            return before[inside], after[inside], labels[inside]
        row, col = self._corner(labels, random)
        down, right = random.integers(-SHIFT_PX, SHIFT_PX + 1, 2)
        symmetry = int(random.integers(8))
        first = tinted(before[:, row : row + side, col : col + side], random, _TINT_SHARE)
        moved = after[:, row + down : row + down + side, col + right : col + right + side]
        second = tinted(moved, random, _TINT_SHARE)
        known = labels[row : row + side, col : col + side]
        first, second, known = (
            np.ascontiguousarray(dihedral(each, "dihedral", symmetry)) for each in (first, second, known)
        )
        return first, second, known


def read_crops(
    pairs: LabelledPairs, folds: Folds, places: Sequence[TilePlace], cache: FeatureCache, augment: bool
) -> Generator[Event, None, CropStore]:
    """Read all crops into a cache. Raises OutputError where the disk is full."""
    size = 2 * pairs.card.tile_px
    labels = torch.empty(len(places), size, size, dtype=torch.uint8)
    clock = TimeLeft()
    for number, place in enumerate(places):
        around = place._replace(row=place.row - size // 4, col=place.col - size // 4)
        tile = read_window(pairs, folds, around, size, False)
        cache.put(number, [torch.from_numpy(tile.before), torch.from_numpy(tile.after)])
        labels[number] = torch.from_numpy(tile.labels)
        if number % 16 == 0:
            yield Progress(number, len(places), "tile", "reading tiles", clock.after(number, len(places)))
    return CropStore(cache, labels, [place.pair for place in places], augment)
