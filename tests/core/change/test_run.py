"""The whole job: what must be exact, what must not change a result, and what users get wrong."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from affine import Affine
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from qgis_ddpm.core import run
from qgis_ddpm.core.accuracy.confusion import confusion_of
from qgis_ddpm.core.change import window_scorer as window_pass
from qgis_ddpm.errors import InputError, JobError, ModelFileError
from qgis_ddpm.events import Note, Result
from qgis_ddpm.jobs import DetectChanges
from tests.core.makers.small_model import save_small_model

SIZE = 150
PLACE = {"crs": "EPSG:32618", "transform": Affine(30, 0, 600000, 0, -30, 4500000)}
METHODS = ("irmad", "cva", "features")
Image = NDArray[Any]


def write(path: Path, pixels: Image, **more: Any) -> str:
    height, width = pixels.shape[1:]
    shape = {"count": len(pixels), "height": height, "width": width, "dtype": pixels.dtype.name}
    with rasterio.open(path, "w", **{"driver": "GTiff", "photometric": "minisblack", **shape, **PLACE, **more}) as file:
        file.write(pixels)
    return str(path)


def scene(seed: int, size: int = SIZE) -> NDArray[np.float64]:
    """Three bands of smooth fields that are correlated, about 60 to 180."""
    rng = np.random.default_rng(seed)
    fields = [gaussian_filter(rng.normal(size=(size, size)), 4) for _ in range(3)]
    fields = [field / field.std() for field in fields]
    return np.stack([120 + 20 * fields[0] + 8 * field for field in (fields[1], fields[2], -fields[1])])


def make_pair(folder: Path) -> None:
    """a.tif and b.tif: two dates of a scene, with two changed squares; model.safetensors: a random network.

    The second date is a little blurred, so that detail is matched.
    """
    rng = np.random.default_rng(9)
    before = scene(0) + rng.normal(0, 4, (SIZE, SIZE))
    before += 0.3 * (before - gaussian_filter(before, (0, 0.7, 0.7)))
    after = 1.1 * gaussian_filter(before, (0, 0.5, 0.5)) + 5
    changed = 1.1 * (240 - before) + 5
    after[:, 20:40, 30:60], after[:, 90:130, 80:110] = changed[:, 20:40, 30:60], changed[:, 90:130, 80:110]
    for name, date in (("a", before), ("b", after)):
        write(folder / f"{name}.tif", np.clip(np.rint(date + rng.normal(0, 1.5, date.shape)), 1, 255).astype(np.uint8))
    save_small_model(folder / "model.safetensors", 3, 40.0, 220.0, licence="Research use.")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a pair of dates and a model."""
    folder = tmp_path_factory.mktemp("pair")
    make_pair(folder)
    return folder


def detect(folder: Path, method: str, **fields: Any) -> dict[str, Any]:
    """The outputs of a job, and under "notes" what it said."""
    values = {"before": str(folder / "a.tif"), "after": str(folder / "b.tif"), "output": str(folder / "o.tif")}
    if method == "features":
        values["model"] = str(folder / "model.safetensors")
    events = list(run(DetectChanges(**{**values, "method": method, "device": "cpu", **fields})))
    assert isinstance(events[-1], Result)
    return {**events[-1].outputs, "notes": " ".join(event.text for event in events if isinstance(event, Note))}


def read(path: Any) -> Image:
    with rasterio.open(path) as dataset:
        band: Image = dataset.read(1)
        return band


def scores(folder: Path, method: str, **fields: Any) -> Image:
    return read(detect(folder, method, probability=str(folder / "p.tif"), **fields)["PROBABILITY"])


@pytest.mark.parametrize("method", METHODS)
def test_known_changes_are_found(folder: Path, method: str) -> None:
    outputs = detect(folder, method, probability=str(folder / "p.tif"))
    truth = np.zeros((SIZE, SIZE), dtype=bool)
    truth[20:40, 30:60] = truth[90:130, 80:110] = True
    found = read(outputs["OUTPUT"]) == 1
    counts = [(~found & ~truth).sum(), (found & truth).sum(), (found & ~truth).sum(), (~found & truth).sum()]
    assert confusion_of(counts).precision > 0.85
    # Mirrored values lie near the old ones where these were average: half of a change cannot be seen so.
    assert confusion_of(counts).recall > 0.5
    assert outputs["CHANGED_AREA"] == pytest.approx(found.sum() * 900, rel=1e-9)
    assert outputs["CHANGED_SHARE"] == pytest.approx(found.mean())
    assert outputs["METHOD_USED"] == method
    assert ("model.safetensors: Research use." in outputs["notes"]) == (method == "features")
    assert (found == (read(folder / "p.tif") >= np.float32(outputs["THRESHOLD_USED"]))).all()


