"""The keys of configurations in the style of the ddpm-cd code: which field each goes into, or why into none."""

from typing import Dict

TAKEN: Dict[str, Dict[str, str]] = {
    "trainmodel": {
        "datasets.train.dataroot": "folder",
        "datasets.train.resolution": "tile_px",
        "datasets.train.batch_size": "batch_size",
        "datasets.train.data_len": "max_images",
        "model.which_model_G": "preset",
        "model.unet.inner_channel": "base_channels",
        "model.unet.channel_multiplier": "channel_multipliers",
        "model.unet.attn_res": "attention_at_px",
        "model.unet.res_blocks": "res_blocks",
        "model.unet.dropout": "dropout",
        "model.beta_schedule.train.schedule": "schedule",
        "model.beta_schedule.train.n_timestep": "schedule_steps",
        "model.beta_schedule.train.linear_start": "beta_start",
        "model.beta_schedule.train.linear_end": "beta_end",
        "model.diffusion.image_size": "tile_px",
        "model.diffusion.loss": "loss",
        "train.n_iter": "tiles",
        "train.optimizer.lr": "learning_rate",
    },
    "traindetector": {
        "datasets.train.dataroot": "folder",
        "datasets.train.batch_size": "batch_size",
        "model_cd.t": "noise_levels",
        "train.optimizer.lr": "learning_rate",
    },
    "sampletiles": {
        "datasets.val.data_len": "count",
        "model.beta_schedule.val.n_timestep": "steps",
    },
}
# Its settings are trainings.
TAKEN["comparesettings"] = TAKEN["trainmodel"]
_RUN = "belongs to how the original code runs"
_LOG = "there are periodic checkpoints, losses and samples without it"
_SCHEDULE = "tiles are sampled over the noise levels that the model was trained on"
_FROM_MODEL = "the model's card says it"
_LISTED = "list/train.txt and list/val.txt of FOLDER say what is for training and for validation"
_TEST = "testing is 'Detect changes' and 'Assess changes'"
_HEAD_OF_DETECTOR = "the head 'published' is as 'Import published checkpoint' knows it"
NOT_TAKEN: Dict[str, str] = {
    "name": "EXPERIMENT and MODEL name the results",
    "phase": "the algorithm says whether to train or to sample",
    "distributed": _RUN,
    "gpu_ids": "DEVICE chooses the device",
    "path.log": _RUN,
    "path.tb_logger": _RUN,
    "path.results": _RUN,
    "path.checkpoint": _RUN,
    "path.resume_state": "a run goes on by its EXPERIMENT folder; weights come in by 'Import published checkpoint'",
    "datasets.train.name": "it only names the data",
    "datasets.train.dataroot": "only training reads data",
    "datasets.train.num_workers": "tiles are made without further processes",
    "datasets.train.use_shuffle": "tiles are always drawn at random",
    "datasets.train.resolution": _FROM_MODEL,
    "datasets.train.batch_size": "BATCH_SIZE of sampling is chosen from the memory",
    "datasets.train.data_len": "only training reads data",
    "datasets.val.name": "it only names the data",
    "datasets.val.dataroot": "VALIDATION_SHARE of the training data is kept for validation",
    "datasets.val.resolution": "it is the training's",
    "datasets.val.batch_size": "it is the training's",
    "datasets.val.num_workers": "tiles are made without further processes",
    "datasets.val.use_shuffle": "validation tiles have a fixed order",
    "datasets.val.data_len": "VALIDATION_SHARE says how much is kept for validation",
    **{f"datasets.test.{name}": _TEST for name in ("name", "dataroot", "resolution", "batch_size", "num_workers")},
    **{f"datasets.test.{name}": _TEST for name in ("use_shuffle", "data_len")},
    **{f"path_cd.{name}": _RUN for name in ("log", "tb_logger", "results", "checkpoint")},
    "path_cd.resume_state": "a head comes in by 'Import published checkpoint', with its diffusion checkpoint",
    "model_cd.feat_scales": "the head reads the last map of each scale, which these numbers name",
    "model_cd.out_channels": "a detector tells change from no change",
    "model_cd.loss_type": "the loss is cross entropy plus one minus Dice",
    "model_cd.output_cm_size": "maps have the size of the raster",
    "model_cd.psp": _HEAD_OF_DETECTOR,
    "model_cd.feat_type": "maps of the decoder are read",
    "model_cd.t": "NOISE_LEVELS says it, in noise over signal",
    "model.which_model_G": _FROM_MODEL,
    "model.finetune_norm": "all weights are trained",
    "model.unet.in_channel": "the bands of the data say it",
    "model.unet.out_channel": "the bands of the data say it",
    "model.unet.norm_groups": "groups follow from the channels",
    "model.diffusion.channels": "the bands of the data say it",
    "model.diffusion.conditional": "CONDITION says what a model is told",
    "model.diffusion.image_size": _FROM_MODEL,
    "model.diffusion.loss": _FROM_MODEL,
    **{f"model.beta_schedule.test.{name}": _SCHEDULE for name in ("schedule", "n_timestep")},
    **{f"model.beta_schedule.test.{name}": _SCHEDULE for name in ("linear_start", "linear_end")},
    "model.beta_schedule.val.schedule": _SCHEDULE,
    "model.beta_schedule.val.n_timestep": "STEPS of the sampling says it",
    "model.beta_schedule.val.linear_start": _SCHEDULE,
    "model.beta_schedule.val.linear_end": _SCHEDULE,
    "train.n_iter": "only training uses it",
    "train.n_epoch": "TILES or MINUTES say the length",
    "train.train_print_freq": _LOG,
    "train.val_print_freq": _LOG,
    "train.sheduler.lr_policy": "the learning rate stays, and weights are averaged over the last part",
    "train.sheduler.n_steps": "the learning rate stays, and weights are averaged over the last part",
    "train.sheduler.gamma": "the learning rate stays, and weights are averaged over the last part",
    "train.val_freq": _LOG,
    "train.save_checkpoint_freq": _LOG,
    "train.print_freq": _LOG,
    "train.optimizer.type": "OPTIMIZER says it, without weight decay",
    "train.optimizer.lr": "only training uses it",
    "train.ema_scheduler.step_start_ema": "weights are averaged from the first step on; EMA sets the length",
    "train.ema_scheduler.update_ema_every": "weights are averaged in every step",
    "train.ema_scheduler.ema_decay": "the original code never uses it; EMA sets the length of the average",
    "wandb.project": "nothing is sent to other computers",
}


