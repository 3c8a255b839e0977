"""A raster with a palette as its colours: what is read, what is hidden, and who reads numbers all the same."""

import numpy as np
import pytest
import rasterio
from affine import Affine
from PIL import Image
from rasterio.enums import ColorInterp

from qgis_ddpm.core.raster.grid import Grid
from qgis_ddpm.core.raster.imagery import raster_openers
from qgis_ddpm.core.raster.labels import open_labels
from qgis_ddpm.core.raster.source import RasterSource

PLACE = Affine(10, 0, 500000, 0, -10, 5000000)
COLOURS = {0: (10, 20, 30, 255), 1: (200, 100, 50, 255), 2: (0, 0, 255, 255), 3: (9, 9, 9, 0)}


def write(path, numbers, colours=COLOURS, **more):
    numbers = numbers if numbers.ndim == 3 else numbers[None]
    count, height, width = numbers.shape
    shape = {"count": count, "height": height, "width": width, "dtype": numbers.dtype.name}
    with rasterio.open(path, "w", "GTiff", transform=PLACE, crs="EPSG:32633", **shape, **more) as file:
        file.write(numbers)
        file.write_colormap(1, colours)
    return str(path)


@pytest.fixture
def numbers():
    return np.random.default_rng(0).integers(0, 3, (20, 30)).astype(np.uint8)


def read(path, **more):
    with RasterSource(path, palette="colours", **more) as source:
        return (*source.read(0, 0, *source.grid.shape), source)


@pytest.mark.parametrize("dtype", ["uint8", "uint16"])
def test_colours_are_those_of_the_palette(tmp_path, numbers, dtype):
    pixels, valid, source = read(write(tmp_path / "a.tif", numbers.astype(dtype)))
    table = np.array([COLOURS[number][:3] for number in range(3)])
    assert valid.all()
    assert (pixels == table[numbers].transpose(2, 0, 1)).all()
    assert (source.band_names, source.dtypes) == (("red", "green", "blue"), ("uint8",) * 3)
    assert ["palette" in note for note in source.notes] == [True]


def test_bands_are_chosen_among_colours(tmp_path, numbers):
    path = write(tmp_path / "a.tif", numbers)
    whole, _, _ = read(path)
    some, _, source = read(path, bands=(3, 1))
    assert (some == whole[[2, 0]]).all()
    assert source.band_names == ("blue", "red")


@pytest.mark.parametrize(
    ("more", "override", "hidden"),
    [
        ({"nodata": 1}, {}, 1),
        ({}, {"nodata": 2}, 2),
        ({"nodata": 1}, {"nodata": None}, None),
        ({"nodata": 1}, {"nodata": 0}, 0),
    ],
)
def test_nodata_is_a_number_of_the_palette_and_the_layer_wins(tmp_path, numbers, more, override, hidden):
    pixels, valid, _ = read(write(tmp_path / "a.tif", numbers, **more), override=override)
    assert (valid == (numbers != hidden)).all()
    assert not pixels[:, ~valid].any()


def test_what_has_no_colour_is_hidden(tmp_path):
    image = Image.fromarray(np.array([[0, 1, 2], [2, 1, 0]], np.uint8))
    image.putpalette([10, 20, 30, 200, 100, 50, 0, 0, 255])
    # The second colour is transparent.
    image.save(tmp_path / "a.png", transparency=1)
    pixels, valid, _ = read(str(tmp_path / "a.png"))
    assert (valid == [[True, False, True], [True, False, True]]).all()
    assert pixels[:, 0, 2].tolist() == [0, 0, 255]


def test_colours_are_resampled_and_numbers_are_not_mixed(tmp_path, numbers):
    path = write(tmp_path / "a.tif", (numbers > 0).astype(np.uint8))
    with rasterio.open(path) as file:
        shifted = Grid(file.transform * Affine.translation(0.5, 0), 28, 20, file.crs)
    pixels, valid, _ = read(path, onto=shifted)
    assert valid.any()
    red = pixels[0][valid]
    # Halfway between two colours, which is no colour of the palette.
    assert ((red > 90) & (red < 120)).any()


def test_labels_and_masks_keep_their_numbers(tmp_path, numbers):
    path = write(tmp_path / "a.tif", numbers)
    with RasterSource(path) as source:
        assert (source.read(0, 0, 20, 30)[0][0] == numbers).all()
        assert source.notes == []
        with open_labels("LABELS", path, source.grid) as labels:
            assert (labels.read(0, 0, 20, 30)[0] == (numbers != 0)).all()
        source.hide_by(path)
        assert (source.read(0, 0, 20, 30)[1] == (numbers == 0)).all()


def test_training_reads_colours(tmp_path, numbers):
    (opener,) = raster_openers([write(tmp_path / "a.tif", numbers)], None, lambda _: {})
    with opener() as source:
        assert source.count == 3


def test_a_palette_among_several_bands_is_told_and_read_as_it_is(tmp_path, numbers):
    path = write(tmp_path / "a.tif", np.stack([numbers, numbers]))
    with rasterio.open(path, "r+") as file:
        file.colorinterp = (ColorInterp.palette, ColorInterp.undefined)
    with rasterio.open(path) as file:
        kinds = file.colorinterp
    pixels, _, source = read(path)
    assert (pixels == numbers).all()
    assert any("palette" in note for note in source.notes) == (kinds[0] == ColorInterp.palette)
