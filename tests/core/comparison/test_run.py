"""Comparisons of settings: what is run, what is not run again, and what a stop leaves."""

import json
import time

import pytest

from qgis_ddpm.core import run
from qgis_ddpm.core.comparison import measure as compare_tiles
from qgis_ddpm.core.comparison import run as compare
from qgis_ddpm.core.dry_run import estimate
from qgis_ddpm.core.model import load_model
from qgis_ddpm.core.training import setup as training_setup
from qgis_ddpm.core.training.trainer import Trainer
from qgis_ddpm.errors import InputError, JobError
from qgis_ddpm.events import Cancelled, Metric, Note, Progress
from qgis_ddpm.jobs import CompareSettings

SMALL = {
    "tile_px": 16,
    "batch_size": 4,
    "base_channels": 8,
    "channel_multipliers": "1",
    "attention_at_px": "0",
    "patch_px": 2,
    "samples": 8,
    "tiles": 8,
}
GRID = "prediction: [edm, v]\nlearning_rate: [1e-3]\n"


@pytest.fixture(autouse=True)
def few_steps(monkeypatch):
    monkeypatch.setattr(compare_tiles, "FEATURE_STEPS", 2)
    monkeypatch.setattr(compare_tiles, "REAL_TILES", 16)
    monkeypatch.setattr(compare_tiles, "SAMPLE_CALLS", 2)
    monkeypatch.setattr(training_setup, "STATISTICS_TILES", 64)


@pytest.fixture
def trained(monkeypatch):
    """The predictions of the trainings that were begun."""
    begun = []
    train_model = compare.train_model

    def watched(job):
        begun.append(job.prediction)
        return train_model(job)

    monkeypatch.setattr(compare, "train_model", watched)
    return begun


def job(scene, folder, grid=GRID, **changes):
    (folder / "grid.yaml").write_text(grid)
    fields = {"input": (str(scene.before),), "grid": str(folder / "grid.yaml"), "report": str(folder / "r.html")}
    return CompareSettings(**{**fields, **SMALL, **changes})


@pytest.mark.timeout(600)
def test_every_setting_is_trained_judged_and_kept(scene, tmp_path, trained):
    events = list(run(job(scene, tmp_path, experiment=str(tmp_path / "e"))))
    outputs = events[-1].outputs
    assert trained == ["edm", "v"]
    assert outputs["SETTINGS"] == 2
    losses = [event.value for event in events if isinstance(event, Metric) and event.name == "validation_loss"]
    kids = [event.value for event in events if isinstance(event, Metric) and event.name == "kid"]
    assert len(losses) == len(kids) == 2
    assert (outputs["BEST_VALIDATION_LOSS"], outputs["BEST_KID"]) == (min(losses), min(kids))
    done = [event.done for event in events if isinstance(event, Progress) and event.unit == "setting"]
    assert done == sorted(done)
    assert 1.9 < done[-1] <= 2
    page = (tmp_path / "r.html").read_text()
    assert page.count("data:image/png") == 2
    assert "prediction v, learning_rate 1e-3" in page
    records = sorted((tmp_path / "e").glob("*.json"))
    assert [json.loads(path.read_text())["setting"]["prediction"] for path in records] == ["edm", "v"]
    assert load_model(records[0].with_suffix(".safetensors")).card.prediction == "edm"

    # The same again measures nothing anew, and a longer grid only what is new.
    trained.clear()
    again = list(run(job(scene, tmp_path, experiment=str(tmp_path / "e"))))[-1].outputs
    assert trained == []
    assert again == outputs
    list(run(job(scene, tmp_path, "prediction: [edm, v, x0]\nlearning_rate: [1e-3]\n", experiment=str(tmp_path / "e"))))
    assert trained == ["x0"]
    # Other data of the same name are not what was measured.
    content = scene.before.read_bytes()
    try:
        scene.before.write_bytes(content + b"more")
        with pytest.raises(JobError, match="was begun on another"):
            list(run(job(scene, tmp_path, experiment=str(tmp_path / "e"))))
    finally:
        scene.before.write_bytes(content)
    # More tiles go on from the checkpoint.
    events = list(
        run(job(scene, tmp_path, "prediction: [v]\nlearning_rate: [1e-3]\n", tiles=12, experiment=str(tmp_path / "e")))
    )
    assert any("Going on from 8 tiles" in event.text for event in events if isinstance(event, Note))


