"""Known pixels that are hidden in holes of the shapes of gaps, and what is estimated there."""

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from ....events import Event, Progress
from ...raster.types import Floats, Valid, Window
from ..estimates import FAR_PX, KRIGING, LEVEL, Estimator
from ..holes import distances, holes_of
from ..reading import GapWindow
from ..texture import Texture
from ..weighing import Held


@dataclass(frozen=True)
class Hole:
    """A hole in a window: components [C, h, w] as they are, as estimated by way, and how a draw differs.

    inner: [h, w], what of it is looked at; missing: all that is estimated; known, there, distance: without what was
    hidden. predictors: of other dates, None without any. hidden: the hole in the whole window.
    """

    truth: Floats
    estimates: Mapping[str, Floats]
    difference: Floats
    inner: Valid
    missing: Valid
    known: Valid
    there: Valid
    distance: Floats
    predictors: Floats | None
    hidden: Valid

    def refined(self, way: str, values: Floats, difference: Floats) -> "Hole":
        """The same hole with one more estimate, and another draw."""
        return replace(self, estimates={**self.estimates, way: values}, difference=difference)


@dataclass
class HeldOut:
    """What was held out so far. keeps: whether holes themselves are kept, for a network to be tried on."""

    keeps: bool = False
    texture: Texture = field(default_factory=Texture)
    holes: list[Hole] = field(default_factory=list)
    _parts: list[Held] = field(default_factory=list)

    def add(self, hole: Hole) -> None:
        """Take in a hole."""
        chosen = {way: each[:, hole.inner] for way, each in hole.estimates.items()}
        self._parts.append(Held(hole.distance[hole.inner], hole.truth[:, hole.inner], chosen))
        self.texture.add(hole.truth, hole.estimates, hole.difference, hole.inner)
        if self.keeps:
            self.holes.append(hole)

    @property
    def pixels(self) -> Held | None:
        """All pixels that were held out, None where there is none."""
        return Held.joined(self._parts) if self._parts else None


def holding_out(
    estimator: Estimator,
    places: Sequence[Window],
    windows: Sequence[GapWindow],
    ways: Sequence[str],
    seed: int,
    turns: Iterable[int],
    take: Callable[[int, Hole], None],
    around_px: int = 0,
    but: Mapping[int, Valid] | None = None,
) -> Generator[Event, None, None]:
    """Make holes in each window, and give them with its number.

    turns: numbers of the holes in each window. around_px: how far around a place all that is missing is estimated, for
    the network to see; 0 = what was hidden alone. but: pixels of each window that are not hidden.
    """
    # What lies beyond the raster is no gap, and has no shape of one.
    gaps = [gap for window in windows if (gap := inner_part(~window.known, window.inside)).any()]
    turns = list(turns)
    for number, (place, window) in enumerate(zip(places, windows, strict=True)):
        yield Progress(number, len(places), "place", "holding known pixels out")
        if not gaps or not window.known.any():
            continue
        truth = estimator.components.forward(window.pixels.astype(np.float64))
        part = _part(place, window, around_px)
        whole = (slice(None), *part)
        core = np.zeros(window.known.shape, dtype=bool)
        core[_part(place, window, 0)] = True
        if estimator.led is not None and LEVEL in ways:
            core &= window.there.any(axis=0)
        for hole in holes_of(window.known, gaps, number, turns):
            hidden_px = hole if but is None or number not in but else hole & ~but[number]
            inner = hidden_px & core
            if not inner.any():
                continue
            hidden = window.without(hidden_px)
            missing = inner
            if around_px:
                missing = np.zeros_like(inner)
                missing[part] = (~hidden.known & window.inside)[part]
            estimates, differences, there = estimator.estimates(hidden, missing, (KRIGING, *ways), seed, 1)
            given = None
            if around_px and estimator.predictors is not None:
                given = estimator.predictors.of(hidden.other, hidden.there)[whole]
            take(
                number,
                Hole(
                    truth=truth[whole],
                    estimates={way: each[whole] for way, each in estimates.items()},
                    difference=differences[0][whole],
                    inner=inner[part],
                    missing=missing[part],
                    known=hidden.known[part],
                    there=there[part],
                    distance=np.minimum(distances(hidden.known), FAR_PX)[part],
                    predictors=given,
                    hidden=hidden_px,
                ),
            )


def inner_part(values: Valid, inside: Valid) -> Valid:
    """The part of a window that lies inside the raster."""
    rows, columns = np.flatnonzero(inside.any(axis=1)), np.flatnonzero(inside.any(axis=0))
    return values[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _part(place: Window, window: GapWindow, around_px: int) -> tuple[slice, slice]:
    """Where a window is the place that it was read around, and so many pixels more."""
    row, col = (at - start for at, start in zip(place[:2], window.place[:2], strict=True))
    height, width = window.known.shape
    return (
        slice(max(row - around_px, 0), min(row + place[2] + around_px, height)),
        slice(max(col - around_px, 0), min(col + place[3] + around_px, width)),
    )
