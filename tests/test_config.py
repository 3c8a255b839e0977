"""CONFIG files: our own fields, and the configurations of the ddpm-cd code."""

import json
import os

import pytest

from qgis_ddpm.ddpmcd_config import read_ddpmcd
from qgis_ddpm.errors import JobError
from qgis_ddpm.jobs import SampleTiles, TrainDetector, TrainModel
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


# As the ten change detection files of the ddpm-cd code: name, noise steps, size, and keys that not all of them have.
OF_CHANGE_DETECTION = [
    ("cdd", [50, 100, 400, 650], 256, {"psp": True, "feat_type": "dec"}),
    ("cdd_test", [50, 100], 256, {"psp": True, "feat_type": "dec"}),
    ("dsifn", [50, 100, 400, 650], 256, {"feat_type": "dec"}),
    ("dsifn_test", [50, 100, 400, 650], 256, {"psp": True, "feat_type": "dec"}),
    ("levir", 100, 256, {"psp": True}),
    ("levir_test", [150], 256, {"feat_type": "dec"}),
    ("whu", [50, 100, 400, 650], 256, {"psp": True, "feat_type": "dec"}),
    ("whu_test", [50, 100, 400], 256, {"feat_type": "dec"}),
    ("s2looking", [50, 100, 400], 1024, {"psp": True, "feat_type": "dec"}),
    ("s2looking_test", [50, 100], 1024, {"psp": True, "feat_type": "dec"}),
]


def change_detection(name: str, steps: object, size: int, more: dict[str, object]) -> str:
    """A configuration with the keys of such a file."""
    folders = {"log": "logs", "tb_logger": "tb_logger", "results": "results", "checkpoint": "checkpoint"}
    part = {"name": name, "dataroot": f"data/{name}/", "resolution": size, "batch_size": 8}
    part |= {"num_workers": 8, "use_shuffle": True, "data_len": -1}
    schedule = {"schedule": "linear", "n_timestep": 2000, "linear_start": 1e-6, "linear_end": 1e-2}
    phases = ("train", "val", "test")
    sections = {
        "name": name,
        "phase": "test" if name.endswith("_test") else "train",
        "gpu_ids": [0],
        "path": {**folders, "resume_state": "runs/I190000_E97"},
        "path_cd": {**folders, "resume_state": "runs/best_cd_model" if name.endswith("_test") else None},
        "datasets": {phase: dict(part) for phase in phases},
        "model_cd": {
            **{"feat_scales": [2, 5, 8, 11, 14], "out_channels": 2, "loss_type": "ce", "output_cm_size": size},
            **more,
            "t": steps,
        },
        "model": {
            "which_model_G": "sr3",
            "finetune_norm": False,
            "unet": {
                **{"in_channel": 3, "out_channel": 3, "inner_channel": 128, "channel_multiplier": [1, 2, 4, 8, 8]},
                **{"attn_res": [16], "res_blocks": 2, "dropout": 0.2},
            },
            "beta_schedule": dict.fromkeys(phases, schedule),
            "diffusion": {"image_size": 256, "channels": 3, "loss": "l2", "conditional": False},
        },
        "train": {
            **{"n_epoch": 120, "train_print_freq": 500, "val_freq": 1, "val_print_freq": 50},
            "optimizer": {"type": "adam", "lr": 1e-4},
            "sheduler": {"lr_policy": "linear", "n_steps": 3, "gamma": 0.1},
        },
        "wandb": {"project": "heads"},
    }
    return json.dumps(sections, indent=1).replace('"phase"', '// train or test\n"phase"')


@pytest.mark.parametrize(("name", "steps", "size", "more"), OF_CHANGE_DETECTION)
def test_each_key_of_a_change_detection_file_is_taken_or_named(config, tmp_path, name, steps, size, more):
    (tmp_path / "data" / name).mkdir(parents=True)
    path = config(change_detection(name, steps, size, more))
    job, notes = configured(TrainDetector(config=path, model="m", detector="d"))
    assert (job.head, job.batch_size, job.learning_rate) == ("published", 8, 1e-4)
    assert os.path.samefile(job.folder, tmp_path / "data" / name)
    assert len(job.noise_levels.split(",")) == (len(steps) if isinstance(steps, list) else 1)
    taken = {"datasets.train.dataroot", "datasets.train.batch_size", "model_cd.t", "train.optimizer.lr"}
    with open(path) as file:
        keys = set(read_ddpmcd(path, file.read()))
    named = {note.split(" = ")[0].removeprefix("CONFIG: ") for note in notes if " = " in note}
    assert named == keys - taken
    assert not any("only training uses it" in note for note in notes)
    assert any("runs/I190000_E97_gen.pth" in note for note in notes)


def test_noise_steps_become_noise_over_signal(config):
    path = config(change_detection("levir", [400, 50, 100], 256, {}))
    assert read_config(path, TrainDetector).fields["noise_levels"] == "0.07872,0.1587,0.7011"
    job, _ = configured(TrainDetector(config=path, folder="pairs", model="m", detector="d", noise_levels="0.5"))
    assert (job.noise_levels, job.folder) == ("0.5", "pairs")


@pytest.mark.parametrize("steps", [[0], [2001], "all", [], [True, None]])
def test_noise_steps_beyond_the_schedule_are_an_error(config, steps):
    with pytest.raises(JobError, match=r"model_cd\.t is"):
        read_config(config(change_detection("levir", steps, 256, {})), TrainDetector)


def test_noise_steps_of_another_schedule_are_named(config):
    text = change_detection("levir", 100, 256, {}).replace('"linear",\n    "n_timestep"', '"cosine",\n    "n_timestep"')
    fields, notes = read_config(config(text), TrainDetector)
    assert "noise_levels" not in fields
    assert any("'cosine'" in note and "NOISE_LEVELS" in note for note in notes)
