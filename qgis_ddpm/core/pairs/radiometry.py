"""Fitting one date's brightness to the other's, on pixels that did not change."""

import numpy as np

from ..raster.types import Floats, Pixels


def match_bands(before: Pixels, after: Pixels, weights: Floats) -> tuple[Floats, Floats]:
    """Gain and offset, float64 [C] each, that bring `after` to `before`, band by band.

    before, after: float32 [N, C]; weights: float64 [N], the probability of no change. Orthogonal regression, which
    grants both dates noise; for equal dates gain is exactly 1 and offset exactly 0. A band that does not rise with the
    other is only shifted. Canty and Nielsen 2008 (doi 10.1016/j.rse.2007.07.013).
    """
    gains, offsets = np.ones(before.shape[1]), np.zeros(before.shape[1])
    total = weights.sum()
    for band in range(before.shape[1]):
        x, y = after[:, band].astype(np.float64), before[:, band].astype(np.float64)
        mean_x, mean_y = (weights * x).sum() / total, (weights * y).sum() / total
        x, y = x - mean_x, y - mean_y
        xx, yy, xy = (weights * x * x).sum(), (weights * y * y).sum(), (weights * x * y).sum()
        if xy > 0:
            gains[band] = (yy - xx + np.sqrt(np.square(yy - xx) + 4 * xy * xy)) / (2 * xy)
        offsets[band] = mean_y - gains[band] * mean_x
    return gains, offsets
