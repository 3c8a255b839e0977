"""Structure: what phases hold is seen, and neither contrast nor spectrum nor order of the tiles is."""

import numpy as np
import pytest

from qgis_ddpm.core.progress import value_of
from qgis_ddpm.core.quality import structure as module
from qgis_ddpm.core.quality.structure import learn_structure, structure_distance, with_other_phases


def fields(seed, count=60, bands=2, side=32):
    """Tiles of rectangles with a grain; bands that go together."""
    random = np.random.default_rng(seed)
    tiles = np.zeros((count, 1, side, side))
    for tile in tiles:
        for _ in range(12):
            row, col = random.integers(0, side, 2)
            height, width = random.integers(3, side // 2, 2)
            tile[0, row : row + height, col : col + width] = random.normal(0, 1)
    tiles = tiles * np.linspace(1, 0.5, bands)[:, None, None] + random.normal(0, 0.05, (count, bands, side, side))
    return (100 + 20 * tiles).astype(np.float32)


def measured(real, fake, seed=0):
    measure = learn_structure(real, seed)
    return structure_distance(
        *(value_of(measure.of(each)) for each in (real, fake)), value_of(measure.without(real, seed))
    )


def without_phases(tiles):
    """The tiles' spectra with phases of noise, by numpy and without what the module does about borders."""
    noise = np.random.default_rng(9).standard_normal((len(tiles), 1, *tiles.shape[2:]))
    phases = np.exp(1j * np.angle(np.fft.fft2(noise)))
    phases[..., 0, 0] = 1
    return np.fft.ifft2(np.fft.fft2(tiles) * phases).real.astype(np.float32)


def test_other_tiles_of_the_kind_miss_nothing_and_clouds_of_their_spectrum_all():
    real, other = fields(0), fields(1)
    assert measured(real, other) == pytest.approx(0, abs=0.1)
    assert measured(real, without_phases(other)) > 0.7
    half = np.concatenate([other[:30], without_phases(other[30:])])
    assert 0.2 < measured(real, half) < 0.7


def test_neither_contrast_nor_order_nor_the_size_of_parts_counts(monkeypatch):
    real, other = fields(0), fields(1)
    measure = learn_structure(real, 0)
    found = value_of(measure.of(other))
    monkeypatch.setattr(module, "PART_PIXELS", 1)
    backwards = value_of(measure.of(other[::-1].copy()))[::-1]
    assert np.abs(found - backwards).max() < 1e-4
    faint = other.mean(axis=(2, 3), keepdims=True) + 0.8 * (other - other.mean(axis=(2, 3), keepdims=True))
    assert measured(real, faint) == pytest.approx(measured(real, other), abs=0.1)


def test_other_phases_leave_spectra_and_correlations_of_bands(monkeypatch):
    # These are periodic, so what is done about borders has no place here.
    monkeypatch.setattr(module, "_periodic", lambda planes: planes)
    random = np.random.default_rng(5)
    noise = np.fft.fft2(random.normal(0, 1, (10, 1, 32, 32)))
    radius = np.hypot(np.fft.fftfreq(32)[:, None], np.fft.fftfreq(32))
    tiles = np.fft.ifft2(noise * np.exp(-((radius / 0.1) ** 2))).real * np.array([3.0, -1.0])[:, None, None] + 50
    tiles = tiles.astype(np.float32)
    drawn = with_other_phases(tiles, 0)
    assert np.abs(drawn - tiles).max() > 0.5
    amplitudes = [np.abs(np.fft.fft2(each - each.mean(axis=(2, 3), keepdims=True))) for each in (drawn, tiles)]
    assert np.abs(amplitudes[0] - amplitudes[1]).max() < 1e-3 * amplitudes[1].max()
    assert np.allclose(drawn.mean(axis=(2, 3)), tiles.mean(axis=(2, 3)), atol=1e-3)
    assert np.allclose(drawn.std(axis=(2, 3)), tiles.std(axis=(2, 3)), rtol=1e-3)
    assert np.corrcoef(drawn[:, 0].ravel() - 50, drawn[:, 1].ravel() - 50)[0, 1] < -0.999
    assert (with_other_phases(tiles[3:], 0, 3) == drawn[3:]).all()


def test_real_tiles_that_are_noise_have_nothing_to_miss():
    random = np.random.default_rng(3)
    noise = random.normal(0, 1, (2, 40, 1, 16, 16)).astype(np.float32)
    assert abs(measured(noise[0], noise[1])) < 2


@pytest.mark.parametrize(("bands", "side"), [(1, 8), (13, 16), (3, 28), (2, 33)])
def test_any_bands_and_sides(bands, side):
    real, other = fields(0, 20, bands, side), fields(1, 20, bands, side)
    real[:, 0], other[:, 0] = 7, 7
    found = measured(real, other)
    assert np.isfinite(found)
    assert abs(found) < 1.5
