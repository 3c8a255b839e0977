"""A look at a raster before GDAL gets it: it may only lead to rasters in local files, whoever opens it then.

For core and QGIS alike: the formats of what a virtual raster names, overviews and masks beside a file, pipes anywhere.
"""

import gzip
import os
import re
import zipfile
from functools import lru_cache
from typing import Optional, Set, Tuple

from .errors import InputError
from .raster_formats import HARMFUL, HEAD_BYTES, format_refusal, refused_format
from .regular_file import open_regular, refuse_special, special_kind
from .virtual_raster import MAX_VRT_BYTES, Named, named_files

MAX_DEPTH = 8
MAX_AUX_BYTES = 4 << 20
_REMOTE = re.compile(
    # GDAL's names for files that are not files, but for those that lie in memory or in an archive.
    r"/vsi(?!mem|zip|gzip|tar|7z|rar|sparse|cached|crypt|subfile|std)\w+[/?][^\s<\"']*"
    r"|\b(?!file)[a-z][a-z0-9+.-]*://[^\s<\"']*"
    r"|\b(?:WMS|WMTS|WCS|PG|MySQL|STACIT|STACTA|EEDAI|PLMOSAIC|DAAS|ZARR|HTTP):[^\s<\"']*",
    re.IGNORECASE,
)
# What asks a driver for a part of a file; one letter before the colon is a drive of Windows.
_CONNECTION = re.compile(r"[a-z][a-z0-9_]+:", re.IGNORECASE)
# Overviews that the notes beside a raster name, relative to it or anywhere.
_OVERVIEW_FILE = re.compile(r"OVERVIEW_FILE[\"'][^>]*>([^<]*)", re.IGNORECASE)
# Shifts of a datum that lie in a file of a folder; those that PROJ itself keeps have bare names.
GRID_FILES = re.compile(
    r"(?:grids\s*=|(?:PROJ4_GRIDS|PARAMETERFILE)\W[^\])/\\]*)[^\s\"'\])&]*[/\\]",
    re.IGNORECASE,
)
_BESIDE = ":::BASE:::"
_COMPANIONS = (".ovr", ".msk")
# Notes on a raster that GDAL looks for under fixed names.
_NOTES = (".aux", ".dim", ".hdr", ".imd", ".prj", ".pvl", ".rpb", ".txt", ".xml")


def check_raster(path: str, copied: bool = False) -> None:
    """Raise InputError where a raster, or what it names, leads beyond local files or is of a refused format.

    copied: QGIS will copy the raster, which then may be of a format that is not read but does no harm. Nothing is
    fetched, run or waited for.
    """
    try:
        _Look(copied).at(path)
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}. Choose another file.") from None


def check_archived(name: str) -> None:
    """Raise InputError where a raster inside an archive (/vsizip/ARCHIVE/INNER) would name other files."""
    _archived(name, name)


class _Look:
    """One look; what was seen is not looked at twice."""

    def __init__(self, copied: bool) -> None:
        self._copied = copied
        self._seen: Set[str] = set()

    def at(self, path: str, above: Tuple[str, ...] = ()) -> None:
        """Look at a file and all that it names; `above` are the files that led to it."""
        real = os.path.realpath(path)
        if real in above or len(above) > MAX_DEPTH:
            raise InputError(
                f"{path} is a virtual raster of virtual rasters, more than {MAX_DEPTH} deep. Save it as a GeoTIFF."
            )
        if real in self._seen:
            return
        self._seen.add(real)
        head = self._head(path, above[0] if above else None)
        _refuse_special_beside(path)
        found = refused_format(head)
        if found and not (self._copied and not above and found not in HARMFUL):
            raise InputError(format_refusal(path, found, above[0] if above else None))
        for ending in _COMPANIONS:
            for beside in (path + ending, path + ending.upper()):
                if os.path.isfile(beside):
                    self.at(beside, (*above, real))
        self._look_at_notes(path, above)
        _refuse_grid_files(path, head)
        if b"<VRTDataset" in head:
            self._virtual(path, above)

    def _head(self, path: str, named_in: Optional[str]) -> bytes:
        try:
            with open_regular(path) as file:
                return file.read(HEAD_BYTES)
        except OSError as error:
            name = f"{named_in} names {path[:200]}, which" if named_in else path
            raise InputError(f"{name} cannot be read: {error.strerror}. Choose another file.") from None

    def _virtual(self, path: str, above: Tuple[str, ...]) -> None:
        with open_regular(path) as file:
            content = file.read(MAX_VRT_BYTES + 1)
        _refuse_grid_files(path, content)
        folder = os.path.dirname(os.path.abspath(path))
        for named in named_files(path, content):
            self._refuse_name(path, folder, named)
            name = named.name
            if name.startswith("/vsi"):
                _archived(path, name)
                continue
            for inner in {os.path.join(folder, name), os.path.abspath(name)}:
                if os.path.isfile(inner):
                    self.at(inner, (*above, os.path.realpath(path)))
                elif special_kind(inner):
                    raise InputError(
                        f"{path} is a virtual raster that names {name[:100]!r}, which is {special_kind(inner)}, not a "
                        "file. Save it as a GeoTIFF."
                    )

    def _refuse_name(self, path: str, folder: str, named: Named) -> None:
        name = named.name
        remote = _REMOTE.search(name)
        if remote:
            raise InputError(
                f"{path} is a virtual raster that names {remote.group()[:100]!r}, and files may only name local files. "
                "Nothing was fetched. Download that file, and build the virtual raster on it."
            )
        if not named.surely:
            return
        if "<" in name or (_CONNECTION.match(name) and not os.path.exists(os.path.join(folder, name))):
            raise InputError(
                f"{path} is a virtual raster that names {name[:100]!r}, which is no plain file. Save it as a GeoTIFF."
            )
        if named.raw:
            # Raw bands take the bytes of any file as pixels.
            raw = os.path.realpath(os.path.join(folder, name))
            if not raw.startswith(os.path.realpath(folder) + os.sep):
                raise InputError(
                    f"{path} is a virtual raster that reads {name[:100]!r} as raw bytes. Nothing was read."
                )

    def _look_at_notes(self, path: str, above: Tuple[str, ...]) -> None:
        for ending in (".prj", ".hdr", ".wkt"):
            beside = os.path.splitext(path)[0] + ending
            if os.path.isfile(beside):
                with open_regular(beside) as file:
                    _refuse_grid_files(path, file.read(MAX_AUX_BYTES))
        notes = f"{path}.aux.xml"
        if not os.path.isfile(notes):
            return
        with open_regular(notes) as file:
            text = file.read(MAX_AUX_BYTES + 1)
        if len(text) > MAX_AUX_BYTES:
            raise InputError(
                f"{notes} has more than {MAX_AUX_BYTES} bytes. Remove it, or save the raster as a GeoTIFF."
            )
        _refuse_grid_files(path, text)
        for name in _OVERVIEW_FILE.findall(text.decode("utf-8", errors="replace")):
            check_overview_name(path, name)
            beside = os.path.join(os.path.dirname(os.path.abspath(path)), name.strip()[len(_BESIDE) :])
            if os.path.isfile(beside):
                self.at(beside, (*above, os.path.realpath(path)))


