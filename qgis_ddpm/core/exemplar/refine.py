"""One scale of new ground: every pixel points to a place of the mosaic, and moves to a place that fits better.

After Lefebvre and Hoppe 2005 (Parallel controllable texture synthesis) and 2006 (Appearance-space texture synthesis):
a pixel tries the places beside those of its neighbours, the one of the coarser scale, and at coarse scales the best of
all. Pixels of one of four interleaved phases move at once, so no order of blocks changes a result.
"""

from collections.abc import Generator, Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

from .bank import Scale
from .layout import AT_ONCE
from .patches import Descriptors, Filters, doubled, mirrored
from .place_fit import NEVER, PlaceFit, counted_lines

PHASES = ((0, 0), (1, 1), (0, 1), (1, 0))
BLOCK_PX = 1 << 16
# Bans that a pixel remembers.
REMEMBERED = 4
# What a place far from those of all neighbours is worse by, as a share of the patches' variance.
JUMP = 0.02
# Comparisons that take as long as the work on one pixel besides.
MOVED = 1500


@dataclass(frozen=True)
class Pointers:
    """Places of pixels in the mosaic of a scale: int32 [h, w]."""

    scale: Scale
    places: Tensor

    def window(self, rows: Tensor, cols: Tensor) -> Tensor:
        """What is matched at some rows and columns: [K, n, m]."""
        return self.scale.flat[:, self.places[rows][:, cols].long()]


