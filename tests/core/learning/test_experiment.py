"""The record of a training beside its checkpoint."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from qgis_ddpm.core.learning import experiment as module
from qgis_ddpm.errors import InputError, JobError, OutputError
from qgis_ddpm.jobs import TrainModel
from tests.core.makers.experiments import experiment_of

ROOT = Path(__file__).resolve().parents[3]
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
    assert sorted(path.name for path in (tmp_path / "e").iterdir()) == ["inputs.json", "job.yaml", "samples"]


def test_a_run_that_was_killed_at_its_start_is_no_hindrance(tmp_path):
    begun = f"e = experiment_of({str(tmp_path / 'e')!r}, job())"
    code = f"import os, signal; from tests.core.learning.test_experiment import *; {begun}"
    subprocess.run([sys.executable, "-c", f"{code}; os.kill(os.getpid(), signal.SIGKILL)"], cwd=ROOT, check=False)
    assert len(os.listdir(tmp_path / "e")) == 5
    experiment_of(str(tmp_path / "e"), job()).close()
    assert sorted(path.name for path in (tmp_path / "e").iterdir()) == ["inputs.json", "job.yaml", "samples"]


def test_no_file_goes_because_it_is_called_part(tmp_path):
    experiment_of(str(tmp_path / "e"), job()).close()
    (tmp_path / "e" / "notes.part").write_text("the user's")
    experiment_of(str(tmp_path / "e"), job()).close()
    assert (tmp_path / "e" / "notes.part").read_text() == "the user's"


def begun(folder, path, **changes):
    """An experiment on a file with a first step done."""
    record = experiment_of(str(folder), job(input=(str(path),), **changes))
    record.write_metrics()
    record.close()


def test_it_goes_on_with_the_same_data_however_they_were_copied(tmp_path):
    (tmp_path / "a.tif").write_bytes(bytes(range(256)) * 9000)
    begun(tmp_path / "e", tmp_path / "a.tif")
    shutil.copyfile(tmp_path / "a.tif", tmp_path / "b.tif")
    os.replace(tmp_path / "b.tif", tmp_path / "a.tif")
    os.utime(tmp_path / "a.tif", (1, 1))
    (tmp_path / "a.tif.aux.xml").write_text(
        '<PAMDataset><PAMRasterBand band="1"><Metadata><MDI key="STATISTICS_MEAN">1'
        "</MDI></Metadata></PAMRasterBand></PAMDataset>"
    )
    begun(tmp_path / "e", tmp_path / "a.tif")


@pytest.mark.parametrize("what", ["content", "middle", "companion", "source", "gone"])
def test_other_data_are_named(tmp_path, what):
    (tmp_path / "a.tif").write_bytes(bytes(range(256)) * 9000)
    (tmp_path / "m.vrt").write_text("<VRTDataset><SourceFilename relativeToVRT='1'>a.tif</SourceFilename></VRTDataset>")
    read = tmp_path / ("m.vrt" if what == "source" else "a.tif")
    begun(tmp_path / "e", read)
    content = bytearray((tmp_path / "a.tif").read_bytes())
    content[len(content) // 2 if what == "middle" else 5] ^= 1
    named = "another .*a.tif"
    if what == "companion":
        (tmp_path / "a.tif.msk").write_text("mask")
        named = r"inputs without .*a\.tif\.msk"
    elif what == "gone":
        (tmp_path / "a.tif").unlink()
        named = r".*a\.tif, which is gone"
    else:
        (tmp_path / "a.tif").write_bytes(content)
    with pytest.raises(JobError, match=f"EXPERIMENT .*e was begun on {named}"):
        begun(tmp_path / "e", read)


def test_a_damaged_record_of_the_inputs_is_named(tmp_path):
    begun(tmp_path / "e", tmp_path / "a.tif")
    (tmp_path / "e" / "inputs.json").write_text("[1]")
    with pytest.raises(InputError, match=r"inputs\.json is damaged"):
        begun(tmp_path / "e", tmp_path / "a.tif")


def test_no_link_leads_out_of_the_folder(tmp_path):
    (tmp_path / "e").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "precious").write_text("contents")
    os.symlink(tmp_path / "elsewhere", tmp_path / "e" / "samples")
    with pytest.raises(JobError, match="samples is a link"):
        experiment_of(str(tmp_path / "e"), job())
    os.remove(tmp_path / "e" / "samples")
    os.symlink(tmp_path / "precious", tmp_path / "e" / "job.yaml")
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
