"""Scores on disk beside the output that is made of them: a run that was stopped goes on from there."""

import errno
import json
import os
import zlib
from contextlib import suppress
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

from ...errors import DdpmError, OutputError
from ...temporary import private_folder
from ..outputs.transaction import is_kept
from ..raster.types import Pixels

FORMAT = "qgis_ddpm scores 1"
# No other file is replaced or removed.
# The first block of the file says what it holds and how far it is; written at once, so never by halves.
HEADER_BYTES = 4096
# Rows are summed up in pieces of about so many bytes.
PIECE_BYTES = 1 << 22


class KeptScores:
    """float32 [layers, height, width] in a file that outlives a run that is cancelled or killed.

    identity: a text that two runs share exactly where their scores are equal; scores of another run are thrown away.
    `rows` of them are done from the top. The `with` block removes the file where the run ends well, fails by what it
    was given, or is dropped. Whoever opens it holds the lock of the output. Raises OutputError where the disk fails.
    """

    def __init__(self, path: str, identity: str, layers: int, height: int, width: int) -> None:
        self.path, self.rows = path, 0
        self._identity, self._layers, self._height, self._width = identity, layers, height, width
        self._sums = [0] * layers

    def __enter__(self) -> "KeptScores":
        try:
            if not self._found():
                self._remove()
                self._begin()
        except OSError as error:
            raise self._failure(error) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        ours = os.fstat(self._file.fileno())
        self._file.close()
        # What nobody expected, and the wish to stop, may come back to it.
        if self.rows == 0 or kind is None or issubclass(kind, (DdpmError, GeneratorExit)):
            with suppress(FileNotFoundError):
                if os.path.samestat(os.lstat(self.path), ours):
                    os.remove(self.path)

    def write(self, layer: int, row: int, col: int, pixels: Pixels) -> None:
        """Write a window float32 [n, m] at (row, col)."""
        try:
            if pixels.shape[1] == self._width:
                self._put(self._place(layer, row), pixels)
                return
            for number, line in enumerate(pixels):
                self._put(self._place(layer, row + number) + 4 * col, line)
        except OSError as error:
            raise self._failure(error) from error

    def commit(self, rows: int) -> None:
        """All rows above `rows` are written in every layer, and a run may go on from there."""
        if rows <= self.rows:
            return
        self._sums = [self._summed(layer, self.rows, rows, self._sums[layer]) for layer in range(self._layers)]
        self.rows = rows
        try:
            self._say()
        except OSError as error:
            raise self._failure(error) from error

    def read(self, layer: int, row: int, rows: int) -> Pixels:
        """Whole rows: float32 [rows, width]."""
        self._file.seek(self._place(layer, row))
        found = np.fromfile(self._file, dtype=np.float32, count=rows * self._width)
        if found.size != rows * self._width:
            raise self._failure(OSError("it is shorter than what was written"))
        return found.reshape(rows, self._width)

    def _begin(self) -> None:
        """Give the file its name when its mark is in it, so that a kill leaves no file that nobody knows."""
        with private_folder(os.path.dirname(os.path.abspath(self.path))) as folder:
            begun = os.path.join(folder, "scores")
            with open(begun, "xb+", buffering=0) as self._file:
                self._say()
            if os.path.lexists(self.path):
                raise FileExistsError(errno.EEXIST, "a file of somebody else has this name")
            os.rename(begun, self.path)
        self._file = open(self.path, "rb+", buffering=0)  # noqa: SIM115 - closed by __exit__

    def _found(self) -> bool:
        """Open the file of an earlier run, where it is whole and its scores are those of this one."""
        if not is_kept(self.path):
            return False
        self._file = open(self.path, "rb+", buffering=0)  # noqa: SIM115 - closed by __exit__
        try:
            said = json.loads(self._file.read(HEADER_BYTES))
            same = said["format"] == FORMAT and said["identity"] == self._identity
            rows, sums = int(said["rows"]), [int(each) for each in said["sums"]]
            # A crash of the system may lose what was written last, so the sums are proved.
            if same and 0 < rows <= self._height and sums == [self._summed(i, 0, rows, 0) for i in range(self._layers)]:
                self.rows, self._sums = rows, sums
                return True
        except (ValueError, KeyError, TypeError, RecursionError, OutputError):
            pass
        self._file.close()
        return False

    def _summed(self, layer: int, row: int, stop: int, sum_: int) -> int:
        """The checksum of rows, in order, going on from that of the rows above."""
        step = max(PIECE_BYTES // (4 * self._width), 1)
        for first in range(row, stop, step):
            sum_ = zlib.crc32(self.read(layer, first, min(step, stop - first)).data, sum_)
        return sum_

    def _say(self) -> None:
        said = {"format": FORMAT, "identity": self._identity, "rows": self.rows, "sums": self._sums}
        self._put(0, np.frombuffer(json.dumps(said).encode().ljust(HEADER_BYTES), dtype=np.uint8))

    def _place(self, layer: int, row: int) -> int:
        return HEADER_BYTES + 4 * self._width * (layer * self._height + row)

    def _put(self, place: int, values: NDArray[np.generic]) -> None:
        self._file.seek(place)
        data = memoryview(np.ascontiguousarray(values).data).cast("B")
        while data:
            data = data[self._file.write(data) :]

    def _remove(self) -> None:
        if is_kept(self.path):
            os.remove(self.path)

    def _failure(self, error: OSError) -> OutputError:
        needed_mb = self._layers * self._height * self._width * 4 / 2**20
        return OutputError(
            f"The scores, {needed_mb:.0f} MB in {self.path}, could not be kept ({error.strerror or error}). Free space "
            "there, or write the output to another disk."
        )
