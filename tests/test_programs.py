"""Programs come from the user alone: not from the folder that somebody works in, and not from a file."""

import dataclasses
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from qgis_ddpm import environment, remote
from qgis_ddpm.environment import base_python
from qgis_ddpm.errors import JobError
from qgis_ddpm.jobs import JOBS, CheckEnvironment, CompareSettings, TrainModel, load_job
from qgis_ddpm.jobs import config as config_module
from qgis_ddpm.jobs.option import options_of
from qgis_ddpm.template import template

ROOT = Path(__file__).resolve().parent.parent
# What interpreters, pip and our own code import first; each tells that it was run.
NAMES = ("json", "site", "platform", "ssl", "venv", "pip", "ensurepip", "yaml", "tqdm", "numpy", "sitecustomize",
         "usercustomize", "argparse", "textwrap", "traceback", "dataclasses", "importlib_metadata")  # fmt: skip
PROGRAMS = [(kind, item) for kind in JOBS.values() for item in kind.options() if item.program]


@pytest.fixture
def planted(tmp_path, monkeypatch):
    """A working folder full of modules and programs that leave a trace; gives the path of the trace."""
    folder, trace = tmp_path / "downloads", tmp_path / "RAN"
    folder.mkdir()
    for name in NAMES:
        (folder / f"{name}.py").write_text(f"open({str(trace)!r}, 'a').write({name + ' '!r})\n")
    for name in ("python3", "python", "uv", "nvidia-smi", "pip", *base_python.NAMES):
        (folder / name).write_text(f"#!/bin/sh\necho {name} >> {trace}\n")
        (folder / name).chmod(0o755)
    monkeypatch.chdir(folder)
    monkeypatch.setattr(environment.interpreter, "_probes", {})
    return trace


def test_interpreters_are_asked_without_what_lies_in_the_working_folder(planted):
    assert environment.probe(sys.executable).able
    assert base_python.ask(sys.executable).problem == ""
    assert isinstance(list(remote.run(CheckEnvironment(), sys.executable))[-1].outputs, dict)
    assert not planted.exists()


@pytest.mark.parametrize("entry", ["", ".", "bin/.."])
def test_a_relative_folder_on_path_brings_no_program(planted, monkeypatch, entry):
    monkeypatch.setenv("PATH", os.pathsep.join([entry, os.environ["PATH"]]))
    for name in ("python3", "uv", "nvidia-smi"):
        found = environment.find_program(name)
        assert found is None or (os.path.isabs(found) and not found.startswith(os.getcwd()))
    assert entry not in environment.clean_environment()["PATH"].split(os.pathsep)
    environment.probe("python3")
    assert all(not python.startswith(os.getcwd()) for python in base_python.candidates())
    assert not planted.exists()


def test_an_interpreter_is_named_as_seen_from_where_the_user_stands(tmp_path, monkeypatch):
    (tmp_path / "my").symlink_to(sys.executable)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(environment.interpreter, "_probes", {})
    assert "no such" not in environment.probe("./my").problem.lower()
    assert base_python.ask("./my").problem == ""


def test_a_set_up_imports_nothing_from_the_working_folder(planted, tmp_path):
    """To its failing at the first package: the base interpreter, venv, ensurepip and pip were started by then."""
    (tmp_path / "wheels").mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "qgis_ddpm", "setupenvironment", "--environment", str(tmp_path / "e"), "--build", "cpu",
         "--wheels", "../wheels"],
        env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "No matching distribution" in done.stderr or "no matching distribution" in done.stderr.lower()
    assert not planted.exists()


def test_the_command_line_takes_its_modules_from_elsewhere(planted):
    (Path.cwd() / "job.yaml").write_text("job: checkenvironment\n")
    done = subprocess.run(
        [sys.executable, "-m", "qgis_ddpm", "run", "job.yaml", "--json"],
        env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert json.loads(done.stdout.splitlines()[-1])["event"] == "result", done.stderr
    assert not planted.exists()


def test_which_fields_decide_what_runs():
    assert {(kind.ALGORITHM, item.name) for kind, item in PROGRAMS} == {
        ("setupenvironment", "base_python"),
        ("setupenvironment", "environment"),
        ("setupenvironment", "wheels"),
        ("setupenvironment", "index_url"),
        ("setupenvironment", "torch_index_url"),
        ("checkenvironment", "python"),
        # Its workers run what they are sent.
        ("detectchanges", "scheduler"),
    }


@pytest.mark.parametrize(("kind", "item"), PROGRAMS, ids=lambda each: getattr(each, "name", ""))
def test_no_job_file_names_a_program_but_a_flag_may(tmp_path, kind, item):
    path = tmp_path / "job.yaml"
    path.write_text(yaml.safe_dump({"job": kind.ALGORITHM, item.name: "/tmp/evil"}))
    with pytest.raises(JobError, match=rf"gives {item.name}, .*--{item.name}"):
        load_job(str(path))
    with pytest.raises(JobError, match=item.name):
        load_job(str(path), {item.name: "/usr/bin/python3"})
    needed = {other.name: f"{other.name}.tif" for other in kind.options() if other.required}
    path.write_text(yaml.safe_dump({"job": kind.ALGORITHM, item.name: None, **needed}))
    given = "local:2" if item.name == "scheduler" else "/usr/bin/mine"
    assert getattr(load_job(str(path), {item.name: given}), item.name) == given
    # As the worker is told by QGIS.
    assert getattr(kind.from_values({item.name: given, **needed}), item.name) == given
    assert f"{item.name}:\n" in template(kind)


def test_a_new_field_that_names_a_program_is_refused_in_every_file(tmp_path, monkeypatch):
    options = [dataclasses.replace(item, program=item.name == "preset") for item in TrainModel.options()]
    monkeypatch.setattr(TrainModel, "options", classmethod(lambda cls: options))
    assert options_of(TrainModel)
    path = tmp_path / "c.yaml"
    path.write_text("preset: tiny\n")
    with pytest.raises(JobError, match="gives preset"):
        config_module.read_config(str(path), TrainModel)
    path.write_text("preset: [tiny, small]\n")
    job = CompareSettings(input=("a.tif",), grid=str(path), report="r.html")
    with pytest.raises(JobError, match="gives preset"):
        job.settings()
