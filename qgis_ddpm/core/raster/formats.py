"""Rasters are read from local files alone: a file that names others must not reach the network, code or secrets."""

from ...raster_check import check_raster as refuse_remote_sources

__all__ = ["GDAL_OPTIONS", "refuse_remote_sources"]

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
