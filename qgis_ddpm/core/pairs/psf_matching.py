"""Matching the detail of two dates: what a shift of less than a pixel, blur or compression leaves between them.

An unchanged edge that is sharp at one date and blurred at the other looks like change in every method. A small linear
filter that makes the sharper date look like the other one takes that away, and nothing of what did change: it is the
same for all pixels, keeps the sum of a band, and is fitted to pixels that did not change. (The idea is that of matching
point spread functions before images are subtracted: Alard and Lupton 1998, doi 10.1086/305984.)
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ..raster.types import Floats, Pixels, Valid
from .irmad import IrMad
from .products import moments as products

# Pixels float32 [C, h, w] of the first and the second date, then where each is valid, bool [h, w].
Dates = tuple[Pixels, Pixels, Valid, Valid]
NEIGHBOURS = tuple((row, col) for row in (-1, 0, 1) for col in (-1, 0, 1) if (row, col) != (0, 0))
# How far a filter looks around a pixel.
MARGIN_PX = 1
# A filter that explains less of what the dates differ by is not worth its blur.
LEAST_EXPLAINED = 0.05
# Fewer unchanged pixels for each weight of a filter would fit chance.
PIXELS_PER_WEIGHT = 20
# A band that is less correlated between the dates says nothing of their detail.
LEAST_CORRELATION = 0.3
# Less than this, as 1 - r^2, is the rounding of the files and their sums.
LEAST_DIFFERENCE = 1e-6
# Share of the mean variance of contrasts, added to each: bands that are almost copies have no weights of their own.
RIDGE = 1e-4
# Beyond, a filter would have more weights than a sample can tell; so many bands are rarely compressed as colours.
MAX_BANDS = 32
_ITERATIONS = 4


@dataclass(frozen=True, eq=False)
class PsfFilter:
    """Adds to each band a mixture of the differences between the 8 neighbours of a pixel and the pixel itself.

    weights: float32 [8, C, C], a row a band that is made. explained: the share of the dates' difference on unchanged
    pixels that the filter takes away.
    """

    weights: Pixels
    explained: float

    def apply(self, pixels: Pixels, valid: Valid) -> Pixels:
        """Filtered pixels float32 [C, h, w] of a window [C, h + 2, w + 2]; what is not valid counts as the pixel."""
        filtered = pixels[:, 1:-1, 1:-1].copy()
        bands = len(pixels)
        for weights, contrast in zip(self.weights, contrasts(pixels, valid), strict=True):
            filtered += (weights @ contrast.reshape(bands, -1)).reshape(filtered.shape)
        return filtered


# How dates are read: filters of both, then gain and offset float32 [C, 1, 1] of the second; None for as it is.
Adaptation = tuple[tuple[PsfFilter | None, PsfFilter | None], tuple[Pixels, Pixels] | None]


def contrasts(pixels: Pixels, valid: Valid) -> Iterator[Pixels]:
    """Of each neighbour its difference to the pixels inside a window: float32 [C, h, w], 0 where it is not valid."""
    height, width = valid.shape[0] - 2, valid.shape[1] - 2
    middle = pixels[:, 1:-1, 1:-1]
    whole = valid.all()
    for row, col in NEIGHBOURS:
        part = slice(1 + row, 1 + row + height), slice(1 + col, 1 + col + width)
        contrast = pixels[:, part[0], part[1]] - middle
        yield contrast if whole else contrast * valid[part]


class PsfMoments:
    """Weighted moments of both dates and their contrasts, from which a filter is fitted.

    fit: IR-MAD of the pair, whose probability of no change is a pixel's weight; its means keep sums small.
    """

    def __init__(self, fit: IrMad, spread_before: Floats, spread_after: Floats) -> None:
        self._fit = fit
        bands = len(fit.mean_before)
        self._scales = (_inverse(spread_before), _inverse(spread_after))
        self._sums = np.zeros((2, 10 * bands + 1, 10 * bands + 1))
        self._squares = 0.0

    def of_window(self, dates: Dates, every: int) -> tuple[Floats, float]:
        """The sums of every n-th pixel of a window [C, h + 2, w + 2] of both dates, for `add`."""
        before, after, valid_before, valid_after = dates
        inside = (valid_before & valid_after)[1:-1, 1:-1]
        places = np.flatnonzero(inside)[::every]
        if not len(places):
            return np.zeros_like(self._sums), 0.0
        tables = []
        for pixels, valid, mean, scale in (
            (before, valid_before, self._fit.mean_before, self._scales[0]),
            (after, valid_after, self._fit.mean_after, self._scales[1]),
        ):
            bands = len(pixels)
            middle = (pixels[:, 1:-1, 1:-1].reshape(bands, -1)[:, places].T - mean) * scale
            around = [x.reshape(bands, -1)[:, places].T * scale for x in contrasts(pixels, valid)]
            tables.append((middle, np.concatenate(around, axis=1)))
        raw = [date[:, 1:-1, 1:-1].reshape(len(date), -1)[:, places].T for date in (before, after)]
        weights = self._fit.no_change(raw[0], raw[1])
        ones = np.ones((len(places), 1))
        sums = []
        for source, target in (tables, tables[::-1]):
            row = np.concatenate([*source, target[0], ones], axis=1)
            sums.append(products(row, weights))
        return np.stack(sums), float(np.square(weights).sum())

    def add(self, sums: Floats, squares: float) -> None:
        """Take in the sums of a window."""
        self._sums += sums
        self._squares += squares

    def fit(self) -> tuple[PsfFilter | None, PsfFilter | None]:
        """The filter of the first date, or that of the second: of the one that explains more; else two None."""
        total = self._sums[0, -1, -1]
        bands = len(self._fit.mean_before)
        if self._squares == 0 or total**2 / self._squares < PIXELS_PER_WEIGHT * 8 * bands:
            return None, None
        chance = 8 * bands * self._squares / total**2
        first, second = (self._fitted(number, chance) for number in (0, 1))
        if max(first.explained, second.explained) < LEAST_EXPLAINED:
            return None, None
        return (first, None) if first.explained >= second.explained else (None, second)

    def _fitted(self, number: int, chance: float) -> PsfFilter:
        total = self._sums[number, -1, -1]
        mean = self._sums[number, -1, :-1] / total
        moments = self._sums[number, :-1, :-1] / total - np.outer(mean, mean)
        weights, before, after = solve_psf(moments, len(self._fit.mean_before))
        explained = 1 - after / (before * (1 - chance)) if before > 0 else 0.0
        scale = self._scales[number]
        bands = len(scale)
        # From bands of standard deviation 1 to the bands themselves.
        raw = weights.reshape(bands, 8, bands).transpose(1, 0, 2) * scale[None, None, :]
        raw *= _inverse(scale)[None, :, None]
        return PsfFilter(raw.astype(np.float32), float(explained))


def solve_psf(moments: Floats, bands: int) -> tuple[Floats, float, float]:
    """Weights [C, 8 C] by which a date's contrasts bring it to the other date; what differs before and after.

    moments: covariance [10 C, 10 C] of a date's bands, its contrasts (neighbour by neighbour) and the other date's
    bands. What differs is the mean over the bands of 1 - r^2.
    """
    around, target = slice(bands, 9 * bands), slice(9 * bands, 10 * bands)
    own = moments[: 9 * bands, : 9 * bands]
    shared = moments[: 9 * bands, target]
    variances = np.diag(moments)[target]
    weights = np.zeros((bands, 8 * bands))

    def regressed() -> tuple[Floats, Floats]:
        """Gain of each filtered band towards the other date, and the squared correlation."""
        rows = np.concatenate([np.eye(bands), weights], axis=1)
        variance = np.einsum("bi,ij,bj->b", rows, own, rows)
        together = np.einsum("bi,ib->b", rows, shared)
        defined = (variance > 0) & (variances > 0)
        product = np.where(defined, variance * variances, 1.0)
        gain = np.where(defined, together, 0.0) / np.where(defined, variance, 1.0)
        return gain, np.where(defined, np.square(together) / product, 1.0)

    gain, squared = regressed()
    before = float(np.mean(1 - squared))
    used = (gain > 0) & (squared > LEAST_CORRELATION**2) & (variances > 0)
    contrast = moments[around, around]
    contrast = contrast + RIDGE * np.trace(contrast) / len(contrast) * np.eye(len(contrast))
    if before < LEAST_DIFFERENCE or not used.any() or np.trace(contrast) <= 0:
        return weights, 0.0, 0.0
    for _ in range(_ITERATIONS):
        missing = moments[around, target][:, used] / gain[used] - moments[around, :bands][:, used]
        weights[used] = np.linalg.solve(contrast, missing).T
        gain, squared = regressed()
    return weights, before, float(np.mean(1 - squared))


def _inverse(values: Floats) -> Floats:
    return np.where(values > 0, 1 / np.where(values > 0, values, 1.0), 0.0)
