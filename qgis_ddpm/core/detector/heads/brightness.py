"""How much two dates differ in plain brightness and colour, over squares wide enough to leave detail and shifts out.

A model's maps say little of it: what a linear estimate of the image already tells, its network need not learn. Yet new
ground, roofs and roads are above all brighter or darker than what was there (docs/foundation-models.md).
"""

import torch
from torch import Tensor
from torch.nn import functional as F

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
