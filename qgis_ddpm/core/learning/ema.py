"""Averaged weights: the model that is saved is the average of the weights over the last part of the training.

The average has a power-function profile (Karras et al. 2023, arXiv 2312.02696, section 3.1): weights of time t count
like t^gamma, so its length is always the same share of the training so far, and the first steps are soon forgotten.
"""

from collections.abc import Mapping

import numpy as np
import torch
from torch import Tensor, nn


def exponent(sigma_rel: float) -> float:
    """gamma of a profile whose standard deviation is the share `sigma_rel` in (0, 0.28] of the training's length.

    From sigma_rel^2 = (gamma + 1) / ((gamma + 2)^2 (gamma + 3)), the largest root of
    gamma^3 + 7 gamma^2 + (16 - t) gamma + 12 - t with t = sigma_rel^-2.
    """
    t = sigma_rel**-2
    roots = np.roots([1.0, 7.0, 16.0 - t, 12.0 - t])
    return float(np.max(np.real(roots)))


def decay(gamma: float, tiles: int, step_tiles: int) -> float:
    """What the average keeps of itself in the step of `step_tiles` that ends at `tiles`: 0 in the first step."""
    return float((1 - step_tiles / tiles) ** (gamma + 1))


class WeightAverage:
    """The running average of a network's weights by name; `sigma_rel` 0 follows the weights themselves."""

    def __init__(self, network: nn.Module, sigma_rel: float) -> None:
        self.gamma = exponent(sigma_rel) if sigma_rel > 0 else None
        self.weights: dict[str, Tensor] = {name: value.detach().clone() for name, value in network.state_dict().items()}

    def update(self, network: nn.Module, tiles: int, step_tiles: int) -> None:
        """Take in the weights after the step of `step_tiles` tiles that ends at `tiles` tiles seen."""
        keep = 0.0 if self.gamma is None else decay(self.gamma, tiles, step_tiles)
        new = network.state_dict()
        # One call for all of them: a network has a hundred small tensors.
        torch._foreach_lerp_(list(self.weights.values()), [new[name] for name in self.weights], 1 - keep)

    def load(self, weights: Mapping[str, Tensor]) -> None:
        """Take the place of the average, as from a checkpoint."""
        for name, average in self.weights.items():
            average.copy_(weights[name])

    def like(self, weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
        """A copy of weights, as from a checkpoint, that lies where the average does."""
        return {name: torch.empty_like(average).copy_(weights[name]) for name, average in self.weights.items()}
