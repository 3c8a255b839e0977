"""Change of pixels without a model: iteratively reweighted multivariate alteration detection, and change vectors."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
from scipy.special import gammaincc

from ...events import Progress
from ..progress import value_of
from ..raster.types import Floats, Pixels, Valid
from ..threads import in_order
from .products import AT_ONCE, moments, parts, weighted_sums

# Noise of a date, as a share of a band's standard deviation over the whole scene: what resampling, compression and
# haze leave at best. Without it components that hold nothing but rounding would outweigh all others (regularised MAD,
# Nielsen 2007), and weights that settle on one even surface would call all others changed.
NOISE_SHARE = 0.2
# A start for scenes of which more than half changed: with as little noise as this the weights settle on what fits best,
# however little that is. It is taken where the dates then share CLEARLY more information about what did not change.
START_SHARE = 0.03
CLEARLY = 1.1
# Enough pixels to choose a start by, and more bands than any sensor of reflectance without a spectrometer has.
START_PIXELS = 1 << 14
MAX_START_BANDS = 16
MAX_CORRELATION = 1 - 1e-6
# A distance below this is the rounding of sums, not of the data: A against A is exactly 0.
NO_DISTANCE = 1e-3
MAX_ITERATIONS = 50
CONVERGED = 1e-3
_CHUNK = 1 << 16


@dataclass(frozen=True)
class IrMad:
    """Canonical variates of both dates, scaled so that their difference has variance 1 on unchanged pixels.

    mean_before, mean_after: float64 [C]; before, after: float64 [C, K], a column a component, strongest correlation
    first; correlations: float64 [K]. K is C but for bands that are left out, whose rows are 0.
    """

    mean_before: Floats
    mean_after: Floats
    before: Floats
    after: Floats
    correlations: Floats

    @property
    def used(self) -> Valid:
        """Which bands count: bool [C]."""
        result: Valid = (self.before != 0).any(axis=1) | (self.after != 0).any(axis=1)
        return result

    def distance(self, before: Pixels, after: Pixels) -> Floats:
        """Root mean square of the scaled differences: float64 [N] >= 0, about 1 on unchanged pixels.

        before, after: float32 [N, C].
        """
        distance = np.empty(len(before))
        for part in parts(len(before), AT_ONCE // self.before.size):
            # A row a component: each operation goes along pixels.
            differences = weighted_sums(self.before, before[part].T - self.mean_before[:, None])
            differences -= weighted_sums(self.after, after[part].T - self.mean_after[:, None])
            distance[part] = np.sqrt(np.square(differences, out=differences).mean(axis=0))
        distance[distance < NO_DISTANCE] = 0.0
        return distance

    def no_change(self, before: Pixels, after: Pixels) -> Floats:
        """Probability that an unchanged pixel differs at least as much: float64 [N], chi-squared with K degrees."""
        bands = len(self.correlations)
        result: Floats = gammaincc(bands / 2, bands / 2 * np.square(self.distance(before, after)))
        return result


def fitting_irmad(before: Pixels, after: Pixels, rounding: tuple[Floats, Floats]) -> Generator[Progress, None, IrMad]:
    """IR-MAD of two dates, iterated until it converges, from whichever of two starts finds more that did not change.

    The noise that is assumed makes singular covariances (copies of bands) and equal dates harmless. A band that is
    constant in either date has nothing to be compared with and is left out, unless all are.
    Nielsen 2007, The regularized iteratively reweighted MAD method (doi 10.1109/TIP.2006.888195).

    Args:
        before, after: pixels float32 [N, C], in the bands' numbers.
        rounding: variance of rounding in each band of either date, float64 [C] each.
    """
    used = (np.ptp(before, axis=0) > 0) & (np.ptp(after, axis=0) > 0)
    if used.any() and not used.all():
        narrow = rounding[0][used], rounding[1][used]
        fit = yield from fitting_irmad(before[:, used], after[:, used], narrow)
        return _widened(fit, used, before[0], after[0])
    variances = [(_spread(date)[1], rounded) for date, rounded in zip((before, after), rounding, strict=True)]
    noise, little = (
        [share**2 * variance + rounded for variance, rounded in variances] for share in (NOISE_SHARE, START_SHARE)
    )
    start = np.ones(len(before))
    if before.shape[1] <= MAX_START_BANDS:
        every = max(ceil(len(before) / START_PIXELS), 1)
        x, y = before[::every], after[::every]
        plain = yield from _iterating(x, y, start[::every], noise)
        strict = yield from _iterating(x, y, start[::every], little)
        other = yield from _iterating(x, y, strict.no_change(x, y), noise)
        if _shared(other, x, y) > CLEARLY * _shared(plain, x, y):
            start = _no_change(other, before, after)
    return (yield from _iterating(before, after, start, noise))


def _iterating(
    before: Pixels, after: Pixels, weights: Floats, noise: Sequence[Floats]
) -> Generator[Progress, None, IrMad]:
    """Canonical correlations of weighted pixels, and weights by what they tell, in turn until they stay."""
    correlations = np.zeros(before.shape[1])
    for number in range(1, MAX_ITERATIONS + 1):
        fit = _canonical(before, after, weights, noise)
        yield Progress(number, number + 1, "iteration", "statistics")
        if np.abs(fit.correlations - correlations).max() < CONVERGED:
            break
        correlations = fit.correlations
        weights = _no_change(fit, before, after)
        if weights.sum() < 2 * before.shape[1]:
            # So few pixels are left that their covariance says nothing.
            break
    return fit


def _no_change(fit: IrMad, before: Pixels, after: Pixels) -> Floats:
    found = in_order(lambda part: fit.no_change(before[part], after[part]), parts(len(before), _CHUNK))
    return np.concatenate(list(found))


def _shared(fit: IrMad, before: Pixels, after: Pixels) -> float:
    """Information in nats that the dates share about a pixel, where it did not change (that of normal variates)."""
    nats = -np.log1p(-np.square(np.minimum(fit.correlations, MAX_CORRELATION))).sum() / 2
    return float(nats * fit.no_change(before, after).mean())


def _widened(fit: IrMad, used: Valid, before: Pixels, after: Pixels) -> IrMad:
    """A fit of some bands as one of all; before, after: any pixel, float32 [C], for the means of the others."""

    def wide(mean: Floats, weights: Floats, pixel: Pixels) -> tuple[Floats, Floats]:
        all_means, all_weights = pixel.astype(np.float64), np.zeros((len(used), weights.shape[1]))
        all_means[used], all_weights[used] = mean, weights
        return all_means, all_weights

    mean_before, weights_before = wide(fit.mean_before, fit.before, before)
    mean_after, weights_after = wide(fit.mean_after, fit.after, after)
    return IrMad(mean_before, mean_after, weights_before, weights_after, fit.correlations)


def fit_irmad(before: Pixels, after: Pixels, rounding: tuple[Floats, Floats]) -> IrMad:
    """`fitting_irmad` of a small table, at once."""
    return value_of(fitting_irmad(before, after, rounding))


@dataclass(frozen=True)
class ChangeVectors:
    """Change vector analysis of bands scaled to mean 0 and standard deviation 1 in each date; all float64 [C]."""

    mean_before: Floats
    mean_after: Floats
    scale_before: Floats
    scale_after: Floats

    @property
    def used(self) -> Valid:
        """Which bands count: bool [C]."""
        result: Valid = self.scale_before > 0
        return result

    def distance(self, before: Pixels, after: Pixels) -> Floats:
        """Root mean square over the bands of the scaled differences: float64 [N], in standard deviations."""
        x = (before - self.mean_before) * self.scale_before
        y = (after - self.mean_after) * self.scale_after
        result: Floats = np.sqrt(np.square(x - y).sum(axis=1) / max(np.count_nonzero(self.used), 1))
        return result


def fit_change_vectors(before: Pixels, after: Pixels, rounding: tuple[Floats, Floats]) -> ChangeVectors:
    """Means and scales of both dates; arguments as of `fitting_irmad`.

    A band that varies by no more than its rounding in either date counts for nothing.
    """
    (mean_before, variance_before), (mean_after, variance_after) = _spread(before), _spread(after)
    varies = (variance_before > rounding[0]) & (variance_after > rounding[1])
    scales = [np.where(varies, 1 / np.sqrt(np.where(varies, v, 1.0)), 0.0) for v in (variance_before, variance_after)]
    return ChangeVectors(mean_before, mean_after, *scales)


def rounding_variances(pixels: Pixels, dtypes: Sequence[str]) -> Floats:
    """Variance of rounding in each band: float64 [C]. pixels: float32 [N, C]; dtypes: of the bands in the file."""
    steps = np.abs(pixels).max(axis=0, initial=0).astype(np.float64) * np.finfo(np.float32).eps
    whole = np.array([np.dtype(dtype).kind != "f" for dtype in dtypes])
    result: Floats = np.square(np.where(whole, np.maximum(steps, 1.0), steps)) / 12
    return result


def _canonical(before: Pixels, after: Pixels, weights: Floats, noise: Sequence[Floats]) -> IrMad:
    """Canonical correlations of weighted pixels, each date with independent noise of its own, variances [C]."""
    mean, covariance = _moments(before, after, weights)
    bands = before.shape[1]
    first, second = covariance[:bands, :bands], covariance[bands:, bands:]
    # A float band that is 0 throughout has neither spread nor rounding.
    variances = [np.where(variance > 0, variance, 1.0) for variance in noise]
    roots = [np.linalg.cholesky(c + np.diag(v)) for c, v in zip((first, second), variances, strict=True)]
    inverses = [np.linalg.inv(root) for root in roots]
    left, correlations, right = np.linalg.svd(inverses[0] @ covariance[:bands, bands:] @ inverses[1].T)
    scale = 1 / np.sqrt(2 * (1 - correlations))
    return IrMad(
        mean[:bands], mean[bands:], inverses[0].T @ left * scale, inverses[1].T @ right.T * scale, correlations
    )


def _moments(before: Pixels, after: Pixels, weights: Floats) -> tuple[Floats, Floats]:
    """Weighted mean [2C] and covariance [2C, 2C] of both dates side by side."""
    total = weights.sum()
    mean = np.concatenate([_mean(before, weights), _mean(after, weights)])

    def of_part(part: slice) -> Floats:
        x, y, w = before[part], after[part], weights[part]
        # A few rows at a time, in the steps of `moments`, stay in the cache of a processor.
        few = parts(len(w), AT_ONCE // mean.size**2)
        return np.asarray(sum(moments(np.concatenate([x[i], y[i]], axis=1) - mean, w[i]) for i in few))

    covariance = sum(in_order(of_part, parts(len(before), _CHUNK)))
    return mean, np.asarray(covariance / total)


def _spread(pixels: Pixels) -> tuple[Floats, Floats]:
    """Mean and variance of each band."""
    mean = _mean(pixels, np.ones(len(pixels)))
    sums = sum(np.square(pixels[part] - mean).sum(axis=0) for part in parts(len(pixels), _CHUNK))
    return mean, np.asarray(sums / len(pixels))


def _mean(pixels: Pixels, weights: Floats) -> Floats:
    sums = sum((pixels[part].T * weights[part]).sum(axis=1) for part in parts(len(pixels), _CHUNK))
    return np.asarray(sums / weights.sum())
