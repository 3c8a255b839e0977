"""The head of this project: differences of what each date shows, at all scales, the finest included.

Each date is looked at alone, through the same weights; how much both differ is weighed by what they show together, and
carried from coarse to fine. Last, plain differences of brightness are weighed in, which alone tell what came from what
went. Borders are repeated, not filled with zeros: where nothing differs the logits are one constant everywhere.
"""

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .base import LEAST_SQUARE, ChangeHead, DateMaps, with_size

# Sides of the squares, in pixels: about a house, a yard, a field.
SIDES = (9, 17, 33)


def brightness_channels(bands: int) -> int:
    """Channels of `brightness_differences`."""
    return len(SIDES) * bands


def brightness_differences(before: Tensor, after: Tensor, height: int, width: int) -> Tensor:
    """By how much local means rose from one date [B, C, H, W] to the other: [B, sides * C, height, width].

    At borders the mean is of what there is.
    """
    rise = after - before
    means = [_local_mean(rise, side) for side in SIDES]
    return F.adaptive_avg_pool2d(torch.cat(means, dim=1), (height, width))


def _local_mean(image: Tensor, side: int) -> Tensor:
    """The mean over squares, along rows and then along columns: in one go it takes a quarter of the network's time."""
    for size in ((1, side), (side, 1)):
        padding = (size[0] // 2, size[1] // 2)
        image = F.avg_pool2d(image, size, stride=1, padding=padding, count_include_pad=False)
    return image


class DifferenceHead(ChangeHead):
    """Differences of each scale in few channels, mixed with what came from the coarser scale.

    levels: maps to read, each twice as fine as the one before. channels: of these maps. widths: channels that each is
    brought to. bands: of the images; None in detectors from before, which do not read them. `scale_*`: what each
    channel of a map is multiplied by, so that all are about 1 in size; the last is of the brightness.
    """

    def __init__(
        self,
        levels: Sequence[int],
        channels: Sequence[int],
        widths: Sequence[int],
        noise_levels: int,
        bands: int | None = None,
    ) -> None:
        super().__init__()
        self.levels, self.level_channels, self.bands = list(levels), list(channels), bands
        if not len(levels) == len(channels) == len(widths) or not levels:
            raise ValueError(f"{len(levels)} levels, {len(channels)} channels and {len(widths)} widths")
        self.show, self.weigh, self.mix, self.carry = (nn.ModuleList() for _ in range(4))
        for number, (read, width) in enumerate(zip(channels, widths, strict=True)):
            self.register_buffer(f"scale_{number}", torch.ones(noise_levels * read))
            self.show.append(nn.Conv2d(noise_levels * read, width, 1))
            self.weigh.append(nn.Conv2d(noise_levels * read, width, 1))
            self.mix.append(nn.Conv2d(width, width, 3, padding=1, padding_mode="replicate"))
            if number:
                self.carry.append(nn.Conv2d(widths[number - 1], width, 1))
        brightness = 0
        if bands is not None:
            brightness = brightness_channels(bands)
            self.register_buffer(f"scale_{len(channels)}", torch.ones(brightness))
        self.classify = nn.Conv2d(widths[-1] + 2 * brightness, 2, 1)

    @property
    def last(self) -> nn.Conv2d:  # type: ignore[override]
        """The layer that gives the logits."""
        return self.classify

    def gather(self, before: DateMaps, after: DateMaps, images: tuple[Tensor, Tensor]) -> list[Tensor]:
        """The maps of both dates, level by level; then, with bands, [B, sides * bands, h, w] of their brightness."""
        found = super().gather(before, after, images)
        if self.bands is not None:
            found.append(brightness_differences(*images, *found[-1].shape[-2:]))
        return found

    def set_channel_scale(self, mean_squares: Sequence[Tensor]) -> None:
        """Scale each channel of a map by its root mean square on training tiles, of both dates."""
        if self.bands is not None:
            self.get_buffer(f"scale_{len(self.levels)}").copy_(torch.rsqrt(mean_squares[-1] + LEAST_SQUARE))
        # The maps of both dates in turn.
        for number in range(len(self.levels)):
            first, second = mean_squares[2 * number : 2 * number + 2]
            self.get_buffer(f"scale_{number}").copy_(torch.rsqrt((first + second) / 2 + LEAST_SQUARE))

    def decide(self, gathered: Sequence[Tensor]) -> Tensor:
        """Logits [B, 2, h, w] of the size of the finest maps."""
        carried = gathered[0]
        for number in range(len(self.levels)):
            h = self._difference(number, *gathered[2 * number : 2 * number + 2])
            if number:
                coarse = self.carry[number - 1](carried)
                coarse = F.interpolate(coarse, scale_factor=2.0, mode="bilinear", align_corners=False)
                # A tile that is no whole number of the coarsest pixels has rounded-up maps.
                h = h + coarse[..., : h.shape[-2], : h.shape[-1]]
            carried = h + F.relu(self.mix[number](F.relu(h)))
        shown = F.relu(carried)
        if self.bands is not None:
            scale = self.get_buffer(f"scale_{len(self.levels)}")[:, None, None]
            shown = torch.cat([shown, with_size(gathered[-1] * scale)], dim=1)
        logits: Tensor = self.classify(shown)
        return logits

    def _difference(self, number: int, before: Tensor, after: Tensor) -> Tensor:
        """How much two maps of one scale differ, weighed by what both show: 0 where they are equal."""
        scale = self.get_buffer(f"scale_{number}")[:, None, None]
        before, after = before * scale, after * scale
        shown = F.relu(self.show[number](torch.cat([before, after])))
        first, second = shown.chunk(2)
        weight: Tensor = 2 * torch.sigmoid(self.weigh[number](before + after))
        return (first - second).abs() * weight
