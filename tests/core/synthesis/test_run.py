"""The sampling job: where pixels lie, in which numbers, marked as what; and what is left when it fails or stops."""

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
import torch
from affine import Affine
from numpy.typing import NDArray
from PIL import Image

from qgis_ddpm.card import BandScaling, ModelCard
from qgis_ddpm.core import run
from qgis_ddpm.core.model import save_model
from qgis_ddpm.core.model.unet import build_network
from qgis_ddpm.core.raster.grid import Grid, parse_crs
from qgis_ddpm.errors import InputError, JobError, ModelFileError, OutputError
from qgis_ddpm.events import Cancelled, Event, Note, Progress, Result
from qgis_ddpm.jobs import SampleTiles
from tests.core.makers.rasters import written

TILE_PX = 16
NETWORK = {"kind": "unet", "tile_px": 16, "base_channels": 8, "channel_multipliers": [1, 2], "attention_at_px": [8]}
TRAINED_ON = Affine(30, 0, 600000, 0, -30, 4500000)
CARD = ModelCard(
    network=NETWORK,
    prediction="edm",
    schedule={"name": "edm", "mean": -1.2, "std": 1.2, "rho": 7.0, "sigma_min": 0.002, "sigma_max": 80.0},
    sigma_min=0.002,
    sigma_max=80.0,
    sigma_data=0.5,
    tile_px=TILE_PX,
    bands=(BandScaling("red", "uint16", 500, 3000), BandScaling("near infrared", "uint16", 0, 6000)),
    transform=tuple(TRAINED_ON)[:6],
    crs=parse_crs("EPSG:32618").to_wkt(),
)


def make_model(path: Path, card: ModelCard = CARD, scale: float = 0.1) -> str:
    torch.manual_seed(0)
    network = build_network(card.network, len(card.bands))
    for parameter in network.parameters():
        torch.nn.init.normal_(parameter, std=scale)
    save_model(path, network.state_dict(), card)
    return str(path)


@pytest.fixture
def model(tmp_path: Path) -> str:
    return make_model(tmp_path / "model.safetensors")


def sample(model: str, output: Path, **fields: Any) -> list[Event]:
    job = SampleTiles(model=model, output=str(output), **{"steps": 4, "device": "cpu", **fields})
    return list(run(job))


def read(path: Path) -> tuple[NDArray[Any], Any]:
    with rasterio.open(path) as dataset:
        return dataset.read(), dataset.profile


def write_template(path: Path, width: int, height: int, transform: Affine, crs: str) -> str:
    with written(str(path), Grid(transform, width, height, parse_crs(crs)), 1, "uint8") as writer:
        writer.write(0, 0, np.ones((1, height, width), dtype=np.uint8))
    return str(path)


def test_the_licence_of_a_model_is_told(model: str, tmp_path: Path) -> None:
    limited = make_model(tmp_path / "limited.safetensors", replace(CARD, licence="Research use."))
    told = [event.text for event in sample(limited, tmp_path / "t.tif", count=1) if isinstance(event, Note)]
    assert "limited.safetensors: Research use." in told
    others = [event.text for event in sample(model, tmp_path / "u.tif", count=1) if isinstance(event, Note)]
    assert not any("model.safetensors:" in text for text in others)


