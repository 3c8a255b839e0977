"""Tuning for few calls: what it learns, what it refuses, and that two calls then come near to many."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
import torch
from torch import Tensor, nn

from qgis_ddpm.card import read_model_card
from qgis_ddpm.core import run
from qgis_ddpm.core.model.schedules import Schedule, describe_schedule
from qgis_ddpm.core.model.weights import read_tensors
from qgis_ddpm.core.sampling.guidance import Guidance
from qgis_ddpm.core.sampling.samplers import consistency, plan
from qgis_ddpm.core.training.consistency import HUBER, LOWEST, STEP, Consistency, levels_of_tuning
from qgis_ddpm.errors import JobError
from qgis_ddpm.events import Result
from qgis_ddpm.jobs import Job, SampleTiles, TrainModel

MEAN, STD = 0.3, 0.5
EDM = describe_schedule(Schedule("edm"), 64)


def flow(x: Tensor, sigma: Tensor, to: float | Tensor = 0.0) -> Tensor:
    """Where the probability flow of data that is normal with MEAN and STD leads from x at sigma."""
    wide = sigma.reshape(-1, 1, 1, 1)
    return MEAN + (x - MEAN) * ((STD**2 + to**2) / (STD**2 + wide**2)) ** 0.5


class Gaussian:
    """The exact estimate of x0 for such data, as a teacher; `lead` is added to it."""

    precision, note, problem = "float32", "", ""

    class card:  # noqa: N801
        sigma_data = STD

    def __init__(self, lead: float = 0.0, guide: "Gaussian | None" = None) -> None:
        self.lead, self.guide = lead, guide

    def denoise(self, x: Tensor, sigma: Tensor, x0_prev: None = None, condition: Tensor | None = None) -> Tensor:
        variance = sigma.reshape(-1, 1, 1, 1) ** 2
        return (STD**2 * x + variance * MEAN) / (STD**2 + variance) + self.lead


class Answers:
    """A preconditioning whose network is a function of x and sigma; keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[Tensor, Tensor]] = []

    def estimate(self, network: Any, x: Tensor, sigma: Tensor, before: None = None, told: None = None) -> Tensor:
        self.asked.append((x, sigma))
        return network(x, sigma)


def states(count: int = 64) -> tuple[Tensor, Tensor]:
    generator = torch.Generator().manual_seed(0)
    sigma = torch.from_numpy(np.geomspace(0.02, 60, count))
    noise = torch.randn(2, count, 1, 4, 4, generator=generator, dtype=torch.float64)
    return MEAN + STD * noise[0] + sigma.reshape(-1, 1, 1, 1) * noise[1], sigma


def test_a_network_that_answers_with_the_end_of_the_way_has_next_to_no_loss() -> None:
    x, sigma = states()
    learns = Consistency(Gaussian(), None)  # type: ignore[arg-type]
    right = learns.losses(flow, Answers(), x, sigma, None)  # type: ignore[arg-type]
    mean = learns.losses(Gaussian().denoise, Answers(), x, sigma, None)  # type: ignore[arg-type]
    assert right.shape == (64,)
    # One step of first order is not exact, so a little is left.
    assert float(right.sum()) < 0.1 * float(mean.sum())


def test_the_target_is_the_answer_a_step_down_the_led_way() -> None:
    x, sigma = states()
    teacher, early = Gaussian(0.1), Gaussian(0.3)
    teacher.guide = early
    guidance, answers = Guidance(3.0, 0.2, 5.0), Answers()
    learns = Consistency(teacher, guidance)  # type: ignore[arg-type]

    def network(x: Tensor, sigma: Tensor) -> Tensor:
        return torch.full_like(x, 0.25) * sigma.reshape(-1, 1, 1, 1)

    losses = learns.losses(network, answers, x, sigma, None)  # type: ignore[arg-type]
    covered = ((sigma >= 0.2) & (sigma <= 5)).reshape(-1, 1, 1, 1)
    led = Gaussian().denoise(x, sigma) + torch.where(covered, 0.3 - 2 * (0.3 - 0.1) - 0.2, 0.1)
    (ahead, lower), (asked, level) = answers.asked
    assert torch.equal(asked, x)
    assert torch.equal(level, sigma)
    assert torch.allclose(lower, STEP * sigma)
    assert torch.allclose(ahead, x + (STEP - 1) * (x - led))
    ends = (lower < LOWEST * STD).reshape(-1, 1, 1, 1)
    target = torch.where(ends, led, network(ahead, lower))
    distance = ((network(x, sigma) - target) ** 2).mean(dim=(1, 2, 3))
    expected = ((distance + HUBER**2).sqrt() - HUBER) / (sigma - lower)
    assert torch.allclose(losses.double(), expected, rtol=1e-4)


