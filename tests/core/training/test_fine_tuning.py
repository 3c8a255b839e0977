"""Fine-tuning: what a model of other bands, tiles or kind gives to a training that starts from it."""

from pathlib import Path

import numpy as np
import pytest
import rasterio
import torch
from rasterio.transform import from_origin

from qgis_ddpm.card import fingerprint, read_model_card
from qgis_ddpm.core import run
from qgis_ddpm.core.model import load_model
from qgis_ddpm.core.training import setup as training_setup
from qgis_ddpm.core.training.evaluation import Evaluation, mean
from qgis_ddpm.core.training.fine_tuning import matched_bands
from qgis_ddpm.core.training.inputs import open_training_tiles
from qgis_ddpm.core.training.setup import build_trainer, plan_of
from qgis_ddpm.errors import JobError, ModelFileError
from qgis_ddpm.events import Note
from qgis_ddpm.jobs import TrainModel

SMALL = {
    "tile_px": 16,
    "batch_size": 8,
    "base_channels": 8,
    "channel_multipliers": "1,2",
    "attention_at_px": "8",
    "patch_px": 1,
    "warmup_tiles": 40,
    "learning_rate": 3e-3,
}
NAMES = ("red", "green", "blue", "nir")
CPU = torch.device("cpu")


@pytest.fixture(scope="module")
def raster(tmp_path_factory):
    """Write a scene of correlated bands by their names."""
    rows, cols = np.mgrid[:96, :96]
    waves = [np.sin(rows / 5 + band) + np.cos(cols / (6 + band)) for band in range(len(NAMES))]
    folder = tmp_path_factory.mktemp("rasters")

    def write(names):
        path = folder / f"{'_'.join(names)}.tif"
        transform = from_origin(300000, 5000000, 30, 30)
        with rasterio.open(
            path, "w", "GTiff", 96, 96, len(names), crs="EPSG:32618", transform=transform, dtype="uint16"
        ) as file:
            file.write(np.stack([2000 + 400 * waves[NAMES.index(name) % 4] for name in names]).astype(np.uint16))
            file.descriptions = names
        return str(path)

    return write


