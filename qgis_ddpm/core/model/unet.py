"""The network: a U-Net with few, plain parts, made to be small.

Its first move folds patches of pixels into channels, so that no layer works at full resolution where `patch_px` is
above 1: on a processor that is most of the time. Levels halve the map by averaging and double it by repeating.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from ...errors import ModelFileError
from .dropout import Dropout
from .network import Network, PatchedNetwork, map_sizes, zeroed
from .sr3 import SR3Network
from .waves import WAVES, waves
from .wide_unet import WideUNet

_HEAD_CHANNELS = 64


class UNet(PatchedNetwork):
    """A U-Net of residual blocks whose group norms are scaled and shifted by the noise level.

    channels: bands in and out. tile_px: side of the tiles it is made for; it says at which levels the map has one of
    the sizes `attention_at_px`. patch_px: 1, 2 or 4. channel_multipliers: one a level, finest first, times
    base_channels. self_conditioning: a second image, the last estimate of x0, comes with the input. wiener: the network
    carries the spectrum of its training tiles. condition_channels: planes that come last in the input.
    """

    noise_condition = "log_sigma"

    def __init__(
        self,
        channels: int,
        tile_px: int,
        base_channels: int,
        channel_multipliers: Sequence[int],
        patch_px: int = 1,
        res_blocks: int = 1,
        attention_at_px: Sequence[int] = (),
        dropout: float = 0.0,
        self_conditioning: bool = False,
        wiener: bool = False,
        condition_channels: int = 0,
    ) -> None:
        widths = [base_channels * multiplier for multiplier in channel_multipliers]
        super().__init__(channels, tile_px, patch_px, widths, self_conditioning, wiener, condition_channels)
        sizes = map_sizes(tile_px, patch_px, len(widths))
        embedding = 4 * base_channels
        self.noise_embedding = NoiseEmbedding(embedding)
        self.stem = nn.Conv2d(self.image_channels * patch_px**2, widths[0], 3, padding=1)
        self.encoder = nn.ModuleList()
        self.decoder = nn.ModuleList()
        width = widths[0]
        for level, level_width in enumerate(widths):
            attends = sizes[level] in attention_at_px
            down, up = nn.ModuleList(), nn.ModuleList()
            for block in range(res_blocks):
                down.append(
                    ResidualBlock(width if block == 0 else level_width, level_width, embedding, dropout, attends)
                )
                below = widths[min(level + 1, len(widths) - 1)] if block == 0 else level_width
                up.append(ResidualBlock(below + level_width, level_width, embedding, dropout, attends))
            self.encoder.append(down)
            self.decoder.append(up)
            width = level_width
        self.head_norm = nn.GroupNorm(_groups(widths[0]), widths[0])
        self.head = zeroed(nn.Conv2d(widths[0], channels * patch_px**2, 3, padding=1))
        self.told = zeroed(nn.Linear(condition_channels, embedding)) if condition_channels else None

    def forward(self, x: Tensor, noise_condition: Tensor) -> Tensor:
        """The network's output float32 [B, C, H, W] for x [B, image_channels, H, W] and the noise condition [B]."""
        height, width = x.shape[-2:]
        h = self.maps(x, noise_condition, [0])[0]
        h = F.pixel_shuffle(self.head(F.silu(self.head_norm(h))), self.patch_px)
        return h[..., :height, :width]

    def maps(self, image: Tensor, noise_condition: Tensor, levels: Iterable[int]) -> dict[int, Tensor]:
        """The decoder's maps of some levels (0 = finest), on the padded tile; finer levels are not computed."""
        asked = set(levels)
        embedding = self.with_told(self.noise_embedding(noise_condition), image)
        h = self.stem(F.pixel_unshuffle(self.padded(image), self.patch_px))
        skips = []
        for level, blocks in enumerate(self.encoder):
            if level:
                h = F.avg_pool2d(h, 2)
            for block in blocks:  # type: ignore[attr-defined]
                h = block(h, embedding)
                skips.append(h)
        maps = {}
        for level in range(len(self.decoder) - 1, min(asked) - 1, -1):
            if level < len(self.decoder) - 1:
                h = F.interpolate(h, scale_factor=2.0, mode="nearest")
            for block in self.decoder[level]:  # type: ignore[attr-defined]
                h = block(torch.cat([h, skips.pop()], dim=1), embedding)
            if level in asked:
                maps[level] = h
        return maps


