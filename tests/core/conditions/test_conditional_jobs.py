"""Models that are told something: what they are trained with, asked for, and give back."""

import gzip
import struct
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import rasterio
import torch
from PIL import Image
from rasterio.transform import from_origin

from qgis_ddpm.card import ConditionCard, read_model_card
from qgis_ddpm.core import run
from qgis_ddpm.core.model import load_model, save_model
from qgis_ddpm.core.model.unet import build_network
from qgis_ddpm.core.training.inputs import open_training_tiles
from qgis_ddpm.errors import InputError, JobError, ModelFileError
from qgis_ddpm.events import Note
from qgis_ddpm.jobs import SampleTiles, TrainModel, load_job

SMALL = {
    "tile_px": 16, "batch_size": 4, "base_channels": 8, "channel_multipliers": "1,2", "attention_at_px": "0",
    "warmup_tiles": 8, "learning_rate": 1e-3, "tiles": 16, "device": "cpu",
}  # fmt: skip
CRS = "EPSG:32633"


def write(path, pixels, size=10.0, left=500_000.0, top=5_200_000.0, **more):
    count, height, width = pixels.shape
    profile = {"crs": CRS, "transform": from_origin(left, top, size, size), "dtype": pixels.dtype, **more}
    with rasterio.open(path, "w", "GTiff", width, height, count, **profile) as file:
        file.write(pixels)
    return str(path)


def read(path):
    with rasterio.open(path) as file:
        return file.read()


