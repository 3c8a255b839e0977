"""What a fill learns of its scene before the first gap is filled: statistics of a sample, and weights held out."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...events import Event, Note, Progress
from ..raster.random import position_noise, tile_random
from ..raster.types import Floats, Valid, Window
from .bands import Components
from .covariance import PairSums
from .estimates import DETAIL, KRIGING, LEVEL, MARGIN_PX, NETWORK, Estimator, Residuals, detail_of
from .holes import sample_places
from .kriging import Kriging, Neighbourhood
from .learnt.fitting_refiner import fitting_refiner, given_of
from .learnt.gap_network import REACH_PX as NETWORK_PX
from .learnt.holding_out import HeldOut, Hole, holding_out
from .learnt.refining import guess
from .predictors import Predictors
from .reading import GapReader, GapWindow, grown
from .regression import LocalRegression, Moments
from .survey import Survey
from .weighing import Errors, Weights

# Lags that correlations are estimated to.
_LAG_PX, _LAG_CELLS = 64, 48
# Pixels that components are found from.
_PIXELS = 200_000
# Holes in each place, and in all of them where places are few; and those that a network learns from.
_ROUNDS, _HOLES = 2, 8
_LEARNING_ROUNDS, _LEARNING_HOLES = 2, 8
# Noise of each step of a draw by the network, and the first of its noise fields.
NOISE_SHARES, _NOISE_DRAW = (0.3, 0.1), 1_000_000
# Errors where nothing could be held out, in those that were.
_FAR = 1.5
# Share of the range of known values that estimates may lie beyond it.
_BEYOND = 0.05


@dataclass(frozen=True)
class Fitted:
    """All that a fill goes by. drawn: [C], by which draws are stretched to differ as much as errors do."""

    estimator: Estimator
    weights: Weights
    errors: Errors
    drawn: Floats
    low: Floats
    high: Floats
    held_rmse: dict[str, float]
    # Errors of kriging alone, for pixels where other dates have nothing.
    alone: Errors
    # Noise that draws get and lose in a few steps of the network, as shares of the variance; none = they are simulated.
    noise: tuple[float, ...] = ()

    def reach_px(self, draws: int) -> int:
        """How far around a pixel everything missing has to be estimated for it."""
        calls = 1 + len(self.noise) if draws and self.noise else int(NETWORK in self.weights.ways)
        return NETWORK_PX * calls

    def fill(
        self, window: GapWindow, wanted: Valid, distance: Floats, seed: int = 0, draws: int = 0
    ) -> tuple[Floats, list[Floats], Valid]:
        """Components [C, h, w] of a window where wanted, those of each draw, and where other dates are."""
        estimator = self.estimator
        ways = self.weights.ways
        if self.noise and draws and estimator.refinement is not None:
            ways = (*ways, *estimator.refinement.weights.ways)
        estimates, differences, there = estimator.estimates(window, wanted, ways, seed, draws)
        mixed = guess(self.weights, estimates, distance, there, estimator.led is not None)
        if self.noise and draws and estimator.refinement is not None and wanted.any():
            mean, given = estimator.given(window, estimates, wanted, there)
            row, col = (at + start for at, start in zip(window.place[:2], estimator.origin, strict=True))
            for number, difference in enumerate(differences):
                normal = position_noise(seed, _NOISE_DRAW + number, len(mixed), (row, col, *window.place[2:]))
                start = mixed + difference
                differences[number] = estimator.refinement.drawn(given, wanted, mean, start, normal, self.noise) - mixed
        return mixed, [mixed + self.drawn[:, None, None] * difference for difference in differences], there

    def clipped(self, bands: Floats) -> Floats:
        """Bands [C, h, w] cut to what known pixels of the sample hold, and a little beyond."""
        room = _BEYOND * (self.high - self.low)
        cut: Floats = np.clip(bands, (self.low - room)[:, None, None], (self.high + room)[:, None, None])
        return cut

    def expected(self, distance: Floats, alone: Valid) -> tuple[Floats, Floats]:
        """Root mean square errors and spreads [C, h, w] at distances [h, w]; alone: where other dates say nothing."""
        rms, spread = self.errors.at(self.errors.rms, distance), self.errors.at(self.errors.spread, distance)
        if alone.any():
            rms = np.where(alone, self.alone.at(self.alone.rms, distance), rms)
            spread = np.where(alone, self.alone.at(self.alone.spread, distance), spread)
        return rms, spread


@dataclass(frozen=True)
class Learning:
    """What is learnt. ways: the estimates that may count. minutes: of a network's fit on one core, 0 = none.

    noisy: whether draws are made by the network too.
    """

    ways: tuple[str, ...]
    seed: int
    minutes: float = 0.0
    noisy: bool = False


def fitting(reader: GapReader, survey: Survey, learning: Learning) -> Generator[Event, None, Fitted]:
    """Learn from a sample of a raster."""
    places = sample_places(survey, reader.grid.shape)
    windows: list[GapWindow] = []
    for done, place in enumerate(places):
        yield Progress(done, len(places), "place", "reading a sample")
        windows.append(reader.read(grown(place, MARGIN_PX + NETWORK_PX)))
    estimator, low, high = yield from _estimator(reader, survey, windows)
    out, ways = yield from _held_out(estimator, places, windows, learning)
    held = out.pixels
    if held is None:
        # Too little is known to hide any of it: all that can be said is how much the bands vary.
        deviation = estimator.components.deviation
        way = next(way for way in ways if way == KRIGING or estimator.led is not None)
        weights = Weights((way,), np.ones((1, 8, len(deviation))))
        errors = Errors(*(np.repeat(deviation[None], 8, axis=0) for _ in range(2)))
        yield Note("Too few pixels are known to hold some out: the spread is that of the whole raster.", "warning")
        return Fitted(estimator, weights, errors, np.ones(len(deviation)), low, high, {}, errors)
    weights = Weights.fit(held, ways)
    components = estimator.components
    left = components.spread_backward(weights.mixed(held.estimates, held.distance) - held.truth)
    limit = components.deviation if LEVEL not in held.estimates else _FAR * np.sqrt((left**2).mean(axis=1))
    errors = Errors.fit(held.distance, left, limit)
    by_kriging = components.spread_backward(held.estimates[KRIGING] - held.truth)
    alone = Errors.fit(held.distance, by_kriging, components.deviation)
    drawn = out.texture.stretch(weights, held)
    rmse = {way: _rms(components.spread_backward(each - held.truth)) for way, each in held.estimates.items()}
    rmse["together"] = _rms(left)
    noise = NOISE_SHARES if learning.noisy and estimator.refinement is not None else ()
    return Fitted(estimator, weights, errors, drawn, low, high, rmse, alone, noise)


def _held_out(
    estimator: Estimator, places: Sequence[Window], windows: Sequence[GapWindow], learning: Learning
) -> Generator[Event, None, tuple[HeldOut, tuple[str, ...]]]:
    """Estimates of known pixels that are hidden, with those of a network where one is to be learnt; and all ways."""
    learns = learning.minutes > 0
    ways, out = tuple(way for way in learning.ways if way != NETWORK), HeldOut(learns)
    clear: dict[int, Valid] = {}
    around = NETWORK_PX if learns else 0

    def hold(number: int, hole: Hole) -> None:
        out.add(hole)
        clear[number] = clear.get(number, np.zeros_like(hole.hidden)) | hole.hidden

    rounds = max(_ROUNDS, 0 if learns else _HOLES // max(len(places), 1))
    given = (estimator, places, windows, ways, learning.seed)
    yield from holding_out(*given, range(rounds), hold, around)
    held = out.pixels
    if not learns or held is None:
        return out, ways
    holes: list[Hole] = []
    turns = range(rounds, rounds + max(_LEARNING_ROUNDS, _LEARNING_HOLES // max(len(places), 1)))
    # What is held out for the errors is nothing to learn from.
    yield from holding_out(*given, turns, lambda number, hole: holes.append(hole), around, clear)
    if not holes:
        return out, ways
    components, led = estimator.components, estimator.led is not None
    weights = Weights.fit(held, ways)
    estimator.refinement = yield from fitting_refiner(
        holes, weights, components.strength, led, learning.minutes, learning.noisy, learning.seed
    )
    refined = HeldOut()
    for number, hole in enumerate(out.holes):
        mean, shown = given_of(hole, weights, led)
        found = estimator.refinement.mean(shown, hole.missing, mean)
        difference = hole.difference
        if learning.noisy:
            normal = tile_random(learning.seed, number, 8).standard_normal(found.shape).astype(np.float32)
            start = found + difference
            difference = estimator.refinement.drawn(shown, hole.missing, mean, start, normal, NOISE_SHARES) - found
        refined.add(hole.refined(NETWORK, found, difference))
    return refined, learning.ways


def _estimator(
    reader: GapReader, survey: Survey, windows: Sequence[GapWindow]
) -> Generator[Event, None, tuple[Estimator, Floats, Floats]]:
    """Components, coarse means, regressions and correlations of a sample; lowest and highest value of each band."""
    pixels = _thinned([window.pixels[:, window.known] for window in windows])
    components = Components.of(pixels)
    low, high = pixels.min(axis=1), pixels.max(axis=1)
    coarse = _coarse_means(components, survey)
    estimator = Estimator(components, coarse, survey.cell_px, reader.grid.lattice_origin())
    alone = PairSums(len(pixels), _LAG_PX)
    if reader.other_bands:
        _fit_regressions(estimator, reader.other_bands, windows)
    led = PairSums(len(pixels), _LAG_PX)
    for done, window in enumerate(windows):
        yield Progress(done, len(windows), "place", "correlations")
        values, expected, there = estimator.fields(window)
        alone.add(values, window.known)
        name = DETAIL if DETAIL in expected else LEVEL
        if name in expected:
            led.add(values - expected[name], window.known & there)
    estimator.alone = Residuals(alone.correlations(), alone.variances())
    if estimator.level is not None:
        estimator.led = Residuals(led.correlations(), led.variances())
    return estimator, low, high


def _fit_regressions(estimator: Estimator, counts: Sequence[int], windows: Sequence[GapWindow]) -> None:
    """Regressions of the whole scene on its other dates; none where no pixel is known in both."""
    known = [window.known & window.there.any(axis=0) for window in windows]
    if sum(int(each.sum()) for each in known) < 100:
        return
    others = _thinned([window.other[:, each] for window, each in zip(windows, known, strict=True)])
    there = _thinned([window.there[:, each] for window, each in zip(windows, known, strict=True)])
    predictors = Predictors.fit(others, there, counts)
    number = predictors.kept + 1
    level = Moments.empty(number, len(estimator.components.mean))
    detail = Moments.empty(number - 1, len(estimator.components.mean))
    for window, each in zip(windows, known, strict=True):
        values = estimator.components.forward(window.pixels.astype(np.float64)) * window.known
        given = predictors.of(window.other, window.there)
        level.add(given[:, each], values[:, each])
        detail.add(detail_of(given[:-1], each)[:, each], detail_of(values, each)[:, each])
    estimator.predictors = predictors
    estimator.level, estimator.detail = LocalRegression(level), LocalRegression(detail)


def _coarse_means(components: Components, survey: Survey) -> Floats:
    """Means of all cells as components, those without pixels kriged from the others."""
    means, known = survey.cells()
    values = components.forward(means) * known
    if known.all() or not known.any():
        return values
    centre = values[:, known].mean(axis=1)[:, None, None]
    pairs = PairSums(len(values), min(_LAG_CELLS, max(known.shape)))
    pairs.add((values - centre) * known, known)
    kriging = Kriging(pairs.correlations(), Neighbourhood(block_px=1))
    filled = kriging.fill(((values - centre) * known)[None], known, ~known)[0]
    return np.where(known, values, filled + centre)


def _thinned(parts: Sequence[NDArray[Any]]) -> NDArray[Any]:
    """Columns of parts side by side, of so many as are enough."""
    whole: NDArray[Any] = np.concatenate(parts, axis=1)
    if whole.shape[1] <= _PIXELS:
        return whole
    chosen = np.sort(tile_random(2, 0, 0).choice(whole.shape[1], _PIXELS, replace=False))
    thinned: NDArray[Any] = whole[:, chosen]
    return thinned


def _rms(errors: Floats) -> float:
    return float(np.sqrt((errors**2).mean()))
