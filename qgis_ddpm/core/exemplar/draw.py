"""New ground for an area of any size, from the coarsest scale to pixels."""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import torch
from torch import Tensor

from ..progress import mapped
from ..raster.random import position_noise
from ..raster.types import Counts, Window
from .bank import Bank, Scale
from .layout import COUNTED, denoise_layout, layout_comparisons
from .patches import Descriptors, describe
from .pieces import beyond_limit
from .place_fit import SINKHORN_STEPS as BALANCE_STEPS
from .place_fit import PlaceFit
from .refine import MOVED, PHASES, Pointers, Refiner

# Passes, and the weight of the surroundings beside the patch, by level, finest first.
PASSES = (3, 3, 4, 4, 6)
PULL = (0.2, 0.2, 0.3, 0.5, 0.0)
# The coarsest scales in which the use of places is balanced, and in which all places are tried.
BALANCED, SEARCHED = 2, 3
# Pixels of each scale that are drawn around the area.
MARGIN_PX = 5
# Layouts that are drawn of an area of at most so many pixels of the coarsest scale, until one is so like the scene.
ATTEMPTS, MOST_PX_OF_ATTEMPTS, ALIKE = 6, 8192, 0.1
# Temperature at which the first balances the use of places, and the factor to the next: the higher, the more of what is
# rare.
TEMPERATURE, HOTTER = 0.025, 1.6
# Rows of the finest scale that are drawn at once. What lies beyond the rows around them cannot reach them.
STRIP_ROWS = 512
# Comparisons that take as long as the description of one pixel of the bank.
DESCRIBED = 300
# Pieces grow where they meet: they are cut to this share of the limit, but never to fewer pixels of a scale, of which
# no river could be made.
CUT_SHARE, LEAST_CUT_PX = 0.45, 4


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
        window = _window(area, level)
        pixels, keys, back = window[2] * window[3], len(scale.keys), bank.coarsest - level
        made = PASSES[level] * pixels * (MOVED + (keys if back < SEARCHED and level else 0))
        if back == 0:
            made += layout_comparisons(pixels, keys)
        if back < BALANCED and level:
            made = (made + PASSES[level] * BALANCE_STEPS * min(pixels, COUNTED) * keys) * _attempts(bank, area)
        total += made
    return total


def draw(exemplar: Exemplar, area: Window, seed: int, number: int, limit_px: int) -> Iterator[int | DrawnStrip]:
    """The places of an area (row, col, height, width) from the CRS origin, in strips; and comparisons as they are made.

    number: areas of other numbers are other draws. limit_px: no piece longer than this is to be taken whole from one
    place; 0 for no limit.
    """
    work = _Drawing(exemplar, area, (seed, number), limit_px)
    coarser = yield from work.layout()
    for level in range(exemplar.bank.coarsest - BALANCED, 0, -1):
        coarser = yield from work.scale(level, _window(area, level), coarser)
    yield from work.finest(coarser)


@dataclass(frozen=True)
class _Scale:
    """A scale that is drawn: its window, and the temperature of its balance."""

    pointers: Pointers
    window: Window
    temperature: float


