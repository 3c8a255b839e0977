"""Faults, one at a time, in small jobs: nothing is lost, nothing stays behind, the next run gives what was asked for.

    python -m tests.faults.inject [--most 12] [--only JOB] [--kind KIND]

For each job and each kind of system call the calls of a run are counted; then the run is repeated with one of them
failing, with up to `--most` of them spread over the run. After each fault: the exit status and the one sentence are
right, every file with a final name is whole, and the same command without a fault gives what an undisturbed run gives,
with nothing beside it. Jobs run in forks of this process, which loads the libraries once. Prints the counts, and ends
with 1 where a promise was broken.
"""

import argparse
import ctypes
import errno
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.faults.jobs import JOBS, SmallJob, contents, found_in, write_inputs
from tests.faults.samples import Samples, make_samples

KINDS = (
    "open",
    "write",
    "read",
    "fsync",
    "rename",
    "unlink",
    "mkdir",
    "truncate",
    "spawn",
    "thread",
    "memory",
)
ERRORS = {
    "open": errno.EACCES,
    "read": errno.EIO,
    "fsync": errno.EIO,
    "unlink": errno.EPERM,
    "spawn": errno.EAGAIN,
    "memory": errno.ENOMEM,
}
RUN_S = 60.0
# Endings of a process: how it is asked to stop, and what it then has to say.
# Before the run has begun there is nothing to save, and SIGTERM just ends it.
SIGNALS = {signal.SIGTERM: (3, -signal.SIGTERM), signal.SIGINT: (3,), signal.SIGKILL: (-signal.SIGKILL,)}


@dataclass(frozen=True)
class End:
    """How a run ended: its exit status (negative: a signal) and what it wrote to stderr."""

    status: int
    words: str


