"""The functions of a GDAL that a package has loaded, for what the package has no words for."""

import ctypes
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any

_OPEN = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)
_STAT = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
# GDAL calls them as long as the process lives.
_opens_nothing = _OPEN(lambda *_: None)
_finds_nothing = _STAT(lambda *_: -1)
# Where these stand in GDAL's table of what a file system does, in pointers; new ones are added at its end.
_STAT_PLACE, _OPEN_PLACE = 1, 7

_TEXT, _POINTER, _TEXTS = ctypes.c_char_p, ctypes.c_void_p, ctypes.POINTER(ctypes.c_char_p)
# Name: (result, arguments), of gdal.h, cpl_conv.h, cpl_string.h, cpl_vsi.h and ogr_srs_api.h of GDAL 3.5 and newer.
_FUNCTIONS: dict[str, tuple[Any, list[Any]]] = {
    "GDALAllRegister": (None, []),
    "GDALGetDriverCount": (ctypes.c_int, []),
    "GDALGetDriver": (_POINTER, [ctypes.c_int]),
    "GDALGetDriverShortName": (_TEXT, [_POINTER]),
    "GDALDeregisterDriver": (None, [_POINTER]),
    "CPLSetConfigOption": (None, [_TEXT, _TEXT]),
    "CSLDestroy": (None, [_TEXTS]),
    "VSIGetFileSystemsPrefixes": (_TEXTS, []),
    "VSIAllocFilesystemPluginCallbacksStruct": (_POINTER, []),
    "VSIInstallPluginHandler": (ctypes.c_int, [_TEXT, _POINTER]),
    "VSIFreeFilesystemPluginCallbacksStruct": (None, [_POINTER]),
    "OSRSetPROJEnableNetwork": (None, [ctypes.c_int]),
}


class GdalLibrary:
    """One GDAL of this process: the one that an extension module, by its file, is linked with.

    Raises LookupError where its functions are not found.
    """

    def __init__(self, module_file: str) -> None:
        for handle in _handles(module_file):
            with suppress(AttributeError):
                for name, (result, arguments) in _FUNCTIONS.items():
                    function = getattr(handle, name)
                    function.restype, function.argtypes = result, arguments
                self._gdal = handle
                return
        raise LookupError(f"no GDAL is found through {module_file}")

    @property
    def driver_count(self) -> int:
        """How many drivers there are."""
        return int(self._gdal.GDALGetDriverCount())

    @property
    def address(self) -> int | None:
        """Where it lies in memory: two packages may share one GDAL."""
        return ctypes.cast(self._gdal.GDALGetDriverCount, _POINTER).value

    def drivers(self) -> dict[str, int]:
        """Handles of the drivers by name."""
        handles = [self._gdal.GDALGetDriver(number) for number in range(self.driver_count)]
        return {self._gdal.GDALGetDriverShortName(handle).decode(): handle for handle in handles}

    def register_all(self) -> None:
        """Let it know all its formats again, but for those that GDAL_SKIP names."""
        self._gdal.GDALAllRegister()

    def deregister(self, names: Iterable[str]) -> None:
        """Let it know formats no longer; datasets that are open stay so."""
        handles = self.drivers()
        for name in names:
            self._gdal.GDALDeregisterDriver(handles[name])

    def set(self, options: Mapping[str, str]) -> None:
        """Options of the whole process, which win over variables and start-up files."""
        for name, value in options.items():
            self._gdal.CPLSetConfigOption(name.encode(), value.encode())

    def without_network(self, file_systems: tuple[str, ...]) -> None:
        """Let files be opened that lie where one of these prefixes says, or on the disk, and grids of PROJ on it."""
        self._gdal.OSRSetPROJEnableNetwork(0)
        found = self._gdal.VSIGetFileSystemsPrefixes()
        names: list[bytes] = []
        while found[len(names)]:
            names.append(found[len(names)])
        self._gdal.CSLDestroy(found)
        for name in names:
            if not name.decode().startswith(file_systems):
                table = self._gdal.VSIAllocFilesystemPluginCallbacksStruct()
                places = ctypes.cast(table, ctypes.POINTER(_POINTER))
                places[_STAT_PLACE] = ctypes.cast(_finds_nothing, _POINTER)
                places[_OPEN_PLACE] = ctypes.cast(_opens_nothing, _POINTER)
                self._gdal.VSIInstallPluginHandler(name, table)
                self._gdal.VSIFreeFilesystemPluginCallbacksStruct(table)


def _handles(module_file: str) -> Iterator[Any]:
    # The functions of a library that a module is linked with are found through the module, but not on Windows.
    with suppress(OSError):
        yield ctypes.CDLL(module_file)
    if sys.platform == "win32":
        package = os.path.dirname(module_file)
        for place in (f"{package}.libs", os.path.join(sys.prefix, "Library", "bin")):
            for name in sorted(os.listdir(place)) if os.path.isdir(place) else []:
                if name.lower().startswith(("gdal", "libgdal")) and name.lower().endswith(".dll"):
                    with suppress(OSError):
                        yield ctypes.CDLL(os.path.join(place, name))