class Refiner:
    """Moves the pixels of a ground, whose places change.

    coarser: the finished scale before, None at the coarsest; corner: (row, col) of pixel (0, 0) counted from the
    coarser one's first pixel, in pixels of this scale. searched: whether all places are tried.
    """

    def __init__(
        self,
        ground: Pointers,
        known: Descriptors,
        fit: PlaceFit,
        coarser: Pointers | None,
        corner: tuple[int, int],
        searched: bool,
    ) -> None:
        self.ground = ground
        self._known, self._fit, self._coarser, self._corner, self._searched = known, fit, coarser, corner, searched
        self._bans: list[Tensor] = []

    def inherit(self) -> Iterator[int]:
        """Start with the coarser scale's places; where one may not be taken, with the best by surroundings."""
        height, width = self.ground.places.shape
        cols = torch.arange(width)
        for top in range(0, height, max(1, BLOCK_PX // width)):
            rows = torch.arange(top, min(top + max(1, BLOCK_PX // width), height))
            places = self._inherited(rows, cols).flatten()
            lost = self._fit.refused(places, ()).nonzero()[:, 0]
            around = self._surroundings(rows, cols, 1) if len(lost) else None
            for first in range(0, len(lost), AT_ONCE):
                some = lost[first : first + AT_ONCE]
                # Their own patches are not known yet: those of the mean.
                unknown = torch.zeros(len(some), self._known.patches.shape[1])
                places[some] = self._fit.search(unknown, None if around is None else around[some], ())
                yield len(some) * len(self.ground.scale.keys)
            self.ground.places[rows] = places.reshape(len(rows), width).to(torch.int32)

    def move(self) -> Iterator[int]:
        """One pass over all phases; yields the comparisons made, part by part."""
        places = self.ground.places
        height, width = places.shape
        rows_at_once = max(2, BLOCK_PX // width // 2 * 2)
        for down, right in PHASES:
            moved = []
            cols = torch.arange(right, width, 2)
            for top in range(0, height, rows_at_once):
                rows = torch.arange(top + down, min(top + rows_at_once, height), 2)
                if len(rows) and len(cols):
                    best = yield from self._best(rows, cols)
                    moved.append((rows, best))
            for rows, best in moved:
                places[rows[:, None], cols] = best

    def ban(self, where: Tensor) -> None:
        """Where bool [h, w], a pixel may no longer take its present place, nor one near it."""
        places = self.ground.places
        self._bans.append(torch.where(where, places, torch.full_like(places, -1)))
        del self._bans[:-REMEMBERED]

    def balance(self, margin: int) -> int:
        """Balance the use of places, counted on pixels inside a margin; returns the comparisons made."""
        height, width = self.ground.places.shape
        step = counted_lines(height - 2 * margin, width - 2 * margin)
        rows = torch.arange(margin, height - margin, step)
        cols = torch.arange(margin, width - margin, step)
        return self._fit.balance(*self._seen(rows, cols, step))

    def _best(self, rows: Tensor, cols: Tensor) -> Generator[int, None, Tensor]:
        """The best place of each of these pixels, int32 [n, m]."""
        fit, keys = self._fit, len(self.ground.scale.keys)
        patches, around = self._seen(rows, cols, 2)
        bans = [ban[rows][:, cols].flatten().long() for ban in self._bans]
        best = torch.zeros(len(patches), dtype=torch.int64)
        least = torch.full((len(patches),), NEVER)
        for places in self._tried(rows, cols):
            cost = fit.cost(places, patches, around)
            cost[fit.refused(places, bans)] = NEVER
            better = cost < least
            best[better], least[better] = places[better], cost[better]
        yield MOVED * len(patches)
        wanted = torch.arange(len(patches)) if self._searched else (least >= NEVER).nonzero()[:, 0]
        for first in range(0, len(wanted), AT_ONCE):
            some = wanted[first : first + AT_ONCE]
            own = None if around is None else around[some]
            own_bans = [ban[some] for ban in bans]
            found = fit.search(patches[some], own, own_bans)
            cost = fit.cost(found, patches[some], own) + JUMP * self._known.variance
            better = some[cost < least[some]]
            best[better] = found[cost < least[some]]
            yield len(some) * keys
        return best.reshape(len(rows), len(cols)).to(torch.int32)

    def _tried(self, rows: Tensor, cols: Tensor) -> Iterator[Tensor]:
        """Places that the neighbours suggest, and the inherited ones."""
        places, scale = self.ground.places, self.ground.scale
        height, width = places.shape
        for down in (-1, 0, 1):
            for right in (-1, 0, 1):
                near = places[_inside(rows + down, height)][:, _inside(cols + right, width)].long()
                yield (near - (down * scale.width + right)).flatten().clamp(0, len(scale.usable) - 1)
        if self._coarser is not None:
            yield self._inherited(rows, cols).flatten()

    def _inherited(self, rows: Tensor, cols: Tensor) -> Tensor:
        assert self._coarser is not None  # nosec B101
        scale, rows, cols = self.ground.scale, rows + self._corner[0], cols + self._corner[1]
        above, old = self._coarser.places[rows // 2][:, cols // 2].long(), self._coarser.scale.width
        place = (above // old * 2 + (rows % 2)[:, None]) * scale.width + above % old * 2 + cols % 2
        return place.clamp(0, len(scale.usable) - 1)

    def _seen(self, rows: Tensor, cols: Tensor, stride: int) -> tuple[Tensor, Tensor | None]:
        """Numbers of patches and surroundings of pixels that lie `stride` apart, [n, D] each."""
        filters = self._known.patch_filters
        height, width = self.ground.places.shape
        window = self.ground.window(_around(rows, filters, height), _around(cols, filters, width))
        return filters(window, stride).flatten(1).T, self._surroundings(rows, cols, stride)

    def _surroundings(self, rows: Tensor, cols: Tensor, stride: int) -> Tensor | None:
        filters = self._known.around_filters
        if filters is None or self._coarser is None:
            return None
        lines, skipped, sizes = [], [], []
        for numbers, size, corner in zip((rows, cols), self._coarser.places.shape, self._corner, strict=True):
            first, last = int(numbers[0]) + corner - filters.reach, int(numbers[-1]) + corner + filters.reach
            # One more on each side, which the linear interpolation at the window's border would see.
            lines.append(mirrored(first // 2 - 1, last // 2 + 2, size))
            skipped.append(first - 2 * (first // 2 - 1))
            sizes.append(last - first + 1)
        brought = doubled(self._coarser.window(*lines))
        brought = brought[:, skipped[0] : skipped[0] + sizes[0], skipped[1] : skipped[1] + sizes[1]]
        return filters(brought, stride).flatten(1).T


def _around(lines: Tensor, filters: Filters, size: int) -> Tensor:
    return mirrored(int(lines[0]) - filters.reach, int(lines[-1]) + filters.reach + 1, size)


def _inside(lines: Tensor, size: int) -> Tensor:
    lines = lines.abs()
    return torch.where(lines < size, lines, 2 * size - 2 - lines)
