"""What a worker writes to stderr: a file of bounded size, of which beginning and end are told."""

import os
from typing import BinaryIO

from .said import said

# What is told of the beginning and of the end, and how large the file may grow in between.
SHARE_BYTES = 1 << 15
MAX_BYTES = 4 << 20


class LastWords:
    """A file for the stderr of one process. Raises OSError where it cannot be made."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._begin = b""
        self._end = b""
        self._left_out = 0
        # Appended to, so that after the file was cut short the next words stand at its beginning.
        with open(path, "wb"):
            pass

    def open(self) -> BinaryIO:
        """The file, for the process to write to."""
        return open(self._path, "ab")

    def bound(self) -> None:
        """Cut the file short where it has grown too long; to be called now and then while the process runs."""
        try:
            size = os.path.getsize(self._path)
            # Windows keeps the place at which the process writes, and would fill the gap with zeros.
            if size <= MAX_BYTES or os.name == "nt":
                return
            self._begin = self._begin or self._read(0)
            # The process may have no more to say, and its last words tell why it died: read to where the file ends
            # by now, as the last step before the cut, so that hardly anything can be written in between.
            with open(self._path, "rb") as file:
                file.seek(size - SHARE_BYTES)
                end = file.read()
                os.truncate(self._path, 0)
            self._end = end[-SHARE_BYTES:]
            self._left_out += size - SHARE_BYTES + len(end)
        except OSError:
            return

    def text(self) -> str:
        """What was written, where it is long its beginning and its end, as a person may be shown it."""
        try:
            size = os.path.getsize(self._path)
            begin = self._begin or self._read(0)
            end = (self._end + self._read(max(0, size - SHARE_BYTES)))[-SHARE_BYTES:]
        except OSError:
            return ""
        total = self._left_out + size
        if not self._left_out and size <= SHARE_BYTES:
            words = [begin]
        elif not self._left_out and size <= 2 * SHARE_BYTES:
            words = [begin, end[-(size - SHARE_BYTES) :]]
        else:
            between = total - len(begin) - len(end)
            words = [begin, f"\n... {between} bytes left out ...\n".encode(), end]
        plain = b"".join(words).decode("utf-8", errors="replace").replace("\r\n", "\n").replace("\r", "\n")
        return said(plain).strip()

    def _read(self, start: int) -> bytes:
        with open(self._path, "rb") as file:
            file.seek(start)
            return file.read(SHARE_BYTES)
