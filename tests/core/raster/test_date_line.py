"""Places over 180 degrees, from 0 to 360 against -180 to 180, and around the poles: boxes, extents and pixels."""

from pathlib import Path

import numpy as np
import pytest
import rasterio
from affine import Affine
from numpy.typing import NDArray
from rasterio.crs import CRS
from rasterio.warp import transform

from qgis_ddpm.core.raster.grid import Grid
from qgis_ddpm.core.raster.source import RasterSource, open_mask
from qgis_ddpm.errors import InputError

DEGREES, UTM, MERCATOR, POLAR = (CRS.from_epsg(code) for code in (4326, 32601, 3857, 3413))
TURN_M = 40075016.68557849


def degrees(left: float, top: float, step: float, width: int, height: int) -> Grid:
    return Grid(Affine(step, 0, left, 0, -step, top), width, height, DEGREES)


# Zone 1 at 180 degrees, 68 north.
OVER_180 = Grid(Affine(100, 0, 362600, 0, -100, 7555900), 240, 200, UTM)
OVER_180_MERCATOR = Grid(Affine(500, 0, 1.99e7, 0, -500, 1.10e7), 600, 1200, MERCATOR)


def field(grid: Grid) -> NDArray[np.float64]:
    """A smooth function of the place on the Earth, the same in any turn, about 5 to 15, at a grid's pixels."""
    columns, rows = np.meshgrid(np.arange(grid.width) + 0.5, np.arange(grid.height) + 0.5)
    t = grid.transform
    x, y = t.a * columns + t.b * rows + t.c, t.d * columns + t.e * rows + t.f
    longitude, latitude = np.radians(transform(grid.crs, DEGREES, x.ravel(), y.ravel()))
    points = np.array([np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude), np.sin(latitude)])
    return (10 + 3 * points[0] + points[1] + points[2]).reshape(grid.shape)


def write(path: Path, grid: Grid, pixels: NDArray[np.floating] | None = None) -> str:
    values = (field(grid) if pixels is None else pixels).astype(np.float32)
    profile = {"count": 1, "dtype": "float32", "height": grid.height, "width": grid.width}
    with rasterio.open(path, "w", "GTiff", crs=grid.crs, transform=grid.transform, **profile) as dataset:
        dataset.write(values[None])
    return str(path)


@pytest.mark.parametrize(
    ("grid", "extent", "crs", "expected"),
    [
        (degrees(170, 70, 0.5, 40, 20), (-179, 61, -175, 65), None, (10, 22, 8, 8)),
        (degrees(170, 70, 0.5, 40, 20), (179, 61, 181, 65), "EPSG:4326", (10, 18, 8, 4)),
        (degrees(170, 70, 0.5, 40, 20), (-181, 61, -179, 65), "EPSG:4326", (10, 18, 8, 4)),
        (degrees(0, 90, 1, 360, 180), (-20, 0, -10, 10), "EPSG:4326", (80, 340, 10, 10)),
        (degrees(-180, 90, 1, 360, 180), (340, 0, 350, 10), None, (80, 160, 10, 10)),
        # On both ends of the raster: what lies between is in the window, too.
        (degrees(0, 90, 1, 360, 180), (-20, 0, 10, 10), None, (80, 0, 10, 360)),
        (degrees(-180, 90, 1, 360, 180), (175, 0, 185, 10), None, (80, 0, 10, 360)),
        # As long as an extent lies on the raster it is not moved.
        (degrees(-180, 90, 1, 360, 180), (-20, 0, 10, 10), None, (80, 160, 10, 30)),
        (Grid(Affine(1000, 0, 2e7, 0, -1000, 1e7), 300, 300, MERCATOR), (-2e7, 9.8e6, -1.99e7, 9.9e6), None,
         (100, 75, 100, 101)),
    ],
)  # fmt: skip
def test_extents_are_found_in_any_turn(
    grid: Grid, extent: tuple[float, float, float, float], crs: str | None, expected: tuple[int, int, int, int]
) -> None:
    assert grid.window_of(extent, crs) == expected


@pytest.mark.parametrize(
    "grid",
    [
        degrees(170, 75, 0.01, 2000, 1000),
        degrees(-190, 75, 0.01, 2000, 1000),
        degrees(0, 90, 0.05, 7200, 3600),
        OVER_180_MERCATOR,
        Grid(Affine(500, 0, 1.99e7 - TURN_M, 0, -500, 1.10e7), 600, 1200, MERCATOR),
        Grid(Affine(500, 0, 3.2e6, 0, -500, 1.08e7), 600, 1200, CRS.from_epsg(3832)),
        Grid(Affine(500, 0, -3e6, 0, -500, 3e6), 12000, 12000, POLAR),
    ],
    ids=["degrees", "degrees below -180", "0 to 360", "Mercator", "Mercator from the west", "Pacific", "polar"],
)
def test_an_extent_of_another_crs_over_180_is_as_small_as_it_is(grid: Grid) -> None:
    left, bottom, right, top = OVER_180.bounds
    row, col, height, width = grid.window_of((left, bottom, right, top), "EPSG:32601")
    window = grid.subgrid(row, col, height, width)
    back = OVER_180.box_of(window)
    assert back is not None
    size = max(right - left, top - bottom)
    assert back[0] < left + 600
    assert back[2] > right - 600
    assert back[1] < bottom + 600
    assert back[3] > top - 600
    assert back[2] - back[0] < 3 * size
    assert back[3] - back[1] < 3 * size


def test_an_extent_of_the_whole_earth_is_the_whole_raster() -> None:
    for extent in ((-180.0, -90.0, 180.0, 90.0), (0.0, -90.0, 360.0, 90.0)):
        assert OVER_180.window_of(extent, "EPSG:4326") == (0, 0, 200, 240)
        assert degrees(170, 70, 0.5, 40, 20).window_of(extent, "EPSG:4326") == (0, 0, 20, 40)


