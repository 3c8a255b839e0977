"""Writing vectors: everything here makes GeoJSON; other formats are converted by pyogrio where it is installed."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec

from rasterio.crs import CRS

from ...errors import JobError, OutputError
from ...temporary import private_folder
from ..gdal.drivers import vector_formats
from ..outputs.transaction import OutputTransaction
from .geopackage import check_target, layer_name, others_kept, start_from
from .vectors_in import GEOJSON

# Formats of one file each: a set of files cannot be put in place at once.
GEOPACKAGE = ".gpkg"
DRIVERS = {GEOPACKAGE: "GPKG", ".fgb": "FlatGeobuf"}


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
    if ending == GEOPACKAGE:
        try:
            check_target(path)
        except OutputError as error:
            raise JobError(f"{parameter}: {error}") from None


@contextmanager
def vector_part(
    path: str, part: str, transaction: OutputTransaction, geometry: str | None = "Polygon"
) -> Iterator[str]:
    """The name to write GeoJSON under; at the end of the `with` block `part` holds it in the format of `path`.

    A GeoPackage that is there already keeps its other layers and tables.

    Args:
        path: of the output.
        part: what `OutputTransaction.part` gave for the path.
        transaction: which renames the part.
        geometry: what all features are; None for as they are.

    Raises:
        OutputError: where the conversion fails.
    """
    ending = os.path.splitext(path)[1].lower()
    if ending in GEOJSON:
        yield part
        return
    with private_folder() as folder:
        geojson = os.path.join(folder, "vectors.geojson")
        yield geojson
        if ending != GEOPACKAGE:
            _convert(geojson, part, path, layer_name(path), geometry)
            return
        layer, check = start_from(path, part)
        transaction.before_renaming(path, check)
        with others_kept(path, part, layer):
            _convert(geojson, part, path, layer, geometry)


def write_lines(path: str, lines: Iterable[str]) -> None:
    """Write lines of text. Raises OutputError."""
    try:
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{line}\n" for line in lines)
    except OSError as error:
        raise OutputError(
            f"{path} could not be written whole ({error.strerror}). Free space on the disk or choose another folder."
        ) from error


def _convert(geojson: str, part: str, path: str, layer: str, geometry: str | None) -> None:
    from pyogrio import raw
    from pyogrio.errors import DataLayerError, DataSourceError, FieldError

    driver = DRIVERS[os.path.splitext(path)[1].lower()]
    try:
        with vector_formats():
            about, _, shapes, columns = raw.read(geojson)
            raw.write(
                part,
                shapes,
                columns,
                about["fields"],
                crs=about["crs"],
                geometry_type=geometry or about["geometry_type"],
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
