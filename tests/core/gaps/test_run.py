"""The whole job: what must be exact, what must not change a result, and what users get wrong."""

import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from rasterio.enums import ColorInterp
from scipy.ndimage import gaussian_filter

from qgis_ddpm.core import run
from qgis_ddpm.core.dry_run import estimate
from qgis_ddpm.core.gaps import filling as filling_module
from qgis_ddpm.errors import InputError, JobError
from qgis_ddpm.events import Cancelled, Note, Result
from qgis_ddpm.jobs import FillGaps
from tests.core.change.test_run import write

SIDE = 80


@pytest.fixture(scope="module")
def scene() -> tuple[np.ndarray, np.ndarray]:
    """Two bands of this date and of another, about 100."""
    rng = np.random.default_rng(0)
    base, own, later = (gaussian_filter(rng.normal(size=(2, SIDE, SIDE)), (0, 2, 2)) for _ in range(3))
    this, other = base + 0.3 * own, base + 0.3 * later
    return 100 + 200 * this, 80 + 150 * other


@pytest.fixture(scope="module")
def gap() -> np.ndarray:
    """Stripes of 6 px."""
    rows, columns = np.indices((SIDE, SIDE))
    return (rows + columns // 3) % 24 < 6


def fill(folder: Path, **fields: Any) -> dict[str, Any]:
    """The outputs of a job, and under "notes" what it said."""
    values = {"input": str(folder / "a.tif"), "output": str(folder / "o.tif"), **fields}
    events = list(run(FillGaps(**values)))
    assert isinstance(events[-1], Result)
    return {**events[-1].outputs, "notes": " ".join(event.text for event in events if isinstance(event, Note))}


def read(path: Any) -> np.ndarray:
    with rasterio.open(path) as dataset:
        return dataset.read()


@pytest.mark.parametrize(
    ("dtype", "nodata"),
    [
        *(("uint8", 0), ("int8", -128), ("uint16", 65535), ("int32", -(2**31)), ("uint32", 7), ("int64", -1)),
        *(("uint64", 0), ("float32", np.nan), ("float64", -9999.0), ("float32", np.finfo(np.float32).min)),
    ],
)
def test_known_pixels_are_equal_to_the_bit(tmp_path, scene, gap, dtype, nodata):
    kind = np.dtype(dtype)
    truth = np.rint(scene[0]) if kind.kind in "iu" else scene[0]
    pixels = truth.clip(1, 120).astype(kind)
    if kind.itemsize == 8:
        # More digits than float32 has.
        pixels = pixels + kind.type(2**40 + 1) if kind.kind != "f" else pixels + 1e-12
    pixels[:, gap] = nodata
    write(tmp_path / "a.tif", pixels, nodata=nodata)
    outputs = fill(tmp_path, spread=str(tmp_path / "s.tif"), filled=str(tmp_path / "f.tif"))
    with rasterio.open(tmp_path / "o.tif") as dataset:
        found = dataset.read()
        assert dataset.dtypes[0] == dtype
        assert dataset.nodata == nodata or (np.isnan(nodata) and np.isnan(dataset.nodata))
        assert dataset.tags()["SYNTHETIC"] == "PART"
    assert found[:, ~gap].tobytes() == pixels[:, ~gap].tobytes()
    assert not (found[:, gap] == nodata).any()
    assert np.isfinite(found.astype(np.float64)).all()
    assert outputs["FILLED_SHARE"] == pytest.approx(gap.mean())
    assert outputs["METHOD_USED"] in ("kriging", "kriging+interpolation")
    spread, filled = read(tmp_path / "s.tif"), read(tmp_path / "f.tif")
    assert ((spread > 0) == gap).all()
    assert (filled[0] == gap).all()


def test_fills_are_better_than_the_mean_and_another_date_is_better_still(tmp_path, scene, gap):
    pixels = scene[0].astype(np.float32)
    write(tmp_path / "a.tif", np.where(gap, np.float32(-1), pixels), nodata=-1)
    write(tmp_path / "b.tif", scene[1].astype(np.float32))
    errors = {}
    for name, more in (("kriging", {}), ("other", {"other": (str(tmp_path / "b.tif"),)})):
        outputs = fill(tmp_path, spread=str(tmp_path / "s.tif"), **more)
        off = (read(tmp_path / "o.tif") - pixels)[:, gap]
        errors[name] = np.sqrt((off**2).mean())
        assert 0.75 < outputs["EXPECTED_RMSE"] / errors[name] < 1.4
        inside = np.abs(off) <= 1.6449 * read(tmp_path / "s.tif")[:, gap]
        assert 0.82 < inside.mean() < 0.98
    assert "regression" in outputs["METHOD_USED"]
    assert errors["kriging"] < 0.6 * pixels.std()
    assert errors["other"] < 0.9 * errors["kriging"]


def test_a_plane_is_continued_as_gdal_does_and_its_edge_is_no_gap(tmp_path):
    # Kriging falls back to the mean far from data; the distance to known pixels on all sides does not.
    rows, columns = np.indices((SIDE, SIDE))
    plane = (rows + 2.0 * columns)[None].astype(np.float32)
    hole = np.hypot(rows - 40, columns - 40) < 18
    write(tmp_path / "a.tif", np.where(hole, np.float32(-1), plane + 5), nodata=-1)
    outputs = fill(tmp_path)
    off = (read(tmp_path / "o.tif") - plane - 5)[:, hole]
    assert np.abs(off).max() < 0.1 * plane.std()
    # Beside a hole of 16 % of the raster, all that lies beyond its edge would be most of what is missing.
    assert outputs["FILLED_SHARE"] == pytest.approx(hole.mean())
    assert set(outputs["METHOD_USED"].split("+")) <= {"kriging", "interpolation"}


def test_a_raster_without_a_gap_gives_itself(tmp_path, scene):
    pixels = scene[0].astype(np.uint8)
    write(tmp_path / "a.tif", pixels)
    outputs = fill(tmp_path, spread=str(tmp_path / "s.tif"), filled=str(tmp_path / "f.tif"))
    assert (read(tmp_path / "o.tif") == pixels).all()
    assert (outputs["FILLED_SHARE"], outputs["EXPECTED_RMSE"], outputs["METHOD_USED"]) == (0, 0, "none")
    assert not read(tmp_path / "s.tif").any()
    assert "no gap" in outputs["notes"]


def test_the_part_asked_for_and_windows_change_no_pixel(tmp_path, scene, gap, monkeypatch):
    write(tmp_path / "a.tif", np.where(gap, np.float32(0), scene[0].astype(np.float32)), nodata=0)
    write(tmp_path / "b.tif", scene[1].astype(np.float32))
    more = {"other": (str(tmp_path / "b.tif"),), "draws": 1, "draws_folder": str(tmp_path / "d")}
    fill(tmp_path, **more)
    whole, drawn = read(tmp_path / "o.tif"), read(tmp_path / "d" / "draw_001.tif")
    with rasterio.open(tmp_path / "a.tif") as dataset:
        left, top = dataset.transform * (13, 21)
        right, bottom = dataset.transform * (60, 70)
    monkeypatch.setattr(filling_module, "FILL_PX", 40)
    fill(tmp_path, extent=f"{left},{right},{bottom},{top}", **more)
    assert np.abs(read(tmp_path / "o.tif") - whole[:, 21:70, 13:60]).max() < 1e-5
    assert np.abs(read(tmp_path / "d" / "draw_001.tif") - drawn[:, 21:70, 13:60]).max() < 1e-3


def test_draws_are_as_rough_as_what_is_known_and_differ(tmp_path, scene, gap):
    pixels = scene[0].astype(np.float32)
    write(tmp_path / "a.tif", np.where(gap, np.float32(-1), pixels), nodata=-1)
    fill(tmp_path, draws=2, draws_folder=str(tmp_path / "d"))
    first, second = (read(tmp_path / "d" / f"draw_00{number}.tif") for number in (1, 2))

    def texture(values):
        return np.hypot(*np.gradient(values, axis=(1, 2)))[:, gap].mean()

    assert (first[:, ~gap] == pixels[:, ~gap]).all()
    assert np.abs(first - second)[:, gap].mean() > 0.5
    assert 0.85 < texture(first) / texture(pixels) < 1.15


def test_a_run_goes_on_to_the_same_bytes(tmp_path, scene, gap, monkeypatch):
    monkeypatch.setattr(filling_module, "FILL_PX", 32)
    write(tmp_path / "a.tif", np.where(gap, 0, scene[0]).astype(np.uint16), nodata=0)
    fill(tmp_path, spread=str(tmp_path / "s.tif"))
    expected = [(tmp_path / name).read_bytes() for name in ("o.tif", "s.tif")]
    job = FillGaps(input=str(tmp_path / "a.tif"), output=str(tmp_path / "o2.tif"), spread=str(tmp_path / "s2.tif"))
    events, last = run(job), None
    for event in events:
        if getattr(event, "text", "") == "filling" and event.done >= 4:
            last = events.throw(Cancelled())
            break
    list(events)
    assert isinstance(last, Cancelled)
    assert os.path.exists(tmp_path / "o2.tif.part")
    assert not os.path.exists(tmp_path / "o2.tif")
    again = list(run(job))
    assert any(isinstance(event, Note) and "Going on" in event.text for event in again)
    assert [(tmp_path / name).read_bytes() for name in ("o2.tif", "s2.tif")] == expected
    assert not os.path.exists(tmp_path / "o2.tif.part")


def test_another_date_may_have_gaps_and_another_grid(tmp_path, scene, gap):
    write(tmp_path / "a.tif", np.where(gap, np.float32(-1), scene[0].astype(np.float32)), nodata=-1)
    other = scene[1].astype(np.float32)
    other[:, 30:50] = np.nan
    with rasterio.open(tmp_path / "a.tif") as dataset:
        moved = dataset.transform * dataset.transform.translation(3.4, 0)
    write(tmp_path / "b.tif", other[:, :, 4:], nodata=np.nan, transform=moved)
    write(tmp_path / "c.tif", np.roll(other, 40, axis=1)[:1], nodata=np.nan)
    outputs = fill(tmp_path, other=(str(tmp_path / "b.tif"), str(tmp_path / "c.tif")), method="regression")
    assert outputs["METHOD_USED"] == "regression"
    found = read(tmp_path / "o.tif")
    assert np.isfinite(found).all()
    assert np.sqrt(((found - scene[0])[:, gap] ** 2).mean()) < 0.6 * scene[0].std()


def test_marks_of_a_mask_are_missing_and_grow(tmp_path, scene):
    pixels = scene[0].astype(np.uint16)
    write(tmp_path / "a.tif", pixels)
    codes = np.full((1, SIDE, SIDE), 21824, np.uint16)
    codes[0, 20:30, 20:30] |= 1 << 3
    write(tmp_path / "qa.tif", codes)
    more = {"mask": str(tmp_path / "qa.tif"), "filled": str(tmp_path / "f.tif")}
    fill(tmp_path, mask_values="landsat-qa", **more)
    filled = read(tmp_path / "f.tif")[0]
    assert filled.sum() == 100
    fill(tmp_path, mask_values="bit3", grow_px=3, **more)
    wider = read(tmp_path / "f.tif")[0]
    assert wider[17, 25] == 1 > wider[16, 25]
    assert wider[25, 33 - 1] == 1 > wider[25, 33]


def test_pixels_too_far_from_known_ones_are_left(tmp_path, scene):
    pixels = scene[0].astype(np.float32)
    pixels[:, 20:60, 20:60] = np.nan
    write(tmp_path / "a.tif", pixels, nodata=np.nan)
    outputs = fill(tmp_path, distance_px=5, filled=str(tmp_path / "f.tif"), spread=str(tmp_path / "s.tif"))
    filled, found = read(tmp_path / "f.tif")[0], read(tmp_path / "o.tif")
    assert (filled[25:55, 25:55] == 2).all()
    assert (np.isnan(found) == (filled == 2)).all()
    assert (filled[20:25, 30] == 1).all()
    assert "DISTANCE_PX" in outputs["notes"]


def test_a_band_that_is_known_where_others_are_not_is_kept(tmp_path, scene, gap):
    pixels = scene[0].astype(np.float32)
    pixels[0, gap] = np.nan
    write(tmp_path / "a.tif", pixels)
    fill(tmp_path)
    found = read(tmp_path / "o.tif")
    assert (found[1] == pixels[1]).all()
    assert np.isfinite(found).all()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"method": "regression"}, "OTHER"),
        ({"mask_values": "3"}, "MASK"),
        ({"mask": "m.tif", "mask_values": "cloud"}, "'cloud'"),
        ({"mask": "m.tif", "mask_values": "bit99"}, "'bit99'"),
        ({"grow_px": 2}, "GROW_PX"),
        ({"draws": 3}, "DRAWS_FOLDER"),
    ],
)
def test_fields_that_do_not_fit_are_refused(fields, words):
    with pytest.raises(JobError, match=words):
        FillGaps(input="a.tif", output="o.tif", **fields)