def test_tiles_stand_side_by_side_on_the_training_rasters_grid(model: str, tmp_path: Path) -> None:
    events = sample(model, tmp_path / "t.tif", count=7)
    pixels, profile = read(tmp_path / "t.tif")
    assert pixels.shape == (2, 48, 48)
    assert profile["transform"] == TRAINED_ON
    assert profile["crs"] == parse_crs("EPSG:32618")
    assert profile["dtype"] == "uint16"
    # Two places of nine are empty, so that there has to be a value that means nothing.
    assert profile["nodata"] == 0
    assert (pixels[:, 32:, 16:] == 0).all()
    assert pixels[:, :32].min() > 0
    tiles = pixels[:, :32].reshape(2, 2, 16, 3, 16).transpose(1, 3, 0, 2, 4).reshape(6, -1)
    assert len(np.unique(tiles, axis=0)) == 6
    with rasterio.open(tmp_path / "t.tif") as dataset:
        assert dataset.descriptions == ("red", "near infrared")
        tags = dataset.tags()
    assert tags["SYNTHETIC"] == "YES"
    assert len(tags["MODEL_FINGERPRINT"]) == 64
    assert {name: tags[name] for name in ("SEED", "SAMPLER", "STEPS", "TILE_PX", "OVERLAP_PX")} == {
        "SEED": "0",
        "SAMPLER": "dpmpp_2m",
        "STEPS": "4",
        "TILE_PX": "16",
        "OVERLAP_PX": "0",
    }
    last = events[-1]
    assert isinstance(last, Result)
    assert last.outputs["OUTPUT"] == str(tmp_path / "t.tif")
    assert last.outputs["SECONDS_PER_TILE"] > 0
    counts = [event for event in events if isinstance(event, Progress)]
    assert (counts[-1].done, counts[-1].total, counts[-1].unit) == (28, 28, "window")


def test_the_same_job_gives_the_same_bytes_and_the_batch_changes_nothing(model: str, tmp_path: Path) -> None:
    for layout in ({"count": 5}, {"layout": "seamless", "extent": "600000,601200,4498800,4500000"}):
        for name, more in (
            ("a", {"batch_size": 4}),
            ("b", {"batch_size": 4}),
            ("c", {"batch_size": 1}),
            ("d", {"seed": 1}),
        ):
            sample(model, tmp_path / f"{name}.tif", **layout, **more)
        first, other = read(tmp_path / "a.tif")[0].astype(int), read(tmp_path / "c.tif")[0].astype(int)
        assert (tmp_path / "a.tif").read_bytes() == (tmp_path / "b.tif").read_bytes()
        assert np.abs(first - other).max() <= 1
        assert np.abs(first - read(tmp_path / "d.tif")[0].astype(int)).max() > 100


def test_a_tile_depends_on_its_place_and_seed_alone(model: str, tmp_path: Path) -> None:
    sample(model, tmp_path / "all.tif", count=4, seed=5)
    sample(model, tmp_path / "one.tif", count=1, seed=5, extent="600480,600481,4499519,4499520")
    found, profile = read(tmp_path / "one.tif")
    assert profile["transform"] == TRAINED_ON @ Affine.translation(16, 16)
    assert np.abs(found.astype(int) - read(tmp_path / "all.tif")[0][:, 16:, 16:].astype(int)).max() <= 1


def test_single_tiles_footprints_and_the_denoising_strip(model: str, tmp_path: Path) -> None:
    events = sample(
        model,
        tmp_path / "t.tif",
        count=3,
        seed=9,
        tiles_folder=str(tmp_path / "tiles"),
        footprints=str(tmp_path / "f.geojson"),
        denoising_strip=str(tmp_path / "s.png"),
    )
    assert isinstance(events[-1], Result)
    assert set(events[-1].outputs) == {"OUTPUT", "TILES_FOLDER", "FOOTPRINTS", "DENOISING_STRIP", "SECONDS_PER_TILE"}
    mosaic, _ = read(tmp_path / "t.tif")
    features = json.loads((tmp_path / "f.geojson").read_text())["features"]
    assert sorted(os.listdir(tmp_path / "tiles")) == [f"tile_0000{i}.tif" for i in (1, 2, 3)]
    for number, (row, col) in enumerate([(0, 0), (0, 16), (16, 0)], start=1):
        pixels, profile = read(tmp_path / "tiles" / f"tile_0000{number}.tif")
        assert np.array_equal(pixels, mosaic[:, row : row + 16, col : col + 16])
        assert profile["transform"] == TRAINED_ON @ Affine.translation(col, row)
        feature = features[number - 1]
        assert feature["properties"] == {"id": number, "seed": 9, "row": row - 150000, "col": col + 20000}
        corners = np.array(feature["geometry"]["coordinates"][0])
        assert corners.min(axis=0).tolist() == [600000 + 30 * col, 4500000 - 30 * (row + 16)]
        assert corners.max(axis=0).tolist() == [600000 + 30 * (col + 16), 4500000 - 30 * row]
    with Image.open(tmp_path / "s.png") as picture:
        # Five columns of time, three rows of tiles, enlarged.
        assert picture.width / picture.height == pytest.approx(5 / 3, rel=0.02)
        shown = np.asarray(picture.convert("RGB")).astype(float)
    assert shown[:, :100].std() > 0


