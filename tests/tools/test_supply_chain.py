"""The lock, the bill of materials and the page of licences speak of the same packages: all that are asked for."""

import configparser
import json
import re
import stat

import pytest
from packaging.requirements import Requirement

from qgis_ddpm.environment.requirements import REQUIREMENTS
from tools import audit
from tools.supply_chain import LICENCES, LOCK, OF_DEBIAN, ROOT, SBOM, packages_of, requirements


def locked() -> dict[str, str]:
    lines = [line.split(";")[0] for line in LOCK.read_text().splitlines() if not line.startswith("#")]
    return dict(line.split("==") for line in lines)


def test_all_that_is_asked_for_is_locked_at_a_version_within_its_bounds():
    found = locked()
    for name, requirement in requirements(ROOT / "requirements" / "dev.txt").items():
        assert requirement.specifier.contains(found[name], prereleases=True), name


def test_what_the_worker_needs_has_bounds_on_both_sides_and_a_reason():
    for line in (ROOT / "requirements" / "runtime.txt").read_text().splitlines():
        if not line.startswith("#"):
            assert re.fullmatch(r"\S+\s+# .{20,}", line), line
    wanted = requirements(ROOT / "requirements" / "runtime.txt")
    for name, text in REQUIREMENTS.items():
        assert {each.operator for each in wanted[name].specifier} >= {">="}
        # The set-up may ask for newer ones than Debian's, never for other ends.
        ends = [{str(each) for each in r.specifier if each.operator == "<"} for r in (wanted[name], Requirement(text))]
        assert ends[0] == ends[1], name


def test_every_bound_has_both_sides_or_is_one_version_with_its_reason():
    """constraints.txt may leave a side open: its reasons say why."""
    wanted = requirements(ROOT / "requirements" / "dev.txt")
    build = re.findall(
        r'"([^"]+)"', re.search(r"\nrequires = \[(.*)\]", (ROOT / "pyproject.toml").read_text()).group(1)
    )
    everything = [*wanted.values(), *map(Requirement, build), *map(Requirement, REQUIREMENTS.values())]
    for name in ("Makefile", "tools/renew.sh"):
        everything += map(Requirement, re.findall(r"pip install[^'\n]*'([^'\n]+)'", (ROOT / name).read_text()))
    assert len(everything) > 25
    for requirement in everything:
        assert {each.operator for each in requirement.specifier} == {">=", "<"}, requirement
    for name in ("runtime.txt", "dev.txt", "constraints.txt"):
        for line in (ROOT / "requirements" / name).read_text().splitlines():
            assert not line or line.startswith(("#", "-")) or re.search(r"\s# .{20,}", line), line


def test_the_bill_of_materials_names_every_package_of_the_worker_with_version_and_licence():
    content = json.loads(SBOM.read_text())
    assert (content["bomFormat"], content["specVersion"]) == ("CycloneDX", "1.5")
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", content["serialNumber"])
    metadata = configparser.ConfigParser(interpolation=None)
    metadata.read(ROOT / "metadata.txt")
    assert content["metadata"]["component"]["version"] == metadata["general"]["version"]
    components = {component["name"]: component for component in content["components"]}
    wanted = requirements(ROOT / "requirements" / "runtime.txt")
    assert set(components) >= set(wanted)
    for name, requirement in wanted.items():
        assert requirement.specifier.contains(components[name]["version"]), name
    for name, component in components.items():
        assert component["purl"] == component["bom-ref"] == f"pkg:pypi/{name}@{component['version']}"
        assert component["licenses"]


def test_the_bill_of_materials_is_what_a_user_gets_and_nothing_of_a_checkout():
    content = json.loads(SBOM.read_text())
    components = {component["name"]: component for component in content["components"]}
    tree = {entry["ref"]: entry["dependsOn"] for entry in content["dependencies"]}
    wanted = requirements(ROOT / "requirements" / "runtime.txt")
    assert tree["qgis_ddpm"] == [components[name]["bom-ref"] for name in sorted(wanted)]
    reached, todo = set(), ["qgis_ddpm"]
    while todo:
        reference = todo.pop()
        reached.add(reference)
        todo += [each for each in tree[reference] if each not in reached]
    assert reached == {"qgis_ddpm", *(component["bom-ref"] for component in components.values())}
    own = set(requirements(ROOT / "requirements" / "dev.txt")) - set(wanted)
    assert len(own) > 5
    assert not own & set(components)
    # What only pip into an empty environment shows: Matplotlib of Debian comes without these.
    assert {"contourpy", "kiwisolver", "packaging"} <= set(components)
    debian = [line.split("==")[0] for line in LOCK.read_text().splitlines() if OF_DEBIAN in line]
    assert any(components[name]["version"] != locked()[name] for name in debian if name in components)


