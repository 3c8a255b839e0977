"""What a raster's tags say of how it was made: nothing of time or machine, so that equal jobs give equal bytes."""

from ...metadata import version


def provenance_tags(algorithm: str, seed: int, **more: object) -> dict[str, str]:
    """Tags of a raster; further ones by name, those that are None left out."""
    tags: dict[str, object] = {"QGIS_DDPM_ALGORITHM": algorithm, "QGIS_DDPM_VERSION": version(), "SEED": seed, **more}
    return {name: str(value) for name, value in tags.items() if value is not None}
