"""How rough held-out pixels are, and how far a draw has to differ from the estimate to be as rough."""

from collections.abc import Mapping

import numpy as np

from ..raster.types import Floats, Valid
from .weighing import Held, Weights

# How much draws may be stretched.
_MOST = 1.5
_HALVINGS = 20


class Texture:
    """Gradients of what was held out, of its estimates and of a draw's difference, by component."""

    def __init__(self) -> None:
        self._truth: list[Floats] = []
        self._drawn: list[Floats] = []
        self._estimates: dict[str, list[Floats]] = {}

    def add(self, truth: Floats, estimates: Mapping[str, Floats], difference: Floats, hole: Valid) -> None:
        """Take in components [C, h, w] of a window: all that is true, and in its hole the rest."""
        self._truth.append(_gradients(truth, hole))
        self._drawn.append(_gradients(difference * hole, hole))
        for way, values in estimates.items():
            self._estimates.setdefault(way, []).append(_gradients(np.where(hole, values, truth), hole))

    def stretch(self, weights: Weights, held: Held) -> Floats:
        """By what [C] differences are multiplied, so that the mean gradient is that of the truth."""
        truth, drawn = np.concatenate(self._truth, axis=-1), np.concatenate(self._drawn, axis=-1)
        ways = {way: np.concatenate(parts, axis=-1) for way, parts in self._estimates.items()}
        mixed = np.stack(
            [weights.mixed({way: each[axis] for way, each in ways.items()}, held.distance) for axis in range(2)]
        )
        wanted = _mean_length(truth)
        low, high = np.zeros(len(wanted)), np.full(len(wanted), _MOST)
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            rough = _mean_length(mixed + middle[:, None] * drawn) > wanted
            low, high = np.where(rough, low, middle), np.where(rough, middle, high)
        found: Floats = (low + high) / 2
        return found


def _gradients(values: Floats, hole: Valid) -> Floats:
    """Differences down and across [2, C, n] at the pixels of a hole."""
    return np.stack([np.gradient(values, axis=axis)[:, hole] for axis in (1, 2)])


def _mean_length(gradients: Floats) -> Floats:
    found: Floats = np.hypot(gradients[0], gradients[1]).mean(axis=1)
    return found
