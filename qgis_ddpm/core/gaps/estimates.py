"""The estimates of missing pixels that are weighed: kriging alone, by distance, and two regressions on other dates.

kriging: from known pixels around, about the means of coarse cells. level: regression of all that is seen. detail:
regression of what differs from the means of 11 x 11 px, about the level of the former; where the other date has other
fields and the same roads, it is the better one near the edge of a gap. The errors of both are kriged.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from rasterio.fill import fillnodata
from scipy import fft, ndimage

from ..raster.random import position_noise
from ..raster.types import Floats, Pixels, Valid, Window
from .bands import Components
from .holes import distances
from .kriging import REACH_PX as KRIGING_PX
from .kriging import Kriging
from .learnt.refining import Refinement, features, guess
from .predictors import Predictors
from .reading import GapWindow
from .regression import REACH_PX as REGRESSION_PX
from .regression import LocalRegression

DETAIL_PX = 11
# What a window needs around the pixels that are filled.
MARGIN_PX = -(-(KRIGING_PX + DETAIL_PX + REGRESSION_PX) // 32) * 32
KRIGING, LEVEL, DETAIL, DISTANCE, NETWORK = "kriging", "level", "detail", "distance", "network"
# Further than this, distances are not told apart.
FAR_PX = 1_000.0
# GDAL's interpolation looks so far for known pixels.
_SEARCH_PX = 100


@dataclass
class Residuals:
    """How a field of components looks: correlations as a torus [C, t, t], and variances [C]."""

    torus: Floats
    variance: Floats

    def __post_init__(self) -> None:
        self.kriging = Kriging(self.torus)
        self._amplitude = np.sqrt(np.maximum(fft.rfft2(self.torus, axes=(1, 2)).real, 0.0))

    def simulated(self, seed: int, draw: int, window: Window) -> Floats:
        """A field [C, h, w] without data that has these correlations, and belongs to its place."""
        row, col, height, width = window
        side = self.torus.shape[1]
        around = side // 2 + 1
        noise = position_noise(seed, draw, len(self.torus), (row - around, col - around, height + side, width + side))
        kernels = np.fft.fftshift(fft.irfft2(self._amplitude, (side, side), axes=(1, 2)), axes=(1, 2))
        shape = tuple(fft.next_fast_len(size + side, True) for size in noise.shape[1:])
        field = np.empty((len(kernels), height, width))
        for number, (plane, kernel) in enumerate(zip(noise.astype(np.float64), kernels, strict=True)):
            whole = fft.irfft2(fft.rfft2(plane, shape) * fft.rfft2(kernel, shape), shape)
            # The kernel's middle lies at side // 2.
            first = around + side // 2
            field[number] = whole[first : first + height, first : first + width]
        scaled: Floats = field * np.sqrt(self.variance)[:, None, None]
        return scaled


@dataclass
class Estimator:
    """What was learnt of a scene, and estimates of its windows.

    coarse: means of cells as components [C, rows, columns], whole; cell_px: their side. predictors and what follows:
    None without other dates.
    """

    components: Components
    coarse: Floats
    cell_px: int
    origin: tuple[int, int]
    alone: Residuals | None = None
    predictors: Predictors | None = None
    level: LocalRegression | None = None
    detail: LocalRegression | None = None
    led: Residuals | None = None
    refinement: Refinement | None = None

    def fields(self, window: GapWindow) -> tuple[Floats, dict[str, Floats], Valid]:
        """Components [C, h, w]; what each way expects before its errors are kriged; where other dates say anything."""
        components = self.components.forward(window.pixels.astype(np.float64)) * window.known
        expected = {KRIGING: self._coarse(window.place)}
        there = window.there.any(axis=0)
        if self.predictors is not None and self.level is not None and there.any():
            predictors = self.predictors.of(window.other, window.there)
            anchor = window.place[:2]
            known = window.known & there
            level = self.level.predict(predictors, components, known, anchor)
            expected[LEVEL] = level
            if self.detail is not None:
                fine, seen = detail_of(predictors[:-1], known), detail_of(components, known)
                everywhere = detail_of(predictors[:-1], there)
                expected[DETAIL] = _means(level, there) + self.detail.predict(fine, seen, known, anchor, everywhere)
        return components, expected, there

    def estimates(
        self, window: GapWindow, wanted: Valid, ways: Sequence[str], seed: int = 0, draws: int = 0
    ) -> tuple[dict[str, Floats], list[Floats], Valid]:
        """Components [C, h, w] by way where wanted; how each draw differs from an estimate; where other dates are.

        NETWORK sees what is estimated for REACH_PX around a pixel: all that is missing there has to be wanted.
        """
        if NETWORK in ways and self.refinement is not None:
            ways = (*ways, *self.refinement.weights.ways)
        components, expected, there = self.fields(window)
        found: dict[str, Floats] = {}
        differences: list[Floats] = [np.zeros_like(components) for _ in range(draws)]
        led = [way for way in (LEVEL, DETAIL) if way in ways and way in expected]
        row, col, height, width = window.place
        place = (row + self.origin[0], col + self.origin[1], height, width)
        for residuals, names, known, here in (
            (self.led, led, window.known & there, wanted & there),
            (self.alone, [KRIGING], window.known, wanted if KRIGING in ways else wanted & ~there),
        ):
            if residuals is None or not names or not here.any():
                continue
            simulated = [residuals.simulated(seed, draw, place) for draw in range(draws)]
            errors = [(components - expected[name]) * known for name in names]
            values = residuals.kriging.fill(np.stack([*errors, *simulated]), known, here, (row, col))
            for name, kriged in zip(names, values, strict=False):
                found[name] = (expected[name] + kriged) * here
            drawn = here if residuals is self.led or not led else here & ~there
            for difference, field, kriged in zip(differences, simulated, values[len(names) :], strict=True):
                difference[:, drawn] = (field - kriged)[:, drawn]
        if DISTANCE in ways:
            found[DISTANCE] = _by_distance(components, expected[KRIGING], window.known, wanted)
        if NETWORK in ways and self.refinement is not None:
            mean, given = self.given(window, found, wanted, there)
            found[NETWORK] = self.refinement.mean(given, wanted, mean)
        return found, differences, there

    def given(
        self, window: GapWindow, found: Mapping[str, Floats], wanted: Valid, there: Valid
    ) -> tuple[Floats, Pixels]:
        """The mean of all estimates but the network's [C, h, w], and what the network sees [F, h, w]."""
        assert self.refinement is not None  # nosec B101
        components = self.components.forward(window.pixels.astype(np.float64))
        distance = np.minimum(distances(window.known), FAR_PX)
        others = {way: each for way, each in found.items() if way != NETWORK}
        mean = guess(self.refinement.weights, others, distance, there, self.led is not None)
        predictors = None if self.predictors is None else self.predictors.of(window.other, window.there)
        where = (wanted, window.known, there, distance)
        return mean, features(self.refinement.weights.ways, components, others, mean, *where, predictors)

    def _coarse(self, place: Window) -> Floats:
        """Means of the cells around each pixel, bilinear."""
        row, col, height, width = place
        axes = []
        for start, size, count in zip((row, col), (height, width), self.coarse.shape[1:], strict=True):
            at = np.clip((start + np.arange(size) + 0.5) / self.cell_px - 0.5, 0, count - 1)
            first = np.minimum(np.floor(at).astype(int), max(count - 2, 0))
            axes.append((first, np.minimum(first + 1, count - 1), at - first))
        (top, bottom, down), (left, right, across) = axes
        rows = self.coarse[:, top] * (1 - down)[:, None] + self.coarse[:, bottom] * down[:, None]
        means: Floats = rows[:, :, left] * (1 - across) + rows[:, :, right] * across
        return means


def _by_distance(components: Floats, otherwise: Floats, known: Valid, wanted: Valid) -> Floats:
    """GDAL's weighting of known pixels in eight directions by their distance; `otherwise` where none is near."""
    if not known.any():
        return otherwise * wanted
    near = ndimage.distance_transform_edt(~known) <= _SEARCH_PX
    planes = [
        fillnodata(np.where(known, plane, 0).astype(np.float32), known.astype(np.uint8), _SEARCH_PX)
        for plane in components
    ]
    return np.asarray(np.where(near, np.stack(planes), otherwise) * wanted, dtype=np.float64)


def _means(values: Floats, there: Valid) -> Floats:
    """Means [C, h, w] over squares of DETAIL_PX of what is there."""
    weight = ndimage.uniform_filter(there.astype(np.float64), DETAIL_PX, mode="constant")
    sums = ndimage.uniform_filter(values * there, (0, DETAIL_PX, DETAIL_PX), mode="constant")
    return np.where(weight > 1e-9, sums / np.maximum(weight, 1e-9), 0.0)


def detail_of(values: Floats, there: Valid) -> Floats:
    """What differs from the means of squares, where there."""
    return (values - _means(values, there)) * there
