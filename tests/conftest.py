"""Fixtures that every part of the tests may use."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tools.scene import Scene

# A system's PROJ database or GDAL plugins do not fit the ones inside rasterio's wheel.
for name in ("PROJ_LIB", "PROJ_DATA", "GDAL_DATA", "GDAL_DRIVER_PATH"):
    os.environ.pop(name, None)
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Small networks gain nothing from threads, and lose minutes where threads of several programs wait for each other.
os.environ.setdefault("OMP_NUM_THREADS", "1")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def data_dir() -> Path:
    """The folder of real imagery, which is no part of the repository."""
    folder = Path(os.environ.get("QGIS_DDPM_DATA") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip(f"real imagery is not at {folder}: set QGIS_DDPM_DATA to its folder to run this test")
    return folder


@pytest.fixture(scope="session")
def scene(tmp_path_factory: pytest.TempPathFactory) -> "Scene":
    """Two dates of 192 x 192 pixels in four bands of uint16, with the truth; for reading only."""
    # Not at the top: the tests inside QGIS read this file too, and must never hold rasterio's GDAL beside QGIS's.
    from tools.scene import make_scene

    return make_scene(tmp_path_factory.mktemp("scene"), size_px=192)
