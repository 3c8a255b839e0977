"""From which Python the worker's environment can be made: one that is new enough and brings what pip needs."""

import os
import sys
from dataclasses import dataclass
from typing import Iterator, List, Optional, Tuple

from ..errors import EnvironmentMissingError
from ..words import tr
from .interpreter import ask_python, own_python
from .process import find_program, program_path
from .requirements import OLDEST_PYTHON

# Names on PATH, the newest first that current builds of torch and rasterio are known to exist for.
NAMES = (*(f"python3.{minor}" for minor in (13, 12, 11, 14, 10)), "python3", "python")
# A program started from the Dock has none of these on its PATH.
MAC_FOLDERS = (
    "/opt/homebrew/bin",
    "/usr/local/bin",
    *(f"/Library/Frameworks/Python.framework/Versions/3.{minor}/bin" for minor in (13, 12, 11, 14, 10)),
)

_PROBE = """
import json, sys
from importlib.util import find_spec
found = {"version": list(sys.version_info[:3])}
for name in ("ssl", "venv", "ensurepip"):
    try:
        found[name] = find_spec(name) is not None
        if name == "ssl":
            import ssl
    except ImportError:
        found[name] = False
print(json.dumps(found))
"""


@dataclass(frozen=True)
class Base:
    """What is known of an interpreter; `problem` says why no environment can be made from it, "" where one can.

    has_pip: whether an environment made from it gets a pip of its own; Debian parts that off.
    """

    python: str
    version: Tuple[int, ...] = ()
    has_pip: bool = False
    problem: str = ""

    @property
    def release(self) -> str:
        """Its version as a text."""
        return ".".join(str(part) for part in self.version)


def find_base(named: Optional[str], *, pip_needed: bool) -> Base:
    """The interpreter that is named, which is never passed over, else the first on this machine that serves.

    pip_needed: whether it has to bring pip, as there is no uv to do without.
    Raises EnvironmentMissingError with the reason of each that was looked at.
    """
    if named:
        # The programs of the set-up work in another folder.
        found = ask(program_path(named))
        problem = found.problem or (_lacks_pip(found) if pip_needed else "")
        if problem:
            wanted = ".".join(str(part) for part in OLDEST_PYTHON)
            words = tr("BASE_PYTHON: {} Choose a Python {} or newer.")
            raise EnvironmentMissingError(words.format(problem, wanted))
        return found
    problems: List[str] = []
    for python in candidates():
        found = ask(python)
        problem = found.problem or (_lacks_pip(found) if pip_needed else "")
        if not problem:
            return found
        problems.append(problem)
    where = tr(
        "Install Python from python.org (for this user, no administrator needed) and name it in BASE_PYTHON, or "
        "install uv (docs.astral.sh/uv), which brings one."
    )
    raise EnvironmentMissingError(" ".join([tr("No Python for the environment was found."), *problems, where]))


def candidates() -> Iterator[str]:
    """Interpreters of this machine, each once: QGIS's own first, but last on macOS, where its bundle holds it."""
    own = own_python()
    found = [*_registered(), *_on_path()]
    ordered = [*found, own] if sys.platform == "darwin" else [own, *found]
    seen = set()
    for python in ordered:
        if python is None:
            continue
        real = os.path.realpath(python)
        if real not in seen:
            seen.add(real)
            yield python


def ask(python: str) -> Base:
    """Start an interpreter once and ask what it brings."""
    answer = ask_python(python, _PROBE)
    if answer.problem:
        return Base(python, problem=answer.problem)
    has_ssl, has_venv, has_pip = (bool(answer.found.get(name)) for name in ("ssl", "venv", "ensurepip"))
    return Base(python, answer.version, has_pip, _judge(python, answer.version, has_ssl, has_venv))


def _judge(python: str, version: Tuple[int, ...], has_ssl: bool, has_venv: bool) -> str:
    release = ".".join(str(part) for part in version)
    if version < OLDEST_PYTHON:
        wanted = ".".join(str(part) for part in OLDEST_PYTHON)
        return tr("{} is Python {}; {} or newer is needed.").format(python, release, wanted)
    if not has_ssl:
        # That of QGIS on Windows finds its libraries only inside QGIS.
        return tr("{} cannot load its ssl module, so it can download nothing.").format(python)
    return "" if has_venv else tr("{} lacks the module venv.").format(python)


def _lacks_pip(base: Base) -> str:
    if base.has_pip:
        return ""
    words = tr("{} lacks the module ensurepip (on Debian and Ubuntu: sudo apt install python{}.{}-venv).")
    return words.format(base.python, *base.version[:2])


def _on_path() -> Iterator[str]:
    for program in NAMES:
        found = find_program(program, MAC_FOLDERS if sys.platform == "darwin" else ())
        # Windows offers a `python` that only opens its shop.
        if found and "WindowsApps" not in found:
            yield found


def _registered() -> Iterator[str]:
    """Interpreters that python.org's installer has entered in the registry of Windows, the newest first."""
    if sys.platform == "win32":
        import winreg

        for hive in (winreg.HKEY_CURRENT_USER, winreg.HKEY_LOCAL_MACHINE):
            for name in NAMES:
                release = name[len("python") :]
                try:
                    with winreg.OpenKey(hive, rf"Software\Python\PythonCore\{release}\InstallPath") as key:
                        yield str(winreg.QueryValueEx(key, "ExecutablePath")[0])
                except OSError:
                    continue
    yield from ()
