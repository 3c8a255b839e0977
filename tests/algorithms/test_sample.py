"""A sample drawn in QGIS, labelled in its form, and given back; real workers."""

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import NULL, QgsProject, QgsRectangle, QgsVectorLayer, edit

from tests.algorithms.conftest import PIXEL_SIZE_M

SHAPE = (90, 110)


def maps():
    truth = np.zeros(SHAPE, np.uint8)
    truth[10:40, 20:60] = 1
    found = np.where(np.random.default_rng(0).random(SHAPE) < 0.97, truth, 1 - truth).astype(np.uint8)
    return found, truth


def pixel_of(path, feature):
    transform = gdal.InvGeoTransform(gdal.Open(path).GetGeoTransform())
    point = feature.geometry().asPoint()
    column, row = gdal.ApplyGeoTransform(transform, point.x(), point.y())
    return int(row), int(column)


def label(layer, path, truth):
    index = layer.fields().indexOf("label")
    with edit(layer):
        for feature in layer.getFeatures():
            value = "change" if truth[pixel_of(path, feature)] else "no change"
            assert layer.changeAttributeValue(feature.id(), index, value)


@pytest.fixture
def drawn(run, make_raster):
    """The map's path, the truth, and a drawn layer by its destination."""
    found, truth = maps()

    def start(destination, **parameters):
        path = make_raster("map.tif", found[None])
        given = {"PREDICTED": path, "SAMPLE": destination, "SAMPLE_SIZE": 250, **parameters}
        sample = run("ddpm:assesschanges", given)["SAMPLE"]
        layer = sample if isinstance(sample, QgsVectorLayer) else QgsVectorLayer(sample, "sample", "ogr")
        return path, truth, layer

    return start


@pytest.mark.parametrize("name", ["TEMPORARY_OUTPUT", "sample.gpkg", "sample.shp", "sample.geojson"])
def test_a_sample_is_labelled_and_comes_back(drawn, run, tmp_path, name):
    destination = name if name == "TEMPORARY_OUTPUT" else str(tmp_path / name)
    path, truth, layer = drawn(destination)
    assert layer.featureCount() == 250
    assert layer.crs().authid() == "EPSG:32633"
    assert all(value in (NULL, None) for value in (feature["label"] for feature in layer.getFeatures()))
    label(layer, path, truth)
    QgsProject.instance().addMapLayer(layer, False)
    results = run("ddpm:assesschanges", {"PREDICTED": path, "SAMPLE_LABELS": layer})
    area = truth.sum() * PIXEL_SIZE_M**2
    assert results["ADJUSTED_AREA_LOW"] < area < results["ADJUSTED_AREA_HIGH"]
    assert results["F1"] > 0.8
    QgsProject.instance().removeMapLayer(layer)


def test_the_layer_is_labelled_in_its_form_and_shows_the_pixels(drawn, tmp_path):
    _, _, layer = drawn(str(tmp_path / "sample.gpkg"))
    fields = layer.fields().names()
    setup = layer.editorWidgetSetup(fields.index("label"))
    assert setup.type() == "ValueMap"
    assert [next(iter(each.values())) for each in setup.config()["map"]][1:] == ["change", "no change", "unsure"]
    for name in ("map", "buffer_px", "drawn", "pixel"):
        assert layer.editorWidgetSetup(fields.index(name)).type() == "Hidden"
    renderer = layer.renderer()
    assert renderer.classAttribute() == "label"
    # A symbol lives as long as its category.
    categories = renderer.categories()
    assert [category.value() for category in categories][1:] == ["change", "no change", "unsure"]
    assert categories[0].symbol().size() == PIXEL_SIZE_M
    assert layer.editFormConfig().readOnly(fields.index("id"))


def test_an_unlabelled_layer_says_so_and_the_log_warns_of_temporary_layers(drawn, provider, context, log, tmp_path):
    path, _, layer = drawn(str(tmp_path / "sample.gpkg"))
    QgsProject.instance().addMapLayer(layer, False)
    given = {"PREDICTED": path, "SAMPLE_LABELS": layer.id()}
    _, good = provider.algorithm("assesschanges").run(given, context, log)
    assert not good
    assert "0 labelled points where the map is changed" in " ".join(log.errors)
    provider.algorithm("assesschanges").run({"PREDICTED": path, "SAMPLE": "TEMPORARY_OUTPUT"}, context, log)
    assert "Save the sample to a file" in " ".join(log.warnings)
    QgsProject.instance().removeMapLayer(layer)


def test_one_thing_a_run(provider, context, two_dates, tmp_path):
    algorithm = provider.algorithm("assesschanges")
    good, message = algorithm.checkParameterValues({"PREDICTED": two_dates[0]}, context)
    assert not good
    assert "REFERENCE" in message
    given = {"PREDICTED": two_dates[0], "REFERENCE": two_dates[1], "SAMPLE": str(tmp_path / "s.gpkg")}
    good, message = algorithm.checkParameterValues(given, context)
    assert not good
    assert "REFERENCE and SAMPLE are given" in message


def test_a_map_without_crs_gives_points_without_one(drawn, make_raster, run, tmp_path):
    found, truth = maps()
    path = make_raster("bare.tif", found[None], epsg=None, origin=(0.0, 0.0))
    sample = run("ddpm:assesschanges", {"PREDICTED": path, "SAMPLE": str(tmp_path / "s.gpkg"), "SAMPLE_SIZE": 200})
    layer = QgsVectorLayer(sample["SAMPLE"], "s", "ogr")
    assert layer.extent().intersects(QgsRectangle(0, -SHAPE[0] * PIXEL_SIZE_M, SHAPE[1] * PIXEL_SIZE_M, 0))
    label(layer, path, truth)
    results = run("ddpm:assesschanges", {"PREDICTED": path, "SAMPLE_LABELS": layer.source()})
    assert results["ADJUSTED_AREA_LOW"] < truth.sum() < results["ADJUSTED_AREA_HIGH"]
