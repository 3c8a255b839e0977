"""The network of a scene: nothing at first, then what the other estimates miss; its fills and draws, the same twice."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
import torch
from scipy.ndimage import gaussian_filter

from qgis_ddpm.core import run
from qgis_ddpm.core.gaps.learnt import fitting_refiner as fitting_refiner_module
from qgis_ddpm.core.gaps.learnt.fitting_refiner import fitting_refiner, given_of, steps_of
from qgis_ddpm.core.gaps.learnt.gap_network import NOTHING_SEEN, REACH_PX, GapNetwork, with_noise
from qgis_ddpm.core.gaps.learnt.holding_out import Hole
from qgis_ddpm.core.gaps.weighing import Weights
from qgis_ddpm.errors import JobError
from qgis_ddpm.events import Note, Result
from qgis_ddpm.jobs import FillGaps
from tests.core.change.test_run import write
from tests.core.gaps.test_run import read

SIDE = 72


def test_a_new_network_adds_nothing_and_looks_no_further_than_its_reach():
    torch.manual_seed(0)
    network = GapNetwork(3, 2)
    given, seen = torch.randn(1, 3, 60, 60), torch.randn(1, 2, 60, 60)
    nothing = torch.full((1, 1, 60, 60), NOTHING_SEEN)
    assert not network(given, seen, nothing).any()
    # With a little noise, what is seen is believed.
    little = torch.full((1, 1, 60, 60), 0.1)
    assert torch.allclose(network(given, seen, little), 0.9**0.5 * seen, atol=1e-6)
    for parameter in network.parameters():
        torch.nn.init.normal_(parameter, std=0.2)
    other = given.clone()
    other[..., 30, 30] += 5
    rows, columns = torch.nonzero((network(given, seen, nothing) != network(other, seen, nothing)).any(dim=1)[0]).T
    assert max(int((rows - 30).abs().max()), int((columns - 30).abs().max())) <= REACH_PX


def test_noise_keeps_the_variance():
    torch.manual_seed(0)
    one, normal = torch.randn(2, 100_000)
    assert float(with_noise(one, normal, torch.tensor(0.3)).var()) == pytest.approx(1, abs=0.02)


@pytest.fixture(autouse=True)
def small_steps(monkeypatch):
    """Steps of few pixels: more of them in the same time."""
    monkeypatch.setattr(fitting_refiner_module, "_TILE_PX", 32)


def holes(count: int, seed: int) -> list[Hole]:
    """Holes in which the truth is the size of a predictor, of which no sum tells."""
    found = []
    for number in range(count):
        rng = np.random.default_rng(seed + number)
        predictors = np.stack([rng.normal(size=(SIDE, SIDE)), np.ones((SIDE, SIDE))])
        truth = (1.7 * np.abs(predictors[0]) - 1.3)[None]
        hole = gaussian_filter(rng.normal(size=(SIDE, SIDE)), 3) > 0
        where = {"inner": hole, "missing": hole, "known": ~hole, "there": np.ones_like(hole), "hidden": hole}
        guesses = {"kriging": np.zeros_like(truth)}
        away = hole.astype(np.float64)
        found.append(Hole(truth, guesses, np.zeros_like(truth), distance=away, predictors=predictors, **where))
    return found


def fitted(noisy: bool, minutes: float) -> Any:
    weights = Weights(("kriging",), np.ones((1, 8, 1)))
    events = fitting_refiner(holes(3, 0), weights, np.ones(1), False, minutes, noisy, 5)
    while True:
        try:
            next(events)
        except StopIteration as done:
            return done.value


def test_what_no_sum_tells_is_learnt():
    found = fitted(False, 0.05)
    (hole,) = holes(1, 50)
    mean, given = given_of(hole, found.weights, False)
    refined = found.mean(given, hole.missing, mean)
    off = (refined - hole.truth)[:, hole.inner]
    assert np.sqrt((off**2).mean()) < 0.93 * hole.truth[:, hole.inner].std()
    # Nothing is said of known pixels.
    assert (refined == mean)[:, ~hole.missing].all()


def test_a_fit_is_the_same_twice_and_draws_leave_known_pixels():
    found, again = fitted(True, 0.004), fitted(True, 0.004)
    for one, other in zip(found.network.parameters(), again.network.parameters(), strict=True):
        assert torch.equal(one, other)
    (hole,) = holes(1, 50)
    mean, given = given_of(hole, found.weights, False)
    normal = np.random.default_rng(0).normal(size=hole.truth.shape).astype(np.float32)
    drawn = found.drawn(given, hole.missing, mean, hole.truth, normal, (0.3, 0.1))
    assert (drawn == mean)[:, ~hole.missing].all()
    off = (drawn - hole.truth)[:, hole.inner]
    # It begins from what it is given, and gets some noise.
    assert 0.01 < np.sqrt((off**2).mean()) / hole.truth.std() < 1


def test_steps_follow_from_minutes_alone():
    assert steps_of(2.0, 20, 4) == pytest.approx(2 * steps_of(1.0, 20, 4), abs=2)
    assert steps_of(0.0, 20, 4) == 4


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A scene with stripes, and another date of it."""
    place = tmp_path_factory.mktemp("learnt")
    rng = np.random.default_rng(0)
    base, own, later = (gaussian_filter(rng.normal(size=(1, SIDE, SIDE)), (0, 2, 2)) for _ in range(3))
    rows, columns = np.indices((SIDE, SIDE))
    gap = (rows + columns // 3) % 24 < 6
    this = (100 + 200 * (base + 0.3 * own)).astype(np.float32)
    write(place / "a.tif", np.where(gap, np.float32(-1), this), nodata=-1)
    write(place / "b.tif", (80 + 150 * (base + 0.3 * later)).astype(np.float32))
    return place


def fill(folder: Path, name: str, **fields: Any) -> tuple[np.ndarray, np.ndarray, dict[str, Any], str]:
    """The fill, a draw, outputs and notes."""
    more = {"input": str(folder / "a.tif"), "other": (str(folder / "b.tif"),), "minutes": 0.004, **fields}
    job = FillGaps(output=str(folder / f"{name}.tif"), draws=1, draws_folder=str(folder / name), **more)
    events = list(run(job))
    assert isinstance(events[-1], Result)
    notes = " ".join(event.text for event in events if isinstance(event, Note))
    return read(folder / f"{name}.tif"), read(folder / name / "draw_001.tif"), events[-1].outputs, notes


def test_a_fill_by_diffusion_is_the_same_in_a_part_and_another_seed_draws_another(folder):
    whole, drawn, outputs, notes = fill(folder, "whole", method="diffusion")
    assert "network" in notes
    assert set(outputs["METHOD_USED"].split("+")) <= {"network", "regression", "kriging", "interpolation"}
    known = read(folder / "a.tif") != -1
    for pixels in (whole, drawn):
        assert (pixels[known] == read(folder / "a.tif")[known]).all()
        assert np.isfinite(pixels).all()
    assert np.abs(drawn - whole)[~known].max() > 0.5
    with rasterio.open(folder / "a.tif") as dataset:
        left, top = dataset.transform * (13, 21)
        right, bottom = dataset.transform * (60, 64)
    part = fill(folder, "part", method="diffusion", extent=f"{left},{right},{bottom},{top}")
    assert np.abs(part[0] - whole[:, 21:64, 13:60]).max() < 1e-3
    assert np.abs(part[1] - drawn[:, 21:64, 13:60]).max() < 1e-3


@pytest.mark.parametrize(("method", "minutes"), [("kriging", 1.0), ("network", 0.0), ("diffusion", 0.0)])
def test_minutes_fit_to_the_method(method, minutes):
    with pytest.raises(JobError, match="MINUTES is"):
        FillGaps(input="a.tif", output="o.tif", method=method, minutes=minutes)


def test_auto_fits_a_network_where_minutes_are_given(folder):
    _, _, _, notes = fill(folder, "auto", method="auto")
    assert "network" in notes
    _, _, outputs, notes = fill(folder, "none", method="auto", minutes=0.0)
    assert "network" not in notes + outputs["METHOD_USED"]
