"""Assessment end to end, against counts made over whole arrays at once."""

import json

import numpy as np
import pytest
import rasterio
from affine import Affine
from rasterio.crs import CRS

from qgis_ddpm.core import run
from qgis_ddpm.core.accuracy import strata as assess
from qgis_ddpm.core.outputs.pictures import ERROR_COLOURS
from qgis_ddpm.core.raster.grid import Grid
from qgis_ddpm.errors import InputError, OutputError
from qgis_ddpm.events import Cancelled, Note, Progress, Result
from qgis_ddpm.jobs import AssessChanges

UTM = CRS.from_epsg(32633)
PLACE = Affine(10, 0, 500_000, 0, -10, 5_000_000)


def write(path, array, nodata=None, crs=UTM, place=PLACE):
    array = array if array.ndim == 3 else array[None]
    count, height, width = array.shape
    profile = {"count": count, "height": height, "width": width, "dtype": array.dtype, "nodata": nodata}
    with rasterio.open(path, "w", driver="GTiff", transform=place, crs=crs, **profile) as file:
        file.write(array)
    return str(path)


def assessed(**fields):
    """The outputs, notes and all events of a run."""
    events = list(run(AssessChanges(**fields)))
    assert isinstance(events[-1], Result)
    return events[-1].outputs, [event for event in events if isinstance(event, Note)], events


def random_maps(seed=0, shape=(97, 131)):
    rng = np.random.default_rng(seed)
    reference = rng.random(shape) < 0.3
    return np.where(rng.random(shape) < 0.85, reference, ~reference).astype(np.uint8), reference.astype(np.uint8)


@pytest.fixture
def small_windows(monkeypatch):
    monkeypatch.setattr(assess, "WINDOW_HEIGHT_PX", 32)
    monkeypatch.setattr(assess, "WINDOW_WIDTH_PX", 50)


def by_hand(predicted, reference, counted):
    p, r = predicted[counted] != 0, reference[counted] != 0
    both, alarm, missed, rest = ((p & r).sum(), (p & ~r).sum(), (~p & r).sum(), (~p & ~r).sum())
    total = counted.sum()
    chance = ((both + alarm) * (both + missed) + (missed + rest) * (alarm + rest)) / total**2
    agreed = (both + rest) / total
    return {
        "F1": 2 * both / (2 * both + alarm + missed),
        "IOU": both / (both + alarm + missed),
        "PRECISION": both / (both + alarm),
        "RECALL": both / (both + missed),
        "OA": agreed,
        "KAPPA": (agreed - chance) / (1 - chance),
    }


def test_nodata_and_mask_are_left_out_and_the_error_map_says_it_all(tmp_path, small_windows):
    predicted, reference = random_maps()
    predicted[3:9, 40:90] = 255
    reference[60:70, 10:30] = 9
    mask = np.zeros(predicted.shape, np.uint8)
    mask[20:40, 100:] = 3
    counted = (predicted != 255) & (reference != 9) & (mask == 0)
    outputs, notes, _ = assessed(
        predicted=write(tmp_path / "p.tif", predicted, nodata=255),
        reference=write(tmp_path / "r.tif", reference, nodata=9),
        mask=write(tmp_path / "m.tif", mask),
        block_px=10,
        error_map=str(tmp_path / "errors.tif"),
    )
    assert notes == []
    for name, value in by_hand(predicted, reference, counted).items():
        assert abs(outputs[name] - value) < 1e-12, name
    assert outputs["F1_LOW"] < outputs["F1"] < outputs["F1_HIGH"]
    wanted = np.choose(predicted.clip(0, 1) * 2 + reference.clip(0, 1), [0, 3, 2, 1])
    with rasterio.open(outputs["ERROR_MAP"]) as file:
        np.testing.assert_array_equal(file.read(1), np.where(counted, wanted, 255))
        assert (file.nodata, file.crs, file.transform) == (255, UTM, PLACE)
        colours = file.colormap(1)
    assert all(colours[code] == colour for code, colour in ERROR_COLOURS.items() if code != 255)


def test_with_a_reference_of_no_change_only_pixels_in_either_count(tmp_path, small_windows):
    predicted, reference = random_maps(1)
    changed, unchanged = np.zeros_like(predicted), np.zeros_like(predicted)
    changed[:, 20:60], unchanged[:, 60:110] = reference[:, 20:60], 1 - reference[:, 60:110]
    # Outside both nothing is said; where both speak they contradict each other.
    unchanged[0, 20:24], changed[0, 20:24] = 1, 1
    counted = (changed != 0) ^ (unchanged != 0)
    outputs, notes, _ = assessed(
        predicted=write(tmp_path / "p.tif", predicted),
        reference=write(tmp_path / "c.tif", changed, nodata=0),
        reference_unchanged=write(tmp_path / "u.tif", unchanged, nodata=0),
        block_px=10,
    )
    for name, value in by_hand(predicted, changed, counted).items():
        assert abs(outputs[name] - value) < 1e-12, name
    assert [note.text for note in notes] == [
        "4 pixels are marked both changed and unchanged in the reference; they are left out."
    ]


