"""From a training job to its parts: network, recipe, model card, and how much fits into the memory."""

from typing import TypeVar

import numpy as np
import torch

from ...card import ModelCard
from ...errors import JobError
from ...jobs import TrainModel
from ...jobs.presets import PROSPECTS
from ...jobs.record import provenance_of
from ...jobs.texts import names, whole_numbers
from ...metadata import version
from ..model import load_model
from ..model.denoiser import network_flops
from ..model.device import choose_batch, describe, describe_speed, to_device
from ..model.network import Network, map_sizes
from ..model.preconditioning import base_of, preconditioning_of
from ..model.schedules import Schedule, describe_schedule
from ..model.sr3 import NORM_GROUPS
from ..model.unet import build_network
from ..sampling.guidance import guidance_of
from ..sampling.samplers import usual_sampling
from .consistency import Consistency, check_teacher, levels_of_tuning
from .distributed import Ranks
from .fine_tuning import describe_start, open_init_model
from .inputs import named
from .recipe import Compute, Recipe
from .tiles import TrainingTiles
from .trainer import Trainer

# Tiles whose deviation and spectrum stand for the data's; a constant raster has no deviation.
STATISTICS_TILES = 1024
LEAST_DEVIATION = 0.05

Value = TypeVar("Value")


def build_trainer(
    job: TrainModel, tiles: TrainingTiles, device: torch.device, ranks: Ranks | None = None
) -> tuple[Trainer, ModelCard]:
    """The trainer of a training at its start, and the card of its model without a training record.

    Args:
        job: with its preset filled in.
        tiles: of its inputs.
        device: of this process.
        ranks: the processes that share the training; None = this one alone.

    Raises:
        JobError: its settings fit no network.
        ModelFileError: for INIT_MODEL.
    """
    tile_px, ranks = _required(job.tile_px), ranks or Ranks()
    init = open_init_model(job.init_model) if job.init_model else None
    config = init.network_config(tile_px, _required(job.dropout)) if init else describe_network(job)
    if tiles.condition is not None:
        config["condition_channels"] = tiles.condition.planes
    first, base = tiles.batch(0, STATISTICS_TILES), base_of(tiles.scalings, tiles.condition)
    first_tiles = first.pixels
    if base is not None and first.condition is not None:
        first_tiles = first_tiles - base.of(torch.from_numpy(first.condition)).numpy()
    card = _card(job, tiles, config, max(float(first_tiles.std(dtype=np.float64)), LEAST_DEVIATION))
    if init:
        card.training["ancestor"] = init.record(tiles.scalings)
    # The weights at the start are a function of the seed; the caller's random state stays as it is.
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(job.seed)
        network = build_network(config, tiles.channels)
    if init:
        init.load_into(network, tiles.scalings, tiles.condition)
    if network.prior is not None:
        network.prior.fit(torch.from_numpy(first_tiles))
    network = to_device(network, device)
    recipe = _recipe(job, card, _consistency(job, card, device) if job.few_calls else None)
    fixed, per_tile = training_bytes(network, tiles.channels, tile_px)
    micro_batch = choose_batch(device, per_tile, ranks.share(recipe.batch_size), fixed)
    preconditioning = preconditioning_of(card, network.prior)
    return Trainer(
        network, preconditioning, tiles, recipe, Compute(device, micro_batch, ranks, job.compile, job.precision)
    ), card


