"""The noise schedules of published checkpoints: recognised from their betas, and their step numbers as sigmas."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from ...errors import ModelFileError
from ..model.schedules import BETA_MAX, SCHEDULES, Floats, betas, betas_to_sigmas, describe_schedule
from .config import BetaSchedule

# What ddpm-cd pre-trains its network with, and what it reads features with, where nothing else is said.
PRETRAINING = BetaSchedule("cosine", 2000, 1e-6, 1e-2)
HEADS = BetaSchedule("linear", 2000, 1e-6, 1e-2)
# How many noise levels a published head reads -> at which steps.
HEAD_STEPS = {1: (100,), 2: (50, 100), 3: (50, 100, 400), 4: (50, 100, 400, 650)}

# Buffers are float32.
_TOLERANCE = 1e-5


def recognised(path: str, found: Floats) -> BetaSchedule | None:
    """The published schedule that has these betas [T]; None where there is no such.

    Raises ModelFileError for what can be no betas.
    """
    if found.ndim != 1 or not 2 <= len(found) <= 100_000 or not np.all((found > 0) & (found <= 1)):
        raise ModelFileError(f"{path} has `betas` that are no noise schedule: 2 to 100000 numbers above 0 up to 1.")
    # Ends were written by people: 1e-06 came out of float32 as 9.99999997e-07.
    start, end = (float(f"{value:.6g}") for value in (found[0], found[-1]))
    # A ramp from an end to itself is const too.
    for name in sorted(SCHEDULES, key="const".__ne__):
        wanted = betas(name, len(found), start, end)
        if np.max(np.abs(np.minimum(found, BETA_MAX) / wanted - 1)) < _TOLERANCE:
            return BetaSchedule(name, len(found), start, end)
    return None


def for_card(schedule: BetaSchedule, tile_px: int) -> dict[str, Any]:
    """The schedule as a model card holds it. Raises JobError for one without a finite noise level."""
    return describe_schedule(schedule.name, schedule.steps, schedule.start, schedule.end, tile_px)


def sigmas_at(schedule: BetaSchedule, steps: Sequence[int]) -> tuple[float, ...]:
    """Noise over signal after so many steps of a schedule, steps counted from 1."""
    sigmas = betas_to_sigmas(betas(schedule.name, schedule.steps, schedule.start, schedule.end))
    return tuple(float(sigmas[step - 1]) for step in steps)
