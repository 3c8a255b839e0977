"""From distances to scores, and the score at which change begins."""

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincinv

from ..raster.types import Floats

# One pixel in so many of a scene without change may be called changed.
FALSE_ALARMS = 1e-4
# Standard deviations: what noise, resampling by a fraction of a pixel and compression leave of unchanged pixels.
NOTHING_CHANGED = 0.75
# The score of a distance at which change begins, where the distance alone can tell.
HALF = 0.5
# Share of the pixels, those that differ least, that are taken to be unchanged.
BULK = 0.35


def score(distance: Floats, half: float) -> NDArray[np.float32]:
    """Distances in [0, inf) as scores in [0, 1), 0.5 at the distance `half`; not calibrated."""
    squared = np.square(distance / half)
    result: NDArray[np.float32] = (squared / (1 + squared)).astype(np.float32)
    return result


def noise_limit(bands: int) -> float:
    """The distance that FALSE_ALARMS of unchanged pixels exceed, where its square times `bands` is chi-squared."""
    return _chi(bands, 1 - FALSE_ALARMS)


def bulk_limit(distances: Floats, bands: int) -> float:
    """`noise_limit` where the noise's size is unknown: taken from the smallest distances, BULK of all.

    distances: float64 [N], of which at least BULK have to be of unchanged pixels. Two classes are not assumed: where
    nothing changed, the noise would be split.
    """
    return float(np.quantile(distances, BULK)) / _chi(bands, BULK) * noise_limit(bands)


def _chi(bands: int, share: float) -> float:
    """Quantile of the root mean square of `bands` standard normal numbers."""
    return float(np.sqrt(2 * gammaincinv(bands / 2, share) / bands))
