"""Points, boxes and lines in another CRS, and places that it cannot show."""

import numpy as np
import pytest
from rasterio.crs import CRS
from rasterio.warp import transform

from qgis_ddpm.core.raster.crs import moved, moved_at_once, moved_bounds, moved_lines

DEGREES, MERCATOR, POLAR = CRS.from_epsg(4326), CRS.from_epsg(3857), CRS.from_epsg(3413)
GLOBE = CRS.from_string("+proj=ortho +lat_0=0 +lon_0=0")


def test_points_beyond_a_pole_cost_the_others_nothing() -> None:
    latitude = np.array([[10.0, 95.0, 20.0], [-91.0, np.nan, 30.0]])
    longitude = np.full_like(latitude, 5.0)
    x, y = moved(DEGREES, MERCATOR, longitude, latitude)
    good = np.abs(latitude) <= 90
    expected = transform(DEGREES, MERCATOR, longitude[good].tolist(), latitude[good].tolist())
    assert (x[good] == expected[0]).all()
    assert (y[good] == expected[1]).all()
    assert np.isnan(x[~good]).all()
    assert np.isnan(y[~good]).all()
    assert moved_at_once(DEGREES, MERCATOR, longitude[good], latitude[good]) is not None
    assert moved_at_once(DEGREES, MERCATOR, longitude.ravel(), latitude.ravel()) is None


def test_the_far_side_of_the_globe_has_no_place() -> None:
    x, _ = moved(DEGREES, GLOBE, np.array([0.0, 170.0, 40.0]), np.zeros(3))
    assert np.isnan(x).tolist() == [False, True, False]
    assert moved_bounds(GLOBE, DEGREES, (-7e6, -7e6, 7e6, 7e6)) is None
    assert moved_bounds(DEGREES, MERCATOR, (0, 0, 1, 1)) == pytest.approx((0, 0, 111319.49, 111325.14), abs=0.01)


def test_a_line_gets_the_corners_that_its_curve_needs() -> None:
    def move(points: np.ndarray) -> np.ndarray | None:
        found = moved_at_once(DEGREES, POLAR, points[:, 0], points[:, 1])
        return None if found is None else np.stack(found, axis=1)

    parallel, meridian = np.array([[-60.0, 70.0], [-30.0, 70.0]]), np.array([[-45.0, 60.0], [-45.0, 80.0]])
    found = moved_lines([parallel, meridian], move, 100.0)
    assert found is not None
    assert len(found) == 2
    radius = np.hypot(*found[0].T)
    # A parallel is a circle around the pole.
    assert np.ptp(radius) < 0.01
    chord = (found[0][1:] + found[0][:-1]) / 2
    assert (radius[0] - np.hypot(*chord.T)).max() < 100
    assert found[1][:, 0] == pytest.approx(0, abs=1e-3)
    assert moved_lines([np.array([[0.0, 0.0], [0.0, 99.0]])], move, 100.0) is None
