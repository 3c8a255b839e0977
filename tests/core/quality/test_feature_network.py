"""Corruptions do what they say; features are the same each time, for any bands, and see what was corrupted."""

import numpy as np
import pytest
import torch

from qgis_ddpm.core.quality.corruptions import (
    bands_exchanged,
    blurred,
    corrupted,
    corruptions,
    noisy,
    pieces_shuffled,
    random_dihedral,
)
from qgis_ddpm.core.quality.feature_network import learn_features
from qgis_ddpm.core.quality.metrics import frechet_distance

CPU = torch.device("cpu")


def generator(seed=0):
    return torch.Generator().manual_seed(seed)


def tiles(count, channels=2, side=16, seed=0):
    """Bright squares on a dim texture, in the numbers of a 16-bit raster."""
    random = np.random.default_rng(seed)
    found = 1000 + 50 * random.standard_normal((count, channels, side, side))
    for tile in found:
        row, col = random.integers(0, side - 5, 2)
        tile[:, row : row + 5, col : col + 5] += 400 + 300 * np.arange(channels)[:, None, None]
    return found.astype(np.float32)


def learnt(real, **options):
    work = learn_features(real, 0, CPU, **options)
    counts = []
    while True:
        try:
            counts.append(next(work))
        except StopIteration as finished:
            return finished.value, counts


@pytest.mark.parametrize("corrupt", corruptions(3))
def test_an_alteration_keeps_the_shape_and_leaves_its_input_alone(corrupt):
    original = torch.randn(6, 3, 18, 18, generator=generator(1))
    before = original.clone()
    found = corrupt(original, generator())
    assert found.shape == original.shape
    assert torch.equal(original, before)
    assert (found - original).abs().amax(dim=(1, 2, 3)).gt(1e-4).any()


def test_pieces_bands_and_turns_keep_every_number():
    original = torch.randn(6, 3, 16, 16, generator=generator(1))
    for corrupt in (pieces_shuffled, random_dihedral, bands_exchanged):
        found = corrupt(original, generator())
        assert torch.equal(found.flatten(1).sort().values, original.flatten(1).sort().values), corrupt
    found = bands_exchanged(original, generator())
    assert torch.equal(
        found.flatten(2).sort().values.sort(dim=1).values, original.flatten(2).sort().values.sort(1).values
    )


def test_blur_keeps_the_mean_inside_and_lowers_the_contrast():
    original = torch.randn(50, 1, 40, 40, generator=generator(1))
    found = blurred(original, generator())
    ratio = (found.std(dim=(1, 2, 3)) / original.std(dim=(1, 2, 3))).sort().values
    assert ratio[0] < 0.3
    assert 0.9 < ratio[-1] <= 1
    wave = torch.ones(1, 1, 40, 40)
    assert (blurred(wave, generator()) - wave).abs().max() < 1e-6


def test_noise_has_its_strength():
    original = torch.zeros(200, 1, 32, 32)
    strength = noisy(original, generator()).std(dim=(1, 2, 3))
    assert abs(strength.min() - 0.02) < 0.01
    assert abs(strength.max() - 0.4) < 0.02


def test_one_band_cannot_change_places():
    assert bands_exchanged not in corruptions(1)
    original = torch.randn(500, 1, 16, 16, generator=generator(1))
    found, numbers = corrupted(original, generator())
    assert set(numbers.tolist()) == set(range(len(corruptions(1)) + 1))
    same = (found == original).flatten(1).all(dim=1)
    assert same[numbers == 0].all()
    assert same[numbers != 0].float().mean() < 0.05


@pytest.mark.parametrize(("channels", "side"), [(1, 8), (5, 16), (2, 80)])
def test_features_of_any_bands_and_sizes(channels, side):
    real = tiles(24, channels, side)
    features, counts = learnt(real, steps=3)
    assert counts == [(1, 3), (2, 3), (3, 3)]
    found = features(real)
    assert found.shape == (24, 6)
    # Whitened over the real tiles, then drawn in.
    assert np.abs(np.sinh(found).mean(axis=0)).max() < 1e-3
    assert np.abs(np.cov(np.sinh(found).T, ddof=0) - np.eye(6)).max() < 1e-3


def test_the_same_tiles_and_seed_give_the_same_features_and_the_callers_random_state_stays():
    real = tiles(40)
    state = torch.get_rng_state()
    first = learnt(real, steps=5)[0](real)
    assert torch.equal(torch.get_rng_state(), state)
    torch.manual_seed(99)
    np.testing.assert_array_equal(first, learnt(real, steps=5)[0](real))


def test_constant_bands_and_equal_tiles_give_finite_features():
    real = np.full((20, 2, 8, 8), 7.0, np.float32)
    features, _ = learnt(real, steps=2)
    assert np.isfinite(features(real)).all()
    assert np.isfinite(features(real + 1)).all()


@pytest.mark.slow
def test_learnt_features_see_weak_faults_and_stronger_ones_more():
    real, unseen = tiles(150, seed=1), tiles(150, seed=2)
    features, _ = learnt(real)
    noise = np.random.default_rng(3).standard_normal(unseen.shape).astype(np.float32)

    def distance(fakes):
        return frechet_distance(features(real), features(fakes))

    floor = distance(unseen)
    for fault in (lambda s: unseen + 60 * s * noise, lambda s: unseen + s * 0.2 * (unseen[:, ::-1] - unseen)):
        weak, strong = distance(fault(0.5)), distance(fault(1.5))
        assert 1.5 * floor < weak < strong
