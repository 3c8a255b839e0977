"""The training step: what batches, micro-batches and numbers of tiles do and do not change."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from qgis_ddpm.core.model.device import to_device
from qgis_ddpm.core.model.preconditioning import PREDICTIONS, Preconditioning
from qgis_ddpm.core.model.schedules import SCHEDULES, Schedule, describe_schedule, draw_sigmas
from qgis_ddpm.core.model.unet import build_network
from qgis_ddpm.core.raster.random import tile_random
from qgis_ddpm.core.training.recipe import Compute, Recipe
from qgis_ddpm.core.training.tiles import Tiles
from qgis_ddpm.core.training.trainer import Trainer, draw_noise

EDM = describe_schedule(Schedule("edm"), tile_px=16)
RECIPE = Recipe(
    batch_size=8,
    learning_rate=2e-3,
    warmup_tiles=32,
    gradient_clip=1.0,
    loss="l2",
    ema=0.1,
    schedule=EDM,
    seed=0,
)
CPU = torch.device("cpu")


def stripes(first, count):
    """Tiles that a small network learns at once: stripes of a random phase."""
    phase = np.array([tile_random(0, first + i, 0).random() for i in range(count)])
    waves = np.sin(2 * np.pi * (np.arange(16) / 8 + phase[:, None]))
    pixels = np.broadcast_to(waves[:, None, None, :], (count, 2, 16, 16)).astype(np.float32)
    return Tiles(np.ascontiguousarray(pixels), None)


def trainer(micro_batch=8, prediction="edm", self_conditioning=False, dropout=0.0, **changes):
    config = {
        "kind": "unet",
        "tile_px": 16,
        "base_channels": 16,
        "channel_multipliers": [1, 2],
        "patch_px": 2,
        "dropout": dropout,
        "self_conditioning": self_conditioning,
        "wiener": prediction == "wiener",
    }
    torch.manual_seed(0)
    network = to_device(build_network(config, 2), CPU)
    rule = Preconditioning(prediction, 0.7, network.prior)
    tiles = SimpleNamespace(batch=stripes)
    return Trainer(network, rule, tiles, replace(RECIPE, **changes), Compute(CPU, micro_batch))


def weights_after(steps, made):
    for _ in range(steps):
        made.step()
    made.close()
    return torch.cat([weight.flatten() for weight in made.average.weights.values()])


def test_training_learns():
    made = trainer()
    made.step()
    first = float(made.loss)
    weights_after(120, made)
    assert float(made.loss) < 0.8 * first


def test_micro_batches_change_only_the_rounding():
    whole, parts = weights_after(5, trainer(8)), weights_after(5, trainer(3))
    # Adam divides by the gradient's size, so rounding of tiny gradients grows to a share of the learning rate.
    assert (whole - parts).abs().max() < 1e-4
    assert (whole - weights_after(5, trainer(seed=1))).abs().max() > 1e-3


@pytest.mark.parametrize("changes", [{}, {"dropout": 0.3}, {"self_conditioning": True}, {"offset_noise": 0.1}])
def test_the_same_training_gives_the_same_bits(changes):
    torch.manual_seed(5)
    first = weights_after(4, trainer(**changes))
    torch.rand(3)
    assert torch.equal(first, weights_after(4, trainer(**changes)))


def test_batches_made_by_several_threads_are_the_same():
    one, several = trainer(), trainer()
    several._ahead, several._threads = 3, ThreadPoolExecutor(3)
    assert torch.equal(weights_after(6, one), weights_after(6, several))
    assert several.waited_s > 0


def test_draws_do_not_depend_on_the_batch():
    noise, sigma = draw_noise(replace(RECIPE, offset_noise=0.2), (8, 2, 16, 16), first=0)
    for start in (0, 3, 5):
        part_noise, part_sigma = draw_noise(replace(RECIPE, offset_noise=0.2), (2, 2, 16, 16), first=start)
        assert np.array_equal(part_noise, noise[start : start + 2])
        assert np.array_equal(part_sigma, sigma[start : start + 2])


def test_noise_is_standard_normal_and_offset_noise_adds_a_constant_per_band():
    noise, _ = draw_noise(RECIPE, (400, 2, 16, 16), first=0)
    assert abs(noise.mean()) < 0.01
    assert abs(noise.std() - 1) < 0.01
    means = noise.mean(axis=(2, 3))
    offset, _ = draw_noise(replace(RECIPE, offset_noise=0.5), (400, 2, 16, 16), first=0)
    assert abs(offset.mean(axis=(2, 3)).std() - (0.25 + means.std() ** 2) ** 0.5) < 0.05
    assert np.abs((offset - noise) - (offset - noise)[:, :, :1, :1]).max() < 1e-6


def test_any_batch_covers_all_noise_levels():
    quantiles = draw_sigmas(EDM, (np.arange(9)[1:-1]) / 8)
    for first in (0, 1000, 123456789):
        _, sigma = draw_noise(RECIPE, (32, 1, 1, 1), first)
        counts = np.histogram(np.searchsorted(quantiles, sigma), bins=np.arange(9))[0]
        assert counts.min() >= 2
        assert counts.max() <= 6


def test_the_learning_rate_warms_up_with_the_tiles_seen():
    made = trainer()
    rates = []
    for _ in range(6):
        made.step()
        rates.append(made.optimizer.param_groups[0]["lr"])
    made.close()
    assert rates == pytest.approx([5e-4, 1e-3, 1.5e-3, 2e-3, 2e-3, 2e-3])


def test_the_gradient_is_clipped():
    # The first step of Adam does not depend on the gradient's size, so its moments are looked at.
    def norm(clip):
        made = trainer(gradient_clip=clip)
        made.step()
        made.close()
        moments = [state["exp_avg"].square().sum() for state in made.optimizer.state.values()]
        return float(sum(moments)) ** 0.5 / 0.1

    free = norm(0.0)
    assert norm(free / 10) == pytest.approx(free / 10, rel=1e-3)


def test_fused_steps_on_channels_last_are_those_of_plain_adam():
    made = trainer(warmup_tiles=0)
    plain = trainer(warmup_tiles=0)
    plain.optimizer = torch.optim.Adam(plain.network.parameters(), lr=2e-3, betas=(0.9, 0.99), foreach=False)
    assert (weights_after(6, made) - weights_after(6, plain)).abs().max() < 1e-5


@pytest.mark.parametrize("prediction", list(PREDICTIONS))
@pytest.mark.parametrize("schedule", ["linear", "cosine", "edm"])
def test_every_prediction_trains_on_every_schedule(prediction, schedule):
    described = describe_schedule(Schedule(schedule, 1000, 1e-4, 0.02), tile_px=16)
    made = trainer(prediction=prediction, schedule=described)
    made.step()
    first = float(made.loss)
    weights_after(30, made)
    assert float(made.loss) < first


@pytest.mark.parametrize("loss", ["l2", "l1", "huber"])
def test_every_loss_and_schedule_is_finite(loss):
    for schedule in SCHEDULES:
        described = describe_schedule(Schedule(schedule, 1000, 1e-4, 0.02), tile_px=16)
        made = trainer(prediction="v", schedule=described, loss=loss, min_snr_gamma=5.0)
        assert weights_after(2, made).isfinite().all()


def test_self_conditioning_sees_the_estimate_in_every_second_tile():
    made = trainer(self_conditioning=True)
    images = []
    made.network.register_forward_pre_hook(lambda module, inputs: images.append(inputs[0].detach().clone()))
    made.step()
    made.close()
    shown = images[-1][:, 2:].abs().amax(dim=(1, 2, 3)) > 0
    assert shown.tolist() == [True, False] * 4
