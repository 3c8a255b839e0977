"""Finding an interpreter, and keeping QGIS's settings away from it."""

import importlib.util
import os
import sys
from pathlib import Path

import pytest

from qgis_ddpm import environment, model_folder
from qgis_ddpm.environment import process
from qgis_ddpm.errors import EnvironmentMissingError, ModelFileError


@pytest.fixture(autouse=True)
def nothing_remembered(monkeypatch):
    monkeypatch.setattr(environment.interpreter, "_probes", {})
    monkeypatch.delenv("QGIS_DDPM_PYTHON", raising=False)


def fake_python(path, answer):
    path.write_text(f"#!/bin/sh\necho '{answer}'\n")
    path.chmod(0o755)
    return str(path)


def test_what_belongs_to_qgis_is_not_inherited():
    given = {
        "PYTHONHOME": "x",
        "QGIS_PREFIX_PATH": "x",
        "PROJ_DATA": "x",
        "PIP_TARGET": "x",
        "PIP_INDEX_URL": "kept",
        "HTTPS_PROXY": "kept",
        "Path": os.pathsep.join(["/opt/QGIS 3.40/bin", "/OSGeo4W/bin", "/usr/bin"]),
    }
    assert environment.clean_environment(given) == {
        **environment.STARTS_WITH,
        "PIP_INDEX_URL": "kept",
        "HTTPS_PROXY": "kept",
        "Path": "/usr/bin",
    }


def test_what_the_user_set_for_threads_stays():
    assert environment.clean_environment({"OMP_WAIT_POLICY": "ACTIVE"})["OMP_WAIT_POLICY"] == "ACTIVE"


def test_each_entry_has_its_reason():
    assert all(len(reason) > 20 for reason in environment.NOT_INHERITED.values())


def test_this_interpreter_is_able():
    found = environment.probe(sys.executable)
    assert found.able, found.problem
    assert dict(found.packages)["torch"]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ('{"version": [3, 9, 1], "packages": {}}', r"is Python 3\.9\.1; 3\.10 or newer"),
        ('{"version": [3, 12, 1], "packages": {"torch": "2"}}', "lacks numpy, rasterio"),
        ("garbage", "no working Python"),
        ('{"version": "x"}', "no working Python"),
    ],
)
def test_an_unable_interpreter_is_named_with_its_problem(tmp_path, answer, words):
    python = fake_python(tmp_path / "python", answer)
    with pytest.raises(EnvironmentMissingError, match=words):
        environment.find_interpreter(python)
    assert environment.known_problem(python)


def test_a_probe_is_made_once(tmp_path):
    counter = tmp_path / "count"
    path = tmp_path / "python"
    path.write_text(f"#!/bin/sh\necho x >> {counter}\n")
    path.chmod(0o755)
    environment.probe(str(path))
    environment.probe(str(path))
    assert counter.read_text().count("x") == 1


def test_what_is_known_never_starts_a_process(tmp_path, monkeypatch):
    monkeypatch.setattr(process.subprocess, "run", None)
    assert environment.known_problem(fake_python(tmp_path / "python", "anything")) == ""
    assert "does not exist" in environment.known_problem(str(tmp_path / "none"))


def test_a_checkouts_models_are_found_also_through_a_plugin_folder_of_links(tmp_path):
    link = tmp_path / "qgis_ddpm" / "model_folder.py"
    link.parent.mkdir()
    link.symlink_to(model_folder.__file__)
    (tmp_path / "models").mkdir()
    spec = importlib.util.spec_from_file_location("qgis_ddpm.model_folder", link)
    through_link = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(through_link)
    checkout = Path(model_folder.__file__).resolve().parent.parent / "models"
    assert through_link.models_folders()[1:] == model_folder.models_folders()[1:] == [str(checkout)]


def test_another_plugin_called_models_is_left_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(model_folder, "__file__", str(tmp_path / "qgis_ddpm" / "model_folder.py"))
    (tmp_path / "models").mkdir()
    assert len(model_folder.models_folders()) == 1


def test_models_that_came_with_the_plugin_are_found_after_the_users_own(tmp_path, monkeypatch):
    monkeypatch.setenv("QGIS_DDPM_MODELS", str(tmp_path / "mine"))
    monkeypatch.setattr(model_folder, "__file__", str(tmp_path / "plugins" / "qgis_ddpm" / "model_folder.py"))
    shipped = tmp_path / "plugins" / "qgis_ddpm" / "models"
    (tmp_path / "plugins" / "models").mkdir(parents=True)
    assert model_folder.models_folders() == [str(tmp_path / "mine")]
    shipped.mkdir(parents=True)
    assert model_folder.models_folders() == [str(tmp_path / "mine"), str(shipped)]
    assert model_folder.models_folders("/configured")[0] == "/configured"


def test_a_model_is_found_by_name_in_the_models_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("QGIS_DDPM_MODELS", str(tmp_path))
    (tmp_path / "mine.safetensors").write_bytes(b"")
    assert model_folder.find_model("mine.safetensors") == str(tmp_path / "mine.safetensors")
    assert model_folder.find_model(str(tmp_path / "mine.safetensors")) == str(tmp_path / "mine.safetensors")
    assert str(tmp_path / "mine.safetensors") in model_folder.list_models()
    with pytest.raises(ModelFileError, match=str(tmp_path)):
        model_folder.find_model("other.safetensors")
    with pytest.raises(ModelFileError, match="does not exist"):
        model_folder.find_model("folder/other.safetensors")
