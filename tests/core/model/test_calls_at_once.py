"""A network that several threads call at once: the same answers, one fall to float32, and an end that is clean."""

from collections.abc import Iterator
from pathlib import Path
from threading import Lock, current_thread, main_thread
from typing import Any

import numpy as np
import pytest
import torch

from qgis_ddpm.core import run
from qgis_ddpm.core.model import load_model
from qgis_ddpm.core.model.batch import LEAST_IMAGES, AdaptiveBatch
from qgis_ddpm.events import Cancelled, Progress, Result
from qgis_ddpm.jobs import DetectChanges, SampleTiles
from tests.core.model.test_bfloat16_jobs import dates, model, read, scores

__all__ = ["dates", "model"]

CPU = torch.device("cpu")
LAYER_NORM = torch.nn.functional.layer_norm


@pytest.fixture(autouse=True)
def two_threads() -> Iterator[None]:
    """Whatever the machine has."""
    before = torch.get_num_threads()
    torch.set_num_threads(2)
    yield
    torch.set_num_threads(before)


@pytest.mark.parametrize(
    ("count", "images", "expected"),
    [(16, 1, [8, 8]), (15, 1, [15]), (20, 1, [8, 8, 4]), (8, 2, [4, 4]), (7, 2, [7]), (3, 6, [3]), (4, 6, [2, 2])],
)
def test_parts_that_are_large_enough_are_cut_for_both_threads(count: int, images: int, expected: list[int]) -> None:
    halving = AdaptiveBatch(min(count, 16), CPU, images=images)
    shares = halving.shares(count)
    assert [share.stop - share.start for share in shares] == expected
    assert [number for share in shares for number in range(share.start, share.stop)] == list(range(count))
    assert AdaptiveBatch(16, CPU).shares(20) == [slice(0, 16), slice(16, 20)]
    torch.set_num_threads(1)
    assert len(AdaptiveBatch(16, CPU, images=images).shares(16)) == 1


def test_answers_of_threads_are_those_of_one(model: str) -> None:
    loaded = load_model(model)
    x, sigma = torch.randn(32, 3, 32, 32), torch.linspace(0.1, 2, 32)
    whole = loaded.denoise(x, sigma)
    names: set[str] = set()

    def part(rows: slice) -> torch.Tensor:
        names.add(current_thread().name)
        assert torch.get_num_threads() == 1
        # Whoever is one of several shares out nothing more.
        assert len(halving.parts(lambda inner: inner, LEAST_IMAGES)) == 1
        return loaded.denoise(x[rows], sigma[rows])

    halving = AdaptiveBatch(32, CPU, model=loaded, images=1)
    found = torch.cat(halving.parts(part, 32))
    assert (found - whole).abs().max() < 1e-4
    assert main_thread().name not in names
    assert torch.get_num_threads() == 2


def test_memory_that_runs_out_in_a_thread_halves_the_batch() -> None:
    def part(rows: slice) -> list[int]:
        if rows.stop - rows.start > 4:
            raise MemoryError
        return list(range(rows.start, rows.stop))

    halving = AdaptiveBatch(16, CPU, images=1)
    assert [number for found in halving.parts(part, 16) for number in found] == list(range(16))
    assert halving.size == 4
    assert all(note.level == "warning" for note in halving.notes())


def test_a_call_that_fails_in_a_thread_makes_all_go_on_in_float32(model: str, monkeypatch: pytest.MonkeyPatch) -> None:
    exact, loaded = load_model(model), load_model(model, precision="bfloat16")
    calls, counting = [0], Lock()

    def norm(values: torch.Tensor, shape: Any) -> torch.Tensor:
        with counting:
            calls[0] += 1
            spoilt = values.dtype == torch.bfloat16 and calls[0] > 12
        return LAYER_NORM(values, shape) * (float("nan") if spoilt else 1)

    monkeypatch.setattr("torch.nn.functional.layer_norm", norm)
    x, sigma = torch.randn(64, 3, 32, 32), torch.full((64,), 0.5)
    halving = AdaptiveBatch(16, CPU, model=loaded, images=1)
    found = torch.cat(halving.parts(lambda rows: loaded.denoise(x[rows], sigma[rows]), 64))
    assert loaded.precision == "float32"
    assert loaded.precision_used == "bfloat16, then float32"
    assert len(list(halving.notes())) == 1
    assert not list(halving.notes())
    expected = exact.denoise(x, sigma)
    assert (found - expected).abs().max() < 0.1 * expected.abs().max()
    # Of the last calls none was before the fall.
    assert (found[-8:] - expected[-8:]).abs().max() < 1e-4


def test_a_detection_is_the_same_by_one_thread_and_when_it_is_stopped_amid_two(
    model: str, dates: tuple[str, str], tmp_path: Path
) -> None:
    torch.set_num_threads(1)
    whole = scores(model, dates, tmp_path, precision="float32")
    torch.set_num_threads(2)
    fields = {"output": str(tmp_path / "o.tif"), "probability": str(tmp_path / "p.tif"), "precision": "float32"}
    job = DetectChanges(before=dates[0], after=dates[1], method="features", model=model, device="cpu", **fields)
    events = run(job)
    for event in events:
        if isinstance(event, Progress) and event.text == "scores" and event.done >= 0.6 * event.total:
            break
    stopped = events.throw(Cancelled())
    assert isinstance(stopped, Cancelled)
    assert stopped.kept == {"OUTPUT.part": str(tmp_path / "o.tif.part")}
    assert not list(events)
    assert torch.get_num_threads() == 2
    assert isinstance(list(run(job))[-1], Result)
    assert np.nanmax(np.abs(read(tmp_path / "p.tif") - whole)) < 1e-4


@pytest.mark.parametrize("layout", ["tiles", "seamless"])
def test_a_sampling_is_the_same_by_one_thread_and_by_two(model: str, tmp_path: Path, layout: str) -> None:
    def sampled() -> Any:
        extent = {"extent": "600000,602400,4497600,4500000"} if layout == "seamless" else {"count": 17}
        job = SampleTiles(model=model, output=str(tmp_path / "t.tif"), layout=layout, steps=2, device="cpu", **extent)
        assert isinstance(list(run(job))[-1], Result)
        return read(tmp_path / "t.tif").astype(float)

    by_two = sampled()
    torch.set_num_threads(1)
    # A mosaic has places without a tile.
    assert np.nanmax(np.abs(sampled() - by_two)) < 1e-2
