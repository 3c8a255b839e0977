"""Losses and weights against their formulas."""

import pytest
import torch

from qgis_ddpm.core.model.losses import LOSSES, min_snr_weights, tile_losses
from qgis_ddpm.core.model.preconditioning import Preconditioning


@pytest.mark.parametrize(("loss", "wanted"), [("l2", 4.0), ("l1", 2.0), ("huber", 1.5)])
def test_losses_of_a_constant_error(loss, wanted):
    found = tile_losses(loss, torch.full((3, 2, 4, 4), 2.0), torch.zeros(3, 2, 4, 4), None)
    assert (found - wanted).abs().max() < 1e-6
    assert set(LOSSES) == {"l2", "l1", "huber"}


def test_invalid_pixels_do_not_count():
    found, wanted = torch.ones(2, 3, 4, 4), torch.zeros(2, 3, 4, 4)
    valid = torch.ones(2, 1, 4, 4, dtype=torch.bool)
    valid[0, :, :2] = False
    found[0, :, :2] = 1e6
    assert (tile_losses("l2", found, wanted, valid) - 1).abs().max() < 1e-6


def test_min_snr_weights_are_the_published_ones():
    sigma = torch.logspace(-2, 2, 50, dtype=torch.float64)
    snr, gamma = sigma**-2, 5.0
    capped = snr.clamp(max=gamma)
    for prediction, wanted in (("noise", capped / snr), ("x0", capped), ("v", capped / (snr + 1))):
        c_out = Preconditioning(prediction, 0.5).coefficients(sigma).c_out
        assert (min_snr_weights(sigma, c_out, gamma) / wanted - 1).abs().max() < 1e-12
