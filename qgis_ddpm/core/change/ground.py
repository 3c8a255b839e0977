"""What changed pixels were before and after: read once more where something changed, told by kind and summed by patch.

The dates are matched in brightness on pixels that did not change, so that haze and season are no kind of change.
"""

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from time import monotonic

import numpy as np

from ...events import Event, Note, Progress
from ..kinds.band_roles import Roles
from ..kinds.classes import Kind, KindsOfChange
from ..kinds.clusters import ClusterKinds, VectorSample
from ..kinds.direction import Direction, band_columns
from ..kinds.rules import RuleKinds
from ..kinds.smoothing import smoothed
from ..kinds.zones import Zones
from ..pairs.matching import unchanged_fit
from ..pairs.pair import Pair
from ..raster.random import place_keys
from ..raster.types import Bytes, Counts, Floats, Pixels, Valid, Window
from .patches import label_strip

# Side of what is read at once: never the job's block, so that sums always round alike.
PIECE_PX = 512
# Of the pixels of a strip.
Scan = Callable[[int, int], Valid]


@dataclass(frozen=True)
class StripGround:
    """Of a strip: kinds uint8 [n, width], 1 for all change where none are told; sums float64 [patches, K].

    split: the kinds where each patch is to be of one, else None.
    """

    kinds: Bytes
    sums: Floats
    split: Bytes | None


