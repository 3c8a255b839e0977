"""What a raster's tags say of how it was made: nothing of time or machine, so that equal jobs give equal bytes."""

import configparser
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]


@cache
def version() -> str:
    """The version in metadata.txt, which lies in the plugin's folder or, in a checkout, above it."""
    metadata = configparser.ConfigParser(interpolation=None)
    metadata.read([PACKAGE.parent / "metadata.txt", PACKAGE / "metadata.txt"], "utf-8")
    return metadata.get("general", "version", fallback="unknown")


def provenance_tags(algorithm: str, seed: int, **more: object) -> dict[str, str]:
    """Tags of a raster; further ones by name, those that are None left out."""
    tags: dict[str, object] = {"QGIS_DDPM_ALGORITHM": algorithm, "QGIS_DDPM_VERSION": version(), "SEED": seed, **more}
    return {name: str(value) for name, value in tags.items() if value is not None}
