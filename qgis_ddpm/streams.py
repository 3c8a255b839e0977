"""stdout and stderr that pass on only what may be said, and whose failing is remembered instead of raised.

A reader that has gone, a terminal that was closed or a full disk under a log must not end hours of work in a traceback:
the run is asked to stop and to keep what is worth keeping.
"""

import errno
import os
import sys
from contextlib import contextmanager, suppress
from typing import Any, Iterator, List, Optional, TextIO

from .said import said

# The reader is gone: a pipe that was closed, a terminal that was hung up.
_NOBODY_LISTENS = (errno.EPIPE, errno.EIO, errno.ECONNRESET, errno.ENXIO)


class GuardedStream:
    """A text stream for people; what goes wrong with it is put into a list, and from then on it leads nowhere."""

    def __init__(self, stream: TextIO, faults: List[OSError], clean: bool = True) -> None:
        self._stream = stream
        self._faults = faults
        self._clean = clean

    def write(self, text: str) -> int:
        """Write a text as a person may be shown it."""
        # Writers of lines such as print() expect the length of what they gave.
        self._try(self._stream.write, said(text) if self._clean else text)
        return len(text)

    def writelines(self, lines: Any) -> None:
        """Write texts one after the other."""
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """See that all is written."""
        self._try(self._stream.flush)

    def unclean(self) -> "GuardedStream":
        """The same stream for programs and for bars, whose control characters are their own."""
        return GuardedStream(self._stream, self._faults, clean=False)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def _try(self, action: Any, *arguments: Any) -> None:
        try:
            action(*arguments)
        except UnicodeEncodeError:
            # An old encoding of the terminal lacks a letter.
            encoding = self._stream.encoding or "ascii"
            self._try(action, *(text.encode(encoding, "backslashreplace").decode(encoding) for text in arguments))
        except OSError as fault:
            self._faults.append(fault)
            # What is left in the buffers goes there too, or Python would fail at its end.
            with suppress(OSError, ValueError):
                nowhere = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nowhere, self._stream.fileno())
                os.close(nowhere)


@contextmanager
def guarded_streams() -> Iterator[List[OSError]]:
    """Guard stdout and stderr in a `with` block; gives the list of what goes wrong with them, which grows."""
    _open_standard_files()
    faults: List[OSError] = []
    before = sys.stdout, sys.stderr
    # Python has none where a program was started with them closed.
    out, err = (stream or open(os.devnull, "w", encoding="utf-8") for stream in before)  # noqa: SIM115
    guards = GuardedStream(out, faults), GuardedStream(err, faults)
    sys.stdout, sys.stderr = guards
    try:
        yield faults
    finally:
        for guard in guards:
            guard.flush()
        sys.stdout, sys.stderr = before


def without_reader(fault: OSError) -> bool:
    """Whether a stream failed because nobody listens any more, not because a disk is full or broken."""
    return fault.errno in _NOBODY_LISTENS


def unclean(stream: Any) -> Any:
    """A stream without its guard's cleaning, where it has one."""
    return stream.unclean() if isinstance(stream, GuardedStream) else stream


def _open_standard_files() -> None:
    """Where a standard file is closed, the next file opened takes its number, and messages of C land in it."""
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            _open_nowhere(number)


def _open_nowhere(number: int) -> Optional[int]:
    with suppress(OSError):
        found = os.open(os.devnull, os.O_RDWR)
        if found != number:
            os.dup2(found, number)
            os.close(found)
        return number
    return None