def test_rasters_that_cannot_be_filled_are_refused_in_a_sentence(tmp_path, scene):
    write(tmp_path / "a.tif", np.zeros((1, 8, 8), np.uint8), nodata=0)
    with pytest.raises(InputError, match="no known pixel"):
        fill(tmp_path)
    write(tmp_path / "a.tif", np.ones((1, 8, 8), np.uint8), colorinterp=[ColorInterp.palette])
    with rasterio.open(tmp_path / "a.tif", "r+") as dataset:
        dataset.write_colormap(1, {1: (255, 0, 0, 255)})
    with pytest.raises(InputError, match="palette"):
        fill(tmp_path)
    write(tmp_path / "a.tif", scene[0].astype(np.uint8))
    with rasterio.open(tmp_path / "a.tif") as dataset:
        far = dataset.transform * dataset.transform.translation(1000, 0)
    write(tmp_path / "b.tif", scene[1].astype(np.uint8), transform=far)
    with pytest.raises(InputError, match="does not overlap"):
        fill(tmp_path, other=(str(tmp_path / "b.tif"),))


def test_one_known_pixel_fills_all(tmp_path):
    pixels = np.zeros((1, 12, 12), np.uint8)
    pixels[0, 4, 4] = 50
    write(tmp_path / "a.tif", pixels, nodata=0)
    fill(tmp_path)
    assert (read(tmp_path / "o.tif") == 50).all()


def test_a_dry_run_tells_time_and_disk_and_writes_nothing(tmp_path, scene, gap):
    write(tmp_path / "a.tif", np.where(gap, 0, scene[0]).astype(np.uint8), nodata=0)
    before = sorted(os.listdir(tmp_path))
    events = list(estimate(FillGaps(input=str(tmp_path / "a.tif"), output=str(tmp_path / "o" / "o.tif"))))
    assert events[-1].outputs["SECONDS"] > 0
    assert events[-1].outputs["DISK_MB"] > 0
    assert sorted(os.listdir(tmp_path)) == before
