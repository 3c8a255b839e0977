"""Spoiled files by the thousand: each gives a result or one of our errors, soon and in little memory.

    python -m tests.faults.fuzz [--cases 20000] [--seed 0] [--only KIND] [--number N]

Cases run in a child that is bounded in time and memory and is replaced when it ends: what crashes, hangs or grows is
found, named by its number, and the next case goes on. Prints a table and ends with 1 where anything was found.
"""

import argparse
import faulthandler
import json
import os
import resource
import select
import shutil
import signal
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from qgis_ddpm.errors import DdpmError, is_out_of_memory
from tests.faults.mutations import LIES, spoil
from tests.faults.readers import KINDS, Reader
from tests.faults.samples import Samples, make_samples

# Of the processor; a machine that is busy with others may take longer.
CASE_S, PATIENCE_S = 5.0, 90.0
CASE_BYTES = 1 << 30
# What a planted command would leave; nothing may.
PLANTED = "/tmp/owned"

Outcome = tuple[str, str]


@dataclass(frozen=True)
class Case:
    """One spoiled file: `number` decides all about it."""

    number: int
    kind: str
    lie: str
    reader: Reader

    @property
    def name(self) -> str:
        """What to call it in a table."""
        return f"{self.kind} > {self.reader.__name__}"


def cases(count: int, only: str = "") -> list[Case]:
    """The first `count` cases, kinds by their weights."""
    kinds = [kind for kind in KINDS if only in f"{kind[0]} > {kind[2].__name__}"]
    weights = [kind[3] for kind in kinds]
    return [Case(number, *Random(number).choices(kinds, weights)[0][:3]) for number in range(count)]


def spoiled(case: Case, samples: Samples, seed: int) -> bytes:
    """The file of a case."""
    random = Random(f"{seed} {case.number}")
    content = Path(samples[case.kind]).read_bytes()
    lie = LIES.get(case.lie)
    return lie(content, random) if lie is not None and random.random() < 0.6 else spoil(content, random)


def outcome(case: Case, samples: Samples, seed: int, folder: Path) -> Outcome:
    """What comes of a case: ("result" or "error" or what is wrong, details)."""
    place = folder / str(case.number)
    place.mkdir()
    path = place / case.kind
    path.write_bytes(spoiled(case, samples, seed))
    started = time.process_time()
    try:
        case.reader(path, samples)
        found = "result", ""
    except DdpmError as error:
        found = _judge(str(error), f"{type(error).__name__}: {error}")
    except BaseException as fault:
        word = "memory" if is_out_of_memory(fault) else "fault"
        found = word, f"{type(fault).__name__}: {fault}\n{''.join(traceback.format_tb(fault.__traceback__)[-3:])}"
    if time.process_time() - started > CASE_S:
        found = "slow", f"{time.process_time() - started:.1f} s of the processor"
    shutil.rmtree(place)
    if os.path.exists(PLANTED):
        os.remove(PLANTED)
        found = "executed", "the file's own command was run"
    return found


def _judge(text: str, details: str) -> Outcome:
    """Whether a sentence is one that people can use."""
    if not text.strip() or len(text) > 2000 or "Traceback" in text or "fault of our own" in text:
        return "sentence", details[:500]
    return "error", details.split(":")[0]


def run_cases(
    todo: Sequence[Case], samples: Samples, seed: int, seconds: float = PATIENCE_S
) -> Iterator[tuple[Case, str, str]]:
    """Each case with its outcome and details."""
    index = 0
    while index < len(todo):
        for case, word, details in _one_child(todo[index:], samples, seed, seconds):
            index += 1
            yield case, word, details


def _one_child(todo: Sequence[Case], samples: Samples, seed: int, seconds: float) -> Iterator[tuple[Case, str, str]]:
    """Outcomes until the child ends; the case that it did not come back from is the last."""
    reading, writing = os.pipe()
    sys.stdout.flush()
    folder = Path(tempfile.mkdtemp(prefix="fuzz_"))
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        _be_the_child(todo, samples, seed, folder, writing)
    os.close(writing)
    done, lines, word = 0, b"", "crash"
    try:
        while done < len(todo):
            if not select.select([reading], [], [], seconds)[0]:
                os.kill(pid, signal.SIGKILL)
                word = "hang"
                break
            more = os.read(reading, 1 << 16)
            if not more:
                break
            *whole, lines = (lines + more).split(b"\n")
            for line in whole:
                yield todo[done], *json.loads(line)
                done += 1
        status = os.waitpid(pid, 0)[1]
        if done < len(todo):
            yield todo[done], word, f"the process ended with status {status}"
    finally:
        os.close(reading)
        shutil.rmtree(folder, ignore_errors=True)


def _be_the_child(todo: Sequence[Case], samples: Samples, seed: int, folder: Path, writing: int) -> None:
    """Run cases to the end of this process."""
    try:
        warnings.simplefilter("ignore")
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        # pytest's handler writes elsewhere than to stderr; that a case crashes is told by the parent.
        faulthandler.disable()
        with open("/proc/self/statm") as file:
            size = int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
        resource.setrlimit(resource.RLIMIT_AS, (size + CASE_BYTES, size + CASE_BYTES))
        for case in todo:
            os.write(writing, json.dumps(outcome(case, samples, seed, folder)).encode() + b"\n")
    finally:
        os._exit(0)


def main() -> int:
    """Run the cases, print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, default=20000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", default="", help="part of a kind's name")
    parser.add_argument("--number", type=int, help="one case, with its details")
    options = parser.parse_args()
    started = time.monotonic()
    counts: dict[str, Counter[str]] = {}
    bad = []
    with tempfile.TemporaryDirectory() as folder:
        samples = make_samples(Path(folder) / "samples")
        todo = cases(options.cases, options.only)
        if options.number is not None:
            todo = [todo[options.number]]
        for case, word, details in run_cases(todo, samples, options.seed):
            counts.setdefault(case.name, Counter())[word] += 1
            if word not in ("result", "error"):
                bad.append((case, word, details))
            if options.number is not None:
                print(case.name, word, details)
    for name, found in sorted(counts.items()):
        print(f"{name:42} " + ", ".join(f"{number} {word}" for word, number in sorted(found.items())))
    for case, word, details in bad[:60]:
        print(f"case {case.number} of {case.name}: {word}: {details}")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(
        f"{len(todo)} inputs, {len(bad)} that were no result and no error of ours; "
        f"{time.monotonic() - started:.0f} s, at most {peak:.0f} MB resident"
    )
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
