"""Experiment folders: the record of a training, from which the same job goes on where it stopped."""

import csv
import importlib.util
import json
import os
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import ExitStack, suppress
from typing import Any, NamedTuple

import yaml

from ...errors import InputError, JobError, OutputError
from ...input_record import Record, differing_input
from ...locks import held
from ...regular_file import open_text
from ...temporary import PREFIX, private_folder
from ..outputs.files import write_new

LOCK_NAME = ".lock"
INPUTS_NAME = "inputs.json"
# A job that goes on may run longer.
MAY_GROW = ("tiles", "minutes")
# Of the metrics, by column; None where it was not measured.
Row = dict[str, float | None]
COLUMNS = ("tiles", "seconds", "training_loss", "validation_loss", "tiles_per_second")


class JobRecord(NamedTuple):
    """A job as its experiment keeps it.

    values: the fields that are set, with paths that hold from anywhere. destinations: names of fields that say where
    results go. read: the values of a job file. inputs: size and content of every file of data that it reads.
    """

    algorithm: str
    values: Mapping[str, Any]
    destinations: Collection[str]
    read: Callable[[str], dict[str, Any]]
    inputs: Record


class Experiment:
    """A folder with `job.yaml`, `metrics.csv`, `loss.png`, `samples/` and `checkpoint.safetensors`.

    Further `inputs.json` (what was read, by its content), `noise_levels.csv` and `noise_levels.png` (validation loss by
    noise level) and `denoising.png`.
    columns: of the metrics, tiles and seconds first. Raises JobError where the folder belongs to another job, or was
    begun on other data, OutputError where it cannot be written.
    """

    def __init__(self, folder: str, job: JobRecord, columns: Sequence[str] = COLUMNS) -> None:
        self.folder = folder
        self._columns = tuple(columns)
        self.checkpoint = os.path.join(folder, "checkpoint.safetensors")
        self.rows: list[Row] = []
        # Tiles seen, then the validation loss at each noise level.
        self.levels: list[list[float]] = []
        self._sigmas: list[float] = []
        self._job_file = os.path.join(folder, "job.yaml")
        self._board: Any = None
        self._open = ExitStack()
        try:
            os.makedirs(folder, exist_ok=True)
        except OSError as error:
            raise self._failure(error) from error
        self._open.enter_context(held(os.path.join(folder, LOCK_NAME), f"The experiment folder {folder}"))
        try:
            self._begin(job)
        except BaseException:
            self._open.close()
            raise

    def _begin(self, job: JobRecord) -> None:
        folder, samples = self.folder, os.path.join(self.folder, "samples")
        # A run that was refused before its first step leaves a job alone, which binds nobody.
        if self._others() - {"samples", "job.yaml", INPUTS_NAME} or _has_entries(samples):
            if not os.path.exists(self._job_file):
                raise JobError(f"EXPERIMENT {folder} holds other files. Choose a new folder, or one of an experiment.")
            self._refuse_other(job, job.read(self._job_file))
            refuse_other_inputs(folder, job.inputs)
        if os.path.islink(samples):
            raise JobError(f"EXPERIMENT {folder}: samples is a link to another folder. Choose a new folder.")
        try:
            os.makedirs(samples, exist_ok=True)
            self._making = self._open.enter_context(private_folder(folder))
        except OSError as error:
            raise self._failure(error) from error
        text = yaml.safe_dump({"job": job.algorithm, **job.values}, sort_keys=False, allow_unicode=True)
        self._write("job.yaml", text.encode())
        self._write(INPUTS_NAME, json.dumps(job.inputs, indent=1, sort_keys=True).encode())

    def _others(self) -> set[str]:
        """What lies in the folder beside what a run lays there for its own time."""
        return {name for name in os.listdir(self.folder) if name != LOCK_NAME and not name.startswith(f".{PREFIX}")}

    @property
    def can_go_on(self) -> bool:
        """Whether there is a checkpoint to go on from."""
        return os.path.exists(self.checkpoint)

    def resume(self, tiles: int) -> None:
        """Read the metrics of the run so far, up to the tiles of its checkpoint."""
        self._resume_levels(tiles)
        path = os.path.join(self.folder, "metrics.csv")
        if not os.path.exists(path):
            return
        try:
            with open_text(path, newline="") as file:
                rows = [
                    {name: float(row[name]) if row.get(name) else None for name in self._columns}
                    for row in csv.DictReader(file)
                ]
        except (OSError, ValueError, csv.Error) as error:
            raise InputError(f"{path} is damaged ({error}). Remove it, and the training goes on without it.") from None
        self.rows.extend(row for row in rows if (row["tiles"] or 0) <= tiles)

    def _resume_levels(self, tiles: int) -> None:
        path = os.path.join(self.folder, "noise_levels.csv")
        if not os.path.exists(path):
            return
        try:
            with open_text(path, newline="") as file:
                head, *rows = csv.reader(file)
            self._sigmas = [float(name.removeprefix("sigma ")) for name in head[1:]]
            self.levels = [[float(value) for value in row] for row in rows if float(row[0]) <= tiles]
        except (OSError, ValueError, IndexError, csv.Error) as error:
            raise InputError(f"{path} is damaged ({error}). Remove it, and the training goes on without it.") from None

    def record(self, row: Row) -> None:
        """Add a row to the metrics, and to TensorBoard's files where it is installed."""
        self.rows.append(row)
        if self._board is None and importlib.util.find_spec("tensorboard") is not None:
            from torch.utils.tensorboard import SummaryWriter

            self._board = SummaryWriter(self.folder)
        for name in self._columns[2:] if self._board else ():
            if row[name] is not None:
                self._board.add_scalar(name, row[name], int(row["tiles"] or 0))

    def record_levels(self, tiles: int, sigmas: Sequence[float], losses: Sequence[float]) -> None:
        """Add the validation loss at each noise level after so many tiles."""
        self._sigmas = list(sigmas)
        if not self.levels or self.levels[-1][0] != tiles:
            self.levels.append([float(tiles), *losses])

    def write_metrics(self) -> None:
        """Write all rows to `metrics.csv`, and the loss by noise level to `noise_levels.csv`."""
        if self.levels:
            table = [",".join(["tiles", *(f"sigma {sigma:.6g}" for sigma in self._sigmas)])]
            table += [",".join(f"{value:.10g}" for value in row) for row in self.levels]
            self._write("noise_levels.csv", ("\n".join(table) + "\n").encode())
        lines = [",".join(self._columns)]
        lines += [
            ",".join("" if row[name] is None else f"{row[name]:.10g}" for name in self._columns) for row in self.rows
        ]
        self._write("metrics.csv", ("\n".join(lines) + "\n").encode())

    def add_picture(self, name: str, png: bytes) -> str:
        """Write a picture under a name relative to the folder; returns its path."""
        return self._write(name, png)

    def close(self) -> None:
        """Close TensorBoard's file and release the folder."""
        if self._board:
            self._board.close()
        self._open.close()

    def _refuse_other(self, job: JobRecord, old: Mapping[str, Any]) -> None:
        differing = []
        # Where results go does not decide what they are.
        for name in sorted({*old, *job.values} - {"job", *job.destinations}):
            before, now = old.get(name), job.values.get(name)
            grows = name in MAY_GROW and (now is None or (isinstance(before, (int, float)) and now >= before))
            if before != now and not grows:
                differing.append(f"{name.upper()} ({_short(before)} there, {_short(now)} here)")
        if differing:
            raise JobError(
                f"EXPERIMENT {self.folder} belongs to another job: {', '.join(differing)} differ. Choose a new folder, "
                "or the same settings; only TILES and MINUTES may grow."
            )

    def _write(self, name: str, content: bytes) -> str:
        path = os.path.join(self.folder, name)
        part = os.path.join(self._making, "part")
        write_new(part, content, path)
        try:
            os.replace(part, path)
        except OSError as error:
            with suppress(OSError):
                os.remove(part)
            raise self._failure(error) from error
        return path

    def _failure(self, error: OSError) -> OutputError:
        return OutputError(
            f"The experiment folder {self.folder} cannot be written: {error.strerror}. Check the folder and the space "
            "on its disk."
        )


def refuse_other_inputs(folder: str, inputs: Record) -> None:
    """Raise JobError where an experiment was begun on other data; inputs: what `record_of` says of them now."""
    path = os.path.join(folder, INPUTS_NAME)
    if not os.path.exists(path):
        # Releases before December 2026 kept no such record.
        return
    try:
        with open(path, encoding="utf-8") as file:
            words = differing_input(json.load(file), inputs)
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError) as error:
        raise InputError(f"{path} is damaged ({error}). Remove it, and the training goes on without it.") from None
    if words:
        raise JobError(f"EXPERIMENT {folder} was begun on {words}. Choose a new folder, or bring back what was there.")


def _short(value: Any) -> str:
    text = "empty" if value is None else str(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _has_entries(folder: str) -> bool:
    return os.path.isdir(folder) and bool(os.listdir(folder))
