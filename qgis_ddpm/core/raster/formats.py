"""Opening rasters: local files of known formats alone, which must not reach the network, code or secrets."""

import html
import os
import re
import warnings
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

import numpy as np
import rasterio
from rasterio.enums import Interleaving
from rasterio.env import hasenv
from rasterio.errors import NotGeoreferencedWarning, RasterioError
from rasterio.io import DatasetReader

from ...errors import InputError

# Formats of local files with pixels. A text file can name a web service, a database or code, so no others are tried.
# fmt: off
DRIVERS = [
    "GTiff", "COG", "ENVI", "VRT", "PNG", "JPEG", "JP2OpenJPEG", "HFA", "AAIGrid", "GRIB", "netCDF", "HDF5Image",
    "GPKG", "MBTiles", "BMP", "GIF", "WEBP", "EHdr", "ERS", "SAGA", "RST", "PCIDSK", "SRTMHGT", "DTED", "NITF",
    "RRASTER", "GSBG", "GS7BG", "AIG", "ISIS3", "PDS4", "BIGGIF", "SGI", "TGA", "MRF", "PNM", "KRO", "BT", "USGSDEM",
]
# fmt: on
# GDAL's own switches, for what a VRT inside a VRT names too.
GDAL_OPTIONS = {
    "GDAL_VRT_ENABLE_PYTHON": "NO",
    # No file on a web server or in a cloud ends so; where one did, nothing listens at the proxy.
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": ".no-network",
    "GDAL_HTTP_PROXY": "127.0.0.1:9",
    "GDAL_HTTPS_PROXY": "127.0.0.1:9",
    "GDAL_HTTP_MAX_RETRY": "0",
}
# A single strip or tile of a file may be compressed a thousandfold.
MAX_BLOCK_BYTES = 1 << 30
MAX_VRT_BYTES = 64 << 20
MAX_DEPTH = 8
_REMOTE = re.compile(
    # GDAL's names for files that are not files, but for those that lie in memory or in an archive.
    r"/vsi(?!mem|zip|gzip|tar|7z|rar|sparse|cached|crypt|subfile)\w+/[^\s<\"']*"
    r"|\b(?!file)[a-z][a-z0-9+.-]*://[^\s<\"']*"
    r"|\b(?:WMS|WMTS|WCS|PG|MySQL|STACIT|STACTA|EEDAI|PLMOSAIC|DAAS|ZARR|HTTP):[^\s<\"']*",
    re.IGNORECASE,
)
_SOURCES = re.compile(r"<\w*(?:Source|File|Dataset)\w*\b[^>]*>([^<]+)", re.IGNORECASE)
_RAW_SOURCES = re.compile(r"VRTRawRasterBand.*?<SourceFilename[^>]*>([^<]*)", re.IGNORECASE | re.DOTALL)


def open_dataset(path: str) -> Any:
    """A raster of rasterio's, opened. Raises InputError where the file cannot serve."""
    if not os.path.exists(path):
        raise InputError(f"The raster {path} does not exist. Choose a raster in a local file.")
    try:
        refuse_remote_sources(path)
        with without_georeference(), rasterio.Env(**GDAL_OPTIONS):
            dataset = DatasetReader(os.path.abspath(path), driver=DRIVERS)
    except Exception as error:
        if isinstance(error, InputError) or not (is_gdal_error(error) or isinstance(error, (TypeError, ValueError))):
            raise
        raise InputError(f"{path} cannot be read as a raster: {reason_of(error)}. Choose another file.") from error
    if dataset.count == 0:
        dataset.close()
        raise InputError(f"{path} holds several rasters and none of its own. Export the one you need to a GeoTIFF.")
    _check_blocks(path, dataset)
    return dataset


