"""Outputs get their final names only when all of them are whole."""

import os
from collections.abc import Iterable
from contextlib import suppress
from types import TracebackType

from ..errors import OutputError

# Files that other programs keep beside a raster; after it is replaced they speak of the old one.
SIDECARS = (".aux.xml", ".ovr", ".msk")


class Publication:
    """A set of output files that are written under other names and renamed together; the others are removed.

    with Publication() as publication:
        write(publication.part(main_output)); write(publication.part(other_output))
        publication.publish()
    """

    def __init__(self) -> None:
        self._parts: dict[str, str] = {}

    def part(self, path: str) -> str:
        """The name to write an output under, in the same folder. The output named first is published last.

        A missing folder is made. Raises OutputError where that fails, or the name is a folder's or asked for twice.
        """
        folder, name = os.path.split(os.path.abspath(path))
        try:
            os.makedirs(folder, exist_ok=True)
        except OSError as error:
            raise OutputError(
                f"{path} cannot be written: its folder cannot be made ({error.strerror}). Choose another folder."
            ) from error
        if os.path.isdir(path):
            raise OutputError(f"{path} cannot be written: a folder has this name. Choose another name.")
        if path in self._parts:
            raise OutputError(f"{path} is named for two outputs. Choose another name for one of them.")
        root, ending = os.path.splitext(name)
        self._parts[path] = os.path.join(folder, f"{root}.part{ending}")
        return self._parts[path]

    def write(self, path: str, content: bytes) -> None:
        """Write a small output whole. Raises OutputError."""
        try:
            with open(self.part(path), "wb") as file:
                file.write(content)
        except OSError as error:
            raise OutputError(
                f"{path} could not be written whole ({error.strerror}). Free space on the disk or choose another "
                "folder."
            ) from error

    def publish(self) -> None:
        """Rename all outputs that were asked for, the one named first last.

        An output that another program holds open is not lost: its finished file stays beside it, and an OutputError
        names it after all others are published.
        """
        held = []
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

    def __enter__(self) -> "Publication":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _remove_all(part + ending for part in self._parts.values() for ending in ("", ".aux.xml"))
        self._parts.clear()


def _remove_all(paths: Iterable[str]) -> None:
    for path in paths:
        with suppress(OSError):
            os.remove(path)
