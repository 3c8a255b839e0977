"""Samplers as lists of steps, each with one network call and linear in what is known by then.

A solver of the diffusion's differential equation turns the state x at noise level sigma into the state at the next
level from x itself, the network's estimate of x0 at this level, the estimate of the step before, and fresh noise:

    x <- keep * x + x0 * denoise(x, sigma) + x0_prev * (estimate before) + noise * standard normal

Its four numbers depend on the noise levels alone. So one list of steps serves tiles in memory and areas on disk.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import expm1, log, sqrt
from typing import Any

import torch
from torch import Tensor

from ...card import ModelCard
from ..model.schedules import solver_grid

# (x [B, C, H, W], sigma [B], estimate before or None), and planes of a condition where there is one -> x0.
Denoise = Callable[..., Tensor]


@dataclass(frozen=True)
class Step:
    """One estimate at `sigma` and the four factors that give the state at `sigma_next`; calls: of networks for it."""

    sigma: float
    sigma_next: float
    keep: float
    x0: float
    x0_prev: float
    noise: float
    calls: int = 1


def ddpm(sigmas: Sequence[float]) -> list[Step]:
    """Ancestral sampling with the posterior's variance (Ho et al. 2020, arXiv 2006.11239, equations 6 and 7).

    In terms of sigma: mean r x + (1 - r) x0 with r = sigma_next^2 / sigma^2, variance sigma_next^2 (1 - r).
    """
    steps = []
    for sigma, sigma_next in pairwise(sigmas):
        r = (sigma_next / sigma) ** 2
        steps.append(Step(sigma, sigma_next, r, 1 - r, 0.0, sigma_next * sqrt(1 - r)))
    return steps


def ddim(sigmas: Sequence[float]) -> list[Step]:
    """Deterministic first-order steps (Song et al. 2020, arXiv 2010.02502, equation 12 with eta 0)."""
    return [_euler(sigma, sigma_next) for sigma, sigma_next in pairwise(sigmas)]


def heun(sigmas: Sequence[float]) -> list[Step]:
    """Second-order steps of two calls each (Karras et al. 2022, arXiv 2206.00364, algorithm 1), the last of one.

    After the trial step to x' the corrector replaces half of its slope; solved for x', the rest of x cancels:
    x <- x' + a (denoise(x', sigma_next) - estimate before), a = (sigma - sigma_next) / (2 sigma_next).
    """
    steps = []
    for sigma, sigma_next in pairwise(sigmas):
        steps.append(_euler(sigma, sigma_next))
        if sigma_next > 0:
            a = (sigma - sigma_next) / (2 * sigma_next)
            steps.append(Step(sigma_next, sigma_next, 1.0, a, -a, 0.0))
    return steps


def dpmpp_2m(sigmas: Sequence[float]) -> list[Step]:
    """DPM-Solver++(2M): second order from two estimates (Lu et al. 2022, arXiv 2211.01095, algorithm 2).

    The first step and the last, to sigma 0, are of first order.
    """
    steps: list[Step] = []
    h_before = None
    for sigma, sigma_next in pairwise(sigmas):
        if sigma_next == 0:
            steps.append(_euler(sigma, 0.0))
            continue
        h = log(sigma / sigma_next)
        gain = -expm1(-h)
        c = 0.0 if h_before is None else h / (2 * h_before)
        steps.append(Step(sigma, sigma_next, sigma_next / sigma, gain * (1 + c), -gain * c, 0.0))
        h_before = h
    return steps


def consistency(sigmas: Sequence[float]) -> list[Step]:
    """Jumps to the estimate, and back to the next level with fresh noise.

    Song et al. 2023 (arXiv 2303.01469), algorithm 1. For models that were tuned for it: their estimate is a sample.
    """
    return [Step(sigma, sigma_next, 0.0, 1.0, 0.0, sigma_next) for sigma, sigma_next in pairwise(sigmas)]


SAMPLERS: dict[str, Callable[[Sequence[float]], list[Step]]] = {
    "ddpm": ddpm,
    "ddim": ddim,
    "heun": heun,
    "dpmpp_2m": dpmpp_2m,
    "consistency": consistency,
}


# Jumps do not add up to a way that has to be followed to its end: the second one starts higher (benchmarks/README.md).
LOW_OF_JUMPS = 10.0


def usual_sampling(card: ModelCard) -> tuple[str, int]:
    """The sampler of a model and its network calls, where nobody asks for others."""
    return ("consistency", 2) if card.few_calls else ("dpmpp_2m", 20)


def plan(sampler: str, schedule: Mapping[str, Any], calls: int) -> list[Step]:
    """The steps of a sampler over a model card's schedule, with exactly `calls` >= 1 network calls.

    heun needs two calls an interval and one in the last; an even number of calls leaves out its first corrector.
    """
    if sampler == "consistency":
        return consistency(solver_grid(schedule, calls, LOW_OF_JUMPS).tolist())
    if sampler != "heun":
        return SAMPLERS[sampler](solver_grid(schedule, calls).tolist())
    steps = heun(solver_grid(schedule, calls // 2 + 1).tolist())
    if calls % 2 == 0:
        del steps[1]
    return steps


def sample(
    denoise: Denoise, x: Tensor, steps: Sequence[Step], noise: Callable[[int], Tensor]
) -> Iterator[tuple[int, Tensor, Tensor]]:
    """Run the steps in memory; yields after each its index, the estimate of x0 and the state.

    Args:
        denoise: the model.
        x: float32 [B, C, H, W], the first step's sigma times standard normal noise; it is not changed.
        steps: of any sampler.
        noise: fresh standard normal noise like x for a step's index, asked for only by steps that add noise.
    """
    x0_prev = None
    for index, step in enumerate(steps):
        x0 = denoise(x, torch.full((len(x),), step.sigma, device=x.device), x0_prev)
        x = advance(step, x, x0, x0_prev, noise(index) if step.noise else None)
        yield index, x0, x
        x0_prev = x0


def advance(step: Step, x: Tensor, x0: Tensor, x0_prev: Tensor | None, noise: Tensor | None) -> Tensor:
    """The state after a step; x0_prev and noise may be None where their factors are 0."""
    result = step.keep * x + step.x0 * x0
    if x0_prev is not None and step.x0_prev:
        result += step.x0_prev * x0_prev
    if noise is not None and step.noise:
        result += step.noise * noise
    return result


def _euler(sigma: float, sigma_next: float) -> Step:
    ratio = sigma_next / sigma
    return Step(sigma, sigma_next, ratio, 1 - ratio, 0.0, 0.0)
