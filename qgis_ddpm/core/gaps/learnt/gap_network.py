"""A small network that says what the other estimates miss, and draws what could be missed.

It sees what they see and what they say, within 17 px, and answers their error. Holes are made at known places to learn
it from, so nothing but the scene itself is needed. Known pixels carry no noise and missing ones any amount of it, each
its own (Kim et al. 2024, RAD, arXiv 2412.09191): without information at all, the answer is the mean (a regression);
with a little noise, it is a step of a diffusion on residuals (Mardani et al. 2023, CorrDiff, arXiv 2309.15214).
"""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from ...model.network import zeroed
from ...model.wide_unet import over_channels

_WIDTH = 32
_DILATIONS = (1, 2, 4, 8)
# How far pixels lie from what they tell about.
REACH_PX = 2 + sum(_DILATIONS)
# Noise so strong that nothing is left to be seen.
NOTHING_SEEN = 1.0


class GapNetwork(nn.Module):
    """Convolutions at full resolution, with steps of 1 to 8 px between what they take; no pixel is special."""

    def __init__(self, features: int, channels: int) -> None:
        super().__init__()
        self.stem = nn.Conv2d(features + channels + 1, _WIDTH, 3, padding=1)
        self.wide = nn.ModuleList(nn.Conv2d(_WIDTH, _WIDTH, 3, padding=step, dilation=step) for step in _DILATIONS)
        self.out = nn.ModuleList(zeroed(nn.Conv2d(_WIDTH, _WIDTH, 1)) for _ in _DILATIONS)
        self.head = zeroed(nn.Conv2d(_WIDTH, channels, 3, padding=1))

    def forward(self, features: Tensor, seen: Tensor, noise: Tensor) -> Tensor:
        """The expected residual [B, C, h, w] in deviations.

        features: [B, F, h, w]. seen: [B, C, h, w], the residual with noise, of variance 1 together. noise:
        [B, 1, h, w], the noise's share of that variance: 0 where known, NOTHING_SEEN where only features tell.
        """
        h = self.stem(torch.cat([features, seen, noise], dim=1))
        for wide, out in zip(self.wide, self.out, strict=True):
            h = h + out(F.silu(wide(over_channels(h))))
        answer: Tensor = self.head(F.silu(over_channels(h)))
        return (1 - noise).sqrt() * seen + noise.sqrt() * answer


def with_noise(residual: Tensor, normal: Tensor, share: Tensor) -> Tensor:
    """Residuals of variance 1 with so large a share of noise, scaled to variance 1 together."""
    return (1 - share).sqrt() * residual + share.sqrt() * normal


def flops_a_pixel(features: int, channels: int) -> float:
    """Products and sums of one call, for each pixel."""
    block = 10 * _WIDTH**2
    return 2.0 * (9 * _WIDTH * (features + channels + 1) + len(_DILATIONS) * block + 9 * _WIDTH * channels)