@pytest.mark.parametrize("radiometry", ["none", "match"])
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("kind", ["uint8", "uint16", "constant", "float32"])
def test_a_date_against_itself_has_no_change(
    tmp_path: Path, folder: Path, method: str, kind: str, radiometry: str
) -> None:
    pixels = scene(3) * (200 if kind == "uint16" else 0.004 if kind == "float32" else 1)
    if kind == "constant":
        pixels[1:] = 7
    path = write(tmp_path / "a.tif", pixels.astype(kind if kind != "constant" else "uint8"))
    outputs = {"output": str(tmp_path / "o.tif"), "before": path, "after": path, "radiometry": radiometry}
    found = detect(folder, method, probability=str(tmp_path / "p.tif"), **outputs)
    assert found["CHANGED_AREA"] == 0
    assert (read(tmp_path / "p.tif") == 0).all()
    assert (read(tmp_path / "o.tif") == 0).all()


@pytest.mark.parametrize("method", METHODS)
def test_the_same_job_gives_the_same_bytes(folder: Path, method: str) -> None:
    paths = {name: folder / f"{name}.tif" for name in ("output", "probability", "uncertainty")}
    paths["polygons"] = folder / "polygons.geojson"
    fields = {name: str(path) for name, path in paths.items()}
    detect(folder, method, **fields)
    first = [path.read_bytes() for path in paths.values()]
    detect(folder, method, **fields)
    assert [path.read_bytes() for path in paths.values()] == first


@pytest.mark.parametrize("method", METHODS)
def test_how_it_is_read_changes_nothing(folder: Path, method: str) -> None:
    plain = scores(folder, method)
    assert np.abs(scores(folder, method, block_px=37, batch_size=1) - plain).max() < 1e-5
    assert np.abs(scores(folder, method, block_px=64, batch_size=7) - plain).max() < 1e-5


@pytest.mark.parametrize("method", METHODS)
def test_false_alarms_that_are_granted_are_called(folder: Path, method: str) -> None:
    noise = np.random.default_rng(2).normal(0, 3, (3, SIZE, SIZE))
    path = write(folder / "same.tif", np.clip(read_all(folder / "a.tif") + noise, 1, 255).astype(np.uint8))
    for asked in (0.005, 0.03, 0.2):
        assert asked / 2 < detect(folder, method, after=path, false_alarms=asked)["CHANGED_SHARE"] < 2 * asked


@pytest.mark.parametrize("method", METHODS)
def test_context_makes_single_pixels_weaker(folder: Path, method: str) -> None:
    # A speckle of single pixels that differ, and the two squares.
    spots = np.zeros((SIZE, SIZE), dtype=bool)
    spots[50:80:6, 5:140:6] = True
    after = read_all(folder / "b.tif")
    after[:, spots] = 255 - after[:, spots]
    path = write(folder / "speckle.tif", after)
    near, alone = (
        [float(np.median(scores(folder, method, after=path, context_px=px)[where])) for px in (0.0, 3.0)]
        for where in (np.s_[95:125, 85:105], spots)
    )
    assert near[1] / near[0] > 1.2 * alone[1] / alone[0]


def test_what_a_detector_or_a_threshold_decides_is_not_asked_twice() -> None:
    for fields, words in (
        ({"detector": "d.safetensors", "false_alarms": 0.01}, ["FALSE_ALARMS is 0.01", "DETECTOR d.safetensors"]),
        ({"detector": "d.safetensors", "context_px": 2.0}, ["CONTEXT_PX is 2", "DETECTOR d.safetensors"]),
        ({"threshold": 0.5, "false_alarms": 0.01}, ["FALSE_ALARMS is 0.01", "THRESHOLD 0.5"]),
    ):
        with pytest.raises(JobError) as error:
            DetectChanges(before="a.tif", after="b.tif", output="o.tif", **fields)
        assert all(word in str(error.value) for word in words)


