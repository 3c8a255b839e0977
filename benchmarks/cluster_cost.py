"""What sharing a change map out to workers costs, beside one process: CPU seconds of all processes, seconds, memory.

    python -m benchmarks.cluster_cost --size 4000 --methods irmad cva --schedulers local:1 local:2

A pair of square rasters as of `benchmarks.mad_rival`. Each run is a process of its own; CPU seconds are those of that
process and of all that it started and waited for; the peak is of the process that writes the map. Maps are compared
byte by byte. For METHOD features a small network with random weights is made: what it costs counts, not what it finds.
"""

import argparse
import filecmp
import os
import resource
import subprocess  # nosec - runs this project's own command line
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from benchmarks.mad_rival import BANDS, write_pair
from tests.core.makers.small_model import save_small_model


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--size", type=int, default=4000)
    parser.add_argument("--methods", nargs="+", default=["irmad", "cva"])
    parser.add_argument("--schedulers", nargs="+", default=["local:1", "local:2"])
    asked = parser.parse_args()
    print("| method | scheduler | CPU s | of alone | wall s | peak of the writer, MB | same bytes |")
    print("|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        pair = write_pair(Path(folder), asked.size)
        save_small_model(Path(folder) / "model.safetensors", BANDS, 0.0, 4000.0)
        for method in asked.methods:
            alone = 0.0
            for scheduler in ("", *asked.schedulers):
                target = Path(folder) / f"{method}_{scheduler.replace(':', '')}.tif"
                cpu_s, wall_s, peak_mb = _run(pair, method, scheduler, target)
                alone = alone or cpu_s
                same = filecmp.cmp(target, Path(folder) / f"{method}_.tif", shallow=False)
                row = f"{cpu_s:.1f} | {cpu_s / alone:.2f} | {wall_s:.1f} | {peak_mb:.0f} | {'yes' if same else 'NO'}"
                print(f"| {method} | {scheduler or 'none'} | {row} |", flush=True)
    return 0


def _run(pair: tuple[Path, Path], method: str, scheduler: str, target: Path) -> tuple[float, float, float]:
    """CPU seconds, seconds, and the peak of the process itself in MB."""
    before, after = map(str, pair)
    command = [sys.executable, "-c", _PROGRAM, "detectchanges", "--before", before, "--after", after]
    command += ["--method", method, "--output", str(target), "--device", "cpu"]
    command += ["--model", str(target.parent / "model.safetensors")] if method == "features" else []
    command += ["--scheduler", scheduler] if scheduler else []
    started, spent = perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, env=os.environ, capture_output=True, text=True, check=True)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu_s = used.ru_utime + used.ru_stime - spent.ru_utime - spent.ru_stime
    return cpu_s, perf_counter() - started, float(done.stdout.splitlines()[-1]) / 1024


# Tells its own peak last.
_PROGRAM = """
import resource, sys
if __name__ == "__main__":
    from qgis_ddpm.cli import main
    status = main(sys.argv[1:])
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    sys.exit(status)
"""


if __name__ == "__main__":
    sys.exit(main())
