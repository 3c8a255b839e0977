"""Change maps by a detector: exactness, independence of reading, and detectors that do not fit."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
import torch
from affine import Affine
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from qgis_ddpm.card import BandScaling, DetectorCard, ModelCard, fingerprint
from qgis_ddpm.core import run
from qgis_ddpm.core.detector import load_detector, save_detector
from qgis_ddpm.core.detector.detector import build_head
from qgis_ddpm.core.dry_run import estimate
from qgis_ddpm.core.model import load_model, save_model
from qgis_ddpm.core.model.unet import build_network
from qgis_ddpm.errors import JobError, ModelFileError
from qgis_ddpm.events import Note, Result
from qgis_ddpm.jobs import DetectChanges
from tests.core.change.test_run import read

SIZE = 100
PLACE = {"crs": "EPSG:32618", "transform": Affine(30, 0, 600000, 0, -30, 4500000)}
HEADS = {
    "ours": {"kind": "ours", "levels": [1, 0], "channels": [16, 8], "widths": [8, 4], "bands": 3},
    "published": {"kind": "published", "levels": [1], "channels": [16, 8]},
    "linear": {"kind": "linear", "bands": 3},
    "topdown": {
        "kind": "topdown", "levels": [1, 0], "channels": [16, 8], "strides": [4, 2], "bands": 3, "width": 8,
        "own": [], "members": 2, "plain": 2, "window_px": 64,
    },
    "siamese": {
        "kind": "siamese", "levels": [], "channels": [], "strides": [], "bands": 3, "width": 8,
        "own": [6, 8], "members": 1, "plain": 1, "window_px": 48,
    },
}  # fmt: skip
Image = NDArray[Any]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """a.tif, b.tif, model.safetensors, and a detector of each head with random weights beside them."""
    folder = tmp_path_factory.mktemp("detector")
    rng = np.random.default_rng(0)
    before = np.stack([gaussian_filter(rng.normal(size=(SIZE, SIZE)), 3) for _ in range(3)]) * 300 + 120
    after = before.copy()
    after[:, 20:50, 30:60] = 240 - before[:, 20:50, 30:60]
    for name, date in (("a", before), ("b", after)):
        pixels = np.clip(date, 1, 255).astype(np.uint8)
        shape = {"count": 3, "height": SIZE, "width": SIZE, "dtype": "uint8"}
        with rasterio.open(
            folder / f"{name}.tif", "w", driver="GTiff", photometric="minisblack", **shape, **PLACE
        ) as f:
            f.write(pixels)
    network = {
        "kind": "unet", "tile_px": 32, "base_channels": 8, "channel_multipliers": [1, 2], "patch_px": 2,
    }  # fmt: skip
    schedule = {"name": "edm", "mean": -1.2, "std": 1.2, "rho": 7.0, "sigma_min": 0.002, "sigma_max": 80.0}
    bands = tuple(BandScaling(f"band {i}", "uint8", 40.0, 220.0) for i in (1, 2, 3))
    card = ModelCard(network, "edm", schedule, 0.002, 80.0, 0.5, 32, bands)
    torch.manual_seed(0)
    # A fresh network is linear: noise would drop out of every difference.
    fresh = build_network(network, 3).state_dict()
    state = {name: value + 0.1 * torch.randn_like(value) for name, value in fresh.items()}
    save_model(folder / "model.safetensors", state, card)
    for name, head in HEADS.items():
        write_detector(folder / f"{name}.safetensors", folder / "model.safetensors", head)
    return folder


def write_detector(path: Path, model: Path, head: dict[str, Any], radiometry: str = "none") -> None:
    torch.manual_seed(1)
    card = DetectorCard(head, (0.1, 0.6), 0.4, fingerprint(str(model)), radiometry)
    # Fresh weights answer almost nothing, or nothing.
    fresh = build_head(head, 2).state_dict()
    state = {name: 2 * value if value.any() else 0.2 * torch.rand_like(value) for name, value in fresh.items()}
    save_detector(path, state, card)


def job(folder: Path, head: str, **fields: Any) -> DetectChanges:
    values = {
        "before": str(folder / "a.tif"),
        "after": str(folder / "b.tif"),
        "output": str(folder / "o.tif"),
        "detector": str(folder / f"{head}.safetensors"),
        "device": "cpu",
    }
    return DetectChanges(**{**values, **fields})


def detect(folder: Path, head: str, **fields: Any) -> dict[str, Any]:
    events = list(run(job(folder, head, **fields)))
    assert isinstance(events[-1], Result)
    return {**events[-1].outputs, "notes": " ".join(event.text for event in events if isinstance(event, Note))}


def probability(folder: Path, head: str, **fields: Any) -> Image:
    return read(detect(folder, head, probability=str(folder / "p.tif"), **fields)["PROBABILITY"])


@pytest.mark.parametrize("head", HEADS)
def test_a_dry_run_counts_windows_at_the_detectors_own_noise_levels(folder: Path, head: str) -> None:
    costs = [list(estimate(job(folder, head, draws=draws)))[-1].outputs for draws in (1, 3)]
    assert costs[0]["NETWORK_CALLS"] > 0
    assert costs[0]["NETWORK_CALLS"] % (2 * 2) == 0
    # Without noise one look is as good as three.
    looks = 1 if head in ("topdown", "siamese") else 3
    assert costs[1]["NETWORK_CALLS"] == looks * costs[0]["NETWORK_CALLS"]
    assert costs[0]["MEMORY_MB"] > 0


@pytest.mark.parametrize("head", HEADS)
def test_model_and_threshold_are_the_detectors_own(folder: Path, head: str) -> None:
    outputs = detect(folder, head, probability=str(folder / "p.tif"))
    assert outputs["METHOD_USED"] == "features"
    assert outputs["THRESHOLD_USED"] == 0.4
    assert "model.safetensors" in outputs["notes"]
    found = read(folder / "p.tif")
    assert ((read(outputs["OUTPUT"]) == 1) == (found >= np.float32(0.4))).all()
    with rasterio.open(folder / "p.tif") as dataset:
        assert dataset.descriptions == ("probability of change",)
    with rasterio.open(outputs["OUTPUT"]) as dataset:
        assert dataset.tags()["DETECTOR_FINGERPRINT"] == fingerprint(str(folder / f"{head}.safetensors"))
    # Rows that no window with the changed square reaches.
    unchanged = found[84:92, 8:92]
    assert np.abs(found[26:44, 36:54] - np.median(unchanged)).mean() > 3 * unchanged.std() + 1e-4


@pytest.mark.parametrize("head", HEADS)
def test_how_it_is_read_changes_nothing(folder: Path, head: str) -> None:
    plain = probability(folder, head)
    assert np.abs(probability(folder, head, block_px=37, batch_size=1) - plain).max() < 1e-5
    assert np.abs(probability(folder, head, block_px=64, batch_size=5) - plain).max() < 1e-5
    part = probability(folder, head, extent="600600,602400,4497300,4499400")
    assert part.shape == (70, 60)
    assert np.abs(part - plain[20:90, 20:80]).max() < 1e-6


@pytest.mark.parametrize("head", HEADS)
def test_the_same_job_gives_the_same_bytes_and_brightness_tells_which_date_came_first(folder: Path, head: str) -> None:
    paths = {name: str(folder / f"{name}.tif") for name in ("probability", "uncertainty")}
    detect(folder, head, **paths)
    first = [Path(path).read_bytes() for path in paths.values()]
    plain = read(paths["probability"])
    detect(folder, head, **paths)
    assert [Path(path).read_bytes() for path in paths.values()] == first
    swapped = read(
        detect(folder, head, before=str(folder / "b.tif"), after=str(folder / "a.tif"), **paths)["PROBABILITY"]
    )
    # The published head reads sizes of differences alone.
    assert (np.abs(swapped - plain).max() < 1e-5) == (head == "published")


@pytest.mark.parametrize("head", ["ours", "linear", "topdown", "siamese"])
def test_a_date_against_itself_has_one_probability_everywhere(folder: Path, head: str) -> None:
    found = probability(folder, head, after=str(folder / "a.tif"))
    assert found.max() - found.min() < 1e-5


def test_a_head_of_other_bands_than_the_models_is_refused(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "d.safetensors"
    write_detector(path, folder / "model.safetensors", {**HEADS["linear"], "bands": 4})
    with pytest.raises(ModelFileError, match="reads bands that its model does not have"):
        detect(folder, "linear", detector=str(path), model=str(folder / "model.safetensors"))


def test_a_standard_radiometry_hides_haze_and_keeps_what_a_detector_owes(tmp_path: Path, folder: Path) -> None:
    path = str(tmp_path / "standard.safetensors")
    write_detector(Path(path), folder / "model.safetensors", HEADS["ours"], "standard")
    model = {"detector": path, "model": str(folder / "model.safetensors")}
    symmetric = {**model, "detector": str(tmp_path / "symmetric.safetensors")}
    write_detector(Path(symmetric["detector"]), folder / "model.safetensors", HEADS["published"], "standard")
    dates = {"before": str(folder / "b.tif"), "after": str(folder / "a.tif")}
    swapped = probability(folder, "published", **symmetric, **dates)
    assert np.abs(swapped - probability(folder, "published", **symmetric)).max() < 1e-5
    plain = probability(folder, "ours", **model)
    part = probability(folder, "ours", **model, extent="600600,602400,4497300,4499400")
    assert np.abs(part - plain[20:90, 20:80]).max() < 1e-6
    with rasterio.open(folder / "b.tif") as dataset:
        hazy = 0.8 * dataset.read().astype(np.float32) + 30
        profile = {**dataset.profile, "dtype": "float32"}
    with rasterio.open(tmp_path / "hazy.tif", "w", **profile) as dataset:
        dataset.write(hazy)
    without = np.abs(probability(folder, "ours", after=str(tmp_path / "hazy.tif")) - probability(folder, "ours")).mean()
    within = np.abs(probability(folder, "ours", **model, after=str(tmp_path / "hazy.tif")) - plain).mean()
    assert within < 0.05 * without
    same = probability(folder, "ours", **model, after=str(folder / "a.tif"))
    assert same.max() - same.min() < 1e-5
    write_detector(Path(path), folder / "model.safetensors", HEADS["ours"], "magic")
    with pytest.raises(ModelFileError, match="radiometry 'magic'"):
        detect(folder, "ours", **model)


def test_draws_are_averaged_and_their_spread_is_the_uncertainty(folder: Path) -> None:
    paths = {"probability": str(folder / "p.tif"), "uncertainty": str(folder / "u.tif")}
    assert "4 are taken" in detect(folder, "ours", **paths)["notes"]
    mean, spread = read(paths["probability"]), read(paths["uncertainty"])
    sums = [probability(folder, "ours", draws=draws).astype(np.float64) * draws for draws in (1, 2, 3, 4)]
    single = np.diff(np.stack([np.zeros_like(sums[0]), *sums]), axis=0)
    assert np.abs(single.mean(axis=0) - mean).max() < 1e-5
    assert np.abs(single.std(axis=0) - spread).max() < 1e-5
    assert spread.max() > 1e-5


@pytest.mark.parametrize("head", ["topdown", "siamese"])
def test_heads_that_see_no_noise_give_the_spread_of_their_members(folder: Path, head: str) -> None:
    paths = {"probability": str(folder / "p.tif"), "uncertainty": str(folder / "u.tif")}
    assert "are taken" not in detect(folder, head, **paths)["notes"]
    mean, spread = read(paths["probability"]), read(paths["uncertainty"])
    assert np.abs(mean - probability(folder, head)).max() < 1e-5
    assert np.abs(mean - probability(folder, head, draws=3, seed=5)).max() < 1e-5
    assert spread.max() > 1e-3


def test_what_either_date_lacks_has_no_probability_and_costs_nothing(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with rasterio.open(folder / "a.tif") as dataset:
        pixels, profile = dataset.read(), {**dataset.profile, "nodata": 0}
    pixels[:, :, :60] = 0
    with rasterio.open(tmp_path / "a.tif", "w", **profile) as dataset:
        dataset.write(pixels)
    seen: list[int] = []
    from qgis_ddpm.core.detector import Detector

    plain = Detector.__call__
    monkeypatch.setattr(Detector, "__call__", lambda self, *dates: (seen.append(len(dates[0])), plain(self, *dates))[1])
    found = probability(folder, "ours", before=str(tmp_path / "a.tif"))
    assert (np.isnan(found) == (pixels[0] == 0)).all()
    # Windows of 32 px every 24: of the four columns two lie wholly in the gap.
    assert sum(seen) == 4 * 2


def test_the_model_is_found_in_the_models_folder(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    models = tmp_path / "models"
    models.mkdir()
    for name, source in (("anything.safetensors", "model"), ("mine.safetensors", "ours")):
        (models / name).write_bytes((folder / f"{source}.safetensors").read_bytes())
    monkeypatch.setenv("QGIS_DDPM_MODELS", str(models))
    alone = tmp_path / "d.safetensors"
    alone.write_bytes((folder / "ours.safetensors").read_bytes())
    assert "anything.safetensors" in detect(folder, "ours", detector=str(alone))["notes"]
    assert "anything.safetensors" in detect(folder, "ours", detector="mine.safetensors")["notes"]


def test_a_detector_that_does_not_fit_is_refused_in_one_sentence(tmp_path: Path, folder: Path) -> None:
    alone = tmp_path / "d.safetensors"
    alone.write_bytes((folder / "ours.safetensors").read_bytes())
    mark = fingerprint(str(folder / "model.safetensors"))[:12]
    with pytest.raises(ModelFileError, match=f"{mark}.*Name it in MODEL"):
        detect(folder, "ours", detector=str(alone))
    other = tmp_path / "other.safetensors"
    model = load_model(folder / "model.safetensors")
    state = {name: value + 1 for name, value in model.network.state_dict().items()}
    save_model(other, state, model.card)
    with pytest.raises(ModelFileError, match=f"{mark}.*other.*Leave MODEL empty"):
        detect(folder, "ours", model=str(other))
    with pytest.raises(ModelFileError, match=r"detector missing\.safetensors is neither"):
        detect(folder, "ours", detector="missing.safetensors")
    with pytest.raises(ModelFileError, match="a qgis_ddpm detector is needed"):
        detect(folder, "ours", detector=str(folder / "model.safetensors"))
    with pytest.raises(JobError, match="irmad has no use for DETECTOR"):
        detect(folder, "ours", method="irmad")
    with pytest.raises(JobError, match=r"NOISE_LEVELS is 0\.5"):
        detect(folder, "ours", noise_levels="0.5")
    with pytest.raises(ModelFileError, match="works on 3 bands"):
        detect(folder, "ours", bands_before="1,2", bands_after="1,2")


@pytest.mark.parametrize("head", ["ours", "linear", "topdown", "siamese"])
@pytest.mark.parametrize("size", [32, 30, 21])
def test_our_heads_are_constant_without_difference(folder: Path, size: int, head: str) -> None:
    model = load_model(folder / "model.safetensors")
    detector = load_detector(folder / f"{head}.safetensors", model)
    generator = torch.Generator().manual_seed(3)
    before, after, noise = (torch.randn(2, 3, size, size, generator=generator) for _ in range(3))
    found = detector(before, after, noise)
    assert found.shape == (2, 2, size, size)
    same = detector(before, before.clone(), noise)
    assert (same - same[:1, :, :1, :1]).abs().max() < 1e-5
    assert (found - same).abs().max() > 1e-3
