import re
from pathlib import Path

import numpy as np
import pytest
import rasterio

from qgis_ddpm.card import read_model_card
from tools import demo, demo_page
from tools.qgis_process import ROOT, Outcome, arguments, parse_outputs

SAID = """
0...10...20...100 - done.

----------------
Results
----------------

CHANGED_AREA:	120300
METHOD_USED:	features
OUTPUT:	/tmp/a b: c.tif
"""


def test_outputs_are_read_from_what_qgis_process_prints():
    assert parse_outputs(SAID) == {
        "CHANGED_AREA": "120300",
        "METHOD_USED": "features",
        "OUTPUT": "/tmp/a b: c.tif",
    }
    assert parse_outputs("ERROR: no overlap\n") == {}


def test_a_list_becomes_one_flag_for_each_value():
    given = {"INPUT": [Path("a.tif"), Path("b.tif")], "PRESET": "tiny", "MINUTES": 2.0}
    assert arguments(given) == ["--INPUT=a.tif", "--INPUT=b.tif", "--PRESET=tiny", "--MINUTES=2"]


def test_users_rasters_are_relative_to_where_make_was_called(tmp_path):
    for name in ("a b.tif", "c.tif"):
        (tmp_path / name).touch()
    inputs = demo.choose_inputs("a b.tif", str(tmp_path / "c.tif"), tmp_path)
    assert (inputs.before, inputs.after, inputs.truth) == (tmp_path / "a b.tif", tmp_path / "c.tif", None)
    # A raster of the checkout is named as in the commands that the page shows.
    assert demo.choose_inputs("LICENSE", "metadata.txt", ROOT).before == Path("LICENSE")


@pytest.mark.parametrize(("before", "after", "says"), [("a.tif", "", "two dates"), ("no.tif", "no.tif", "no raster")])
def test_a_missing_date_is_said_before_anything_runs(tmp_path, before, after, says):
    with pytest.raises(SystemExit, match=says):
        demo.choose_inputs(before, after, tmp_path)


@pytest.fixture
def story(scene, tmp_path):
    """A finished run in which one method found everything, the other nothing."""
    with rasterio.open(scene.truth) as raster:
        truth, profile = raster.read(), raster.profile
    for method, found in (("features", truth), ("irmad", np.where(truth == 255, 255, 0))):
        for name in ("change", "errors"):
            with rasterio.open(tmp_path / f"{name}_{method}.tif", "w", **profile) as raster:
                raster.write(found.astype(np.uint8))
        with rasterio.open(
            tmp_path / f"probability_{method}.tif", "w", **(profile | {"dtype": "float32", "nodata": -1})
        ) as raster:
            raster.write(np.where(found == 255, -1, found).astype(np.float32))
    (tmp_path / "tiles").mkdir()
    with rasterio.open(scene.before) as raster:
        pixels, profile = raster.read(), raster.profile
    for number in range(4):
        with rasterio.open(
            tmp_path / "tiles" / f"{number}.tif", "w", **(profile | {"width": 32, "height": 32})
        ) as tile:
            tile.write(pixels[:, :32, 40 * number : 40 * number + 32])
    for name in ("ddpm-a", "ddpm-b"):
        (tmp_path / name).mkdir()
        rgb = profile | {"width": 32, "height": 32, "count": 3, "dtype": "uint8", "nodata": None}
        with rasterio.open(tmp_path / name / "tile_0001.tif", "w", **rgb) as tile:
            tile.write(np.full((3, 32, 32), 100, np.uint8))

    def outcome(algorithm, **outputs):
        return Outcome(f"qgis_process run {algorithm} --A=<b>", 1.5, outputs)

    return demo_page.Story(
        before=scene.before,
        after=scene.after,
        truth=scene.truth,
        folder=tmp_path,
        training=outcome("ddpm:trainmodel", TILES_SEEN="4096"),
        sampling=outcome("ddpm:sampletiles", SECONDS_PER_TILE="0.25"),
        shipped={name: outcome("ddpm:sampletiles") for name in ("ddpm-a", "ddpm-b")},
        detection={name: outcome("ddpm:detectchanges", CHANGED_SHARE="0.05") for name in demo.METHODS},
        assessment={name: outcome("ddpm:assesschanges", F1="0.875", F1_LOW="0.81") for name in demo.METHODS},
    )


def test_the_page_holds_pictures_figures_and_commands_and_needs_no_other_file(story):
    html = demo_page.build(story).html()
    assert html.count("data:image/png;base64,") == 2 + 1 + 2 + 2 * 4
    assert re.findall(r'(?:src|href)="(?!data:)', html) == []
    assert html.count("0.875") == 2
    for text in ("4,096", "0.25", "ddpm:assesschanges", "--A=&lt;b&gt;", "change_irmad.tif", "ddpm-a", "ddpm-b"):
        assert text in html


def test_without_truth_nothing_is_claimed(story):
    html = demo_page.build(demo_page.Story(**(vars(story) | {"truth": None, "assessment": {}}))).html()
    assert html.count("data:image/png;base64,") == 2 + 1 + 2 + 2 * 2
    assert "truth" not in html.lower()
    assert "made by a program" not in html


def test_models_of_the_checkout_are_shown_and_detectors_are_not():
    names = demo.shipped_models()
    assert names == sorted(names)
    for name in names:
        assert read_model_card(str(ROOT / "models" / f"{name}.safetensors")).licence


def test_a_large_raster_is_read_at_the_size_of_a_picture(tmp_path):
    path = tmp_path / "large.tif"
    with rasterio.open(path, "w", driver="GTiff", width=2000, height=1000, count=1, dtype="float32") as raster:
        pixels = np.ones((1, 1000, 2000), np.float32)
        pixels[0, :500, :1000] = np.nan
        raster.write(pixels)
    view = demo_page.look(path)
    assert view.valid.shape == (320, 640)
    assert abs(view.valid.mean() - 0.75) < 0.01
