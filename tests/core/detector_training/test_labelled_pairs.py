"""Pairs with labels: which files go together, what labels mean, and what users get wrong."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from qgis_ddpm.core.detector_training.labelled_pairs import LabelledPairs, OpenPair, PairReading
from qgis_ddpm.core.detector_training.pair_files import PairFiles, list_pairs, pair_notes
from qgis_ddpm.errors import InputError, JobError
from qgis_ddpm.jobs import TrainDetector
from tests.core.makers.labelled import make_pair, model_card, write, write_folder


def job(**fields: Any) -> TrainDetector:
    return TrainDetector(**{"model": "m.safetensors", "detector": "d.safetensors", "radiometry": "none", **fields})


def of_folder(folder: Path) -> list[PairFiles]:
    return list_pairs((), (), (), str(folder))


def parts(pairs: list[PairFiles]) -> dict[str, str | None]:
    return {pair.name: pair.part for pair in pairs}


def test_a_folder_is_paired_by_name(tmp_path: Path) -> None:
    write_folder(tmp_path, ("b", "a"))
    (tmp_path / "A" / "notes.txt").write_text("no image")
    pairs = of_folder(tmp_path)
    assert parts(pairs) == {"a": None, "b": None}
    assert [Path(path).parts[-2:] for path in pairs[0][1:4]] == [("A", "a.png"), ("B", "a.png"), ("label", "a.png")]
    assert [note.text for note in pair_notes(pairs)] == ["Pair a.png, a.png, a.png.", "Pair b.png, b.png, b.png."]


def test_lists_say_what_is_for_validation(tmp_path: Path) -> None:
    write_folder(tmp_path, ("a", "b", "c", "d"), "OUT")
    (tmp_path / "list").mkdir()
    for name, text in (("train", "a.png\nb.png\n\n"), ("val", "c.png"), ("test", "d.png")):
        (tmp_path / "list" / f"{name}.txt").write_text(text)
    pairs = of_folder(tmp_path)
    assert parts(pairs) == {"a": "training", "b": "training", "c": "validation"}
    assert "Pair for validation: c.png, c.png, c.png." in [note.text for note in pair_notes(pairs)]
    (tmp_path / "list" / "val.txt").write_text("z.png")
    with pytest.raises(InputError, match="list names z"):
        of_folder(tmp_path)


def test_folders_say_what_is_for_validation(tmp_path: Path) -> None:
    write_folder(tmp_path / "train", ("a",))
    assert parts(of_folder(tmp_path)) == {"a": None}
    write_folder(tmp_path / "val", ("b",))
    assert parts(of_folder(tmp_path)) == {"a": "training", "b": "validation"}


def test_a_folder_that_is_none_of_that_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        of_folder(tmp_path / "none")
    with pytest.raises(InputError, match="has no folder A"):
        of_folder(tmp_path)
    (tmp_path / "A").mkdir()
    with pytest.raises(InputError, match="B cannot be read: No such file"):
        of_folder(tmp_path)
    write_folder(tmp_path, ("a", "b"))
    (tmp_path / "label" / "b.png").unlink()
    with pytest.raises(InputError, match=r"A.b\.png has no image of this name in .*label"):
        of_folder(tmp_path)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "FOLDER too"),
        ({"before": ("a.tif",), "after": ("b.tif",)}, "LABELS 0"),
        ({"before": ("a.tif", "c.tif"), "after": ("b.tif",), "labels": ("l.tif",)}, "BEFORE names 2 rasters, AFTER 1"),
        ({"folder": "f", "noise_levels": "-1"}, "NOISE_LEVELS"),
        ({"folder": "f", "bands": "0"}, "BANDS"),
        ({"folder": "f", "head": "mine"}, "HEAD"),
    ],
)
def test_a_wrong_job_is_refused(fields: dict[str, Any], words: str) -> None:
    with pytest.raises(JobError, match=words):
        job(**fields)


@pytest.fixture
def layers(tmp_path: Path) -> dict[str, str]:
    before, after, label = make_pair(0)
    return {
        "before": write(tmp_path / "a.tif", before),
        "after": write(tmp_path / "b.tif", after),
        "labels": write(tmp_path / "l.tif", label * np.uint8(254)),
    }


@pytest.fixture
def opened() -> Iterator[Callable[..., OpenPair]]:
    """Open the pair of some layers."""
    every: list[LabelledPairs] = []

    def open_pair(layers: dict[str, str], bands: int = 3) -> OpenPair:
        files = list_pairs(*((layers[name],) for name in ("before", "after", "labels")), None)
        every.append(LabelledPairs(files, PairReading(model_card(bands))))
        return every[-1].get(0)

    yield open_pair
    for pairs in every:
        pairs.close()


def test_any_nonzero_label_is_change_and_windows_may_reach_beyond(
    layers: dict[str, str], opened: Callable[..., OpenPair]
) -> None:
    before, _, label = make_pair(0)
    window = opened(layers).read(100, -8, 40, 40)
    assert (window.labels[:28, 8:] == label[100:, :32]).all()
    assert (window.labels[28:] == 255).all()
    assert (window.labels[:, :8] == 255).all()
    assert (window.before[:, :28, 8:] == before[:, 100:, :32]).all()


def test_a_shift_moves_the_second_date_alone(layers: dict[str, str], opened: Callable[..., OpenPair]) -> None:
    pair = opened(layers)
    plain, moved = pair.read(20, 20, 32, 32), pair.read(20, 20, 32, 32, (1, -1))
    assert (moved.before == plain.before).all()
    assert (moved.labels == plain.labels).all()
    assert (moved.after[:, :-1, 1:] == plain.after[:, 1:, :-1]).all()


def test_labels_of_other_grids_kinds_and_nodata(
    tmp_path: Path, layers: dict[str, str], opened: Callable[..., OpenPair]
) -> None:
    square = [[500200, 4999800], [500400, 4999800], [500400, 4999500], [500200, 4999500], [500200, 4999800]]
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32633"}}
    feature = {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [square]}}
    path = tmp_path / "l.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "crs": crs, "features": [feature]}))
    found = opened({**layers, "labels": str(path)}).read(0, 0, 128, 128).labels
    expected = np.zeros((128, 128))
    expected[20:50, 20:40] = 1
    assert (found == expected).all()
    _, _, label = make_pair(0)
    pair = opened({**layers, "labels": write(tmp_path / "zero.tif", label, nodata=0)})
    assert (pair.read(0, 0, 128, 128).labels == label).all()
    assert any("taken as no change" in note.text for note in pair.notes)
    label[:10] = 255
    pair = opened({**layers, "labels": write(tmp_path / "gaps.tif", label, nodata=255)})
    assert ((pair.read(0, 0, 128, 128).labels == 255) == (label == 255)).all()


def test_files_that_do_not_fit_are_named_in_one_sentence(
    tmp_path: Path, layers: dict[str, str], opened: Callable[..., OpenPair]
) -> None:
    before, after, label = make_pair(0)
    with pytest.raises(InputError, match=r"The model has 4 bands, but .*a\.tif gives 3"):
        opened(layers, bands=4)
    with pytest.raises(InputError, match=r"none\.tif does not exist"):
        opened({**layers, "after": str(tmp_path / "none.tif")})
    away = write(tmp_path / "away.tif", label, transform=make_away())
    with pytest.raises(InputError, match=r"LABELS .*away\.tif does not overlap the pair of .*a\.tif"):
        opened({**layers, "labels": away})
    images = {
        "before": write(tmp_path / "a.png", before),
        "after": write(tmp_path / "b.png", after[:, :100]),
        "labels": write(tmp_path / "l.png", label),
    }
    with pytest.raises(InputError, match=r"a\.png is 128 x 128 px and .*b\.png 128 x 100 px"):
        opened(images)
    images |= {"after": write(tmp_path / "b.png", after), "labels": write(tmp_path / "s.png", label[:64])}
    with pytest.raises(InputError, match=r"LABELS .*s\.png cannot be laid on the pair of .*128 x 64 px"):
        opened(images)


def make_away() -> Any:
    from affine import Affine

    return Affine(10, 0, 900000, 0, -10, 5000000)


def test_few_pairs_are_open_at_a_time(tmp_path: Path) -> None:
    write_folder(tmp_path, tuple(f"p{number:02d}" for number in range(10)))
    pairs = LabelledPairs(of_folder(tmp_path), PairReading(model_card(3)))
    for index in (*range(10), 0):
        assert pairs.get(index).name == f"p{index:02d}"
    assert len(pairs._open) == 8
    pairs.close()
    assert not pairs._open


def test_standard_levels_take_haze_away_and_keep_change(tmp_path: Path) -> None:
    write_folder(tmp_path, ("a",))
    pairs = LabelledPairs(of_folder(tmp_path), PairReading(model_card(3), standardize=True))
    window = pairs.get(0).read(0, 0, 128, 128)
    unchanged = window.labels == 0
    # The second date is 1.05 times the first plus 6, with noise of 2 in each.
    assert np.abs(np.mean((window.after - window.before)[:, unchanged])) < 1.5
    for date in (window.before, window.after):
        assert date[:, unchanged].mean() == pytest.approx(127.5, abs=5)
        assert date[:, unchanged].std() == pytest.approx(0.5 * 127.5, rel=0.15)
    assert (window.after - window.before)[:, ~unchanged].mean() > 100
    pairs.close()
