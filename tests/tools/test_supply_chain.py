"""The lock, the bill of materials and the page of licences speak of the same packages: all that are asked for."""

import configparser
import json
import re

from packaging.requirements import Requirement

from qgis_ddpm.environment import REQUIREMENTS
from tools.supply_chain import LICENCES, LOCK, ROOT, SBOM, requirements


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


def test_the_bill_of_materials_names_every_package_of_the_worker_with_version_and_licence():
    content = json.loads(SBOM.read_text())
    assert (content["bomFormat"], content["specVersion"]) == ("CycloneDX", "1.5")
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", content["serialNumber"])
    metadata = configparser.ConfigParser(interpolation=None)
    metadata.read(ROOT / "metadata.txt")
    assert content["metadata"]["component"]["version"] == metadata["general"]["version"]
    components = {component["name"]: component for component in content["components"]}
    assert set(components) >= set(requirements(ROOT / "requirements" / "runtime.txt"))
    versions = locked()
    for name, component in components.items():
        assert component["version"] == versions[name]
        assert component["purl"] == component["bom-ref"] == f"pkg:pypi/{name}@{versions[name]}"
        assert component["licenses"]
    assert set(content["dependencies"][0]["dependsOn"]) == {component["bom-ref"] for component in components.values()}


def test_no_licence_is_left_untold():
    page = LICENCES.read_text()
    assert "not told" not in page
    for name, version in locked().items():
        assert f"| {name} | {version} |" in page