@pytest.fixture(scope="module", autouse=True)
def few_statistics():
    """Small networks need no statistics of a thousand tiles."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(training_setup, "STATISTICS_TILES", 128)
        yield


@pytest.fixture(scope="module")
def source(raster, tmp_path_factory):
    """A model of three bands that has learnt something."""
    path = tmp_path_factory.mktemp("source") / "source.safetensors"
    list(run(TrainModel(input=(raster(NAMES[:3]),), model=str(path), tiles=240, **SMALL)))
    return str(path)


def started(path, model="m.safetensors", **fields):
    """The trainer of a job at its start, its card and its tiles."""
    job = TrainModel(input=(path,), model=model, tiles=8, batch_size=8, **fields).resolved()
    events = open_training_tiles(job)
    while True:
        try:
            next(events)
        except StopIteration as done:
            trainer, card = build_trainer(job, done.value, CPU)
            trainer.close()
            return job, trainer, card


def validation_loss(trainer, card):
    evaluation = Evaluation(trainer, card)
    losses = evaluation.losses()
    while True:
        try:
            next(losses)
        except StopIteration as done:
            return mean(done.value)


def test_bands_go_by_name_then_in_order():
    assert matched_bands(["nir", "Red ", "green"], ["red", "green", "blue"]) == [2, 0, 1]
    assert matched_bands(["a", "b", "red"], ["red", "green"]) == [1, None, 0]
    assert matched_bands(["grey"], ["red", "green", "blue"]) == [0]


def test_without_a_step_the_same_data_give_the_same_model(raster, source):
    _, trainer, card = started(raster(NAMES[:3]), init_model=source)
    model = load_model(source)
    assert card.network == model.card.network
    assert card.bands == model.card.bands
    state = model.network.state_dict()
    assert all(torch.equal(value, state[name]) for name, value in trainer.average.weights.items())
    x, sigma = torch.randn(2, 3, 16, 16), torch.tensor([0.3, 5.0])
    found = trainer.preconditioning.estimate(trainer.network.eval(), x, sigma)
    assert (found - model.denoise(x, sigma)).abs().max() < 1e-6


def test_a_new_band_starts_at_nothing_and_the_others_as_they_were(raster, source):
    job, trainer, card = started(raster(NAMES), init_model=source)
    model = load_model(source)
    image, condition = torch.randn(2, 4, 16, 16), torch.tensor([-0.2, 0.4])
    with torch.no_grad():
        answer = trainer.network.eval()(image, condition)
        assert (answer[:, :3] - model.network(image[:, :3], condition)).abs().max() < 1e-6
    assert answer[:, 3].abs().max() == 0
    assert card.training["ancestor"]["fingerprint"] == fingerprint(source)
    assert "nir start at 0" in plan_of(job, trainer, card)


@pytest.mark.parametrize(("prediction", "share"), [("edm", 0.95), ("wiener", 1.0)])
def test_four_bands_from_a_model_of_three_begin_below_a_fresh_network(scene, tmp_path, prediction, share):
    path = str(tmp_path / "three.safetensors")
    fields = {**SMALL, "prediction": prediction, "batch_size": 8}
    list(run(TrainModel(input=(str(scene.before),), bands="1,2,3", model=path, tiles=400, **fields)))
    del fields["batch_size"]
    _, trainer, card = started(str(scene.before), init_model=path)
    _, fresh, fresh_card = started(str(scene.before), **fields)
    begun, from_nothing = validation_loss(trainer, card), validation_loss(fresh, fresh_card)
    assert begun < share * from_nothing


def test_bands_left_out_and_in_another_order_keep_their_weights(raster, source):
    _, trainer, _ = started(raster(("blue", "red")), init_model=source)
    old, new = load_model(source).network.state_dict(), trainer.network.state_dict()
    assert torch.equal(new["stem.weight"], old["stem.weight"][:, [2, 0]])
    assert torch.equal(new["head.weight"], old["head.weight"][[2, 0]])
    assert torch.equal(new["head.bias"], old["head.bias"][[2, 0]])


@pytest.mark.parametrize("settings", [{"patch_px": 2, "self_conditioning": True}, {"preset": "sr3"}])
def test_patches_estimates_before_and_published_networks_are_adapted_too(raster, tmp_path, settings):
    fields = {**SMALL, **settings}
    if settings.get("preset"):
        fields.update(base_channels=32, res_blocks=1)
    path = str(tmp_path / "s.safetensors")
    list(run(TrainModel(input=(raster(NAMES[:2]),), model=path, tiles=16, **fields)))
    _, trainer, _ = started(raster(NAMES[:3]), init_model=path)
    model = load_model(path)
    parts = 2 if model.network.self_conditioning else 1
    image, condition = torch.randn(2, 3 * parts, 16, 16), torch.tensor([0.2, 0.4])
    old = image[:, [0, 1, 3, 4] if parts == 2 else [0, 1]]
    with torch.no_grad():
        answer = trainer.network.eval()(image, condition)
        assert model.network(old, condition).abs().max() > 1e-5
        assert (answer[:, :2] - model.network(old, condition)).abs().max() < 1e-6
    assert answer[:, 2].abs().max() == 0


def test_tiles_of_another_size_attend_at_the_same_level(raster, source):
    job, trainer, card = started(raster(NAMES[:3]), init_model=source, tile_px=32)
    assert load_model(source).card.network["attention_at_px"] == [8]
    assert card.network["attention_at_px"] == [16]
    assert card.network["tile_px"] == card.tile_px == 32
    assert trainer.network.prior.log_spectrum.shape == (3, 32, 32)
    assert "16 px become 32 px" in plan_of(job, trainer, card)


def test_a_training_from_a_model_says_so_and_its_model_loads(raster, source, tmp_path):
    path = str(tmp_path / "m.safetensors")
    job = TrainModel(input=(raster(NAMES),), model=path, tiles=16, batch_size=8, init_model=source)
    events = list(run(job))
    assert any("Starting from source.safetensors" in event.text for event in events if isinstance(event, Note))
    card = read_model_card(path)
    assert card.training["job"]["init_model"] == "source.safetensors"
    assert load_model(path).denoise(torch.zeros(1, 4, 16, 16), torch.ones(1)).shape == (1, 4, 16, 16)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"base_channels": 16}, "BASE_CHANNELS is 16, but INIT_MODEL .* has 8"),
        ({"channel_multipliers": "1,2,4"}, "CHANNEL_MULTIPLIERS"),
        ({"prediction": "noise"}, "PREDICTION is noise"),
        ({"self_conditioning": True}, "SELF_CONDITIONING"),
        ({"attention_at_px": "16"}, "ATTENTION_AT_PX"),
    ],
)
def test_another_network_or_prediction_is_refused(raster, source, fields, words):
    with pytest.raises(JobError, match=words):
        started(raster(NAMES[:3]), init_model=source, **fields)
    # The same again is no other.
    started(raster(NAMES[:3]), init_model=source, base_channels=8, channel_multipliers="1, 2")


def test_a_start_that_is_no_whole_model_is_refused(raster, source, tmp_path):
    with pytest.raises(ModelFileError, match="does not exist"):
        started(raster(NAMES[:3]), init_model=str(tmp_path / "absent.safetensors"))
    cut = tmp_path / "cut.safetensors"
    cut.write_bytes(Path(source).read_bytes()[:-10])
    with pytest.raises(ModelFileError, match="cut off"):
        started(raster(NAMES[:3]), init_model=str(cut))