def _refuse_grid_files(path: str, content: bytes) -> None:
    """PROJ opens the grids of a CRS as soon as the raster is opened."""
    if GRID_FILES.search(content.decode("utf-8", errors="replace")):
        raise InputError(f"The CRS of {path} is no CRS that is read: it names a file of grids. Set its CRS anew.")


def check_overview_name(path: str, name: str) -> None:
    """Raise InputError where a raster names overviews that do not lie beside it."""
    plain = name.strip()
    rest = plain[len(_BESIDE) :]
    if not plain.startswith(_BESIDE) or os.path.basename(rest) != rest or _CONNECTION.match(rest):
        raise InputError(
            f"{path} names {plain[:100]!r} as the file of its overviews, and only files beside it are read. Remove the "
            "overviews, or save it as a GeoTIFF."
        )


def _refuse_special_beside(path: str) -> None:
    """GDAL looks for files beside a raster, and would wait for a pipe among them."""
    folder, own = os.path.split(os.path.abspath(path))
    stem = os.path.splitext(own)[0].lower()
    for name in _specials(folder, os.stat(folder).st_mtime_ns):
        if name.lower().startswith(stem) or name.lower().endswith(_NOTES):
            kind = special_kind(os.path.join(folder, name))
            raise InputError(f"Beside {path} lies {name}, which is {kind}, not a file. Remove it.")


@lru_cache(maxsize=8)
def _specials(folder: str, changed_ns: int) -> Tuple[str, ...]:
    """Names of pipes, devices and sockets in a folder; a folder of thousands of rasters is listed once."""
    del changed_ns  # a part of the key alone
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return ()
    # The kinds come with the list; only for what is neither is a second look taken.
    names = [entry.name for entry in entries if not entry.is_file() and not entry.is_dir()]
    return tuple(name for name in names if special_kind(os.path.join(folder, name)))


def _archived(path: str, name: str) -> None:
    """Refuse what lies in an archive and names other files; what cannot be looked into is refused as well."""
    if name.startswith("/vsimem/"):
        return
    try:
        head = _archived_head(name)
    except (OSError, EOFError, KeyError, ValueError, RuntimeError, NotImplementedError, zipfile.BadZipFile):
        head = None
    if head is None:
        raise InputError(
            f"{path} names {name[:100]!r}, which cannot be looked into. Unpack it, and name the unpacked file."
        )
    found = "VRT" if b"<VRTDataset" in head else refused_format(head)
    if found:
        raise InputError(
            f"{path} names {name[:100]!r}, which is of a format ({found}) that is not read from archives, since it may "
            "name other files. Save it as a GeoTIFF."
        )


def _archived_head(name: str) -> Optional[bytes]:
    kind, _, rest = name[1:].partition("/")
    if kind == "vsigzip":
        refuse_special(rest)
        with gzip.open(rest) as file:
            return bytes(file.read(HEAD_BYTES))
    parts = rest.split("/")
    for count in range(1, len(parts) + 1):
        archive, inner = "/".join(parts[:count]), "/".join(parts[count:])
        if os.path.isfile(archive):
            refuse_special(archive)
            # GDAL takes the only file of an archive where none is named.
            with zipfile.ZipFile(archive) as opened, opened.open(inner or opened.namelist()[0]) as file:
                return file.read(HEAD_BYTES)
    return None
