"""QGIS parameters against the options of the jobs: one for each, with the same default, range and meaning."""

import pytest
from qgis.core import (
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterNumber,
)

from qgis_ddpm.algorithms.parameters import HIDDEN
from qgis_ddpm.jobs import JOBS
from qgis_ddpm.jobs.option import options_of

Flag = QgsProcessingParameterDefinition.Flag
CASES = [(name, option) for name, job in JOBS.items() for option in options_of(job)]
KINDS = {
    "raster": "raster",
    "rasters": "multilayer",
    "raster_or_vector": "layer",
    "rasters_or_vectors": "multilayer",
    "points": "layer",
    "polygons": "source",
    "folder": "file",
    "file": "file",
    "scene": "file",
    "model": "file",
    "detector": "file",
    "extent": "extent",
    "crs": "crs",
    "raster_out": "rasterDestination",
    "vector_out": "sink",
    "points_out": "sink",
    "folder_out": "folderDestination",
    "file_out": "fileDestination",
}


@pytest.mark.parametrize("name", JOBS)
def test_each_option_has_its_parameter_and_each_parameter_its_option(provider, name):
    options = [option.parameter for option in JOBS[name].options()]
    assert [parameter.name() for parameter in provider.algorithm(name).parameterDefinitions()] == options


@pytest.mark.parametrize(("name", "option"), CASES, ids=[f"{name}-{option.name}" for name, option in CASES])
def test_a_parameter_says_what_its_option_says(provider, name, option):
    parameter = provider.algorithm(name).parameterDefinition(option.parameter)
    is_area = option.unit.startswith("square metres") and parameter.type() == "area"
    assert parameter.description() in (option.label, f"{option.label} ({option.unit.partition(' (')[0]})")
    assert parameter.help() == option.explanation()
    assert bool(parameter.flags() & Flag.FlagAdvanced) == option.advanced
    assert parameter.defaultValue() == (None if option.default == () else option.default)
    if option.choices:
        kind = "enum"
    elif option.role == "bands":
        kind = "band" if option.name.startswith("bands_") else "string"
    elif option.role in KINDS:
        kind = KINDS[option.role]
    else:
        kind = "area" if is_area else {bool: "boolean", int: "number", float: "number", str: "string"}[option.type]
    assert parameter.type() == kind
    assert bool(parameter.flags() & Flag.FlagHidden) == (option.name in (*HIDDEN, *JOBS[name].UNUSED))
    if option.required:
        assert not parameter.flags() & Flag.FlagOptional
    elif option.default is None or option.default == ():
        assert parameter.flags() & Flag.FlagOptional


@pytest.mark.parametrize(
    ("name", "option"),
    [(name, option) for name, option in CASES if option.type in (int, float)],
    ids=lambda value: getattr(value, "name", value),
)
def test_a_number_has_the_range_and_the_decimals_of_its_option(provider, name, option):
    parameter = provider.algorithm(name).parameterDefinition(option.parameter)
    kinds = QgsProcessingParameterNumber.Type
    assert parameter.dataType() == (kinds.Integer if option.type is int else kinds.Double)
    if option.minimum is not None:
        assert parameter.minimum() == option.minimum
    if option.maximum is not None:
        assert parameter.maximum() == option.maximum
    if option.type is float:
        decimals = parameter.metadata().get("widget_wrapper", {}).get("decimals", 6)
        for number in (option.minimum, option.default):
            assert number is None or round(number, decimals) == number


@pytest.mark.parametrize(
    ("name", "option"),
    [(name, option) for name, option in CASES if option.is_destination],
    ids=lambda value: getattr(value, "name", value),
)
def test_only_required_destinations_are_made_by_default(provider, name, option):
    parameter = provider.algorithm(name).parameterDefinition(option.parameter)
    assert parameter.createByDefault() == option.required
    assert provider.algorithm(name).outputDefinition(option.parameter) is not None


@pytest.mark.parametrize("name", JOBS)
def test_figures_are_declared_outputs(provider, name):
    algorithm = provider.algorithm(name)
    for output, meaning in JOBS[name].OUTPUTS.items():
        assert algorithm.outputDefinition(output).description() == meaning
    if name == "detectchanges":
        assert isinstance(algorithm.outputDefinition("CHANGED_AREA"), QgsProcessingOutputNumber)
        assert isinstance(algorithm.outputDefinition("METHOD_USED"), QgsProcessingOutputString)


def test_reports_open_in_the_results_viewer(provider):
    for name, job in JOBS.items():
        for option in job.options():
            if option.suffix == ".html":
                assert provider.algorithm(name).outputDefinition(option.parameter).type() == "outputHtml"


def test_choices_are_static_english_words(provider):
    method = provider.algorithm("detectchanges").parameterDefinition("METHOD")
    assert method.usesStaticStrings()
    assert method.options() == ["auto", "features", "irmad", "cva"]


def test_labels_name_the_unit_once(provider):
    def label(algorithm, parameter):
        return provider.algorithm(algorithm).parameterDefinition(parameter).description()

    assert label("detectchanges", "MIN_AREA") == "Smallest change (square metres)"
    assert label("trainmodel", "TILE_PX") == "Tile size (px)"
    assert label("trainmodel", "MINUTES") == "Length in minutes"
    assert label("detectchanges", "METHOD") == "Method"
