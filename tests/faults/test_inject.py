"""A few faults of each kind in the quickest job; `make faults` tries hundreds in seven."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


# Its forks take seconds, and minutes where others use the processor.
@pytest.mark.skipif(sys.platform != "linux" or shutil.which("cc") is None, reason="faults need Linux and a C compiler")
@pytest.mark.timeout(600)
def test_a_fault_of_each_kind_loses_nothing():
    environ = {name: value for name, value in os.environ.items() if name != "LD_PRELOAD"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.inject", "--most", "1", "--only", "import"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environ,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
    total, broken = re.search(r"(\d+) faults, (\d+) broke a promise", done.stdout).groups()
    assert int(total) >= 10
    assert int(broken) == 0
