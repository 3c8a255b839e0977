"""Which interpreter runs the jobs, is it able, and what it must not inherit from QGIS.

`sys.executable` is never used: inside QGIS it is QGIS. Nothing is ever installed into QGIS's own Python.
"""

import importlib.util
import json
import os
import shutil

# An interpreter is asked by starting it.
import subprocess  # nosec B404
import sys
from dataclasses import dataclass, field
from typing import Any, Dict, Iterable, Iterator, List, Mapping, Optional, Tuple

from .errors import EnvironmentMissingError, ModelFileError
from .temporary import private_folder
from .words import tr

OLDEST_PYTHON = (3, 10)
# Modules that the core imports, by the names that are installed.
NEEDED = {"torch": "torch", "numpy": "numpy", "rasterio": "rasterio", "safetensors": "safetensors", "yaml": "pyyaml"}
PROBE_TIMEOUT_S = 30.0
# What an environment is made of: package -> requirement, each lower bound with its reason; the upper ones stop before
# the next release that may break what is promised here.
REQUIREMENTS = {
    "torch": "torch>=2.4,<3",  # the first whose attention, RMS norm and weights-only loading are alike on all devices
    "numpy": "numpy>=1.24,<3",  # the oldest that torch and rasterio both accept
    "rasterio": "rasterio>=1.4,<2",  # 1.4 writes masks and ground control points of windows rightly
    "safetensors": "safetensors>=0.4.3,<1",  # the first whose metadata is read alike on every platform
    "pyyaml": "pyyaml>=6.0,<7",  # the first that builds on Python 3.10 and newer
    "pillow": "pillow>=10.3,<14",  # older ones have known faults in reading images of others
    "matplotlib": "matplotlib>=3.6,<4",  # plots of the reports
    "scipy": "scipy>=1.10,<2",  # statistics of the detection and of the reports
    "tqdm": "tqdm>=4.64,<5",  # the terminal's progress bar
}
# In an environment that was made to the end; no job takes one without it.
WHOLE_MARK = "qgis_ddpm.json"

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

# Asked with -I, an interpreter passes over the folder of packages of its user, from which jobs may take theirs.
_PROBE = """
import importlib.util, json, os, site, sys
from importlib import metadata
if sys.base_prefix in site.PREFIXES and os.path.isdir(site.getusersitepackages()):
    site.addsitedir(site.getusersitepackages())
found = {}
for module, package in %s.items():
    if importlib.util.find_spec(module) is not None:
        try:
            found[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            found[package] = ""
print(json.dumps({"version": list(sys.version_info[:3]), "packages": found}))
"""


@dataclass(frozen=True)
class Probe:
    """What is known of an interpreter; `problem` is empty where it is able to run jobs."""

    python: str
    version: str = ""
    packages: Tuple[Tuple[str, str], ...] = ()
    problem: str = ""

    @property
    def able(self) -> bool:
        """Whether jobs can run with it."""
        return not self.problem


def data_folder() -> str:
    """The folder of this user for models and the environment; it need not exist."""
    if sys.platform == "win32":
        base = os.environ.get("APPDATA") or os.path.expanduser("~/AppData/Roaming")
    elif sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Application Support")
    else:
        base = os.environ.get("XDG_DATA_HOME") or os.path.expanduser("~/.local/share")
    return os.path.join(base, "qgis_ddpm")


def models_folders(configured: Optional[str] = None) -> List[str]:
    """Where models are looked for by name: the folder that is configured, else QGIS_DDPM_MODELS, else the user's; then
    those that came with the plugin, or a checkout's.
    """
    shipped = os.path.join(os.path.dirname(os.path.realpath(__file__)), "models")
    # A checkout's plugin folder may hold links to its files.
    checkout = os.path.join(os.path.dirname(os.path.dirname(os.path.realpath(__file__))), "models")
    first = configured or os.environ.get("QGIS_DDPM_MODELS") or os.path.join(data_folder(), "models")
    # Beside an installed plugin lie other plugins, of which one may be called "models".
    places = [(shipped, shipped), (checkout, os.path.join(checkout, "recipes"))]
    return [first, *(folder for folder, mark in places if os.path.isdir(mark))]


