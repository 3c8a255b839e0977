"""Wrong input: refused with one clear sentence before anything runs."""

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsProcessingException,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorLayer,
)

from qgis_ddpm.algorithms.checks import band_in_name, refuse_apart
from qgis_ddpm.errors import InputError
from qgis_ddpm.events import Result


def refusal(provider, context, name, **parameters):
    """What checkParameterValues says, which processing.run raises."""
    good, message = provider.algorithm(name).checkParameterValues(parameters, context)
    assert not good
    return message


def accepted(provider, context, name, **parameters):
    good, message = provider.algorithm(name).checkParameterValues(parameters, context)
    assert good, message


def test_good_input_is_accepted(provider, context, two_dates):
    before, after = two_dates
    accepted(provider, context, "detectchanges", BEFORE=before, AFTER=after, OUTPUT="TEMPORARY_OUTPUT")


def test_processing_run_raises_the_sentence(run, two_dates, make_raster):
    elsewhere = make_raster("elsewhere.tif", np.ones((3, 8, 8), np.uint8), origin=(600_000.0, 5_000_000.0))
    with pytest.raises(QgsProcessingException, match="do not overlap"):
        run("ddpm:detectchanges", {"BEFORE": two_dates[0], "AFTER": elsewhere, "OUTPUT": "TEMPORARY_OUTPUT"})


def test_a_text_file_named_tif_is_named(provider, context, two_dates, tmp_path):
    text = tmp_path / "text.tif"
    text.write_text("no raster")
    message = refusal(
        provider, context, "detectchanges", BEFORE=str(text), AFTER=two_dates[1], OUTPUT="TEMPORARY_OUTPUT"
    )
    assert str(text) in message
    assert "BEFORE" in message


def test_numbers_out_of_range_choices_and_texts_are_refused(provider, context, two_dates):
    good = {"BEFORE": two_dates[0], "AFTER": two_dates[1], "OUTPUT": "TEMPORARY_OUTPUT"}
    for name, value in {
        "THRESHOLD": 2.0,
        "METHOD": "magic",
        "DRAWS": 0,
        "NOISE_LEVELS": "a,b",
        "EXTENT": "1,2",
    }.items():
        message = refusal(provider, context, "detectchanges", **{**good, name: value})
        assert name in message


def test_bands_that_are_missing_or_do_not_correspond(provider, context, two_dates, make_raster):
    good = {"BEFORE": two_dates[0], "AFTER": two_dates[1], "OUTPUT": "TEMPORARY_OUTPUT"}
    message = refusal(provider, context, "detectchanges", **good, BANDS_BEFORE="1,9")
    assert "band 9" in message
    fewer = make_raster("fewer.tif", np.ones((2, 64, 64), np.uint8))
    message = refusal(provider, context, "detectchanges", **{**good, "AFTER": fewer})
    assert "3 bands" in message
    assert "BANDS_AFTER" in message
    accepted(provider, context, "detectchanges", **{**good, "AFTER": fewer}, BANDS_BEFORE="1,2", BANDS_AFTER="2,1")


def test_a_model_of_other_bands_is_refused_by_its_card(provider, context, two_dates, make_model):
    good = {"BEFORE": two_dates[0], "AFTER": two_dates[1], "METHOD": "features", "OUTPUT": "TEMPORARY_OUTPUT"}
    message = refusal(provider, context, "detectchanges", **good, MODEL=make_model("four.safetensors", 4))
    assert "has 4 bands" in message
    accepted(provider, context, "detectchanges", **good, MODEL=make_model("three.safetensors", 3))


def test_a_model_is_found_by_name_in_the_models_folder(provider, context, make_model, monkeypatch, tmp_path):
    make_model("mine.safetensors", 3)
    missing = refusal(provider, context, "sampletiles", MODEL="mine.safetensors", OUTPUT="TEMPORARY_OUTPUT")
    assert "mine.safetensors" in missing
    monkeypatch.setenv("QGIS_DDPM_MODELS", str(tmp_path))
    accepted(provider, context, "sampletiles", MODEL="mine.safetensors", OUTPUT="TEMPORARY_OUTPUT")


def test_a_file_that_is_no_model(provider, context, two_dates, tmp_path):
    path = tmp_path / "wrong.safetensors"
    path.write_bytes(b"not a model at all")
    assert "no safetensors file" in refusal(
        provider, context, "sampletiles", MODEL=str(path), OUTPUT="TEMPORARY_OUTPUT"
    )


def test_training_needs_rasters_or_images_of_one_kind(provider, context, make_raster):
    assert "INPUT and FOLDER" in refusal(provider, context, "trainmodel", MODEL="TEMPORARY_OUTPUT")
    rasters = [make_raster(f"{count}.tif", np.ones((count, 8, 8), np.uint8)) for count in (1, 3)]
    assert "differ" in refusal(provider, context, "trainmodel", INPUT=rasters, MODEL="TEMPORARY_OUTPUT")
    accepted(provider, context, "trainmodel", INPUT=rasters, BANDS="1", MODEL="TEMPORARY_OUTPUT")


