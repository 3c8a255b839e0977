"""What a model card says of bands, and of what a conditional network is told beside the noise."""

import math
from dataclasses import dataclass
from typing import Any, Dict, Optional, Tuple

# What a condition is: numbers of bands, classes of pixels, or one label for a whole tile.
KINDS = ("values", "classes", "labels")
# Each class is a plane that the network sees.
MOST_CLASSES = 1024


@dataclass(frozen=True)
class BandScaling:
    """How one band's numbers become [-1, 1]: `low` goes to -1 and `high` to 1, in the source's own units."""

    name: str
    dtype: str
    low: float
    high: float
    nodata: Optional[float] = None


@dataclass(frozen=True)
class ConditionCard:
    """What a network is told beside the noise, as planes of numbers.

    kind: of KINDS. bands: of values, one plane each, scaled as the model's own. classes: whole numbers of a raster, or
    names of tiles, one plane each that is 1 where they hold. ratio: pixels of the model along one of the condition.
    dropout: the share of training tiles that were told nothing; a network that was always told cannot draw without.
    marked: whether one plane more is 1 where something is known; published networks have none. coarser: the condition
    is the model's own bands in larger pixels. residual: the network learnt only what such a condition lacks.
    """

    kind: str
    bands: Tuple[BandScaling, ...] = ()
    classes: Tuple[str, ...] = ()
    ratio: float = 1.0
    dropout: float = 0.0
    marked: bool = True
    coarser: bool = False
    residual: bool = False

    @property
    def planes(self) -> int:
        """How many planes the network sees."""
        return len(self.bands) + len(self.classes) + self.marked

    def reads_as(self, other: "Optional[ConditionCard]") -> bool:
        """Whether the planes of both stand for the same, in the same order."""
        if other is None or (self.kind, self.classes, self.marked) != (other.kind, other.classes, other.marked):
            return False
        return [band.name for band in self.bands] == [band.name for band in other.bands]


def condition_of(values: Optional[Dict[str, Any]]) -> Optional[ConditionCard]:
    """The condition of a model card's JSON, None where it has none. Raises ValueError, TypeError."""
    if values is None:
        return None
    bands = tuple(BandScaling(**band) for band in values.get("bands", ()))
    check_bands(bands)
    classes = tuple(values.get("classes", ()))
    card = ConditionCard(**{**values, "bands": bands, "classes": classes})
    named = bands if card.kind == "values" else classes
    if card.kind not in KINDS or len(bands) + len(classes) != len(named) or not 1 <= len(named) <= MOST_CLASSES:
        raise ValueError(f"condition {str(card.kind)[:60]} of {len(bands)} bands and {len(classes)} classes")
    if not all(isinstance(name, str) for name in classes):
        raise ValueError("names of classes of the condition")
    if not (0 < float(card.ratio) <= 1 << 14 and 0 <= float(card.dropout) < 1):
        raise ValueError(f"ratio {card.ratio} or dropout {card.dropout} of the condition")
    if not all(isinstance(each, bool) for each in (card.marked, card.coarser, card.residual)):
        raise ValueError(f"marked {card.marked}, coarser {card.coarser}, residual {card.residual} of the condition")
    if card.residual and not (card.coarser and card.marked):
        raise ValueError("residual of a condition that is not coarser")
    return card


def check_bands(bands: Tuple[BandScaling, ...]) -> None:
    """Raise ValueError for names and ranges that nothing could be computed with."""
    for band in bands:
        if not (isinstance(band.name, str) and isinstance(band.dtype, str)):
            raise ValueError(f"name of band {str(band.name)[:60]}")
        if not (math.isfinite(band.low) and math.isfinite(band.high) and band.low < band.high):
            raise ValueError(f"range of band {band.name!r}")
