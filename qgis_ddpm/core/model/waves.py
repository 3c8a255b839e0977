"""The noise condition as waves that all vary over its range."""

from math import log

import torch
from torch import Tensor

# ln(sigma)/4 lies in about [-1.6, 1.8]: from less than a turn over this range to steps of 0.1.
_FREQUENCIES = (1.0, 32.0)
_FREQUENCY_COUNT = 32
# Channels of what `waves` gives.
WAVES = 2 * _FREQUENCY_COUNT


def waves(noise_condition: Tensor) -> Tensor:
    """Cosines and sines [B, 64] of the noise condition [B] at frequencies from 1 to 32, scaled to variance 1."""
    low, high = _FREQUENCIES
    frequencies = torch.logspace(
        log(low), log(high), _FREQUENCY_COUNT, base=torch.e, device=noise_condition.device, dtype=noise_condition.dtype
    )
    angles = noise_condition[:, None] * frequencies
    return torch.cat([angles.cos(), angles.sin()], dim=1) * 2**0.5
