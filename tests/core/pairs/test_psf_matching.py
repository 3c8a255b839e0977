"""Filters that match the detail of two dates."""

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import ndimage

from qgis_ddpm.core.pairs.irmad import fit_irmad
from qgis_ddpm.core.pairs.psf_matching import PsfFilter, PsfMoments

Image = NDArray[np.float32]
SIDE = 120


def scene(seed: int = 0, bands: int = 3) -> Image:
    """Many small houses: float32 [bands, SIDE, SIDE]."""
    rng = np.random.default_rng(seed)
    pixels = rng.normal(90, 5, (bands, SIDE, SIDE))
    for _ in range(400):
        row, col = rng.integers(0, SIDE, 2)
        height, width = rng.integers(2, 9, 2)
        pixels[:, row : row + height, col : col + width] = rng.normal(120, 30, (bands, 1, 1))
    return pixels.astype(np.float32)


def fitted(before: Image, after: Image, valid: NDArray[np.bool_] | None = None) -> list[PsfFilter | None]:
    tables = [date.reshape(len(date), -1).T for date in (before, after)]
    nothing = np.full(len(before), 1 / 12)
    fit = fit_irmad(tables[0], tables[1], (nothing, nothing))
    moments = PsfMoments(fit, tables[0].std(axis=0), tables[1].std(axis=0))
    everywhere = np.ones(before.shape[1:], dtype=bool) if valid is None else valid
    moments.add(*moments.of_window((before, after, everywhere, everywhere), 1))
    return list(moments.fit())


def blurred(pixels: Image) -> Image:
    kernel = np.array([[0.02, 0.1, 0.05], [0.1, 0.5, 0.1], [0.03, 0.08, 0.02]])
    return np.stack([ndimage.correlate(band, kernel, mode="nearest") for band in pixels])


def test_the_sharper_date_becomes_the_blurred_one_beside_change() -> None:
    sharp = scene()
    soft = (1.2 * blurred(sharp) + 7).astype(np.float32)
    soft[:, 40:60, 50:80] = scene(5)[:, 40:60, 50:80]
    changed = np.zeros((SIDE, SIDE), dtype=bool)
    changed[38:62, 48:82] = True
    first, none = fitted(sharp, soft)
    assert none is None
    assert first is not None
    assert first.explained > 0.9
    everywhere = np.ones((SIDE, SIDE), dtype=bool)
    left = 1.2 * first.apply(sharp, everywhere) + 7 - soft[:, 1:-1, 1:-1]
    was = 1.2 * sharp + 7 - soft
    assert left[:, ~changed[1:-1, 1:-1]].std() < 0.2 * was[:, ~changed].std()
    none, second = fitted(soft, sharp)
    assert none is None
    assert second is not None
    assert second.weights == pytest.approx(first.weights, abs=1e-5)


def test_colours_at_half_the_resolution_are_matched_across_bands() -> None:
    sharp = scene()
    grey = sharp.mean(axis=0)
    coarse = grey + np.stack([ndimage.uniform_filter(band - grey, 3, mode="nearest") for band in sharp])
    first, _ = fitted(sharp, coarse.astype(np.float32))
    assert first is not None
    assert first.explained > 0.9


def test_dates_that_are_equal_or_have_nothing_in_common_are_left_alone() -> None:
    pixels = scene()
    assert fitted(pixels, pixels) == [None, None]
    assert fitted(pixels, 2 * pixels + 1) == [None, None]
    assert fitted(pixels, scene(1)) == [None, None]
    noise = np.random.default_rng(0).normal(100, 20, (2, 3, 40, 40)).astype(np.float32)
    assert fitted(noise[0], noise[1]) == [None, None]
    flat = np.full((3, 50, 50), 7, dtype=np.float32)
    assert fitted(flat, flat) == [None, None]


def test_few_pixels_are_not_fitted_to_chance() -> None:
    pixels = scene()[:, :15, :15]
    assert fitted(pixels, blurred(pixels)) == [None, None]


def test_what_is_not_valid_counts_as_the_pixel_itself() -> None:
    weights = np.zeros((8, 1, 1), dtype=np.float32)
    weights[4] = 0.25  # to the right
    valid = np.ones((3, 4), dtype=bool)
    valid[1, 2] = False
    row = np.array([[1, 5, 100, 7]], dtype=np.float32)
    pixels = np.repeat(row, 3, axis=0)[None]
    assert (PsfFilter(weights, 1.0).apply(pixels, valid)[0, 0] == [5, 100 + 0.25 * (7 - 100)]).all()