def test_a_wide_raster_in_pieces_has_the_same_bytes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [folder / f"{name}.tif" for name in ("o", "p", "u")]
    fields = dict(zip(("output", "probability", "uncertainty"), map(str, paths), strict=True))
    detect(folder, "features", **fields)
    whole = [path.read_bytes() for path in paths]
    monkeypatch.setattr(window_pass, "STRIP_COLUMNS", 40)
    detect(folder, "features", **fields)
    assert [path.read_bytes() for path in paths] == whole


@pytest.mark.parametrize("method", METHODS)
def test_an_extent_has_the_same_scores_and_threshold(folder: Path, method: str) -> None:
    plain, whole = scores(folder, method), detect(folder, method)
    part = detect(folder, method, extent="601200,603000,4497000,4499100", probability=str(folder / "p.tif"))
    found = read(part["PROBABILITY"])
    assert found.shape == (70, 60)
    assert np.abs(found - plain[30:100, 40:100]).max() < 1e-6
    assert part["THRESHOLD_USED"] == whole["THRESHOLD_USED"]
    with rasterio.open(part["OUTPUT"]) as dataset:
        assert dataset.bounds == (601200, 4497000, 603000, 4499100)


@pytest.mark.parametrize("method", METHODS)
def test_swapped_dates_have_the_same_scores(folder: Path, method: str) -> None:
    swapped = scores(folder, method, before=str(folder / "b.tif"), after=str(folder / "a.tif"))
    assert np.abs(swapped - scores(folder, method)).max() < 1e-5


@pytest.mark.parametrize("method", METHODS)
def test_what_either_date_lacks_has_no_score(tmp_path: Path, folder: Path, method: str) -> None:
    before, after = read_all(folder / "a.tif"), read_all(folder / "b.tif")
    before[:, :64, :64], after[1, 100, 100] = 0, 0
    paths = {
        "before": write(tmp_path / "a.tif", before, nodata=0),
        "after": write(tmp_path / "b.tif", after, nodata=0),
        "output": str(tmp_path / "o.tif"),
        "probability": str(tmp_path / "p.tif"),
        "uncertainty": str(tmp_path / "u.tif"),
    }
    detect(folder, method, **paths)
    missing = np.zeros((SIZE, SIZE), dtype=bool)
    missing[:64, :64] = missing[100, 100] = True
    assert ((read(paths["output"]) == 255) == missing).all()
    for name in ("probability", "uncertainty"):
        assert (np.isnan(read(paths[name])) == missing).all()


def read_all(path: Path) -> Image:
    with rasterio.open(path) as dataset:
        pixels: Image = dataset.read()
        return pixels


def test_uncertainty_is_the_spread_over_draws(folder: Path) -> None:
    paths = {"probability": str(folder / "p.tif"), "uncertainty": str(folder / "u.tif")}
    outputs = detect(folder, "features", **paths)
    assert "4 are taken" in outputs["notes"]
    four = read(paths["probability"])
    each = [scores_of_draws(folder, draws) * draws for draws in (1, 2, 3, 4)]
    single = np.diff(np.stack([np.zeros_like(four), *each]), axis=0)
    assert np.abs(single.mean(axis=0) - four).max() < 1e-5
    assert np.abs(single.std(axis=0) - read(paths["uncertainty"])).max() < 1e-4
    assert read(paths["uncertainty"]).max() > 1e-3


def scores_of_draws(folder: Path, draws: int) -> Image:
    return scores(folder, "features", draws=draws)


@pytest.mark.parametrize("method", METHODS)
def test_polygons_and_sieve(folder: Path, method: str) -> None:
    plain = read(detect(folder, method)["OUTPUT"]) == 1
    outputs = detect(folder, method, min_area=9000, polygons=str(folder / "p.geojson"))
    found = read(outputs["OUTPUT"]) == 1
    assert (found <= plain).all()
    features = json.loads(Path(outputs["POLYGONS"]).read_text())["features"]
    assert features
    assert min(feature["properties"]["area_m2"] for feature in features) >= 9000
    assert sum(feature["properties"]["area_m2"] for feature in features) == pytest.approx(outputs["CHANGED_AREA"])


@pytest.mark.parametrize("method", METHODS)
def test_detail_is_matched_where_dates_may_be_aligned(folder: Path, method: str) -> None:
    assert "a filter of 3 x 3 px matches the detail of the first date" in detect(folder, method)["notes"]
    assert "filter" not in detect(folder, method, align=False)["notes"]


