"""Outputs get their final names only when all of them are whole."""

import os
import shutil
from collections.abc import Iterable
from contextlib import ExitStack, suppress
from types import TracebackType

from ...errors import OutputError
from ...locks import held
from ...metadata import version

# Files that other programs keep beside a raster; after it is replaced they speak of the old one.
SIDECARS = (".aux.xml", ".ovr", ".msk")


class OutputTransaction:
    """A set of output files that are written under other names and renamed together; the others are removed.

    with OutputTransaction() as transaction:
        write(transaction.temp_path(main_output)); write(transaction.temp_path(other_output))
        transaction.publish()

    Each name is locked until the end of the `with` block, so that no two runs write one file.
    """

    def __init__(self) -> None:
        self._parts: dict[str, str] = {}
        self._reserved: dict[str, str] = {}
        self._folders: set[str] = set()
        self._locks = ExitStack()

    def reserve(self, path: str) -> None:
        """Make sure, before hours of work, that an output can be written here and that no other run writes it.

        A missing folder is made, and what a run that was stopped left of this output is removed. Raises OutputError
        where that fails, where the name is a folder's, or where another run holds it.
        """
        self._reserve(path, keep=False)

    def resumable_path(self, path: str) -> str:
        """Reserve an output, and the name of a file beside it that its run may leave behind to go on from.

        It is OUTPUT.part. Whoever reserves the output in another way removes it. To be asked for before `temp_path`.
        """
        self._reserve(path, keep=True)
        return _unfinished(path)

    def _reserve(self, path: str, keep: bool) -> None:
        if path in self._reserved:
            return
        folder, name = os.path.split(os.path.abspath(path))
        _make_folder(folder, path)
        if os.path.isdir(path):
            raise OutputError(f"{path} cannot be written: a folder has this name. Choose another name.")
        if folder not in self._folders:
            self._lock(folder, name, path)
        root, ending = os.path.splitext(name)
        part = os.path.join(folder, f"{root}.part{ending}")
        # Also a link: writing through it would reach a file that nobody named.
        _remove_all([*_with_companions(part), *([] if keep else [_unfinished(path)])])
        self._reserved[path] = part

    def temp_path(self, path: str) -> str:
        """The name to write an output under, in the same folder. The output named first is published last.

        Raises OutputError as `reserve` does, and where the output is asked for twice.
        """
        if path in self._parts:
            raise OutputError(f"{path} is named for two outputs. Choose another name for one of them.")
        self.reserve(path)
        self._parts[path] = self._reserved[path]
        return self._parts[path]

    def lock_folder(self, folder: str) -> None:
        """Lock a folder for its many outputs at once. Raises OutputError."""
        path = os.path.abspath(folder)
        _make_folder(path, folder)
        self._lock(path, "", folder)
        self._folders.add(path)

    def write(self, path: str, content: bytes) -> None:
        """Write a small output whole. Raises OutputError."""
        write_new(self.temp_path(path), content, path)

    def publish(self) -> None:
        """Rename all outputs that were asked for, the one named first last.

        An output that another program holds open is not lost: its finished file stays beside it, and an OutputError
        names it after all others are published.
        """
        held = []
        for part in self._parts.values():
            _to_disk(part)
        for path, part in reversed(list(self._parts.items())):
            try:
                os.replace(part, path)
            except OSError as error:
                held.append(f"{path} is held by another program ({error.strerror}); the finished file is {part}.")
            else:
                _remove_all(path + ending for ending in SIDECARS)
        self._parts.clear()
        if held:
            raise OutputError(" ".join(held) + " Close that program and rename the file.")

    def __enter__(self) -> "OutputTransaction":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for part in self._parts.values():
            _remove_all(_with_companions(part))
        self._parts.clear()
        self._reserved.clear()
        self._locks.close()

    def _lock(self, folder: str, name: str, what: str) -> None:
        # Two names of one folder are one lock.
        self._locks.enter_context(held(os.path.join(os.path.realpath(folder), f"{name}.lock"), what))


def write_new(path: str, content: bytes, shown: str) -> None:
    """Write a file that must not exist yet, onto the disk itself; nothing is left of it where that fails.

    shown: the name in messages. Raises OutputError.
    """
    try:
        # Exclusive: a link that somebody put here is refused, not followed.
        with open(path, "xb") as file:
            file.write(content)
            file.flush()
            # A network share or a quota may refuse the bytes only when they leave the cache.
            os.fsync(file.fileno())
    except BaseException as error:
        if not isinstance(error, FileExistsError):
            _remove_all([path])
        if not isinstance(error, OSError):
            raise
        raise OutputError(
            f"{shown} could not be written whole ({error.strerror or error}). Free space on the disk or choose another "
            "folder."
        ) from error


def _make_folder(folder: str, what: str) -> None:
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"{what} cannot be written: its folder cannot be made ({error.strerror}). Choose another folder."
        ) from error


def _to_disk(path: str) -> None:
    """Wait until a file is on the disk, so that a power cut after its renaming loses nothing. Raises OutputError."""
    try:
        with open(path, "rb+") as file:
            os.fsync(file.fileno())
    except OSError as error:
        raise OutputError(
            f"{path} could not be written whole ({error.strerror or error}). Free space on the disk or choose another "
            "folder."
        ) from error


def _unfinished(path: str) -> str:
    return f"{os.path.abspath(path)}.part"


def _with_companions(part: str) -> list[str]:
    """A part, what GDAL may lay beside it, and the part of a part that a killed writer left."""
    return [part, f"{part}.part", *(part + ending for ending in SIDECARS)]


def remove_part(path: str) -> None:
    """Remove what a writer left under a name of its own: a file, a link, or the folder that a library wrote in."""
    if path.endswith(".part") and os.path.isdir(path) and not os.path.islink(path):
        shutil.rmtree(path, ignore_errors=True)
        return
    with suppress(OSError):
        os.remove(path)


def _remove_all(paths: Iterable[str]) -> None:
    for path in paths:
        remove_part(path)


def provenance_tags(algorithm: str, seed: int, **more: object) -> dict[str, str]:
    """Tags of a raster; further ones by name, those that are None left out."""
    tags: dict[str, object] = {"QGIS_DDPM_ALGORITHM": algorithm, "QGIS_DDPM_VERSION": version(), "SEED": seed, **more}
    return {name: str(value) for name, value in tags.items() if value is not None}
