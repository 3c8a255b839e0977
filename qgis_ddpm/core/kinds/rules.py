"""Kinds of change by a table of rules on two indices: how green, and how wet, a pixel is at either date.

The greenness is the NDVI. The wetness is the MNDWI where there is a short-wave band (Xu 2006), else the NDWI (McFeeters
1996), else the NDVI turned round. Limits on indices are absolute, so each date's haze is subtracted by its own dark
objects (Chavez 1988, doi 10.1016/0034-4257(88)90019-3), and what indices of unchanged pixels still differ by, such as
season and sensor, is shared by both dates. Bands that are matched by regression would carry the season into the limits.
"""

from collections.abc import Sequence

import numpy as np

from ..raster.types import Bytes, Floats, Pixels, Valid
from .classes import Kind
from .indices import indices_of, normalized_difference

LOSS, GAIN, BARE, FLOODED, DRIED, OTHER_CHANGE = range(1, 7)
KINDS = (
    Kind(LOSS, "loss of vegetation", (230, 159, 0, 255)),
    Kind(GAIN, "gain of vegetation", (0, 158, 115, 255)),
    Kind(BARE, "new bare or built ground", (213, 94, 0, 255)),
    Kind(FLOODED, "water gained", (0, 114, 178, 255)),
    Kind(DRIED, "water lost", (86, 180, 233, 255)),
    Kind(OTHER_CHANGE, "other change", (204, 121, 167, 255)),
)
# Wetter is water. Chosen with BARE_NDVI and DARK_GROUND by leaving scenes out: benchmarks/change_kinds.py.
WATER = {"mndwi": 0.0, "ndwi": 0.0, "dryness": 0.0}
# Less green is bare or built.
BARE_NDVI = 0.2
# Less of a difference is none.
NDVI_CHANGE = 0.1
# Of the range of a visible band: what the darkest ground itself reflects. The rest of its darkness is haze.
DARK_GROUND = 0.1
# Haze in the near infrared and beyond it is less than this share of what is brightest there.
_MOST_HAZE = 0.1
# Share of a band's range below which its numbers are nothing but haze and rounding.
_LEAST_SHARE = 1e-3
_DARKEST, _BRIGHTEST = 0.1, 99.0
# Pixels that are rather unchanged than not, the darkest per cent of them, and how many are enough.
_SAME, _DARK, _ENOUGH = 0.5, 1.0, 500
# A scene in which no pixel is as green, or as dark in the near infrared, has no dark object to tell the haze by.
_DENSE_NDVI, _DARK_NIR = 0.4, 0.15


