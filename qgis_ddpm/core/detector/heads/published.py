"""The change head of ddpm-cd (`cd_head_v2`; Bandara et al. 2022, arXiv 2206.11892), key for key.

The names of its parts are those of the published weights. The file holds one part more, for the finest map, whose
result the published head computes and never uses: it is left out here, and with it the finest maps of both dates.
"""

from collections.abc import Sequence
from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .base import ChangeHead

_CLASSIFIER_CHANNELS = 64


class PublishedHead(ChangeHead):
    """Differences of the dates at each scale, carried from coarse to fine and gated by channel and place.

    levels: maps to read, each twice as fine as the one before. channels: of these maps, then of the next finer one.
    """

    def __init__(self, levels: Sequence[int], channels: Sequence[int], noise_levels: int) -> None:
        super().__init__()
        self.levels = list(levels)
        self.level_channels = list(channels[:-1])
        if len(self.levels) != len(self.level_channels) or not self.levels:
            raise ValueError(f"{len(levels)} levels and {len(channels)} channels")
        self.decoder = nn.ModuleList()
        for width, finer in pairwise(channels):
            self.decoder.append(NoiseFusion(width, noise_levels))
            self.decoder.append(Carry(width, finer))
        self.clfr_stg1 = nn.Conv2d(channels[-1], _CLASSIFIER_CHANNELS, 3, padding=1)
        self.clfr_stg2 = nn.Conv2d(_CLASSIFIER_CHANNELS, 2, 3, padding=1)

    @property
    def last(self) -> nn.Conv2d:  # type: ignore[override]
        """The layer that gives the logits."""
        return self.clfr_stg2

    def stride(self, strides: Sequence[int]) -> int:
        """Pixels of the tile for each logit: the last step doubles the finest map read."""
        return max(strides[self.levels[-1]] // 2, 1)

    def decide(self, gathered: Sequence[Tensor]) -> Tensor:
        """Logits [B, 2, H, W]; H and W are twice those of the finest map read."""
        carried: Tensor | None = None
        for number in range(len(self.levels)):
            fuse, carry = self.decoder[2 * number], self.decoder[2 * number + 1]
            first, second = (fuse(maps) for maps in gathered[2 * number : 2 * number + 2])
            difference = (first - second).abs()
            if carried is not None:
                # A tile that is no whole number of the coarsest pixels has rounded-up maps.
                difference = difference + carried[..., : difference.shape[-2], : difference.shape[-1]]
            carried = F.interpolate(carry(difference), scale_factor=2.0, mode="bilinear", align_corners=False)
        logits: Tensor = self.clfr_stg2(F.relu(self.clfr_stg1(carried)))
        return logits


class NoiseFusion(nn.Module):
    """The maps of all noise levels of one date made one."""

    def __init__(self, channels: int, noise_levels: int) -> None:
        super().__init__()
        one = noise_levels == 1
        self.block = nn.Sequential(
            nn.Identity() if one else nn.Conv2d(noise_levels * channels, channels, 1),
            nn.Identity() if one else nn.ReLU(),
            nn.Conv2d(channels, channels, 3, padding=1),
            nn.ReLU(),
        )

    def forward(self, x: Tensor) -> Tensor:
        """A map [B, channels, h, w] of x [B, noise_levels * channels, h, w]."""
        h: Tensor = self.block(x)
        return h


class Carry(nn.Module):
    """The way of a difference to the next finer scale."""

    def __init__(self, channels: int, out: int) -> None:
        super().__init__()
        self.block = nn.Sequential(nn.Conv2d(channels, out, 3, padding=1), nn.ReLU(), Gates(out))

    def forward(self, x: Tensor) -> Tensor:
        """A map [B, out, h, w] of x [B, channels, h, w]."""
        h: Tensor = self.block(x)
        return h


class Gates(nn.Module):
    """x gated by channel plus x gated by place (after Roy et al. 2018, arXiv 1803.02579, which takes the larger)."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.cSE = ChannelGate(channels)
        self.sSE = PlaceGate(channels)

    def forward(self, x: Tensor) -> Tensor:
        """A map like x [B, channels, h, w]."""
        return x * self.cSE(x) + x * self.sSE(x)  # type: ignore[no-any-return]


class ChannelGate(nn.Module):
    """A factor for each channel, from the means of all."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.fc1 = nn.Linear(channels, channels // 2)
        self.fc2 = nn.Linear(channels // 2, channels)

    def forward(self, x: Tensor) -> Tensor:
        """Factors [B, channels, 1, 1] of x [B, channels, h, w]."""
        return torch.sigmoid(self.fc2(F.relu(self.fc1(x.mean(dim=(2, 3))))))[:, :, None, None]


class PlaceGate(nn.Module):
    """A factor for each place, from its channels."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(channels, 1, 1)

    def forward(self, x: Tensor) -> Tensor:
        """Factors [B, 1, h, w] of x [B, channels, h, w]."""
        return torch.sigmoid(self.conv(x))
