"""A head for few labels: a weighted sum of how much the dates differ, in the model's maps and in the bands themselves.

It has two weights for each channel that it reads and learns no filters, so there is little that it can learn by heart.
It cannot tell which date came first, and where nothing differs the logits are one constant.
"""

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .brightness import brightness_channels, brightness_differences
from .change_head import ChangeHead, DateMaps

# A channel that never differs is left small, not blown up.
_LEAST_SQUARE = 1e-6


class LinearHead(ChangeHead):
    """Logits that are linear in absolute differences.

    levels: maps to read, each twice as fine as the one before. channels: of these maps. bands: of the images.
    `scale_*`: what each difference is multiplied by.
    """

    # Its only layer starts at 0 and would take hundreds of steps at the pace that filters bear.
    pace = 8.0

    def __init__(self, levels: Sequence[int], channels: Sequence[int], bands: int, noise_levels: int) -> None:
        super().__init__()
        self.levels, self.level_channels, self.bands = list(levels), list(channels), bands
        if len(levels) != len(channels) or not levels:
            raise ValueError(f"{len(levels)} levels and {len(channels)} channels")
        read = [*(noise_levels * each for each in channels), brightness_channels(bands)]
        for number, each in enumerate(read):
            self.register_buffer(f"scale_{number}", torch.ones(each))
        self.classify = nn.Conv2d(sum(read), 2, 1)
        nn.init.zeros_(self.classify.weight)

    @property
    def last(self) -> nn.Conv2d:  # type: ignore[override]
        """The layer that gives the logits."""
        return self.classify

    def gather(self, before: DateMaps, after: DateMaps, images: tuple[Tensor, Tensor]) -> list[Tensor]:
        """The absolute differences: of each level [B, noise levels * C, h, w], then of the bands at the finest size."""
        dates = super().gather(before, after, images)
        found = [(dates[number] - dates[number + 1]).abs() for number in range(0, len(dates), 2)]
        return [*found, brightness_differences(*images, *found[-1].shape[-2:])]

    def fit(self, mean_squares: Sequence[Tensor]) -> None:
        """Scale each difference by its root mean square on training tiles, a map's so that it is about 1 as a whole.

        The hundreds of channels of a map can be fitted to any few labels; so scaled they weigh as much as one band.
        """
        for number, each in enumerate(mean_squares):
            whole = len(each) if number < len(self.levels) else 1
            self.get_buffer(f"scale_{number}").copy_(torch.rsqrt(each + _LEAST_SQUARE) / whole)

    def decide(self, gathered: Sequence[Tensor]) -> Tensor:
        """Logits [B, 2, h, w] of the size of the finest maps."""
        # Weighing before enlarging is the same sum, for two channels instead of hundreds.
        weights = torch.split(self.classify.weight, [each.shape[1] for each in gathered], dim=1)
        logits = gathered[0].new_zeros(())
        for number, (each, weight) in enumerate(zip(gathered, weights, strict=True)):
            if 0 < number < len(self.levels):
                logits = F.interpolate(logits, scale_factor=2.0, mode="bilinear", align_corners=False)
                # A tile that is no whole number of the coarsest pixels has rounded-up maps.
                logits = logits[..., : each.shape[-2], : each.shape[-1]]
            logits = logits + F.conv2d(each * self.get_buffer(f"scale_{number}")[:, None, None], weight)
        assert self.classify.bias is not None  # nosec B101 - it is built with one
        return logits + self.classify.bias[:, None, None]
