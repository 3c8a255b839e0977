"""Drawing from a bank: usable places alone, the same for any strip, and what a scene's deviations say."""

from collections.abc import Sequence

import numpy as np
import pytest

from qgis_ddpm.core.exemplar import draw as drawing
from qgis_ddpm.core.exemplar.bank import Bank, Part, bank_windows, build_bank, coarsest_level
from qgis_ddpm.core.exemplar.draw import DrawnStrip, Exemplar, describe_bank, draw, drawn_comparisons
from qgis_ddpm.core.raster.types import Counts, Window


def part(seed: int, side: int = 96) -> Part:
    random = np.random.default_rng(seed)
    rows, cols = np.indices((side, side))
    base = 100.0 * (rows + 7 * np.sin(cols / 8.0) > side / 2)
    pixels = (base + random.normal(0, 5, (2, side, side))).astype(np.float32)
    valid = np.ones((side, side), dtype=bool)
    valid[10:14, 40:60] = False
    return Part(seed, 0, 0, pixels, valid)


def bank_of(parts: Sequence[Part]) -> Bank:
    bank = build_bank(parts)
    assert bank is not None
    return bank


def drawn(bank: Bank, area: Window) -> Counts:
    exemplar = Exemplar(bank, list(describe_bank(bank, 0)))
    return np.concatenate([done.places for done in draw(exemplar, area, 0, 0, 32) if isinstance(done, DrawnStrip)])


def test_places_are_valid_and_lead_back_to_their_piece() -> None:
    bank = bank_of([part(3), part(4)])
    places = drawn(bank, (-20, 5000, 70, 50))
    assert places.shape == (70, 50)
    assert bank.valid.ravel()[places].all()
    pixels = bank.take(places)
    pieces = {3: bank.parts[0], 4: bank.parts[1]}
    for row, col in ((0, 0), (35, 20), (69, 49)):
        piece, source_row, source_col = bank.origin(int(places[row, col]))
        assert np.array_equal(pieces[piece].pixels[:, source_row, source_col], pixels[:, row, col])
    assert 0.6 < pixels.std() / bank.pixels[:, bank.valid].std() < 1.4


def test_strips_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "ATTEMPTS", 1)
    bank = bank_of([part(0, 64)])
    area = (7, 9, 110, 16)
    whole = drawn(bank, area)
    monkeypatch.setattr(drawing, "STRIP_ROWS", 64)
    assert (drawn(bank, area) == whole).mean() > 0.999
    assert drawn_comparisons(bank, area) > 0


def test_scales_and_windows_follow_the_size_of_the_imagery() -> None:
    assert [coarsest_level([side]) for side in (20, 48, 100, 377, 5000)] == [1, 1, 2, 4, 4]
    assert bank_windows([(100, 200), (50, 60)], 30000, 64, 0) == [(0, (0, 0, 100, 200)), (1, (0, 0, 50, 60))]
    windows = bank_windows([(1000, 1000)], 300_000, 256, 0)
    assert len(windows) == 4
    assert all(number == 0 and row + tall <= 1000 and col + wide <= 1000 for number, (row, col, tall, wide) in windows)
    assert windows != bank_windows([(1000, 1000)], 300_000, 256, 1)


def test_nothing_usable_gives_no_bank() -> None:
    pixels = np.ones((1, 64, 64), dtype=np.float32)
    assert build_bank([Part(0, 0, 0, pixels, np.zeros((64, 64), dtype=bool))]) is None
    sparse = np.indices((64, 64)).sum(axis=0) % 3 == 0
    assert build_bank([Part(0, 0, 0, pixels, sparse)]) is None
