"""From distances to scores, and the score at which change begins."""

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincinv

Array = NDArray[np.float64]

# One pixel in so many of a scene without change may be called changed.
FALSE_ALARMS = 1e-4
# Standard deviations: what noise, resampling by a fraction of a pixel and compression leave of unchanged pixels.
NOTHING_CHANGED = 0.75
# The score of a distance at which change begins, where the distance alone can tell.
HALF = 0.5
_BINS = 1024


def score(distance: Array, half: float) -> NDArray[np.float32]:
    """Distances in [0, inf) as scores in [0, 1), 0.5 at the distance `half`; not calibrated."""
    squared = np.square(distance / half)
    result: NDArray[np.float32] = (squared / (1 + squared)).astype(np.float32)
    return result


def noise_limit(bands: int) -> float:
    """The distance that FALSE_ALARMS of unchanged pixels exceed, where its square times `bands` is chi-squared."""
    return float(np.sqrt(2 * gammaincinv(bands / 2, 1 - FALSE_ALARMS) / bands))


def two_means(values: NDArray[np.float64]) -> float:
    """The middle between the means of the two classes that it separates, on a histogram (Ridler and Calvard 1978)."""
    low, high = float(values.min()), float(values.max())
    counts, edges = np.histogram(values, _BINS, (low, high if high > low else low + 1))
    middles = (edges[:-1] + edges[1:]) / 2
    limit = (low + high) / 2
    for _ in range(_BINS):
        below = middles <= limit
        if not counts[below].any() or not counts[~below].any():
            return limit
        means = [float(np.average(middles[side], weights=counts[side])) for side in (below, ~below)]
        if limit == sum(means) / 2:
            return limit
        limit = sum(means) / 2
    return limit
