"""A model of a small random network, for tests of detection."""

from pathlib import Path

import torch

from qgis_ddpm.card import BandScaling, ModelCard
from qgis_ddpm.core.model import save_model
from qgis_ddpm.core.model.unet import build_network


def save_small_model(path: Path, bands: int, low: float = 0.0, high: float = 255.0, licence: str = "") -> None:
    """Write a model with windows of 32 px; its weights are the same each time."""
    torch.manual_seed(0)
    network = {
        "kind": "unet",
        "tile_px": 32,
        "base_channels": 8,
        "channel_multipliers": [1, 2],
        "patch_px": 2,
        "res_blocks": 1,
        "attention_at_px": [],
        "dropout": 0.0,
    }
    schedule = {"name": "edm", "mean": -1.2, "std": 1.2, "rho": 7.0, "sigma_min": 0.002, "sigma_max": 80.0}
    scalings = tuple(BandScaling(f"band {number}", "uint8", low, high) for number in range(1, bands + 1))
    card = ModelCard(network, "edm", schedule, 0.002, 80.0, 0.5, 32, scalings, licence=licence)
    save_model(path, build_network(network, bands).state_dict(), card)