class Bench:
    """A job with its reference, and a fresh folder for each fault."""

    def __init__(self, job: SmallJob, samples: Samples, folder: Path) -> None:
        self.job, self.samples, self._folder = job, samples, folder
        self.counts: Counter[str] = Counter()
        self.broken: list[str] = []
        self._number = 0
        self.place = self._fresh()
        started = time.monotonic()
        end, self.calls = self.run(counting=True)
        self.seconds = time.monotonic() - started
        if end.status != 0 or found_in(self.out) != job.outputs:
            raise SystemExit(f"{job.name} fails undisturbed: {end}, {sorted(found_in(self.out) ^ job.outputs)}")
        self.reference = contents(self.out, job.outputs)
        self.example = self.out

    @property
    def out(self) -> Path:
        """Where the outputs of the present run go."""
        return self.place / "out"

    def disturb(self, what: str, disturb: Callable[[], End], statuses: tuple[int, ...] = (1, 2)) -> None:
        """Run under one fault and hold what is left against the promises.

        statuses: how a run may end that did not succeed.
        """
        self.place = self._fresh()
        end = disturb()
        problem = self._look_at(what, end, statuses) or self._run_again(end)
        self.counts["survived" if end.status != 0 else "without effect"] += 1
        if problem:
            self.broken.append(f"{self.job.name}, {what}: {problem} [{end.status}: {end.words[-600:]}]")
        if os.path.ismount(self.out):
            subprocess.run(["umount", str(self.out)], check=True)
        shutil.rmtree(self.place, ignore_errors=True)

    def run(self, before: Callable[[], None] | None = None, counting: bool = False) -> tuple[End, dict[str, int]]:
        """The job in a fork, to its end; `before` is called in the fork first."""
        pid, seen = self.start(before), {}
        end = self.wait(pid)
        if counting:
            seen = dict(zip(KINDS, map(int, (self.place / "seen").read_text().split()), strict=True))
        return end, seen

    def start(self, before: Callable[[], None] | None = None) -> int:
        """Begin the job in a fork; gives its process number."""
        sys.stdout.flush()
        pid = os.fork()
        if pid == 0:
            self._be_the_job(before)
        return pid

    def wait(self, pid: int) -> End:
        """The end of a fork that was started; one that hangs is killed."""
        deadline = time.monotonic() + RUN_S
        while True:
            done, status = os.waitpid(pid, os.WNOHANG)
            if done:
                break
            if time.monotonic() > deadline:
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
                return End(-1000, "it hung")
            time.sleep(0.01)
        return End(os.waitstatus_to_exitcode(status), self._words())

    def _words(self) -> str:
        path = self.place / "stderr"
        return path.read_text(errors="replace") if path.exists() else ""

    def _fresh(self) -> Path:
        self._number += 1
        place = self._folder / f"{self.job.name} {self._number}".replace(" ", "_")
        for name in ("out", "tmp"):
            (place / name).mkdir(parents=True)
        return place

    def _be_the_job(self, before: Callable[[], None] | None) -> None:
        """Run the command line to the end of this process."""
        # Ctrl+C may come before the command line hears it.
        status = 3
        try:
            stderr = os.open(self.place / "stderr", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
            os.dup2(stderr, 1)
            os.dup2(stderr, 2)
            os.environ["TMPDIR"] = tempfile.tempdir = str(self.place / "tmp")
            os.chdir(self.place)
            warnings.simplefilter("ignore")
            from qgis_ddpm.cli import main

            shim().fault_watch(f"{self.place}/".encode())
            if before is not None:
                before()
            status = main(self.job.arguments(self.samples, self.out))
            seen = [shim().fault_seen(kind) for kind in range(len(KINDS))]
            shim().fault_watch(b"")
            (self.place / "seen").write_text(" ".join(map(str, seen)))
        finally:
            os._exit(status)

    def _look_at(self, what: str, end: End, statuses: tuple[int, ...]) -> str:
        """What is wrong right after a fault; empty where nothing is."""
        if end.status == 0:
            # Where files cannot be removed, locks that nobody holds are left until they can.
            left = found_in(self.out) - self.job.outputs
            return "" if "unlink" in what and all(name.endswith(".lock") for name in left) else self._compare(end)
        if end.status not in statuses:
            return f"the exit status is {end.status}"
        sentences = [line for line in end.words.splitlines() if line.startswith("error: ")]
        if end.status in (1, 2) and (len(sentences) != 1 or "fault of our own" in sentences[0]):
            return "there is no one sentence that says what happened"
        if end.status in (1, 2) and "Traceback" in end.words:
            return "there is a traceback"
        here = found_in(self.out) & self.job.outputs
        try:
            parts = contents(self.out, here)
        except Exception as error:
            return f"a file with a final name is not whole: {error}"
        if not self.job.keeps and any(parts[name] != self.reference[name] for name in here):
            return "a file with a final name is another than in an undisturbed run"
        return ""

    def _run_again(self, end: End) -> str:
        """What is wrong after the same command without a fault."""
        untouched = not found_in(self.out) and not any((self.place / "tmp").iterdir())
        if (end.status == 0 and found_in(self.out) == self.job.outputs) or untouched:
            # Where nothing is left, the next run begins as the first did.
            return ""
        again, _ = self.run()
        if again.status != 0:
            return f"the next run fails: {again.words[-300:]}"
        return self._compare(again)

    def _compare(self, end: End) -> str:
        extra = found_in(self.out) ^ self.job.outputs
        if extra:
            return f"these files are missing or left: {sorted(extra)}"
        left = [path.name for path in (self.place / "tmp").iterdir()]
        if left:
            return f"these temporary files are left: {left}"
        found = contents(self.out, self.job.outputs)
        if "Memory ran out" in end.words:
            # Smaller parts of a batch add up in another order; tests hold the rounding within bounds.
            return ""
        differing = [name for name in found if found[name] != self.reference[name]]
        return f"these files differ from an undisturbed run's: {differing}" if differing else ""


def shim() -> ctypes.CDLL:
    """The library that fails system calls, which this process was started with."""
    return ctypes.CDLL(None)


def inject(bench: Bench, kind: str, most: int) -> None:
    """Let calls of a kind fail: one alone, and from one on, in turn."""
    calls = bench.calls[kind]
    for turn, nth in enumerate(spread(calls, most)):
        sticky = turn % 2 == 1
        error = ERRORS.get(kind, errno.ENOSPC)
        arm = _armed(kind, nth, error, sticky)
        what = f"{kind} {nth} of {calls}{' and all after it' if sticky else ''}"
        # Libraries in C and Rust end the process where they get no memory; its parent then tells so.
        statuses = (1, 2, -signal.SIGABRT, -signal.SIGSEGV) if kind == "memory" else (1, 2)
        bench.disturb(what, lambda arm=arm: bench.run(arm)[0], statuses)


def _armed(kind: str, nth: int, error: int, sticky: bool) -> Callable[[], None]:
    return lambda: shim().fault_arm(KINDS.index(kind), ctypes.c_long(nth), error, sticky)


def spread(calls: int, most: int) -> list[int]:
    """At most so many numbers from 1 to `calls`, first and last among them."""
    if calls <= most:
        return list(range(1, calls + 1))
    return sorted({1 + round(number * (calls - 1) / max(most - 1, 1)) for number in range(most)})


def strike(bench: Bench, times: int) -> None:
    """End the process by signals, at random times of its run."""
    random = Random(bench.job.name)
    for number in range(times):
        for name, statuses in SIGNALS.items():
            delay = random.uniform(0, 1.05 * bench.seconds)

            def disturb(name: signal.Signals = name, delay: float = delay) -> End:
                pid = bench.start()
                time.sleep(delay)
                os.kill(pid, name)
                return bench.wait(pid)

            bench.disturb(f"{name.name} after {delay:.2f} s ({number})", disturb, statuses)


def limit(bench: Bench, most: int) -> None:
    """Real limits of the system: of file sizes, of memory, of the disk, and a folder that may not be written."""
    largest = max(path.stat().st_size for path in bench.example.rglob("*") if path.is_file())
    for size in sorted({max(size, 4096) for size in spread(largest, most)}):
        bench.disturb(f"files of at most {size} bytes", lambda size=size: bench.run(_limited("FSIZE", size))[0])
    for mb in spread(48, most // 2):
        ends = (1, 2, -signal.SIGABRT, -signal.SIGSEGV)
        bench.disturb(f"{mb} MB of memory more", lambda mb=mb: bench.run(_limited("AS", mb << 20))[0], ends)
    if os.geteuid() != 0:
        print("a small disk and a read-only one are tried by root alone, who may mount them")
        return
    total = sum(path.stat().st_size for path in bench.example.rglob("*") if path.is_file())
    for option in (*(f"size={max(size, 4096)}" for size in spread(total, most // 2)), "ro"):
        bench.disturb(f"a disk with {option}", lambda option=option: _on_disk(bench, option))


def _limited(name: str, size: int) -> Callable[[], None]:
    def set_limit() -> None:
        used = 0
        if name == "AS":
            with open("/proc/self/statm") as file:
                used = int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
        kind = getattr(resource, f"RLIMIT_{name}")
        resource.setrlimit(kind, (used + size, resource.getrlimit(kind)[1]))

    return set_limit


def _on_disk(bench: Bench, option: str) -> End:
    """A run whose outputs go to a disk of its own; afterwards it is wide and writable."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", option, "faults", str(bench.out)], check=True)
    try:
        return bench.run()[0]
    finally:
        subprocess.run(["mount", "-o", "remount,rw,size=64m", str(bench.out)], check=True)


def rehearse(folder: Path, options: argparse.Namespace) -> Iterator[Bench]:
    """All faults in all jobs; yields each job's bench when it is done."""
    from qgis_ddpm.cli import main as command_line
    from qgis_ddpm.core.learning import budget
    from qgis_ddpm.core.training import evaluation, loop
    from qgis_ddpm.core.training import setup as training_setup

    samples = make_samples(folder / "inputs")
    write_inputs(samples)
    # A checkpoint after each step, so that there is one to fail; no plots and few samples, for time.
    budget.CHECKPOINT_S = budget.LEAST_CHECKPOINT_S = 0.0
    budget.CHECKPOINT_COST_SHARE = float("inf")
    picture = Path(samples["grey.png"]).read_bytes()
    training_setup.STATISTICS_TILES = 8
    evaluation.SAMPLE_TILES, evaluation.SAMPLE_CALLS = 1, 2
    loop.plot_curves = lambda *_, **__: picture
    for job in JOBS:
        if options.only not in job.name:
            continue
        # Once in this process, so that its forks need not load libraries.
        command_line(job.arguments(samples, folder / "warm"))
        shutil.rmtree(folder / "warm")
        bench = Bench(job, samples, folder)
        for kind in KINDS:
            if options.kind in kind:
                inject(bench, kind, options.most)
        if options.kind in "limits":
            limit(bench, options.most)
        if options.kind in "signals":
            strike(bench, max(1, options.most // 2))
        yield bench


def compile_shim(folder: str) -> str:
    """The library that fails system calls, compiled; raises SystemExit where there is no compiler."""
    target = os.path.join(folder, "shim.so")
    source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "shim.c")
    compiler = shutil.which("cc")
    if compiler is None:
        raise SystemExit("There is no C compiler: install gcc, and repeat.")
    subprocess.run([compiler, "-O1", "-shared", "-fPIC", "-o", target, source, "-ldl", "-lpthread"], check=True)
    return target


def main() -> int:
    """Start once more with the shim, run, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--most", type=int, default=12, help="faults of each kind in each job")
    parser.add_argument("--only", default="", help="part of a job's name")
    parser.add_argument("--kind", default="", help="part of a kind's name")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="faults_") as folder:
        if "LD_PRELOAD" not in os.environ:
            environ = {**os.environ, "LD_PRELOAD": compile_shim(folder), "PYTHONPATH": os.getcwd()}
            return subprocess.call([sys.executable, "-m", "tests.faults.inject", *sys.argv[1:]], env=environ)
        return report(rehearse(Path(folder), options))


def report(benches: Iterator[Bench]) -> int:
    """Print what was survived and what was not."""
    started, total, broken = time.monotonic(), 0, []
    for bench in benches:
        calls = ", ".join(f"{number} {kind}" for kind, number in bench.calls.items() if number)
        what = f"{sum(bench.counts.values())} faults ({dict(bench.counts)})"
        print(f"{bench.job.name}: {what} in runs of {bench.seconds:.1f} s with {calls}", flush=True)
        for text in bench.broken:
            print(f"  BROKEN {text}", flush=True)
        total += sum(bench.counts.values())
        broken += bench.broken
    print(f"{total} faults, {len(broken)} broke a promise; {time.monotonic() - started:.0f} s")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
