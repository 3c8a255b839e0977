"""A raster of numbers on disk for the time of a run, so that memory does not grow with the area."""

import os
import tempfile
from types import TracebackType

import numpy as np

from ...errors import OutputError
from .types import Pixels


class ScratchRaster:
    """float32 [height, width] in a nameless temporary file of a folder; it vanishes with the `with` block.

    Raises OutputError where the disk is full.
    """

    def __init__(self, folder: str, height: int, width: int) -> None:
        self._folder, self._height, self._width = folder, height, width

    def __enter__(self) -> "ScratchRaster":
        try:
            # Read and written by whole rows of windows: a buffer would only copy.
            self._file = tempfile.TemporaryFile(dir=self._folder, prefix="scores.part", buffering=0)
        except OSError as error:
            raise self._failure(error) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def write(self, row: int, col: int, pixels: Pixels) -> None:
        """Write a window float32 [n, m] at (row, col)."""
        try:
            if pixels.shape[1] == self._width:
                self._put(row, 0, pixels)
                return
            for number, line in enumerate(pixels):
                self._put(row + number, col, line)
        except OSError as error:
            raise self._failure(error) from error

    def read(self, row: int, rows: int) -> Pixels:
        """Whole rows: float32 [rows, width]."""
        self._file.seek(4 * row * self._width)
        found = np.fromfile(self._file, dtype=np.float32, count=rows * self._width)
        if found.size != rows * self._width:
            raise self._failure(OSError("it is shorter than what was written"))
        return found.reshape(rows, self._width)

    def _put(self, row: int, col: int, pixels: Pixels) -> None:
        self._file.seek(4 * (row * self._width + col))
        data = memoryview(np.ascontiguousarray(pixels).data).cast("B")
        while data:
            data = data[self._file.write(data) :]

    def _failure(self, error: OSError) -> OutputError:
        needed_mb = self._height * self._width * 4 / 2**20
        return OutputError(
            f"A temporary file of {needed_mb:.0f} MB in {self._folder or os.curdir} failed "
            f"({error.strerror or error}). Free space there, or write the output to another disk."
        )
