"""A threshold applied in QGIS, and the style whose break is the threshold; real workers."""

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import QgsProject, QgsRasterLayer, QgsVectorLayer

from qgis_ddpm.algorithms import styles


@pytest.fixture
def detected(run, scene, tmp_path):
    given = {"BEFORE": scene["before"], "AFTER": scene["after"], "METHOD": "irmad"}
    files = {"OUTPUT": str(tmp_path / "mask.tif"), "PROBABILITY": str(tmp_path / "scores.tif")}
    return run("ddpm:detectchanges", {**given, **files})


def pixels(path):
    return gdal.Open(path).ReadAsArray()


def test_mask_and_polygons_of_another_threshold(run, detected, tmp_path):
    files = {"OUTPUT": str(tmp_path / "o.tif"), "POLYGONS": str(tmp_path / "o.gpkg")}
    found = run("ddpm:applythreshold", {"PROBABILITY": detected["PROBABILITY"], "THRESHOLD": 0.8, **files})
    scores = pixels(detected["PROBABILITY"])
    wanted = np.where(np.isnan(scores), 255, scores >= np.float32(0.8))
    np.testing.assert_array_equal(pixels(found["OUTPUT"]), wanted)
    assert found["CHANGED_AREA"] == pytest.approx((wanted == 1).sum() * 100, rel=1e-3)
    assert found["THRESHOLD_USED"] == 0.8
    assert QgsVectorLayer(found["POLYGONS"], "p", "ogr").featureCount() > 3
    own = run("ddpm:applythreshold", {"PROBABILITY": detected["PROBABILITY"], "OUTPUT": files["OUTPUT"]})
    np.testing.assert_array_equal(pixels(own["OUTPUT"]), pixels(detected["OUTPUT"]))


def test_the_second_style_shows_the_mask_and_follows_its_value(detected):
    layer = QgsRasterLayer(detected["PROBABILITY"], "scores")
    styles.probability(layer)
    manager = layer.styleManager()
    first = manager.currentStyle()
    assert sorted(manager.styles()) == ["Change from a threshold", first]
    assert layer.renderer().shader().rasterShaderFunction().colorRampItemList()[0].value == 0.0
    # Once more, as when a layer is dressed twice.
    styles.probability(layer)
    assert len(manager.styles()) == 2
    manager.setCurrentStyle("Change from a threshold")
    assert shown(layer) == int((pixels(detected["OUTPUT"]) == 1).sum())
    function = layer.renderer().shader().rasterShaderFunction()
    items = function.colorRampItemList()
    assert items[0].value == detected["THRESHOLD_USED"]
    assert [item.label for item in items] == ["Below the threshold", "Changed"]
    items[0].value = 0.8
    function.setColorRampItemList(items)
    scores = pixels(detected["PROBABILITY"])
    assert shown(layer) == int((scores >= np.float32(0.8)).sum())
    QgsProject.instance().clear()


def shown(layer):
    """How many pixels are drawn at all."""
    block = layer.renderer().block(1, layer.extent(), layer.width(), layer.height())
    colours = np.frombuffer(bytes(block.data()), np.uint32)
    return int(np.count_nonzero(colours >> 24))
