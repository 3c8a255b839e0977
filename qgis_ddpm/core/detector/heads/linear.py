"""A head for few labels: a weighted sum of how the model's estimates of two dates differ.

An estimate under much noise is what is sure of a place: furrows, cars and shifts are gone, large shapes and their
brightness stay, so the noise levels are the scales. Of each band and level the head weighs by how much the estimates
differ and which way: new ground is brighter than the field before it. These are few numbers, and one labelled pair is
enough to weigh them (docs/foundation-models.md). Where nothing differs the logits are one constant.
"""

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from .base import LEAST_SQUARE, ChangeHead, DateMaps, with_size


class LinearHead(ChangeHead):
    """Logits that are linear in differences of estimates and in their sizes; bands: of the images.

    `scale`: what each difference is multiplied by.
    """

    # Its only layer starts at 0 and would take hundreds of steps at the learning rate that filters bear.
    lr_scale = 8.0
    bands: int
    reads_estimates = True

    def __init__(self, bands: int, noise_levels: int) -> None:
        super().__init__()
        self.bands = bands
        self.register_buffer("scale", torch.ones(noise_levels * bands))
        self.classify = nn.Conv2d(2 * noise_levels * bands, 2, 1)
        nn.init.zeros_(self.classify.weight)

    @property
    def last(self) -> nn.Conv2d:  # type: ignore[override]
        """The layer that gives the logits."""
        return self.classify

    def gather(self, before: DateMaps, after: DateMaps, images: tuple[Tensor, Tensor]) -> list[Tensor]:
        """By how much each estimate rose, [B, noise levels * bands, H, W]; there are no maps."""
        return [images[1] - images[0]]

    def set_channel_scale(self, mean_squares: Sequence[Tensor]) -> None:
        """Scale each difference by its root mean square on training tiles."""
        self.get_buffer("scale").copy_(torch.rsqrt(self._of_mine(mean_squares[0], 0) + LEAST_SQUARE))

    def decide(self, gathered: Sequence[Tensor]) -> Tensor:
        """Logits [B, 2, H, W]."""
        rises = self._of_mine(gathered[0], 1) * self.get_buffer("scale")[:, None, None]
        logits: Tensor = self.classify(with_size(rises))
        return logits

    def stride(self, strides: Sequence[int]) -> int:
        """It answers for each pixel."""
        return 1

    def _of_mine(self, channels: Tensor, axis: int) -> Tensor:
        """The channels of the noise levels that it looks at."""
        if self.noise_level_indices is None:
            return channels
        # [..., noise levels * bands, ...], those of a level side by side.
        mine = [self.bands * level + band for level in self.noise_level_indices for band in range(self.bands)]
        return channels.index_select(axis, torch.tensor(mine, device=channels.device))
