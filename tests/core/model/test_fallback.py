"""A kernel that fails in bfloat16 in the middle of a job: float32 from there on, told once, and nothing spoiled."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
import torch

from qgis_ddpm.card import read_model_card
from qgis_ddpm.core import run
from qgis_ddpm.core.learning import optimizers
from qgis_ddpm.core.learning.optimizers import Muon
from qgis_ddpm.core.model import load_model
from qgis_ddpm.core.training.evaluation import Evaluation
from qgis_ddpm.core.training.trainer import Trainer
from qgis_ddpm.errors import JobError, ModelFileError
from qgis_ddpm.events import Cancelled, Note, Progress, Result
from qgis_ddpm.jobs import DetectChanges, SampleTiles
from tests.core.model.test_bfloat16_jobs import FIELDS, dates, model, read, scores, train

__all__ = ["dates", "model"]

BOTH = "bfloat16, then float32"
LAYER_NORM = torch.nn.functional.layer_norm
Faults = Callable[..., list[int]]


@pytest.fixture(params=["wrong", "broken"])
def fault(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Faults]:
    """A switch: from a call of a norm in bfloat16 on, its kernel gives NaN, or fails. The probe at the start passes."""
    calls = [0]

    def spoil(after: int) -> list[int]:
        calls[0] = 0

        def norm(values: torch.Tensor, shape: Any) -> torch.Tensor:
            if values.dtype != torch.bfloat16:
                return LAYER_NORM(values, shape)
            calls[0] += 1
            if calls[0] <= after:
                return LAYER_NORM(values, shape)
            if request.param == "broken":
                raise RuntimeError("could not execute a primitive")
            return LAYER_NORM(values, shape) * float("nan")

        monkeypatch.setattr("torch.nn.functional.layer_norm", norm)
        return calls

    yield spoil
    monkeypatch.undo()


def told(events: list[Any]) -> list[str]:
    return [
        event.text
        for event in events
        if isinstance(event, Note) and "bfloat16 " in event.text and "float32" in event.text
    ]


def at_tile(number: int, change: Callable[[Trainer], object]) -> AbstractContextManager[list[Trainer]]:
    """Within the context a training is changed before the step that begins with a tile; its trainer is kept."""
    made: list[Trainer] = []
    before = Trainer.step

    def step(self: Trainer) -> None:
        made[:] = [self]
        if self.tiles_seen == number:
            change(self)
        before(self)

    @contextmanager
    def patched() -> Iterator[list[Trainer]]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Trainer, "step", step)
            yield made

    return patched()


def test_a_training_goes_on_in_float32_and_a_resumed_one_says_so(
    fault: Faults, dates: tuple[str, str], tmp_path: Path
) -> None:
    # In the middle of a step.
    with at_tile(12, lambda made: fault(2)):
        events = train(dates, tmp_path, tiles=24, experiment=str(tmp_path / "e"))
    assert isinstance(events[-1], Result)
    (note,) = told(events)
    assert "after 12 tiles" in note
    card = read_model_card(str(tmp_path / "m.safetensors"))
    assert card.training["precision"] == BOTH
    assert np.isfinite(card.training["training_loss"])
    assert all(value.isfinite().all() for value in load_model(tmp_path / "m.safetensors").network.state_dict().values())
    calls = fault(10**9)
    events = train(dates, tmp_path, tiles=40, experiment=str(tmp_path / "e"))
    assert told(events) == [note]
    # Nothing but the probes of the training and of its evaluation tries bfloat16 again.
    assert calls[0] < 40
    assert read_model_card(str(tmp_path / "m.safetensors")).training["precision"] == BOTH


def test_an_evaluation_that_fails_takes_the_training_along(
    fault: Faults, dates: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = Evaluation.losses

    def losses(self: Evaluation) -> Any:
        if self.trainer.tiles_seen == 8:
            fault(0)
        return right(self)

    monkeypatch.setattr(Evaluation, "losses", losses)
    fields = {"tiles": 8, "experiment": str(tmp_path / "e")}
    (note,) = told(train(dates, tmp_path, **fields))
    assert "after 8 tiles" in note
    assert np.isfinite(read_model_card(str(tmp_path / "m.safetensors")).training["validation_loss"])


def test_a_step_that_fails_is_as_one_in_float32(fault: Faults, dates: tuple[str, str], tmp_path: Path) -> None:
    with at_tile(12, lambda made: fault(2)) as fell:
        train(dates, tmp_path / "fell", tiles=20)
    assert fell[0].fall is not None
    assert fell[0].fall.tiles_seen == 12
    fault(10**9)
    with at_tile(12, lambda made: made.compute_in("float32")) as asked:
        train(dates, tmp_path / "asked", tiles=20)
    same = [one[0].network.state_dict() for one in (fell, asked)], [one[0].average.weights for one in (fell, asked)]
    for mixed, exact in same:
        assert all(torch.equal(value, mixed[name]) for name, value in exact.items())
    states = (one[0].optimizer.state.values() for one in (fell, asked))
    assert all(torch.equal(one[name], other[name]) for one, other in zip(*states, strict=True) for name in one)


@pytest.mark.parametrize("broken", [False, True])
def test_the_optimizer_takes_no_rounded_product_that_is_not_finite(
    broken: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def optimizer(rounded: bool) -> tuple[torch.nn.Parameter, Muon]:
        torch.manual_seed(0)
        weight = torch.nn.Parameter(torch.randn(32, 64))
        made = Muon([weight], 0.01, (0.9, 0.99), rounded)
        weight.grad = torch.randn(32, 64)
        return weight, made

    (exact, plain), (weight, made) = optimizer(False), optimizer(True)
    plain.step()
    right = Muon._factors

    def factors(self: Muon, matrices: Any, rounded: bool = False) -> list[torch.Tensor]:
        if rounded and broken:
            raise RuntimeError("could not create a primitive")
        return [factor * (float("nan") if rounded else 1) for factor in right(self, matrices, rounded)]

    monkeypatch.setattr(optimizers.Muon, "_factors", factors)
    made.step()
    assert torch.equal(weight, exact)
    assert ("could not create" if broken else "not finite") in made.problem
    assert not made.in_bfloat16


def test_a_loss_that_is_nan_in_float32_too_is_an_error_as_before(
    dates: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spoil(made: Trainer) -> None:
        monkeypatch.setattr(
            "torch.nn.functional.layer_norm", lambda values, shape: LAYER_NORM(values, shape) * float("nan")
        )

    with at_tile(12, spoil) as made, pytest.raises(JobError, match=r"The loss diverged after .* tiles"):
        train(dates, tmp_path, tiles=400)
    assert made[0].fall is None


@pytest.mark.parametrize("layout", ["tiles", "seamless"])
def test_a_sampling_goes_on_in_float32(fault: Faults, model: str, tmp_path: Path, layout: str) -> None:
    extent = {"extent": "600000,601800,4498200,4500000"} if layout == "seamless" else {"count": 4}

    def sampled(**fields: Any) -> tuple[list[Any], np.ndarray, str]:
        fields = {"layout": layout, "steps": 4, "batch_size": 4, **extent, **FIELDS, **fields}
        events = list(run(SampleTiles(model=model, output=str(tmp_path / "t.tif"), **fields)))
        assert isinstance(events[-1], Result)
        with rasterio.open(tmp_path / "t.tif") as file:
            return events, file.read(), file.tags()["PRECISION"]

    calls = fault(10**9)
    _, rounded, _ = sampled()
    whole = calls[0]
    calls = fault(whole - 1)
    events, mixed, precision = sampled()
    assert len(told(events)) == 1
    assert precision == BOTH
    assert calls[0] == whole
    assert np.abs(mixed.astype(int) - rounded.astype(int)).max() <= 16
    _, exact, precision = sampled(precision="float32")
    assert precision == "float32"
    assert np.abs(mixed.astype(int) - exact.astype(int)).max() <= 16


def test_from_the_first_window_on_a_fall_is_as_float32(fault: Faults, model: str) -> None:
    exact, loaded = load_model(model), load_model(model, precision="bfloat16")
    fault(3)
    x, sigma = torch.randn(2, 3, 32, 32), torch.full((2,), 0.5)
    assert torch.equal(loaded.denoise(x, sigma), exact.denoise(x, sigma))
    assert loaded.precision == "float32"
    assert len(list(loaded.notes())) == 1
    assert not list(loaded.notes())
    found, asked = loaded.features(x, [0.5, 1.0], x), exact.features(x, [0.5, 1.0], x)
    assert all(
        torch.equal(a, b) for one, other in zip(found, asked, strict=True) for a, b in zip(one, other, strict=True)
    )


def test_the_model_and_its_guide_fall_together(fault: Faults, model: str) -> None:
    from qgis_ddpm.core.sampling.guidance import Guidance

    def guided(precision: str) -> Any:
        found = load_model(model, precision=precision)
        found.guide_by(load_model(model, precision=precision))
        return found

    x, sigma = torch.randn(2, 3, 32, 32), torch.full((2,), 0.5)
    rounded, exact, guidance = guided("bfloat16"), guided("float32"), Guidance(2.0, 0.1, 1.0)
    # The model's own call is well, the guide's is not.
    calls = fault(10**9)
    rounded.denoise(x, sigma)
    fault(calls[0])
    assert torch.equal(guidance.estimate(rounded, x, sigma), guidance.estimate(exact, x, sigma))
    assert rounded.precision == rounded.guide.precision == "float32"
    assert len(list(rounded.notes())) == 1
    assert not list(rounded.guide.notes())


def test_a_detection_goes_on_in_float32_and_a_resumed_one_says_so(
    fault: Faults, model: str, dates: tuple[str, str], tmp_path: Path
) -> None:
    calls = fault(10**9)
    rounded = scores(model, dates, tmp_path)
    exact = scores(model, dates, tmp_path, precision="float32")
    fields = {"output": str(tmp_path / "o.tif"), "probability": str(tmp_path / "p.tif"), "batch_size": 1, **FIELDS}
    job = DetectChanges(before=dates[0], after=dates[1], method="features", model=model, **fields)
    fault(10**9)
    list(run(job))
    each = calls[0]
    fault(each - each // 4)
    events = list(run(job))
    assert isinstance(events[-1], Result)
    assert len(told(events)) == 1
    found = read(tmp_path / "p.tif")
    assert np.isfinite(found).all()
    assert min(np.abs(found - one).max() for one in (rounded, exact)) < 0.1
    with rasterio.open(tmp_path / "p.tif") as file:
        assert file.tags()["PRECISION"] == BOTH
    # Stopped after the fall, it goes on in float32 and tries nothing.
    fault(each - each // 3)
    going, fell = run(job), False
    for event in going:
        fell = fell or bool(isinstance(event, Note) and "bfloat16 " in event.text)
        if fell and isinstance(event, Progress) and event.text == "scores" and event.done > 0.9 * event.total:
            break
    stopped = going.throw(Cancelled())
    assert isinstance(stopped, Cancelled)
    assert stopped.kept == {"OUTPUT.part": str(tmp_path / "o.tif.part")}
    list(going)
    fault(10**9)
    events = list(run(job))
    assert any("since bfloat16 failed" in event.text for event in events if isinstance(event, Note))
    assert calls[0] < each // 2
    assert np.abs(read(tmp_path / "p.tif") - found).max() < 0.1
    with rasterio.open(tmp_path / "p.tif") as file:
        assert file.tags()["PRECISION"] == BOTH


def test_a_model_that_is_astray_in_float32_too_is_an_error(
    model: str, dates: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "torch.nn.functional.layer_norm", lambda values, shape: LAYER_NORM(values, shape) * float("nan")
    )
    for precision in ("float32", "bfloat16"):
        with pytest.raises(ModelFileError, match="not finite"):
            scores(model, dates, tmp_path, precision=precision)
        job = SampleTiles(model=model, output=str(tmp_path / "t.tif"), count=1, steps=2, precision=precision)
        with pytest.raises(ModelFileError, match="not finite"):
            list(run(job))
