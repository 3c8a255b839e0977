"""The network of SR3 (Saharia et al. 2021, arXiv 2104.07636) as ddpm-cd published it, key for key.

The names of its parts are those of the published weights (Bandara et al. 2022, arXiv 2206.11892). It keeps their
order of channels and of layers too, so that it answers as the published network does.
"""

from collections.abc import Iterable, Sequence
from math import log

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .dropout import Dropout
from .network import Network

NORM_GROUPS = 32


class SR3Network(Network):
    """A U-Net whose residual blocks add the noise level to their channels.

    channels: bands in and out. channel_multipliers: one a level, finest first, times base_channels. res_blocks: of
    each level on the way down; the way up has one more. attention_levels: levels whose blocks attend (0 = finest).
    The decoder's maps are those of all its blocks, numbered from the last, so `features` counts as ddpm-cd does.
    condition_channels: planes that come last in the input, such as the coarser image of SR3's super-resolution.
    """

    noise_condition = "signal"
    self_conditioning = False

    def __init__(
        self,
        channels: int,
        base_channels: int,
        channel_multipliers: Sequence[int],
        res_blocks: int = 2,
        attention_levels: Sequence[int] = (),
        norm_groups: int = NORM_GROUPS,
        dropout: float = 0.0,
        condition_channels: int = 0,
    ) -> None:
        super().__init__()
        widths = [base_channels * multiplier for multiplier in channel_multipliers]
        levels = range(len(widths))
        self.condition_channels = condition_channels
        self.image_channels = channels + condition_channels
        self.feature_channels = [widths[level] for level in levels for _ in range(res_blocks + 1)]
        self.feature_strides = [2**level for level in levels for _ in range(res_blocks + 1)]

        def block(width: int, level: int, attends: bool) -> SR3Block:
            return SR3Block(width, widths[level], base_channels, attends, norm_groups, dropout)

        self.noise_level_mlp = nn.Sequential(
            NoiseWaves(base_channels),
            nn.Linear(base_channels, 4 * base_channels),
            nn.SiLU(),
            nn.Linear(4 * base_channels, base_channels),
        )
        self.init_conv = nn.Conv2d(self.image_channels, base_channels, 3, padding=1)
        self.downs = nn.ModuleList()
        width, skips = base_channels, [base_channels]
        for level in levels:
            for _ in range(res_blocks):
                self.downs.append(block(width, level, level in attention_levels))
                width = widths[level]
                skips.append(width)
            if level < levels[-1]:
                self.downs.append(Downsample(width))
                skips.append(width)
        self.mid = nn.ModuleList([block(width, -1, attends) for attends in (True, False)])
        width = widths[-1]
        self.ups = nn.ModuleList()
        for level in reversed(levels):
            for _ in range(res_blocks + 1):
                self.ups.append(block(width + skips.pop(), level, level in attention_levels))
                width = widths[level]
            if level:
                self.ups.append(Upsample(width))
        self.final_conv = ConvBlock(width, channels, norm_groups)

    def forward(self, image: Tensor, noise_condition: Tensor) -> Tensor:
        """The predicted noise float32 [B, C, H, W] in an image [B, image_channels, H, W]; condition [B] in (0, 1)."""
        height, width = image.shape[-2:]
        output: Tensor = self.final_conv(self.maps(image, noise_condition, [0])[0])
        return output[..., :height, :width]

    def maps(self, image: Tensor, noise_condition: Tensor, levels: Iterable[int]) -> dict[int, Tensor]:
        """The outputs of some blocks of the decoder (0 = last), on the padded image; later ones are not computed."""
        asked = set(levels)
        embedding = self.noise_level_mlp(noise_condition)
        h = self.init_conv(self.padded(image))
        skips = [h]
        for layer in self.downs:
            h = layer(h, embedding)
            skips.append(h)
        for layer in self.mid:
            h = layer(h, embedding)
        maps: dict[int, Tensor] = {}
        number = len(self.feature_channels)
        for layer in self.ups:
            if isinstance(layer, Upsample):
                h = layer(h)
                continue
            h = layer(torch.cat([h, skips.pop()], dim=1), embedding)
            number -= 1
            if number in asked:
                maps[number] = h
            if number == min(asked):
                break
        return maps