def test_only_geotiffs_are_promised(provider, context, two_dates, tmp_path):
    good = {"BEFORE": two_dates[0], "AFTER": two_dates[1]}
    assert "jpg" in refusal(provider, context, "detectchanges", **good, OUTPUT=str(tmp_path / "out.jpg"))


def test_without_an_environment_nothing_runs(provider, context, two_dates, monkeypatch):
    monkeypatch.setenv("QGIS_DDPM_PYTHON", "/nowhere/python")
    good = {"BEFORE": two_dates[0], "AFTER": two_dates[1], "OUTPUT": "TEMPORARY_OUTPUT"}
    assert "/nowhere/python" in refusal(provider, context, "detectchanges", **good)


def test_layers_are_taken_as_well_as_paths(provider, context, two_dates):
    layers = [QgsRasterLayer(path, "date") for path in two_dates]
    accepted(provider, context, "detectchanges", BEFORE=layers[0], AFTER=layers[1], OUTPUT="TEMPORARY_OUTPUT")
    del layers


def test_polygons_without_crs_have_no_place_on_a_map_with_one(provider, context, two_dates):
    # Outside the desktop, QGIS gives a layer without CRS that of WGS 84, unless asked not to.
    options = QgsVectorLayer.LayerOptions()
    options.skipCrsValidation = True
    nowhere = QgsVectorLayer("Polygon?crs=", "nowhere", "memory", options)
    nowhere.setCrs(QgsCoordinateReferenceSystem(), False)
    context.temporaryLayerStore().addMapLayer(nowhere)
    message = refusal(provider, context, "assesschanges", PREDICTED=two_dates[0], REFERENCE=nowhere)
    assert "'nowhere' has no CRS" in message


def test_single_bands_of_a_scene_point_to_the_tool_that_joins_them(
    provider, context, make_raster, make_model, two_dates
):
    pixels = np.ones((1, 64, 64), np.uint16)
    bands = [make_raster(f"LC08_L2SP_006066_20200101_SR_B{number}.tif", pixels) for number in (4, 5)]
    wanted = "ddpm:stackscene"
    assert wanted in refusal(provider, context, "trainmodel", INPUT=bands, MODEL="TEMPORARY_OUTPUT")
    accepted(provider, context, "trainmodel", INPUT=bands[:1], MODEL="TEMPORARY_OUTPUT")
    good = {"AFTER": two_dates[1], "OUTPUT": "TEMPORARY_OUTPUT"}
    message = refusal(provider, context, "detectchanges", BEFORE=bands[0], **good, MODEL=make_model("m.safetensors", 3))
    assert wanted in message
    assert wanted in refusal(provider, context, "detectchanges", BEFORE=bands[0], **good)


@pytest.mark.parametrize(
    ("name", "band"),
    [
        ("LC08_L2SP_006066_20200101_SR_B4", "B4"),
        ("LT05_L1TP_006066_B1", "B1"),
        ("T32TQM_20200101T101031_B8A_20m", "B8A"),
        ("T32TQM_20200101T101031_B04", "B04"),
        ("scene_band4", "BAND4"),
        ("before", ""),
        ("LC08_L2SP_006066_20200101_02_T1", ""),
        ("club4", ""),
    ],
)
def test_a_band_in_a_files_name(make_raster, name, band):
    layer = QgsRasterLayer(make_raster(f"{name}.tif", np.ones((1, 8, 8), np.uint8)), "layer")
    assert band_in_name(layer) == band
    del layer


def test_single_bands_of_both_dates_are_compared_with_a_warning(provider, context, log, fake_run, make_raster):
    fake_run(Result({}))
    dates = [make_raster(f"{date}_B04.tif", np.ones((1, 64, 64), np.uint8)) for date in ("a", "b")]
    given = {"BEFORE": dates[0], "AFTER": dates[1], "OUTPUT": "TEMPORARY_OUTPUT"}
    _, good = provider.algorithm("detectchanges").run(given, context, log)
    assert good
    assert any("ddpm:stackscene" in words for words in log.warnings)


def test_only_layers_have_to_be_chosen(provider, context, two_dates, make_model, monkeypatch, tmp_path):
    monkeypatch.setenv("QGIS_DDPM_MODELS", str(tmp_path))
    make_model("mine.safetensors", 3)
    for name, values in {
        "trainmodel": {"INPUT": [two_dates[0]]},
        "detectchanges": {"BEFORE": two_dates[0], "AFTER": two_dates[1]},
        "sampletiles": {"MODEL": "mine.safetensors"},
    }.items():
        # As a dialog gives them: each parameter with what it shows, destinations made where they are by default.
        algorithm = provider.algorithm(name).create()
        shown = {each.name(): each.defaultValue() for each in algorithm.parameterDefinitions()}
        for each in algorithm.destinationParameterDefinitions():
            shown[each.name()] = "TEMPORARY_OUTPUT" if each.createByDefault() else None
        good, message = algorithm.checkParameterValues({**shown, **values}, context)
        assert good, message


