"""Labels on a grid: polygons against points in polygons, rasters of every kind of placing, and what is refused."""

import json
from pathlib import Path

import numpy as np
import pytest
import rasterio
from affine import Affine
from matplotlib.path import Path as Outline
from rasterio.crs import CRS
from rasterio.warp import transform

from qgis_ddpm.core.raster.grid import Grid
from qgis_ddpm.core.raster.labels import open_labels
from qgis_ddpm.errors import InputError

# Beside the disk that an orthographic projection shows.
FAR = [(1e8, 1e8), (2e8, 1e8), (2e8, 2e8), (1e8, 1e8)]
UTM = CRS.from_epsg(32633)
GRID = Grid(Affine(10, 0, 500_000, 0, -10, 5_000_000), 60, 40, UTM)


def write_geojson(path, geometries, crs=None):
    content = {"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": g} for g in geometries]}
    if crs:
        content["crs"] = {"type": "name", "properties": {"name": crs}}
    path.write_text(json.dumps(content), encoding="utf-8")
    return str(path)


def write_raster(path, array, grid_transform=None, crs=None, nodata=None, driver="GTiff"):
    array = array if array.ndim == 3 else array[None]
    count, height, width = array.shape
    profile = {"count": count, "height": height, "width": width, "dtype": array.dtype, "nodata": nodata}
    with rasterio.open(path, "w", driver=driver, transform=grid_transform, crs=crs, **profile) as file:
        file.write(array)
    return str(path)


def polygon(*rings):
    return {"type": "Polygon", "coordinates": [[list(map(float, point)) for point in ring] for ring in rings]}


def read_all(path, grid=GRID, windows=None, override=None):
    marked, known = np.zeros(grid.shape, bool), np.zeros(grid.shape, bool)
    with open_labels("REFERENCE", path, grid, override) as labels:
        for row, col, height, width in windows or [(0, 0, *grid.shape)]:
            part = np.s_[row : row + height, col : col + width]
            marked[part], known[part] = labels.read(row, col, height, width)
    return marked, known


def pixels_inside(grid, crs, outer, holes=()):
    """Pixel centres, transformed to the polygon's CRS, that lie in its outline: nothing of GDAL's rasteriser."""
    cols, rows = np.meshgrid(np.arange(grid.width) + 0.5, np.arange(grid.height) + 0.5)
    t = grid.transform
    x, y = t.a * cols + t.b * rows + t.c, t.d * cols + t.e * rows + t.f
    points = np.stack(transform(grid.crs, crs, x.ravel(), y.ravel()), axis=1)
    inside = Outline(outer).contains_points(points)
    for hole in holes:
        inside &= ~Outline(hole).contains_points(points)
    return inside.reshape(grid.shape)


DEGREES = CRS.from_epsg(4326)
OUTER = [(15.0003, 45.1505), (15.0061, 45.1500), (15.0049, 45.1531), (15.0011, 45.1527), (15.0003, 45.1505)]
HOLE = [(15.0020, 45.1509), (15.0030, 45.1509), (15.0027, 45.1519), (15.0020, 45.1509)]


@pytest.mark.parametrize("turn", [0, 25])
def test_polygons_in_degrees_mark_the_pixels_whose_centres_they_hold(tmp_path, turn):
    grid = Grid(Affine.translation(499_900, 5_000_500) * Affine.rotation(-turn) * Affine.scale(10, -10), 90, 110, UTM)
    path = write_geojson(tmp_path / "a.geojson", [polygon(OUTER, HOLE)])
    marked, known = read_all(path, grid)
    wanted = pixels_inside(grid, DEGREES, OUTER, [HOLE])
    assert wanted.sum() > 300
    np.testing.assert_array_equal(marked, wanted)
    assert known.all()


def test_windows_make_no_difference(tmp_path):
    path = write_geojson(tmp_path / "a.geojson", [polygon(OUTER, HOLE), polygon([(x + 0.001, y) for x, y in HOLE])])
    whole, _ = read_all(path)
    windows = [(r, c, min(13, 40 - r), min(17, 60 - c)) for r in range(0, 40, 13) for c in range(0, 60, 17)]
    np.testing.assert_array_equal(read_all(path, windows=windows)[0], whole)


