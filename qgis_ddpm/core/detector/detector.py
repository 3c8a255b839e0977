"""Change detectors: a head on the features of one diffusion model, from two tiles to class logits."""

import os
from collections.abc import Mapping, Sequence
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from ...card import MOST_SIGMA, DetectorCard, card_json, read_detector_card, window_px
from ...errors import InputError, ModelFileError
from ..model import DiffusionModel
from ..model.weights import load_tensors, read_tensors
from ..outputs.tensors import write_tensors
from .heads.base import ChangeHead
from .heads.difference import DifferenceHead
from .heads.linear import LinearHead
from .heads.published import PublishedHead
from .heads.topdown import TopDownHead

# A Siamese head is a top-down one with an encoder of its own alone.
HEADS: dict[str, type[ChangeHead]] = {
    "published": PublishedHead,
    "ours": DifferenceHead,
    "linear": LinearHead,
    "topdown": TopDownHead,
    "siamese": TopDownHead,
}

RADIOMETRIES = ("none", "standard")
# Of the weights of a network that a detector brings with it.
NETWORK_PREFIX = "network."
_MAX_LEVELS = 64
_MOST_WINDOW_PX = 1 << 14
_MAX_CHANNELS = 1 << 16
# Of the lists that describe a head the largest number.
_LISTS = {
    "levels": 1 << 10,
    "channels": _MAX_CHANNELS,
    "widths": _MAX_CHANNELS,
    "strides": 1 << 10,
    "own": 1 << 12,
}


class Detector:
    """A change head with the model whose features it reads: detector(before, after, noise) -> logits."""

    def __init__(self, head: ChangeHead, card: DetectorCard, model: DiffusionModel) -> None:
        self.card = card
        self.model = model
        self.head = head.to(memory_format=torch.channels_last).to(model.device)  # type: ignore[call-overload]
        self.head.eval().requires_grad_(False)
        self.window_px = window_px(card, model.card)

    def __call__(self, before: Tensor, after: Tensor, noise: Tensor) -> Tensor:
        """Class logits float32 [B, 2, H, W]; class 1 is change, softmax over the classes gives its probability.

        before, after: float32 [B, C, H, W] in [-1, 1], the same place at two dates; noise: standard normal like
        before, the same for both dates and all noise levels. Raises InputError where their shapes differ.
        """
        if not before.shape == after.shape == noise.shape or before.ndim != 4:
            raise InputError(
                f"The dates and the noise have the shapes {tuple(before.shape)}, {tuple(after.shape)} and "
                f"{tuple(noise.shape)}, but have to be alike, [B, C, H, W]."
            )
        gathered = gather(self.model, self.head, self.card.noise_levels, before, after, noise)
        with torch.no_grad():
            return decide(self.head, gathered, before.shape[-2:], self.model.feature_strides)

    @property
    def votes(self) -> int:
        """How many probabilities `votes_on` gives."""
        return int(self.head.votes)

    def votes_on(self, before: Tensor, after: Tensor) -> Tensor:
        """What each member says, float32 [B, votes, H, W], whose mean is the probability; for heads without noise."""
        gathered = gather(self.model, self.head, self.card.noise_levels, before, after, before)
        stride = self.head.stride(self.model.feature_strides)
        with torch.no_grad():
            votes = [to_pixels(vote, stride, before.shape[-2:]) for vote in self.head.vote(gathered)]
            return torch.cat(votes, dim=1)


def gather(
    model: DiffusionModel, head: ChangeHead, sigmas: Sequence[float], before: Tensor, after: Tensor, noise: Tensor
) -> list[Tensor]:
    """What a head reads of two dates [B, C, H, W] in [-1, 1] at some noise levels, under the same noise."""
    on_device = before.to(model.device), after.to(model.device)
    if not head.levels and not head.reads_estimates:
        return head.gather([], [], on_device)
    dates, noises = torch.cat([before, after]), torch.cat([noise, noise])
    if not head.adds_noise:
        noises = torch.zeros_like(noises)
    if head.reads_estimates:
        images = torch.cat(model.estimates(dates, sigmas, noises), dim=1).chunk(2)
        return head.gather([], [], (images[0], images[1]))
    found = model.features(dates, sigmas, noises, head.levels)
    first, second = ([[each.chunk(2)[date] for each in maps] for maps in found] for date in (0, 1))
    return head.gather(first, second, on_device)


