"""Areas of pixels in projections of every kind, against a quadrature that shares no line with them."""

import numpy as np
import pytest
from affine import Affine
from rasterio.crs import CRS

from benchmarks.pixel_areas import CASES, Case, block_area, compare
from qgis_ddpm.core.raster.grid import Grid


def grid_of(case: Case) -> Grid:
    return Grid(case.transform, case.width, case.height, CRS.from_user_input(case.crs))


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_areas_are_those_on_the_ellipsoid(case: Case) -> None:
    worst, whole, _ = compare(case, 40)
    assert worst < 1e-3
    assert whole < 1e-3


def test_the_quadrature_knows_the_surface_of_the_earth() -> None:
    globe = next(case for case in CASES if case.name == "degrees, -180 to 180")
    assert block_area(globe, 0, 0, 720, 1440) == pytest.approx(510065621.724e6, rel=1e-11)
    polar = next(case for case in CASES if case.name == "NSIDC north polar, whole")
    parts = sum(block_area(polar, row, col, 200, 200) for row in (0, 200) for col in (0, 200))
    assert block_area(polar, 0, 0, 400, 400) == pytest.approx(parts, rel=1e-5)


@pytest.mark.parametrize(
    "name", ["NSIDC south polar, whole", "degrees, turned", "Web Mercator", "UTM 1 S over 180, 17 S"]
)
def test_strips_of_any_height_give_the_same_areas(name: str) -> None:
    grid = grid_of(next(case for case in CASES if case.name == name))
    areas = grid.pixel_areas()
    assert areas is not None
    whole = areas.read(0, 200)
    for rows in (1, 7, 128):
        strips = [areas.read(row, min(rows, 200 - row)) for row in range(0, 200, rows)]
        assert (np.concatenate(strips) == whole).all()


def test_one_area_a_row_where_a_row_has_one() -> None:
    rows = {case.name: np.ndim(grid_of(case).pixel_areas_m2(0, 3)) for case in CASES}  # type: ignore[arg-type]
    assert {name for name, dimensions in rows.items() if dimensions == 1} == {
        "UTM 60 N over 180, 66 N",
        "UTM in the middle of a zone",
        "Fiji over 180",
        "Pacific Mercator over 180",
        "Web Mercator",
        "degrees, -180 to 180",
        "degrees, 0 to 360",
        # On a sphere, where it is no other thing than degrees.
        "rotated pole",
    }


def test_areas_are_none_beyond_the_earth() -> None:
    disk = Grid(Affine(1e5, 0, -8e6, 0, -1e5, 8e6), 160, 160, CRS.from_string("+proj=ortho +lat_0=0 +lon_0=180"))
    areas = disk.pixel_areas_m2()
    assert areas is not None
    assert areas.shape == (160, 160)
    assert (areas[:10] == 0).all()
    assert np.isfinite(areas).all()
    # Within 0.8 of the radius lie two fifths of half a sphere; beyond, pixels become ever steeper.
    centre = (np.arange(160) - 79.5) * 1e5
    inside = np.hypot(centre, centre[:, None]) < 0.8 * 6371007.2
    assert areas[inside].sum() == pytest.approx(0.4 * 255032810.862e6, rel=0.02)
    assert areas[80, 80] == pytest.approx(1e10, rel=1e-3)


@pytest.mark.parametrize("unit", ["m", "us-ft", "km"])
def test_the_unit_of_a_projection_counts(unit: str) -> None:
    metres = {"m": 1.0, "us-ft": 1200 / 3937, "km": 1000.0}[unit]
    crs = CRS.from_string(f"+proj=stere +lat_0=90 +lat_ts=70 +datum=WGS84 +units={unit}")
    transform = Affine(1000 / metres, 0, -2e6 / metres, 0, -1000 / metres, 2e6 / metres)
    found = Grid(transform, 50, 50, crs).pixel_areas_m2()
    expected = Grid(Affine(1000, 0, -2e6, 0, -1000, 2e6), 50, 50, CRS.from_epsg(3413)).pixel_areas_m2()
    assert found is not None
    # The meridian of the middle, by which these two differ, has no part in areas.
    assert found == pytest.approx(expected, rel=1e-6)


def test_pixels_of_a_hand_have_areas_as_true_as_those_of_a_country() -> None:
    large = Grid(Affine(100, 0, -2e6, 0, -100, 2e6), 10, 10, CRS.from_epsg(3413)).pixel_areas_m2()
    small = Grid(Affine(0.01, 0, -2e6, 0, -0.01, 2e6), 10, 10, CRS.from_epsg(3413)).pixel_areas_m2()
    assert large is not None
    assert small is not None
    assert small.flat[0] * 1e8 == pytest.approx(large.flat[0], rel=1e-4)
