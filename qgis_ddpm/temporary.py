"""Temporary folders that nobody else can read, and the removal of those that dead runs left behind.

What proves that a folder is ours is not its name but the lock file in it: its mark, and the number of the very folder
that it was made for, which a copy of the folder does not have.
"""

import os
import shutil
import socket
import tempfile
from contextlib import contextmanager, suppress
from typing import Iterator, Optional

from .locks import Lock

PREFIX = "qgis_ddpm_"
_LOCK = "owner.lock"
# Where a mark lies while its folder is removed.
_ASIDE = ".lock"


@contextmanager
def private_folder(beside: Optional[str] = None) -> Iterator[str]:
    """A new folder with the permissions 0700, removed at the end of the `with` block. Raises OSError.

    beside: the folder that it is made in, hidden, so that a file in it gets its name there at once; None: the
    system's for temporary files.
    """
    sweep(beside)
    folder = tempfile.mkdtemp(prefix=_prefix(beside), dir=beside)
    lock = Lock(os.path.join(folder, _LOCK))
    try:
        lock.acquire(_number(folder))
        yield folder
    finally:
        _remove(folder, lock)


def sweep(beside: Optional[str] = None) -> None:
    """Remove the folders of runs of this user that ended without doing so, in the folder that they were made in."""
    with suppress(OSError):
        with os.scandir(beside or tempfile.gettempdir()) as entries:
            found = [entry for entry in entries if entry.name.startswith(_prefix(beside))]
        for entry in found:
            with suppress(OSError):
                if entry.is_dir(follow_symlinks=False):
                    _sweep_one(entry)
                elif entry.name.endswith(_ASIDE) and Lock(entry.path).said():
                    # The mark of a folder that is gone.
                    mark = Lock(entry.path)
                    if mark.acquire(proved=True):
                        mark.release()


def _sweep_one(entry: "os.DirEntry[str]") -> None:
    if hasattr(os, "getuid") and entry.stat(follow_symlinks=False).st_uid != os.getuid():
        return
    lock = Lock(os.path.join(entry.path, _LOCK))
    # On a shared disk another machine may be at work, whose locks do not reach here.
    if lock.said()[1:] != [socket.gethostname(), _number(entry.path)]:
        return
    if lock.acquire(_number(entry.path), proved=True):
        _remove(entry.path, lock)


def _remove(folder: str, lock: Lock) -> None:
    """Remove a folder of ours: its mark last, so that what a kill leaves of it is known to be ours."""
    is_empty = False
    # Windows keeps what another process still has open; the next run sweeps it.
    with suppress(OSError, MemoryError):
        for entry in list(os.scandir(folder)):
            if entry.name == _LOCK:
                continue
            if entry.is_dir(follow_symlinks=False):
                shutil.rmtree(entry.path, ignore_errors=True)
            else:
                with suppress(OSError):
                    os.remove(entry.path)
        is_empty = set(os.listdir(folder)) <= {_LOCK}
    if is_empty:
        lock.release()
        with suppress(OSError):
            os.rmdir(folder)
    elif os.name != "nt":
        _remove_unseen(folder, lock)
    lock.close()


def _remove_unseen(folder: str, lock: Lock) -> None:
    """Remove a folder that cannot be looked into, where nothing is in it but its mark; else the mark stays."""
    aside = f"{folder}{_ASIDE}"
    with suppress(OSError):
        os.rename(lock.path, aside)
        try:
            os.rmdir(folder)
        except OSError:
            os.rename(aside, lock.path)
        else:
            os.remove(aside)


def _prefix(beside: Optional[str]) -> str:
    return PREFIX if beside is None else f".{PREFIX}"


def _number(folder: str) -> str:
    return f"folder {os.lstat(folder).st_ino}"
