"""What every change head offers."""

from collections.abc import Sequence

from torch import Tensor, nn

# For each noise level the maps of one date that a head reads, each [B, C, h, w].
DateMaps = Sequence[Sequence[Tensor]]


class ChangeHead(nn.Module):
    """A network from decoder maps of two dates to class logits; class 1 is change.

    levels: numbers of the model's maps that it reads, in the order in which it wants them. level_channels: theirs.
    """

    levels: Sequence[int]
    level_channels: Sequence[int]

    def forward(self, before: DateMaps, after: DateMaps) -> Tensor:
        """Logits [B, 2, H, W], which may have further rows and columns where the tile was padded."""
        raise NotImplementedError