def test_polygons_as_reference_and_mask(tmp_path, small_windows):
    predicted, _ = random_maps(2)
    files = {}
    for name, (row, col, height, width) in {"reference": (10, 20, 30, 40), "mask": (30, 30, 50, 50)}.items():
        x, y = 500_000 + 10 * col, 5_000_000 - 10 * row
        ring = [[x, y], [x + 10 * width, y], [x + 10 * width, y - 10 * height], [x, y - 10 * height], [x, y]]
        crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32633"}}
        files[name] = tmp_path / f"{name}.geojson"
        files[name].write_text(json.dumps({"type": "Polygon", "coordinates": [ring], "crs": crs}), encoding="utf-8")
    outputs, _, _ = assessed(
        predicted=write(tmp_path / "p.tif", predicted), **{name: str(path) for name, path in files.items()}
    )
    reference, counted = np.zeros(predicted.shape), np.ones(predicted.shape, bool)
    reference[10:40, 20:60] = 1
    counted[30:80, 30:80] = False
    for name, value in by_hand(predicted, reference, counted).items():
        assert abs(outputs[name] - value) < 1e-12, name


def test_the_report_holds_figures_counts_notes_and_pictures(tmp_path):
    predicted, reference = random_maps(3)
    fields = {
        "predicted": write(tmp_path / "p.tif", predicted),
        "reference": write(tmp_path / "r.tif", reference),
        "report": str(tmp_path / "a.html"),
    }
    outputs, notes, _ = assessed(**fields)
    html = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert outputs["REPORT"] == fields["report"]
    assert f"{outputs['F1']:.4g}" in html
    assert f"{np.count_nonzero((predicted == 1) & (reference == 0)):,}" in html
    assert html.count("<img") == 3
    assert "blocks of 64 px only and is too narrow" in notes[0].text
    assert notes[0].text in html
    before = (tmp_path / "a.html").read_bytes()
    assessed(**fields)
    assert (tmp_path / "a.html").read_bytes() == before


@pytest.mark.parametrize(
    ("predicted", "reference", "named"),
    [
        (0, 0, "Neither the reference nor the map has a changed pixel, so F1, IOU, PRECISION, RECALL, KAPPA cannot"),
        (1, 0, "The reference has no changed pixel, so RECALL cannot be computed and is reported as 0."),
        (0, 1, "The map has no changed pixel among those labelled, so PRECISION cannot"),
        (1, 1, "All labelled pixels are changed in the reference and in the map, so KAPPA cannot"),
    ],
)
def test_figures_that_cannot_be_computed_are_named(tmp_path, predicted, reference, named):
    shape = (40, 40)
    outputs, notes, _ = assessed(
        predicted=write(tmp_path / "p.tif", np.full(shape, predicted, np.uint8)),
        reference=write(tmp_path / "r.tif", np.full(shape, reference, np.uint8)),
        block_px=2,
    )
    assert [note.level for note in notes if note.text.startswith(named)] == ["warning"]
    assert outputs["F1"] == float(predicted == reference == 1)


@pytest.mark.parametrize(
    ("change", "message", "level"),
    [
        (lambda a: a * 255, "holds other values than 0 and 1; all but 0 counts as change", "info"),
        (lambda a: a * np.float32(0.4), "holds fractions, and all but 0 counts as change", "warning"),
        (lambda a: np.stack([a, 1 - a]), "has 2 bands; the first is assessed", "warning"),
    ],
)
def test_unusual_change_maps_are_assessed_with_a_note(tmp_path, change, message, level):
    predicted, reference = random_maps(4)
    paths = {"reference": write(tmp_path / "r.tif", reference), "block_px": 8}
    plain, notes, _ = assessed(predicted=write(tmp_path / "p.tif", predicted), **paths)
    assert notes == []
    outputs, notes, _ = assessed(predicted=write(tmp_path / "q.tif", change(predicted)), **paths)
    assert outputs == plain
    assert [note.level for note in notes if message in note.text] == [level]


def test_nodata_0_in_the_reference_is_pointed_out(tmp_path):
    predicted, reference = random_maps(5)
    fields = {"predicted": write(tmp_path / "p.tif", predicted), "block_px": 8}
    path = write(tmp_path / "r.tif", reference, nodata=0)
    outputs, notes, _ = assessed(reference=path, **fields)
    assert outputs["PRECISION"] == 1.0
    assert any("Nodata of" in note.text and note.level == "warning" for note in notes)
    override = json.dumps({path: {"nodata": None}})
    outputs, _, _ = assessed(reference=path, raster_overrides=override, **fields)
    assert outputs["OA"] == pytest.approx((predicted == reference).mean(), abs=1e-12)


