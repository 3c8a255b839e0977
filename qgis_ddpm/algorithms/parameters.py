"""From the options of a job to QGIS parameters; `values.py` goes the way back."""

import re
from typing import Any, Callable, Dict, Iterable

import qgis.core
from qgis.core import (
    Qgis,
    QgsApplication,
    QgsProcessing,
    QgsProcessingParameterBand,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterCrs,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
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

from ..jobs.option import Option
from . import settings
from .translation import tr

# Options that only scripts set: the layers themselves say it in a dialog.
HIDDEN = ("raster_overrides",)
LAYER_ROLES = ("raster", "rasters", "raster_or_vector", "rasters_or_vectors", "points", "polygons")
# Under which name the metadata of a parameter hold what a file may end in.
ENDINGS = "ddpm_endings"
FILE_FILTERS = {
    ".safetensors": "Models (*.safetensors)",
    ".yaml": "YAML or JSON (*.yaml *.yml *.json)",
    ".onnx": "ONNX networks (*.onnx);;STAC items (*.json)",
    ".json": "JSON (*.json)",
    ".html": "Web pages (*.html)",
    ".png": "Pictures (*.png)",
}
# The unit of an area, in whose place QGIS offers others.
AREA = "square metres"
# By which QGIS asks for one of our boxes, where it asks for widgets by their type.
WIDGET_TYPE = "ddpm_box"
ASKS_BY_TYPE = 34000
_NAME = re.compile(r"\b[A-Z][A-Z_]{2,}\b")
# The spin box of QGIS shows six decimals and would round smaller limits to zero.
SPIN_BOX_DECIMALS = 6


def declare(option: Option, hidden: bool = False) -> QgsProcessingParameterDefinition:
    """The QGIS parameter of an option: its kind, range, default, help, and whether it is optional or advanced."""
    maker = _MAKERS.get(option.role, _value)
    definition = maker(option, label_of(option), not option.required)
    flags = definition.flags()
    if option.advanced:
        flags |= QgsProcessingParameterDefinition.Flag.FlagAdvanced
    if hidden:
        flags |= QgsProcessingParameterDefinition.Flag.FlagHidden
    definition.setFlags(flags)
    definition.setHelp(option.explanation())
    return definition


def label_of(option: Option) -> str:
    """The label in a dialog, with the unit where the label does not name it."""
    unit = option.unit.partition(" (")[0]
    return tr(option.label) if not unit or unit in option.label.lower() else f"{tr(option.label)} ({tr(unit)})"


def as_labelled(text: str, options: Iterable[Option]) -> str:
    """A message in which parameters are called as the dialog labels them; elsewhere they keep the names of scripts."""
    if QgsApplication.platform() != "desktop":
        return text
    labels = {option.parameter: tr(option.label) for option in options}
    return _NAME.sub(lambda found: f"'{labels[found.group()]}'" if found.group() in labels else found.group(), text)


def default_of(option: Option) -> Any:
    """The default that QGIS offers: the job's own, but the device of the provider's settings."""
    if option.name == "device":
        return settings.default_device()
    if option.name == "scheduler":
        return settings.default_scheduler() or None
    if option.default == ():
        return None
    return option.default


def _value(option: Option, label: str, optional: bool) -> QgsProcessingParameterDefinition:
    name, default = option.parameter, default_of(option)
    # A value with a default cannot be emptied, apart from texts.
    optional = optional and (default is None or (option.type is str and not option.choices))
    if option.choices:
        return QgsProcessingParameterEnum(name, label, list(option.choices), option.is_list, default, optional, True)
    if option.type is bool:
        return QgsProcessingParameterBoolean(name, label, default, optional)
    if option.type in (int, float):
        return _number(option, label, default, optional)
    multi_line = option.name == "description"
    definition = QgsProcessingParameterString(name, label, default, multi_line, optional)
    if option.empty and not multi_line:
        in_a_box(definition, box="text", empty=tr(option.empty))
    return definition


def in_a_box(definition: QgsProcessingParameterDefinition, **about: str) -> None:
    """Let a parameter be shown in one of our boxes; `about` is what the box has to know."""
    # Releases before ask for a class by its name, as dialogs alone need it.
    old = {"class": f"{__package__}.model_widget.ModelWidget"}
    how = {"widget_type": WIDGET_TYPE} if Qgis.versionInt() >= ASKS_BY_TYPE else old
    definition.setMetadata({"widget_wrapper": {**how, **about}})


def _number(option: Option, label: str, default: Any, optional: bool) -> QgsProcessingParameterDefinition:
    kinds = QgsProcessingParameterNumber.Type
    # With a choice of units, from 3.40.
    area = getattr(qgis.core, "QgsProcessingParameterArea", None) if option.unit.startswith(AREA) else None
    if area is not None:
        definition = area(option.parameter, tr(option.label), default, "", optional)
        definition.setDefaultUnit(Qgis.AreaUnit.SquareMeters)
    else:
        kind = kinds.Integer if option.type is int else kinds.Double
        definition = QgsProcessingParameterNumber(option.parameter, label, kind, default, optional)
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


def _points(option: Option, label: str, optional: bool) -> QgsProcessingParameterDefinition:
    kinds = [QgsProcessing.SourceType.TypeVectorPoint]
    return QgsProcessingParameterMapLayer(option.parameter, label, None, optional, kinds)


def _polygons(option: Option, label: str, optional: bool) -> QgsProcessingParameterDefinition:
    kinds = [QgsProcessing.SourceType.TypeVectorPolygon]
    return QgsProcessingParameterFeatureSource(option.parameter, label, kinds, None, optional)


def _file(option: Option, label: str, optional: bool) -> QgsProcessingParameterDefinition:
    behavior = QgsProcessingParameterFile.Behavior.File
    file_filter = FILE_FILTERS.get(option.suffix, "")
    return QgsProcessingParameterFile(option.parameter, label, behavior, "", None, optional, file_filter)


def _scene(option: Option, label: str, optional: bool) -> QgsProcessingParameterDefinition:
    """A file or a folder: QGIS asks for a file, and takes the path of a folder, whose name needs no dot."""
    behavior = QgsProcessingParameterFile.Behavior.File
    return QgsProcessingParameterFile(option.parameter, label, behavior, "", None, optional, "All files (*)")


def _model(option: Option, label: str, optional: bool) -> QgsProcessingParameterDefinition:
    definition = _file(option, label, optional)
    in_a_box(definition, box="model", role=option.role, suffix=option.suffix, empty=tr(option.empty))
    return definition


def _bands(option: Option, label: str, optional: bool) -> QgsProcessingParameterDefinition:
    """A list of a raster's bands by their names; where several rasters have them, a text of numbers."""
    _, _, raster = option.name.partition("bands_")
    if not raster:
        return _value(option, label, optional)
    return QgsProcessingParameterBand(option.parameter, label, None, raster.upper(), optional, True)


def _folder(option: Option, label: str, optional: bool) -> QgsProcessingParameterDefinition:
    behavior = QgsProcessingParameterFile.Behavior.Folder
    return QgsProcessingParameterFile(option.parameter, label, behavior, "", None, optional)


def _raster_out(option: Option, label: str, optional: bool) -> QgsProcessingParameterDefinition:
    definition = QgsProcessingParameterRasterDestination(option.parameter, label, None, optional, not optional)
    # QGIS asks the provider which names are right, and the provider has no other way to know.
    definition.setMetadata({ENDINGS: list(option.endings)})
    return definition


def _vector_out(option: Option, label: str, optional: bool) -> QgsProcessingParameterDefinition:
    kind = QgsProcessing.SourceType.TypeVectorPolygon
    return QgsProcessingParameterFeatureSink(option.parameter, label, kind, None, optional, not optional)


def _points_out(option: Option, label: str, optional: bool) -> QgsProcessingParameterDefinition:
    kind = QgsProcessing.SourceType.TypeVectorPoint
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
    "points": _points,
    "polygons": _polygons,
    "folder": _folder,
    "file": _file,
    "scene": _scene,
    "model": _model,
    "detector": _model,
    "bands": _bands,
    "extent": lambda option, label, optional: QgsProcessingParameterExtent(option.parameter, label, None, optional),
    "crs": lambda option, label, optional: QgsProcessingParameterCrs(option.parameter, label, None, optional),
    "raster_out": _raster_out,
    "vector_out": _vector_out,
    "points_out": _points_out,
    "folder_out": _folder_out,
    "file_out": _file_out,
}
