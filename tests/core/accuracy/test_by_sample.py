"""A sample drawn, labelled and given back, end to end."""

import json

import numpy as np
import pytest
import rasterio
from affine import Affine
from rasterio.crs import CRS

from qgis_ddpm.core import run
from qgis_ddpm.core.accuracy import strata as strata_room
from qgis_ddpm.core.accuracy.drawing import draw
from qgis_ddpm.core.accuracy.strata import Strata
from qgis_ddpm.core.progress import value_of
from qgis_ddpm.core.raster.grid import Grid
from qgis_ddpm.errors import InputError, JobError
from qgis_ddpm.events import Note, Result
from qgis_ddpm.jobs import AssessChanges
from tests.core.accuracy.test_run import PLACE, UTM, write

SHAPE = (120, 150)
WORDS = {0: "no change", 1: "change"}


def maps(seed=0):
    """A map with errors, and the truth."""
    rng = np.random.default_rng(seed)
    truth = np.zeros(SHAPE, np.uint8)
    truth[10:40, 20:60] = 1
    truth[80:100, 100:140] = 1
    found = np.where(rng.random(SHAPE) < 0.97, truth, 1 - truth).astype(np.uint8)
    return found, truth


def done(**fields):
    events = list(run(AssessChanges(**fields)))
    assert isinstance(events[-1], Result)
    return events[-1].outputs, [event for event in events if isinstance(event, Note)]


def drawn(tmp_path, found, name="sample.geojson", nodata=None, crs=UTM, place=PLACE, **fields):
    path = write(tmp_path / "map.tif", found, nodata=nodata, crs=crs, place=place)
    outputs, notes = done(predicted=path, sample=str(tmp_path / name), **fields)
    assert outputs == {"SAMPLE": str(tmp_path / name)}
    return path, json.loads((tmp_path / name).read_text(encoding="utf-8")), notes


def label(content, truth, place=PLACE, words=WORDS):
    for feature in content["features"]:
        column, row = ~place * feature["geometry"]["coordinates"]
        feature["properties"]["label"] = words[int(truth[int(row), int(column)])]
    return content


def save(tmp_path, content, name="labelled.geojson"):
    (tmp_path / name).write_text(json.dumps(content), encoding="utf-8")
    return str(tmp_path / name)


def test_a_sample_comes_back_with_the_area_and_its_interval(tmp_path):
    found, truth = maps()
    path, content, notes = drawn(tmp_path, found, sample_size=300, report=None)
    assert "300 points are drawn" in notes[0].text
    labels = save(tmp_path, label(content, truth))
    report = str(tmp_path / "r.html")
    outputs, notes = done(predicted=path, sample_labels=labels, report=report)
    area = float(truth.sum()) * 100
    assert outputs["ADJUSTED_AREA_LOW"] < area < outputs["ADJUSTED_AREA_HIGH"]
    assert outputs["ADJUSTED_AREA_LOW"] < outputs["ADJUSTED_AREA"] < outputs["ADJUSTED_AREA_HIGH"]
    assert outputs["F1_LOW"] < outputs["F1"] < outputs["F1_HIGH"]
    assert notes == []
    html = (tmp_path / "r.html").read_text(encoding="utf-8")
    for words in ("To be reported", "Olofsson", "Standard error", "Near change", "Unsure"):
        assert words in html, words
    again, _ = done(predicted=path, sample_labels=labels, report=report)
    assert again == outputs