class RuleKinds:
    """Kinds by the table; `KindsOfChange`."""

    kinds: Sequence[Kind] = KINDS

    def __init__(
        self, roles: Sequence[str], dates: Sequence[Pixels], weights: Floats, scales: Sequence[Floats]
    ) -> None:
        """Take haze and season from a sample.

        Args:
            roles: of the bands, among them red and nir.
            dates: any pixels of both, float32 [N, C] each, as they are in the files.
            weights: float64 [N], the probability that a pixel did not change.
            scales: of each date float64 [C, 2], from the numbers of its file to what they measure: scale and offset.
        """
        self._positions, self._scales = indices_of(roles), scales
        self._long = np.array([role in ("nir", "swir1", "swir2") for role in roles])
        measured = [date * scale[:, 0] + scale[:, 1] for date, scale in zip(dates, scales, strict=True)]
        told = any(self._has_dark(date) for date in measured)
        self._haze = _hazes(measured, weights, self._long) if told else [np.zeros(len(roles))] * 2
        self._least = [_LEAST_SHARE * np.abs(np.percentile(date, _BRIGHTEST, axis=0)) for date in measured]
        # NDVI and wetness by which the dates differ where nothing changed.
        self._shift = np.zeros(2)
        first, second = (self.indices(date, which) for which, date in enumerate(dates))
        self._shift = np.array([_median(new - old, weights) for old, new in zip(first, second, strict=True)])

    @staticmethod
    def allowed_by(roles: Sequence[str]) -> bool:
        """Whether bands of these roles suffice."""
        return "ndvi" in indices_of(roles)

    @property
    def wetness(self) -> str:
        """The index that tells water: mndwi, ndwi, or dryness for the NDVI turned round."""
        return next((name for name in ("mndwi", "ndwi") if name in self._positions), "dryness")

    def classify(self, before: Pixels, after: Pixels, matched: Pixels) -> Bytes:
        """Numbers uint8 [N] of changed pixels float32 [N, C]; the first rule that holds decides."""
        (green, wet), (green_after, wet_after) = self.indices(before, 0), self.indices(after, 1)
        return by_table(green, green_after, wet > WATER[self.wetness], wet_after > WATER[self.wetness])

    def indices(self, date: Pixels, which: int) -> tuple[Floats, Floats]:
        """Greenness and wetness float64 [N] of pixels float32 [N, C] of the first (0) or second (1) date."""
        scale = self._scales[which]
        clear = np.maximum(date * scale[:, 0] + scale[:, 1] - self._haze[which], self._least[which])
        green, wet = (self._shift / 2) * (1 - 2 * which)
        ndvi = normalized_difference(*(clear[:, band] for band in self._positions["ndvi"]))
        dry = self.wetness == "dryness"
        wetness = -ndvi if dry else normalized_difference(*(clear[:, band] for band in self._positions[self.wetness]))
        return ndvi + green, wetness + wet

    def _has_dark(self, date: Floats) -> bool:
        """Whether a date, measured, has something dark in it."""
        nir, red = self._positions["ndvi"]
        greenest = np.nanpercentile(normalized_difference(date[:, nir], date[:, red]), _BRIGHTEST)
        darkest, brightest = np.percentile(date[:, nir], [_DARKEST, _BRIGHTEST])
        return bool(greenest >= _DENSE_NDVI or darkest <= _DARK_NIR * brightest)


def _hazes(dates: Sequence[Floats], weights: Floats, long: Valid) -> list[Floats]:
    """The haze in each band of both dates, float64 [C] each.

    In visible light it is by the darkest ground of each date. long: the bands beyond, where what is darkest may be no
    water: there haze is small, and offsets between the dates are those of the darkest ground that did not change.
    """
    limits = [np.percentile(date, [_DARKEST, _BRIGHTEST], axis=0) for date in dates]
    visible = [np.maximum(low - DARK_GROUND * (high - low), 0.0) for low, high in limits]
    same = weights >= _SAME
    offset = np.zeros(len(long))
    for band in np.flatnonzero(long) if np.count_nonzero(same) >= _ENOUGH else ():
        first, second = (date[same, band] for date in dates)
        dark = first <= np.percentile(first, _DARK)
        offset[band] = np.median(second[dark] - first[dark])
    # Of the date with less of it; the other has the offset besides.
    ahead = [np.maximum(-offset, 0.0), np.maximum(offset, 0.0)]
    least = np.min([low - more for (low, _), more in zip(limits, ahead, strict=True)], axis=0)
    base = np.clip(least, 0.0, np.maximum(_MOST_HAZE * np.min([high for _, high in limits], axis=0), 0.0))
    return [np.where(long, base + more, own) for more, own in zip(ahead, visible, strict=True)]


def _median(values: Floats, weights: Floats) -> float:
    """The weighted median."""
    order = np.argsort(values, kind="stable")
    sums = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(sums, sums[-1] / 2)])


def by_table(
    ndvi: Floats,
    ndvi_after: Floats,
    water: Valid,
    water_after: Valid,
    bare: float = BARE_NDVI,
    least: float = NDVI_CHANGE,
) -> Bytes:
    """The table: NDVI of both dates and whether they are water, [N] each, to kinds uint8 [N]."""
    change = ndvi_after - ndvi
    rules = [
        (water_after & ~water, FLOODED),
        (water & ~water_after, DRIED),
        ((ndvi_after < bare) & (change <= -least) & ~water_after, BARE),
        (change <= -least, LOSS),
        (change >= least, GAIN),
    ]
    return np.select([rule for rule, _ in rules], [number for _, number in rules], OTHER_CHANGE).astype(np.uint8)
