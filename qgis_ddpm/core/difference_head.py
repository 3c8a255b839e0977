"""The head of this project: absolute differences of all scales, the finest included, carried from coarse to fine.

Dates meet in the first step, so it costs the same for two dates as for one and cannot tell which came first. Borders
are repeated, not filled with zeros: where nothing differs the logits are one constant everywhere.
"""

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .change_head import ChangeHead, DateMaps

# A channel that never differs is left small, not blown up.
_LEAST_SQUARE = 1e-6


class DifferenceHead(ChangeHead):
    """Differences of each scale, squeezed to few channels, mixed with what came from the coarser scale.

    levels: maps to read, each twice as fine as the one before. channels: of these maps. widths: channels that each is
    squeezed to. `scale_*`: what each channel of a difference is multiplied by, so that all are about 1 in size.
    """

    def __init__(
        self, levels: Sequence[int], channels: Sequence[int], widths: Sequence[int], noise_levels: int
    ) -> None:
        super().__init__()
        self.levels, self.level_channels = list(levels), list(channels)
        if not len(levels) == len(channels) == len(widths) or not levels:
            raise ValueError(f"{len(levels)} levels, {len(channels)} channels and {len(widths)} widths")
        self.squeeze, self.mix, self.carry = nn.ModuleList(), nn.ModuleList(), nn.ModuleList()
        for number, (width, squeezed) in enumerate(zip(channels, widths, strict=True)):
            self.register_buffer(f"scale_{number}", torch.ones(noise_levels * width))
            self.squeeze.append(nn.Conv2d(noise_levels * width, squeezed, 1))
            self.mix.append(nn.Conv2d(squeezed, squeezed, 3, padding=1, padding_mode="replicate"))
            if number:
                self.carry.append(nn.Conv2d(widths[number - 1], squeezed, 1))
        self.classify = nn.Conv2d(widths[-1], 2, 1)

    @property
    def last(self) -> nn.Conv2d:  # type: ignore[override]
        """The layer that gives the logits."""
        return self.classify

    def gather(self, before: DateMaps, after: DateMaps) -> list[Tensor]:
        """The absolute differences [B, noise_levels * channels, h, w] of each level, of all noise levels together."""
        numbers = range(len(self.levels))
        return [torch.cat([(b[n] - a[n]).abs() for b, a in zip(before, after, strict=True)], dim=1) for n in numbers]

    def fit(self, mean_squares: Sequence[Tensor]) -> None:
        """Scale each channel of a difference by its root mean square on training tiles."""
        for number, mean_square in enumerate(mean_squares):
            scale = torch.rsqrt(mean_square + _LEAST_SQUARE)
            self.get_buffer(f"scale_{number}").copy_(scale)

    def decide(self, gathered: Sequence[Tensor]) -> Tensor:
        """Logits [B, 2, h, w] of the size of the finest difference."""
        carried = gathered[0]
        for number, difference in enumerate(gathered):
            h = self.squeeze[number](difference * self.get_buffer(f"scale_{number}")[:, None, None])
            if number:
                coarse = self.carry[number - 1](carried)
                coarse = F.interpolate(coarse, scale_factor=2.0, mode="bilinear", align_corners=False)
                # A tile that is no whole number of the coarsest pixels has rounded-up maps.
                h = h + coarse[..., : h.shape[-2], : h.shape[-1]]
            carried = h + F.relu(self.mix[number](F.relu(h)))
        logits: Tensor = self.classify(F.relu(carried))
        return logits