def test_the_points_lie_in_the_middle_of_different_pixels_and_say_nothing_of_the_map(tmp_path):
    found, _ = maps()
    _, content, _ = drawn(tmp_path, found, sample_size=300)
    places = [~PLACE * feature["geometry"]["coordinates"] for feature in content["features"]]
    assert {(column % 1, row % 1) for column, row in places} == {(0.5, 0.5)}
    assert len(set(places)) == 300
    inside = np.array([found[int(row), int(column)] for column, row in places], int)
    assert 60 <= inside.sum() < 150
    # Neither by a field nor by the order of the points.
    fields = [feature["properties"] for feature in content["features"]]
    assert [each["id"] for each in fields] == list(range(1, 301))
    assert {key for each in fields for key in each} == {"id", "label", "note", "map", "buffer_px", "drawn", "pixel"}
    assert len({tuple(each[key] for key in ("map", "buffer_px", "drawn", "pixel", "label")) for each in fields}) == 1
    halves = inside[:150].sum(), inside[150:].sum()
    assert abs(halves[0] - halves[1]) < 40


def test_neither_windows_nor_anything_but_the_seed_changes_the_sample(tmp_path, monkeypatch):
    found, _ = maps()
    _, first, _ = drawn(tmp_path, found, sample_size=200, sample_buffer_px=2)
    monkeypatch.setattr(strata_room, "WINDOW_HEIGHT_PX", 17)
    monkeypatch.setattr(strata_room, "WINDOW_WIDTH_PX", 40)
    _, second, _ = drawn(tmp_path, found, sample_size=200, sample_buffer_px=2)
    places = [[feature["geometry"]["coordinates"] for feature in each["features"]] for each in (first, second)]
    assert places[0] == places[1]
    _, third, _ = drawn(tmp_path, found, sample_size=200, sample_buffer_px=2, seed=1)
    assert places[0] != [feature["geometry"]["coordinates"] for feature in third["features"]]


def test_a_stratum_near_change_is_drawn_and_found_again(tmp_path):
    found, truth = np.zeros(SHAPE, np.uint8), np.zeros(SHAPE, np.uint8)
    found[20:60, 30:90], truth[17:63, 27:93] = 1, 1
    path, content, notes = drawn(tmp_path, found, sample_size=400, sample_buffer_px=3)
    assert "near change" in notes[0].text
    labels = save(tmp_path, label(content, truth))
    outputs, _ = done(predicted=path, sample_labels=labels, report=str(tmp_path / "r.html"))
    # All that was missed lies near change, where all points say so.
    assert abs(outputs["ADJUSTED_AREA"] - float(truth.sum()) * 100) < 1e-6
    assert "Near change" in (tmp_path / "r.html").read_text(encoding="utf-8")


def test_nodata_and_mask_are_no_part_of_the_sample(tmp_path):
    found, truth = maps()
    found[:30], truth[:30] = 255, 9
    mask = np.zeros(SHAPE, np.uint8)
    mask[:, :25], truth[:, :25] = 1, 9
    fields = {"mask": write(tmp_path / "mask.tif", mask)}
    path, content, _ = drawn(tmp_path, found, nodata=255, sample_size=300, **fields)
    labels = save(tmp_path, label(content, truth))
    outputs, _ = done(predicted=path, sample_labels=labels, **fields)
    assert outputs["ADJUSTED_AREA_LOW"] < float((truth == 1).sum()) * 100 < outputs["ADJUSTED_AREA_HIGH"]
    with pytest.raises(InputError, match="drawn from another map"):
        done(predicted=path, sample_labels=labels)


