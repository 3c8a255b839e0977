"""Heads on models of any kind: which maps they read, and what they cost."""

from pathlib import Path

import pytest

from qgis_ddpm.core.detector import HEADS, build_head
from qgis_ddpm.core.head_plan import head_flops, plan_head, scales
from qgis_ddpm.core.model import load_model
from qgis_ddpm.errors import JobError
from qgis_ddpm.jobs import TrainDetector
from tests.core.labelled import write_model

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
