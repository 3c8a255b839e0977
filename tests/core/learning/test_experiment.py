"""The record of a training beside its checkpoint."""

import os
import sys
from types import ModuleType

import pytest

from qgis_ddpm.core.learning import experiment as module
from qgis_ddpm.errors import InputError, JobError, OutputError
from qgis_ddpm.jobs import TrainModel
from tests.core.makers.experiments import experiment_of

ROW = {"tiles": 32.0, "seconds": 1.5, "training_loss": 0.25, "validation_loss": None, "tiles_per_second": 20.0}


def job(**changes):
    return TrainModel(**{"input": ("a.tif",), "model": "m.safetensors", "minutes": 2.0, "tiles": 100, **changes})


def test_metrics_come_back_up_to_the_checkpoint(tmp_path):
    record = experiment_of(str(tmp_path / "e"), job())
    rows = [{**ROW, "tiles": float(tiles), "validation_loss": 0.5} for tiles in (32, 64, 96)]
    for row in rows:
        record.record(row)
    record.write_metrics()
    record.close()
    again = experiment_of(str(tmp_path / "e"), job())
    again.resume(64)
    assert again.rows == rows[:2]
    assert not again.can_go_on


@pytest.mark.parametrize("changes", [{"minutes": 5.0}, {"minutes": None}, {"tiles": None}, {"model": "n.safetensors"}])
def test_a_longer_run_with_other_destinations_is_the_same_job(tmp_path, changes):
    experiment_of(str(tmp_path / "e"), job())
    experiment_of(str(tmp_path / "e"), job(**changes))


@pytest.mark.parametrize(
    ("changes", "named"),
    [({"minutes": 1.0}, "MINUTES"), ({"tiles": 50}, "TILES"), ({"seed": 3}, "SEED"), ({"input": ("b.tif",)}, "INPUT")],
)
def test_other_settings_are_named(tmp_path, changes, named):
    record = experiment_of(str(tmp_path / "e"), job())
    record.write_metrics()
    record.close()
    with pytest.raises(JobError, match=named) as caught:
        experiment_of(str(tmp_path / "e"), job(**changes))
    assert str(caught.value).count(" here)") == 1


def test_a_folder_where_nothing_was_done_takes_other_settings(tmp_path):
    experiment_of(str(tmp_path / "e"), job()).close()
    experiment_of(str(tmp_path / "e"), job(seed=3)).close()
    assert "seed: 3" in (tmp_path / "e" / "job.yaml").read_text()


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="experiment folder"):
        experiment_of(str(tmp_path / "file" / "e"), job())


def test_two_runs_never_share_a_folder(tmp_path):
    record = experiment_of(str(tmp_path / "e"), job())
    with pytest.raises(OutputError, match="is being written by another run"):
        experiment_of(str(tmp_path / "e"), job())
    record.close()
    experiment_of(str(tmp_path / "e"), job()).close()
    assert sorted(path.name for path in (tmp_path / "e").iterdir()) == ["job.yaml", "samples"]


def test_a_run_that_was_killed_at_its_start_is_no_hindrance(tmp_path):
    (tmp_path / "e" / "samples").mkdir(parents=True)
    for name in (".lock", "job.yaml.part"):
        (tmp_path / "e" / name).write_text("1")
    experiment_of(str(tmp_path / "e"), job()).close()
    assert sorted(path.name for path in (tmp_path / "e").iterdir()) == ["job.yaml", "samples"]


def test_no_link_leads_out_of_the_folder(tmp_path):
    (tmp_path / "e").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "precious").write_text("contents")
    os.symlink(tmp_path / "elsewhere", tmp_path / "e" / "samples")
    with pytest.raises(JobError, match="samples is a link"):
        experiment_of(str(tmp_path / "e"), job())
    os.remove(tmp_path / "e" / "samples")
    os.symlink(tmp_path / "precious", tmp_path / "e" / "job.yaml.part")
    experiment_of(str(tmp_path / "e"), job()).close()
    assert (tmp_path / "precious").read_text() == "contents"
    assert not (tmp_path / "e" / "job.yaml").is_symlink()


def test_damaged_metrics_are_named(tmp_path):
    record = experiment_of(str(tmp_path / "e"), job())
    (tmp_path / "e" / "metrics.csv").write_text("tiles,seconds\nmany,1\n")
    with pytest.raises(InputError, match=r"metrics\.csv is damaged"):
        record.resume(10)


def test_tensorboard_gets_the_losses_where_it_is_installed(tmp_path, monkeypatch):
    written = []

    class SummaryWriter:
        def __init__(self, folder):
            self.folder = folder

        def add_scalar(self, name, value, step):
            written.append((name, value, step))

        def close(self):
            written.append("closed")

    fake = ModuleType("torch.utils.tensorboard")
    fake.SummaryWriter = SummaryWriter
    monkeypatch.setitem(sys.modules, "torch.utils.tensorboard", fake)
    monkeypatch.setattr(module.importlib.util, "find_spec", lambda name: name == "tensorboard" or None)
    record = experiment_of(str(tmp_path / "e"), job())
    record.record(ROW)
    record.close()
    assert written == [("training_loss", 0.25, 32), ("tiles_per_second", 20.0, 32), "closed"]
