"""Comparing settings: each of a grid is trained for equal minutes, and judged on the same tiles.

With an experiment folder the runs are a record of their own: `NAME/` is the experiment of a setting, `NAME.safetensors`
its model, `NAME.json` what was measured. A setting that has been measured is not run again, and one that was begun goes
on from its checkpoint, since NAME follows from the setting and the job.
"""

import json
import os
import re
from collections.abc import Generator
from contextlib import ExitStack, closing
from dataclasses import asdict
from hashlib import blake2b
from time import monotonic
from typing import Any

from ...errors import InputError, JobError
from ...events import Cancelled, Event, Events, Metric, Note, Progress, Result
from ...jobs import CompareSettings, TrainModel
from ...jobs.compare import Setting
from ...locks import held
from ...temporary import private_folder
from ..learning.experiment import PATH_ROLES
from ..outputs.transaction import OutputTransaction
from ..training.loop import DivergedError
from ..training.run import train_model
from ..training.setup import describe_network
from .measure import Judge, Judged
from .outcome import Outcome, best, value_text
from .report import comparison_report

# What of the work on a setting is training; sampling and judging are the rest.
TRAINING_SHARE = 0.9
_NAME_LENGTH = 60

Run = Generator[Event, None, None]


def compare_settings(job: CompareSettings) -> Events:
    """Train and judge every setting; after a wish to stop the report holds those that are done.

    Raises JobError and InputError as trainings do, before the first of them where that can be seen; OutputError.
    """
    settings = job.settings()
    for setting in settings:
        training = job.training(setting)
        if not training.init_model:
            describe_network(training)
    with ExitStack() as stack:
        transaction = stack.enter_context(OutputTransaction())
        transaction.reserve(str(job.report))
        folder = job.experiment or stack.enter_context(private_folder())
        os.makedirs(folder, exist_ok=True)
        stack.enter_context(held(os.path.join(folder, ".lock"), f"The experiment folder {folder}"))
        comparison = _Comparison(job, settings, folder)
        yield Note(f"{len(settings)} settings, one after the other, each trained for {job.length}.")
        try:
            yield from comparison.run()
        except Cancelled:
            kept = {"EXPERIMENT": job.experiment} if job.experiment else {}
            if comparison.outcomes:
                comparison.report().write(str(job.report), transaction)
                transaction.publish()
                kept["REPORT"] = str(job.report)
            yield Cancelled(kept)
            return
        comparison.report().write(str(job.report), transaction)
        transaction.publish()
    outputs: dict[str, Any] = {"REPORT": job.report, "SETTINGS": len(settings)}
    if job.experiment:
        outputs["EXPERIMENT"] = job.experiment
    for name in ("validation_loss", "kid"):
        outputs[f"BEST_{name.upper()}"] = best(comparison.outcomes, name)
    yield Result(outputs)


