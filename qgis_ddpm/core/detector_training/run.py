"""Training a change detector: labelled pairs, features computed once, heads, and a detector file with its threshold."""

import os
from collections.abc import Generator, Sequence
from contextlib import ExitStack

import numpy as np
import torch
from torch import Tensor

from ...card import DetectorCard
from ...events import Cancelled, Event, Events, Note, Result
from ...jobs import TrainDetector
from ...jobs.record import provenance_of, recorded
from ...metadata import version
from ..detector import save_detector
from ..detector.head_config import start_of
from ..learning.budget import Budget
from ..learning.experiment import Experiment, JobRecord
from ..outputs.transaction import OutputTransaction
from .features import cache_for, compute_features
from .loop import DetectorLoop, SelectedHead, columns, figures
from .plan import DetectorTrainingPlan, plan
from .report import detector_report
from .trainer import HeadTrainer, TileStore

__all__ = ["fresh_trainers", "plan", "prepare", "run"]


def run(plan: DetectorTrainingPlan) -> Events:
    """Train a detector; after a wish to stop the best weights so far are the detector.

    Raises JobError where memory and disk have no room for features or EXPERIMENT is another job's, OutputError.
    """
    job = plan.job
    with ExitStack() as stack:
        transaction = stack.enter_context(OutputTransaction())
        part = transaction.temp_path(str(job.detector))
        if job.report:
            transaction.reserve(job.report)
        record = JobRecord(*recorded(job))
        experiment = Experiment(job.experiment, record, columns(job.seeds)) if job.experiment else None
        if experiment is not None:
            stack.callback(experiment.close)
        loop = yield from prepare(plan, stack, experiment)
        yield from loop.resume()
        if plan.model.device.type == "cuda" and not torch.are_deterministic_algorithms_enabled():
            yield Note("CUDA adds in any order here: two runs of this job may differ in their last digits.")
        try:
            yield from loop.train()
        except Cancelled:
            yield _stopped(job, loop, part, transaction)
            return
        selected = loop.select()
        assert selected is not None  # nosec B101 - the end of a training is measured
        _write(loop, selected, part)
        if job.report:
            detector_report(job, loop, selected, plan).write(job.report, transaction)
        transaction.publish()
    yield Result({**_files(job), **figures(selected.confusion)})


def prepare(
    plan: DetectorTrainingPlan, stack: ExitStack, experiment: Experiment | None = None
) -> Generator[Event, None, DetectorLoop]:
    """All that comes before the first step: features, and fresh heads. stack: closes the cache. Raises as `run`."""
    folder = os.path.dirname(os.path.abspath(str(plan.job.detector)))
    cache = stack.enter_context(cache_for(plan, folder))
    store, mean_squares = yield from compute_features(plan, cache)
    trainers = fresh_trainers(plan, store, mean_squares)
    return DetectorLoop(trainers, _card(plan), Budget(*plan.length), experiment)


def fresh_trainers(plan: DetectorTrainingPlan, store: TileStore, mean_squares: Sequence[Tensor]) -> list[HeadTrainer]:
    """The heads of a training before their first step.

    Args:
        plan: of the training.
        store: features and labels of its tiles.
        mean_squares: of each channel of each tensor of features, over training tiles: [C] each.
    """
    job, trainers = plan.job, []
    for number in range(job.seeds):
        seed = job.seed + number
        # The weights at the start are a function of the seed; the caller's random state stays as it is.
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            head = start_of(plan.head, len(plan.sigmas), number)
        head.set_channel_scale([each.float() for each in mean_squares])
        trainers.append(HeadTrainer(head, store, seed, job.learning_rate, job.batch_size))
    return trainers


def _card(plan: DetectorTrainingPlan) -> DetectorCard:
    job = plan.job
    record = {
        "job": provenance_of(job),
        "precision": plan.model.precision_used,
        "licence": job.licence,
        "data": job.description,
        "tiles": {"training": len(plan.training), "validation": len(plan.validation)},
        "versions": {"qgis_ddpm": version(), "torch": torch.__version__, "numpy": np.__version__},
    }
    return DetectorCard(plan.head, plan.sigmas, 0.5, plan.model.fingerprint, job.radiometry, record)


def _write(loop: DetectorLoop, selected: SelectedHead, part: str) -> None:
    loop.save()
    save_detector(part, selected.weights, selected.card)


def _stopped(job: TrainDetector, loop: DetectorLoop, part: str, transaction: OutputTransaction) -> Cancelled:
    """Save the best weights so far after a wish to stop."""
    selected = loop.select()
    if selected is None:
        return Cancelled()
    _write(loop, selected, part)
    transaction.publish()
    written = _files(job)
    written.pop("REPORT", None)
    return Cancelled(written)


def _files(job: TrainDetector) -> dict[str, object]:
    """The destinations by their names."""
    named = {"DETECTOR": job.detector, "EXPERIMENT": job.experiment, "REPORT": job.report}
    return {name: path for name, path in named.items() if path}
