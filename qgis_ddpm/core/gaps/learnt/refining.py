"""What the network of a scene is given, and what its answers mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch

from ...raster.types import Floats, Pixels, Valid
from ..weighing import Weights
from .gap_network import NOTHING_SEEN, GapNetwork, with_noise

# Components whose estimates are shown one by one: the strongest.
_STRONG = 4
# Features beyond this are cut off.
_MOST = 8.0
# Distances in px that the network tells apart well.
_NEAR_PX = 8.0


@dataclass
class Refinement:
    """A network that was fitted to a scene.

    weights: of the other estimates, whose mean it corrects. scale: float64 [C], the deviation of what that mean misses.
    """

    weights: Weights
    scale: Floats
    network: GapNetwork

    def mean(self, given: Pixels, hole: Valid, guess: Floats) -> Floats:
        """The network's estimate [C, h, w] where missing [h, w]; guess: the mean of the others."""
        seen = np.zeros(guess.shape, dtype=np.float32)
        return self._answer(given, seen, hole, NOTHING_SEEN, guess)

    def drawn(
        self, given: Pixels, hole: Valid, guess: Floats, draw: Floats, normal: Pixels, shares: tuple[float, ...]
    ) -> Floats:
        """A draw [C, h, w] made more like the scene: it gets noise, which is taken off again in a few steps.

        That is a short diffusion begun from a fill (Meng et al. 2022, SDEdit, arXiv 2108.01073), by the deterministic
        steps of Song et al. 2021 (DDIM, arXiv 2010.02502). draw: what to begin from. normal: [C, h, w]. shares: of the
        noise at each step, falling.
        """
        scale = self.scale[:, None, None]
        residual = torch.from_numpy(((draw - guess) / scale * hole).astype(np.float32))
        mask = torch.from_numpy(hole.astype(np.float32))
        noise = torch.from_numpy(normal) * mask
        current = with_noise(residual, noise, torch.tensor(shares[0])) * mask
        for number, share in enumerate(shares):
            clean = self._call(given, current, mask * share) * mask
            following = shares[number + 1] if number + 1 < len(shares) else 0.0
            # The noise that is seen now, less of it.
            left = (current - (1 - share) ** 0.5 * clean) / share**0.5
            current = with_noise(clean, left, torch.tensor(following)) * mask
        result: Floats = guess + current.numpy().astype(np.float64) * scale
        return result

    def _answer(self, given: Pixels, seen: Pixels, hole: Valid, share: float, guess: Floats) -> Floats:
        mask = torch.from_numpy(hole.astype(np.float32))
        found = self._call(given, torch.from_numpy(seen), mask * share) * mask
        result: Floats = guess + found.numpy().astype(np.float64) * self.scale[:, None, None]
        return result

    def _call(self, given: Pixels, seen: torch.Tensor, noise: torch.Tensor) -> torch.Tensor:
        with torch.inference_mode():
            found: torch.Tensor = self.network(torch.from_numpy(given)[None], seen[None], noise[None, None])[0]
        return found


def guess(weights: Weights, estimates: Mapping[str, Floats], distance: Floats, there: Valid, led: bool) -> Floats:
    """The weighted mean [C, h, w] of estimates; kriging alone where other dates are not `there`."""
    mixed = weights.mixed(estimates, distance)
    return np.where(there, mixed, estimates["kriging"]) if led and "kriging" in estimates else mixed


def features(
    ways: Sequence[str],
    components: Floats,
    estimates: Mapping[str, Floats],
    mean: Floats,
    hole: Valid,
    known: Valid,
    there: Valid,
    distance: Floats,
    predictors: Floats | None,
) -> Pixels:
    """What the network sees of a window: float32 [F, h, w].

    The scene with the mean of the estimates in its holes, how each estimate differs from that mean, what is known, how
    far that is, and other dates.
    """
    layers = [np.where(known, components, mean * hole)]
    for name in ways:
        apart = estimates[name] - mean if name in estimates else np.zeros_like(mean)
        layers.append(apart[-_STRONG:] * hole)
    far = np.log1p(np.minimum(distance, 64.0) / _NEAR_PX)
    layers.append(np.stack([known, hole, there, far * hole]).astype(np.float64))
    if predictors is not None:
        layers.append(predictors)
    seen: Pixels = np.clip(np.concatenate(layers), -_MOST, _MOST).astype(np.float32)
    return seen
