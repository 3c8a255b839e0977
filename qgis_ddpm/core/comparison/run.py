"""Comparing settings: each of a grid is trained for equal work, several times, and judged on the same tiles.

With an experiment folder the runs are a record: `NAME/` is the experiment of a training, `NAME.safetensors`
its model, `NAME.json` what was measured, `NAME.50.png` what it drew after half of its length; `figures.csv` has all.
What has been measured is not run again, and what was begun goes on from its checkpoint, since NAME follows from the
setting and the job.
"""

import os
from collections.abc import Callable, Generator
from contextlib import ExitStack, closing, suppress
from functools import partial
from typing import Any

from ...card import read_model_card
from ...errors import JobError
from ...events import Cancelled, Event, Events, Metric, Note, Progress, Result
from ...input_record import record_of
from ...jobs import TrainModel
from ...locks import held
from ...temporary import private_folder
from ..learning.experiment import refuse_other_inputs
from ..model.device import resolve_device
from ..outputs.page import Report
from ..outputs.transaction import OutputTransaction
from ..progress import TimeLeft, scaled, with_progress
from ..training.inputs import open_training_tiles
from ..training.loop import DivergedError
from ..training.run import train_model
from ..training.tiles import TrainingTiles
from .chance import compared, mean_and_half
from .marks import MarkedLoop
from .measure import Evaluator
from .outcome import Outcome, SettingRecord, label_of
from .plan import TRAINING_SHARE, ComparisonPlan, plan
from .record import Records, table
from .report import comparison_report, records_of
from .words import RANKED_BY, ranked

__all__ = ["plan", "run"]

# Shares of a training after which it is looked at; the rows of pictures are those of quarters.
MARKS = (0.1, 0.25, 0.5, 0.75)
QUARTERS = ("25", "50", "75", "100")

Run = Generator[Event, None, None]


def run(plan: ComparisonPlan) -> Events:
    """Train and evaluate every setting; after a wish to stop the report holds those that are done.

    Raises JobError and InputError as trainings do, OutputError.
    """
    job = plan.job
    with ExitStack() as stack:
        transaction = stack.enter_context(OutputTransaction())
        transaction.reserve(str(job.report))
        folder = job.experiment or stack.enter_context(private_folder())
        os.makedirs(folder, exist_ok=True)
        stack.enter_context(held(os.path.join(folder, ".lock"), f"The experiment folder {folder}"))
        comparison = _Comparison(plan, folder)
        stack.callback(comparison.close)
        yield Note(
            f"{len(plan.settings)} settings, one after the other, {job.repeats} times, {plan.words} for each training."
        )
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
    outputs: dict[str, Any] = {"REPORT": job.report, "SETTINGS": len(plan.settings)}
    if job.experiment:
        outputs["EXPERIMENT"] = job.experiment
    yield Result({**outputs, **_figures(comparison.outcomes)})


def _figures(outcomes: list[Outcome]) -> dict[str, Any]:
    records = ranked(records_of(outcomes))
    pairs = compared([record.values(RANKED_BY) for record in records])
    best = {
        name: min(
            (mean for record in records if (mean := mean_and_half(record.values(name))[0]) is not None), default=None
        )
        for name in ("validation_loss", "kid")
    }
    return {
        "BEST": records[0].label if best["kid"] is not None else None,
        "BEST_VALIDATION_LOSS": best["validation_loss"],
        "BEST_KID": best["kid"],
        "PAIRS": len(pairs),
        "PAIRS_THAT_DIFFER": sum(pair.differs for pair in pairs),
    }