def test_every_form_of_geojson_is_read(tmp_path):
    square = [(500_100, 4_999_900), (500_200, 4_999_900), (500_200, 4_999_800), (500_100, 4_999_800)]
    ring = [(*point, 7.0) for point in [*square, square[0]]]
    wanted = np.zeros(GRID.shape, bool)
    wanted[10:20, 10:20] = True
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32633"}}
    multi = {"type": "MultiPolygon", "coordinates": [polygon(ring)["coordinates"]]}
    point = {"type": "Point", "coordinates": [0, 0]}
    for number, content in enumerate(
        (
            {**polygon(ring), "crs": crs},
            {"type": "Feature", "geometry": multi, "crs": crs},
            {"type": "GeometryCollection", "geometries": [point, multi], "crs": crs},
            {
                "type": "FeatureCollection",
                "features": [{"type": "Feature", "geometry": g} for g in (None, point, polygon(ring))],
                "crs": crs,
            },
        )
    ):
        path = tmp_path / f"{number}.json"
        path.write_text(json.dumps(content), encoding="utf-8")
        np.testing.assert_array_equal(read_all(str(path))[0], wanted)


def test_a_grid_without_crs_takes_coordinates_as_they_are(tmp_path):
    grid = Grid(Affine.identity(), 8, 6)
    path = write_geojson(tmp_path / "a.geojson", [polygon([(1, 2), (4, 2), (4, 5), (1, 5), (1, 2)])])
    marked, _ = read_all(path, grid)
    assert sorted(zip(*np.nonzero(marked), strict=True)) == [(r, c) for r in (2, 3, 4) for c in (1, 2, 3)]
    with open_labels("REFERENCE", path, grid) as labels:
        assert labels.notes == [f"The change map has no CRS: the coordinates of {path} are taken as they are."]


def test_a_raster_marks_where_any_band_is_not_zero_and_knows_where_it_is_not_nodata(tmp_path):
    array = np.zeros((2, 40, 60), np.int16)
    array[0, 3, 4], array[1, 5, 6], array[:, 7, 8] = 5, -1, 9
    path = write_raster(tmp_path / "a.tif", array, GRID.transform, UTM, nodata=9)
    marked, known = read_all(path)
    assert list(zip(*np.nonzero(marked), strict=True)) == [(3, 4), (5, 6)]
    assert list(zip(*np.nonzero(~known), strict=True)) == [(7, 8)]
    marked, known = read_all(path, override={"nodata": None})
    assert known.all()
    assert marked[7, 8]


def test_a_raster_without_crs_of_the_same_size_lies_on_the_grid(tmp_path):
    array = np.random.default_rng(0).integers(0, 2, (40, 60), dtype=np.uint8) * 255
    path = write_raster(tmp_path / "a.bmp", array, driver="BMP")
    np.testing.assert_array_equal(read_all(path)[0], array != 0)
    # The other way round: the map is bare, the reference has a CRS.
    path = write_raster(tmp_path / "b.tif", array, GRID.transform, UTM)
    np.testing.assert_array_equal(read_all(path, Grid(Affine.identity(), 60, 40))[0], array != 0)


def test_a_raster_on_another_grid_is_laid_on_pixel_by_pixel(tmp_path):
    rng = np.random.default_rng(0)
    finer = rng.integers(0, 2, (200, 300), dtype=np.uint8)
    path = write_raster(tmp_path / "a.tif", finer, GRID.transform * Affine.scale(0.2), UTM)
    np.testing.assert_array_equal(read_all(path)[0], finer[2::5, 2::5] != 0)
    part = rng.integers(0, 2, (20, 30), dtype=np.uint8)
    path = write_raster(tmp_path / "b.tif", part, GRID.transform * Affine.translation(-10, 30), UTM)
    marked, known = read_all(path)
    np.testing.assert_array_equal(marked[30:, :20], part[:10, 10:] != 0)
    assert known.sum() == 200
    assert known[30:, :20].all()


