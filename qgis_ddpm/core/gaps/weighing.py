"""Which estimate counts how much, and how large the error is that is left: both from held-out pixels, by distance.

For each component and distance from the next known pixel, weights that add up to 1 and are not negative minimise the
error on what was held out (stacking: Wolpert 1992; Breiman 1996). The spread is a quantile of what is left, so that the
intervals which users make of it hold as often as they say.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy import stats

from ..raster.types import Floats, Valid

# Distances in px that are looked at; between them, weights and errors change with the logarithm.
NODES = 2.0 ** np.arange(0, 8)
# Errors between -1.645 and 1.645 standard deviations are 90 % of Gaussian ones.
QUANTILE, DEVIATIONS = 0.9, 1.6449
# Fewer held-out pixels near a distance tell nothing of it.
_LEAST_PIXELS = 60
# Pixels at a distance of d px are as sure as so many patches of 2 d by 2 d px, or as these at least.
_LEAST_PATCHES = 2.0
# Errors grow by so much at most where the distance doubles: as on a plane.
_MOST_GROWTH = 2.0
# Added to the diagonal: estimates that are nearly alike share their weight.
_STEADY = 0.02
# Weights that are smaller all over are not worth their time.
_LEAST_WEIGHT = 0.03


@dataclass(frozen=True)
class Held:
    """What was held out: distances [n], true components [C, n], and estimates of each way [C, n]."""

    distance: Floats
    truth: Floats
    estimates: Mapping[str, Floats]

    @classmethod
    def joined(cls, parts: Sequence["Held"]) -> "Held":
        """All of several together."""
        return cls(
            np.concatenate([part.distance for part in parts]),
            np.concatenate([part.truth for part in parts], axis=1),
            {way: np.concatenate([part.estimates[way] for part in parts], axis=1) for way in parts[0].estimates},
        )


@dataclass(frozen=True)
class Weights:
    """How much each way counts, by distance and component: float64 [ways, nodes, C]."""

    ways: tuple[str, ...]
    values: Floats

    @classmethod
    def fit(cls, held: Held, ways: Sequence[str]) -> "Weights":
        """The weights that minimise the held-out error; ways that hardly count are dropped."""
        ways = tuple(way for way in ways if way in held.estimates)
        values = _fitted(held, ways)
        kept = tuple(way for way, each in zip(ways, values, strict=True) if each.max() >= _LEAST_WEIGHT)
        return cls(ways, values) if kept == ways else cls(kept, _fitted(held, kept))

    def mixed(self, estimates: Mapping[str, Floats], distance: Floats) -> Floats:
        """The mean [C, ...] of the estimates [C, ...] by the weights at a distance [...]."""
        shares = _shares(distance)
        total = np.zeros_like(next(iter(estimates.values())))
        weight = np.zeros_like(total)
        for way, values in zip(self.ways, self.values, strict=True):
            if way in estimates:
                here = np.tensordot(values.T, shares, axes=1)
                total += here * estimates[way]
                weight += here
        return np.divide(total, weight, out=total, where=weight > 0)


@dataclass(frozen=True)
class Errors:
    """What is left, by distance: root mean square and spread [nodes, C] of each band, and where they were measured."""

    rms: Floats
    spread: Floats

    @classmethod
    def fit(cls, distance: Floats, errors: Floats, limit: Floats) -> "Errors":
        """From errors [C, n] at distances [n]; limit: [C], what they may grow to where nothing could be held out."""
        shares = _shares(distance)
        rms, spread = np.zeros((len(NODES), len(errors))), np.zeros((len(NODES), len(errors)))
        absolute = np.abs(errors)
        measured = shares.sum(axis=1) >= _LEAST_PIXELS
        overall = np.ones(errors.shape[1])
        for node in range(len(NODES)):
            if measured[node] or not measured.any():
                weights = shares[node] if measured.any() else overall
                rms[node] = np.sqrt(absolute**2 @ weights / max(weights.sum(), 1e-12))
                spread[node] = [_quantile(band, weights) / DEVIATIONS for band in absolute]
                spread[node] *= _few(float(weights.sum()) / (2 * NODES[node]) ** 2)
        return cls(*(_continued(each, measured, limit) for each in (rms, spread)))

    def at(self, values: Floats, distance: Floats) -> Floats:
        """Values [nodes, C] at a distance [...]: [C, ...]."""
        found: Floats = np.tensordot(values.T, _shares(distance), axes=1)
        return found


def _fitted(held: Held, ways: Sequence[str]) -> Floats:
    shares = _shares(held.distance)
    errors = np.stack([held.estimates[way] - held.truth for way in ways])
    values = np.zeros((len(ways), len(NODES), held.truth.shape[0]))
    everywhere = np.ones(errors.shape[2])
    last = None
    enough = shares.sum(axis=1) >= _LEAST_PIXELS
    for node in range(len(NODES)):
        if enough[node] or last is None:
            weights = shares[node] if enough[node] else everywhere
            for component in range(values.shape[2]):
                here = errors[:, component]
                values[:, node, component] = _best_weights((here * weights) @ here.T / max(weights.sum(), 1e-12))
            last = values[:, node]
        values[:, node] = last
    return values


def _best_weights(products: Floats) -> Floats:
    """Weights that are not negative, add up to 1 and have the least error, of mean products of errors [M, M]."""
    count = len(products)
    steady = products + _STEADY * np.trace(products) / count * np.eye(count) + 1e-12 * np.eye(count)
    best, least = np.full(count, 1 / count), np.inf
    for size in range(1, count + 1):
        for chosen in combinations(range(count), size):
            part = steady[np.ix_(chosen, chosen)]
            weights = np.linalg.solve(part, np.ones(size))
            if weights.sum() <= 0 or weights.min() < 0:
                continue
            weights /= weights.sum()
            error = float(weights @ part @ weights)
            if error < least:
                best, least = np.zeros(count), error
                best[list(chosen)] = weights
    return best


def _shares(distance: Floats) -> Floats:
    """How much each node tells of a distance [...]: [nodes, ...], 1 in sum."""
    place = np.clip(np.log2(np.maximum(distance, 1.0)), 0, len(NODES) - 1)
    nodes = np.arange(len(NODES)).reshape(-1, *[1] * np.ndim(distance))
    shares: Floats = np.maximum(1 - np.abs(place - nodes), 0)
    return shares


def _few(patches: float) -> float:
    """How much wider an interval has to be that rests on so few patches as wide as their distance (Student's t)."""
    return float(stats.t.ppf(1 - (1 - QUANTILE) / 2, max(patches, _LEAST_PATCHES))) / DEVIATIONS


def _quantile(values: Floats, weights: Floats) -> float:
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order])
    return float(values[order][min(int(np.searchsorted(reached, QUANTILE * reached[-1])), len(values) - 1)])


def _continued(values: Floats, measured: Valid, limit: Floats) -> Floats:
    """Values [nodes, C] where nothing was measured: nearer, as measured next.

    Further they grow as they did last, as heights of a slope do, and to the limit at least.
    """
    found = values.copy()
    if not measured.any():
        return found
    first = int(np.argmax(measured))
    found[:first] = found[first]
    growth = np.ones(found.shape[1])
    grown = found[first]
    for node in range(first + 1, len(found)):
        if measured[node]:
            growth = np.clip(found[node] / np.maximum(found[node - 1], 1e-12), 1.0, _MOST_GROWTH)
            grown = found[node]
        else:
            grown = grown * growth
            found[node] = np.maximum(np.maximum(found[node - 1], grown), limit)
    return found