def models_folder(configured: Optional[str] = None) -> str:
    """The first of the models folders: the one that users put their models into."""
    return models_folders(configured)[0]


def find_model(name: str, what: str = "model", configured: Optional[str] = None) -> str:
    """The path of a model or detector that is named by a path, or by a file name in the models folders.

    what: model or detector, for messages. Raises ModelFileError with the places that were looked at.
    """
    if os.path.isfile(name):
        return name
    if os.path.basename(name) == name:
        for folder in models_folders(configured):
            path = os.path.join(folder, name)
            if os.path.isfile(path):
                return path
        places = " or ".join(models_folders(configured))
        raise ModelFileError(f"The {what} {name} is neither a file here nor in {places}. Give its whole path.")
    raise ModelFileError(f"The {what} file {name} does not exist. Choose a .safetensors file made here or imported.")


def list_models(configured: Optional[str] = None) -> List[str]:
    """Paths of the model files in the models folders, by name; a name in an earlier folder hides a later one."""
    found: Dict[str, str] = {}
    for folder in models_folders(configured):
        try:
            names = sorted(os.listdir(folder))
        except OSError:
            continue
        for name in names:
            # Whoever reads a pipe in the folder waits for ever.
            if name.endswith(".safetensors") and os.path.isfile(os.path.join(folder, name)):
                found.setdefault(name, os.path.join(folder, name))
    return [found[name] for name in sorted(found)]


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


def forget_gdal_variables() -> None:
    """Take the variables that break rasterio from a process which is ours alone."""
    for name in list(os.environ):
        if _fits(name, BREAKS_RASTERIO):
            del os.environ[name]


def _is_dropped(name: str) -> bool:
    return _fits(name, NOT_INHERITED)


def _fits(name: str, patterns: Iterable[str]) -> bool:
    upper = name.upper()
    return any(upper.startswith(pattern[:-1]) if pattern.endswith("*") else upper == pattern for pattern in patterns)


def _belongs_to_qgis(folder: str) -> bool:
    parts = folder.replace("\\", "/").lower().split("/")
    return any(part.startswith(("qgis", "osgeo4w")) for part in parts)


def environment_python(folder: str) -> str:
    """The interpreter of the virtual environment in a folder."""
    if sys.platform == "win32":
        return os.path.join(folder, "Scripts", "python.exe")
    return os.path.join(folder, "bin", "python")


def own_python() -> Optional[str]:
    """The interpreter program of the Python that this code runs on; inside QGIS that is not `sys.executable`."""
    if sys.platform == "win32":
        names = [os.path.join(sys.prefix, "python.exe"), os.path.join(sys.prefix, "Scripts", "python.exe")]
    else:
        version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
        names = [os.path.join(sys.prefix, "bin", name) for name in (version, "python3")]
    return next((name for name in names if os.path.isfile(name)), None)


def _named(configured: Optional[str]) -> Optional[Tuple[str, str]]:
    """The interpreter that somebody named, and where."""
    if configured:
        return configured, tr("the provider's settings")
    if os.environ.get("QGIS_DDPM_PYTHON"):
        return os.environ["QGIS_DDPM_PYTHON"], "QGIS_DDPM_PYTHON"
    return None


def _candidates() -> Iterator[str]:
    """Interpreters to try where none is named."""
    folder = os.path.join(data_folder(), "environment")
    if os.path.isfile(os.path.join(folder, WHOLE_MARK)):
        yield environment_python(folder)
    own = own_python()
    if own and sys.version_info >= OLDEST_PYTHON and _has_packages():
        yield own


def _has_packages() -> bool:
    """Whether this Python could import what is needed; looks, and imports nothing."""
    return all(module in sys.modules or importlib.util.find_spec(module) is not None for module in NEEDED)


def find_interpreter(configured: Optional[str] = None) -> str:
    """The interpreter for workers. One that is named is never passed over: where it fails, that is the error.

    Raises EnvironmentMissingError with the interpreter's own words.
    """
    named = _named(configured)
    if named:
        found = probe(named[0])
        if found.problem:
            words = tr("The interpreter named in {} cannot run jobs: {}")
            raise EnvironmentMissingError(words.format(named[1], found.problem))
        return named[0]
    problems = []
    for python in _candidates():
        found = probe(python)
        if found.able:
            return python
        problems.append(found.problem)
    raise EnvironmentMissingError(" ".join([_missing_sentence(), *problems]))


