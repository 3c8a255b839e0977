"""Small pairs with known changes, and a small model, for the tests of detectors."""

from pathlib import Path
from typing import Any

import numpy as np
import rasterio
import torch
from affine import Affine
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from qgis_ddpm.card import BandScaling, ModelCard
from qgis_ddpm.core.model import save_model
from qgis_ddpm.core.model.unet import build_network

TILE_PX = 32
TRANSFORM = Affine(10, 0, 500000, 0, -10, 5000000)
Image = NDArray[Any]


def make_pair(seed: int, size: int = 128) -> tuple[Image, Image, Image]:
    """Two dates uint8 [3, size, size] that differ in haze and noise, and in squares where label uint8 is 1."""
    rng = np.random.default_rng(seed)
    fields = np.stack([gaussian_filter(rng.normal(size=(size, size)), 3) for _ in range(3)])
    before = 110 + 15 * fields / fields.std()
    after = 1.05 * before + 6
    label = np.zeros((size, size), np.uint8)
    for _ in range(6):
        row, col = rng.integers(0, size - 20, 2)
        label[row : row + 16, col : col + 16] = 1
    after = np.where(label, 200 + 5 * rng.normal(size=before.shape), after)
    noisy = [np.clip(date + rng.normal(0, 2, date.shape), 1, 255).astype(np.uint8) for date in (before, after)]
    return noisy[0], noisy[1], label


def write(path: Path, pixels: Image, crs: str | None = "EPSG:32633", **more: Any) -> str:
    """A raster as GeoTIFF or PNG, by the name; the path."""
    pixels = pixels if pixels.ndim == 3 else pixels[None]
    shape = {"count": len(pixels), "height": pixels.shape[1], "width": pixels.shape[2], "dtype": pixels.dtype.name}
    place = {"crs": crs, "transform": TRANSFORM, "photometric": "minisblack"} if path.suffix == ".tif" else {}
    driver = "GTiff" if path.suffix == ".tif" else "PNG"
    path.parent.mkdir(parents=True, exist_ok=True)
    with rasterio.open(path, "w", **{"driver": driver, **shape, **place, **more}) as file:
        file.write(pixels)
    return str(path)


def write_folder(folder: Path, names: tuple[str, ...], label_folder: str = "label", value: int = 255) -> Path:
    """Pairs of images in A, B and label; the label is `value` where change is."""
    for seed, name in enumerate(names):
        before, after, label = make_pair(seed)
        write(folder / "A" / f"{name}.png", before)
        write(folder / "B" / f"{name}.png", after)
        write(folder / label_folder / f"{name}.png", label * np.uint8(value))
    return folder


def model_card(bands: int, **changes: Any) -> ModelCard:
    """The card of a small model of bands of bytes."""
    network = {"kind": "unet", "tile_px": TILE_PX, "base_channels": 8, "channel_multipliers": [1, 2], "patch_px": 1}
    network |= changes
    schedule = {"name": "edm", "mean": -1.2, "std": 1.2, "rho": 7.0, "sigma_min": 0.002, "sigma_max": 80.0}
    scalings = tuple(BandScaling(f"band {band}", "uint8", 0.0, 255.0) for band in range(1, bands + 1))
    return ModelCard(network, "edm", schedule, 0.002, 80.0, 0.5, TILE_PX, scalings)


def write_model(path: Path, **changes: Any) -> str:
    """A model with random weights for three bands of bytes."""
    card = model_card(3, **changes)
    torch.manual_seed(0)
    # A fresh network is linear: noise would drop out of every difference.
    fresh = build_network(card.network, 3).state_dict()
    save_model(path, {name: value + 0.1 * torch.randn_like(value) for name, value in fresh.items()}, card)
    return str(path)
