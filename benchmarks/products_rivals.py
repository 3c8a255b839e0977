"""The U-Nets of two other packages with the widths of preset small, for products.py: one step, one estimate."""

import sys
from contextlib import nullcontext
from typing import Any
from unittest.mock import MagicMock

import torch
from torch import Tensor

from benchmarks.rival import RIVAL, install_rival
from benchmarks.rival_training import UNUSED

CHANNELS, TILE_PX = 4, 64
WIDTHS = (16, 32, 64, 96)


class RivalCalls:
    """A network under Adam, on one batch: `network(x, time)` is its answer."""

    def __init__(self, network: Any, batch: int, casts: bool) -> None:
        self.network = network.to(memory_format=torch.channels_last)
        self._optimizer = torch.optim.Adam(network.parameters(), fused=True)
        self._x, self._time = torch.randn(batch, CHANNELS, TILE_PX, TILE_PX), torch.full((batch,), 500.0)
        self._casts = casts

    def answer(self) -> Tensor:
        """The network's answer, float32."""
        with torch.autocast("cpu", torch.bfloat16) if self._casts else nullcontext():
            found = self.network(self._x, self._time)
        answer: Tensor = getattr(found, "sample", found)
        return answer.float()

    def train(self) -> None:
        """Forward and backward pass, and a step."""
        self.answer().square().mean().backward()
        self._optimizer.step()
        self._optimizer.zero_grad(set_to_none=True)

    def estimate(self) -> None:
        """Forward pass."""
        with torch.no_grad():
            self.answer()


def diffusers_network() -> Any:
    """Its UNet2DModel, 8 channels a group, as there are as few. Raises ImportError."""
    from diffusers import UNet2DModel

    return UNet2DModel(
        sample_size=TILE_PX,
        in_channels=CHANNELS,
        out_channels=CHANNELS,
        block_out_channels=WIDTHS,
        layers_per_block=1,
        norm_num_groups=8,
        down_block_types=("DownBlock2D",) * 3 + ("AttnDownBlock2D",),
        up_block_types=("AttnUpBlock2D",) + ("UpBlock2D",) * 3,
    )


def lucidrains_network() -> Any:
    """The Unet of denoising-diffusion-pytorch, installed into build/rival."""
    install_rival()
    sys.path.insert(0, str(RIVAL))
    for name in UNUSED:
        sys.modules.setdefault(name, MagicMock())
    from denoising_diffusion_pytorch import Unet

    base = WIDTHS[0]
    return Unet(dim=base, dim_mults=tuple(width // base for width in WIDTHS), channels=CHANNELS)