def test_where_nothing_can_be_compared_one_sentence_says_why(tmp_path):
    predicted, reference = random_maps(6)
    p, r = write(tmp_path / "p.tif", predicted), write(tmp_path / "r.tif", reference)
    empty = write(tmp_path / "e.tif", np.zeros_like(predicted), nodata=0)
    zeros = write(tmp_path / "z.tif", np.zeros_like(predicted))
    ones = write(tmp_path / "o.tif", np.ones_like(predicted))
    error_map = str(tmp_path / "errors.tif")
    for fields, message in (
        ({"predicted": empty, "reference": r}, "PREDICTED .*e.tif has no valid pixel"),
        ({"predicted": p, "reference": empty}, "labels none of the 12707 valid pixels of PREDICTED"),
        (
            {"predicted": p, "reference": zeros, "reference_unchanged": zeros},
            "and REFERENCE_UNCHANGED mark none of the 12707",
        ),
        ({"predicted": p, "reference": r, "mask": ones}, "MASK .*o.tif hides all 12707 labelled pixels"),
    ):
        with pytest.raises(InputError, match=message):
            assessed(error_map=error_map, **fields)
    assert not list(tmp_path.glob("errors*"))


def test_bad_files_are_refused_and_leave_nothing(tmp_path):
    predicted, _ = random_maps(7)
    p = write(tmp_path / "p.tif", predicted)
    (tmp_path / "text.tif").write_text("no raster", encoding="utf-8")
    with pytest.raises(InputError, match=r"text\.tif cannot be read as a raster"):
        assessed(predicted=p, reference=str(tmp_path / "text.tif"), error_map=str(tmp_path / "errors.tif"))
    # A file where a folder would have to be.
    with pytest.raises(OutputError, match="its folder cannot be made"):
        assessed(predicted=p, reference=p, report=f"{p}/a.html", error_map=str(tmp_path / "e.tif"))
    assert sorted(item.name for item in tmp_path.iterdir()) == ["p.tif", "text.tif"]


@pytest.mark.parametrize("hard", [False, True])
def test_a_stopped_run_leaves_nothing(tmp_path, small_windows, hard):
    predicted, reference = random_maps(8)
    paths = {"predicted": write(tmp_path / "p.tif", predicted), "reference": write(tmp_path / "r.tif", reference)}
    events = run(AssessChanges(**paths, report=str(tmp_path / "a.html"), error_map=str(tmp_path / "e.tif")))
    while not isinstance(next(events), Progress):
        pass
    if hard:
        events.close()
    else:
        last = events.throw(Cancelled())
        assert isinstance(last, Cancelled)
        assert last.kept == {}
        assert list(events) == []
    assert sorted(item.name for item in tmp_path.iterdir()) == ["p.tif", "r.tif"]


def test_taizhou_labels_without_crs_lie_on_the_map(data_dir, tmp_path):
    folder = data_dir / "change" / "taizhou_landsat"
    with rasterio.open(folder / "2000TM") as before, rasterio.open(folder / "2003TM") as after:
        difference = np.abs(after.read().astype(float) - before.read()).sum(axis=0)
        predicted = (difference > 120).astype(np.uint8)
        path = write(tmp_path / "p.tif", predicted, crs=before.crs, place=before.transform)
    changed, unchanged = (rasterio.open(folder / f"{name}.bmp").read(1) for name in ("change", "unchanged"))
    outputs, notes, _ = assessed(
        predicted=path,
        reference=str(folder / "change.bmp"),
        reference_unchanged=str(folder / "unchanged.bmp"),
        error_map=str(tmp_path / "errors.tif"),
    )
    counted = (changed != 0) | (unchanged != 0)
    assert counted.sum() == 4227 + 17163
    for name, value in by_hand(predicted, changed, counted).items():
        assert abs(outputs[name] - value) < 1e-12, name
    assert [note.text.split("bmp ")[1] for note in notes] == ["is laid on the change map pixel by pixel."] * 2
    with rasterio.open(tmp_path / "errors.tif") as file:
        assert file.crs.to_epsg() == 32651
        assert np.count_nonzero(file.read(1) != 255) == counted.sum()


