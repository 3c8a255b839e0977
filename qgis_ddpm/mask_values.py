"""Which numbers of a mask raster hide a pixel: codes, bits, and what satellites' own quality bands use."""

from dataclasses import dataclass
from typing import Dict, List, Optional, Tuple

from .errors import JobError

# What each preset stands for.
PRESETS: Dict[str, str] = {
    # QA_PIXEL of Landsat Collection 2: fill, dilated cloud, cirrus, cloud, cloud shadow.
    "landsat-qa": "bit0,bit1,bit2,bit3,bit4",
    # Scene classification of Sentinel-2 L2A: no data, defective, cloud shadow, clouds of medium and high probability,
    # thin cirrus.
    "sentinel2-scl": "0,1,3,8,9,10",
}
# Whole numbers up to here are the same as float32.
_MOST_BIT, _MOST_CODE = 23, 1 << 24


@dataclass(frozen=True)
class MaskValues:
    """Codes, and numbers of bits counted from 0, of which any hides a pixel; without any, all but 0 hides it."""

    codes: Tuple[int, ...] = ()
    bits: Tuple[int, ...] = ()

    @property
    def all_but_zero(self) -> bool:
        """Whether no code and no bit is named."""
        return not self.codes and not self.bits


# Of a mask whose values are not named.
ALL_BUT_ZERO = MaskValues()


def mask_values(parameter: str, text: Optional[str]) -> MaskValues:
    """What a text such as "3,8,9", "bit3,bit4" or "landsat-qa" names; nothing for None. Raises JobError."""
    codes: List[int] = []
    bits: List[int] = []
    parts = [part.strip().lower() for part in (text or "").replace(";", ",").split(",")]
    for part in [each for name in parts for each in PRESETS.get(name, name).split(",") if each]:
        digits = part[3:] if part.startswith("bit") else part
        number = int(digits) if digits.isascii() and digits.isdigit() else -1
        if not 0 <= number <= (_MOST_BIT if part.startswith("bit") else _MOST_CODE):
            raise JobError(
                f"{parameter} is {text!r}, and {part!r} is no code, bit or preset. Give codes such as 3,8,9, bits such "
                f"as bit3,bit4, or one of {', '.join(PRESETS)}."
            )
        (bits if part.startswith("bit") else codes).append(number)
    if text and not codes and not bits:
        raise JobError(f"{parameter} is {text!r}, which names no value. Give codes such as 3,8,9, or leave it empty.")
    return MaskValues(tuple(codes), tuple(bits))


def check_mask_values(text: Optional[str], name: str, mask: object) -> None:
    """Raise JobError where a text names no values, or there is none of the masks that are called `name`."""
    mask_values("MASK_VALUES", text)
    if text and not mask:
        raise JobError(f"MASK_VALUES is {text}, but there is no {name}. Name a mask raster.")
