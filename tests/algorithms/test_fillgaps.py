"""Stripes of a layer are filled in QGIS, and what is known stays."""

import numpy as np
from osgeo import gdal


def test_stripes_are_filled_and_told(run, make_raster, tmp_path):
    rows, cols = np.mgrid[:72, :80]
    ground = (120 + 40 * np.sin(rows / 9) + 30 * np.cos(cols / 7)).astype(np.uint8)
    striped = ground.copy()
    striped[rows % 12 < 3] = 0
    path = make_raster("striped.tif", np.stack([striped, striped]), nodata=0)
    files = {name: str(tmp_path / f"{name.lower()}.tif") for name in ("OUTPUT", "SPREAD", "FILLED")}
    outputs = run("ddpm:fillgaps", {"INPUT": path, **files})
    assert 0.2 < outputs["FILLED_SHARE"] < 0.3
    assert outputs["METHOD_USED"]
    filled, spread, codes = (gdal.Open(files[name]).ReadAsArray() for name in files)
    known = striped > 0
    assert (filled[0][known] == ground[known]).all()
    assert np.abs(filled[0].astype(float) - ground)[~known].mean() < 6
    assert (spread[0][~known] > 0).all()
    assert ((codes == 1) == ~known).all()