@pytest.fixture(scope="module")
def ground(tmp_path_factory):
    """A folder with a scene of two bands, its classes, and its means over 2 x 2 pixels."""
    folder = tmp_path_factory.mktemp("ground")
    rows, cols = np.mgrid[:64, :80]
    classes = ((rows // 8 + cols // 8) % 3 + 1).astype(np.uint8)[None]
    scene = np.concatenate([60 * classes + rng(0, classes), 250 - 60 * classes + rng(1, classes)]).astype(np.uint8)
    write(folder / "scene.tif", scene)
    write(folder / "classes.tif", classes)
    means = scene.reshape(2, 32, 2, 40, 2).mean(axis=(2, 4))
    write(folder / "coarse.tif", means.astype(np.float32), 20.0)
    write(folder / "height.tif", (rows + 2000.0 * cols).astype(np.float32)[None])
    return folder


def rng(seed, like):
    return np.random.default_rng(seed).integers(0, 20, like.shape)


def tiles_of(**fields):
    events = open_training_tiles(TrainModel(model="m.safetensors", **{**SMALL, **fields}).resolved())
    while True:
        try:
            next(events)
        except StopIteration as done:
            return done.value


def train(where, name="m", **fields):
    path = where / f"{name}.safetensors"
    list(run(TrainModel(model=str(path), **{**SMALL, **fields})))
    return str(path)


def sample(model, path, **fields):
    events = list(run(SampleTiles(model=model, output=str(path), **{"steps": 3, "device": "cpu", **fields})))
    return events[-1].outputs, [event.text for event in events if isinstance(event, Note)]


@pytest.fixture(scope="module")
def by_class(ground):
    """A model that is told classes, with weights far from those of a fresh one, so that it listens."""
    path = train(ground, "by_class", input=(str(ground / "scene.tif"),), condition=(str(ground / "classes.tif"),))
    card = read_model_card(path)
    torch.manual_seed(0)
    network = build_network(card.network, 2)
    for parameter in network.parameters():
        torch.nn.init.normal_(parameter, std=0.1)
    save_model(path, network.state_dict(), card)
    return path


@pytest.mark.parametrize("held", [True, False])
def test_a_tile_and_what_is_told_of_it_lie_in_one_place(ground, held, monkeypatch):
    if not held:
        monkeypatch.setattr("qgis_ddpm.core.training.inputs.HELD_BYTES", 0)
    scene = str(ground / "scene.tif")
    tiles = tiles_of(input=(scene,), condition=(scene,), condition_dropout=0.5)
    assert bool(tiles.held_bytes) is held
    assert tiles.condition == ConditionCard("values", tiles.scalings, (), 1.0, 0.5)
    batch = tiles.batch(3, 40)
    told = batch.condition.any(axis=(1, 2, 3))
    assert 10 < told.sum() < 30
    assert np.array_equal(batch.condition[told][:, :2], batch.pixels[told])
    assert (batch.condition[told][:, 2] == 1).all()
    apart = tiles.validation_batch(0, 8)
    assert np.array_equal(apart.condition[:, :2], apart.pixels)
    again = tiles.batch(7, 2)
    assert np.array_equal(again.condition, batch.condition[4:6])
    tiles.close()


def test_what_a_raster_tells_is_measured(ground):
    def card(name, **fields):
        tiles = tiles_of(input=(str(ground / "scene.tif"),), condition=(str(ground / f"{name}.tif"),), **fields)
        tiles.close()
        return tiles.condition

    assert card("classes") == ConditionCard("classes", (), ("1", "2", "3"), 1.0, 0.1)
    assert card("classes", condition_kind="values").kind == "values"
    coarse = card("coarse", condition_dropout=0.0)
    assert (coarse.kind, coarse.ratio, coarse.coarser, coarse.dropout) == ("values", 2.0, True, 0.0)
    assert (card("height").kind, card("height").coarser) == ("values", False)
    with pytest.raises(InputError, match="whole numbers in one band"):
        card("coarse", condition_kind="classes")


def test_a_condition_of_another_place_or_number_is_refused(ground, tmp_path):
    scene, far = str(ground / "scene.tif"), write(tmp_path / "far.tif", np.ones((1, 9, 9), np.uint8), left=900_000.0)
    with pytest.raises(InputError, match="does not overlap"):
        tiles_of(input=(scene,), condition=(far,))
    with pytest.raises(JobError, match="names 2 rasters and INPUT 1"):
        TrainModel(model="m.safetensors", input=(scene,), condition=(far, far))
    with pytest.raises(JobError, match="no INPUT"):
        TrainModel(model="m.safetensors", input=(scene,), condition=("folders",))


@pytest.fixture(scope="module")
def labelled(tmp_path_factory):
    folder = tmp_path_factory.mktemp("labelled")
    for label, value in (("dark", 40), ("light", 210)):
        (folder / label).mkdir()
        for number in range(6):
            pixels = np.full((16, 16), value + number, np.uint8)
            Image.fromarray(pixels).save(folder / label / f"{number}.png")
    return folder


def test_subfolders_are_labels_and_tiles_take_them_in_turn(labelled, tmp_path):
    tiles = tiles_of(folder=str(labelled), condition=("folders",), condition_dropout=0.0)
    batch = tiles.batch(0, 12)
    light = batch.condition[:, 1, 0, 0] == 1
    assert np.array_equal(light, batch.pixels[:, 0, 0, 0] > 0)
    assert 0 < light.sum() < 12
    model = train(tmp_path, folder=str(labelled), condition_kind="folders")
    card = read_model_card(model)
    assert (card.condition.kind, card.condition.classes) == ("labels", ("dark", "light"))
    assert card.network["condition_channels"] == 3
    fields = {
        "label": "all",
        "count": 4,
        "tiles_folder": str(tmp_path / "t"),
        "footprints": str(tmp_path / "f.geojson"),
    }
    sample(model, tmp_path / "a.tif", **fields)
    with rasterio.open(tmp_path / "t" / "tile_00002.tif") as file:
        assert file.tags()["LABEL"] == "light"
    assert (tmp_path / "f.geojson").read_text().count('"label": "dark"') == 2
    with rasterio.open(tmp_path / "a.tif") as file:
        assert file.tags()["CONDITION"] == "dark, light"
    for label, words in (("grey", "knows dark, light"), ("", "")):
        with pytest.raises(JobError, match=words) if words else pytest.MonkeyPatch.context():
            sample(model, tmp_path / "b.tif", label=label or None, count=1)


def test_labels_of_mnist_and_images_without_one(labelled, tmp_path):
    images = b"\0\0\x08\x03" + struct.pack(">III", 4, 16, 16) + bytes(range(4)) * 256
    with gzip.open(tmp_path / "train-images-idx3-ubyte.gz", "wb") as file:
        file.write(images)
    with pytest.raises(InputError, match="train-labels-idx1-ubyte"):
        tiles_of(folder=str(tmp_path), condition=("folders",))
    with gzip.open(tmp_path / "train-labels-idx1-ubyte.gz", "wb") as file:
        file.write(b"\0\0\x08\x01" + struct.pack(">I", 4) + bytes([7, 3, 3, 7]))
    tiles = tiles_of(folder=str(tmp_path), condition=("folders",), max_images=3)
    assert tiles.condition.classes == ("3", "7")
    assert list(tiles.images.labels) == [1, 0, 0, 1]
    assert len(tiles.images.training) <= 3
    (tmp_path / "mixed").mkdir()
    Image.fromarray(np.zeros((16, 16), np.uint8)).save(tmp_path / "mixed" / "a.png")
    with pytest.raises(InputError, match="lies in no subfolder"):
        tiles_of(folder=str(tmp_path / "mixed"), condition=("folders",))


def test_the_word_folders_of_a_job_file_is_no_path(labelled, tmp_path):
    (tmp_path / "job.yaml").write_text(
        f"job: trainmodel\nfolder: {labelled}\ncondition: folders\nmodel: m.safetensors\n"
    )
    assert load_job(str(tmp_path / "job.yaml")).labels_by_folder


def test_a_training_of_any_kind_is_told_and_goes_on_to_the_same_bytes(ground, tmp_path):
    fields = {"input": (str(ground / "scene.tif"),), "condition": (str(ground / "classes.tif"),)}
    more = {"self_conditioning": True, "network": "wide", "base_channels": 32}
    assert len({Path(train(tmp_path, name, **fields, **more)).read_bytes() for name in ("one", "other")}) == 1
    experiment = {"experiment": str(tmp_path / "e"), "report": str(tmp_path / "r.html")}
    train(tmp_path, "half", **fields, **experiment)
    whole = train(tmp_path, "whole", **fields, **{**experiment, "tiles": 32})
    at_once = train(tmp_path, "at_once", **fields, tiles=32, experiment=str(tmp_path / "f"))
    assert load_model(whole).fingerprint == load_model(at_once).fingerprint
    assert "asked for those beside" in (tmp_path / "r.html").read_text()


def test_fine_tuning_keeps_what_the_model_makes_of_its_condition(ground, by_class, tmp_path):
    fields = {"input": (str(ground / "scene.tif"),), "init_model": by_class, "tiles": 4, "learning_rate": 1e-8}
    before = load_model(by_class).network.state_dict()
    names = {key: value for key, value in SMALL.items() if key not in ("attention_at_px",)}
    job = {key: names[key] for key in ("tile_px", "batch_size", "warmup_tiles", "device")}

    def tuned(name, **more):
        path = str(tmp_path / f"{name}.safetensors")
        list(run(TrainModel(model=path, ema=0.0, **{**job, **fields, **more})))
        return load_model(path)

    alike = tuned("alike", condition=(str(ground / "classes.tif"),)).network.state_dict()
    assert all((alike[name] - before[name]).abs().max() < 1e-4 for name in ("stem.weight", "told.weight"))
    other = tuned("other", condition=(str(ground / "height.tif"),)).network.state_dict()
    assert other["told.weight"].abs().max() < 1e-4
    assert (other["stem.weight"][:, :2] - before["stem.weight"][:, :2]).abs().max() < 1e-4
    plain = tuned("plain")
    assert plain.card.condition is None
    assert "told.weight" not in plain.network.state_dict()
    with pytest.raises(JobError, match="FEW_CALLS keeps what"):
        tuned("few", few_calls=True)
    few = tuned("few", few_calls=True, condition=(str(ground / "classes.tif"),))
    assert few.card.few_calls


def test_an_area_follows_its_condition_whatever_the_batch_and_the_extent(ground, by_class, tmp_path):
    fields = {"condition": str(ground / "classes.tif"), "layout": "seamless", "steps": 2}
    outputs, _ = sample(by_class, tmp_path / "a.tif", batch_size=1, **fields)
    assert "CONDITION_DIFFERENCE" not in outputs
    sample(by_class, tmp_path / "b.tif", batch_size=7, **fields)
    whole = read(tmp_path / "a.tif")
    assert whole.shape == (2, 64, 80)
    assert (tmp_path / "a.tif").read_bytes() == (tmp_path / "b.tif").read_bytes()
    sample(by_class, tmp_path / "c.tif", extent="500200,500600,5199600,5199800", **fields)
    assert np.array_equal(read(tmp_path / "c.tif"), whole[:, 20:40, 20:60])
    # Other classes in the same places, with the same noise.
    other = write(tmp_path / "other.tif", 4 - read(ground / "classes.tif"))
    sample(by_class, tmp_path / "d.tif", **{**fields, "condition": other})
    assert (read(tmp_path / "d.tif") != whole).mean() > 0.3
    sample(by_class, tmp_path / "unled.tif", **{**fields, "steps": 6})
    sample(by_class, tmp_path / "e.tif", guidance_scale=3.0, **{**fields, "steps": 9})
    assert (read(tmp_path / "e.tif") != read(tmp_path / "unled.tif")).mean() > 0.3
    with rasterio.open(tmp_path / "e.tif") as file:
        assert (file.tags()["CONDITION"], file.tags()["GUIDANCE_SCALE"]) == ("classes.tif", "3.0")


def test_tiles_come_in_pairs_with_what_they_were_asked_for(ground, by_class, tmp_path):
    fields = {"condition": str(ground / "classes.tif"), "tiles_folder": str(tmp_path / "t")}
    fields["conditions_folder"] = str(tmp_path / "c")
    _, notes = sample(by_class, tmp_path / "a.tif", **fields, count=99)
    assert any("room for 20 tiles of the 99" in note for note in notes)
    names = [sorted(path.name for path in (tmp_path / each).glob("*.tif")) for each in "tc"]
    assert len(names[0]) == 20
    assert names[0] == names[1]
    assert np.array_equal(read(tmp_path / "c" / names[1][6]), read(ground / "classes.tif")[:, 16:32, 16:32])
    with rasterio.open(tmp_path / "t" / names[0][6]) as one, rasterio.open(tmp_path / "c" / names[1][6]) as two:
        assert (one.transform, one.crs) == (two.transform, two.crs)
    sample(by_class, tmp_path / "b.tif", condition=fields["condition"], count=5, batch_size=2)
    assert np.array_equal(read(tmp_path / "b.tif"), read(tmp_path / "a.tif")[:, :16])


def test_a_coarser_raster_gives_finer_pixels_on_its_own_area(ground, tmp_path):
    model = train(ground, "finer", input=(str(ground / "scene.tif"),), condition=(str(ground / "coarse.tif"),))
    outputs, _ = sample(model, tmp_path / "a.tif", condition=str(ground / "coarse.tif"), layout="seamless")
    with rasterio.open(tmp_path / "a.tif") as file, rasterio.open(ground / "scene.tif") as scene:
        assert (file.shape, file.transform) == (scene.shape, scene.transform)
        assert file.tags()["SUPER_RESOLUTION"] == "2.0"
        means = file.read().astype(float).reshape(2, 32, 2, 40, 2).mean(axis=(2, 4))
    told = read_model_card(model).condition
    assert told.residual
    assert outputs["CONDITION_DIFFERENCE"] < 25
    assert outputs["CONDITION_DIFFERENCE"] == pytest.approx(
        np.abs(means - read(ground / "coarse.tif")).mean(), rel=1e-5
    )


def test_what_cannot_be_asked_for_is_refused(ground, by_class, tmp_path):
    plain = train(ground, "plain", input=(str(ground / "scene.tif"),))
    always = str(tmp_path / "always.safetensors")
    card = read_model_card(by_class)
    told = replace(card.condition, dropout=0.0)
    save_model(always, load_model(by_class).network.state_dict(), replace(card, condition=told))
    classes, strange = str(ground / "classes.tif"), write(tmp_path / "s.tif", np.full((1, 20, 20), 9, np.uint8))
    partly = write(tmp_path / "p.tif", np.repeat([[[1] * 10 + [9] * 10]], 20, axis=1).astype(np.uint8))
    _, notes = sample(by_class, tmp_path / "o.tif", condition=partly, count=1)
    assert any("holds 9, which are no classes" in note for note in notes)
    for model, fields, words in (
        (plain, {"condition": classes}, "model was trained without"),
        (plain, {"label": "a"}, "trained without labels"),
        (plain, {"guidance_scale": 2.0}, "was trained without CONDITION"),
        (always, {}, "CONDITION_DROPOUT was 0"),
        (always, {"condition": classes, "guidance_scale": 2.0}, "CONDITION_DROPOUT 0"),
        (by_class, {"label": "1"}, "told a condition by place"),
        (by_class, {"condition": str(ground / "coarse.tif")}, "2 bands, but the model is told 1"),
        (by_class, {"condition": strange}, "none of the model's classes"),
        (by_class, {"condition": classes, "extent": "0,400,0,400"}, "does not overlap"),
    ):
        with pytest.raises((InputError, JobError), match=words):
            sample(model, tmp_path / "o.tif", **{"count": 1, **fields})
    with pytest.raises(ModelFileError, match="by a condition alone"):
        load_model(always).denoise(torch.zeros(1, 2, 16, 16), torch.ones(1))
