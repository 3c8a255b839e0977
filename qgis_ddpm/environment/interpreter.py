"""Which interpreter runs the jobs, and is it able.

`sys.executable` is never used: inside QGIS it is QGIS. Nothing is ever installed into QGIS's own Python.
"""

import importlib.util
import json
import os

# An interpreter is asked by starting it.
import subprocess  # nosec B404
import sys
from dataclasses import dataclass, field
from typing import Any, Dict, Iterator, Mapping, Optional, Tuple

from ..errors import EnvironmentMissingError
from ..model_folder import data_folder
from ..words import tr
from .process import ask_program, program_path
from .requirements import NEEDED, OLDEST_PYTHON

PROBE_TIMEOUT_S = 30.0


# In an environment that was made to the end; no job takes one without it.
WHOLE_MARK = "qgis_ddpm.json"


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


def _judge(python: str, version: Tuple[int, ...], text: str, packages: Mapping[str, str]) -> str:
    if version < OLDEST_PYTHON:
        wanted = ".".join(str(part) for part in OLDEST_PYTHON)
        return tr("{} is Python {}; {} or newer is needed.").format(python, text, wanted)
    missing = [package for package in NEEDED.values() if package not in packages]
    return tr("{} lacks {}.").format(python, ", ".join(missing)) if missing else ""
