"""Benchmarks and tools are run by hand, so what they import of the package is held to exist."""

import ast
import importlib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FILES = sorted([*(ROOT / "benchmarks").glob("*.py"), *(ROOT / "tools").rglob("*.py")])


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_is_imported_of_the_package_exists(path):
    missing = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "qgis_ddpm":
            # QGIS's half is imported inside QGIS alone.
            if node.module.startswith("qgis_ddpm.algorithms"):
                continue
            module = importlib.import_module(node.module)
            for name in node.names:
                if not hasattr(module, name.name) and importlib.util.find_spec(f"{node.module}.{name.name}") is None:
                    missing.append(f"{node.module}.{name.name}")
    assert missing == []
