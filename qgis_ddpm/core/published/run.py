"""Published checkpoints as models of ours: read without trust, checked key for key, written with a card."""

import os
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from ...card import BandScaling, ConditionCard, DetectorCard, ModelCard, fingerprint
from ...errors import ModelFileError
from ...events import Event, Events, Note, Progress, Result
from ...jobs import ImportCheckpoint
from ..detector import save_detector
from ..model import save_model
from ..model.schedules import Schedule, describe_schedule
from ..model.sr3 import NORM_GROUPS
from ..outputs.transaction import OutputTransaction
from ..planning import Cost
from .architecture import PublishedNetwork, empty_network, published_network
from .config import PRETRAINING, PublishedConfig, read_published_config, recognised
from .head import ImportedHead, published_head
from .weights import read_foreign_weights

TILE_PX = 256
# Published heads were trained with a loss of classes: change is where it is the likelier one.
THRESHOLD = 0.5
# Plays no part in the prediction of noise; the usual value for pictures in [-1, 1].
_SIGMA_DATA = 0.5
_RGB = ("red", "green", "blue")


@dataclass(frozen=True)
class ImportPlan:
    """What was found in the files of a job, all of it checked."""

    job: ImportCheckpoint
    network: PublishedNetwork
    tile_px: int
    schedule: Schedule
    head: ImportedHead | None
    # Pixels along one of the coarser image, of a network for super-resolution.
    ratio: float = 1.0

    def cost(self) -> Generator[Event, None, Cost]:
        """Disk and memory of the weights; writing them takes no time worth telling."""
        yield from ()
        tensors = [*self.network.weights.values(), *(self.head.weights.values() if self.head else ())]
        size = 4 * sum(tensor.numel() for tensor in tensors)
        return Cost(disk_bytes=size, memory_bytes=size)


def run(plan: ImportPlan) -> Events:
    """Write MODEL and, where HEAD is given, DETECTOR."""
    job, head = plan.job, plan.head
    with OutputTransaction() as transaction:
        model = transaction.temp_path(str(job.model))
        outputs = {"MODEL": str(job.model)}
        yield Progress(0, 1, "model", "writing")
        save_model(model, plan.network.weights, _model_card(plan))
        if head is not None and job.detector:
            yield Progress(0, 1, "detector", "writing")
            card = _detector_card(job, head, fingerprint(model))
            save_detector(transaction.temp_path(job.detector), head.weights, card)
            outputs["DETECTOR"] = job.detector
        transaction.publish()
    yield Result(outputs)


def plan(job: ImportCheckpoint, stack: ExitStack) -> Generator[Event, None, ImportPlan]:
    """Read and check all files of a job, and tell what is in them. Raises ModelFileError and JobError."""
    config = read_published_config(job.config)
    path = str(job.input)
    yield Progress(0, 1, "file", f"reading {os.path.basename(path)}")
    tensors = read_foreign_weights(path)
    groups = config.whole("model.unet.norm_groups", NORM_GROUPS, 1, 4096) if config else NORM_GROUPS
    dropout = config.share("model.unet.dropout", 0.0) if config else 0.0
    network = published_network(path, tensors, job.format, groups, dropout)
    tile_px = config.whole("model.diffusion.image_size", TILE_PX, 8, 1 << 14) if config else TILE_PX
    yield from _describe(network, tile_px, config)
    schedule, notes = _schedule(path, tensors.get("betas"), config)
    yield from notes
    yield from _check_finite(path, network.weights)
    head = None
    if job.head:
        empty = empty_network(network.network, network.channels)
        head = published_head(job.head, read_foreign_weights(job.head), empty, network.network["res_blocks"], config)
        yield from (Note(text) for text in head.notes)
        yield from _check_finite(job.head, head.weights)
    ratio = 1.0
    if network.condition_channels:
        ratio = _ratio(config)
        yield Note(
            f"It is a network for super-resolution by {ratio:g}: 'Sample synthetic tiles' takes the coarser image as "
            "CONDITION, and enlarges it bilinearly, where the publisher takes a bicubic."
        )
        if ratio == 1:
            yield Note(
                "No CONFIG says how much finer its result is (datasets.train.l_resolution): lay CONDITION on the grid "
                "of the result, or name a TEMPLATE.",
                "warning",
            )
    return ImportPlan(job, network, tile_px, schedule, head, ratio)


