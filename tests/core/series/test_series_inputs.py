"""Rasters of a series as they come: other grids, bands, types, dates; too little in common."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from affine import Affine
from rasterio.warp import transform

from qgis_ddpm.core import run
from qgis_ddpm.core.series.comparisons import calibrated
from qgis_ddpm.core.series.dating import masks_by_date
from qgis_ddpm.errors import InputError, JobError
from qgis_ddpm.events import Note, Result
from qgis_ddpm.jobs import DetectSeries, load_job
from tests.core.makers.series import DAYS, LASTING, PLACE, SIZE, pixels_of_dates, write_date


def detect(folder: Path, paths: list[str], **fields: Any) -> tuple[Any, str]:
    """The bands of the result, and what was said."""
    job = DetectSeries(
        input=tuple(paths), output=str(folder / "o.tif"), **{"method": "irmad", "context_px": 0.0, **fields}
    )
    events = list(run(job))
    assert isinstance(events[-1], Result)
    with rasterio.open(folder / "o.tif") as file:
        return file.read(), " ".join(event.text for event in events if isinstance(event, Note))


def write_all(folder: Path, changes: dict[int, dict[str, Any]], **more: Any) -> list[str]:
    """The five dates; changes: by the number of a date, its `pixels` as a function of them, else its profile."""
    found = []
    for number, (day, pixels) in enumerate(zip(DAYS, pixels_of_dates(), strict=True)):
        profile = {**more, **changes.get(number, {})}
        change = profile.pop("pixels", lambda each: each)
        names = profile.pop("names", None)
        found.append(write_date(folder / f"{day}.tif", change(pixels), **profile))
        if names:
            with rasterio.open(found[-1], "r+") as file:
                file.descriptions = names
    return found


def is_right(bands: Any) -> bool:
    """Whether the lasting change has its date."""
    return bool((bands[0][LASTING[0]] == DAYS[2]).mean() > 0.9)


@pytest.mark.parametrize("dtype", ["uint16", "int16", "float32", "float64"])
def test_types_may_differ(tmp_path: Path, dtype: str) -> None:
    scale = {"uint16": 60, "int16": 30}.get(dtype, 1 / 255)

    def stored(pixels: Any) -> Any:
        scaled = np.clip(pixels, 1, 255) * scale
        return scaled.astype(dtype) if dtype.startswith("float") else np.rint(scaled).astype(dtype)

    nodata = np.nan if dtype.startswith("float") else 0
    paths = write_all(tmp_path, {1: {"pixels": stored, "nodata": nodata}, 3: {"pixels": stored, "nodata": nodata}})
    assert is_right(detect(tmp_path, paths)[0])


def test_other_grids_are_laid_on_the_earliest(tmp_path: Path) -> None:
    """One date is a raster with a wider margin, one has another CRS and one has none."""
    x, y = transform("EPSG:32618", "EPSG:4326", [600000, 603600], [4500000, 4496400])
    degrees = Affine((x[1] - x[0]) / SIZE, 0, x[0], 0, (y[1] - y[0]) / SIZE, y[0])
    wide = {
        "pixels": lambda pixels: np.pad(pixels, ((0, 0), (7, 7), (5, 5)), mode="edge"),
        "transform": PLACE["transform"] * Affine.translation(-5, -7),
    }
    paths = write_all(
        tmp_path,
        {1: wide, 3: {"crs": "EPSG:4326", "transform": degrees}, 4: {"crs": None, "transform": Affine.identity()}},
    )
    bands, notes = detect(tmp_path, paths[::-1])
    assert is_right(bands)
    assert bands.shape[1:] == (SIZE, SIZE)
    assert f"{paths[4]}" in notes
    with pytest.raises(JobError, match="ALIGN"):
        detect(tmp_path, paths, align=False)


def test_dates_that_lie_apart_are_compared_where_they_meet(tmp_path: Path) -> None:
    """The second covers the left half and the third the right: nothing in common, so each meets the first alone."""
    half = SIZE // 2
    paths = write_all(
        tmp_path,
        {
            1: {"pixels": lambda pixels: pixels[:, :, :half]},
            2: {
                "pixels": lambda pixels: pixels[:, :, half:],
                "transform": PLACE["transform"] * Affine.translation(half, 0),
            },
        },
    )
    bands, notes = detect(tmp_path, paths)
    assert (bands[3] >= 0).all()
    # The change of the third date is seen at the fourth on the left, where that is the next.
    rows, cols = LASTING[0]
    assert (bands[0][rows, cols] == DAYS[3]).mean() > 0.9
    assert "2003-06-14 to 2004-06-01 are not compared: No pixel" in notes


def test_bands_are_matched_by_their_names(tmp_path: Path) -> None:
    names = ("green", "red", "nir")

    def reordered(pixels: Any) -> Any:
        return np.concatenate([pixels[::-1], 250 - pixels[:1]])

    changes: dict[int, dict[str, Any]] = {number: {"names": names} for number in range(5)}
    changes[2] = {"pixels": reordered, "names": ("nir", "red", "green", "swir")}
    bands, notes = detect(tmp_path, write_all(tmp_path, changes))
    assert is_right(bands)
    assert "Bands are matched by their names: green, red, nir are compared." in notes


def test_bands_are_those_that_are_named(tmp_path: Path) -> None:
    paths = write_all(tmp_path, {2: {"pixels": lambda pixels: np.concatenate([250 - pixels[:1], pixels])}})
    with pytest.raises(InputError, match="BANDS"):
        detect(tmp_path, paths)
    assert is_right(detect(tmp_path, paths, bands="1,2,3;1,2,3;2,3,4;1,2,3;1,2,3")[0])


def test_dates_come_from_tags_or_from_the_list(tmp_path: Path) -> None:
    days = ("2001-06-05", "2003-06-14", "2004-06-01", "2008-06-30", "2011-06-10")
    paths = []
    for letter, day, pixels in zip("bcade", days, pixels_of_dates(), strict=True):
        paths.append(write_date(tmp_path / f"{letter}.tif", pixels))
        with rasterio.open(paths[-1], "r+") as file:
            file.update_tags(ACQUISITION_DATE=day)
    assert is_right(detect(tmp_path, paths)[0])
    shuffled = [paths[number] for number in (3, 0, 4, 2, 1)]
    bands, _ = detect(tmp_path, shuffled, dates="2004,2001,2005,2003,2002")
    assert (bands[0][LASTING[0]] == 20030101).mean() > 0.9
    with rasterio.open(paths[1], "r+") as file:
        file.update_tags(ACQUISITION_DATE="2001-06-05")
    with pytest.raises(InputError, match="both of 2001-06-05 by their ACQUISITION_DATE"):
        detect(tmp_path, paths)
    bare = write_date(tmp_path / "bare.tif", pixels_of_dates()[0])
    with pytest.raises(InputError, match=r"bare\.tif says nowhere when it was taken"):
        detect(tmp_path, [*paths[2:], bare])


def test_dates_of_a_job_file_may_be_dates_of_yaml(tmp_path: Path) -> None:
    (tmp_path / "job.yaml").write_text(
        "job: detectseries\ninput: [a.tif, b.tif, c.tif]\noutput: o.tif\ndates: [1985-07-12, 1990-08, 1995]\n"
    )
    job = load_job(str(tmp_path / "job.yaml"))
    assert isinstance(job, DetectSeries)
    assert job.dates == "1985-07-12,1990-08,1995"


def test_a_date_with_next_to_nothing_valid_is_left_out(tmp_path: Path) -> None:
    def hidden(pixels: Any) -> Any:
        stored = np.clip(np.rint(pixels), 1, 255).astype(np.uint8)
        stored[:, 1:] = 0
        stored[:, :, 3:] = 0
        return stored

    bands, notes = detect(tmp_path, write_all(tmp_path, {1: {"pixels": hidden, "nodata": 0}}))
    assert is_right(bands)
    assert "2001-06-05 to 2003-06-14 are not compared: " in notes
    with pytest.raises(InputError, match="No two dates"):
        detect(tmp_path, write_all(tmp_path, {number: {"pixels": hidden, "nodata": 0} for number in range(5)}))


def test_masks_belong_by_date_or_by_order() -> None:
    from datetime import date

    days = [date(2005, 7, 12), date(1990, 1, 2), date(1999, 3, 4)]
    by_name = ["/m/LT05_19990304_QA.tif", "C:\\m\\clouds_2005-07-12.tif"]
    assert masks_by_date(by_name, days) == [by_name[1], None, by_name[0]]
    assert masks_by_date(["a", "b", "c"], days) == ["a", "b", "c"]
    for wrong in (["a"], ["20050712.tif", "20050712.tif"], ["20050713.tif"]):
        with pytest.raises(JobError, match="MASKS"):
            masks_by_date(wrong, days)


def test_calibrated_scores_begin_at_a_half() -> None:
    scores = np.array([0, 0.3, 0.8, 0.9, 1, np.nan], dtype=np.float32)
    moved = calibrated(scores, 0.8)
    assert moved.dtype == np.float32
    assert moved[2] == 0.5
    assert moved[[0, 4]].tolist() == [0, 1]
    assert moved[3] == pytest.approx(0.9 / 0.1 / 4 / (1 + 0.9 / 0.1 / 4))
    assert np.isnan(moved[5])
    assert (np.diff(moved[:5]) > 0).all()
    assert calibrated(scores, 0.5) is scores
