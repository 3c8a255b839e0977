"""Model files and the models read from them."""

import os
from dataclasses import replace

import pytest
import torch
from safetensors.torch import save_file

from qgis_ddpm.card import BandScaling, ModelCard, card_json, fingerprint
from qgis_ddpm.core.model import DiffusionModel, load_model, save_model
from qgis_ddpm.core.model.unet import build_network
from qgis_ddpm.errors import ModelFileError, OutputError

NETWORK = {"kind": "unet", "tile_px": 16, "base_channels": 8, "channel_multipliers": [1, 2], "attention_at_px": [8]}
CARD = ModelCard(
    network=NETWORK,
    prediction="edm",
    schedule={"name": "edm", "mean": -1.2, "std": 1.2, "rho": 7.0, "sigma_min": 0.002, "sigma_max": 80.0},
    sigma_min=0.002,
    sigma_max=80.0,
    sigma_data=0.5,
    tile_px=16,
    bands=(BandScaling("red", "uint8", 0, 255), BandScaling("nir", "uint16", 0, 4000, 0)),
)


@pytest.fixture
def network():
    torch.manual_seed(0)
    made = build_network(NETWORK, 2)
    for parameter in made.parameters():
        torch.nn.init.normal_(parameter, std=0.1)
    return made


@pytest.fixture
def path(tmp_path, network):
    save_model(tmp_path / "m.safetensors", network.state_dict(), CARD)
    return tmp_path / "m.safetensors"


def test_a_model_comes_back_as_it_went(path, network):
    model = load_model(path)
    assert model.card == CARD
    x, sigma = torch.randn(2, 2, 16, 16), torch.tensor([0.1, 5.0])
    assert torch.equal(model.denoise(x, sigma), DiffusionModel(network, CARD, torch.device("cpu")).denoise(x, sigma))
    assert not model.denoise(x, sigma).requires_grad
    assert model.flops() > 1e5


def test_the_same_weights_give_the_same_bytes(path, tmp_path, network):
    save_model(tmp_path / "again.safetensors", network.state_dict(), CARD)
    assert (tmp_path / "again.safetensors").read_bytes() == path.read_bytes()
    save_model(tmp_path / "other.safetensors", network.state_dict(), replace(CARD, licence="CC0"))
    assert fingerprint(str(tmp_path / "other.safetensors")) == fingerprint(str(path))


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_a_model_has_the_rights_of_any_new_file(path, tmp_path):
    (tmp_path / "any").write_bytes(b"")
    assert path.stat().st_mode == (tmp_path / "any").stat().st_mode


def test_half_precision_is_smaller_and_near(path, tmp_path, network):
    save_model(tmp_path / "half.safetensors", network.state_dict(), CARD, half=True)
    assert (tmp_path / "half.safetensors").stat().st_size < 0.7 * path.stat().st_size
    x, sigma = torch.randn(2, 2, 16, 16), torch.tensor([0.1, 1.0])
    difference = load_model(tmp_path / "half.safetensors").denoise(x, sigma) - load_model(path).denoise(x, sigma)
    assert difference.abs().max() < 0.01


def test_half_precision_leaves_the_statistics_of_the_tiles_whole(tmp_path):
    network = build_network({**NETWORK, "wiener": True}, 2)
    network.prior.fit(torch.randn(8, 2, 16, 16))
    card = replace(CARD, network={**NETWORK, "wiener": True}, prediction="wiener")
    save_model(tmp_path / "half.safetensors", network.state_dict(), card, half=True)
    loaded = load_model(tmp_path / "half.safetensors").network.state_dict()
    assert all(tensor.dtype == torch.float32 for tensor in loaded.values())
    for name, value in network.state_dict().items():
        stored = value if name.startswith("prior.") else value.half().float()
        assert torch.equal(loaded[name], stored), name


def test_a_weight_beyond_half_precision_is_named(tmp_path, network):
    state = network.state_dict() | {"stem.weight": torch.full_like(network.state_dict()["stem.weight"], 7e4)}
    with pytest.raises(OutputError, match=r"stem\.weight .* beyond half precision .* without HALF_PRECISION"):
        save_model(tmp_path / "half.safetensors", state, CARD, half=True)
    assert not list(tmp_path.iterdir())


def test_features_are_those_of_the_noisy_tile(path):
    model = load_model(path)
    x0, noise = torch.randn(2, 2, 16, 16), torch.randn(2, 2, 16, 16)
    found = model.features(x0, [0.1, 0.7], noise)
    assert [[tuple(level.shape) for level in levels] for levels in found] == 2 * [[(2, 8, 16, 16), (2, 16, 8, 8)]]
    assert model.feature_channels == [8, 16]
    assert model.feature_strides == [1, 2]
    again = model.features(x0, [0.7], noise, levels=[1])
    assert torch.equal(again[0][0], found[1][1])
    # The same noise for the same tile: identical dates have identical features.
    assert torch.equal(model.features(x0.clone(), [0.1], noise)[0][0], found[0][0])
    assert not torch.equal(found[0][0], found[1][0])


def test_a_checkpoint_gives_its_averaged_weights(path, tmp_path, network):
    state = network.state_dict()
    tensors = {f"ema.{name}": tensor for name, tensor in state.items()}
    tensors |= {f"network.{name}": torch.zeros_like(tensor) for name, tensor in state.items()}
    save_file(tensors, tmp_path / "checkpoint.safetensors", {"card": card_json(CARD)})
    x, sigma = torch.randn(1, 2, 16, 16), torch.ones(1)
    found = load_model(tmp_path / "checkpoint.safetensors").denoise(x, sigma)
    assert torch.equal(found, load_model(path).denoise(x, sigma))


def test_weights_that_do_not_fit_the_card_are_refused(tmp_path, network):
    state = network.state_dict()
    broken = [
        ({**state, "extra": torch.ones(1)}, CARD),
        ({name: tensor for name, tensor in state.items() if name != "stem.bias"}, CARD),
        (state, replace(CARD, network={**NETWORK, "base_channels": 16})),
        (state, replace(CARD, network={**NETWORK, "base_channels": 4096, "channel_multipliers": [64] * 12})),
        (state, replace(CARD, prediction="score")),
    ]
    for number, (tensors, card) in enumerate(broken):
        file = tmp_path / f"{number}.safetensors"
        save_file({name: tensor.contiguous() for name, tensor in tensors.items()}, file, {"card": card_json(card)})
        with pytest.raises(ModelFileError, match=str(number)):
            load_model(file)


def test_a_cut_file_and_a_missing_one_are_refused(path):
    whole = path.read_bytes()
    for size in (0, 4, 200, len(whole) - 1):
        path.write_bytes(whole[:size])
        with pytest.raises(ModelFileError):
            load_model(path)
    path.unlink()
    with pytest.raises(ModelFileError):
        load_model(path)


def test_a_model_that_cannot_be_written_leaves_nothing(tmp_path, network):
    (tmp_path / "m.safetensors").mkdir()
    with pytest.raises(OutputError, match=r"m\.safetensors"):
        save_model(tmp_path / "m.safetensors", network.state_dict(), CARD)
    assert [entry.name for entry in tmp_path.iterdir()] == ["m.safetensors"]
