"""The job that checks the environment of the worker."""

from dataclasses import dataclass
from typing import ClassVar, Dict, Optional

from .job import Job
from .option import option


@dataclass(frozen=True)
class CheckEnvironment(Job):
    """Try the interpreter of the worker: versions, devices, memory, a tensor on each device and a GeoTIFF."""

    ALGORITHM: ClassVar[str] = "checkenvironment"
    OUTPUTS: ClassVar[Dict[str, str]] = {
        "ABLE": "Whether jobs can run, true or false",
        "PYTHON": "The interpreter",
        "TORCH_VERSION": "Version of torch",
        "DEVICES": "Devices",
        "FREE_MEMORY_MB": "Free memory in MB",
        "MODELS_FOLDER": "The models folder",
    }

    python: Optional[str] = option(
        None,
        "Interpreter",
        "The Python to check.",
        role="file",
        empty="the one that jobs use",
    )
    report: Optional[str] = option(
        None,
        "Environment report",
        "Page with all that was found.",
        role="file_out",
        suffix=".html",
        empty="not written",
    )
