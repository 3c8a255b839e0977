"""What is data: held to GDAL's own masks, for every type, tag and mask file; and what no tag has to say."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from affine import Affine
from numpy.typing import NDArray

from qgis_ddpm.card import BandScaling
from qgis_ddpm.core.gdal.nodata import BEYOND, nodata_span
from qgis_ddpm.core.raster.scaling import from_unit
from qgis_ddpm.core.raster.source import RasterSource

PLACE = {"crs": "EPSG:32633", "transform": Affine(10, 0, 500000, 0, -10, 5400000)}
LOWEST = float(np.finfo(np.float32).min)


def write(path: Path, pixels: NDArray[Any], **profile: Any) -> str:
    options = {"driver": "GTiff", "count": len(pixels), "dtype": pixels.dtype.name, **PLACE, **profile}
    with rasterio.open(path, "w", height=pixels.shape[1], width=pixels.shape[2], **options) as dataset:
        dataset.write(pixels)
    return str(path)


def valid_of(path: str, **options: Any) -> NDArray[np.bool_]:
    with RasterSource(path, **options) as source:
        return source.read(0, 0, *source.grid.shape)[1]


def shown_by_gdal(path: str) -> NDArray[np.bool_]:
    """What GDAL's masks of all bands show and can be a measurement."""
    with rasterio.open(path) as dataset:
        pixels = np.stack([dataset.read(band) for band in dataset.indexes])
        masks = dataset.read_masks()
    measured = np.ones(pixels.shape[1:], bool) if pixels.dtype.kind != "f" else (np.abs(pixels) < BEYOND).all(axis=0)
    return (masks > 0).all(axis=0) & measured


def around(value: float, dtype: str) -> list[Any]:
    """A value with its neighbours in a type, near and far."""
    kind = np.dtype(dtype)
    if kind.kind != "f":
        info = np.iinfo(kind)
        near = [int(value) + step for step in range(-3, 4)]
        return [min(max(each, info.min), info.max) for each in near]
    found = [kind.type(value)]
    if abs(value) > 1e38:
        return [*found, kind.type(value * 0.5), kind.type(-value)]
    for towards in (-np.inf, np.inf):
        each = kind.type(value)
        for _ in range(12):
            each = np.nextafter(each, kind.type(towards))
            found.append(each)
    with np.errstate(over="ignore"):
        return [*found, *(kind.type(value * factor) for factor in (0.5, 0.99999, 1.00001, -1, 2))]


@pytest.mark.parametrize("dtype", ["uint8", "int8", "uint16", "int16", "uint32", "int32", "float32", "float64"])
@pytest.mark.parametrize(
    "nodata",
    [*(0, 0.5, 1, -1, 255, -9999, -9999.4, 65535, -32768, 16777217, 1e-40, 0.1, -1e20, 1e30, -3.4e38),
     *(-3.4028230607370965e38, LOWEST, float("nan"), float("inf"))],
)  # fmt: skip
def test_valid_is_what_gdals_masks_show(tmp_path: Path, dtype: str, nodata: float) -> None:
    kind = np.dtype(dtype)
    values = around(nodata, dtype) if np.isfinite(nodata) else []
    values += [1, 7, 100] if kind.kind != "f" else [1, -7.5, 0, np.nan, LOWEST, -LOWEST, np.inf, 1e30, -1e36, 9e29]
    pixels = np.array(values, dtype=kind)[None, None]
    try:
        path = write(tmp_path / "a.tif", pixels, nodata=nodata)
    except ValueError:
        # A number that the type does not hold is no tag that a file can have.
        assert nodata_span(nodata, dtype) is None
        return
    assert np.array_equal(valid_of(path), shown_by_gdal(path))


def test_the_common_lies_of_float_tags(tmp_path: Path) -> None:
    pixels = np.full((2, 4, 4), 5, np.float32)
    pixels[0, 0, 0], pixels[1, 1, 1], pixels[0, 2, 2], pixels[1, 3, 3] = LOWEST, -LOWEST, np.nan, np.inf
    for number, tag in enumerate((-3.4e38, -3.4028230607370965e38, LOWEST, None, float("nan"), -9999)):
        path = write(tmp_path / f"{number}.tif", pixels, nodata=tag)
        assert np.array_equal(valid_of(path), ~np.eye(4, dtype=bool))


@pytest.fixture
def bands_differ(tmp_path: Path) -> str:
    """A virtual raster of an int16 and a float32 band, with nodata 7 in the first and -9999 in the second."""
    first = np.full((1, 4, 6), 5, np.int16)
    second = np.full((1, 4, 6), 6, np.float32)
    first[0, 0, :2] = 7, -9999
    second[0, 1, :3] = 7, -9999, np.nextafter(np.float32(-9999), np.float32(0))
    write(tmp_path / "i.tif", first)
    write(tmp_path / "f.tif", second)
    bands = "".join(
        f'<VRTRasterBand dataType="{kind}" band="{number}"><NoDataValue>{nodata}</NoDataValue><SimpleSource>'
        f'<SourceFilename relativeToVRT="1">{name}.tif</SourceFilename><SourceBand>1</SourceBand></SimpleSource>'
        "</VRTRasterBand>"
        for number, (name, kind, nodata) in enumerate((("i", "Int16", 7), ("f", "Float32", -9999)), start=1)
    )
    place = "<GeoTransform>500000,10,0,5400000,0,-10</GeoTransform><SRS>EPSG:32633</SRS>"
    (tmp_path / "a.vrt").write_text(f'<VRTDataset rasterXSize="6" rasterYSize="4">{place}{bands}</VRTDataset>')
    return str(tmp_path / "a.vrt")


