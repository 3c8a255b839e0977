"""Dropout that a run can repeat."""

import torch
from torch import Tensor, nn

# What a byte can be: the share of a quick dropout is a whole number of so many.
_BYTES = 256
_WORD_BYTES = 8


class Dropout(nn.Module):
    """Dropout whose random numbers come from a generator of its own, so that a run can name and repeat them.

    In bfloat16, where a convolution takes less time than drawing a number for each value, a byte decides for each.
    """

    generator: torch.Generator | None = None

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def forward(self, x: Tensor) -> Tensor:
        """A map like x, in training with a share of its values 0 and the others enlarged."""
        if not self.training or not self.share:
            return x
        if x.dtype == torch.bfloat16:
            dropped = round(self.share * _BYTES)
            return x * (self._bytes(x) >= dropped).to(x.dtype).mul_(_BYTES / (_BYTES - dropped))
        keep = 1 - self.share
        return x * torch.empty_like(x).bernoulli_(keep, generator=self.generator).div_(keep)

    def _bytes(self, x: Tensor) -> Tensor:
        """A random byte for each value of a map [B, C, H, W], channels last."""
        batch, channels, height, width = x.shape
        words = torch.empty(-(-x.numel() // _WORD_BYTES), dtype=torch.int64, device=x.device)
        words.random_(-(1 << 63), None, generator=self.generator)
        flat = words.view(torch.uint8)[: x.numel()]
        return flat.view(batch, height, width, channels).permute(0, 3, 1, 2)
