"""Outlines of tiles as GeoJSON, in the CRS of the tiles."""

import json
from collections.abc import Iterable

from ...errors import OutputError
from ..raster.grid import Grid, apply
from ..raster.vectors_out import crs_member


def write_footprints(path: str, tiles: Iterable[Grid], seed: int) -> None:
    """One polygon for each tile with `id` from 1, `seed`, and `row` and `col` of its corner from the CRS origin.

    Seed, row and column decide a tile's noise. Raises OutputError.
    """
    features, crs = [], None
    for number, tile in enumerate(tiles, start=1):
        crs, (row, col) = tile.crs, tile.lattice_origin()
        corners = [(0, 0), (0, tile.height), (tile.width, tile.height), (tile.width, 0), (0, 0)]
        ring = [list(apply(tile.transform, *corner)) for corner in corners]
        properties = {"id": number, "seed": seed, "row": row, "col": col}
        geometry = {"type": "Polygon", "coordinates": [ring if tile.transform.determinant < 0 else ring[::-1]]}
        features.append({"type": "Feature", "properties": properties, "geometry": geometry})
    collection = {"type": "FeatureCollection", "crs": crs_member(crs), "features": features}
    try:
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            json.dump(collection, file)
    except OSError as error:
        raise OutputError(
            f"{path} could not be written whole ({error.strerror}). Free space on the disk or choose another folder."
        ) from error
