"""Stopping where the validation loss no longer falls: when, with which weights, and again after a resume."""

import pytest
import torch

from qgis_ddpm.card import read_model_card
from qgis_ddpm.core import run
from qgis_ddpm.core.model import load_model
from qgis_ddpm.core.training import setup as training_setup
from qgis_ddpm.core.training.evaluation import Evaluation
from qgis_ddpm.core.training.snapshots import EarlyStop, Snapshot
from qgis_ddpm.errors import JobError
from qgis_ddpm.events import Note
from qgis_ddpm.jobs import TrainModel

FIELDS = {
    "preset": "tiny",
    "tile_px": 16,
    "batch_size": 4,
    "base_channels": 8,
    "channel_multipliers": "1",
    "attention_at_px": "0",
    "early_stop": 16,
}


@pytest.fixture(autouse=True)
def few_statistics(monkeypatch):
    """Small networks need no statistics of a thousand tiles."""
    monkeypatch.setattr(training_setup, "STATISTICS_TILES", 64)


def test_it_is_over_after_the_span_without_a_lower_loss():
    early = EarlyStop(80)
    assert [seen for seen in range(8, 104, 8) if early.is_due(seen, 8)] == [24, 40, 64, 80]
    losses = {20: 0.5, 40: 0.3, 60: 0.4, 80: 0.3, 100: 0.31, 120: 0.9}
    over = {}
    for seen, loss in losses.items():
        early.observe(Snapshot(seen, 1.0, {"w": torch.tensor(float(seen))}), loss)
        over[seen] = early.over
    assert over == {20: False, 40: False, 60: False, 80: False, 100: False, 120: True}
    assert (early.best.tiles_seen, early.best.validation_loss, float(early.best.weights["w"])) == (40, 0.3, 40.0)


@pytest.fixture
def rising_loss(monkeypatch):
    """A validation loss that is lowest after 12 tiles."""

    def losses(self):
        yield
        return [abs(self.trainer.tiles_seen - 12.0) + 1.0] * len(self.sigmas)

    monkeypatch.setattr(Evaluation, "losses", losses)


@pytest.mark.timeout(600)
def test_the_model_is_that_of_the_lowest_loss_and_a_resumed_run_ends_the_same(scene, tmp_path, rising_loss):
    def job(name, tiles, **changes):
        return TrainModel(
            input=(str(scene.before),), model=str(tmp_path / f"{name}.safetensors"), tiles=tiles, **FIELDS, **changes
        )

    events = list(run(job("early", 400)))
    assert events[-1].outputs["TILES_SEEN"] == 28
    assert any("since 12 tiles" in event.text for event in events if isinstance(event, Note))
    card = read_model_card(str(tmp_path / "early.safetensors"))
    assert (card.training["tiles_seen"], card.training["validation_loss"]) == (12, 1.0)
    list(run(job("twelve", 12)))
    early, twelve = (load_model(tmp_path / f"{name}.safetensors").network.state_dict() for name in ("early", "twelve"))
    assert all(torch.equal(early[name], twelve[name]) for name in early)

    record = {"experiment": str(tmp_path / "e")}
    list(run(job("parts", 20, **record)))
    for _ in range(2):
        # The second time it has stopped already, and stays so.
        assert list(run(job("parts", 400, **record)))[-1].outputs["TILES_SEEN"] == 28
        assert (tmp_path / "parts.safetensors").read_bytes() == (tmp_path / "early.safetensors").read_bytes()
    table = (tmp_path / "e" / "noise_levels.csv").read_text().splitlines()
    assert table[0].startswith("tiles,sigma ")
    assert [row.split(",")[0] for row in table[1:]] == ["4", "8", "12", "16", "20", "24", "28"]


def test_it_needs_tiles_for_validation():
    with pytest.raises(JobError, match="VALIDATION_SHARE"):
        TrainModel(input=("a.tif",), model="m", early_stop=100, validation_share=0.0)