def test_an_area_lies_on_the_grid_of_its_template(model: str, tmp_path: Path) -> None:
    transform = Affine(0.001, 0, -74.2, 0, -0.001, -8.1)
    template = write_template(tmp_path / "template.tif", 37, 23, transform, "EPSG:4326")
    sample(model, tmp_path / "whole.tif", layout="seamless", template=template)
    whole, profile = read(tmp_path / "whole.tif")
    assert whole.shape == (2, 23, 37)
    assert (profile["transform"], profile["crs"]) == (transform, parse_crs("EPSG:4326"))
    assert profile["nodata"] is None
    # A part of it, named with coordinates that do not fall on pixels, is snapped outward and has the same pixels.
    part_of = {"template": template, "extent": "-74.1905,-74.1801,-8.1199,-8.1052 [EPSG:4326]"}
    sample(model, tmp_path / "part.tif", layout="seamless", **part_of)
    part, profile = read(tmp_path / "part.tif")
    assert part.shape == (2, 15, 11)
    assert profile["transform"].almost_equals(transform @ Affine.translation(9, 5), 1e-9)
    assert np.abs(part.astype(int) - whole[:, 5:20, 9:20].astype(int)).max() <= 1


def test_without_extent_an_area_is_that_of_the_training_raster(tmp_path: Path) -> None:
    model = make_model(tmp_path / "m.safetensors", replace(CARD, training={"raster_px": [23, 37]}))
    sample(model, tmp_path / "a.tif", layout="seamless")
    pixels, profile = read(tmp_path / "a.tif")
    assert pixels.shape == (2, 23, 37)
    assert profile["transform"] == TRAINED_ON


def test_an_extent_with_a_crs_and_pixel_size_of_its_own(model: str, tmp_path: Path) -> None:
    place = {"extent": "-74.1,-74.09,-8.11,-8.1 [EPSG:4326]", "crs": "EPSG:32718", "pixel_size": 50.0}
    sample(model, tmp_path / "a.tif", layout="seamless", **place)
    _, profile = read(tmp_path / "a.tif")
    assert profile["crs"] == parse_crs("EPSG:32718")
    t = profile["transform"]
    assert (t.a, t.e, t.c % 50, t.f % 50) == (50, -50, 0, 0)
    assert abs(profile["width"] * 50 - 1102) < 110
    with pytest.raises(JobError, match="Give PIXEL_SIZE in units of CRS"):
        sample(model, tmp_path / "b.tif", layout="seamless", extent=place["extent"], crs="EPSG:32718")


@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
def test_models_without_place_give_tiles_without_crs(tmp_path: Path) -> None:
    bands = (BandScaling("grey", "uint8", 0, 255),)
    model = make_model(tmp_path / "m.safetensors", replace(CARD, transform=None, crs=None, bands=bands))
    events = sample(model, tmp_path / "t.tif", count=4)
    assert any(isinstance(event, Note) and "has no CRS" in event.text for event in events)
    pixels, profile = read(tmp_path / "t.tif")
    assert pixels.shape == (1, 32, 32)
    assert profile["crs"] is None


