"""Locks that one process holds on a name, and that the system lets go of when it ends, however it ends."""

import os
from contextlib import contextmanager, suppress
from typing import Iterator, Optional

from .errors import OutputError

if os.name == "nt":
    import msvcrt
else:
    import fcntl
    import pwd

# Beyond what is written into the file: Windows lets nobody read bytes that are locked.
_LOCKED_BYTE = 1 << 30
_ATTEMPTS = 10


class Lock:
    """A lock file beside or in what it guards; it holds the number of the process that holds it.

    Not for use from several threads at once. Two locks of one process on the same name exclude each other too.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self._descriptor: Optional[int] = None

    def acquire(self) -> bool:
        """Take the lock; False where another holds it. Raises OSError where its file cannot be made."""
        for _ in range(_ATTEMPTS):
            # No link is followed, so that a planted one cannot name a file of somebody else.
            flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
            descriptor = os.open(self.path, flags, 0o600)
            if not _lock(descriptor):
                os.close(descriptor)
                return False
            if _is_still(descriptor, self.path):
                self._descriptor = descriptor
                # The number only informs: a full disk must not refuse a run that may well have room for its output.
                with suppress(OSError):
                    os.ftruncate(descriptor, 0)
                    os.write(descriptor, str(os.getpid()).encode())
                return True
            # Its last holder removed the file between our opening and locking it.
            os.close(descriptor)
        return False

    def holder(self) -> str:
        """The number of the process that holds the lock, as far as it can be read."""
        try:
            with open(self.path, "rb") as file:
                words = file.read(20).decode("ascii")
        except (OSError, UnicodeDecodeError):
            return ""
        return words if words.isdigit() else ""

    def release(self) -> None:
        """Remove the file and let go; nothing happens where the lock is not held."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is None:
            return
        if os.name != "nt":
            # While it is still ours: later it might be the next holder's.
            with suppress(OSError):
                os.remove(self.path)
            os.close(descriptor)
            return
        os.close(descriptor)
        # Windows removes no open file, so this fails where the next holder is there already.
        with suppress(OSError):
            os.remove(self.path)


@contextmanager
def held(path: str, what: str) -> Iterator[None]:
    """Hold a lock in a `with` block. Raises OutputError, in one sentence, where another run holds it.

    what: how the message calls what is guarded, such as the path of an output.
    """
    lock = Lock(path)
    try:
        taken = lock.acquire()
    except PermissionError as error:
        raise OutputError(_not_ours(path, what)) from error
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
        yield
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


def _lock(descriptor: int) -> bool:
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
        return True
    return True


def _is_still(descriptor: int, path: str) -> bool:
    """Whether a name still stands for the file that was opened by it."""
    try:
        found = os.stat(path)
    except OSError:
        return False
    return os.path.samestat(found, os.fstat(descriptor))
