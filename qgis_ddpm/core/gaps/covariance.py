"""How alike pixels at a distance are: correlations of a field with gaps, made into those of some Gaussian field.

Sums over pairs of known pixels come from Fourier transforms of the values and of their mask (Marcotte 1996, Fast
variogram computation with FFT). What such an estimate holds of impossible, negative power, is cut off, so that every
matrix of correlations has a Cholesky factor.
"""

from collections.abc import Iterable

import numpy as np
from scipy import fft

from ..raster.types import Floats, Valid

# Pairs that the mean over all directions counts for beside those of one lag.
_ISOTROPIC_PAIRS = 200.0
# White noise that is left in any field, as a share of its variance: numbers in files are rounded.
_LEAST_POWER = 1e-5


class PairSums:
    """Sums of products of pairs of known pixels and their numbers by lag: float64 [C, 2L + 1, 2L + 1] and [.., ..]."""

    def __init__(self, channels: int, reach_px: int) -> None:
        side = 2 * reach_px + 1
        self.reach_px = reach_px
        self._products, self._pairs = np.zeros((channels, side, side)), np.zeros((side, side))

    def add(self, values: Floats, known: Valid) -> None:
        """Take in a window: values [C, h, w] of mean about 0, known [h, w]."""
        height, width = known.shape
        shape = tuple(fft.next_fast_len(size + self.reach_px, True) for size in (height, width))
        lags = np.arange(-self.reach_px, self.reach_px + 1)
        rows, columns = np.ix_(lags % shape[0], lags % shape[1])
        for index, band in enumerate([known.astype(np.float64), *(values * known)]):
            power = np.abs(fft.rfft2(band, shape)) ** 2
            sums = fft.irfft2(power, shape)[rows, columns]
            if index:
                self._products[index - 1] += sums
            else:
                self._pairs += np.maximum(np.rint(sums), 0)

    def variances(self) -> Floats:
        """Variances [C] of the values, whose mean is taken to be 0."""
        middle = self.reach_px
        found: Floats = self._products[:, middle, middle] / max(float(self._pairs[middle, middle]), 1.0)
        return found

    def correlations(self) -> Floats:
        """Correlations on a torus [C, t, t], lag (0, 0) first: 1 there."""
        reach = self.reach_px
        lags = np.arange(-reach, reach + 1)
        distance = np.hypot(lags[:, None], lags[None])
        ring = np.rint(distance).astype(int)
        of_ring = np.maximum(np.bincount(ring.ravel(), self._pairs.ravel()), 1e-9)
        taper = np.cos(np.pi / 2 * np.minimum(distance / (reach + 1), 1)) ** 2
        side = fft.next_fast_len(2 * reach + 1, True)
        place = np.ix_(lags % side, lags % side)
        found = []
        for products in self._products:
            alike = np.bincount(ring.ravel(), products.ravel()) / of_ring
            values = (products + _ISOTROPIC_PAIRS * alike[ring]) / (self._pairs + _ISOTROPIC_PAIRS)
            # What is alike at the reach is taken to be so beyond it, as in a landscape that rises slowly.
            beyond = max(float(alike[(4 * reach) // 5 : reach + 1].mean()), 0.0)
            values = beyond + (values - beyond) * taper
            torus = np.full((side, side), beyond)
            torus[place] = values
            variance = max(float(values[reach, reach]), 1e-12)
            power = np.maximum(fft.rfft2(torus).real, _LEAST_POWER * variance)
            torus = fft.irfft2(power, (side, side))
            found.append(torus / torus[0, 0])
        return np.stack(found)


def box_means(torus: Floats, sizes: Iterable[int]) -> dict[tuple[int, int], Floats]:
    """Covariances between means over boxes of sizes (odd), by pair of sizes, on the same torus [t, t]."""
    power, side = fft.rfft2(torus), torus.shape[0]
    spectra = {}
    for size in sorted(set(sizes)):
        box = np.zeros((side, side))
        inside = np.arange(size) - size // 2
        box[np.ix_(inside % side, inside % side)] = 1 / size**2
        spectra[size] = fft.rfft2(box).real
    return {
        (one, other): fft.irfft2(power * spectra[one] * spectra[other], (side, side))
        for one in spectra
        for other in spectra
    }