def refuse_remote_sources(path: str, depth: int = 0) -> None:
    """Raise InputError where a file is a virtual raster (VRT) that leads beyond rasters in local files.

    What it names is looked into as well, `depth` files deep so far. Nothing is fetched or run.
    """
    text = _virtual_raster(path)
    if text is None:
        return
    if depth > MAX_DEPTH:
        raise InputError(f"{path} is a virtual raster of virtual rasters, {depth} deep. Save it as a GeoTIFF.")
    if re.search(r"<!(DOCTYPE|ENTITY)", text, re.IGNORECASE):
        raise InputError(f"{path} is a virtual raster with a document type, which GDAL never writes. Nothing was read.")
    plain = html.unescape(text)
    if re.search(r"<PixelFunctionLanguage>\s*Python", plain, re.IGNORECASE):
        raise InputError(f"{path} is a virtual raster that holds Python code, which is not run. Save it as a GeoTIFF.")
    folder = os.path.dirname(os.path.abspath(path))
    for name in _RAW_SOURCES.findall(text):
        # Raw bands take the bytes of any file as pixels.
        raw = os.path.realpath(os.path.join(folder, html.unescape(name)))
        if not raw.startswith(os.path.realpath(folder) + os.sep):
            raise InputError(f"{path} is a virtual raster that reads {name[:100]!r} as raw bytes. Nothing was read.")
    for escaped in _SOURCES.findall(text):
        name = html.unescape(escaped).strip()
        remote = _REMOTE.search(name)
        if remote:
            raise InputError(
                f"{path} is a virtual raster that names {remote.group()[:100]!r}, and files may only name local files. "
                "Nothing was fetched. Download that file, and build the virtual raster on it."
            )
        inner = os.path.join(folder, name)
        if len(name) < 4096 and "\0" not in name and os.path.isfile(inner):
            refuse_remote_sources(inner, depth + 1)


def _virtual_raster(path: str) -> str | None:
    """The text of a VRT, None for any other file. Raises InputError."""
    try:
        with open(path, "rb") as file:
            if b"<VRTDataset" not in file.read(4096):
                return None
            size = os.fstat(file.fileno()).st_size
            if size > MAX_VRT_BYTES:
                raise InputError(f"{path} is a virtual raster of {size} bytes; up to {MAX_VRT_BYTES} are read.")
            file.seek(0)
            return file.read(MAX_VRT_BYTES).decode("utf-8", errors="replace")
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}. Choose another file.") from None


def gdal_options() -> AbstractContextManager[object]:
    """GDAL's switches, where the run has not set them already."""
    options: AbstractContextManager[object] = nullcontext() if hasenv() else rasterio.Env(**GDAL_OPTIONS)
    return options


@contextmanager
def without_georeference() -> Iterator[None]:
    """Let GDAL not warn of rasters without georeference: that they have none is told in a note."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        yield


def is_gdal_error(error: BaseException) -> bool:
    """Whether GDAL refused; rasterio lets some of its errors through, whose classes are private."""
    return isinstance(error, (RasterioError, OSError)) or type(error).__name__.startswith("CPLE_")


def reason_of(error: BaseException) -> str:
    """The first cause that GDAL gave, in one line."""
    while error.__cause__ is not None:
        error = error.__cause__
    text = str(error) or type(error).__name__
    return text.splitlines()[0].strip().rstrip(".")[:200]


def _check_blocks(path: str, dataset: Any) -> None:
    """Refuse a raster that can only be decoded in pieces which no memory holds, whatever its size on the disk."""
    try:
        together = dataset.count if dataset.interleaving == Interleaving.pixel else 1
        sizes = [
            height * width * together * np.dtype(_numpy_type(dtype)).itemsize
            for (height, width), dtype in zip(dataset.block_shapes, dataset.dtypes, strict=True)
        ]
    except BaseException:
        dataset.close()
        raise
    if max(sizes) > MAX_BLOCK_BYTES:
        dataset.close()
        raise InputError(
            f"{path} is stored in blocks of {max(sizes) >> 20} MB, each of which has to be decoded whole. Save it as a "
            "tiled GeoTIFF."
        )


def _numpy_type(dtype: str) -> str:
    """A type that numpy knows, as wide as GDAL's."""
    return {"complex_int16": "int32", "complex_int32": "int64"}.get(dtype, dtype)
