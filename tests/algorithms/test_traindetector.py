"""Labels to a detector to a change map, by processing.run and with the real worker."""

import json
from pathlib import Path

import numpy as np
import pytest
from qgis.core import QgsProcessingException, QgsRasterLayer, QgsVectorLayer

from qgis_ddpm.jobs import TrainDetector

MODEL = {"PRESET": "tiny", "TILE_PX": 32, "TILES": 64, "BASE_CHANNELS": 8, "CHANNEL_MULTIPLIERS": "1,2"}
SHORT = {"TILES": 240, "CACHED_TILES": 32, "SEEDS": 1, "NOISE_LEVELS": "0.3", "LEARNING_RATE": 0.01}


@pytest.fixture(scope="module")
def model(run, scene, tmp_path_factory):
    path = tmp_path_factory.mktemp("model") / "m.safetensors"
    return run("ddpm:trainmodel", {"INPUT": [scene["before"], scene["after"]], **MODEL, "MODEL": str(path)})["MODEL"]


@pytest.fixture(scope="module")
def trained(run, scene, model):
    files = {"DETECTOR": str(Path(model).parent / "d.safetensors"), "REPORT": "TEMPORARY_OUTPUT"}
    pairs = {"BEFORE": [scene["before"]], "AFTER": [scene["after"]], "LABELS": [scene["truth"]]}
    return run("ddpm:traindetector", {"MODEL": model, **pairs, **SHORT, **files})


def test_a_detector_and_its_figures_come_back(trained):
    assert Path(trained["DETECTOR"]).stat().st_size > 1000
    assert "Every pair" in Path(trained["REPORT"]).read_text(encoding="utf-8")
    assert {name: 0 < trained[name] <= 1 for name in TrainDetector.OUTPUTS} == dict.fromkeys(
        TrainDetector.OUTPUTS, True
    )


def test_detectchanges_takes_it_without_being_told_the_model(run, scene, trained):
    dates = {"BEFORE": scene["before"], "AFTER": scene["after"], "DETECTOR": trained["DETECTOR"]}
    results = run("ddpm:detectchanges", {**dates, "OUTPUT": "TEMPORARY_OUTPUT", "PROBABILITY": "TEMPORARY_OUTPUT"})
    assert results["METHOD_USED"] == "features"
    assert 0 < results["THRESHOLD_USED"] < 1
    assessed = run("ddpm:assesschanges", {"PREDICTED": results["OUTPUT"], "REFERENCE": scene["truth"]})
    assert assessed["F1"] > 0.25


def test_labels_may_be_polygons_and_layers(provider, context, scene, make_labels):
    layers = {name: QgsRasterLayer(scene[name], name) for name in ("before", "after")}
    polygons = QgsVectorLayer(make_labels(), "labels", "ogr")
    algorithm = provider.algorithm("traindetector").create()
    values = {"MODEL": "m.safetensors", "BEFORE": [layers["before"]], "AFTER": [layers["after"]], "LABELS": [polygons]}
    parameters = {**values, "DETECTOR": "d.safetensors"}
    files = algorithm._files
    job = algorithm._build(parameters, context, algorithm._layers(parameters, context), files)
    assert job.before == (scene["before"],)
    assert job.labels[0].endswith(".geojson")
    files.remove()


@pytest.fixture
def make_labels(tmp_path):
    def write():
        ring = [[438000, 5342000], [438200, 5342000], [438200, 5341800], [438000, 5342000]]
        crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32633"}}
        feature = {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
        path = tmp_path / "labels.geojson"
        path.write_text(json.dumps({"type": "FeatureCollection", "crs": crs, "features": [feature]}))
        return str(path)

    return write


def test_what_is_wrong_is_said_before_anything_runs(run, scene, model, make_raster):
    good = {"MODEL": model, "BEFORE": [scene["before"]], "AFTER": [scene["after"]], "LABELS": [scene["truth"]]}
    fewer = make_raster("fewer.tif", np.ones((2, 192, 192), np.uint16))
    elsewhere = make_raster("elsewhere.tif", np.ones((4, 8, 8), np.uint16), origin=(600_000.0, 5_000_000.0))
    for changes, words in (
        ({"LABELS": []}, "LABELS 0"),
        ({"AFTER": [scene["after"], scene["after"]]}, "AFTER 2"),
        ({"BEFORE": [fewer]}, "gives 2"),
        ({"AFTER": [elsewhere]}, "do not overlap"),
        ({"MODEL": "none.safetensors"}, "none.safetensors"),
    ):
        with pytest.raises(QgsProcessingException, match=words):
            run("ddpm:traindetector", {**good, **changes, "DETECTOR": "TEMPORARY_OUTPUT"})
