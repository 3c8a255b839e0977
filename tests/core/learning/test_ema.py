"""Averaged weights against the profile's integral."""

import numpy as np
import pytest
import torch
from torch import nn

from qgis_ddpm.core.learning.ema import WeightAverage, decay, exponent


@pytest.mark.parametrize("sigma_rel", [0.01, 0.05, 0.1, 0.25, 0.28])
def test_exponent_gives_the_relative_length(sigma_rel):
    gamma = exponent(sigma_rel)
    # The standard deviation of the density (gamma + 1) t^gamma on [0, 1].
    mean, second = (gamma + 1) / (gamma + 2), (gamma + 1) / (gamma + 3)
    assert abs((second - mean**2) ** 0.5 - sigma_rel) < 1e-9


def test_weights_follow_the_power_profile():
    # Each step's own weight, by unrolling the average, against the integral of t^gamma over the step.
    gamma, steps = exponent(0.1), 200
    share = np.zeros(steps)
    for step in range(steps):
        keep = decay(gamma, (step + 1) * 8, 8)
        share *= keep
        share[step] = 1 - keep
    edges = (np.arange(steps + 1) / steps) ** (gamma + 1)
    assert abs(share.sum() - 1) < 1e-12
    assert np.abs(share - np.diff(edges)).max() < 1e-12


def test_average_starts_at_the_first_weights_and_does_not_depend_on_the_units():
    def averaged(step_tiles):
        layer = nn.Linear(1, 1, bias=False)
        average = WeightAverage(layer, 0.1)
        for step in range(50):
            nn.init.constant_(layer.weight, float(step))
            average.update(layer, (step + 1) * step_tiles, step_tiles)
            if step == 0:
                assert torch.equal(average.weights["weight"], layer.weight)
        return average.weights["weight"].item()

    assert averaged(1) == averaged(64)
    assert 40 < averaged(1) < 46


def test_length_zero_follows_the_weights():
    layer = nn.Linear(2, 2)
    average = WeightAverage(layer, 0.0)
    nn.init.constant_(layer.weight, 3.0)
    average.update(layer, 10, 1)
    assert torch.equal(average.weights["weight"], layer.weight)
