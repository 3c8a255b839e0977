"""Which head leaves out which pairs, so that every pair is judged by heads that never saw it.

Thresholds and figures of pixels that were kept apart within a pair flatter: a field that was half seen is known. Pairs
that were left out whole tell what another place will be like (cross-validation; Stone 1974).
"""

from collections.abc import Sequence

import numpy as np

from ...raster.random import hash_order
from ...raster.types import Valid
from ..labelled_tiles import LabelCounts, LabelSplit, TilePlace

# With fewer pairs that have change, blocks within them are kept apart.
LEAST_PAIRS = 3
# The fold of what all heads leave out, and that of a head which leaves nothing out.
BY_ALL, NOTHING = -1, -2
# So many heads leave nothing out: they know most, and those that leave pairs out tell how far to trust them.
WHOLE_HEADS = 2


class PairFolds:
    """Pairs in folds; head k is trained on all but fold k, and on none that the folder keeps for validation."""

    def __init__(self, counted: Sequence[LabelCounts], parts: Sequence[str | None], heads: int, seed: int) -> None:
        # Large and small changes in every fold.
        training = [pair for pair in self.by_change(counted, seed) if parts[pair] != "validation"]
        self.count = heads
        self.of_pair = [BY_ALL] * len(counted)
        for place, pair in enumerate(training):
            self.of_pair[pair] = place % heads
        self._counted = counted

    @staticmethod
    def by_change(counted: Sequence[LabelCounts], seed: int) -> list[int]:
        """All pairs, those with the most change first."""
        changed = [int(counts.changed.sum()) for counts in counted]
        return sorted(range(len(counted)), key=lambda pair: (-changed[pair], hash_order(seed, pair)))

    def told(self) -> str:
        """How what is learnt from is told from what is measured on, in a few words."""
        return (
            f"each of {self.count} heads leaves other pairs out and is measured on them, {WHOLE_HEADS} leave none out"
        )

    def of_heads(self, heads: int) -> list[int]:
        """What each head leaves out."""
        del heads
        return [*range(self.count), *[NOTHING] * WHOLE_HEADS]

    def places(self, validation: bool, changed: bool, tile_px: int, side: int = 1) -> list[TilePlace]:
        """Windows of side x side tiles with or without change: of all pairs, or of those for training."""
        pairs = [pair for pair, fold in enumerate(self.of_pair) if validation or fold != BY_ALL]
        return [place for pair in pairs for place in windows_of(self._counted[pair], pair, changed, tile_px, side)]

    def mask(self, place: TilePlace, size: int, validation: bool) -> Valid:
        """Which pixels of a window belong to a part: bool [size, size], all of them."""
        del place, validation
        return np.ones((size, size), bool)


class HeldOutPairs(PairFolds):
    """Pairs that all heads leave out, since they learn along with one network: those of the folder, or a share."""

    def __init__(self, counted: Sequence[LabelCounts], parts: Sequence[str | None], share: float, seed: int) -> None:
        super().__init__(counted, parts, 1, seed)
        if "validation" not in parts:
            order = self.by_change(counted, seed)
            step = min(round(1 / share), len(order))
            # Of each so many pairs with as much change the one in the middle.
            for pair in order[step // 2 :: step]:
                self.of_pair[pair] = BY_ALL

    def told(self) -> str:
        """How what is learnt from is told from what is measured on, in a few words."""
        return f"{self.of_pair.count(BY_ALL)} of them are left out by the network and all heads, and measured on"

    def of_heads(self, heads: int) -> list[int]:
        """What each of so many heads leaves out beside these pairs."""
        return [NOTHING] * heads

    def places(self, validation: bool, changed: bool, tile_px: int, side: int = 1) -> list[TilePlace]:
        """Windows of side x side tiles of one part with or without change."""
        return [
            place
            for place in super().places(True, changed, tile_px, side)
            if (self.of_pair[place.pair] == BY_ALL) == validation
        ]


class BlockFolds:
    """Blocks within the pairs that all heads leave out, where there are too few pairs to leave one out."""

    def __init__(self, split: LabelSplit, counted: Sequence[LabelCounts]) -> None:
        self._split, self._counted = split, counted
        self.of_pair = [BY_ALL] * len(counted)

    def told(self) -> str:
        """How what is learnt from is told from what is measured on, in a few words."""
        return f"{self._split.share():.0%} are kept apart to be measured on"

    def of_heads(self, heads: int) -> list[int]:
        """What each of so many heads leaves out beside these blocks."""
        return [NOTHING] * heads

    def places(self, validation: bool, changed: bool, tile_px: int, side: int = 1) -> list[TilePlace]:
        """Windows of side x side tiles of one part with or without change."""
        counted = [self._split.counts_of(pair, validation) for pair in range(len(self._counted))]
        return [
            place for pair, counts in enumerate(counted) for place in windows_of(counts, pair, changed, tile_px, side)
        ]

    def mask(self, place: TilePlace, size: int, validation: bool) -> Valid:
        """Which pixels of a window belong to a part: bool [size, size]."""
        mask: Valid = self._split.validation_pixels(place.pair, place.row, place.col, size) == validation
        return mask


Folds = PairFolds | BlockFolds


def folds_of(
    counted: Sequence[LabelCounts],
    parts: Sequence[str | None],
    heads: int,
    tile_px: int,
    share: float,
    seed: int,
    tuned: bool = False,
) -> Folds:
    """Folds of pairs where there are enough with change, else blocks. Raises InputError as `LabelSplit`.

    tuned: whether all heads learn along with one network, and so leave the same pairs out.
    """
    with_change = sum(
        bool(counts.changed.any()) for counts, part in zip(counted, parts, strict=True) if part != "validation"
    )
    if with_change >= LEAST_PAIRS and tuned:
        return HeldOutPairs(counted, parts, share, seed)
    if with_change >= LEAST_PAIRS and heads > 1:
        return PairFolds(counted, parts, min(heads, with_change), seed)
    return BlockFolds(LabelSplit(counted, parts, tile_px, share, seed), counted)


def windows_of(counts: LabelCounts, pair: int, changed: bool, tile_px: int, side: int) -> list[TilePlace]:
    """Windows of side x side tiles of a pair's lattice that have known pixels, with or without change."""
    rows, cols = counts.known.shape
    places = []
    for row in range(0, rows, side):
        for col in range(0, cols, side):
            inside = np.s_[row : row + side, col : col + side]
            if counts.known[inside].any() and bool(counts.changed[inside].any()) == changed:
                places.append(TilePlace(pair, row * tile_px, col * tile_px, 0, False))
    return places
