"""Training jobs from inputs to model file: going on, stopping, records, and what they refuse."""

import struct

import numpy as np
import pytest
import rasterio
import torch
import yaml
from rasterio.transform import from_origin

from qgis_ddpm.card import read_model_card
from qgis_ddpm.core import run
from qgis_ddpm.core.learning import budget
from qgis_ddpm.core.model import load_model
from qgis_ddpm.core.training.trainer import Trainer
from qgis_ddpm.errors import InputError, JobError, OutputError
from qgis_ddpm.events import Cancelled, Metric, Note, Preview, Progress
from qgis_ddpm.jobs import TrainModel

SMALL = {
    "tile_px": 16,
    "batch_size": 4,
    "base_channels": 8,
    "channel_multipliers": "1,2",
    "attention_at_px": "0",
    "warmup_tiles": 8,
    "learning_rate": 1e-3,
}


@pytest.fixture(scope="module")
def raster(tmp_path_factory):
    rows, cols = np.mgrid[:80, :100]
    pixels = np.stack([np.sin(rows / 5) + np.cos(cols / 7), np.sin((rows + cols) / 6)])
    pixels = (2000 + 900 * pixels).astype(np.uint16)
    path = tmp_path_factory.mktemp("raster") / "scene.tif"
    transform = from_origin(300000, 5000000, 30, 30)
    with rasterio.open(
        path, "w", "GTiff", 100, 80, 2, crs="EPSG:32618", transform=transform, dtype="uint16", nodata=0
    ) as file:
        file.write(pixels)
        file.descriptions = ("red", "nir")
    return str(path)


def job(raster, folder, **changes):
    fields = {"input": (raster,), "model": str(folder / "m.safetensors"), "tiles": 40, **SMALL, **changes}
    return TrainModel(**fields)


def events_of(job):
    return list(run(job))


def test_a_training_gives_a_model_that_knows_its_bands(raster, tmp_path):
    events = events_of(job(raster, tmp_path, licence="CC0", report=str(tmp_path / "r.html")))
    outputs = events[-1].outputs
    assert outputs["TILES_SEEN"] == 40
    assert 0 < outputs["VALIDATION_LOSS"] < 3
    assert 0 < outputs["TRAINING_LOSS"] < 3
    assert outputs["TILES_PER_SECOND"] > 0
    progress = [event for event in events if isinstance(event, Progress) and event.unit == "tile"]
    assert progress
    assert progress[-1].total == 40
    assert "tiles/s" in progress[-1].text
    assert {event.name for event in events if isinstance(event, Metric)} == {"training_loss", "validation_loss"}
    assert any("parameters" in event.text for event in events if isinstance(event, Note))
    card = load_model(outputs["MODEL"]).card
    assert [(band.name, band.dtype, band.nodata) for band in card.bands] == [("red", "uint16", 0), ("nir", "uint16", 0)]
    assert card.transform == (30, 0, 300000, 0, -30, 5000000)
    assert "32618" in card.crs
    assert card.licence == "CC0"
    assert card.training["tiles_seen"] == 40
    assert card.training["job"]["input"] == ["scene.tif"]
    page = (tmp_path / "r.html").read_text()
    assert "Sample tiles" in page
    assert "Validation by noise level" in page
    assert sorted(path.name for path in tmp_path.iterdir()) == ["m.safetensors", "r.html"]


def test_bands_get_the_names_that_are_given(raster, tmp_path):
    events_of(job(raster, tmp_path, band_names="SWIR, NIR", tiles=4))
    assert [band.name for band in read_model_card(str(tmp_path / "m.safetensors")).bands] == ["SWIR", "NIR"]
    with pytest.raises(JobError, match="BAND_NAMES names 3 bands, but the inputs have 2"):
        events_of(job(raster, tmp_path, band_names="SWIR,NIR,red", tiles=4))
    with pytest.raises(JobError, match="BAND_NAMES is 'red,red'"):
        job(raster, tmp_path, band_names="red,red")


