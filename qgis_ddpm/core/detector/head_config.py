"""What a change head looks like on a model: the maps it reads, and how wide ours is for a tenth of the cost."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import torch
from torch import Tensor

from ...card import WITHOUT_NOISE
from ...errors import JobError
from ..model import DiffusionModel
from ..model.cost import count_flops
from .detector import build_head
from .heads.base import ChangeHead
from .heads.topdown import SQUARES

# Our head may cost this share of the published one on the same maps.
COST_SHARE = 0.1
# Channels of the finest difference, the first that is cheap enough; coarser ones have twice as many each time.
WIDTHS = (32, 24, 16, 12, 8, 6, 4)
MAX_WIDTH = 64
# Channels of a top-down head's sums, and of its own encoder: chosen in benchmarks/heads.py.
_SUMS = 32
_OF_MEMBERS: dict[str, tuple[int, ...]] = {"topdown": (), "siamese": (24, 32, 48, 64)}
# Its windows are so many tiles of the model wide.
_TILES_WIDE = 2


def has_members(kind: str) -> bool:
    """Whether a head of a kind is the mean of several that were trained on other pairs each."""
    return kind in WITHOUT_NOISE


def plan_head(kind: str, model: DiffusionModel, noise_levels: int) -> dict[str, Any]:
    """The description of a head for a detector card. Raises JobError where the model has too few scales for it."""
    levels = scales(model.feature_strides)
    widths = [model.feature_channels[level] for level in levels]
    published = {"kind": "published", "levels": levels[:-1], "channels": widths}
    if kind == "published":
        if len(levels) < 2:
            raise JobError(
                "HEAD is published, which needs a model of two scales or more; this one has one. Choose ours."
            )
        return published
    if kind == "linear":
        return {"kind": "linear", "bands": len(model.card.bands)}
    if has_members(kind):
        return _top_down(kind, model)
    plans = [
        {
            "kind": "ours",
            "levels": levels,
            "channels": widths,
            "widths": [min(finest << (len(levels) - 1 - number), MAX_WIDTH) for number in range(len(levels))],
            "bands": len(model.card.bands),
        }
        for finest in WIDTHS
    ]
    if len(levels) < 2:
        return plans[-1]
    limit = COST_SHARE * head_flops(published, model, noise_levels)
    return next((plan for plan in plans if head_flops(plan, model, noise_levels) <= limit), plans[-1])


def _top_down(kind: str, model: DiffusionModel) -> dict[str, Any]:
    own = _OF_MEMBERS[kind]
    # Finer maps cost most of the network's time and gain nothing.
    levels = [level for level in scales(model.feature_strides) if model.feature_strides[level] in SQUARES]
    levels = [] if own else levels
    return {
        "kind": kind,
        "levels": levels,
        "channels": [model.feature_channels[level] for level in levels],
        "strides": [model.feature_strides[level] for level in levels],
        "bands": len(model.card.bands),
        "width": _SUMS,
        "own": list(own),
        "members": 1,
        "plain": 1,
        "window_px": _TILES_WIDE * model.card.tile_px,
    }


def start_of(description: dict[str, Any], noise_levels: int, number: int) -> ChangeHead:
    """A fresh head of a description, the one with this number of several that are trained side by side.

    Filters start from other weights each time. A linear head ends the same wherever it starts; so the first looks at
    all noise levels, the next at the highest alone, then at the lowest, then at each of the others.
    """
    readings = [list(range(noise_levels)), *([level] for level in (noise_levels - 1, *range(noise_levels - 1)))]
    indices = readings[number % len(readings)]
    if description["kind"] != "linear" or len(indices) == noise_levels:
        return build_head(description, noise_levels)
    head = build_head(description, len(indices))
    head.noise_level_indices = indices
    return head


def scales(strides: Sequence[int]) -> list[int]:
    """Of each scale the map that is computed first, coarsest scale first, as far as each is twice as fine."""
    first = [
        max(i for i, stride in enumerate(strides) if stride == each) for each in sorted(set(strides), reverse=True)
    ]
    start = 0
    for number, (coarse, fine) in enumerate(pairwise(first), start=1):
        if strides[coarse] != 2 * strides[fine]:
            start = number
    return first[start:]


def head_flops(description: dict[str, Any], model: DiffusionModel, noise_levels: int) -> int:
    """Floating-point operations of a head on one tile."""
    head, maps, images = _without_values(description, model, noise_levels, model.card.tile_px)
    with torch.device("meta"), torch.no_grad():
        return count_flops(lambda: head(maps, maps, images))


def gathered_shapes(
    description: dict[str, Any], model: DiffusionModel, noise_levels: int, side: int | None = None
) -> list[tuple[int, ...]]:
    """Shapes [C, h, w] of what a head reads of one tile, or of a window of another side."""
    head, maps, images = _without_values(description, model, noise_levels, side or model.card.tile_px)
    return [tuple(each.shape[1:]) for each in head.gather(maps, maps, images)]


def _without_values(
    description: dict[str, Any], model: DiffusionModel, noise_levels: int, side: int
) -> tuple[ChangeHead, list[list[Tensor]], tuple[Tensor, Tensor]]:
    """A head, the maps of one date of a window, and both images of it, by their shapes alone."""
    with torch.device("meta"):
        head = build_head(description, noise_levels)
        maps = [
            torch.zeros(1, channels, *[-(-side // model.feature_strides[level])] * 2)
            for level, channels in zip(head.levels, head.level_channels, strict=True)
        ]
        images = len(model.card.bands) * (noise_levels if head.reads_estimates else 1)
        image = torch.zeros(1, images, side, side)
    return head, [maps] * noise_levels, (image, image)
