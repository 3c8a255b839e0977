"""Locks that one process holds on a name, and that the system lets go of when it ends, however it ends."""

import os
import socket
from contextlib import contextmanager, suppress
from typing import Iterator, List, Optional

from .errors import OutputError

if os.name == "nt":
    import msvcrt
else:
    import fcntl
    import pwd

# The first line of every lock file that this package made. No other file is written to or removed.
MARK = "qgis_ddpm lock 1"
# Beyond what is written into the file: Windows lets nobody read bytes that are locked.
_LOCKED_BYTE = 1 << 30
_ATTEMPTS = 10
_MOST_BYTES = 4096


class ForeignFileError(OSError):
    """Where a lock belongs lies a file of somebody else."""


class Lock:
    """A lock file beside or in what it guards: a mark, the process that holds it, its machine, and words of the caller.

    Not for use from several threads at once. Two locks of one process on the same name exclude each other too.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self._descriptor: Optional[int] = None
        # An empty file that was there before may be anybody's: it is locked, and left as it is.
        self._is_ours = True
        # What the last holder left to be known.
        self.left = ""

    def acquire(self, words: str = "", *, proved: bool = False) -> bool:
        """Take the lock; False where another holds it. words: go into the file, in one line.

        proved: False also where the file system has no locks. Raises OSError where the file cannot be made, and
        ForeignFileError where a file of somebody else has its name.
        """
        text = _text(words)
        for _ in range(_ATTEMPTS):
            descriptor, is_new = _opened(self.path)
            try:
                taken = _lock(descriptor)
                if taken is False or (taken is None and proved):
                    os.close(descriptor)
                    return False
                if _is_still(descriptor, self.path):
                    self._take(descriptor, is_new)
                    self._say(text)
                    return True
            except OSError:
                os.close(descriptor)
                raise
            # Its last holder removed the file between our opening and locking it.
            os.close(descriptor)
        return False

    def _take(self, descriptor: int, is_new: bool) -> None:
        said = b"" if is_new else os.read(descriptor, _MOST_BYTES)
        if said and not said.startswith(MARK.encode()):
            raise ForeignFileError("a file that is no lock of ours has this name")
        self._descriptor, self._is_ours = descriptor, is_new or bool(said)
        lines = said.decode("utf-8", errors="replace").split("\n")
        self.left = lines[3] if len(lines) > 3 else ""

    def said(self) -> List[str]:
        """What the lock file says after its mark: process, machine, words. Empty where it is none of ours."""
        try:
            # Neither a link nor a pipe is read.
            flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
            descriptor = os.open(self.path, flags)
            try:
                lines = os.read(descriptor, _MOST_BYTES).decode("utf-8").split("\n")
            finally:
                os.close(descriptor)
        except (OSError, UnicodeDecodeError):
            return []
        return lines[1:4] if lines[0] == MARK and len(lines) >= 4 else []

    def holder(self) -> str:
        """The number of the process that holds the lock, as far as it can be read."""
        said = self.said()
        return said[0] if said and said[0].isdigit() else ""

    def release(self) -> None:
        """Remove the file and let go; nothing happens where the lock is not held."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is None:
            return
        if os.name != "nt":
            # While it is still ours: later it might be the next holder's.
            self._remove()
            os.close(descriptor)
            return
        os.close(descriptor)
        # Windows removes no open file, so this fails where the next holder is there already.
        self._remove()

    def close(self, words: Optional[str] = None) -> None:
        """Let go and leave the file with words, if any, for the next who comes."""
        if words is not None:
            self._say(_text(words))
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)

    def _remove(self) -> None:
        if self._is_ours:
            with suppress(OSError):
                os.remove(self.path)

    def _say(self, text: bytes) -> None:
        # The words only inform: a full disk must not refuse a run that may well have room for its output.
        with suppress(OSError):
            if self._is_ours and self._descriptor is not None:
                os.lseek(self._descriptor, 0, os.SEEK_SET)
                os.write(self._descriptor, text)
                os.ftruncate(self._descriptor, len(text))


@contextmanager
def held(path: str, what: str) -> Iterator[Lock]:
    """Hold a lock in a `with` block, which gets it. Raises OutputError, in one sentence, where another run holds it.

    what: how the message calls what is guarded, such as the path of an output.
    """
    lock = Lock(path)
    try:
        taken = lock.acquire()
    except PermissionError as error:
        raise OutputError(_not_ours(path, what)) from error
    except ForeignFileError:
        raise OutputError(
            f"{what} cannot be written: {path}, where its lock would lie, is a file of somebody else. Rename or move "
            "that file, or choose another name."
        ) from None
    except OSError as error:
        raise OutputError(
            f"{what} cannot be written: {error.strerror} at {path}. Check the folder and its permissions, or choose "
            "another one."
        ) from error
    if not taken:
        number, user = lock.holder(), _other_owner(path)
        known = ", ".join(([f"process {number}"] if number else []) + ([f"of {user}"] if user else []))
        raise OutputError(
            f"{what} is being written by another run{f' ({known})' if known else ''}. Wait until it is done, "
            "stop it, or choose another name."
        )
    try:
        yield lock
    finally:
        lock.release()


def _not_ours(path: str, what: str) -> str:
    """The sentence for a lock that this user may not open: whose it is, and what to do."""
    user = _other_owner(path)
    if not user:
        return f"{what} cannot be written: no permission at {path}. Check the folder, or choose another one."
    return (
        f"{what} has the lock {path} of {user}, which you may not open: their run is at work, or ended and left "
        "it. Wait, have them remove the file, or choose another name."
    )


def _other_owner(path: str) -> str:
    """The user that a file belongs to, "" where that is this one, or nobody can tell."""
    if os.name == "nt":
        return ""
    try:
        number = os.lstat(path).st_uid
    except OSError:
        return ""
    if number == os.getuid():
        return ""
    try:
        return f"the user {pwd.getpwuid(number).pw_name}"
    except KeyError:
        return f"the user number {number}"


def _text(words: str) -> bytes:
    return "\n".join([MARK, str(os.getpid()), socket.gethostname(), words, ""]).encode()


def _opened(path: str) -> "tuple[int, bool]":
    """A lock file, and whether it was made here."""
    # No link is followed, so that a planted one cannot name a file of somebody else, and no pipe is waited for.
    flags = os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        return os.open(path, flags | os.O_CREAT | os.O_EXCL, 0o600), True
    except FileExistsError:
        return os.open(path, flags | os.O_CREAT, 0o600), False


def _lock(descriptor: int) -> Optional[bool]:
    """Whether a file is locked now; None where the file system has no locks."""
    try:
        if os.name == "nt":
            os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
            os.lseek(descriptor, 0, os.SEEK_SET)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        # Some network file systems have no locks; a run there is better than none.
        return None
    return True


def _is_still(descriptor: int, path: str) -> bool:
    """Whether a name still stands for the file that was opened by it."""
    try:
        found = os.stat(path)
    except OSError:
        return False
    return os.path.samestat(found, os.fstat(descriptor))
