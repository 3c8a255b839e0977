"""Faster arithmetic: on the processor it is tested for shape, type and nearness; on CUDA it has not been measured."""

import pytest
import torch

from qgis_ddpm.core.model import device
from qgis_ddpm.core.model.device import compile_error, compiled, describe_speed
from qgis_ddpm.core.model.unet import build_network
from qgis_ddpm.errors import DeviceError
from tests.core.training.test_trainer import trainer as make_trainer

CONFIG = {"kind": "unet", "tile_px": 16, "base_channels": 8, "channel_multipliers": [1, 2], "attention_at_px": [8]}


def test_the_log_says_what_is_used():
    network = build_network(CONFIG, 2)
    assert describe_speed(network, False) == "float32, channels last"
    assert describe_speed(network, True) == "float32, channels last, compiled"
    network.precision = torch.bfloat16
    assert describe_speed(network, False) == "bfloat16 products, channels last"


def test_weights_and_activations_have_their_channels_last():
    made = make_trainer()
    shapes = []
    made.network.stem.register_forward_hook(lambda module, inputs, output: shapes.append(output))
    made.step()
    made.close()
    assert shapes[0].is_contiguous(memory_format=torch.channels_last)
    assert made.network.stem.weight.is_contiguous(memory_format=torch.channels_last)


@pytest.mark.parametrize("prediction", ["edm", "wiener"])
def test_losses_in_bfloat16_are_float32_and_near_those_in_float32(prediction):
    made = make_trainer(prediction=prediction)
    for _ in range(3):
        made.step()
    draw = made.draw(made.tiles.batch(64, 8), 64)
    exact = made.losses(made.network, draw, 64)
    made.compute_in("bfloat16")
    seen = []
    made.network.stem.register_forward_hook(lambda module, inputs, output: seen.append(output.dtype))
    rough = made.losses(made.network, draw, 64)
    assert seen == [torch.bfloat16]
    assert rough.dtype == torch.float32
    assert rough.shape == (8,)
    assert 0 < (rough - exact).abs().max() < 0.05
    rough.sum().backward()
    assert all(weight.grad.dtype == torch.float32 for weight in made.network.parameters())
    made.close()


def test_a_compiled_network_answers_the_same_and_shares_its_weights(monkeypatch):
    # The compiler itself belongs to torch; that its calls reach our network is ours to test.
    monkeypatch.setattr(device, "COMPILER", "eager")
    network = build_network(CONFIG, 2)
    for parameter in network.parameters():
        torch.nn.init.normal_(parameter, std=0.1)
    made = compiled(network)
    x, condition = torch.randn(2, 2, 16, 16), torch.tensor([0.1, 0.5])
    assert (made(x, condition) - network(x, condition)).abs().max() < 1e-6
    assert made.noise_condition == network.noise_condition
    assert next(made.parameters()) is next(network.parameters())


def test_a_failure_to_compile_is_a_sentence():
    assert compile_error(RuntimeError("out of memory")) is None
    kind = type("InductorError", (RuntimeError,), {"__module__": "torch._inductor.exc"})
    error = compile_error(kind("no\ncompiler"))
    assert isinstance(error, DeviceError)
    assert "no compiler" in str(error)
    assert "COMPILE" in str(error)
