"""A series from its rasters to its maps: when, how often, over gaps; and what must not change a byte."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio

from qgis_ddpm.core import run
from qgis_ddpm.core.dry_run import estimate
from qgis_ddpm.errors import InputError, JobError
from qgis_ddpm.events import Cancelled, Event, Note, Progress, Result
from qgis_ddpm.jobs import DetectChanges, DetectSeries
from tests.core.makers.series import DAYS, LASTING, LATE, RETURNING, SIZE, TWICE, Image, Made, make_series
from tests.core.makers.small_model import save_small_model

METHODS = ("irmad", "cva", "features")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    series = make_series(tmp_path_factory.mktemp("series"))
    save_small_model(series.folder / "model.safetensors", 3, 40.0, 220.0)
    return series


def job(made: Made, out: Path, method: str = "irmad", **fields: Any) -> DetectSeries:
    values = {"input": made.paths, "output": str(out / "o.tif"), "polygons": str(out / "p.geojson"), "device": "cpu"}
    if method == "features":
        values["model"] = str(made.folder / "model.safetensors")
    return DetectSeries(**{**values, "method": method, **fields})


def finished(events: Iterator[Event]) -> tuple[dict[str, Any], str]:
    said = list(events)
    assert isinstance(said[-1], Result)
    return said[-1].outputs, " ".join(event.text for event in said if isinstance(event, Note))


def bands(out: Path) -> Image:
    with rasterio.open(out / "o.tif") as file:
        return np.asarray(file.read())


def polygons(out: Path) -> list[dict[str, Any]]:
    return [each["properties"] for each in json.loads((out / "p.geojson").read_text())["features"]]


def most(values: Image) -> tuple[int, float]:
    """The value that most of some pixels have, and their share."""
    found, counts = np.unique(values, return_counts=True)
    return int(found[counts.argmax()]), float(counts.max() / values.size)


@pytest.mark.parametrize("method", ["irmad", "cva"])
def test_dates_and_numbers_of_known_changes(tmp_path: Path, made: Made, method: str) -> None:
    outputs, notes = finished(run(job(made, tmp_path, method)))
    first, strongest, strength, count = bands(tmp_path)
    for (rows, cols), day, number in ((LASTING[0], 2, 1), (RETURNING[0], 1, 2), (LATE[0], 4, 1), (TWICE[0], 1, 2)):
        assert most(first[rows, cols]) == (DAYS[day], pytest.approx(1, abs=0.05))
        assert most(count[rows, cols]) == (number, pytest.approx(1, abs=0.05))
    assert most(strongest[LASTING[0]])[0] == DAYS[2]
    # What came at the second date was back at the third: two changes, each as strong as the other.
    assert set(np.unique(strongest[RETURNING[0]])) <= {-1, DAYS[1], DAYS[2]}
    unchanged = np.ones((SIZE, SIZE), dtype=bool)
    for place, _ in (LASTING, RETURNING, LATE, TWICE):
        unchanged[place] = False
    assert (count[unchanged] == 0).mean() > 0.99
    assert ((first == -1) == (count == 0)).all()
    assert ((strength == -1) == (count == 0)).all()
    assert strength[count > 0].min() >= 4999
    assert outputs["CHANGED_AREA"] == pytest.approx(900 * (count > 0).sum())
    assert outputs["CHANGED_SHARE"] == pytest.approx((count > 0).mean())
    assert outputs["METHOD_USED"] == method
    assert "5 dates, by names: 2001-06-05" in notes
    assert "2003-06-14 to 2004-06-01: " in notes


def test_the_raster_says_what_its_bands_are(tmp_path: Path, made: Made) -> None:
    finished(run(job(made, tmp_path)))
    with rasterio.open(tmp_path / "o.tif") as file:
        assert file.dtypes == ("int32",) * 4
        assert file.nodata == -1
        assert file.scales == (1, 1, 1e-4, 1)
        assert file.descriptions[0] == "first change (yyyymmdd)"
        assert file.tags()["DATES"] == "2001-06-05,2003-06-14,2004-06-01,2008-06-30,2011-06-10"
        assert file.tags()["QGIS_DDPM_ALGORITHM"] == "detectseries"


def test_polygons_have_the_dates_between_which_they_changed(tmp_path: Path, made: Made) -> None:
    outputs, _ = finished(run(job(made, tmp_path, min_area=20 * 900.0)))
    found = [(each["from"], each["to"], each["area_m2"]) for each in polygons(tmp_path)]
    expected = [
        ("2001-06-05", "2003-06-14", TWICE), ("2001-06-05", "2003-06-14", RETURNING),
        ("2003-06-14", "2004-06-01", LASTING), ("2003-06-14", "2004-06-01", RETURNING),
        ("2008-06-30", "2011-06-10", LATE), ("2008-06-30", "2011-06-10", TWICE),
    ]  # fmt: skip
    assert sorted(each[:2] for each in found) == sorted(each[:2] for each in expected)
    for start, end, (place, _) in expected:
        area = 900 * np.ones((SIZE, SIZE))[place].sum()
        assert any(each[:2] == (start, end) and each[2] == pytest.approx(area, rel=0.05) for each in found)
    assert [each["id"] for each in polygons(tmp_path)] == list(range(1, len(found) + 1))
    assert [each[1] for each in found] == sorted(each[1] for each in found)
    count = bands(tmp_path)[3]
    assert outputs["CHANGED_AREA"] == pytest.approx(900 * (count > 0).sum())
    assert sum(each[2] for each in found) == pytest.approx(900 * count.sum())


def test_a_gap_is_bridged(tmp_path: Path, made: Made) -> None:
    """A cloud over the change at its date: it is found between the dates around; over what stays, nothing is."""
    mask = np.zeros((1, SIZE, SIZE), dtype=np.uint8)
    mask[:, 5:45, 5:60] = 1
    path = tmp_path / f"clouds_{DAYS[2]}.tif"
    with rasterio.open(made.paths[0]) as like:
        profile = {**like.profile, "count": 1, "nodata": None}
    with rasterio.open(path, "w", **profile) as file:
        file.write(mask)
    outputs, notes = finished(run(job(made, tmp_path, masks=(str(path),), min_area=9000.0)))
    assert f"{path} masks 2004-06-01." in notes
    assert "2003-06-14 to 2008-06-30" in notes
    first, _, _, count = bands(tmp_path)
    assert most(first[LASTING[0]]) == (DAYS[3], pytest.approx(1, abs=0.05))
    assert most(count[LASTING[0]]) == (1, pytest.approx(1, abs=0.05))
    assert (count[5:45, 42:60] == 0).mean() > 0.99
    assert [(each["from"], each["to"]) for each in polygons(tmp_path) if each["to"] == "2008-06-30"] == [
        ("2003-06-14", "2008-06-30")
    ]
    assert outputs["CHANGED_SHARE"] == pytest.approx((count > 0).mean())


def test_what_is_valid_once_is_no_data(tmp_path: Path, made: Made) -> None:
    masks = []
    for day in DAYS[1:]:
        masks.append(str(tmp_path / f"{day}.tif"))
        with rasterio.open(made.paths[0]) as like:
            profile = {**like.profile, "count": 1, "nodata": None}
        with rasterio.open(masks[-1], "w", **profile) as file:
            mask = np.zeros((1, SIZE, SIZE), dtype=np.uint8)
            mask[:, :30, 90:] = 1
            file.write(mask)
    finished(run(job(made, tmp_path, masks=tuple(masks))))
    assert (bands(tmp_path)[:, :30, 90:] == -1).all()
    assert (bands(tmp_path)[3, 30:] >= 0).all()


def pair_scores(made: Made, out: Path, **fields: Any) -> Image:
    """Scores of the second and third date by 'Detect changes'."""
    files = {"output": str(out / "m.tif"), "probability": str(out / "s.tif")}
    pair = DetectChanges(before=made.paths[1], after=made.paths[2], method="irmad", context_px=0.0, **files, **fields)
    finished(run(pair))
    with rasterio.open(out / "s.tif") as file:
        return np.asarray(file.read(1))


def test_a_pair_has_its_share_of_the_false_alarms(tmp_path: Path, made: Made) -> None:
    """With the share that a pair has there, strength is the score that 'Detect changes' gives; else it is lower."""
    finished(run(job(made, tmp_path, false_alarms=1 - (1 - 0.01) ** 4)))
    first, _, strength, count = bands(tmp_path)
    once = (first == DAYS[2]) & (count == 1)
    assert once.sum() > 500
    assert np.abs(strength[once] * 1e-4 - pair_scores(made, tmp_path, false_alarms=0.01)[once]).max() < 6e-5
    finished(run(job(made, tmp_path)))
    assert (bands(tmp_path)[2][once] * 1e-4 < pair_scores(made, tmp_path)[once]).all()
    with pytest.raises(JobError, match=r"FALSE_ALARMS is 0\.01 and THRESHOLD"):
        job(made, tmp_path, false_alarms=0.01, threshold=0.5)


@pytest.mark.parametrize("method", METHODS)
def test_neither_blocks_nor_the_order_of_the_rasters_change_a_byte(tmp_path: Path, made: Made, method: str) -> None:
    ways = ({}, {}, {"block_px": 37}, {"input": made.paths[::-1]})
    contents = []
    for number, fields in enumerate(ways):
        out = tmp_path / str(number)
        out.mkdir()
        finished(run(job(made, out, method, **fields)))
        contents.append([(out / name).read_bytes() for name in ("o.tif", "p.geojson")])
    assert all(each == contents[0] for each in contents)


def test_it_goes_on_where_it_was_stopped(tmp_path: Path, made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qgis_ddpm.core.series.run.LEAST_ROWS", 16)
    monkeypatch.setattr("qgis_ddpm.core.series.run.MOST_ROWS", 32)
    whole, out = tmp_path / "whole", tmp_path / "out"
    for folder in (whole, out):
        folder.mkdir()
    finished(run(job(made, whole)))
    for stage, done, said in (
        ("statistics", 0, ""),
        ("scores", 12, ""),
        ("scores", 3, "64 of 120"),
        ("writing", 1, ""),
    ):
        events = run(job(made, out))
        notes = ""
        for event in events:
            notes += event.text if isinstance(event, Note) else ""
            if isinstance(event, Progress) and event.text == stage and event.done >= done:
                break
        assert said in notes
        last = events.throw(Cancelled())
        assert isinstance(last, Cancelled)
        events.close()
        assert [path.name for path in out.iterdir()] == ([] if stage == "statistics" else ["o.tif.part"])
    _, notes = finished(run(job(made, out, threshold=0.5)))
    assert "120 of 120 rows" in notes
    for name in ("o.tif", "p.geojson"):
        assert (out / name).read_bytes() == (whole / name).read_bytes()


def test_a_dry_run_writes_nothing(tmp_path: Path, made: Made) -> None:
    costs = list(estimate(job(made, tmp_path, "features")))[-1].outputs
    assert list(tmp_path.iterdir()) == []
    assert costs["NETWORK_CALLS"] > 0
    assert costs["DISK_MB"] == pytest.approx(SIZE * SIZE * (16 + 20) / 2**20, abs=0.06)
    assert costs["SECONDS"] < 120


def test_what_is_wrong_is_said(tmp_path: Path, made: Made) -> None:
    with pytest.raises(JobError, match="INPUT names 2 rasters"):
        job(made, tmp_path, input=made.paths[:2])
    with pytest.raises(JobError, match="DATES has 2 dates for 5"):
        job(made, tmp_path, dates="1999,2000")
    with pytest.raises(JobError, match="'spring'"):
        job(made, tmp_path, dates="spring,1999,2000,2001,2002")
    with pytest.raises(JobError, match="METHOD irmad has no use for DETECTOR"):
        job(made, tmp_path, detector="d.safetensors")
    with pytest.raises(InputError, match=r"both of 2001-01-01 by their DATES, as only"):
        finished(run(job(made, tmp_path, dates="2001,2001,2002,2003,2004")))
    with pytest.raises(JobError, match="MASKS names 1 rasters"):
        finished(run(job(made, tmp_path, masks=(str(made.folder / "clouds.tif"),))))
    with pytest.raises(JobError, match="BANDS has 2 lists"):
        job(made, tmp_path, bands="1,2;2,3")
    with pytest.raises(JobError, match="differ in length"):
        job(made, tmp_path, bands="1,2;2,3;1;1,2;1,2")
    assert list(tmp_path.iterdir()) == []