@pytest.mark.parametrize("crs", [None, "EPSG:4326"])
def test_an_extent_beside_the_raster_is_refused_in_every_turn(crs: str | None) -> None:
    for west in (-400.0, -40.0, 320.0):
        with pytest.raises(InputError, match="does not touch"):
            degrees(170, 70, 0.5, 40, 20).window_of((west, 61, west + 10, 65), crs)


def test_a_raster_from_0_to_360_changes_its_halves_over(tmp_path: Path) -> None:
    own, grid = degrees(0, 90, 1, 360, 180), degrees(-180, 90, 1, 360, 180)
    pixels = np.random.default_rng(0).random((180, 360)).astype(np.float32)
    with RasterSource(write(tmp_path / "a.tif", own, pixels), onto=grid) as source:
        read, valid = source.read(0, 0, 180, 360)
        assert valid.all()
        assert (read[0] == np.roll(pixels, 180, axis=1)).all()
        part, _ = source.read(20, 170, 30, 20)
        assert (part[0] == read[0, 20:50, 170:190]).all()
    with RasterSource(write(tmp_path / "b.tif", grid, pixels), onto=own) as source:
        assert (source.read(0, 0, 180, 360)[0][0] == np.roll(pixels, 180, axis=1)).all()


@pytest.mark.parametrize("turns", [-1, 0, 1, 2])
def test_a_part_lies_where_it_lies_in_any_turn(tmp_path: Path, turns: int) -> None:
    pixels = np.random.default_rng(0).random((20, 40)).astype(np.float32)
    path = write(tmp_path / "a.tif", degrees(170 + 360 * turns, 70, 0.5, 40, 20), pixels)
    with RasterSource(path, onto=degrees(170, 70, 0.5, 40, 20)) as source:
        read, valid = source.read(0, 0, 20, 40)
        assert valid.all()
        assert (read[0] == pixels).all()
    with RasterSource(path, onto=degrees(-180, 90, 0.5, 720, 360)) as source:
        read, valid = source.read(0, 0, 360, 720)
        assert valid.sum() == 800
        assert (read[0, 40:60, 700:] == pixels[:, :20]).all()
        assert (read[0, 40:60, :20] == pixels[:, 20:]).all()


@pytest.mark.parametrize(
    ("own", "grid"),
    [
        (degrees(-180, 90, 0.1, 3600, 1800), OVER_180),
        (degrees(0, 90, 0.1, 3600, 1800), OVER_180),
        (degrees(170, 75, 0.01, 2000, 1000), OVER_180),
        (degrees(-190, 75, 0.01, 2000, 1000), OVER_180),
        (OVER_180, degrees(179.75, 68.05, 0.001, 500, 100)),
        (OVER_180, degrees(-180.25, 68.05, 0.001, 500, 100)),
        (OVER_180_MERCATOR, OVER_180),
        (OVER_180, Grid(Affine(100, 0, 2.001e7, 0, -100, 1.0460e7), 500, 300, MERCATOR)),
        (Grid(Affine(500, 0, 1.99e7 - TURN_M, 0, -500, 1.10e7), 600, 1200, MERCATOR), OVER_180),
        (degrees(-180, 90, 0.1, 3600, 1800), OVER_180_MERCATOR),
        (degrees(-180, 90, 0.25, 1440, 720), Grid(Affine(40000, 0, -3e6, 0, -40000, 3e6), 150, 150, POLAR)),
        (degrees(0, 90, 0.25, 1440, 720), Grid(Affine(40000, 0, -3e6, 0, -40000, 3e6), 150, 150, POLAR)),
        # The pole lies in no cell that is tried by chance.
        (degrees(0, 90, 0.25, 1440, 720), Grid(Affine(2000, 0, -5.7e5, 0, -2000, 1.43e5), 400, 400, POLAR)),
        (degrees(-180, 90, 0.1, 3600, 1800), degrees(170.03, 75, 0.07, 300, 300)),
    ],
)
@pytest.mark.parametrize("method", ["bilinear", "nearest"])
def test_pixels_over_180_and_at_the_poles_are_those_of_their_place(
    tmp_path: Path, own: Grid, grid: Grid, method: str
) -> None:
    with RasterSource(write(tmp_path / "a.tif", own), onto=grid, resampling=method) as source:  # type: ignore[arg-type]
        read, valid = source.read(0, 0, *grid.shape)
        assert valid.mean() > 0.97
        # Half a pixel's diagonal in degrees, by the field's slope of less than 3.4 a radian; half of it is curvature.
        degrees_px = own.pixel_size[0] if own.crs == DEGREES else 0.02
        assert np.abs(read[0] - field(grid))[valid].max() < 3.4 * np.radians(0.71 * degrees_px)
        for row, col, height, width in ((0, 0, 30, 40), (60, 37, 21, 50), (97, 100, 3, 1)):
            part, there = source.read(row, col, height, width)
            assert (part[0] == read[0, row : row + height, col : col + width]).all()
            assert (there == valid[row : row + height, col : col + width]).all()


def test_a_mask_from_minus_180_hides_what_lies_beyond_180(tmp_path: Path) -> None:
    hidden = np.zeros((360, 720))
    hidden[40:60, :10] = hidden[50:60, 710:] = 1
    mask = open_mask(write(tmp_path / "m.tif", degrees(-180, 90, 0.5, 720, 360), hidden), degrees(170, 70, 0.5, 40, 20))
    found = mask.read(0, 0, 20, 40)[0][0] != 0
    mask.close()
    expected = np.zeros((20, 40), bool)
    expected[:, 20:30] = expected[10:, 10:20] = True
    assert (found == expected).all()
