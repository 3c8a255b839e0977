"""The linear estimate: exact on Gaussian tiles, and a prediction like the others."""

import numpy as np
import pytest
import torch

from qgis_ddpm.core.model.preconditioning import Preconditioning
from qgis_ddpm.core.model.unet import build_network
from qgis_ddpm.core.model.wiener import WienerPrior, cosines

SIDE = 16


def gaussian_tiles(count, seed=0):
    """Tiles whose cosine coefficients are independent with a known spectrum, and two bands that are mixed."""
    random = torch.Generator().manual_seed(seed)
    k = torch.arange(SIDE, dtype=torch.float64)
    spectrum = 4 / (1 + k[:, None] ** 2 + k[None] ** 2) * torch.tensor([1.0, 0.2], dtype=torch.float64)[:, None, None]
    matrix = cosines(SIDE, spectrum)
    coefficients = torch.randn(count, 2, SIDE, SIDE, generator=random, dtype=torch.float64) * spectrum.sqrt()
    mixing = torch.tensor([[0.8, -0.6], [0.6, 0.8]], dtype=torch.float64)
    tiles = torch.einsum("ij,bjhw->bihw", mixing, matrix.T @ coefficients @ matrix)
    return tiles + torch.tensor([0.3, -0.2], dtype=torch.float64)[:, None, None], spectrum


@pytest.fixture(scope="module")
def prior():
    made = WienerPrior(2, SIDE)
    made.fit(gaussian_tiles(4000)[0].float())
    return made


def test_the_transform_is_orthonormal():
    matrix = cosines(SIDE, torch.zeros((), dtype=torch.float64))
    assert (matrix @ matrix.T - torch.eye(SIDE, dtype=torch.float64)).abs().max() < 1e-12


@pytest.mark.parametrize("sigma", [0.05, 0.5, 5.0])
def test_its_error_on_gaussian_tiles_is_the_least_there_is(prior, sigma):
    tiles, spectrum = gaussian_tiles(2000, seed=1)
    noise = torch.randn(tiles.shape, generator=torch.Generator().manual_seed(2), dtype=torch.float64)
    levels = torch.full((len(tiles),), sigma, dtype=torch.float64)
    error = (prior.estimate(tiles + sigma * noise, levels) - tiles).square().mean().sqrt().item()
    least = (spectrum * sigma**2 / (spectrum + sigma**2)).mean().sqrt().item()
    assert error == pytest.approx(least, rel=0.02)
    assert prior.deviation(levels[:1]).item() == pytest.approx(least, rel=0.02)


def test_the_target_is_of_unit_size_and_gives_x0_back(prior):
    tiles = gaussian_tiles(64, seed=3)[0].float()
    noise = torch.randn(tiles.shape, generator=torch.Generator().manual_seed(4))
    sigma = torch.logspace(-1.5, 1.5, 64, dtype=torch.float64)
    rule = Preconditioning("wiener", 0.5, prior)
    target = rule.target(tiles, noise, sigma)
    assert abs(target.square().mean().sqrt() - 1) < 0.05
    x = tiles + sigma.float()[:, None, None, None] * noise
    back = prior.estimate(x, sigma) + rule.c_out(sigma).float()[:, None, None, None] * target
    assert (back - tiles).abs().max() < 1e-4


def test_a_fresh_network_answers_with_the_linear_estimate(prior):
    config = {"kind": "unet", "tile_px": SIDE, "base_channels": 8, "channel_multipliers": [1, 2], "wiener": True}
    network = build_network(config, 2)
    network.prior.load_state_dict(prior.state_dict())
    x = gaussian_tiles(3, seed=5)[0].float()
    sigma = torch.tensor([0.1, 1.0, 10.0])
    found = Preconditioning("wiener", 0.5, network.prior).estimate(network, x, sigma)
    assert torch.equal(found, prior.estimate(x, sigma))


def test_tiles_of_another_size_use_the_same_spectrum(prior):
    large = torch.nn.functional.pad(gaussian_tiles(1, seed=6)[0].float(), (0, 8, 0, 8), mode="reflect")
    found = prior.estimate(large + 0.5, torch.tensor([0.5]))
    assert found.shape == large.shape
    assert np.isfinite(found.numpy()).all()


def test_constant_tiles_and_half_precision_do_no_harm():
    made = WienerPrior(3, 8)
    made.fit(torch.full((4, 3, 8, 8), 0.25))
    made.half().float()
    found = made.estimate(torch.randn(2, 3, 8, 8), torch.tensor([0.01, 100.0]))
    assert (found - 0.25).abs().max() < 0.01
