"""The models of the repository: each loads, has its card whole, samples, and gives features."""

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from qgis_ddpm.card import fingerprint, is_detector, read_detector_card, read_model_card
from qgis_ddpm.core.detector import load_detector
from qgis_ddpm.core.model import load_model
from qgis_ddpm.core.sampling.samplers import plan, sample
from qgis_ddpm.jobs import TrainModel, load_job

MODELS = Path(__file__).resolve().parents[3] / "models"
# The largest size of each file.
MEGABYTES = {"ddpm-aerial-rgb": 25, "ddpm-digits-28": 4, "ddpm-landsat-4": 10}
# AID is given for research: what was made from it is not shown.
UNSHOWN = {"ddpm-aerial-rgb"}
SECTIONS = ("Data", "Licence", "Bands and scaling", "Training", "Figures", "What it cannot do", "Tiles")

shipped = pytest.mark.parametrize("name", MEGABYTES)


def path_of(name: str) -> str:
    return str(MODELS / f"{name}.safetensors")


def test_every_model_of_the_folder_is_tested_here() -> None:
    found = {path.stem for path in MODELS.glob("*.safetensors") if not is_detector(str(path))}
    assert found == set(MEGABYTES)


@shipped
def test_the_card_in_the_file_is_whole(name: str) -> None:
    card = read_model_card(path_of(name))
    assert Path(path_of(name)).stat().st_size <= MEGABYTES[name] * 1e6
    assert card.licence
    assert len(card.data) > 40
    assert card.training["validation_loss"] > 0
    assert set(card.training["versions"]) == {"qgis_ddpm", "torch", "numpy"}


@shipped
def test_the_recipe_is_the_job_that_made_the_model(name: str) -> None:
    job = load_job(str(MODELS / "recipes" / f"{name}.yaml"))
    assert isinstance(job, TrainModel)
    fields = job.resolved().provenance()
    # A card keeps the names of files, not where they lay.
    fields |= {key: Path(fields[key]).name for key in ("folder", "init_model") if key in fields}
    fields |= {"input": [Path(path).name for path in fields["input"]]} if "input" in fields else {}
    training = read_model_card(path_of(name)).training
    # Before OPTIMIZER and NETWORK were fields, there were Adam and the U-Net alone.
    recorded = {"optimizer": "adam", "network": "unet", **training["job"]}
    # Before presets said AUGMENT, the images did, alike; before MAX_IMAGES drew at random, it took the first.
    recorded.setdefault("augment", fields["augment"])
    if recorded.pop("max_images", None):
        recorded["folder"] = fields["folder"]
    assert recorded == fields
    assert training["tiles_seen"] == fields["tiles"]


@shipped
def test_the_page_names_the_very_file(name: str) -> None:
    page, card = (MODELS / f"{name}.md").read_text(encoding="utf-8"), read_model_card(path_of(name))
    assert [line[3:] for line in page.splitlines() if line.startswith("## ")] == list(SECTIONS)
    assert fingerprint(path_of(name)) in page
    assert f"{card.training['validation_loss']:.3f}" in page
    assert f"{name}.md" in (MODELS / "README.md").read_text(encoding="utf-8")
    sheet = MODELS / f"{name}.png"
    assert sheet.exists() == (name not in UNSHOWN)
    if sheet.exists():
        with Image.open(sheet) as picture:
            assert min(picture.size) >= 4 * card.tile_px


@shipped
def test_it_samples_and_gives_features(name: str) -> None:
    model = load_model(path_of(name))
    card = model.card
    shape = (4, len(card.bands), card.tile_px, card.tile_px)
    noise = torch.randn(shape, generator=torch.Generator().manual_seed(0))
    steps = plan("dpmpp_2m", card.schedule, 6)
    *_, (_, _, tiles) = sample(model.denoise, noise * steps[0].sigma, steps, lambda _: torch.zeros(shape))
    assert torch.isfinite(tiles).all()
    # Tiles are as lively as the training tiles, and differ.
    assert 0.4 * card.sigma_data < float(tiles.std()) < 1.5 * card.sigma_data
    assert float((tiles[0] - tiles[1]).abs().mean()) > 0.1 * card.sigma_data
    (maps,) = model.features(tiles.clamp(-1, 1), [0.2], noise)
    assert len(maps) == len(model.feature_channels)
    for found in maps:
        assert torch.isfinite(found).all()
        assert np.all(found.std(dim=(0, 2, 3)).numpy() > 0)


DETECTORS = {"detector-aerial-sztaki": "ddpm-aerial-rgb"}


def test_every_detector_of_the_folder_is_tested_here() -> None:
    assert {path.stem for path in MODELS.glob("*.safetensors") if is_detector(str(path))} == set(DETECTORS)


@pytest.mark.parametrize(("name", "model"), DETECTORS.items())
def test_a_detector_is_what_its_recipe_and_its_page_say(name: str, model: str) -> None:
    card = read_detector_card(path_of(name))
    detector = load_detector(path_of(name), load_model(path_of(model)))
    dates = torch.randn(3, 1, 3, 64, 64, generator=torch.Generator().manual_seed(0))
    assert torch.isfinite(detector(*dates)).all()
    job = load_job(str(MODELS / "recipes" / f"{name}.yaml"))
    fields = job.provenance()
    fields |= {key: Path(fields[key]).name for key in ("folder", "model")}
    assert card.training["job"] == fields
    assert card.training["licence"].startswith("Research use")
    page = (MODELS / f"{name}.md").read_text(encoding="utf-8")
    assert fingerprint(path_of(name)) in page
    assert card.model_fingerprint[:12] in page
    assert f"{card.training['validation']['F1']:.3f}" in page
