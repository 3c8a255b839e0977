"""Seamless sampling against one blend in memory, closed forms for Gaussian data, and itself from other extents."""

import gc
import os
import tracemalloc
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor

from qgis_ddpm.core.model.schedules import Schedule, describe_schedule
from qgis_ddpm.core.raster.lattice import Lattice
from qgis_ddpm.core.raster.random import position_noise
from qgis_ddpm.core.sampling.latent_buffer import Area
from qgis_ddpm.core.sampling.samplers import advance, plan
from qgis_ddpm.core.sampling.seamless import AreaStrip, SeamlessSampler, plan_passes, scratch_bytes

EDM = describe_schedule(Schedule("edm"), tile_px=64)
TILE_PX = 16
MEAN, STD = 0.2, 0.5
# Wide enough that a band of rows outweighs all that is small.
WIDE_PX = 300


def local(x: Tensor, sigma: Tensor, x0_prev: Tensor | None) -> Tensor:
    """The exact estimate for independent normal pixels."""
    variance = sigma.reshape(-1, 1, 1, 1) ** 2
    return (STD**2 * x + variance * MEAN) / (STD**2 + variance)


def whole_window(x: Tensor, sigma: Tensor, x0_prev: Tensor | None) -> Tensor:
    """Like a network with a norm: every pixel looks at all of its window, and at where it stands in it."""
    place = torch.linspace(-1, 1, TILE_PX)
    mixed = x.mean(dim=(2, 3), keepdim=True) + 0.3 * torch.roll(x, 5, dims=3) * place
    return torch.tanh(local(x, sigma, None) + 0.5 * mixed / (1 + sigma.reshape(-1, 1, 1, 1)))


def sample_area(
    denoise: Callable[[Tensor, Tensor, Tensor | None], Tensor],
    area: Area,
    folder: Path,
    sampler: str = "dpmpp_2m",
    calls: int = 6,
    overlap_px: int = 4,
    reach: int = 100,
    batch: int = 7,
    seed: int = 0,
) -> np.ndarray:
    lattice, steps = Lattice(TILE_PX, overlap_px), plan(sampler, EDM, calls)
    passes = plan_passes(lattice, area, len(steps), reach)
    run = SeamlessSampler(denoise, steps, passes, lattice, 2, seed, batch, str(folder)).run()
    strips, windows, row = [], 0, area.row
    for done in run:
        if isinstance(done, AreaStrip):
            assert done.row == row
            row += done.x0.shape[1]
            strips.append(done.x0)
        else:
            windows += done
    assert windows == sum(one.windows for one in passes)
    assert os.listdir(folder) == []
    found = np.concatenate(strips, axis=1)
    assert found.shape == (2, area.height, area.width)
    return found


@pytest.mark.parametrize("sampler", ["ddpm", "ddim", "heun", "dpmpp_2m"])
def test_it_is_the_sampler_itself_where_windows_see_what_pixels_see(tmp_path: Path, sampler: str) -> None:
    """For a local denoiser, blending changes nothing: the same steps over the whole field at once are the oracle."""
    area = Area(-30, 1003, 50, 41)
    steps = plan(sampler, EDM, 7)
    x = torch.from_numpy(steps[0].sigma * position_noise(3, 0, 2, area.window))[None]
    before = None
    for index, step in enumerate(steps):
        x0 = local(x, torch.tensor([step.sigma]), None)
        fresh = torch.from_numpy(position_noise(3, index + 1, 2, area.window))[None]
        x, before = advance(step, x, x0, before, fresh), x0
    found = sample_area(local, area, tmp_path, sampler, calls=7, seed=3)
    assert np.abs(found - x[0].numpy()).max() < 1e-4


def test_gaussian_data_comes_out_with_its_mean_and_variance(tmp_path: Path) -> None:
    found = sample_area(local, Area(0, 0, 200, 200), tmp_path, "dpmpp_2m", calls=60, reach=1, batch=64)
    assert abs(found.mean() - MEAN) < 0.01
    assert abs(found.std() - STD) < 0.01


