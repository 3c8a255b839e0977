"""Check environment, as a Processing algorithm."""

from typing import Any, Dict, Tuple

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputBoolean,
    QgsProcessingOutputFolder,
    QgsProcessingOutputString,
)

from ..environment.interpreter import find_interpreter
from ..errors import EnvironmentMissingError
from ..jobs import CheckEnvironment
from ..model_folder import models_folder
from . import settings
from .base import JobAlgorithm, Parameters


class CheckEnvironmentAlgorithm(JobAlgorithm):
    """`ddpm:checkenvironment`."""

    JOB = CheckEnvironment
    TITLE = "Check environment"
    GROUP = "environment"
    TAGS = "environment,python,torch,gpu,cuda,installation,diagnosis"
    OUTPUT_KINDS = {
        "ABLE": QgsProcessingOutputBoolean,
        "PYTHON": QgsProcessingOutputString,
        "TORCH_VERSION": QgsProcessingOutputString,
        "DEVICES": QgsProcessingOutputString,
        "MODELS_FOLDER": QgsProcessingOutputFolder,
    }
    HELP = """
    Says whether the other algorithms can run, and with what: the Python they use, its versions of torch and
    rasterio, the devices on which a small computation worked, and the free memory.

    The heavy work runs in a Python of its own, never in QGIS's. 'Set up environment' makes one. To use another,
    name it in Settings > Options > Processing > Providers > DDPM, or in the environment variable QGIS_DDPM_PYTHON:
    a Python 3.10 or newer with torch, numpy, rasterio, safetensors and pyyaml. Nothing is installed or downloaded by
    this algorithm.
    """

    def canExecute(self) -> Tuple[bool, str]:
        # What is missing is the very answer.
        return True, ""

    def processAlgorithm(
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> Dict[str, Any]:
        try:
            self._interpreter(self._job)
        except EnvironmentMissingError as error:
            feedback.reportError(str(error))
            return {"ABLE": False, "MODELS_FOLDER": models_folder(settings.models_folder() or None)}
        return super().processAlgorithm(parameters, context, feedback)

    def _interpreter(self, job: CheckEnvironment) -> str:
        return find_interpreter(job.python or settings.interpreter() or None)
