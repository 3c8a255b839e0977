"""How fast changes are detected with features, and what share of the time is the network's.

    python -m benchmarks.detect_rate --presets tiny small --size 2000

A pair of square rasters of three bands of bytes is mapped with METHOD features and a model of the preset's size with
random weights, which do not change the time. Seconds are those of the processor, so that other work on the computer
changes them less; the network's are counted inside its calls. The first column of seconds is the whole run with
statistics, map and scores; the rate is of whole runs. With more than one thread (OMP_NUM_THREADS) what is not the
network's goes on beside it: the share of the clock is that of the time of the scores in which a call of the network is
running. The bar: at least 0.9 of the time is the network's.
"""

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from time import perf_counter, process_time, thread_time
from typing import Any
from unittest.mock import patch

from qgis_ddpm.core import run
from qgis_ddpm.core.model import DiffusionModel
from qgis_ddpm.core.threads import thread_count
from qgis_ddpm.events import Progress, Result
from qgis_ddpm.jobs import DetectChanges
from qgis_ddpm.jobs.presets import PRESETS

from .detect_memory import write_pair
from .sampling_overhead import write_model

STAGES = ("statistics", "scores", "writing")


class Clock:
    """Seconds of the processor inside a function, by whatever threads, and by the clock those with a call running."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.seconds = self.running_s = 0.0
        self._function = function
        self._counting, self._running, self._since = Lock(), 0, 0.0

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        """Call the function."""
        began = thread_time()
        self._count(1)
        try:
            return self._function(*arguments, **named)
        finally:
            self._count(-1)
            with self._counting:
                self.seconds += thread_time() - began

    def _count(self, calls: int) -> None:
        with self._counting:
            now = perf_counter()
            if self._running:
                self.running_s += now - self._since
            self._since = now
            self._running += calls


def measured(folder: Path, preset: str, size: int) -> tuple[float, float, float, float, dict[str, float]]:
    """Seconds of the processor of a run, of its network, by the clock; the network's share of the clock in the scores;

    seconds of the processor by stage.
    """
    model = folder / f"{preset}.safetensors"
    write_model(model, PRESETS[preset], 3)
    before, after = write_pair(folder, size)
    job = DetectChanges(
        before=str(before),
        after=str(after),
        method="features",
        model=str(model),
        output=str(folder / "map.tif"),
        probability=str(folder / "scores.tif"),
    )
    clock = Clock(DiffusionModel.features)
    stages = dict.fromkeys(STAGES, 0.0)
    began, by_clock = process_time(), perf_counter()
    last = began
    scores_from: tuple[float, float] | None = None
    running = 0.0
    with patch.object(DiffusionModel, "features", lambda *each, **named: clock(*each, **named)):
        for event in run(job):
            if isinstance(event, Progress) and event.text in stages:
                stages[event.text] += process_time() - last
                if event.text == "scores":
                    scores_from = scores_from or (perf_counter(), clock.running_s)
                    elapsed = perf_counter() - scores_from[0]
                    running = (clock.running_s - scores_from[1]) / elapsed if elapsed else 0.0
            last = process_time()
    assert isinstance(event, Result)
    return process_time() - began, clock.seconds, perf_counter() - by_clock, running, stages


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--presets", nargs="+", default=["tiny", "small"])
    parser.add_argument("--size", type=int, default=2000)
    arguments = parser.parse_args()
    shares = "network's share | of the clock in scores"
    print(f"| preset | threads | px | s of the processor | s by the clock | MP/s | {shares} | {' | '.join(STAGES)} |")
    print("|---|---|---|---|---|---|---|---|" + "---|" * len(STAGES))
    with tempfile.TemporaryDirectory(prefix="qgis_ddpm_") as folder:
        for preset in arguments.presets:
            seconds, network, by_clock, running, stages = measured(Path(folder), preset, arguments.size)
            rate = arguments.size**2 / 1e6 / seconds
            parts = " | ".join(f"{stages[name]:.1f} s" for name in STAGES)
            side = f"{arguments.size} x {arguments.size}"
            share = network / seconds
            figures = f"{seconds:.1f} | {by_clock:.1f} | {rate:.3f} | {share:.2f} | {running:.2f}"
            print(f"| {preset} | {thread_count()} | {side} | {figures} | {parts} |", flush=True)


if __name__ == "__main__":
    main()
