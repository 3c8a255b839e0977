"""Comparisons of settings: what is run, what is not run again, and what a stop leaves."""

import json
import time
from contextlib import ExitStack
from typing import get_args

import numpy as np
import pytest
import rasterio
from PIL import Image

from qgis_ddpm.core import run
from qgis_ddpm.core.comparison import measure, yardstick
from qgis_ddpm.core.comparison import plan as compare_plan
from qgis_ddpm.core.comparison import run as compare
from qgis_ddpm.core.comparison.outcome import Outcome
from qgis_ddpm.core.dry_run import estimate
from qgis_ddpm.core.model import load_model
from qgis_ddpm.core.progress import value_of
from qgis_ddpm.core.training import setup as training_setup
from qgis_ddpm.core.training.inputs import open_training_tiles
from qgis_ddpm.core.training.trainer import Trainer
from qgis_ddpm.errors import InputError, JobError
from qgis_ddpm.events import Cancelled, Metric, Note, Progress
from qgis_ddpm.jobs import CompareSettings
from qgis_ddpm.jobs.compare import Study

SMALL = {
    "tile_px": 16,
    "batch_size": 4,
    "base_channels": 8,
    "channel_multipliers": "1",
    "attention_at_px": "0",
    "patch_px": 2,
    "samples": 8,
    "tiles": 8,
    "repeats": 1,
}
GRID = "prediction: [edm, v]\nlearning_rate: [1e-3]\n"


@pytest.fixture(autouse=True)
def few_steps(monkeypatch):
    monkeypatch.setattr(yardstick, "FEATURE_STEPS", 2)
    monkeypatch.setattr(yardstick, "REAL_TILES", 16)
    monkeypatch.setattr(yardstick, "LOSS_TILES", 4)
    monkeypatch.setattr(measure, "SAMPLE_CALLS", 2)
    monkeypatch.setattr(measure, "SEARCHED_TILES", 8)
    monkeypatch.setattr(training_setup, "STATISTICS_TILES", 64)


@pytest.fixture
def trained(monkeypatch):
    """The predictions of the trainings that were begun."""
    begun = []
    train_model = compare.train_model

    def watched(job, kind):
        begun.append(job.prediction)
        return train_model(job, kind)

    monkeypatch.setattr(compare, "train_model", watched)
    return begun


def job(scene, place, grid=GRID, **changes):
    (place / "grid.yaml").write_text(grid)
    fields = {"input": (str(scene.before),), "grid": str(place / "grid.yaml"), "report": str(place / "r.html")}
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
    # Curves, real tiles, and for each setting its rows.
    assert page.count("data:image/png") == 2 + 2
    assert "after 25 %, 50 %, 75 %, 100 % of the training; last row: the training tile nearest" in page
    assert "prediction v, learning_rate 1e-3" in page
    assert "With one repeat nothing tells a difference from chance" in page
    rows = (tmp_path / "e" / "figures.csv").read_text().splitlines()
    assert len(rows) == 3
    assert outputs["BEST"] in rows[1] + rows[2]
    assert not list((tmp_path / "e").glob("*.0.*safetensors"))
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
    planned = plan_of(job(scene, tmp_path, **long))
    first = planned.name(0, 0)
    (tmp_path / "e").mkdir()
    outcome = Outcome(planned.settings[0], 0, planned.lengths[0], tiles_seen=2000)
    outcome.figures = {"validation_loss": 0.5, "kid": 0.1}
    (tmp_path / "e" / f"{first}.json").write_text(json.dumps(vars(outcome)))
    events = run(job(scene, tmp_path, **long))
    for event in events:
        if isinstance(event, Progress) and "tiles/s" in event.text:
            break
    last = events.throw(Cancelled())
    assert last.kept == {"EXPERIMENT": str(tmp_path / "e"), "REPORT": str(tmp_path / "r.html")}
    assert list(events) == []
    assert trained == ["v"]
    assert "1 of 2 trainings are missing" in (tmp_path / "r.html").read_text()
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
        ("minutes: [1, 2]", "BUDGET says how much"),
        ("split_seed: [1, 2]", "one split holds"),
        ("steps: [0]", "STEPS is 0"),
        ("sampler: [euler]", "SAMPLER is 'euler'"),
        ("list: 3", "list has to hold settings"),
        ("{}", "asks for 0 settings"),
        (f"seed: {list(range(100))}\nmax_images: {list(range(1, 101))}", "10,000 settings"),
        ("bands: ['1', '2']", "same data"),
        ("loss: l2", "list of values"),
        ("loss: []", "list of values"),
        ("loss: [l2, l3]", "LOSS is 'l3'"),
        ("attention_at_px: ['0', '5']", "ATTENTION_AT_PX"),
        (f"seed: {list(range(501))}\nloss: [l2, l1]", "1,002 settings"),
    ],
)
def test_a_grid_that_cannot_be_run_is_refused_before_anything_is_trained(scene, tmp_path, grid, words, trained):
    with pytest.raises(JobError, match=words):
        list(run(job(scene, tmp_path, grid)))
    assert trained == []
    assert [path.name for path in tmp_path.iterdir()] == ["grid.yaml"]


def test_an_estimate_checks_all_settings_and_trains_none(scene, tmp_path, trained):
    events = list(estimate(job(scene, tmp_path)))
    assert any("2 settings, 2 trainings of 8 tiles, and 16 samples" in note_of(event) for event in events)
    assert events[-1].outputs["NETWORK_CALLS"] == 16
    assert not (tmp_path / "r.html").exists()
    assert trained == []
    with pytest.raises(JobError, match="LOSS is 'l3'"):
        list(estimate(job(scene, tmp_path, "loss: [l2, l3]")))


