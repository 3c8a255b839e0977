"""Schedules against their closed forms and against diffusers' betas."""

import math

import numpy as np
import pytest
from diffusers import DDPMScheduler

from qgis_ddpm.core.model.schedules import (
    FEW_INTERVALS,
    SCHEDULES,
    Schedule,
    betas,
    betas_to_sigmas,
    describe_schedule,
    draw_sigmas,
    solver_grid,
)
from qgis_ddpm.errors import JobError

T, A, B = 1000, 1e-4, 0.02


@pytest.mark.parametrize(
    ("name", "theirs"),
    [("linear", "linear"), ("quad", "scaled_linear"), ("cosine", "squaredcos_cap_v2")],
)
def test_betas_equal_those_of_diffusers(name, theirs):
    scheduler = DDPMScheduler(T, beta_schedule=theirs, beta_start=A, beta_end=B)
    assert np.abs(betas(name, T, A, B) - scheduler.betas.double().numpy()).max() < 1e-6


def test_jsd_leaves_the_share_of_a_linear_ramp():
    # prod(1 - 1/(T-i)) telescopes to (T - t) / T.
    sigmas = betas_to_sigmas(betas("jsd", T, A, B))
    share = 1 / (1 + sigmas**2)
    assert np.abs(share - (T - np.arange(1, T + 1)) / T)[:-1].max() < 1e-12
    assert np.isfinite(sigmas).all()


def test_warmups_rise_to_the_last_beta_and_stay():
    for name, ramp in (("warmup10", 100), ("warmup50", 500)):
        found = betas(name, T, A, B)
        assert np.abs(found[:ramp] - np.linspace(A, B, ramp)).max() < 1e-15
        assert np.abs(found[ramp:] - B).max() == 0


def test_sigmoid_share_is_symmetric_about_the_middle():
    share = 1 / (1 + betas_to_sigmas(betas("sigmoid", T, A, B)) ** 2)
    # The last step is clipped at 0.999, so it is left out.
    assert np.abs(share[:-1] + share[-2::-1] - 1).max() < 1e-3


def test_const_share_is_a_power():
    sigmas = betas_to_sigmas(betas("const", T, A, B))
    share = (1 - B) ** np.arange(1, T + 1)
    assert np.abs(sigmas / np.sqrt((1 - share) / share) - 1).max() < 1e-9


def test_sigmas_of_tiny_betas_keep_their_digits():
    sigmas = betas_to_sigmas(np.full(4, 1e-12))
    assert np.abs(sigmas / np.sqrt(1e-12 * np.arange(1, 5)) - 1).max() < 1e-9


def test_published_noise_levels():
    # Linear 1e-6..1e-2 and cosine over 2000 steps at t = 50, 100, 400: the levels change detection uses.
    linear = betas_to_sigmas(betas("linear", 2000, 1e-6, 1e-2))
    cosine = betas_to_sigmas(betas("cosine", 2000, 0, 0))
    assert np.abs(linear[[50, 100, 400]] - [0.079, 0.159, 0.701]).max() < 3e-3
    assert np.abs(cosine[[50, 100, 400]] - [0.050, 0.090, 0.336]).max() < 3e-3


@pytest.mark.parametrize("name", [*SCHEDULES, "edm"])
def test_draws_follow_the_schedule(name):
    schedule = describe_schedule(Schedule(name, T, A, B), tile_px=64)
    u = (np.arange(T) + 0.5) / T
    sigmas = draw_sigmas(schedule, u)
    assert np.isfinite(sigmas).all()
    assert (np.diff(sigmas) > 0).all()
    if name == "edm":
        assert abs(np.log(sigmas).mean() - schedule["mean"]) < 1e-3
        assert abs(np.log(sigmas).std() - schedule["std"]) < 1e-2
    else:
        # The quantile in the middle of a step is that step.
        assert np.abs(sigmas / betas_to_sigmas(betas(name, T, A, B)) - 1).max() < 1e-9


@pytest.mark.parametrize("name", [*SCHEDULES, "edm"])
@pytest.mark.parametrize("intervals", [1, 2, 7, 50, 2500])
def test_solver_grids_fall_to_zero(name, intervals):
    schedule = describe_schedule(Schedule(name, T, A, B), tile_px=64)
    grid = solver_grid(schedule, intervals)
    assert grid.shape == (intervals + 1,)
    assert grid[0] == pytest.approx(min(schedule["sigma_max"], 1000.0), rel=1e-9)
    assert grid[-1] == 0
    assert (np.diff(grid) < 0).all()


def test_edm_grid_is_the_published_power_law():
    grid = solver_grid(describe_schedule(Schedule("edm"), tile_px=64), 18)
    i = np.arange(18)
    wanted = (80 ** (1 / 7) + i / 17 * (0.002 ** (1 / 7) - 80 ** (1 / 7))) ** 7
    assert np.abs(grid[:-1] - wanted).max() < 1e-9


@pytest.mark.parametrize("intervals", [2, 4, FEW_INTERVALS])
def test_of_few_intervals_none_is_spent_on_the_lowest_level(intervals):
    grid = solver_grid(describe_schedule(Schedule("edm"), tile_px=64), intervals)
    i = np.arange(intervals)
    wanted = (80 ** (1 / 7) + i / intervals * (0.002 ** (1 / 7) - 80 ** (1 / 7))) ** 7
    assert np.abs(grid[:-1] - wanted).max() < 1e-9
    assert grid[-2] > 0.02


def test_large_tiles_get_more_noise():
    means = [describe_schedule(Schedule("edm"), tile_px=size)["mean"] for size in (28, 64, 256)]
    assert means[0] == means[1] == -1.2
    assert means[2] == pytest.approx(-1.2 + math.log(4))


def test_a_schedule_that_reaches_infinity_is_refused():
    with pytest.raises(JobError, match="BETA_START"):
        describe_schedule(Schedule("const", 1000, 0.9, 0.99), tile_px=64)
