"""Distances between two sets of tiles, from their features, spectra and band statistics; plain numpy.

Floats are float64 [N, D], one row a tile. `real` and `fake` are to have the same count wherever a figure is compared
with its floor: all of these but KID depend on it.
"""

import numpy as np
from numpy.typing import NDArray

from ..raster.types import Floats

# Neighbours that span the neighbourhood of a tile, as the papers have them.
PRECISION_NEIGHBOURS = 3
DENSITY_NEIGHBOURS = 5
# Power below this share of the largest is rounding.
LEAST_POWER = 1e-12


def kernel_distance(real: Floats, fake: Floats) -> float:
    """KID: squared maximum mean discrepancy with the kernel (x.y / D + 1)^3, unbiased, so it may be below 0.

    Binkowski et al. 2018, Demystifying MMD GANs, equation 4 and section 3.2. At least two tiles each.
    """
    real_real, fake_fake = _kernel(real, real), _kernel(fake, fake)
    n, m = len(real), len(fake)
    within = (real_real.sum() - np.trace(real_real)) / (n * (n - 1))
    within += (fake_fake.sum() - np.trace(fake_fake)) / (m * (m - 1))
    return float(within - 2 * _kernel(real, fake).mean())


def frechet_distance(real: Floats, fake: Floats) -> float:
    """Squared Frechet distance of the normal distributions with the features' means and covariances.

    |m1 - m2|^2 + tr(C1 + C2 - 2 (C1 C2)^1/2): Heusel et al. 2017, equation 6. Grows as the count of tiles falls.
    """
    means = real.mean(axis=0) - fake.mean(axis=0)
    first, second = np.atleast_2d(np.cov(real.T)), np.atleast_2d(np.cov(fake.T))
    # The trace of (C1 C2)^1/2 is the sum of the singular values of C1^1/2 C2^1/2: safe where one is singular.
    cross = np.linalg.svd(_root(first) @ _root(second), compute_uv=False).sum()
    return float(means @ means + np.trace(first) + np.trace(second) - 2 * cross)


def precision_recall(real: Floats, fake: Floats) -> tuple[float, float]:
    """Shares of fake tiles among real ones and of real tiles among fake ones, each in 0..1.

    A tile is among others where it lies within the distance of one of them to its third neighbour: Kynkaanniemi et
    al. 2019, Improved precision and recall metric, equations 1 to 3.
    """
    across = distances(real, fake)
    precise = across <= _radii(real, PRECISION_NEIGHBOURS)[:, None]
    recalled = across <= _radii(fake, PRECISION_NEIGHBOURS)[None]
    return float(precise.any(axis=0).mean()), float(recalled.any(axis=1).mean())


def density_coverage(real: Floats, fake: Floats) -> tuple[float, float]:
    """How many real neighbourhoods a fake tile lies in, 1 expected for real ones; and the share of those that hold one.

    Naeem et al. 2020, Reliable fidelity and diversity metrics, equations 4 and 5, with five neighbours.
    """
    inside = distances(real, fake) <= _radii(real, DENSITY_NEIGHBOURS)[:, None]
    neighbours = min(DENSITY_NEIGHBOURS, len(real) - 1)
    return float(inside.sum(axis=0).mean() / neighbours), float(inside.any(axis=1).mean())


def distances(first: Floats, second: Floats) -> Floats:
    """Euclidean distances between rows: float64 [N, M]."""
    squares = (first**2).sum(axis=1)[:, None] + (second**2).sum(axis=1)[None] - 2 * first @ second.T
    return np.asarray(np.sqrt(squares.clip(min=0)))


