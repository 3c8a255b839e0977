"""From layers to files that the worker can open.

Only paths cross the pipe. A layer whose file the worker's GDAL opens goes as that path; CRS and nodata that are set on
the layer and not in the file go along as overrides. Every other layer (database, web service, virtual raster, archive,
proprietary format) is cloned here, where layers may be touched, and exported later in the background.
"""

import json
import os
import tempfile
from typing import Any, Callable, Dict, List, Mapping, Optional, Sequence

from osgeo import gdal
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsFeature,
    QgsFeatureRequest,
    QgsProcessingFeatureSource,
    QgsProcessingFeedback,
    QgsProcessingUtils,
    QgsProviderRegistry,
    QgsRasterBlockFeedback,
    QgsRasterDataProvider,
    QgsRasterFileWriter,
    QgsRasterLayer,
    QgsRasterPipe,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import Qt

from ..errors import InputError
from ..jobs.option import Option
from ..raster_check import check_archived, check_raster
from ..raster_formats import FORMATS, HARMFUL, format_refusal
from ..regular_file import special_kind
from ..said import said
from .parameters import LAYER_ROLES
from .translation import tr
from .values import crs_text

WGS84 = "EPSG:4326"
# By which a copy with more columns finds the features that its layer had.
FEATURE_NUMBER = "feature_number"
# Archives whose rasters can be looked into before GDAL opens them.
_ARCHIVES = ("/vsizip/", "/vsigzip/")

Export = Callable[[QgsProcessingFeedback, QgsCoordinateTransformContext], None]


class LayerFiles:
    """The files of one run's layers, and a temporary folder that lives as long as the run."""

    def __init__(self) -> None:
        self.overrides: Dict[str, Dict[str, Any]] = {}
        self._exports: List[Export] = []
        self._folder: Optional[tempfile.TemporaryDirectory] = None

    def raster(self, layer: QgsRasterLayer) -> str:
        """The path for a raster layer; call where the layer may be touched. Raises InputError."""
        path = _local_file(layer)
        if path is None:
            path = self._plan_raster_export(layer)
        settings = _set_on_layer(layer)
        if settings:
            self.overrides[path] = settings
        return path

    def vector(self, source: QgsProcessingFeatureSource, with_fields: bool = False) -> str:
        """The path of a GeoJSON file that will hold a vector layer's geometries, with its fields if asked for.

        Without them, features have their number in the layer.
        """
        path = self.temporary(f"{len(self._exports)}.geojson")
        self._exports.append(
            lambda feedback, transform_context: _write_geojson(source, path, with_fields, feedback, transform_context)
        )
        return path

    def temporary(self, name: str) -> str:
        """A path in the temporary folder."""
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="ddpm_", dir=QgsProcessingUtils.tempFolder())
        return os.path.join(self._folder.name, name)

    def export(self, feedback: QgsProcessingFeedback, transform_context: QgsCoordinateTransformContext) -> None:
        """Write all exports; returns early where the user cancels. Raises InputError."""
        for write in self._exports:
            if feedback.isCanceled():
                return
            write(feedback, transform_context)

    def remove(self) -> None:
        """Remove the temporary folder."""
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def _plan_raster_export(self, layer: QgsRasterLayer) -> str:
        provider = layer.dataProvider()
        if provider.xSize() < 1 or provider.ySize() < 1:
            words = tr(
                "The layer '{}' ({}) has no pixels of its own size. Save it as a GeoTIFF (Export > Save As) and choose "
                "that file."
            )
            raise InputError(words.format(layer.name(), layer.providerType()))
        path = self.temporary(f"{len(self._exports)}.tif")
        # The layer belongs to the main thread, its clone to whoever writes it.
        clone, crs, name = provider.clone(), QgsCoordinateReferenceSystem(layer.crs()), layer.name()
        self._exports.append(
            lambda feedback, transform_context: _write_raster(clone, crs, name, path, feedback, transform_context)
        )
        return path


def refuse_harmful_files(options: Sequence[Option], parameters: Mapping[str, Any]) -> None:
    """Raise InputError for files, given as paths, that only opening them as layers would let do harm."""
    for option in options:
        value = parameters.get(option.parameter)
        if option.role in LAYER_ROLES:
            for each in value if isinstance(value, (list, tuple)) else [value]:
                if isinstance(each, str):
                    _refuse_harmful(each.split("|")[0])


def _refuse_harmful(path: str) -> None:
    if special_kind(path):
        raise InputError(tr("{} is {}, not a file. Choose another raster.").format(path, special_kind(path)))
    if os.path.isfile(path):
        check_raster(path, copied=True)


def _local_file(layer: QgsRasterLayer) -> Optional[str]:
    """The path of a layer that is a plain local file in a format of the worker's, else None.

    Raises InputError for what the worker would refuse because of what it names: QGIS does not open that either.
    """
    if layer.providerType() != "gdal":
        return None
    parts = QgsProviderRegistry.instance().decodeUri("gdal", layer.source())
    path = parts.get("path") or ""
    prefix = parts.get("vsiPrefix")
    plain = not any(parts.get(name) for name in ("vsiPrefix", "vsiSuffix", "layerName", "openOptions", "authcfg"))
    if prefix in _ARCHIVES:
        check_archived(f"{prefix}{path}{parts.get('vsiSuffix') or ''}")
    elif not prefix:
        _refuse_harmful(path)
    # Asked only now: what waits for a pipe has been refused. A layer on a server would be fetched for the answer.
    source = layer.source().split("|")[0]
    is_remote = "://" in source or (prefix and prefix not in _ARCHIVES)
    driver = None if is_remote else gdal.IdentifyDriver(source)
    name = "" if driver is None else driver.ShortName
    if name in HARMFUL or (name == "VRT" and not plain):
        raise InputError(format_refusal(path, name))
    return os.path.abspath(path) if plain and os.path.isfile(path) and name in FORMATS else None


