"""Scores on disk beside the output that is made of them: a run that was stopped goes on from there."""

import errno
import json
import os
import zlib
from contextlib import suppress
from types import TracebackType

from ....errors import ClusterError, DdpmError, OutputError
from ....temporary import private_folder
from ...outputs.files import is_kept
from ..disk_array import DiskArray
from ..types import Pixels

FORMAT = "qgis_ddpm scores 1"
# The first block of the file says in JSON what it holds and how far it is; no other file is replaced or removed.
HEADER_BYTES = 4096
# Rows are summed up in pieces of about so many bytes.
PIECE_BYTES = 1 << 22


class ScoreStore:
    """float32 [layers, height, width] in a file that outlives a run that is cancelled or killed.

    `rows` of them are done from the top. The `with` block removes the file where the run ends well, fails by what it
    was given, or is dropped. Whoever opens it holds the lock of the output. Raises OutputError where the disk fails.
    """

    def __init__(self, path: str, cache_key: str, layers: int, height: int, width: int) -> None:
        """cache_key: equal keys mean equal scores; those under another key are thrown away."""
        self.path, self.rows, self.layers = path, 0, layers
        # What the scores were computed in, of a run before this one too; None = by no network, or not known.
        self.precision: str | None = None
        self._cache_key, self._layers, self._height, self._width = cache_key, layers, height, width
        self._sums = [0] * layers

    def __enter__(self) -> "ScoreStore":
        try:
            if not self._resume():
                self._remove()
                self._begin()
        except OSError as error:
            megabytes = self._layers * self._height * self._width * 4 / 2**20
            raise OutputError(self._failure(megabytes, error.strerror or str(error))) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        ours = os.fstat(self._file.fileno())
        self._array.close()
        # What nobody expected, a lost cluster, and the wish to stop, may come back to it.
        goes_on = kind is not None and (
            issubclass(kind, ClusterError) or not issubclass(kind, (DdpmError, GeneratorExit))
        )
        if self.rows == 0 or not goes_on:
            with suppress(FileNotFoundError):
                if os.path.samestat(os.lstat(self.path), ours):
                    os.remove(self.path)

    def write(self, layer: int, row: int, col: int, scores: Pixels) -> None:
        """Write a window float32 [n, m] at (row, col)."""
        self._array.write(layer * self._height + row, col, scores)

    def commit(self, rows: int) -> None:
        """All rows above `rows` are written in every layer, and a run may go on from there."""
        if rows <= self.rows:
            return
        self._sums = [self._checksum(layer, self.rows, rows, self._sums[layer]) for layer in range(self._layers)]
        self.rows = rows
        self._write_header()

    def read(self, layer: int, row: int, rows: int) -> Pixels:
        """Whole rows: float32 [rows, width]."""
        return self._array.read(layer * self._height + row, rows)

    def _begin(self) -> None:
        """Give the file its name when its mark is in it, so that a kill leaves no file that nobody knows."""
        with private_folder(os.path.dirname(os.path.abspath(self.path))) as folder:
            begun = os.path.join(folder, "scores")
            # Exclusive: a link that somebody put here is refused, not followed.
            self._array = self._open("xb+", begun)
            self._write_header()
            self._array.close()
            if os.path.lexists(self.path):
                raise FileExistsError(errno.EEXIST, "a file of somebody else has this name")
            os.rename(begun, self.path)
        self._array = self._open("rb+", self.path)

    def _open(self, mode: str, path: str) -> DiskArray:
        self._file = open(path, mode, buffering=0)  # noqa: SIM115 - closed by __exit__
        shape = self._layers * self._height, self._width
        return DiskArray(self._file, shape, "float32", self._failure, HEADER_BYTES)

    def _resume(self) -> bool:
        """Open the file of an earlier run, where it is whole and its scores are those of this one."""
        if not is_kept(self.path):
            return False
        self._array = self._open("rb+", self.path)
        try:
            header = json.loads(self._array.read_header())
            same = header["format"] == FORMAT and header["cache_key"] == self._cache_key
            rows, sums = int(header["rows"]), [int(sum_) for sum_ in header["sums"]]
            # A crash of the system may lose what was written last, so the sums are proved.
            if (
                same
                and 0 < rows <= self._height
                and sums == [self._checksum(layer, 0, rows, 0) for layer in range(self._layers)]
            ):
                self.rows, self._sums, self.precision = rows, sums, header.get("precision")
                return True
        except (ValueError, KeyError, TypeError, RecursionError, OutputError):
            pass
        self._array.close()
        return False

    def _checksum(self, layer: int, row: int, stop: int, sum_: int) -> int:
        """The checksum of rows, in order, going on from that of the rows above."""
        step = max(PIECE_BYTES // (4 * self._width), 1)
        for first in range(row, stop, step):
            sum_ = zlib.crc32(self.read(layer, first, min(step, stop - first)).data, sum_)
        return sum_

    def _write_header(self) -> None:
        header = {"format": FORMAT, "cache_key": self._cache_key, "rows": self.rows, "sums": self._sums}
        header["precision"] = self.precision
        self._array.write_header(json.dumps(header).encode())

    def _remove(self) -> None:
        if is_kept(self.path):
            os.remove(self.path)

    def _failure(self, megabytes: float, reason: str) -> str:
        return (
            f"The scores, {megabytes:.0f} MB in {self.path}, could not be kept ({reason}). Free space there, or write "
            "the output to another disk."
        )
