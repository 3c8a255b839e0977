"""Run a job in a worker: the same verb and the same events as `core.run`, in a process of another interpreter."""

import json
import os
import time
from contextlib import ExitStack
from typing import Callable, Dict, Iterator, Optional

from .child import Child
from .environment.failed_check import failed_check
from .environment.install import setup_environment
from .environment.interpreter import find_interpreter
from .environment.process import BATCH_SHARE, clean_environment, program_path
from .errors import DdpmError, EnvironmentMissingError, OutputError, WorkerError
from .events import MAX_LINE_BYTES, Cancelled, Event, Events, Metric, Note, from_line, is_last
from .jobs import CheckEnvironment, Job, SetupEnvironment
from .last_words import LastWords
from .messages import LANGUAGE
from .own_inputs import refuse_outputs_that_are_inputs
from .temporary import private_folder
from .words import language

GRACE_S = 10.0
_STDERR_TAIL = 2000
_BOUND_EVERY_S = 0.5
_SECOND_START = (
    "The system ended the worker, most often because memory ran out. It is started once more, with batches of half the "
    "size."
)
WORKER_SCRIPT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "worker.py")


def run(
    job: Job,
    python: Optional[str] = None,
    *,
    models_folder: Optional[str] = None,
    stop: Optional[Callable[[], bool]] = None,
    console: Optional[Callable[[str], None]] = None,
) -> Events:
    """The events of a job that a worker runs.

    `python`: interpreter; None finds one. `models_folder`: where the worker looks for models by name. `stop` is asked
    ten times a second, also while the worker says nothing: once it answers true the worker is asked to save and to
    leave, as after `throw(Cancelled())`. `console` is given what the worker wrote to stderr. Raises what the job
    raises, EnvironmentMissingError where there is no interpreter, WorkerError where the worker dies.
    """
    if isinstance(job, SetupEnvironment):
        # It makes what a worker needs, so it cannot run in one; its heavy part is a child process as well.
        refuse_outputs_that_are_inputs(job)
        yield from _stoppable(setup_environment(job), stop or (lambda: False))
        return
    if isinstance(job, CheckEnvironment) and job.python:
        # The interpreter that is asked about checks itself; one that cannot even begin is a finding.
        python, job = job.python, job.replace(python=None)
        try:
            yield from run(job, python, models_folder=models_folder, stop=stop, console=console)
        except (EnvironmentMissingError, WorkerError) as error:
            yield from failed_check(job, python, error, models_folder)
        return
    wants_stop = stop or (lambda: False)
    python = find_interpreter(python)
    try:
        yield from _in_worker(_Worker(job, python, models_folder), wants_stop, console)
        return
    except MemoryKillError:
        if wants_stop() or not hasattr(job, "batch_size"):
            raise
    try:
        yield Note(_SECOND_START, "warning")
    except Cancelled:
        yield Cancelled()
        return
    yield from _in_worker(_Worker(job, python, models_folder, batch_share=0.5), wants_stop, console)


def _in_worker(worker: "_Worker", wants_stop: Callable[[], bool], console: Optional[Callable[[str], None]]) -> Events:
    """The events of a worker, from its start to its end."""
    finished = False
    try:
        for event in worker.events(wants_stop):
            finished = is_last(event)
            try:
                yield event
            except Cancelled:
                # The answer to throw() is the last event, so what the worker says until then is not passed on.
                finished = True
                try:
                    last = worker.stop()
                except MemoryKillError as kill:
                    # Nobody waits for a second try.
                    raise WorkerError(str(kill)) from None
                yield last
                return
    except DdpmError:
        finished = True
        raise
    finally:
        worker.end(drop=not finished)
        words = worker.stderr_text()
        if console is not None and words:
            console(words)
        worker.forget()


def _stoppable(events: Events, wants_stop: Callable[[], bool]) -> Events:
    try:
        for event in events:
            if wants_stop():
                events.throw(Cancelled())
            yield event
    except Cancelled:
        events.close()
        yield Cancelled()


class MemoryKillError(WorkerError):
    """The system ended the worker, as it does where memory runs out."""


