"""QGIS refuses an output that is an input before anything runs, whatever kind of layer the input is."""

import os
import subprocess
from pathlib import Path

import pytest
from qgis.core import QgsProcessingFeedback, QgsProcessingOutputLayerDefinition, QgsVectorLayer

from qgis_ddpm.jobs import JOBS
from tools import qgis_process

# One pair of each algorithm: what is read, what is written there, and what else has to be given.
PAIRS = {
    "trainmodel": ("INPUT", "REPORT", ["MODEL"]),
    "importcheckpoint": ("INPUT", "MODEL", []),
    "exportmodel": ("MODEL", "OUTPUT", []),
    "getmodel": ("INDEX", "MODEL", ["NAME"]),
    "comparesettings": ("GRID", "REPORT", ["INPUT"]),
    "stackscene": ("FILES", "OUTPUT", []),
    "sampletiles": ("TEMPLATE", "OUTPUT", ["MODEL"]),
    "assesstiles": ("TILES", "REPORT", ["REFERENCE"]),
    "traindetector": ("LABELS", "DETECTOR", ["MODEL", "BEFORE", "AFTER"]),
    "detectchanges": ("BEFORE", "OUTPUT", ["AFTER"]),
    "detectseries": ("INPUT", "OUTPUT", []),
    "applythreshold": ("PROBABILITY", "OUTPUT", []),
    "assesschanges": ("REFERENCE", "ERROR_MAP", ["PREDICTED"]),
    "fillgaps": ("MASK", "OUTPUT", ["INPUT"]),
    "setupenvironment": ("WHEELS", "ENVIRONMENT", []),
    "checkenvironment": ("PYTHON", "REPORT", []),
}


@pytest.fixture
def parameters(two_dates, make_model, tmp_path):
    """Make the parameters of an algorithm whose output is its input."""

    def make(name):
        source, target, others = PAIRS[name]
        grid = tmp_path / "grid.yaml"
        grid.write_text("seed: [1, 2]\n")
        (tmp_path / "wheels").mkdir()
        (tmp_path / "python3.11").write_text("an interpreter")
        special = {
            "GRID": str(grid),
            "INDEX": str(grid),
            "WHEELS": str(tmp_path / "wheels"),
            "PYTHON": str(tmp_path / "python3.11"),
        }
        model = special["MODEL"] = make_model("model.safetensors", 3)
        found = {source: special.get(source, two_dates[0]), **dict.fromkeys(others, two_dates[1])}
        for each in others:
            if each == "MODEL":
                found[each] = str(tmp_path / "new.safetensors") if name == "trainmodel" else model
        if name == "detectseries":
            third = tmp_path / "third.tif"
            third.write_bytes(Path(two_dates[1]).read_bytes())
            return {source: [*two_dates, str(third)], target: two_dates[0]}
        return {**found, target: found[source]}

    return make


def contents(folder):
    """What lies there, but for the statistics that QGIS keeps beside a raster when it opens it."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.suffix != ".xml"}


def test_every_algorithm_has_its_pair():
    assert set(PAIRS) == set(JOBS)


@pytest.mark.parametrize("name", PAIRS)
def test_checking_refuses_it(provider, context, parameters, name):
    source, target, _ = PAIRS[name]
    good, message = provider.algorithm(name).checkParameterValues(parameters(name), context)
    assert not good
    assert f"{target} (" in message
    assert f"as {source}" in message


@pytest.mark.parametrize("name", PAIRS)
def test_qgis_process_refuses_it(parameters, name, tmp_path):
    qgis_process.enable_plugin()
    given = parameters(name)
    before = contents(tmp_path)
    done = subprocess.run(
        [qgis_process.executable(), "run", f"ddpm:{name}", *qgis_process.arguments(given)],
        env=qgis_process.environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert f"as {PAIRS[name][0]}" in done.stdout + done.stderr
    assert contents(tmp_path) == before


def test_destinations_that_are_known_only_when_it_runs_are_refused_too(provider, context, parameters):
    given = parameters("detectchanges")
    content = Path(given["BEFORE"]).read_bytes()
    log = QgsProcessingFeedback(False)
    results, good = provider.algorithm("detectchanges").run(given, context, log)
    assert not good
    assert "as BEFORE" in log.textLog()
    assert Path(given["BEFORE"]).read_bytes() == content
    del results


@pytest.fixture
def zones(tmp_path):
    """A file of polygons, of which the worker is given a copy."""
    path = tmp_path / "zones.geojson"
    ring = [[[15.2, 48.2], [15.3, 48.2], [15.3, 48.3], [15.2, 48.2]]]
    path.write_text(
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {}, "geometry": '
        f'{{"type": "Polygon", "coordinates": {ring}}}}}]}}'
    )
    return str(path)


def test_a_layer_that_the_worker_gets_a_copy_of_is_its_file(provider, context, two_dates, zones):
    given = {"PREDICTED": two_dates[0], "REFERENCE": QgsVectorLayer(zones, "zones"), "REPORT": zones}
    context.temporaryLayerStore().addMapLayer(given["REFERENCE"])
    good, message = provider.algorithm("assesschanges").checkParameterValues(given, context)
    assert not good
    assert "as REFERENCE" in message


def test_a_sink_is_a_destination_like_others(provider, context, two_dates, make_raster):
    given = {"BEFORE": two_dates[0], "AFTER": two_dates[1], "OUTPUT": "TEMPORARY_OUTPUT"}
    algorithm = provider.algorithm("detectchanges")
    stem = os.path.splitext(two_dates[1])[0]
    for sink in (f"{stem}.tif.aux.xml", QgsProcessingOutputLayerDefinition(f"{stem}.tab")):
        good, message = algorithm.checkParameterValues({**given, "POLYGONS": sink}, context)
        assert not good
        assert "POLYGONS" in message
    for sink in ("memory:", "TEMPORARY_OUTPUT", f"{stem}.gpkg"):
        assert algorithm.checkParameterValues({**given, "POLYGONS": sink}, context) == (True, "")
