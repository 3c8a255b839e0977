"""Make the worker's environment: a virtual environment of its own, and pip or uv inside it.

Nothing is ever installed into the Python that QGIS runs on. A half-made environment carries no mark of being whole,
so no job takes it, and running the same again mends it.
"""

import json
import os
import shutil
import sys
from typing import Iterator, List, Optional, Type

from .child import Child
from .environment import (
    OLDEST_PYTHON,
    REQUIREMENTS,
    WHOLE_MARK,
    clean_environment,
    data_folder,
    environment_python,
    forget_probes,
    own_python,
    probe,
)
from .errors import DdpmError, EnvironmentMissingError, InputError, OutputError
from .events import Events, Note, Progress, Result
from .jobs.environment import SetupEnvironment

# Measured on Linux with Python 3.11: 1.3 GB for the build without CUDA, 6.9 GB with it, and the downloads beside them.
NEEDED_GB = {"cpu": 3.0, "cuda": 14.0}
STEPS = 4
_NETWORK_WORDS = ("connection", "resolve", "timed out", "network", "proxy", "certificate", "ssl")


def setup_environment(job: SetupEnvironment) -> Events:
    """Make, mend or update the environment and give its interpreter.

    Raises EnvironmentMissingError where no base interpreter serves, OutputError where the folder does not, and
    InputError where packages cannot be had.
    """
    folder = os.path.abspath(job.environment or os.path.join(data_folder(), "environment"))
    build = _build(job)
    machine = "NVIDIA cards" if build == "cuda" else "processors"
    yield Note(f"The environment goes to {folder}; torch is the build for {machine}.")
    _check_folder(folder, build)
    python = environment_python(folder)
    maker = _maker(job, folder)
    mark = os.path.join(folder, WHOLE_MARK)
    if os.path.exists(mark):
        os.unlink(mark)
    if not os.path.exists(python):
        yield from _follow(maker, 0, "making the environment")
    pip = _installer(python)
    yield from _follow([*pip, *_torch_arguments(job, build), REQUIREMENTS["torch"]], 1, "installing torch")
    others = [requirement for package, requirement in REQUIREMENTS.items() if package != "torch"]
    yield from _follow([*pip, *_source_arguments(job, job.index_url), *others], 2, "installing the other packages")
    yield from _follow([python, "-c", "import torch, rasterio, safetensors, yaml, PIL, matplotlib"], 3, "trying it")
    forget_probes()
    found = probe(python)
    if found.problem:
        raise EnvironmentMissingError(f"The environment was made, but cannot run jobs: {found.problem}")
    with open(mark, "w", encoding="utf-8") as file:
        json.dump({"build": build, "packages": dict(found.packages)}, file, indent=1, sort_keys=True)
    yield Progress(STEPS, STEPS, "step", "done")
    yield Result({"ENVIRONMENT": folder, "PYTHON": python})


def _build(job: SetupEnvironment) -> str:
    if job.build != "auto":
        return job.build
    places = ["/proc/driver/nvidia/version", os.path.expandvars(r"%SystemRoot%\System32\nvcuda.dll")]
    has_card = shutil.which("nvidia-smi") is not None or any(os.path.exists(place) for place in places)
    return "cuda" if has_card and sys.platform != "darwin" else "cpu"


def _check_folder(folder: str, build: str) -> None:
    if os.path.isdir(folder) and os.listdir(folder) and not os.path.exists(os.path.join(folder, "pyvenv.cfg")):
        raise OutputError(f"{folder} holds other files. Choose an empty or new folder for the environment.")
    above = folder
    while not os.path.isdir(above):
        above = os.path.dirname(above)
    if not os.access(above, os.W_OK):
        raise OutputError(f"{above} cannot be written to. Choose another folder for the environment.")
    free_gb = shutil.disk_usage(above).free / 1e9
    if free_gb < NEEDED_GB[build]:
        raise OutputError(
            f"{above} has {free_gb:.1f} GB free; {NEEDED_GB[build]:.0f} GB are needed for the build {build}. "
            "Free some space, or choose another folder."
        )


