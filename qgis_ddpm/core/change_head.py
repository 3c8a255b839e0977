"""What every change head offers."""

from collections.abc import Sequence

import torch
from torch import Tensor, nn

# For each noise level the maps of one date that a head reads, each [B, C, h, w].
DateMaps = Sequence[Sequence[Tensor]]


class ChangeHead(nn.Module):
    """A network from decoder maps of two dates to class logits; class 1 is change.

    levels: numbers of the model's maps that it reads, in the order in which it wants them. level_channels: theirs.
    bands: of the images, where it reads them too. last: the layer that gives the logits. pace: its steps in training,
    times the learning rate.
    """

    pace = 1.0
    levels: Sequence[int]
    level_channels: Sequence[int]
    bands: int | None = None
    last: nn.Conv2d

    def gather(self, before: DateMaps, after: DateMaps, images: tuple[Tensor, Tensor]) -> list[Tensor]:
        """What the head reads, before any of its weights: computed once in training.

        images: the dates themselves, each [B, C, H, W] in [-1, 1]. For each level the maps of all noise levels of the
        first date, [B, noise levels * C, h, w], then of the second.
        """
        numbers = range(len(self.levels))
        return [torch.cat([maps[number] for maps in date], dim=1) for number in numbers for date in (before, after)]

    def decide(self, gathered: Sequence[Tensor]) -> Tensor:
        """Logits [B, 2, h, w] of what was gathered."""
        raise NotImplementedError

    def stride(self, strides: Sequence[int]) -> int:
        """Pixels of the tile for each logit, along a side; strides: of all maps of the model."""
        return strides[self.levels[-1]]

    def fit(self, mean_squares: Sequence[Tensor]) -> None:
        """Take in, before training, the mean square [C] of each channel of what is gathered from training tiles."""

    def forward(self, before: DateMaps, after: DateMaps, images: tuple[Tensor, Tensor]) -> Tensor:
        """Logits [B, 2, h, w], which may have further rows and columns where the tile was padded, or be coarser."""
        return self.decide(self.gather(before, after, images))
