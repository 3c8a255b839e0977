"""Losses between a network's output and its target, a number for each tile, and how noise levels are weighed."""

from collections.abc import Callable

import torch
from torch import Tensor
from torch.nn import functional as F


def _l2(output: Tensor, target: Tensor) -> Tensor:
    return F.mse_loss(output, target, reduction="none")


def _l1(output: Tensor, target: Tensor) -> Tensor:
    return F.l1_loss(output, target, reduction="none")


def _huber(output: Tensor, target: Tensor) -> Tensor:
    return F.smooth_l1_loss(output, target, reduction="none")


LOSSES: dict[str, Callable[[Tensor, Tensor], Tensor]] = {"l2": _l2, "l1": _l1, "huber": _huber}


def tile_losses(loss: str, output: Tensor, target: Tensor, valid: Tensor | None) -> Tensor:
    """The mean loss of each tile over its valid pixels: float32 [B].

    output, target: float32 [B, C, H, W]; valid: bool [B, 1, H, W], None = all.
    """
    values = LOSSES[loss](output.float(), target)
    if valid is None:
        return values.mean(dim=(1, 2, 3))
    return (values * valid).sum(dim=(1, 2, 3)) / (valid.sum(dim=(1, 2, 3)) * values.shape[1]).clamp(min=1)


def min_snr_weights(sigma: Tensor, c_out: Tensor, gamma: float) -> Tensor:
    """Weights [B] that cap what almost noise-free tiles count (Hang et al. 2023, arXiv 2303.09556, equation 8).

    In terms of x0 the weight is min(SNR, gamma) with SNR = sigma^-2; an error of the network's output is c_out times as
    large in terms of x0. For predictions of noise and v that is min(SNR, gamma) / SNR and min(SNR, gamma) / (SNR + 1).
    """
    return torch.clamp(sigma**-2, max=gamma) * c_out**2
