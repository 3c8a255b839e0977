"""Assessment of tiles end to end: the verdict is right on rasters whose faults are known."""

import re

import numpy as np
import pytest
import rasterio
from affine import Affine
from PIL import Image
from rasterio.crs import CRS

from qgis_ddpm.core import run
from qgis_ddpm.core.quality import feature_network as tile_features
from qgis_ddpm.core.quality.scores import Score, summarised
from qgis_ddpm.errors import InputError, JobError
from qgis_ddpm.events import Cancelled, Note, Progress, Result
from qgis_ddpm.jobs import AssessTiles

UTM = CRS.from_epsg(32633)
DISTANCES = ("KID", "FD", "STRUCTURE", "SPECTRUM_DISTANCE", "BAND_CORRELATION")
SHARES = ("PRECISION", "RECALL", "DENSITY", "COVERAGE")


def write(path, array, nodata=None, crs=UTM, **tags):
    count, height, width = array.shape
    profile = {"count": count, "height": height, "width": width, "dtype": array.dtype, "nodata": nodata}
    place = Affine(10, 0, 500_000, 0, -10, 5_000_000)
    with rasterio.open(path, "w", driver="GTiff", transform=place, crs=crs, **profile) as file:
        file.write(array)
        file.update_tags(**tags)
    return str(path)


def scene(seed, side=256, bands=2):
    """Fields with edges and a fine grain, in uint16; bands that go together."""
    random = np.random.default_rng(seed)
    fields = random.integers(300, 3000, (side // 8, side // 8)).repeat(8, axis=0).repeat(8, axis=1)
    grain = random.normal(0, 60, (bands, side, side))
    return (fields * np.linspace(1, 0.6, bands)[:, None, None] + grain).clip(1, 60_000).astype(np.uint16)


def assessed(**fields):
    events = list(run(AssessTiles(**fields)))
    assert isinstance(events[-1], Result)
    return events[-1].outputs, [event for event in events if isinstance(event, Note)], events


@pytest.fixture(autouse=True)
def short_training(request, monkeypatch):
    """Few steps, where it does not matter what the features see."""
    steps = 60 if "full_training" in request.fixturenames else 1
    monkeypatch.setattr(tile_features.learn_features, "__defaults__", (steps, tile_features.TASKS))


@pytest.fixture
def full_training():
    """For tests whose outcome rests on the features."""


@pytest.fixture
def places(tmp_path):
    return {
        "real": write(tmp_path / "real.tif", scene(0)),
        "new": write(tmp_path / "new.tif", scene(1), TILE_PX="16"),
        "noisy": write(tmp_path / "noisy.tif", scene(1) + scene(2)[::-1] % 300, TILE_PX="16"),
    }


def test_tiles_of_the_same_kind_are_at_the_floor_and_faulty_ones_are_not(places, full_training):
    good, notes, events = assessed(tiles=places["new"], reference=(places["real"],))
    assert notes[0].text.startswith("256 synthetic tiles and 256 real ones of 16 px with 2 bands")
    assert set(good) == {f"{name}{floor}" for name in (*DISTANCES, *SHARES) for floor in ("", "_FLOOR")}
    texts = [event.text for event in events if isinstance(event, Progress)]
    assert texts == sorted(
        texts, key=["reading TILES", "reading REFERENCE", "learning what to look at", "comparing"].index
    )
    bad, _, _ = assessed(tiles=places["noisy"], reference=(places["real"],))
    for name in DISTANCES:
        assert good[name] < 2 * good[f"{name}_FLOOR"] + 0.05, name
        assert bad[name] > good[name] + 2 * abs(good[name] - good[f"{name}_FLOOR"]), name
    for name in SHARES:
        assert abs(good[name] - good[f"{name}_FLOOR"]) < 0.1, name
        assert bad[name] < 0.8 * good[name], name
    # The floor is of the real tiles alone.
    assert bad["FD_FLOOR"] == good["FD_FLOOR"]


def test_the_same_job_gives_the_same_numbers_and_the_report_says_them(places, tmp_path):
    fields = {"tiles": places["new"], "reference": (places["real"],), "training": (places["real"],), "tile_px": 32}
    first, notes, _ = assessed(**fields, report=str(tmp_path / "first.html"))
    second, _, _ = assessed(**fields, report=str(tmp_path / "second.html"))
    assert first.pop("REPORT") == str(tmp_path / "first.html")
    assert second.pop("REPORT") != str(tmp_path / "first.html")
    assert first == second
    page = (tmp_path / "first.html").read_text(encoding="utf-8")
    assert page == (tmp_path / "second.html").read_text(encoding="utf-8")
    for text in ("Synthetic and real", "Where they differ", "Power spectra", "Copies", "COVERAGE"):
        assert text in page
    assert page.count("<img") == 8
    # The real tiles lie in the training raster, so nothing unseen is left to judge by.
    assert "MEMORISATION" not in first
    assert any("MEMORISATION cannot be judged" in note.text for note in notes)


def test_copies_of_the_training_raster_are_told_from_new_tiles(places, tmp_path):
    unseen = write(tmp_path / "unseen.tif", scene(3))
    fields = {"reference": (unseen,), "training": (places["real"],)}
    copied, _, _ = assessed(tiles=write(tmp_path / "c.tif", scene(0)[:, 5:101, 3:99], TILE_PX="16"), **fields)
    assert copied["MEMORISATION"] > 0.95
    new, _, _ = assessed(tiles=places["new"], **fields)
    assert new["MEMORISATION"] < 0.15
    assert 0 < new["MEMORISATION_FLOOR"] < 0.15


def test_folders_of_images_with_one_band(tmp_path):
    for name, seed in (("tiles", 0), ("real", 1)):
        (tmp_path / name).mkdir()
        for number, row in enumerate(range(0, 256, 32)):
            for col in range(0, 256, 64):
                pixels = (scene(seed, bands=1)[0, row : row + 12, col : col + 12] / 16).astype(np.uint8)
                Image.fromarray(pixels).save(tmp_path / name / f"{number}_{col}.png")
    outputs, notes, _ = assessed(tiles_folder=str(tmp_path / "tiles"), reference_folder=str(tmp_path / "real"))
    assert "BAND_CORRELATION" not in outputs
    assert notes[0].text.startswith("32 synthetic tiles and 32 real ones of 12 px with 1 band ")
    assert any("only large faults" in note.text and note.level == "warning" for note in notes)


def test_bands_are_chosen_of_the_real_rasters(places, tmp_path):
    four = write(tmp_path / "four.tif", scene(4, bands=4))
    with pytest.raises(InputError, match="2 bands and REFERENCE has 4"):
        assessed(tiles=places["new"], reference=(four,))
    outputs, _, _ = assessed(tiles=places["new"], reference=(four,), bands="1,2")
    assert np.isfinite(list(outputs.values())).all()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"tile_px": 512}, ["512 px", "TILES"]),
        ({"tile_px": 128}, ["gives 4 tiles", "8 are needed"]),
        ({"tiles": "empty"}, ["TILES", "valid"]),
        ({"tiles": "absent"}, ["absent.tif", "does not exist"]),
        ({"tiles": "text"}, ["text.tif"]),
        ({"training_folder": "nothing"}, ["nothing"]),
    ],
)
def test_what_cannot_be_compared_is_told(places, tmp_path, fields, words):
    write(tmp_path / "empty.tif", np.zeros((2, 64, 64), np.uint8), nodata=0)
    (tmp_path / "text.tif").write_text("no raster", encoding="utf-8")
    given = {"tiles": places["new"], "reference": (places["real"],), **fields}
    if given["tiles"] in ("empty", "absent", "text"):
        given["tiles"] = str(tmp_path / f"{given['tiles']}.tif")
    with pytest.raises(InputError) as caught:
        assessed(**given)
    for word in words:
        assert word in str(caught.value)


