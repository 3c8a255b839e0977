"""Rasters are read from local files alone: a file that names others must not reach the network, code or secrets."""

import html
import os
import re

from ...errors import InputError

# GDAL's own switches, for what a VRT inside a VRT names too.
GDAL_OPTIONS = {
    "GDAL_VRT_ENABLE_PYTHON": "NO",
    # No file on a web server or in a cloud ends so; where one did, nothing listens at the proxy.
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": ".no-network",
    "GDAL_HTTP_PROXY": "127.0.0.1:9",
    "GDAL_HTTPS_PROXY": "127.0.0.1:9",
    "GDAL_HTTP_MAX_RETRY": "0",
}
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
    for found in _SOURCES.findall(text):
        name = html.unescape(found).strip()
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
