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
from dataclasses import asdict, dataclass
from hashlib import blake2b
from typing import Any

from ...errors import InputError, JobError
from ...events import Cancelled, Event, Events, Metric, Note, Progress, Result
from ...input_record import record_of
from ...jobs import CompareSettings, TrainModel
from ...jobs.record import located_values
from ...locks import held
from ...regular_file import open_regular
from ...temporary import private_folder
from ..learning.experiment import refuse_other_inputs
from ..model.device import resolve_device
from ..outputs.transaction import OutputTransaction
from ..planning import Cost
from ..progress import TimeLeft, scaled, with_progress
from ..training import run as training_run
from ..training.inputs import open_training_tiles
from ..training.loop import DivergedError
from ..training.run import train_model
from ..training.setup import describe_network
from ..training.tiles import TrainingTiles
from .measure import SettingEvaluator
from .outcome import Outcome, Setting, best, value_text
from .report import comparison_report

# What of the work on a setting is training; sampling and evaluating are the rest.
TRAINING_SHARE = 0.9
_NAME_LENGTH = 60

Run = Generator[Event, None, None]


@dataclass(frozen=True)
class ComparisonPlan:
    """The settings of a job, each of which describes a network."""

    job: CompareSettings
    settings: list[Setting]

    def cost(self) -> Generator[Event, None, Cost]:
        """What the run will take, of the training of the first setting."""
        job, count = self.job, len(self.settings)
        path = os.path.join(job.experiment, name_of(job, self.settings[0])) if job.experiment else None
        with ExitStack() as stack:
            first = yield from training_run.plan(job.training(self.settings[0], experiment=path), stack)
            cost = yield from first.cost()
        yield Note(f"{count} settings, each trained for {job.length}, and {count * job.samples} samples.")
        return Cost(
            network_calls=count * cost.network_calls,
            disk_bytes=(count if job.experiment else 1) * cost.disk_bytes,
            seconds=None if cost.seconds is None else count * cost.seconds / TRAINING_SHARE,
            memory_bytes=cost.memory_bytes,
        )


def plan(job: CompareSettings, stack: ExitStack) -> Generator[Event, None, ComparisonPlan]:
    """The settings of a job. Raises JobError where one of them cannot be trained."""
    yield from ()
    settings = job.settings()
    for setting in settings:
        training = job.training(setting)
        if not training.init_model:
            describe_network(training)
    return ComparisonPlan(job, settings)


def run(plan: ComparisonPlan) -> Events:
    """Train and evaluate every setting; after a wish to stop the report holds those that are done.

    Raises JobError and InputError as trainings do, OutputError.
    """
    job, settings = plan.job, plan.settings
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
        device = resolve_device(job.device)
        self._evaluator = SettingEvaluator(self._open_tiles, job.samples, job.seed, device)
        self._left: TimeLeft | None = None

    def run(self) -> Run:
        """All settings; those that are done already are read. Raises Cancelled with the wish to stop."""
        for index, setting in enumerate(self.settings):
            name = name_of(self.job, setting)
            outcome = self._known(name, setting)
            if outcome is None:
                outcome = yield from self._measured(index, setting, name)
            else:
                yield Note(f"{index + 1} of {len(self.settings)} ({outcome.label}) is done already.")
            self.outcomes.append(outcome)
            self.pictures.append(self._read(f"{name}.png"))
            for figure in ("validation_loss", "kid"):
                value = getattr(outcome, figure)
                if value is not None:
                    yield Metric(figure, value, index + 1)

    def report(self) -> Any:
        """The page on the settings that are done."""
        return comparison_report(self.job, self.outcomes, self.pictures, len(self.settings))

    def _measured(self, index: int, setting: Setting, name: str) -> Generator[Event, None, Outcome]:
        """Train one setting and evaluate its model."""
        path = os.path.join(self.folder, name)
        training = self.job.training(setting, f"{path}.safetensors", path)
        outcome = Outcome(setting, _length(self.job))
        yield Note(f"{index + 1} of {len(self.settings)}: {outcome.label}.")
        try:
            outputs = yield from self._trained(index, training, outcome.label)
        except JobError as error:
            if not isinstance(error.__cause__, DivergedError):
                raise
            yield Note(f"{outcome.label}: {error}", "warning")
            outcome.diverged = True
        else:
            outcome.validation_loss = outputs["VALIDATION_LOSS"]
            outcome.tiles_seen = outputs["TILES_SEEN"]
            part = scaled(
                self._evaluator.evaluate(str(training.model), training.precision), index + TRAINING_SHARE, index + 1.0
            )
            text = f"{outcome.label}: judging"
            metrics = yield from with_progress(part, lambda done: self._progress(done, text), every_s=0.0)
            outcome.kid, outcome.kid_floor = metrics.kid, metrics.kid_floor
            outcome.seconds_per_tile, outcome.parameters = metrics.seconds_per_tile, metrics.parameters
            _write(f"{path}.png", metrics.picture)
        _write(f"{path}.json", json.dumps(asdict(outcome), indent=1).encode())
        return outcome

    def _trained(self, index: int, training: TrainModel, label: str) -> Generator[Event, None, dict[str, Any]]:
        """Pass on the events of a training; returns the outputs of its result."""
        with closing(train_model(training)) as events:
            for event in events:
                if isinstance(event, Result):
                    return event.outputs
                if isinstance(event, Progress):
                    share = event.done / event.total if event.unit == "tile" else 0.0
                    event = self._progress(index + TRAINING_SHARE * share, f"{label}: {event.text}")
                elif isinstance(event, Metric):
                    continue
                try:
                    yield event
                except Cancelled as wish:
                    # It saves its state, so that the next run goes on from here.
                    events.throw(wish)
                    raise
        raise AssertionError("a training ends with a result")

    def _open_tiles(self, tile_px: int) -> Generator[Event, None, TrainingTiles]:
        return open_training_tiles(self.job.training({"tile_px": tile_px}))

    def _progress(self, done: float, text: str) -> Progress:
        self._left = self._left or TimeLeft(done)
        total = len(self.settings)
        return Progress(round(done, 3), total, "setting", text, self._left.after(done, total))

    def _known(self, name: str, setting: Setting) -> Outcome | None:
        """What an earlier run of the same length measured of a setting.

        Raises InputError for a damaged record, JobError where that run read other data.
        """
        refuse_other_inputs(os.path.join(self.folder, name), record_of(self.job.training(setting)))
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
            with open_regular(os.path.join(self.folder, name)) as file:
                return file.read()
        except FileNotFoundError:
            return None
        except OSError as error:
            path = os.path.join(self.folder, name)
            raise InputError(f"{path} cannot be read: {error.strerror}. Remove it.") from None


def _write(path: str, content: bytes) -> None:
    with OutputTransaction() as transaction:
        transaction.write(path, content)
        transaction.publish()


def name_of(job: CompareSettings, setting: Setting) -> str:
    """The name of a setting's files: its fields for people, and a mark of all that decides its result."""
    training = job.training(setting)
    deciding = {
        name: value
        for name, value in located_values(training).items()
        if name not in ("tiles", "minutes", "model", "device", "experiment", "report")
    }
    mark = blake2b(json.dumps(deciding, sort_keys=True).encode(), digest_size=4).hexdigest()
    shown = "+".join(f"{name}={value_text(value)}" for name, value in setting.items())
    return f"{re.sub(r'[^A-Za-z0-9._=+-]', '_', shown)[:_NAME_LENGTH]}-{mark}"


def _length(job: CompareSettings) -> list[float | None]:
    return [job.tiles, job.minutes]
