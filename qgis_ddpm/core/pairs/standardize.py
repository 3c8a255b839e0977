"""Both dates brought to one brightness and contrast, each by itself, so that neither haze nor season looks like change.

Each band of each date gets the mean and deviation that a model's training tiles have, measured on pixels of the pair
that did not change. Unlike a fit of one date to the other, it does not matter which date comes first.
"""

from collections.abc import Generator
from dataclasses import dataclass

import numpy as np

from ...card import ModelCard
from ...events import Event, Note
from ..raster.types import Floats, Pixels
from .irmad import fitting_irmad
from .pair import Pair

# Pixels that are enough for a mean and a deviation.
SAMPLED = 1 << 15
# Where IR-MAD leaves fewer unchanged pixels than this share, all are taken.
LEAST_SHARE = 0.01
# A band that is constant stays so.
_LEAST_DEVIATION = 1e-6


@dataclass(frozen=True)
class BandStandardization:
    """Gain and offset of each band of one date, float32 [C, 1, 1]."""

    gain: Pixels
    offset: Pixels

    def apply(self, pixels: Pixels) -> Pixels:
        """Pixels [..., C, h, w] in the band's numbers at the model's brightness and contrast."""
        return pixels * self.gain + self.offset


# Of the first and of the second date.
Standardizations = tuple[BandStandardization, BandStandardization]


def measure_standardization(pair: Pair, card: ModelCard) -> Generator[Event, None, Standardizations]:
    """What brings both dates to the brightness of a model's tiles, from a sample that the pair alone decides.

    Raises InputError where nothing is valid.
    """
    sample = (yield from pair.sample()).thinned(SAMPLED)
    fit = yield from fitting_irmad(sample.before, sample.after, pair.rounding(sample))
    weights = fit.no_change(sample.before, sample.after)
    if weights.sum() < LEAST_SHARE * len(weights):
        yield Note(
            f"Less than {LEAST_SHARE:.0%} of the pixels seem unchanged: the dates' brightness is measured on all.",
            "warning",
        )
        weights = np.ones(len(weights))
    pair.forget_sample()
    return _standardization(sample.before, weights, card), _standardization(sample.after, weights, card)


def _standardization(pixels: Pixels, weights: Floats, card: ModelCard) -> BandStandardization:
    low, high = (np.array([getattr(band, name) for band in card.bands]) for name in ("low", "high"))
    mean = np.average(pixels.astype(np.float64), axis=0, weights=weights)
    deviation = np.sqrt(np.average(np.square(pixels - mean), axis=0, weights=weights))
    # Scaled to [-1, 1], training tiles have about mean 0 and the deviation that the card tells.
    target = card.sigma_data * (high - low) / 2
    gain = np.where(deviation > _LEAST_DEVIATION * (high - low), target / np.maximum(deviation, 1e-30), 1.0)
    offset = (low + high) / 2 - gain * mean
    return BandStandardization(gain.astype(np.float32)[:, None, None], offset.astype(np.float32)[:, None, None])
