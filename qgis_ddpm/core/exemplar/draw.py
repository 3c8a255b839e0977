"""New ground for an area of any size, from the coarsest scale to pixels."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch

from ..raster.random import position_noise
from ..raster.types import Counts, Window
from .bank import Bank
from .layout import COUNTED, denoise_layout, layout_comparisons
from .patches import Descriptors, describe
from .pieces import beyond_limit
from .place_fit import SINKHORN_STEPS as BALANCE_STEPS
from .place_fit import PlaceFit
from .refine import MOVED, Pointers, Refiner

# Passes, and the weight of the surroundings beside the patch, by level, finest first.
PASSES = (3, 3, 4, 4, 6)
PULL = (0.2, 0.2, 0.3, 0.5, 0.0)
# The coarsest scales in which the use of places is balanced, and in which all places are tried.
BALANCED, SEARCHED = 2, 3
# Pixels of each scale that are drawn around the area.
MARGIN_PX = 5
# Rows of the finest scale that are drawn at once. What lies beyond the rows around them cannot reach them.
STRIP_ROWS = 512
# Comparisons that take as long as the description of one pixel of the bank.
DESCRIBED = 300
# Pieces grow where they meet: they are cut to this share of the limit.
CUT_SHARE = 0.5


@dataclass(frozen=True)
class DrawnStrip:
    """Finished rows of an area, the first at `row` from the CRS origin: places in the mosaic, int64 [n, width]."""

    row: int
    places: Counts


@dataclass(frozen=True)
class Exemplar:
    """A bank with what is known of its places at each scale, finest first."""

    bank: Bank
    known: Sequence[Descriptors]

    @property
    def margin_px(self) -> int:
        """Pixels around an area that are drawn with it."""
        return MARGIN_PX << self.bank.coarsest


def describe_bank(bank: Bank, seed: int) -> Iterator[Descriptors]:
    """What is known of the places of each scale, finest first."""
    for level, scale in enumerate(bank.scales):
        yield describe(scale, bank.scales[level + 1] if level < bank.coarsest else None, seed)


def described_comparisons(bank: Bank) -> int:
    """Comparisons that take as long as the description of a bank."""
    return sum(DESCRIBED * len(scale.usable) for scale in bank.scales)


def drawn_comparisons(bank: Bank, area: Window) -> int:
    """Comparisons that drawing an area takes."""
    total = 0
    for level, scale in enumerate(bank.scales):
        _, _, height, width = _window(area, level)
        pixels, keys, back = height * width, len(scale.keys), bank.coarsest - level
        if back == 0:
            total += layout_comparisons(pixels, keys)
        total += PASSES[level] * pixels * (MOVED + (keys if back < SEARCHED and level else 0))
        if back < BALANCED and level:
            total += PASSES[level] * BALANCE_STEPS * min(pixels, COUNTED) * keys
    return total


def draw(exemplar: Exemplar, area: Window, seed: int, number: int, limit_px: int) -> Iterator[int | DrawnStrip]:
    """The places of an area (row, col, height, width) from the CRS origin, in strips; and comparisons as they are made.

    number: areas of other numbers are other draws. limit_px: no piece longer than this is to be taken whole from one
    place; 0 for no limit.
    """
    bank = exemplar.bank
    ground: Pointers | None = None
    origin = (0, 0)
    for level in range(bank.coarsest, 0, -1):
        window = _window(area, level)
        drawn: Pointers | None = None
        for done in _draw_scale(exemplar, level, window, ground, origin, (seed, number), limit_px):
            if isinstance(done, int):
                yield done
            else:
                drawn = done
        ground, origin = drawn, window[:2]
    top, left, height, width = area
    whole = _window(area, 0)
    halo = _reach(exemplar)
    for start in range(whole[0], whole[0] + whole[2], STRIP_ROWS):
        stop = min(start + STRIP_ROWS, whole[0] + whole[2])
        first, last = max(start - halo, whole[0]), min(stop + halo, whole[0] + whole[2])
        window = (first, whole[1], last - first, whole[3])
        for done in _draw_scale(exemplar, 0, window, ground, origin, (seed, number), limit_px):
            if isinstance(done, int):
                yield done * (stop - start) // (last - first)
                continue
            low, high = max(start, top), min(stop, top + height)
            if low < high:
                places = done.places[low - first : high - first, left - whole[1] : left - whole[1] + width]
                yield DrawnStrip(low, places.numpy().astype("int64"))


def _draw_scale(
    exemplar: Exemplar,
    level: int,
    window: Window,
    coarser: Pointers | None,
    origin: tuple[int, int],
    seed: tuple[int, int],
    limit_px: int,
) -> Iterator[int | Pointers]:
    """One scale of a window; the last item is its ground."""
    bank, known = exemplar.bank, exemplar.known[level]
    scale, back = bank.scales[level], bank.coarsest - level
    row, col, height, width = window
    potential = None
    if coarser is None:
        noise = torch.from_numpy(position_noise(*seed, len(scale.field), window))
        inner = torch.zeros(height, width, dtype=torch.bool)
        inner[MARGIN_PX - 1 : 1 - MARGIN_PX, MARGIN_PX - 1 : 1 - MARGIN_PX] = True
        places, potential = yield from denoise_layout(scale, known, noise, inner)
        ground = Pointers(scale, places.to(torch.int32))
    else:
        ground = Pointers(scale, torch.zeros(height, width, dtype=torch.int32))
    target = max(2, int(limit_px * CUT_SHARE) >> level) if limit_px and level else 0
    fit = PlaceFit(scale, known, PULL[level], potential, target)
    corner = row - 2 * origin[0], col - 2 * origin[1]
    refiner = Refiner(ground, known, fit, coarser, corner, back < SEARCHED and level > 0)
    if coarser is not None:
        yield from refiner.inherit()
    for _ in range(PASSES[level]):
        if target:
            refiner.ban(torch.from_numpy(beyond_limit(ground.places.numpy().astype("int64"), scale.width, target)))
        if back < BALANCED and level:
            yield refiner.balance(MARGIN_PX - 1)
        yield from refiner.move()
    yield ground


def _window(area: Window, level: int) -> Window:
    """The window of a scale that an area needs, from the CRS origin in pixels of that scale."""
    row, col, height, width = area
    top, left = (row >> level) - MARGIN_PX, (col >> level) - MARGIN_PX
    return top, left, -(-(row + height) >> level) + MARGIN_PX - top, -(-(col + width) >> level) + MARGIN_PX - left


def _reach(exemplar: Exemplar) -> int:
    """Rows that can change a pixel of the finest scale, rounded up to whole phases."""
    return PASSES[0] * 4 * exemplar.known[0].patch_filters.reach