def test_a_given_threshold_is_used(folder: Path) -> None:
    outputs = detect(folder, "cva", threshold=0.2, probability=str(folder / "p.tif"))
    assert outputs["THRESHOLD_USED"] == 0.2
    assert ((read(outputs["OUTPUT"]) == 1) == (read(folder / "p.tif") >= np.float32(0.2))).all()


def test_matched_radiometry_takes_gain_and_offset_away(folder: Path) -> None:
    notes = detect(folder, "cva", radiometry="match")["notes"]
    gains = [float(part.split("x")[0]) for part in notes.split("become")[1].split(";")]
    assert gains == pytest.approx([1 / 1.1] * 3, rel=0.02)


def test_auto_takes_irmad_and_features_a_model_that_fits(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qgis_ddpm.core.change.choose.list_models", lambda: [])
    with pytest.raises(ModelFileError, match="METHOD irmad"):
        detect(folder, "features", model=None)
    monkeypatch.setattr("qgis_ddpm.core.change.choose.list_models", lambda: [str(folder / "model.safetensors")])
    found = detect(folder, "features", model=None)
    assert found["METHOD_USED"] == "features"
    assert "model.safetensors" in found["notes"]
    plain, named = detect(folder, "auto"), detect(folder, "auto", model=str(folder / "model.safetensors"))
    # Whoever names a model wants it read, and is told what measured better.
    assert (plain["METHOD_USED"], named["METHOD_USED"]) == ("irmad", "features")
    assert "METHOD auto: irmad." in plain["notes"]
    assert "irmad measured better" in named["notes"]
    other = write(tmp_path / "c.tif", np.ones((2, SIZE, SIZE), dtype=np.uint8))
    with pytest.raises(ModelFileError, match="3 bands"):
        detect(folder, "features", before=other, after=other)


def test_a_raster_without_crs_counts_pixels(tmp_path: Path, folder: Path) -> None:
    paths = [write(tmp_path / f"{name}.tif", read_all(folder / f"{name}.tif"), crs=None) for name in "ab"]
    found = detect(folder, "irmad", before=paths[0], after=paths[1])
    assert found["CHANGED_AREA"] == (read(found["OUTPUT"]) == 1).sum()
    assert "no CRS" in found["notes"]


def test_wrong_input_is_one_sentence_and_leaves_nothing(tmp_path: Path, folder: Path) -> None:
    empty = write(tmp_path / "e.tif", np.zeros((3, SIZE, SIZE), dtype=np.uint8), nodata=0)
    some = read_all(folder / "a.tif")
    some[:, :100] = 0
    partial = write(tmp_path / "s.tif", some, nodata=0)
    output = tmp_path / "out"
    output.mkdir()
    cases = [
        ({"before": empty}, InputError, "valid in both"),
        ({"before": partial, "extent": "600000,600300,4499700,4500000"}, InputError, "EXTENT"),
        ({"extent": "0,10,0,10"}, InputError, "does not touch"),
        ({"method": "features", "model": str(folder / "model.safetensors"), "overlap_px": 32}, JobError, "OVERLAP_PX"),
        ({"before": str(folder / "model.safetensors")}, InputError, "cannot be read"),
    ]
    for fields, error, message in cases:
        method = str(fields.pop("method", "irmad"))
        with pytest.raises(error, match=message):
            detect(folder, method, output=str(output / "o.tif"), probability=str(output / "p.tif"), **fields)
        assert list(output.iterdir()) == []


@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
def test_published_pair_reaches_published_figures(data_dir: Path, tmp_path: Path) -> None:
    pair = data_dir / "change" / "taizhou_landsat"
    changed, unchanged = (read(pair / f"{name}.bmp") > 0 for name in ("change", "unchanged"))
    figures = {}
    for method in ("irmad", "cva"):
        outputs = detect(tmp_path, method, before=str(pair / "2000TM"), after=str(pair / "2003TM"))
        found = read(outputs["OUTPUT"]) == 1
        counts = [
            (~found & unchanged).sum(),
            (found & changed).sum(),
            (found & unchanged).sum(),
            (~found & changed).sum(),
        ]
        figures[method] = confusion_of(counts).f1
    assert figures["irmad"] > 0.95
    assert figures["cva"] > 0.92
