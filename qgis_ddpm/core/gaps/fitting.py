"""What a fill learns of its scene before the first gap is filled: statistics of a sample, and weights held out."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...events import Event, Note, Progress
from ..raster.random import tile_random
from ..raster.types import Floats, Valid, Window
from .bands import Components
from .covariance import PairSums
from .estimates import DETAIL, KRIGING, LEVEL, MARGIN_PX, Estimator, Residuals, detail_of
from .holes import distances, holes_of, sample_places
from .kriging import Kriging, Neighbourhood
from .predictors import Predictors
from .reading import GapReader, GapWindow, grown
from .regression import LocalRegression, Moments
from .survey import Survey
from .texture import Texture
from .weighing import Errors, Held, Weights

# Lags that correlations are estimated to.
_LAG_PX, _LAG_CELLS = 64, 48
# Pixels that components are found from.
_PIXELS = 200_000
# Holes in each place, and in all of them where places are few.
_ROUNDS, _HOLES = 2, 8
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

    def fill(
        self, window: GapWindow, wanted: Valid, distance: Floats, seed: int = 0, draws: int = 0
    ) -> tuple[Floats, list[Floats], Valid]:
        """Components [C, h, w] of a window where wanted, how each draw differs, and where other dates are."""
        estimates, differences, there = self.estimator.estimates(window, wanted, self.weights.ways, seed, draws)
        mixed = self.weights.mixed(estimates, distance)
        if KRIGING in estimates and self.estimator.led is not None:
            # Where other dates are not, the regressions are no estimates but 0.
            mixed = np.where(there, mixed, estimates[KRIGING])
        return mixed, differences, there

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


def fitting(reader: GapReader, survey: Survey, ways: Sequence[str], seed: int) -> Generator[Event, None, Fitted]:
    """Learn from a sample of a raster. ways: the estimates that may count."""
    places = sample_places(survey, reader.grid.shape)
    windows: list[GapWindow] = []
    for done, place in enumerate(places):
        yield Progress(done, len(places), "place", "reading a sample")
        windows.append(reader.read(grown(place, MARGIN_PX)))
    estimator, low, high = yield from _estimator(reader, survey, windows)
    held, texture = yield from _held_out(estimator, places, windows, ways, seed)
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
    drawn = texture.stretch(weights, held)
    rmse = {way: _rms(components.spread_backward(each - held.truth)) for way, each in held.estimates.items()}
    return Fitted(estimator, weights, errors, drawn, low, high, {**rmse, "together": _rms(left)}, alone)


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


def _held_out(
    estimator: Estimator, places: Sequence[Window], windows: Sequence[GapWindow], ways: Sequence[str], seed: int
) -> Generator[Event, None, tuple[Held | None, Texture]]:
    """Estimates of known pixels that are hidden, and their texture."""
    # What lies beyond the raster is no gap, and has no shape of one.
    gaps = [gap for window in windows if (gap := _inner(~window.known, window.inside)).any()]
    found: list[Held] = []
    texture = Texture()
    rounds = max(_ROUNDS, _HOLES // max(len(places), 1))
    for number, (place, window) in enumerate(zip(places, windows, strict=True)):
        yield Progress(number, len(places), "place", "holding known pixels out")
        if not gaps or not window.known.any():
            continue
        truth = estimator.components.forward(window.pixels.astype(np.float64))
        for hole in holes_of(window.known, gaps, number, rounds):
            inner = hole & _core(place, window)
            inner &= window.there.any(axis=0) if estimator.led is not None and LEVEL in ways else True
            if not inner.any():
                continue
            hidden = window.without(hole)
            estimates, differences, _ = estimator.estimates(hidden, inner, (KRIGING, *ways), seed, 1)
            chosen = {way: each[:, inner] for way, each in estimates.items()}
            found.append(Held(distances(hidden.known)[inner], truth[:, inner], chosen))
            texture.add(truth, estimates, differences[0], inner)
    return (Held.joined(found) if found else None), texture


def _inner(values: Valid, inside: Valid) -> Valid:
    """The part of a window that lies inside the raster."""
    rows, columns = np.flatnonzero(inside.any(axis=1)), np.flatnonzero(inside.any(axis=0))
    return values[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _core(place: Window, window: GapWindow) -> Valid:
    """Where a window is the place that it was read around."""
    core = np.zeros(window.known.shape, dtype=bool)
    row, col = place[0] - window.place[0], place[1] - window.place[1]
    core[row : row + place[2], col : col + place[3]] = True
    return core


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
