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
    """Absolute differences [B, sides * C, height, width] of local means of two dates [B, C, H, W].

    At borders the mean is of what there is.
    """
    means = [F.avg_pool2d(before - after, side, stride=1, padding=side // 2, count_include_pad=False) for side in SIDES]
    return F.adaptive_avg_pool2d(torch.cat(means, dim=1).abs(), (height, width))
