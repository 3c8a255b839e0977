"""What a scene is made of, whoever delivered it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ...errors import InputError
from ...mask_values import MaskValues


@dataclass(frozen=True)
class SceneBand:
    """One band. name: as the product calls it; seen: what it sees, such as "red", "" where that is not known.

    path: as GDAL opens it. Its physical value is scale * pixel + offset, in `unit`. fill: what the sensor's product
    writes where it has nothing; None where that is not known.
    """

    name: str
    path: str
    seen: str = ""
    scale: float = 1.0
    offset: float = 0.0
    unit: str = ""
    fill: float | None = None

    @property
    def description(self) -> str:
        """The name that the band gets: "B4 nir", since B4 is near infrared with one sensor and red with another."""
        return f"{self.name} {self.seen}".strip()


@dataclass(frozen=True)
class QualityBand:
    """The band that tells clouds. numbers: bands of the file, of which each hides pixels by `values`."""

    path: str
    values: MaskValues
    numbers: tuple[int, ...] = (1,)


@dataclass(frozen=True)
class Scene:
    """All bands that are there. tags: texts for the raster that is made. lacking: bands that the product has, and
    the folder does not."""

    bands: Sequence[SceneBand]
    quality: QualityBand | None = None
    tags: Mapping[str, str] = field(default_factory=dict)
    lacking: Sequence[str] = ()

    def chosen(self, wanted: Sequence[str]) -> list[SceneBand]:
        """The bands of these names, or which see this; without names all but panchromatic ones. Raises InputError."""
        if not wanted:
            return [band for band in self.bands if band.seen != "pan"] or list(self.bands)
        return [self._band(name) for name in wanted]

    def _band(self, wanted: str) -> SceneBand:
        key = _key(wanted)
        found = [band for band in self.bands if _is_named(band.name, key)]
        found = found or [band for band in self.bands if key == _key(band.seen)]
        if len(found) == 1:
            return found[0]
        names = ", ".join(band.description for band in self.bands)
        if found:
            several = " and ".join(band.name for band in found)
            raise InputError(f"BANDS names {wanted!r}, which {several} are. Name one of: {names}.")
        gone = any(_is_named(name, key) for name in self.lacking)
        raise InputError(
            f"BANDS names {wanted!r}, "
            + (f"whose file is not there. Bands that are there: {names}." if gone else f"but the bands are: {names}.")
        )


def _is_named(name: str, key: str) -> bool:
    """Whether a band's name, whole or without what stands before it, as in SR_B4, is the one that is looked for."""
    return key in (_key(name), _key(name.split("_")[-1]))


def _key(name: str) -> str:
    """A name as it is compared: B04, B4, b4 and band4 are one."""
    low = name.casefold().replace("band", "b")
    head, tail = low.rstrip("0123456789a"), low[len(low.rstrip("0123456789a")) :]
    return head + (tail.lstrip("0") or tail) if head.endswith("b") else low