def test_points_without_label_unsure_and_elsewhere_are_left_out_and_told(tmp_path):
    found, truth = maps()
    path, content, _ = drawn(tmp_path, found, sample_size=300)
    label(content, truth)
    features = content["features"]
    for index, value in enumerate([None, "", "unsure", "Unsure ", "CHANGE", 1, 0.0, True]):
        features[index]["properties"]["label"] = value
    features[20]["geometry"]["coordinates"] = [0, 0]
    features.append(json.loads(json.dumps(features[30])))
    features.append(json.loads(json.dumps(features[31])))
    features[-1]["properties"]["label"] = "change" if features[31]["properties"]["label"] != "change" else "no change"
    _, notes = done(predicted=path, sample_labels=save(tmp_path, content))
    texts = " ".join(note.text for note in notes)
    for words in ("2 of 298 points have no label", "2 of 298 points are unsure", "1 points lie beyond", "counts once"):
        assert words in texts, (words, texts)
    assert "1 pixels have points of different labels" in texts
    del content["features"][40:80]
    _, notes = done(predicted=path, sample_labels=save(tmp_path, content))
    assert "of 300 points that were drawn" in " ".join(note.text for note in notes)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda features: features[3]["properties"].update(label="forest"), "label of point 4 is 'forest'"),
        (lambda features: [each["properties"].pop("label") for each in features], "has no field 'label'"),
        (lambda features: features[3]["properties"].update(map="0" * 16), "points of 2 samples"),
        (lambda features: [each["properties"].update(map="0" * 16) for each in features], "another map"),
        (lambda features: [each["properties"].update(buffer_px="x") for each in features], "buffer_px"),
        (lambda features: [each["properties"].update(buffer_px=10**9) for each in features], "buffer_px"),
        (lambda features: [each["properties"].update(label=None) for each in features], "0 labelled points"),
        (lambda features: features.clear(), "holds no points"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(tmp_path, change, words):
    found, truth = maps()
    path, content, _ = drawn(tmp_path, found, sample_size=300)
    change(label(content, truth)["features"])
    with pytest.raises(InputError, match=words) as refusal:
        done(predicted=path, sample_labels=save(tmp_path, content))
    assert "\n" not in str(refusal.value)
    assert str(refusal.value).startswith("SAMPLE_LABELS")


def test_another_map_is_refused_and_the_same_with_other_values_of_change_is_not(tmp_path):
    found, truth = maps()
    path, content, _ = drawn(tmp_path, found, sample_size=300)
    labels = save(tmp_path, label(content, truth))
    other = write(tmp_path / "other.tif", 1 - found)
    with pytest.raises(InputError, match="drawn from another map than PREDICTED"):
        done(predicted=other, sample_labels=labels)
    same = write(tmp_path / "same.tif", (found * 7).astype(np.float32))
    assert done(predicted=same, sample_labels=labels)[0] == done(predicted=path, sample_labels=labels)[0]


def test_a_sample_of_somebody_else_is_taken_with_a_warning(tmp_path):
    found, truth = maps()
    path, content, _ = drawn(tmp_path, found, sample_size=300)
    for feature in label(content, truth)["features"]:
        feature["properties"] = {"class": int(feature["properties"]["label"] == "change")}
    labels = save(tmp_path, content)
    with pytest.raises(InputError, match="has no field 'label', but class"):
        done(predicted=path, sample_labels=labels)
    outputs, notes = done(predicted=path, sample_labels=labels, label_field="class")
    assert outputs["ADJUSTED_AREA"] > 0
    assert "does not say what it was drawn from" in notes[0].text


@pytest.mark.parametrize("value", [0, 1])
def test_a_map_of_one_class_has_one_stratum(tmp_path, value):
    _, truth = maps()
    path, content, notes = drawn(tmp_path, np.full(SHAPE, value, np.uint8), sample_size=200, sample_buffer_px=2)
    assert ("no changed pixel" in " ".join(note.text for note in notes)) == (value == 0)
    outputs, _ = done(predicted=path, sample_labels=save(tmp_path, label(content, truth)))
    assert outputs["ADJUSTED_AREA_LOW"] < float(truth.sum()) * 100 < outputs["ADJUSTED_AREA_HIGH"]


def test_few_pixels_are_all_drawn_and_then_the_area_is_known(tmp_path):
    found, truth = maps()
    found, truth = found[:12, 15:30], truth[:12, 15:30]
    path, content, _ = drawn(tmp_path, found, sample_size=1000)
    assert len(content["features"]) == found.size
    outputs, _ = done(predicted=path, sample_labels=save(tmp_path, label(content, truth)))
    names = ("ADJUSTED_AREA_LOW", "ADJUSTED_AREA", "ADJUSTED_AREA_HIGH")
    assert [outputs[name] for name in names] == pytest.approx([float(truth.sum()) * 100] * 3)


def test_without_a_crs_areas_are_pixels(tmp_path):
    found, truth = maps()
    place = Affine(1, 0, 0, 0, -1, SHAPE[0])
    path, content, _ = drawn(tmp_path, found, crs=None, place=place, sample_size=300)
    outputs, _ = done(predicted=path, sample_labels=save(tmp_path, label(content, truth, place)))
    assert outputs["ADJUSTED_AREA_LOW"] < truth.sum() < outputs["ADJUSTED_AREA_HIGH"]


def test_in_degrees_pixels_are_drawn_by_their_area(tmp_path):
    # From the equator to 80 degrees north: a pixel at the top has a sixth of the area of one at the bottom.
    shape = (160, 90)
    place, crs = Affine(0.5, 0, 150, 0, -0.5, 80), CRS.from_epsg(4326)
    grid = Grid(place, shape[1], shape[0], crs)
    found = np.zeros(shape, np.uint8)
    found[:, 60:] = 1
    room = Strata(lambda row, col, height, width: found[row : row + height, col : col + width], grid, 0)
    whole = value_of(room.count())
    areas = grid.pixel_areas_m2()
    assert abs(whole.areas.sum() / (areas.sum() * shape[1]) - 1) < 1e-12
    counts = np.array([300, 300, 0])
    rows = np.concatenate([value_of(draw(room, whole, counts, seed))[:, 0] for seed in range(60)])
    by_area = np.cumsum(areas) / areas.sum()
    for share in (0.1, 0.25, 0.5, 0.75):
        row = int(np.searchsorted(by_area, share))
        assert abs((rows <= row).mean() - by_area[row]) < 0.012, share


def test_points_come_back_from_degrees_and_from_the_next_turn_of_the_earth(tmp_path):
    found, truth = maps()
    place, crs = Affine(0.01, 0, 179.5, 0, -0.01, 10), CRS.from_epsg(4326)
    path, content, _ = drawn(tmp_path, found, crs=crs, place=place, sample_size=300)
    label(content, truth, place)
    outputs, notes = done(predicted=path, sample_labels=save(tmp_path, content))
    for feature in content["features"]:
        x, y = feature["geometry"]["coordinates"]
        feature["geometry"]["coordinates"] = [x - 360 if x > 180 else x, y]
    assert done(predicted=path, sample_labels=save(tmp_path, content)) == (outputs, notes)
    found, truth = maps()
    path, content, _ = drawn(tmp_path, found, sample_size=300)
    label(content, truth)
    expected, _ = done(predicted=path, sample_labels=save(tmp_path, content))
    from rasterio.warp import transform

    for feature in content["features"]:
        (x,), (y,) = transform(UTM, CRS.from_epsg(4326), *([each] for each in feature["geometry"]["coordinates"]))
        feature["geometry"]["coordinates"] = [x, y]
    content.pop("crs")
    assert done(predicted=path, sample_labels=save(tmp_path, content))[0] == expected


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "REFERENCE .* is missing"),
        ({"reference": "r", "sample": "s"}, "REFERENCE and SAMPLE are given"),
        ({"sample_labels": "r", "sample": "s"}, "SAMPLE_LABELS and SAMPLE are given"),
        ({"sample": "s", "error_map": "e"}, "ERROR_MAP needs REFERENCE"),
        ({"sample_labels": "s", "reference_unchanged": "e"}, "REFERENCE_UNCHANGED needs REFERENCE"),
        ({"sample": "s", "report": "r"}, "REPORT has nothing to tell"),
        ({"sample": "s", "sample_size": 3}, "SAMPLE_SIZE is 3"),
    ],
)
def test_a_run_does_one_thing(fields, words):
    with pytest.raises(JobError, match=words):
        AssessChanges(predicted="p", **fields).check_task()


