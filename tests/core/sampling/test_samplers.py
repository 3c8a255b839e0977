"""Samplers against closed forms for Gaussian data, and against diffusers' schedulers."""

from itertools import pairwise

import numpy as np
import pytest
import torch
from diffusers import (
    DDIMScheduler,
    DDPMScheduler,
    DPMSolverMultistepScheduler,
    EDMEulerScheduler,
    HeunDiscreteScheduler,
)

from qgis_ddpm.core.model.schedules import SCHEDULES, Schedule, betas, betas_to_sigmas, describe_schedule, solver_grid
from qgis_ddpm.core.sampling.samplers import SAMPLERS, advance, plan, sample
from qgis_ddpm.jobs import SampleTiles, TrainModel

MEAN, STD = 0.3, 0.5
EDM = describe_schedule(Schedule("edm"), tile_px=64)
COSINE = describe_schedule(Schedule("cosine", 1000, 1e-4, 0.02), tile_px=64)
LINEAR_BETAS = betas("linear", 1000, 1e-4, 0.02)


def gaussian_denoiser(x, sigma, x0_prev):
    """The exact estimate of x0 for data that is normal with MEAN and STD."""
    variance = sigma.reshape(-1, 1, 1, 1) ** 2
    return (STD**2 * x + variance * MEAN) / (STD**2 + variance)


def curved_denoiser(x, sigma, x0_prev):
    """Some smooth estimate in [-1, 1] that is far from linear."""
    return torch.tanh(x / (1 + sigma.reshape(-1, 1, 1, 1) ** 2).sqrt() * 1.7 + 0.2)


def run(denoise, steps, x, noise=None):
    *_, (_, x0, last) = sample(denoise, x, steps, noise or (lambda index: torch.zeros_like(x)))
    assert torch.equal(x0, last), "the last step ends on the estimate of x0"
    return last


def noise_of(seed, shape=(4, 2, 8, 8)):
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


@pytest.mark.parametrize("sampler", ["ddim", "heun", "dpmpp_2m"])
def test_deterministic_samplers_solve_the_gaussian_flow(sampler):
    # The probability flow of Gaussian data is x(sigma) = MEAN + (x - MEAN) sqrt((STD^2 + sigma^2) / (STD^2 + start^2)).
    calls = {"ddim": 3000, "heun": 401, "dpmpp_2m": 400}[sampler]
    steps = plan(sampler, EDM, calls)
    x = steps[0].sigma * noise_of(0)
    wanted = MEAN + (x - MEAN) * STD / (STD**2 + steps[0].sigma ** 2) ** 0.5
    assert (run(gaussian_denoiser, steps, x) - wanted).abs().max() < 2e-3


@pytest.mark.parametrize(("sampler", "order"), [("ddim", 1), ("heun", 2), ("dpmpp_2m", 2)])
def test_order_of_convergence(sampler, order):
    def error(intervals):
        sigmas = np.geomspace(10, 0.5, intervals + 1)
        x = 10 * noise_of(1)
        wanted = MEAN + (x - MEAN) * ((STD**2 + 0.25) / (STD**2 + 100)) ** 0.5
        *_, (_, _, found) = sample(gaussian_denoiser, x, SAMPLERS[sampler](sigmas.tolist()), lambda index: None)
        return (found - wanted).abs().max().item()

    measured = np.log2(error(64) / error(128))
    assert abs(measured - order) < 0.25


@pytest.mark.parametrize("schedule", [EDM, COSINE], ids=["edm", "cosine"])
def test_ddpm_recovers_mean_and_variance_of_gaussian_data(schedule):
    # Mean and variance of the state follow the steps' factors exactly, with no sampling error in the comparison.
    mean, variance = 0.0, plan("ddpm", schedule, 1000)[0].sigma ** 2
    for step in plan("ddpm", schedule, 1000):
        gain = STD**2 / (STD**2 + step.sigma**2)
        factor = step.keep + step.x0 * gain
        mean = factor * mean + step.x0 * (1 - gain) * MEAN
        variance = factor**2 * variance + step.noise**2
    assert abs(mean - MEAN) < 2e-3
    assert abs(variance**0.5 - STD) < 2e-2


@pytest.mark.parametrize("sampler", list(SAMPLERS))
@pytest.mark.parametrize("schedule", [EDM, COSINE], ids=["edm", "cosine"])
@pytest.mark.parametrize("calls", [1, 2, 3, 10, 15])
def test_plans_have_the_calls_asked_for_and_keep_a_constant(sampler, schedule, calls):
    steps = plan(sampler, schedule, calls)
    assert len(steps) == calls
    assert steps[-1].sigma_next == 0
    for step, following in pairwise(steps):
        assert step.sigma_next == following.sigma
        # Where the estimate is the state itself, a step may only add noise.
        assert step.keep + step.x0 + step.x0_prev == pytest.approx(1, abs=1e-9)


