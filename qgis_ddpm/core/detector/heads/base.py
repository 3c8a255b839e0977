"""What every change head offers."""

from collections.abc import Sequence

import torch
from torch import Tensor, nn

# A channel that never differs from 0 is left small, not blown up.
LEAST_SQUARE = 1e-6

# For each noise level the maps of one date that a head reads, each [B, C, h, w].
DateMaps = Sequence[Sequence[Tensor]]


class ChangeHead(nn.Module):
    """A network from decoder maps of two dates to class logits; class 1 is change.

    levels: numbers of the model's maps that it reads, in the order in which it wants them. level_channels: theirs.
    bands: of the images, where it reads them too. reads_estimates: whether in their place it reads what the model makes
    of them at each noise level, and no maps. adds_noise: whether the model sees the dates under noise, or as they are
    and is only told a noise level. noise_level_indices: which cached noise levels the head uses in training;
    None = all. last: the layer that gives the logits. lr_scale: factor on the learning rate of this head.
    """

    lr_scale = 1.0
    reads_estimates = False
    adds_noise = True
    votes = 1
    noise_level_indices: Sequence[int] | None = None
    levels: Sequence[int] = ()
    level_channels: Sequence[int] = ()
    bands: int | None = None
    last: nn.Conv2d

    def gather(self, before: DateMaps, after: DateMaps, images: tuple[Tensor, Tensor]) -> list[Tensor]:
        """What the head reads, before any of its weights: computed once in training.

        images: the dates themselves, each [B, C, H, W] in [-1, 1], or their estimates, [B, noise levels * C, H, W]
        about there. For each level the maps of all noise levels of the first date, [B, noise levels * C, h, w], then of
        the second.
        """
        numbers = range(len(self.levels))
        return [torch.cat([maps[number] for maps in date], dim=1) for number in numbers for date in (before, after)]

    def decide(self, gathered: Sequence[Tensor]) -> Tensor:
        """Logits [B, 2, h, w] of what was gathered."""
        raise NotImplementedError

    def vote(self, gathered: Sequence[Tensor]) -> list[Tensor]:
        """The probabilities [B, 1, h, w] behind the answer, whose mean it is."""
        return [torch.softmax(self.decide(gathered), dim=1)[:, 1:]]

    def stride(self, strides: Sequence[int]) -> int:
        """Pixels of the tile for each logit, along a side; strides: of all maps of the model."""
        return strides[self.levels[-1]]

    def set_channel_scale(self, mean_squares: Sequence[Tensor]) -> None:
        """Take, before training, the mean square [C] of each channel of what is gathered from training tiles."""

    def forward(self, before: DateMaps, after: DateMaps, images: tuple[Tensor, Tensor]) -> Tensor:
        """Logits [B, 2, h, w], which may have further rows and columns where the tile was padded, or be coarser."""
        return self.decide(self.gather(before, after, images))


def with_size(rise: Tensor) -> Tensor:
    """The size of each rise, then the rise itself [B, 2 * C, h, w]: weighed apart, so are what came and what went."""
    return torch.cat([rise.abs(), rise], dim=1)
