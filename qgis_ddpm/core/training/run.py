"""Training a diffusion model: from a job to a model file."""

from collections.abc import Callable, Generator
from contextlib import ExitStack
from dataclasses import dataclass

import torch

from ...card import ModelCard
from ...errors import JobError
from ...events import Cancelled, Event, Events, Note, Preview, Progress, Result
from ...jobs import TrainModel
from ...jobs.record import recorded
from ..learning.budget import Budget
from ..learning.experiment import Experiment, JobRecord
from ..model import save_model
from ..model.cost import measure_call
from ..model.device import resolve_device
from ..model.precision import is_faster
from ..outputs.transaction import OutputTransaction
from ..planning import Cost
from .distributed import STOP, joined, own_device
from .followers import run_follower, share_state
from .inputs import open_training_tiles
from .loop import DivergedError, TrainingLoop
from .report import training_report
from .setup import build_trainer, plan_of, training_bytes
from .snapshots import EarlyStop, WeakSnapshot
from .trainer import Trainer

# What a checkpoint takes of the weights' size: the weights, their average, two moments, and the file from before.
CHECKPOINT_COPIES = 8


@dataclass(frozen=True)
class TrainingPlan:
    """A training before its first step. summary: what is about to be done, in a sentence or two."""

    job: TrainModel
    budget: Budget
    trainer: Trainer
    card: ModelCard
    summary: str

    def cost(self) -> Generator[Event, None, Cost]:
        """What the training takes, scaled from the loss of one tile and its gradient."""
        yield Progress(0, 1, "call", "measuring one tile")
        trainer, job = self.trainer, self.job
        draw = trainer.draw(trainer.tiles.batch(0, 1), 0)

        def one_tile() -> None:
            trainer.losses(trainer.network, draw, 0).sum().backward()  # type: ignore[no-untyped-call]

        tile_s, tile_bytes = measure_call(trainer.device, one_tile)
        weights, _ = training_bytes(trainer.network, trainer.tiles.channels, self.card.tile_px)
        parameters = sum(parameter.numel() for parameter in trainer.network.parameters())
        return Cost(
            network_calls=job.tiles or 0,
            disk_bytes=4 * parameters * (1 + CHECKPOINT_COPIES * bool(job.experiment)),
            seconds=self.budget.expected_seconds(tile_s / trainer.ranks.me.size),
            memory_bytes=weights + trainer.compute.micro_batch * tile_bytes + trainer.tiles.held_bytes,
        )


def plan(job: TrainModel, stack: ExitStack) -> Generator[Event, None, TrainingPlan]:
    """Open the inputs of a job that is resolved, and build its network; under torchrun every process does.

    Raises JobError where its settings fit no network, InputError for the inputs, ModelFileError for INIT_MODEL,
    DeviceError, WorkerError.
    """
    budget = Budget(job.tiles, job.minutes)
    device = own_device(resolve_device(job.device))
    job = shaped_for(job, device)
    ranks = stack.enter_context(joined(device))
    tiles = yield from open_training_tiles(job)
    stack.callback(tiles.close)
    trainer, card = build_trainer(job, tiles, device, ranks)
    stack.callback(trainer.close)
    yield Note(tiles.treatment)
    summary = plan_of(job, trainer, card)
    yield Note(summary)
    if trainer.note:
        yield Note(trainer.note, "warning")
    return TrainingPlan(job, budget, trainer, card, summary)


def shaped_for(job: TrainModel, device: torch.device) -> TrainModel:
    """A resolved job whose NETWORK is no longer auto, but what is taken on a device."""
    is_quick = job.precision == "bfloat16" or (job.precision == "auto" and is_faster(device))
    return job.shaped(device.type == "cpu" and is_quick)


