"""The worker: a process of its own that reads one job from stdin and writes events to stdout.

Started by file path with any able interpreter. Protocol: the first line of stdin is the job as JSON; stdin then
stays open, and its end asks the run to stop and keep what is worth keeping (a line `drop` before it: keep nothing).
stdout is for events alone.
"""

import errno
import importlib.util
import json
import os
import signal
import sys
import threading
import traceback
from typing import Any, BinaryIO, Callable, Dict, Optional

GRACE_S = 10.0


def _private_stdout() -> BinaryIO:
    """Keep the pipe for events alone: prints of Python and C libraries go to stderr from here on."""
    events = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return events


def _import_package() -> None:
    """Import the package by its own location; the folder of all plugins never comes onto `sys.path`."""
    here = os.path.dirname(os.path.abspath(__file__))
    # Python put this folder first: its modules would shadow others' (`events`, `errors`).
    sys.path[:] = [folder for folder in sys.path if os.path.abspath(folder) != here]
    spec = importlib.util.spec_from_file_location(
        "qgis_ddpm", os.path.join(here, "__init__.py"), submodule_search_locations=[here]
    )
    # A path to a .py file always has a loader.
    assert spec is not None  # nosec B101
    assert spec.loader is not None  # nosec B101
    module = importlib.util.module_from_spec(spec)
    sys.modules["qgis_ddpm"] = module
    spec.loader.exec_module(module)


class _Wish:
    """What the parent wants: to go on, to stop and save, or to drop all."""

    def __init__(self) -> None:
        self.stop = threading.Event()
        self.drop = False
        self.grace_s = GRACE_S

    def watch(self, stdin: BinaryIO) -> None:
        """Read stdin to its end, which means stop, also where the parent died; leave by force if the run hangs."""
        for line in stdin:
            if line.strip() == b"drop":
                self.drop = True
        self.stop.set()
        # A run that answers ends the process long before; one that hangs must not outlive its parent.
        threading.Event().wait(self.grace_s + 2.0)
        os._exit(3)


class _Speaker:
    """Writes events to the parent; where nobody reads them any more, that is the wish to stop and save."""

    def __init__(self, pipe: BinaryIO, wish: _Wish) -> None:
        self.fault: Optional[OSError] = None
        self._pipe = pipe
        self._wish = wish

    def __call__(self, event: Any) -> None:
        from qgis_ddpm.events import to_line

        rest = memoryview(to_line(event).encode() + b"\n")
        while rest and self.fault is None:
            try:
                # A signal may cut a write short.
                rest = rest[self._pipe.write(rest) :]
            except OSError as fault:
                self.fault = fault
                self._wish.stop.set()


def _read_job(stdin: BinaryIO) -> Any:
    from qgis_ddpm.errors import JobError
    from qgis_ddpm.events import MAX_LINE_BYTES
    from qgis_ddpm.jobs import JOBS

    line = stdin.readline(MAX_LINE_BYTES + 1)
    try:
        values: Dict[str, Any] = json.loads(line)
        kind = JOBS[values.pop("job")]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise JobError("The worker was given a first line that is no job.") from None
    return kind.from_values(values)


def _run(job: Any, wish: _Wish, say: Callable[[Any], None]) -> Any:
    """Pass on the events of a run, and the wish to stop at the first event after it."""
    from qgis_ddpm.core import run
    from qgis_ddpm.events import Cancelled, Metric

    events = run(job)
    event: Any = None
    asked = False
    while True:
        try:
            if wish.stop.is_set() and wish.drop:
                events.close()
                return Cancelled()
            if wish.stop.is_set() and event is None:
                # A run that has not begun cannot hear it, and has nothing to keep.
                say(Cancelled())
                return Cancelled()
            if wish.stop.is_set() and not asked:
                asked = True
                event = events.throw(Cancelled())
            else:
                event = next(events)
        except StopIteration:
            return event
        if isinstance(event, Metric) and event.name == "checkpoint_seconds":
            wish.grace_s = max(GRACE_S, 3.0 * event.value)
        say(event)


def main() -> int:
    """Run one job; the exit status is 0 done, 2 wrong job or input, 3 cancelled, 1 anything else."""
    stdout = _private_stdout()
    _import_package()
    from qgis_ddpm.errors import UnexpectedError, as_error
    from qgis_ddpm.events import Cancelled, Note
    from qgis_ddpm.streams import GuardedStream

    # A full disk under it must not fail the library that warns.
    sys.stdout = sys.stderr = GuardedStream(sys.stderr, [])
    wish = _Wish()
    say = _Speaker(stdout, wish)
    say(Note(f"Worker {os.getpid()} on Python {sys.version.split()[0]}."))
    _heed_signals(wish)
    try:
        job = _read_job(sys.stdin.buffer)
        threading.Thread(target=wish.watch, args=(sys.stdin.buffer,), daemon=True).start()
        last = _run(job, wish, say)
    except Exception as fault:
        error = as_error(fault)
        if isinstance(error, UnexpectedError):
            traceback.print_exc()
        say(error)
        return error.exit_status
    if say.fault is not None and say.fault.errno != errno.EPIPE:
        return 1
    return 3 if isinstance(last, Cancelled) or say.fault is not None else 0


def _heed_signals(wish: _Wish) -> None:
    # Ctrl+C in a terminal reaches the whole group; the parent decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in (signal.SIGTERM, getattr(signal, "SIGHUP", None)):
        # nohup has the hang-up ignored.
        if number is not None and signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, lambda *_: wish.stop.set())


if __name__ == "__main__":
    status = main()
    # Threads of numerical libraries must not hold up an end that was announced.
    sys.stderr.flush()
    os._exit(status)