def test_no_gradient_flows_through_the_target() -> None:
    x, sigma = states(4)
    scale = nn.Parameter(torch.tensor(0.5, dtype=torch.float64))
    learns = Consistency(Gaussian(), None)  # type: ignore[arg-type]
    learns.losses(lambda x, sigma: scale * x, Answers(), x, sigma, None).sum().backward()  # type: ignore[arg-type]
    by_hand = scale.detach().clone().requires_grad_()
    target = Answers()
    learns.losses(lambda x, sigma: scale.detach() * x, target, x, sigma, None)  # type: ignore[arg-type]
    ahead, lower = target.asked[0]
    ends = (lower < LOWEST * STD).reshape(-1, 1, 1, 1)
    wanted = torch.where(ends, Gaussian().denoise(x, sigma), scale.detach() * ahead)
    error = ((by_hand * x - wanted) ** 2).mean(dim=(1, 2, 3))
    (((error + HUBER**2).sqrt() - HUBER) / (sigma - lower)).sum().backward()
    assert scale.grad is not None
    assert by_hand.grad is not None
    assert torch.allclose(scale.grad, by_hand.grad, rtol=1e-5)


@pytest.mark.parametrize("calls", [1, 2, 5])
def test_an_exact_answer_gives_the_right_spread_in_any_number_of_calls(calls: int) -> None:
    mean, variance = 0.0, plan("consistency", EDM, calls)[0].sigma ** 2
    for step in plan("consistency", EDM, calls):
        gain = (STD**2 / (STD**2 + step.sigma**2)) ** 0.5
        factor = step.keep + step.x0 * gain
        mean = factor * mean + step.x0 * (1 - gain) * MEAN
        variance = factor**2 * variance + step.noise**2
    assert mean == pytest.approx(MEAN, abs=0.01)
    assert variance**0.5 == pytest.approx(STD, abs=0.01)


def test_only_the_way_down_takes_noise() -> None:
    steps = consistency([80.0, 2.5, 0.0])
    assert [(step.keep, step.x0, step.x0_prev, step.noise) for step in steps] == [(0, 1, 0, 2.5), (0, 1, 0, 0)]


def test_noise_levels_reach_further_than_in_training() -> None:
    assert levels_of_tuning(EDM) == {**EDM, "std": 1.6}
    cosine = describe_schedule(Schedule("cosine", 1000, 1e-4, 0.02), 64)
    assert levels_of_tuning(cosine) == cosine


@pytest.fixture(scope="module")
def place(scene: Any, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Callable[..., Path]]:
    """A folder with base.safetensors, and a function that trains a small model in it with some fields."""
    folder = tmp_path_factory.mktemp("tuned")

    def train(name: str, **fields: Any) -> Path:
        small = {"preset": "tiny", "batch_size": 8, "model": str(folder / name), "input": (str(scene.before),)}
        result_of(TrainModel(**{**small, **fields}))
        return folder / name

    network = {"tile_px": 16, "base_channels": 8, "channel_multipliers": "1,2", "attention_at_px": "0"}
    train("base.safetensors", tiles=2400, guidance=1.5, **network)
    return folder, train


def result_of(job: Job) -> dict[str, Any]:
    *_, last = run(job)
    assert isinstance(last, Result)
    return last.outputs


