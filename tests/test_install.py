"""Making the environment: with a base interpreter that only pretends, so that no package is moved."""

import json
import os
import time

import pytest

from qgis_ddpm import environment, install, remote
from qgis_ddpm.errors import EnvironmentMissingError, InputError, OutputError
from qgis_ddpm.events import Cancelled, Progress, Result
from qgis_ddpm.jobs import SetupEnvironment

# Answers the probe, makes "environments" that hold a copy of itself, and notes what pip is told.
BASE = """#!/bin/sh
case "$1 $2" in
  "-c import torch"*) exit 0 ;;
  "-c "*) echo '{"version": [3, 12, 1], "packages": {"torch": "2", "numpy": "2", "rasterio": "1", "safetensors": "1",
 "pyyaml": "6"}}' | tr -d '\\n' ;;
  "-m venv") mkdir -p "$3/bin"; cp "$0" "$3/bin/python"; echo home > "$3/pyvenv.cfg" ;;
  "-m pip") echo "$@" >> CALLS; BODY ;;
esac
"""


@pytest.fixture
def base(tmp_path, monkeypatch):
    """Make a base interpreter whose pip does what the body says."""
    monkeypatch.setattr(environment, "_probes", {})
    monkeypatch.setattr(install.shutil, "which", lambda name: None)
    monkeypatch.setattr(install, "NEEDED_GB", {"cpu": 0.001, "cuda": 0.001})

    def make(body: str = "echo fine") -> str:
        path = tmp_path / "base_python"
        path.write_text(BASE.replace("CALLS", str(tmp_path / "calls")).replace("BODY", body))
        path.chmod(0o755)
        return str(path)

    return make


def job(base_python, folder, **values):
    return SetupEnvironment(base_python=base_python, environment=str(folder), build="cpu", **values)


def test_an_environment_is_made_and_marked_whole(base, tmp_path):
    folder = tmp_path / "environment"
    *_, last = remote.run(job(base(), folder))
    python = str(folder / "bin" / "python")
    assert last == Result({"ENVIRONMENT": str(folder), "PYTHON": python})
    assert json.loads((folder / environment.WHOLE_MARK).read_text())["build"] == "cpu"
    assert environment.find_interpreter(python) == python
    torch_call, other_call = (tmp_path / "calls").read_text().splitlines()
    assert "torch>=2.4" in torch_call
    assert "rasterio>=1.4" in other_call
    assert "torch" not in other_call.replace("torch_", "")


def test_without_network_packages_come_from_the_folder_alone(base, tmp_path):
    list(remote.run(job(base(), tmp_path / "environment", wheels="wheels")))
    for call in (tmp_path / "calls").read_text().splitlines():
        assert "--no-index --find-links wheels" in call
        assert "--index-url" not in call


def test_a_mirror_serves_torch_too_unless_torch_has_its_own(base, tmp_path):
    list(remote.run(job(base(), tmp_path / "a", index_url="https://mirror.example/simple")))
    list(remote.run(job(base(), tmp_path / "b", index_url="https://m.example", torch_index_url="https://t.example")))
    calls = (tmp_path / "calls").read_text().splitlines()
    assert [call.split("--index-url ")[1].split()[0] for call in calls] == [
        "https://mirror.example/simple",
        "https://mirror.example/simple",
        "https://t.example",
        "https://m.example",
    ]


def test_a_half_made_environment_is_not_taken_and_running_again_mends_it(base, tmp_path, monkeypatch):
    folder = tmp_path / "data" / "qgis_ddpm" / "environment"
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("QGIS_DDPM_PYTHON", raising=False)
    with pytest.raises(InputError, match=r"Connection refused.*INDEX_URL"):
        list(remote.run(job(base("echo 'ERROR: Connection refused'; exit 1"), folder)))
    assert not (folder / environment.WHOLE_MARK).exists()
    monkeypatch.setattr(environment, "own_python", lambda: None)
    with pytest.raises(EnvironmentMissingError, match="Set up environment"):
        environment.find_interpreter()
    (folder / "bin" / "python").unlink()
    list(remote.run(job(base(), folder)))
    assert environment.find_interpreter() == str(folder / "bin" / "python")


def test_cancel_ends_pip_at_once_and_leaves_no_process(base, tmp_path):
    pid_file = tmp_path / "pid"
    wish = []
    events = remote.run(job(base(f"echo $$ > {pid_file}; sleep 60"), tmp_path / "e"), stop=lambda: bool(wish))
    for event in events:
        if isinstance(event, Progress) and pid_file.exists() and pid_file.read_text().strip():
            break
    wish.append(1)
    start = time.monotonic()
    assert isinstance(list(events)[-1], Cancelled)
    assert time.monotonic() - start < 1.0
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid_file.read_text()), 0)


def test_what_cannot_serve_is_refused_before_anything_is_made(base, tmp_path, monkeypatch):
    full = tmp_path / "full"
    full.mkdir()
    (full / "mine.txt").write_text("keep")
    with pytest.raises(OutputError, match="holds other files"):
        list(remote.run(job(base(), full)))
    assert os.listdir(full) == ["mine.txt"]
    with pytest.raises(EnvironmentMissingError, match="cannot be started"):
        list(remote.run(job(str(tmp_path / "none"), tmp_path / "e")))
    monkeypatch.setattr(install, "NEEDED_GB", {"cpu": 1e9})
    with pytest.raises(OutputError, match="GB free"):
        list(remote.run(job(base(), tmp_path / "e")))
    assert not (tmp_path / "e").exists()


def test_an_old_python_without_uv_says_where_to_get_one(base, tmp_path, monkeypatch):
    monkeypatch.setattr(install.sys, "version_info", (3, 9, 1))
    with pytest.raises(EnvironmentMissingError, match="BASE_PYTHON"):
        list(remote.run(job(None, tmp_path / "e")))