def known_problem(configured: Optional[str] = None) -> str:
    """Why no job can run, as far as it is known without starting a process; empty where nothing speaks against it."""
    named = _named(configured)
    if named:
        known = _probes.get(_stamp(named[0]))
        if known is not None:
            return known.problem
        words = tr("{}, named in {}, does not exist. Choose another.")
        return "" if os.path.isfile(named[0]) else words.format(named[0], named[1])
    able = [python for python in _candidates() if _probes.get(_stamp(python), Probe(python)).able]
    return "" if able else _missing_sentence()


def _missing_sentence() -> str:
    return tr(
        "No Python with torch and rasterio was found for the jobs. Run the algorithm 'Set up environment', or name one "
        "in Settings > Options > Processing > Providers > DDPM, or in the environment variable QGIS_DDPM_PYTHON."
    )


def probe(python: str) -> Probe:
    """Start an interpreter once and ask for its version and packages; the answer is kept while the file is the same."""
    stamp = _stamp(python)
    if stamp not in _probes:
        _probes[stamp] = _ask(python)
    return _probes[stamp]


_probes: Dict[Tuple[str, float], Probe] = {}


def forget_probes() -> None:
    """Ask all interpreters anew, after packages were installed."""
    _probes.clear()


def _stamp(python: str) -> Tuple[str, float]:
    try:
        return python, os.stat(python).st_mtime
    except OSError:
        return python, 0.0


def _ask(python: str) -> Probe:
    answer = ask_python(python, _PROBE % repr(NEEDED))
    if answer.problem:
        return Probe(python, problem=answer.problem)
    packages = {str(name): str(value) for name, value in dict(answer.found.get("packages", {})).items()}
    text = ".".join(str(part) for part in answer.version)
    return Probe(python, text, tuple(sorted(packages.items())), _judge(python, answer.version, text, packages))


@dataclass(frozen=True)
class Answer:
    """What an interpreter printed as JSON of itself; `problem` says why there is no answer, "" where there is one."""

    version: Tuple[int, ...] = ()
    found: Mapping[str, Any] = field(default_factory=dict)
    problem: str = ""


def ask_python(python: str, code: str) -> Answer:
    """Start an interpreter once on code that prints a JSON object with its `version`.

    It imports from its own folders alone (-I) and stands in an empty one of ours, so that no file of the folder that
    somebody works in is taken for a module.
    """
    try:
        done = ask_program([program_path(python), "-I", "-c", code], PROBE_TIMEOUT_S)
    except subprocess.TimeoutExpired:
        return Answer(problem=tr("{} did not answer within {} s.").format(python, f"{PROBE_TIMEOUT_S:.0f}"))
    except OSError as error:
        return Answer(problem=tr("{} cannot be started: {}.").format(python, error.strerror or error))
    try:
        found = dict(json.loads(done.stdout))
        return Answer(tuple(int(part) for part in found["version"]), found)
    except (ValueError, KeyError, TypeError):
        words = " ".join(done.stderr.split())[-300:] or f"it ended with status {done.returncode} and said nothing"
        return Answer(problem=tr("{} is no working Python: {}.").format(python, words))


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


def program_path(program: str) -> str:
    """The whole path of a program that is named by a path as seen from here, or by a name on PATH."""
    return os.path.abspath(program) if os.path.dirname(program) else find_program(program) or program


def _judge(python: str, version: Tuple[int, ...], text: str, packages: Mapping[str, str]) -> str:
    if version < OLDEST_PYTHON:
        wanted = ".".join(str(part) for part in OLDEST_PYTHON)
        return tr("{} is Python {}; {} or newer is needed.").format(python, text, wanted)
    missing = [package for package in NEEDED.values() if package not in packages]
    return tr("{} lacks {}.").format(python, ", ".join(missing)) if missing else ""


def no_window() -> int:
    """The flag that keeps Windows from opening a console for a child; 0 elsewhere."""
    return int(getattr(subprocess, "CREATE_NO_WINDOW", 0))
