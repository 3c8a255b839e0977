"""From QGIS's values to the job's, as the command line reads them: what does not convert is refused, never a default.

QGIS's own readers answer 0 or the default for whatever they cannot read. Layers become paths in `layers.py`;
destinations become paths in `base.py`, where a run begins.
"""

import numbers
from typing import Any, Dict, List

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingOutputLayerDefinition,
    QgsProperty,
)
from qgis.PyQt.QtCore import NULL

from ..errors import JobError
from ..jobs.convert import convert
from ..jobs.job import check_value
from ..jobs.option import Option
from ..jobs.texts import extent
from .parameters import LAYER_ROLES, default_of
from .translation import tr


def read_values(
    algorithm: QgsProcessingAlgorithm,
    options: List[Option],
    parameters: Dict[str, Any],
    context: QgsProcessingContext,
) -> Dict[str, Any]:
    """The values of all options but layers and destinations, by field name; None where one was left empty.

    Raises JobError for a value that is not of its field's type, and for an expression that gives nothing.
    """
    return {
        option.name: _read(algorithm, option, parameters, context)
        for option in options
        if option.role not in LAYER_ROLES and not option.is_destination
    }


def wrong_value(
    algorithm: QgsProcessingAlgorithm,
    options: List[Option],
    parameters: Dict[str, Any],
    context: QgsProcessingContext,
) -> str:
    """What the command line says of the first value that is given and is wrong by itself; "" where all are right."""
    for option in options:
        if is_given(parameters.get(option.parameter)):
            try:
                for value in read_values(algorithm, [option], parameters, context).values():
                    check_value(option, value)
            except JobError as error:
                return str(error)
    return ""


def is_given(value: Any) -> bool:
    """Whether a raw parameter value says anything: QGIS writes an empty one as None, NULL or an empty text."""
    if isinstance(value, QgsProcessingOutputLayerDefinition):
        # Batch describes also the layers that are not wanted, as sinks without a name.
        return bool(value.sink.staticValue() or value.sink.expressionString() or value.sink.field())
    return not _is_nothing(value) and value != ""


def check_layer(option: Option, value: Any, found: Any, context: QgsProcessingContext) -> None:
    """Raise JobError where a parameter names layers that QGIS does not find, which it leaves out without a word.

    Args:
        option: of the parameter, whose role is one of layers.
        value: the raw value.
        found: what QGIS made of it: a layer, a list of layers, or None.
        context: of the run, for values that are expressions.
    """
    if not is_given(value):
        return
    value = _evaluated(option, value, context)
    given = len(value) if isinstance(value, (list, tuple)) else 1
    read = len(found) if isinstance(found, list) else int(found is not None)
    if read < given:
        words = tr("{}: {} cannot be read as a layer. Choose another file.")
        raise JobError(words.format(option.parameter, str(value)[:200]))


def crs_text(crs: QgsCoordinateReferenceSystem) -> str:
    """A CRS as its code where the worker's PROJ knows it, else as WKT; "" for an invalid one."""
    if not crs.isValid():
        return ""
    return crs.authid() if _has_code(crs) else crs.toWkt(QgsCoordinateReferenceSystem.WktVariant.WKT_PREFERRED)


def _read(
    algorithm: QgsProcessingAlgorithm, option: Option, parameters: Dict[str, Any], context: QgsProcessingContext
) -> Any:
    name = option.parameter
    value = parameters.get(name, default_of(option))
    if _is_nothing(value):
        # A dialog cannot take a default back, apart from that of a text.
        return option.default if option.type is not str or option.choices or option.default is None else ""
    value = _evaluated(option, value, context)
    if option.role == "extent" and value != "":
        return _extent_text(algorithm, option, value, context)
    if option.role == "crs" and value != "":
        return _crs_text(algorithm, option, value, context)
    if option.role == "bands" and isinstance(value, (list, tuple)):
        value = ",".join(str(part) for part in value)
    return convert(option, value)


def _is_nothing(value: Any) -> bool:
    return value is None or value == NULL or (isinstance(value, QgsProperty) and value == QgsProperty())


def _evaluated(option: Option, value: Any, context: QgsProcessingContext) -> Any:
    """A value as Python has it; what an expression, a field or a variable gives for it. Raises JobError."""
    if isinstance(value, QgsProperty):
        words, (value, good) = value.asExpression(), value.value(context.expressionContext())
        if not good or _is_nothing(value):
            text = tr("{} comes by the expression {}, which gives no value. Correct it, or give a value.")
            raise JobError(text.format(option.parameter, repr(words[:100])))
    # Numbers of NumPy, as scripts have them.
    if isinstance(value, numbers.Number) and not isinstance(value, (bool, int, float)):
        if isinstance(value, numbers.Integral):
            return int(value)
        if isinstance(value, numbers.Real):
            return float(value)
    return value


def _extent_text(algorithm: QgsProcessingAlgorithm, option: Option, value: Any, context: QgsProcessingContext) -> str:
    parameters = {option.parameter: value}
    box = algorithm.parameterAsExtent(parameters, option.parameter, context)
    if box.isNull():
        if isinstance(value, str):
            extent(option.parameter, value)
        words = tr("{} is {}, but has to be a rectangle. {}")
        raise JobError(words.format(option.parameter, repr(str(value)[:100]), option.explanation()))
    corners = (box.xMinimum(), box.xMaximum(), box.yMinimum(), box.yMaximum())
    text = ",".join(repr(corner) for corner in corners)
    crs = algorithm.parameterAsExtentCrs(parameters, option.parameter, context)
    if not crs.isValid():
        return text
    # Brackets end the text, and WKT is full of them: a CRS without a code goes as a PROJ string.
    return f"{text} [{crs.authid() if _has_code(crs) else crs.toProj()}]"


def _crs_text(algorithm: QgsProcessingAlgorithm, option: Option, value: Any, context: QgsProcessingContext) -> str:
    crs = algorithm.parameterAsCrs({option.parameter: value}, option.parameter, context)
    # A CRS that says of itself that it is none is a way to leave the field empty.
    if not crs.isValid() and not isinstance(value, QgsCoordinateReferenceSystem):
        words = tr("{} is {}, but has to be a coordinate reference system. {}")
        raise JobError(words.format(option.parameter, repr(str(value)[:100]), option.explanation()))
    return crs_text(crs)


def _has_code(crs: QgsCoordinateReferenceSystem) -> bool:
    return crs.authid().partition(":")[0] in ("EPSG", "ESRI", "OGC", "IAU_2015")
