"""Tuning a model for few network calls: consistency distillation (Song et al. 2023, arXiv 2303.01469, algorithm 2).

From one noise level to a lower one leads a step of the model's own sampling, guidance included. A network that answers
alike at both ends of every such step answers from any level what the whole way leads to. So it begins as the model,
learns to answer what it answers itself a step further down, and then needs one or two calls for a sample.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import torch
from torch import Tensor

from ...card import ModelCard
from ...errors import JobError
from ..model import DiffusionModel
from ..model.losses import tile_losses
from ..model.network import Network
from ..model.preconditioning import Preconditioning, expand_like
from ..sampling.guidance import Guidance

# A step leads to this share of its noise level.
STEP = 0.6
# Below this level, in units of the data's standard deviation, a step ends with the teacher's estimate itself.
LOWEST = 0.05
# Standard deviation of ln(sigma), 1.2 in training: answers have to agree from bare noise on.
LEVELS_STD = 1.6
# Where the loss turns from squared to absolute (pseudo-Huber, Song and Dhariwal 2023, arXiv 2310.14189, equation 8).
HUBER = 0.03


@dataclass(frozen=True)
class Consistency:
    """What a network learns from a teacher: to answer alike at both ends of a step of the teacher's sampling."""

    teacher: DiffusionModel
    guidance: Guidance | None

    def losses(
        self,
        network: Network,
        preconditioning: Preconditioning,
        x: Tensor,
        sigma: Tensor,
        valid: Tensor | None,
        condition: Tensor | None = None,
    ) -> Tensor:
        """The loss of each tile: float32 [B], of states x [B, C, H, W] at noise levels sigma [B].

        valid: bool [B, 1, H, W], None = all. condition: what both are told, as of `denoise`. Weighted by
        1 / (sigma - lower level), as Song and Dhariwal 2023.
        """
        lower = STEP * sigma
        with torch.no_grad():
            guess = partial(self.guidance.estimate, self.teacher) if self.guidance else self.teacher.denoise
            estimate = guess(x, sigma, None, condition)
            ahead = x + expand_like(lower / sigma - 1, x) * (x - estimate)
            further = preconditioning.estimate(network, ahead, lower, None, condition)
            ends = expand_like(lower < LOWEST * self.teacher.card.sigma_data, x) > 0
            target = torch.where(ends, estimate, further)
        error = tile_losses("l2", preconditioning.estimate(network, x, sigma, None, condition), target, valid)
        distance = torch.sqrt(error + HUBER**2) - HUBER
        return distance / (sigma - lower).to(distance.dtype).to(distance.device)


def levels_of_tuning(schedule: Mapping[str, Any]) -> dict[str, Any]:
    """The schedule that a tuning draws its noise levels from: the model's, but wider where it is log-normal."""
    wider = {"std": LEVELS_STD} if schedule["name"] == "edm" else {}
    return {**schedule, **wider}


def check_teacher(teacher: ModelCard, card: ModelCard, model: str) -> None:
    """Raise JobError where a tuning has other bands, scaling or tiles than the model it starts from."""
    if teacher.few_calls:
        raise JobError(
            f"FEW_CALLS: INIT_MODEL {model} was tuned for few calls already. Start from the model it was tuned from."
        )
    if teacher.tile_px != card.tile_px:
        raise JobError(
            f"FEW_CALLS keeps the tiles of INIT_MODEL {model}, {teacher.tile_px} px, but TILE_PX is {card.tile_px}. "
            "Leave TILE_PX empty."
        )
    told = teacher.condition
    if not told.reads_as(card.condition) if told is not None else card.condition is not None:
        raise JobError(
            f"FEW_CALLS keeps what INIT_MODEL {model} is told, but CONDITION is another. Choose the same CONDITION."
        )
    scalings = [[(band.low, band.high) for band in each.bands] for each in (teacher, card)]
    if scalings[0] != scalings[1]:
        raise JobError(
            f"FEW_CALLS learns from what INIT_MODEL {model} draws, but these inputs have other bands or another range "
            "of values than those it was trained on. Choose the same inputs."
        )
