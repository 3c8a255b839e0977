"""The losses of a training as it went, and their curves."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ..outputs.pictures import plot_curves


@dataclass
class LossHistory:
    """Training and validation loss, each (tiles seen, loss); by_level: the last validation loss at each of `sigmas`."""

    sigmas: Sequence[float]
    training: list[tuple[int, float]] = field(default_factory=list)
    validation: list[tuple[int, float]] = field(default_factory=list)
    by_level: list[float] = field(default_factory=list)

    def restore(self, rows: Iterable[Mapping[str, float | None]]) -> None:
        """Take back the rows of an experiment's metrics."""
        for row in rows:
            for name, curve in self._curves().items():
                if (loss := row[f"{name}_loss"]) is not None:
                    curve.append((int(row["tiles"] or 0), loss))

    def plot(self) -> bytes:
        """Both losses over the tiles seen, as PNG."""
        shown = {name: curve for name, curve in self._curves().items() if curve}
        curves = {name: ([float(tiles) for tiles, _ in c], [loss for _, loss in c]) for name, c in shown.items()}
        return plot_curves(curves, "tiles seen", "loss", log_y=True)

    def plot_levels(self, tiles: int, before: Sequence[Sequence[float]]) -> bytes:
        """The last validation loss by noise level, after so many tiles, as PNG.

        before: rows of tiles and losses of the run so far, of which two are shown beside it where there are enough.
        """
        shown = [before[len(before) // 4], before[len(before) // 2]] if len(before) >= 4 else []
        x = [math.log10(sigma) for sigma in self.sigmas]
        curves = {f"after {int(row[0]):,} tiles": (x, list(row[1:])) for row in shown}
        curves[f"after {tiles:,} tiles"] = (x, self.by_level)
        return plot_curves(curves, "log10 of sigma (noise over signal)", "validation loss", log_y=True)

    def _curves(self) -> dict[str, list[tuple[int, float]]]:
        return {"training": self.training, "validation": self.validation}
