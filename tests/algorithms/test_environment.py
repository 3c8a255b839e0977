"""The algorithms that make and check the worker's environment, also where there is none."""

import os

import pytest

from qgis_ddpm.events import Result


def test_checking_finds_the_environment_of_the_checkout(provider, context, log, tmp_path):
    results, good = provider.algorithm("checkenvironment").run({"REPORT": str(tmp_path / "r.html")}, context, log)
    assert good, log.errors
    assert results["ABLE"] is True
    assert results["PYTHON"] == os.environ["QGIS_DDPM_PYTHON"]
    assert results["TORCH_VERSION"]
    assert "cpu" in results["DEVICES"]
    assert results["FREE_MEMORY_MB"] > 0
    assert (tmp_path / "r.html").read_text(encoding="utf-8").lower().startswith("<!doctype html>")


@pytest.mark.parametrize("how", ["PYTHON", "variable"])
def test_checking_an_interpreter_that_is_not_there_is_an_answer(provider, context, log, monkeypatch, how):
    parameters = {"PYTHON": "/nowhere/python"} if how == "PYTHON" else {}
    if how == "variable":
        monkeypatch.setenv("QGIS_DDPM_PYTHON", "/nowhere/python")
    results, good = provider.algorithm("checkenvironment").run(parameters, context, log)
    assert good
    assert results["ABLE"] is False
    assert "/nowhere/python" in log.errors[0]


def test_setting_up_tells_how_to_use_an_environment_elsewhere(provider, context, log, fake_run, tmp_path):
    folder, python = str(tmp_path / "environment"), str(tmp_path / "environment" / "bin" / "python")
    jobs = fake_run(Result({"ENVIRONMENT": folder, "PYTHON": python}))
    results, good = provider.algorithm("setupenvironment").run({"ENVIRONMENT": folder}, context, log)
    assert good, log.errors
    assert jobs[0].environment == folder
    assert results["PYTHON"] == python
    assert any(python in info and "Options" in info for info in log.infos)


def test_setting_up_in_the_standard_folder_needs_no_more_words(provider, context, log, fake_run, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    folder = str(tmp_path / "qgis_ddpm" / "environment")
    jobs = fake_run(Result({"ENVIRONMENT": folder, "PYTHON": f"{folder}/bin/python"}))
    _, good = provider.algorithm("setupenvironment").run({}, context, log)
    assert good
    assert jobs[0].environment is None
    assert log.infos == []
