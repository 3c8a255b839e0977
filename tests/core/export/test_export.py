"""What other programs make of an exported file: ONNX Runtime beside our own map, stac-model on every shipped model."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
import torch
from affine import Affine
from numpy.typing import NDArray

from qgis_ddpm.card import BandScaling, ModelCard, read_detector_card
from qgis_ddpm.core import run
from qgis_ddpm.core.dry_run import estimate
from qgis_ddpm.core.export import onnx_file
from qgis_ddpm.core.export import run as export_run
from qgis_ddpm.core.model import load_model, save_model
from qgis_ddpm.core.model.unet import build_network
from qgis_ddpm.errors import EnvironmentMissingError, JobError, ModelFileError
from qgis_ddpm.events import Note, Result
from qgis_ddpm.jobs import DetectChanges, ExportModel
from tests.core.change.test_with_detector import HEADS, write_detector

MODELS = Path(__file__).resolve().parents[3] / "models"
SCHEDULE = {"name": "edm", "mean": -1.2, "std": 1.2, "rho": 7.0, "sigma_min": 0.002, "sigma_max": 80.0}
# Lies at the origin of its CRS, whose noise an exported network has.
PLACE = {"crs": "EPSG:32618", "transform": Affine(30, 0, 0, 0, -30, 0)}
NETWORKS = {
    kind: {
        "kind": kind, "tile_px": 32, "base_channels": 8, "channel_multipliers": [1, 2], "patch_px": 2,
        "attention_at_px": [8], "wiener": True,
    }
    for kind in ("unet", "wide")
}  # fmt: skip
NODATA = 255.0
Image = NDArray[Any]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model of each network with random weights."""
    folder = tmp_path_factory.mktemp("export")
    bands = tuple(BandScaling(f"band {i}", "uint8", 40.0, 220.0 + i, NODATA) for i in (1, 2, 3))
    place = tuple(PLACE["transform"])[:6]
    for kind, network in NETWORKS.items():
        torch.manual_seed(0)
        fresh = build_network(network, 3).state_dict()
        card = ModelCard(
            network, "wiener", SCHEDULE, 0.002, 80.0, 0.5, 32, bands, place, "EPSG:32618", "Research use.", "Made."
        )
        state = {name: value + 0.1 * torch.randn_like(value) for name, value in fresh.items()}
        save_model(folder / f"{kind}.safetensors", state, card)
    return folder


def export(**fields: Any) -> tuple[str, str]:
    """The path of what is written, and all notes."""
    events = list(run(ExportModel(**fields)))
    assert isinstance(events[-1], Result)
    return events[-1].outputs["OUTPUT"], " ".join(event.text for event in events if isinstance(event, Note))


def session(path: str) -> Any:
    runtime = pytest.importorskip("onnxruntime")
    options = runtime.SessionOptions()
    options.intra_op_num_threads = 1
    return runtime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def dates(folder: Path, side: int) -> tuple[list[str], Image]:
    """Two rasters of one window with a hole in the second, and their bands stacked, float32 [6, side, side]."""
    pixels = np.random.default_rng(1).integers(20, 250, (2, 3, side, side)).astype(np.uint8)
    pixels[1, 0, 5:9, 3:12] = NODATA
    paths = [str(folder / f"{name}{side}.tif") for name in "ab"]
    for path, date in zip(paths, pixels, strict=True):
        shape = {"count": 3, "height": side, "width": side, "dtype": "uint8", "nodata": NODATA}
        with rasterio.open(path, "w", driver="GTiff", photometric="minisblack", **shape, **PLACE) as file:
            file.write(date)
    return paths, pixels.reshape(6, side, side).astype(np.float32)