class _Comparison:
    """The trainings of a plan one after the other: the first of all settings, then the second, ..."""

    def __init__(self, plan: ComparisonPlan, folder: str) -> None:
        self.plan, self.job = plan, plan.job
        self.outcomes: list[Outcome] = []
        self._records = Records(folder)
        self._total = len(plan.settings) * self.job.repeats
        device = resolve_device(self.job.device)
        self._evaluator = Evaluator(self._opening, self.job.samples, self.job.split, device)
        self._left: TimeLeft | None = None

    def close(self) -> None:
        """Close the files of the yardsticks."""
        self._evaluator.close()

    def run(self) -> Run:
        """All trainings; what is done already is read. Raises Cancelled with the wish to stop."""
        for repeat in range(self.job.repeats):
            for number in range(len(self.plan.settings)):
                outcome = self._known(number, repeat)
                if outcome is None:
                    outcome = yield from self._measured(number, repeat)
                else:
                    yield Note(f"{self._said(number, repeat)} is done already.")
                self.outcomes.append(outcome)
                self._records.write("figures.csv", table(self.outcomes))
                for figure in ("validation_loss", RANKED_BY):
                    if figure in outcome.figures:
                        yield Metric(figure, outcome.figures[figure], len(self.outcomes))

    def report(self) -> Report:
        """The page on the trainings that are done."""
        return comparison_report(
            self.job, self.outcomes, self._total, self.plan.words, self._pictures, self._records.read("real.png")
        )

    def _pictures(self, record: SettingRecord) -> dict[str, bytes]:
        name = self.plan.name(self.plan.settings.index(record.setting), 0)
        named = {f"{share} %": f"{name}.{share}.png" for share in QUARTERS} | {"nearest": f"{name}.nearest.png"}
        return {label: png for label, file in named.items() if (png := self._records.read(file)) is not None}

    def _opening(self, tile_px: int) -> Callable[[], Generator[Event, None, TrainingTiles]]:
        """What opens the tiles of the job without what settings vary: all that is not kept apart is for training."""
        common = self.job.training({"tile_px": tile_px, "max_images": None}, **self.plan.fields)
        return partial(open_training_tiles, common)

    def _said(self, number: int, repeat: int) -> str:
        again = f", repeat {repeat + 1}" if self.job.repeats > 1 else ""
        return f"{len(self.outcomes) + 1} of {self._total} ({label_of(self.plan.settings[number])}{again})"

    def _measured(self, number: int, repeat: int) -> Generator[Event, None, Outcome]:
        """Train one setting, where no other had the same training, and evaluate its model."""
        plan, records = self.plan, self._records
        path = records.path(self.plan.name(number, repeat, sampled=False))
        training = plan.training(number, repeat, path)
        outcome = Outcome(plan.settings[number], repeat, plan.lengths[number], gflop=plan.gflops[number])
        yield Note(f"{self._said(number, repeat)}.")
        marks = {share: f"{path}.{_length_mark(training)}.{share:g}.safetensors" for share in MARKS if repeat == 0}
        try:
            outputs = yield from self._trained(training, marks, outcome)
        except JobError as error:
            if not isinstance(error.__cause__, DivergedError):
                raise
            yield Note(f"{label_of(outcome.setting)}: {error}", "warning")
            outcome.diverged = True
        else:
            outcome.tiles_seen = outputs["TILES_SEEN"]
            if outputs["TILES_PER_SECOND"]:
                outcome.figures["tiles_per_second"] = outputs["TILES_PER_SECOND"]
            done = len(self.outcomes)
            part = scaled(self._judged(training, outcome, marks, number), done + TRAINING_SHARE, done + 1.0)
            text = f"{label_of(outcome.setting)}: judging"
            yield from with_progress(part, lambda share: self._progress(share, text), every_s=0.0)
        records.save(self.plan.name(number, repeat), outcome)
        return outcome

    def _judged(
        self, training: TrainModel, outcome: Outcome, marks: dict[float, str], number: int
    ) -> Generator[float, None, None]:
        """Measure a model, and look at those on its way."""
        records, evaluator, model = self._records, self._evaluator, str(training.model)
        name, precision = self.plan.name(number, outcome.repeat), training.precision
        fewer = partial(open_training_tiles, training) if training.max_images else None
        evaluating = evaluator.evaluate(model, precision, training.batch_size or 1, fewer, outcome)
        look = yield from scaled(evaluating, 0.0, 0.7)
        if outcome.repeat == 0:
            records.write(f"{name}.100.png", look.samples)
            records.write(f"{name}.nearest.png", look.nearest)
            if (real := evaluator.real_row()) is not None:
                records.write("real.png", real)
        kept = [(share, path) for share, path in sorted(marks.items()) if os.path.exists(path)]
        for place, (share, path) in enumerate(kept):
            done = partial(_constant, 0.7 + 0.25 * place / len(kept))
            losses = yield from with_progress(evaluator.losses(path, precision), done)
            seen = float(read_model_card(path).training["tiles_seen"])
            outcome.losses.append([seen, *losses])
            if f"{100 * share:g}" in QUARTERS:
                row = yield from with_progress(evaluator.row(path, precision, outcome.setting), done)
                records.write(f"{name}.{100 * share:g}.png", row)
        losses = yield from with_progress(evaluator.losses(model, precision), partial(_constant, 0.95))
        outcome.losses.append([float(outcome.tiles_seen), *losses])
        outcome.figures["training_loss"], outcome.figures["validation_loss"] = losses
        if not any(self._shares_training(number, other) for other in range(number + 1, len(self.plan.settings))):
            for path in marks.values():
                with suppress(FileNotFoundError):
                    os.remove(path)

    def _shares_training(self, number: int, other: int) -> bool:
        return self.plan.trained_as(number) == self.plan.trained_as(other)

    def _trained(
        self, training: TrainModel, marks: dict[float, str], outcome: Outcome
    ) -> Generator[Event, None, dict[str, Any]]:
        """Pass on the events of a training; returns the outputs of its result."""
        label, done = label_of(outcome.setting), len(self.outcomes)
        with closing(train_model(training, partial(MarkedLoop, marks=marks))) as events:
            for event in events:
                if isinstance(event, Result):
                    return event.outputs
                if isinstance(event, Progress):
                    share = event.done / event.total if event.unit == "tile" else 0.0
                    event = self._progress(done + TRAINING_SHARE * share, f"{label}: {event.text}")
                elif isinstance(event, Metric):
                    continue
                try:
                    yield event
                except Cancelled as wish:
                    # It saves its state, so that the next run goes on from here.
                    events.throw(wish)
                    raise
        raise AssertionError("a training ends with a result")

    def _progress(self, done: float, text: str) -> Progress:
        self._left = self._left or TimeLeft(done)
        return Progress(round(done, 3), self._total, "setting", text, self._left.after(done, self._total))

    def _known(self, number: int, repeat: int) -> Outcome | None:
        """What an earlier run of the same length measured. Raises InputError, JobError where it read other data."""
        path = self._records.path(self.plan.name(number, repeat, sampled=False))
        refuse_other_inputs(path, record_of(self.plan.training(number, repeat)))
        outcome = self._records.load(self.plan.name(number, repeat))
        return outcome if outcome is not None and outcome.length == self.plan.lengths[number] else None


def _constant(share: float, _: float) -> float:
    """The share of the work that is done while a small part of it is."""
    return share


def _length_mark(training: TrainModel) -> str:
    return f"{training.tiles or 0}t{training.minutes or 0:g}m"
