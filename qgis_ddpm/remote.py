"""Run a job in a worker: the same verb and the same events as `core.run`, in a process of another interpreter."""

import json
import os
import queue
import subprocess
import tempfile
import threading
import time
from typing import IO, Callable, Dict, Iterator, Optional

from .environment import clean_environment, find_interpreter, no_window
from .errors import DdpmError, EnvironmentMissingError, WorkerError
from .events import MAX_LINE_BYTES, Cancelled, Event, Events, Metric, Note, from_line, is_last
from .jobs import Job

GRACE_S = 10.0
POLL_S = 0.1
_STDERR_TAIL = 2000
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
    worker = _Worker(job, find_interpreter(python), models_folder)
    finished = False
    try:
        for event in worker.events(stop or (lambda: False)):
            finished = is_last(event)
            try:
                yield event
            except Cancelled:
                # The answer to throw() is the last event, so what the worker says until then is not passed on.
                last = worker.stop()
                finished = True
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


class _Worker:
    """One child process, the thread that reads it, and its end."""

    def __init__(self, job: Job, python: str, models_folder: Optional[str]) -> None:
        environment = clean_environment()
        if models_folder:
            environment["QGIS_DDPM_MODELS"] = models_folder
        self._grace_s = GRACE_S
        self._lines: queue.Queue[Optional[bytes]] = queue.Queue(maxsize=1000)
        self._ended = False
        descriptor, self._stderr_path = tempfile.mkstemp(prefix="qgis_ddpm_", suffix=".log")
        try:
            with os.fdopen(descriptor, "wb") as stderr:
                self._process = subprocess.Popen(
                    [python, "-B", WORKER_SCRIPT],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=stderr,
                    env=environment,
                    creationflags=no_window(),
                    # A Ctrl+C in the terminal is the parent's to interpret.
                    start_new_session=os.name != "nt",
                )
        except OSError as error:
            self.forget()
            raise EnvironmentMissingError(f"{python} cannot be started: {error.strerror}.") from error
        line = json.dumps({"job": job.ALGORITHM, **job.values()}) + "\n"
        self._say(line.encode())
        threading.Thread(target=self._read, args=(self._process.stdout,), daemon=True).start()

    def events(self, wants_stop: Callable[[], bool]) -> Iterator[Event]:
        """All events to the last; a wish to stop is passed on while the worker is silent too."""
        deadline: Optional[float] = None
        while True:
            if deadline is None and wants_stop():
                yield Note("Stopping: the worker saves what is worth keeping.")
                self._close_stdin()
                deadline = time.monotonic() + self._grace_s
            if deadline is not None and time.monotonic() > deadline:
                yield self._killed()
                return
            event = self._next(POLL_S)
            if event is None:
                continue
            yield event
            if is_last(event):
                return

    def stop(self) -> Event:
        """Ask the worker to save and leave; its last event, or a Cancelled of ours where it does not answer."""
        self._close_stdin()
        deadline = time.monotonic() + self._grace_s
        while time.monotonic() < deadline:
            event = self._next(POLL_S)
            if event is not None and is_last(event):
                return event
        return self._killed()

    def end(self, drop: bool) -> None:
        """See the process out; `drop` tells it to keep nothing."""
        self._ended = True
        if drop:
            self._say(b"drop\n")
        self._close_stdin()
        try:
            self._process.wait(self._grace_s)
        except subprocess.TimeoutExpired:
            self._kill()

    def stderr_text(self) -> str:
        """What the worker wrote to stderr."""
        try:
            with open(self._stderr_path, encoding="utf-8", errors="replace") as file:
                return file.read().strip()
        except OSError:
            return ""

    def forget(self) -> None:
        """Remove the file that took the worker's stderr."""
        try:
            os.unlink(self._stderr_path)
        except OSError:
            # Windows refuses while the process lives; the system clears its temporary folder.
            return

    def _killed(self) -> Cancelled:
        self._kill()
        # Runs that write checkpoints have kept the last periodic one.
        return Cancelled()

    def _kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def _next(self, wait_s: float) -> Optional[Event]:
        """The next event, None after the waiting time; raises what an error line names, or WorkerError at the end."""
        try:
            line = self._lines.get(timeout=wait_s)
        except queue.Empty:
            return None
        if line is None:
            raise self._death()
        if len(line) > MAX_LINE_BYTES:
            raise WorkerError(f"The worker sent a line of more than {MAX_LINE_BYTES} bytes.")
        event = from_line(line.decode("utf-8", errors="replace"))
        if isinstance(event, Metric) and event.name == "checkpoint_seconds":
            self._grace_s = max(GRACE_S, 3.0 * event.value)
        return event

    def _death(self) -> WorkerError:
        self._close_stdin()
        try:
            status = self._process.wait(self._grace_s)
        except subprocess.TimeoutExpired:
            self._kill()
            return WorkerError("The worker closed its output without a last event. Please report it.")
        words = " ".join(self.stderr_text()[-_STDERR_TAIL:].split())[-500:]
        return WorkerError(" ".join([_epitaph(status), f"Its last words: {words}" if words else ""]).strip())

    def _read(self, stdout: Optional[IO[bytes]]) -> None:
        assert stdout is not None  # nosec - it was asked for as a pipe
        with stdout:
            line: Optional[bytes] = b""
            while line is not None:
                line = stdout.readline(MAX_LINE_BYTES + 1) or None
                self._hand_over(line)

    def _hand_over(self, line: Optional[bytes]) -> None:
        # A worker that leaves must not wait for a parent that listens no more.
        while not self._ended:
            try:
                return self._lines.put(line, timeout=POLL_S)
            except queue.Full:
                continue

    def _say(self, words: bytes) -> None:
        stdin = self._process.stdin
        try:
            if stdin is not None and not stdin.closed:
                stdin.write(words)
                stdin.flush()
        except OSError:
            # The worker is gone; its end is read from stdout.
            return

    def _close_stdin(self) -> None:
        try:
            if self._process.stdin is not None:
                self._process.stdin.close()
        except OSError:
            return


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
