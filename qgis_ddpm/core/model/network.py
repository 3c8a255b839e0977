"""What every network offers to the rest, whatever it is made of."""

from collections.abc import Iterable, Sequence
from math import ceil

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .wiener import WienerPrior


class Network(nn.Module):
    """What every network offers: forward(image, noise condition [B]) and the maps of its decoder."""

    # A key of NOISE_CONDITIONS: how the noise level is told to this network.
    noise_condition: str
    # Whether the image holds the estimate before as further channels.
    self_conditioning: bool
    # Channels of the image, that estimate and the condition included.
    image_channels: int
    # The last channels of the image: what the network is told beside the noise.
    condition_channels: int = 0
    # Whether it sees to its numbers itself, from its first layer to its last.
    is_made_for_bfloat16 = False
    # What its products are taken in.
    precision: torch.dtype = torch.float32
    # Of the decoder's maps, finest first.
    feature_channels: list[int]
    feature_strides: list[int]

    def maps(self, image: Tensor, noise_condition: Tensor, levels: Iterable[int]) -> dict[int, Tensor]:
        """The decoder's maps of some levels (0 = finest), on the padded image; finer levels are not computed."""
        raise NotImplementedError

    def __init__(self) -> None:
        super().__init__()
        # The linear estimate that the prediction `wiener` builds on.
        self.prior: WienerPrior | None = None

    def features(self, image: Tensor, noise_condition: Tensor, levels: Sequence[int]) -> list[Tensor]:
        """The decoder's maps [B, feature_channels, H / stride, W / stride], rounded up, in the order of `levels`."""
        maps = self.maps(image, noise_condition, levels)
        height, width = image.shape[-2:]
        strides = self.feature_strides
        return [
            maps[level][..., : ceil(height / strides[level]), : ceil(width / strides[level])].float()
            for level in levels
        ]

    def freeze(self) -> None:
        """Prepare a network whose weights change no more, on its device and in its precision."""

    def padded(self, image: Tensor) -> Tensor:
        """The image with its last row and column repeated up to a whole number of the coarsest strides."""
        stride = max(self.feature_strides)
        bottom, right = -image.shape[-2] % stride, -image.shape[-1] % stride
        return F.pad(image, (0, right, 0, bottom), mode="replicate") if bottom or right else image


class PatchedNetwork(Network):
    """A network that folds patches of pixels into channels at first, and halves its maps from level to level."""

    def __init__(
        self,
        channels: int,
        tile_px: int,
        patch_px: int,
        widths: list[int],
        self_conditioning: bool,
        wiener: bool,
        condition_channels: int,
    ) -> None:
        """widths: channels of the maps at each level, finest first; the rest as of the networks."""
        super().__init__()
        if wiener:
            self.prior = WienerPrior(channels, tile_px)
        self.patch_px = patch_px
        self.self_conditioning = self_conditioning
        self.condition_channels = condition_channels
        # Adds the mean of the condition over the tile to the embedding of the noise: so each block hears of it.
        self.told: nn.Module | None = None
        self.image_channels = channels * (1 + self_conditioning) + condition_channels
        self.feature_channels = widths
        self.feature_strides = [patch_px * 2**level for level in range(len(widths))]

    def with_told(self, embedding: Tensor, image: Tensor) -> Tensor:
        """An embedding [B, n] of the noise, and what the condition among the channels of the image says on average."""
        if self.told is None:
            return embedding
        mean = image[:, -self.condition_channels :].mean(dim=(2, 3))
        result: Tensor = embedding + self.told(mean.to(embedding.dtype))
        return result


def map_sizes(tile_px: int, patch_px: int, levels: int) -> list[int]:
    """The side of the map at each level, finest first, of a tile padded to a whole number of strides."""
    stride = patch_px * 2 ** (levels - 1)
    return [ceil(tile_px / stride) * stride // (patch_px * 2**level) for level in range(levels)]


def zeroed(layer: nn.Module) -> nn.Module:
    """A layer that starts at 0, so that at first a block changes nothing and the network answers 0."""
    for parameter in layer.parameters():
        nn.init.zeros_(parameter)
    return layer
