"""Models of the model designer that come with the plugin, as algorithms of the provider."""

import os

from qgis.core import QgsProcessingModelAlgorithm
from qgis.PyQt.QtGui import QIcon

from .parameters import in_a_box
from .translation import tr

PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FOLDER = os.path.join(PACKAGE, "workflows")


class Workflow(QgsProcessingModelAlgorithm):
    """One .model3 file. It may only be made once the registry knows the algorithms that it is made of."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self._path = path
        self.fromFile(path)
        for definition in self.parameterDefinitions():
            if definition.type() == "file" and definition.name() in ("MODEL", "DETECTOR"):
                in_a_box(definition, box="model", role=definition.name().lower(), suffix=".safetensors")

    def createInstance(self) -> "Workflow":
        return type(self)(self._path)

    def name(self) -> str:
        """Its name in scripts, that of its file."""
        return os.path.splitext(os.path.basename(self._path))[0]

    def displayName(self) -> str:
        names = {"train_detect_assess": tr("Train, detect and assess")}
        return names.get(self.name(), self.name())

    def group(self) -> str:
        return tr("Change detection")

    def groupId(self) -> str:
        return "changedetection"

    def icon(self) -> QIcon:
        return QIcon(self.svgIconPath())

    def svgIconPath(self) -> str:
        return os.path.join(PACKAGE, "icons", "workflow.svg")
