"""METHOD irmad and cva by any number of threads and in blocks of any size: the same bytes, and the same memory."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from affine import Affine
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from qgis_ddpm.core import run
from qgis_ddpm.core.change import pixels as change_pixels
from qgis_ddpm.errors import InputError
from qgis_ddpm.events import Cancelled, Progress
from qgis_ddpm.jobs import DetectChanges
from qgis_ddpm.jobs.job import Job

# Wide enough for overviews, of several blocks of a file either way, with a border and a hole.
HEIGHT, WIDTH, BANDS = 310, 2100, 4
OUTPUTS = ("output", "probability", "uncertainty", "polygons")
Image = NDArray[Any]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """a.tif, b.tif: two dates, the second blurred; c.tif: the second on another grid, to be resampled."""
    folder = tmp_path_factory.mktemp("pair")
    rng = np.random.default_rng(1)
    before = 900 + 200 * gaussian_filter(rng.normal(size=(BANDS, HEIGHT, WIDTH)), (0, 2, 2)) * 7
    before += rng.normal(0, 20, before.shape)
    after = 1.2 * gaussian_filter(before, (0, 0.5, 0.5)) + 30 + rng.normal(0, 6, before.shape)
    after[:, 40:90, 60:120] = 2200 - after[:, 40:90, 60:120]
    after[:, 200:203, 1000:1100], before[:, :, :13] = 0, 0
    for name, date, shift in (("a", before, 0.0), ("b", after, 0.0), ("c", after, 0.37)):
        place = {"crs": "EPSG:32618", "transform": Affine(30, 0, 600000 + 30 * shift, 0, -30, 4500000), "nodata": 0}
        shape = {"count": BANDS, "height": HEIGHT, "width": WIDTH, "dtype": "uint16", "photometric": "minisblack"}
        with rasterio.open(folder / f"{name}.tif", "w", driver="GTiff", tiled=True, **shape, **place) as file:
            file.write(np.clip(date, 0, 65535).astype(np.uint16))
    return folder


def job_of(folder: Path, **fields: Any) -> dict[str, Any]:
    outputs = {name: folder / f"{name}.{'geojson' if name == 'polygons' else 'tif'}" for name in OUTPUTS}
    return {"before": folder / "a.tif", "after": folder / "b.tif", "min_area": 5000, "draws": 2, **outputs, **fields}


def bytes_by(folder: Path, threads: int, **fields: Any) -> list[bytes]:
    """What a process with so many threads writes; its products of matrices have as many."""
    job = job_of(folder, **fields)
    values = [part for name, value in job.items() for part in (f"--{name}", str(value))]
    environment = {**os.environ, "OMP_NUM_THREADS": str(threads), "OPENBLAS_NUM_THREADS": str(threads)}
    command = [sys.executable, "-m", "qgis_ddpm", "detectchanges", *values]
    subprocess.run(command, env=environment, check=True, stderr=subprocess.DEVNULL, timeout=300)
    return [Path(job[name]).read_bytes() for name in OUTPUTS]


@pytest.mark.parametrize(
    "fields",
    [
        {"method": "irmad", "radiometry": "match"},
        {"method": "irmad", "after": "c.tif"},
        {"method": "cva"},
    ],
    ids=["irmad, matched", "irmad, resampled", "cva"],
)
def test_threads_and_blocks_change_no_byte(folder: Path, fields: dict[str, Any]) -> None:
    if "after" in fields:
        fields = {**fields, "after": folder / fields["after"]}
    one = bytes_by(folder, 1, **fields)
    assert bytes_by(folder, 2, block_px=64, **fields) == one
    assert bytes_by(folder, 5, block_px=333, **fields) == one


def in_this_process(folder: Path) -> Job:
    values = {name: value if isinstance(value, int) else str(value) for name, value in job_of(folder).items()}
    return DetectChanges(method="irmad", block_px=64, **values)


def by_three(monkeypatch: pytest.MonkeyPatch, scored: Any) -> None:
    """Three threads, and something in the place of the scores of a block."""
    in_order = change_pixels.in_order
    monkeypatch.setattr(change_pixels, "in_order", lambda work, items: in_order(work, items, threads=3))
    monkeypatch.setattr(change_pixels.PixelChange, "_score", scored)


def test_a_wish_to_stop_amid_threads_keeps_whole_rows(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = bytes_by(folder, 1, method="irmad", block_px=64)
    for name in OUTPUTS:
        job_of(folder)[name].unlink()
    by_three(monkeypatch, change_pixels.PixelChange._score)
    job = in_this_process(folder)
    events = run(job)
    for event in events:
        if isinstance(event, Progress) and event.text == "scores" and event.done >= 80:
            break
    last = events.throw(Cancelled())
    assert isinstance(last, Cancelled)
    assert list(last.kept) == ["OUTPUT.part"]
    assert not list(events)
    assert not job_of(folder)["output"].exists()
    notes = [event.text for event in run(job) if hasattr(event, "text") and event.text]
    assert any(text.startswith("Going on from") for text in notes)
    assert [job_of(folder)[name].read_bytes() for name in OUTPUTS] == expected


def test_an_error_of_a_thread_is_that_of_the_job_and_leaves_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    score = change_pixels.PixelChange._score

    def failing(self: Any, pair: Any, block: Any) -> Any:
        if block[0] >= 128:
            raise InputError("a.tif is damaged")
        return score(self, pair, block)

    by_three(monkeypatch, failing)
    for name in OUTPUTS:
        job_of(folder)[name].unlink(missing_ok=True)
    with pytest.raises(InputError, match=r"a\.tif is damaged"):
        list(run(in_this_process(folder)))
    assert sorted(path.name for path in folder.iterdir() if not path.name.startswith(".")) == [
        "a.tif",
        "b.tif",
        "c.tif",
    ]
