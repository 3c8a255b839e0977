"""Filling gaps: a look at the whole raster, statistics of a sample, windows one by one, then the files."""

import hashlib
import json
import os
from collections.abc import Generator
from contextlib import ExitStack
from typing import Any

from ...events import Cancelled, Event, Events, Note, Result
from ...job_files import input_states
from ...jobs import FillGaps
from ...metadata import version
from ..outputs.transaction import OutputTransaction, provenance_tags
from ..raster.kept.score_store import ScoreStore
from .estimates import DETAIL, DISTANCE, KRIGING, LEVEL, NETWORK
from .filling import filling
from .fitting import Fitted, fitting
from .plan import FillPlan, plan_filling
from .writing import FillFiles, Tally, nodata_of, writing

DESTINATIONS = ("output", "spread", "filled", "draws_folder")


def plan(job: FillGaps, stack: ExitStack) -> Generator[Event, None, FillPlan]:
    """Open the raster, its mask and other dates. Raises JobError, InputError."""
    return plan_filling(job, stack)


def run(plan: FillPlan) -> Events:
    """Fill the gaps of a plan. Raises InputError, OutputError.

    A run that is cancelled or killed leaves what it filled in OUTPUT.part; the same job goes on from there.
    """
    survey = yield from plan.survey()
    fitted = None
    if survey.missing.any():
        fitted = yield from fitting(plan.reader, survey, plan.learning)
        yield from _said(fitted)
    else:
        yield Note(f"{plan.job.input} has no gap: the output is a copy of it.")
    with OutputTransaction() as transaction:
        unfinished = transaction.resumable_path(str(plan.job.output))
        try:
            yield from _fill(plan, fitted, transaction, unfinished)
        except Cancelled:
            yield Cancelled({"OUTPUT.part": unfinished} if os.path.exists(unfinished) else {})


def _fill(plan: FillPlan, fitted: Fitted | None, transaction: OutputTransaction, unfinished: str) -> Events:
    """unfinished: the name of the file to go on from."""
    job, reader, area = plan.job, plan.reader, plan.area
    used = method_used(fitted)
    made = {"SYNTHETIC": "PART"} if fitted is not None else {}
    tags = provenance_tags(job.ALGORITHM, job.seed, METHOD=used, **made)
    nodata = nodata_of(reader, job.distance_px is not None)
    files = FillFiles(str(job.output), job.spread, job.filled, job.draws_folder, plan.draws, nodata, tags)
    with ExitStack() as stack:
        store = None
        if fitted is not None:
            layers = 1 + reader.source.count * (1 + plan.draws)
            store = stack.enter_context(ScoreStore(unfinished, _cache_key(job, tags), layers, *area[2:]))
            yield from filling(reader, fitted, area, store, plan.settings)
        tally = yield from writing(reader, fitted, area, store, files, transaction)
        transaction.publish()
    yield from _told(tally)
    yield Result(
        {
            **{name.upper(): getattr(job, name) for name in DESTINATIONS if getattr(job, name)},
            "FILLED_SHARE": tally.filled / tally.total,
            "EXPECTED_RMSE": tally.rmse,
            "METHOD_USED": used,
        }
    )


def method_used(fitted: Fitted | None) -> str:
    """Names of the methods that count, such as "regression+kriging"; "none" where nothing is missing."""
    if fitted is None:
        return "none"
    names = {
        NETWORK: "network",
        LEVEL: "regression",
        DETAIL: "regression",
        KRIGING: "kriging",
        DISTANCE: "interpolation",
    }
    found = {names[way] for way in fitted.weights.ways}
    return "+".join(name for name in dict.fromkeys(names.values()) if name in found)


def _said(fitted: Fitted) -> Generator[Event, None, None]:
    if fitted.held_rmse:
        each = ", ".join(f"{way} {value:.4g}" for way, value in fitted.held_rmse.items())
        yield Note(f"Where known pixels were held out, the root mean square error is: {each}.")


def _told(tally: Tally) -> Generator[Event, None, None]:
    if tally.left:
        yield Note(f"{tally.left} pixels are left without data: they are further from known ones than DISTANCE_PX.")
    if tally.filled:
        yield Note(
            f"{tally.filled} pixels were filled. They are estimates, not observations: FILLED says which they are, and "
            "SPREAD how far off they may be."
        )


def _cache_key(job: FillGaps, tags: dict[str, str]) -> str:
    """What decides the fill of a job: its fields, the state of its files, and the version of the code."""
    values: dict[str, Any] = job.values()
    for name in DESTINATIONS:
        del values[name]
    states = sorted((path, *state) for path, state in input_states(job).items())
    return hashlib.sha256(json.dumps([values, states, tags, version()], sort_keys=True).encode()).hexdigest()
