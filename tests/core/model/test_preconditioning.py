"""Predictions: target, answer and estimate belong together, and agree with closed forms."""

import pytest
import torch

from qgis_ddpm.core.model.network import Network
from qgis_ddpm.core.model.preconditioning import PREDICTIONS, Preconditioning
from qgis_ddpm.core.model.wiener import WienerPrior


class Fixed(Network):
    """A network that answers what it was given."""

    noise_condition = "log_sigma"
    self_conditioning = False

    def __init__(self, found):
        super().__init__()
        self.found = found

    def forward(self, image, condition):
        self.image, self.condition = image, condition
        return self.found


def batch(sigmas=(0.002, 0.05, 0.7, 3.0, 80.0, 900.0)):
    generator = torch.Generator().manual_seed(0)
    sigma = torch.tensor(sigmas, dtype=torch.float64)
    x0 = 0.5 * torch.randn(len(sigmas), 2, 64, 64, generator=generator)
    noise = torch.randn(x0.shape, generator=generator)
    return x0, noise, sigma


@pytest.mark.parametrize("prediction", list(PREDICTIONS))
def test_a_perfect_answer_gives_back_x0(prediction):
    x0, noise, sigma = batch()
    prior = WienerPrior(2, 64)
    prior.fit(x0)
    rule = Preconditioning(prediction, 0.5, prior)
    network = Fixed(rule.target(x0, noise, sigma))
    x = x0 + sigma.float()[:, None, None, None] * noise
    error = (rule.estimate(network, x, sigma.float()) - x0).abs().amax(dim=(1, 2, 3))
    # x0 = x - sigma * answer loses digits where sigma is large; 1e-6 of sigma is float32.
    assert (error < 1e-5 + 1e-6 * sigma).all()


def test_targets_are_the_published_ones():
    x0, noise, sigma = batch()
    wide = sigma.float()[:, None, None, None]
    assert torch.equal(Preconditioning("noise", 0.5).target(x0, noise, sigma), noise)
    assert torch.equal(Preconditioning("x0", 0.5).target(x0, noise, sigma), x0)
    v = (noise - wide * x0) / (1 + wide**2).sqrt()
    assert (Preconditioning("v", 0.5).target(x0, noise, sigma) - v).abs().max() < 1e-5
    # v is the preconditioning of EDM for data of standard deviation 1, with the other sign.
    assert (Preconditioning("edm", 1.0).target(x0, noise, sigma) + v).abs().max() < 1e-5


def test_edm_sees_and_answers_with_unit_variance():
    x0, noise, sigma = batch()
    rule = Preconditioning("edm", 0.5)
    x = x0 + sigma.float()[:, None, None, None] * noise
    network = Fixed(x0)
    rule.network_output(network, x, sigma.float())
    assert (network.image.std(dim=(1, 2, 3)) - 1).abs().max() < 0.03
    assert (rule.target(x0, noise, sigma).std(dim=(1, 2, 3)) - 1).abs().max() < 0.03


def test_noise_free_input_gives_a_finite_condition():
    x0, _, _ = batch()
    network = Fixed(x0)
    Preconditioning("edm", 0.5).network_output(network, x0, torch.zeros(len(x0)))
    assert network.condition.isfinite().all()
