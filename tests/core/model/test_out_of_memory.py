"""Whole jobs on a device whose memory holds two windows: the results are those of a device with enough."""

import numpy as np
import pytest
import rasterio
import torch
from rasterio.transform import from_origin

from qgis_ddpm.card import BandScaling, ModelCard
from qgis_ddpm.core import run
from qgis_ddpm.core.model import DiffusionModel, load_model, save_model
from qgis_ddpm.core.model.unet import build_network
from qgis_ddpm.core.training.trainer import Trainer
from qgis_ddpm.errors import DdpmError
from qgis_ddpm.events import Note, Result
from qgis_ddpm.jobs import DetectChanges, SampleTiles, TrainModel

NETWORK = {"kind": "unet", "tile_px": 16, "base_channels": 8, "channel_multipliers": [1, 2], "attention_at_px": []}
SCHEDULE = {"name": "edm", "mean": -1.2, "std": 1.2, "rho": 7.0, "sigma_min": 0.002, "sigma_max": 80.0}
BANDS = (BandScaling("red", "uint8", 0, 255), BandScaling("nir", "uint8", 0, 255))


@pytest.fixture
def small_memory(monkeypatch):
    """Let every call of a network, and every loss, fail for more than so many tiles at once."""

    def install(most: int) -> list[int]:
        calls: list[int] = []

        def bounded(method, tiles):
            def call(self, *arguments, **named):
                calls.append(tiles(*arguments))
                # The window that is measured beforehand is one alone.
                if calls[-1] > most:
                    raise torch.OutOfMemoryError("out of memory")
                return method(self, *arguments, **named)

            return call

        for name in ("features", "denoise"):
            monkeypatch.setattr(
                DiffusionModel, name, bounded(getattr(DiffusionModel, name), lambda x, *rest, **named: len(x))
            )
        monkeypatch.setattr(Trainer, "losses", bounded(Trainer.losses, lambda network, draw, first: len(draw.x0)))
        return calls

    return install


@pytest.fixture
def files(tmp_path):
    torch.manual_seed(0)
    network = build_network(NETWORK, 2)
    for parameter in network.parameters():
        torch.nn.init.normal_(parameter, std=0.1)
    card = ModelCard(NETWORK, "edm", SCHEDULE, 0.002, 80.0, 0.5, 16, BANDS)
    save_model(tmp_path / "model.safetensors", network.state_dict(), card)
    random = np.random.default_rng(0)
    before = random.integers(50, 90, (2, 48, 64)).astype("uint8")
    after = before + random.integers(0, 4, before.shape).astype("uint8")
    after[:, 10:20, 30:44] += 90
    for name, pixels in (("a.tif", before), ("b.tif", after)):
        place = {"crs": "EPSG:32633", "transform": from_origin(500000, 5000000, 10, 10)}
        with rasterio.open(tmp_path / name, "w", "GTiff", 64, 48, 2, dtype="uint8", **place) as file:
            file.write(pixels)
    return tmp_path


def pixels_of(path):
    with rasterio.open(path) as file:
        return file.read().astype(float)


def halved(events) -> bool:
    return any(isinstance(event, Note) and "Memory ran out" in event.text for event in events)


def test_detection(files, small_memory):
    def events(name):
        return list(
            run(
                DetectChanges(
                    before=str(files / "a.tif"),
                    after=str(files / "b.tif"),
                    model=str(files / "model.safetensors"),
                    method="features",
                    output=str(files / name),
                    probability=str(files / f"p{name}"),
                )
            )
        )

    assert not halved(events("whole.tif"))
    calls = small_memory(2)
    found = events("parts.tif")
    assert halved(found)
    assert isinstance(found[-1], Result)
    assert max(calls) > 2
    assert np.abs(pixels_of(files / "pwhole.tif") - pixels_of(files / "pparts.tif")).max() < 1e-4
    assert np.array_equal(pixels_of(files / "whole.tif"), pixels_of(files / "parts.tif"))


@pytest.mark.parametrize("layout", ["tiles", "seamless"])
def test_sampling(files, small_memory, layout):
    def events(name):
        fields = {"layout": layout, "count": 5, "steps": 3, "output": str(files / name)}
        if layout == "seamless":
            fields["template"] = str(files / "a.tif")
        return list(run(SampleTiles(model=str(files / "model.safetensors"), **fields)))

    assert not halved(events("whole.tif"))
    small_memory(2)
    found = events("parts.tif")
    assert halved(found)
    assert np.abs(pixels_of(files / "whole.tif") - pixels_of(files / "parts.tif")).max() <= 1


def test_training(files, small_memory):
    fields = {"tile_px": 16, "batch_size": 8, "base_channels": 8, "channel_multipliers": "1,2", "attention_at_px": "0"}

    def weights(name, events):
        events.extend(run(TrainModel(input=(str(files / "a.tif"),), model=str(files / name), tiles=24, **fields)))
        return load_model(files / name).network.state_dict()

    whole, parts = [], []
    expected = weights("whole.safetensors", whole)
    calls = small_memory(2)
    found = weights("parts.safetensors", parts)
    assert not halved(whole)
    assert halved(parts)
    assert calls[:2] == [8, 4]
    assert max((found[name] - expected[name]).abs().max() for name in expected) < 1e-4


def test_where_not_even_one_fits_there_is_one_sentence_and_no_file(files, small_memory):
    small_memory(0)
    before = sorted(path.name for path in files.iterdir())
    jobs = (
        SampleTiles(model=str(files / "model.safetensors"), count=2, steps=2, output=str(files / "o.tif")),
        TrainModel(
            input=(str(files / "a.tif"),), model=str(files / "o.safetensors"), preset="tiny", tile_px=16, tiles=8
        ),
    )
    for job in jobs:
        with pytest.raises((DdpmError, torch.OutOfMemoryError)) as caught:
            list(run(job))
        assert "emory" in str(caught.value)
        assert sorted(path.name for path in files.iterdir()) == before