@pytest.mark.parametrize(
    ("head", "network"),
    [("published", "unet"), ("topdown", "unet"), ("siamese", "unet"), ("linear", "wide"), ("ours", "wide")],
)
def test_onnx_runtime_gives_the_probabilities_of_our_own_map(folder: Path, head: str, network: str) -> None:
    pytest.importorskip("onnx")
    detector, model = folder / f"{head}.safetensors", folder / f"{network}.safetensors"
    write_detector(detector, model, HEADS[head])
    path, notes = export(detector=str(detector), model=str(model), output=str(folder / f"{head}.onnx"), seed=3)
    assert "Research use." in notes
    assert "One input of 6 bands" in notes
    found = session(path)
    side = HEADS[head].get("window_px", 32)
    assert [each.shape for each in (*found.get_inputs(), *found.get_outputs())] == [
        [1, 6, side, side],
        [1, 1, side, side],
    ]
    (before, after), stacked = dates(folder, side)
    job = DetectChanges(
        before=before, after=after, model=str(model), detector=str(detector), seed=3, device="cpu",
        precision="float32", output=str(folder / "o.tif"), probability=str(folder / "p.tif"),
    )  # fmt: skip
    assert isinstance(list(run(job))[-1], Result)
    with rasterio.open(folder / "p.tif") as file:
        wanted = file.read(1)
    (answer,) = found.run(None, {"dates": stacked[None]})
    # A hole is no change in the one, no data in the other.
    assert np.isnan(wanted).sum() == 36
    np.testing.assert_allclose(answer[0, 0], np.nan_to_num(wanted), rtol=0, atol=1e-4)
    assert answer.std() > 0.01
    texts = found.get_modelmeta().custom_metadata_map
    assert texts["licence"] == "Research use."
    told = {
        name: json.loads(text) for name, text in texts.items() if name not in ("licence", "description", "qgis_ddpm")
    }
    assert told["model_type"] == "Segmentor"
    assert told["class_names"] == {"0": "change"}
    assert told["resolution"] == pytest.approx(3000, rel=0.01)
    assert (told["tile_size"], told["tiles_size"], told["tiles_overlap"]) == (side, side, 25)
    assert told["seg_thresh"] == pytest.approx(read_detector_card(str(detector)).threshold)
    # What Deepness makes of a pixel is the pixel: 255 * (x / 255 - mean) ...
    scaled = (stacked.T / 255 - told["standardization_mean"]) / told["standardization_std"]
    np.testing.assert_allclose(scaled, stacked.T, atol=1e-3)


def test_a_pixel_that_is_no_number_is_a_hole_and_a_file_has_the_same_bytes_again(folder: Path) -> None:
    pytest.importorskip("onnx")
    detector, model = folder / "s.safetensors", folder / "unet.safetensors"
    write_detector(detector, model, HEADS["siamese"])
    path, _ = export(detector=str(detector), model=str(model), output=str(folder / "s.onnx"))
    again, _ = export(detector=str(detector), model=str(model), output=str(folder / "again.onnx"))
    assert Path(again).read_bytes() == Path(path).read_bytes()
    _, stacked = dates(folder, 48)
    (answer,) = session(path).run(None, {"dates": stacked[None]})
    stacked[0, 5:9, 3:12] = np.nan
    (holes,) = session(path).run(None, {"dates": stacked[None]})
    np.testing.assert_array_equal(holes, answer)
    assert not answer[0, 0, 5:9, 3:12].any()


@pytest.mark.parametrize("network", NETWORKS)
def test_a_denoiser_answers_as_the_model_at_every_noise_level(folder: Path, network: str) -> None:
    pytest.importorskip("onnx")
    path, _ = export(model=str(folder / f"{network}.safetensors"), output=str(folder / f"{network}.onnx"))
    found, model = session(path), load_model(folder / f"{network}.safetensors")
    x = torch.randn(1, 3, 32, 32, generator=torch.Generator().manual_seed(0))
    for sigma in (0.02, 0.7, 30.0):
        level = torch.tensor([sigma])
        (answer,) = found.run(None, {"x": x.numpy(), "sigma": level.numpy()})
        np.testing.assert_allclose(answer, model.denoise(x, level).numpy(), rtol=0, atol=1e-3)


