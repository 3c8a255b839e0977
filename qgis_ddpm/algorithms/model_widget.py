"""Boxes in dialogs of QGIS 3.22 to 3.38, whose class for them QGIS 4.4 has no more; nothing else imports this file.

Models of the model designer name the class by its path, so both keep their names.
"""

from typing import Any, List

from processing.gui.wrappers import WidgetWrapper
from qgis.gui import QgsGui

from .boxes import Box, make_box, watch


class ModelWidget(WidgetWrapper):
    """Any of the boxes; the model designer keeps its own widget."""

    def __new__(cls, param: Any, dialog: Any, row: int = 0, col: int = 0, **options: Any) -> Any:
        if type(dialog).__name__ == "ModelerParametersDialog":
            registry = QgsGui.processingGuiRegistry()
            wrapper = registry.createModelerParameterWidget(dialog.model, dialog.childId, param, dialog.context)
            wrapper.setDialog(dialog)
            return wrapper
        return super().__new__(cls)

    def createWidget(self, **about: Any) -> Box:
        box = make_box(self.parameterDefinition())
        box.changed.connect(lambda: self.widgetValueHasChanged.emit(self))
        return box

    def postInitialize(self, wrappers: List[Any]) -> None:
        watch(self, self.widget, wrappers)

    def setValue(self, value: Any) -> None:
        self.widget.set_value(value)

    def value(self) -> Any:
        return self.widget.value()
