"""Connected patches of change, strip by strip, and the sieve that drops small ones: count, then keep.

Memory holds a strip and the patches it cuts, not the raster.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from ..raster.types import Bytes, Counts, Floats, Pixels, Valid

# Strips follow from the raster's width alone, so that the numbering of patches never depends on how it is read.
STRIP_PIXELS = 1 << 21


def strip_rows(width: int) -> int:
    """Rows of a strip of a raster of this width."""
    return max(STRIP_PIXELS // width, 1)


@dataclass(eq=False)
class Patch:
    """A patch that reaches over the end of a strip, as far as it is known.

    area: sum of the areas of its pixels. total, peak: sum and maximum of their scores. pixels: their number.
    fragments: (strip, label) of its parts. edges: pieces of its outline, kept for whoever draws it. sums: of whatever
    else its pixels were asked for, float64 [K].
    """

    area: float = 0.0
    total: float = 0.0
    peak: float = 0.0
    pixels: int = 0
    fragments: list[tuple[int, int]] = field(default_factory=list)
    edges: list[Counts] = field(default_factory=list)
    sums: Floats | float = 0.0

    def absorb(self, other: "Patch") -> None:
        """Take over all of another patch that turned out to be the same."""
        self.area += other.area
        self.total += other.total
        self.peak = max(self.peak, other.peak)
        self.pixels += other.pixels
        self.fragments += other.fragments
        self.edges += other.edges
        self.sums = self.sums + other.sums


@dataclass(frozen=True)
class PatchStrip:
    """The patches of a strip: labels int32 [n, width] from 1, 0 where nothing changed.

    area, total, peak, pixels: of each label, [count]; sums: further ones, [count, K]. cut: label -> its patch, where
    that reaches or may reach beyond the strip. above: the patches that reached the strip's upper side, and `over` int64
    [width] which of them lies over each column, -1 for none; `joined` bool [width] where that goes on below. ended:
    patches of earlier strips that end above or in this one.
    """

    labels: NDArray[np.int32]
    area: Floats
    total: Floats
    peak: Floats
    pixels: Counts
    sums: Floats
    cut: dict[int, Patch]
    above: list[Patch]
    over: Counts
    joined: Valid
    ended: list[Patch]

    def whole(self) -> Counts:
        """Labels of the patches that begin and end in this strip."""
        inside = np.ones(len(self.area) + 1, dtype=bool)
        inside[[0, *self.cut]] = False
        return np.flatnonzero(inside)


class ComponentStream:
    """Labels strips of a raster from top to bottom; pixels are connected by their sides, where they are of one kind."""

    def __init__(self, width: int) -> None:
        self._index = 0
        self._open: list[Patch] = []
        self._floor = np.full(width, -1, dtype=np.int64)
        self._floor_kinds: Bytes = np.zeros(width, dtype=np.uint8)

    def feed(
        self,
        changed: Valid,
        areas: Floats,
        scores: Pixels | None = None,
        kinds: Bytes | None = None,
        sums: Floats | None = None,
    ) -> PatchStrip:
        """The next strip; a last row in which nothing changed ends all patches.

        Args:
            changed: bool [n, width].
            areas: of the pixels, [n] or [n, width].
            scores: float32 [n, width] where wanted.
            kinds: uint8 [n, width], of which a patch has one; None where all change is alike.
            sums: of what else is summed over the pixels of each label that `label_strip` gives, float64 [count, K].
        """
        kinds = changed.astype(np.uint8) if kinds is None else kinds
        labels, count = label_strip(changed, kinds)
        area, total, peak, pixels = _measure(labels, count, areas, scores)
        sums = np.zeros((count, 1)) if sums is None else sums
        joined = (self._floor >= 0) & (labels[0] > 0) & (self._floor_kinds == kinds[0])
        groups, touching = self._groups(labels[0], joined, count)
        patches: dict[int, Patch] = {}
        above = []
        for patch, group in zip(self._open, groups, strict=False):
            above.append(patches.setdefault(group, patch))
            if above[-1] is not patch:
                above[-1].absorb(patch)
        lowest = np.unique(labels[-1])
        lowest = lowest[lowest > 0]
        cut = {}
        for label in np.union1d(touching, lowest).tolist():
            patch = cut[label] = patches.setdefault(groups[len(self._open) + label - 1], Patch())
            i = label - 1
            figures = float(area[i]), float(total[i]), float(peak[i]), int(pixels[i])
            patch.absorb(Patch(*figures, [(self._index, label)], sums=sums[i]))
        over = self._floor
        self._open = list(dict.fromkeys(cut[label] for label in lowest.tolist()))
        number = {patch: i for i, patch in enumerate(self._open)}
        self._floor = np.array([-1, *(number.get(cut[k], -1) if k in cut else -1 for k in range(1, count + 1))])[
            labels[-1]
        ]
        ended = [patch for patch in patches.values() if patch not in number]
        self._floor_kinds = kinds[-1]
        self._index += 1
        return PatchStrip(labels, area, total, peak, pixels, sums, cut, above, over, joined, ended)

    def _groups(self, first_row: NDArray[np.int32], joined: Valid, count: int) -> tuple[list[int], Counts]:
        """The connected group of each open patch, then of each label; and the labels that touch an open patch."""
        old, new = self._floor[joined], first_row[joined].astype(np.int64)
        size = len(self._open) + count
        graph = coo_matrix((np.ones(len(old), dtype=bool), (old, len(self._open) + new - 1)), shape=(size, size))
        _, groups = connected_components(graph, directed=False)
        return groups.tolist(), np.unique(new)


def label_strip(changed: Valid, kinds: Bytes | None = None) -> tuple[NDArray[np.int32], int]:
    """Labels from 1 of the patches of a strip, int32 like `changed`, and their number.

    kinds: uint8 like `changed`, of which a patch has one; None where all change is alike.
    """
    if kinds is None:
        labels, count = ndimage.label(changed, output=np.int32)
        return labels, count
    labels, count = np.zeros(changed.shape, dtype=np.int32), 0
    for kind in np.flatnonzero(np.bincount(kinds[changed])):
        part, number = ndimage.label(changed & (kinds == kind), output=np.int32)
        labels += np.where(part > 0, part + np.int32(count), np.int32(0))
        count += number
    return labels, count


def _measure(
    labels: NDArray[np.int32], count: int, areas: Floats, scores: Pixels | None
) -> tuple[Floats, Floats, Floats, Counts]:
    """Area, sum and maximum of the scores (0 without), and number of pixels of each label."""
    place = np.flatnonzero(labels)
    label = labels.ravel()[place] - 1
    weights = areas[place // labels.shape[1]] if areas.ndim == 1 else areas.ravel()[place]
    area: Floats = np.bincount(label, weights, minlength=count).astype(np.float64)
    pixels: Counts = np.bincount(label, minlength=count).astype(np.int64)
    if scores is None or not count:
        return area, np.zeros(count), np.zeros(count), pixels
    score = scores.ravel()[place]
    total: Floats = np.bincount(label, score, minlength=count).astype(np.float64)
    order = np.argsort(label, kind="stable")
    starts = np.cumsum(pixels) - pixels
    peak = np.maximum.reduceat(score[order], starts)
    return area, total, peak.astype(np.float64), pixels


# Areas are sums; a patch of exactly the least area must not be lost to rounding.
_ROUNDING = 1e-9


class Sieve:
    """Patches smaller than `least_area` (in the unit of the areas given) are dropped.

    All strips are shown to `count`, top to bottom, then `finish` is called; then `keep` gives each strip without its
    small patches, in the same order. Memory: a byte for each patch and strip that it touches.
    """

    def __init__(self, width: int, least_area: float) -> None:
        self._least = least_area * (1 - _ROUNDING)
        self._stream = ComponentStream(width)
        self._width = width
        # For each strip, whether each label stays; label 0 is no change.
        self._stays: list[Valid] = []
        self._kept = 0

    def count(self, changed: Valid, areas: Floats) -> None:
        """Look at a strip: changed bool [n, width], areas float64 of its pixels: [n], or [n, width]."""
        strip = self._stream.feed(changed, areas)
        self._stays.append(np.concatenate([[False], strip.area >= self._least]))
        self._decide(strip.ended)

    def finish(self) -> None:
        """All strips were shown."""
        strip = self._stream.feed(np.zeros((1, self._width), dtype=bool), np.ones(1))
        self._decide(strip.ended)

    def begin(self, strip: int) -> None:
        """`keep` is asked of this strip next, by its number from 0."""
        self._kept = strip

    def keep(self, changed: Valid) -> Valid:
        """The next strip, as it was shown to `count`, without small patches."""
        stays = self._stays[self._kept]
        self._kept += 1
        result: Valid = stays[label_strip(changed)[0]]
        return result

    def _decide(self, ended: list[Patch]) -> None:
        for patch in ended:
            for index, label in patch.fragments:
                self._stays[index][label] = patch.area >= self._least
