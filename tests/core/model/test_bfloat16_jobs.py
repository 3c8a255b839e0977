"""What is promised to the digit holds with PRECISION bfloat16 too: in detection, sampling and training."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
import torch
from affine import Affine
from numpy.typing import NDArray

from qgis_ddpm.card import BandScaling, ModelCard, read_model_card
from qgis_ddpm.core import run
from qgis_ddpm.core.model import load_model, save_model
from qgis_ddpm.core.model.precision import Rates
from qgis_ddpm.core.model.unet import build_network
from qgis_ddpm.core.raster.grid import parse_crs
from qgis_ddpm.events import Note, Result
from qgis_ddpm.jobs import DetectChanges, SampleTiles, TrainModel

PLACE = {"crs": "EPSG:32618", "transform": Affine(30, 0, 600000, 0, -30, 4500000)}
SCHEDULE = {"name": "edm", "mean": -1.2, "std": 1.2, "rho": 7.0, "sigma_min": 0.002, "sigma_max": 80.0}
WIDE = {
    "kind": "wide",
    "tile_px": 32,
    "base_channels": 32,
    "channel_multipliers": [1, 2],
    "patch_px": 1,
    "res_blocks": 1,
    "attention_at_px": [16],
    "wiener": True,
}
KINDS: dict[str, dict[str, Any]] = {
    "wide": WIDE,
    "unet": {**WIDE, "kind": "unet"},
    "sr3": {
        "kind": "sr3",
        "base_channels": 32,
        "channel_multipliers": [1, 2],
        "res_blocks": 1,
        "attention_levels": [1],
    },
}
FIELDS = {"device": "cpu", "precision": "bfloat16"}
Image = NDArray[Any]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The wide network, as of `make_model`."""
    return make_model(tmp_path_factory, WIDE)


