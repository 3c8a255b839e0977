"""From layers to paths: files as they are, overrides for what only the layer says, exports for the rest."""

import json
import zipfile

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsProcessingFeatureSourceDefinition,
    QgsRasterLayer,
    QgsRasterRange,
    QgsVectorLayer,
)

from qgis_ddpm.algorithms.layers import LayerFiles
from qgis_ddpm.errors import InputError
from qgis_ddpm.events import Result


@pytest.fixture
def files():
    files = LayerFiles()
    yield files
    files.remove()


def test_a_plain_file_goes_as_it_is(files, two_dates):
    assert files.raster(QgsRasterLayer(two_dates[0], "plain")) == two_dates[0]
    assert files.overrides == {}


def test_crs_and_nodata_of_the_layer_travel_along(files, two_dates):
    layer = QgsRasterLayer(two_dates[0], "told otherwise")
    layer.setCrs(QgsCoordinateReferenceSystem("EPSG:3857"))
    for band in (1, 2, 3):
        layer.dataProvider().setUserNoDataValue(band, [QgsRasterRange(101, 101)])
    path = files.raster(layer)
    assert files.overrides == {path: {"crs": "EPSG:3857", "nodata": 101.0}}


def test_nodata_of_the_file_that_the_layer_ignores(files, make_raster):
    layer = QgsRasterLayer(make_raster("nodata.tif", np.ones((1, 8, 8), np.uint8), nodata=0), "ignored")
    layer.dataProvider().setUseSourceNoDataValue(1, False)
    path = files.raster(layer)
    assert files.overrides == {path: {"nodata": None}}


def test_nodata_that_one_value_cannot_say_is_refused(files, two_dates):
    layer = QgsRasterLayer(two_dates[0], "ranges")
    layer.dataProvider().setUserNoDataValue(1, [QgsRasterRange(1, 9)])
    with pytest.raises(InputError, match="'ranges' has additional no data values"):
        files.raster(layer)


def test_a_raster_inside_an_archive_is_exported_whole(files, make_raster, tmp_path, log, context):
    pixels = np.arange(3 * 40 * 50, dtype=np.uint16).reshape(3, 40, 50)
    inner = make_raster("inner.tif", pixels, nodata=7)
    with zipfile.ZipFile(tmp_path / "archive.zip", "w") as archive:
        archive.write(inner, "inner.tif")
    layer = QgsRasterLayer(f"/vsizip/{tmp_path}/archive.zip/inner.tif", "archived")
    assert layer.isValid()
    path = files.raster(layer)
    assert path != inner
    files.export(log, context.transformContext())
    copy = gdal.Open(path)
    np.testing.assert_array_equal(copy.ReadAsArray(), pixels)
    assert copy.GetGeoTransform() == gdal.Open(inner).GetGeoTransform()
    assert copy.GetRasterBand(1).GetNoDataValue() == 7
    assert "archived" in log.infos[0]


def test_exports_stop_where_the_user_cancels_and_leave_nothing(files, make_raster, tmp_path, log, context):
    with zipfile.ZipFile(tmp_path / "archive.zip", "w") as archive:
        archive.write(make_raster("inner.tif", np.ones((1, 8, 8), np.uint8)), "inner.tif")
    path = files.raster(QgsRasterLayer(f"/vsizip/{tmp_path}/archive.zip/inner.tif", "archived"))
    log.cancel()
    files.export(log, context.transformContext())
    files.remove()
    with pytest.raises(RuntimeError):
        gdal.Open(path)


@pytest.fixture
def polygons():
    layer = QgsVectorLayer("Polygon?crs=EPSG:32633", "truth", "memory")
    feature = QgsFeature()
    feature.setGeometry(
        QgsGeometry.fromWkt("Polygon((438300 5341800, 438500 5341800, 438500 5341640, 438300 5341800))")
    )
    layer.dataProvider().addFeature(feature)
    return layer


def test_polygons_become_geojson_with_their_crs(provider, fake_run, polygons, two_dates, context, log):
    seen = []

    def read(job):
        with open(job.reference, encoding="utf-8") as file:
            seen.append(json.load(file))
        return Result({"F1": 1.0})

    fake_run(read)
    results, good = provider.algorithm("assesschanges").run(
        {"PREDICTED": two_dates[0], "REFERENCE": polygons}, context, log
    )
    assert good
    assert results["F1"] == 1.0
    (written,) = seen
    assert written["crs"]["properties"]["name"] == "urn:ogc:def:crs:EPSG::32633"
    assert written["features"][0]["geometry"]["coordinates"][0][0] == [438300, 5341800]


def test_a_layer_without_polygons_is_refused(files, context, log, provider):
    empty = QgsVectorLayer("Polygon?crs=EPSG:32633", "nothing", "memory")
    algorithm = provider.algorithm("assesschanges")
    definition = QgsProcessingFeatureSourceDefinition(empty.id())
    context.temporaryLayerStore().addMapLayer(empty)
    source = algorithm.parameterAsSource({"REFERENCE": definition}, "REFERENCE", context)
    files.vector(source)
    with pytest.raises(InputError, match="'nothing' has no polygons"):
        files.export(log, context.transformContext())


def test_overrides_of_a_script_win_over_those_of_the_layer(provider, fake_run, two_dates, context, log):
    jobs = fake_run(Result({}))
    layer = QgsRasterLayer(two_dates[0], "told otherwise")
    layer.setCrs(QgsCoordinateReferenceSystem("EPSG:3857"))
    given = {"BEFORE": layer, "AFTER": two_dates[1], "OUTPUT": "TEMPORARY_OUTPUT", "RASTER_OVERRIDES": "{"}
    algorithm = provider.algorithm("detectchanges")
    assert "RASTER_OVERRIDES" in algorithm.checkParameterValues(given, context)[1]
    given["RASTER_OVERRIDES"] = json.dumps({two_dates[0]: {"crs": "EPSG:32633"}})
    algorithm.run(given, context, log)
    assert jobs[0].override(two_dates[0]) == {"crs": "EPSG:32633"}
    assert jobs[0].override(two_dates[1]) == {}
