"""Which tiles train and which validate, and what is done to a tile."""

from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import numpy as np
import pytest

from qgis_ddpm.core.detector_training.labelled_pairs import LabelledPairs, PairReading
from qgis_ddpm.core.detector_training.labelled_tiles import (
    LabelCounts,
    LabelSplit,
    TilePlace,
    choose_places,
    count_tiles,
    read_tile,
)
from qgis_ddpm.core.detector_training.pair_files import list_pairs
from qgis_ddpm.core.progress import value_of
from qgis_ddpm.errors import InputError
from qgis_ddpm.events import Cancelled, Progress
from tests.core.makers.labelled import TILE_PX, make_pair, model_card, write, write_folder


def open_pairs(folder: Path) -> LabelledPairs:
    return LabelledPairs(list_pairs((), (), (), str(folder)), PairReading(model_card(3)))


def counted_of(pairs: LabelledPairs) -> list[LabelCounts]:
    return value_of(count_tiles(pairs))


def test_tiles_are_counted_by_place(tmp_path: Path) -> None:
    counted = counted_of(open_pairs(write_folder(tmp_path, ("a", "b"))))
    for seed, each in enumerate(counted):
        label = make_pair(seed)[2]
        assert (each.changed == label.reshape(4, 32, 4, 32).sum(axis=(1, 3))).all()
        assert (each.known == 32 * 32).all()


def test_labels_without_change_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no change at all in 2 pairs"):
        counted_of(open_pairs(write_folder(tmp_path, ("a", "b"), value=0)))


def grids(*changed: list[list[int]]) -> list[LabelCounts]:
    return [LabelCounts(np.array(each), np.full(np.shape(each), 1024)) for each in changed]


def test_both_parts_have_change_and_do_not_share_a_block() -> None:
    rng = np.random.default_rng(0)
    counted = grids(*(rng.integers(0, 500, (12, 12)) * (rng.random((12, 12)) < 0.3) for _ in range(3)))
    split = LabelSplit(counted, [None] * 3, TILE_PX, 0.2, 0)
    assert split.block_px == 4 * TILE_PX
    assert split.share() == pytest.approx(0.2, abs=0.05)
    training = split.places(False, True) + split.places(False, False)
    held = split.places(True, True) + split.places(True, False)
    assert len(training) + len(held) == 3 * 144
    blocks = [{(p.pair, p.row // split.block_px, p.col // split.block_px) for p in part} for part in (training, held)]
    assert not blocks[0] & blocks[1]
    share = sum(counted[p.pair].changed[p.row // 32, p.col // 32] for p in held) / sum(c.changed.sum() for c in counted)
    assert 0.08 < share < 0.4
    # Another seed, other blocks.
    assert LabelSplit(counted, [None] * 3, TILE_PX, 0.2, 1).places(True, True) != split.places(True, True)


def test_what_a_data_set_says_is_kept() -> None:
    split = LabelSplit(grids([[5, 0]], [[0, 7]]), ["training", "validation"], TILE_PX, 0.2, 0)
    assert {p.pair for p in split.places(True, True)} == {1}
    assert {p.pair for p in split.places(False, True)} == {0}
    assert split.validation_pixels(1, -5, 20).all()
    assert not split.validation_pixels(0, 0, 0).any()


@pytest.mark.parametrize(("changed", "parts"), [([[[9, 0]]], [None]), ([[[9]], [[0]]], ["training", "validation"])])
def test_change_in_one_place_alone_is_refused(changed: list[Any], parts: list[Any]) -> None:
    with pytest.raises(InputError, match="would have none of it"):
        LabelSplit(grids(*changed), parts, TILE_PX, 0.2, 0)


def test_half_of_the_tiles_have_change_and_plain_ones_come_first() -> None:
    changed = [[50 if row == col else 0 for col in range(8)] for row in range(8)]
    split = LabelSplit(grids(changed, changed), [None, None], TILE_PX, 0.25, 0)
    with_change, without = len(split.places(False, True)), len(split.places(False, False))
    training, validation = choose_places(split, 60, True, 0)
    assert len(training) == 60
    assert sum(place.row == place.col for place in training) == 30
    assert sum(not place.augmented for place in training) == with_change + min(without, 30)
    assert len({place.number for place in training + validation}) == len(training) + len(validation)
    assert not any(place.augmented for place in validation)
    few, _ = choose_places(split, 1000, False, 0)
    assert len(few) == with_change + without


def test_a_tile_keeps_pixels_and_labels_together(tmp_path: Path) -> None:
    before, _, label = make_pair(0)
    # Dates that show their labels: wherever an augmentation puts a pixel, its label has to be there too.
    marked = np.where(label, 250, 5).astype(np.uint8) * np.ones((3, 1, 1), np.uint8)
    for name, pixels in (("A", marked), ("B", marked), ("label", label)):
        write(tmp_path / name / "a.png", pixels)
    pairs = open_pairs(tmp_path)
    split = LabelSplit(counted_of(pairs), [None], TILE_PX, 0.2, 0)
    seen = set()
    for number in range(40):
        tile = read_tile(pairs, split, TilePlace(0, 32, 32, number, True), 0, False)
        seen.add(tile.labels.tobytes())
        known = tile.labels != 255
        middles = [(date.max() + date.min()) / 2 for date in (tile.before, tile.after)]
        agree = []
        for date, middle in zip((tile.before, tile.after), middles, strict=True):
            if known.any() and np.ptp(date) > 0.5:
                agree.append(((date[0] > middle) == (tile.labels == 1))[known].mean())
        # One date may be a pixel aside.
        assert not agree or max(agree) == 1
        assert not agree or min(agree) > 0.7
    assert len(seen) > 20
    plain = read_tile(pairs, split, TilePlace(0, 32, 32, 0, False), 0, False)
    assert (plain.before == (marked[:, 32:64, 32:64] / 127.5 - 1).astype(np.float32)).all()
    assert before.shape == marked.shape


def test_a_tile_is_a_function_of_seed_and_number_and_hides_the_other_part(tmp_path: Path) -> None:
    pairs = open_pairs(write_folder(tmp_path, ("a",)))
    split = LabelSplit(counted_of(pairs), [None], TILE_PX, 0.3, 0)
    place = TilePlace(0, 32, 32, 5, True)
    tiles = [read_tile(pairs, split, place, 0, False) for _ in range(2)]
    assert all((first == second).all() for first, second in zip(*tiles, strict=True))
    other = read_tile(pairs, split, place._replace(number=6), 0, False)
    assert (other.noise != tiles[0].noise).all()
    held = split.places(True, True)[0]
    as_training = read_tile(pairs, split, held, 0, False)
    assert (as_training.labels == 255).all()
    assert (read_tile(pairs, split, held, 0, True).labels != 255).all()


def test_a_wish_to_stop_is_heard_while_a_pair_is_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    measured = []

    def slow(*_: Any) -> Iterator[Progress]:
        for number in range(40):
            measured.append(number)
            sleep(0.05)
            yield Progress(number, 40, "row of windows", "statistics")

    monkeypatch.setattr("qgis_ddpm.core.pairs.pair.read_sample", slow)
    files = list_pairs((), (), (), str(write_folder(tmp_path, ("a",))))
    pairs = LabelledPairs(files, PairReading(model_card(3), standardize=True))
    events = count_tiles(pairs)
    started = monotonic()
    assert next(events) == Progress(0, 1, "pair", "reading labels")
    assert monotonic() - started < 1
    with pytest.raises(Cancelled):
        events.throw(Cancelled())
    assert len(measured) < 20
    assert not pairs._open
