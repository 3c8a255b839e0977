"""Numbers on disk, so that memory does not grow with the area: rows of one length, written and read by rows."""

import os
import tempfile
from collections.abc import Callable
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from ...errors import OutputError

# What an OutputError says where the disk fails; gets the size in MB and the reason.
Failure = Callable[[float, str], str]


class DiskArray:
    """Numbers [rows, width] in an open file, after a header of `header_bytes`.

    Plain reads and writes are used: a file mapped into memory counts as memory, and a full disk would end the process
    without a word.
    """

    def __init__(
        self, file: IO[bytes], shape: tuple[int, int], dtype: str, failure: Failure, header_bytes: int = 0
    ) -> None:
        """file: opened to read and write, unbuffered: rows are large, and a buffer would only copy."""
        self._file, self._failure, self._header_bytes = file, failure, header_bytes
        self._dtype = np.dtype(dtype)
        self.rows, self.width = shape

    @classmethod
    def temporary(cls, folder: str, shape: tuple[int, int], dtype: str, failure: Failure) -> "DiskArray":
        """An array in a nameless file of a folder, which vanishes with the process. Raises OutputError."""
        try:
            file = tempfile.TemporaryFile(dir=folder, prefix="qgis_ddpm.part", buffering=0)  # noqa: SIM115 - by `close`
        except OSError as error:
            raise _failed(failure, shape, dtype, error) from error
        return cls(file, shape, dtype, failure)

    def write(self, row: int, col: int, values: NDArray[Any]) -> None:
        """Write a window [n, m] of the array's type at (row, col). Raises OutputError where the disk is full."""
        try:
            if values.shape[1] == self.width:
                self._put(self._place(row, 0), values)
                return
            for number, line in enumerate(values):
                self._put(self._place(row + number, col), line)
        except OSError as error:
            raise self._failed(error) from error

    def read(self, row: int, rows: int) -> NDArray[Any]:
        """Whole rows [rows, width]. Raises OutputError where they were never written."""
        self._file.seek(self._place(row, 0))
        values = np.fromfile(self._file, dtype=self._dtype, count=rows * self.width)
        if values.size != rows * self.width:
            raise self._failed(OSError("it is shorter than what was written"))
        return values.reshape(rows, self.width)

    def read_header(self) -> bytes:
        """The bytes before the numbers."""
        self._file.seek(0)
        return self._file.read(self._header_bytes)

    def write_header(self, content: bytes) -> None:
        """Replace the bytes before the numbers, at once, so never by halves. Raises OutputError."""
        try:
            self._put(0, np.frombuffer(content.ljust(self._header_bytes), dtype=np.uint8))
        except OSError as error:
            raise self._failed(error) from error

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _place(self, row: int, col: int) -> int:
        return self._header_bytes + self._dtype.itemsize * (row * self.width + col)

    def _put(self, place: int, values: NDArray[Any]) -> None:
        self._file.seek(place)
        data = memoryview(np.ascontiguousarray(values).data).cast("B")
        while data:
            data = data[self._file.write(data) :]

    def _failed(self, error: OSError) -> OutputError:
        return _failed(self._failure, (self.rows, self.width), self._dtype, error)


def scratch_array(folder: str, rows: int, width: int) -> DiskArray:
    """A temporary array float32 [rows, width] for the time of a run. Raises OutputError."""

    def failure(megabytes: float, reason: str) -> str:
        return (
            f"A temporary file of {megabytes:.0f} MB in {folder or os.curdir} failed ({reason}). Free space there, or "
            "write the output to another disk."
        )

    return DiskArray.temporary(folder, (rows, width), "float32", failure)


def _failed(failure: Failure, shape: tuple[int, int], dtype: Any, error: OSError) -> OutputError:
    megabytes = shape[0] * shape[1] * np.dtype(dtype).itemsize / 2**20
    return OutputError(failure(megabytes, error.strerror or str(error)))
