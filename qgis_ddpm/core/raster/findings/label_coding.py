"""Which values labels hold: any but 0 marks a pixel, which is not what every coding of change means."""

from collections.abc import Iterator

import numpy as np

from ..types import Pixels, Valid

# So many values are told apart; more are many.
MOST_VALUES = 4
# Where more of the known pixels are marked, 0 may well mean change.
MUCH = 0.75


class LabelCoding:
    """The values that were met in labels so far."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.known = self.marked = 0
        self._marks: set[float] = set()

    def add(self, pixels: Pixels, marked: Valid, known: Valid) -> None:
        """Take in a window: float32 [C, h, w], of which the largest of all bands is the value; bool [h, w] each."""
        values = pixels.max(axis=0) if len(pixels) > 1 else pixels[0]
        values = values[marked]
        self.known += int(np.count_nonzero(known))
        self.marked += len(values)
        for value in self._marks:
            values = values[values != value]
        while len(values) and len(self._marks) <= MOST_VALUES:
            self._marks.add(float(values[0]))
            values = values[values != values[0]]

    def remarks(self, name: str, all_may_be_marked: bool = False) -> Iterator[str]:
        """What to ask of the labels; name: what a job calls them, such as REFERENCE.

        all_may_be_marked: whether other data say what is not marked.
        """
        if not self.marked:
            return
        values = sorted(self._marks)
        shown = ", ".join(f"{value:.6g}" for value in values[:MOST_VALUES])
        shown += " and more" if len(values) > MOST_VALUES else ""
        share = self.marked / self.known
        if self.marked == self.known and not all_may_be_marked:
            yield (
                f"{name} {self.path} marks every known pixel as changed: it holds {shown} and no 0. If one of these "
                "means no change, set it to 0."
            )
        elif len(values) > 1:
            yield (
                f"{name} {self.path} holds more than two values (0, {shown}), and all but 0 counts as change. If that "
                "is not so, make it 0 and 1, and nodata where it is not known."
            )
        elif share > MUCH and not all_may_be_marked:
            text = f"{name} {self.path} marks {share:.0%} of the known pixels as changed."
            yield f"{text} If 0 means change, turn it round."
