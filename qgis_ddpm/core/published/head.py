"""The change head of a published checkpoint as a detector of ours."""

from collections.abc import Mapping
from itertools import count, pairwise
from typing import Any, NamedTuple

import torch
from torch import Tensor

from ...errors import JobError, ModelFileError
from ..detector.detector import build_head
from ..model.network import Network
from .architecture import check_names
from .config import HEAD_SCHEDULE, HEAD_STEPS, PublishedConfig, sigmas_at


class ImportedHead(NamedTuple):
    """A head's description for a detector card, its noise levels, its weights, and sentences on what was assumed."""

    head: dict[str, Any]
    sigmas: tuple[float, ...]
    weights: dict[str, Tensor]
    notes: list[str]


def published_head(
    path: str, tensors: Mapping[str, Tensor], network: Network, res_blocks: int, config: PublishedConfig | None
) -> ImportedHead:
    """The head in a checkpoint's tensors, on the maps of a network.

    Raises ModelFileError, naming weights, where it is no head of ddpm-cd or none for this network, and JobError where
    the configuration says otherwise than the weights.
    """
    if "clfr_stg1.weight" not in tensors or "decoder.0.block.2.weight" not in tensors:
        raise ModelFileError(
            f"{path} is no change head of ddpm-cd (cd_head_v2): it lacks decoder.0.block.2 or clfr_stg1. Name the "
            "file of the head in HEAD and that of the network in INPUT."
        )
    scales = next(number for number in count() if f"decoder.{2 * number}.block.2.weight" not in tensors)
    levels = _levels(path, scales, res_blocks, network, config)
    widths = [network.feature_channels[level] for level in levels]
    fused = tensors.get("decoder.0.block.0.weight")
    noise_levels = 1 if fused is None else max(1, fused[0].numel() // widths[0])
    head = {"kind": "published", "levels": levels[:-1], "channels": widths}
    with torch.device("meta"):
        made = build_head(head, noise_levels)
    # The finest map's own part never reaches the output.
    weights = {name: tensor for name, tensor in tensors.items() if not name.startswith(f"decoder.{2 * scales - 2}.")}
    check_names(
        path,
        "a change head on this network",
        {name: tuple(tensor.shape) for name, tensor in made.state_dict().items()},
        {name: tuple(tensor.shape) for name, tensor in weights.items()},
    )
    sigmas, notes = _sigmas(path, noise_levels, config)
    return ImportedHead(head, sigmas, weights, notes)


def _levels(path: str, scales: int, res_blocks: int, network: Network, config: PublishedConfig | None) -> list[int]:
    """Numbers of the maps that the head is made for, coarsest first: of each level the first block's."""
    stated = config.wholes("model_cd.feat_scales", len(network.feature_channels) - 1) if config else ()
    if config and config.says("model_cd.feat_type") not in (None, "dec"):
        raise JobError(f"CONFIG {config.path}: model_cd.feat_type is not dec. Only heads on decoder maps are imported.")
    levels = sorted(stated or [level * (res_blocks + 1) + res_blocks for level in range(scales)], reverse=True)
    if len(levels) != scales:
        raise ModelFileError(f"{path} reads {scales} scales, but CONFIG names {len(levels)} in model_cd.feat_scales.")
    if scales < 2 or levels[0] >= len(network.feature_channels):
        raise ModelFileError(f"{path} reads {scales} scales, which this network does not have.")
    strides = [network.feature_strides[level] for level in levels]
    if strides[-1] != 1 or any(coarse != 2 * fine for coarse, fine in pairwise(strides)):
        raise ModelFileError(f"{path} reads the maps {levels}, of which each has to be twice as fine up to full size.")
    return levels


def _sigmas(path: str, noise_levels: int, config: PublishedConfig | None) -> tuple[tuple[float, ...], list[str]]:
    schedule = config.schedule("train") if config else None
    steps = config.wholes("model_cd.t", schedule.steps) if config and schedule else ()
    notes = []
    if schedule is None or not steps:
        schedule, steps = HEAD_SCHEDULE, HEAD_STEPS.get(noise_levels, ())
        listed = ", ".join(map(str, steps))
        notes.append(f"No CONFIG says where the head reads: taken is t = {listed} of the schedule {schedule}.")
    if len(steps) != noise_levels or 0 in steps:
        listed = ", ".join(map(str, steps)) or "none"
        raise ModelFileError(
            f"{path} reads {noise_levels} noise levels, but the steps t are {listed}. Give the JSON of this head as "
            "CONFIG."
        )
    sigmas = sigmas_at(schedule, steps)
    notes.append(f"The head reads features at the sigmas {', '.join(f'{sigma:.4g}' for sigma in sigmas)}.")
    return sigmas, notes