@pytest.mark.parametrize("sampler", ["ddpm", "heun", "dpmpp_2m"])
def test_neither_batch_nor_extent_changes_a_pixel(tmp_path: Path, sampler: str) -> None:
    large = sample_area(whole_window, Area(-20, 90, 60, 70), tmp_path, sampler)
    assert large.std() > 0.1
    for batch in (1, 3, 1000):
        assert (
            np.abs(sample_area(whole_window, Area(-20, 90, 60, 70), tmp_path, sampler, batch=batch) - large).max()
            < 1e-5
        )
    part = sample_area(whole_window, Area(-7, 101, 20, 33), tmp_path, sampler)
    assert np.abs(part - large[:, 13:33, 11:44]).max() < 1e-5


def test_areas_side_by_side_fit_together(tmp_path: Path) -> None:
    left = sample_area(whole_window, Area(0, 0, 30, 40), tmp_path)
    right = sample_area(whole_window, Area(0, 40, 30, 40), tmp_path)
    both = sample_area(whole_window, Area(0, 0, 30, 80), tmp_path)
    assert np.abs(np.concatenate([left, right], axis=2) - both).max() < 1e-5


def test_what_lies_further_matters_less(tmp_path: Path) -> None:
    area, part = Area(0, 0, 60, 60), np.s_[:, 20:40, 20:40]
    exact = sample_area(whole_window, area, tmp_path)[part]
    errors = [
        np.abs(sample_area(whole_window, Area(20, 20, 20, 20), tmp_path, reach=reach) - exact).max()
        for reach in (0, 1, 2, 5)
    ]
    assert errors[0] > errors[1] > errors[2] > errors[3]
    assert errors[3] < 1e-5


def test_passes_shrink_to_the_area(tmp_path: Path) -> None:
    lattice, area = Lattice(TILE_PX, 4), Area(100, 200, 40, 40)
    passes = plan_passes(lattice, area, steps=6, reach=2)
    assert passes[-1].wanted == area
    assert [one.windows for one in passes] == [64, 64, 64, 64, 36, 16]
    for earlier, later in pairwise(passes):
        assert (earlier.wanted.row, earlier.wanted.col) == (later.rows[0], later.cols[0])
        assert (earlier.wanted.bottom, earlier.wanted.right) == (later.rows[-1] + TILE_PX, later.cols[-1] + TILE_PX)
    assert all(len(plan_passes(Lattice(TILE_PX, 0), area, 5, 9)[i].rows) == 3 for i in range(5))


def test_the_state_is_on_disk_and_memory_does_not_grow(tmp_path: Path) -> None:
    """Peak of numpy and torch allocations, by tracemalloc, for an area and one four times as high."""

    def peak(height: int) -> int:
        lattice, steps = Lattice(TILE_PX, 4), plan("dpmpp_2m", EDM, 4)
        passes = plan_passes(lattice, Area(0, 0, height, WIDE_PX), len(steps), reach=1)
        assert scratch_bytes(passes, steps, 2, TILE_PX) >= 2 * 4 * 2 * height * WIDE_PX
        gc.collect()
        tracemalloc.start()
        try:
            for _ in SeamlessSampler(local, steps, passes, lattice, 2, 0, 8, str(tmp_path)).run():
                pass
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    # The first run fills the cache of noise, whose size is fixed.
    peak(240)
    # What threads of other tests and the collector add is never the least of several.
    low, high = (min(peak(height) for _ in range(3)) for height in (60, 240))
    assert high < 1.1 * low
    assert high < WIDE_PX * 2 * 4 * TILE_PX * 12


def test_one_step_needs_no_disk(tmp_path: Path) -> None:
    passes = plan_passes(Lattice(TILE_PX, 4), Area(0, 0, 40, 40), 1, 5)
    assert scratch_bytes(passes, plan("ddim", EDM, 1), 2, TILE_PX) == 0
    assert np.isfinite(sample_area(whole_window, Area(0, 0, 40, 40), tmp_path, "ddim", calls=1)).all()


def test_the_middle_window_is_shown(tmp_path: Path) -> None:
    lattice, steps = Lattice(TILE_PX, 4), plan("ddim", EDM, 3)
    passes = plan_passes(lattice, Area(0, 0, 40, 40), 3, 1)
    seen: list[tuple[int, float]] = []
    sampler = SeamlessSampler(local, steps, passes, lattice, 2, 0, 4, str(tmp_path))
    for _ in sampler.run(lambda index, x: seen.append((index, float(x.std())))):
        pass
    assert [index for index, _ in seen] == [0, 1, 2, 3]
    assert abs(seen[0][1] / steps[0].sigma - 1) < 0.1
    assert seen[-1][1] < 1