# Reasons that hold for one algorithm alone.
NOT_TAKEN_BY: Dict[str, Dict[str, str]] = {
    "traindetector": {
        "name": "DETECTOR and EXPERIMENT name the results",
        "datasets.train.data_len": "all pairs of FOLDER are read; CACHED_TILES says how many tiles of them",
        "datasets.train.resolution": _FROM_MODEL,
        "datasets.val.dataroot": _LISTED,
        "datasets.val.data_len": _LISTED,
        "model.diffusion.conditional": _FROM_MODEL,
        "model.finetune_norm": "TUNE with HEAD topdown trains the network too",
        "train.optimizer.type": "heads learn by AdamW",
        **{
            f"model.unet.{name}": _FROM_MODEL
            for name in ("in_channel", "out_channel", "inner_channel", "channel_multiplier", "attn_res", "res_blocks")
        },
        "model.unet.dropout": _FROM_MODEL,
        "model.unet.norm_groups": _FROM_MODEL,
        "model.diffusion.channels": _FROM_MODEL,
        **{
            f"model.beta_schedule.{phase}.{name}": "it turns model_cd.t into NOISE_LEVELS, where phase 'train' has it"
            for phase in ("train", "val", "test")
            for name in ("schedule", "n_timestep", "linear_start", "linear_end")
        },
    }
}
