"""From the options of a job to QGIS parameters, and from QGIS's values back to the job's: the one place for both.

Layers become paths in `layers.py`; destinations become paths in `base.py`, where a run begins.
"""

from typing import Any, Callable, Dict, List

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingOutputLayerDefinition,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterCrs,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterMapLayer,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
)
from qgis.PyQt.QtCore import NULL

from ..jobs.option import Option
from . import settings
from .translation import tr

# Options that only scripts set: the layers themselves say it in a dialog.
HIDDEN = ("raster_overrides",)
LAYER_ROLES = ("raster", "rasters", "raster_or_vector", "rasters_or_vectors")
FILE_FILTERS = {
    ".safetensors": "Models (*.safetensors)",
    ".yaml": "YAML or JSON (*.yaml *.yml *.json)",
    ".json": "JSON (*.json)",
    ".html": "Web pages (*.html)",
    ".png": "Pictures (*.png)",
}
# The spin box of QGIS shows six decimals and would round smaller limits to zero.
SPIN_BOX_DECIMALS = 6


def declare(option: Option) -> QgsProcessingParameterDefinition:
    """The QGIS parameter of an option: its kind, range, default, help, and whether it is optional or advanced."""
    maker = _MAKERS.get(option.role, _value)
    definition = maker(option, label_of(option), not option.required)
    flags = definition.flags()
    if option.advanced:
        flags |= QgsProcessingParameterDefinition.Flag.FlagAdvanced
    if option.name in HIDDEN:
        flags |= QgsProcessingParameterDefinition.Flag.FlagHidden
    definition.setFlags(flags)
    definition.setHelp(option.explanation())
    return definition


def label_of(option: Option) -> str:
    """The label in a dialog, with the unit where the label does not name it."""
    unit = option.unit.partition(" (")[0]
    return tr(option.label) if not unit or unit in option.label.lower() else f"{tr(option.label)} ({tr(unit)})"


def default_of(option: Option) -> Any:
    """The default that QGIS offers: the job's own, but the device of the provider's settings."""
    if option.name == "device":
        return settings.default_device()
    if option.default == ():
        return None
    return option.default


def _value(option: Option, label: str, optional: bool) -> QgsProcessingParameterDefinition:
    name, default = option.parameter, default_of(option)
    # A value with a default cannot be emptied, apart from texts.
    optional = optional and (default is None or (option.type is str and not option.choices))
    if option.choices:
        return QgsProcessingParameterEnum(name, label, list(option.choices), False, default, optional, True)
    if option.type is bool:
        return QgsProcessingParameterBoolean(name, label, default, optional)
    if option.type in (int, float):
        return _number(option, label, default, optional)
    multi_line = option.name == "description"
    return QgsProcessingParameterString(name, label, default, multi_line, optional)


def _number(option: Option, label: str, default: Any, optional: bool) -> QgsProcessingParameterDefinition:
    kinds = QgsProcessingParameterNumber.Type
    definition = QgsProcessingParameterNumber(
        option.parameter, label, kinds.Integer if option.type is int else kinds.Double, default, optional
    )
    if option.minimum is not None:
        definition.setMinimum(option.minimum)
    if option.maximum is not None:
        definition.setMaximum(option.maximum)
    decimals = max(SPIN_BOX_DECIMALS, *(_decimals(number) for number in (option.minimum, default)))
    if option.type is float and decimals > SPIN_BOX_DECIMALS:
        definition.setMetadata({"widget_wrapper": {"decimals": decimals}})
    return definition


def _decimals(number: Any) -> int:
    text = f"{number or 0:.15f}".rstrip("0")
    return len(text.partition(".")[2])


def _raster(option: Option, label: str, optional: bool) -> QgsProcessingParameterDefinition:
    return QgsProcessingParameterRasterLayer(option.parameter, label, None, optional)


def _rasters(option: Option, label: str, optional: bool) -> QgsProcessingParameterDefinition:
    kind = QgsProcessing.SourceType.TypeRaster
    return QgsProcessingParameterMultipleLayers(option.parameter, label, kind, None, optional)


def _rasters_or_vectors(option: Option, label: str, optional: bool) -> QgsProcessingParameterDefinition:
    kind = QgsProcessing.SourceType.TypeMapLayer
    return QgsProcessingParameterMultipleLayers(option.parameter, label, kind, None, optional)


def _raster_or_vector(option: Option, label: str, optional: bool) -> QgsProcessingParameterDefinition:
    kinds = [QgsProcessing.SourceType.TypeRaster, QgsProcessing.SourceType.TypeVectorPolygon]
    return QgsProcessingParameterMapLayer(option.parameter, label, None, optional, kinds)


def _file(option: Option, label: str, optional: bool) -> QgsProcessingParameterDefinition:
    behavior = QgsProcessingParameterFile.Behavior.File
    file_filter = FILE_FILTERS.get(option.suffix, "")
    return QgsProcessingParameterFile(option.parameter, label, behavior, "", None, optional, file_filter)


