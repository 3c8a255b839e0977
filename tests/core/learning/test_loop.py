"""The loop of every training: a run that is stopped anywhere goes on as if nothing had been."""

import pytest
import torch
from torch import nn

from qgis_ddpm.card import DetectorCard
from qgis_ddpm.core.learning import loop as module
from qgis_ddpm.core.learning.budget import Budget, Cadence
from qgis_ddpm.core.learning.checkpoint import LEARNT, LearningState
from qgis_ddpm.core.learning.loop import LearningLoop
from qgis_ddpm.events import Cancelled, Metric, Note, Progress
from qgis_ddpm.jobs import TrainModel
from tests.core.makers.experiments import experiment_of

CARD = DetectorCard({"kind": "linear", "bands": 3}, (0.2,), 0.5, "0" * 64, "none", {})


class Counting(LearningLoop):
    """Learns to count, two tiles a step, and measures itself in two parts."""

    def __init__(self, budget, experiment):
        super().__init__(budget, experiment, Cadence(budget, 0.25))
        self.network = nn.Linear(1, 1)
        self.optimizer = torch.optim.SGD(self.network.parameters(), lr=0.1)
        self.tiles, self.measured = 0, []

    @property
    def tiles_seen(self):
        return self.tiles

    def step(self):
        yield from ()
        self.tiles += 2

    def evaluate(self):
        if self.evaluations.is_due(self.tiles) or (self.is_done and self.tiles not in self.measured):
            with self.evaluations.done(self.tiles):
                yield self.progress()
            self.measured.append(self.tiles)
            self.record({"training_loss": 1.0, "validation_loss": float(self.tiles)})

    def state(self):
        values = {"tiles": self.tiles, "measured": self.measured}
        return LearningState({"net": self.network}, {}, {LEARNT: {"w": torch.ones(1)}}, CARD, values)

    def restore(self, weights, values):
        self.tiles, self.measured = values["tiles"], values["measured"]

    def describe(self):
        return "counting"


@pytest.fixture(autouse=True)
def every_step_is_told(monkeypatch):
    monkeypatch.setattr(module, "PROGRESS_S", 0.0)


@pytest.fixture
def counting(tmp_path):
    """A loop of 16 tiles with an experiment folder by name; the folder is released at the end."""
    opened = []

    def make(name, tiles=16):
        job = TrainModel(input=("a.tif",), model="m.safetensors", tiles=tiles)
        opened.append(experiment_of(str(tmp_path / name), job))
        return Counting(Budget(tiles, None), opened[-1])

    yield make
    for experiment in opened:
        experiment.close()


def test_it_measures_at_even_parts_and_at_the_end(counting):
    loop = counting("e")
    events = list(loop.train())
    assert loop.measured == [4, 8, 12, 16]
    assert loop.curve("validation_loss") == ([4, 8, 12, 16], [4, 8, 12, 16])
    assert [event.total for event in events if isinstance(event, Progress)][-1] == 16


@pytest.mark.parametrize("stop", range(1, 12))
def test_a_stop_at_any_event_loses_no_evaluation_and_adds_none(counting, stop):
    loop = counting("e")
    events = loop.train()
    for _ in range(stop):
        next(events)
    with pytest.raises(Cancelled):
        events.throw(Cancelled())
    loop.save()
    loop.experiment.close()
    again = counting("e")
    (note,) = again.resume()
    assert note.text == f"Going on from {loop.tiles} tiles in {again.experiment.folder}."
    assert again.tiles == loop.tiles
    list(again.train())
    assert again.measured == [4, 8, 12, 16]
    assert again.curve("validation_loss")[0] == again.measured


def test_checkpoints_are_told_with_their_seconds(counting, monkeypatch):
    loop = counting("e")
    loop.saves.least_s, loop.saves.every_s = 0.0, 0.0
    loop.saves.cost_share = float("inf")
    saved = [event for event in loop.train() if isinstance(event, Metric)]
    assert [event.step for event in saved] == list(range(0, 16, 2))
    assert {event.name for event in saved} == {"checkpoint_seconds"}
    assert loop.experiment.can_go_on


def test_a_longer_job_measures_on(counting):
    loop = counting("e")
    list(loop.train())
    loop.save()
    loop.experiment.close()
    longer = counting("e", tiles=32)
    assert any(isinstance(event, Note) for event in longer.resume())
    list(longer.train())
    assert longer.measured == [4, 8, 12, 16, 24, 32]
