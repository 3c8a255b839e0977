"""Opening rasters: local files of known formats alone, which must not reach the network, code or secrets."""

import os
import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

import numpy as np
import rasterio
from rasterio.enums import Interleaving
from rasterio.env import hasenv
from rasterio.errors import NotGeoreferencedWarning, RasterioError
from rasterio.io import DatasetReader

from ...errors import InputError
from ...raster_check import check_archived, check_overview_name, check_raster
from ...raster_formats import worker_drivers
from ...regular_file import special_kind
from .drivers import GDAL_OPTIONS, restrict_gdal

# A single strip or tile of a file may be compressed a thousandfold.
MAX_BLOCK_BYTES = 1 << 30
# As many as a model may have. A few bytes can announce 65,535, whose interleaved pixels are unpacked once for each.
MAX_BANDS = 1 << 12


def open_dataset(path: str) -> Any:
    """A raster of rasterio's, opened. Raises InputError where the file cannot serve."""
    if not os.path.exists(path):
        raise InputError(f"The raster {path} does not exist. Choose a raster in a local file.")
    if os.path.isdir(path):
        raise InputError(
            f"The raster {path} is a folder. Make one raster of the bands of a scene in it with stackscene (Stack "
            "scene), or choose a raster."
        )
    if special_kind(path):
        raise InputError(f"The raster {path} is {special_kind(path)}, not a file. Choose a raster in a local file.")
    return _opened(path, os.path.abspath(path), check_raster)


def open_archived(name: str) -> Any:
    """A raster in a zip, by a name of GDAL's, /vsizip/ARCHIVE/INNER, that we made. Raises InputError."""
    return _opened(name, name, check_archived)


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


def _opened(path: str, name: str, look: Callable[[str], None]) -> Any:
    """What GDAL opens by a name, once it was looked at; path: for messages."""
    restrict_gdal()
    try:
        look(path)
        with without_georeference(), rasterio.Env(**GDAL_OPTIONS):
            dataset = DatasetReader(name, driver=worker_drivers())
    except Exception as error:
        if isinstance(error, InputError) or not (is_gdal_error(error) or isinstance(error, (TypeError, ValueError))):
            raise
        raise InputError(f"{path} cannot be read as a raster: {reason_of(error)}. Choose another file.") from error
    try:
        _check(path, dataset)
    except BaseException:
        dataset.close()
        raise
    return dataset


def _check(path: str, dataset: Any) -> None:
    """Raise InputError for what no window can be read from, or what GDAL would open beside it."""
    count = dataset.count
    if count == 0:
        raise InputError(f"{path} holds several rasters and none of its own. Export the one you need to a GeoTIFF.")
    if count > MAX_BANDS:
        raise InputError(f"{path} announces {count} bands; up to {MAX_BANDS} are read. Split it.")
    overviews = dataset.tags(ns="OVERVIEWS").get("OVERVIEW_FILE")
    if overviews:
        check_overview_name(path, overviews)
    # Whatever its size on the disk, a raster is decoded in whole blocks.
    together = count if dataset.interleaving == Interleaving.pixel else 1
    block_bytes = max(
        height * width * together * np.dtype(_numpy_type(dtype)).itemsize
        for (height, width), dtype in zip(dataset.block_shapes, dataset.dtypes, strict=True)
    )
    if block_bytes > MAX_BLOCK_BYTES:
        raise InputError(
            f"{path} is stored in blocks of {block_bytes >> 20} MB, each of which has to be decoded whole. Save it as "
            "a tiled GeoTIFF."
        )


def _numpy_type(dtype: str) -> str:
    """A type that numpy knows, as wide as GDAL's."""
    return {"complex_int16": "int32", "complex_int32": "int64"}.get(dtype, dtype)
