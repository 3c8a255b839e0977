"""The published network: its names, its answers against an independent form, and what it leaves out."""

import pytest
import torch

from qgis_ddpm.card import BandScaling, ModelCard
from qgis_ddpm.core.model import DiffusionModel
from qgis_ddpm.core.model.sr3 import SR3Network
from qgis_ddpm.core.model.unet import build_network
from tests.core.makers.published import network_shapes, random_state, run_network

# inner, multipliers, residual blocks, levels with attention, norm groups
CONFIGURATIONS = [
    (32, (1, 2, 4, 4, 4), 2, (4,), 32),
    (16, (1, 2), 1, (0, 1), 16),
    (16, (1, 2, 8), 2, (), 16),
    (24, (1, 1, 3), 3, (1,), 8),
    (32, (2,), 1, (), 32),
]


def published(inner, multipliers, res_blocks, attention_levels, norm_groups):
    """Random weights with the published names, and our model of them."""
    state = random_state(network_shapes(3, inner, multipliers, res_blocks, attention_levels))
    network = {
        "kind": "sr3",
        "base_channels": inner,
        "channel_multipliers": list(multipliers),
        "res_blocks": res_blocks,
        "attention_levels": list(attention_levels),
        "norm_groups": norm_groups,
    }
    made = build_network(network, 3)
    made.load_state_dict(state, strict=True)
    card = ModelCard(
        network=network,
        prediction="noise",
        schedule={},
        sigma_min=1e-3,
        sigma_max=1000,
        sigma_data=0.5,
        tile_px=32,
        bands=tuple(BandScaling(name, "uint8", 0, 255) for name in ("red", "green", "blue")),
    )
    return state, DiffusionModel(made, card, torch.device("cpu"))


def relative(found, wanted):
    return ((found - wanted).abs().max() / wanted.abs().max()).item()


@pytest.mark.parametrize("configuration", CONFIGURATIONS)
@pytest.mark.parametrize("sigma", [0.079, 1000.0])
def test_noise_and_features_are_those_of_the_published_network(configuration, sigma):
    state, model = published(*configuration)
    generator = torch.Generator().manual_seed(1)
    x0, noise = torch.rand(1, 3, 32, 32, generator=generator) * 2 - 1, torch.randn(1, 3, 32, 32, generator=generator)
    x, sigmas = x0 + sigma * noise, torch.tensor([sigma])
    wanted, maps = run_network(state, x, sigmas, configuration[4])
    assert relative((x - model.denoise(x, sigmas)) / sigma, wanted) < 1e-5
    found = model.features(x0, [sigma], noise)[0]
    assert len(found) == len(maps) == len(configuration[1]) * (configuration[2] + 1)
    for number, (ours, theirs) in enumerate(zip(found, maps, strict=True)):
        assert relative(ours, theirs) < 1e-5
        assert ours.shape[1] == model.feature_channels[number]
        assert ours.shape[2] * model.feature_strides[number] == 32


def test_each_tile_has_its_own_noise_level():
    state, model = published(16, (1, 2), 1, (1,), 16)
    sigmas = torch.tensor([0.05, 0.7, 40.0])
    x = torch.randn(3, 3, 16, 16) * torch.sqrt(1 + sigmas**2)[:, None, None, None]
    wanted, _ = run_network(state, x, sigmas, 16)
    found = (x - model.denoise(x, sigmas)) / sigmas[:, None, None, None]
    assert relative(found, wanted) < 1e-5


def test_the_published_sizes():
    # As published: 391.0 M and 97.8 M parameters of ddpm-cd, 45.0 M of the seed study on digits.
    sizes = {(128, (1, 2, 4, 8, 8), (4,)): 391.0, (64, (1, 2, 4, 8, 8), (4,)): 97.8, (64, (1, 2, 8), ()): 45.0}
    for (inner, multipliers, attention_levels), millions in sizes.items():
        with torch.device("meta"):
            made = SR3Network(3, inner, multipliers, 2, attention_levels)
        assert round(sum(each.numel() for each in made.parameters()) / 1e6, 1) == millions


def test_features_are_numbered_as_ddpm_cd_numbers_them():
    with torch.device("meta"):
        made = SR3Network(3, 128, (1, 2, 4, 8, 8), 2, (4,))
    read_by_the_head = [14, 11, 8, 5, 2]
    assert len(made.feature_channels) == 15
    assert [made.feature_channels[number] for number in read_by_the_head] == [1024, 1024, 512, 256, 128]
    assert [made.feature_strides[number] for number in read_by_the_head] == [16, 8, 4, 2, 1]


def test_nothing_after_the_last_map_asked_for_is_computed():
    _, model = published(16, (1, 2), 2, (), 16)
    called = []
    for index, layer in enumerate(model.network.ups):
        layer.register_forward_hook(lambda *_, index=index: called.append(index))
    model.network.final_conv.register_forward_hook(lambda *_: called.append("final"))
    x0 = torch.randn(1, 3, 16, 16)
    every = model.features(x0, [0.5], x0)[0]
    assert called == [0, 1, 2, 3, 4, 5, 6]
    called.clear()
    some = model.features(x0, [0.5], x0, levels=[5, 2])[0]
    assert called == [0, 1, 2, 3, 4]
    assert torch.equal(some[0], every[5])
    assert torch.equal(some[1], every[2])


def test_tiles_of_any_size_keep_it():
    _, model = published(16, (1, 2, 2), 1, (), 16)
    x0 = torch.randn(1, 3, 21, 30)
    assert model.denoise(x0, torch.ones(1)).shape == x0.shape
    shapes = [tuple(each.shape[2:]) for each in model.features(x0, [1.0], x0)[0]]
    assert shapes == [(21, 30)] * 2 + [(11, 15)] * 2 + [(6, 8)] * 2
