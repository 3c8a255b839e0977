"""What a map writes of the ground: the raster of kinds, and the copy of the polygons for statistics."""

import json
from collections.abc import Generator, Mapping
from contextlib import ExitStack

import numpy as np

from ...events import Event
from ..kinds.classes import NODATA, colour_table
from ..outputs.transaction import OutputTransaction
from ..raster.grid import Grid
from ..raster.types import Floats, Valid
from ..raster.vectors_out import vector_part, write_lines
from ..raster.writer import RasterProfile, RasterWriter
from .ground import ChangedGround, StripGround


class GroundOutputs:
    """Writes KINDS and ZONES strip by strip; paths are None for what is not wanted."""

    def __init__(
        self, ground: ChangedGround, kinds: str | None, zones: str | None, transaction: OutputTransaction
    ) -> None:
        """Name the outputs, so that a folder that cannot be written is known before hours of work."""
        self._ground, self._kinds, self._zones, self._transaction = ground, kinds, zones, transaction
        self._writer: RasterWriter | None = None
        self._zones_part = transaction.temp_path(zones) if zones else ""
        if kinds:
            # Its palette is known only when the kinds are.
            transaction.reserve(kinds)

    def begin(self, stack: ExitStack, grid: Grid, tags: Mapping[str, str]) -> None:
        """Open the raster on a stack, once the kinds are known."""
        kinds = self._ground.kinds
        if self._ground.zones is not None:
            self._ground.zones.begin(kinds)
        if self._kinds:
            names = json.dumps({kind.number: kind.name for kind in kinds})
            about = ["kind of change, 0 unchanged"]
            profile = RasterProfile(grid, 1, "uint8", NODATA, about, {**tags, "KINDS": names}, colour_table(kinds))
            self._writer = stack.enter_context(RasterWriter(self._transaction, self._kinds, profile))

    def write(self, row: int, valid: Valid, changed: Valid, areas: Floats) -> Generator[Event, None, StripGround]:
        """Look at the strip that begins at a row, and write what there is of it: bool [n, width] each."""
        strip = yield from self._ground.look(row, changed, areas)
        if self._writer is not None:
            self._writer.write(row, 0, np.where(valid, strip.kinds, np.uint8(NODATA))[None])
        if self._ground.zones is not None:
            yield from self._ground.zones.add(row, valid, changed, strip.kinds, areas)
        return strip

    def finish(self) -> Generator[Event, None, None]:
        """Write the copy of the polygons, and tell what there is to tell."""
        yield from self._ground.summary()
        if self._zones and self._ground.zones is not None:
            with vector_part(self._zones, self._zones_part, self._transaction, geometry=None) as geojson:
                write_lines(geojson, self._ground.zones.features())
