"""What a comparison will do: its settings, how long each is trained, and which share a training."""

import json
import re
from collections.abc import Generator
from contextlib import ExitStack
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import torch

from ...card import read_model_card
from ...events import Event, Note
from ...jobs import CompareSettings, TrainModel
from ...jobs.grid import SAMPLING
from ...jobs.record import located_values
from ..model.denoiser import network_flops
from ..model.device import resolve_device
from ..model.unet import build_network
from ..planning import Cost
from ..training import run as training_run
from ..training.setup import describe_network
from ..training.tile_origins import BLOCK_TILES
from .outcome import Setting, value_text

# What of the work on a setting is training; sampling and evaluating are the rest.
TRAINING_SHARE = 0.9
# Networks whose work on a tile differs by more are of different size.
SAME_SIZE = 1.01
_NAME_LENGTH = 60
# What decides no result, and may grow.
_NOT_DECIDING = ("tiles", "minutes", "model", "device", "experiment", "report")


@dataclass(frozen=True)
class ComparisonPlan:
    """The settings of a job, each of which describes a network.

    gflops: of one pass over a tile, of each setting. lengths: tiles and minutes of each training. words: these, for
    people. fields: what all trainings are given beside their settings.
    """

    job: CompareSettings
    settings: list[Setting]
    gflops: list[float]
    lengths: list[list[float | None]]
    words: str
    fields: dict[str, Any]

    def training(self, number: int, repeat: int, path: str | None = None) -> TrainModel:
        """A training of the setting of that number; path: of its experiment, and without ending of its model."""
        tiles, minutes = self.lengths[number]
        setting = self.settings[number]
        more = {**self.fields, "tiles": tiles, "minutes": minutes}
        if "guidance" in setting:
            # One training serves all: its early state is kept, and how far samples are led is the sampling's.
            more["guidance"] = max(float(other.get("guidance", 1.0)) for other in self.settings)
        files = {"model": f"{path}.safetensors", "experiment": path} if path else {}
        return self.job.training(setting, repeat=repeat, **more, **files)

    def trained_as(self, number: int) -> Setting:
        """The part of a setting that decides on its training."""
        return {name: value for name, value in self.settings[number].items() if name not in SAMPLING}

    def name(self, number: int, repeat: int, sampled: bool = True) -> str:
        """The name of a setting's files: its fields for people, and a mark of all that decides its result.

        sampled: of what was sampled; else of the training, which settings may share.
        """
        training = self.training(number, repeat)
        setting = self.settings[number] if sampled else self.trained_as(number)
        deciding = {name: value for name, value in located_values(training).items() if name not in _NOT_DECIDING}
        mark = blake2b(json.dumps([deciding, setting], sort_keys=True).encode(), digest_size=4).hexdigest()
        shown = "+".join(f"{name}={value_text(value)}" for name, value in setting.items()) or "all=alike"
        again = f"-r{repeat}" if repeat else ""
        return f"{re.sub(r'[^A-Za-z0-9._=+-]', '_', shown)[:_NAME_LENGTH]}{again}-{mark}"

    def cost(self) -> Generator[Event, None, Cost]:
        """What the run will take, of the training of the first setting."""
        trainings = len({str(self.trained_as(number)) for number in range(len(self.settings))}) * self.job.repeats
        with ExitStack() as stack:
            first = yield from training_run.plan(self.training(0, 0), stack)
            cost = yield from first.cost()
        count = len(self.settings) * self.job.repeats
        yield Note(
            f"{len(self.settings)} settings, {trainings} trainings of {self.words}, and {count * self.job.samples} "
            "samples."
        )
        return Cost(
            network_calls=trainings * cost.network_calls,
            disk_bytes=(trainings if self.job.experiment else 1) * cost.disk_bytes,
            seconds=None if cost.seconds is None else trainings * cost.seconds / TRAINING_SHARE,
            memory_bytes=cost.memory_bytes,
        )


def plan(job: CompareSettings, stack: ExitStack) -> Generator[Event, None, ComparisonPlan]:
    """The settings of a job. Raises JobError where one of them cannot be trained."""
    yield from ()
    settings = job.settings()
    device = resolve_device(job.device)
    trainings = [training_run.shaped_for(job.training(setting), device) for setting in settings]
    gflops = [_gflop(training) for training in trainings]
    sizes = {training.tile_px or 0 for training in trainings}
    fields: dict[str, Any] = {}
    if len(sizes) > 1 and job.split_px is None:
        # What is kept apart for the largest tiles is so for all.
        fields["split_px"] = BLOCK_TILES * max(sizes)
    lengths, words = _lengths(job, settings[0], trainings, gflops)
    return ComparisonPlan(job, settings, gflops, lengths, words, fields)


def _lengths(
    job: CompareSettings, first: Setting, trainings: list[TrainModel], gflops: list[float]
) -> tuple[list[list[float | None]], str]:
    """Tiles and minutes of each training, and what all have alike in words."""
    if job.by_minutes:
        also = f", at most {job.tiles:,} tiles" if job.tiles is not None else ""
        return [[job.tiles, job.minutes] for _ in trainings], f"{job.minutes:g} minutes{also}"
    also = f", at most {job.minutes:g} minutes" if job.minutes is not None else ""
    tiles = job.tiles or trainings[0].tiles or job.replace(minutes=None).training(first).tiles or 1
    of_work = job.budget == "gflop" or (job.budget is None and max(gflops) > SAME_SIZE * min(gflops))
    if not of_work:
        return [[tiles, job.minutes] for _ in trainings], f"{tiles:,} tiles{also}"
    shares = [gflops[0] / gflop for gflop in gflops]
    lengths: list[list[float | None]] = [
        [max(training.batch_size or 1, round(tiles * share)), job.minutes]
        for training, share in zip(trainings, shares, strict=True)
    ]
    return (
        lengths,
        f"as much work as {tiles:,} tiles are for the first setting (3 x {gflops[0] * tiles:,.4g} GFLOP){also}",
    )


def _gflop(training: TrainModel) -> float:
    """GFLOP of one pass over a tile of three bands. Raises JobError where the settings describe no network."""
    config = read_model_card(training.init_model).network if training.init_model else describe_network(training)
    with torch.device("meta"):
        network = build_network(config, 3)
    return network_flops(network, 3, training.tile_px or 0) / 1e9