@dataclass(frozen=True)
class _Drawing:
    exemplar: Exemplar
    area: Window
    seed: tuple[int, int]
    limit_px: int

    def layout(self) -> Generator[int, None, _Scale]:
        """The coarsest scales in balance: of some attempts the one most like the scene. Yields comparisons made."""
        bank = self.exemplar.bank
        best, least, temperature = None, float("inf"), TEMPERATURE
        for attempt in range(_attempts(bank, self.area)):
            drawn = yield from self._coarsest(attempt, temperature)
            for level in range(bank.coarsest - 1, max(bank.coarsest - BALANCED, 0), -1):
                drawn = yield from self.scale(level, _window(self.area, level), drawn)
            unlike, contrast = _compared(drawn.pointers)
            if unlike < least:
                best, least = drawn, unlike
            if least < ALIKE:
                break
            temperature *= HOTTER if contrast < 0 else 1 / HOTTER
        assert best is not None  # nosec B101
        return best

    def scale(self, level: int, window: Window, coarser: _Scale) -> Generator[int, None, _Scale]:
        """A window of the next finer scale."""
        drawn = _Scale(_nowhere(self.exemplar.bank.scales[level], window), window, coarser.temperature)
        refiner = self._refiner(level, drawn, coarser, None)
        yield from refiner.inherit()
        yield from self._moved(level, refiner, drawn)
        return drawn

    def finest(self, coarser: _Scale) -> Iterator[int | DrawnStrip]:
        """The rows of the area, and the comparisons made."""
        top, left, height, width = self.area
        row, col, rows, columns = _window(self.area, 0)
        halo = PASSES[0] * len(PHASES) * self.exemplar.known[0].patch_filters.reach
        for start in range(row, row + rows, STRIP_ROWS):
            stop = min(start + STRIP_ROWS, row + rows)
            first, last = max(start - halo, row), min(stop + halo, row + rows)
            # Of the comparisons in a strip with the rows around it, those in it.
            share = partial(_part_of, stop - start, last - first)
            drawn = yield from mapped(self.scale(0, (first, col, last - first, columns), coarser), share)
            low, high = max(start, top), min(stop, top + height)
            if low < high:
                places = drawn.pointers.places[low - first : high - first, left - col : left - col + width]
                yield DrawnStrip(low, places.numpy().astype(np.int64))

    def _coarsest(self, attempt: int, temperature: float) -> Generator[int, None, _Scale]:
        bank = self.exemplar.bank
        level, scale = bank.coarsest, bank.scales[-1]
        window = _window(self.area, level)
        seed, number = self.seed
        noise = position_noise(seed, number * ATTEMPTS + attempt, len(scale.field), window)
        inner = torch.zeros(window[2:], dtype=torch.bool)
        inner[MARGIN_PX - 1 : 1 - MARGIN_PX, MARGIN_PX - 1 : 1 - MARGIN_PX] = True
        known = self.exemplar.known[level]
        places, potential = yield from denoise_layout(scale, known, torch.from_numpy(noise), inner)
        drawn = _Scale(Pointers(scale, places.to(torch.int32)), window, temperature)
        yield from self._moved(level, self._refiner(level, drawn, None, potential), drawn)
        return drawn

    def _refiner(self, level: int, drawn: _Scale, coarser: _Scale | None, potential: Tensor | None) -> Refiner:
        known, scale = self.exemplar.known[level], drawn.pointers.scale
        fit = PlaceFit(scale, known, PULL[level], potential, self._target(level), drawn.temperature)
        row, col = coarser.window[:2] if coarser else (0, 0)
        corner = drawn.window[0] - 2 * row, drawn.window[1] - 2 * col
        searched = 0 < level > self.exemplar.bank.coarsest - SEARCHED
        return Refiner(drawn.pointers, known, fit, coarser.pointers if coarser else None, corner, searched)

    def _moved(self, level: int, refiner: Refiner, drawn: _Scale) -> Iterator[int]:
        target, pointers = self._target(level), drawn.pointers
        for _ in range(PASSES[level]):
            if target:
                places = pointers.places.numpy().astype(np.int64)
                refiner.ban(torch.from_numpy(beyond_limit(places, pointers.scale.width, target)))
            if 0 < level > self.exemplar.bank.coarsest - BALANCED:
                yield refiner.balance(MARGIN_PX - 1)
            yield from refiner.move()

    def _target(self, level: int) -> int:
        """The longest piece of a scale, 0 for any; at the finest one nothing is redrawn, so that strips fit."""
        return max(LEAST_CUT_PX, int(self.limit_px * CUT_SHARE) >> level) if self.limit_px and level else 0


def _part_of(part: int, whole: int, made: int) -> int:
    return made * part // whole


def _nowhere(scale: Scale, window: Window) -> Pointers:
    return Pointers(scale, torch.zeros(window[2:], dtype=torch.int32))


def _attempts(bank: Bank, area: Window) -> int:
    """How many layouts are drawn: in a small one chance is large."""
    _, _, height, width = _window(area, bank.coarsest)
    return ATTEMPTS if height * width <= MOST_PX_OF_ATTEMPTS else 1


def _compared(pointers: Pointers) -> tuple[float, float]:
    """How far means and deviations of what is matched are from the scene's, and the mean logarithm of the deviations.

    Both weighted by the deviations; the latter is below 0 where the scene has more of what is rare.
    """
    scale, inside = pointers.scale, slice(MARGIN_PX, -MARGIN_PX)
    scene = scale.flat[:, scale.shown].double()
    here = scale.flat[:, pointers.places[inside, inside].flatten().long()].double()
    deviation = scene.std(dim=1).clamp(min=1e-6)
    weights = deviation / deviation.sum()
    ratio = (here.std(dim=1).clamp(min=1e-6) / deviation).log()
    shift = (here.mean(dim=1) - scene.mean(dim=1)).abs() / deviation
    return float(weights @ (ratio.abs() + shift / 2)), float(weights @ ratio)


def _window(area: Window, level: int) -> Window:
    """The window of a scale that an area needs, from the CRS origin in pixels of that scale."""
    row, col, height, width = area
    top, left = (row >> level) - MARGIN_PX, (col >> level) - MARGIN_PX
    return top, left, -(-(row + height) >> level) + MARGIN_PX - top, -(-(col + width) >> level) + MARGIN_PX - left
