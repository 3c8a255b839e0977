"""What a run leaves behind: outputs, sinks of any kind, styles beside files, names of layers."""

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import (
    QgsContrastEnhancement,
    QgsMultiBandColorRenderer,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingUtils,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
)

from qgis_ddpm.algorithms import styles
from qgis_ddpm.errors import OutputError
from qgis_ddpm.events import Cancelled, Result


def load_as_processing_does(path, context, log):
    details = context.layerToLoadOnCompletionDetails(path)
    layer = QgsProcessingUtils.mapLayerFromString(path, context)
    details.setOutputLayerName(layer)
    if details.postProcessor():
        details.postProcessor().postProcessLayer(layer, context, log)
    return layer


def test_figures_and_files_come_back(detect, tmp_path):
    results = detect(OUTPUT=str(tmp_path / "mask.tif"))
    assert results["OUTPUT"] == str(tmp_path / "mask.tif")
    assert results["CHANGED_AREA"] == 16000.0
    assert results["METHOD_USED"] == "cva"
    assert "PROBABILITY" not in results


@pytest.mark.parametrize("target", ["TEMPORARY_OUTPUT", "changes.gpkg", "changes.shp", "changes.geojson"])
def test_polygons_reach_a_sink_of_any_kind(detect, target, tmp_path):
    layer = detect(POLYGONS=target if target == "TEMPORARY_OUTPUT" else str(tmp_path / target))["POLYGONS"]
    if isinstance(layer, str):
        layer = QgsVectorLayer(layer, "changes", "ogr")
    (feature,) = layer.getFeatures()
    assert layer.crs().authid() == "EPSG:32633"
    assert feature.geometry().area() == pytest.approx(16000.0)
    assert feature["area_m2"] == 16000.0
    assert feature["id"] == 1


def test_no_change_is_an_empty_layer_with_all_fields(detect):
    layer = detect(features=(), POLYGONS="TEMPORARY_OUTPUT")["POLYGONS"]
    assert layer.featureCount() == 0
    assert [field.name() for field in layer.fields()] == ["id", "area_m2", "mean_score", "max_score"]


def test_a_style_lies_beside_each_raster_and_is_taken_when_it_is_loaded(detect, tmp_path):
    results = detect(OUTPUT=str(tmp_path / "mask.tif"), PROBABILITY=str(tmp_path / "probability.tif"))
    mask = QgsRasterLayer(results["OUTPUT"], "mask")
    assert mask.renderer().type() == "paletted"
    assert [entry.label for entry in mask.renderer().classes()] == ["Unchanged", "Changed"]
    probability = QgsRasterLayer(results["PROBABILITY"], "probability")
    assert probability.renderer().type() == "singlebandpseudocolor"
    assert (probability.renderer().classificationMin(), probability.renderer().classificationMax()) == (0, 1)


def test_synthetic_pixels_are_called_so(provider, fake_run, make_raster, make_model, log):
    pixels = np.random.default_rng(0).integers(0, 4000, (4, 32, 32)).astype(np.uint16)
    path = make_raster("result.tif", pixels)
    dataset = gdal.Open(path, gdal.GA_Update)
    for band, name in enumerate(("blue", "green", "red", "near infrared"), start=1):
        dataset.GetRasterBand(band).SetDescription(name)
    del dataset
    fake_run(Result({"OUTPUT": path, "SECONDS_PER_TILE": 0.5}))
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    context.addLayerToLoadOnCompletion(path, QgsProcessingContext.LayerDetails("x", QgsProject.instance(), "OUTPUT"))
    given = {"MODEL": make_model("m.safetensors", 4), "OUTPUT": path}
    _, good = provider.algorithm("sampletiles").run(given, context, log)
    assert good
    layer = load_as_processing_does(path, context, log)
    assert layer.name() == "result (synthetic)"
    renderer = layer.renderer()
    assert (renderer.redBand(), renderer.greenBand(), renderer.blueBand()) == (3, 2, 1)


