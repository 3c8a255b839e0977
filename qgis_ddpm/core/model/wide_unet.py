"""A U-Net whose time is spent in products: wide at coarse maps, with little beside its convolutions.

On a processor that multiplies bfloat16 fast, what is no product rules: a group norm takes longer than the convolution
after it, a cast as long as an activation. So maps stay bfloat16 with channels last from stem to head, where what
multiplies so is asked for; a block has one norm, over channels, which is one pass in that layout, and one factor a
channel for the noise level; skips are added, not joined; a level is left by a strided convolution and entered by
repeating. Weights are float32 and cast once a call. No product depends on how many tiles are in a batch.
"""

from collections.abc import Iterable, Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .dropout import Dropout
from .network import PatchedNetwork, map_sizes, zeroed
from .waves import WAVES, waves

_HEAD_CHANNELS = 64
# Channels of the noise embedding: one number goes in, and what muon does with a matrix grows with its shorter side.
_EMBEDDING = 64
# Positions of a map whose shares in each other are kept for gradients.
_MOST_PLAIN = 1024


class WideUNet(PatchedNetwork):
    """A U-Net of residual blocks, made for widths in multiples of 32.

    channels: bands in and out. tile_px: side of the tiles it is made for; it says at which levels the map has one of
    the sizes `attention_at_px`. patch_px: pixels folded into channels by the first move. channel_multipliers: one a
    level, finest first, times base_channels. self_conditioning: a second image, the last estimate of x0, comes with the
    input. wiener: the network carries the spectrum of its training tiles. condition_channels: planes that come last in
    the input.
    """

    noise_condition = "log_sigma"
    is_made_for_bfloat16 = True

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
        levels = len(widths)
        attends = [size in attention_at_px for size in map_sizes(tile_px, patch_px, levels)]
        self.embedding = nn.ModuleList([Linear(WAVES, _EMBEDDING), Linear(_EMBEDDING, _EMBEDDING)])
        self.stem = Conv(self.image_channels * patch_px**2, widths[0], 3, padding=1)
        self.encoder, self.decoder = (
            nn.ModuleList(
                nn.ModuleList(
                    WideBlock(width, dropout, attends[level] and block == res_blocks - 1) for block in range(res_blocks)
                )
                for level, width in enumerate(widths)
            )
            for _ in range(2)
        )
        self.down = nn.ModuleList(Conv(widths[i], widths[i + 1], 2, stride=2) for i in range(levels - 1))
        self.up = nn.ModuleList(Conv(widths[i + 1], widths[i], 1) for i in range(levels - 1))
        self.head = zeroed(Conv(widths[0], channels * patch_px**2, 3, padding=1))
        self.told = zeroed(Linear(condition_channels, _EMBEDDING)) if condition_channels else None

    def forward(self, x: Tensor, noise_condition: Tensor) -> Tensor:
        """The network's answer float32 [B, C, H, W] for x [B, image_channels, H, W] and the noise condition [B]."""
        height, width = x.shape[-2:]
        h = self.maps(x, noise_condition, [0])[0]
        h = F.pixel_shuffle(self.head(F.silu(over_channels(h))).float(), self.patch_px)
        return h[..., :height, :width]

    def maps(self, image: Tensor, noise_condition: Tensor, levels: Iterable[int]) -> dict[int, Tensor]:
        """The decoder's maps of some levels (0 = finest), on the padded tile; finer levels are not computed."""
        wanted = set(levels)
        embedding = waves(noise_condition).to(self.precision)
        for layer in self.embedding:
            embedding = F.silu(layer(embedding))
        embedding = self.with_told(embedding, image)
        patches = F.pixel_unshuffle(self.padded(image), self.patch_px)
        h = self.stem(patches.to(self.precision, memory_format=torch.channels_last))
        skips = []
        for level, blocks in enumerate(self.encoder):
            if level:
                h = self.down[level - 1](h)
            for block in blocks:  # type: ignore[attr-defined]
                h = block(h, embedding)
            skips.append(h)
        found = {}
        for level in range(len(skips) - 1, min(wanted) - 1, -1):
            if level < len(skips) - 1:
                h = F.interpolate(self.up[level](h), scale_factor=2.0, mode="nearest") + skips[level]
            for block in self.decoder[level]:  # type: ignore[attr-defined]
                h = block(h, embedding)
            if level in wanted:
                found[level] = h
        return found

    def freeze(self) -> None:
        """Keep the weights in the numbers they are multiplied in: no call casts them any more."""
        for part in self.modules():
            if isinstance(part, Conv | Linear):
                part.to(self.precision)


