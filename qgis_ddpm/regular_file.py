"""Files that are read are files of bytes: a pipe, a device, a socket or a folder is refused before it is waited for."""

import errno
import io
import os
import stat
from typing import BinaryIO, Optional, TextIO

# Files there are made as they are read, some of them without end; a link in /proc may lead to a file, which is one.
_MADE_BY_THE_SYSTEM = ("/proc/", "/sys/")
_KINDS = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISDIR, "a folder"),
)


class SpecialFileError(OSError):
    """What stands in the place of a file is none."""

    def __init__(self, path: str, words: str) -> None:
        super().__init__(errno.EINVAL, words, path)

    def __str__(self) -> str:
        return str(self.strerror)


def refuse_special(path: str) -> None:
    """Raise SpecialFileError where a path is not that of a regular file, and OSError where there is none."""
    _refuse(path, os.stat(path).st_mode)
    if os.path.realpath(path).startswith(_MADE_BY_THE_SYSTEM):
        raise SpecialFileError(path, "it is made by the system, not a file")


def special_kind(path: str) -> str:
    """What a path is where it can be read without end or not at all, such as "a named pipe"; "" for files and folders.

    A path that does not exist is nothing of the kind.
    """
    try:
        mode = os.stat(path).st_mode
    except (OSError, ValueError):
        return ""
    return "" if stat.S_ISDIR(mode) else _kind(mode)


def open_regular(path: str) -> BinaryIO:
    """A regular file, open for reading bytes. Raises OSError; never waits for whoever would write into a pipe."""
    refuse_special(path)
    # Between the look and the opening another may stand there, so the opening must not wait either.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOCTTY", 0)
    descriptor = os.open(path, flags)
    try:
        _refuse(path, os.fstat(descriptor).st_mode)
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def open_text(
    path: str, encoding: str = "utf-8", errors: Optional[str] = None, newline: Optional[str] = None
) -> TextIO:
    """A regular file, open for reading text; the arguments are those of `open`. Raises OSError."""
    return io.TextIOWrapper(open_regular(path), encoding=encoding, errors=errors, newline=newline)


def _refuse(path: str, mode: int) -> None:
    if not stat.S_ISREG(mode):
        raise SpecialFileError(path, f"it is {_kind(mode)}, not a file")


def _kind(mode: int) -> str:
    return "" if stat.S_ISREG(mode) else next((name for is_kind, name in _KINDS if is_kind(mode)), "no file")