def test_other_types_and_nodata_of_the_training_raster_are_kept(tmp_path: Path) -> None:
    bands = (BandScaling("a", "int16", -100, 100, -32768.0), BandScaling("b", "float32", 0.0, 0.3, -32768.0))
    model = make_model(tmp_path / "m.safetensors", replace(CARD, bands=bands))
    sample(model, tmp_path / "t.tif", count=3)
    pixels, profile = read(tmp_path / "t.tif")
    assert (profile["dtype"], profile["nodata"]) == ("float32", -32768.0)
    assert (pixels[:, 16:, 16:] == -32768).all()
    assert -300 < pixels[:, :16].min() < pixels[:, :16].max() < 300


@pytest.mark.parametrize(
    ("fields", "kind", "message"),
    [
        ({"layout": "seamless"}, JobError, "seamless needs EXTENT or TEMPLATE"),
        ({"layout": "seamless", "extent": "0,1,0,1", "overlap_px": 16}, JobError, "OVERLAP_PX is 16, but .* 16 px"),
        (
            {"layout": "seamless", "extent": "0,1,0,1", "footprints": "f.geojson"},
            JobError,
            "FOOTPRINTS belongs to LAYOUT",
        ),
        ({"template": "text.tif"}, InputError, "text.tif cannot be read as a raster"),
        ({"crs": "EPSG:99"}, InputError, "'EPSG:99' is no CRS"),
        ({"layout": "seamless", "extent": "0,3e7,0,3e7"}, OutputError, "needs up to .* MB on its disk"),
        ({"model": "missing.safetensors"}, ModelFileError, "missing.safetensors"),
    ],
)
def test_what_cannot_be_sampled_is_told_in_a_sentence_and_leaves_nothing(
    model: str, tmp_path: Path, fields: dict[str, Any], kind: type[Exception], message: str
) -> None:
    (tmp_path / "text.tif").write_text("no raster")
    before = sorted(os.listdir(tmp_path))
    if "template" in fields:
        fields = {"template": str(tmp_path / "text.tif")}
    with pytest.raises(kind, match=message):
        sample(**{"model": model, "output": tmp_path / "t.tif", **fields})
    assert sorted(os.listdir(tmp_path)) == before


def test_a_model_gone_astray_is_refused(tmp_path: Path) -> None:
    model = make_model(tmp_path / "m.safetensors", scale=1e30)
    with pytest.raises(ModelFileError, match="numbers that are not finite"):
        sample(model, tmp_path / "t.tif", count=1)
    assert os.listdir(tmp_path) == ["m.safetensors"]


@pytest.mark.parametrize("layout", [{"count": 9}, {"layout": "seamless", "extent": "0,1200,0,1200"}])
@pytest.mark.parametrize("hard", [False, True])
def test_a_job_that_is_stopped_leaves_nothing(model: str, tmp_path: Path, layout: dict[str, Any], hard: bool) -> None:
    folder = tmp_path / "out"
    events = run(SampleTiles(model=model, output=str(folder / "t.tif"), device="cpu", batch_size=2, **layout))
    assert isinstance(next(events), Note)
    for event in events:
        assert isinstance(event, Progress)
        if event.done > event.total / 2:
            break
    if hard:
        events.close()
    else:
        last = events.throw(Cancelled())
        assert isinstance(last, Cancelled)
        assert last.kept == {}
        assert list(events) == []
    assert os.listdir(folder) == []


def test_pixels_far_from_those_of_the_training_are_told(model: str, tmp_path: Path) -> None:
    for size, far in ((30, False), (500, True)):
        place = Affine(size, 0, 600000, 0, -size, 4500000)
        template = write_template(tmp_path / f"{size}.tif", 20, 20, place, "EPSG:32618")
        events = sample(model, tmp_path / "o.tif", layout="seamless", template=template)
        told = [event for event in events if isinstance(event, Note) and "is far from" in event.text]
        assert bool(told) == far
        assert not told or (told[0].level, "30 m and these are of 500 m" in told[0].text) == ("warning", True)
