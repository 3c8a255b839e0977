"""The kinds that change may have, by number, with their names and colours; pixels without change have 0."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from ..raster.types import Bytes, Pixels

UNCHANGED, NODATA = 0, 255
MOST_CLASSES = 20
Colour = tuple[int, int, int, int]
# That people with any colour vision tell apart (Okabe and Ito 2008), then those of Tol's muted scheme.
_CLUSTERS = (
    (230, 159, 0), (86, 180, 233), (0, 158, 115), (240, 228, 66), (0, 114, 178), (213, 94, 0), (204, 121, 167),
    (51, 34, 136), (136, 204, 238), (68, 170, 153), (17, 119, 51), (153, 153, 51), (221, 204, 119), (204, 102, 119),
    (136, 34, 85), (170, 68, 153), (90, 90, 90), (160, 160, 160), (120, 80, 40), (200, 160, 120),
)  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """A kind of change: its number in rasters, its name in tables, its colour."""

    number: int
    name: str
    colour: Colour

    @property
    def column(self) -> str:
        """The name as a column's."""
        return self.name.replace(" ", "_")


class KindsOfChange(Protocol):
    """What tells kinds: `kinds` numbered from 1 without gaps."""

    kinds: Sequence[Kind]

    def classify(self, before: Pixels, after: Pixels, matched: Pixels) -> Bytes:
        """Numbers uint8 [N] of changed pixels float32 [N, C] of both dates.

        matched: the second date in the first's light.
        """


def cluster_kinds(count: int) -> tuple[Kind, ...]:
    """Kinds without a meaning of their own: "kind 1" and so on."""
    return tuple(Kind(number, f"kind {number}", (*_CLUSTERS[number - 1], 255)) for number in range(1, count + 1))


def colour_table(kinds: Sequence[Kind]) -> Mapping[int, Colour]:
    """The palette of a raster of kinds."""
    return {UNCHANGED: (255, 255, 255, 0), **{kind.number: kind.colour for kind in kinds}}
