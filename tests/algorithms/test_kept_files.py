"""What stands in files that a run writes into or beside: other layers, tables, logs and styles of the user's."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from osgeo import gdal
from qgis.core import QgsProcessingException, QgsProcessingOutputLayerDefinition, QgsProperty, QgsVectorLayer

from tests.other_writer import OTHER


def layers(path):
    dataset = gdal.OpenEx(str(path), gdal.OF_VECTOR)
    found = {}
    for index in range(dataset.GetLayerCount()):
        layer = dataset.GetLayer(index)
        found[layer.GetName()] = layer.GetFeatureCount()
    return found


def notes(path):
    with closing(sqlite3.connect(path)) as database:
        return [words for (words,) in database.execute("SELECT words FROM notes ORDER BY rowid")]


def make_survey(path, layer="survey"):
    """A GeoPackage of the user's: one layer of two points, and a table."""
    source = f"{path}.geojson"
    points = [
        {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [i, 0]}} for i in (1, 2)
    ]
    with open(source, "w", encoding="utf-8") as file:
        json.dump({"type": "FeatureCollection", "features": points}, file)
    gdal.VectorTranslate(str(path), source, layerName=layer)
    os.remove(source)
    with closing(sqlite3.connect(path)) as database:
        database.executescript("CREATE TABLE notes (words TEXT); INSERT INTO notes VALUES ('old')")
    return path


