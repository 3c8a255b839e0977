"""The folder of an environment: what of it is ours, proved by the content of its marks, and what is the user's."""

import json
import os
import shutil
from contextlib import suppress
from typing import Any, Dict

from ..errors import OutputError
from ..locks import Lock
from ..temporary import PREFIX, sweep
from ..words import tr
from .interpreter import WHOLE_MARK

LOCK = "setup.lock"
# Written before anything else, and replaced by the mark of a whole environment: a set-up that ended early goes on.
BEGUN_MARK = "qgis_ddpm_begun.json"
BEGUN = {"begun": "an environment of qgis_ddpm"}
# What Python, uv and pip lay into the folder of an environment; all else is the user's.
OF_ENVIRONMENTS = (
    *("bin", "include", "lib", "lib64", "share", "etc", "man", "Scripts", "Include", "Lib"),
    *("pyvenv.cfg", ".gitignore", "CACHEDIR.TAG", ".lock", WHOLE_MARK),
)


def check_folder(folder: str) -> None:
    """Raise OutputError where a folder is neither new, nor empty, nor made here."""
    if os.path.lexists(folder) and not os.path.isdir(folder):
        words = tr("{} is a file. Choose an empty or new folder for the environment.")
        raise OutputError(words.format(folder))
    if os.path.isdir(folder) and not _is_ours(folder):
        # What a set-up left that was killed at its very start.
        sweep(folder)
        if any(not _is_beginning(os.path.join(folder, name)) for name in os.listdir(folder)):
            words = tr(
                "{} holds other files and was not made by 'Set up environment'. Choose an empty or new folder for the "
                "environment."
            )
            raise OutputError(words.format(folder))


def _is_beginning(path: str) -> bool:
    """Whether this is what a set-up lays into a folder before its mark; what no byte is in yet is nobody's loss."""
    name = os.path.basename(path)
    if name == LOCK:
        return bool(Lock(path).said()) or (os.path.isfile(path) and os.path.getsize(path) == 0)
    if not name.startswith(f".{PREFIX}") or not os.path.isdir(path) or os.path.islink(path):
        return False
    return all(each.is_file(follow_symlinks=False) and each.stat().st_size == 0 for each in os.scandir(path))


def begin(folder: str, scratch: str) -> None:
    """Mark a folder as one whose environment is being made here. scratch: a folder on the same disk."""
    _write_mark(folder, BEGUN_MARK, BEGUN, scratch)
    with suppress(FileNotFoundError):
        os.unlink(os.path.join(folder, WHOLE_MARK))


def finish(folder: str, scratch: str, about: Dict[str, Any]) -> None:
    """Mark an environment as whole. about: the build of torch, and the packages with their versions."""
    _write_mark(folder, WHOLE_MARK, about, scratch)
    os.unlink(os.path.join(folder, BEGUN_MARK))


def empty(folder: str) -> None:
    """Remove what an interpreter that does not answer left of its environment, and nothing else."""
    for entry in list(os.scandir(folder)):
        if entry.name not in OF_ENVIRONMENTS:
            continue
        if entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path)
        else:
            os.unlink(entry.path)


def remove_if_empty(folder: str) -> None:
    """A set-up that came to nothing leaves no folder behind."""
    with suppress(OSError):
        if set(os.listdir(folder)) == {BEGUN_MARK} and _is_ours(folder):
            os.unlink(os.path.join(folder, BEGUN_MARK))
        os.rmdir(folder)


def _write_mark(folder: str, name: str, content: Dict[str, Any], scratch: str) -> None:
    """Write a mark whole or not at all, since jobs and set-ups go by it."""
    part = os.path.join(scratch, name)
    with open(part, "w", encoding="utf-8") as file:
        json.dump(content, file, indent=1, sort_keys=True)
    os.replace(part, os.path.join(folder, name))


def _is_ours(folder: str) -> bool:
    """Whether a folder holds an environment that was made or begun here, as the content of its mark proves."""
    begun, whole = (_read_mark(os.path.join(folder, name)) for name in (BEGUN_MARK, WHOLE_MARK))
    return begun == BEGUN or set(whole) == {"build", "packages"}


def _read_mark(path: str) -> Dict[str, Any]:
    try:
        with open(path, encoding="utf-8") as file:
            found = json.loads(file.read(1 << 20))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
