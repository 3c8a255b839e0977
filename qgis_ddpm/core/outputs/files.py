"""What is done with the files of outputs: made whole, put on the disk, known for what they are, removed."""

import os
import stat
from collections.abc import Iterable
from contextlib import suppress

from ...errors import OutputError

RASTERS = (".tif", ".tiff", ".vrt")
# Files that other programs keep beside a raster; after it is replaced they speak of the old one.
STATISTICS = ".aux.xml"
SIDECARS = (STATISTICS, ".ovr", ".msk")
# The first bytes of OUTPUT.part, from which a run goes on; no other file of that name is touched.
MARK = b'{"format": "qgis_ddpm scores '


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
            remove_all([path])
        if not isinstance(error, OSError):
            raise
        raise OutputError(
            f"{shown} could not be written whole ({error.strerror or error}). Free space on the disk or choose another "
            "folder."
        ) from error


def make_folder(folder: str, what: str) -> None:
    """Make a folder, where it is missing; what: the output in messages. Raises OutputError."""
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"{what} cannot be written: its folder cannot be made ({error.strerror}). Choose another folder."
        ) from error


def to_disk(part: str, path: str) -> None:
    """Wait until a file is on the disk, so that a power cut after its renaming loses nothing. Raises OutputError."""
    try:
        with open(part, "rb+") as file:
            os.fsync(file.fileno())
    except OSError as error:
        raise OutputError(
            f"{path} could not be written whole ({error.strerror or error}). Free space on the disk or choose another "
            "folder."
        ) from error


def kept_beside(part: str, path: str) -> str:
    """Give a finished file a new name beside the one that it cannot have."""
    stem, ending = os.path.splitext(os.path.abspath(path))
    number = 1
    while os.path.lexists(name := f"{stem}.finished{number}{ending}"):
        number += 1
    os.replace(part, name)
    return name


def unfinished(path: str) -> str:
    """The name of the file that a run of an output goes on from."""
    return f"{os.path.abspath(path)}.part"


def sidecars(path: str) -> list[str]:
    """What GDAL would read with a raster of this name."""
    return [path + ending for ending in SIDECARS] if path.lower().endswith(RASTERS) else []


def is_statistics(path: str) -> bool:
    """Whether a file is what GDAL writes about a raster: it is left where somebody removes the raster alone."""
    try:
        with open(path, "rb") as file:
            return path.endswith(STATISTICS) and b"<PAMDataset" in file.read(1024)
    except OSError:
        return False


def remove_all(paths: Iterable[str]) -> None:
    """Remove files, as far as they can be."""
    for path in paths:
        with suppress(OSError):
            os.remove(path)


def resolved(path: str) -> str:
    """A path whose folder is spelt without links; the file itself may be one."""
    return os.path.join(os.path.realpath(os.path.dirname(os.path.abspath(path))), os.path.basename(path))


def is_kept(path: str) -> bool:
    """Whether a file is one of kept scores, as its first bytes prove; a link or any other file is somebody else's."""
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            return False
        with open(path, "rb") as file:
            return file.read(len(MARK)) == MARK
    except OSError:
        return False
