"""Heads on models of any kind: which maps they read, and what they cost."""

from pathlib import Path

import pytest
import torch

from qgis_ddpm.core.detector.detector import HEADS, build_head, decide, gather
from qgis_ddpm.core.detector.head_config import gathered_shapes, head_flops, plan_head, scales
from qgis_ddpm.core.model import load_model
from qgis_ddpm.errors import JobError
from qgis_ddpm.jobs import TrainDetector
from tests.core.makers.labelled import write_model

NETWORKS = {
    "small": {"tile_px": 64, "base_channels": 16, "channel_multipliers": [1, 2, 4, 6]},
    "tiny": {"tile_px": 64, "base_channels": 32, "channel_multipliers": [1, 2, 4], "patch_px": 2},
    "two scales": {},
}


def test_the_choices_are_the_heads() -> None:
    assert set(TrainDetector.option("head").choices) == set(HEADS)


@pytest.mark.parametrize("network", NETWORKS)
def test_ours_reads_the_finest_maps_at_a_tenth_of_the_cost(tmp_path: Path, network: str) -> None:
    noise_levels = 2
    model = load_model(write_model(tmp_path / "m.safetensors", **NETWORKS[network]))
    ours, published = (plan_head(kind, model, noise_levels) for kind in ("ours", "published"))
    assert ours["levels"][-1] == 0
    assert head_flops(ours, model, noise_levels) <= 0.1 * head_flops(published, model, noise_levels)
    head = build_head(ours, noise_levels)
    assert head.stride(model.feature_strides) == min(model.feature_strides)


@pytest.mark.parametrize("network", NETWORKS)
def test_linear_weighs_each_difference_of_estimates_and_its_size(tmp_path: Path, network: str) -> None:
    model = load_model(write_model(tmp_path / "m.safetensors", **NETWORKS[network]))
    sigmas, bands = (0.6, 2.0), len(model.card.bands)
    plan = plan_head("linear", model, len(sigmas))
    head = build_head(plan, len(sigmas))
    tile_px = model.card.tile_px
    assert gathered_shapes(plan, model, len(sigmas)) == [(len(sigmas) * bands, tile_px, tile_px)]
    assert sum(parameter.numel() for parameter in head.parameters()) == 2 * 2 * len(sigmas) * bands + 2
    assert head_flops(plan, model, len(sigmas)) <= 0.1 * head_flops(plan_head("published", model, 2), model, 2)
    before, after, noise = (torch.randn(2, bands, 20, 20) for _ in range(3))
    (found,) = gather(model, head, sigmas, before, after, noise)
    for number, sigma in enumerate(sigmas):
        first, second = (model.denoise(date + sigma * noise, torch.full((2,), sigma)) for date in (before, after))
        assert torch.allclose(found[:, number * bands : (number + 1) * bands], second - first, atol=1e-5)
    # Nothing is learnt yet: all is alike.
    logits = decide(head, [found], (20, 20), model.feature_strides)
    assert logits.shape == (2, 2, 20, 20)
    assert (logits == logits[..., :1, :1]).all()


def test_ours_sees_plain_brightness(tmp_path: Path) -> None:
    model = load_model(write_model(tmp_path / "m.safetensors", **NETWORKS["tiny"]))
    head = build_head(plan_head("ours", model, 1), 1)
    before = torch.randn(1, len(model.card.bands), 64, 64)
    brighter = gather(model, head, (0.1,), before, before + 0.25, torch.zeros_like(before))[-1]
    # Over squares of 9, 17 and 33 px, at the size of the finest maps.
    assert brighter.shape == (1, 3 * len(model.card.bands), 32, 32)
    assert torch.allclose(brighter, torch.full_like(brighter, 0.25), atol=1e-5)
    spot = before.clone()
    spot[..., 30:34, 30:34] += 1
    shown = gather(model, head, (0.1,), before, spot, torch.zeros_like(before))[-1]
    assert torch.allclose(shown[0, 0, 15, 15], torch.tensor(16 / 81), atol=1e-5)
    assert torch.allclose(shown[0, -1, 15, 15], torch.tensor(16 / 33**2), atol=1e-5)
    assert not shown[..., :5, :5].any()
    back = gather(model, head, (0.1,), spot, before, torch.zeros_like(before))[-1]
    assert torch.equal(back, -shown)


def test_ours_without_bands_is_read_as_it_was(tmp_path: Path) -> None:
    model = load_model(write_model(tmp_path / "m.safetensors"))
    plan = plan_head("ours", model, 1)
    del plan["bands"]
    assert [shape[0] for shape in gathered_shapes(plan, model, 1)] == [c for c in plan["channels"] for _ in range(2)]
    head = build_head(plan, 1)
    assert head.last.in_channels == plan["widths"][-1]
    # It reads sizes of differences alone: the dates may be exchanged.
    before, after, noise = (torch.randn(1, len(model.card.bands), 20, 20) for _ in range(3))
    found, swapped = (
        head.decide(gather(model, head, (0.1,), *dates, noise)) for dates in ((before, after), (after, before))
    )
    assert (found - swapped).abs().max() < 1e-6


def test_maps_of_the_published_network_are_the_published_ones() -> None:
    strides = [1, 1, 1, 2, 2, 2, 4, 4, 4, 8, 8, 8, 16, 16, 16]
    assert scales(strides) == [14, 11, 8, 5, 2]
    assert scales([2, 4]) == [1, 0]
    assert scales([1, 2, 8]) == [1, 0]


def test_one_scale_is_enough_for_ours_alone(tmp_path: Path) -> None:
    model = load_model(write_model(tmp_path / "m.safetensors", channel_multipliers=[1]))
    assert plan_head("ours", model, 1)["levels"] == [0]
    with pytest.raises(JobError, match="Choose ours"):
        plan_head("published", model, 1)
