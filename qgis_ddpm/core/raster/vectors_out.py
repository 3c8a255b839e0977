"""Writing vectors: everything here makes GeoJSON; other formats are converted by pyogrio where it is installed."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec

from rasterio.crs import CRS

from ...errors import JobError, OutputError
from ...temporary import private_folder
from .vectors_in import GEOJSON

# Formats of one file each: a set of files cannot be put in place at once.
DRIVERS = {".gpkg": "GPKG", ".fgb": "FlatGeobuf"}


def check_vector(parameter: str, path: str | None) -> None:
    """Raise JobError where no vector file of this name can be written; before any work is done."""
    ending = os.path.splitext(path or "")[1].lower()
    if not path or ending in GEOJSON:
        return
    if ending not in DRIVERS:
        raise JobError(f"{parameter} is {path}: vectors are written as .geojson, .gpkg or .fgb. Choose one of these.")
    if find_spec("pyogrio") is None:
        raise JobError(
            f"{parameter} is {path}: {ending} needs the package pyogrio. Name a .geojson, or install pyogrio."
        )


@contextmanager
def vector_part(path: str, part: str) -> Iterator[str]:
    """The name to write GeoJSON under; at the end of the `with` block `part` holds it in the format of `path`.

    part: what `OutputTransaction.temp_path` gave for the path. Raises OutputError where the conversion fails.
    """
    ending = os.path.splitext(path)[1].lower()
    if ending in GEOJSON:
        yield part
        return
    with private_folder() as folder:
        geojson = os.path.join(folder, "vectors.geojson")
        yield geojson
        _convert(geojson, part, path)


def _convert(geojson: str, part: str, path: str) -> None:
    from pyogrio import raw
    from pyogrio.errors import DataLayerError, DataSourceError, FieldError

    layer = os.path.splitext(os.path.basename(path))[0]
    driver = DRIVERS[os.path.splitext(path)[1].lower()]
    try:
        about, _, shapes, columns = raw.read(geojson)
        raw.write(
            part,
            shapes,
            columns,
            about["fields"],
            crs=about["crs"],
            geometry_type="Polygon",
            driver=driver,
            layer=layer,
        )
    except (DataLayerError, DataSourceError, FieldError, OSError) as error:
        raise OutputError(
            f"{path} could not be written: {error}. Name a .geojson, or choose another folder."
        ) from error


def crs_member(crs: CRS | None) -> dict[str, object] | None:
    """The `crs` of a GeoJSON file as GDAL reads it; None for none."""
    if crs is None:
        return None
    authority = crs.to_authority(confidence_threshold=100)
    if authority == ("EPSG", "4326"):
        name = "urn:ogc:def:crs:OGC:1.3:CRS84"
    elif authority is not None:
        name = f"urn:ogc:def:crs:{authority[0]}::{authority[1]}"
    else:
        name = crs.to_wkt()
    return {"type": "name", "properties": {"name": name}}
