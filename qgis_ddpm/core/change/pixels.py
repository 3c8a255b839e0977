"""Change detection pixel by pixel, without a model: METHOD irmad and cva."""

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from itertools import islice
from time import monotonic
from typing import Any, Protocol

import numpy as np

from ...events import Event, Note, Progress
from ..gdal.opening import gdal_options
from ..pairs.dead_bands import dead_band_notes
from ..pairs.irmad import NOISE_SHARE, ChangeVectors, fit_change_vectors
from ..pairs.pair import Pair
from ..raster.random import position_noise
from ..raster.types import Floats, Pixels, Valid, Window
from ..threads import in_order, thread_count
from .context import Strip, distances_of, in_context, margin_px, sampled_distances
from .no_change import false_alarm_limit
from .scores import HALF, LIMIT_SHARE, NOTHING_CHANGED, Scores, ScoringSettings, bulk_limit, noise_limit, score


class Fit(Protocol):
    """Statistics of a pair that turn pixels into distances."""

    @property
    def used(self) -> Valid:
        """Which bands count: bool [C]."""

    def distance(self, before: Pixels, after: Pixels) -> Floats:
        """float64 [N] of pixels float32 [N, C]."""


# Numbers of a date that are worked on at once: what is made of them stays in the cache of a processor.
STRIP_NUMBERS = 1 << 16
# (pair, context in px, settings) -> events while fitting, the fit, its distance of score 0.5, the score where change
# begins.
Fitting = Callable[[Pair, float, ScoringSettings], Generator[Event, None, tuple[Fit, float, float]]]
# Standard deviation of the surroundings that count, px; irmad's chosen by leaving each scene of
# benchmarks/change_bench.py out in turn.
CONTEXT_PX = {"irmad": 4.0, "cva": 0.0}


