"""The presets build networks of the sizes that their names promise."""

import pytest
import torch

from qgis_ddpm.core.model.denoiser import network_flops
from qgis_ddpm.core.model.unet import build_network
from qgis_ddpm.core.training.setup import describe_network
from qgis_ddpm.jobs import TrainModel

# GFLOP of one pass over a tile: what can be had in minutes on a processor, and what needs a GPU.
GFLOP = {"digits": (0.05, 0.15), "tiny": (0.2, 0.5), "small": (0.2, 0.5), "base": (20, 200)}


@pytest.mark.parametrize("preset", GFLOP)
def test_a_preset_costs_what_its_device_can_give(preset):
    job = TrainModel(folder="f", preset=preset, model="m.safetensors").resolved()
    channels = 1 if preset == "digits" else 4
    with torch.device("meta"):
        network = build_network(describe_network(job), channels)
    low, high = GFLOP[preset]
    assert low < network_flops(network, channels, job.tile_px) / 1e9 < high
