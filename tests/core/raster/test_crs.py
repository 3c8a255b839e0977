"""Points, boxes and lines in another CRS, and places that it cannot show."""

import numpy as np
import pytest
from affine import Affine
from rasterio.crs import CRS
from rasterio.warp import transform

from qgis_ddpm.core.raster.crs import reproject_bounds, reproject_lines, reproject_points
from qgis_ddpm.core.raster.earth.areas import PixelAreas

DEGREES, MERCATOR, POLAR = CRS.from_epsg(4326), CRS.from_epsg(3857), CRS.from_epsg(3413)
GLOBE = CRS.from_string("+proj=ortho +lat_0=0 +lon_0=0")


def test_points_beyond_a_pole_cost_the_others_nothing() -> None:
    latitude = np.array([[10.0, 95.0, 20.0], [-91.0, np.nan, 30.0]])
    longitude = np.full_like(latitude, 5.0)
    x, y = reproject_points(DEGREES, MERCATOR, longitude, latitude)
    good = np.abs(latitude) <= 90
    expected = transform(DEGREES, MERCATOR, longitude[good].tolist(), latitude[good].tolist())
    assert (x[good] == expected[0]).all()
    assert (y[good] == expected[1]).all()
    assert np.isnan(x[~good]).all()
    assert np.isnan(y[~good]).all()


def test_the_far_side_of_the_globe_has_no_place() -> None:
    x, _ = reproject_points(DEGREES, GLOBE, np.array([0.0, 170.0, 40.0]), np.zeros(3))
    assert np.isnan(x).tolist() == [False, True, False]
    assert reproject_bounds(GLOBE, DEGREES, (-7e6, -7e6, 7e6, 7e6)) is None
    assert reproject_bounds(DEGREES, MERCATOR, (0, 0, 1, 1)) == pytest.approx((0, 0, 111319.49, 111325.14), abs=0.01)


def test_a_line_gets_the_corners_that_its_curve_needs() -> None:
    parallel, meridian = np.array([[-60.0, 70.0], [-30.0, 70.0]]), np.array([[-45.0, 60.0], [-45.0, 80.0]])
    found = reproject_lines(DEGREES, POLAR, [parallel, meridian], 100.0)
    assert found is not None
    assert len(found) == 2
    radius = np.hypot(*found[0].T)
    # A parallel is a circle around the pole.
    assert np.ptp(radius) < 0.01
    chord = (found[0][1:] + found[0][:-1]) / 2
    assert (radius[0] - np.hypot(*chord.T)).max() < 100
    assert found[1][:, 0] == pytest.approx(0, abs=1e-3)
    assert reproject_lines(DEGREES, POLAR, [np.array([[0.0, 0.0], [0.0, 99.0]])], 100.0) is None


@pytest.mark.parametrize(
    ("crs", "area_km2"),
    [
        # 4 pi r^2 of a sphere, in metres and in feet; an ellipsoid by its two axes; one inside a datum shift.
        ("+proj=longlat +R=6371000", 510064471.9),
        (
            'GEOGCRS["x",DATUM["d",ELLIPSOID["s",20925646.3255,0,LENGTHUNIT["foot",0.3048]]],CS[ellipsoidal,2],'
            'AXIS["lat",north],AXIS["lon",east],ANGLEUNIT["degree",0.0174532925199433]]',
            511207893.4,
        ),
        ("+proj=longlat +a=6378137 +b=6356752.314245", 510065621.7),
        ("+proj=longlat +ellps=bessel +towgs84=598.1,73.7,418.2,0.202,0.045,-2.455,6.7", 509950714.1),
    ],
)
def test_the_surface_of_an_ellipsoid_however_it_is_written(crs: str, area_km2: float) -> None:
    areas = PixelAreas(Affine(1, 0, -180, 0, -1, 90), CRS.from_user_input(crs), 180, 360).read(0, 180)
    assert areas.sum() * 360 / 1e6 == pytest.approx(area_km2, rel=1e-9)
