"""The wide U-Net: shapes, what it starts from, and that no answer depends on how many tiles are asked for at once."""

import pytest
import torch
from torch import nn

from qgis_ddpm.core.model import wide_unet
from qgis_ddpm.core.model.cost import Watching
from qgis_ddpm.core.model.network import Network
from qgis_ddpm.core.model.unet import build_network

CONFIG = {
    "kind": "wide",
    "tile_px": 16,
    "base_channels": 32,
    "channel_multipliers": [1, 2],
    "patch_px": 1,
    "res_blocks": 2,
    "attention_at_px": [8],
}


def make(dtype: torch.dtype = torch.float32, **changes: object) -> Network:
    """A network all of whose layers do something."""
    torch.manual_seed(0)
    network = build_network({**CONFIG, **changes}, 3).to(memory_format=torch.channels_last).eval()
    for parameter in network.parameters():
        nn.init.normal_(parameter, std=0.05)
    network.precision = dtype
    return network.requires_grad_(False)


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_maps_and_answers_have_their_shapes(dtype):
    network = make(dtype, patch_px=2)
    x, condition = torch.randn(2, 3, 30, 21), torch.tensor([0.1, -1.0])
    assert network(x, condition).shape == x.shape
    assert network(x, condition).dtype == torch.float32
    fine, coarse = network.features(x, condition, [0, 1])
    assert fine.shape == (2, 32, 15, 11)
    assert coarse.shape == (2, 64, 8, 6)
    assert coarse.dtype == torch.float32


def test_a_fresh_network_answers_zero():
    network = build_network(CONFIG, 3)
    assert not network(torch.randn(2, 3, 16, 16), torch.zeros(2)).any()


def test_weights_and_gradients_stay_float32_while_maps_are_bfloat16():
    network = make(torch.bfloat16).train().requires_grad_(True)
    network(torch.randn(2, 3, 16, 16), torch.zeros(2)).square().mean().backward()
    assert all(weight.dtype == weight.grad.dtype == torch.float32 for weight in network.parameters())
    assert network.maps(torch.randn(2, 3, 16, 16), torch.zeros(2), [0])[0].dtype == torch.bfloat16


def test_bfloat16_is_near_float32_and_frozen_weights_give_the_same_bits():
    x, condition = torch.randn(2, 3, 16, 16), torch.tensor([0.1, -1.0])
    exact, rough = make()(x, condition), make(torch.bfloat16)
    answer = rough(x, condition)
    assert 0 < (answer - exact).norm() / exact.norm() < 0.05
    rough.freeze()
    assert torch.equal(rough(x, condition), answer)


@pytest.mark.parametrize("threads", [1, 2])
def test_a_tile_has_the_same_bits_in_a_batch_of_any_size(threads):
    network = make(torch.bfloat16)
    x, condition = torch.randn(16, 3, 16, 16), torch.full((16,), -0.3)
    before = torch.get_num_threads()
    torch.set_num_threads(threads)
    try:
        whole = network(x, condition)
        for count in (1, 2, 3, 5, 8, 11, 15):
            assert torch.equal(network(x[:count], condition[:count]), whole[:count]), count
    finally:
        torch.set_num_threads(before)


class _Shapes(Watching):
    def __init__(self) -> None:
        super().__init__()
        self.strided: list[str] = []

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        found = func(*args, **(kwargs or {}))
        if "convolution" in str(func) and not found.is_contiguous(memory_format=torch.channels_last):
            self.strided.append(str(func))
        return found


def test_channels_are_last_from_stem_to_head():
    watching = _Shapes()
    network = make(torch.bfloat16)
    with watching:
        network(torch.randn(2, 3, 16, 16), torch.zeros(2))
    assert watching.strided == []


def test_gradients_of_attention_are_those_of_torch(monkeypatch):
    """By plain products in bfloat16, in another order: within its rounding."""
    torch.manual_seed(0)
    parts = torch.randn(3, 2, 2, 49, 64)
    found = []
    for dtype in (torch.float32, torch.bfloat16):
        values = parts.clone().to(dtype).requires_grad_()
        answer = wide_unet._attend(*values)
        answer.float().square().sum().backward()
        found += [answer.detach().float(), values.grad.float()]
    exact, slope, rounded, plain = found
    assert (rounded - exact).abs().max() < 0.02 * exact.abs().max()
    assert (plain - slope).abs().max() < 0.02 * slope.abs().max()
    monkeypatch.setattr(wide_unet, "_MOST_PLAIN", 48)
    values = parts.bfloat16().requires_grad_()
    assert (wide_unet._attend(*values) - rounded).abs().max() < 0.02 * exact.abs().max()
