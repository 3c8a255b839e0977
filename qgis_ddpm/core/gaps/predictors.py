"""Other dates as predictors: a few components of all their bands, whole wherever one of the dates is there.

Where one date has a gap of its own, its bands are what the others let expect (the conditional mean of Gaussian bands),
so that one regression serves every combination of dates.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..raster.types import Floats, Valid
from .bands import Components

# Further components of many bands say little, and cost with their square.
MOST_PREDICTORS = 10
_RIDGE = 1e-3


@dataclass(frozen=True)
class Predictors:
    """How bands of other dates become predictors. counts: bands of each date."""

    counts: tuple[int, ...]
    mean: Floats
    deviation: Floats
    covariance: Floats
    components: Components
    kept: int

    @classmethod
    def fit(cls, bands: Floats, there: Valid, counts: Sequence[int]) -> "Predictors":
        """From pixels [F, n] of a sample and where each date is there [dates, n]."""
        seen = np.repeat(there, counts, axis=0)
        number = np.maximum(seen.sum(axis=1), 1)
        mean = (bands * seen).sum(axis=1) / number
        deviation = np.sqrt(((bands - mean[:, None]) ** 2 * seen).sum(axis=1) / number)
        deviation = np.where(deviation > 0, deviation, 1.0)
        unit = (bands - mean[:, None]) / deviation[:, None] * seen
        together = np.maximum(seen.astype(np.float64) @ seen.T.astype(np.float64), 1)
        covariance = unit @ unit.T / together
        first = cls(tuple(counts), mean, deviation, covariance, Components.of(np.zeros((1, 1))), 0)
        whole = first._whole(bands, there)[:, there.any(axis=0)]
        components = Components.of(whole)
        return cls(tuple(counts), mean, deviation, covariance, components, min(len(bands), MOST_PREDICTORS))

    def of(self, bands: Floats, there: Valid) -> Floats:
        """Predictors [kept + 1, h, w], the last of which is 1; 0 where no date is there."""
        any_there = there.any(axis=0)
        unit = self._whole(bands.reshape(len(bands), -1), there.reshape(len(there), -1))
        strongest = self.components.forward(unit)[::-1][: self.kept].reshape(self.kept, *any_there.shape)
        found: Floats = np.concatenate([strongest * any_there, any_there[None].astype(np.float64)])
        return found

    def _whole(self, bands: Floats, there: Valid) -> Floats:
        """Bands [F, n] of mean 0 and variance 1, with what is missing in one date as the others let expect."""
        unit: Floats = (bands - self.mean[:, None]) / self.deviation[:, None]
        code = (there * (1 << np.arange(len(there)))[:, None]).sum(axis=0)
        for pattern in np.unique(code):
            has = np.repeat([bool(pattern >> date & 1) for date in range(len(there))], self.counts)
            if has.all():
                continue
            pixels = np.flatnonzero(code == pattern)
            if not has.any():
                unit[:, pixels] = 0
                continue
            among = self.covariance[np.ix_(has, has)] + _RIDGE * np.eye(int(has.sum()))
            towards = np.linalg.solve(among, self.covariance[np.ix_(has, ~has)])
            unit[np.ix_(~has, pixels)] = towards.T @ unit[np.ix_(has, pixels)]
        return unit
