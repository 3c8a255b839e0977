"""The files of a scene, in a folder or in a zip: names that lead nowhere else, and texts of bounded size."""

import os
import re
import zipfile
from collections.abc import Sequence
from contextlib import ExitStack
from typing import Protocol

from ...errors import InputError
from ...regular_file import open_regular, refuse_special
from ...scene_files import MAX_FILES

MAX_TEXT_BYTES = 16 << 20
_DRIVE = re.compile(r"[A-Za-z]:")


class Package(Protocol):
    """Files by their names with "/", below the folder or archive."""

    path: str

    def names(self, folder: str = "") -> Sequence[str]:
        """What lies right in a folder: names without it, those of folders end in "/"."""

    def has(self, name: str) -> bool:
        """Whether there is a file of this name."""

    def text(self, name: str) -> bytes:
        """The bytes of a small file. Raises InputError."""

    def gdal_name(self, name: str) -> str:
        """What GDAL opens it by."""


def open_package(path: str, stack: ExitStack) -> Package:
    """The package at a path: a folder or a zip. Raises InputError where it is neither."""
    if os.path.isdir(path):
        return FolderPackage(path)
    try:
        refuse_special(path)
    except OSError as error:
        raise InputError(f"INPUT {path} cannot be read: {error.strerror}. Choose a folder or file.") from None
    if zipfile.is_zipfile(path):
        return stack.enter_context(ZipPackage(path))
    raise InputError(
        f"INPUT {path} is no scene: neither a folder, nor an MTL or MTD file, nor a zip. Unpack it where it is another "
        "archive; name single bands with FILES."
    )


class FolderPackage:
    """A folder on the disk."""

    def __init__(self, path: str) -> None:
        self.path = path

    def names(self, folder: str = "") -> Sequence[str]:
        """What lies right in a folder."""
        try:
            with os.scandir(os.path.join(self.path, folder)) as found:
                return sorted(each.name + ("/" if each.is_dir() else "") for each in found)
        except FileNotFoundError:
            return []
        except OSError as error:
            raise InputError(f"The folder {self.path} cannot be read: {error.strerror}. Choose another.") from None

    def has(self, name: str) -> bool:
        """Whether there is a file of this name."""
        return os.path.isfile(os.path.join(self.path, name))

    def text(self, name: str) -> bytes:
        """The bytes of a small file."""
        path = os.path.join(self.path, name)
        try:
            with open_regular(path) as file:
                return _small(path, file.read(MAX_TEXT_BYTES + 1))
        except OSError as error:
            raise InputError(f"{path} cannot be read: {error.strerror}. Take a whole copy.") from None

    def gdal_name(self, name: str) -> str:
        """The path of the file."""
        return os.path.join(os.path.abspath(self.path), *name.split("/"))


class ZipPackage:
    """A zip, which stays packed. Raises InputError for one whose names lead out of it, or that is locked."""

    def __init__(self, path: str) -> None:
        self.path = path
        try:
            self._zip = zipfile.ZipFile(path)
        except (OSError, zipfile.BadZipFile, NotImplementedError, ValueError) as error:
            raise InputError(f"{path} is no whole zip ({error}). Take a whole copy.") from None
        entries = self._zip.infolist()
        try:
            if len(entries) > MAX_FILES:
                raise InputError(f"{path} holds {len(entries)} files; a scene has up to {MAX_FILES}. Unpack it.")
            for entry in entries:
                _refuse_name(path, entry.orig_filename)
                if entry.flag_bits & 1:
                    raise InputError(f"{path} is locked by a password. Unpack it, and name the folder.")
        except InputError:
            self._zip.close()
            raise
        self._files = {entry.filename for entry in entries if not entry.is_dir()}

    def __enter__(self) -> "ZipPackage":
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def names(self, folder: str = "") -> Sequence[str]:
        """What lies right in a folder."""
        rest = (name[len(folder) :] for name in self._files if name.startswith(folder))
        return sorted({first + slash for first, slash, _ in (name.partition("/") for name in rest)})

    def has(self, name: str) -> bool:
        """Whether there is a file of this name."""
        return name in self._files

    def text(self, name: str) -> bytes:
        """The bytes of a small file."""
        try:
            with self._zip.open(name) as file:
                return _small(f"{self.path}: {name}", file.read(MAX_TEXT_BYTES + 1))
        except (OSError, EOFError, RuntimeError, NotImplementedError, ValueError, zipfile.BadZipFile) as error:
            raise InputError(f"{name} in {self.path} is damaged ({error}). Take a whole copy.") from None

    def gdal_name(self, name: str) -> str:
        """The name of GDAL's for a file in an archive."""
        return f"/vsizip/{os.path.abspath(self.path).replace(os.sep, '/')}/{name}"


def inner_name(where: str, name: str) -> str:
    """A name that a metadata file gives of a file of its package. Raises InputError where it leads out of it."""
    _refuse_name(where, name)
    return name


def _refuse_name(where: str, name: str) -> None:
    parts = name.split("/")
    if ".." in parts or name.startswith("/") or "\\" in name or "\0" in name or _DRIVE.match(name):
        raise InputError(
            f"{where} names {name[:100]!r}, which may lie outside of the scene. Nothing was read. Take it from "
            "where it is published."
        )


def _small(name: str, content: bytes) -> bytes:
    if len(content) > MAX_TEXT_BYTES:
        raise InputError(f"{name} has more than {MAX_TEXT_BYTES} bytes, as no metadata have. Nothing was read.")
    return content