@pytest.fixture(scope="module", params=sorted(KINDS))
def any_model(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A network of each kind, as of `make_model`."""
    return make_model(tmp_path_factory, KINDS[request.param])


def make_model(tmp_path_factory: pytest.TempPathFactory, config: dict[str, Any]) -> str:
    """The file of a random network all of whose layers do something, with the spectrum of smooth tiles."""
    torch.manual_seed(0)
    network = build_network(config, 3)
    for parameter in network.parameters():
        torch.nn.init.normal_(parameter, std=0.05)
    if network.prior is not None:
        network.prior.fit(torch.nn.functional.avg_pool2d(torch.randn(64, 3, 36, 36), 5, stride=1))
    scalings = tuple(BandScaling(f"band {number}", "float32", 0.0, 255.0) for number in range(1, 4))
    place = {"transform": tuple(PLACE["transform"])[:6], "crs": parse_crs(PLACE["crs"]).to_wkt()}
    card = ModelCard(
        config, "edm" if network.prior is None else "wiener", SCHEDULE, 0.002, 80.0, 0.5, 32, scalings, **place
    )
    path = tmp_path_factory.mktemp("model") / "m.safetensors"
    save_model(path, network.state_dict(), card)
    return str(path)


@pytest.fixture(scope="module")
def dates(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """Two dates of 110 px with a changed square."""
    rng = np.random.default_rng(0)
    rows, cols = np.mgrid[:110, :110]
    before = np.stack([120 + 40 * np.sin(rows / (5 + k)) * np.cos(cols / (7 + k)) for k in range(3)])
    after = before + rng.normal(0, 2, before.shape)
    after[:, 30:60, 40:70] = 240 - after[:, 30:60, 40:70]
    folder = tmp_path_factory.mktemp("dates")
    for name, pixels in (("a", before + rng.normal(0, 2, before.shape)), ("b", after)):
        shape = {"count": 3, "height": 110, "width": 110, "dtype": "uint8"}
        with rasterio.open(folder / f"{name}.tif", "w", driver="GTiff", **shape, **PLACE) as file:
            file.write(np.clip(np.rint(pixels), 1, 255).astype(np.uint8))
    return str(folder / "a.tif"), str(folder / "b.tif")


def read(path: Path) -> Image:
    with rasterio.open(path) as dataset:
        pixels: Image = dataset.read()
        return pixels


def scores(model: str, dates: tuple[str, str], folder: Path, **fields: Any) -> Image:
    values = {"output": str(folder / "o.tif"), "probability": str(folder / "p.tif"), **FIELDS, **fields}
    events = list(run(DetectChanges(before=dates[0], after=dates[1], method="features", model=model, **values)))
    assert isinstance(events[-1], Result)
    return read(folder / "p.tif")


def test_a_date_against_itself_has_no_change(any_model: str, dates: tuple[str, str], tmp_path: Path) -> None:
    assert not scores(any_model, (dates[0], dates[0]), tmp_path).any()
    assert not read(tmp_path / "o.tif").any()


def test_how_dates_are_read_changes_nothing(any_model: str, dates: tuple[str, str], tmp_path: Path) -> None:
    plain = scores(any_model, dates, tmp_path)
    assert plain.max() > 0.5
    for fields in ({"block_px": 37, "batch_size": 1}, {"block_px": 64, "batch_size": 7}):
        assert np.abs(scores(any_model, dates, tmp_path, **fields) - plain).max() < 1e-4
    with rasterio.open(tmp_path / "o.tif") as file:
        assert file.tags()["PRECISION"] == "bfloat16"
    assert np.abs(scores(any_model, dates, tmp_path, precision="float32") - plain).max() > 1e-4


@pytest.mark.parametrize("layout", ["tiles", "seamless"])
def test_a_batch_of_any_size_draws_the_same_pixels(any_model: str, tmp_path: Path, layout: str) -> None:
    extent = {"extent": "600000,601800,4498200,4500000"} if layout == "seamless" else {"count": 4}
    found = {}
    for batch in (1, 4, 5):
        job = SampleTiles(
            model=any_model,
            output=str(tmp_path / "t.tif"),
            layout=layout,
            steps=3,
            batch_size=batch,
            **extent,
            **FIELDS,
        )
        assert isinstance(list(run(job))[-1], Result)
        found[batch] = read(tmp_path / "t.tif") / 255
    assert found[1].std() > 0.01
    assert np.abs(found[1] - found[4]).max() < 1e-5
    assert np.abs(found[1] - found[5]).max() < 1e-5


def test_a_part_of_a_seamless_area_is_the_whole_ones(any_model: str, tmp_path: Path) -> None:
    found = {}
    for name, extent in (("whole", "600000,603000,4497000,4500000"), ("part", "600600,601800,4498200,4499400")):
        job = SampleTiles(
            model=any_model, output=str(tmp_path / "t.tif"), layout="seamless", steps=3, extent=extent, **FIELDS
        )
        assert isinstance(list(run(job))[-1], Result)
        found[name] = read(tmp_path / "t.tif") / 255
    assert np.abs(found["whole"][:, 20:60, 20:60] - found["part"]).max() < 1e-5


def train(dates: tuple[str, str], folder: Path, **fields: Any) -> list[Any]:
    folder.mkdir(exist_ok=True)
    shape = {"network": "wide", "base_channels": 32, "channel_multipliers": "1,2", "tile_px": 16, "batch_size": 4}
    values = {"preset": "tiny", "dropout": 0.2, "attention_at_px": "8", "patch_px": 1, **shape, **FIELDS}
    return list(run(TrainModel(input=dates, model=str(folder / "m.safetensors"), **{**values, **fields})))


@pytest.mark.parametrize("kind", ["unet", "wide"])
def test_a_training_goes_on_to_the_same_bytes(dates: tuple[str, str], tmp_path: Path, kind: str) -> None:
    train(dates, tmp_path / "straight", tiles=40, network=kind)
    record = str(tmp_path / "e")
    train(dates, tmp_path, tiles=16, experiment=record, network=kind)
    train(dates, tmp_path, tiles=40, experiment=record, network=kind)
    found = tmp_path / "m.safetensors"
    assert found.read_bytes() == (tmp_path / "straight" / "m.safetensors").read_bytes()
    card = read_model_card(str(found))
    assert card.training["precision"] == "bfloat16"
    assert card.network["kind"] == kind
    assert all(weight.dtype == torch.float32 for weight in load_model(found).network.state_dict().values())


def test_a_training_goes_on_in_the_precision_it_began_with(
    dates: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = []
    for bfloat16, tiles in ((1000.0, 16), (0.0, 40)):
        monkeypatch.setattr("qgis_ddpm.core.model.precision.product_rates", lambda rate=bfloat16: Rates(100.0, rate))
        events = train(dates, tmp_path, tiles=tiles, experiment=str(tmp_path / "e"), precision="auto")
        told.append(" ".join(event.text for event in events if isinstance(event, Note)))
    assert read_model_card(str(tmp_path / "m.safetensors")).training["precision"] == "bfloat16"
    assert "bfloat16 products" in told[0]


def test_a_machine_without_bfloat16_says_so_and_computes_in_float32(
    model: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qgis_ddpm.core.model.precision._problem", lambda *args: "fails (no kernel)")
    job = SampleTiles(model=model, output=str(tmp_path / "t.tif"), count=1, steps=2, **FIELDS)
    told = [event for event in run(job) if isinstance(event, Note)]
    assert any(note.level == "warning" and "float32 is taken" in note.text for note in told)
    with rasterio.open(tmp_path / "t.tif") as file:
        assert file.tags()["PRECISION"] == "float32"