def test_constant_and_nan_bands(tmp_path):
    pixels = scene(0).astype(np.float32)
    pixels[1] = 7
    pixels[:, :30, :30] = np.nan
    path = write(tmp_path / "a.tif", pixels)
    outputs, _, _ = assessed(tiles=path, reference=(path,), tile_px=16)
    assert np.isfinite(list(outputs.values())).all()


def test_one_side_is_not_enough():
    with pytest.raises(JobError, match="TILES and TILES_FOLDER"):
        AssessTiles(reference=("a.tif",))
    with pytest.raises(JobError, match="REFERENCE and REFERENCE_FOLDER"):
        AssessTiles(tiles="a.tif")


@pytest.mark.parametrize("text", ["reading REFERENCE", "learning what to look at", "comparing"])
def test_a_wish_to_stop_leaves_nothing(places, tmp_path, text):
    report = tmp_path / "report.html"
    events = run(AssessTiles(tiles=places["new"], reference=(places["real"],), report=str(report)))
    while not re.match(text, getattr(next(events), "text", "")):
        pass
    last = events.throw(Cancelled())
    assert isinstance(last, Cancelled)
    assert last.kept == {}
    assert list(tmp_path.glob("report*")) == []


def test_a_score_within_two_deviations_of_its_floor_is_as_real():
    assert Score("FD", 1.19, 0, 1, 0.1).is_at_floor
    assert not Score("FD", 1.21, 0, 1, 0.1).is_at_floor
    assert Score("RECALL", 0.81, 0, 1, 0.1).is_at_floor
    assert not Score("RECALL", 0.79, 0, 1, 0.1).is_at_floor
    found = summarised("FD", [1, 3], [0, 2, 4])
    assert (found.value, found.spread, found.floor, found.floor_spread) == (2, 1, 2, 2)