def _set_on_layer(layer: QgsRasterLayer) -> Dict[str, Any]:
    """CRS and nodata of a layer where they differ from its file's. Raises InputError where one value cannot say it."""
    provider = layer.dataProvider()
    found: Dict[str, Any] = {}
    if layer.crs() != provider.crs():
        found["crs"] = crs_text(layer.crs()) or None
    bands = range(1, provider.bandCount() + 1)
    added = [[(part.min(), part.max()) for part in provider.userNoDataValues(band)] for band in bands]
    has_own = any(provider.sourceHasNoDataValue(band) for band in bands)
    uses_own = any(provider.sourceHasNoDataValue(band) and provider.useSourceNoDataValue(band) for band in bands)
    if any(added):
        values = {value for ranges in added for limits in ranges for value in limits}
        if uses_own or len(values) > 1 or not all(added):
            words = tr(
                "The layer '{}' has additional no data values beyond one for all bands. Save it as a GeoTIFF (Export > "
                "Save As) and choose that file."
            )
            raise InputError(words.format(layer.name()))
        found["nodata"] = values.pop()
    elif has_own and not uses_own:
        found["nodata"] = None
    return found


def _write_raster(
    provider: QgsRasterDataProvider,
    crs: QgsCoordinateReferenceSystem,
    name: str,
    path: str,
    feedback: QgsProcessingFeedback,
    transform_context: QgsCoordinateTransformContext,
) -> None:
    feedback.pushInfo(said(tr("Copying the layer '{}' to a file that the worker can read.").format(name)))
    block_feedback = QgsRasterBlockFeedback()
    # This thread runs no event loop, so a queued signal would never arrive.
    feedback.canceled.connect(block_feedback.cancel, Qt.ConnectionType.DirectConnection)
    block_feedback.progressChanged.connect(feedback.setProgress, Qt.ConnectionType.DirectConnection)
    size, extent = (provider.xSize(), provider.ySize()), provider.extent()
    pipe = QgsRasterPipe()
    pipe.set(provider)
    writer = QgsRasterFileWriter(path)
    writer.setOutputFormat("GTiff")
    # QGIS 3.44 gave it a new name.
    set_options = getattr(writer, "setCreationOptions", writer.setCreateOptions)
    set_options(["TILED=YES", "COMPRESS=DEFLATE", "BIGTIFF=IF_SAFER"])
    status = writer.writeRaster(pipe, *size, extent, crs, transform_context, block_feedback)
    if feedback.isCanceled():
        return
    if status != QgsRasterFileWriter.WriterError.NoError:
        words = tr("The layer '{}' cannot be copied to {} (status {}). Save it as a GeoTIFF.")
        raise InputError(words.format(name, path, status))


def _write_geojson(
    source: QgsProcessingFeatureSource,
    path: str,
    with_fields: bool,
    feedback: QgsProcessingFeedback,
    transform_context: QgsCoordinateTransformContext,
) -> None:
    crs = source.sourceCrs()
    request = QgsFeatureRequest() if with_fields else QgsFeatureRequest().setNoAttributes()
    collection: Dict[str, Any] = {"type": "FeatureCollection"}
    if crs.authid().startswith("EPSG:") and crs.authid() != WGS84:
        code = crs.authid().partition(":")[2]
        collection["crs"] = {"type": "name", "properties": {"name": f"urn:ogc:def:crs:EPSG::{code}"}}
    elif crs.isValid():
        # Without a code the file could not name its CRS, and GeoJSON without a name is WGS 84.
        request.setDestinationCrs(QgsCoordinateReferenceSystem(WGS84), transform_context)
    checks = QgsProcessingFeatureSource.Flag.FlagSkipGeometryValidityChecks
    features = []
    for feature in source.getFeatures(request, checks):
        if feedback.isCanceled():
            return
        if feature.hasGeometry():
            geometry = json.loads(feature.geometry().asJson(15))
            fields = _plain_fields(feature) if with_fields else {FEATURE_NUMBER: feature.id()}
            features.append({"type": "Feature", "properties": fields, "geometry": geometry})
    if not features:
        polygons = QgsWkbTypes.geometryType(source.wkbType()) == QgsWkbTypes.GeometryType.PolygonGeometry
        is_asked_for_points = with_fields and not polygons
        words = tr("The layer '{}' has no points. Choose a layer that has some.") if is_asked_for_points else ""
        words = words or tr("The layer '{}' has no polygons. Choose a layer that has some.")
        raise InputError(words.format(source.sourceName()))
    with open(path, "w", encoding="utf-8") as file:
        json.dump({**collection, "features": features}, file)


def _plain_fields(feature: QgsFeature) -> Dict[str, Any]:
    """The attributes that JSON knows; QGIS has its own kind of none."""
    values = zip(feature.fields().names(), feature.attributes())
    return {name: value if isinstance(value, (str, int, float)) else None for name, value in values}