def radial_power(tiles: NDArray[np.float32]) -> NDArray[np.float64]:
    """Power of each tile by spatial frequency: float64 [N, C, K], K = t // 2, from 1 to K cycles a tile.

    tiles: [N, C, t, t]. The mean of a tile is taken off and a Hann window put on, so that its border is no edge.
    """
    side = tiles.shape[-1]
    window = np.outer(*[np.hanning(side + 2)[1:-1]] * 2)
    frequencies = np.hypot(np.fft.fftfreq(side, 1 / side)[:, None], np.fft.rfftfreq(side, 1 / side)[None])
    rings = np.rint(frequencies).astype(np.intp)
    # The half plane that rfft leaves out mirrors the other: its columns count twice.
    weights = np.full(rings.shape, 2.0)
    weights[:, 0] = 1.0
    if side % 2 == 0:
        weights[:, -1] = 1.0
    members = (rings.ravel()[:, None] == np.arange(1, side // 2 + 1)) * weights.ravel()[:, None]
    members /= members.sum(axis=0)
    result = np.empty((*tiles.shape[:2], side // 2))
    for index, tile in enumerate(tiles):
        centred = tile - tile.mean(axis=(1, 2), keepdims=True, dtype=np.float64)
        result[index] = (np.abs(np.fft.rfft2(centred * window)) ** 2).reshape(len(tile), -1) @ members
    return result


def spectrum_distance(real: NDArray[np.float64], fake: NDArray[np.float64]) -> float:
    """Root mean square difference of two mean spectra [N, C, K] in dB, over bands and frequencies."""
    return float(np.sqrt(np.mean((decibels(real) - decibels(fake)) ** 2)))


def decibels(power: NDArray[np.float64]) -> NDArray[np.float64]:
    """The mean spectrum of tiles [N, C, K] in dB: float64 [C, K]."""
    mean = power.mean(axis=0)
    least = max(float(mean.max()) * LEAST_POWER, np.finfo(np.float64).tiny)
    return np.asarray(10 * np.log10(mean.clip(min=least)))


def band_moments(tiles: NDArray[np.float32]) -> NDArray[np.float64]:
    """Means of each tile's bands and of their products: float64 [N, C + 1, C + 1], the first row and column for 1.

    tiles: [N, C, t, t]. Sums of such are what the correlations of any set of tiles need.
    """
    count, channels = tiles.shape[:2]
    result = np.empty((count, channels + 1, channels + 1))
    for index, tile in enumerate(tiles):
        flat = np.concatenate([np.ones((1, tile[0].size)), tile.reshape(channels, -1)])
        result[index] = flat @ flat.T / flat.shape[1]
    return result


def band_correlations(moments: NDArray[np.float64]) -> NDArray[np.float64]:
    """Correlations between bands over all pixels of tiles with these moments: float64 [C, C]; 0 for constant bands."""
    mean = moments.mean(axis=0)
    covariance = mean[1:, 1:] - np.outer(mean[0, 1:], mean[0, 1:])
    deviation = np.sqrt(np.diagonal(covariance).clip(min=0))
    # What is left of a constant band is rounding of its square.
    deviation = np.where(deviation**2 > 1e-10 * (mean[0, 1:] ** 2 + 1e-300), deviation, np.inf)
    return np.asarray(covariance / np.outer(deviation, deviation))


def correlation_distance(real: NDArray[np.float64], fake: NDArray[np.float64]) -> float:
    """Root mean square difference of the correlations of two or more bands, in 0..2, from moments [N, C + 1, C + 1]."""
    pairs = np.triu_indices(real.shape[1] - 1, k=1)
    return float(np.sqrt(np.mean((band_correlations(real) - band_correlations(fake))[pairs] ** 2)))


def _kernel(first: Floats, second: Floats) -> Floats:
    return np.asarray((first @ second.T / first.shape[1] + 1) ** 3)


def _root(covariance: Floats) -> Floats:
    values, vectors = np.linalg.eigh(covariance)
    return np.asarray((vectors * np.sqrt(values.clip(min=0))) @ vectors.T)


def _radii(features: Floats, neighbours: int) -> Floats:
    """Distance of each row to its neighbour of that rank."""
    rank = min(neighbours, len(features) - 1)
    return np.asarray(np.partition(distances(features, features), rank, axis=1)[:, rank])
