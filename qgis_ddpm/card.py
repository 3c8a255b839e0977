"""Model cards: what a model or detector file says of itself, read from its header without torch.

Both kinds of file are safetensors: eight bytes that hold the length of a JSON header, the header, the tensors.
The card is the header's metadata under the key `card`. Nothing in a file is ever executed.
"""

import hashlib
import json
import math
import os
import struct
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Dict, List, Optional, Tuple, Type, TypeVar

from .condition_card import BandScaling as BandScaling
from .condition_card import ConditionCard as ConditionCard
from .condition_card import check_bands, condition_of
from .errors import ModelFileError
from .regular_file import open_regular

MODEL_FORMAT = "qgis_ddpm model"
DETECTOR_FORMAT = "qgis_ddpm detector"
CARD_VERSION = 1
MAX_HEADER_BYTES = 16 << 20
# Noise over signal; what is larger overflows the numbers that a network computes with.
MOST_SIGMA = 1e9
MOST_GUIDANCE = 10.0


@dataclass(frozen=True)
class ModelCard:
    """All that is needed to use a model, and where it comes from.

    `sigma_min`, `sigma_max`: the range of noise over signal that the model was trained on. `sigma_data`: standard
    deviation of the scaled training tiles. `prediction`: what the network answers (noise, x0, v, edm). `schedule`:
    name and numbers of the training schedule. `network`: arguments that build the network. `transform`: six numbers of
    the training raster's affine geotransform (a, b, c, d, e, f), `crs` its WKT; None where there were none. `guidance`:
    how far samples are led away from an early state, which the file then holds too; 1 = not at all. `few_calls`: the
    network answers from any noise level with a sample (a consistency model), not with the mean of all that fit.
    `condition`: what the network is told beside the noise; None where it is told nothing.
    """

    network: Dict[str, Any]
    prediction: str
    schedule: Dict[str, Any]
    sigma_min: float
    sigma_max: float
    sigma_data: float
    tile_px: int
    bands: Tuple[BandScaling, ...]
    transform: Optional[Tuple[float, ...]] = None
    crs: Optional[str] = None
    licence: str = ""
    data: str = ""
    training: Dict[str, Any] = field(default_factory=dict)
    guidance: float = 1.0
    few_calls: bool = False
    condition: Optional[ConditionCard] = None
    format: str = MODEL_FORMAT
    version: int = CARD_VERSION


# Kinds of heads that see the dates as they are.
WITHOUT_NOISE = ("topdown", "siamese")


@dataclass(frozen=True)
class DetectorCard:
    """The head, its noise levels (sigmas) and threshold, and the fingerprint of the model whose features it reads.

    `radiometry`: what is done to both dates before: none, or standard (brought to one brightness and contrast).
    `own_model`: the card of the network that the file brings with it, in the place of a model's file.
    """

    head: Dict[str, Any]
    noise_levels: Tuple[float, ...]
    threshold: float
    model_fingerprint: str
    radiometry: str = "none"
    training: Dict[str, Any] = field(default_factory=dict)
    own_model: Optional[Dict[str, Any]] = None
    format: str = DETECTOR_FORMAT
    version: int = CARD_VERSION


def window_px(card: DetectorCard, of_model: ModelCard) -> int:
    """Side of the windows that a detector sees: a head may look farther than the model's tiles."""
    return int(card.head.get("window_px", of_model.tile_px))


Card = TypeVar("Card", ModelCard, DetectorCard)


def read_model_card(path: str) -> ModelCard:
    """The card of a model file or of an experiment's checkpoint. Raises ModelFileError."""
    return _read(path, ModelCard, MODEL_FORMAT)


def read_detector_card(path: str) -> DetectorCard:
    """The card of a detector file. Raises ModelFileError."""
    return _read(path, DetectorCard, DETECTOR_FORMAT)


def model_card_of(path: str) -> ModelCard:
    """The card of a model file, or of the network that a detector file brings with it. Raises ModelFileError."""
    own = read_detector_card(path).own_model if is_detector(path) else None
    return read_model_card(path) if own is None else _checked(path, ModelCard, MODEL_FORMAT, own)


def is_detector(path: str) -> bool:
    """Whether a file is a whole detector, not a model or anything else."""
    try:
        read_detector_card(path)
    except ModelFileError:
        return False
    return True


def licence_text(path: str, card: ModelCard) -> str:
    """What whoever uses a model has to be told of its licence; empty where its card names none."""
    return f"{os.path.basename(path)}: {card.licence}" if card.licence else ""


def card_json(card: Any) -> str:
    """A card as the JSON that a file's metadata holds; the same card gives the same bytes."""
    values = asdict(card)
    if values.get("condition") is None:
        # Models without one are read by earlier releases too.
        values.pop("condition", None)
    return json.dumps(values, sort_keys=True, allow_nan=False)


def fingerprint(path: str) -> str:
    """SHA-256 of a model file's tensors, in hexadecimal: two files with the same weights answer the same."""
    header, start = _header(path)
    digest = hashlib.sha256()
    layout = {name: entry for name, entry in header.items() if name != "__metadata__"}
    digest.update(json.dumps(layout, sort_keys=True).encode())
    with open_regular(path) as file:
        file.seek(start)
        for chunk in iter(lambda: file.read(1 << 20), b""):
            digest.update(chunk)
    return digest.hexdigest()


