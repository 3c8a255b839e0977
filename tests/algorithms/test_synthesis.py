"""From rasters to a model and to synthetic tiles, by processing.run and with the real worker."""

import pytest
from osgeo import gdal
from qgis.core import QgsFeature, QgsGeometry, QgsRasterLayer, QgsRectangle, QgsVectorLayer

SMALL = {"PRESET": "tiny", "TILE_PX": 32, "TILES": 64, "BASE_CHANNELS": 8, "CHANNEL_MULTIPLIERS": "1,2"}


@pytest.fixture(scope="module")
def trained(run, scene, tmp_path_factory):
    folder = tmp_path_factory.mktemp("model")
    rasters = [scene["before"], scene["after"]]
    return run("ddpm:trainmodel", {"INPUT": rasters, **SMALL, "MODEL": str(folder / "small.safetensors")})


def test_training_gives_a_model_and_figures(trained):
    assert trained["MODEL"].endswith("small.safetensors")
    assert trained["TILES_SEEN"] == 64
    assert trained["TRAINING_LOSS"] > 0
    assert trained["TILES_PER_SECOND"] > 0


def test_settings_are_compared_and_their_models_kept(run, scene, tmp_path):
    (tmp_path / "grid.yaml").write_text("prediction: [edm, v]\n")
    folder = tmp_path / "experiment"
    parameters = {"INPUT": [scene["before"]], **SMALL, "TILE_PX": 16, "TILES": 16, "SAMPLES": 8, "REPEATS": 1}
    files = {"GRID": str(tmp_path / "grid.yaml"), "EXPERIMENT": str(folder), "REPORT": "TEMPORARY_OUTPUT"}
    results = run("ddpm:comparesettings", {**parameters, **files})
    assert results["SETTINGS"] == 2
    assert results["BEST_VALIDATION_LOSS"] > 0
    with open(results["REPORT"], encoding="utf-8") as page:
        assert "prediction edm" in page.read()
    assert len(list(folder.glob("*.safetensors"))) == 2


def test_tiles_lie_on_the_grid_of_the_template_and_are_marked(run, trained, scene, tmp_path):
    files = {"OUTPUT": str(tmp_path / "tiles.tif"), "TILES_FOLDER": str(tmp_path / "tiles")}
    results = run(
        "ddpm:sampletiles",
        {"MODEL": trained["MODEL"], "TEMPLATE": scene["before"], "COUNT": 4, "STEPS": 2, **files}
        | {"FOOTPRINTS": "TEMPORARY_OUTPUT"},
    )
    layer, template = QgsRasterLayer(results["OUTPUT"], "tiles"), QgsRasterLayer(scene["before"], "template")
    assert layer.crs().authid() == template.crs().authid() == "EPSG:32633"
    assert (layer.width(), layer.height(), layer.bandCount()) == (64, 64, 4)
    assert layer.rasterUnitsPerPixelX() == template.rasterUnitsPerPixelX()
    assert gdal.Open(results["OUTPUT"]).GetMetadataItem("SYNTHETIC") == "YES"
    assert len(list((tmp_path / "tiles").glob("*.tif"))) == 4
    footprints = list(results["FOOTPRINTS"].getFeatures())
    assert [feature["id"] for feature in footprints] == [1, 2, 3, 4]
    assert results["FOOTPRINTS"].extent() == layer.extent()
    assert results["SECONDS_PER_TILE"] > 0


def test_a_seamless_area_fills_the_extent(run, trained, scene):
    extent = "438100,438500,5341500,5341800 [EPSG:32633]"
    results = run(
        "ddpm:sampletiles",
        {"MODEL": trained["MODEL"], "LAYOUT": "seamless", "TEMPLATE": scene["before"], "EXTENT": extent, "STEPS": 2}
        | {"OUTPUT": "TEMPORARY_OUTPUT"},
    )
    layer = QgsRasterLayer(results["OUTPUT"], "area")
    assert layer.extent().toString(0) == "438100,5341500 : 438500,5341800"
    assert (layer.width(), layer.height()) == (40, 30)


def test_an_assessment_of_tiles_can_be_left(provider, scene, context, log, tmp_path):
    # To its end it takes a minute, which tests/core spends.
    setProgressText = log.setProgressText
    log.setProgressText = lambda text: (setProgressText(text), log.cancel())
    given = {"TILES": scene["before"], "REFERENCE": [scene["after"]], "TILE_PX": 16, "MAX_TILES": 64}
    _, good = provider.algorithm("assesstiles").run({**given, "REPORT": str(tmp_path / "r.html")}, context, log)
    assert good, log.errors
    assert log.texts
    assert log.warnings[-1] == "Cancelled. Nothing was kept."
    assert not (tmp_path / "r.html").exists()


def test_new_ground_is_drawn_from_layers_without_a_model(run, provider, context, log, scene, tmp_path):
    extent = "438100,438900,5341200,5342000 [EPSG:32633]"
    given = {"SOURCE": [scene["before"], scene["after"]], "LAYOUT": "seamless", "EXTENT": extent}
    results = run("ddpm:sampletiles", {**given, "OUTPUT": str(tmp_path / "new.tif")})
    layer = QgsRasterLayer(results["OUTPUT"], "new")
    assert (layer.width(), layer.height(), layer.bandCount()) == (80, 80, 4)
    assert results["LARGEST_PIECE"] > 1
    assert gdal.Open(results["OUTPUT"]).GetMetadataItem("SOURCE").startswith("pieces of ")
    both = {**given, "MODEL": "m.safetensors", "OUTPUT": str(tmp_path / "both.tif")}
    _, good = provider.algorithm("sampletiles").run(both, context, log)
    assert not good
    assert "MODEL and SOURCE are both given" in " ".join(log.errors)


def test_polygons_with_a_field_of_classes_become_an_area(run, scene, tmp_path):
    files = {"MODEL": str(tmp_path / "told.safetensors")}
    model = run("ddpm:trainmodel", {"INPUT": [scene["before"]], "CONDITION": [scene["truth"]], **SMALL, **files})
    drawn = QgsVectorLayer("Polygon?crs=EPSG:32633&field=kind:integer", "drawn", "memory")
    feature = QgsFeature(drawn.fields())
    feature.setAttributes([1])
    feature.setGeometry(QgsGeometry.fromRect(QgsRectangle(438_100, 5_341_500, 438_600, 5_341_900)))
    drawn.dataProvider().addFeatures([feature])
    given = {"MODEL": model["MODEL"], "CONDITION": drawn, "LAYOUT": "seamless", "STEPS": 2}
    results = run("ddpm:sampletiles", {**given, "OUTPUT": "TEMPORARY_OUTPUT"})
    layer = QgsRasterLayer(results["OUTPUT"], "area")
    assert layer.extent().toString(0) == "438100,5341500 : 438600,5341900"
    assert layer.rasterUnitsPerPixelX() == 10
