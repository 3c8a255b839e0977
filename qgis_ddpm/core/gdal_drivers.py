"""GDAL of this process knows the formats of the allow-list and no others, and reaches no network.

What a virtual raster names is opened with whatever GDAL knows, so the list is kept for the whole process.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from ..errors import EnvironmentMissingError
from ..raster_formats import FORMATS, IN_MEMORY, VECTOR_FORMATS
from .gdal_library import GdalLibrary
from .local_files import GDAL_OPTIONS

RASTERS = {*FORMATS, *IN_MEMORY}
# Without these nothing is read, or drawn.
_NEEDED = {"GTiff", "VRT", "MEM"}
# Plugins of the user's, and a log that GDAL would write over a file; it looks for them when it begins.
_NOT_HEARD = ("GDAL_DRIVER_PATH", "OGR_DRIVER_PATH", "CPL_LOG")
# Files that lie in none of these are not opened by any name, but for those on the disk.
_FILE_SYSTEMS = ("/vsimem/", "/vsizip/", "/vsigzip/", "/vsisubfile/", "/vsipythonfilelike", "/vsiriopener")


class _Restricted:
    """A GDAL that keeps to a list. Its methods raise EnvironmentMissingError where it does not."""

    def __init__(self, module_file: str) -> None:
        try:
            self.library = GdalLibrary(module_file)
        except LookupError as error:
            raise EnvironmentMissingError(
                f"The formats of this environment's GDAL cannot be restricted to those that are safe ({error}). Set up "
                "the environment anew."
            ) from None
        self.library.without_network(_FILE_SYSTEMS)
        self._count = 0

    def keep_to(self, wanted: set[str], needed: set[str]) -> None:
        """Know these formats alone, where they are built in."""
        if self.library.driver_count == self._count:
            return
        if not needed <= self.library.drivers().keys():
            # A variable of the user's, or another list, kept them out.
            self.library.set({"GDAL_SKIP": "", "OGR_SKIP": ""})
            self.library.register_all()
        others = sorted(self.library.drivers().keys() - wanted)
        self.library.deregister(others)
        # Another package may have all formats registered again.
        self.library.set({**GDAL_OPTIONS, "GDAL_SKIP": ",".join(others), "OGR_SKIP": ""})
        left = self.library.drivers().keys() - wanted
        if left:
            raise EnvironmentMissingError(f"GDAL keeps the formats {', '.join(sorted(left))[:200]}, which are unsafe.")
        self._count = self.library.driver_count

    def forget(self) -> None:
        """Look again at the next call: somebody else restricts the same GDAL."""
        self._count = 0


_restricted: dict[str, _Restricted] = {}


def restrict_gdal() -> None:
    """Let rasterio's GDAL open nothing but files of the allow-list, whatever the user's variables say.

    Cheap where it was done before. Raises EnvironmentMissingError where this GDAL cannot be restricted.
    """
    if "rasterio" not in _restricted:
        _fix_environment()
        import rasterio
        import rasterio._env

        with rasterio.Env():
            # Registers all formats, once in a process.
            pass
        _restricted["rasterio"] = _Restricted(rasterio._env.__file__)
    _restricted["rasterio"].keep_to(RASTERS, _NEEDED)


@contextmanager
def vector_formats() -> Iterator[None]:
    """Let pyogrio's GDAL know the vector formats of the list alone, within the `with` block.

    Where it is rasterio's own, rasters are not to be opened meanwhile. Raises EnvironmentMissingError.
    """
    restrict_gdal()
    if "pyogrio" not in _restricted:
        import pyogrio._ogr

        _restricted["pyogrio"] = _Restricted(pyogrio._ogr.__file__)
    rasters, vectors = _restricted["rasterio"], _restricted["pyogrio"]
    is_shared = rasters.library.address == vectors.library.address
    if is_shared:
        vectors.forget()
    vectors.keep_to({*VECTOR_FORMATS, *IN_MEMORY}, {"GeoJSON", "GPKG"})
    try:
        yield
    finally:
        if is_shared:
            rasters.forget()
            restrict_gdal()


def _fix_environment() -> None:
    for name in _NOT_HEARD:
        os.environ.pop(name, None)
    os.environ.update({"GDAL_CONFIG_FILE": os.devnull, "PROJ_NETWORK": "OFF"})
