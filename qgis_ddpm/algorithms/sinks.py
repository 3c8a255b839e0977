"""Vector results: from the worker's GeoJSON into a feature sink of any kind (memory, file, database)."""

import os
import re
from dataclasses import dataclass
from typing import Any, Dict, Optional

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFeatureSink,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputLayerDefinition,
    QgsRasterLayer,
    QgsVectorLayer,
    QgsWkbTypes,
)

from ..errors import OutputError
from .sink_targets import layer_in
from .translation import tr

# As QgsProcessing spells it on every release.
TEMPORARY_OUTPUT = "TEMPORARY_OUTPUT"
# Of a sink that is no file of its own, such as memory: or postgis:dbname=...; a drive's letter is none.
_ADDRESS = re.compile(r"[A-Za-z]{2,}:")


def target_path(value: Any) -> Optional[str]:
    """The file that a destination's value names; None where it names a layer in memory or in a database."""
    text = value.sink.staticValue() if isinstance(value, QgsProcessingOutputLayerDefinition) else value
    is_file = isinstance(text, str) and os.path.splitext(text)[1] and os.path.isdir(os.path.dirname(text))
    return text if is_file else None


def named_file(value: Any) -> Optional[str]:
    """The path that a raw value of a destination names, whether it exists or not; None where it names no file."""
    text = value.sink.staticValue() if isinstance(value, QgsProcessingOutputLayerDefinition) else value
    is_none = not isinstance(text, str) or text == TEMPORARY_OUTPUT
    return None if is_none or _ADDRESS.match(text) else text


@dataclass(frozen=True)
class Features:
    """A GeoJSON file of the worker's, and what such a file does not say by itself.

    shape: Point, or MultiPolygon, as some formats refuse the one among the other.
    fields: as in the address of a memory layer, `field=id:integer&field=area_m2:double`, because a file without
    features says nothing of its fields, and the enumeration of types differs between releases of Qt.
    crs: in which they lie, invalid for none, because GeoJSON without a CRS is read as WGS 84.
    """

    path: str
    shape: str
    fields: str
    crs: QgsCoordinateReferenceSystem

    def pattern(self) -> QgsVectorLayer:
        """An empty layer of the same fields."""
        return QgsVectorLayer(f"{self.shape}?{self.fields}", "", "memory")


def crs_of(raster: str) -> QgsCoordinateReferenceSystem:
    """The CRS of a raster's file, invalid where it has none."""
    layer = QgsRasterLayer(raster)
    # Not the layer's: outside the desktop, QGIS gives a layer without CRS that of WGS 84.
    return QgsCoordinateReferenceSystem(layer.dataProvider().crs())


def fill_sink(
    algorithm: QgsProcessingAlgorithm,
    name: str,
    features: Features,
    parameters: Dict[str, Any],
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
) -> str:
    """Copy features into the sink of a parameter; the identifier of the layer that it belongs to."""
    source = QgsVectorLayer(features.path, name, "ogr")
    if not source.isValid():
        raise OutputError(
            tr("The worker's file {} for {} cannot be read. Please report it.").format(features.path, name)
        )
    pattern = features.pattern()
    fields, shape = pattern.fields(), pattern.wkbType()
    given = {**parameters, name: layer_in(parameters[name], context)}
    sink, identifier = algorithm.parameterAsSink(given, name, context, fields, shape, features.crs)
    if sink is None:
        raise QgsProcessingException(algorithm.invalidSinkError(parameters, name))
    for found in source.getFeatures():
        if feedback.isCanceled():
            break
        feature = QgsFeature(fields)
        geometry = found.geometry()
        if QgsWkbTypes.isMultiType(shape):
            geometry.convertToMultiType()
        feature.setGeometry(geometry)
        feature.setAttributes([found.attribute(field.name()) for field in fields])
        if not sink.addFeature(feature, QgsFeatureSink.Flag.FastInsert):
            raise OutputError(tr("The features of {} cannot be written: {}.").format(name, sink.lastError()))
    if not sink.flushBuffer():
        raise OutputError(tr("The features of {} cannot be written: {}.").format(name, sink.lastError()))
    return identifier
