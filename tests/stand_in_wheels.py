"""Wheels that pip installs like the real ones, with modules that only answer what setting up asks of them."""

import zipfile
from pathlib import Path

from qgis_ddpm.environment.requirements import REQUIREMENTS

VERSIONS = {"torch": "2.99.0", "numpy": "2.5.0", "rasterio": "1.5.0", "safetensors": "0.9.0", "pyyaml": "6.9"}
MODULES = {"pyyaml": "yaml", "pillow": "PIL"}
TORCH = """
from types import SimpleNamespace
__version__ = "2.99.0"
version = SimpleNamespace(cuda=None)
cuda = SimpleNamespace(is_available=lambda: False)
"""


def write_wheels(folder: Path) -> None:
    """One wheel for each package that an environment is made of."""
    folder.mkdir(parents=True)
    for package, requirement in REQUIREMENTS.items():
        # The lower bound itself, where no newer one is wanted.
        version = VERSIONS.get(package) or requirement.split(">=")[1].split(",")[0]
        info = f"{package}-{version}.dist-info"
        files = {
            f"{MODULES.get(package, package)}/__init__.py": TORCH if package == "torch" else "",
            f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {package}\nVersion: {version}\n",
            f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        }
        record = "".join(f"{name},,\n" for name in [*files, f"{info}/RECORD"])
        with zipfile.ZipFile(folder / f"{package}-{version}-py3-none-any.whl", "w") as wheel:
            for name, text in {**files, f"{info}/RECORD": record}.items():
                wheel.writestr(name, text)
