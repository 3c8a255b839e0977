"""CONFIG files: our own fields, and the configurations of the ddpm-cd code."""

import os

import pytest

from qgis_ddpm.errors import JobError
from qgis_ddpm.jobs import SampleTiles, TrainModel
from qgis_ddpm.jobs.config import configured, read_config

MNIST = """{
    "name": "digits", // a comment with "quotes"
    "phase": "train",
    "gpu_ids": [0],
    "path": {"log": "logs//here", /* none */ "resume_state": null},
    "datasets": {
        "train": {"dataroot": "data/digits", "resolution": 28, "batch_size": 16, "data_len": 500, "num_workers": 4},
        "val": {"resolution": 28, "data_len": 10}
    },
    "model": {
        "which_model_G": "sr3",
        "unet": {"in_channel": 3, "inner_channel": 64, "channel_multiplier": [1, 2, 8], "attn_res": [16],
                 "res_blocks": 2, "dropout": 0.2},
        "beta_schedule": {
            "train": {"schedule": "cosine", "n_timestep": 2000, "linear_start": 1e-6, "linear_end": 1e-2},
            "val": {"schedule": "linear", "n_timestep": 2000, "linear_start": 1e-6, "linear_end": 1e-2}
        },
        "diffusion": {"image_size": 28, "channels": 3, "loss": "l2", "conditional": false}
    },
    "train": {"n_iter": 1000, "val_freq": 1e4, "optimizer": {"type": "adamw", "lr": 1e-4},
              "ema_scheduler": {"ema_decay": 0.9999}},
    "wandb": {"project": "TEST"},
}
""".replace("/* none */ ", "")


@pytest.fixture
def config(tmp_path):
    def write(text, name="config/c.json"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        return str(path)

    return write


def test_fields_of_our_own_are_relative_to_the_file(config, tmp_path):
    path = config("job: trainmodel\ntile_px: 32\nfolder: images\n", "config/c.yaml")
    assert read_config(path, TrainModel).fields == {"tile_px": 32, "folder": str(tmp_path / "config" / "images")}
    with pytest.raises(JobError, match="tile_xp"):
        read_config(config("tile_xp: 32"), TrainModel)


def test_a_training_configuration_becomes_fields(config, tmp_path):
    (tmp_path / "data" / "digits").mkdir(parents=True)
    fields, notes = read_config(config(MNIST), TrainModel)
    job = TrainModel(config="c.json", model="m").resolved(fields)
    assert (job.tile_px, job.batch_size, job.max_images, job.tiles) == (28, 16, 500, 16000)
    assert (job.preset, job.base_channels, job.channel_multipliers, job.res_blocks) == ("sr3", 64, "1,2,8", 2)
    assert (job.schedule, job.schedule_steps, job.beta_start, job.beta_end) == ("cosine", 2000, 1e-6, 1e-2)
    assert (job.loss, job.prediction, job.learning_rate, job.dropout) == ("l2", "noise", 1e-4, 0.2)
    # 28, 14 and 7 px never meet 16.
    assert job.attention_at_px == "0"
    assert "attn_res" in " ".join(notes)
    assert os.path.samefile(job.folder, tmp_path / "data" / "digits")
    named = " ".join(notes)
    for key in ("gpu_ids", "path.log", "train.ema_scheduler.ema_decay", "model.beta_schedule.val.schedule"):
        assert key in named
    assert "inner_channel" not in named


def test_a_sampling_configuration_gives_count_and_steps(config):
    fields, notes = read_config(config(MNIST), SampleTiles)
    assert fields == {"count": 10, "steps": 2000, "sampler": "ddpm"}
    assert any("linear_start" in note for note in notes)


def test_data_that_are_not_there_are_a_note(config):
    fields, notes = read_config(config(MNIST), TrainModel)
    assert "folder" not in fields
    assert any("data/digits" in note for note in notes)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"inner_channel"', '"iner_channel"', "iner_channel.*Did you mean 'model.unet.inner_channel'"),
        ('"conditional": false', '"conditional": true', "conditional"),
        ('"phase": "train",', '"phase": train,', "no JSON"),
    ],
)
def test_a_misspelt_or_impossible_configuration_is_an_error(config, old, new, words):
    with pytest.raises(JobError, match=words):
        read_config(config(MNIST.replace(old, new)), TrainModel)


def test_a_run_without_data_in_job_or_config_is_refused(config):
    with pytest.raises(JobError, match="INPUT and FOLDER"):
        configured(TrainModel(config=config(MNIST), model="m"))


def test_sampling_takes_what_is_not_set(config):
    job, notes = configured(SampleTiles(model="m", output="o", count=3, config=config(MNIST)))
    assert (job.count, job.steps, job.config) == (3, 2000, None)
    assert notes