def test_each_band_has_its_own_nodata(bands_differ: str) -> None:
    assert np.array_equal(valid_of(bands_differ), shown_by_gdal(bands_differ))
    assert np.argwhere(~valid_of(bands_differ)).tolist() == [[0, 0], [1, 1], [1, 2]]
    with RasterSource(bands_differ) as source:
        source.take_bands([0])
        assert source.nodata == 7
        assert np.argwhere(~source.read(0, 0, 4, 6)[1]).tolist() == [[0, 0]]
    assert np.argwhere(~valid_of(bands_differ, bands=(2,))).tolist() == [[1, 1], [1, 2]]
    # A layer's value stands for those of the file; named fills are added to them.
    assert np.argwhere(~valid_of(bands_differ, override={"nodata": 5})).tolist() == [[r, c] for r in range(4) for c in
        range(6) if (r, c) not in ((0, 0), (0, 1))]  # fmt: skip
    assert np.argwhere(~valid_of(bands_differ, override={"fills": (-9999.0,)})).tolist() == [
        *([0, 0], [0, 1], [1, 1], [1, 2])
    ]
    assert valid_of(bands_differ, override={"nodata": None}).all()


def test_nodata_of_all_bands_together(tmp_path: Path) -> None:
    """NODATA_VALUES hide a pixel where every band has its value; without it black in one band would be lost."""
    pixels = np.full((3, 4, 4), 50, np.uint8)
    pixels[:, 0, 0] = pixels[0, 1, 1] = 0
    path = write(tmp_path / "a.tif", pixels, nodata=0)
    with rasterio.open(path, "r+") as dataset:
        dataset.update_tags(NODATA_VALUES="0 0 0")
    assert np.array_equal(valid_of(path), shown_by_gdal(path))
    assert np.argwhere(~valid_of(path)).tolist() == [[0, 0]]
    assert np.argwhere(~valid_of(path, override={"nodata": 0})).tolist() == [[0, 0], [1, 1]]


def test_a_mask_file_comes_before_the_tag(tmp_path: Path) -> None:
    pixels = np.full((2, 4, 4), 50, np.int16)
    pixels[0, 1, 1] = 0
    mask = np.full((4, 4), 255, np.uint8)
    mask[2, 2] = 0
    path = write(tmp_path / "a.tif", pixels, nodata=0)
    with rasterio.open(path, "r+") as dataset:
        dataset.write_mask(mask)
    assert np.array_equal(valid_of(path), shown_by_gdal(path))
    assert np.argwhere(~valid_of(path)).tolist() == [[2, 2]]


def test_what_a_mask_raster_does_not_know_is_hidden(tmp_path: Path) -> None:
    path = write(tmp_path / "a.tif", np.full((1, 2, 6), 9, np.uint8))
    marks = np.array([[[0, 1, np.nan, LOWEST, np.inf, -0.0]] * 2], np.float32)
    for number, tag in enumerate((None, float("nan"), -3.4e38, 0)):
        mask = write(tmp_path / f"m{number}.tif", marks, nodata=tag)
        assert valid_of(path, mask=mask)[0].tolist() == [True, False, False, False, False, True]


def test_named_fills_hold_for_every_type(tmp_path: Path) -> None:
    for dtype in ("uint8", "uint16", "int16", "float32", "float64"):
        pixels = np.array([[[0, 1, 2, 255]]], dtype)
        path = write(tmp_path / f"{dtype}.tif", pixels)
        found = valid_of(path, override={"fills": (0.0, -9999.0, 255.0, float("nan"))})
        assert found[0].tolist() == [False, True, True, False]
        with RasterSource(path, override={"fills": (-9999.0, 255.0)}) as source:
            # The first that the type holds: outputs of a model are to have it.
            assert source.nodata == (255 if dtype[0] == "u" else -9999)


def test_synthetic_pixels_keep_clear_of_what_gdal_takes_for_nodata(tmp_path: Path) -> None:
    for nodata in (0.1, -0.1, 0.0, 50.0):
        scaling = [BandScaling("b", "float32", nodata - 1, nodata + 1)]
        unit = np.linspace(-1e-6, 1e-6, 400, dtype=np.float32).reshape(1, 20, 20)
        pixels = from_unit(unit, scaling, "float32", nodata)
        assert np.abs(pixels - nodata).max() < 1e-4
        path = write(tmp_path / "s.tif", pixels, nodata=nodata)
        assert shown_by_gdal(path).all()
