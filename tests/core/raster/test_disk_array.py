"""Temporary rasters on disk."""

from pathlib import Path

import numpy as np
import pytest

from qgis_ddpm.core.raster.disk_array import ScratchRaster
from qgis_ddpm.errors import OutputError


def test_windows_come_back_as_rows(tmp_path: Path) -> None:
    expected = np.random.default_rng(0).random((20, 30)).astype(np.float32)
    with ScratchRaster(str(tmp_path), 20, 30) as scratch:
        scratch.write(8, 0, expected[8:])
        scratch.write(0, 11, expected[:8, 11:])
        scratch.write(0, 0, expected[:8, :11])
        found = np.concatenate([scratch.read(0, 5), scratch.read(5, 15)])
    assert (found == expected).all()
    assert list(tmp_path.iterdir()) == []


def test_reading_beyond_what_was_written_is_an_error(tmp_path: Path) -> None:
    with ScratchRaster(str(tmp_path), 4, 4) as scratch:
        scratch.write(0, 0, np.zeros((2, 4), dtype=np.float32))
        with pytest.raises(OutputError, match="temporary file"):
            scratch.read(0, 4)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_an_error(tmp_path: Path) -> None:
    with ScratchRaster(str(tmp_path), 4, 4) as scratch, open("/dev/full", "wb", buffering=0) as full:
        scratch._file, file = full, scratch._file
        with pytest.raises(OutputError, match="Free space"):
            scratch.write(0, 0, np.zeros((4, 4), dtype=np.float32))
        scratch._file = file
