"""Areas of pixels beside a quadrature on the ellipsoid that shares no line with them.

    python -m benchmarks.pixel_areas [--pixels 300]

Of each grid the areas of pixels, chosen by chance, of those around the middle and of the corners, and the area of the
whole grid. The quadrature: a pixel's outline in many steps, taken to longitudes and latitudes, and Green's theorem
along it, where the area from the equator to a latitude is summed by Gauss and Legendre from the radii of curvature.
`plane`: how far off the same pixels are where a pixel's area is the product of its sides.
"""

import argparse
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from affine import Affine
from numpy.typing import NDArray
from rasterio.crs import CRS
from rasterio.warp import transform

from qgis_ddpm.core.raster.grid import Grid

Floats = NDArray[np.float64]
# Steps along each side of an outline.
STEPS = 200
WGS84, GRS80 = (6378137.0, 298.257223563), (6378137.0, 298.257222101)
WGS72, SPHERE = (6378135.0, 298.26), (6371229.0, None)
ROTATED_POLE = "+proj=ob_tran +o_proj=longlat +o_lon_p=-162 +o_lat_p=39.25 +lon_0=180 +R=6371229 +no_defs"
SPHERE_DEGREES = "+proj=longlat +R=6371229 +no_defs"
ROTATION = Affine.rotation(30)


class Case(NamedTuple):
    """A grid, the CRS of its longitudes and latitudes, and its ellipsoid: semi-major axis, inverse flattening."""

    name: str
    crs: str
    transform: Affine
    width: int
    height: int
    degrees: str
    ellipsoid: tuple[float, float | None]


def north_up(size: float, left: float, top: float) -> Affine:
    """A grid along the axes of its CRS."""
    return Affine(size, 0, left, 0, -size, top)


CASES = (
    Case("UTM 60 N over 180, 66 N", "EPSG:32660", north_up(10, 634500, 7323000), 300, 250, "EPSG:4326", WGS84),
    Case("UTM 1 S over 180, 17 S", "EPSG:32701", north_up(10, 178800, 8120000), 300, 250, "EPSG:4326", WGS84),
    Case("UTM 60 N over 180, equator", "EPSG:32660", north_up(30, 833000 - 6000, 30000), 700, 600, "EPSG:4326", WGS84),
    Case("NSIDC north polar, whole", "EPSG:3413", north_up(25000, -5e6, 5e6), 400, 400, "EPSG:4326", WGS84),
    Case("NSIDC south polar, whole", "EPSG:3976", north_up(12500, -4e6, 4e6), 640, 640, "EPSG:4326", WGS84),
    Case("Canada, conic", "EPSG:3978", north_up(1000, -2.6e6, 3.9e6), 5600, 4600, "EPSG:4269", GRS80),
    Case("Europe, conic", "EPSG:3034", north_up(1000, 2.5e6, 4.5e6), 4500, 3500, "EPSG:4258", GRS80),
    Case("Fiji over 180", "EPSG:3460", north_up(100, 1.9e6, 4.1e6), 3000, 2500, "EPSG:4720", WGS72),
    Case("Pacific Mercator over 180", "EPSG:3832", north_up(10000, -3e6, 8e6), 900, 1600, "EPSG:4326", WGS84),
    Case("degrees, -180 to 180", "EPSG:4326", north_up(0.25, -180, 90), 1440, 720, "EPSG:4326", WGS84),
    Case("degrees, 0 to 360", "EPSG:4326", north_up(0.25, 0, 90), 1440, 720, "EPSG:4326", WGS84),
    Case("degrees, turned", "EPSG:4326", Affine.translation(170, 60) * ROTATION * Affine.scale(0.02, -0.02), 900, 700,
         "EPSG:4326", WGS84),
    Case("north polar, turned", "EPSG:3413", Affine.translation(-2e6, 1e6) * ROTATION * Affine.scale(2000, -2000), 1500,
         1500, "EPSG:4326", WGS84),
    Case("rotated pole", ROTATED_POLE, north_up(0.1, -28, 23), 460, 480, SPHERE_DEGREES, SPHERE),
    Case("Alaska, oblique Mercator", "EPSG:26931", north_up(30, 7e5, 1.2e6), 4000, 4000, "EPSG:4269", GRS80),
    Case("Web Mercator", "EPSG:3857", north_up(5000, -2e7, 1.5e7), 8000, 6000, "EPSG:4326", WGS84),
    Case("UTM in the middle of a zone", "EPSG:32618", north_up(30, 500000, 4500000), 3000, 3000, "EPSG:4326", WGS84),
)  # fmt: skip