def test_a_tuned_model_is_sampled_by_two_calls_and_says_so(place: Any, tmp_path: Path) -> None:
    folder, train = place
    tuned = train("tuned.safetensors", init_model=str(folder / "base.safetensors"), few_calls=True, tiles=800)
    card = read_model_card(str(tuned))
    assert card.few_calls
    assert card.guidance == 1
    assert card.training["job"]["guidance"] == 1.5
    assert not read_tensors(str(tuned), "guide.")
    assert card.schedule == read_model_card(str(folder / "base.safetensors")).schedule
    output = str(tmp_path / "t.tif")
    result_of(SampleTiles(model=str(tuned), count=4, output=output))
    with rasterio.open(output) as file:
        assert (file.tags()["SAMPLER"], file.tags()["STEPS"]) == ("consistency", "2")
        first = file.read()
    result_of(SampleTiles(model=str(tuned), count=4, output=output, batch_size=1))
    with rasterio.open(output) as file:
        assert np.abs(file.read().astype(int) - first).max() <= 1
    result_of(SampleTiles(model=str(tuned), layout="seamless", extent="0,40,0,40", output=output))


def test_tuning_brings_the_answers_along_the_way_together(place: Any) -> None:
    folder, train = place
    base = str(folder / "base.safetensors")
    losses = []
    for tiles in (8, 1600):
        train("some.safetensors", init_model=base, few_calls=True, tiles=tiles)
        losses.append(read_model_card(str(folder / "some.safetensors")).training["validation_loss"])
    assert losses[1] < 0.8 * losses[0]


def test_a_tuning_goes_on_to_the_same_bytes(place: Any, tmp_path: Path) -> None:
    folder, train = place
    fields = {"init_model": str(folder / "base.safetensors"), "few_calls": True}
    whole = train("whole.safetensors", tiles=64, **fields)
    for tiles in (24, 64):
        parts = train("parts.safetensors", tiles=tiles, experiment=str(tmp_path / "e"), **fields)
    first, second = read_tensors(str(whole)), read_tensors(str(parts))
    assert all(torch.equal(first[name], second[name]) for name in first)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"few_calls": True, "init_model": None}, "FEW_CALLS tunes a model, but INIT_MODEL is empty"),
        ({"few_calls": True, "tile_px": 32}, "keeps the tiles of INIT_MODEL .*, 16 px, but TILE_PX is 32"),
        ({"few_calls": True, "bands": "1,2"}, "other bands or another range"),
        ({"few_calls": True, "guidance": 2.0, "init_model": "plain"}, "holds no early state"),
        ({"few_calls": True, "init_model": "tuned"}, "was tuned for few calls already"),
    ],
)
def test_what_cannot_be_tuned_is_said(fields: dict[str, Any], sentence: str, place: Any) -> None:
    folder, train = place
    base = str(folder / "base.safetensors")
    starts = {"base": lambda: base, "plain": lambda: str(train("plain.safetensors", init_model=base, tiles=8))}
    starts["tuned"] = lambda: str(train("again.safetensors", init_model=base, few_calls=True, tiles=8))
    named = fields.get("init_model", "base")
    chosen = {**fields, "init_model": starts[named]() if named else None}
    with pytest.raises(JobError, match=sentence):
        train("refused.safetensors", tiles=8, **chosen)
    assert not (folder / "refused.safetensors").exists()


@pytest.mark.parametrize(("name", "sampler"), [("base", "consistency"), ("tuned", "dpmpp_2m")])
def test_a_sampler_that_a_model_was_not_made_for_is_refused(
    name: str, sampler: str, place: Any, tmp_path: Path
) -> None:
    folder, train = place
    path = folder / "base.safetensors"
    if name == "tuned":
        path = train("two.safetensors", init_model=str(path), few_calls=True, tiles=8)
    output = tmp_path / "t.tif"
    with pytest.raises(JobError, match=f"SAMPLER is {sampler}, but .* was (not )?tuned for few calls"):
        list(run(SampleTiles(model=str(path), count=2, sampler=sampler, output=str(output))))  # type: ignore[arg-type]
    assert not output.exists()
