"""The files that are read where a name is read: the file, what lies beside it, and the sources of virtual rasters."""

import os
import re
import stat
from collections import deque
from hashlib import sha256
from typing import Dict, Iterable, Iterator, List, NamedTuple, Optional, Set

from . import virtual_raster
from .temporary import PREFIX

# Beside NAME.EXT: NAME.EXT and one of these, or NAME and one of these. GDAL looks for capitals too.
BESIDE_NAME = (".aux.xml", ".ovr", ".msk", ".hdr", ".aux", ".rrd", ".ige", ".prj", ".wld", "-wal", "-shm", "-journal")
BESIDE_STEM = (
    *(".aux.xml", ".hdr", ".aux", ".rrd", ".ige", ".prj", ".wld", ".stx", ".clr", ".rdc", ".ref", ".tab", ".imd"),
    *(".rpb", "_rpc.txt", "_metadata.txt", ".sdat", ".sgrd", ".mgrd", ".blw"),
)
# Formats of several files, of which one is named.
BESIDE_STEM_OF = {
    ".shp": (".dbf", ".shx", ".prj", ".cpg", ".qpj", ".qix", ".sbn", ".sbx"),
    ".ers": ("",),
}
# What changes no pixel and no shape, and comes and goes where somebody only looks at a file.
_OF_NO_WEIGHT = (".ovr", "-shm", "-journal")
# What jobs write into a folder of images, and none reads there.
NOT_READ_IN_FOLDERS = (".html", ".safetensors", ".qml", ".geojson", ".gpkg", ".fgb")
_MAY_BE_VIRTUAL = (".tif", ".tiff", ".vrt")
_STATISTICS = re.compile(rb'<MDI key="STATISTICS_[^>]*>[^<]*</MDI>|<Histograms>.*?</Histograms>', re.DOTALL)
_PARTS_OF_NAMES = re.compile(r"[:?|\"']")
_MOST_FILES = 100_000


class State(NamedTuple):
    """What changes where a file is written anew."""

    size: int
    changed_ns: int
    number: int
    content: str = ""


def files_of(name: str) -> Iterator[str]:
    """The files that exist, one after the other, of what a name lets be read; the name's own comes first."""
    waiting = deque([name])
    seen: Set[str] = set()
    while waiting and len(seen) < _MOST_FILES:
        each = waiting.popleft()
        if each in seen:
            continue
        seen.add(each)
        path = _path_in(each)
        if path is not None:
            yield path
            yield from beside(path)
        # A virtual raster that is given as a text lies nowhere.
        is_text = path is None and "\0" not in each
        content = virtual_raster.content_of(each if path is None else path) if is_text or _is_file(str(path)) else None
        if content is not None:
            waiting += virtual_raster.source_paths(content, os.path.dirname(os.path.abspath(path or "text")))


def beside(path: str) -> Iterator[str]:
    """The files beside a file that are read with it."""
    return (each for each in names_beside(path) if os.path.isfile(each))


def names_beside(path: str) -> List[str]:
    """All names that are looked for beside a file."""
    stem, ending = os.path.splitext(path)
    endings = [*BESIDE_STEM_OF.get(ending.lower(), BESIDE_STEM), *_world_files(ending)]
    found = [path + each for each in BESIDE_NAME] + [stem + each for each in endings]
    capitals = [path + each.upper() for each in BESIDE_NAME] + [stem + each.upper() for each in endings]
    return [each for each in dict.fromkeys([*found, *capitals]) if each != path]


def _world_files(ending: str) -> List[str]:
    return [f"{ending}w", f".{ending[1]}{ending[-1]}w"] if len(ending) > 2 else []


def files_in(folder: str) -> Iterator[str]:
    """The files of a folder, and of the folders in it, that a job may read."""
    for root, folders, names in os.walk(folder):
        # Folders of ours that are being written, or that a killed run left.
        folders[:] = [name for name in folders if not name.startswith(f".{PREFIX}")]
        for name in names:
            if not name.lower().endswith(NOT_READ_IN_FOLDERS):
                path = os.path.join(root, name)
                yield path
                if name.lower().endswith(_MAY_BE_VIRTUAL) and _is_file(path) and virtual_raster.content_of(path):
                    yield from files_of(path)


def states(paths: Iterable[str]) -> Dict[str, State]:
    """The state of each file that counts, by its path."""
    found: Dict[str, State] = {}
    for path in paths:
        if path not in found:
            state = state_of(path)
            if state is not None:
                found[path] = state
    return found


def state_of(path: str) -> Optional[State]:
    """The state of a file; None where there is none, or where it says nothing about what is read."""
    lower = path.lower()
    if lower.endswith(_OF_NO_WEIGHT):
        return None
    try:
        about = os.stat(path)
        if not stat.S_ISREG(about.st_mode):
            return None
        if lower.endswith(".aux.xml"):
            # QGIS writes statistics there when somebody looks at a raster, and no job reads them.
            with open(path, "rb") as file:
                said = _STATISTICS.sub(b"", file.read(1 << 24))
            said = re.sub(rb"\s+|<Metadata>\s*</Metadata>|<PAMRasterBand[^>]*>\s*</PAMRasterBand>", b"", said)
            is_empty = re.sub(rb"</?PAM\w*[^>]*>|</?Metadata>", b"", said) == b""
            return None if is_empty else State(len(said), 0, 0, sha256(said).hexdigest())
        if lower.endswith("-wal") and about.st_size == 0:
            return None
    except OSError:
        return None
    return State(about.st_size, about.st_mtime_ns, about.st_ino)


def _is_file(path: str) -> bool:
    """Whether a path leads to a plain file: a pipe would be waited for."""
    try:
        return stat.S_ISREG(os.stat(path).st_mode)
    except (OSError, ValueError):
        return False


def _path_in(name: str) -> Optional[str]:
    """The path that a name of GDAL's or QGIS's means, such as a.gpkg|layername=b or /vsizip/a.zip/b.tif."""
    if "\0" in name or name.lstrip().startswith(virtual_raster.MARK):
        return None
    if os.path.lexists(name):
        return name
    if name.startswith("/vsi"):
        above = re.sub(r"^(?:/vsi\w+/)+", "", name)
        for path in (f"/{above.lstrip('/')}", above):
            while path not in ("", os.sep):
                if os.path.isfile(path):
                    return path
                path = os.path.dirname(path)
        return None
    parts: Set[str] = {part for part in _PARTS_OF_NAMES.split(name) if part}
    parts |= {part[2:] for part in parts if part.startswith("//")}
    return next((part for part in sorted(parts, key=len, reverse=True) if os.path.isfile(part)), None)