def test_the_same_job_gives_the_same_bytes_with_or_without_a_record(raster, tmp_path):
    (tmp_path / "other").mkdir()
    events_of(job(raster, tmp_path, dropout=0.2))
    events_of(job(raster, tmp_path / "other", dropout=0.2, experiment=str(tmp_path / "e")))
    assert (tmp_path / "m.safetensors").read_bytes() == (tmp_path / "other" / "m.safetensors").read_bytes()


def test_half_precision_halves_the_file_and_is_told_by_the_card(raster, tmp_path):
    (tmp_path / "half").mkdir()
    events_of(job(raster, tmp_path, base_channels=32))
    events_of(job(raster, tmp_path / "half", base_channels=32, half_precision=True))
    whole, half = tmp_path / "m.safetensors", tmp_path / "half" / "m.safetensors"
    assert half.stat().st_size < 0.6 * whole.stat().st_size
    assert load_model(half).card.training["job"]["half_precision"] is True
    for found, wanted in zip(
        load_model(half).network.parameters(), load_model(whole).network.parameters(), strict=True
    ):
        assert (found - wanted).abs().max() <= 2**-11 * wanted.abs().max()


def test_a_training_goes_on_bit_by_bit(raster, tmp_path):
    (tmp_path / "straight").mkdir()
    events_of(job(raster, tmp_path / "straight", dropout=0.2, self_conditioning=True))
    record = str(tmp_path / "e")
    fields = {"dropout": 0.2, "self_conditioning": True, "experiment": record}
    events_of(job(raster, tmp_path, tiles=16, **fields))
    events = events_of(job(raster, tmp_path, **fields))
    assert any("16 tiles" in event.text for event in events if isinstance(event, Note))
    assert (tmp_path / "m.safetensors").read_bytes() == (tmp_path / "straight" / "m.safetensors").read_bytes()
    rows = (tmp_path / "e" / "metrics.csv").read_text().splitlines()
    seen = [int(row.split(",")[0]) for row in rows[1:]]
    assert seen == sorted(seen)
    assert seen[-1] == 40


def test_an_experiment_holds_its_record_and_stands_for_its_model(raster, tmp_path):
    events = events_of(job(raster, tmp_path, experiment=str(tmp_path / "e")))
    folder = tmp_path / "e"
    assert {path.name for path in folder.iterdir()} == {
        "job.yaml",
        "inputs.json",
        "metrics.csv",
        "loss.png",
        "noise_levels.csv",
        "noise_levels.png",
        "denoising.png",
        "tiles.png",
        "samples",
        "checkpoint.safetensors",
    }
    previews = [event.path for event in events if isinstance(event, Preview)]
    # What the network sees comes first.
    assert previews.pop(0) == str(folder / "tiles.png")
    assert previews
    assert all((folder / "samples" / path.rsplit("/", 1)[-1]).exists() for path in previews)
    recorded = yaml.safe_load((folder / "job.yaml").read_text())
    assert recorded["job"] == "trainmodel"
    assert TrainModel.from_values({name: value for name, value in recorded.items() if name != "job"}).tiles == 40
    assert read_model_card(str(folder / "checkpoint.safetensors")).training["tiles_seen"] == 40
    averaged, saved = (
        load_model(path).network.state_dict()
        for path in (folder / "checkpoint.safetensors", tmp_path / "m.safetensors")
    )
    assert all((averaged[name] == saved[name]).all() for name in saved)


def test_another_job_in_the_folder_is_refused_by_its_fields(raster, tmp_path):
    events_of(job(raster, tmp_path, tiles=8, experiment=str(tmp_path / "e")))
    with pytest.raises(JobError, match=r"BASE_CHANNELS.*LEARNING_RATE"):
        events_of(job(raster, tmp_path, experiment=str(tmp_path / "e"), learning_rate=2e-3, base_channels=16))
    with pytest.raises(JobError, match=r"TILES \(8 there, 4 here\)"):
        events_of(job(raster, tmp_path, experiment=str(tmp_path / "e"), tiles=4))
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "photo.jpg").write_text("mine")
    with pytest.raises(JobError, match="other files"):
        events_of(job(raster, tmp_path, experiment=str(tmp_path / "full")))
    # Another name for the result is no other job.
    events_of(job(raster, tmp_path, tiles=12, experiment=str(tmp_path / "e"), model=str(tmp_path / "n.safetensors")))
    assert (tmp_path / "n.safetensors").exists()