def run(plan: TrainingPlan, kind: Callable[..., TrainingLoop] = TrainingLoop) -> Events:
    """Train a model by a kind of loop; after a wish to stop the averaged weights so far are the model.

    Raises JobError where the loss diverges (the last good weights are then the model) or EXPERIMENT is another job's,
    OutputError; WorkerError where another process of the run is gone.
    """
    job, trainer, ranks = plan.job, plan.trainer, plan.trainer.ranks
    if not ranks.leads:
        share_state(trainer, ranks)
        yield from run_follower(trainer, ranks)
        return
    with ExitStack() as stack:
        outputs = _Outputs(job, stack.enter_context(OutputTransaction()))
        experiment = Experiment(job.experiment, JobRecord(*recorded(job))) if job.experiment else None
        if experiment is not None:
            stack.callback(experiment.close)
        early = EarlyStop(job.early_stop) if job.early_stop and trainer.tiles.has_validation else None
        guidance = 1.0 if job.few_calls or job.guidance is None else job.guidance
        weak = WeakSnapshot(guidance, job.guide_tiles) if guidance > 1 else None
        loop = kind(trainer, plan.card, plan.budget, experiment, early, weak)
        yield from loop.resume()
        if experiment is not None:
            yield Preview(experiment.add_picture("tiles.png", loop.evaluation.seen()))
        share_state(trainer, ranks)
        if trainer.device.type == "cuda" and not torch.are_deterministic_algorithms_enabled():
            yield Note("CUDA adds in any order here: two runs of this job may differ in their last digits.")
        try:
            yield from loop.train()
            ranks.end()
            yield from _finish(loop, outputs, plan.summary)
        except Cancelled:
            ranks.end(STOP)
            yield _stopped(loop, outputs)
        except DivergedError as error:
            raise _diverged(loop, outputs) from error


def train_model(job: TrainModel, kind: Callable[..., TrainingLoop] = TrainingLoop) -> Events:
    """Plan and run a job that is resolved. Raises as these do."""
    with ExitStack() as stack:
        yield from run((yield from plan(job, stack)), kind)


@dataclass
class _Outputs:
    """Where the results are written before all are published together."""

    job: TrainModel
    transaction: OutputTransaction

    def __post_init__(self) -> None:
        assert self.job.model is not None  # nosec B101
        self.model_part = self.transaction.temp_path(self.job.model)
        if self.job.report:
            self.transaction.reserve(self.job.report)

    def written(self) -> dict[str, object]:
        """The destinations by their names."""
        named = {"MODEL": self.job.model, "EXPERIMENT": self.job.experiment, "REPORT": self.job.report}
        return {name: path for name, path in named.items() if path}

    def save(self, loop: TrainingLoop) -> None:
        """Write the model of a training, as far as it came."""
        snapshot = loop.chosen()
        weak = loop.weak.weights if loop.weak is not None else None
        save_model(self.model_part, snapshot.weights, loop.card(snapshot), self.job.half_precision, weak)


def _finish(loop: TrainingLoop, outputs: _Outputs, summary: str) -> Generator[Event, None, None]:
    job, seen = outputs.job, loop.tiles_seen
    speed = loop.budget.tiles_per_second(seen)
    yield from loop.finish(pictures=bool(loop.experiment or job.report))
    card = loop.card(loop.chosen())
    outputs.save(loop)
    if job.report:
        training_report(job, loop, card, summary).write(job.report, outputs.transaction)
    outputs.transaction.publish()
    figures = {
        "TRAINING_LOSS": card.training["training_loss"],
        "VALIDATION_LOSS": card.training["validation_loss"],
        "TILES_SEEN": seen,
        "TILES_PER_SECOND": speed,
    }
    yield Result({**outputs.written(), **figures})


def _stopped(loop: TrainingLoop, outputs: _Outputs) -> Cancelled:
    """Save what there is after a wish to stop."""
    if not loop.tiles_seen:
        return Cancelled()
    try:
        loop.save()
    except DivergedError:
        if loop.last is None:
            return Cancelled()
    outputs.save(loop)
    outputs.transaction.publish()
    written = outputs.written()
    written.pop("REPORT", None)
    return Cancelled(written)


def _diverged(loop: TrainingLoop, outputs: _Outputs) -> JobError:
    """Save the last good weights; the error that says so."""
    recipe = loop.trainer.recipe
    message = (
        f"The loss diverged after {loop.tiles_seen:,} tiles. Lower LEARNING_RATE ({recipe.learning_rate:g}), lengthen "
        f"WARMUP_TILES ({recipe.warmup_tiles}), or set GRADIENT_CLIP to 1."
    )
    if loop.last is not None:
        outputs.save(loop)
        outputs.transaction.publish()
        message += f" The weights after {loop.last.tiles_seen:,} tiles are kept in {outputs.job.model}."
    return JobError(message)
