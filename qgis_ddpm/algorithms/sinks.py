"""Vector results: from the worker's GeoJSON into a feature sink of any kind (memory, file, database)."""

import json
import os
import re
from dataclasses import dataclass
from typing import Any, Dict, List, Optional, Tuple

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFeatureRequest,
    QgsFeatureSink,
    QgsFields,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSource,
    QgsProcessingFeedback,
    QgsProcessingOutputLayerDefinition,
    QgsRasterLayer,
    QgsVectorLayer,
    QgsWkbTypes,
)

from ..errors import OutputError
from .layers import FEATURE_NUMBER
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
        """An empty layer of the same fields, and of those that the file says it has besides."""
        fields = "&".join([self.fields, *_more_fields(self.path)])
        return QgsVectorLayer(f"{self.shape}?{fields}", "", "memory")


def crs_of(raster: str) -> QgsCoordinateReferenceSystem:
    """The CRS of a raster's file, invalid where it has none."""
    layer = QgsRasterLayer(raster)
    # Not the layer's: outside the desktop, QGIS gives a layer without CRS that of WGS 84.
    return QgsCoordinateReferenceSystem(layer.dataProvider().crs())


def _more_fields(path: str) -> List[str]:
    """The columns that the first line of a worker's GeoJSON names, as in the address of a memory layer."""
    with open(path, encoding="utf-8") as file:
        line = file.readline().rstrip()
    try:
        columns = json.loads(f"{line}]}}").get("columns", {})
    except ValueError:
        return []
    return [f"field={name}:{kind}" for name, kind in columns.items()]


def fill_sink(
    algorithm: QgsProcessingAlgorithm,
    name: str,
    features: Features,
    parameters: Dict[str, Any],
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
) -> str:
    """Copy features into the sink of a parameter; the identifier of the layer that it belongs to."""
    source = _opened(name, features.path)
    pattern = features.pattern()
    fields, shape = pattern.fields(), pattern.wkbType()
    sink, identifier = _sink(algorithm, name, parameters, context, fields, shape, features.crs)
    for found in source.getFeatures():
        if feedback.isCanceled():
            break
        feature = QgsFeature(fields)
        geometry = found.geometry()
        if QgsWkbTypes.isMultiType(shape):
            geometry.convertToMultiType()
        feature.setGeometry(geometry)
        feature.setAttributes([_value(found, field.name()) for field in fields])
        _add(sink, name, feature)
    _flush(sink, name)
    return identifier


def fill_copy(
    algorithm: QgsProcessingAlgorithm,
    name: str,
    path: str,
    source: QgsProcessingFeatureSource,
    parameters: Dict[str, Any],
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
) -> str:
    """Copy a layer into the sink of a parameter with the columns that the worker's file at `path` adds to it."""
    added = QgsVectorLayer(f"Point?{'&'.join(_more_fields(path))}", "", "memory").fields()
    names = [field.name() for field in added]
    fields = QgsFields()
    for field in source.fields():
        if field.name() not in names:
            fields.append(field)
    own = [field.name() for field in fields]
    for field in added:
        fields.append(field)
    found = {each.attribute(FEATURE_NUMBER): each for each in _opened(name, path).getFeatures()}
    sink, identifier = _sink(algorithm, name, parameters, context, fields, source.wkbType(), source.sourceCrs())
    checks = QgsProcessingFeatureSource.Flag.FlagSkipGeometryValidityChecks
    for each in source.getFeatures(QgsFeatureRequest(), checks):
        if feedback.isCanceled():
            break
        feature = QgsFeature(fields)
        feature.setGeometry(each.geometry())
        counted = found.get(each.id())
        new = [None if counted is None else counted.attribute(column) for column in names]
        feature.setAttributes([each.attribute(column) for column in own] + new)
        _add(sink, name, feature)
    _flush(sink, name)
    return identifier


def _opened(name: str, path: str) -> QgsVectorLayer:
    layer = QgsVectorLayer(path, name, "ogr")
    if not layer.isValid():
        raise OutputError(tr("The worker's file {} for {} cannot be read. Please report it.").format(path, name))
    return layer


def _sink(
    algorithm: QgsProcessingAlgorithm,
    name: str,
    parameters: Dict[str, Any],
    context: QgsProcessingContext,
    *pattern: Any,
) -> Tuple[QgsFeatureSink, str]:
    """The sink of a parameter and the identifier of its layer. pattern: its fields, kind of geometry and CRS."""
    given = {**parameters, name: layer_in(parameters[name], context)}
    sink, identifier = algorithm.parameterAsSink(given, name, context, *pattern)
    if sink is None:
        raise QgsProcessingException(algorithm.invalidSinkError(parameters, name))
    return sink, identifier


def _add(sink: QgsFeatureSink, name: str, feature: QgsFeature) -> None:
    if not sink.addFeature(feature, QgsFeatureSink.Flag.FastInsert):
        raise OutputError(tr("The features of {} cannot be written: {}.").format(name, sink.lastError()))


def _flush(sink: QgsFeatureSink, name: str) -> None:
    if not sink.flushBuffer():
        raise OutputError(tr("The features of {} cannot be written: {}.").format(name, sink.lastError()))


def _value(feature: QgsFeature, name: str) -> Any:
    """An attribute, None where the file has no such column, as of labels in footprints of tiles that have none."""
    return feature.attribute(name) if feature.fields().indexOf(name) >= 0 else None
