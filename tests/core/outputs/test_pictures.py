"""Pictures: stretch, colours, transparency, sheets and sizes against values counted by hand."""

import io

import numpy as np
import pytest
from PIL import Image

from qgis_ddpm.core.outputs import pictures


@pytest.mark.parametrize(
    ("names", "bands"),
    [
        (["red", "green", "blue"], (0, 1, 2)),
        (["Blue", "Green", "Red", "NIR"], (2, 1, 0)),
        (["B", "G", "R", "RE"], (2, 1, 0)),
        (["swir1", "nir", "red", "green"], (1, 2, 3)),
        (["blue", "green", "red edge 1", "red"], (3, 1, 0)),
        (["", "", ""], (0, 1, 2)),
        ([""] * 6, (2, 1, 0)),
        (["a", "b"], (0, 0, 0)),
        ([""], (0, 0, 0)),
    ],
)
def test_choose_rgb(names, bands):
    assert pictures.choose_rgb(names) == bands


def test_the_stretch_is_that_of_valid_pixels_alone():
    values = np.arange(101, dtype=np.float32).reshape(1, 1, 101)
    pixels = np.concatenate([values, np.full((1, 1, 101), 1e6, np.float32)], axis=1)
    valid = np.array([[True] * 101, [False] * 101])
    np.testing.assert_array_equal(pictures.stretch_limits(pixels, valid), [[2.0, 98.0]])
    painted = pictures.paint_bands(pixels, valid)
    assert painted[0, 0].tolist() == [0, 0, 0, 255]
    assert painted[0, 50].tolist() == [128, 128, 128, 255]
    assert painted[0, 100].tolist() == [255, 255, 255, 255]
    assert not painted[1].any()


def test_a_constant_band_and_a_picture_without_valid_pixels_can_be_painted():
    pixels = np.full((3, 2, 2), 7, np.float32)
    assert pictures.paint_bands(pixels, np.ones((2, 2), bool))[0, 0].tolist() == [128, 128, 128, 255]
    assert not pictures.paint_bands(pixels, np.zeros((2, 2), bool)).any()


def test_shared_limits_make_pictures_comparable():
    dark, bright = np.zeros((3, 2, 2), np.float32), np.ones((3, 2, 2), np.float32)
    valid, limits = np.ones((2, 2), bool), np.tile([0.0, 1.0], (3, 1))
    assert pictures.paint_bands(dark, valid, limits=limits).max(axis=(0, 1)).tolist() == [0, 0, 0, 255]
    assert pictures.paint_bands(bright, valid, limits=limits).min(axis=(0, 1)).tolist() == [255, 255, 255, 255]


def test_scores_follow_a_ramp_that_grows_lighter():
    scores = np.linspace(0, 1, 256, dtype=np.float32)[None]
    painted = pictures.paint_scores(scores, np.ones((1, 256), bool))
    # The ends of viridis as it was published, #440154 and #fde725, rounded or cut.
    assert painted[0, 0].tolist() == [0x44, 0x01, 0x54, 255]
    assert np.abs(painted[0, 255].astype(int) - [0xFD, 0xE7, 0x25, 255]).max() <= 1
    # Relative luminance (Rec. 709) in sRGB numbers.
    assert (np.diff(painted[0, ::8, :3].astype(float) @ [0.2126, 0.7152, 0.0722]) > 0).all()
    hidden = pictures.paint_scores(np.array([[np.nan, 2.0]]), np.array([[False, True]]))
    assert hidden[0].tolist() == [[0, 0, 0, 0], painted[0, 255].tolist()]


def test_masks_and_errors_have_their_colours():
    changed, valid = np.array([[True, False, True]]), np.array([[True, True, False]])
    assert pictures.paint_mask(changed, valid)[0].tolist() == [
        list(pictures.CHANGED_COLOUR),
        list(pictures.UNCHANGED_COLOUR),
        [0, 0, 0, 0],
    ]
    codes = np.array([[0, 1, 2, 3, 255]], np.uint8)
    assert pictures.paint_errors(codes)[0].tolist() == [list(pictures.ERROR_COLOURS[c]) for c in (0, 1, 2, 3, 255)]


def test_a_contact_sheet_reads_in_rows():
    tiles = [np.full((2, 3, 4), value, np.uint8) for value in (10, 20, 30)]
    sheet = pictures.contact_sheet(tiles, columns=2, gap_px=1)
    assert sheet[..., 0].tolist() == [
        [10, 10, 10, 0, 20, 20, 20],
        [10, 10, 10, 0, 20, 20, 20],
        [0, 0, 0, 0, 0, 0, 0],
        [30, 30, 30, 0, 0, 0, 0],
        [30, 30, 30, 0, 0, 0, 0],
    ]
    assert pictures.contact_sheet(tiles * 5).shape == (4 * 4 - 2, 4 * 5 - 2, 4)


@pytest.mark.parametrize(("shape", "fitted"), [((10, 4), (40, 16)), ((100, 51), (34, 17)), ((45, 45), (45, 45))])
def test_fit_repeats_or_leaves_out_whole_pixels(shape, fitted):
    picture = np.random.default_rng(0).integers(0, 256, (*shape, 4), dtype=np.uint8)
    result = pictures.fit(picture, 45 if shape != (10, 4) else 47)
    assert result.shape[:2] == fitted
    assert set(map(tuple, result.reshape(-1, 4))) <= set(map(tuple, picture.reshape(-1, 4)))


def test_a_png_holds_the_picture_and_is_the_same_each_time():
    picture = np.random.default_rng(0).integers(0, 256, (5, 7, 4), dtype=np.uint8)
    png = pictures.to_png(picture)
    np.testing.assert_array_equal(np.asarray(Image.open(io.BytesIO(png))), picture)
    assert pictures.to_png(picture[:, ::-1][:, ::-1]) == png


def test_curves_are_the_same_bytes_each_time():
    curves = {"training": ([0, 1, 2], [3.0, 2.0, 1.0]), "validation": ([0, 2], [3.0, 1.5])}
    first, second = (pictures.plot_curves(curves, "tiles", "loss", log_y=True) for _ in range(2))
    assert first == second
    assert b"Software" not in first
    assert Image.open(io.BytesIO(first)).size == (720, 360)


def test_a_curve_of_one_point_can_be_seen():
    def orange(*points: float) -> int:
        """Pixels of the second colour: of the legend, and of what is drawn."""
        curves = {"training": ([0, 1, 2], [3.0, 2.0, 1.0]), "validation": ([2.0] * len(points), points)}
        picture = np.asarray(Image.open(io.BytesIO(pictures.plot_curves(curves, "tiles", "loss"))))
        return int((abs(picture.astype(int) - (0xE0, 0x7B, 0x28, 0xFF)) < 12).all(axis=2).sum())

    assert orange(1.5) > orange() + 20
