"""The three zones: what each part of the package may import."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "qgis_ddpm"

FORBIDDEN = {
    "root": {"qgis", "torch", "rasterio", "numpy", "osgeo"},
    "algorithms": {"torch", "rasterio", "numpy"},
    "core": {"qgis", "osgeo"},
}


def zone(path: Path) -> str:
    part = path.relative_to(PACKAGE).parts[0]
    return "algorithms" if part in ("algorithms", "plugin.py") else "core" if part == "core" else "root"


def imported(path: Path) -> set[str]:
    """Absolute top-level modules, and relative ones as `.first_part`, anywhere in a file."""
    found = set()
    depth = len(path.relative_to(PACKAGE).parts)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add(str(node.module).split(".")[0])
        elif isinstance(node, ast.ImportFrom) and node.level == depth:
            heads = [node.module.split(".")[0]] if node.module else [name.name for name in node.names]
            found |= {f".{head}" for head in heads}
    return found


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_file_imports_only_what_its_zone_may(path):
    allowed_doors = {"cli.py", "worker.py"}
    found = imported(path)
    assert not found & FORBIDDEN[zone(path)]
    if zone(path) != "core" and path.name not in allowed_doors:
        assert ".core" not in found
    if zone(path) == "core":
        assert not found & {".algorithms", ".worker", ".cli", ".remote"}


BLOCK = """
import sys
class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {forbidden}:
            raise AssertionError(name + " was imported")
sys.meta_path.insert(0, Blocked())
import {module}
"""


@pytest.mark.parametrize(
    ("module", "forbidden"),
    [
        ("qgis_ddpm", {"qgis", "torch", "rasterio", "numpy", "yaml", "json"}),
        ("qgis_ddpm.jobs, qgis_ddpm.events, qgis_ddpm.card, qgis_ddpm.remote, qgis_ddpm.cli", FORBIDDEN["root"]),
        ("qgis_ddpm.core, qgis_ddpm.core.runners", {"qgis", "torch"}),
        # The classic methods need no network: they start without waiting for torch.
        ("qgis_ddpm.core.change.run", {"qgis", "osgeo", "torch"}),
        ("qgis_ddpm.core.thresholding.run", {"qgis", "osgeo", "torch"}),
        ("qgis_ddpm.core.accuracy.run", {"qgis", "osgeo", "torch"}),
        ("qgis_ddpm.core.training.run, qgis_ddpm.core.synthesis.run, qgis_ddpm.core.change.run", {"qgis", "osgeo"}),
    ],
)
def test_a_zone_imports_without_what_is_forbidden(module, forbidden):
    done = subprocess.run(
        [sys.executable, "-c", BLOCK.format(forbidden=forbidden, module=module)],
        cwd=PACKAGE.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
