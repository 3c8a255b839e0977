"""The jobs that make and check the environment of the worker."""

from dataclasses import dataclass
from typing import ClassVar, Dict, Literal, Optional, Tuple

from .job import Job
from .option import option

Build = Literal["auto", "cpu", "cuda"]


@dataclass(frozen=True)
class SetupEnvironment(Job):
    """Make the Python environment that runs the jobs, outside QGIS's own Python; run again, it mends or updates."""

    ALGORITHM: ClassVar[str] = "setupenvironment"
    UNUSED: ClassVar[Tuple[str, ...]] = ("device", "seed")
    OUTPUTS: ClassVar[Dict[str, str]] = {"PYTHON": "The interpreter of the environment"}

    base_python: Optional[str] = option(
        None,
        "Base interpreter",
        "A Python 3.10 or newer that the environment is made from.",
        role="file",
        empty="the Python that QGIS runs on, where it serves, else one installed on this machine or brought by uv",
        program=True,
    )
    build: Build = option(
        "auto",
        "Build of torch",
        "cuda for NVIDIA cards (several GB), cpu for all else; auto looks for a card's driver and its CUDA version.",
    )
    wheels: Optional[str] = option(
        None,
        "Folder of wheels",
        "For machines without network: packages are taken from this folder alone.",
        role="folder",
        empty="packages are downloaded",
        advanced=True,
        program=True,
    )
    index_url: Optional[str] = option(
        None,
        "Package index",
        "Address of a package index, such as a mirror of your organisation.",
        empty="as pip is configured",
        advanced=True,
        program=True,
    )
    torch_index_url: Optional[str] = option(
        None,
        "Index of torch",
        "Address of the index that torch is taken from.",
        empty="INDEX_URL, else the index that pip is configured with, else the publisher's that fits the build",
        advanced=True,
        program=True,
    )
    environment: Optional[str] = option(
        None,
        "Environment in another folder",
        "Folder for the environment.",
        role="folder_out",
        empty="a folder of this user, where it is found by itself",
        program=True,
    )


@dataclass(frozen=True)
class CheckEnvironment(Job):
    """Try the interpreter of the worker: versions, devices, memory, a tensor on each device and a GeoTIFF."""

    ALGORITHM: ClassVar[str] = "checkenvironment"
    UNUSED: ClassVar[Tuple[str, ...]] = ("seed",)
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
        program=True,
    )
    report: Optional[str] = option(
        None,
        "Environment report",
        "Page with all that was found.",
        role="file_out",
        suffix=".html",
        empty="not written",
    )
