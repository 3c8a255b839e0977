"""From the logits of labelled pixels to a threshold and to probabilities that mean what they say."""

from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from ..accuracy.confusion import Confusion
from .labelled_pairs import CHANGED, UNCHANGED

# Differences of the two logits are counted in bins of 0.05; beyond, a probability is 0 or 1 to nine digits.
_LIMIT, _BINS = 20.0, 800
EDGES = np.linspace(-_LIMIT, _LIMIT, _BINS + 1)
_CENTRES = (EDGES[:-1] + EDGES[1:]) / 2
_NEWTON_STEPS = 50


class LogitCounts:
    """How often each difference (change less no change) of logits was seen, for unchanged and changed pixels."""

    def __init__(self, counts: NDArray[np.int64] | None = None) -> None:
        self.counts = np.zeros((2, _BINS), np.int64) if counts is None else counts

    def add(self, logits: Tensor, labels: Tensor) -> None:
        """Count logits [B, 2, h, w] with labels [B, h, w] of 0 and 1; others are left out."""
        difference = (logits[:, 1] - logits[:, 0]).detach().cpu()
        bins = ((difference + _LIMIT) * (_BINS / (2 * _LIMIT))).floor().clamp(0, _BINS - 1).to(torch.int64)
        for row, value in enumerate((UNCHANGED, CHANGED)):
            self.counts[row] += torch.bincount(bins[labels.cpu() == value], minlength=_BINS).numpy()

    def confusion(self, threshold: float) -> Confusion:
        """The agreement where a difference from `threshold`, an edge of a bin, on is called change."""
        first = int(np.searchsorted(EDGES, threshold - 1e-9))
        (true_negative, false_positive), (false_negative, true_positive) = (
            (int(row[:first].sum()), int(row[first:].sum())) for row in self.counts
        )
        return Confusion(true_negative, true_positive, false_positive, false_negative)

    def best(self) -> tuple[float, float]:
        """The highest F1 of any threshold, and that threshold: a difference of logits."""
        unchanged, changed = (row[::-1].cumsum()[::-1].astype(np.float64) for row in self.counts)
        f1 = 2 * changed / np.maximum(changed + unchanged + self.counts[1].sum(), 1)
        # Of equal ones the middle: the farthest from either class.
        best = np.flatnonzero(f1 == f1.max())
        where = int(best[len(best) // 2])
        return float(f1[where]), float(EDGES[where])

    def fit(self) -> tuple[float, float]:
        """Gain and offset that make differences log odds of change: logistic regression (Platt 1999), gain above 0.

        (1, 0) where the classes cannot tell.
        """
        weights = self.counts.astype(np.float64)
        # Targets are drawn in from 0 and 1 as by one pixel more of each class, so that the fit stays finite.
        high, low = (weights[1].sum() + 1) / (weights[1].sum() + 2), 1 / (weights[0].sum() + 2)
        total, hits = weights.sum(axis=0), weights[1] * high + weights[0] * low
        fitted = np.array([1.0, 0.0])
        design = np.stack([_CENTRES, np.ones(_BINS)])
        for _ in range(_NEWTON_STEPS):
            p = 1 / (1 + np.exp(-(fitted @ design)))
            gradient = design @ (total * p - hits)
            hessian: Any = (design * (total * p * (1 - p))) @ design.T + 1e-6 * np.eye(2)
            step = np.linalg.solve(hessian, gradient)
            step *= min(1.0, 2.0 / max(np.abs(step).max(), 1e-12))
            fitted = fitted - step
            if np.abs(step).max() < 1e-9:
                break
        gain, offset = float(fitted[0]), float(fitted[1])
        return (gain, offset) if gain > 0 and np.isfinite(fitted).all() else (1.0, 0.0)
