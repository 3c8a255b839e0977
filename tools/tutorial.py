"""`make tutorial`: the tutorial's own `qgis_process` commands, from the zip in an empty profile and home, one by one.

Nothing of the checkout but the zip and the scene is used: the environment is made by the tutorial's first command.
With WHEELS, the folder of packages for a machine without network, the network is cut off where the system allows it.
"""

import argparse
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path

from tools.build_zip import build_zip
from tools.qgis_process import executable
from tools.scene import make_scene

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "build" / "tutorial"
# What would lead to the checkout or to the user's own settings.
LEFT_OUT = ("QGIS_PLUGINPATH", "QGIS_DDPM_PYTHON", "QGIS_DDPM_MODELS", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")


def commands() -> list[list[str]]:
    """The words of each `qgis_process run` of the tutorial, in its order."""
    text = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8").replace("\\\n", " ")
    return [shlex.split(line) for line in re.findall(r"^ +qgis_process (run ddpm:.*)$", text, flags=re.MULTILINE)]


def fresh_machine() -> dict[str, str]:
    """An empty home with the plugin from the zip, and the environment variables that lead there."""
    shutil.rmtree(WORK, ignore_errors=True)
    home = WORK / "home"
    plugins = WORK / "profile" / "profiles" / "default" / "python" / "plugins"
    plugins.mkdir(parents=True)
    (home / "runtime").mkdir(parents=True, mode=0o700)
    with zipfile.ZipFile(build_zip(WORK / "qgis_ddpm.zip")) as archive:
        archive.extractall(plugins)
    kept = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}
    return kept | {
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / ".local" / "share"),
        "XDG_RUNTIME_DIR": str(home / "runtime"),
        "QGIS_CUSTOM_CONFIG_PATH": str(WORK / "profile"),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONWARNINGS": "ignore::DeprecationWarning",
    }


def without_network() -> list[str]:
    """The words before a command that cut its network off; empty where this system has none to give."""
    program = shutil.which("unshare")
    works = program and subprocess.run([program, "-rn", "true"], capture_output=True, check=False).returncode == 0
    return [str(program), "-rn"] if works else []


def main() -> int:
    """Run all commands; 1 at the first that fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wheels", default="", help="folder of packages; the network is then cut off")
    options = parser.parse_args()
    environ = fresh_machine()
    make_scene(WORK / "scene")
    cut = without_network() if options.wheels else []
    if options.wheels and not cut:
        print("tutorial: this system cannot cut the network off; pip is told to stay away from it", file=sys.stderr)
    for words in (["plugins", "enable", "qgis_ddpm"], *commands()):
        added = [f"--WHEELS={Path(options.wheels).absolute()}"] if options.wheels and "setup" in words[1] else []
        print(f"\n$ qgis_process {shlex.join([*words, *added])}", flush=True)
        begin = time.monotonic()
        done = subprocess.run(
            [*cut, executable(), *words, *added], env=environ, cwd=WORK / "scene", check=False, stderr=subprocess.STDOUT
        )
        print(f"status {done.returncode}, {time.monotonic() - begin:.0f} s", flush=True)
        if done.returncode != 0:
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