def test_ddpm_equals_diffusers():
    scheduler = DDPMScheduler(
        1000, trained_betas=LINEAR_BETAS, variance_type="fixed_small", clip_sample=False, prediction_type="sample"
    )
    scheduler.set_timesteps(50)
    sigmas = betas_to_sigmas(LINEAR_BETAS)
    grid = [float(sigmas[t]) for t in scheduler.timesteps] + [0.0]
    x = grid[0] * noise_of(2)
    state, generator = x / (1 + grid[0] ** 2) ** 0.5, torch.Generator().manual_seed(3)
    for index, t in enumerate(scheduler.timesteps):
        estimate = curved_denoiser(state * (1 + grid[index] ** 2) ** 0.5, torch.tensor(grid[index]), None)
        state = scheduler.step(estimate, t, state, generator=generator).prev_sample
    generator = torch.Generator().manual_seed(3)
    found = run(
        curved_denoiser,
        SAMPLERS["ddpm"](grid),
        x,
        lambda index: torch.randn(x.shape, generator=generator, dtype=x.dtype),
    )
    assert (found - state).abs().max() < 1e-4


def test_ddim_equals_diffusers():
    scheduler = DDIMScheduler(1000, trained_betas=LINEAR_BETAS, clip_sample=False, prediction_type="sample")
    scheduler.set_timesteps(20)
    sigmas = betas_to_sigmas(LINEAR_BETAS)
    grid = [float(sigmas[t]) for t in scheduler.timesteps] + [0.0]
    x = grid[0] * noise_of(4)
    state = x / (1 + grid[0] ** 2) ** 0.5
    for index, t in enumerate(scheduler.timesteps):
        estimate = curved_denoiser(state * (1 + grid[index] ** 2) ** 0.5, torch.tensor(grid[index]), None)
        state = scheduler.step(estimate, t, state).prev_sample
    assert (run(curved_denoiser, SAMPLERS["ddim"](grid), x) - state).abs().max() < 1e-4


def test_dpmpp_2m_equals_diffusers():
    scheduler = DPMSolverMultistepScheduler(
        1000,
        trained_betas=LINEAR_BETAS,
        prediction_type="sample",
        algorithm_type="dpmsolver++",
        solver_order=2,
        solver_type="midpoint",
        final_sigmas_type="zero",
        timestep_spacing="trailing",
    )
    scheduler.set_timesteps(20)
    grid = [float(sigma) for sigma in scheduler.sigmas]
    x = grid[0] * noise_of(5)
    state = x / (1 + grid[0] ** 2) ** 0.5
    for index, t in enumerate(scheduler.timesteps):
        estimate = curved_denoiser(state * (1 + grid[index] ** 2) ** 0.5, torch.tensor(grid[index]), None)
        state = scheduler.step(estimate, t, state).prev_sample
    assert (run(curved_denoiser, SAMPLERS["dpmpp_2m"](grid), x) - state).abs().max() < 1e-4


def test_heun_equals_diffusers():
    scheduler = HeunDiscreteScheduler(1000, trained_betas=LINEAR_BETAS, prediction_type="epsilon")
    scheduler.set_timesteps(12)
    grid = scheduler.sigmas.double().numpy()
    grid = [float(grid[0]), *(float(sigma) for sigma in grid[1::2])]
    x = grid[0] * noise_of(6)
    state = x.clone()
    for t in scheduler.timesteps:
        sigma = scheduler.sigmas[scheduler.step_index or 0]
        estimate = curved_denoiser(state, sigma, None)
        state = scheduler.step((state - estimate) / sigma, t, state).prev_sample
    assert (run(curved_denoiser, SAMPLERS["heun"](grid), x) - state).abs().max() < 1e-4


def test_edm_grid_and_euler_equal_diffusers():
    scheduler = EDMEulerScheduler(
        sigma_min=0.002, sigma_max=80.0, sigma_data=0.5, prediction_type="epsilon", final_sigmas_type="zero"
    )
    scheduler.set_timesteps(18)
    theirs = scheduler.sigmas.double().numpy()
    assert np.abs(solver_grid(EDM, 18) - theirs).max() < 1e-4
    x = theirs[0] * noise_of(7)
    state = x.clone()
    for index, t in enumerate(scheduler.timesteps):
        sigma = theirs[index]
        estimate = curved_denoiser(state, torch.tensor(sigma), None)
        # The scheduler takes the network's raw answer, so its own preconditioning is undone first.
        c_skip = 0.25 / (sigma**2 + 0.25)
        c_out = sigma * 0.5 / (sigma**2 + 0.25) ** 0.5
        state = scheduler.step((estimate - c_skip * state) / c_out, t, state).prev_sample
    assert (run(curved_denoiser, SAMPLERS["ddim"](theirs.tolist()), x) - state).abs().max() < 1e-4


def test_steps_without_noise_ask_for_none_and_leave_the_start_alone():
    x = noise_of(8)
    before = x.clone()

    def refuse(index):
        raise AssertionError("no noise was needed")

    for step in plan("heun", EDM, 5):
        advance(step, x, x, x, None)
    run(gaussian_denoiser, plan("dpmpp_2m", EDM, 4), x, refuse)
    assert torch.equal(x, before)


def test_every_sampler_can_be_chosen():
    assert {"consistency", *SampleTiles.option("sampler").choices} == {*SAMPLERS, "consistency"}


def test_every_schedule_can_be_chosen():
    assert set(TrainModel.option("schedule").choices) == {*SCHEDULES, "edm"}
