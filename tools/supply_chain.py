"""What the project stands on: the lock of a checkout, the bill of materials in the zip, and the licences.

    python -m tools.supply_chain --resolve-with PYTHON

Writes requirements/lock.txt from the packages of the environment that it runs in, which should be a fresh one, and
sbom.cdx.json (CycloneDX 1.5, https://cyclonedx.org) from what the pip of PYTHON would install for
requirements/runtime.txt into an empty environment: a checkout's own packages are partly Debian's, and nobody else gets
those. docs/licences.md tells of both. Nothing in them tells of the machine.
"""

import argparse
import configparser
import json
import re
import subprocess
import sys
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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
    "BSD 3-Clause": "BSD-3-Clause",
    "New BSD": "BSD-3-Clause",
    "NVIDIA Proprietary Software": "LicenseRef-NVIDIA-Proprietary",
    "Other/Proprietary License": "LicenseRef-NVIDIA-Proprietary",
    "GNU Library or Lesser General Public License (LGPL)": "LGPL-3.0-or-later",
}


# These tell their licence in a file alone.
BY_NAME = {"torch": "BSD-3-Clause", "pytest-timeout": "MIT", "cuda-toolkit": "LicenseRef-NVIDIA-Proprietary"}
# Packages without content of their own, which are asked for by their extras.
GATHERERS = ("cuda-toolkit",)
# What Debian's packages are marked with in the lock.
OF_DEBIAN = "# of Debian, who mends it under this number"


@dataclass(frozen=True)
class Package:
    """A package at one version, with its licence and the canonical names of what it needs in turn."""

    name: str
    version: str
    licence: str
    needs: tuple[str, ...] = ()

    @property
    def reference(self) -> str:
        """Its address as a package URL."""
        return f"pkg:pypi/{self.name}@{self.version}"


def main() -> int:
    """Write the three files."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--resolve-with", required=True, metavar="PYTHON", help="interpreter with a pip of 25 or newer")
    report = resolve(parser.parse_args().resolve_with, ROOT / "requirements" / "runtime.txt")
    everything = closure(requirements(ROOT / "requirements" / "dev.txt"))
    worker = packages_of(report)
    LOCK.write_text(lock_text(everything), encoding="utf-8")
    SBOM.write_text(sbom_text(worker, report["environment"]), encoding="utf-8")
    LICENCES.write_text(licences_text(everything, worker), encoding="utf-8")
    print(f"{len(everything)} packages locked; a user gets {len(worker)}")
    return 0


def resolve(python: str, wanted: Path) -> Any:
    """What pip would install for a file of requirements where nothing is installed, as pip's report (version 1)."""
    command = [python, "-I", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--dry-run"]
    done = subprocess.run(
        [*command, "--ignore-installed", "--only-binary=:all:", "--report", "-", "-r", str(wanted)],
        stdout=subprocess.PIPE,
        check=True,
    )
    return json.loads(done.stdout)


def packages_of(report: Mapping[str, Any]) -> list[Package]:
    """The packages of pip's report, by name."""
    names = {canonicalize_name(item["metadata"]["name"]) for item in report["install"]}
    found = []
    for item in report["install"]:
        about = item["metadata"]
        needs = [Requirement(text) for text in about.get("requires_dist", ())]
        # Extras that others ask for are seen in what was resolved: what is not there was not asked for.
        applies = {
            canonicalize_name(each.name)
            for each in needs
            if each.marker is None
            or any(each.marker.evaluate({**report["environment"], "extra": extra}) for extra in _extras(about, each))
        }
        found.append(
            Package(
                canonicalize_name(about["name"]),
                about["version"].split("+")[0],
                licence(
                    about["name"], about.get("license_expression"), about.get("classifier", ()), about.get("license")
                ),
                tuple(sorted(applies & names)),
            )
        )
    return sorted(found, key=lambda package: package.name)


def _extras(about: Mapping[str, Any], need: Requirement) -> Iterable[str]:
    """Extras under which a need may apply: of an empty package that only gathers others, any."""
    gathers = canonicalize_name(about["name"]) in GATHERERS and need.marker is not None
    return ("", *about.get("provides_extra", ())) if gathers else ("",)


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
    lines = [f"# What the tests ran with on Python {python}, by `make sbom`; constraints.txt tells of other versions."]
    for name, package in packages.items():
        mark = f"  {OF_DEBIAN}" if "dist-packages" in str(package.locate_file("")) else ""
        lines.append(f'{name}=={version_of(package)}; python_version == "{python}"{mark}')
    return "\n".join(lines) + "\n"


def sbom_text(packages: list[Package], environment: Mapping[str, str]) -> str:
    """The bill of materials of the plugin: nothing of others lies in the zip, so it lists what a user installs.

    environment: the markers (PEP 508) of the Python and the system that the packages were chosen for.
    """
    general = configparser.ConfigParser(interpolation=None)
    general.read(ROOT / "metadata.txt", encoding="utf-8")
    wanted = requirements(ROOT / "requirements" / "runtime.txt")
    references = {package.name: package.reference for package in packages}
    components = []
    for package in packages:
        bound = wanted.get(package.name)
        components.append(
            {
                "type": "library",
                "bom-ref": package.reference,
                "name": package.name,
                "version": package.version,
                "purl": package.reference,
                "licenses": _licences_field(package.licence),
                "properties": [{"name": "qgis_ddpm:bound", "value": str(bound.specifier)}] if bound else [],
            }
        )
    own = {"type": "application", "bom-ref": "qgis_ddpm", "name": "qgis_ddpm", "version": general["general"]["version"]}
    own["licenses"] = [{"license": {"id": "GPL-2.0-or-later"}}]  # type: ignore[assignment]
    chosen = f"requirements/runtime.txt on {environment['platform_python_implementation']} "
    chosen += f"{environment['python_version']}, {environment['sys_platform']} {environment['platform_machine']}"
    content = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": own, "properties": [{"name": "qgis_ddpm:resolved", "value": chosen}]},
        "components": components,
        "dependencies": [
            {"ref": "qgis_ddpm", "dependsOn": [references[name] for name in sorted(wanted)]},
            *({"ref": each.reference, "dependsOn": [references[name] for name in each.needs]} for each in packages),
        ],
    }
    # A name for this content, so that equal content gives equal bytes.
    content["serialNumber"] = f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(content, sort_keys=True))}"
    return json.dumps(content, indent=1, sort_keys=True) + "\n"