@pytest.mark.parametrize("tag", [-3.4e38, float(np.finfo(np.float32).min), None])
def test_fills_of_float_maps_and_references_count_for_nothing(tmp_path, tag):
    predicted, reference = random_maps(7)
    hidden = np.zeros((2, *predicted.shape), bool)
    hidden[0, :20], hidden[1, :, :30] = True, True
    paths = []
    for name, array, hole in zip("pr", (predicted, reference), hidden, strict=True):
        numbers = np.where(hole, np.finfo(np.float32).min, array).astype(np.float32)
        numbers[hole & (np.arange(hole.shape[1]) % 2 == 0)] = np.nan
        paths.append(write(tmp_path / f"{name}.tif", numbers, nodata=tag))
    outputs, _, _ = assessed(predicted=paths[0], reference=paths[1])
    expected = by_hand(predicted, reference, ~hidden.any(axis=0))
    assert outputs["F1"] == pytest.approx(expected["F1"], abs=1e-12)
    assert outputs["KAPPA"] == pytest.approx(expected["KAPPA"], abs=1e-12)


def test_nodata_of_a_mask_hides_nothing(tmp_path):
    predicted, reference = random_maps(8)
    mask = np.zeros(predicted.shape, np.float32)
    mask[:10], mask[10:20], mask[20:30] = np.nan, np.finfo(np.float32).min, 1
    fields = {"predicted": write(tmp_path / "p.tif", predicted), "reference": write(tmp_path / "r.tif", reference)}
    outputs, _, _ = assessed(**fields, mask=write(tmp_path / "m.tif", mask, nodata=-3.4e38))
    assert outputs["F1"] == pytest.approx(by_hand(predicted, reference, mask != 1)["F1"], abs=1e-12)


@pytest.mark.parametrize(
    ("code", "place"), [(3413, Affine(25000, 0, -1e6, 0, -25000, 2e6)), (4326, Affine(0.5, 0, 160, 0, -0.5, 85))]
)
@pytest.mark.usefixtures("small_windows")
def test_pixels_count_by_their_area_where_they_differ(tmp_path, code, place):
    predicted, reference = random_maps()
    # Wrong where pixels are small, near the pole: figures of areas are better than those of pixels.
    predicted[:30] = 1 - reference[:30]
    crs = CRS.from_epsg(code)
    paths = [write(tmp_path / f"{i}.tif", each, crs=crs, place=place) for i, each in enumerate((predicted, reference))]
    outputs, notes, _ = assessed(predicted=paths[0], reference=paths[1], report=str(tmp_path / "r.html"))
    areas = Grid(place, 131, 97, crs).pixel_areas_m2()
    areas = np.broadcast_to(areas.reshape(97, -1), (97, 131))
    both, wrong = areas[(predicted & reference) == 1].sum(), areas[predicted != reference].sum()
    assert outputs["F1"] == pytest.approx(2 * both / (2 * both + wrong), rel=1e-6)
    assert outputs["OA"] == pytest.approx(1 - wrong / areas.sum(), rel=1e-6)
    assert abs(outputs["OA"] - (predicted == reference).mean()) > 0.002
    assert outputs["F1_LOW"] < outputs["F1"] < outputs["F1_HIGH"]
    assert any("count by their square metres" in note.text for note in notes)
    assert "square metres are compared" in (tmp_path / "r.html").read_text()


@pytest.mark.parametrize("values", [(1, 2), (10, 20), (0, 1, 2)])
def test_a_coding_that_is_no_mask_is_asked_about(tmp_path, values):
    predicted, reference = random_maps()
    coded = np.array(values, np.uint8)[reference + (len(values) - 2)]
    coded[:2, :2] = values[0]
    paths = write(tmp_path / "p.tif", predicted), write(tmp_path / "r.tif", coded)
    _, notes, _ = assessed(predicted=paths[0], reference=paths[1], block_px=16)
    (told,) = [note for note in notes if note.text.startswith("REFERENCE")]
    assert (told.level, "r.tif" in told.text) == ("warning", True)


def test_masks_and_separate_references_are_not_asked_about(tmp_path):
    predicted, reference = random_maps()
    path = write(tmp_path / "p.tif", predicted)
    changed = write(tmp_path / "c.tif", reference * np.uint8(255), nodata=0)
    unchanged = write(tmp_path / "u.tif", np.uint8(1) - reference, nodata=0)
    _, notes, _ = assessed(predicted=path, reference=changed, reference_unchanged=unchanged, block_px=8)
    assert [note.text for note in notes if note.level == "warning"] == []
    _, notes, _ = assessed(predicted=path, reference=write(tmp_path / "m.tif", reference), block_px=8)
    assert [note.text for note in notes if note.level == "warning"] == []


def test_a_map_that_is_its_own_reference_is_told(tmp_path):
    path = write(tmp_path / "p.tif", random_maps()[0])
    _, notes, _ = assessed(predicted=path, reference=path, block_px=8)
    assert any(note.level == "warning" and "one file" in note.text for note in notes)