def leave_a_log(path):
    process = subprocess.Popen([sys.executable, "-c", OTHER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert os.path.getsize(f"{path}-wal") > 0


@pytest.mark.parametrize("name", ["change.gpkg", 'it\'s "one" (a).gpkg', "CHANGE.GPKG"])
def test_other_layers_tables_and_the_log_survive(detect, tmp_path, name):
    path = make_survey(tmp_path / name)
    leave_a_log(path)
    stem = os.path.splitext(name)[0]
    for _ in range(2):
        result = detect(POLYGONS=str(path))["POLYGONS"]
        assert QgsVectorLayer(result, "changes", "ogr").featureCount() == 1
        found = layers(path)
        assert (found["survey"], found[stem]) == (2, 1)
        assert notes(path) == ["old", "new"]
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


@pytest.mark.parametrize("by", ["definition", "expression"])
def test_destinations_of_all_forms_keep_other_layers(detect, tmp_path, by):
    path = make_survey(tmp_path / "change.gpkg")
    value = QgsProcessingOutputLayerDefinition(str(path))
    if by == "expression":
        value.sink = QgsProperty.fromExpression(f"'{path}'")
    detect(POLYGONS=value)
    assert layers(path)["survey"] == 2
    assert layers(path)["change"] == 1


def test_a_geopackage_that_is_open_in_qgis_keeps_its_layers(detect, tmp_path):
    path = make_survey(tmp_path / "change.gpkg")
    survey = QgsVectorLayer(f"{path}|layername=survey", "survey", "ogr")
    survey.startEditing()
    survey.deleteFeature(next(survey.getFeatures()).id())
    detect(POLYGONS=str(path))
    assert survey.commitChanges()
    assert survey.featureCount() == 1
    del survey
    assert layers(path)["change"] == 1
    assert notes(path) == ["old"]


def refused(detect, path, words):
    with pytest.raises(QgsProcessingException, match=words):
        detect(POLYGONS=str(path))


def test_a_file_that_cannot_take_a_layer_is_refused_before_anything_runs(detect, tmp_path):
    text = tmp_path / "notes.gpkg"
    text.write_text("my notes")
    refused(detect, text, "is no GeoPackage")
    assert text.read_text() == "my notes"
    table = make_survey(tmp_path / "Notes.gpkg")
    refused(detect, table, "holds a table 'Notes'")
    assert notes(table) == ["old"]
    gone = make_survey(tmp_path / "gone.gpkg")
    leave_a_log(gone)
    gone.unlink()
    refused(detect, gone, "gone.gpkg-wal, the last changes")
    assert os.path.exists(f"{gone}-wal")


def test_a_raster_in_a_geopackage_is_not_replaced(detect, tmp_path, two_dates):
    path = tmp_path / "change.gpkg"
    gdal.Translate(str(path), two_dates[0], format="GPKG")
    size = path.stat().st_size
    refused(detect, path, "holds a table 'change'")
    assert path.stat().st_size == size
    assert gdal.Open(str(path)).RasterXSize == 64


def test_several_layers_of_another_format_are_not_replaced(detect, tmp_path):
    path = tmp_path / "change.kml"
    survey = make_survey(tmp_path / "survey.gpkg")
    for layer in ("a", "b"):
        source = tmp_path / f"{layer}.gpkg"
        gdal.VectorTranslate(str(source), str(survey), layers=["survey"], layerName=layer)
    gdal.VectorTranslate(str(path), str(tmp_path / "a.gpkg"), format="LIBKML", layerName="a")
    gdal.VectorTranslate(str(path), str(tmp_path / "b.gpkg"), format="LIBKML", layerName="b", accessMode="update")
    assert len(layers(path)) == 2
    refused(detect, path, "holds 2 layers, which would be lost")
    assert len(layers(path)) == 2


# Styles


def test_a_style_of_the_users_is_left_as_it_is(detect, tmp_path, log):
    qml = tmp_path / "mask.qml"
    qml.write_text("mine")
    detect(OUTPUT=str(tmp_path / "mask.tif"))
    assert qml.read_text() == "mine"


def test_our_style_is_renewed_until_somebody_changes_it(detect, tmp_path):
    qml = tmp_path / "mask.qml"
    detect(OUTPUT=str(tmp_path / "mask.tif"))
    first = qml.read_bytes()
    assert b"<!-- qgis_ddpm " in first
    inode = qml.stat().st_ino, qml.stat().st_mtime_ns
    detect(OUTPUT=str(tmp_path / "mask.tif"))
    assert (qml.stat().st_ino, qml.stat().st_mtime_ns) != inode
    changed = qml.read_bytes().replace(b"Unchanged", b"As before")
    assert changed != first
    qml.write_bytes(changed)
    detect(OUTPUT=str(tmp_path / "mask.tif"))
    assert qml.read_bytes() == changed


def test_a_link_is_not_written_through(detect, tmp_path):
    mine = tmp_path / "mine.txt"
    for text in ("mine", ""):
        mine.write_text(text)
        (tmp_path / "mask.qml").symlink_to(mine)
        detect(OUTPUT=str(tmp_path / "mask.tif"))
        assert mine.read_text() == text
        os.remove(tmp_path / "mask.qml")
    (tmp_path / "mask.qml").symlink_to(tmp_path / "nowhere.qml")
    detect(OUTPUT=str(tmp_path / "mask.tif"))
    assert not (tmp_path / "nowhere.qml").exists()


@pytest.mark.parametrize("ending", ["geojson", "shp", "fgb"])
def test_a_raster_and_a_vector_of_one_name_share_no_style(detect, tmp_path, ending):
    detect(OUTPUT=str(tmp_path / "change.tif"), POLYGONS=str(tmp_path / f"change.{ending}"))
    assert not (tmp_path / "change.qml").exists()
    detect(OUTPUT=str(tmp_path / "a.tif"), POLYGONS=str(tmp_path / f"b.{ending}"))
    assert (tmp_path / "a.qml").exists()
    assert (tmp_path / "b.qml").exists()


def test_a_style_is_not_laid_upon_a_file_of_the_users(detect, tmp_path):
    make_survey(tmp_path / "change.gpkg")
    detect(OUTPUT=str(tmp_path / "change.tif"))
    assert not (tmp_path / "change.qml").exists()


def test_the_style_of_a_geopackage_lies_in_it(detect, tmp_path):
    path = tmp_path / "change.gpkg"
    results = detect(OUTPUT=str(tmp_path / "change.tif"), POLYGONS=str(path))
    text = (tmp_path / "change.qml").read_text()
    assert "<rasterrenderer" in text
    layer = QgsVectorLayer(results["POLYGONS"], "changes", "ogr")
    assert layer.renderer().symbol().symbolLayer(0).properties()["outline_width"] == "0.5"
    assert layer.fields().field("area_m2").alias() == "Area in square metres"
    del layer
    assert not os.path.exists(f"{path}-wal")


def test_a_style_in_a_geopackage_of_the_users_stays_the_only_one(detect, tmp_path):
    path = tmp_path / "change.gpkg"
    results = detect(POLYGONS=str(path))
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("SELECT styleName FROM layer_styles").fetchall() == [("qgis_ddpm",)]
        database.execute("UPDATE layer_styles SET styleName = 'mine', styleQML = '<qgis/>'")
        database.commit()
    detect(POLYGONS=str(path))
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("SELECT styleName, styleQML FROM layer_styles").fetchall() == [("mine", "<qgis/>")]
    assert results["POLYGONS"] == str(path)


def test_the_log_says_why_there_is_no_style(provider, fake_run, detected, two_dates, context, log, tmp_path):
    fake_run(detected([]))
    (tmp_path / "mask.qml").write_text("mine")
    given = {"BEFORE": two_dates[0], "AFTER": two_dates[1], "OUTPUT": str(tmp_path / "mask.tif")}
    _, good = provider.algorithm("detectchanges").run(given, context, log)
    assert good
    assert any("mask.qml was not made here" in words for words in log.infos)


# Reading


@pytest.fixture
def labels(tmp_path, detect):
    path = detect(POLYGONS=str(tmp_path / "labels.gpkg"))["POLYGONS"]
    layer = QgsVectorLayer(path, "labels", "ogr")
    yield layer
    if layer.isEditable():
        layer.rollBack()


@pytest.mark.parametrize("saved", [False, True])
def test_edits_count_as_qgis_shows_them(provider, fake_run, two_dates, context, log, labels, saved):
    seen = []

    def work(job):
        with open(job.reference, encoding="utf-8") as file:
            seen.append(json.load(file))

    fake_run(work)
    feature = next(labels.getFeatures())
    labels.startEditing()
    moved = feature.geometry()
    moved.translate(10, 0)
    labels.changeGeometry(feature.id(), moved)
    second = QgsVectorLayer(labels.source(), "", "ogr").getFeature(feature.id())
    second.setAttribute("fid", None)
    labels.addFeature(second)
    if saved:
        assert labels.commitChanges()
    context.project().addMapLayer(labels, False)
    provider.algorithm("assesschanges").run({"PREDICTED": two_dates[0], "REFERENCE": labels.id()}, context, log)
    context.project().takeMapLayer(labels)
    (content,) = seen
    lefts = sorted(min(x for x, _ in item["geometry"]["coordinates"][0][0]) for item in content["features"])
    assert lefts == [438300.0, 438310.0]