def test_a_stop_keeps_what_is_done_and_what_was_begun(scene, tmp_path, trained):
    long = {"tiles": 2000, "experiment": str(tmp_path / "e")}
    settings = job(scene, tmp_path, **long).settings()
    first = compare.name_of(job(scene, tmp_path, **long), settings[0])
    (tmp_path / "e").mkdir()
    outcome = compare.Outcome(settings[0], [2000, 5.0], validation_loss=0.5, kid=0.1, tiles_seen=2000)
    (tmp_path / "e" / f"{first}.json").write_text(json.dumps(vars(outcome)))
    events = run(job(scene, tmp_path, **long))
    for event in events:
        if isinstance(event, Progress) and "tiles/s" in event.text:
            break
    last = events.throw(Cancelled())
    assert last.kept == {"EXPERIMENT": str(tmp_path / "e"), "REPORT": str(tmp_path / "r.html")}
    assert list(events) == []
    assert trained == ["v"]
    assert "1 of 2 settings are missing" in (tmp_path / "r.html").read_text()
    events = run(job(scene, tmp_path, **long))
    notes = []
    for event in events:
        if isinstance(event, Note):
            notes.append(event.text)
        if isinstance(event, Progress) and "tiles/s" in event.text:
            break
    events.close()
    assert any("done already" in note for note in notes)
    assert any("Going on from" in note for note in notes)


def test_a_setting_that_diverges_is_a_row_and_the_others_are_run(scene, tmp_path, monkeypatch):
    step = Trainer.step

    def broken_step(self):
        step(self)
        if self.recipe.learning_rate == 0.5:
            self.loss.fill_(float("nan"))

    monkeypatch.setattr(Trainer, "step", broken_step)
    outputs = list(run(job(scene, tmp_path, "learning_rate: [0.5, 1e-3]\n")))[-1].outputs
    assert outputs["SETTINGS"] == 2
    assert "diverged" in (tmp_path / "r.html").read_text()
    assert outputs["BEST_KID"] is not None
    assert sorted(path.name for path in tmp_path.iterdir()) == ["grid.yaml", "r.html"]


def test_a_wish_to_stop_is_heard_while_the_reference_tiles_are_opened(scene, tmp_path, monkeypatch):
    plain = compare.open_training_tiles

    def slow(training):
        for part in range(100):
            time.sleep(0.2)
            yield Progress(part, 100, "raster", "reading")
        return (yield from plain(training))

    monkeypatch.setattr(compare, "open_training_tiles", slow)
    events = run(job(scene, tmp_path, experiment=str(tmp_path / "e")))
    shares = []
    for event in events:
        if isinstance(event, Progress) and "judging" in event.text:
            shares.append(event.done)
            if len(shares) == 3:
                break
    assert shares == sorted(shares)
    asked = time.monotonic()
    last = events.throw(Cancelled())
    assert time.monotonic() - asked < 1
    assert isinstance(last, Cancelled)
    assert list(events) == []


@pytest.mark.parametrize(
    ("grid", "words"),
    [
        ("lerning_rate: [1e-3]", "lerning_rate"),
        ("minutes: [1, 2]", "every setting has the same"),
        ("bands: ['1', '2']", "same data"),
        ("loss: l2", "list of values"),
        ("loss: []", "list of values"),
        ("loss: [l2, l3]", "LOSS is 'l3'"),
        ("attention_at_px: ['0', '5']", "ATTENTION_AT_PX"),
        (f"seed: {list(range(501))}\nloss: [l2, l1]", "1002 settings"),
    ],
)
def test_a_grid_that_cannot_be_run_is_refused_before_anything_is_trained(scene, tmp_path, grid, words, trained):
    with pytest.raises(JobError, match=words):
        list(run(job(scene, tmp_path, grid)))
    assert trained == []
    assert [path.name for path in tmp_path.iterdir()] == ["grid.yaml"]


def test_an_estimate_checks_all_settings_and_trains_none(scene, tmp_path, trained):
    events = list(estimate(job(scene, tmp_path)))
    assert any(
        "2 settings, each trained for 5 minutes or 8 tiles, and 16 samples" in note_of(event) for event in events
    )
    assert events[-1].outputs["NETWORK_CALLS"] == 16
    assert not (tmp_path / "r.html").exists()
    assert trained == []
    with pytest.raises(JobError, match="LOSS is 'l3'"):
        list(estimate(job(scene, tmp_path, "loss: [l2, l3]")))


def test_paths_in_a_grid_are_relative_to_it(scene, tmp_path):
    (tmp_path / "m.safetensors").write_bytes(b"")
    settings = job(scene, tmp_path, "init_model: [m.safetensors]\nloss: [l2, l1]").settings()
    assert settings == [{"init_model": str(tmp_path / "m.safetensors"), "loss": loss} for loss in ("l2", "l1")]


def note_of(event):
    return event.text if isinstance(event, Note) else ""


def test_a_damaged_record_is_named(scene, tmp_path):
    settings = job(scene, tmp_path).settings()
    name = compare.name_of(job(scene, tmp_path), settings[0])
    (tmp_path / "e").mkdir()
    (tmp_path / "e" / f"{name}.json").write_text("{")
    with pytest.raises(InputError, match=r"prediction=edm.*json is damaged"):
        list(run(job(scene, tmp_path, experiment=str(tmp_path / "e"))))