class NoiseWaves(nn.Module):
    """The noise level as sines and cosines of ever lower frequencies."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.count = channels // 2

    def forward(self, noise_condition: Tensor) -> Tensor:
        """Waves [B, channels] of noise levels [B]."""
        steps = torch.arange(self.count, dtype=noise_condition.dtype, device=noise_condition.device) / self.count
        angles = noise_condition[:, None] * torch.exp(-log(1e4) * steps)
        return torch.cat([angles.sin(), angles.cos()], dim=1)


class Downsample(nn.Module):
    """A convolution that halves the map."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(channels, channels, 3, stride=2, padding=1)

    def forward(self, x: Tensor, embedding: Tensor) -> Tensor:
        """Half the map x [B, channels, H, W]; the noise embedding is not looked at."""
        h: Tensor = self.conv(x)
        return h


class Upsample(nn.Module):
    """Repeated pixels, then a convolution."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(channels, channels, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        """The map x [B, channels, H, W] at twice its size."""
        h: Tensor = self.conv(F.interpolate(x, scale_factor=2.0, mode="nearest"))
        return h


class SR3Block(nn.Module):
    """A residual block, then self-attention where asked for."""

    def __init__(self, channels: int, out: int, embedding: int, attends: bool, norm_groups: int, dropout: float):
        super().__init__()
        self.res_block = SR3ResidualBlock(channels, out, embedding, norm_groups, dropout)
        self.attn = SingleHeadAttention(out, norm_groups) if attends else nn.Identity()

    def forward(self, x: Tensor, embedding: Tensor) -> Tensor:
        """A map [B, out, H, W] of x [B, channels, H, W] and the noise embedding."""
        h: Tensor = self.attn(self.res_block(x, embedding))
        return h


class SR3ResidualBlock(nn.Module):
    """Two convolutions on a residual path; the noise embedding is added between them."""

    def __init__(self, channels: int, out: int, embedding: int, norm_groups: int, dropout: float) -> None:
        super().__init__()
        self.noise_func = NoiseShift(embedding, out)
        self.block1 = ConvBlock(channels, out, norm_groups)
        self.block2 = ConvBlock(out, out, norm_groups, dropout)
        self.res_conv = nn.Conv2d(channels, out, 1) if channels != out else nn.Identity()

    def forward(self, x: Tensor, embedding: Tensor) -> Tensor:
        """A map [B, out, H, W] of x [B, channels, H, W] and the noise embedding."""
        h: Tensor = self.block2(self.noise_func(self.block1(x), embedding)) + self.res_conv(x)
        return h


class NoiseShift(nn.Module):
    """The noise embedding added to each channel."""

    def __init__(self, embedding: int, channels: int) -> None:
        super().__init__()
        self.noise_func = nn.Sequential(nn.Linear(embedding, channels))

    def forward(self, x: Tensor, embedding: Tensor) -> Tensor:
        """The map x [B, channels, H, W], shifted."""
        shift: Tensor = self.noise_func(embedding)
        return x + shift[:, :, None, None]


class ConvBlock(nn.Module):
    """Group norm, swish, dropout, convolution."""

    def __init__(self, channels: int, out: int, norm_groups: int, dropout: float = 0.0) -> None:
        super().__init__()
        self.block = nn.Sequential(
            nn.GroupNorm(norm_groups, channels), nn.SiLU(), Dropout(dropout), nn.Conv2d(channels, out, 3, padding=1)
        )

    def forward(self, x: Tensor) -> Tensor:
        """A map [B, out, H, W] of x [B, channels, H, W]."""
        h: Tensor = self.block(x)
        return h


class SingleHeadAttention(nn.Module):
    """Self-attention of one head over all positions of a map, added to it."""

    def __init__(self, channels: int, norm_groups: int) -> None:
        super().__init__()
        self.norm = nn.GroupNorm(norm_groups, channels)
        self.qkv = nn.Conv2d(channels, 3 * channels, 1, bias=False)
        self.out = nn.Conv2d(channels, channels, 1)

    def forward(self, x: Tensor) -> Tensor:
        """A map like x [B, channels, H, W]."""
        q, k, v = (part.flatten(2).transpose(1, 2) for part in self.qkv(self.norm(x)).chunk(3, dim=1))
        h: Tensor = self.out(F.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(x.shape))
        return x + h
