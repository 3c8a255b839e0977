"""Distances of maps against those of their pixels, and what the tables keep."""

import numpy as np
import pytest
import torch

from qgis_ddpm.core.change import feature_distance as feature_fit
from qgis_ddpm.core.change.feature_distance import MapDistance, MapTable, mean_squared
from qgis_ddpm.core.pairs.irmad import fit_irmad

NONE = (np.zeros(4), np.zeros(4))


def maps(seed: int) -> torch.Tensor:
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(6, 4, 8, 8, generator=generator).cumsum(dim=1)


def rows(date: torch.Tensor) -> np.ndarray:
    return date.permute(0, 2, 3, 1).reshape(-1, 4).numpy()


def test_distance_of_maps_is_that_of_their_pixels() -> None:
    before, after = maps(0), maps(0) + 0.5 * maps(1)
    fit = fit_irmad(rows(before), rows(after), NONE)
    found = MapDistance(fit, torch.device("cpu")).squared(before, after)
    assert found.shape == (6, 1, 8, 8)
    expected = np.square(fit.distance(rows(before), rows(after)))
    assert np.abs(found.numpy().ravel() - expected).max() < 1e-5 * expected.max()


def test_maps_of_all_sizes_are_averaged_at_full_size() -> None:
    before, after = maps(0), maps(1)
    distance = MapDistance(fit_irmad(rows(before), rows(after), NONE), torch.device("cpu"))
    even = [(torch.zeros(2, 4, 8, 8), torch.ones(2, 4, 8, 8)), (torch.zeros(2, 4, 3, 3), torch.ones(2, 4, 3, 3))]
    found = mean_squared([distance, distance], iter(even), (16, 16))
    assert found.shape == (2, 16, 16)
    assert np.abs(found - distance.squared(*even[0])[0, 0, 0, 0].item()).max() < 1e-5


def test_a_table_does_not_depend_on_batches_and_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feature_fit, "MAX_ROWS", 100)
    before, after = maps(0), maps(1)
    valid = torch.ones(6, 8, 8, dtype=torch.bool)
    valid[:, :, 0] = False
    fits = []
    for size in (1, 4, 6):
        table = MapTable()
        for start in range(0, 6, size):
            part = slice(start, start + size)
            table.add(before[part], after[part], valid[part])
        assert 50 < sum(map(len, table._before)) <= 100
        fits.append(table.fit())
    assert all((fit.before == fits[0].before).all() for fit in fits)


def test_a_table_holds_no_more_memory_than_its_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feature_fit, "MAX_ROWS", 100)
    table = MapTable()
    for seed in range(9):
        table.add(maps(seed), maps(seed + 1), torch.ones(6, 8, 8, dtype=torch.bool))
    for rows_of_windows in (table._before, table._after):
        held = [each if each.base is None else each.base for each in rows_of_windows]
        assert sum(each.nbytes for each in held) <= 4 * 4 * 100
