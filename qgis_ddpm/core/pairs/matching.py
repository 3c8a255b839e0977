"""Fitting two dates to each other before they are compared, on pixels that did not change."""

from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from math import ceil

import numpy as np

from ...events import Event, Note, Progress
from ..gdal.opening import gdal_options
from ..raster.types import Floats, Pixels, Window
from ..threads import in_order
from .pair import Pair
from .psf_matching import MARGIN_PX, MAX_BANDS, PsfMoments

# Bounds the time of the moments, which grows with the square of the number of bands.
MAX_PRODUCTS = 1 << 30
# Gain and offset of fewer unchanged pixels would be chance.
LEAST_UNCHANGED = 20


@dataclass(frozen=True)
class UnchangedFit:
    """What brings the second date to the first: gain and offset float64 [C].

    weights: of the pixels of the sample, float64 [N]. enough: whether so many pixels seem unchanged that the weights
    are theirs, not those of all pixels.
    """

    gain: Floats
    offset: Floats
    weights: Floats
    enough: bool


def unchanged_fit(pair: Pair) -> Generator[Event, None, UnchangedFit]:
    """Fit the second date's brightness to the first on the pixels of the sample that IR-MAD calls unchanged."""
    sample = yield from pair.sample()
    fit = yield from pair.irmad()
    weights = fit.no_change(sample.before, sample.after)
    enough = bool(np.square(weights).sum() * LEAST_UNCHANGED <= weights.sum() ** 2 and weights.any())
    weights = weights if enough else np.ones(len(weights))
    return UnchangedFit(*match_bands(sample.before, sample.after, weights), weights, enough)


def match_brightness(pair: Pair) -> Generator[Event, None, None]:
    """Fit the second date's brightness to the first on the pixels that IR-MAD calls unchanged."""
    fit = yield from unchanged_fit(pair)
    if not fit.enough:
        yield Note(
            f"RADIOMETRY match: fewer than {LEAST_UNCHANGED} px seem unchanged; the dates are matched on all pixels, "
            "so that change between them counts as brightness too.",
            "warning",
        )
    pair.match(fit.gain, fit.offset)
    shown = "; ".join(f"{g:.4g} x {o:+.4g}" for g, o in zip(fit.gain, fit.offset, strict=True))
    yield Note(f"RADIOMETRY match: the second date's bands become {shown[:500]}.")


def match_psf(pair: Pair) -> Generator[Event, None, None]:
    """Filter the sharper date, where that takes away enough of what unchanged pixels differ by."""
    if pair.count > MAX_BANDS:
        return
    sample = yield from pair.sample(margin=True)
    fit = yield from pair.irmad()
    moments = PsfMoments(fit, sample.before.std(axis=0), sample.after.std(axis=0))
    every = max(ceil(len(sample.before) * (10 * pair.count) ** 2 / MAX_PRODUCTS), 1)

    def sums_of(spots: Sequence[Window]) -> list[tuple[Floats, float]]:
        margin = 2 * MARGIN_PX
        with gdal_options():
            windows = (
                pair.read_dates(row - MARGIN_PX, col - MARGIN_PX, height + margin, width + margin)
                for row, col, height, width in spots
            )
            return [moments.of_window(dates, every) for dates in windows]

    with closing(in_order(sums_of, sample.spots)) as sums:
        for number, row in enumerate(sums, start=1):
            for each in row:
                moments.add(*each)
            yield Progress(number, len(sample.spots), "row of windows", "statistics")
    before, after = moments.fit()
    pair.filter(before, after)
    psf = before or after
    if psf is not None:
        which = "first" if before else "second"
        yield Note(
            f"ALIGN: a filter of 3 x 3 px matches the detail of the {which} date to the other's. It takes away "
            f"{psf.explained:.0%} of what unchanged pixels differ by."
        )


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
