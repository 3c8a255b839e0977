"""TUNE and detectors without a model: a network that learns along, and what the detector's file then brings with it."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
import torch
from safetensors.torch import load_file

from qgis_ddpm.card import fingerprint, model_card_of, read_detector_card
from qgis_ddpm.core import run
from qgis_ddpm.core.detector import load_detector
from qgis_ddpm.core.detector.own_model import load_model_of
from qgis_ddpm.core.detector_training.cross_fit.folds import BY_ALL, NOTHING, HeldOutPairs
from qgis_ddpm.core.detector_training.labelled_tiles import LabelCounts
from qgis_ddpm.core.dry_run import estimate
from qgis_ddpm.core.model import load_model
from qgis_ddpm.errors import JobError, ModelFileError
from qgis_ddpm.events import Cancelled, Note, Progress, Result
from qgis_ddpm.jobs import DetectChanges, TrainDetector
from tests.core.makers.labelled import make_pair, write, write_folder, write_model

SHORT = {"tiles": 160, "seeds": 2, "learning_rate": 1e-2, "device": "cpu"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """model.safetensors, pairs of images in data/, and a pair for mapping."""
    folder = tmp_path_factory.mktemp("tuning")
    write_model(folder / "model.safetensors")
    write_folder(folder / "data", ("a", "b", "c", "d"))
    before, after, _ = make_pair(9, 96)
    write(folder / "before.tif", before)
    write(folder / "after.tif", after)
    return folder


def job(base: Path, name: str, **fields: Any) -> TrainDetector:
    inputs = {"model": str(base / "model.safetensors"), "folder": str(base / "data")}
    return TrainDetector(**{**inputs, **SHORT, "detector": str(base / f"{name}.safetensors"), **fields})


def mapped(base: Path, name: str, output: str, **fields: Any) -> Any:
    """The probabilities that a detector gives."""
    path = str(base / f"{output}.tif")
    dates = {"before": str(base / "before.tif"), "after": str(base / "after.tif")}
    detector = str(base / f"{name}.safetensors")
    *_, last = run(DetectChanges(**dates, detector=detector, output=str(base / "map.tif"), probability=path, **fields))
    assert isinstance(last, Result), last
    with rasterio.open(path) as file:
        return file.read(1)


@pytest.fixture(scope="module")
def tuned(folder: Path) -> list[Any]:
    """The events of a training with TUNE; tuned.safetensors is there."""
    return list(run(job(folder, "tuned", tune=True, report=str(folder / "tuned.html"))))


def test_a_tuned_network_is_another_one_and_stays_in_the_detector(folder: Path, tuned: list[Any]) -> None:
    assert isinstance(tuned[-1], Result), tuned[-1]
    path = folder / "tuned.safetensors"
    card, start = read_detector_card(str(path)), load_file(folder / "model.safetensors")
    held = {name.removeprefix("network."): value for name, value in load_file(path).items() if "network." in name}
    assert set(held) == set(start)
    moved = {name for name, value in start.items() if not torch.equal(held[name], value)}
    assert "stem.weight" in moved
    assert card.model_fingerprint == fingerprint(str(folder / "model.safetensors"))
    assert model_card_of(str(path)).bands == model_card_of(str(folder / "model.safetensors")).bands
    assert any(isinstance(event, Note) and "left out by the network and all heads" in event.text for event in tuned)
    assert "tuned from" in (folder / "tuned.html").read_text()


def test_it_maps_without_the_model_the_same_for_batches_and_blocks(folder: Path, tuned: list[Any]) -> None:
    first = mapped(folder, "tuned", "first")
    np.testing.assert_array_equal(first, mapped(folder, "tuned", "blocks", block_px=64))
    np.testing.assert_allclose(first, mapped(folder, "tuned", "batches", batch_size=1), rtol=0, atol=1e-6)
    with pytest.raises(ModelFileError, match="brings its own network"):
        list(
            run(
                DetectChanges(
                    before=str(folder / "before.tif"),
                    after=str(folder / "after.tif"),
                    model=str(folder / "model.safetensors"),
                    detector=str(folder / "tuned.safetensors"),
                    output=str(folder / "map.tif"),
                )
            )
        )


def test_stopped_and_taken_up_it_gives_the_same_bytes(folder: Path, tuned: list[Any]) -> None:
    fields = {"tune": True, "experiment": str(folder / "experiment")}
    events = run(job(folder, "resumed", **fields))
    for event in events:
        if isinstance(event, Progress) and "loss" in event.text and event.done > 50:
            break
    assert isinstance(events.throw(Cancelled()), Cancelled)
    assert list(events) == []
    notes = [event for event in run(job(folder, "resumed", **fields)) if isinstance(event, Note)]
    assert any(note.text.startswith("Going on from") for note in notes)
    first, second = (load_file(folder / f"{name}.safetensors") for name in ("tuned", "resumed"))
    assert all(torch.equal(first[name], second[name]) for name in first)


def test_siamese_and_random_weights_need_no_model(folder: Path) -> None:
    alone, fresh = {"head": "siamese", "tiles": 32}, {"tune": True, "tiles": 16, "seeds": 1}
    for name, fields in (("alone", alone), ("fresh", fresh)):
        *_, last = run(job(folder, name, model=None, **fields))
        assert isinstance(last, Result), last
        card = model_card_of(str(folder / f"{name}.safetensors"))
        assert len(card.bands) == 3
        assert card.tile_px == 64
        found = mapped(folder, name, f"of_{name}")
        assert np.isfinite(found).all()
    assert not any(name.startswith("network.") for name in load_file(folder / "alone.safetensors"))


def test_a_dry_run_without_a_model_tells_no_network_calls(folder: Path) -> None:
    *_, last = estimate(job(folder, "dry", model=None, head="siamese"))
    assert isinstance(last, Result)
    assert last.outputs["NETWORK_CALLS"] == 0


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"model": None}, "MODEL is empty and HEAD is topdown"),
        ({"model": None, "head": "linear"}, "MODEL is empty and HEAD is linear"),
        ({"tune": True, "head": "siamese"}, "Only topdown is tuned"),
    ],
)
def test_what_does_not_go_together_is_refused(folder: Path, fields: dict[str, Any], words: str) -> None:
    with pytest.raises(JobError, match=words):
        job(folder, "refused", **fields)


def test_compare_tells_what_tuning_was_worth(folder: Path) -> None:
    events = list(run(job(folder, "compared", tune=True, compare=True, tiles=16)))
    (told,) = [event.text for event in events if isinstance(event, Note) and event.text.startswith("COMPARE, mean")]
    for arm in ("frozen", "random", "siamese", "spectrum"):
        assert arm in told


def test_a_detector_of_another_shape_than_its_card_is_refused(folder: Path, tuned: list[Any]) -> None:
    path = folder / "tuned.safetensors"
    model = load_model_of(path, path)
    assert load_detector(path, model).window_px == 64
    broken = folder / "broken.safetensors"
    broken.write_bytes(path.read_bytes().replace(b'"network.stem.weight"', b'"network.stem.weighs"'))
    with pytest.raises(ModelFileError, match="does not hold the network of its card"):
        load_model_of(broken, broken)
    with pytest.raises(ModelFileError, match="qgis_ddpm model is needed"):
        load_model(path)


def test_pairs_are_held_out_by_all_heads_and_none_of_them_is_trained_on() -> None:
    shape = np.ones((4, 4), np.int64)
    counted = [LabelCounts(shape * amount, shape * 64) for amount in (1, 9, 5, 3, 7)]
    folds = HeldOutPairs(counted, [None] * 5, 0.2, 0)
    assert folds.of_pair.count(BY_ALL) == 1
    # The one of middling change.
    assert folds.of_pair[2] == BY_ALL
    assert folds.of_heads(2) == [NOTHING] * 2
    trained = {place.pair for kind in (True, False) for place in folds.places(False, kind, 32)}
    measured = {place.pair for kind in (True, False) for place in folds.places(True, kind, 32)}
    assert trained == {0, 1, 3, 4}
    assert measured == {2}
    listed = HeldOutPairs(counted, ["training", "validation", "training", "training", "training"], 0.2, 0)
    assert [pair for pair, fold in enumerate(listed.of_pair) if fold == BY_ALL] == [1]