def test_paths_in_a_grid_are_relative_to_it(scene, tmp_path):
    (tmp_path / "m.safetensors").write_bytes(b"")
    settings = job(scene, tmp_path, "init_model: [m.safetensors]\nloss: [l2, l1]").settings()
    assert settings == [{"init_model": str(tmp_path / "m.safetensors"), "loss": loss} for loss in ("l2", "l1")]


def plan_of(job):
    with ExitStack() as stack:
        return value_of(compare_plan.plan(job, stack))


def test_samplings_share_a_training_and_repeats_have_seeds_of_their_own(scene, tmp_path, trained):
    grid = "list:\n  - {steps: 1, guidance: 1}\n  - {steps: 2, guidance: 2}\n"
    asked = job(scene, tmp_path, grid, repeats=2, experiment=str(tmp_path / "e"))
    outputs = list(run(asked))[-1].outputs
    assert outputs["SETTINGS"] == 2
    models = sorted((tmp_path / "e").glob("*.safetensors"))
    assert len(models) == 2
    cards = [load_model(path).card for path in models]
    assert {card.training["job"].get("seed", 0) for card in cards} == {0, 10007}
    assert all(card.guidance == 2 for card in cards)
    assert "does not differ" in (tmp_path / "r.html").read_text()


def test_work_is_equal_by_tiles_by_gflop_or_by_minutes(scene, tmp_path):
    sizes = "base_channels: [8, 16]\n"
    by_work = plan_of(job(scene, tmp_path, sizes, tiles=400))
    assert by_work.gflops[1] > 2 * by_work.gflops[0]
    assert by_work.lengths[0] == [400, None]
    assert by_work.lengths[1][0] * by_work.gflops[1] == pytest.approx(400 * by_work.gflops[0], rel=0.02)
    assert plan_of(job(scene, tmp_path, sizes, tiles=400, budget="tiles")).lengths == [[400, None]] * 2
    assert plan_of(job(scene, tmp_path, tiles=400)).lengths == [[400, None]] * 2
    assert plan_of(job(scene, tmp_path, sizes, tiles=None, minutes=2)).lengths == [[None, 2.0]] * 2
    with pytest.raises(JobError, match="BUDGET is minutes, but MINUTES is empty"):
        job(scene, tmp_path, budget="minutes")


def test_lists_of_the_dialog_files_and_studies_go_together(scene, tmp_path):
    fields = {"input": (str(scene.before),), "report": "r.html"}
    ticked = CompareSettings(**fields, schedules=("linear", "edm"), learning_rates="0.001,0.002")
    assert len(ticked.settings()) == 4
    assert ticked.settings()[1] == {"schedule": "linear", "learning_rate": 0.002}
    beside = job(scene, tmp_path, "loss: [l1, l2]\nlist:\n  - {prediction: v}\n  - {prediction: [x0, v], loss: l1}\n")
    assert [len(setting) for setting in beside.settings()] == [1, 1, 1, 2, 2]
    for study in get_args(Study):
        assert 4 <= len(CompareSettings(**fields, study=study).settings()) <= 12
        plan_of(CompareSettings(**fields, study=study))
    with pytest.raises(JobError, match="Nothing is varied"):
        CompareSettings(**fields)


@pytest.mark.parametrize("images", [False, True])
def test_no_tile_that_is_judged_by_was_trained_on(scene, tmp_path, images):
    """The audit: for every seed, number of images and tile size, no pixel that is judged by is trained on."""
    if images:
        fields = {"input": (), "folder": str(tmp_path / "images")}
        (tmp_path / "images").mkdir()
        for number in range(60):
            rows, cols = np.mgrid[:40, :40]
            picture = np.stack([rows, cols, np.full_like(rows, number)], axis=2).astype(np.uint8)
            Image.fromarray(picture).save(tmp_path / "images" / f"{number:02d}.png")
        grid = "seed: [0, 1, 2]\nmax_images: [10, 40]\ntile_px: [16, 32]\n"
    else:
        raster = tmp_path / "places.tif"
        with rasterio.open(raster, "w", "GTiff", 200, 240, 1, dtype="float64", crs="EPSG:32633") as file:
            file.write(np.arange(48000, dtype=np.float64).reshape(1, 240, 200))
        fields, grid = {"input": (str(raster),)}, "seed: [0, 1, 2]\ntile_px: [8, 16]\n"
    planned = plan_of(job(scene, tmp_path, grid, tile_px=None, **fields))
    common = {
        size: value_of(open_training_tiles(planned.job.training({"tile_px": size}, **planned.fields)))
        for size in {planned.training(number, 0).tile_px for number in range(len(planned.settings))}
    }

    def marks(tiles, side):
        batch = getattr(tiles, side)(0, 400).pixels
        low, high = tiles.scalings[-1].low, tiles.scalings[-1].high
        values = batch[:, -1] * (high - low) / 2 + (high + low) / 2
        return set(np.rint(values).astype(int).ravel().tolist())

    judged_by = {size: marks(tiles, "validation_batch") for size, tiles in common.items()}
    assert all(judged_by.values())
    for number, setting in enumerate(planned.settings):
        for repeat in (0, 1):
            tiles = value_of(open_training_tiles(planned.training(number, repeat)))
            trained_on = marks(tiles, "batch")
            for kept in judged_by.values():
                assert not trained_on & kept, setting


def note_of(event):
    return event.text if isinstance(event, Note) else ""


def test_a_damaged_record_is_named(scene, tmp_path):
    name = plan_of(job(scene, tmp_path)).name(0, 0)
    (tmp_path / "e").mkdir()
    (tmp_path / "e" / f"{name}.json").write_text("{")
    with pytest.raises(InputError, match=r"prediction=edm.*json is damaged"):
        list(run(job(scene, tmp_path, experiment=str(tmp_path / "e"))))
