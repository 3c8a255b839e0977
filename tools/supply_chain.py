"""What the project stands on: the lock of a checkout, the bill of materials in the zip, and the licences.

    python -m tools.supply_chain

Writes requirements/lock.txt, sbom.cdx.json (CycloneDX 1.5, https://cyclonedx.org) and docs/licences.md from the
packages of the environment that it runs in, which should be a fresh one. Nothing in them tells of the machine.
"""

import configparser
import json
import re
import sys
import uuid
from importlib import metadata
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
LOCK, SBOM, LICENCES = ROOT / "requirements" / "lock.txt", ROOT / "sbom.cdx.json", ROOT / "docs" / "licences.md"
# What some packages say of their licence in other words than SPDX's, or in a classifier alone.
SPDX = {
    "Apache Software License": "Apache-2.0",
    "Apache 2.0 License": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "BSD": "BSD-3-Clause",
    "BSD 3-Clause License": "BSD-3-Clause",
    "BSD-3-Clause": "BSD-3-Clause",
    "3-Clause BSD License": "BSD-3-Clause",
    "MIT License": "MIT",
    "Historical Permission Notice and Disclaimer (HPND)": "HPND",
    "Python Software Foundation License": "PSF-2.0",
    "PSF": "PSF-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "The Unlicense (Unlicense)": "Unlicense",
    "GNU Library or Lesser General Public License (LGPL)": "LGPL-3.0-or-later",
}


# These tell their licence in a file alone.
BY_NAME = {"torch": "BSD-3-Clause", "pytest-timeout": "MIT"}


def main() -> int:
    """Write the three files."""
    everything = closure(requirements(ROOT / "requirements" / "dev.txt"))
    worker = closure(requirements(ROOT / "requirements" / "runtime.txt"))
    LOCK.write_text(lock_text(everything), encoding="utf-8")
    SBOM.write_text(sbom_text(worker), encoding="utf-8")
    LICENCES.write_text(licences_text(everything, worker), encoding="utf-8")
    print(f"{len(everything)} packages locked, {len(worker)} of them the worker's")
    return 0


def requirements(path: Path) -> dict[str, Requirement]:
    """The packages that a file of requirements asks for, and those that it includes, by canonical name."""
    found: dict[str, Requirement] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        words = line.split("#")[0].strip()
        if words.startswith("-r "):
            found |= requirements(path.parent / words[3:].strip())
        elif words and not words.startswith("-"):
            requirement = Requirement(words)
            found[canonicalize_name(requirement.name)] = requirement
    return found


def closure(wanted: dict[str, Requirement]) -> dict[str, metadata.Distribution]:
    """The installed packages that are asked for, and what they need in turn, by canonical name."""
    found: dict[str, metadata.Distribution] = {}
    todo = list(wanted.values())
    while todo:
        requirement = todo.pop()
        name = canonicalize_name(requirement.name)
        if name in found or (requirement.marker is not None and not requirement.marker.evaluate({"extra": ""})):
            continue
        try:
            found[name] = metadata.distribution(requirement.name)
        except metadata.PackageNotFoundError:
            # Debian's packages do not always say all that they do without.
            continue
        todo += [Requirement(text) for text in found[name].requires or ()]
    return dict(sorted(found.items()))


def version_of(package: metadata.Distribution) -> str:
    """Its version without the part that names a build."""
    return package.version.split("+")[0]


def lock_text(packages: dict[str, metadata.Distribution]) -> str:
    """A file of constraints: every package of a checkout at one version."""
    python = f"{sys.version_info[0]}.{sys.version_info[1]}"
    lines = [
        f"# What the tests ran with on Python {python}, by `make sbom`; constraints.txt tells of other versions.",
        *(f'{name}=={version_of(package)}; python_version == "{python}"' for name, package in packages.items()),
    ]
    return "\n".join(lines) + "\n"


def sbom_text(packages: dict[str, metadata.Distribution]) -> str:
    """The bill of materials of the plugin: nothing of others lies in the zip, so it lists what the set-up installs."""
    general = configparser.ConfigParser(interpolation=None)
    general.read(ROOT / "metadata.txt", encoding="utf-8")
    version = general["general"]["version"]
    wanted = requirements(ROOT / "requirements" / "runtime.txt")
    components = []
    for name, package in packages.items():
        bound = [{"name": "qgis_ddpm:bound", "value": str(wanted[name].specifier)}] if name in wanted else []
        reference = f"pkg:pypi/{name}@{version_of(package)}"
        components.append(
            {
                "type": "library",
                "bom-ref": reference,
                "name": name,
                "version": version_of(package),
                "purl": reference,
                "licenses": _licences_field(licence_of(package)),
                "properties": bound,
            }
        )
    own = {"type": "application", "bom-ref": "qgis_ddpm", "name": "qgis_ddpm", "version": version}
    own["licenses"] = [{"license": {"id": "GPL-2.0-or-later"}}]  # type: ignore[assignment]
    content = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": own},
        "components": components,
        "dependencies": [{"ref": "qgis_ddpm", "dependsOn": [component["bom-ref"] for component in components]}],
    }
    # A name for this content, so that equal content gives equal bytes.
    content["serialNumber"] = f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(content, sort_keys=True))}"
    return json.dumps(content, indent=1, sort_keys=True) + "\n"


def _licences_field(licence: str) -> list[dict[str, object]]:
    if re.fullmatch(r"[A-Za-z0-9.+-]+", licence):
        return [{"license": {"id": licence}}]
    return [{"expression": licence}]


def licence_of(package: metadata.Distribution) -> str:
    """Its licence in SPDX's words, as far as it tells."""
    about: Any = package.metadata
    if canonicalize_name(about["Name"]) in BY_NAME:
        return BY_NAME[canonicalize_name(about["Name"])]
    told = [about.get("License-Expression") or ""]
    told += [text.split(" :: ")[-1] for text in about.get_all("Classifier") or () if text.startswith("License :: ")]
    told += [(about.get("License") or "").splitlines()[0] if about.get("License") else ""]
    for words in told:
        if words and words not in ("OSI Approved", "UNKNOWN") and len(words) < 80:
            return SPDX.get(words, words)
    return "not told"


def licences_text(everything: dict[str, metadata.Distribution], worker: dict[str, metadata.Distribution]) -> str:
    """A page of the licences of all packages."""
    lines = [
        "# Licences of what is used",
        "",
        "Nothing of others lies in the plugin's zip. `Set up environment` installs the worker's packages; a checkout",
        "needs the others for its tests. Written by `make sbom` from what the packages say of themselves.",
        "",
        "| package | version | licence | for |",
        "|---|---|---|---|",
    ]
    for name, package in everything.items():
        use = "worker" if name in worker else "tests"
        lines.append(f"| {name} | {version_of(package)} | {licence_of(package)} | {use} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
