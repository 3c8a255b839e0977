"""GDAL as every job has it: its switches, and a cache that is bounded."""

from contextlib import AbstractContextManager

import rasterio

from .drivers import GDAL_OPTIONS, restrict_gdal


def gdal_session(cache_bytes: int) -> AbstractContextManager[object]:
    """A `with` block, in the thread that reads, in which GDAL is as a job wants it."""
    restrict_gdal()
    env: AbstractContextManager[object] = rasterio.Env(
        GDAL_CACHEMAX=cache_bytes, GDAL_DISABLE_READDIR_ON_OPEN="FALSE", **GDAL_OPTIONS
    )
    return env
