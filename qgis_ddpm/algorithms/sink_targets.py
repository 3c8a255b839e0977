"""Files that a vector destination names: other layers and tables that they hold already are not lost."""

import os
from typing import Any, Dict, Optional

from osgeo import gdal
from qgis.core import QgsDataSourceUri, QgsProcessingContext, QgsProcessingOutputLayerDefinition, QgsProperty

from ..errors import OutputError
from .translation import tr

GEOPACKAGE = ".gpkg"
# As `ogr.wkbNone`, without importing all of OGR.
WITHOUT_GEOMETRY = 100


def refuse_losing_layers(name: str, value: Any, context: QgsProcessingContext) -> None:
    """Raise OutputError where a vector destination is a file from which QGIS would take more than one layer.

    name: of the parameter. value: as it was given.
    """
    path = _file_named(value, context)
    is_geopackage = path.lower().endswith(GEOPACKAGE)
    left = [path + ending for ending in ("-wal", "-journal") if is_geopackage and _has_content(path + ending)]
    if not _has_content(path):
        if left:
            words = tr(
                "{}: beside {} lies {}, the last changes of a GeoPackage that is not there. Put that GeoPackage back, "
                "move the file away, or choose another name."
            )
            raise OutputError(words.format(name, path, left[0]))
        return
    layers = _layers_of(path)
    if is_geopackage:
        if layers is None:
            words = tr("{}: {} is there and is no GeoPackage, so no layer can be added to it. Choose another name.")
            raise OutputError(words.format(name, path))
        stem = _stem(path)
        if any(layer.lower() == stem.lower() and not is_vector for layer, is_vector in layers.items()):
            words = tr(
                "{}: {} holds a table '{}' that is no layer of vectors, and it would be lost. Choose another name."
            )
            raise OutputError(words.format(name, path, stem))
    elif layers is not None and len(layers) > 1:
        words = tr("{}: {} holds {} layers, which would be lost. Choose another name.")
        raise OutputError(words.format(name, path, len(layers)))


def layer_in(value: Any, context: QgsProcessingContext) -> Any:
    """A destination that is a GeoPackage which is there, as one layer in it: QGIS would replace the whole file."""
    path = _file_named(value, context)
    if not path.lower().endswith(GEOPACKAGE) or not _has_content(path):
        return value
    layers = _layers_of(path) or {}
    stem = _stem(path)
    # SQLite itself tells no capitals from small letters.
    table = next((layer for layer in layers if layer.lower() == stem.lower()), stem)
    source = QgsDataSourceUri()
    source.setDatabase(path)
    source.setDataSource("", table, "geom")
    text = f"ogr:{source.uri(False)}"
    if isinstance(value, QgsProcessingOutputLayerDefinition):
        found = QgsProcessingOutputLayerDefinition(value)
        found.sink = QgsProperty.fromValue(text)
        return found
    return text


def _file_named(value: Any, context: QgsProcessingContext) -> str:
    found = value.sink if isinstance(value, QgsProcessingOutputLayerDefinition) else value
    if isinstance(found, QgsProperty):
        found, _ = found.valueAsString(context.expressionContext())
    return found if isinstance(found, str) else ""


def _layers_of(path: str) -> Optional[Dict[str, bool]]:
    """The tables of a file, and whether they are layers of vectors; None where GDAL opens nothing."""
    kinds = gdal.OF_VECTOR | gdal.OF_RASTER
    try:
        dataset = gdal.OpenEx(path, kinds, open_options=["LIST_ALL_TABLES=YES"])
    except RuntimeError:
        return None
    if dataset is None:
        return None
    layers = [dataset.GetLayer(index) for index in range(dataset.GetLayerCount())]
    found = {layer.GetName(): layer.GetGeomType() != WITHOUT_GEOMETRY for layer in layers}
    if dataset.GetDriver().ShortName == "GPKG":
        # Rasters are no layers to GDAL, and a layer of the same name would fail after all the work.
        contents = dataset.ExecuteSQL("SELECT table_name FROM gpkg_contents WHERE data_type NOT IN ('features')")
        found.update({row.GetField(0): False for row in contents})
        dataset.ReleaseResultSet(contents)
    return found


def _stem(path: str) -> str:
    return os.path.splitext(os.path.basename(path))[0]


def _has_content(path: str) -> bool:
    return os.path.isfile(path) and os.path.getsize(path) > 0
