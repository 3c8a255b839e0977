"""The Processing provider: every algorithm is always there, what is missing is said when it runs."""

import os
from glob import glob
from typing import Any, Tuple

from qgis.core import (
    QgsApplication,
    QgsProcessingContext,
    QgsProcessingDestinationParameter,
    QgsProcessingOutputLayerDefinition,
    QgsProcessingParameterRasterDestination,
    QgsProcessingProvider,
)
from qgis.PyQt.QtGui import QIcon

from ..metadata import entry
from . import settings
from .applythreshold import ApplyThresholdAlgorithm
from .assesschanges import AssessChangesAlgorithm
from .assesstiles import AssessTilesAlgorithm
from .checkenvironment import CheckEnvironmentAlgorithm
from .comparesettings import CompareSettingsAlgorithm
from .detectchanges import DetectChangesAlgorithm
from .detectseries import DetectSeriesAlgorithm
from .exportmodel import ExportModelAlgorithm
from .fillgaps import FillGapsAlgorithm
from .getmodel import GetModelAlgorithm
from .importcheckpoint import ImportCheckpointAlgorithm
from .parameters import ENDINGS
from .sampletiles import SampleTilesAlgorithm
from .setupenvironment import SetupEnvironmentAlgorithm
from .stackscene import StackSceneAlgorithm
from .traindetector import TrainDetectorAlgorithm
from .trainmodel import TrainModelAlgorithm
from .translation import tr
from .workflow import FOLDER, Workflow

ALGORITHMS = (
    TrainModelAlgorithm,
    ImportCheckpointAlgorithm,
    ExportModelAlgorithm,
    GetModelAlgorithm,
    CompareSettingsAlgorithm,
    StackSceneAlgorithm,
    SampleTilesAlgorithm,
    AssessTilesAlgorithm,
    TrainDetectorAlgorithm,
    DetectChangesAlgorithm,
    DetectSeriesAlgorithm,
    ApplyThresholdAlgorithm,
    AssessChangesAlgorithm,
    FillGapsAlgorithm,
    SetupEnvironmentAlgorithm,
    CheckEnvironmentAlgorithm,
)


class DdpmProvider(QgsProcessingProvider):
    """Provider `ddpm`: training, sampling and change detection with diffusion models."""

    def id(self) -> str:
        return "ddpm"

    def name(self) -> str:
        return "DDPM"

    def longName(self) -> str:
        return tr("DDPM: diffusion models for rasters")

    def icon(self) -> QIcon:
        return QIcon(self.svgIconPath())

    def svgIconPath(self) -> str:
        return os.path.join(os.path.dirname(os.path.dirname(__file__)), "icon.svg")

    def versionInfo(self) -> str:
        return entry("version")

    def load(self) -> bool:
        settings.register(self.icon())
        return super().load()

    def unload(self) -> None:
        settings.unregister()
        super().unload()

    def loadAlgorithms(self) -> None:
        for algorithm in ALGORITHMS:
            self.addAlgorithm(algorithm())
        if QgsApplication.processingRegistry().providerById(self.id()) is not None:
            self.load_workflows()

    def load_workflows(self) -> None:
        """Add the models of the model designer; only once the registry knows the algorithms that they are made of."""
        for path in sorted(glob(os.path.join(FOLDER, "*.model3"))):
            self.addAlgorithm(Workflow(path))

    def supportedOutputRasterLayerExtensions(self) -> "list[str]":
        return ["tif", "tiff"]

    def isSupportedOutputValue(
        self, outputValue: Any, parameter: QgsProcessingDestinationParameter, context: QgsProcessingContext
    ) -> Tuple[bool, str]:
        is_definition = isinstance(outputValue, QgsProcessingOutputLayerDefinition)
        path = str((outputValue.sink.staticValue() if is_definition else outputValue) or "")
        ending = os.path.splitext(path)[1].lower()
        is_raster = isinstance(parameter, QgsProcessingParameterRasterDestination)
        if is_raster and ending == ".vrt" and ending in (parameter.metadata().get(ENDINGS) or ()):
            return True, ""
        if is_raster and ending not in ("", ".tif", ".tiff"):
            words = tr("{}: rasters are written as GeoTIFF, and {} is no .tif. Choose a name that ends in .tif.")
            return False, words.format(parameter.name(), path)
        return super().isSupportedOutputValue(outputValue, parameter, context)
