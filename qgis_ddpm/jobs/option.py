"""How a field of a job is declared: one call says its label, help, role, range, unit and meaning of None.

The type annotation of the field says the rest: `int`, `float`, `bool`, `str`, `Tuple[str, ...]`, a `Literal` of
choices or a `Tuple` of such, or an `Optional` of one of them. Dialogs, flags, help and checks are all
derived from these two.
"""

import dataclasses
from dataclasses import dataclass
from typing import (
    Any,
    Dict,
    List,
    Literal,
    Optional,
    Tuple,
    Type,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

from ..words import tr

# What a value means to the dialog, beyond its type. Destinations end in `_out`.
ROLES = (
    "value",
    "raster",
    "rasters",
    "rasters_or_vectors",
    "raster_or_vector",
    "points",
    "polygons",
    "folder",
    "file",
    "scene",
    "address",
    "model",
    "detector",
    "bands",
    "extent",
    "crs",
    "raster_out",
    "vector_out",
    "points_out",
    "folder_out",
    "file_out",
)

# What a training writes into its experiment folder.
EXPERIMENT_FILES = (
    *(".lock", "job.yaml", "inputs.json", "metrics.csv", "noise_levels.csv", "checkpoint.safetensors", "samples"),
    *("tiles.png", "loss.png", "denoising.png", "noise_levels.png", "events.out.tfevents*"),
)


# Other endings of the same format, or of the other that a field may have.
_ALSO = {".html": (".html", ".htm"), ".yaml": (".yaml", ".yml"), ".onnx": (".onnx", ".json")}


@dataclass(frozen=True)
class Option:
    """One field of a job with all that is known of it."""

    name: str
    type: Any
    default: Any
    label: str
    help: str
    role: str
    required: bool
    minimum: Optional[float]
    maximum: Optional[float]
    unit: str
    empty: str
    suffix: str
    advanced: bool
    program: bool
    holds: Tuple[str, ...]
    choices: Tuple[str, ...]

    @property
    def parameter(self) -> str:
        """The name of the QGIS parameter and of the output."""
        return self.name.upper()

    @property
    def is_destination(self) -> bool:
        """Whether the value says where something is written."""
        return self.role.endswith("_out")

    @property
    def is_vector_destination(self) -> bool:
        """Whether features are written."""
        return self.role in ("vector_out", "points_out")

    @property
    def endings(self) -> Tuple[str, ...]:
        """What the name of a file that is written may end in; () where any will do, or its format decides."""
        if self.role == "raster_out":
            return tuple(dict.fromkeys((".tif", ".tiff", self.suffix or ".tif")))
        if self.role == "file_out" and self.suffix:
            return _ALSO.get(self.suffix, (self.suffix,))
        return ()

    @property
    def is_list(self) -> bool:
        """Whether the value is a tuple of texts."""
        return self.type is tuple

    def explanation(self) -> str:
        """The help with unit, range and the meaning of an empty value."""
        parts = [tr(self.help)]
        if self.choices:
            parts.append(tr("One of: {}.").format(", ".join(self.choices)))
        limits = self._limits()
        if limits:
            parts.append(limits)
        if self.empty:
            parts.append(tr("Empty: {}.").format(tr(self.empty)))
        return " ".join(parts)

    def _limits(self) -> str:
        unit = f" {tr(self.unit)}" if self.unit else ""
        low, high = self.minimum, self.maximum
        if low is not None and high is not None:
            return tr("From {} to {}.").format(f"{low:.10g}", f"{high:.10g}{unit}")
        if low is not None:
            return tr("At least {}.").format(f"{low:.10g}{unit}")
        if high is not None:
            return tr("At most {}.").format(f"{high:.10g}{unit}")
        return tr("In {}.").format(tr(self.unit)) if self.unit else ""


def option(
    default: Any,
    label: str,
    help: str,
    *,
    role: str = "value",
    required: bool = False,
    minimum: Optional[float] = None,
    maximum: Optional[float] = None,
    unit: str = "",
    empty: str = "",
    suffix: str = "",
    advanced: bool = False,
    program: bool = False,
    holds: Tuple[str, ...] = (),
) -> Any:
    """A dataclass field that knows how to present and check itself.

    `empty` says what None means; `suffix` is the extension of a file or destination; `required` fields have the
    default None and are refused where they are left out; `program` says that the value decides what programs run, so
    that no file may give it. `holds`: patterns of the names that a job writes into a folder, all that lies below them
    included; without any, the whole folder is the job's.
    """
    if role not in ROLES:
        raise ValueError(f"Unknown role {role!r}.")
    declared = {
        "label": label,
        "help": help,
        "role": role,
        "required": required,
        "minimum": minimum,
        "maximum": maximum,
        "unit": unit,
        "empty": empty,
        "suffix": suffix,
        "advanced": advanced,
        "program": program,
        "holds": holds,
    }
    return dataclasses.field(default=default, metadata=declared)


def same_as(kind: Type[Any], name: str, **others: Any) -> Any:
    """A dataclass field that another job tells: its default, words and range are taken over, but for `others`."""
    found = next(item for item in dataclasses.fields(kind) if item.name == name)
    return dataclasses.field(default=found.default, metadata={**found.metadata, **others})


def options_of(kind: Type[Any]) -> List[Option]:
    """The options of a job class, in the order of its declaration."""
    found = _CACHE.get(kind)
    if found is None:
        hints = get_type_hints(kind)
        found = [_option(item, hints[item.name]) for item in dataclasses.fields(kind)]
        _CACHE[kind] = found
    return found


_CACHE: Dict[Type[Any], List[Option]] = {}


def _option(item: "dataclasses.Field[Any]", hint: Any) -> Option:
    if get_origin(hint) is Union:
        hint = next(part for part in get_args(hint) if part is not type(None))
    choices: Tuple[str, ...] = ()
    if get_origin(hint) is Literal:
        choices, hint = get_args(hint), str
    elif get_origin(hint) is tuple:
        if get_origin(get_args(hint)[0]) is Literal:
            choices = get_args(get_args(hint)[0])
        hint = tuple
    return Option(name=item.name, type=hint, default=item.default, choices=choices, **item.metadata)