def zone(latitude: Floats, ellipsoid: tuple[float, float | None]) -> Floats:
    """The area from the equator to a latitude (radians) for each radian of longitude, square metres."""
    axis, inverse = ellipsoid
    flattening = 1 / inverse if inverse else 0.0
    e2 = flattening * (2 - flattening)
    nodes, weights = np.polynomial.legendre.leggauss(24)
    inside = latitude[..., None] * (nodes + 1) / 2
    w2 = 1 - e2 * np.sin(inside) ** 2
    # Radii of curvature along the meridian and across it, and that of the parallel from the latter.
    density = axis * (1 - e2) / w2**1.5 * axis / np.sqrt(w2) * np.cos(inside)
    areas: Floats = (density * weights).sum(axis=-1) * latitude / 2
    return areas


def outline_area(x: Floats, y: Floats, case: Case) -> float:
    """The area on the ellipsoid of a closed outline in the CRS of a case, square metres."""
    longitude, latitude = (
        np.radians(values) for values in transform(case.crs, case.degrees, x.tolist(), y.tolist())[:2]
    )
    step = np.diff(longitude)
    if case.crs != case.degrees:
        step = step - 2 * np.pi * np.round(step / (2 * np.pi))
    around = step.sum()
    heights = zone(latitude, case.ellipsoid)
    if abs(around) < np.pi:
        # Counted from the first: of a small pixel little else would be left after the subtraction.
        heights = heights - heights[0]
    area = abs(float((step * (heights[1:] + heights[:-1]) / 2).sum()))
    if abs(around) < np.pi:
        return area
    # Around a pole the theorem gives what lies between the outline and the equator.
    return 2 * np.pi * float(zone(np.array(np.pi / 2), case.ellipsoid)) - area


def block_area(case: Case, row: int, col: int, height: int, width: int) -> float:
    """The area of a window of pixels by quadrature."""
    share = np.linspace(0, 1, STEPS, endpoint=False)
    still = np.zeros(STEPS)
    columns = col + width * np.concatenate([share, still + 1, 1 - share, still, [0]])
    rows = row + height * np.concatenate([still, share, still + 1, 1 - share, [0]])
    t = case.transform
    return outline_area(t.a * columns + t.b * rows + t.c, t.d * columns + t.e * rows + t.f, case)


def places(case: Case, pixels: int) -> Iterator[tuple[int, int]]:
    """(row, col) of the pixels that are compared."""
    rng = np.random.default_rng(0)
    for _ in range(pixels):
        yield int(rng.integers(case.height)), int(rng.integers(case.width))
    for row in (0, case.height // 2 - 1, case.height // 2, case.height - 1):
        for col in (0, case.width // 2 - 1, case.width // 2, case.width - 1):
            yield row, col


def compare(case: Case, pixels: int) -> tuple[float, float, float]:
    """The largest relative error of a pixel, the error of the grid's area, the largest error of areas in the plane."""
    areas = Grid(case.transform, case.width, case.height, CRS.from_user_input(case.crs)).pixel_areas_m2()
    assert areas is not None  # nosec B101
    areas = np.broadcast_to(areas.reshape(case.height, -1), (case.height, case.width))
    chosen = list(places(case, pixels))
    true = np.array([block_area(case, row, col, 1, 1) for row, col in chosen])
    errors = np.abs(np.array([areas[place] for place in chosen]) / true - 1)
    # In parts: no outline of a part of the Earth's surface goes around it.
    parts = [np.linspace(0, size, 9).astype(int).tolist() for size in (case.height, case.width)]
    whole = sum(
        block_area(case, top, left, bottom - top, right - left)
        for top, bottom in zip(parts[0], parts[0][1:], strict=False)
        for left, right in zip(parts[1], parts[1][1:], strict=False)
    )
    plane = np.abs(abs(case.transform.determinant) / true - 1).max()
    return float(errors.max()), float(abs(areas.sum() / whole - 1)), float(plane)


def main() -> None:
    """Print a line a grid."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pixels", type=int, default=300, help="how many of each grid are compared")
    pixels = parser.parse_args().pixels
    print(f"{'grid':28} {'CRS':12} {'worst pixel':>11} {'whole grid':>11} {'plane':>9}")
    for case in CASES:
        worst, whole, plane = compare(case, pixels)
        crs = "ob_tran" if case.crs == ROTATED_POLE else case.crs
        in_plane = f"{plane:9.3%}" if "longlat" not in case.crs and case.crs != "EPSG:4326" else "        -"
        print(f"{case.name:28} {crs:12} {worst:11.4%} {whole:11.4%} {in_plane}")


if __name__ == "__main__":
    main()
