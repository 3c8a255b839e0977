"""Operations are those that torch's own counter finds, and counting them does not load torch's compiler."""

import subprocess
import sys
from collections.abc import Callable

import pytest
import torch
from torch import Tensor, nn
from torch.utils.flop_counter import FlopCounterMode

from qgis_ddpm.core.model.cost import count_flops
from qgis_ddpm.core.model.unet import build_network

NETWORK = {
    "kind": "unet",
    "tile_px": 16,
    "base_channels": 8,
    "channel_multipliers": [1, 2],
    "attention_at_px": [8],
    "patch_px": 1,
}


def _network() -> Tensor:
    network: nn.Module = build_network(NETWORK, 3)
    found: Tensor = network(torch.zeros(2, 3, 16, 16), torch.ones(2))
    return found


def _products() -> Tensor:
    return torch.einsum("bij,jk->bik", torch.ones(2, 3, 4), torch.ones(4, 5)) @ torch.ones(5, 6)


@pytest.mark.parametrize("call", [_network, _products])
def test_operations_are_those_of_torchs_counter(call: Callable[[], Tensor]) -> None:
    with torch.no_grad():
        with FlopCounterMode(display=False) as theirs:
            call()
        assert count_flops(call) == theirs.get_total_flops() > 0


def test_choosing_a_batch_does_not_load_the_compiler() -> None:
    script = """if True:
        import sys
        from tests.core.model.test_batch import model_of
        from qgis_ddpm.core.model.batch import batch_for
        assert batch_for(model_of(32)) > 0
        assert "torch._dynamo" not in sys.modules
    """
    subprocess.run([sys.executable, "-c", script], check=True)