def _card(job: TrainModel, tiles: TrainingTiles, network: dict[str, object], sigma_data: float) -> ModelCard:
    tile_px = _required(job.tile_px)
    steps = Schedule(_required(job.schedule), job.schedule_steps, job.beta_start, job.beta_end)
    schedule = describe_schedule(steps, tile_px, sigma_data, _required(job.log_sigma_shift))
    return ModelCard(
        network=network,
        prediction=_required(job.prediction),
        schedule=schedule,
        sigma_min=schedule["sigma_min"],
        sigma_max=schedule["sigma_max"],
        sigma_data=sigma_data,
        tile_px=tile_px,
        bands=named(tiles.scalings, names("BAND_NAMES", job.band_names)),
        transform=tiles.transform,
        crs=tiles.crs,
        licence=job.licence,
        data=job.description,
        few_calls=job.few_calls,
        condition=tiles.condition,
        training={
            "job": provenance_of(job),
            "versions": {"qgis_ddpm": version(), "torch": torch.__version__, "numpy": np.__version__},
            # Height and width: with the transform they are the extent that sampling takes where none is asked for.
            "raster_px": tiles.shape,
        },
    )


def _recipe(job: TrainModel, card: ModelCard, consistency: Consistency | None) -> Recipe:
    return Recipe(
        batch_size=_required(job.batch_size),
        learning_rate=_required(job.learning_rate),
        warmup_tiles=_required(job.warmup_tiles),
        gradient_clip=_required(job.gradient_clip),
        loss=_required(job.loss),
        ema=_required(job.ema),
        schedule=levels_of_tuning(card.schedule) if consistency else card.schedule,
        seed=job.seed,
        optimizer=_required(job.optimizer),
        min_snr_gamma=job.min_snr_gamma,
        offset_noise=job.offset_noise,
        consistency=consistency,
    )


def _consistency(job: TrainModel, card: ModelCard, device: torch.device) -> Consistency:
    """What a tuning for few calls learns from: INIT_MODEL, guided as it is sampled by default."""
    teacher = load_model(str(job.init_model), device, job.precision)
    check_teacher(teacher.card, card, str(job.init_model))
    _, calls = usual_sampling(teacher.card)
    return Consistency(teacher, guidance_of(teacher.card, _required(job.guidance), calls))


def describe_network(job: TrainModel) -> dict[str, object]:
    """The network of a resolved job, as a card holds it. Raises JobError where ATTENTION_AT_PX fits no level."""
    tile_px, patch_px = _required(job.tile_px), _required(job.patch_px)
    multipliers = list(whole_numbers("CHANNEL_MULTIPLIERS", job.channel_multipliers, minimum=1))
    attention = [size for size in whole_numbers("ATTENTION_AT_PX", job.attention_at_px) if size]
    sizes = map_sizes(tile_px, patch_px, len(multipliers))
    for size in attention:
        if size not in sizes:
            raise JobError(
                f"ATTENTION_AT_PX is {job.attention_at_px}, but the levels of this network have sizes "
                f"{', '.join(map(str, sizes))} px. Choose among them, or 0 for none."
            )
    common: dict[str, object] = {
        "base_channels": _required(job.base_channels),
        "channel_multipliers": multipliers,
        "res_blocks": _required(job.res_blocks),
        "dropout": _required(job.dropout),
    }
    if job.network == "sr3":
        if patch_px != 1 or job.self_conditioning:
            raise JobError(
                "The published network (NETWORK sr3) has neither PATCH_PX nor SELF_CONDITIONING. Leave both."
            )
        if _required(job.base_channels) % NORM_GROUPS:
            raise JobError(
                f"BASE_CHANNELS is {job.base_channels}, but the published network (NETWORK sr3) needs a multiple of "
                f"{NORM_GROUPS}."
            )
        return {"kind": "sr3", **common, "attention_levels": [sizes.index(size) for size in attention]}
    return {
        "kind": "wide" if job.network == "wide" else "unet",
        **common,
        "tile_px": tile_px,
        "patch_px": patch_px,
        "attention_at_px": attention,
        "self_conditioning": job.self_conditioning,
        "wiener": job.prediction == "wiener",
    }