def _maker(job: SetupEnvironment, folder: str) -> List[str]:
    """The command that makes the environment. Raises EnvironmentMissingError where no interpreter serves."""
    uv = shutil.which("uv")
    wanted = ".".join(str(part) for part in OLDEST_PYTHON)
    base = job.base_python or (own_python() if sys.version_info >= OLDEST_PYTHON else None)
    if base is None:
        if uv:
            return [uv, "venv", "--allow-existing", "--python", f">={wanted}", folder]
        raise EnvironmentMissingError(
            f"QGIS runs on Python {sys.version.split()[0]}, and {wanted} or newer is needed. Install Python from "
            "python.org (for this user, no administrator needed) and name it in BASE_PYTHON, or install uv."
        )
    version = probe(base).version
    if not version:
        raise EnvironmentMissingError(f"BASE_PYTHON: {probe(base).problem} Choose a Python {wanted} or newer.")
    if tuple(int(part) for part in version.split(".")) < OLDEST_PYTHON:
        raise EnvironmentMissingError(f"{base} is Python {version}. Choose a Python {wanted} or newer in BASE_PYTHON.")
    if uv:
        return [uv, "venv", "--allow-existing", "--python", base, folder]
    return [base, "-m", "venv", folder]


def _installer(python: str) -> List[str]:
    uv = shutil.which("uv")
    if uv:
        return [uv, "pip", "install", "--python", python, "--upgrade"]
    return [python, "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--upgrade"]


def _source_arguments(job: SetupEnvironment, index: Optional[str]) -> List[str]:
    if job.wheels:
        return ["--no-index", "--find-links", job.wheels]
    return ["--index-url", index] if index else []


def _torch_arguments(job: SetupEnvironment, build: str) -> List[str]:
    """Where torch's build is taken from. PyPI's is for CUDA on Linux and for processors elsewhere."""
    publisher = "https://download.pytorch.org/whl/"
    index = job.torch_index_url or job.index_url
    if index is None and sys.platform.startswith("linux") and build == "cpu":
        index = publisher + "cpu"
    if index is None and sys.platform == "win32" and build == "cuda":
        index = publisher + "cu126"
    return _source_arguments(job, index)


def _follow(command: List[str], step: int, text: str) -> Events:
    """Run a program; its last line is the progress' text. Stopping ends it; its failure is raised in its own words."""
    yield Progress(step, STEPS, "step", text)
    try:
        child = Child(command, clean_environment())
    except OSError as error:
        raise EnvironmentMissingError(f"{command[0]} cannot be started: {error.strerror}.") from error
    words: List[str] = []
    try:
        for line in _lines(child):
            if line:
                words = [*words[-29:], line]
            yield Progress(step, STEPS, "step", f"{text}: {words[-1][:100]}" if words else text)
        status = child.wait(10.0)
    finally:
        child.kill()
    if status != 0:
        raise _refusal(text, words)


def _lines(child: Child) -> Iterator[str]:
    """Lines of a child, and an empty text ten times a second while it is silent."""
    try:
        while True:
            yield (child.next_line() or b"").decode("utf-8", errors="replace").strip()
    except EOFError:
        return


def _refusal(text: str, words: List[str]) -> DdpmError:
    tail = " ".join([word for word in words if "error" in word.lower()][-3:] or words[-3:])[-600:]
    kind: Type[DdpmError] = EnvironmentMissingError
    advice = "Run it again to mend the environment."
    if any(part in " ".join(words).lower() for part in _NETWORK_WORDS):
        kind = InputError
        advice = "Check the network and pip's proxy, or give INDEX_URL, TORCH_INDEX_URL or a WHEELS folder."
    elif "ensurepip" in " ".join(words):
        advice = "Install the system's package for virtual environments (python3-venv), or uv."
    elif "no space" in " ".join(words).lower():
        kind = OutputError
        advice = "Free some space, or choose another folder."
    return kind(f"Failed at {text}: {tail or 'the program said nothing'}. {advice}")
