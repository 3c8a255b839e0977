"""Dropout that a run can repeat."""

import torch
from torch import Tensor, nn


class Dropout(nn.Module):
    """Dropout whose random numbers come from a generator of its own, so that a run can name and repeat them."""

    generator: torch.Generator | None = None

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def forward(self, x: Tensor) -> Tensor:
        """A map like x, in training with a share of its values 0 and the others enlarged."""
        if not self.training or not self.share:
            return x
        keep = 1 - self.share
        return x * torch.empty_like(x).bernoulli_(keep, generator=self.generator).div_(keep)
