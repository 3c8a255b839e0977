"""What whole jobs take in an older checkout and in this one: seconds of the processor, rate, and peak of memory.

    git worktree add ../before 7952456
    OMP_NUM_THREADS=1 python -m benchmarks.before_after ../before --size 600 --turns 3

A pair of square rasters of three bands is mapped with METHOD features, and tiles and a seamless area are sampled, by
models of the presets' sizes with random weights, which do not change the time. Each is a process of its own, the start
and the loading of torch included; the checkouts take turns, and the least of each figure counts. The rows of this
checkout are of PRECISION auto, which is float32 for these networks, and of bfloat16 where that is multiplied fast.
"""

import argparse
import os
import subprocess  # nosec - runs this project's own command line
import sys
import tempfile
from pathlib import Path

import torch

from qgis_ddpm.core.model.precision import is_faster

from .detect_memory import write_pair

ROOT = Path(__file__).resolve().parent.parent
WRITE = """
import sys
from pathlib import Path
from benchmarks.sampling_overhead import write_model
from qgis_ddpm.jobs.presets import PRESETS
write_model(Path(sys.argv[2]), PRESETS[sys.argv[1]], 3)
"""
TILES, AREA_PX = 64, 256


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("before", type=Path, help="the older checkout")
    parser.add_argument("--presets", nargs="+", default=["tiny", "small"])
    parser.add_argument("--size", type=int, default=600)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--seamless", action="store_true", help="sample an area too")
    given = parser.parse_args()
    states: list[tuple[str, Path, list[str]]] = [("before", given.before, []), ("now, auto", ROOT, [])]
    if is_faster(torch.device("cpu")):
        states.append(("now, bfloat16", ROOT, ["--precision", "bfloat16"]))
    print("| job | preset | state | s of the processor | rate | peak, MB |\n|---|---|---|---:|---:|---:|")
    with tempfile.TemporaryDirectory(prefix="qgis_ddpm_") as name:
        folder = Path(name)
        before, after = write_pair(folder, given.size)
        for preset in given.presets:
            model = str(folder / f"{preset}.safetensors")
            # By the older code, which the newer one has to read.
            subprocess.run([sys.executable, "-c", WRITE, preset, model], cwd=given.before, check=True)  # nosec
            detect = ["--before", str(before), "--after", str(after), "--method", "features", "--model", model]
            jobs = {
                "detectchanges": (detect, given.size**2 / 1e6, "MP/s"),
                "sampletiles": (["--model", model, "--count", str(TILES)], TILES, "tiles/s"),
            }
            if given.seamless:
                area = ["--model", model, "--layout", "seamless", "--extent", f"0,{AREA_PX},0,{AREA_PX}"]
                jobs["sampletiles, seamless"] = (area, AREA_PX**2 / 1e6, "MP/s")
            for job, (arguments, amount, unit) in jobs.items():
                least = {state: (float("inf"), float("inf")) for state, _, _ in states}
                for _ in range(given.turns):
                    for state, checkout, more in states:
                        command = [job.split(",")[0], *arguments, *more, "--output", str(folder / "o.tif")]
                        found = _used(checkout, command)
                        least[state] = min(least[state][0], found[0]), min(least[state][1], found[1])
                for state, (seconds, peak) in least.items():
                    rate = f"{amount / seconds:.3g} {unit}"
                    print(f"| {job} | {preset} | {state} | {seconds:.1f} | {rate} | {peak:.0f} |", flush=True)


def _used(checkout: Path, arguments: list[str]) -> tuple[float, float]:
    """Seconds of the processor and MB at the peak of a run of the command line in a checkout."""
    command = [sys.executable, "-m", "qgis_ddpm", *arguments]
    process = subprocess.Popen(command, cwd=checkout, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # nosec
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(command)} ended with status {os.waitstatus_to_exitcode(status)}.")
    # Linux counts kilobytes, macOS bytes.
    return used.ru_utime + used.ru_stime, used.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)


if __name__ == "__main__":
    main()