def test_a_refused_run_leaves_its_folder_to_the_mended_job(raster, tmp_path):
    with pytest.raises(JobError, match="TILE_PX"):
        events_of(job(raster, tmp_path, tiles=8, tile_px=4096, experiment=str(tmp_path / "e")))
    events_of(job(raster, tmp_path, tiles=8, experiment=str(tmp_path / "e")))
    assert yaml.safe_load((tmp_path / "e" / "job.yaml").read_text())["tile_px"] == 16


def test_a_damaged_checkpoint_is_refused(raster, tmp_path):
    events_of(job(raster, tmp_path, tiles=8, experiment=str(tmp_path / "e")))
    path = tmp_path / "e" / "checkpoint.safetensors"
    whole = path.read_bytes()
    # A model is no state of a training, though both are safetensors.
    for content in (whole[:-100], (tmp_path / "m.safetensors").read_bytes()):
        path.write_bytes(content)
        with pytest.raises(InputError, match=r"checkpoint .* does not fit this training"):
            events_of(job(raster, tmp_path, experiment=str(tmp_path / "e")))


def test_cancel_keeps_a_usable_model_and_the_state(raster, tmp_path):
    events = run(job(raster, tmp_path, tiles=10**6, experiment=str(tmp_path / "e")))
    for event in events:
        if isinstance(event, Progress) and event.unit == "tile" and event.done >= 20:
            break
    last = events.throw(Cancelled())
    assert isinstance(last, Cancelled)
    assert last.kept == {"MODEL": str(tmp_path / "m.safetensors"), "EXPERIMENT": str(tmp_path / "e")}
    assert list(events) == []
    assert load_model(last.kept["MODEL"]).card.training["tiles_seen"] >= 20
    # It goes on from there.
    events = run(job(raster, tmp_path, tiles=10**6, experiment=str(tmp_path / "e")))
    first = next(event for event in events if isinstance(event, Progress) and event.unit == "tile")
    assert first.done > load_model(last.kept["MODEL"]).card.training["tiles_seen"]
    events.close()


def test_cancel_before_the_first_tile_keeps_nothing(raster, tmp_path):
    events = run(job(raster, tmp_path))
    next(events)
    assert events.throw(Cancelled()).kept == {}
    assert not list(tmp_path.iterdir())


def test_closing_leaves_no_file(raster, tmp_path):
    events = run(job(raster, tmp_path, tiles=10**6))
    for event in events:
        if isinstance(event, Progress) and event.unit == "tile":
            break
    events.close()
    assert not list(tmp_path.iterdir())


def test_minutes_end_a_run(raster, tmp_path):
    fields = {**SMALL, "tiles": None, "minutes": 0.02}
    events = events_of(job(raster, tmp_path, **fields))
    assert 4 <= events[-1].outputs["TILES_SEEN"] < 10**5
    assert events[-1].outputs["TILES_SEEN"] % 4 == 0


@pytest.mark.parametrize("factor", [float("nan"), 1e4])
def test_a_diverging_loss_stops_with_advice_and_the_last_good_weights(raster, tmp_path, monkeypatch, factor):
    step = Trainer.step

    def broken_step(self):
        if self.tiles_seen == 16:
            with torch.no_grad():
                self.network.head.weight.add_(1).mul_(factor)
        step(self)

    monkeypatch.setattr(Trainer, "step", broken_step)
    # Also where a busy computer takes seconds for these few steps.
    monkeypatch.setattr(budget, "LEAST_CHECKPOINT_S", 1e6)
    with pytest.raises(JobError, match="LEARNING_RATE"):
        events_of(job(raster, tmp_path))
    assert not list(tmp_path.iterdir()), "there was no checkpoint yet to keep"
    events_of(job(raster, tmp_path, tiles=8, experiment=str(tmp_path / "e")))
    with pytest.raises(JobError, match="weights after 8 tiles are kept"):
        events_of(job(raster, tmp_path, experiment=str(tmp_path / "e")))
    for path in (tmp_path / "m.safetensors", tmp_path / "e" / "checkpoint.safetensors"):
        model = load_model(path)
        assert model.card.training["tiles_seen"] == 8
        assert model.card.training["training_loss"] < 3
        assert all(weight.isfinite().all() for weight in model.network.state_dict().values())