def test_needs_are_read_as_pip_resolved_them():
    environment = {"python_version": "3.11", "sys_platform": "linux", "platform_machine": "x86_64"}

    def package(name, *needs, **more):
        return {"metadata": {"name": name, "version": "1.0+cpu", "requires_dist": list(needs), **more}}

    report = {
        "environment": environment,
        "install": [
            package("A.b", "c_d; sys_platform == 'linux'", "e; sys_platform == 'win32'", "c-d; extra == 'x'", "gone"),
            package("c_d", license_expression="MIT"),
            package("e", classifier=["License :: OSI Approved :: BSD License"]),
        ],
    }
    found = packages_of(report)
    assert [(each.name, each.version, each.licence, each.needs) for each in found] == [
        ("a-b", "1.0", "not told", ("c-d",)),
        ("c-d", "1.0", "MIT", ()),
        ("e", "1.0", "BSD-3-Clause", ()),
    ]


# Answers as pip-audit does, with what the test wants of it.
AUDITOR = """#!/bin/sh
cat REPORT
echo "No known vulnerabilities found" >&2
"""


@pytest.fixture
def auditor(tmp_path, monkeypatch, capsys):
    """Audit a lock and a bill of one package each with a pip-audit that gives a report; (status, output)."""
    lock, bill = tmp_path / "lock.txt", tmp_path / "sbom.json"
    lock.write_text(f'A_b==1.0; python_version == "3.7"\nold==0.1; python_version == "3.7"  {OF_DEBIAN}\n')
    bill.write_text(json.dumps({"components": [{"name": "a-b", "version": "1.0"}]}))
    monkeypatch.setattr(audit, "LOCK", lock)
    monkeypatch.setattr(audit, "SBOM", bill)

    def call(*dependencies):
        (tmp_path / "report").write_text(json.dumps({"dependencies": list(dependencies)}))
        program = tmp_path / "pip-audit"
        program.write_text(AUDITOR.replace("REPORT", str(tmp_path / "report")))
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setattr(audit.sys, "argv", ["audit", str(program)])
        return audit.main(), capsys.readouterr().out

    return call


GOOD = {"name": "a-b", "version": "1.0", "vulns": []}
OLD = {"name": "old", "version": "0.1", "vulns": []}
FAULT = {"id": "PYSEC-1", "fix_versions": ["1.1"]}


def test_an_audit_that_looked_at_all_and_found_nothing_is_good(auditor):
    assert auditor(GOOD, OLD) == (0, "the lock: 2 packages, 0 problems\nwhat a user gets: 1 packages, 0 problems\n")


@pytest.mark.parametrize(
    ("dependencies", "words"),
    [
        ([{"name": "a-b", "skip_reason": "not found on the index"}, OLD], "was not looked at: not found on the index"),
        ([GOOD, {"name": "old", "skip_reason": "no"}], "old 0.1 was not looked at"),
        ([OLD], "a-b 1.0 was not looked at: pip-audit left it out"),
        ([], "a-b 1.0 was not looked at"),
        ([{**GOOD, "version": "2.0"}, OLD], "looked at 2.0"),
        ([{**GOOD, "vulns": [FAULT]}, OLD], "a-b 1.0 has PYSEC-1, mended in 1.1"),
    ],
)
def test_an_audit_fails_where_a_package_was_skipped_or_has_a_known_fault(auditor, dependencies, words):
    status, output = auditor(*dependencies)
    assert status == 1
    assert words in output


def test_a_fault_that_debian_mends_under_the_same_number_is_told(auditor):
    status, output = auditor(GOOD, {**OLD, "vulns": [FAULT]})
    assert status == 0
    assert "only told: old 0.1 has PYSEC-1" in output


def test_an_audit_without_a_report_fails(auditor, monkeypatch, tmp_path):
    auditor(GOOD, OLD)
    (tmp_path / "report").write_text("")
    with pytest.raises(SystemExit, match="no report"):
        audit.main()


def test_renewing_does_not_bind_itself_by_the_lock():
    text = (ROOT / "tools" / "renew.sh").read_text()
    assert "grep -v '^-c lock.txt' requirements/dev.txt" in text
    assert "-c lock.txt" in (ROOT / "requirements" / "dev.txt").read_text().splitlines()
    assert "tools/renew.sh" in (ROOT / "Makefile").read_text()


def test_no_licence_is_left_untold():
    page = LICENCES.read_text()
    assert "not told" not in page
    for name, version in locked().items():
        assert f"| {name} | {version} |" in page
