"""Muon: steps that are orthogonal matrices as large as Adam's, and Adam for all that is no matrix."""

import pytest
import torch
from torch import nn

from qgis_ddpm.core.learning.optimizers import Muon, blank_state, build_optimizer, is_matrix, orthogonal

RATE = 1e-3


@pytest.mark.parametrize("shape", [(16, 27), (48, 432), (432, 48), (128, 1152)])
def test_singular_values_become_about_one_and_directions_stay(shape):
    matrix = torch.randn(shape, generator=torch.Generator().manual_seed(0)) * 1e-4
    found = orthogonal(matrix)
    values = torch.linalg.svdvals(found)
    assert values.min() > 0.6
    assert values.max() < 1.25
    left, _, right = torch.linalg.svd(matrix, full_matrices=False)
    nearest = left @ right
    assert torch.cosine_similarity(found.flatten(), nearest.flatten(), dim=0) > 0.97


def test_rounds_on_the_gram_matrix_are_those_on_the_matrix():
    matrix = torch.randn(20, 60, dtype=torch.float64, generator=torch.Generator().manual_seed(1))
    x = matrix / matrix.norm()
    for _ in range(5):
        x = 3.4445 * x - 4.7750 * (x @ x.T) @ x + 2.0315 * (x @ x.T) @ (x @ x.T) @ x
    torch.testing.assert_close(orthogonal(matrix), x, rtol=1e-9, atol=1e-9)


def test_a_matrix_of_zeros_stays():
    assert not orthogonal(torch.zeros(32, 64)).any()


def test_a_step_of_a_convolution_is_as_large_as_that_of_adam():
    layer = nn.Conv2d(32, 64, 3).to(memory_format=torch.channels_last)
    before = layer.weight.detach().clone()
    layer.weight.grad = torch.randn_like(layer.weight) * 1e-3
    layer.bias.grad = torch.zeros_like(layer.bias)
    Muon(layer.parameters(), RATE, (0.9, 0.99)).step()
    change = layer.weight.detach() - before
    assert float(change.square().mean().sqrt()) == pytest.approx(0.2 * RATE, rel=0.25)
    # Against the gradient, in the memory's order or not.
    assert torch.cosine_similarity(change.flatten(), layer.weight.grad.flatten(), dim=0) < -0.5


def test_the_order_of_the_memory_changes_rounding_alone():
    def weights(memory_format):
        torch.manual_seed(0)
        layer = nn.Conv2d(32, 64, 3).to(memory_format=memory_format)
        optimizer = build_optimizer("muon", layer.parameters(), RATE)
        torch.manual_seed(1)
        for _ in range(3):
            for parameter in layer.parameters():
                parameter.grad = torch.randn(parameter.shape).to(
                    memory_format=memory_format if parameter.ndim == 4 else torch.contiguous_format
                )
            optimizer.step()
        return layer.weight.detach()

    torch.testing.assert_close(weights(torch.channels_last), weights(torch.contiguous_format), rtol=0, atol=1e-6)


def test_what_is_no_matrix_is_left_to_adam():
    torch.manual_seed(0)
    mine = nn.Sequential(nn.Conv2d(3, 8, 3), nn.GroupNorm(2, 8), nn.Conv2d(8, 3, 3))
    twin = nn.Sequential(nn.Conv2d(3, 8, 3), nn.GroupNorm(2, 8), nn.Conv2d(8, 3, 3))
    twin.load_state_dict(mine.state_dict())
    assert not any(map(is_matrix, mine.parameters()))
    optimizers = [build_optimizer(name, net.parameters(), RATE) for name, net in (("muon", mine), ("adam", twin))]
    for _ in range(3):
        for a, b in zip(mine.parameters(), twin.parameters(), strict=True):
            a.grad = b.grad = torch.randn(a.shape)
        for optimizer in optimizers:
            optimizer.step()
    for a, b in zip(mine.parameters(), twin.parameters(), strict=True):
        assert torch.equal(a, b)


def test_blank_states_are_what_a_step_fills():
    layer = nn.Conv2d(32, 64, 3)
    for name in ("muon", "adam"):
        optimizer = build_optimizer(name, layer.parameters(), RATE)
        for parameter in layer.parameters():
            parameter.grad = torch.ones_like(parameter)
        optimizer.step()
        for parameter in layer.parameters():
            assert set(blank_state(optimizer, parameter)) == set(optimizer.state[parameter])


def test_one_learning_rate_is_for_all():
    layer = nn.Conv2d(32, 64, 3)
    optimizer = build_optimizer("muon", layer.parameters(), RATE)
    for group in optimizer.param_groups:
        group["lr"] = 0.0
    before = [parameter.detach().clone() for parameter in layer.parameters()]
    for parameter in layer.parameters():
        parameter.grad = torch.ones_like(parameter)
    optimizer.step()
    assert all(torch.equal(a, b) for a, b in zip(before, layer.parameters(), strict=True))
