"""Kinds and statistics inside QGIS: layers with their styles, copies with all that their layer had."""

import numpy as np
import pytest
from osgeo import gdal, osr
from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsGraduatedSymbolRenderer,
    QgsPalettedRasterRenderer,
    QgsProcessingException,
    QgsProcessingFeatureSourceDefinition,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorLayer,
)

SIZE = 96
FOREST, SOIL, WATER = (450, 280, 3300), (1300, 1900, 2600), (600, 450, 220)
NAMES = ("Green", "Red", "NIR")
LEFT, TOP, PIXEL = 438_000.0, 5_342_000.0, 10.0


def write(path, pixels):
    file = gdal.GetDriverByName("GTiff").Create(str(path), SIZE, SIZE, 3, gdal.GDT_UInt16)
    place = osr.SpatialReference()
    place.ImportFromEPSG(32633)
    file.SetProjection(place.ExportToWkt())
    file.SetGeoTransform((LEFT, PIXEL, 0, TOP, 0, -PIXEL))
    for number, name in enumerate(NAMES, start=1):
        file.GetRasterBand(number).WriteArray(pixels[number - 1])
        file.GetRasterBand(number).SetDescription(name)
    return str(path)


@pytest.fixture(scope="module")
def dates(tmp_path_factory):
    """Forest and water, of which a square of each becomes bare."""
    folder = tmp_path_factory.mktemp("kinds")
    rng = np.random.default_rng(0)
    before = np.empty((3, SIZE, SIZE))
    before[:, :60] = np.array(FOREST)[:, None, None]
    before[:, 60:] = np.array(WATER)[:, None, None]
    before *= rng.normal(1, 0.08, (SIZE, SIZE))
    after = before.copy()
    after[:, 10:30, 10:40] = after[:, 70:85, 20:60] = 0
    for rows, columns in ((slice(10, 30), slice(10, 40)), (slice(70, 85), slice(20, 60))):
        after[:, rows, columns] = np.array(SOIL)[:, None, None]
    noisy = [np.clip(date * rng.normal(1, 0.01, date.shape), 1, 60000).astype(np.uint16) for date in (before, after)]
    return {"BEFORE": write(folder / "a.tif", noisy[0]), "AFTER": write(folder / "b.tif", noisy[1]), "METHOD": "irmad"}


@pytest.fixture
def detect(run, dates):
    """A run on both dates with further parameters."""
    return lambda **more: run("ddpm:detectchanges", {**dates, "OUTPUT": "TEMPORARY_OUTPUT", **more})


@pytest.fixture
def parcels():
    """Two parcels with attributes; the first lies over the felled forest."""
    layer = QgsVectorLayer("Polygon?crs=EPSG:32633&field=owner:string&field=number:integer", "parcels", "memory")
    for number, (col, row) in enumerate([(5, 5), (60, 5)]):
        feature = QgsFeature(layer.fields())
        x, y = LEFT + PIXEL * col, TOP - PIXEL * row
        feature.setGeometry(QgsGeometry.fromRect(QgsRectangle(x, y - 400, x + 400, y)))
        feature.setAttributes([f"Müller {number}", number + 7])
        layer.dataProvider().addFeatures([feature])
    return layer


def test_layers_come_in_the_colours_of_kinds(detect, tmp_path):
    results = detect(
        OUTPUT=str(tmp_path / "o.tif"),
        POLYGONS=str(tmp_path / "p.gpkg"),
        KINDS=str(tmp_path / "k.tif"),
    )
    polygons = QgsVectorLayer(results["POLYGONS"], "", "ogr")
    names = {feature["kind"] for feature in polygons.getFeatures()}
    assert {"new bare or built ground", "water lost"} <= names
    row = max(polygons.getFeatures(), key=lambda each: each["area_m2"])
    assert row["ndvi_change"] == pytest.approx(row["ndvi_after"] - row["ndvi_before"], abs=1e-6)
    renderer = polygons.renderer()
    assert isinstance(renderer, QgsCategorizedSymbolRenderer)
    assert renderer.classAttribute() == "kind"
    assert {category.value() for category in renderer.categories()} == names
    assert polygons.attributeAlias(polygons.fields().indexFromName("nir_before")) == "NIR before"
    kinds = QgsRasterLayer(str(tmp_path / "k.tif"))
    palette = kinds.renderer()
    assert isinstance(palette, QgsPalettedRasterRenderer)
    assert {entry.value: entry.label for entry in palette.classes()}[5] == "Water lost"
    del kinds