def _licences_field(licence: str) -> list[dict[str, object]]:
    if licence.startswith("LicenseRef-"):
        return [{"license": {"name": licence.removeprefix("LicenseRef-").replace("-", " ")}}]
    if re.fullmatch(r"[A-Za-z0-9.+-]+", licence):
        return [{"license": {"id": licence}}]
    return [{"expression": licence}]


def licence_of(package: metadata.Distribution) -> str:
    """The licence of an installed package in SPDX's words, as far as it tells."""
    about: Any = package.metadata
    return licence(
        about["Name"], about.get("License-Expression"), about.get_all("Classifier") or (), about.get("License")
    )


def licence(name: str, expression: str | None, classifiers: Iterable[str], text: str | None) -> str:
    """A licence in SPDX's words, from what a package says of itself in the fields of its metadata."""
    if canonicalize_name(name) in BY_NAME:
        return BY_NAME[canonicalize_name(name)]
    told = [expression or ""]
    told += [each.split(" :: ")[-1] for each in classifiers if each.startswith("License :: ")]
    told += [(text or "").splitlines()[0] if text else ""]
    for words in told:
        if words and words not in ("OSI Approved", "UNKNOWN") and len(words) < 150:
            return SPDX.get(words, words)
    return "not told"


def licences_text(everything: dict[str, metadata.Distribution], worker: list[Package]) -> str:
    """A page of the licences of all packages."""
    lines = [
        "# Licences of what is used",
        "",
        "Nothing of others lies in the plugin's zip. A user's worker has the packages of the first table, as pip",
        "chooses them on Linux; builds for processors do without those of NVIDIA. A checkout has those of the second.",
        "Written by `make sbom` from what the packages say of themselves.",
    ]
    rows = [(package.name, package.version, package.licence) for package in worker]
    own = [(name, version_of(package), licence_of(package)) for name, package in everything.items()]
    for title, table in (("The worker", rows), ("A checkout", own)):
        lines += ["", f"## {title}", "", "| package | version | licence |", "|---|---|---|"]
        lines += [f"| {name} | {version} | {told.removeprefix('LicenseRef-')} |" for name, version, told in table]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
