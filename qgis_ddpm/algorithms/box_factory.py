"""Boxes in dialogs of QGIS 3.40 and later, and of QGIS 4: a factory that QGIS asks by the type of the widget."""

from typing import Any, List, Optional, Set

from qgis.core import QgsProcessingContext
from qgis.gui import QgsAbstractProcessingParameterWidgetWrapper, QgsGui, QgsProcessingParameterWidgetFactoryInterface

from .boxes import Box, make_box, watch
from .parameters import WIDGET_TYPE


class BoxWrapper(QgsAbstractProcessingParameterWidgetWrapper):
    """One box in a dialog, in a row of the batch table or in a step of the model designer."""

    _box: Box

    def createWidget(self) -> Box:
        self._box = make_box(self.parameterDefinition())
        self._box.changed.connect(lambda: self.widgetValueHasChanged.emit(self))
        return self._box

    def postInitialize(self, wrappers: List[Any]) -> None:
        super().postInitialize(wrappers)
        watch(self, self._box, wrappers)

    def setWidgetValue(self, value: Any, context: QgsProcessingContext) -> None:
        self._box.set_value(value)

    def widgetValue(self) -> Any:
        return self._box.value()


class BoxFactory(QgsProcessingParameterWidgetFactoryInterface):
    """Makes the boxes; QGIS holds no reference of Python's to what it is given, so it is held here."""

    def __init__(self) -> None:
        super().__init__()
        self._living: Set[BoxWrapper] = set()

    def parameterType(self) -> str:
        return WIDGET_TYPE

    def createWidgetWrapper(self, parameter: Any, kind: Any) -> BoxWrapper:
        wrapper = BoxWrapper(parameter, kind)
        self._living.add(wrapper)
        wrapper.destroyed.connect(lambda: self._living.discard(wrapper))
        return wrapper

    def compatibleParameterTypes(self) -> List[str]:
        return ["file", "string"]

    def compatibleOutputTypes(self) -> List[str]:
        return ["outputFile", "outputString"]


_factory: Optional[BoxFactory] = None


def register() -> None:
    """Offer the boxes to QGIS's dialogs; once, however often the plugin is loaded."""
    global _factory
    if _factory is None:
        _factory = BoxFactory()
        QgsGui.processingGuiRegistry().addParameterWidgetFactory(_factory)


def unregister() -> None:
    """Take the boxes back."""
    global _factory
    if _factory is not None:
        QgsGui.processingGuiRegistry().removeParameterWidgetFactory(_factory)
        _factory = None
