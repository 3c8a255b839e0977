"""The provider: what the toolbox and qgis_process see before anything runs."""

import configparser
import os
import re
from pathlib import Path

import pytest
from qgis.core import QgsApplication
from qgis.PyQt.QtGui import QImage

from qgis_ddpm.jobs import JOBS

ALGORITHMS = sorted(JOBS)


def test_every_job_is_an_algorithm(provider):
    workflows = {path.stem for path in (Path(__file__).parents[2] / "qgis_ddpm" / "workflows").glob("*.model3")}
    assert workflows
    assert sorted(algorithm.name() for algorithm in provider.algorithms()) == sorted({*ALGORITHMS, *workflows})


def test_the_version_is_that_of_the_metadata(provider):
    metadata = configparser.ConfigParser(interpolation=None)
    metadata.read(Path(__file__).parents[2] / "metadata.txt", "utf-8")
    assert provider.versionInfo() == metadata["general"]["version"]


def test_rasters_are_written_as_geotiff_alone(provider):
    assert provider.supportedOutputRasterLayerExtensions() == ["tif", "tiff"]


@pytest.mark.parametrize("name", ALGORITHMS)
def test_an_algorithm_says_what_it_is(provider, name):
    algorithm = provider.algorithm(name)
    assert algorithm.id() == f"ddpm:{name}"
    assert algorithm.groupId() in ("models", "synthesis", "changedetection", "restoration", "environment")
    title = algorithm.displayName()
    assert title == title.capitalize()
    assert len(algorithm.tags()) >= 5
    assert algorithm.shortDescription().endswith(".")
    assert algorithm.helpUrl().endswith(f"/docs/{name}.md")
    assert os.path.isfile(algorithm.svgIconPath())
    assert not algorithm.icon().isNull()


@pytest.mark.parametrize("name", ALGORITHMS)
def test_the_help_begins_with_a_picture(provider, name):
    words = provider.algorithm(name).shortHelpString()
    source = re.match(r'<img src="file://([^"]+)" width="(\d+)">', words)
    assert source is not None
    assert not QImage(source.group(1)).isNull()
    # The panel beside a dialog is 240 px wide.
    assert int(source.group(2)) <= 235


@pytest.mark.parametrize("name", ALGORITHMS)
def test_the_help_explains_every_parameter_and_output(provider, name):
    words = provider.algorithm(name).shortHelpString()
    for option in JOBS[name].options():
        if option.name not in ("raster_overrides", *JOBS[name].UNUSED):
            assert f"<b>{option.label}</b>" in words
    for output, meaning in JOBS[name].OUTPUTS.items():
        assert f"<b>{output}</b> {meaning}" in words


def test_algorithms_are_there_without_an_environment_and_say_what_is_missing(provider, monkeypatch):
    monkeypatch.setenv("QGIS_DDPM_PYTHON", "/nowhere/python")
    registry = QgsApplication.processingRegistry()
    for algorithm in map(registry.algorithmById, (f"ddpm:{name}" for name in ALGORITHMS)):
        able, message = algorithm.canExecute()
        assert able == (algorithm.groupId() == "environment")
        assert able or "/nowhere/python" in message