def _describe(published: PublishedNetwork, tile_px: int, config: PublishedConfig | None) -> Iterator[Event]:
    """What the weights tell of the network, and where the configuration says otherwise."""
    network, channels = published.network, published.channels
    multipliers = ",".join(map(str, network["channel_multipliers"]))
    attention = ", ".join(f"{-(-tile_px // 2**level)} px" for level in network["attention_levels"])
    count = sum(tensor.numel() for tensor in published.weights.values())
    yield Note(
        f"The network is that of {published.publisher}: {channels} bands, {network['base_channels']} channels "
        f"times {multipliers}, {network['res_blocks']} residual blocks a level, attention at {attention or 'no level'} "
        f"and in the middle, {count / 1e6:.1f} million parameters."
    )
    if config is None or config.says("model.diffusion.image_size") is None:
        yield Note(f"No CONFIG says the tile size; {tile_px} px, the publishers' usual one, is taken.")
    if config is None:
        return
    for key, ours in (
        ("inner_channel", network["base_channels"]),
        ("channel_multiplier", network["channel_multipliers"]),
        ("res_blocks", network["res_blocks"]),
    ):
        theirs = config.says(f"model.unet.{key}")
        if theirs is not None and theirs != ours:
            text = f"CONFIG says model.unet.{key} = {theirs}, but the weights have {ours}. The weights count."
            yield Note(text, "warning")


def _schedule(path: str, buffer: Tensor | None, config: PublishedConfig | None) -> tuple[Schedule, list[Note]]:
    """The schedule that the network was trained with: the checkpoint's own, else the configuration's."""
    stated = config.schedule("train") if config else None
    own = None
    if buffer is not None:
        own = recognised(path, np.asarray(buffer.to(torch.float64).numpy()))
        if own is None and stated is None:
            raise ModelFileError(
                f"{path} has `betas` of no schedule that is known here. Give the publisher's JSON as CONFIG, with "
                "model.beta_schedule.train."
            )
    if own is not None:
        notes = [Note(f"The checkpoint's own schedule is {own}.")]
        if stated is not None and stated != own:
            text = f"CONFIG says {stated} for training. The network's noise levels are those of its own schedule."
            notes.append(Note(text, "warning"))
        return own, notes
    if stated is not None:
        return stated, [Note(f"The schedule is that of CONFIG: {stated}.", "info" if buffer is None else "warning")]
    text = f"Neither the checkpoint nor a CONFIG says the schedule; ddpm-cd's, {PRETRAINING}, is taken."
    return PRETRAINING, [Note(text, "warning")]


def _ratio(config: PublishedConfig | None) -> float:
    """Pixels of the result along one of the coarser image, as the configuration's data sets have them."""
    coarse = config.whole("datasets.train.l_resolution", 0, 0, 1 << 14) if config else 0
    fine = config.whole("datasets.train.r_resolution", 0, 0, 1 << 14) if config else 0
    return fine / coarse if 0 < coarse < fine else 1.0


def _check_finite(path: str, weights: Mapping[str, Tensor]) -> Iterator[Event]:
    total = sum(tensor.numel() for tensor in weights.values())
    done = 0
    for name, tensor in weights.items():
        if not tensor.isfinite().all():
            raise ModelFileError(f"{path} has values at {name} that are not finite. Take another checkpoint.")
        done += tensor.numel()
        yield Progress(done, total, "weight", "checking")


def _model_card(plan: ImportPlan) -> ModelCard:
    job = plan.job
    described = describe_schedule(plan.schedule, plan.tile_px)
    channels = plan.network.channels
    names: Sequence[str] = _RGB if channels == len(_RGB) else [f"band {number + 1}" for number in range(channels)]
    bands = tuple(BandScaling(name, "uint8", 0.0, 255.0) for name in names)
    condition = None
    if plan.network.condition_channels:
        condition = ConditionCard("values", bands, ratio=plan.ratio, marked=False, coarser=True)
    return ModelCard(
        network=plan.network.network,
        prediction="noise",
        schedule=described,
        sigma_min=described["sigma_min"],
        sigma_max=described["sigma_max"],
        sigma_data=_SIGMA_DATA,
        tile_px=plan.tile_px,
        bands=bands,
        condition=condition,
        licence=job.licence,
        data=job.description,
        training={"job": _provenance(job), "publisher": plan.network.publisher},
    )


def _detector_card(job: ImportCheckpoint, head: ImportedHead, model_fingerprint: str) -> DetectorCard:
    return DetectorCard(
        head=head.head,
        noise_levels=head.sigmas,
        threshold=THRESHOLD,
        model_fingerprint=model_fingerprint,
        training={"job": _provenance(job), "publisher": "ddpm-cd"},
    )


def _provenance(job: ImportCheckpoint) -> dict[str, object]:
    """The job as cards hold it: files by their names alone, since folders belong to a machine."""
    return {
        name: os.path.basename(value) if job.option(name).role == "file" else value
        for name, value in job.provenance().items()
    }
