"""The U-Net: sizes, levels, features, and what it refuses."""

import pytest
import torch

from qgis_ddpm.core.model.network import map_sizes
from qgis_ddpm.core.model.preconditioning import NOISE_CONDITIONS
from qgis_ddpm.core.model.unet import SelfAttention, UNet, build_network
from qgis_ddpm.core.model.waves import waves
from qgis_ddpm.errors import ModelFileError


def network(seed=0, **changes):
    arguments = {"channels": 3, "tile_px": 32, "base_channels": 8, "channel_multipliers": [1, 2, 3], **changes}
    torch.manual_seed(seed)
    made = UNet(**arguments)
    # Layers that start at 0 would hide what the test looks for.
    for parameter in made.parameters():
        if not parameter.any():
            torch.nn.init.normal_(parameter, std=0.1)
    return made.eval()


@pytest.mark.parametrize("patch_px", [1, 2, 4])
@pytest.mark.parametrize(("bands", "size"), [(1, 32), (3, 28), (13, 21)])
def test_any_band_count_and_tile_size(patch_px, bands, size):
    made = network(channels=bands, tile_px=size, patch_px=patch_px)
    x, condition = torch.randn(2, bands, size, size), torch.zeros(2)
    assert made(x, condition).shape == x.shape
    maps = made.features(x, condition, range(3))
    assert [level.shape[1] for level in maps] == made.feature_channels == [8, 16, 24]
    assert [level.shape[-1] for level in maps] == [-(-size // stride) for stride in made.feature_strides]
    assert made.feature_strides == [patch_px, 2 * patch_px, 4 * patch_px]


def test_a_fresh_network_answers_zero_and_features_do_not_depend_on_the_levels_asked_for():
    torch.manual_seed(0)
    fresh = UNet(channels=2, tile_px=16, base_channels=8, channel_multipliers=[1, 2])
    x, condition = torch.randn(2, 2, 16, 16), torch.tensor([-1.0, 1.0])
    assert fresh(x, condition).abs().max() == 0
    made = network(channels=2, tile_px=16)
    every = made.features(x, condition, [0, 1, 2])
    assert torch.equal(made.features(x, condition, [2])[0], every[2])
    assert torch.equal(made.features(x, condition, [1, 0])[1], every[0])


def test_coarse_features_cost_less_than_the_whole():
    made = network()
    calls = []
    for block in made.decoder[0]:
        block.register_forward_hook(lambda *_: calls.append(1))
    made.features(torch.randn(1, 3, 32, 32), torch.zeros(1), [1, 2])
    assert not calls
    made.features(torch.randn(1, 3, 32, 32), torch.zeros(1), [0])
    assert len(calls) == 1


def test_every_tile_is_computed_for_itself():
    made = network(attention_at_px=[8])
    x, condition = torch.randn(4, 3, 32, 32), torch.linspace(-1, 1, 4)
    whole = made(x, condition)
    single = torch.cat([made(x[i : i + 1], condition[i : i + 1]) for i in range(4)])
    assert (whole - single).abs().max() < 1e-5
    assert (made(x, condition + 0.5) - whole).abs().max() > 1e-3, "the noise level has to matter"


def test_attention_stands_where_the_map_has_the_size_asked_for():
    assert map_sizes(28, 2, 3) == [16, 8, 4]
    assert map_sizes(28, 2, 2) == [14, 7]
    made = network(tile_px=28, patch_px=2, channel_multipliers=[1, 2], attention_at_px=[7])
    with_attention = [name for name, part in made.named_modules() if isinstance(part, SelfAttention)]
    assert with_attention == ["encoder.1.0.attention", "decoder.1.0.attention"]


def test_self_conditioning_reads_a_second_image():
    made = network(self_conditioning=True)
    x, other = torch.randn(1, 3, 32, 32), torch.randn(1, 3, 32, 32)
    condition = torch.zeros(1)
    answers = [made(torch.cat([x, second], dim=1), condition) for second in (torch.zeros_like(x), other)]
    assert answers[0].shape == x.shape
    assert (answers[0] - answers[1]).abs().max() > 1e-3


def test_noise_embedding_is_scaled():
    # Every one of its inputs varies over the range of noise levels that schedules name.
    sigma = torch.logspace(-2.7, 3, 400, dtype=torch.float64)
    assert waves(NOISE_CONDITIONS["log_sigma"](sigma)).std(dim=0).min() > 0.05


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "transformer"},
        {"base_channels": 10**9},
        {"channel_multipliers": []},
        {"unknown": 1},
        {"res_blocks": "many"},
    ],
)
def test_descriptions_of_no_network_of_ours_are_refused(change):
    config = {"kind": "unet", "tile_px": 32, "base_channels": 8, "channel_multipliers": [1, 2], **change}
    with pytest.raises(ModelFileError):
        build_network(config, 3)