class PixelChange:
    """A method that looks at each pixel, and at its surroundings.

    Its draws of noise are for the spread of the scores alone: NOISE_SHARE of each band's standard deviation, which is
    what is assumed of any date.
    """

    # It calls no network.
    precision = None

    def __init__(self, name: str, settings: ScoringSettings) -> None:
        self.name = name
        self._block_px, self._seed = settings.block_px, settings.seed
        self._settings = settings
        self._context_px = CONTEXT_PX[name] if settings.context_px is None else settings.context_px
        self._draws = settings.draws if settings.spread else 0

    def go_on_in(self, precision: str | None) -> Iterator[Event]:
        """As before: it calls no network."""
        yield from ()

    def prepare(self, pair: Pair) -> Generator[Event, None, float]:
        """Fit to a sample of the pair; returns the score at which change begins."""
        if self._draws:
            yield Note(
                f"{self.name} has no noise of its own: UNCERTAINTY is how far its scores move under noise of "
                f"{NOISE_SHARE:.0%} of each band's standard deviation."
            )
        sample = yield from pair.sample()
        self._fit, self._half, begins = yield from FITTINGS[self.name](pair, self._context_px, self._settings)
        yield from dead_band_notes(pair, sample, self._fit.used, "are left out")
        spreads = np.concatenate([sample.before.std(axis=0), sample.after.std(axis=0)])
        self._noise = (NOISE_SHARE * spreads).astype(np.float32)[:, None, None]
        pair.forget_sample()
        return begins

    def fitted(self) -> object:
        """What `prepare` found."""
        return self._fit, self._half, self._noise

    def take_fitted(self, fitted: Any) -> None:
        """Take what `prepare` found elsewhere."""
        self._fit, self._half, self._noise = fitted

    def scores(self, pair: Pair, window: Window) -> Iterator[Event | Scores]:
        """Scores of a window, block by block."""
        blocks = list(_blocks(pair, window, self._block_px))
        with closing(self._in_order(pair, blocks)) as scored:
            for number, scores in enumerate(scored, start=1):
                yield scores
                yield Progress(number, len(blocks), "block", "scores")

    def count_windows(self, pair: Pair, window: Window) -> int:
        """None: there is no network."""
        return 0

    def measure(self, pair: Pair, window: Window) -> Generator[Event, None, tuple[float, int]]:
        """Seconds that statistics and scores of a window take, by the pixels a second of its first blocks."""
        started = monotonic()
        yield from self.prepare(pair)
        statistics_s = monotonic() - started
        blocks = list(islice(_blocks(pair, window, self._block_px), thread_count()))
        started = monotonic()
        for _ in self._in_order(pair, blocks):
            pass
        pixels = sum(height * width for _, _, height, width in blocks)
        return statistics_s + (monotonic() - started) * window[2] * window[3] / pixels, 0

    def _in_order(self, pair: Pair, blocks: Sequence[Window]) -> Generator[Scores, None, None]:
        def of_block(block: Window) -> Scores:
            with gdal_options():
                return self._score(pair, block)

        return in_order(of_block, blocks)

    def _score(self, pair: Pair, block: Window) -> Scores:
        margin = margin_px(self._context_px)
        row, col, height, width = block
        around = (row - margin, col - margin, height + 2 * margin, width + 2 * margin)
        strips: Iterable[Strip] = pair.read_strips(*around, STRIP_NUMBERS // pair.count)
        if self._draws:
            strips = list(strips)
        result = self._scored(strips, around)
        if not self._draws:
            return Scores(row, col, result)
        origin = pair.grid.lattice_origin()
        place = (origin[0] + around[0], origin[1] + around[1], *around[2:])
        draws = np.empty((self._draws, *result.shape), dtype=np.float32)
        for draw in range(self._draws):
            noise = position_noise(self._seed, draw, 2 * pair.count, place)
            draws[draw] = self._scored(_noised(strips, *np.split(noise * self._noise, 2)), around)
        return Scores(row, col, result, draws.std(axis=0))

    def _scored(self, strips: Iterable[Strip], around: Window) -> Pixels:
        """Scores of a block from the strips of it and its margin."""
        distance, valid = distances_of(self._fit, strips, around[2:])
        found, inside = in_context(distance, valid, self._context_px)
        return np.where(inside, score(found, self._half), np.float32(np.nan))


def _irmad(
    pair: Pair, context_px: float, settings: ScoringSettings
) -> Generator[Event, None, tuple[Fit, float, float]]:
    fit = yield from pair.irmad()
    limit = LIMIT_SHARE * noise_limit(len(fit.correlations), settings.false_alarms)
    if settings.asked_alarms is not None:
        distances = yield from sampled_distances(pair, fit, context_px)
        limit = false_alarm_limit(distances, limit, settings.asked_alarms)
    return fit, limit, HALF


def _cva(pair: Pair, context_px: float, settings: ScoringSettings) -> Generator[Event, None, tuple[Fit, float, float]]:
    sample = yield from pair.sample()
    fit: ChangeVectors = fit_change_vectors(sample.before, sample.after, pair.rounding(sample))
    yield Progress(1, 1, "iteration", "statistics")
    # Standard deviations say nothing of noise: the distances themselves have to tell.
    distances = yield from sampled_distances(pair, fit, context_px)
    bands = int(np.count_nonzero(fit.used)) or pair.count
    limit = max(bulk_limit(distances, bands, settings.false_alarms), NOTHING_CHANGED)
    if settings.asked_alarms is not None:
        limit = false_alarm_limit(distances, limit, settings.asked_alarms)
    return fit, NOTHING_CHANGED, float(score(np.array(limit), NOTHING_CHANGED))


FITTINGS: dict[str, Fitting] = {"irmad": _irmad, "cva": _cva}


def _noised(strips: Iterable[Strip], before: Pixels, after: Pixels) -> Iterator[Strip]:
    """Strips with noise of a block added, float32 [C, height, width] of either date."""
    for rows, first, second, valid in strips:
        yield rows, first + before[:, rows], second + after[:, rows], valid


def _blocks(pair: Pair, window: Window, block_px: int) -> Iterator[Window]:
    top, left, height, width = window
    rows, columns = block_px, block_px
    if max(pair.before.block_shape[1], pair.after.block_shape[1]) > block_px:
        # Files of long strips: a block of their whole width, so that each strip is decoded once.
        rows, columns = max(block_px * block_px // width, 1), width
    for row in range(top, top + height, rows):
        for col in range(left, left + width, columns):
            yield row, col, min(rows, top + height - row), min(columns, left + width - col)