def test_a_raster_in_another_crs_is_found_by_coordinates(tmp_path):
    step = 1e-5
    width, height = 1000, 700
    place = Affine(step, 0, 14.999, 0, -step, 45.1555)
    cols, rows = np.meshgrid(np.arange(width), np.arange(height))
    array = ((cols // 37 + rows // 23) % 2).astype(np.uint8)
    marked, known = read_all(write_raster(tmp_path / "a.tif", array, place, DEGREES))
    x, y = np.meshgrid(500_005 + 10.0 * np.arange(60), 4_999_995 - 10.0 * np.arange(40))
    lon, lat = (np.reshape(a, x.shape) for a in transform(UTM, DEGREES, x.ravel(), y.ravel()))
    col, row = (lon - place.c) / step, (lat - place.f) / -step
    inside = (col >= 0) & (col < width) & (row >= 0) & (row < height)
    np.testing.assert_array_equal(known, inside)
    wanted = inside & (((col // 37 + row // 23) % 2) == 1)
    # Centres within a hundredth of a source pixel of an edge may fall on either side.
    near = (np.abs(col - np.rint(col)) < 0.02) | (np.abs(row - np.rint(row)) < 0.02)
    np.testing.assert_array_equal(marked[~near], wanted[~near])
    assert near.mean() < 0.1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"type": "FeatureCollection", "features": []}', "holds no polygons and no other features"),
        ('{"type": "Point", "coordinates": [1, 2]}', "holds no polygons but Point"),
        ('{"type": "Polygon", "coordinates": [[[1, 2], [3, 4]]]}', "is no GeoJSON of polygons"),
        ('{"type": "Polygon", "coordinates": [[["a", 2], [3, 4], [5, 6], [1, 2]]]}', "is no GeoJSON of polygons"),
        ("[1, 2]", "is no GeoJSON of polygons"),
        ("text", "is no GeoJSON of polygons"),
        ('{"type": "FeatureCollection", "features": 3}', "is no GeoJSON of polygons"),
        (
            json.dumps(polygon([(2e5, 5e6), (3e5, 5e6), (3e5, 4e6), (2e5, 5e6)])),
            "names no CRS, so that its coordinates are",
        ),
        (
            json.dumps({**polygon(FAR), "crs": {"properties": {"name": "+proj=ortho +lat_0=0 +lon_0=0"}}}),
            "cannot be transformed from ",
        ),
        (json.dumps(polygon([(1, 1), (2, 1), (2, 2), (1, 1)])), "does not overlap the change map: it covers"),
        (
            json.dumps({**polygon([(0, 0), (1, 0), (1, 1), (0, 0)]), "crs": {"properties": {"name": "EPSG:0"}}}),
            "'EPSG:0' is no CRS",
        ),
    ],
)
def test_polygons_that_cannot_serve_are_refused_in_one_sentence(tmp_path, text, message):
    path = tmp_path / "a.geojson"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_all(str(path))


def test_a_missing_file_and_other_formats_without_pyogrio_are_refused(tmp_path, monkeypatch):
    with pytest.raises(InputError, match=r"REFERENCE .*none\.geojson cannot be read: No such file"):
        read_all(str(tmp_path / "none.geojson"))
    monkeypatch.setitem(__import__("sys").modules, "pyogrio", None)
    with pytest.raises(InputError, match="without the package pyogrio"):
        read_all(str(tmp_path / "a.shp"))


def test_other_formats_are_read_through_pyogrio(tmp_path):
    raw = pytest.importorskip("pyogrio.raw")
    source = write_geojson(tmp_path / "a.geojson", [polygon(OUTER, HOLE)])
    about, _, shapes, _ = raw.read(source, columns=[])
    for ending in ("gpkg", "shp"):
        path = str(tmp_path / f"a.{ending}")
        raw.write(path, shapes, [], [], crs=about["crs"], geometry_type="Polygon")
        np.testing.assert_array_equal(read_all(path)[0], read_all(source)[0])
    (tmp_path / "text.shp").write_text("no shapes", encoding="utf-8")
    with pytest.raises(InputError, match="cannot be read as polygons"):
        read_all(str(tmp_path / "text.shp"))


def test_rasters_that_cannot_be_placed_are_refused(tmp_path):
    array = np.ones((5, 6), np.uint8)
    far = write_raster(tmp_path / "far.tif", array, Affine(10, 0, 9e5, 0, -10, 5e6), UTM)
    with pytest.raises(InputError, match="does not overlap the change map: it covers 900000 4999950 900060 5000000"):
        read_all(far)
    degrees = write_raster(tmp_path / "degrees.tif", array, Affine(0.1, 0, -70, 0, -0.1, 10), DEGREES)
    with pytest.raises(InputError, match="does not overlap the change map"):
        read_all(degrees)
    bare = write_raster(tmp_path / "bare.tif", array)
    with pytest.raises(InputError, match=r"bare\.tif has no CRS, and its 6 x 5 px are not the other's 60 x 40 px"):
        read_all(bare)
    with pytest.raises(InputError, match="the change map has no CRS, and its 60 x 40 px are not the other's 6 x 5 px"):
        read_all(far, Grid(Affine.identity(), 60, 40))


def test_geojson_that_states_no_crs_is_in_degrees_and_says_so_where_it_denies_one(tmp_path):
    lon, lat = transform(UTM, "EPSG:4326", [500_100, 500_400], [4_999_700, 4_999_900])
    box = [(lon[0], lat[0]), (lon[1], lat[0]), (lon[1], lat[1]), (lon[0], lat[1]), (lon[0], lat[0])]
    plain = write_geojson(tmp_path / "a.geojson", [polygon(box)])
    denied = tmp_path / "b.geojson"
    denied.write_text(json.dumps({**json.loads(Path(plain).read_text(encoding="utf-8")), "crs": None}))
    np.testing.assert_array_equal(read_all(str(denied))[0], read_all(plain)[0])
    with open_labels("REFERENCE", plain, GRID) as labels:
        assert labels.notes == []
    with open_labels("REFERENCE", str(denied), GRID) as labels:
        assert "RFC 7946" in labels.notes[0]


def test_long_edges_stay_where_they_were(tmp_path):
    """A box of 20 degrees on a polar grid: its upper and lower edges are arcs there."""
    polar = CRS.from_epsg(3413)
    grid = Grid(Affine(20_000, 0, -1_000_000, 0, -20_000, -1_000_000), 100, 100, polar)
    box = [(-55, 62), (-30, 62), (-30, 76), (-55, 76), (-55, 62)]
    marked, _ = read_all(write_geojson(tmp_path / "a.geojson", [polygon(box)]), grid)
    wanted = pixels_inside(grid, CRS.from_epsg(4326), box)
    assert wanted.sum() > 1000
    # The outline is kept to a tenth of a pixel, so that centres nearer to it may fall on either side.
    assert (marked != wanted).sum() < 0.003 * wanted.sum()


def test_nodata_of_labels_is_compared_with_tolerance_in_each_band(tmp_path):
    lowest = np.finfo(np.float32).min
    array = np.zeros((2, *GRID.shape), np.float32)
    array[0, 3, 4], array[0, 5, 6], array[1, 7, 8], array[1, 9, 10], array[1, 11, 12] = 1, lowest, lowest, np.nan, 1e30
    unknown = {(5, 6), (7, 8), (9, 10), (11, 12)}
    for number, tag in enumerate((-3.4e38, float(lowest), None)):
        path = write_raster(tmp_path / f"{number}.tif", array, GRID.transform, UTM, nodata=tag)
        marked, known = read_all(path)
        assert set(map(tuple, np.argwhere(~known).tolist())) == unknown
        assert np.argwhere(marked & known).tolist() == [[3, 4]]