def test_a_detector_of_one_brightness_says_what_is_not_in_the_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("onnx")
    monkeypatch.setattr(export_run, "onnx_bytes", lambda *_: b"")
    detector, model = folder / "standard.safetensors", folder / "unet.safetensors"
    write_detector(detector, model, HEADS["siamese"], "standard")
    _, notes = export(detector=str(detector), model=str(model), output=str(folder / "standard.onnx"))
    assert "Bring both dates to one brightness first" in notes


def test_without_the_package_a_sentence_says_what_to_install(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(onnx_file, "find_spec", lambda name: None)
    job = ExportModel(model=str(folder / "unet.safetensors"), output=str(folder / "never.onnx"))
    with pytest.raises(EnvironmentMissingError, match=r"needs the package onnx.* -m pip install"):
        list(run(job))
    assert not (folder / "never.onnx").exists()
    # An item needs no more than cards.
    assert export(model=job.model, format="stac", output=str(folder / "unet.json"))


def test_what_is_exported_has_to_be_named_and_to_fit(folder: Path) -> None:
    with pytest.raises(JobError, match="Neither MODEL nor DETECTOR"):
        ExportModel(output="o.onnx")
    write_detector(folder / "other.safetensors", folder / "wide.safetensors", HEADS["siamese"])
    job = {"detector": str(folder / "other.safetensors"), "model": str(folder / "unet.safetensors")}
    with pytest.raises(ModelFileError, match="was made for the model with the fingerprint"):
        list(run(ExportModel(**job, format="stac", output=str(folder / "o.json"))))
    whole = ExportModel(model=job["model"], output=str(folder / "o.onnx"), format="stac")
    assert list(estimate(whole))[-1].outputs["NETWORK_CALLS"] == 0


@pytest.fixture(scope="module", params=sorted(MODELS.glob("*.safetensors")), ids=lambda path: path.stem)
def item(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The item of a shipped model or detector."""
    path: Path = request.param
    field = "detector" if path.name.startswith("detector-") else "model"
    folder = tmp_path_factory.mktemp("item")
    written, _ = export(**{field: str(path)}, format="stac", output=str(folder / "item.json"))
    content: dict[str, Any] = json.loads(Path(written).read_text(encoding="utf-8"))
    return content


def test_an_item_tells_bands_licence_and_files_of_a_shipped_model(item: dict[str, Any]) -> None:
    told = item["properties"]
    (given,) = told["mlm:input"]
    names = [band["name"] for band in told["bands"]]
    assert names == given["bands"]
    assert len(names) == given["input"]["shape"][1] == len(given["value_scaling"])
    assert "Licence: " in told["description"]
    assert told["mlm:total_parameters"] > 10_000
    for asset in item["assets"].values():
        path = MODELS / asset["href"]
        assert path.stat().st_size == asset["file:size"]
        assert asset["file:checksum"] == "1220" + sha256(path.read_bytes()).hexdigest()
    # No folder of this machine.
    assert str(MODELS) not in json.dumps(item)


def test_stac_model_takes_the_item_of_a_shipped_model(item: dict[str, Any]) -> None:
    schema = pytest.importorskip("stac_model.schema", reason="requirements/stac.txt is not installed")
    read = pytest.importorskip("pystac").Item.from_dict(item)
    assert schema.MLModelExtension.has_extension(read)
    told = schema.MLModelProperties(**read.properties)
    assert told.name == item["id"]
    # It leaves out what it does not know, and keeps all else as it is.
    schema.MLModelExtension.ext(read).apply(told)
    kept = read.to_dict()["properties"]
    assert {name: kept[name] for name in ("mlm:hyperparameters", "mlm:total_parameters")} == {
        name: item["properties"][name] for name in ("mlm:hyperparameters", "mlm:total_parameters")
    }