class _Worker:
    """The child process that runs one job, and its end."""

    def __init__(
        self, job: Job, python: str, models_folder: Optional[str], batch_share: Optional[float] = None
    ) -> None:
        environ = clean_environment()
        if batch_share is not None:
            environ[BATCH_SHARE] = str(batch_share)
        if models_folder:
            environ["QGIS_DDPM_MODELS"] = models_folder
        if language():
            # For what it writes; what it says is translated here.
            environ[LANGUAGE] = language()
        self._grace_s = GRACE_S
        self._next_bound = 0.0
        self._stack = ExitStack()
        try:
            folder = self._stack.enter_context(private_folder())
        except OSError as error:
            raise OutputError(
                f"No temporary folder can be made ({error.strerror}). Free space on the disk, or set TMPDIR."
            ) from error
        # Whatever the worker and its libraries lay there goes when this process removes the folder, also after a crash.
        environ.update(dict.fromkeys(("TMPDIR", "TEMP", "TMP"), folder))
        try:
            self._words = LastWords(os.path.join(folder, "stderr.log"))
            with self._words.open() as stderr:
                # Started by its path, and without any variable of Python's, it imports nothing from the working folder.
                self._child = Child(
                    [program_path(python), "-B", WORKER_SCRIPT],
                    environ,
                    listens=True,
                    stderr=stderr,
                    max_line_bytes=MAX_LINE_BYTES,
                )
        except OSError as error:
            self.forget()
            raise EnvironmentMissingError(f"{python} cannot be started: {error.strerror}.") from error
        self._child.say((json.dumps({"job": job.ALGORITHM, **job.values()}) + "\n").encode())

    def events(self, wants_stop: Callable[[], bool]) -> Iterator[Event]:
        """All events to the last; a wish to stop is passed on while the worker is silent too."""
        deadline: Optional[float] = None
        while True:
            if deadline is None and wants_stop():
                yield Note("Stopping: the worker saves what is worth keeping.")
                self._child.close_stdin()
                deadline = time.monotonic() + self._grace_s
            if deadline is not None and time.monotonic() > deadline:
                yield self._killed()
                return
            event = self._next()
            if event is None:
                continue
            yield event
            if is_last(event):
                return

    def stop(self) -> Event:
        """Ask the worker to save and leave; its last event, or a Cancelled of ours where it does not answer."""
        self._child.close_stdin()
        deadline = time.monotonic() + self._grace_s
        while time.monotonic() < deadline:
            event = self._next()
            if event is not None and is_last(event):
                return event
        return self._killed()

    def end(self, drop: bool) -> None:
        """See the process out; `drop` tells it to keep nothing."""
        self._child.ignore_output()
        if drop:
            self._child.say(b"drop\n")
        self._child.close_stdin()
        if self._child.wait(self._grace_s) is None:
            self._child.kill()

    def stderr_text(self) -> str:
        """What the worker wrote to stderr; of much the beginning and the end."""
        return self._words.text()

    def forget(self) -> None:
        """Remove the worker's temporary folder."""
        self._stack.close()

    def _killed(self) -> Cancelled:
        self._child.kill()
        # Runs that write checkpoints have kept the last periodic one.
        return Cancelled()

    def _next(self) -> Optional[Event]:
        """The next event, None where none came soon; raises what an error line names, or WorkerError at the end."""
        if time.monotonic() > self._next_bound:
            self._next_bound = time.monotonic() + _BOUND_EVERY_S
            self._words.bound()
        try:
            line = self._child.next_line()
        except EOFError:
            raise self._death() from None
        if line is None:
            return None
        if len(line) > MAX_LINE_BYTES:
            raise WorkerError(f"The worker sent a line of more than {MAX_LINE_BYTES} bytes.")
        event = from_line(line.decode("utf-8", errors="replace"))
        if isinstance(event, Metric) and event.name == "checkpoint_seconds":
            self._grace_s = max(GRACE_S, 3.0 * event.value)
        return event

    def _death(self) -> WorkerError:
        self._child.close_stdin()
        status = self._child.wait(self._grace_s)
        if status is None:
            self._child.kill()
            return WorkerError("The worker closed its output without a last event. Please report it.")
        words = " ".join(self.stderr_text()[-_STDERR_TAIL:].split())[-500:]
        # An allocator that gives up ends the process itself.
        gave_up = status == -6 and any(each in words for each in ("memory allocation of", "bad_alloc"))
        if gave_up or status in (-9, 0xC0000017):
            return MemoryKillError(_epitaph(-9 if gave_up else status))
        return WorkerError(" ".join([_epitaph(status), f"Its last words: {words}" if words else ""]).strip())


def _epitaph(status: int) -> str:
    """Why a worker died without a word, with advice."""
    reasons: Dict[int, str] = {
        -9: "The worker was ended by the system (signal 9), most often because memory ran out. "
        "Lower BATCH_SIZE or BLOCK_PX, take a smaller preset, or close other programs.",
        -11: "The worker crashed in a library (signal 11). Run 'Check environment', and update torch and rasterio.",
        -4: "The worker used an instruction that this processor lacks (signal 4). Install another build of torch.",
        0xC0000005: "The worker crashed in a library (access violation). Run 'Check environment', and update torch "
        "and rasterio.",
        0xC0000017: "The worker ran out of memory. Lower BATCH_SIZE or BLOCK_PX, or close other programs.",
        3: "The worker was stopped before it was done.",
    }
    return reasons.get(status & 0xFFFFFFFF if status > 255 else status, f"The worker ended with status {status}.")