class NoiseEmbedding(nn.Module):
    """The noise condition as waves that all vary over its range, then two layers."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.first = nn.Linear(WAVES, channels)
        self.second = nn.Linear(channels, channels)

    def forward(self, noise_condition: Tensor) -> Tensor:
        """The embedding [B, channels] of the noise condition [B]."""
        return F.silu(self.second(F.silu(self.first(waves(noise_condition)))))


class ResidualBlock(nn.Module):
    """Two convolutions on a residual path, modulated by the noise embedding; then self-attention where asked for."""

    def __init__(self, channels: int, out: int, embedding: int, dropout: float, attends: bool) -> None:
        super().__init__()
        self.norm1 = nn.GroupNorm(_groups(channels), channels)
        self.conv1 = nn.Conv2d(channels, out, 3, padding=1)
        self.modulation = nn.Linear(embedding, 2 * out)
        self.norm2 = nn.GroupNorm(_groups(out), out)
        self.dropout = Dropout(dropout)
        self.conv2 = zeroed(nn.Conv2d(out, out, 3, padding=1))
        self.skip = nn.Conv2d(channels, out, 1) if channels != out else nn.Identity()
        self.attention = SelfAttention(out) if attends else nn.Identity()

    def forward(self, x: Tensor, embedding: Tensor) -> Tensor:
        """The map [B, out, H, W] of x [B, channels, H, W] and the noise embedding [B, embedding]."""
        h = self.conv1(F.silu(self.norm1(x)))
        scale, shift = self.modulation(embedding)[:, :, None, None].chunk(2, dim=1)
        h = F.silu(torch.addcmul(shift, self.norm2(h), scale + 1))
        h = self.skip(x) + self.conv2(self.dropout(h))
        return self.attention(h)  # type: ignore[no-any-return]


class SelfAttention(nn.Module):
    """Self-attention over all positions of a map, added to it; heads of about 64 channels."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.heads = max(
            n for n in range(1, channels + 1) if channels % n == 0 and channels // n >= min(channels, _HEAD_CHANNELS)
        )
        self.norm = nn.GroupNorm(_groups(channels), channels)
        self.qkv = nn.Conv2d(channels, 3 * channels, 1)
        self.out = zeroed(nn.Conv2d(channels, channels, 1))

    def forward(self, x: Tensor) -> Tensor:
        """A map like x [B, channels, H, W]."""
        batch, channels, height, width = x.shape
        heads = self.qkv(self.norm(x)).reshape(batch, 3, self.heads, channels // self.heads, height * width)
        q, k, v = heads.transpose(-1, -2).unbind(1)
        h = F.scaled_dot_product_attention(q, k, v).transpose(-1, -2).reshape(x.shape)
        return x + self.out(h)  # type: ignore[no-any-return]


NETWORKS: dict[str, Callable[..., Network]] = {"unet": UNet, "wide": WideUNet, "sr3": SR3Network}


def build_network(config: Mapping[str, Any], channels: int) -> Network:
    """The network that a model card describes, with fresh weights from torch's random state.

    config: `kind` and the arguments of that network. Raises ModelFileError for what no network of ours can be.
    """
    arguments = dict(config)
    kind = arguments.pop("kind", None)
    if str(kind) not in NETWORKS:
        raise ModelFileError(
            f"The model has a network of kind {str(kind)[:60]!r}; this release knows {', '.join(NETWORKS)}."
        )
    try:
        _check_bounds(arguments)
        return NETWORKS[kind](channels=channels, **arguments)
    except (TypeError, ValueError, KeyError, OverflowError) as error:
        raise ModelFileError(
            f"The model's description of its network does not fit ({error}). Update qgis_ddpm."
        ) from None


def _check_bounds(arguments: Mapping[str, Any]) -> None:
    """A card is data from elsewhere: nothing in it may build a network beyond reason."""
    limits = {"tile_px": 1 << 14, "base_channels": 4096, "res_blocks": 64, "patch_px": 16, "norm_groups": 4096}
    limits["condition_channels"] = 4096
    for name, high in limits.items():
        if name in arguments and not 1 <= int(arguments[name]) <= high:
            raise ValueError(f"{name} {arguments[name]}")
    multipliers = arguments["channel_multipliers"]
    if not 1 <= len(multipliers) <= 12 or not all(1 <= int(multiplier) <= 64 for multiplier in multipliers):
        raise ValueError(f"channel_multipliers {multipliers}")


def _groups(channels: int) -> int:
    """Groups of a norm: at most 32, of at least four channels where there are as many."""
    return max(n for n in range(1, 33) if channels % n == 0 and channels // n >= min(channels, 4))