class ChangedGround:
    """The ground of a window of a pair. `prepare` comes first; where `learns`, `learn` before `look`.

    roles: of the bands. classes: so many clusters instead of rules; None for rules where the roles allow them. zones:
    polygons to be counted in. split: whether a patch of change is of one kind.
    """

    def __init__(
        self,
        pair: Pair,
        window: Window,
        roles: Roles,
        classes: int | None,
        seed: int,
        zones: Zones | None = None,
        split: bool = True,
    ) -> None:
        self._pair, self._window, self._classes, self._seed = pair, window, classes, seed
        self.zones, self._split = zones, split
        scales = np.array(pair.before.scales)
        names = band_columns(pair.before.descriptions, roles)
        self.direction = Direction(names, roles, scales[:, 0], scales[:, 1])
        self._kinds: KindsOfChange | None = None
        # Of what changed, by the number of its kind.
        self._areas: Floats = np.zeros(2)

    @property
    def learns(self) -> bool:
        """Whether kinds are found from the changed pixels themselves."""
        return self._classes is not None

    @property
    def tells_kinds(self) -> bool:
        """Whether there are kinds."""
        return self.learns or RuleKinds.allowed_by(self.direction.roles)

    @property
    def splits(self) -> bool:
        """Whether a patch of change is of one kind."""
        return self._split and self.tells_kinds

    @property
    def kinds(self) -> Sequence[Kind]:
        """The kinds, once they are known; () where none are told."""
        return () if self._kinds is None else self._kinds.kinds

    def prepare(self) -> Generator[Event, None, None]:
        """Match the dates on the sample of the pair."""
        fit = yield from unchanged_fit(self._pair)
        if not fit.enough:
            yield Note(
                "Few pixels seem unchanged: what changed is told from dates that are matched on all pixels.", "warning"
            )
        self._gain, self._offset = (part.astype(np.float32) for part in (fit.gain, fit.offset))
        sample = yield from self._pair.sample()
        squares = np.average(
            np.square(self._matched(sample.after) - sample.before, dtype=np.float64), axis=0, weights=fit.weights
        )
        least = 1e-3 * np.maximum(sample.before.std(axis=0), 1e-6)
        self._noise = np.maximum(np.sqrt(squares), least)
        if self.tells_kinds and not self.learns:
            scales = [np.array(date.scales) for date in (self._pair.before, self._pair.after)]
            self._found(RuleKinds(self.direction.roles, (sample.before, sample.after), fit.weights, scales))

    def learn(self, changed: Scan, strips: Sequence[tuple[int, int]]) -> Iterator[Event]:
        """Find clusters of change; changed(row, rows) gives the strips, in order, as bool [rows, width]."""
        sample = VectorSample(self._pair.count)
        row_origin, col_origin = self._pair.grid.lattice_origin()
        for row, rows in strips:
            for top, left, part in self._pieces(row, changed(row, rows)):
                down, right = np.nonzero(part)
                origin = row_origin + self._window[0] + row + top, col_origin + self._window[1] + left
                keys = place_keys(self._seed, down + origin[0], right + origin[1])
                if sample.wanted(keys):
                    before, after = self._read(row + top, left, part)
                    sample.add(keys, self._matched(after) - before)
                yield Progress(row + top, self._window[2], "row", "kinds")
        if not len(sample.vectors):
            yield Note("Nothing changed, so that there are no kinds of change.")
        self._found(ClusterKinds(sample.vectors, self._noise, int(self._classes or 1), self._seed))
        if 0 < len(self.kinds) < int(self._classes or 1):
            yield Note(f"CLASSES is {self._classes}, but changes differ in {len(self.kinds)} ways alone.")

    def look(self, row: int, changed: Valid, areas: Floats) -> Generator[Event, None, StripGround]:
        """What there is to tell of the strip that begins at a row of the window.

        changed: bool [n, width]; areas of its pixels, [n] or [n, width].
        """
        kinds = changed.astype(np.uint8)
        if self.splits:
            yield from self._tell(row, changed, kinds)
            kinds = smoothed(kinds)
        pieces: list[tuple[Counts, Floats]] = []
        for top, left, part in self._pieces(row, changed):
            here = slice(top, top + part.shape[0]), slice(left, left + part.shape[1])
            before, after = self._read(row + top, left, part)
            matched = self._matched(after)
            if self._kinds is not None and not self.splits:
                kinds[here][part] = self._kinds.classify(before, after, matched)
            found = kinds[here][part]
            weights = np.broadcast_to(areas[here[0], None] if areas.ndim == 1 else areas[here], part.shape)[part]
            self._areas += np.bincount(found, weights, minlength=len(self._areas))
            # Patches of the piece, and a pixel of each by which the patch of the strip is found.
            labels, count = label_strip(part, kinds[here] if self.splits else None)
            _, first = np.unique(labels[part], return_index=True)
            place = np.flatnonzero(part)[first]
            sums = self.direction.sums(labels[part].astype(np.int64) - 1, count, before, matched, found)
            pieces.append(((place // part.shape[1] + top) * changed.shape[1] + place % part.shape[1] + left, sums))
            yield Progress(row + top, self._window[2], "row", "what changed")
        split = kinds if self.splits else None
        labels, count = label_strip(changed, split)
        total = np.zeros((count, self.direction.width))
        for places, sums in pieces:
            np.add.at(total, labels.ravel()[places] - 1, sums)
        return StripGround(kinds, total, split)

    def _tell(self, row: int, changed: Valid, kinds: Bytes) -> Generator[Event, None, None]:
        """Put the kinds of a strip's changed pixels into it, as each pixel by itself tells them."""
        for top, left, part in self._pieces(row, changed):
            if self._kinds is not None:
                before, after = self._read(row + top, left, part)
                here = slice(top, top + part.shape[0]), slice(left, left + part.shape[1])
                kinds[here][part] = self._kinds.classify(before, after, self._matched(after))
            yield Progress(row + top, self._window[2], "row", "kinds")

    def summary(self) -> Iterator[Note]:
        """The share of each kind of all that changed, and remarks on the zones."""
        total = self._areas.sum()
        if self.kinds and total > 0:
            shares = [f"{kind.name} {self._areas[kind.number] / total:.1%}" for kind in self.kinds]
            yield Note(f"Of what changed: {', '.join(shares)}.")
        if self.zones is not None:
            yield from (Note(text, "warning") for text in self.zones.remarks())

    def measure(self) -> float:
        """Seconds that reading takes at most, where something changed everywhere, by a piece of the window."""
        _, _, height, width = self._window
        part = np.ones((min(PIECE_PX, height), min(PIECE_PX, width)), dtype=bool)
        started = monotonic()
        self._read(0, 0, part)
        return (monotonic() - started) * height * width / part.size * (1 + self.learns + self.splits)

    def _found(self, kinds: KindsOfChange) -> None:
        self._kinds = kinds
        self._areas = np.zeros(len(kinds.kinds) + 1)
        self.direction = self.direction.with_kinds(kinds.kinds, self._split)

    def _pieces(self, row: int, changed: Valid) -> Iterator[tuple[int, int, Valid]]:
        """The pieces of a strip in which something changed: first row in it, first column, changed."""
        # The seams are those of the window, wherever strips begin.
        first = -(row % PIECE_PX)
        for start in range(first, changed.shape[0], PIECE_PX):
            top = max(start, 0)
            for left in range(0, changed.shape[1], PIECE_PX):
                part = changed[top : start + PIECE_PX, left : left + PIECE_PX]
                if part.any():
                    yield top, left, part

    def _read(self, row: int, col: int, part: Valid) -> tuple[Pixels, Pixels]:
        """Pixels float32 [N, C] of both dates where a piece changed."""
        before, after, _ = self._pair.read(self._window[0] + row, self._window[1] + col, *part.shape)
        return before[:, part].T, after[:, part].T

    def _matched(self, after: Pixels) -> Pixels:
        """Pixels of the second date as they look in the first's light."""
        return after * self._gain + self._offset
