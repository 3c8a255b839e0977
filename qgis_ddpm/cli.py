"""The command line: `run JOB.yaml`, `template ALGORITHM`, and each algorithm with its fields as flags."""

import argparse
import os
import signal
import sys
import traceback
from typing import Any, Dict, List, NoReturn, Optional, Sequence, Type

from .console import Reporter
from .environment.process import STARTS_WITH, forget_gdal_variables
from .errors import JobError, UnexpectedError, as_error
from .events import Cancelled, Events, Result, to_line
from .jobs import JOBS, CheckEnvironment, Job, load_job
from .launch import rank
from .streams import guarded_streams, unclean, without_reader
from .template import template

CANCELLED_STATUS = 3


class _Parser(argparse.ArgumentParser):
    """An argument parser whose complaints are JobErrors, so that they leave by the same door as all others."""

    def error(self, message: str) -> NoReturn:
        raise JobError(f"{message[:1].upper()}{message[1:]}. See `{self.prog} --help`.")


def main(arguments: Optional[Sequence[str]] = None) -> int:
    """Do what the arguments ask for; the exit status is 0 done, 2 wrong job or input, 3 cancelled, 1 anything else."""
    with guarded_streams() as faults:
        status = _main(list(sys.argv[1:] if arguments is None else arguments), faults)
    broken = [fault for fault in faults if not without_reader(fault)]
    # Nobody was told of the end, as on a disk that is full; a reader that left knew what it did.
    return 1 if broken and status in (0, CANCELLED_STATUS) else status


def _main(given: List[str], faults: List[OSError]) -> int:
    json_wanted = "--json" in given
    try:
        values = vars(_parser().parse_args(given))
        command = values.pop("command")
        if command == "template":
            sys.stdout.write(template(JOBS[values["algorithm"]]))
            return 0
        values.pop("json")
        dry_run = values.pop("dry_run")
        job_file = values.pop("job_file", None)
        job = _job(command, values, job_file)
        return _follow(_run(job, dry_run, job_file), json_wanted, faults, job.ALGORITHM)
    except KeyboardInterrupt:
        # Ctrl+C before the run has begun; later it is a wish that the run hears.
        sys.stderr.write("cancelled; nothing was kept\n")
        return CANCELLED_STATUS
    except Exception as fault:
        error = as_error(fault)
        if isinstance(error, UnexpectedError):
            traceback.print_exc()
        me = rank()
        if json_wanted and not me.number:
            unclean(sys.stdout).write(to_line(error) + "\n")
        sys.stderr.write(f"{f'process {me.number}: ' if me.number else ''}error: {error}\n")
        return error.exit_status


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m qgis_ddpm", description="Diffusion models for rasters.", allow_abbrev=False)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    run = commands.add_parser("run", help="run a job file", allow_abbrev=False)
    run.add_argument("job_file", metavar="JOB.yaml", help="job file; flags after it win over its fields")
    every: Dict[str, Any] = {}
    for kind in JOBS.values():
        every.update({item.name: item for item in kind.options()})
    _add_flags(run, list(every.values()))
    show = commands.add_parser("template", help="print a commented job file with every field and its default")
    show.add_argument("algorithm", choices=sorted(JOBS), metavar="ALGORITHM", help=", ".join(JOBS))
    for name, kind in JOBS.items():
        summary = (kind.__doc__ or "").split("\n")[0]
        _add_flags(commands.add_parser(name, help=summary, description=summary, allow_abbrev=False), kind.options())
    return parser


def _add_flags(parser: argparse.ArgumentParser, items: List[Any]) -> None:
    for item in items:
        names = [f"--{item.name}"] + ([f"--{item.name.replace('_', '-')}"] if "_" in item.name else [])
        text = item.explanation().replace("%", "%%")
        parser.add_argument(
            *names, dest=item.name, default=None, help=text, metavar="VALUE", nargs="+" if item.is_list else None
        )
    parser.add_argument("--json", action="store_true", help="one event a line on stdout, and nothing else there")
    parser.add_argument("--dry-run", action="store_true", help="check the job, print sizes and costs, and stop")


def _job(command: str, values: Dict[str, Any], job_file: Optional[str]) -> Job:
    overrides = {name: value for name, value in values.items() if value is not None}
    if job_file is not None:
        return load_job(job_file, overrides)
    kind: Type[Job] = JOBS[command]
    return kind.from_values(overrides)


def _run(job: Job, dry_run: bool, job_file: Optional[str]) -> Events:
    forget_gdal_variables()
    for name, value in STARTS_WITH.items():
        os.environ.setdefault(name, value)
    if dry_run:
        from .core.dry_run import estimate

        return estimate(job, job_file)
    if isinstance(job, CheckEnvironment) and job.python:
        from .remote import run as run_remotely

        return run_remotely(job)
    from .core import run

    return run(job, job_file)


def _follow(events: Events, json_wanted: bool, faults: List[OSError], algorithm: str = "") -> int:
    """Report events until the last; a signal or a stream that fails asks the run to save and stop."""
    wishes: List[int] = []
    previous = [(number, signal.signal(number, lambda n, _: wishes.append(n))) for number in _stop_signals()]
    reporter = Reporter(json_wanted)
    reporter.follow(algorithm)
    number_of_process = rank().number
    asked = False
    event: Any = None
    try:
        while True:
            try:
                if (wishes or faults) and event is None:
                    # A run that has not begun cannot hear it, and has nothing to keep.
                    events.close()
                    asked, event = True, Cancelled()
                elif (wishes or faults) and not asked:
                    asked = True
                    event = events.throw(Cancelled())
                else:
                    event = next(events)
            except StopIteration:
                break
            # Under torchrun the first process speaks for all.
            if not number_of_process:
                reporter.show(event)
    finally:
        reporter.close()
        for number, handler in previous:
            signal.signal(number, handler)
    if faults and not without_reader(faults[0]):
        # One of the two streams may still be read.
        sys.stderr.write(f"error: What the run says cannot be written: {faults[0].strerror}. Free some space.\n")
    return 0 if isinstance(event, Result) else CANCELLED_STATUS


def _stop_signals() -> List[int]:
    """Signals that ask to stop: of a user, of the system, and of a terminal that is closed, unless nohup lets it be."""
    found: List[int] = [signal.SIGINT, signal.SIGTERM]
    # SIGBREAK is what Windows sends to a console that is closed.
    for number in (getattr(signal, name, None) for name in ("SIGHUP", "SIGBREAK")):
        if number is not None and signal.getsignal(number) != signal.SIG_IGN:
            found.append(number)
    return found
