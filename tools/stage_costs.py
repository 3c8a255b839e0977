"""`python -m tools.stage_costs JOB.yaml ...`: what each stage of a job takes, for the table of qgis_ddpm/course.py.

Runs each job in this process and prints the processor seconds of its stages, as other programs would blur the clock's.
With `--log`, how the bar and the time left went: at each tenth of the run, and whether the bar ever fell back.
"""

import argparse
import sys
import time
from collections import defaultdict
from itertools import pairwise

from qgis_ddpm.core import run
from qgis_ddpm.course import Course, key_of
from qgis_ddpm.events import Progress
from qgis_ddpm.jobs import load_job


def main() -> int:
    """Print one table for each job."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("jobs", nargs="+", metavar="JOB.yaml")
    parser.add_argument("--log", action="store_true")
    arguments = parser.parse_args()
    for path in arguments.jobs:
        job = load_job(path, {})
        course, seen = Course(job.ALGORITHM), []
        seconds: dict[str, float] = defaultdict(float)
        key, begin, last = "start", time.process_time(), time.process_time()
        for event in run(job):
            now = time.process_time()
            seconds[key] += now - last
            last = now
            if isinstance(event, Progress):
                key = key_of(event)
                share, left_s = course.see(event, now - begin)
                seen.append((now - begin, share, left_s))
        total = time.process_time() - begin
        print(f"{path}: {job.ALGORITHM}, {total:.1f} s")
        for name, spent in seconds.items():
            print(f"  {name:24} {spent:8.2f} s {spent / total:6.1%}")
        if arguments.log:
            fell = sum(second[1] < first[1] for first, second in pairwise(seen))
            print(f"  fell back {fell} times")
            for tenth in range(1, 10):
                at, share, left_s = min(seen, key=lambda entry: abs(entry[0] - tenth / 10 * total))
                left = "-" if left_s is None else f"{left_s / max(total - at, 1e-9):.2f} of the truth"
                print(f"  after {at / total:4.0%} of the time: bar {share:4.0%}, left {left}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
