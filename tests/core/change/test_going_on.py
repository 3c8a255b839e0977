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
from qgis_ddpm.core.change.score_store import HEADER_BYTES, KeptScores
from qgis_ddpm.core.outputs.transaction import OutputTransaction
from qgis_ddpm.errors import InputError
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


@pytest.mark.parametrize("damage", ["cut", "bit", "header", "empty", "link"])
def test_a_damaged_file_is_not_gone_on_from(
    tmp_path: Path, folder: Path, damage: str, whole: dict[str, dict[str, bytes]]
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    cancelled(run(job(folder, out, "cva")), "scores", 14)
    part = out / "o.tif.part"
    content = bytearray(part.read_bytes())
    if damage == "bit":
        content[HEADER_BYTES + 999] ^= 1
    elif damage == "header":
        content[:9] = b"[" * 9
    else:
        content = content[: {"cut": HEADER_BYTES + 50, "empty": 0, "link": None}[damage]]
    part.unlink()
    precious = tmp_path / "precious"
    (precious if damage == "link" else part).write_bytes(content)
    if damage == "link":
        part.symlink_to(precious)
    assert "Going on" not in finished(run(job(folder, out, "cva")))
    assert contents(out) == whole["cva"]
    assert damage != "link" or precious.read_bytes() == content


def test_what_failed_by_its_input_or_was_dropped_keeps_nothing(tmp_path: Path, folder: Path) -> None:
    events = run(job(folder, tmp_path, "cva"))
    while not (isinstance(event := next(events), Progress) and event.text == "writing"):
        continue
    events.close()
    assert list(tmp_path.iterdir()) == []
    with suppress(InputError), KeptScores(str(tmp_path / "k.part"), "x", 1, 4, 4) as kept:
        kept.write(0, 0, 0, np.zeros((4, 4), dtype=np.float32))
        kept.commit(4)
        raise InputError("wrong")
    assert list(tmp_path.iterdir()) == []
