"""From layers to paths: files as they are, overrides for what only the layer says, exports for the rest."""

import json
import os
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


def write_mrf(folder, victim):
    """A raster (MRF) that appends to `victim` when its pixels are read."""
    (folder / "scene.tif").write_text(
        "<MRF_META><CachedSource><Source>page.tif</Source></CachedSource><Raster><Size x='40' y='40' c='1'/><PageSize "
        "x='40' y='40' c='1'/><Compression>NONE</Compression><DataType>Byte</DataType>"
        f"<DataFile>{victim}</DataFile><IndexFile>{folder}/i.idx</IndexFile></Raster></MRF_META>"
    )


def write_vrt(folder, name, source):
    (folder / name).write_text(
        "<VRTDataset rasterXSize='40' rasterYSize='40'><VRTRasterBand dataType='Byte' band='1'><SimpleSource>"
        f"<SourceFilename relativeToVRT='1'>{source}</SourceFilename><SourceBand>1</SourceBand></SimpleSource>"
        "</VRTRasterBand></VRTDataset>"
    )
    return str(folder / name)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("scene.tif", r"names scene.tif, which is of a format \(MRF\) that is not read, since it may name and write"),
        ("/vsicurl/http://127.0.0.1:9/a.tif", "Nothing was fetched"),
        ("pipe", "named pipe"),
        ("DERIVED_SUBDATASET:LOGAMPLITUDE:page.tif", "no plain file"),
    ],
)
@pytest.mark.parametrize("wrapped", ["", "/vsizip/", "|option:ROOT_PATH=/tmp"])
def test_what_the_worker_would_refuse_is_neither_passed_on_nor_exported(files, tmp_path, source, words, wrapped):
    write_mrf(tmp_path, tmp_path / "victim")
    os.mkfifo(tmp_path / "pipe")
    # QGIS opens a layer's sources once it is drawn; this one is made as long as they are not there.
    path = write_vrt(tmp_path, "mosaic.vrt", "gone.tif")
    if wrapped == "/vsizip/":
        with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
            archive.write(write_vrt(tmp_path, "mosaic.vrt", source), "mosaic.vrt")
        path, words = f"/vsizip/{tmp_path}/a.zip/mosaic.vrt", r"of a format \(VRT\)"
    layer = QgsRasterLayer(path + (wrapped if wrapped.startswith("|") else ""), "mosaic")
    write_vrt(tmp_path, "mosaic.vrt", source)
    with pytest.raises(InputError, match=words):
        files.raster(layer)
    assert files._exports == []
    assert not (tmp_path / "victim").exists()


@pytest.mark.parametrize("name", ["scene.tif", "mosaic.vrt", "pipe"])
def test_a_harmful_file_is_refused_before_qgis_opens_it(provider, make_raster, tmp_path, context, name):
    make_raster("page.tif", np.ones((1, 40, 40), np.uint8))
    victim = tmp_path / ".bashrc"
    victim.write_text("# mine\n")
    write_mrf(tmp_path, victim)
    write_vrt(tmp_path, "mosaic.vrt", "scene.tif")
    os.mkfifo(tmp_path / "pipe")
    good = make_raster("good.tif", np.ones((1, 40, 40), np.uint8))
    parameters = {"BEFORE": str(tmp_path / name), "AFTER": good, "METHOD": 1, "OUTPUT": str(tmp_path / "o.tif")}
    passed, message = provider.algorithm("detectchanges").checkParameterValues(parameters, context)
    assert not passed
    assert "named pipe" in message if name == "pipe" else "(MRF) that is not read" in message
    assert victim.read_text() == "# mine\n"
    assert not (tmp_path / "i.idx").exists()


def test_a_format_that_is_not_read_but_does_no_harm_is_exported(files, tmp_path, log, context):
    pixels = np.arange(40 * 50, dtype=np.uint8).reshape(40, 50)
    (tmp_path / "a.pgm").write_bytes(b"P5\n50 40\n255\n" + pixels.tobytes())
    path = files.raster(QgsRasterLayer(str(tmp_path / "a.pgm"), "grey"))
    assert path != str(tmp_path / "a.pgm")
    files.export(log, context.transformContext())
    np.testing.assert_array_equal(gdal.Open(path).ReadAsArray(), pixels)


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
