"""Fixtures that every part of the tests may use."""

import os
from pathlib import Path

import pytest

# A system's PROJ database or GDAL plugins do not fit the ones inside rasterio's wheel.
for name in ("PROJ_LIB", "PROJ_DATA", "GDAL_DATA", "GDAL_DRIVER_PATH"):
    os.environ.pop(name, None)
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def data_dir() -> Path:
    """The folder of real imagery, which is no part of the repository."""
    folder = Path(os.environ.get("QGIS_DDPM_DATA") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip(f"real imagery is not at {folder}: set QGIS_DDPM_DATA to its folder to run this test")
    return folder