class _Comparison:
    """The settings of a job one after the other."""

    def __init__(self, job: CompareSettings, settings: list[Setting], folder: str) -> None:
        self.job = job
        self.settings = settings
        self.folder = folder
        self.outcomes: list[Outcome] = []
        self.pictures: list[bytes | None] = []
        self._judge = Judge(job)
        self._started = monotonic()
        self._begun_at: float | None = None

    def run(self) -> Run:
        """All settings; those that are done already are read. Raises Cancelled with the wish to stop."""
        for index, setting in enumerate(self.settings):
            name = name_of(self.job, setting)
            outcome = self._known(name)
            if outcome is None:
                outcome = yield from self._one(index, setting, name)
            else:
                yield Note(f"{index + 1} of {len(self.settings)} ({outcome.words}) is done already.")
            self.outcomes.append(outcome)
            self.pictures.append(self._read(f"{name}.png"))
            for figure in ("validation_loss", "kid"):
                value = getattr(outcome, figure)
                if value is not None:
                    yield Metric(figure, value, index + 1)

    def report(self) -> Any:
        """The page on the settings that are done."""
        return comparison_report(self.job, self.outcomes, self.pictures, len(self.settings))

    def _one(self, index: int, setting: Setting, name: str) -> Generator[Event, None, Outcome]:
        """Train one setting and judge its model."""
        path = os.path.join(self.folder, name)
        training = self.job.training(setting, f"{path}.safetensors", path)
        outcome = Outcome(setting, _length(self.job))
        yield Note(f"{index + 1} of {len(self.settings)}: {outcome.words}.")
        try:
            outputs = yield from self._trained(index, training, outcome.words)
        except JobError as error:
            if not isinstance(error.__cause__, DivergedError):
                raise
            yield Note(f"{outcome.words}: {error}", "warning")
            outcome.diverged = True
        else:
            outcome.validation_loss = outputs["VALIDATION_LOSS"]
            outcome.tiles_seen = outputs["TILES_SEEN"]
            judged = yield from self._judged(index, training, outcome.words)
            outcome.kid, outcome.kid_floor = judged.kid, judged.kid_floor
            outcome.seconds_per_tile, outcome.parameters = judged.seconds_per_tile, judged.parameters
            _write(f"{path}.png", judged.picture)
        _write(f"{path}.json", json.dumps(asdict(outcome), indent=1).encode())
        return outcome

    def _trained(self, index: int, training: TrainModel, words: str) -> Generator[Event, None, dict[str, Any]]:
        """Pass on the events of a training; returns the outputs of its result."""
        with closing(train_model(training)) as events:
            for event in events:
                if isinstance(event, Result):
                    return event.outputs
                if isinstance(event, Progress):
                    share = event.done / event.total if event.unit == "tile" else 0.0
                    event = self._progress(index + TRAINING_SHARE * share, f"{words}: {event.text}")
                elif isinstance(event, Metric):
                    continue
                try:
                    yield event
                except Cancelled as wish:
                    # It saves its state, so that the next run goes on from here.
                    events.throw(wish)
                    raise
        raise AssertionError("a training ends with a result")

    def _judged(self, index: int, training: TrainModel, words: str) -> Generator[Event, None, Judged]:
        """Judge a trained model; the share that is done of it becomes progress."""
        work = self._judge.judge(training)
        while True:
            try:
                share = next(work)
            except StopIteration as done:
                judged: Judged = done.value
                return judged
            yield self._progress(index + TRAINING_SHARE + (1 - TRAINING_SHARE) * share, f"{words}: judging")

    def _progress(self, done: float, text: str) -> Progress:
        if self._begun_at is None:
            self._begun_at = done
        gained = done - self._begun_at
        passed = monotonic() - self._started
        total = len(self.settings)
        return Progress(
            round(done, 3), total, "setting", text, passed / gained * (total - done) if gained > 0 else None
        )

    def _known(self, name: str) -> Outcome | None:
        """What an earlier run of the same length measured of a setting. Raises InputError for a damaged record."""
        content = self._read(f"{name}.json")
        if content is None:
            return None
        try:
            outcome = Outcome(**json.loads(content))
        except (ValueError, TypeError) as error:
            raise InputError(
                f"{os.path.join(self.folder, name)}.json is damaged ({error}). Remove it, and the setting is measured "
                "again."
            ) from None
        return outcome if outcome.length == _length(self.job) else None

    def _read(self, name: str) -> bytes | None:
        try:
            with open(os.path.join(self.folder, name), "rb") as file:
                return file.read()
        except FileNotFoundError:
            return None


def _write(path: str, content: bytes) -> None:
    with OutputTransaction() as transaction:
        transaction.write(path, content)
        transaction.publish()


def name_of(job: CompareSettings, setting: Setting) -> str:
    """The name of a setting's files: its fields for people, and a mark of all that decides its result."""
    training = job.training(setting)
    deciding = {
        name: _located(training, name, value)
        for name, value in training.set_values().items()
        if name not in ("tiles", "minutes", "model", "device", "experiment", "report")
    }
    mark = blake2b(json.dumps(deciding, sort_keys=True).encode(), digest_size=4).hexdigest()
    shown = "+".join(f"{name}={value_text(value)}" for name, value in setting.items())
    return f"{re.sub(r'[^A-Za-z0-9._=+-]', '_', shown)[:_NAME_LENGTH]}-{mark}"


def _located(job: TrainModel, name: str, value: Any) -> Any:
    if job.option(name).role not in PATH_ROLES:
        return value
    return [os.path.abspath(path) for path in value] if isinstance(value, list) else os.path.abspath(value)


def _length(job: CompareSettings) -> list[float | None]:
    return [job.tiles, job.minutes]
