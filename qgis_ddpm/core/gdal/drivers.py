"""GDAL of this process knows the formats of the allow-list and no others, and reaches no network.

What a virtual raster names is opened with whatever GDAL knows, so the list is kept for the whole process.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from ...errors import EnvironmentMissingError
from ...raster_formats import FORMATS, IN_MEMORY, VECTOR_FORMATS
from .library import GdalLibrary

# GDAL's own switches, for what a VRT inside a VRT names too.
GDAL_OPTIONS = {
    "GDAL_VRT_ENABLE_PYTHON": "NO",
    # No file on a web server or in a cloud is called or ends so; where one did, no proxy is of this kind.
    "CPL_VSIL_CURL_ALLOWED_FILENAME": "/no-network",
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": ".no-network",
    "GDAL_HTTP_PROXY": "nothing://127.0.0.1:9",
    "GDAL_HTTPS_PROXY": "nothing://127.0.0.1:9",
    "GDAL_HTTP_MAX_RETRY": "0",
    # A name must not stand for a place in this process's memory.
    "GDAL_MEM_ENABLE_OPEN": "NO",
    # Neither read from nor written to, but for the notes beside a raster.
    "GDAL_PAM_PROXY_DIR": "",
    # Raw bytes of a file as pixels.
    "GDAL_VRT_RAWRASTERBAND_ALLOWED_SOURCE": "SIBLING_OR_CHILD_OF_VRT_PATH",
}

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
