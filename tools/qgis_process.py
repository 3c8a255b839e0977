"""Runs Processing algorithms the way a user's script does: through QGIS's own command line, in a throw-away profile."""

import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLUGIN = "qgis_ddpm"
PROFILE = ROOT / "build" / "profile"

Value = str | int | float | Path | Sequence[Path]


class AlgorithmError(RuntimeError):
    """An algorithm ended with an error; its own sentence has been printed already."""


@dataclass(frozen=True)
class Outcome:
    """What was run, how long it took in seconds, and the outputs by name as texts."""

    command: str
    seconds: float
    outputs: dict[str, str]


def executable() -> str:
    """Find qgis_process; raises AlgorithmError where QGIS is not installed."""
    # Debian 12's wrapper passes an option that its own program refuses.
    found = shutil.which("qgis_process.bin") or shutil.which("qgis_process")
    if found is None:
        raise AlgorithmError("qgis_process is not on the PATH. Run `make setup`, which installs QGIS.")
    return found


def environment(profile: Path = PROFILE) -> dict[str, str]:
    """Give the environment in which QGIS finds the checkout's plugin and interpreter, and no display is needed."""
    runtime = profile / "runtime"
    runtime.mkdir(parents=True, exist_ok=True)
    runtime.chmod(0o700)
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
    return kept | {
        "QT_QPA_PLATFORM": "offscreen",
        "QGIS_PLUGINPATH": str(ROOT / "build" / "plugins"),
        "QGIS_CUSTOM_CONFIG_PATH": str(profile),
        "QGIS_DDPM_PYTHON": os.environ.get("QGIS_DDPM_PYTHON") or str(ROOT / ".venv" / "bin" / "python"),
        "XDG_RUNTIME_DIR": str(runtime),
        # QGIS itself calls a deprecated function of Qt's bindings at every start.
        "PYTHONWARNINGS": "ignore::DeprecationWarning",
    }


def enable_plugin() -> None:
    """Switch the plugin on in the throw-away profile, which lasts."""
    done = subprocess.run(
        [executable(), "plugins", "enable", PLUGIN], env=environment(), capture_output=True, text=True, check=False
    )
    if done.returncode != 0 and "already enabled" not in done.stdout + done.stderr:
        raise AlgorithmError(f"QGIS does not take the plugin {PLUGIN}:\n{done.stdout}{done.stderr}")


def arguments(parameters: Mapping[str, Value]) -> list[str]:
    """Spell parameters for the command line; a list becomes the same flag several times."""
    flags = []
    for name, value in parameters.items():
        values = [value] if isinstance(value, (str, int, float, Path)) else value
        flags += [f"--{name}={one:g}" if isinstance(one, float) else f"--{name}={one}" for one in values]
    return flags


def parse_outputs(text: str) -> dict[str, str]:
    """Read the outputs from the section `Results` that qgis_process prints last."""
    _, found, results = text.rpartition("\nResults\n")
    pairs = (line.partition(":\t") for line in results.splitlines()) if found else ()
    return {name: value for name, separator, value in pairs if separator}


def run(algorithm: str, parameters: Mapping[str, Value]) -> Outcome:
    """Run an algorithm from the repository's root and pass on what it says; raises AlgorithmError where it fails."""
    flags = arguments(parameters)
    command = shlex.join(["qgis_process", "run", algorithm, *flags])
    print(f"\n$ {command}", flush=True)
    start = time.monotonic()
    said = []
    with subprocess.Popen(
        [executable(), "run", algorithm, *flags],
        cwd=ROOT, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        # Progress is printed without line ends: pass on what there is, not whole lines.
        while piece := os.read(process.stdout.fileno(), 65536):
            sys.stdout.buffer.write(piece)
            sys.stdout.buffer.flush()
            said.append(piece)
    if process.returncode != 0:
        raise AlgorithmError(f"{algorithm} ended with status {process.returncode}; what it said stands above.")
    return Outcome(command, time.monotonic() - start, parse_outputs(b"".join(said).decode(errors="replace")))