def training_bytes(network: Network, channels: int, tile_px: int) -> tuple[int, int]:
    """Memory of a training: bytes for weights, gradients, moments and averages, and bytes for each tile of a batch."""
    sizes: list[int] = []

    def count(module: torch.nn.Module, inputs: object, output: object) -> None:
        if isinstance(output, torch.Tensor) and not list(module.children()):
            sizes.append(output.numel())

    hooks = [module.register_forward_hook(count) for module in network.modules()]
    network_flops(network, channels, tile_px)
    for hook in hooks:
        hook.remove()
    weights = sum(parameter.numel() for parameter in network.parameters())
    # Outputs of the layers, what lies between them (activations, skips joined), and their gradients.
    return 4 * 7 * weights, 4 * 3 * sum(sizes)


def plan_of(job: TrainModel, trainer: Trainer, card: ModelCard) -> str:
    """What is about to be done, in a sentence or two."""
    device, parameters = trainer.device, sum(parameter.numel() for parameter in trainer.network.parameters())
    gflop = network_flops(trainer.network, len(card.bands), card.tile_px) / 1e9
    ends = [f"{job.tiles:,} tiles"] if job.tiles is not None else []
    ends += [f"{job.minutes:g} minutes"] if job.minutes is not None else []
    start = card.training.get("ancestor")
    origin = f" {describe_start(start, card.tile_px)}" if start else ""
    size = trainer.ranks.me.size
    parts = f" shared by {size} processes" if size > 1 else ""
    if trainer.compute.micro_batch < trainer.ranks.share(trainer.recipe.batch_size):
        parts += f" (in parts of {trainer.compute.micro_batch})"
    work = "Tuning for few calls" if job.few_calls else "Training"
    message = (
        f"{work} a network of {parameters / 1e6:.3g} M parameters, {gflop:.3g} GFLOP a tile, on {describe(device)} "
        f"({describe_speed(trainer.network, trainer.compute.compile)}): {' or '.join(ends)} of "
        f"{card.tile_px} px and {len(card.bands)} bands in batches of {trainer.recipe.batch_size}{parts}.{origin}"
    )
    warmup = trainer.recipe.warmup_tiles
    if job.tiles is not None and warmup > job.tiles:
        message += (
            f" WARMUP_TILES is {warmup:,}: the learning rate of {trainer.recipe.learning_rate:g} is not reached. "
            f"Lower it to {max(job.tiles // 5, 1):,} or so."
        )
    # What is known of how long trainings take, and of what they give, is not true of a tuning.
    if device.type != "cpu" or job.few_calls:
        return message
    tiles = job.tiles if job.minutes is None else None
    return f"{message} {estimated_training_time(job.preset, gflop, tiles, torch.get_num_threads(), trainer.network)}"


def _required(value: Value | None) -> Value:
    """A field that the preset has filled."""
    assert value is not None  # nosec B101
    return value


# GFLOP a second of one thread in training with networks of these sizes: 16 to 32 (benchmarks/README.md).
THREAD_GFLOP_PER_S = 20.0
# With networks made for bfloat16, in it.
QUICK_GFLOP_PER_S = 250.0
# A step computes a tile three times over: forward, and backward for values and for weights.
PASSES = 3


def estimated_training_time(
    preset: str, gflop: float, tiles: int | None, threads: int, network: Network | None = None
) -> str:
    """A sentence or two for a training of `tiles` tiles, None = stopped by time, whose forward pass takes `gflop`."""
    expected = PROSPECTS[preset]
    if tiles is None:
        return expected
    quick = network is not None and network.is_made_for_bfloat16 and network.precision == torch.bfloat16
    seconds = PASSES * gflop * tiles / ((QUICK_GFLOP_PER_S if quick else THREAD_GFLOP_PER_S) * threads)
    on = f"On {threads} thread{'s' * (threads > 1)} of a processor"
    return f"{on} this takes roughly {_duration(seconds)}. {expected}"


def _duration(seconds: float) -> str:
    for length, unit in ((86400.0, "days"), (3600.0, "hours"), (60.0, "minutes")):
        if seconds >= 2 * length:
            return f"{seconds / length:.0f} {unit}"
    return "a minute or two"
