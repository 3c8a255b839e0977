"""Temporary folders that nobody else can read, and the removal of those that dead runs left behind."""

import os
import shutil
import tempfile
import time
from contextlib import contextmanager, suppress
from typing import Iterator

from .locks import Lock

PREFIX = "qgis_ddpm_"
_LOCK = "owner.lock"
# A folder without a lock is one that is just being made; after so long, one whose making was interrupted.
_MAKING_S = 3600.0


@contextmanager
def private_folder() -> Iterator[str]:
    """A new folder with the permissions 0700, removed at the end of the `with` block. Raises OSError."""
    sweep()
    folder = tempfile.mkdtemp(prefix=PREFIX)
    lock = Lock(os.path.join(folder, _LOCK))
    try:
        lock.acquire()
        yield folder
    finally:
        lock.release()
        # Windows keeps what another process still has open; the next run sweeps it.
        shutil.rmtree(folder, ignore_errors=True)


def sweep() -> None:
    """Remove the folders of runs of this user that ended without doing so."""
    parent = tempfile.gettempdir()
    with suppress(OSError):
        for entry in list(os.scandir(parent)):
            if entry.name.startswith(PREFIX) and entry.is_dir(follow_symlinks=False):
                with suppress(OSError):
                    _sweep_one(entry)


def _sweep_one(entry: "os.DirEntry[str]") -> None:
    about = entry.stat(follow_symlinks=False)
    if hasattr(os, "getuid") and about.st_uid != os.getuid():
        return
    path = os.path.join(entry.path, _LOCK)
    if not os.path.exists(path):
        if time.time() - about.st_mtime > _MAKING_S:
            shutil.rmtree(entry.path, ignore_errors=True)
        return
    lock = Lock(path)
    if lock.acquire():
        lock.release()
        shutil.rmtree(entry.path, ignore_errors=True)
