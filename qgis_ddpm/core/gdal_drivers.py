"""GDAL of this process knows the formats of the allow-list and no others, and reaches no network.

What a virtual raster names is opened with whatever GDAL knows, so the list is kept for the whole process.
"""

import ctypes
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any

from ..errors import EnvironmentMissingError
from ..raster_formats import FORMATS, IN_MEMORY
from .local_files import GDAL_OPTIONS

KNOWN = {*FORMATS, *IN_MEMORY}
# Variables that would run a start-up file, load code or open connections, with their safe values; None is no value.
_FIXED: dict[str, str | None] = {
    "GDAL_CONFIG_FILE": os.devnull,
    "GDAL_DRIVER_PATH": None,
    "OGR_DRIVER_PATH": None,
    "PROJ_NETWORK": "OFF",
}
# Files that are none of these are not opened by any name.
_FILE_SYSTEMS = ("/vsimem/", "/vsizip/", "/vsigzip/", "/vsisubfile/", "/vsipythonfilelike", "/vsiriopener")
_OPEN = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)
_STAT = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
# GDAL calls them as long as the process lives.
_opens_nothing = _OPEN(lambda *_: None)
_finds_nothing = _STAT(lambda *_: -1)
# Where these stand in GDAL's table of what a file system does, in pointers; new ones are added at its end.
_STAT_PLACE, _OPEN_PLACE = 1, 7

# The one library, and how many drivers it was left with.
_libraries: list[Any] = []
_counts: dict[str, int] = {}


def restrict_gdal() -> None:
    """Let GDAL of this process open nothing but files of the allow-list, whatever the user's variables say.

    Cheap where it was done before. Raises EnvironmentMissingError where this GDAL cannot be restricted.
    """
    if _libraries and _libraries[0].GDALGetDriverCount() == _counts.get("drivers"):
        return
    import rasterio

    _fix_environment()
    with rasterio.Env() as env:
        names = set(env.drivers())
        library = _libraries[0] if _libraries else _library()
        if library is None:
            raise EnvironmentMissingError(
                "The drivers of this environment's GDAL cannot be restricted to those that are safe. Set up the "
                "environment anew, with rasterio from PyPI."
            )
        if not names.issuperset(("GTiff", "VRT", "MEM")):
            # A variable kept them out before we came.
            _set(library, {"GDAL_SKIP": "", "OGR_SKIP": ""})
            library.GDALAllRegister()
            names = set(env.drivers())
        _deregister(library, names - KNOWN)
        # GDAL registers all drivers again where another package asks it to.
        _set(library, {**GDAL_OPTIONS, "GDAL_SKIP": ",".join(sorted(names - KNOWN)), "OGR_SKIP": ""})
        _counts["drivers"] = library.GDALGetDriverCount()
        left = set(env.drivers()) - KNOWN
    if left:
        raise EnvironmentMissingError(f"GDAL keeps the drivers {', '.join(sorted(left))[:200]}, which are not safe.")
    if not _libraries:
        _close_network(library)
        _libraries.append(library)


def _fix_environment() -> None:
    for name, value in _FIXED.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


def _set(library: Any, options: Mapping[str, str | None]) -> None:
    """Options of the whole process, which win over variables and start-up files."""
    for name, value in options.items():
        library.CPLSetConfigOption(name.encode(), None if value is None else value.encode())


def _deregister(library: Any, names: Iterable[str]) -> None:
    for name in names:
        driver = library.GDALGetDriverByName(name.encode())
        if driver:
            # It stays in memory: datasets that somebody opened with it are still read.
            library.GDALDeregisterDriver(driver)


def _close_network(library: Any) -> None:
    """Put file systems that hold nothing in the place of those on web servers, in clouds and on standard streams."""
    with suppress(AttributeError):
        # From GDAL 3.11 on; before, only the variable says it.
        library.OSRSetPROJEnableNetwork(0)
    prefixes, place = library.VSIGetFileSystemsPrefixes(), 0
    names = []
    while prefixes[place]:
        names.append(prefixes[place])
        place += 1
    library.CSLDestroy(prefixes)
    for name in names:
        if not name.decode().startswith(_FILE_SYSTEMS):
            table = library.VSIAllocFilesystemPluginCallbacksStruct()
            slots = ctypes.cast(table, ctypes.POINTER(ctypes.c_void_p))
            slots[_STAT_PLACE] = ctypes.cast(_finds_nothing, ctypes.c_void_p)
            slots[_OPEN_PLACE] = ctypes.cast(_opens_nothing, ctypes.c_void_p)
            library.VSIInstallPluginHandler(name, table)
            library.VSIFreeFilesystemPluginCallbacksStruct(table)


def _library() -> Any:
    """GDAL as rasterio has loaded it; None where its functions are not found."""
    for handle in _handles():
        with suppress(AttributeError):
            return _declared(handle)
    return None


def _declared(library: Any) -> Any:
    library.GDALGetDriverByName.restype = ctypes.c_void_p
    library.GDALGetDriverByName.argtypes = [ctypes.c_char_p]
    library.GDALDeregisterDriver.restype = None
    library.GDALDeregisterDriver.argtypes = [ctypes.c_void_p]
    library.GDALAllRegister.restype = None
    library.GDALGetDriverCount.restype = ctypes.c_int
    library.VSIGetFileSystemsPrefixes.restype = ctypes.POINTER(ctypes.c_char_p)
    library.CPLSetConfigOption.argtypes = [ctypes.c_char_p, ctypes.c_char_p]
    library.CSLDestroy.argtypes = [ctypes.POINTER(ctypes.c_char_p)]
    library.VSIAllocFilesystemPluginCallbacksStruct.restype = ctypes.c_void_p
    library.VSIInstallPluginHandler.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    library.VSIFreeFilesystemPluginCallbacksStruct.argtypes = [ctypes.c_void_p]
    return library


def _handles() -> Iterator[Any]:
    import rasterio._env

    # The functions of a library that rasterio's module is linked with are found through it, but not on Windows.
    with suppress(OSError):
        yield ctypes.CDLL(rasterio._env.__file__)
    if sys.platform == "win32":
        folder = os.path.dirname(os.path.dirname(rasterio._env.__file__))
        places = (os.path.join(folder, "rasterio.libs"), os.path.join(sys.prefix, "Library", "bin"))
        for place in filter(os.path.isdir, places):
            for name in sorted(os.listdir(place)):
                if name.lower().startswith(("gdal", "libgdal")) and name.lower().endswith(".dll"):
                    with suppress(OSError):
                        yield ctypes.CDLL(os.path.join(place, name))