def test_a_map_without_pixels_is_refused(tmp_path):
    path = write(tmp_path / "map.tif", np.full(SHAPE, 255, np.uint8), nodata=255)
    with pytest.raises(InputError, match="no valid pixel"):
        done(predicted=path, sample=str(tmp_path / "s.geojson"))
    assert not (tmp_path / "s.geojson").exists()
    path = write(tmp_path / "map.tif", maps()[0])
    mask = write(tmp_path / "mask.tif", np.ones(SHAPE, np.uint8))
    with pytest.raises(InputError, match="hides all"):
        done(predicted=path, mask=mask, sample=str(tmp_path / "s.geojson"))


def test_intervals_of_samples_drawn_anew_hold_the_area(tmp_path):
    """The benchmark area_coverage in small: the whole way, from the raster to the interval."""
    found, truth = maps(3)
    grid = Grid(PLACE, SHAPE[1], SHAPE[0], UTM)
    from qgis_ddpm.core.accuracy.adjusted import stratified_sample
    from qgis_ddpm.core.accuracy.allocation import allocate

    room = Strata(lambda row, col, height, width: found[row : row + height, col : col + width], grid, 0)
    whole = value_of(room.count())
    counts = allocate(whole, 250)
    held, values = 0, []
    for seed in range(300):
        rows, columns = value_of(draw(room, whole, counts, seed)).T
        codes, labels = found[rows, columns], truth[rows, columns]
        each = stratified_sample(whole, np.bincount(codes, minlength=3), np.bincount(codes, labels, 3).astype(np.int64))
        low, high = each.interval()
        held += low <= truth.mean() <= high
        values.append(each.changed_share.value)
    assert 0.92 <= held / 300 <= 0.985
    assert abs(np.mean(values) / truth.mean() - 1) < 0.01


