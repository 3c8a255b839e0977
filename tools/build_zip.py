"""The plugin as a zip: one top folder, as QGIS's "Install from ZIP" and the plugin repository want it."""

import configparser
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "qgis_ddpm"
# QGIS reads metadata.txt beside __init__.py; the repository refuses a zip without a licence; who audits reads the SBOM.
ADDED = ("metadata.txt", "LICENSE", "sbom.cdx.json")
# A list of what may go in: weights, scripts, libraries and editors' leavings then stay out by themselves.
SUFFIXES = {".py", ".svg", ".png", ".qml", ".yaml", ".md", ".txt", ".html", ".qm", ".model3", ".json"}
MAX_BYTES = 25_000_000
# The oldest time that a zip can hold, so that equal sources give equal bytes.
TIMESTAMP = (1980, 1, 1, 0, 0, 0)


def plugin_files(root: Path = ROOT, *, with_models: bool = False) -> dict[str, Path]:
    """Map each name inside the zip to its file in the checkout, sorted by name.

    with_models: whether the shipped models go along, which the plugin repository does not take.
    """
    files = {f"{PACKAGE}/{name}": root / name for name in ADDED}
    if with_models:
        files |= {f"{PACKAGE}/models/{path.name}": path for path in (root / "models").glob("*.safetensors")}
    for path in (root / PACKAGE).rglob("*"):
        inside = path.relative_to(root)
        hidden = any(part.startswith(".") or part == "__pycache__" for part in inside.parts)
        if path.is_file() and path.suffix in SUFFIXES and not hidden:
            files[inside.as_posix()] = path
    return dict(sorted(files.items()))


def build_zip(target: Path, root: Path = ROOT, *, with_models: bool = False) -> Path:
    """Write the plugin to `target` and return it; equal sources give equal bytes.

    Raises ValueError where the zip is larger than the plugin repository takes.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.part")
    with zipfile.ZipFile(part, "w") as archive:
        for name, path in plugin_files(root, with_models=with_models).items():
            entry = zipfile.ZipInfo(name, TIMESTAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, path.read_bytes())
    if part.stat().st_size > MAX_BYTES:
        raise ValueError(
            f"{part} has {part.stat().st_size} bytes; the plugin repository takes {MAX_BYTES}. "
            f"Look for large files in {PACKAGE}/."
        )
    return part.replace(target)


def main() -> int:
    """Build both zips at build/ and say what is in them."""
    metadata = configparser.ConfigParser(interpolation=None)
    metadata.read(ROOT / "metadata.txt", encoding="utf-8")
    for name, with_models in ((PACKAGE, False), (f"{PACKAGE}_with_models", True)):
        target = build_zip(ROOT / "build" / f"{name}.zip", with_models=with_models)
        print(
            f"{target.relative_to(ROOT)}: version {metadata['general']['version']}, "
            f"{len(plugin_files(with_models=with_models))} files, {target.stat().st_size / 1000:.0f} kB"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
