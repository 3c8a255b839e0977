import configparser
import zipfile
from pathlib import Path

import pytest

from tools.build_zip import build_zip, plugin_files


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout in small, with everything that must stay out of the zip."""
    for name in (
        "metadata.txt",
        "LICENSE",
        "sbom.cdx.json",
        "README.md",
        "qgis_ddpm/__init__.py",
        "qgis_ddpm/icon.svg",
        "qgis_ddpm/core/run.py",
        "qgis_ddpm/core/__pycache__/run.cpython-311.pyc",
        "qgis_ddpm/core/model.safetensors",
        "qgis_ddpm/.hidden/a.py",
        "qgis_ddpm/.hidden.py",
        "qgis_ddpm/install.sh",
        "qgis_ddpm/fast.so",
    ):
        path = tmp_path / "checkout" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"contents of {name}\n")
    return tmp_path / "checkout"


def test_holds_the_plugin_and_nothing_that_the_repository_refuses(checkout, tmp_path):
    with zipfile.ZipFile(build_zip(tmp_path / "plugin.zip", checkout)) as archive:
        assert archive.namelist() == [
            "qgis_ddpm/LICENSE",
            "qgis_ddpm/__init__.py",
            "qgis_ddpm/core/run.py",
            "qgis_ddpm/icon.svg",
            "qgis_ddpm/metadata.txt",
            "qgis_ddpm/sbom.cdx.json",
        ]
        assert archive.read("qgis_ddpm/core/run.py") == b"contents of qgis_ddpm/core/run.py\n"


def test_same_sources_give_same_bytes(checkout, tmp_path):
    first = build_zip(tmp_path / "first.zip", checkout).read_bytes()
    for path in plugin_files(checkout).values():
        path.touch()
        path.chmod(0o755)
    assert build_zip(tmp_path / "second.zip", checkout).read_bytes() == first


def test_models_come_along_where_they_are_asked_for(checkout, tmp_path):
    model = checkout / "models" / "shipped.safetensors"
    model.parent.mkdir()
    model.write_bytes(b"weights")
    assert not any("models" in name for name in plugin_files(checkout))
    with zipfile.ZipFile(build_zip(tmp_path / "plugin.zip", checkout, with_models=True)) as archive:
        assert archive.read("qgis_ddpm/models/shipped.safetensors") == b"weights"


def test_size_is_bounded(checkout, tmp_path, monkeypatch):
    monkeypatch.setattr("tools.build_zip.MAX_BYTES", 100)
    with pytest.raises(ValueError, match=r"takes 100"):
        build_zip(tmp_path / "plugin.zip", checkout)
    assert not (tmp_path / "plugin.zip").exists()


def test_the_checkouts_own_zip_is_complete(tmp_path):
    metadata = configparser.ConfigParser(interpolation=None)
    with zipfile.ZipFile(build_zip(tmp_path / "plugin.zip")) as archive:
        metadata.read_string(archive.read("qgis_ddpm/metadata.txt").decode())
        names = archive.namelist()
    general = metadata["general"]
    required = "name description about version qgisMinimumVersion author email tracker repository tags"
    assert [key for key in required.split() if not general.get(key)] == []
    assert general["hasProcessingProvider"] == "yes"
    assert f"qgis_ddpm/{general['icon']}" in names
    assert {name.split("/")[0] for name in names} == {"qgis_ddpm"}