@pytest.mark.parametrize("ending", ["gpkg", "fgb"])
def test_other_formats_come_back_with_their_labels(tmp_path, ending):
    pyogrio = pytest.importorskip("pyogrio")
    found, truth = maps()
    path = write(tmp_path / "map.tif", found)
    sample, labelled = str(tmp_path / f"s.{ending}"), str(tmp_path / f"l.{ending}")
    done(predicted=path, sample=sample, sample_size=300)
    content = label(drawn(tmp_path, found, sample_size=300)[1], truth)
    expected, _ = done(predicted=path, sample_labels=save(tmp_path, content))
    about, _, shapes, columns = pyogrio.raw.read(sample)
    assert about["geometry_type"] == "Point"
    words = {each["properties"]["id"]: each["properties"]["label"] for each in content["features"]}
    # FlatGeobuf has an order of its own.
    columns[1] = np.array([words[number] for number in columns[0]], dtype=object)
    assert list(about["fields"][:2]) == ["id", "label"]
    pyogrio.raw.write(labelled, shapes, columns, about["fields"], crs=about["crs"], geometry_type="Point")
    assert done(predicted=path, sample_labels=labelled)[0] == expected
    pyogrio.raw.write(labelled, shapes, columns[:1], about["fields"][:1], crs=about["crs"], geometry_type="Point")
    with pytest.raises(InputError, match="has no field 'label'"):
        done(predicted=path, sample_labels=labelled)


def test_the_file_opens_as_points(tmp_path):
    _, content, _ = drawn(tmp_path, maps()[0], sample_size=100)
    assert content["crs"]["properties"]["name"] == "urn:ogc:def:crs:EPSG::32633"
    with rasterio.open(tmp_path / "map.tif") as file:
        assert all(
            rasterio.coords.disjoint_bounds(file.bounds, (x, y, x, y)) is False
            for x, y in [feature["geometry"]["coordinates"] for feature in content["features"]]
        )
