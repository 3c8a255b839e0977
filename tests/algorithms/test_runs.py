"""One job through every door of QGIS, with the real worker: the same bytes from each."""

import subprocess
import sys
import threading
import time
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from qgis.core import (
    QgsApplication,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProcessingMultiStepFeedback,
    QgsProcessingOutputLayerDefinition,
    QgsProject,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import NULL, QCoreApplication

from qgis_ddpm.card import read_model_card
from tools import qgis_process

Source = QgsProcessingModelChildParameterSource


@pytest.fixture
def inputs(scene):
    return {"BEFORE": scene["before"], "AFTER": scene["after"], "METHOD": "irmad"}


@pytest.fixture(scope="session")
def expected(run, scene, tmp_path_factory):
    """Digests of mask and probability as processing.run makes them."""
    folder = tmp_path_factory.mktemp("expected")
    files = {"OUTPUT": str(folder / "mask.tif"), "PROBABILITY": str(folder / "probability.tif")}
    results = run(
        "ddpm:detectchanges", {"BEFORE": scene["before"], "AFTER": scene["after"], "METHOD": "irmad", **files}
    )
    assert results["METHOD_USED"] == "irmad"
    return {name: digest(path) for name, path in files.items()}


def digest(path):
    return sha256(Path(path).read_bytes()).hexdigest()


def files_in(folder):
    return {"OUTPUT": str(folder / "mask.tif"), "PROBABILITY": str(folder / "probability.tif")}


def test_qgis_process_gives_the_same_bytes(inputs, expected, tmp_path):
    qgis_process.enable_plugin()
    files = files_in(tmp_path)
    outcome = qgis_process.run("ddpm:detectchanges", {**inputs, **files})
    assert outcome.outputs["METHOD_USED"] == "irmad"
    assert {name: digest(path) for name, path in files.items()} == expected


def test_qgis_process_ends_with_1_and_the_sentence_on_wrong_input(inputs, tmp_path):
    text = tmp_path / "text.tif"
    text.write_text("no raster")
    flags = qgis_process.arguments({**inputs, "AFTER": str(text), "OUTPUT": str(tmp_path / "mask.tif")})
    done = subprocess.run(
        [qgis_process.executable(), "run", "ddpm:detectchanges", *flags],
        env=qgis_process.environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert str(text) in done.stdout + done.stderr
    assert not (tmp_path / "mask.tif").exists()


def test_rows_of_a_batch_give_the_same_bytes(provider, inputs, expected, log, tmp_path):
    algorithm = provider.algorithm("detectchanges")
    # As the batch dialog does: one instance, a new context for each row, one feedback for all, sinks without a name.
    feedback = QgsProcessingMultiStepFeedback(2, log)
    for row in range(2):
        feedback.setCurrentStep(row)
        folder = tmp_path / str(row)
        folder.mkdir()
        files = files_in(folder)
        unwanted = {name: QgsProcessingOutputLayerDefinition("") for name in ("UNCERTAINTY", "POLYGONS")}
        wanted = {name: QgsProcessingOutputLayerDefinition(path) for name, path in files.items()}
        row_values = {**inputs, **wanted, **unwanted, "MODEL": NULL, "EXTENT": ""}
        results, good = algorithm.run(row_values, QgsProcessingContext(), feedback)
        assert good
        assert {name: digest(results[name]) for name in files} == expected


@pytest.fixture
def chain(provider):
    """A model that detects changes and assesses the mask."""
    model = QgsProcessingModelAlgorithm("chain", "tests")
    detect = QgsProcessingModelChildAlgorithm("ddpm:detectchanges")
    detect.setChildId("detect")
    assess = QgsProcessingModelChildAlgorithm("ddpm:assesschanges")
    assess.setChildId("assess")
    assess.addParameterSources("PREDICTED", [Source.fromChildOutput("detect", "OUTPUT")])

    def finish(inputs, truth):
        for name, value in inputs.items():
            detect.addParameterSources(name, [Source.fromStaticValue(value)])
        assess.addParameterSources("REFERENCE", [Source.fromStaticValue(truth)])
        for child, outputs in ((detect, ("OUTPUT", "PROBABILITY")), (assess, ("ERROR_MAP",))):
            finals = {}
            for name in outputs:
                final = QgsProcessingModelOutput(name, name)
                final.setChildOutputName(name)
                finals[name] = final
            child.setModelOutputs(finals)
            model.addChildAlgorithm(child)
        model.updateDestinationParameters()
        return model

    return finish


def test_a_model_chains_them_and_gives_the_same_bytes(chain, inputs, scene, expected, context, log, tmp_path):
    model = chain(inputs, scene["truth"])
    files = {f"detect:{name}": path for name, path in files_in(tmp_path).items()}
    results, good = model.run({**files, "assess:ERROR_MAP": str(tmp_path / "errors.tif")}, context, log)
    assert good, log.errors
    assert {name.partition(":")[2]: digest(path) for name, path in files.items()} == expected
    assert (tmp_path / "errors.tif").exists()
    assert 0.5 < results["CHILD_RESULTS"]["assess"]["F1"] <= 1.0


def test_a_model_stops_at_wrong_input_with_the_sentence(chain, inputs, scene, make_raster, context, log, tmp_path):
    elsewhere = make_raster("elsewhere.tif", np.ones((4, 8, 8), np.uint16), origin=(600_000.0, 5_000_000.0))
    model = chain({**inputs, "AFTER": elsewhere}, scene["truth"])
    files = {f"detect:{name}": path for name, path in files_in(tmp_path).items()}
    _, good = model.run({**files, "assess:ERROR_MAP": str(tmp_path / "errors.tif")}, context, log)
    assert not good
    assert any("do not overlap" in error for error in log.errors)
    assert list(tmp_path.glob("*.tif")) == [Path(elsewhere)]


def test_temporary_outputs_and_layers_serve_as_well(run, inputs, expected):
    results = run("ddpm:detectchanges", {**inputs, "OUTPUT": "TEMPORARY_OUTPUT", "PROBABILITY": "TEMPORARY_OUTPUT"})
    assert {name: digest(results[name]) for name in expected} == expected


def test_without_crs_the_polygons_have_none_either(run, make_raster, tmp_path):
    dates = np.repeat(np.random.default_rng(0).normal(0, 1, (1, 3, 64, 64)), 2, axis=0)
    dates[1, :, 10:30, 10:30] += 8
    before, after = (make_raster(f"{date}.tif", dates[date].astype(np.float32), epsg=None) for date in (0, 1))
    files = {"OUTPUT": "TEMPORARY_OUTPUT", "POLYGONS": str(tmp_path / "changes.shp")}
    results = run("ddpm:detectchanges", {"BEFORE": before, "AFTER": after, "METHOD": "cva", **files})
    areas = [feature["area_m2"] for feature in QgsVectorLayer(results["POLYGONS"], "", "ogr").getFeatures()]
    assert not (tmp_path / "changes.prj").exists()
    assert 380 <= max(areas) <= 420
    assert sum(areas) == results["CHANGED_AREA"]


def test_layers_come_with_style_when_the_run_was_in_the_background(provider, inputs, log, run):
    from processing.gui.Postprocessing import handleAlgorithmResults

    project = QgsProject()
    context = QgsProcessingContext()
    context.setProject(project)
    wanted = {name: QgsProcessingOutputLayerDefinition("TEMPORARY_OUTPUT", project) for name in ("OUTPUT", "POLYGONS")}
    algorithm = provider.algorithm("detectchanges")
    ended = []
    # As the dialog does.
    task = QgsProcessingAlgRunnerTask(algorithm, {**inputs, **wanted}, context, log)
    task.executed.connect(lambda good, results: ended.append(good))
    QgsApplication.taskManager().addTask(task)
    until = time.monotonic() + 30
    while not ended and time.monotonic() < until:
        QCoreApplication.processEvents()
    assert ended == [True], log.errors
    assert handleAlgorithmResults(algorithm, context, log)
    layers = {layer.name(): layer for layer in project.mapLayers().values()}
    ending = "before \u2013 after (irmad)"
    assert set(layers) == {f"Change mask {ending}", f"Changed areas {ending}"}
    mask, areas = layers[f"Change mask {ending}"], layers[f"Changed areas {ending}"]
    assert mask.renderer().type() == "paletted"
    assert mask.opacity() == 0.5
    assert areas.renderer().type() == "categorizedSymbol"
    assert areas.featureCount() > 0
    (group,) = project.layerTreeRoot().findGroups()
    assert group.name() == f"Detect changes: {ending}"
    assert [each.layerId() for each in group.findLayers()] == [areas.id(), mask.id()]
    del layers, mask, areas, group
    project.clear()


def test_cancel_is_answered_at_once_and_a_usable_model_is_kept(provider, scene, context, log, tmp_path):
    spoken, pressed = {}, []
    log.pushInfo = lambda text: spoken.setdefault(text.partition(":")[0], time.monotonic())

    def press():
        while not any("loss" in text for text in log.texts) and not spoken.get("Stopping"):
            time.sleep(0.01)
        pressed.append(time.monotonic())
        log.cancel()

    threading.Thread(target=press, daemon=True).start()
    model = str(tmp_path / "m.safetensors")
    parameters = {"INPUT": [scene["before"]], "PRESET": "tiny", "MINUTES": 5, "MODEL": model}
    results, good = provider.algorithm("trainmodel").run(parameters, context, log)
    ended = time.monotonic()
    assert good, log.errors
    assert spoken["Stopping"] - pressed[0] < 0.2
    assert ended - pressed[0] < 10.0
    assert log.warnings[-1] == f"Cancelled. Kept: MODEL {model}"
    assert results["MODEL"] == model
    assert len(read_model_card(model).bands) == 4


def test_nothing_heavy_was_loaded_into_qgis():
    assert not {"torch", "rasterio"} & set(sys.modules)
