"""Grids, windows of extents, the lattice of a CRS, and areas of pixels against closed forms."""

import numpy as np
import pytest
from affine import Affine
from rasterio.crs import CRS

from qgis_ddpm.core.raster.earth.ellipsoid import authalic_q
from qgis_ddpm.core.raster.grid import Grid
from qgis_ddpm.errors import InputError, JobError

UTM = CRS.from_epsg(32618)
DEGREES = CRS.from_epsg(4326)


def utm_grid(**changes: object) -> Grid:
    values = {"transform": Affine(30, 0, 600000, 0, -30, 4500000), "width": 200, "height": 100, "crs": UTM, **changes}
    return Grid(**values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "transform",
    [
        Affine(30, 0, 600000, 0, -30, 4500000),
        Affine(30, 0, 600015, 0, -30, 4499985),
        Affine(0.00081, 0, -74.72249, 0, -0.00081, -8.28211),
        Affine(17.3, 5, 100, 10, -8.7, 200),
        Affine.identity(),
    ],
    ids=["whole", "half a pixel off", "degrees", "rotated", "none"],
)
def test_a_window_keeps_its_place_on_the_lattice(transform: Affine) -> None:
    grid = Grid(transform, 500, 400, None)
    row, col = grid.lattice_origin()
    rng = np.random.default_rng(0)
    for down, across in rng.integers(-100000, 100000, (200, 2)):
        window = grid.subgrid(int(down), int(across), 10, 10)
        written = Grid(Affine(*(float(f"{v:.13g}") for v in window.transform[:6])), 10, 10, None)
        assert written.lattice_origin() == (row + down, col + across)


def test_the_lattice_counts_down_from_the_origin_of_the_crs() -> None:
    assert utm_grid().lattice_origin() == (-150000, 20000)
    assert utm_grid(transform=Affine(30, 0, 600003, 0, -30, 4499997)).lattice_origin() == (-150000, 20000)


def test_bounds_of_a_rotated_grid_hold_all_corners() -> None:
    grid = Grid(Affine(np.sqrt(3), 1, 0, 1, -np.sqrt(3), 0), 10, 20, UTM)
    c, s = np.cos(np.pi / 6), 0.5
    assert np.abs(np.array(grid.bounds) - (0, -40 * c, 20 * c + 40 * s, 20 * s)).max() < 1e-9
    assert np.abs(np.array(grid.pixel_size) - 2).max() < 1e-12


@pytest.mark.parametrize(
    ("changes", "same"),
    [
        ({}, True),
        ({"transform": Affine(30, 0, 600000.02, 0, -30, 4500000)}, True),
        ({"transform": Affine(30, 0, 600001, 0, -30, 4500000)}, False),
        ({"transform": Affine(30.001, 0, 600000, 0, -30, 4500000)}, False),
        ({"width": 201}, False),
        ({"crs": CRS.from_epsg(32617)}, False),
        ({"crs": None}, False),
    ],
)
def test_same_grids(changes: dict[str, object], same: bool) -> None:
    assert utm_grid().is_same(utm_grid(**changes)) is same


def test_windows_snap_outward_and_are_cut_to_the_grid() -> None:
    grid = utm_grid()
    assert grid.window_of((600030, 4499400, 600090, 4499970)) == (1, 1, 19, 2)
    assert grid.window_of((600031, 4499401, 600091, 4499969)) == (1, 1, 19, 3)
    # Coordinates that were rounded on their way do not add a pixel.
    assert grid.window_of((600029.999, 4499399.999, 600090.001, 4499970.001)) == (1, 1, 19, 2)
    assert grid.window_of((599000, 4000000, 700000, 4499970)) == (1, 0, 99, 200)
    assert grid.window_around((599970, 4499970, 600030, 4500030)) == (-1, -1, 2, 2)
    assert grid.window_of((600010, 4499990, 600011, 4499991)) == (0, 0, 1, 1)


def test_an_extent_of_another_crs_is_transformed() -> None:
    _row, _col, height, width = utm_grid().window_of((-73.8, 40.63, -73.79, 40.64), "EPSG:4326")
    # A hundredth of a degree of longitude is 845 m here, one of latitude 1110 m.
    assert abs(width * 30 - 845) < 80
    assert abs(height * 30 - 1110) < 80
    with pytest.raises(JobError, match="has no CRS"):
        utm_grid(crs=None).window_of((-73.8, 40.63, -73.79, 40.64), "EPSG:4326")
    with pytest.raises(InputError, match=r"no CRS. Give a code"):
        utm_grid().window_of((-73.8, 40.63, -73.79, 40.64), "EPSG:999999")


def test_an_extent_beside_the_raster_is_refused() -> None:
    with pytest.raises(InputError, match=r"0,10,0,10 does not touch the raster, which covers 600000,606000,44"):
        utm_grid().window_of((0, 0, 10, 10))


def test_areas_in_degrees_add_up_to_the_surface_of_the_earth() -> None:
    globe = Grid(Affine(0.5, 0, -180, 0, -0.5, 90), 720, 360, DEGREES)
    areas = globe.pixel_areas_m2()
    assert areas is not None
    assert areas.shape == (360,)
    # Surface of WGS84 as given in its definition, 510 065 621.724 km2.
    assert abs(areas.sum() * 720 / 510065621.724e6 - 1) < 1e-11
    assert np.abs(areas - areas[::-1]).max() < 1e-3


def test_areas_of_small_pixels_match_the_radii_of_curvature() -> None:
    latitude, step = np.radians(-8.3), 0.00081
    grid = Grid(Affine(step, 0, -74.7, 0, -step, -8.3 + step / 2), 10, 1, DEGREES)
    a, f = 6378137.0, 1 / 298.257223563
    e2 = f * (2 - f)
    w = 1 - e2 * np.sin(latitude) ** 2
    expected = (a * (1 - e2) / w**1.5) * (a / np.sqrt(w)) * np.cos(latitude) * np.radians(step) ** 2
    found = grid.pixel_areas_m2()
    assert found is not None
    assert abs(found[0] / expected - 1) < 1e-8


def test_areas_use_the_unit_and_ellipsoid_of_the_crs() -> None:
    feet = Grid(Affine(10, 0, 1e6, 0, -10, 2e5), 10, 10, CRS.from_epsg(2263)).pixel_areas_m2(2, 3)
    assert feet is not None
    assert np.abs(feet - (10 * 1200 / 3937) ** 2).max() < 1e-9
    assert len(feet) == 3
    # The meridian of Paris has no part in areas, but grads have, and so has the ellipsoid of Clarke.
    grads = Grid(Affine(0.5, 0, -200, 0, -0.5, 100), 800, 400, CRS.from_epsg(4807)).pixel_areas_m2()
    a, f = 6378249.2, 1 / 293.466021293627
    surface = 2 * np.pi * a**2 * authalic_q(np.array([np.pi / 2]), f)[0]
    assert grads is not None
    assert abs(grads.sum() * 800 / surface - 1) < 1e-11
    assert utm_grid().pixel_areas_m2(0, 2).tolist() == [900.0, 900.0]  # type: ignore[union-attr]
    assert utm_grid(crs=None).pixel_areas_m2() is None


def test_areas_in_web_mercator_are_true() -> None:
    mercator = Grid(Affine(30, 0, 0, 0, -30, 8399738), 10, 10, CRS.from_epsg(3857))
    areas = mercator.pixel_areas_m2()
    # At 60 degrees a metre of this projection is half a metre.
    assert areas is not None
    assert np.abs(areas / 225 - 1).max() < 0.01
