"""What QGIS shows of an algorithm before it runs: name, place in the toolbox, help, parameters and outputs."""

import os
from typing import Any, ClassVar, Dict, Optional, Tuple, Type

from qgis.core import QgsProcessingAlgorithm, QgsProcessingOutputDefinition, QgsProcessingOutputNumber
from qgis.PyQt.QtGui import QIcon

from ..jobs import Job
from ..metadata import entry
from . import defaults, help
from .parameters import HIDDEN, declare
from .translation import tr

MODEL_ENDING = ".safetensors"
_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ICONS = os.path.join(_PACKAGE, "icons")
PICTURES = os.path.join(_PACKAGE, "pictures")


class PresentedJob(QgsProcessingAlgorithm):
    """The face of a job in Processing, from its dataclass and a few words of a subclass."""

    JOB: ClassVar[Type[Job]]
    TITLE: ClassVar[str]
    GROUP: ClassVar[str]
    TAGS: ClassVar[str]
    HELP: ClassVar[str]
    # Outputs beside the destinations are numbers where nothing else is said here.
    OUTPUT_KINDS: ClassVar[Dict[str, Type[QgsProcessingOutputDefinition]]] = {}

    def createInstance(self) -> "PresentedJob":
        return type(self)()

    def name(self) -> str:
        return self.JOB.ALGORITHM

    def displayName(self) -> str:
        return tr(self.TITLE)

    def group(self) -> str:
        names = {
            "models": tr("Models"),
            "synthesis": tr("Synthesis"),
            "changedetection": tr("Change detection"),
            "restoration": tr("Restoration"),
            "environment": tr("Environment"),
        }
        return names[self.GROUP]

    def groupId(self) -> str:
        return self.GROUP

    def tags(self) -> "list[str]":
        return tr(self.TAGS).split(",")

    def icon(self) -> QIcon:
        return QIcon(self.svgIconPath())

    def svgIconPath(self) -> str:
        return os.path.join(ICONS, f"{self.name()}.svg")

    def shortDescription(self) -> str:
        return tr((self.JOB.__doc__ or "").strip())

    def shortHelpString(self) -> str:
        return help.as_html(
            self.HELP,
            os.path.join(PICTURES, f"{self.name()}.png"),
            help.parameter_entries(self.JOB, self._hidden()),
            help.output_entries(self.JOB),
            help.model_entries(self.JOB),
        )

    def offered(self) -> Dict[str, Any]:
        """What a dialog offers, and a script does not get unasked: values by parameter."""
        wanted = [option for option in self.JOB.options() if option.is_destination and option.required]
        models = [option for option in wanted if option.suffix == MODEL_ENDING]
        found = {option.parameter: defaults.kept_file(option.name) for option in models}
        return {name: value for name, value in found.items() if value}

    def _hidden(self) -> Tuple[str, ...]:
        return (*HIDDEN, *self.JOB.UNUSED)

    def helpUrl(self) -> str:
        return f"{entry('homepage')}/blob/main/docs/{self.name()}.md"

    def initAlgorithm(self, configuration: Optional[Dict[str, Any]] = None) -> None:
        offered = self.offered()
        for option in self.JOB.options():
            definition = declare(option, option.name in self._hidden())
            if option.parameter in offered:
                definition.setGuiDefaultValueOverride(offered[option.parameter])
            self.addParameter(definition)
        for name, meaning in self.JOB.OUTPUTS.items():
            self.addOutput(self.OUTPUT_KINDS.get(name, QgsProcessingOutputNumber)(name, tr(meaning)))
