"""Many jobs from one process, several at once, and two that want the same file: the figures.

    python -m tests.faults.load [--jobs 200] [--at-once 4]

The process that starts workers is what QGIS is in a batch: its memory, its handles and the time of a job are measured
over many small detections. Then several workers run at once, and two runs share an output and an experiment folder.
Ends with 1 where something grows, slows down, fails or is not refused.
"""

import argparse
import gc
import os
import signal
import statistics
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from qgis_ddpm import remote
from qgis_ddpm.errors import OutputError
from qgis_ddpm.events import Progress, Result
from qgis_ddpm.jobs import DetectChanges, TrainModel
from tests.faults.samples import SMALL_TRAINING, Samples, make_samples

# Times are the processor's, since a machine has more to do; the medians of the first and last quarter are compared.
SLOWER = 1.3
GROWN_BYTES = 4 << 20


def detection(samples: Samples, output: Path) -> DetectChanges:
    """A detection that is over as soon as its worker has started."""
    return DetectChanges(
        before=samples["before.tif"],
        after=samples["after.tif"],
        output=str(output),
        polygons=str(output.with_suffix(".geojson")),
        method="cva",
    )


def last_of(job: object) -> object:
    """The last event of a job in a worker."""
    *_, last = remote.run(job, sys.executable)
    return last


def resident_bytes() -> int:
    """Memory of this process."""
    gc.collect()
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def processor_s() -> float:
    """Time that this process and those it has seen out had of the processor."""
    return sum(os.times()[:4])


def handles() -> int:
    """Open files of this process."""
    return len(os.listdir("/proc/self/fd"))


def batch(samples: Samples, folder: Path, jobs: int) -> list[str]:
    """One detection after another; what went wrong."""
    seconds, marks = [], []
    for number in range(jobs):
        started = processor_s()
        assert isinstance(last_of(detection(samples, folder / f"{number}.tif")), Result)
        seconds.append(processor_s() - started)
        marks.append((resident_bytes(), handles()))
    quarter = max(1, jobs // 4)
    first, last = (statistics.median(part) for part in (seconds[:quarter], seconds[-quarter:]))
    # The first jobs fill caches of the interpreter.
    (early_bytes, early_handles), (late_bytes, late_handles) = marks[quarter - 1], marks[-1]
    left = [name for name in os.listdir(tempfile.gettempdir()) if name.startswith("qgis_ddpm_")]
    print(
        f"{jobs} detections in one batch: {first:.2f} s of the processor each in the first quarter, {last:.2f} s in "
        f"the last; memory of the parent {early_bytes / 2**20:.1f} -> {late_bytes / 2**20:.1f} MB, open files "
        f"{early_handles} -> {late_handles}; {len(left)} temporary folders left"
    )
    faults = {
        "the batch slows down": last > SLOWER * first,
        "memory grows": late_bytes - early_bytes > GROWN_BYTES,
        "open files grow": late_handles > early_handles,
        "temporary folders stay": bool(left),
    }
    return [name for name, is_so in faults.items() if is_so]


def at_once(samples: Samples, folder: Path, workers: int) -> list[str]:
    """Several workers at the same time."""
    started = time.monotonic()
    with ThreadPoolExecutor(workers) as pool:
        jobs = [detection(samples, folder / f"at_once_{number}.tif") for number in range(2 * workers)]
        ends = list(pool.map(last_of, jobs))
    contents = {Path(str(job.output)).read_bytes() for job in jobs}
    done = sum(isinstance(end, Result) for end in ends)
    print(
        f"{workers} workers at once on {os.cpu_count()} cores: {done} of {len(jobs)} jobs done, "
        f"{len(contents)} different result, {time.monotonic() - started:.1f} s"
    )
    return [] if done == len(jobs) and len(contents) == 1 else ["workers at once disturb each other"]


def training(samples: Samples, folder: Path, name: str, tiles: int) -> TrainModel:
    """A training with a record of its own or another's."""
    model, record = str(folder / f"{name}.safetensors"), str(folder / "experiment")
    return TrainModel(input=(samples["before.tif"],), model=model, experiment=record, tiles=tiles, **SMALL_TRAINING)


def shared(samples: Samples, folder: Path) -> list[str]:
    """Two runs that want one experiment folder or one model; then the first is killed, and the second may."""
    faults = []
    first = remote.run(training(samples, folder, "m", 10**7), sys.executable)
    pid = int(next(first).text.split()[1])
    for event in first:
        if isinstance(event, Progress) and event.unit == "tile":
            break
    for name, what in (("n", "experiment folder"), ("m", "model")):
        fields = {} if name == "n" else {"experiment": None}
        try:
            last_of(training(samples, folder, name, 8).replace(**fields))
            faults.append(f"a second run of one {what} is not refused")
        except OutputError as error:
            print(f"a second run of one {what} is refused: {error}")
    os.kill(pid, signal.SIGKILL)
    first.close()
    # Its private folder stays, for the next run to sweep.
    for path in [path for path in (folder / "experiment").rglob("*") if path.is_file()]:
        path.unlink()
    if isinstance(last_of(training(samples, folder, "m", 8)), Result):
        print("after the first was killed, the same names are free")
    else:
        faults.append("a dead run holds its names")
    return faults


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--jobs", type=int, default=200)
    parser.add_argument("--at-once", type=int, default=4)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="load_") as name:
        # Temporary files of these runs alone are looked for in the end.
        tempfile.tempdir = os.path.join(name, "tmp")
        os.mkdir(tempfile.tempdir)
        folder = Path(name)
        samples = make_samples(folder / "inputs")
        faults = batch(samples, folder, options.jobs)
        faults += at_once(samples, folder, options.at_once)
        faults += shared(samples, folder)
    for fault in faults:
        print(f"BROKEN: {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
