"""In a dialog with BEFORE and AFTER: the second date is not preset to the first, and offers what overlaps it."""

from typing import Any, List, Optional

from qgis.core import QgsProject, QgsRasterLayer
from qgis.gui import QgsMapLayerComboBox
from qgis.PyQt import sip
from qgis.PyQt.QtWidgets import QComboBox, QWidget

from ..errors import InputError
from .checks import refuse_apart


def mind_two_dates(wrappers: List[Any]) -> None:
    """Let AFTER follow BEFORE; nothing where a dialog has not one raster of each."""
    found = {wrapper.parameterDefinition().name(): wrapper for wrapper in wrappers}
    before, after = found.get("BEFORE"), found.get("AFTER")
    if before is None or after is None or {each.parameterDefinition().type() for each in (before, after)} != {"raster"}:
        return
    box = _box_of(after.wrappedWidget())
    if box is None:
        return

    def offer(*_: Any) -> None:
        first = QgsProject.instance().mapLayer(str(before.parameterValue() or ""))
        box.setExceptedLayerList(_apart_from(first) if isinstance(first, QgsRasterLayer) else [])

    before.widgetValueHasChanged.connect(offer)
    offer()
    if before.parameterValue() == after.parameterValue():
        # Two dates may be bands of one file, so it stays in the list.
        box.setLayer(None)


def _box_of(widget: Optional[QWidget]) -> Optional[QgsMapLayerComboBox]:
    """The list of layers in a parameter's widget."""
    for found in widget.findChildren(QComboBox) if widget is not None else []:
        if found.metaObject().className() == "QgsMapLayerComboBox":
            # QGIS 3.22 hands it out as the class that it is derived from.
            return sip.cast(found, QgsMapLayerComboBox)
    return None


def _apart_from(first: QgsRasterLayer) -> List[QgsRasterLayer]:
    project = QgsProject.instance()
    return [
        layer
        for layer in project.mapLayers().values()
        if isinstance(layer, QgsRasterLayer) and layer.isValid() and _is_apart(first, layer)
    ]


def _is_apart(first: QgsRasterLayer, layer: QgsRasterLayer) -> bool:
    try:
        refuse_apart(first, layer, QgsProject.instance().transformContext())
    except InputError:
        return True
    return False
