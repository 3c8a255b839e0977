"""Guidance: samples guided away from a weaker estimate than the model's.

A weak model, the same one early in its training, errs where the model errs, only more. So the way from its estimate to
the model's is followed further: D = D1 + (guidance - 1) (D1 - D0) (Karras et al. 2024, arXiv 2406.02507, equation 3).
Or the weaker estimate is that of the model itself when it is told nothing: samples are then led towards what they are
asked for (Ho and Salimans 2022, arXiv 2207.12598). Both are done at the noise levels where shapes are decided
(Kynkaanniemi et al. 2024, arXiv 2404.07724): beyond them it costs variety, and a second call.
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
    """Weight of guidance, and the sigma interval in which it applies.

    untold: away from what the model draws when it is told nothing, in the place of a weak model.
    """

    strength: float
    low: float
    high: float
    untold: bool = False

    def covers(self, sigma: float) -> bool:
        """Whether a step at a noise level is guided."""
        return self.low <= sigma <= self.high

    def estimate(
        self,
        model: DiffusionModel,
        x: Tensor,
        sigma: Tensor,
        x0_prev: Tensor | None = None,
        condition: Tensor | None = None,
    ) -> Tensor:
        """The estimate of x0, float32 like x [B, C, H, W], guided for the tiles whose level in sigma [B] is covered."""
        x0 = model.denoise(x, sigma, x0_prev, condition)
        precision, weaker = model.precision, model if self.untold else model.guide
        covered = (sigma >= self.low) & (sigma <= self.high)
        if weaker is not None and covered.any():
            guided = slice(None) if covered.all() else covered
            before = None if x0_prev is None else x0_prev[guided]
            told = None if condition is None or self.untold else condition[guided]
            weak = weaker.denoise(x[guided], sigma[guided], before, told)
            if model.precision != precision:
                # The weaker estimate's products failed, and all goes on in float32: so does this step.
                if weaker is not model:
                    model.note, weaker.note = weaker.note, ""
                x0 = model.denoise(x, sigma, x0_prev, condition)
            x0[guided] = torch.lerp(x0[guided], weak, 1 - self.strength)
        return x0


def guidance_of(card: ModelCard, asked: float | None, calls: int, scale: float | None = None) -> Guidance | None:
    """The guidance of a sampling by `calls` network calls; None where there is none.

    asked: the job's GUIDANCE; None: the model's own. scale: the job's GUIDANCE_SCALE, above 1 in the place of the
    model's own. Raises JobError where the file holds no weak model, or the model cannot draw unasked.
    """
    if scale is not None and scale > 1:
        return _led_by_condition(card, asked, scale)
    if asked is not None and asked > 1 and card.guidance <= 1:
        raise JobError(
            f"GUIDANCE is {asked:g}, but this model holds no early state to be led away from. Leave GUIDANCE empty, or "
            "train a model with GUIDANCE."
        )
    strength = card.guidance if asked is None else asked
    if strength <= 1 or (asked is None and calls < LEAST_CALLS):
        return None
    return _between(card, strength)


def _led_by_condition(card: ModelCard, asked: float | None, scale: float) -> Guidance:
    if card.condition is None or not card.condition.dropout:
        why = "was trained with CONDITION_DROPOUT 0" if card.condition else "was trained without CONDITION"
        raise JobError(f"GUIDANCE_SCALE is {scale:g}, but this model {why}. Leave GUIDANCE_SCALE empty.")
    if asked is not None and asked > 1:
        raise JobError(
            "GUIDANCE and GUIDANCE_SCALE are both above 1. Samples are led one way: leave one of them empty."
        )
    return replace(_between(card, scale), untold=True)


def _between(card: ModelCard, strength: float) -> Guidance:
    """Guidance at the noise levels where shapes are decided."""
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
