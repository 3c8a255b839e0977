"""Training a detector from end to end: what it learns, repeats, goes on with, leaves behind, and refuses."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
import torch
from safetensors.torch import load_file

from qgis_ddpm.card import read_detector_card
from qgis_ddpm.core import run
from qgis_ddpm.core.detector import load_detector
from qgis_ddpm.core.detector_training.trainer import change_loss
from qgis_ddpm.core.dry_run import estimate
from qgis_ddpm.core.model import load_model
from qgis_ddpm.errors import InputError, JobError, ModelFileError
from qgis_ddpm.events import Cancelled, Metric, Note, Progress, Result
from qgis_ddpm.jobs import AssessChanges, DetectChanges, TrainDetector
from tests.core.makers.labelled import make_pair, write, write_folder, write_model

SHORT = {
    "head": "linear", "tiles": 640, "cached_tiles": 48, "noise_levels": "0.2", "seeds": 2, "learning_rate": 1e-2,
    "device": "cpu",
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """model.safetensors, and pairs of images in data/."""
    folder = tmp_path_factory.mktemp("training")
    write_model(folder / "model.safetensors")
    write_folder(folder / "data", ("a", "b", "c"), value=254)
    return folder


def job(base: Path, name: str = "d", **fields: Any) -> TrainDetector:
    inputs = {"model": str(base / "model.safetensors"), "folder": str(base / "data")}
    return TrainDetector(**{**inputs, **SHORT, "detector": str(base / f"{name}.safetensors"), **fields})


@pytest.fixture(scope="module")
def trained(folder: Path) -> tuple[Path, list[Any]]:
    """The path of a detector with an experiment and a report, and the events of its training."""
    files = {"experiment": str(folder / "experiment"), "report": str(folder / "report.html")}
    return folder / "d.safetensors", list(run(job(folder, **files)))


def test_it_learns_to_find_change_elsewhere(tmp_path: Path, folder: Path, trained: tuple[Path, list[Any]]) -> None:
    path, events = trained
    figures = events[-1].outputs
    assert isinstance(events[-1], Result)
    assert figures["F1"] > 0.8
    assert figures["IOU"] == pytest.approx(figures["F1"] / (2 - figures["F1"]))
    assert figures["OA"] > 0.9
    before, after, label = make_pair(77)
    files = {"before": write(tmp_path / "a.tif", before), "after": write(tmp_path / "b.tif", after)}
    outputs = {"output": str(tmp_path / "o.tif"), "probability": str(tmp_path / "p.tif")}
    *_, last = run(DetectChanges(**files, **outputs, detector=str(path), device="cpu"))
    assert last.outputs["THRESHOLD_USED"] == read_detector_card(str(path)).threshold
    reference = write(tmp_path / "l.tif", label)
    *_, assessed = run(AssessChanges(predicted=outputs["output"], reference=reference))
    assert assessed.outputs["F1"] > 0.8
    with rasterio.open(outputs["probability"]) as dataset:
        probability = dataset.read(1)
    # Calibrated: as much change as there is.
    assert probability.mean() == pytest.approx(label.mean(), rel=0.35)


def test_a_head_of_filters_learns_as_well(folder: Path) -> None:
    *_, last = run(job(folder, "ours", head="ours", seeds=1))
    assert last.outputs["F1"] > 0.8
    assert read_detector_card(str(folder / "ours.safetensors")).head["bands"] == 3


def test_it_tells_what_it_does(folder: Path, trained: tuple[Path, list[Any]]) -> None:
    _, events = trained
    notes = " ".join(event.text for event in events if isinstance(event, Note))
    assert "Pair a.png, a.png, a.png." in notes
    assert "3 pairs" in notes
    units = {(event.unit, event.text.split()[0]) for event in events if isinstance(event, Progress)}
    assert {("pair", "reading"), ("tile", "features"), ("tile", "loss")} <= units
    last = [event for event in events if isinstance(event, Progress)][-1]
    assert last.done == last.total == 640
    assert [event.name for event in events if isinstance(event, Metric)][-1] == "validation_f1"
    report = (folder / "report.html").read_text()
    assert "Heads from different starts" in report
    assert report.count("<img") >= 7
    rows = (folder / "experiment" / "metrics.csv").read_text().splitlines()
    assert rows[0] == "tiles,seconds,training_loss,f1_0,f1_1,tiles_per_second"
    assert rows[-1].startswith("640,")


def test_the_card_says_how_it_was_made_and_nothing_of_this_machine(
    folder: Path, trained: tuple[Path, list[Any]]
) -> None:
    card = read_detector_card(str(trained[0]))
    assert card.training["validation"]["F1"] == trained[1][-1].outputs["F1"]
    assert len(card.training["validation_f1_of_each_head"]) == 2
    assert card.training["job"]["folder"] == "data"
    assert str(folder) not in str(card)
    assert 0 < card.threshold < 1


def test_the_checkpoint_is_the_detector(folder: Path, trained: tuple[Path, list[Any]]) -> None:
    model = load_model(folder / "model.safetensors")
    first, second = (load_detector(p, model) for p in (trained[0], folder / "experiment" / "checkpoint.safetensors"))
    dates = torch.randn(3, 1, 3, 32, 32, generator=torch.Generator().manual_seed(0))
    assert (first(*dates) == second(*dates)).all()
    assert first.card.threshold == second.card.threshold


def test_equal_jobs_give_equal_bytes_also_stopped_and_taken_up(folder: Path, trained: tuple[Path, list[Any]]) -> None:
    whole = trained[0].read_bytes()
    again = job(folder, "again", experiment=str(folder / "again"))
    events = run(again)
    for event in events:
        if isinstance(event, Progress) and "loss" in event.text and event.done > 300:
            break
    assert isinstance(events.throw(Cancelled()), Cancelled)
    assert list(events) == []
    assert int((folder / "again" / "metrics.csv").read_text().splitlines()[-1].split(",")[0]) < 640
    notes = [event.text for event in run(again) if isinstance(event, Note)]
    assert any(text.startswith("Going on from") for text in notes)
    assert Path(str(again.detector)).read_bytes() == whole
    states = [load_file(folder / name / "checkpoint.safetensors") for name in ("experiment", "again")]
    assert states[0].keys() == states[1].keys()
    assert all(torch.equal(value, states[1][name]) for name, value in states[0].items())


def test_linear_heads_look_at_different_noise_levels_and_the_detector_at_those_of_the_best(
    folder: Path, trained: tuple[Path, list[Any]]
) -> None:
    three = job(folder, "three", seeds=3, noise_levels="3,0.2")
    assert isinstance(list(run(three))[-1], Result)
    card = read_detector_card(str(three.detector))
    f1 = card.training["validation_f1_of_each_head"]
    assert len(set(f1)) == 3
    # All of them, the highest alone, the lowest alone. One level is enough where two are no better.
    kept = {
        sigmas: value
        for sigmas, value in zip([(0.2, 3.0), (3.0,), (0.2,)], f1, strict=True)
        if value >= max(f1) - 0.005
    }
    assert card.noise_levels == min(kept, key=lambda sigmas: (len(sigmas), -kept[sigmas]))
    assert load_file(three.detector)["scale"].shape == (3 * len(card.noise_levels),)
    assert read_detector_card(str(trained[0])).head == card.head == {"kind": "linear", "bands": 3}


def test_a_longer_job_goes_on(folder: Path, trained: tuple[Path, list[Any]]) -> None:
    events = list(run(job(folder, "longer", tiles=704, experiment=str(folder / "experiment"))))
    assert "Going on from 640 tiles" in " ".join(event.text for event in events if isinstance(event, Note))
    assert isinstance(events[-1], Result)
    assert events[-1].outputs["F1"] >= trained[1][-1].outputs["F1"]


def test_a_cancel_leaves_the_best_so_far_or_nothing(folder: Path) -> None:
    long = job(folder, "cancelled", tiles=8_000, experiment=str(folder / "cancelled"))
    events = run(long)
    for event in events:
        if isinstance(event, Progress) and event.text == "features":
            break
    last = events.throw(Cancelled())
    assert isinstance(last, Cancelled)
    assert not last.kept
    assert not Path(str(long.detector)).exists()
    events = run(long)
    for event in events:
        if isinstance(event, Metric):
            break
    last = events.throw(Cancelled())
    assert isinstance(last, Cancelled)
    assert set(last.kept) == {"DETECTOR", "EXPERIMENT"}
    load_detector(str(long.detector), load_model(folder / "model.safetensors"))
    assert not list(folder.glob("*.part*"))


def test_another_job_is_not_mixed_into_an_experiment(folder: Path, trained: tuple[Path, list[Any]]) -> None:
    with pytest.raises(JobError, match=r"NOISE_LEVELS \(0\.2 there, 0\.3 here\)"):
        list(run(job(folder, "other", experiment=str(folder / "experiment"), noise_levels="0.3")))


def test_the_published_head_is_trained_too(folder: Path) -> None:
    *_, last = run(job(folder, "published", head="published", seeds=1, tiles=320))
    assert last.outputs["F1"] > 0.5
    assert read_detector_card(str(folder / "published.safetensors")).head["kind"] == "published"


def test_minutes_end_it_without_a_length_in_tiles(folder: Path) -> None:
    *_, last = run(job(folder, "minutes", tiles=None, minutes=0.02, seeds=1))
    assert isinstance(last, Result)


def test_wrong_input_is_refused_before_anything_is_written(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ModelFileError, match="does not exist"):
        list(run(job(folder, model=str(tmp_path / "none.safetensors"))))
    with pytest.raises(InputError, match="no change at all"):
        list(run(job(folder, "x", folder=str(write_folder(tmp_path / "same", ("a",), value=0)))))
    write(tmp_path / "grey" / "A" / "a.png", make_pair(0)[0][:1])
    write(tmp_path / "grey" / "B" / "a.png", make_pair(0)[1][:1])
    write(tmp_path / "grey" / "label" / "a.png", make_pair(0)[2])
    with pytest.raises(InputError, match="The model has 3 bands"):
        list(run(job(folder, "x", folder=str(tmp_path / "grey"))))
    monkeypatch.setattr("qgis_ddpm.core.detector_training.features.room_for", lambda *_: 3)
    with pytest.raises(JobError, match=r"have room for 3\. Lower CACHED_TILES"):
        list(run(job(folder, "x")))
    assert not (folder / "x.safetensors").exists()


def test_a_dry_run_tells_the_cost(folder: Path) -> None:
    events = list(estimate(job(folder, "dry")))
    assert events[-1].outputs["NETWORK_CALLS"] > 2 * 48
    assert events[-1].outputs["SECONDS"] > 0
    assert events[-1].outputs["MEMORY_MB"] > 0
    assert not (folder / "dry.safetensors").exists()


def test_the_loss_looks_at_labelled_pixels_alone() -> None:
    labels = torch.tensor([[[0, 1], [255, 255]]], dtype=torch.uint8)
    logits = torch.zeros(1, 2, 2, 2)
    logits[0, 1, 0] = torch.tensor([-1.0, 2.0])
    p = 1 / (1 + np.exp([1.0, -2.0]))
    entropy = -(np.log(1 - p[0]) + np.log(p[1])) / 2
    dice = (2 * p[1] + 1) / (p.sum() + 1 + 1)
    assert float(change_loss(logits, labels)) == pytest.approx(entropy + 1 - dice, abs=1e-6)
    logits[0, :, 1] = 99.0
    logits[0, 0, 1] = -99.0
    assert float(change_loss(logits, labels)) == pytest.approx(entropy + 1 - dice, abs=1e-6)


def test_fills_of_pairs_without_a_tag_are_told_and_tagged_ones_are_not(folder: Path, tmp_path: Path) -> None:
    before, after, label = make_pair(5)
    for date in (before, after):
        date[:, :, :20] = 0
    for radiometry in ("standard", "none"):
        for tag in (None, 0):
            paths = [
                write(tmp_path / f"{name}.tif", pixels, nodata=tag)
                for name, pixels in (("before", before), ("after", after))
            ]
            fields = {"before": paths[:1], "after": paths[1:], "labels": [write(tmp_path / "labels.tif", label)]}
            fields = {name: tuple(value) for name, value in fields.items()}
            task = job(folder, folder=None, radiometry=radiometry, **fields)
            notes = [note.text for note in _notes_before_training(task) if "nodata" in note.text]
            assert [path in note for path, note in zip(paths, notes, strict=False)] == (
                [True, True] if tag is None else []
            )
            assert len(notes) == (2 if tag is None else 0)


def _notes_before_training(task: TrainDetector) -> list[Note]:
    """What is said until the first figure of a training, which is then given up."""
    notes = []
    events = run(task)
    for event in events:
        if isinstance(event, Metric):
            events.close()
            break
        if isinstance(event, Note):
            notes.append(event)
    return notes


def planned(**fields: Any) -> list[Note]:
    """What a dry run says."""
    return [event for event in estimate(TrainDetector(**fields)) if isinstance(event, Note)]


def test_labels_and_models_that_do_not_fit_are_told_before_the_training(tmp_path: Path, folder: Path) -> None:
    dates = [make_pair(seed) for seed in (0, 1)]
    names = ("before", "after", "labels")
    files = {
        name: tuple(write(tmp_path / f"{name}{number}.tif", pair[index]) for number, pair in enumerate(dates))
        for index, name in enumerate(names)
    }
    common = {"model": str(folder / "model.safetensors"), "detector": str(tmp_path / "d.safetensors"), **SHORT}
    assert [note.text for note in planned(**files, **common) if note.level == "warning"] == []
    coded = tuple(write(tmp_path / f"coded{number}.tif", pair[2] + np.uint8(1)) for number, pair in enumerate(dates))
    warnings = [note.text for note in planned(**{**files, "labels": coded}, **common) if note.level == "warning"]
    assert [f"coded{number}.tif marks every known pixel" in text for number, text in enumerate(warnings)] == [True] * 2
    narrow = tuple(
        write(tmp_path / f"wide{number}.tif", pair[0].astype(np.uint16) * 200) for number, pair in enumerate(dates)
    )
    more = {"radiometry": "none"}
    warnings = [
        note.text for note in planned(**{**files, "before": narrow}, **common, **more) if note.level == "warning"
    ]
    assert any("uint16" in text and "is far from" in text for text in warnings)
    assert any("beyond the range" in text for text in warnings)


def test_no_labelled_pixel_names_its_cause(tmp_path: Path, folder: Path) -> None:
    before, after, label = make_pair(0)
    after[1] = 0
    files = {
        "before": (write(tmp_path / "a.tif", before),),
        "after": (write(tmp_path / "b.tif", after, nodata=0),),
        "labels": (write(tmp_path / "l.tif", label),),
    }
    common = {"model": str(folder / "model.safetensors"), "detector": str(tmp_path / "d.safetensors"), **SHORT}
    with pytest.raises(InputError, match=r"band 2 of .*b\.tif"):
        planned(**files, **common, radiometry="none")
    good = write(tmp_path / "good.tif", make_pair(0)[1])
    unknown = write(tmp_path / "u.tif", np.full_like(label, 255), nodata=255)
    with pytest.raises(InputError, match=r"labels of .* say nothing"):
        planned(**{**files, "after": (good,), "labels": (unknown,)}, **common, radiometry="none")
