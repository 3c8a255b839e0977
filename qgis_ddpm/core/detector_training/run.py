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
from ..detector.own_model import with_own_model
from ..learning.budget import Budget
from ..learning.experiment import Experiment, JobRecord
from ..outputs.transaction import OutputTransaction
from .cross_fit.controls import Control, train_controls
from .cross_fit.fold_loop import FoldLoop
from .cross_fit.report import fold_report
from .cross_fit.setup import FoldPlan, prepare_folds
from .features import cache_for, compute_features
from .loop import DetectorLoop, SelectedHead, columns, figures
from .plan import DetectorTrainingPlan, plan
from .report import detector_report
from .trainer import HeadTrainer, TileStore

__all__ = ["fresh_trainers", "plan", "prepare", "run"]


def run(plan: DetectorTrainingPlan | FoldPlan) -> Events:
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
        measured = FoldLoop.columns if isinstance(plan, FoldPlan) else columns(job.seeds)
        experiment = Experiment(job.experiment, record, measured) if job.experiment else None
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
        if isinstance(loop, FoldLoop):
            loop.settle()
        assert selected is not None  # nosec B101 - the end of a training is measured
        _write(loop, selected, part)
        controls: list[Control] = []
        if job.compare and isinstance(plan, FoldPlan):
            try:
                controls = yield from train_controls(plan, selected.card)
            except Cancelled:
                # The detector is whole; only what it would be held against lacks.
                yield _stopped(job, loop, part, transaction)
                return
            yield Note(_compared(selected, controls))
        if job.report:
            page = (
                fold_report(job, loop, selected, plan, controls)
                if isinstance(plan, FoldPlan) and isinstance(loop, FoldLoop)
                else detector_report(job, loop, selected, plan)  # type: ignore[arg-type]
            )
            page.write(job.report, transaction)
        transaction.publish()
    yield Result({**_files(job), **figures(selected.confusion)})


def _compared(selected: SelectedHead, controls: Sequence[Control]) -> str:
    own = selected.card.training["mean_f1_of_pairs"]
    others = "; ".join(f"{control.name} {control.mean_f1:.3f}" for control in controls)
    return f"COMPARE, mean F1 of pairs that were left out: this detector {own:.3f}; {others}."


def prepare(
    plan: DetectorTrainingPlan | FoldPlan, stack: ExitStack, experiment: Experiment | None = None
) -> Generator[Event, None, DetectorLoop]:
    """All that comes before the first step: features, and fresh heads. stack: closes the cache. Raises as `run`."""
    if isinstance(plan, FoldPlan):
        counts = {"training": len(plan.crops), "validation": len(plan.windows)}
        return (yield from prepare_folds(plan, stack, _card(plan, counts), experiment))
    folder = os.path.dirname(os.path.abspath(str(plan.job.detector)))
    cache = stack.enter_context(cache_for(plan, folder))
    store, mean_squares = yield from compute_features(plan, cache)
    trainers = fresh_trainers(plan, store, mean_squares)
    counts = {"training": len(plan.training), "validation": len(plan.validation)}
    return DetectorLoop(trainers, _card(plan, counts), Budget(*plan.length), experiment)


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


def _card(plan: DetectorTrainingPlan | FoldPlan, tiles: dict[str, int]) -> DetectorCard:
    job = plan.job
    record = {
        "job": provenance_of(job),
        "precision": plan.model.precision_used,
        "licence": job.licence,
        "data": job.description,
        "tiles": tiles,
        "versions": {"qgis_ddpm": version(), "torch": torch.__version__, "numpy": np.__version__},
    }
    card = DetectorCard(plan.head, plan.sigmas, 0.5, plan.model.fingerprint, job.radiometry, record)
    return with_own_model(card, plan.model.card) if job.tune or not job.model else card


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
