"""Which bands of two dates belong together, and whether they are two dates at all."""

from ...file_identity import Identities
from ..raster.findings.band_names import differing, listed, match_names
from ..raster.source import RasterSource


def match_by_name(before: RasterSource, after: RasterSource, notes: list[str], warnings: list[str]) -> None:
    """Lay bands that both dates name side by side, in the first date's order; what was done or seems odd is added."""
    match = match_names(before.descriptions, after.descriptions)
    if match is None:
        others = differing(before.descriptions, after.descriptions)
        if others and before.count == after.count:
            warnings.append(
                f"Bands of {before.path} and {after.path} have other names in the same place ({listed(others)}); they "
                "are compared in their order. Name those that correspond with BANDS_BEFORE and BANDS_AFTER."
            )
        return
    for source, positions in ((before, match.first), (after, match.second)):
        names = [str(source.descriptions[position]) for position in positions]
        if positions != tuple(range(source.count)):
            notes.append(f"The bands of {source.path} are matched by their names: {listed(names)} are compared.")
            source.take_bands(positions)


def same_raster(before: RasterSource, after: RasterSource) -> list[str]:
    """A warning where both dates are the same bands of one file."""
    identities = Identities()
    if before.bands != after.bands or identities.key(before.path) != identities.key(after.path):
        return []
    return [f"Both dates are one raster, {before.path}: there is no change to be found. Choose the other date."]