@pytest.mark.parametrize(
    ("left", "top", "size", "code", "meets"),
    [
        (179.7, 68.2, 0.05, 4326, True),
        (-180.3, 68.2, 0.05, 4326, True),
        (-180.0, 90.0, 22.5, 4326, True),
        (0.0, 90.0, 22.5, 4326, True),
        (2.0e7, 1.05e7, 10000.0, 3857, True),
        (2.0e7 - 40075016.7, 1.05e7, 10000.0, 3857, True),
        (-1.75e6, 1.75e6, 10000.0, 3413, True),
        (170.0, 60.0, 0.05, 4326, False),
    ],
)
def test_layers_that_meet_over_180_degrees_are_not_refused(make_raster, left, top, size, code, meets):
    def layer(name, origin, pixel, epsg):
        width, height = 16, 8
        made = QgsRasterLayer(make_raster(name, np.ones((1, height, width), np.uint8)), name)
        made.setCrs(QgsCoordinateReferenceSystem.fromEpsgId(epsg))
        x, y = origin
        made.extent = lambda: QgsRectangle(x, y - height * pixel, x + width * pixel, y)
        return made

    # Around 180 degrees and 68 north, in both of its zones.
    utm = [layer("w.tif", (618000.0, 7548000.0), 1000.0, 32660), layer("e.tif", (368000.0, 7549000.0), 1000.0, 32601)]
    other = layer("o.tif", (left, top), size, code)
    for one in utm:
        for pair in ((one, other), (other, one)):
            if meets:
                refuse_apart(*pair, QgsCoordinateTransformContext())
            else:
                with pytest.raises(InputError, match="do not overlap"):
                    refuse_apart(*pair, QgsCoordinateTransformContext())
    refuse_apart(*utm, QgsCoordinateTransformContext())


def test_one_layer_for_both_dates_is_refused_but_not_two_dates_in_one_file(provider, context, two_dates, tmp_path):
    same = {"BEFORE": two_dates[0], "AFTER": two_dates[0], "OUTPUT": "TEMPORARY_OUTPUT"}
    link = tmp_path / "link.tif"
    link.symlink_to(two_dates[0])
    for given in (same, {**same, "AFTER": str(link)}, {**same, "BANDS_BEFORE": "1,2"}):
        assert "one raster" in refusal(provider, context, "detectchanges", **given)
    accepted(provider, context, "detectchanges", **same, BANDS_BEFORE="1", BANDS_AFTER="2")


def test_one_layer_for_both_dates_of_a_pair_is_refused(provider, context, two_dates, make_model, tmp_path):
    given = {"BEFORE": [two_dates[0]], "AFTER": [two_dates[0]], "LABELS": [two_dates[1]]}
    given |= {"MODEL": make_model("three.safetensors", 3), "DETECTOR": str(tmp_path / "d.safetensors")}
    assert "one raster" in refusal(provider, context, "traindetector", **given)


def test_a_palette_is_three_bands(provider, context, two_dates, make_raster):
    path = make_raster("palette.tif", np.ones((1, 64, 64), np.uint8))
    raster = gdal.Open(path, gdal.GA_Update)
    table = gdal.ColorTable()
    table.SetColorEntry(1, (200, 100, 50))
    raster.GetRasterBand(1).SetColorTable(table)
    raster = None
    given = {"BEFORE": two_dates[0], "AFTER": path, "OUTPUT": "TEMPORARY_OUTPUT"}
    accepted(provider, context, "detectchanges", **given)
    assert "band 4" in refusal(provider, context, "detectchanges", **given, BANDS_AFTER="1,4", BANDS_BEFORE="1,2")


def test_bands_with_names_may_differ_in_number(provider, context, make_raster):
    paths = []
    for names in (("B2", "B3", "B4"), ("B4", "B2")):
        paths.append(make_raster(f"{len(names)}.tif", np.ones((len(names), 64, 64), np.uint8)))
        raster = gdal.Open(paths[-1], gdal.GA_Update)
        for number, name in enumerate(names, start=1):
            raster.GetRasterBand(number).SetDescription(name)
        raster = None
    accepted(provider, context, "detectchanges", BEFORE=paths[0], AFTER=paths[1], OUTPUT="TEMPORARY_OUTPUT")


def test_files_that_end_as_another_format_are_refused(provider, context, two_dates, tmp_path):
    given = {"PREDICTED": two_dates[0], "REFERENCE": two_dates[1]}
    for name, path in {"REPORT": "r.pdf", "ERROR_MAP": "e.png"}.items():
        assert path in refusal(provider, context, "assesschanges", **given, **{name: str(tmp_path / path)})
    accepted(provider, context, "assesschanges", **given, REPORT=str(tmp_path / "r.HTML"))
