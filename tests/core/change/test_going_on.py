"""A detection that was cancelled or killed: nothing under a final name, and the same job goes on to the same bytes."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from affine import Affine
from scipy.ndimage import gaussian_filter

from qgis_ddpm.core import run
from qgis_ddpm.core.outputs.transaction import OutputTransaction
from qgis_ddpm.core.raster.kept.score_store import HEADER_BYTES, ScoreStore
from qgis_ddpm.errors import InputError, OutputError
from qgis_ddpm.events import Cancelled, Event, Note, Progress, Result
from qgis_ddpm.jobs import DetectChanges
from tests.core.makers.small_model import save_small_model

ROOT = Path(__file__).resolve().parents[3]
METHODS = ("irmad", "cva", "features")
SIZE = 160
# Pieces of a row of scores: blocks, or windows of the model.
A_ROW = {"irmad": 5, "cva": 5, "features": 8}
NAMES = ("o.tif", "p.tif", "u.tif", "c.geojson")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """a.tif and b.tif: two dates; model.safetensors: a random network with windows of 32 px."""
    folder = tmp_path_factory.mktemp("pair")
    rng = np.random.default_rng(2)
    before = 120 + 200 * np.stack([gaussian_filter(rng.normal(size=(SIZE, SIZE)), 3) for _ in range(2)])
    after = before.copy()
    after[:, 30:70, 40:90] = 240 - after[:, 30:70, 40:90]
    place = {"crs": "EPSG:32618", "transform": Affine(30, 0, 600000, 0, -30, 4500000)}
    for name, date in (("a", before), ("b", after)):
        pixels = np.clip(date + rng.normal(0, 2, date.shape), 0, 255).astype(np.uint8)
        with rasterio.open(folder / f"{name}.tif", "w", "GTiff", SIZE, SIZE, 2, dtype="uint8", **place) as file:
            file.write(pixels)
    save_small_model(folder / "model.safetensors", 2)
    return folder


def job(folder: Path, out: Path, method: str, **fields: Any) -> DetectChanges:
    names = dict(zip(("output", "probability", "uncertainty", "polygons"), NAMES, strict=True))
    values = {"before": str(folder / "a.tif"), "after": str(folder / "b.tif"), "block_px": 32, "device": "cpu"}
    if method == "features":
        values["model"] = str(folder / "model.safetensors")
    paths = {name: str(out / file) for name, file in names.items()}
    return DetectChanges(**{**values, **paths, "method": method, "draws": 2, **fields})


def cancelled(events: Iterator[Event], stage: str, done: int) -> Cancelled:
    for event in events:
        if isinstance(event, Progress) and event.text == stage and event.done >= done:
            break
    last = events.throw(Cancelled())  # type: ignore[attr-defined]
    assert isinstance(last, Cancelled)
    return last


def finished(events: Iterator[Event]) -> str:
    """What a run said that came to its end."""
    said = list(events)
    assert isinstance(said[-1], Result)
    return " ".join(event.text for event in said if isinstance(event, Note))


def contents(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.iterdir()}


@pytest.fixture(scope="module")
def whole(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, bytes]]:
    """The outputs of runs that nothing stopped, by method."""
    found = {}
    for method in METHODS:
        out = tmp_path_factory.mktemp(method)
        assert "Going on" not in finished(run(job(folder, out, method)))
        found[method] = contents(out)
        assert sorted(found[method]) == sorted(NAMES)
    return found


@pytest.mark.parametrize("method", METHODS)
def test_a_cancelled_run_goes_on_to_the_same_bytes(
    tmp_path: Path, folder: Path, method: str, whole: dict[str, dict[str, bytes]]
) -> None:
    assert cancelled(run(job(folder, tmp_path, method)), "statistics", 0).kept == {}
    assert list(tmp_path.iterdir()) == []
    for stage, done in (("scores", 2 * A_ROW[method] + 2), ("scores", 2), ("writing", 1)):
        last = cancelled(run(job(folder, tmp_path, method)), stage, done)
        assert last.kept == {"OUTPUT.part": str(tmp_path / "o.tif.part")}
        assert os.listdir(tmp_path) == ["o.tif.part"]
    assert f"{SIZE} of {SIZE} rows" in finished(run(job(folder, tmp_path, method)))
    assert contents(tmp_path) == whole[method]


@pytest.mark.parametrize("method", METHODS)
def test_it_goes_on_from_the_middle(
    tmp_path: Path, folder: Path, method: str, whole: dict[str, dict[str, bytes]]
) -> None:
    cancelled(run(job(folder, tmp_path, method)), "scores", 3 * A_ROW[method])
    said = finished(run(job(folder, tmp_path, method)))
    assert f"of {SIZE} rows have their scores" in said
    assert f"{SIZE} of" not in said
    assert contents(tmp_path) == whole[method]


def test_a_killed_run_goes_on_to_the_same_bytes(
    tmp_path: Path, folder: Path, whole: dict[str, dict[str, bytes]]
) -> None:
    values = {**job(folder, tmp_path, "irmad").set_values()}
    arguments = [part for name, value in values.items() for part in (f"--{name}", str(value))]
    command = [sys.executable, "-m", "qgis_ddpm", "detectchanges", *arguments]
    rng = np.random.default_rng(int(time.time()))
    for kills in range(4):
        process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
        # Up to three runs die at some moment after their scores have begun, the others come to their end.
        while kills < 3 and process.poll() is None and not (tmp_path / "o.tif.part").exists():
            time.sleep(0.002)
        if kills < 3:
            time.sleep(float(rng.uniform(0, 0.05)))
            process.send_signal(signal.SIGKILL)
        if process.wait() == 0:
            break
        left = {path.name for path in tmp_path.iterdir()}
        assert not left & set(NAMES), f"after kill {kills + 1}"
    assert contents(tmp_path) == whole["irmad"]


def test_another_job_starts_anew(tmp_path: Path, folder: Path, whole: dict[str, dict[str, bytes]]) -> None:
    cancelled(run(job(folder, tmp_path, "cva")), "scores", 14)
    assert "Going on" not in finished(run(job(folder, tmp_path, "irmad")))
    assert contents(tmp_path) == whole["irmad"]
    cancelled(run(job(folder, tmp_path, "cva")), "scores", 14)
    with OutputTransaction() as transaction:
        transaction.temp_path(str(tmp_path / "o.tif"))
        assert not (tmp_path / "o.tif.part").exists()


def test_another_threshold_needs_no_new_scores(tmp_path: Path, folder: Path) -> None:
    cancelled(run(job(folder, tmp_path, "cva")), "writing", 1)
    assert "Going on" in finished(run(job(folder, tmp_path, "cva", threshold=0.9)))


def test_changed_inputs_start_anew(tmp_path: Path, folder: Path) -> None:
    for name in ("a.tif", "b.tif"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    out = tmp_path / "out"
    out.mkdir()
    cancelled(run(job(tmp_path, out, "cva")), "writing", 1)
    os.utime(tmp_path / "b.tif", ns=(1, 1))
    assert "Going on" not in finished(run(job(tmp_path, out, "cva")))


@pytest.mark.parametrize("damage", ["cut", "bit", "header"])
def test_a_damaged_file_is_not_gone_on_from(
    tmp_path: Path, folder: Path, damage: str, whole: dict[str, dict[str, bytes]]
) -> None:
    cancelled(run(job(folder, tmp_path, "cva")), "scores", 14)
    part = tmp_path / "o.tif.part"
    content = bytearray(part.read_bytes())
    if damage == "bit":
        content[HEADER_BYTES + 999] ^= 1
    elif damage == "header":
        content[40:60] = b"[" * 20
    else:
        content = content[: HEADER_BYTES + 50]
    part.write_bytes(content)
    assert "Going on" not in finished(run(job(folder, tmp_path, "cva")))
    assert contents(tmp_path) == whole["cva"]


@pytest.mark.parametrize("kind", ["text", "empty", "link"])
def test_a_file_of_somebody_else_in_their_place_is_left_and_named(tmp_path: Path, folder: Path, kind: str) -> None:
    out = tmp_path / "out"
    out.mkdir()
    cancelled(run(job(folder, out, "cva")), "scores", 14)
    scores = (out / "o.tif.part").read_bytes()
    content = {"text": b"a thesis", "empty": b"", "link": scores}[kind]
    (out / "o.tif.part").unlink()
    precious = tmp_path / "precious" if kind == "link" else out / "o.tif.part"
    precious.write_bytes(content)
    if kind == "link":
        (out / "o.tif.part").symlink_to(precious)
    with pytest.raises(OutputError, match=r"o\.tif\.part, which is a file of somebody else"):
        finished(run(job(folder, out, "cva")))
    assert precious.read_bytes() == content
    assert os.listdir(out) == ["o.tif.part"]


def edited(path: Path) -> None:
    """Change a pixel of a raster, and nothing of its size."""
    with rasterio.open(path, "r+") as file:
        pixels = file.read()
        file.write(255 - pixels)


def mosaic(path: Path, source: str) -> None:
    bands = "".join(
        f'<VRTRasterBand dataType="Byte" band="{band}"><SimpleSource><SourceFilename relativeToVRT="1">{source}'
        f"</SourceFilename><SourceBand>{band}</SourceBand></SimpleSource></VRTRasterBand>"
        for band in (1, 2)
    )
    place = "<SRS>EPSG:32618</SRS><GeoTransform>600000,30,0,4500000,0,-30</GeoTransform>"
    path.write_text(f'<VRTDataset rasterXSize="{SIZE}" rasterYSize="{SIZE}">{place}{bands}</VRTDataset>')


@pytest.mark.parametrize("what", ["source of the source", "companion", "statistics"])
def test_all_that_hangs_on_the_inputs_decides(tmp_path: Path, folder: Path, what: str) -> None:
    for name in ("a.tif", "b.tif"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    mosaic(tmp_path / "inner.vrt", "a.tif")
    mosaic(tmp_path / "outer.vrt", "inner.vrt")
    out = tmp_path / "out"
    out.mkdir()
    same = job(tmp_path, out, "cva", before=str(tmp_path / "outer.vrt"))
    cancelled(run(same), "writing", 1)
    if what == "companion":
        (tmp_path / "a.tif.aux.xml").write_text(
            "<PAMDataset><PAMRasterBand band='1'><NoDataValue>7</NoDataValue></PAMRasterBand></PAMDataset>"
        )
    elif what == "statistics":
        # What QGIS writes where somebody looks at the raster meanwhile.
        statistics = '<Metadata><MDI key="STATISTICS_MEAN">1</MDI></Metadata>'
        band = f'<PAMRasterBand band="1">{statistics}</PAMRasterBand>'
        (tmp_path / "a.tif.aux.xml").write_text(f"<PAMDataset>{band}</PAMDataset>")
    else:
        edited(tmp_path / "a.tif")
    assert ("Going on" in finished(run(same))) == (what == "statistics")


@pytest.mark.parametrize("name", ["b.tif", "a.tif"])
def test_nothing_is_published_of_inputs_that_change_meanwhile(tmp_path: Path, folder: Path, name: str) -> None:
    for each in ("a.tif", "b.tif"):
        (tmp_path / each).write_bytes((folder / each).read_bytes())
    mosaic(tmp_path / "m.vrt", "a.tif")
    out = tmp_path / "out"
    out.mkdir()
    (out / "o.tif").write_text("the result of last time")
    events = run(job(tmp_path, out, "cva", before=str(tmp_path / "m.vrt")))
    while not (isinstance(event := next(events), Progress) and event.text == "scores"):
        continue
    edited(tmp_path / name)
    with pytest.raises(InputError, match=rf"{name} was changed while it was read"):
        list(events)
    assert os.listdir(out) == ["o.tif"]
    assert (out / "o.tif").read_text() == "the result of last time"


def test_what_failed_by_its_input_or_was_dropped_keeps_nothing(tmp_path: Path, folder: Path) -> None:
    events = run(job(folder, tmp_path, "cva"))
    while not (isinstance(event := next(events), Progress) and event.text == "writing"):
        continue
    events.close()
    assert list(tmp_path.iterdir()) == []
    with suppress(InputError), ScoreStore(str(tmp_path / "k.part"), "x", 1, 4, 4) as kept:
        kept.write(0, 0, 0, np.zeros((4, 4), dtype=np.float32))
        kept.commit(4)
        raise InputError("wrong")
    assert list(tmp_path.iterdir()) == []
