"""Autoguidance: samples guided away from what a weak model, the same one early in its training, would draw.

A weak model errs where the model errs, only more. So the way from its estimate to the model's is followed further:
D = D1 + (guidance - 1) (D1 - D0) (Karras et al. 2024, arXiv 2406.02507, equation 3). That is done at the noise levels
where shapes are decided (Kynkaanniemi et al. 2024, arXiv 2404.07724): beyond them it costs variety, and a second call.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import exp, log
from typing import Any

import torch
from torch import Tensor

from ...card import ModelCard
from ...errors import JobError
from ..model import DiffusionModel
from .samplers import Step, plan

# Samples are guided at the noise levels that a model was trained at most: from so far below the mean of ln(sigma) in
# training to so far above (benchmarks/README.md). A log_sigma_shift moves both, as it moves where shapes are decided.
BELOW, ABOVE = 2.0, 1.3
# Other schedules: in units of the data's standard deviation.
LEVELS = (0.3, 8.0)
# With fewer calls there are too few steps to share them with a weak model.
LEAST_CALLS = 10


@dataclass(frozen=True)
class Guidance:
    """Autoguidance weight, and the sigma interval in which it applies."""

    strength: float
    low: float
    high: float

    def covers(self, sigma: float) -> bool:
        """Whether a step at a noise level is guided."""
        return self.low <= sigma <= self.high

    def estimate(self, model: DiffusionModel, x: Tensor, sigma: Tensor, x0_prev: Tensor | None = None) -> Tensor:
        """The estimate of x0, float32 like x [B, C, H, W], guided for the tiles whose level in sigma [B] is covered."""
        precision, x0 = model.precision, model.denoise(x, sigma, x0_prev)
        covered = (sigma >= self.low) & (sigma <= self.high)
        if model.guide is not None and covered.any():
            guided = slice(None) if covered.all() else covered
            before = None if x0_prev is None else x0_prev[guided]
            weak = model.guide.denoise(x[guided], sigma[guided], before)
            if model.precision != precision and model.guide.note:
                # The weak model's products failed, and both go on in float32: so does this step.
                model.note, model.guide.note = model.guide.note, ""
                x0 = model.denoise(x, sigma, x0_prev)
            x0[guided] = torch.lerp(x0[guided], weak, 1 - self.strength)
        return x0


def guidance_of(card: ModelCard, asked: float | None, calls: int) -> Guidance | None:
    """The guidance of a sampling by `calls` network calls; None where there is none.

    asked: the job's GUIDANCE; None: the model's own. Raises JobError where the file holds no weak model.
    """
    if asked is not None and asked > 1 and card.guidance <= 1:
        raise JobError(
            f"GUIDANCE is {asked:g}, but this model holds no early state to be led away from. Leave GUIDANCE empty, or "
            "train a model with GUIDANCE."
        )
    strength = card.guidance if asked is None else asked
    if strength <= 1 or (asked is None and calls < LEAST_CALLS):
        return None
    schedule = card.schedule
    if schedule["name"] == "edm":
        # A card is data from elsewhere: its mean may be any number.
        mean = min(max(schedule["mean"], log(schedule["sigma_min"])), log(schedule["sigma_max"]))
        return Guidance(strength, exp(mean - BELOW), exp(mean + ABOVE))
    return Guidance(strength, LEVELS[0] * card.sigma_data, LEVELS[1] * card.sigma_data)


def plan_guided(sampler: str, schedule: Mapping[str, Any], calls: int, guidance: Guidance | None) -> list[Step]:
    """As many steps of a sampler as `calls` network calls allow, where each guided step takes two."""
    if guidance is None:
        return plan(sampler, schedule, calls)

    def guided(count: int) -> list[Step]:
        steps = plan(sampler, schedule, count)
        return [replace(step, calls=2) if guidance.covers(step.sigma) else step for step in steps]

    # By halves, since a plan of many steps takes a while.
    least, most = 1, calls
    while least < most:
        middle = (least + most + 1) // 2
        if sum(step.calls for step in guided(middle)) <= calls:
            least = middle
        else:
            most = middle - 1
    return guided(least)