class Conv(nn.Conv2d):
    """A convolution in the numbers of its input, whatever those of its weights."""

    def forward(self, x: Tensor) -> Tensor:
        """As of nn.Conv2d."""
        bias = None if self.bias is None else self.bias.to(x.dtype)
        found: Tensor = self._conv_forward(x, self.weight.to(x.dtype), bias)
        return found


class Linear(nn.Linear):
    """A linear layer in the numbers of its input, whatever those of its weights."""

    def forward(self, x: Tensor) -> Tensor:
        """As of nn.Linear."""
        return F.linear(x, self.weight.to(x.dtype), self.bias.to(x.dtype))


class WideBlock(nn.Module):
    """Two convolutions on a residual path, scaled by the noise embedding; then self-attention where asked for."""

    def __init__(self, channels: int, dropout: float, attends: bool) -> None:
        super().__init__()
        self.conv1 = Conv(channels, channels, 3, padding=1)
        self.scale = zeroed(Linear(_EMBEDDING, channels))
        self.dropout = Dropout(dropout)
        self.conv2 = zeroed(Conv(channels, channels, 3, padding=1))
        self.attention = WideAttention(channels) if attends else None

    def forward(self, x: Tensor, embedding: Tensor) -> Tensor:
        """A map like x [B, channels, H, W]; embedding [B, n] of the noise level."""
        h = self.conv1(over_channels(x)) * (1 + self.scale(embedding)[:, :, None, None])
        h = x + self.conv2(self.dropout(F.silu(h)))
        return h if self.attention is None else self.attention(h)  # type: ignore[no-any-return]


class WideAttention(nn.Module):
    """Self-attention over all positions of a map, added to it; heads of 64 channels."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.heads = channels // _HEAD_CHANNELS if channels % _HEAD_CHANNELS == 0 else 1
        self.qkv = Conv(channels, 3 * channels, 1)
        self.out = zeroed(Conv(channels, channels, 1))

    def forward(self, x: Tensor) -> Tensor:
        """A map like x [B, channels, H, W]."""
        batch, channels, height, width = x.shape
        heads = self.qkv(over_channels(x)).permute(0, 2, 3, 1)
        heads = heads.reshape(batch, height * width, 3, self.heads, channels // self.heads)
        q, k, v = heads.permute(2, 0, 3, 1, 4)
        h = _attend(q, k, v).transpose(1, 2).reshape(batch, height, width, channels)
        return x + self.out(h.permute(0, 3, 1, 2))  # type: ignore[no-any-return]


def _attend(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
    """Attention of q to k and v [B, heads, N, C]; where gradients are wanted in bfloat16, by plain products.

    torch's own on a processor takes its gradients two to four times as long as these, which keep N x N shares.
    """
    plain = torch.is_grad_enabled() and q.dtype == torch.bfloat16 and q.device.type == "cpu"
    if not plain or q.shape[-2] > _MOST_PLAIN:
        return F.scaled_dot_product_attention(q, k, v)
    shares = torch.matmul(q * q.shape[-1] ** -0.5, k.mT).softmax(dim=-1)
    return torch.matmul(shares, v)


def over_channels(x: Tensor) -> Tensor:
    """Each position of a map [B, C, H, W] with mean 0 and variance 1 over its channels, without weights."""
    return F.layer_norm(x.permute(0, 2, 3, 1), (x.shape[1],)).permute(0, 3, 1, 2)
