"""A folder of bands becomes one layer of QGIS, and goes on to the detection of changes."""

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import QgsProcessingOutputLayerDefinition, QgsRasterLayer

SCENE = "LT05_L1TP_006066_{}_02_T1"


@pytest.fixture
def make_folder(make_raster, tmp_path):
    """Make a small folder of Landsat 5 as it was unpacked; its path."""

    def make(day, brighter=0):
        name, random = SCENE.format(day), np.random.default_rng(0)
        land = random.integers(60, 120, (3, 64, 64)).astype(np.uint8)
        land[:, 30:50, 30:50] += brighter
        land[:, :8, :8] = 0
        (tmp_path / name).mkdir()
        lines = [f"DATE_ACQUIRED = {day[:4]}-{day[4:6]}-{day[6:]}", 'SPACECRAFT_ID = "LANDSAT_5"', 'SENSOR_ID = "TM"']
        for number, band in enumerate(land, start=1):
            make_raster(f"{name}/{name}_B{number}.TIF", band[None])
            lines.append(f'FILE_NAME_BAND_{number} = "{name}_B{number}.TIF"')
            lines += [f"REFLECTANCE_MULT_BAND_{number} = 1.5E-03", f"REFLECTANCE_ADD_BAND_{number} = -0.01"]
        quality = np.full((1, 64, 64), 5440, np.uint16)
        quality[0, 10:20, 40:60] |= 1 << 3
        make_raster(f"{name}/{name}_QA_PIXEL.TIF", quality)
        lines.append(f'FILE_NAME_QUALITY_L1_PIXEL = "{name}_QA_PIXEL.TIF"')
        (tmp_path / name / f"{name}_MTL.txt").write_text("\n".join(["GROUP = A", *lines, "END_GROUP = A", "END", ""]))
        return tmp_path / name

    return make


def test_two_folders_become_a_change_map(run, make_folder, tmp_path):
    stacked = []
    for day, brighter in (("20010605", 0), ("20040601", 90)):
        folder = make_folder(day, brighter)
        files = {"OUTPUT": str(folder / "stack.vrt"), "MASK": str(folder / "mask.tif")}
        # QGIS asks for a file there, and takes a folder as well.
        given = folder if brighter else folder / f"{folder.name}_MTL.txt"
        stacked.append(run("ddpm:stackscene", {"INPUT": str(given), **files}))
    layer = QgsRasterLayer(stacked[0]["OUTPUT"], "scene")
    assert layer.isValid()
    assert [layer.bandName(band).partition(": ")[2] for band in (1, 2, 3)] == ["B1 blue", "B2 green", "B3 red"]
    assert layer.dataProvider().sourceNoDataValue(1) == 0
    assert layer.dataProvider().bandScale(1) == 1.5e-3
    mask = QgsRasterLayer(stacked[0]["MASK"], "mask")
    assert mask.renderer().type() == "paletted"
    results = run(
        "ddpm:detectchanges",
        {
            "BEFORE": stacked[0]["OUTPUT"], "AFTER": stacked[1]["OUTPUT"], "MASK_BEFORE": stacked[0]["MASK"],
            "MASK_AFTER": stacked[1]["MASK"], "METHOD": "cva", "OUTPUT": str(tmp_path / "change.tif"),
        },
    )  # fmt: skip
    change = gdal.Open(results["OUTPUT"]).ReadAsArray()
    assert (change[30:50, 30:50] == 1).mean() > 0.95
    assert (change[10:20, 40:60] > 1).all()
    assert (change[:8, :8] > 1).all()


def test_layers_that_are_single_bands_are_joined(run, make_folder):
    folder = make_folder("20010605")
    bands = [str(folder / f"{folder.name}_B{number}.TIF") for number in (3, 1)]
    results = run("ddpm:stackscene", {"FILES": bands, "OUTPUT": "TEMPORARY_OUTPUT"})
    layer = QgsRasterLayer(results["OUTPUT"], "scene")
    assert [layer.bandName(band).partition(": ")[2] for band in (1, 2)] == ["B3", "B1"]


def test_only_here_may_a_raster_be_a_vrt(provider, context, two_dates, make_folder):
    folder = make_folder("20010605")
    good, message = provider.algorithm("stackscene").checkParameterValues(
        {"INPUT": str(folder), "OUTPUT": QgsProcessingOutputLayerDefinition(str(folder / "s.vrt"))}, context
    )
    assert good, message
    for name, values in (
        ("stackscene", {"INPUT": str(folder), "OUTPUT": str(folder / "s.tif"), "MASK": str(folder / "m.vrt")}),
        ("detectchanges", {"BEFORE": two_dates[0], "AFTER": two_dates[1], "OUTPUT": str(folder / "c.vrt")}),
    ):
        good, message = provider.algorithm(name).checkParameterValues(values, context)
        assert not good
        assert ".vrt" in message


def test_a_scene_and_files_together_are_refused(provider, context, two_dates, make_folder):
    good, message = provider.algorithm("stackscene").checkParameterValues(
        {"INPUT": str(make_folder("20010605")), "FILES": list(two_dates), "OUTPUT": "TEMPORARY_OUTPUT"}, context
    )
    assert not good
    assert "one of both" in message
