"""How fast changes are detected with features, and what share of the time is the network's.

    python -m benchmarks.detect_rate --presets tiny small --size 2000

A pair of square rasters of three bands of bytes is mapped with METHOD features and a model of the preset's size with
random weights, which do not change the time. Seconds are those of the processor, so that other work on the computer
changes them less; the network's are counted inside its calls. The first column of seconds is the whole run with
statistics, map and scores; the rate is of whole runs. The bar: at least 0.9 of the time is the network's.
"""

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time
from typing import Any
from unittest.mock import patch

from qgis_ddpm.core import run
from qgis_ddpm.core.model import DiffusionModel
from qgis_ddpm.events import Progress, Result
from qgis_ddpm.jobs import DetectChanges
from qgis_ddpm.jobs.presets import PRESETS

from .detect_memory import write_pair
from .sampling_overhead import write_model

STAGES = ("statistics", "scores", "writing")


class Clock:
    """Seconds of the processor inside a function, and calls."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.seconds = 0.0
        self._function = function

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        """Call the function."""
        began = process_time()
        try:
            return self._function(*arguments, **named)
        finally:
            self.seconds += process_time() - began


def measured(folder: Path, preset: str, size: int) -> tuple[float, float, float, dict[str, float]]:
    """Seconds of the processor of a whole run, of its network, by the clock, and by stage."""
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
    with patch.object(DiffusionModel, "features", lambda *each, **named: clock(*each, **named)):
        for event in run(job):
            if isinstance(event, Progress) and event.text in stages:
                stages[event.text] += process_time() - last
            last = process_time()
    assert isinstance(event, Result)
    return process_time() - began, clock.seconds, perf_counter() - by_clock, stages


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--presets", nargs="+", default=["tiny", "small"])
    parser.add_argument("--size", type=int, default=2000)
    arguments = parser.parse_args()
    print("| preset | px | s of the processor | s by the clock | MP/s | network's share | " + " | ".join(STAGES) + " |")
    print("|---|---|---|---|---|---|" + "---|" * len(STAGES))
    with tempfile.TemporaryDirectory(prefix="qgis_ddpm_") as folder:
        for preset in arguments.presets:
            seconds, network, by_clock, stages = measured(Path(folder), preset, arguments.size)
            rate = arguments.size**2 / 1e6 / seconds
            parts = " | ".join(f"{stages[name]:.0f} s" for name in STAGES)
            side = f"{arguments.size} x {arguments.size}"
            share = network / seconds
            print(
                f"| {preset} | {side} | {seconds:.0f} | {by_clock:.0f} | {rate:.3f} | {share:.2f} | {parts} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