def test_clusters_have_a_style_too(detect, tmp_path):
    results = detect(POLYGONS=str(tmp_path / "p.geojson"), CLASSES=2)
    polygons = QgsVectorLayer(results["POLYGONS"], "", "ogr")
    assert isinstance(polygons.renderer(), QgsCategorizedSymbolRenderer)
    assert {category.label() for category in polygons.renderer().categories()} == {"Kind 1", "Kind 2"}


def test_without_change_the_fields_are_there(detect):
    results = detect(THRESHOLD=1, POLYGONS="memory:")
    layer = results["POLYGONS"]
    layer = layer if isinstance(layer, QgsVectorLayer) else QgsProject.instance().mapLayer(layer)
    assert {"id", "kind", "nir_before", "ndvi_change"} <= {field.name() for field in layer.fields()}


@pytest.mark.parametrize("ending", ["gpkg", "geojson", "csv", "shp"])
def test_the_copy_has_what_its_layer_had(detect, parcels, tmp_path, ending):
    path = str(tmp_path / f"z.{ending}")
    results = detect(STATISTICS=parcels, ZONES=path)
    copy = QgsVectorLayer(results["ZONES"], "", "ogr")
    assert copy.featureCount() == 2
    first, second = copy.getFeatures()
    assert first["owner"] == "Müller 0"
    assert int(first["number"]) == 7
    if ending == "shp":
        return
    assert float(first["changed_m2"]) == pytest.approx(600 * 100, rel=0.03)
    assert float(first["changed_ha"]) == pytest.approx(float(first["changed_m2"]) / 10_000)
    assert float(second["changed_share"]) < 0.01
    assert float(first["new_bare_or_built_ground_share"]) == pytest.approx(600 / 1600, rel=0.05)
    if ending == "gpkg":
        assert isinstance(copy.renderer(), QgsGraduatedSymbolRenderer)
        assert copy.crs().authid() == "EPSG:32633"


def test_selected_features_alone(detect, parcels):
    QgsProject.instance().addMapLayer(parcels)
    parcels.selectByIds([2])
    source = QgsProcessingFeatureSourceDefinition(parcels.id(), True)
    results = detect(STATISTICS=source, ZONES="memory:")
    layer = results["ZONES"]
    layer = layer if isinstance(layer, QgsVectorLayer) else QgsProject.instance().mapLayer(layer)
    assert [feature["number"] for feature in layer.getFeatures()] == [8]
    QgsProject.instance().removeMapLayer(parcels.id())


def test_a_layer_in_a_crs_without_code(detect, parcels):
    own = QgsCoordinateReferenceSystem.fromProj("+proj=utm +zone=33 +ellps=WGS84 +x_0=500001 +units=m")
    parcels.setCrs(own)
    results = detect(STATISTICS=parcels, ZONES="memory:")
    layer = results["ZONES"]
    layer = layer if isinstance(layer, QgsVectorLayer) else QgsProject.instance().mapLayer(layer)
    assert layer.crs() == own
    assert next(layer.getFeatures())["changed_m2"] == pytest.approx(60_000, rel=0.1)


def test_lines_are_refused_by_the_layers_name(detect):
    lines = QgsVectorLayer("LineString?crs=EPSG:32633", "roads", "memory")
    with pytest.raises(QgsProcessingException, match=r"'roads' holds no polygons|STATISTICS"):
        detect(STATISTICS=lines, ZONES="memory:")
