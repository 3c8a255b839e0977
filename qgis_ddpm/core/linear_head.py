"""A head for few labels: a weighted sum of how much the dates differ, in the model's maps and in the bands themselves.

It has two weights for each channel that it reads and learns no filters, so there is little that it can learn by heart.
The bands are read as well, since a model's maps say little of plain brightness and colour: with `wiener` the network
learns only what the linear estimate of them leaves. It cannot tell which date came first, and where nothing differs the
logits are one constant.
"""

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .change_head import ChangeHead, DateMaps

# The bands' local mean and deviation are compared over squares of these sides, in pixels.
SIDES = (5, 17)
# A channel that never differs is left small, not blown up.
_LEAST_SQUARE = 1e-6


class LinearHead(ChangeHead):
    """Logits that are linear in absolute differences.

    levels: maps to read, each twice as fine as the one before. channels: of these maps. bands: of the images.
    `scale_*`: what each difference is multiplied by, so that all are about 1 in size.
    """

    def __init__(self, levels: Sequence[int], channels: Sequence[int], bands: int, noise_levels: int) -> None:
        super().__init__()
        self.levels, self.level_channels, self.bands = list(levels), list(channels), bands
        if len(levels) != len(channels) or not levels:
            raise ValueError(f"{len(levels)} levels and {len(channels)} channels")
        read = [*(noise_levels * each for each in channels), 2 * len(SIDES) * bands]
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
        first, second = (_local_statistics(image) for image in images)
        height, width = found[-1].shape[-2:]
        return [*found, F.adaptive_avg_pool2d((first - second).abs(), (height, width))]

    def fit(self, mean_squares: Sequence[Tensor]) -> None:
        """Scale each difference by its root mean square on training tiles."""
        for number, each in enumerate(mean_squares):
            self.get_buffer(f"scale_{number}").copy_(torch.rsqrt(each + _LEAST_SQUARE))

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


def _local_statistics(image: Tensor) -> Tensor:
    """Local means and deviations [B, 2 * sides * C, H, W] of an image [B, C, H, W]; at borders of what there is."""
    found = []
    for side in SIDES:
        mean, square = (
            F.avg_pool2d(each, side, stride=1, padding=side // 2, count_include_pad=False) for each in (image, image**2)
        )
        found += [mean, (square - mean**2).clamp(min=0).sqrt()]
    return torch.cat(found, dim=1)
