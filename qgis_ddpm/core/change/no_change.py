"""How far pixels go apart that did not change, told by the pair itself: an empirical null distribution.

Once surroundings count, distances of unchanged pixels are no longer chi-squared, and what season, compression and
registration leave of them has longer tails in one pair than in the next (Efron 2004, doi 10.1198/016214504000000089).
"""

import numpy as np
from scipy.special import ndtri

from ..pairs.irmad import NO_DISTANCE
from ..raster.types import Floats

# The part of the distances that is certainly of unchanged pixels, once what is beyond the usual limit is left out, and
# far enough from the smallest, which are rounding: quantiles between which their logarithm is taken for normal.
BODY = (0.3, 0.7)
# Without so many pixels their quantiles are chance.
LEAST = 100


def false_alarm_limit(distances: Floats, usual: float, false_alarms: float) -> float:
    """The distance that this share of the unchanged pixels reaches.

    What reaches the usual limit is left out as change, and the rest tells its own quantile. Where more than the share
    asked for was left out, that may have cut a tail of unchanged pixels, which is drawn on from the rest's body.

    distances: float64 [N] >= 0 of a sample. usual: the limit at which change begins where nobody asks for a share.
    """
    beyond = distances >= usual
    rest = distances[~beyond]
    if len(rest) < LEAST or not rest.any():
        return usual
    limit = max(float(np.quantile(rest, 1 - false_alarms)), NO_DISTANCE)
    low, high = np.quantile(rest, BODY)
    if low <= 0 or beyond.mean() <= false_alarms:
        return limit
    first, second = ndtri(BODY)
    spread = np.log(high / low) / (second - first)
    return max(limit, float(low * np.exp(spread * (ndtri(1 - false_alarms) - first))))