def test_digits_are_not_mirrored_and_need_no_validation_by_area(tmp_path):
    digits = np.zeros((30, 16, 16), np.uint8)
    digits[:, 4:12, 2:6] = 200
    (tmp_path / "d-idx3-ubyte").write_bytes(b"\0\0\x08\x03" + struct.pack(">III", *digits.shape) + digits.tobytes())
    fields = {"folder": str(tmp_path), "model": str(tmp_path / "m.safetensors"), "tiles": 8, "max_images": 20}
    outputs = events_of(TrainModel(**fields, **SMALL))[-1].outputs
    card = read_model_card(outputs["MODEL"])
    assert [band.name for band in card.bands] == ["grey"]
    assert card.crs is None
    assert outputs["VALIDATION_LOSS"] is not None
    without = events_of(TrainModel(**fields, **SMALL, validation_share=0.0))[-1].outputs
    assert without["VALIDATION_LOSS"] is None


def test_the_published_network_trains_too(raster, tmp_path):
    fields = {
        "preset": "sr3",
        "base_channels": 32,
        "res_blocks": 1,
        "attention_at_px": "8",
        "tiles": 4,
        "batch_size": 2,
    }
    outputs = events_of(job(raster, tmp_path, **fields))[-1].outputs
    model = load_model(outputs["MODEL"])
    assert model.card.network["kind"] == "sr3"
    assert model.card.network["attention_levels"] == [1]
    assert model.card.schedule["name"] == "cosine"


def test_settings_from_a_file_win_over_the_preset_and_lose_to_fields(raster, tmp_path):
    settings = {**SMALL, "base_channels": 12, "learning_rate": 5e-4}
    (tmp_path / "c.yaml").write_text(yaml.safe_dump(settings))
    fields = {"input": (raster,), "model": str(tmp_path / "m.safetensors"), "tiles": 4, "base_channels": 8}
    events_of(TrainModel(**fields, config=str(tmp_path / "c.yaml")))
    recorded = read_model_card(str(tmp_path / "m.safetensors")).training["job"]
    assert recorded["base_channels"] == 8
    assert recorded["learning_rate"] == 5e-4


def test_what_cannot_be_trained_is_refused_before_it_begins(raster, tmp_path):
    with pytest.raises(JobError, match="levels of this network have sizes"):
        events_of(job(raster, tmp_path, attention_at_px="16", patch_px=2))
    with pytest.raises(JobError, match="PATCH_PX"):
        events_of(job(raster, tmp_path, preset="sr3", patch_px=2))
    with pytest.raises(JobError, match="multiple of 32"):
        events_of(job(raster, tmp_path, preset="sr3"))
    with pytest.raises(OutputError, match="folder"):
        events_of(job(raster, tmp_path, model=str(tmp_path)))
    with pytest.raises(InputError, match="TILE_PX"):
        events_of(job(raster, tmp_path, tile_px=96))
    text = tmp_path / "text.tif"
    text.write_text("no raster")
    with pytest.raises(InputError, match=r"text\.tif"):
        events_of(job(str(text), tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["text.tif"]


def test_a_stopped_run_keeps_its_model_though_its_report_was_never_written(raster, tmp_path):
    events = run(job(raster, tmp_path, tiles=4000, report=str(tmp_path / "r.html")))
    for event in events:
        if isinstance(event, Progress) and event.unit == "tile":
            break
    assert events.throw(Cancelled()).kept == {"MODEL": str(tmp_path / "m.safetensors")}
    events.close()
    assert [path.name for path in tmp_path.iterdir()] == ["m.safetensors"]


@pytest.mark.parametrize(("warmup", "said"), [(100, True), (12, False)])
def test_a_warm_up_that_is_longer_than_the_training_is_told(raster, tmp_path, warmup, said):
    notes = " ".join(
        event.text for event in events_of(job(raster, tmp_path, warmup_tiles=warmup)) if isinstance(event, Note)
    )
    assert ("WARMUP_TILES is 100: the learning rate of 0.001 is not reached. Lower it to 8 or so." in notes) == said
