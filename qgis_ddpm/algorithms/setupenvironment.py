"""Set up environment, as a Processing algorithm."""

import os
from typing import Any, Dict, Tuple

from qgis.core import QgsProcessingContext, QgsProcessingFeedback, QgsProcessingOutputString

from ..environment.interpreter import own_python
from ..jobs import SetupEnvironment
from ..model_folder import data_folder
from ..said import said
from . import settings
from .base import JobAlgorithm
from .translation import tr


class SetupEnvironmentAlgorithm(JobAlgorithm):
    """`ddpm:setupenvironment`."""

    JOB = SetupEnvironment
    TITLE = "Set up environment"
    GROUP = "environment"
    TAGS = "environment,python,torch,gpu,cuda,installation,install,venv,pip"
    OUTPUT_KINDS = {"PYTHON": QgsProcessingOutputString}
    HELP = """
    Makes the Python environment in which the other algorithms do their work: a folder of its own with torch,
    rasterio and a few small packages. Nothing is installed into QGIS's own Python, and removing the folder removes
    everything.

    Run it once. It takes minutes and 1.3 GB of disk for processors, 7 GB for NVIDIA cards. Running it again mends an
    environment that was left half-made, or updates it. On a machine without network, bring the packages as a
    folder of wheels; proxies, mirrors and certificates are those that pip is configured with.

    torch comes as the build that the driver of an NVIDIA card can use, or the small one for processors, and the log
    says which. It is taken from its publisher's index, unless pip is configured with an index of its own, or one is
    named.

    The environment in this user's standard folder is found by itself. One in another folder has to be named in
    Settings > Options > Processing > Providers > DDPM.
    """

    def canExecute(self) -> Tuple[bool, str]:
        # It makes what the others lack.
        return True, ""

    def postProcessAlgorithm(self, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Dict[str, Any]:
        python, folder = self._results.get("PYTHON"), self._results.get("ENVIRONMENT")
        if python and folder != os.path.join(data_folder(), "environment") and python != settings.interpreter():
            words = tr("To use it, name {} in Settings > Options > Processing > Providers > DDPM.")
            feedback.pushInfo(said(words.format(python)))
        return super().postProcessAlgorithm(context, feedback)

    def _interpreter(self, job: SetupEnvironment) -> str:
        # Only for the command line in the log: the worker that this job makes is not there yet.
        return job.base_python or own_python() or "python3"