def decide(head: ChangeHead, gathered: Sequence[Tensor], size: Sequence[int], strides: Sequence[int]) -> Tensor:
    """Class logits [B, 2, *size] of what a head has gathered; strides: of the model's maps."""
    return to_pixels(head.decide(gathered), head.stride(strides), size)


def to_pixels(logits: Tensor, stride: int, size: Sequence[int]) -> Tensor:
    """Logits [B, 2, h, w], one for `stride` pixels along a side, as [B, 2, *size]."""
    if stride > 1:
        logits = F.interpolate(logits, scale_factor=float(stride), mode="bilinear", align_corners=False)
    return logits[..., : size[0], : size[1]]


def build_head(config: Mapping[str, Any], noise_levels: int) -> ChangeHead:
    """The head that a detector's card describes, with fresh weights; noise_levels: how many it reads.

    config: `kind`, the arguments of that head, and perhaps `window_px`. Raises ModelFileError for what no head of ours
    can be.
    """
    arguments = dict(config)
    kind = arguments.pop("kind", None)
    arguments.pop("window_px", None)
    if str(kind) not in HEADS:
        raise ModelFileError(
            f"The detector has a head of kind {str(kind)[:60]!r}; this release knows {', '.join(HEADS)}."
        )
    try:
        for name, limit in _LISTS.items():
            values = arguments.get(name, [1])
            if len(values) > _MAX_LEVELS or not all(0 <= int(value) <= limit for value in values):
                raise ValueError(f"{name} {values}")
        if not 1 <= int(arguments.get("bands") or 1) <= _MAX_CHANNELS:
            raise ValueError(f"bands {arguments['bands']}")
        return HEADS[kind](noise_levels=noise_levels, **arguments)
    except (TypeError, ValueError, KeyError, OverflowError) as error:
        raise ModelFileError(
            f"The detector's description of its head does not fit ({error}). Update qgis_ddpm."
        ) from None


def load_detector(path: str | os.PathLike[str], model: DiffusionModel) -> Detector:
    """The detector of a file, on the model that it was made for and on its device; nothing in it is executed.

    Raises ModelFileError for a damaged file, or where the model is another one.
    """
    path = os.fspath(path)
    card = read_detector_card(path)
    if card.own_model is None and card.model_fingerprint != model.fingerprint:
        raise ModelFileError(
            f"The detector {path} was made for the model with the fingerprint {card.model_fingerprint[:12]}, not for "
            f"{model.path or 'this one'} ({model.fingerprint[:12] or 'which has no file'}). Choose the model that it "
            "was made with."
        )
    if not card.noise_levels or not all(0 < sigma <= MOST_SIGMA for sigma in card.noise_levels):
        raise ModelFileError(f"The detector {path} has the noise levels {card.noise_levels}. Take a whole copy of it.")
    if card.radiometry not in RADIOMETRIES:
        raise ModelFileError(
            f"The detector {path} wants the radiometry {card.radiometry!r}; this release knows "
            f"{', '.join(RADIOMETRIES)}. Update qgis_ddpm."
        )
    if not 1 <= int(card.head.get("window_px", 1)) <= _MOST_WINDOW_PX:
        raise ModelFileError(
            f"The detector {path} has windows of {card.head['window_px']} px. Take a whole copy of it."
        )
    with torch.device("meta"):
        head = build_head(card.head, len(card.noise_levels))
    channels = dict(enumerate(model.feature_channels))
    if [channels.get(level) for level in head.levels] != list(head.level_channels):
        raise ModelFileError(f"The detector {path} reads maps that its model does not have. Take a whole copy of it.")
    if head.bands not in (None, len(model.card.bands)):
        raise ModelFileError(f"The detector {path} reads bands that its model does not have. Take a whole copy of it.")
    load_tensors(path, head, of_head(read_tensors(path)))
    return Detector(head, card, model)


def of_head(weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The weights of a detector without those of a network that it brings with it."""
    return {name: value for name, value in weights.items() if not name.startswith(NETWORK_PREFIX)}


def save_detector(path: str | os.PathLike[str], head_state: Mapping[str, Tensor], card: DetectorCard) -> None:
    """Write a detector file; the same weights and card give the same bytes. Raises OutputError."""
    tensors = {name: tensor.detach().to("cpu", torch.float32).contiguous() for name, tensor in head_state.items()}
    write_tensors(os.fspath(path), tensors, {"card": card_json(card)}, "detector")
