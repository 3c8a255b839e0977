"""What a dry run of a detection says: the plan of its run, its calls, disk, time and memory."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from qgis_ddpm.core import run
from qgis_ddpm.core.dry_run import estimate
from qgis_ddpm.errors import InputError, ModelFileError
from qgis_ddpm.events import Event, Note, Result
from qgis_ddpm.jobs import DetectChanges
from tests.core.makers.labelled import make_pair, write, write_model


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    before, after, _ = make_pair(0)
    write(tmp_path / "a.tif", before)
    write(tmp_path / "b.tif", after)
    write_model(tmp_path / "model.safetensors")
    return tmp_path


def job(folder: Path, **fields: Any) -> DetectChanges:
    dates = {"before": str(folder / "a.tif"), "after": str(folder / "b.tif")}
    return DetectChanges(**{**dates, "output": str(folder / "out" / "o.tif"), **fields})


def notes(events: list[Event]) -> list[str]:
    return [event.text for event in events if isinstance(event, Note)]


@pytest.mark.parametrize("method", ["irmad", "cva", "features"])
def test_a_dry_run_tells_what_its_run_takes_and_writes_nothing(folder: Path, method: str) -> None:
    model = str(folder / "model.safetensors") if method == "features" else None
    todo = job(folder, method=method, model=model, uncertainty=str(folder / "out" / "u.tif"))
    before = sorted(folder.rglob("*"))
    events = list(estimate(todo))
    assert sorted(folder.rglob("*")) == before
    costs = events[-1].outputs
    # 5 x 5 windows of 32 px of both dates, at one noise level and the four draws of an uncertainty.
    assert costs["NETWORK_CALLS"] == (2 * 25 * 4 if method == "features" else 0)
    assert costs["DISK_MB"] == pytest.approx(128 * 128 * (1 + 4 + 8) / 2**20, abs=0.05)
    assert 0 <= costs["SECONDS"] < 60
    assert 0.5 < costs["MEMORY_MB"] < 200
    done = list(run(todo))
    assert isinstance(done[-1], Result)
    assert [text for text in notes(events) if "px of 3 bands" not in text][:2] == notes(done)[:2]


def test_time_grows_with_the_area(folder: Path) -> None:
    rng = np.random.default_rng(0)
    for name in ("a", "b"):
        write(folder / f"{name}.tif", rng.integers(1, 255, (3, 1500, 1500)).astype(np.uint8))
    seconds = [
        next(reversed(list(estimate(job(folder, method="cva", align=False, extent=extent))))).outputs["SECONDS"]
        for extent in ("500000,500320,4999680,5000000", None)
    ]
    assert seconds[1] > seconds[0]


def test_it_raises_what_the_run_would(folder: Path) -> None:
    write(folder / "b.tif", make_pair(0)[1][:2])
    with pytest.raises(InputError, match="BANDS_BEFORE"):
        list(estimate(job(folder, method="irmad")))
    with pytest.raises(ModelFileError, match="No model in the models folder fits"):
        list(estimate(job(folder, method="features")))
