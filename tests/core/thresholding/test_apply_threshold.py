"""A map made anew of scores is the map that a detection with that threshold would have written."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio

from qgis_ddpm.core import run
from qgis_ddpm.core.change import patches
from qgis_ddpm.errors import InputError, JobError
from qgis_ddpm.events import Cancelled, Note, Result
from qgis_ddpm.jobs import ApplyThreshold
from tests.core.change.test_run import detect, folder, read, write  # noqa: F401 - a fixture

FIGURES = ("CHANGED_AREA", "CHANGED_SHARE", "THRESHOLD_USED")
COLUMNS = ("id", "area_m2", "mean_score", "max_score")


def applied(**fields: Any) -> tuple[dict[str, Any], str]:
    events = list(run(ApplyThreshold(**fields)))
    assert isinstance(events[-1], Result)
    return events[-1].outputs, " ".join(event.text for event in events if isinstance(event, Note))


def shapes(path: Path) -> list[Any]:
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return [(each["geometry"], [each["properties"][name] for name in COLUMNS]) for each in features]


@pytest.mark.parametrize(("threshold", "min_area"), [(None, 0.0), (0.3, 0.0), (0.7, 20_000.0)])
@pytest.mark.parametrize("method", ["irmad", "features"])
def test_it_is_the_map_of_a_detection_with_that_threshold(
    folder: Path,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    method: str,
    threshold: float | None,
    min_area: float,
) -> None:
    # Several strips.
    monkeypatch.setattr(patches, "STRIP_PIXELS", 5000)
    scores = str(tmp_path / "p.tif")
    detect(folder, method, output=str(tmp_path / "first.tif"), probability=scores)
    files = {"output": str(tmp_path / "wanted.tif"), "polygons": str(tmp_path / "wanted.geojson")}
    wanted = detect(folder, method, threshold=threshold, min_area=min_area, **files)
    files = {"output": str(tmp_path / "o.tif"), "polygons": str(tmp_path / "o.geojson")}
    outputs, notes = applied(probability=scores, threshold=threshold, min_area=min_area, **files)
    assert (tmp_path / "o.tif").read_bytes() == (tmp_path / "wanted.tif").read_bytes()
    assert shapes(tmp_path / "o.geojson") == shapes(tmp_path / "wanted.geojson")
    assert {name: outputs[name] for name in FIGURES} == {name: wanted[name] for name in FIGURES}
    assert ("that of the detection" in notes) == (threshold is None)


def test_the_threshold_and_the_origin_stand_in_the_rasters(folder: Path, tmp_path: Path) -> None:  # noqa: F811
    scores = str(tmp_path / "p.tif")
    found = detect(folder, "cva", output=str(tmp_path / "m.tif"), probability=scores)
    for path in (scores, tmp_path / "m.tif"):
        with rasterio.open(path) as file:
            assert float(file.tags()["THRESHOLD"]) == found["THRESHOLD_USED"]
    applied(probability=scores, threshold=0.25, output=str(tmp_path / "o.tif"))
    with rasterio.open(tmp_path / "o.tif") as file:
        tags = file.tags()
    assert tags["THRESHOLD"] == "0.25"
    assert (tags["QGIS_DDPM_ALGORITHM"], tags["METHOD"]) == ("detectchanges", "cva")


def test_scores_of_anybody_do_with_a_threshold(tmp_path: Path) -> None:
    scores = np.random.default_rng(0).random((1, 60, 70)).astype(np.float32)
    scores[0, :5] = -1
    path = write(tmp_path / "s.tif", np.concatenate([scores, scores * 0]), nodata=-1)
    with pytest.raises(InputError, match=r"does not say where change begins\. Give THRESHOLD"):
        applied(probability=path, output=str(tmp_path / "o.tif"))
    outputs, notes = applied(probability=path, threshold=0.75, output=str(tmp_path / "o.tif"))
    wanted = np.where(scores[0] == -1, 255, scores[0] >= 0.75)
    np.testing.assert_array_equal(read(tmp_path / "o.tif"), wanted)
    assert outputs["CHANGED_AREA"] == pytest.approx((wanted == 1).sum() * 900, rel=1e-9)
    assert notes == ""
    with rasterio.open(tmp_path / "o.tif") as file:
        assert file.tags()["QGIS_DDPM_ALGORITHM"] == "applythreshold"
    percent = write(tmp_path / "percent.tif", np.full((1, 20, 20), 80, np.uint8))
    _, notes = applied(probability=percent, threshold=0.75, output=str(tmp_path / "o.tif"))
    assert "not from 0 to 1" in notes


@pytest.mark.parametrize("text", ["", "high", "nan", "7"])
def test_a_tag_that_is_no_threshold_is_not_taken(tmp_path: Path, text: str) -> None:
    path = write(tmp_path / "s.tif", np.zeros((1, 20, 20), np.float32))
    with rasterio.open(path, "r+") as file:
        file.update_tags(THRESHOLD=text, QGIS_DDPM_ALGORITHM="detectchanges")
    with pytest.raises(InputError, match="Give THRESHOLD"):
        applied(probability=path, output=str(tmp_path / "o.tif"))


def test_what_cannot_be_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "s.tif", np.full((1, 20, 20), np.nan, np.float32), nodata=np.nan)
    with pytest.raises(InputError, match="no valid pixel"):
        applied(probability=path, threshold=0.5, output=str(tmp_path / "o.tif"))
    assert not (tmp_path / "o.tif").exists()
    with pytest.raises(JobError, match="OUTPUT"):
        applied(probability=path, threshold=0.5)
    with pytest.raises(JobError, match="read by the job"):
        applied(probability=path, threshold=0.5, output=path)


def test_a_run_that_is_stopped_leaves_nothing(tmp_path: Path) -> None:
    path = write(tmp_path / "s.tif", np.zeros((1, 400, 300), np.float32))
    before = sorted(tmp_path.iterdir())
    events = run(ApplyThreshold(probability=path, threshold=0.5, min_area=1.0, output=str(tmp_path / "o.tif")))
    next(events)
    assert isinstance(events.throw(Cancelled()), Cancelled)
    assert sorted(tmp_path.iterdir()) == before
