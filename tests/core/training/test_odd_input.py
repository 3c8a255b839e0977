"""Inputs at the edge of what can be trained on: they work, with a note, or are refused in a sentence."""

import numpy as np
import pytest
import rasterio
import torch
from PIL import Image
from rasterio.transform import from_origin

from qgis_ddpm.core import run
from qgis_ddpm.core.model import load_model
from qgis_ddpm.core.training import setup as training_setup
from qgis_ddpm.errors import InputError, JobError
from qgis_ddpm.events import Note
from qgis_ddpm.jobs import TrainModel

SMALL = {
    "preset": "tiny",
    "tile_px": 16,
    "batch_size": 4,
    "base_channels": 8,
    "channel_multipliers": "1",
    "attention_at_px": "0",
    "tiles": 8,
}
RANDOM = np.random.default_rng(0)


@pytest.fixture(autouse=True)
def few_statistics(monkeypatch):
    """Small networks need no statistics of a thousand tiles."""
    monkeypatch.setattr(training_setup, "STATISTICS_TILES", 64)


def write_raster(folder, pixels, nodata=None):
    path = folder / "scene.tif"
    count, height, width = pixels.shape
    place = {"crs": "EPSG:32633", "transform": from_origin(500000.0, 5200000.0, 10.0, 10.0)}
    with rasterio.open(path, "w", "GTiff", width, height, count, dtype=pixels.dtype, nodata=nodata, **place) as file:
        file.write(pixels)
    return (str(path),)


def trained(place, **fields):
    """The model of a short training, and what was noted."""
    events = list(run(TrainModel(**{**SMALL, "model": str(place / "m.safetensors"), **fields})))
    model = load_model(place / "m.safetensors")
    assert all(value.isfinite().all() for value in model.network.state_dict().values())
    x0 = torch.zeros(1, len(model.card.bands), 16, 16)
    assert model.denoise(x0, torch.ones(1)).isfinite().all()
    return model, " ".join(event.text for event in events if isinstance(event, Note))


def images(folder, count, side):
    (folder / "images").mkdir()
    for number in range(count):
        pixels = RANDOM.integers(0, 256, (side, side, 3), dtype=np.uint8)
        Image.fromarray(pixels).save(folder / "images" / f"{number}.png")
    return str(folder / "images")


def test_one_image_is_trained_on_without_validation(tmp_path):
    _, notes = trained(tmp_path, folder=images(tmp_path, 1, 24))
    assert "no validation loss" in notes


def test_images_smaller_than_a_tile_are_enlarged_and_named(tmp_path):
    model, notes = trained(tmp_path, folder=images(tmp_path, 3, 10))
    assert model.card.tile_px == 16
    assert "0.png of 10 x 10 px" in notes
    assert "enlarged" in notes


@pytest.mark.parametrize("prediction", ["wiener", "edm"])
def test_constant_bands(tmp_path, prediction):
    pixels = np.stack([np.full((40, 40), 7), RANDOM.integers(0, 99, (40, 40))]).astype(np.uint8)
    trained(tmp_path, input=write_raster(tmp_path, pixels), prediction=prediction)
    trained(tmp_path, input=write_raster(tmp_path, np.full((2, 40, 40), 7, np.uint8)), prediction=prediction)


def test_sixty_bands(tmp_path):
    model, _ = trained(tmp_path, input=write_raster(tmp_path, RANDOM.integers(0, 9999, (60, 40, 40), dtype=np.uint16)))
    assert len(model.card.bands) == 60


def test_a_raster_of_nothing_but_nan_is_refused(tmp_path):
    path = write_raster(tmp_path, np.full((2, 40, 40), np.nan, np.float32))
    with pytest.raises(InputError, match=r"scene\.tif has no valid pixel"):
        trained(tmp_path, input=path)


def test_a_batch_beyond_the_memory_is_taken_in_parts_with_the_same_result(tmp_path, monkeypatch):
    path = write_raster(tmp_path, RANDOM.integers(0, 255, (2, 40, 40), dtype=np.uint8))
    whole, notes = trained(tmp_path, input=path)
    assert "in parts" not in notes
    monkeypatch.setattr(training_setup, "choose_batch", lambda device, per_tile, largest, fixed: 1)
    parts, notes = trained(tmp_path, input=path)
    assert "in parts of 1" in notes
    pairs = zip(whole.network.state_dict().values(), parts.network.state_dict().values(), strict=True)
    assert max((one - other).abs().max() for one, other in pairs) < 1e-5


def test_a_learning_rate_that_diverges_stops_with_advice(tmp_path):
    path = write_raster(tmp_path, RANDOM.integers(0, 255, (2, 40, 40), dtype=np.uint8))
    fields = {"learning_rate": 1.0, "warmup_tiles": 0, "gradient_clip": 0.0, "tiles": 4000, "prediction": "noise"}
    with pytest.raises(JobError, match=r"diverged after .* Lower LEARNING_RATE"):
        trained(tmp_path, input=path, **fields)
