"""Training a diffusion model: from a job to a model file."""

from collections.abc import Generator
from contextlib import ExitStack
from dataclasses import dataclass

import torch

from ...errors import JobError
from ...events import Cancelled, Event, Events, Note, Result
from ...jobs import TrainModel
from ..learning.budget import Length
from ..learning.experiment import Experiment
from ..model import save_model
from ..model.device import resolve_device
from ..outputs.transaction import Publication
from .distributed import STOP, Ranks, joined, own_device
from .followers import follow, share_state
from .inputs import open_training_tiles
from .loop import DivergedError, Good, TrainingRun
from .report import training_report
from .setup import build_trainer, plan_of
from .shapes import fitted
from .snapshots import EarlyStop, EarlyWeights


@dataclass
class _Outputs:
    """Where the results are written before all are published together."""

    job: TrainModel
    publication: Publication

    def __post_init__(self) -> None:
        assert self.job.model is not None  # nosec B101
        self.model_part = self.publication.part(self.job.model)
        if self.job.report:
            self.publication.reserve(self.job.report)

    def kept(self) -> dict[str, object]:
        """The destinations by their names."""
        named = {"MODEL": self.job.model, "EXPERIMENT": self.job.experiment, "REPORT": self.job.report}
        return {name: path for name, path in named.items() if path}


def train_model(job: TrainModel) -> Events:
    """Train a model of a job that is resolved; after a wish to stop the averaged weights so far are the model.

    Raises JobError where the loss diverges (the last good weights are then the model) or EXPERIMENT is another job's,
    InputError for the inputs, DeviceError, OutputError; WorkerError where another process of the run is gone.
    """
    device = own_device(resolve_device(job.device))
    job = fitted(job, device)
    with joined(device) as ranks:
        yield from _lead(job, device, ranks) if ranks.leads else _follow(job, device, ranks)


def _lead(job: TrainModel, device: torch.device, ranks: Ranks) -> Events:
    length = Length(job.tiles, job.minutes)
    with ExitStack() as stack:
        outputs = _Outputs(job, stack.enter_context(Publication()))
        experiment = Experiment(job.experiment, job) if job.experiment else None
        if experiment:
            stack.callback(experiment.close)
        tiles = yield from open_training_tiles(job)
        stack.callback(tiles.close)
        trainer, card = build_trainer(job, tiles, device, ranks)
        stack.callback(trainer.close)
        early = EarlyStop(job.early_stop) if job.early_stop and tiles.has_validation else None
        assert job.guidance is not None  # nosec B101 - the preset has filled it
        guide = EarlyWeights(job.guidance, job.guide_tiles) if job.guidance > 1 and not job.few_calls else None
        run = TrainingRun(trainer, card, length, experiment, early, guide)
        yield from run.take_up()
        share_state(trainer, ranks)
        summary = plan_of(job, trainer, card)
        yield Note(summary)
        if trainer.note:
            yield Note(trainer.note, "warning")
        if device.type == "cuda" and not torch.are_deterministic_algorithms_enabled():
            yield Note("CUDA adds in any order here: two runs of this job may differ in their last digits.")
        try:
            yield from run.train()
            ranks.end()
            yield from _finish(run, outputs, summary)
        except Cancelled:
            ranks.end(STOP)
            yield _stopped(run, outputs)
        except DivergedError as error:
            raise _diverged(run, outputs) from error


def _follow(job: TrainModel, device: torch.device, ranks: Ranks) -> Events:
    """The part of a process that does not lead: steps, and nothing written."""
    with ExitStack() as stack:
        tiles = yield from open_training_tiles(job)
        stack.callback(tiles.close)
        trainer, _ = build_trainer(job, tiles, device, ranks)
        stack.callback(trainer.close)
        share_state(trainer, ranks)
        yield from follow(trainer, ranks)


def _finish(run: TrainingRun, outputs: _Outputs, summary: str) -> Generator[Event, None, None]:
    job, experiment, seen = outputs.job, run.experiment, run.trainer.tiles_seen
    speed = run.length.tiles_per_second(seen)
    yield from run.show(pictures=bool(experiment or job.report))
    good = run.best(run.save())
    card = run.card(good)
    _save(run, outputs, good)
    if job.report:
        training_report(job, run, card, summary).write(job.report, outputs.publication)
    outputs.publication.publish()
    figures = {
        "TRAINING_LOSS": card.training["training_loss"],
        "VALIDATION_LOSS": card.training["validation_loss"],
        "TILES_SEEN": seen,
        "TILES_PER_SECOND": speed,
    }
    yield Result({**outputs.kept(), **figures})


def _stopped(run: TrainingRun, outputs: _Outputs) -> Cancelled:
    """Save what there is after a wish to stop."""
    if not run.trainer.tiles_seen:
        return Cancelled()
    try:
        run.save()
    except DivergedError:
        if run.good is None:
            return Cancelled()
    _save_good(run, outputs)
    kept = outputs.kept()
    kept.pop("REPORT", None)
    return Cancelled(kept)


def _diverged(run: TrainingRun, outputs: _Outputs) -> JobError:
    """Save the last good weights; the error that says so."""
    text = (
        f"The loss diverged after {run.trainer.tiles_seen:,} tiles. Lower LEARNING_RATE "
        f"({run.trainer.recipe.learning_rate:g}), lengthen WARMUP_TILES ({run.trainer.recipe.warmup_tiles}), or set "
        "GRADIENT_CLIP to 1."
    )
    if run.good is not None:
        _save_good(run, outputs)
        text += f" The weights after {run.good.tiles_seen:,} tiles are kept in {outputs.job.model}."
    return JobError(text)


def _save_good(run: TrainingRun, outputs: _Outputs) -> None:
    assert run.good is not None  # nosec B101
    good = run.best(run.good)
    _save(run, outputs, good)
    outputs.publication.publish()


def _save(run: TrainingRun, outputs: _Outputs, good: Good) -> None:
    guide = run.guide.weights if run.guide is not None else None
    save_model(outputs.model_part, good.weights, run.card(good), outputs.job.half_precision, guide)
