"""How a process of another Python is started: what it must not inherit from QGIS, and where its program lies."""

import os
import shutil

# An interpreter is asked by starting it.
import subprocess  # nosec B404
from typing import Dict, Iterable, List, Mapping, Optional

from ..temporary import private_folder

# What a worker must not inherit, each with its reason. A trailing * stands for any ending.
NOT_INHERITED: Dict[str, str] = {
    "PYTHON*": "QGIS sets PYTHONHOME and PYTHONPATH for its own Python; another interpreter breaks on them",
    "QGIS_PREFIX_PATH": "points at the libraries of QGIS",
    "QGIS_PLUGINPATH": "plugins of QGIS are nothing to the worker",
    "QGIS_CUSTOM_CONFIG_PATH": "a profile of QGIS is nothing to the worker",
    "GDAL_*": "the worker's GDAL has data files, plugins, a cache and formats of its own, and reaches no network",
    "OGR_*": "the worker's GDAL reads the formats that are safe, whatever a variable says",
    "CPL_*": "the worker's GDAL opens local files alone, whatever a variable says",
    "VSI*": "the worker's GDAL opens local files alone, whatever a variable says",
    "VRT_*": "what a virtual raster may do is not for a variable to say",
    "AWS_*": "the worker reaches no cloud, and needs no key of one",
    "GS_*": "the worker reaches no cloud, and needs no key of one",
    "AZURE_*": "the worker reaches no cloud, and needs no key of one",
    "HDF5_PLUGIN_PATH": "the worker loads no code that a file asks for",
    "PROJ_*": "the worker's PROJ refuses the database of another version",
    "VIRTUAL_ENV": "names another environment than the worker's",
    "PIP_TARGET": "would put packages outside the environment",
    "PIP_PREFIX": "would put packages outside the environment",
    "PIP_USER": "would put packages outside the environment",
    "PIP_REQUIRE_VIRTUALENV": "the environment is named by its interpreter, not activated",
    "LD_LIBRARY_PATH": "a bundle of QGIS points it at its own libraries",
    "LD_PRELOAD": "a bundle of QGIS may load its own libraries first",
    "DYLD_*": "the library paths and preloads of a bundle, on macOS",
    "QT_PLUGIN_PATH": "the worker has no windows",
    "OSGEO4W_ROOT": "points at the libraries of a QGIS installation on Windows",
}


# With these the rasterio of this process would look into another PROJ's or GDAL's files, write logs, or do other than
# read the formats that are safe.
BREAKS_RASTERIO = ("PROJ_*", "GDAL_*", "OGR_*", "CPL_*", "VSI*", "VRT_*", "AWS_*", "GS_*", "AZURE_*")


# What a process with torch starts with, unless the user set it. Threads that spin while they wait for each other stand
# still where another program wants a core: beside one busy program training was 16 times slower so.
STARTS_WITH = {
    "OMP_WAIT_POLICY": "PASSIVE",
}


# A share of the batch that a job would take, below 1 for a worker whose forerunner the system ended.
BATCH_SHARE = "QGIS_DDPM_BATCH_SHARE"


def clean_environment(environ: Optional[Mapping[str, str]] = None) -> Dict[str, str]:
    """A copy of the environment for a worker, without what NOT_INHERITED lists and without QGIS's folders on PATH."""
    source = os.environ if environ is None else environ
    kept = {name: value for name, value in source.items() if not _is_dropped(name)}
    # Windows spells it Path, and dict(os.environ) upper case.
    for name in [name for name in kept if name.upper() == "PATH"]:
        # A relative one, such as "." or an empty one, is whatever folder somebody works in.
        folders = [part for part in kept[name].split(os.pathsep) if os.path.isabs(part) and not _belongs_to_qgis(part)]
        kept[name] = os.pathsep.join(folders)
    return {**STARTS_WITH, **kept}


def find_program(name: str, folders: Iterable[str] = ()) -> Optional[str]:
    """The path of a program on PATH or in further folders, never in the folder that somebody works in."""
    path = [value for key, value in clean_environment().items() if key.upper() == "PATH"]
    found = shutil.which(name, path=os.pathsep.join([*path, *folders]))
    # Windows looks into the working folder first, whatever PATH says.
    return found if found and os.path.isabs(found) else None


def program_path(program: str) -> str:
    """The whole path of a program that is named by a path as seen from here, or by a name on PATH."""
    return os.path.abspath(program) if os.path.dirname(program) else find_program(program) or program


def forget_gdal_variables() -> None:
    """Take the variables that break rasterio from a process which is ours alone."""
    for name in list(os.environ):
        if _fits(name, BREAKS_RASTERIO):
            del os.environ[name]


def ask_program(command: List[str], timeout_s: float) -> "subprocess.CompletedProcess[str]":
    """What a program says that is started once in an empty folder of ours.

    Raises OSError where it cannot be started, subprocess.TimeoutExpired where it takes longer.
    """
    with private_folder() as folder:
        # No shell; the program is one that the user chose or installed.
        return subprocess.run(  # nosec B603
            command,
            env=clean_environment(),
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=timeout_s,
            creationflags=no_window(),
            check=False,
        )


def no_window() -> int:
    """The flag that keeps Windows from opening a console for a child; 0 elsewhere."""
    return int(getattr(subprocess, "CREATE_NO_WINDOW", 0))


def _is_dropped(name: str) -> bool:
    return _fits(name, NOT_INHERITED)


def _fits(name: str, patterns: Iterable[str]) -> bool:
    upper = name.upper()
    return any(upper.startswith(pattern[:-1]) if pattern.endswith("*") else upper == pattern for pattern in patterns)


def _belongs_to_qgis(folder: str) -> bool:
    parts = folder.replace("\\", "/").lower().split("/")
    return any(part.startswith(("qgis", "osgeo4w")) for part in parts)