def _header(path: str) -> Tuple[Dict[str, Any], int]:
    """The JSON header and the offset at which the tensors start."""
    try:
        with open_regular(path) as file:
            size = os.fstat(file.fileno()).st_size
            head = file.read(8)
            length = struct.unpack("<Q", head)[0] if len(head) == 8 else 0
            if not 2 <= length <= min(MAX_HEADER_BYTES, size - 8):
                raise ModelFileError(
                    f"{path} is no safetensors file, or is cut off. Choose a model made here or imported."
                )
            header = json.loads(file.read(length))
    except OSError as error:
        raise ModelFileError(f"The model file {path} cannot be read: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:
        if isinstance(error, ModelFileError):
            raise
        raise ModelFileError(f"{path} has a damaged header. Take a whole copy of the file.") from error
    if not isinstance(header, dict):
        raise ModelFileError(f"{path} has a damaged header. Take a whole copy of the file.")
    ends = [entry["data_offsets"][1] for name, entry in header.items() if _is_tensor(name, entry)]
    if max(ends, default=0) != size - 8 - length:
        raise ModelFileError(f"{path} is cut off or has grown: its header and its size differ. Take a whole copy.")
    return header, 8 + length


def _is_tensor(name: str, entry: Any) -> bool:
    return (
        name != "__metadata__"
        and isinstance(entry, dict)
        and isinstance(entry.get("data_offsets"), list)
        and len(entry["data_offsets"]) == 2
        and all(isinstance(offset, int) for offset in entry["data_offsets"])
    )


def _read(path: str, kind: Type[Card], file_format: str) -> Card:
    header, _ = _header(path)
    metadata = header.get("__metadata__")
    text = metadata.get("card") if isinstance(metadata, dict) else None
    if not isinstance(text, str):
        raise ModelFileError(
            f"{path} holds weights but no card. Use 'Import published checkpoint' for files of other projects."
        )
    try:
        values = json.loads(text)
    except (ValueError, RecursionError):
        raise ModelFileError(f"{path} has a damaged card. Take a whole copy of the file.") from None
    return _checked(path, kind, file_format, values)


def _checked(path: str, kind: Type[Card], file_format: str, values: Any) -> Card:
    if not isinstance(values, dict) or values.get("format") != file_format:
        found = (isinstance(values, dict) and values.get("format")) or "file of unknown format"
        raise ModelFileError(f"{path} is a {str(found)[:60]}; a {file_format} is needed here.")
    if values.get("version") != CARD_VERSION:
        raise ModelFileError(
            f"{path} has card version {str(values.get('version'))[:40]}; this release reads version {CARD_VERSION}. "
            "Update qgis_ddpm."
        )
    return _build(path, kind, dict(values))


def _build(path: str, kind: Type[Card], values: Dict[str, Any]) -> Card:
    known = {item.name for item in fields(kind)}
    unknown: List[str] = sorted(set(values) - known)
    if unknown:
        raise ModelFileError(f"The card of {path} has unknown entries: {', '.join(unknown)[:200]}. Update qgis_ddpm.")
    try:
        for name, wanted in _KINDS.items():
            if not isinstance(values.get(name, wanted()), wanted):
                raise ValueError(f"{name} {str(values[name])[:60]}")
        if not isinstance(values.get("own_model"), (dict, type(None))):
            raise ValueError(f"own_model {str(values['own_model'])[:60]}")
        for name in ("transform", "noise_levels"):
            if values.get(name) is not None:
                values[name] = tuple(float(number) for number in values[name])
        if "bands" in values:
            values["bands"] = tuple(BandScaling(**band) for band in values["bands"])
            _check_numbers(values)
            values["condition"] = condition_of(values.get("condition"))
        if "threshold" in values and not math.isfinite(values["threshold"]):
            raise ValueError(f"threshold {values['threshold']}")
        return kind(**values)
    except (TypeError, ValueError, KeyError, OverflowError) as error:
        raise ModelFileError(
            f"The card of {path} does not fit its format ({str(error)[:200]}). Take a whole copy."
        ) from None


_KINDS: Dict[str, Any] = {
    **dict.fromkeys(("network", "schedule", "head", "training"), dict),
    **dict.fromkeys(("prediction", "licence", "data", "model_fingerprint"), str),
    **dict.fromkeys(("bands", "noise_levels"), list),
}
# More steps than any job may ask for; schedules are computed step by step.
_MOST_STEPS = 1 << 20
_SCHEDULE_NUMBERS = {"edm": ("mean", "std", "rho"), "": ("steps", "beta_start", "beta_end")}


def _check_numbers(values: Dict[str, Any]) -> None:
    """Raise ValueError for numbers of a model card that nothing could be computed with."""
    tile_px, bands = values["tile_px"], values["bands"]
    if not isinstance(tile_px, int) or not 1 <= tile_px <= 1 << 14:
        raise ValueError(f"tile_px {tile_px}")
    if not 1 <= len(bands) <= 1 << 12:
        raise ValueError(f"{len(bands)} bands")
    if values.get("transform") is not None and len(values["transform"]) != 6:
        raise ValueError(f"transform of {len(values['transform'])} numbers")
    check_bands(bands)
    for name in ("sigma_min", "sigma_max", "sigma_data"):
        if not 0 < float(values[name]) <= MOST_SIGMA:
            raise ValueError(f"{name} {values[name]}")
    if not 1 <= float(values.get("guidance", 1)) <= MOST_GUIDANCE:
        raise ValueError(f"guidance {values['guidance']}")
    _check_schedule(values["schedule"])


def _check_schedule(schedule: Dict[str, Any]) -> None:
    for name in (*_SCHEDULE_NUMBERS.get(schedule["name"], _SCHEDULE_NUMBERS[""]), "sigma_min", "sigma_max"):
        if not math.isfinite(float(schedule[name])) or (name == "steps" and not 1 < schedule[name] <= _MOST_STEPS):
            raise ValueError(f"schedule {name} {schedule[name]}")
    if not 0 < schedule["sigma_min"] < schedule["sigma_max"]:
        raise ValueError("schedule sigma_min, sigma_max")
