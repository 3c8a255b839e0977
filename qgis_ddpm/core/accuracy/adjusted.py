"""Area of change and accuracy from a stratified random sample, with their uncertainty.

Estimators of Olofsson et al. 2014 (doi 10.1016/j.rse.2014.02.015), eq. 4 to 11, in the form of Stehman 2014 (doi
10.1080/01431161.2014.930207) for strata that are parts of the map's classes.
"""

from dataclasses import dataclass

import numpy as np
from scipy.stats import beta

from ..raster.types import Counts, Floats
from .confusion import RESAMPLES, Confusion, confusion_of
from .strata import CHANGED, Population

NORMAL_95 = 1.959964
_TAIL = 0.025
# Confusions are whole numbers: shares of the area are counted in so small parts of it.
_PARTS = 10**12


@dataclass(frozen=True)
class Estimate:
    """A share or an area with its standard error."""

    value: float
    error: float


@dataclass(frozen=True)
class StratifiedSample:
    """Labelled points of each stratum, all float64 or int64 [strata].

    weights: shares of the area. sizes: pixels. points: with a label; changes: those labelled as change. mapped: whether
    the map calls the stratum changed. The chance of a pixel to be drawn is in proportion to its area.
    """

    weights: Floats
    sizes: Counts
    points: Counts
    changes: Counts
    mapped: Counts

    @property
    def changed_share(self) -> Estimate:
        """Share of the area that changed (eq. 9 and 10)."""
        return Estimate(float(self.weights @ self._shares), self._error(np.ones(len(self.weights))))

    def interval(self) -> tuple[float, float]:
        """95 % interval of the share of the area that changed.

        Jeffreys' interval of each stratum, put together by the distances of their ends (MOVER: Zou and Donner 2008, doi
        10.1002/sim.3095). The normal one of eq. 11 has no width where no point of a stratum is an error, and covers as
        little as 80 % where errors are rare (benchmarks/area_coverage.py). Never below 0 or above 1.
        """
        low, high = self._jeffreys()
        shares, middle = self._shares, self.changed_share.value
        below = np.sqrt(np.sum((self.weights * (shares - low)) ** 2))
        above = np.sqrt(np.sum((self.weights * (high - shares)) ** 2))
        return float(max(middle - below, 0.0)), float(min(middle + above, 1.0))

    def normal_interval(self) -> tuple[float, float]:
        """The interval of eq. 11."""
        share = self.changed_share
        return share.value - NORMAL_95 * share.error, share.value + NORMAL_95 * share.error

    def overall_accuracy(self) -> Estimate:
        """Share of the area that the map has right (eq. 4 and 5)."""
        return Estimate(float(self.weights @ self._right(1)) + float(self.weights @ self._right(0)), self._error(1.0))

    def users_accuracy(self, changed: int) -> Estimate:
        """Of what the map calls changed (1) or unchanged (0), the share that is so; 0 where the map has none."""
        of_class = self.weights * (self.mapped == changed)
        whole = float(of_class.sum())
        if not whole:
            return Estimate(0.0, 0.0)
        return Estimate(float(self.weights @ self._right(changed)) / whole, self._error(self.mapped == changed) / whole)

    def producers_accuracy(self, changed: int) -> Estimate:
        """Of what is changed (1) or unchanged (0), the share that the map calls so; 0 where nothing is."""
        truly = self._shares if changed else 1 - self._shares
        whole = float(self.weights @ truly)
        if not whole:
            return Estimate(0.0, 0.0)
        ratio = float(self.weights @ self._right(changed)) / whole
        # A point of the class counts 1 - ratio where it is found, and -ratio where it is missed.
        return Estimate(ratio, self._error(np.where(self.mapped == changed, 1 - ratio, ratio)) / whole)

    def confusion(self, shares: Floats | None = None) -> Confusion:
        """The map against the truth, in parts of the area; shares: changed ones of the strata, None: the sample's."""
        changed = self.weights * (self._shares if shares is None else shares)
        unchanged = self.weights - changed
        mapped = self.mapped == 1
        parts = unchanged[~mapped].sum(), changed[mapped].sum(), unchanged[mapped].sum(), changed[~mapped].sum()
        return confusion_of([round(float(part) * _PARTS) for part in parts])

    def drawn(self, seed: int) -> list[Confusion]:
        """Confusions that the sample leaves possible: changed shares from Jeffreys' posterior of each stratum."""
        rng = np.random.default_rng(seed)
        points, changes = self._effective()
        known = ~np.isfinite(points)
        points, changes = np.where(known, 1.0, points), np.where(known, 0.5, changes)
        shares = rng.beta(changes + 0.5, points - changes + 0.5, (RESAMPLES, len(points)))
        return [self.confusion(np.where(known, self._shares, each)) for each in shares]

    @property
    def _shares(self) -> Floats:
        shares: Floats = self.changes / self.points
        return shares

    def _right(self, changed: int) -> Floats:
        """Of each stratum, the share that is of the class and mapped as it."""
        truly = self._shares if changed else 1 - self._shares
        return np.where(self.mapped == changed, truly, 0.0)

    def _effective(self) -> tuple[Floats, Floats]:
        """Points, and changes among them, that say as much of endless strata; infinite where all pixels were drawn."""
        with np.errstate(divide="ignore", invalid="ignore"):
            points: Floats = self.points * np.maximum(self.sizes - 1, 1) / (self.sizes - self.points).clip(0)
            return points, self._shares * points

    def _jeffreys(self) -> tuple[Floats, Floats]:
        points, _ = self._effective()
        known, shares = ~np.isfinite(points), self._shares
        points = np.where(known, 1.0, points)
        changes = shares * points
        low = np.where(self.changes > 0, beta.ppf(_TAIL, changes + 0.5, points - changes + 0.5), 0.0)
        high = np.where(self.changes < self.points, beta.ppf(1 - _TAIL, changes + 0.5, points - changes + 0.5), 1.0)
        return np.where(known, shares, low), np.where(known, shares, high)

    def _error(self, factors: Floats | float) -> float:
        """Standard error of a sum over strata of weight x factor x share, with the correction for small strata."""
        left = 1 - self.points / self.sizes
        spread = self._shares * (1 - self._shares) / np.maximum(self.points - 1, 1)
        return float(np.sqrt(np.sum((self.weights * factors) ** 2 * left * spread)))


def stratified_sample(population: Population, points: Counts, changes: Counts) -> StratifiedSample:
    """The sample of a map's strata; points, changes: labelled, and labelled as change, int64 [3] by their codes."""
    codes = population.strata
    mapped = np.array([int(code == CHANGED) for code in codes])
    return StratifiedSample(population.shares[codes], population.pixels[codes], points[codes], changes[codes], mapped)
