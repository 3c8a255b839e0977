"""The direction of a change in numbers: what its pixels were before and after, band by band, as columns of a table."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..raster.types import Bytes, Counts, Floats, Pixels
from .band_roles import OTHER
from .classes import Kind
from .indices import indices_of, normalized_difference

# Of more bands only those with a role get columns.
MOST_BANDS = 32
_MOST_LETTERS = 20
Value = float | str | None


@dataclass(frozen=True)
class Direction:
    """Which columns a patch of change gets, from the sums of its pixels: both dates' bands, then a count of each kind.

    names: of the bands, as columns are called. roles: of the bands. scales, offsets: from their numbers to what they
    measure, for indices. kinds: () for none.
    """

    names: Sequence[str]
    roles: Sequence[str]
    scales: Floats
    offsets: Floats
    kinds: Sequence[Kind] = ()
    pure: bool = False

    def with_kinds(self, kinds: Sequence[Kind], pure: bool) -> "Direction":
        """The same with kinds; pure: whether all pixels of a patch are of one."""
        return replace(self, kinds=kinds, pure=pure)

    @property
    def width(self) -> int:
        """Number of sums."""
        return 2 * len(self.names) + len(self.kinds)

    @property
    def bands(self) -> list[int]:
        """Positions of the bands that get columns."""
        few = len(self.names) <= MOST_BANDS
        return [place for place, role in enumerate(self.roles) if few or role != OTHER]

    def sums(self, patches: Counts, count: int, before: Pixels, after: Pixels, kinds: Bytes) -> Floats:
        """Sums float64 [count, width] over pixels: each one's patch int64 [N], both dates float32 [N, C], kind [N]."""
        columns = [*before.T, *after.T, *(kinds == kind.number for kind in self.kinds)]
        return np.stack([np.bincount(patches, column, minlength=count) for column in columns], axis=1)

    def columns(self) -> dict[str, str]:
        """Name and type, string or double, of each column, in order."""
        found = {"kind": "string"} if self.kinds else {}
        found |= {"kind_share": "double"} if self.kinds and not self.pure else {}
        stems = [*(self.names[band] for band in self.bands), *indices_of(self.roles)]
        return {**found, **{f"{stem}_{when}": "double" for stem in stems for when in ("before", "after", "change")}}

    def values(self, sums: Floats, pixels: int) -> Iterator[Value]:
        """The values of a patch's columns: sums float64 [width] over so many pixels; None where an index has no value.

        Bands are means; indices are those of the means.
        """
        count = len(self.names)
        before, after, kinds = sums[:count] / pixels, sums[count : 2 * count] / pixels, sums[2 * count :]
        if self.kinds:
            most = int(np.argmax(kinds))
            yield self.kinds[most].name
            if not self.pure:
                yield float(kinds[most]) / pixels
        for band in self.bands:
            yield from (float(before[band]), float(after[band]), float(after[band] - before[band]))
        # Matching may bring what is dark below 0, where an index means nothing.
        first, second = (np.maximum(date * self.scales + self.offsets, 0) for date in (before, after))
        for one, other in indices_of(self.roles).values():
            old, new = (normalized_difference(date[[one]], date[[other]])[0] for date in (first, second))
            yield from (None if np.isnan(value) else float(value) for value in (old, new, new - old))


def band_columns(names: Sequence[str | None], roles: Sequence[str]) -> list[str]:
    """How columns call each band: by its role, else its name in small letters, else its number; no two alike."""
    found: list[str] = []
    for number, (name, role) in enumerate(zip(names, roles, strict=True), start=1):
        slug = re.sub(r"[^a-z0-9]+", "_", (name or "").lower()).strip("_")
        stem = role if role != OTHER else slug if 0 < len(slug) <= _MOST_LETTERS else f"band_{number}"
        found.append(stem if stem not in (*found, *roles[number:]) else f"band_{number}")
    return found
