"""A series inside QGIS: what is refused early, what its layers look like, and that the time plays them."""

import shutil

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import QgsProject, QgsRasterLayer, QgsVectorLayer
from qgis.PyQt.QtCore import QDate

from qgis_ddpm.algorithms import series_styles

DAYS = ("20010605", "20030614", "20040601")


@pytest.fixture
def dates(make_raster):
    """Three dates of three bands; a square changes by the second, another by the third."""
    random = np.random.default_rng(0)
    land = random.integers(80, 140, (3, 64, 64)).astype(np.uint8)
    found = []
    for number, day in enumerate(DAYS):
        pixels = land + random.integers(0, 3, land.shape).astype(np.uint8)
        if number > 0:
            pixels[:, 20:36, 30:50] = 255 - pixels[:, 20:36, 30:50]
        if number > 1:
            pixels[:, 45:60, 5:20] = 250 - pixels[:, 45:60, 5:20]
        found.append(make_raster(f"scene_{day}.tif", pixels))
    return found


@pytest.fixture
def detected(run, dates, tmp_path):
    """The results of a run with the real worker."""
    files = {"OUTPUT": str(tmp_path / "series.tif"), "POLYGONS": str(tmp_path / "series.gpkg")}
    return run("ddpm:detectseries", {"INPUT": dates, "METHOD": "cva", "MIN_AREA": 2000.0, **files})


def refusal(provider, context, **values):
    good, message = provider.algorithm("detectseries").checkParameterValues(
        {"OUTPUT": "TEMPORARY_OUTPUT", **values}, context
    )
    assert not good
    return message


def test_what_a_glance_shows_to_be_wrong_is_refused(provider, context, dates, make_raster, tmp_path):
    assert "2 rasters" in refusal(provider, context, INPUT=dates[:2])
    assert "one raster" in refusal(provider, context, INPUT=[*dates, dates[0]])
    bare = str(tmp_path / "bare.tif")
    shutil.copyfile(dates[0], bare)
    assert "DATES" in refusal(provider, context, INPUT=[*dates[1:], bare])
    assert "2 dates for 3" in refusal(provider, context, INPUT=dates, DATES="1999,2000")
    apart = make_raster("scene_20200101.tif", np.ones((3, 8, 8), np.uint8), origin=(700_000.0, 5_000_000.0))
    assert "do not overlap" in refusal(provider, context, INPUT=[*dates, apart])
    assert "band 4" in refusal(provider, context, INPUT=dates, BANDS="1,4")
    good, message = provider.algorithm("detectseries").checkParameterValues(
        {"INPUT": [*dates[1:], bare], "DATES": "2003,2004,2001", "OUTPUT": "TEMPORARY_OUTPUT"}, context
    )
    assert good, message
    dataset = gdal.Open(bare, gdal.GA_Update)
    dataset.SetMetadataItem("ACQUISITION_DATE", "2001-06-05")
    del dataset
    good, message = provider.algorithm("detectseries").checkParameterValues(
        {"INPUT": [*dates[1:], bare], "OUTPUT": "TEMPORARY_OUTPUT"}, context
    )
    assert good, message


def test_polygons_are_played_between_their_dates(detected):
    layer = QgsVectorLayer(detected["POLYGONS"], "areas", "ogr")
    found = sorted((each["from"], each["to"]) for each in layer.getFeatures())
    days = [QDate.fromString(day, "yyyyMMdd") for day in DAYS]
    assert found == [(days[0], days[1]), (days[1], days[2])]
    # As the desktop does when a file is added: the constructor alone forgets that a layer has a time (QGIS 3.22).
    layer.loadDefaultStyle()
    temporal = layer.temporalProperties()
    assert temporal.isActive()
    assert (temporal.startField(), temporal.endField()) == ("from", "to")
    renderer = layer.renderer()
    assert renderer.type() == "categorizedSymbol"
    assert [each.value() for each in renderer.categories()] == ["2003-06-14", "2004-06-01"]
    assert layer.fields().field("from").alias() == "Unchanged until"


def test_the_raster_has_a_colour_for_each_date(detected):
    layer = QgsRasterLayer(detected["OUTPUT"], "series")
    renderer = layer.renderer()
    assert renderer.type() == "paletted"
    assert [(each.value, each.label) for each in renderer.classes()] == [
        (20030614, "2003-06-14"),
        (20040601, "2004-06-01"),
    ]
    # QGIS multiplies by the scale of the band.
    strength = layer.dataProvider().bandStatistics(3)
    assert strength.minimumValue >= 0.5
    assert strength.maximumValue <= 1
    assert detected["CHANGED_AREA"] == pytest.approx(16 * 20 * 100 + 15 * 15 * 100, rel=0.1)


def test_memory_layers_are_played_too(provider, context, log, dates):
    context.setProject(QgsProject.instance())
    given = {"INPUT": dates, "METHOD": "cva", "OUTPUT": "TEMPORARY_OUTPUT", "POLYGONS": "TEMPORARY_OUTPUT"}
    results, good = provider.algorithm("detectseries").run(given, context, log)
    assert good, log.errors
    layer = context.takeResultLayer(results["POLYGONS"])
    series_styles.played(layer)
    assert layer.temporalProperties().isActive()
    assert layer.fields().field("to").typeName() == "date"
    assert layer.featureCount() >= 2


def test_a_raster_without_dates_still_has_a_look(make_raster):
    layer = QgsRasterLayer(make_raster("plain.tif", np.ones((1, 8, 8), np.uint8)), "plain")
    series_styles.first_change(layer)
    assert layer.isValid()


def test_colours_go_from_early_to_late():
    days = [str(year) for year in range(1985, 2025)]
    found = series_styles.coloured(days)
    assert found[0][1].name() == series_styles.EARLY_TO_LATE[0]
    assert found[-1][1].name() == series_styles.EARLY_TO_LATE[-1]
    assert len({colour.name() for _, colour in found}) == len(days)
    assert series_styles.coloured(["a"])[0][1].name() == series_styles.EARLY_TO_LATE[2]
