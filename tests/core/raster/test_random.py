"""Noise belongs to a place: windows agree, and it is standard normal in every direction that matters."""

import numpy as np
import pytest

from qgis_ddpm.core.raster.random import position_noise


@pytest.mark.parametrize(("row", "col"), [(0, 0), (-100, 31), (-64, -64), (12345678, -9876543)])
def test_windows_of_one_field_agree(row: int, col: int) -> None:
    field = position_noise(7, 3, 4, (row, col, 150, 170))
    assert field.dtype == np.float32
    assert np.array_equal(field[:, 20:61, 65:140], position_noise(7, 3, 4, (row + 20, col + 65, 41, 75)))
    assert np.array_equal(field[:2], position_noise(7, 3, 2, (row, col, 150, 170)))


def test_it_is_standard_normal_and_independent() -> None:
    n = 512
    field = position_noise(0, 0, 2, (-n // 2, -n // 2, n, n)).astype(np.float64)
    others = [
        position_noise(1, 0, 2, (-n // 2, -n // 2, n, n)),
        position_noise(0, 1, 2, (-n // 2, -n // 2, n, n)),
        position_noise(0, 0, 2, (n // 2, -n // 2, n, n)),
        position_noise(0, 0, 2, (-n // 2, n // 2, n, n)),
        field[::-1],
    ]
    spread = 5 / n  # five standard errors of a mean of n^2 numbers
    assert abs(field.mean()) < spread
    assert abs(field.var() - 1) < 2 * spread
    assert abs((field**3).mean()) < 4 * spread
    assert abs((field**4).mean() - 3) < 10 * spread
    for other in others:
        assert abs((field * other).mean()) < spread
    for down, across in ((0, 1), (1, 0), (1, 1), (0, 64), (64, 0)):
        assert abs((field[:, down:, across:] * field[:, : n - down, : n - across]).mean()) < 1.2 * spread


def test_no_two_cells_are_alike() -> None:
    field = position_noise(0, 0, 3, (-128, -128, 256, 256))
    cells = field.reshape(3, 4, 64, 4, 64).transpose(0, 1, 3, 2, 4).reshape(48, -1)
    assert len(np.unique(cells, axis=0)) == 48
