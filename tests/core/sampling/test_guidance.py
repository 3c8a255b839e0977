"""Guidance: what leads an estimate and where, how many calls it takes, and where the early state comes from."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import rasterio
import torch

from qgis_ddpm.card import ModelCard, read_model_card
from qgis_ddpm.core import run
from qgis_ddpm.core.model import DiffusionModel, load_model, save_model
from qgis_ddpm.core.model.unet import build_network
from qgis_ddpm.core.model.weights import GUIDE_PREFIX, read_tensors
from qgis_ddpm.core.sampling.guidance import LEAST_CALLS, Guidance, guidance_of, plan_guided
from qgis_ddpm.core.sampling.samplers import SAMPLERS, plan
from qgis_ddpm.errors import JobError, ModelFileError
from qgis_ddpm.events import Progress, Result
from qgis_ddpm.jobs import SampleTiles, TrainModel
from tests.core.makers.small_model import save_small_model

STRENGTH = 2.5


@pytest.fixture
def path(tmp_path: Path) -> str:
    """A model of random weights, whose early state has others."""
    save_small_model(tmp_path / "plain.safetensors", 2)
    card = replace(read_model_card(str(tmp_path / "plain.safetensors")), guidance=STRENGTH)
    states = []
    for seed in (1, 2):
        torch.manual_seed(seed)
        network = build_network(card.network, 2)
        for parameter in network.parameters():
            torch.nn.init.normal_(parameter, std=0.1)
        states.append(network.state_dict())
    save_model(tmp_path / "led.safetensors", states[0], card, guide=states[1])
    return str(tmp_path / "led.safetensors")


def at(model: DiffusionModel, sigma: float) -> tuple[torch.Tensor, torch.Tensor]:
    x = torch.randn(3, 2, 32, 32, generator=torch.Generator().manual_seed(0))
    return x * sigma, torch.full((3,), sigma)


def test_an_estimate_is_led_away_from_the_early_states_within_the_interval(path: str) -> None:
    model = load_model(path)
    assert model.guide is not None
    guidance = guidance_of(model.card, None, 20)
    assert guidance is not None
    for sigma in (guidance.low, 1.0, guidance.high):
        x, sigmas = at(model, sigma)
        late, early = model.denoise(x, sigmas), model.guide.denoise(x, sigmas)
        expected = STRENGTH * late - (STRENGTH - 1) * early
        assert (guidance.estimate(model, x, sigmas, None) - expected).abs().max() < 1e-5
        assert (late - early).abs().max() > 1e-3
    for sigma in (0.9 * guidance.low, 1.1 * guidance.high):
        x, sigmas = at(model, sigma)
        assert torch.equal(guidance.estimate(model, x, sigmas, None), model.denoise(x, sigmas))


@pytest.mark.parametrize("sampler", SAMPLERS)
@pytest.mark.parametrize("calls", [1, 2, 3, 9, 20, 51, 5000])
def test_led_steps_take_two_of_the_calls(sampler: str, calls: int, path: str) -> None:
    schedule = read_model_card(path).schedule
    guidance = Guidance(2.0, 0.2, 4.0)
    steps = plan_guided(sampler, schedule, calls, guidance)
    taken = sum(step.calls for step in steps)
    assert max(calls - 2, 1) <= taken <= calls
    assert [step.calls for step in steps] == [2 if guidance.covers(step.sigma) else 1 for step in steps]
    assert [replace(step, calls=1) for step in steps] == plan(sampler, schedule, len(steps))
    assert plan_guided(sampler, schedule, calls, None) == plan(sampler, schedule, calls)


def test_few_calls_are_led_only_where_that_is_asked_for(path: str) -> None:
    card = read_model_card(path)
    assert guidance_of(card, None, LEAST_CALLS - 1) is None
    assert guidance_of(card, 1.0, 20) is None
    for asked, calls, strength in ((None, LEAST_CALLS, STRENGTH), (1.5, 4, 1.5)):
        found = guidance_of(card, asked, calls)
        assert found is not None
        assert found.strength == strength


def sample(model: str, output: Path, **fields: Any) -> tuple[Any, list[Progress]]:
    events = list(run(SampleTiles(model=model, output=str(output), steps=12, device="cpu", **fields)))
    assert isinstance(events[-1], Result)
    with rasterio.open(output) as file:
        return (file.read(), file.tags()), [event for event in events if isinstance(event, Progress)]


@pytest.mark.parametrize("fields", [{"count": 3}, {"layout": "seamless", "extent": "0,40,0,40"}])
def test_sampling_is_led_as_the_model_says(fields: dict[str, Any], path: str, tmp_path: Path) -> None:
    (led, tags), progress = sample(path, tmp_path / "led.tif", **fields)
    (as_led, _), _ = sample(path, tmp_path / "as_led.tif", guidance=STRENGTH, **fields)
    (plain, plain_tags), _ = sample(path, tmp_path / "plain.tif", guidance=1, **fields)
    assert (led == as_led).all()
    assert (led != plain).mean() > 0.1
    assert (tags["GUIDANCE"], plain_tags["GUIDANCE"]) == ("2.5", "1")
    # Every call is counted, and no more than were planned.
    done = [event.done for event in progress]
    assert done == sorted(done)
    assert done[-2:] == [progress[-1].total] * 2


def test_a_model_without_an_early_state_cannot_be_led(path: str, tmp_path: Path) -> None:
    with pytest.raises(JobError, match="GUIDANCE is 2, but this model holds no early state"):
        list(run(SampleTiles(model=str(tmp_path / "plain.safetensors"), output=str(tmp_path / "t.tif"), guidance=2)))
    assert not (tmp_path / "t.tif").exists()


def test_a_card_that_promises_an_early_state_is_held_to_it(path: str, tmp_path: Path) -> None:
    save_model(tmp_path / "m.safetensors", read_tensors(path), read_model_card(path))
    with pytest.raises(ModelFileError, match="does not hold the network of its card"):
        load_model(tmp_path / "m.safetensors")


@pytest.fixture
def trained(scene: Any, tmp_path: Path) -> Callable[..., str]:
    """Train a small model with some fields; its path."""

    def train(name: str, **fields: Any) -> str:
        small = {"preset": "tiny", "tile_px": 16, "base_channels": 8, "channel_multipliers": "1,2", "batch_size": 4}
        job = {**small, "attention_at_px": "0", "input": (str(scene.before),), "model": str(tmp_path / name)}
        assert isinstance(list(run(TrainModel(**{**job, **fields})))[-1], Result)
        return str(tmp_path / name)

    return train


def test_training_keeps_its_averaged_weights_of_an_eighth_of_the_way(trained: Callable[..., str]) -> None:
    whole = trained("whole.safetensors", tiles=320, guidance=STRENGTH)
    eighth = trained("eighth.safetensors", tiles=40)
    card = read_model_card(whole)
    assert (card.guidance, card.training["guide_tiles_seen"]) == (STRENGTH, 40)
    early, then = read_tensors(whole, GUIDE_PREFIX), read_tensors(eighth)
    assert early.keys() == then.keys() == read_tensors(whole).keys()
    assert all(torch.equal(early[name], then[name]) for name in then)
    assert read_model_card(eighth).guidance == 1


def test_the_samples_of_a_training_are_led_once_there_is_an_early_state(
    trained: Callable[..., str], tmp_path: Path
) -> None:
    for guidance in (1.0, STRENGTH):
        trained("m.safetensors", tiles=320, guidance=guidance, experiment=str(tmp_path / f"{guidance:g}"))
    plain, led = (tmp_path / f"{guidance:g}" / "samples" / "000000320.png" for guidance in (1.0, STRENGTH))
    assert plain.read_bytes() != led.read_bytes()
    losses = [(tmp_path / f"{guidance:g}" / "noise_levels.csv").read_bytes() for guidance in (1.0, STRENGTH)]
    assert losses[0] == losses[1]


def test_the_early_state_is_taken_when_a_job_says(trained: Callable[..., str]) -> None:
    whole = trained("whole.safetensors", tiles=80, guidance=STRENGTH, guide_tiles=30)
    assert read_model_card(whole).training["guide_tiles_seen"] == 32
    early, then = read_tensors(whole, GUIDE_PREFIX), read_tensors(trained("short.safetensors", tiles=32))
    assert all(torch.equal(early[name], then[name]) for name in then)
    with pytest.raises(JobError, match="GUIDE_TILES is 80, but the training ends after TILES 80"):
        trained("none.safetensors", tiles=80, guidance=STRENGTH, guide_tiles=80)
    # The preset tiny does not lead its samples.
    with pytest.raises(JobError, match="set GUIDANCE too"):
        trained("none.safetensors", tiles=80, guide_tiles=30)


def test_guidance_of_one_keeps_nothing(trained: Callable[..., str]) -> None:
    path = trained("plain.safetensors", tiles=40, guidance=1)
    assert read_model_card(path).guidance == 1
    assert not read_tensors(path, GUIDE_PREFIX)
    assert load_model(path).guide is None


def test_guidance_beyond_reason_is_refused(path: str) -> None:
    card: ModelCard = read_model_card(path)
    save_model(path, build_network(card.network, 2).state_dict(), replace(card, guidance=1e6))
    with pytest.raises(ModelFileError, match="guidance"):
        load_model(path)
