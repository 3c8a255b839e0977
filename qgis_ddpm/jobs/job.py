"""The base of all jobs: frozen values that are whole and in range from the moment they exist."""

import dataclasses
import json
import math
import os
from dataclasses import dataclass
from typing import Any, ClassVar, Dict, List, Literal, Mapping, Optional, Tuple, Type, TypeVar

from ..errors import JobError
from ..said import said
from ..words import tr
from .convert import convert
from .option import Option, option, options_of
from .texts import any_numbers

SomeJob = TypeVar("SomeJob", bound="Job")
Precision = Literal["auto", "float32", "bfloat16"]


@dataclass(frozen=True)
class Job:
    """One piece of work, described by flat values alone.

    A job that exists is valid in itself: every field has its type and lies in its range. What only a look into the
    files can tell (bands, overlap, disk) is checked by the run.
    """

    ALGORITHM: ClassVar[str] = ""
    # Figures and files that a run returns beside its destinations: name of the output -> what it is.
    OUTPUTS: ClassVar[Dict[str, str]] = {}
    # Fields that this job takes and has no use for: dialogs and help leave them out.
    UNUSED: ClassVar[Tuple[str, ...]] = ()

    device: str = option(
        "auto",
        "Device",
        "Where the network runs: auto, cpu, cuda, cuda:1 or mps. auto takes a GPU where one works.",
        advanced=True,
    )
    seed: int = option(0, "Seed", "The same seed gives the same result.", minimum=0, maximum=2**31 - 1, advanced=True)

    def __post_init__(self) -> None:
        for item in self.options():
            value = getattr(self, item.name)
            check_value(item, value)
        self._check_together()

    def _check_together(self) -> None:
        """Check what several fields say together. Raises JobError."""

    @classmethod
    def options(cls) -> List[Option]:
        """The fields with all that is known of them, inputs first and destinations last."""
        found = options_of(cls)
        common = {"device", "precision", "seed", "raster_overrides", "nodata"}
        return (
            [item for item in found if item.name not in common and not item.is_destination]
            + [item for item in found if item.name in common]
            + [item for item in found if item.is_destination]
        )

    @classmethod
    def option(cls, name: str) -> Option:
        """The option of one field."""
        return next(item for item in options_of(cls) if item.name == name)

    @classmethod
    def from_values(cls: Type[SomeJob], values: Mapping[str, Any]) -> SomeJob:
        """A job from texts, numbers, lists and None by field name, each converted by its field's type.

        Raises JobError for an unknown name or a value that does not convert, lies out of range or is missing.
        """
        known = {item.name: item for item in options_of(cls)}
        unknown = sorted(set(values) - set(known))
        if unknown:
            raise JobError(
                f"{cls.ALGORITHM} has no field {', '.join(map(repr, unknown))[:200]}; "
                f"its fields are: {', '.join(sorted(known))}."
            )
        return cls(**{name: convert(known[name], value) for name, value in values.items()})

    def values(self) -> Dict[str, Any]:
        """All fields, as they cross the worker's pipe and stand in job files."""
        return {item.name: _plain(getattr(self, item.name)) for item in self.options()}

    def set_values(self) -> Dict[str, Any]:
        """The fields that differ from their defaults."""
        return {
            item.name: _plain(getattr(self, item.name))
            for item in self.options()
            if getattr(self, item.name) != item.default
        }

    def provenance(self) -> Dict[str, Any]:
        """The fields that decide a result, for cards and tags: no destination, device, path or password."""
        return {
            name: _shown(value)
            for name, value in self.set_values().items()
            if not self.option(name).is_destination and name not in ("device", "scheduler")
        }

    def replace(self: SomeJob, **changes: Any) -> SomeJob:
        """The same job with other values in some fields."""
        return dataclasses.replace(self, **changes)


