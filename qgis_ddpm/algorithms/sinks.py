"""Vector results: from the worker's GeoJSON into a feature sink of any kind (memory, file, database)."""

import os
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
    QgsVectorLayer,
)

from ..errors import OutputError


def target_path(value: Any) -> Optional[str]:
    """The file that a destination's value names; None where it names a layer in memory or in a database."""
    text = value.sink.staticValue() if isinstance(value, QgsProcessingOutputLayerDefinition) else value
    is_file = isinstance(text, str) and os.path.splitext(text)[1] and os.path.isdir(os.path.dirname(text))
    return text if is_file else None


def fill_sink(
    algorithm: QgsProcessingAlgorithm,
    name: str,
    path: str,
    fields: str,
    crs: QgsCoordinateReferenceSystem,
    parameters: Dict[str, Any],
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
) -> str:
    """Copy the polygons of a GeoJSON file into the sink of a parameter; the identifier of the layer.

    `fields` is written as in the address of a memory layer, `field=id:integer&field=area_m2:double`: a file without
    features says nothing of its fields, and the enumeration of types differs between releases of Qt. The CRS is
    given, too: GeoJSON without one is read as WGS 84, and a raster without CRS has polygons without CRS.
    """
    source = QgsVectorLayer(path, name, "ogr")
    if not source.isValid():
        raise OutputError(f"The worker's file {path} for {name} cannot be read. Please report it.")
    # The shape that QGIS's own formats take; some refuse single polygons among multipolygons.
    pattern = QgsVectorLayer(f"MultiPolygon?{fields}", name, "memory")
    sink, identifier = algorithm.parameterAsSink(parameters, name, context, pattern.fields(), pattern.wkbType(), crs)
    if sink is None:
        raise QgsProcessingException(algorithm.invalidSinkError(parameters, name))
    names = [field.name() for field in pattern.fields()]
    for found in source.getFeatures():
        if feedback.isCanceled():
            break
        feature = QgsFeature(pattern.fields())
        geometry = found.geometry()
        geometry.convertToMultiType()
        feature.setGeometry(geometry)
        feature.setAttributes([found.attribute(field) for field in names])
        if not sink.addFeature(feature, QgsFeatureSink.Flag.FastInsert):
            raise OutputError(f"The features of {name} cannot be written: {sink.lastError()}.")
    if not sink.flushBuffer():
        raise OutputError(f"The features of {name} cannot be written: {sink.lastError()}.")
    return identifier
