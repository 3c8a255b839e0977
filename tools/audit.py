"""Known faults of the packages that the project stands on: those of the lock, and those that a user gets.

    python -m tools.audit PIP_AUDIT [ARGUMENT ...]

Status 1 where a package has a known fault, and where one was not looked at: an index without advisories, a marker that
leaves a line out or a name that is not known would otherwise pass for "nothing found".
"""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name

from tools.supply_chain import LOCK, OF_DEBIAN, SBOM


def main() -> int:
    """Ask for both lists; 1 where anything is wrong."""
    program, *more = sys.argv[1:]
    wrong = False
    nobody: frozenset[str] = frozenset()
    locked, debian = read_lock(LOCK.read_text(encoding="utf-8"))
    for title, packages, mended in (("the lock", locked, debian), ("what a user gets", read_bill(SBOM), nobody)):
        report = ask(program, more, packages)
        failures, notes = judge(report, packages, mended)
        print(f"{title}: {len(packages)} packages, {len(failures)} problems")
        for line in [*failures, *(f"only told: {note}" for note in notes)]:
            print(f"  {line}")
        wrong = wrong or bool(failures)
    return int(wrong)


def read_lock(text: str) -> tuple[dict[str, str], frozenset[str]]:
    """Versions of the lock by canonical name, whatever their markers say, and the names of those of Debian."""
    found: dict[str, str] = {}
    debian = set()
    for line in text.splitlines():
        match = re.match(r"([\w.-]+)==([^\s;#]+)", line)
        if match:
            found[canonicalize_name(match.group(1))] = match.group(2)
            if OF_DEBIAN in line:
                debian.add(canonicalize_name(match.group(1)))
    return found, frozenset(debian)


def read_bill(path: Path) -> dict[str, str]:
    """Versions of a bill of materials by canonical name."""
    components = json.loads(path.read_text(encoding="utf-8"))["components"]
    return {canonicalize_name(component["name"]): component["version"] for component in components}


def ask(program: str, more: list[str], packages: Mapping[str, str]) -> Any:
    """What pip-audit reports of packages, as JSON; its status is 0 also where it looked at nothing."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write("".join(f"{name}=={version}\n" for name, version in packages.items()))
        file.flush()
        done = subprocess.run(
            [program, "--requirement", file.name, "--no-deps", "--disable-pip", "--format", "json", *more],
            stdout=subprocess.PIPE,
            check=False,
        )
    try:
        return json.loads(done.stdout)
    except ValueError:
        raise SystemExit(f"pip-audit ended with status {done.returncode} and no report.") from None


def judge(report: Any, packages: Mapping[str, str], mended: frozenset[str]) -> tuple[list[str], list[str]]:
    """Problems that have to be solved, and faults of packages whose distributor mends them under the same number."""
    looked_at: dict[str, Any] = {canonicalize_name(item["name"]): item for item in report["dependencies"]}
    failures: list[str] = []
    notes: list[str] = []
    for name, version in packages.items():
        item = looked_at.get(name, {"skip_reason": "pip-audit left it out"})
        if "skip_reason" in item or item.get("version") != version:
            reason = item.get("skip_reason", f"pip-audit looked at {item.get('version')}")
            failures.append(f"{name} {version} was not looked at: {reason}")
            continue
        for fault in item.get("vulns", ()):
            mended_in = ", ".join(fault.get("fix_versions", ())) or "no version yet"
            line = f"{name} {version} has {fault['id']}, mended in {mended_in}"
            (notes if name in mended else failures).append(line)
    return failures, notes


if __name__ == "__main__":
    sys.exit(main())