def test_synthetic_pixels_look_as_their_template_does(provider, fake_run, make_raster, make_model, log, tmp_path):
    pixels = np.random.default_rng(0).integers(0, 4000, (4, 32, 32)).astype(np.uint16)
    template = QgsRasterLayer(make_raster("template.tif", pixels), "template")
    renderer = QgsMultiBandColorRenderer(template.dataProvider(), 4, 3, 2)
    for low, set_enhancement in (
        (100.0, renderer.setRedContrastEnhancement),
        (200.0, renderer.setGreenContrastEnhancement),
        (300.0, renderer.setBlueContrastEnhancement),
    ):
        enhancement = QgsContrastEnhancement(template.dataProvider().dataType(1))
        enhancement.setMinimumValue(low)
        enhancement.setMaximumValue(10 * low)
        set_enhancement(enhancement)
    template.setRenderer(renderer)
    project = QgsProject()
    project.addMapLayer(template)
    context = QgsProcessingContext()
    context.setProject(project)
    path = make_raster("result.tif", pixels)
    fake_run(Result({"OUTPUT": path, "SECONDS_PER_TILE": 0.5}))
    given = {"MODEL": make_model("m.safetensors", 4), "TEMPLATE": template.id(), "OUTPUT": path}
    _, good = provider.algorithm("sampletiles").run(given, context, log)
    assert good, log.errors
    layer = QgsRasterLayer(path, "result")
    found = layer.renderer()
    assert (found.redBand(), found.greenBand(), found.blueBand()) == (4, 3, 2)
    assert found.greenContrastEnhancement().minimumValue() == 200.0
    assert found.blueContrastEnhancement().maximumValue() == 3000.0
    del found, layer, renderer, template
    project.clear()


def test_columns_of_polygons_have_names_that_people_read(detect, tmp_path):
    layer = QgsVectorLayer(detect(POLYGONS=str(tmp_path / "changes.gpkg"))["POLYGONS"], "changes", "ogr")
    styles.outlines(layer)
    named = {field.name(): field.alias() for field in layer.fields()}
    assert named["area_m2"] == "Area in square metres"
    assert named["max_score"] == "Highest score of change"


def test_a_failure_is_a_processing_exception_with_the_sentence(run, fake_run, two_dates):
    fake_run(OutputError("The disk is full."))
    with pytest.raises(QgsProcessingException, match="The disk is full"):
        run("ddpm:detectchanges", {"BEFORE": two_dates[0], "AFTER": two_dates[1], "OUTPUT": "TEMPORARY_OUTPUT"})


def test_a_cancelled_run_gives_what_was_kept_and_no_complaint(provider, fake_run, two_dates, context, log, tmp_path):
    kept = str(tmp_path / "m.safetensors")
    log_of_run = log

    def stop(job):
        log_of_run.cancel()
        return Cancelled({"MODEL": kept})

    fake_run(stop)
    missing = str(tmp_path / "never.tif")
    context.addLayerToLoadOnCompletion(missing, QgsProcessingContext.LayerDetails("x", QgsProject.instance(), "X"))
    results, good = provider.algorithm("trainmodel").run({"INPUT": [two_dates[0]], "MODEL": kept}, context, log)
    assert good
    assert results["MODEL"] == kept
    assert context.layersToLoadOnCompletion() == {}


def test_the_command_line_repeats_the_run(provider, fake_run, two_dates, context, log, tmp_path):
    jobs = fake_run(Result({}))
    polygons = str(tmp_path / "changes.geojson")
    extent = "438100,438400,5341400,5341800 [EPSG:32633]"
    given = {"BEFORE": two_dates[0], "AFTER": two_dates[1], "EXTENT": extent}
    files = {"OUTPUT": str(tmp_path / "a b.tif"), "POLYGONS": polygons}
    provider.algorithm("detectchanges").run({**given, **files}, context, log)
    (line,) = log.commands
    assert f"-m qgis_ddpm detectchanges --before={two_dates[0]}" in line
    assert f"'--output={tmp_path}/a b.tif'" in line
    assert f"--polygons={polygons}" in line
    assert "--extent=438100.0,438400.0,5341400.0,5341800.0 [EPSG:32633]" in line
    assert jobs[0].extent == "438100.0,438400.0,5341400.0,5341800.0 [EPSG:32633]"


def test_the_command_line_leaves_out_layers_in_memory(provider, fake_run, two_dates, context, log):
    fake_run(Result({}))
    given = {"BEFORE": two_dates[0], "AFTER": two_dates[1], "OUTPUT": "TEMPORARY_OUTPUT"}
    provider.algorithm("detectchanges").run({**given, "POLYGONS": "TEMPORARY_OUTPUT"}, context, log)
    assert "--polygons" not in log.commands[0]