@dataclass(frozen=True)
class RasterJob(Job):
    """A job that reads rasters, whose layers in QGIS may say otherwise than their files."""

    raster_overrides: str = option(
        "",
        "CRS and nodata of layers",
        'JSON by path, such as {"a.tif": {"crs": "EPSG:32633", "nodata": 0}}, where a layer says otherwise than its '
        "file.",
        advanced=True,
    )

    def _check_together(self) -> None:
        self.override("")

    def override(self, path: str) -> Dict[str, Any]:
        """What the layer of a path says of `crs` and `nodata`; {} where it agrees with the file. Raises JobError."""
        if not self.raster_overrides:
            return {}
        try:
            found = json.loads(self.raster_overrides)
            settings = found.get(path, {})
            if not set(settings) <= {"crs", "nodata"}:
                raise ValueError
        except (ValueError, AttributeError, TypeError, RecursionError):
            raise JobError(
                f"RASTER_OVERRIDES is {self.raster_overrides[:100]!r}, but has to be JSON by path with crs and nodata."
            ) from None
        return dict(settings)


@dataclass(frozen=True)
class NetworkJob(RasterJob):
    """A job that calls a network on what it reads from rasters."""

    precision: Precision = option(
        "auto",
        "Precision",
        "Numbers that the network multiplies. bfloat16 is up to eight times as fast on some processors and GPUs, and "
        "rounds to three digits. auto takes it where it is faster and the network is made for it.",
        advanced=True,
    )


@dataclass(frozen=True)
class FillsJob(NetworkJob):
    """Such a job, whose rasters may have fills that their files do not declare."""

    nodata: Optional[str] = option(
        None,
        "Nodata values",
        "Values that are no data in any raster of the job, besides what the files say, such as 0,-9999. For fills that "
        "files do not declare.",
        empty="as the files say",
        advanced=True,
    )

    def _check_together(self) -> None:
        super()._check_together()
        any_numbers("NODATA", self.nodata)

    def override(self, path: str) -> Dict[str, Any]:
        """What the layer of a path says, and `fills` where the job names some. Raises JobError."""
        fills = any_numbers("NODATA", self.nodata)
        return {**super().override(path), **({"fills": fills} if fills else {})}


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _shown(value: Any) -> Any:
    if isinstance(value, list):
        return [_shown(part) for part in value]
    return said(value) if isinstance(value, str) else value


def check_value(item: Option, value: Any) -> None:
    """Raise JobError where a value of the right kind is missing, no choice or out of range."""
    if value is None or value == () or value == "":
        if item.required:
            raise JobError(tr("{} ({}) is missing. {}").format(item.parameter, tr(item.label), tr(item.help)))
        return
    wanted: Tuple[type, ...] = (int, float) if item.type is float else (item.type,)
    if not isinstance(value, wanted) or (isinstance(value, bool) and item.type is not bool):
        words = tr("{} is {}, but has to be {}. {}")
        raise JobError(words.format(item.parameter, repr(value), _type_words(item), tr(item.help)))
    chosen = value if isinstance(value, tuple) else (value,)
    if item.choices and not set(chosen) <= set(item.choices):
        words = tr("{} is {}, but has to be one of: {}.")
        raise JobError(words.format(item.parameter, repr(value), ", ".join(item.choices)))
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if not math.isfinite(value):
            raise JobError(tr("{} is {}, but has to be a finite number.").format(item.parameter, value))
        if (item.minimum is not None and value < item.minimum) or (item.maximum is not None and value > item.maximum):
            words = tr("{} is {}, which is out of range. {}")
            raise JobError(words.format(item.parameter, f"{value:.10g}", item.explanation()))
    if isinstance(value, str) and "\0" in value:
        raise JobError(tr("{} holds a null character. Give a plain text.").format(item.parameter))


def check_endings(job: Job) -> None:
    """Raise JobError where a job would write a file under the ending of another format."""
    for item in job.options():
        check_ending(item, getattr(job, item.name))


def check_ending(item: Option, path: Optional[str]) -> None:
    """Raise JobError where a file would be written under the ending of another format; nothing for None."""
    endings = item.endings
    # That a folder is no file is told by who writes it.
    if endings and path and os.path.splitext(path)[1].lower() not in endings and not os.path.isdir(path):
        words = tr("{} is {}, but what is written there ends in {}. Choose a name that ends so.")
        raise JobError(words.format(item.parameter, path, ", ".join(endings)))


def _type_words(item: Option) -> str:
    names = {int: tr("a whole number"), float: tr("a number"), bool: tr("true or false"), tuple: tr("a list of texts")}
    return names.get(item.type, tr("a text"))