def _model(option: Option, label: str, optional: bool) -> QgsProcessingParameterDefinition:
    definition = _file(option, label, optional)
    # By its name, as dialogs alone need it.
    widget = f"{__package__}.model_widget.ModelWidget"
    definition.setMetadata({"widget_wrapper": {"class": widget, "role": option.role, "suffix": option.suffix}})
    return definition


def _folder(option: Option, label: str, optional: bool) -> QgsProcessingParameterDefinition:
    behavior = QgsProcessingParameterFile.Behavior.Folder
    return QgsProcessingParameterFile(option.parameter, label, behavior, "", None, optional)


def _raster_out(option: Option, label: str, optional: bool) -> QgsProcessingParameterDefinition:
    return QgsProcessingParameterRasterDestination(option.parameter, label, None, optional, not optional)


def _vector_out(option: Option, label: str, optional: bool) -> QgsProcessingParameterDefinition:
    kind = QgsProcessing.SourceType.TypeVectorPolygon
    return QgsProcessingParameterFeatureSink(option.parameter, label, kind, None, optional, not optional)


def _folder_out(option: Option, label: str, optional: bool) -> QgsProcessingParameterDefinition:
    return QgsProcessingParameterFolderDestination(option.parameter, label, None, optional, not optional)


def _file_out(option: Option, label: str, optional: bool) -> QgsProcessingParameterDefinition:
    file_filter = FILE_FILTERS[option.suffix]
    return QgsProcessingParameterFileDestination(option.parameter, label, file_filter, None, optional, not optional)


_MAKERS: Dict[str, Callable[[Option, str, bool], QgsProcessingParameterDefinition]] = {
    "raster": _raster,
    "rasters": _rasters,
    "raster_or_vector": _raster_or_vector,
    "rasters_or_vectors": _rasters_or_vectors,
    "folder": _folder,
    "file": _file,
    "model": _model,
    "detector": _model,
    "extent": lambda option, label, optional: QgsProcessingParameterExtent(option.parameter, label, None, optional),
    "crs": lambda option, label, optional: QgsProcessingParameterCrs(option.parameter, label, None, optional),
    "raster_out": _raster_out,
    "vector_out": _vector_out,
    "folder_out": _folder_out,
    "file_out": _file_out,
}


def read_values(
    algorithm: QgsProcessingAlgorithm,
    options: List[Option],
    parameters: Dict[str, Any],
    context: QgsProcessingContext,
) -> Dict[str, Any]:
    """The values of all options but layers and destinations, by field name; None where one was left empty."""
    return {
        option.name: _read(algorithm, option, parameters, context)
        for option in options
        if option.role not in LAYER_ROLES and not option.is_destination
    }


def is_given(value: Any) -> bool:
    """Whether a raw parameter value says anything: QGIS writes an empty one as None, NULL or an empty text."""
    if isinstance(value, QgsProcessingOutputLayerDefinition):
        # Batch describes also the layers that are not wanted, as sinks without a name.
        return bool(value.sink.staticValue() or value.sink.expressionString() or value.sink.field())
    return value is not None and value != NULL and value != ""


def _read(
    algorithm: QgsProcessingAlgorithm, option: Option, parameters: Dict[str, Any], context: QgsProcessingContext
) -> Any:
    name = option.parameter
    # Asked for an empty number, QGIS answers 0.
    if not is_given(parameters.get(name, default_of(option))):
        return option.default if option.type is not str or option.choices or option.default is None else ""
    if option.role == "extent":
        return _extent_text(algorithm, parameters, name, context)
    if option.role == "crs":
        return crs_text(algorithm.parameterAsCrs(parameters, name, context))
    if option.choices:
        return algorithm.parameterAsEnumString(parameters, name, context)
    reader = {
        bool: algorithm.parameterAsBool,
        int: algorithm.parameterAsInt,
        float: algorithm.parameterAsDouble,
    }.get(option.type, algorithm.parameterAsString)
    return reader(parameters, name, context)


def _extent_text(
    algorithm: QgsProcessingAlgorithm, parameters: Dict[str, Any], name: str, context: QgsProcessingContext
) -> str:
    box = algorithm.parameterAsExtent(parameters, name, context)
    corners = (box.xMinimum(), box.xMaximum(), box.yMinimum(), box.yMaximum())
    text = ",".join(repr(corner) for corner in corners)
    crs = algorithm.parameterAsExtentCrs(parameters, name, context)
    if not crs.isValid():
        return text
    # Brackets end the text, and WKT is full of them: a CRS without a code goes as a PROJ string.
    return f"{text} [{crs.authid() if _has_code(crs) else crs.toProj()}]"


def crs_text(crs: QgsCoordinateReferenceSystem) -> str:
    """A CRS as its code where the worker's PROJ knows it, else as WKT; "" for an invalid one."""
    if not crs.isValid():
        return ""
    return crs.authid() if _has_code(crs) else crs.toWkt(QgsCoordinateReferenceSystem.WktVariant.WKT_PREFERRED)


def _has_code(crs: QgsCoordinateReferenceSystem) -> bool:
    return crs.authid().partition(":")[0] in ("EPSG", "ESRI", "OGC", "IAU_2015")
