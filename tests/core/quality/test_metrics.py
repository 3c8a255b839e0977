"""The figures against their definitions, written out slowly or by another library."""

import numpy as np
import pytest
from scipy.linalg import sqrtm

from qgis_ddpm.core.quality.metrics import (
    band_correlations,
    band_moments,
    correlation_distance,
    decibels,
    density_coverage,
    frechet_distance,
    kernel_distance,
    precision_recall,
    radial_power,
    spectrum_distance,
)


def normal(count, dimensions, seed, shift=0.0, scale=1.0):
    return np.random.default_rng(seed).standard_normal((count, dimensions)) * scale + shift


def test_kernel_distance_is_the_sum_over_pairs():
    real, fake = normal(7, 3, 0), normal(5, 3, 1, shift=0.5)

    def k(x, y):
        return (np.dot(x, y) / 3 + 1) ** 3

    within = sum(k(real[i], real[j]) for i in range(7) for j in range(7) if i != j) / 42
    within += sum(k(fake[i], fake[j]) for i in range(5) for j in range(5) if i != j) / 20
    across = sum(k(x, y) for x in real for y in fake) / 35
    assert abs(kernel_distance(real, fake) - (within - 2 * across)) < 1e-12


def test_kernel_distance_of_the_same_kind_is_0_on_average():
    values = [kernel_distance(normal(20, 4, seed), normal(20, 4, 1000 + seed)) for seed in range(400)]
    error = np.std(values) / len(values) ** 0.5
    assert abs(np.mean(values)) < 3 * error
    assert kernel_distance(normal(200, 4, 0), normal(200, 4, 1, shift=0.5)) > 10 * error


def test_frechet_distance_is_that_of_the_matrix_square_root():
    real, fake = normal(50, 6, 0) @ normal(6, 6, 1), normal(60, 6, 2, shift=1) @ normal(6, 6, 3)
    first, second = np.cov(real.T), np.cov(fake.T)
    wanted = ((real.mean(0) - fake.mean(0)) ** 2).sum() + np.trace(first + second - 2 * sqrtm(first @ second).real)
    assert abs(frechet_distance(real, fake) - wanted) < 1e-9 * wanted


def test_frechet_distance_of_fewer_tiles_than_features_and_of_one_feature():
    real = normal(5, 20, 0)
    assert abs(frechet_distance(real, real)) < 1e-9
    assert abs(frechet_distance(real, real + 2) - 80) < 1e-9
    one, other = normal(100, 1, 1), normal(100, 1, 2, shift=1, scale=3)
    wanted = (one.mean() - other.mean()) ** 2 + (one.std(ddof=1) - other.std(ddof=1)) ** 2
    assert abs(frechet_distance(one, other) - wanted) < 1e-12


def test_precision_and_recall_on_a_line():
    real = np.arange(10.0)[:, None]
    # Third neighbours lie at 3 from the ends, 2 from most others; so 10.5 is near the last, 30 near none.
    fake = np.array([4.1, 4.2, 4.3, 4.4, 4.5, 10.5, 30.0, 30.1, 30.2, 30.3])[:, None]
    precision, recall = precision_recall(real, fake)
    assert precision == 0.6
    # Third neighbours of the fake ones: at most 0.4 within 4.1..4.5, 6.2 for 10.5 (4.4), 0.3 around 30.
    near = [any(abs(r - f) <= radius for f, radius in _radii(fake[:, 0], 3)) for r in real[:, 0]]
    assert recall == np.mean(near)


def _radii(points, rank):
    return [(point, sorted(abs(points - point))[rank]) for point in points]


def test_density_counts_neighbourhoods_and_coverage_those_that_are_met():
    real = np.arange(12.0)[:, None] ** 1.2
    fake = np.array([3.0, 3.1, 50.0])[:, None]
    radii = _radii(real[:, 0], 5)
    inside = [[abs(f - r) <= radius for f in fake[:, 0]] for r, radius in radii]
    density, coverage = density_coverage(real, fake)
    assert abs(density - np.sum(inside) / (3 * 5)) < 1e-12
    assert coverage == np.mean(np.any(inside, axis=1))


def test_density_and_coverage_of_the_same_kind():
    density, coverage = density_coverage(normal(400, 2, 0), normal(400, 2, 1))
    assert abs(density - 1) < 0.1
    assert coverage > 0.93


@pytest.mark.parametrize("side", [16, 17])
def test_the_power_of_a_wave_is_at_its_frequency_and_that_of_noise_is_even(side):
    x = np.arange(side) / side
    wave = np.broadcast_to(np.sin(2 * np.pi * 5 * x), (1, 1, side, side)).astype(np.float32)
    for tiles in (wave, wave.swapaxes(-1, -2)):
        assert radial_power(tiles)[0, 0].argmax() == 5 - 1
    noise = np.random.default_rng(0).standard_normal((400, 1, side, side)).astype(np.float32)
    power = radial_power(noise).mean(axis=0)[0]
    # The window takes its share of the lowest, with the mean.
    assert np.abs(power[1:] / power[1:].mean() - 1).max() < 0.1


def test_power_is_the_mean_over_the_whole_plane():
    tile = np.random.default_rng(0).standard_normal((1, 2, 8, 8)).astype(np.float32)
    window = np.outer(np.hanning(10)[1:-1], np.hanning(10)[1:-1])
    plane = np.abs(np.fft.fft2((tile[0] - tile[0].mean(axis=(1, 2), keepdims=True)) * window)) ** 2
    frequency = np.fft.fftfreq(8, 1 / 8)
    rings = np.rint(np.hypot(frequency[:, None], frequency[None]))
    wanted = np.stack([plane[:, rings == ring].mean(axis=1) for ring in range(1, 5)], axis=1)
    np.testing.assert_allclose(radial_power(tile)[0], wanted, rtol=1e-5)


def test_a_contrast_of_ten_is_twenty_decibels():
    power = radial_power(np.random.default_rng(0).standard_normal((4, 3, 16, 16)).astype(np.float32))
    assert abs(spectrum_distance(power, 100 * power) - 20) < 1e-9
    assert np.isfinite(decibels(np.zeros((2, 1, 8)))).all()


def test_correlations_are_those_of_all_pixels():
    random = np.random.default_rng(0)
    tiles = random.standard_normal((6, 3, 8, 8)).astype(np.float32)
    tiles[:, 1] += tiles[:, 0]
    wanted = np.corrcoef(tiles.transpose(1, 0, 2, 3).reshape(3, -1))
    assert np.abs(band_correlations(band_moments(tiles)) - wanted).max() < 1e-9
    reversed_ = correlation_distance(band_moments(tiles), band_moments(tiles[:, ::-1]))
    pairs = np.triu_indices(3, 1)
    assert abs(reversed_ - np.sqrt(np.mean((wanted - wanted[::-1, ::-1])[pairs] ** 2))) < 1e-9


def test_a_constant_band_has_no_correlation():
    tiles = np.random.default_rng(0).standard_normal((6, 2, 8, 8)).astype(np.float32)
    tiles[:, 1] = 1000.1
    found = band_correlations(band_moments(tiles))
    assert np.isfinite(found).all()
    assert abs(found[0, 1]) < 1e-9
