"""Heads that leave out other pairs each: what they learn, which pairs judge them, what is drawn, and what is kept."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from qgis_ddpm.card import read_detector_card
from qgis_ddpm.core import run
from qgis_ddpm.core.detector import load_detector
from qgis_ddpm.core.detector_training.cross_fit.crops import CropStore, choose_crops, choose_windows
from qgis_ddpm.core.detector_training.cross_fit.folds import BY_ALL, NOTHING, BlockFolds, PairFolds, folds_of
from qgis_ddpm.core.detector_training.cross_fit.pair_counts import PairCounts
from qgis_ddpm.core.detector_training.feature_cache import FeatureCache
from qgis_ddpm.core.detector_training.labelled_tiles import LabelCounts
from qgis_ddpm.core.dry_run import estimate
from qgis_ddpm.core.model import load_model
from qgis_ddpm.errors import JobError
from qgis_ddpm.events import Cancelled, Metric, Note, Progress, Result
from qgis_ddpm.jobs import AssessChanges, DetectChanges, TrainDetector
from tests.core.makers.labelled import make_pair, write, write_folder, write_model

SHORT = {"tiles": 640, "seeds": 2, "learning_rate": 1e-2, "device": "cpu"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """model.safetensors, and pairs of images in data/."""
    folder = tmp_path_factory.mktemp("folds")
    write_model(folder / "model.safetensors")
    write_folder(folder / "data", ("a", "b", "c", "d"))
    return folder


def job(base: Path, name: str = "d", **fields: Any) -> TrainDetector:
    inputs = {"model": str(base / "model.safetensors"), "folder": str(base / "data")}
    return TrainDetector(**{**inputs, **SHORT, "detector": str(base / f"{name}.safetensors"), **fields})


@pytest.fixture(scope="module")
def trained(folder: Path) -> tuple[Path, list[Any]]:
    """The path of a detector with an experiment and a report, and the events of its training."""
    files = {"experiment": str(folder / "experiment"), "report": str(folder / "report.html")}
    return folder / "d.safetensors", list(run(job(folder, **files)))


def test_the_default_head_learns_to_find_change_elsewhere(
    tmp_path: Path, folder: Path, trained: tuple[Path, list[Any]]
) -> None:
    path, events = trained
    assert isinstance(events[-1], Result)
    assert events[-1].outputs["F1"] > 0.8
    before, after, label = make_pair(77)
    files = {"before": write(tmp_path / "a.tif", before), "after": write(tmp_path / "b.tif", after)}
    output, reference = str(tmp_path / "o.tif"), write(tmp_path / "l.tif", label)
    *_, last = run(DetectChanges(**files, output=output, detector=str(path), device="cpu"))
    assert last.outputs["THRESHOLD_USED"] == read_detector_card(str(path)).threshold
    *_, assessed = run(AssessChanges(predicted=output, reference=reference))
    assert assessed.outputs["F1"] > 0.8


def test_the_report_and_the_card_tell_of_every_pair(folder: Path, trained: tuple[Path, list[Any]]) -> None:
    path, events = trained
    card = read_detector_card(str(path))
    assert card.head["kind"] == "topdown"
    # Two that leave pairs out, and two that leave none out.
    assert (card.head["members"], card.head["plain"]) == (4, 4)
    found = card.training["f1_of_pairs"]
    assert len(found) == 4
    assert card.training["mean_f1_of_pairs"] == pytest.approx(np.mean(list(found.values())), abs=0.02)
    notes = " ".join(event.text for event in events if isinstance(event, Note))
    assert "each of 2 heads leaves other pairs out" in notes
    report = (folder / "report.html").read_text(encoding="utf-8")
    assert report.count("head 1") == report.count("head 2") == 2
    rows = (folder / "experiment" / "metrics.csv").read_text().splitlines()
    assert rows[0] == "tiles,seconds,training_loss,f1,tiles_per_second"
    assert rows[-1].startswith("640,")


def test_equal_jobs_give_equal_bytes_also_stopped_and_taken_up(folder: Path, trained: tuple[Path, list[Any]]) -> None:
    whole = trained[0].read_bytes()
    again = job(folder, "again", experiment=str(folder / "again"))
    events = run(again)
    for event in events:
        if isinstance(event, Progress) and "loss" in event.text and event.done > 300:
            break
    last = events.throw(Cancelled())
    assert isinstance(last, Cancelled)
    assert set(last.kept) == {"DETECTOR", "EXPERIMENT"}
    assert list(events) == []
    load_detector(str(again.detector), load_model(folder / "model.safetensors"))
    notes = [event.text for event in run(again) if isinstance(event, Note)]
    assert any(text.startswith("Going on from") for text in notes)
    assert Path(str(again.detector)).read_bytes() == whole
    states = [load_file(folder / name / "checkpoint.safetensors") for name in ("experiment", "again")]
    assert states[0].keys() == states[1].keys()
    assert all(torch.equal(value, states[1][name]) for name, value in states[0].items())


def test_a_siamese_head_needs_no_features(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr("qgis_ddpm.core.model.denoiser.DiffusionModel.features", fail)
    *_, last = run(job(folder, "siamese", head="siamese"))
    assert isinstance(last, Result)
    assert last.outputs["F1"] > 0.7


def test_compare_trains_the_same_without_the_model(folder: Path) -> None:
    report = folder / "compared.html"
    events = list(run(job(folder, "compared", tiles=96, compare=True, report=str(report))))
    notes = [event.text for event in events if isinstance(event, Note)]
    assert sum(text.startswith("COMPARE: ") for text in notes) == 3
    assert "random weights" in notes[-1]
    page = report.read_text(encoding="utf-8")
    for name in ("What the model was worth", "siamese: an encoder of its own", "local means of the bands alone"):
        assert name in page


def test_compare_is_for_heads_that_leave_pairs_out(folder: Path) -> None:
    with pytest.raises(JobError, match="Only topdown and siamese can be compared"):
        job(folder, head="linear", compare=True)


def test_two_pairs_keep_blocks_apart(folder: Path, tmp_path: Path) -> None:
    data = write_folder(tmp_path / "two", ("a", "b"))
    events = list(run(job(folder, "two", folder=str(data))))
    notes = " ".join(event.text for event in events if isinstance(event, Note))
    assert "are kept apart to be measured on" in notes
    assert events[-1].outputs["F1"] > 0.7


def test_a_dry_run_tells_the_cost(folder: Path) -> None:
    outputs = list(estimate(job(folder, "dry")))[-1].outputs
    assert outputs["NETWORK_CALLS"] >= 2 * 640
    assert outputs["SECONDS"] > 0
    assert not (folder / "dry.safetensors").exists()


def test_a_cancel_before_the_first_figure_leaves_nothing(folder: Path) -> None:
    events = run(job(folder, "cancelled"))
    for event in events:
        assert not isinstance(event, Metric)
        if isinstance(event, Progress) and event.text == "features":
            break
    last = events.throw(Cancelled())
    assert isinstance(last, Cancelled)
    assert not last.kept
    assert not list(folder.glob("cancelled*"))


def counts(*changed: int, tiles: int = 4) -> list[LabelCounts]:
    """Pairs of tiles x tiles tiles of 64 pixels, with so many changed pixels in their first tile."""
    made = []
    for number in changed:
        of_tiles = np.zeros((tiles, tiles), np.int64)
        of_tiles[0, 0] = number
        made.append(LabelCounts(of_tiles, np.full((tiles, tiles), 64)))
    return made


def test_every_pair_is_left_out_by_one_head_and_those_kept_for_validation_by_all() -> None:
    parts = [None, None, None, None, None, "validation"]
    folds = folds_of(counts(9, 1, 0, 5, 7, 3), parts, 3, 8, 0.2, 0)
    assert isinstance(folds, PairFolds)
    assert folds.of_pair[5] == BY_ALL
    assert folds.of_heads(3) == [0, 1, 2, NOTHING, NOTHING]
    # The three with the most change are in folds of their own.
    assert len({folds.of_pair[pair] for pair in (0, 4, 3)}) == 3
    assert {place.pair for place in folds.places(False, True, 8)} == {0, 1, 3, 4}
    assert {place.pair for place in folds.places(True, True, 8)} == {0, 1, 3, 4, 5}
    few = [LabelCounts(np.ones((4, 4), np.int64), np.full((4, 4), 64)) for _ in range(2)]
    assert isinstance(folds_of([*few, *counts(0, 0)], [None] * 4, 3, 8, 0.2, 0), BlockFolds)
    assert isinstance(folds_of([*few, *few], [None] * 4, 1, 8, 0.2, 0), BlockFolds)


def test_windows_stand_for_all_of_their_kind_in_their_pair() -> None:
    folds = PairFolds(counts(9, 1, tiles=40), [None] * 2, 2, 0)
    windows = choose_windows(folds, 8, 2, 0)
    assert len(windows) < 200
    for pair in (0, 1):
        assert sum(each.weight for each in windows if each.place.pair == pair) == pytest.approx(400)


def test_half_of_the_crops_have_change_where_there_are_as_many() -> None:
    places = choose_crops(PairFolds(counts(9, 9, 9), [None] * 3, 3, 0), 8, 8, 0)
    assert len(places) == 8
    assert sum((place.row, place.col) == (0, 0) for place in places) == 3


@pytest.fixture
def crops() -> CropStore:
    rng = np.random.default_rng(0)
    cache = FeatureCache([(2, 16, 16)] * 2, 6, 1 << 20, ".")
    for number in range(6):
        cache.put(number, [torch.from_numpy(rng.normal(size=(2, 16, 16)).astype(np.float32)) for _ in range(2)])
    labels = torch.zeros(6, 16, 16, dtype=torch.uint8)
    labels[:4, 6:10, 6:10] = 1
    return CropStore(cache, labels, [0, 0, 0, 1, 1, 1], True)


def test_what_is_drawn_depends_on_the_seed_and_the_tiles_seen_alone(crops: CropStore) -> None:
    first = crops.draw(3, 32, 8)
    crops.draw(3, 0, 8)
    again = crops.draw(3, 32, 8)
    assert all(torch.equal(torch.as_tensor(a), torch.as_tensor(b)) for a, b in zip(first, again, strict=True))
    assert not torch.equal(first.before, crops.draw(4, 32, 8).before)
    assert first.before.shape == (8, 2, 8, 8)


def test_a_tile_drawn_for_its_change_shows_some(crops: CropStore) -> None:
    drawn = crops.draw(0, 0, 400)
    assert (drawn.labels == 1).flatten(1).any(1).float().mean() >= 0.5


def test_pairs_and_kinds_are_drawn_alike_often(crops: CropStore) -> None:
    drawn = crops.draw(0, 0, 4000)
    # Half with change, of which half of pair 1; all without change are of pair 1.
    assert (drawn.pairs == 1).mean() == pytest.approx(0.75, abs=0.03)


def test_a_threshold_suits_the_pairs_alike_not_their_pixels_together() -> None:
    counted = PairCounts()
    for pair, size, at in ((0, 4000, 3.0), (1, 40, -1.0), (2, 40, -1.0)):
        logits = torch.full((1, 2, 1, 2 * size), 0.0)
        logits[0, 1, 0, :size], logits[0, 1, 0, size:] = at + 0.5, at - 0.5
        labels = torch.cat([torch.ones(size), torch.zeros(size)])[None, None].to(torch.uint8)
        counted.add(pair, 1.0, logits, labels)
    f1, threshold = counted.best()
    # At -1 two of three are right, at 3 one is; of the pixels most are of the latter.
    assert -1.5 < threshold < -0.5
    assert f1 == pytest.approx((1 + 1 + 2 / 3) / 3, abs=1e-6)
    figures = counted.of_pairs(threshold)
    assert [round(each.f1, 3) for each in figures] == [0.667, 1.0, 1.0]
    assert all(each.best_f1 == 1.0 for each in figures)
    counts_of_all = counted.pooled()
    assert counts_of_all.counts.sum() == pytest.approx(8160, abs=3)
