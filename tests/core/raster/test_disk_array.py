"""Arrays on disk."""

from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from qgis_ddpm.core.raster.disk_array import DiskArray, scratch_array
from qgis_ddpm.errors import OutputError


def test_windows_come_back_as_rows(tmp_path: Path) -> None:
    expected = np.random.default_rng(0).random((20, 30)).astype(np.float32)
    with closing(scratch_array(str(tmp_path), 20, 30)) as scratch:
        scratch.write(8, 0, expected[8:])
        scratch.write(0, 11, expected[:8, 11:])
        scratch.write(0, 0, expected[:8, :11])
        found = np.concatenate([scratch.read(0, 5), scratch.read(5, 15)])
    assert (found == expected).all()
    assert list(tmp_path.iterdir()) == []


def test_reading_beyond_what_was_written_is_an_error(tmp_path: Path) -> None:
    with closing(scratch_array(str(tmp_path), 4, 4)) as scratch:
        scratch.write(0, 0, np.zeros((2, 4), dtype=np.float32))
        with pytest.raises(OutputError, match="temporary file"):
            scratch.read(0, 4)


def failure(megabytes: float, reason: str) -> str:
    return f"{megabytes:.1f} MB: {reason}"


@pytest.mark.parametrize("dtype", ["float16", "float32", "uint8"])
def test_a_header_and_numbers_of_any_type_do_not_touch(tmp_path: Path, dtype: str) -> None:
    path = tmp_path / "array"
    expected = np.arange(12).reshape(3, 4).astype(dtype)
    with open(path, "xb+", buffering=0) as file:
        array = DiskArray(file, (3, 4), dtype, failure, header_bytes=16)
        array.write(0, 0, expected)
        array.write_header(b"first words")
        array.write_header(b"words")
    with open(path, "rb+", buffering=0) as file:
        array = DiskArray(file, (3, 4), dtype, failure, header_bytes=16)
        assert array.read_header() == b"words".ljust(16)
        assert (array.read(1, 2) == expected[1:]).all()
    assert path.read_bytes()[16:] == expected.tobytes()


def test_a_folder_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"4\.0 MB: No such file"):
        DiskArray.temporary(str(tmp_path / "none"), (1024, 1024), "float32", failure)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_an_error(tmp_path: Path) -> None:
    with closing(scratch_array(str(tmp_path), 4, 4)) as scratch, open("/dev/full", "wb", buffering=0) as full:
        scratch._file, file = full, scratch._file
        with pytest.raises(OutputError, match="Free space"):
            scratch.write(0, 0, np.zeros((4, 4), dtype=np.float32))
        scratch._file = file
