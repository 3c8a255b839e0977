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
from ...jobs.train_detector import DEFAULT_TILES
from ...metadata import version
from ..detector import save_detector
from ..detector.head_config import start_of
from ..learning.budget import Length
from ..learning.experiment import Experiment, provenance_of
from ..outputs.transaction import Publication
from .features import cache_for, compute_features
from .loop import Chosen, DetectorRun, columns, figures
from .plan import Plan, plan_training
from .report import detector_report
from .trainer import HeadTrainer, TileStore


def train_detector(job: TrainDetector) -> Events:
    """Train a detector; after a wish to stop the best weights so far are the detector.

    Raises JobError and InputError for what does not fit, ModelFileError, DeviceError, OutputError.
    """
    with ExitStack() as stack:
        publication = stack.enter_context(Publication())
        part = publication.part(str(job.detector))
        if job.report:
            publication.reserve(job.report)
        experiment = Experiment(job.experiment, job, columns(job.seeds)) if job.experiment else None
        if experiment:
            stack.callback(experiment.close)
        plan, run = yield from prepare(job, stack, experiment)
        yield from run.take_up()
        if plan.model.device.type == "cuda" and not torch.are_deterministic_algorithms_enabled():
            yield Note("CUDA adds in any order here: two runs of this job may differ in their last digits.")
        try:
            yield from run.train()
        except Cancelled:
            yield _stopped(job, run, part, publication)
            return
        chosen = run.choose()
        assert chosen is not None  # nosec B101 - the end of a training is measured
        _write(run, chosen, part)
        if job.report:
            detector_report(job, run, chosen, plan).write(job.report, publication)
        publication.publish()
    yield Result({**_files(job), **figures(chosen.confusion)})


def prepare(
    job: TrainDetector, stack: ExitStack, experiment: Experiment | None = None
) -> Generator[Event, None, tuple[Plan, DetectorRun]]:
    """All that comes before the first step. stack: closes files and cache. Raises as `train_detector`."""
    plan = yield from plan_training(job, stack)
    folder = os.path.dirname(os.path.abspath(str(job.detector)))
    cache = stack.enter_context(cache_for(plan, folder))
    store, mean_squares = yield from compute_features(plan, cache)
    trainers = fresh_trainers(job, plan, store, mean_squares)
    return plan, DetectorRun(trainers, _card(job, plan), _length(job), experiment)


def fresh_trainers(
    job: TrainDetector, plan: Plan, store: TileStore, mean_squares: Sequence[Tensor]
) -> list[HeadTrainer]:
    """The heads of a job before their first step."""
    trainers = []
    for number in range(job.seeds):
        seed = job.seed + number
        # The weights at the start are a function of the seed; the caller's random state stays as it is.
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            head = start_of(plan.head, len(plan.sigmas), number)
        head.fit([each.float() for each in mean_squares])
        trainers.append(HeadTrainer(head, store, seed, job.learning_rate, job.batch_size))
    return trainers


def _card(job: TrainDetector, plan: Plan) -> DetectorCard:
    record = {
        "job": provenance_of(job),
        "precision": plan.model.precision,
        "licence": job.licence,
        "data": job.description,
        "tiles": {"training": len(plan.training), "validation": len(plan.validation)},
        "versions": {"qgis_ddpm": version(), "torch": torch.__version__, "numpy": np.__version__},
    }
    return DetectorCard(plan.head, plan.sigmas, 0.5, plan.model.fingerprint, job.radiometry, record)


def _length(job: TrainDetector) -> Length:
    return Length(job.tiles if job.tiles or job.minutes else DEFAULT_TILES, job.minutes)


def _write(run: DetectorRun, chosen: Chosen, part: str) -> None:
    run.save(chosen)
    save_detector(part, chosen.weights, chosen.card)


def _stopped(job: TrainDetector, run: DetectorRun, part: str, publication: Publication) -> Cancelled:
    """Save the best weights so far after a wish to stop."""
    chosen = run.choose()
    if chosen is None:
        return Cancelled()
    _write(run, chosen, part)
    publication.publish()
    kept = _files(job)
    kept.pop("REPORT", None)
    return Cancelled(kept)


def _files(job: TrainDetector) -> dict[str, object]:
    """The destinations by their names."""
    named = {"DETECTOR": job.detector, "EXPERIMENT": job.experiment, "REPORT": job.report}
    return {name: path for name, path in named.items() if path}
