"""What a band sees, by what it is called: red, near infrared and so on, as indices and rules need it."""

import re
from collections.abc import Sequence

from ...errors import JobError

ROLES = ("blue", "green", "red", "rededge", "nir", "swir1", "swir2")
# Of a band that no index asks for.
OTHER = "other"
# Middle wavelengths in micrometres, from and below: those of Landsat, Sentinel-2, MODIS and aerial cameras.
WAVELENGTHS = {
    "blue": (0.45, 0.515), "green": (0.515, 0.60), "red": (0.62, 0.69), "rededge": (0.69, 0.80), "nir": (0.80, 0.95),
    "swir1": (1.5, 1.8), "swir2": (2.0, 2.4),
}  # fmt: skip
# In this order: "red edge" and "near infrared" are no red, and a short wave is no near one. Then what stands alone.
_WORDS = (
    ("rededge", r"red ?edge ?\d?|vre ?\d?", ("re", "re1", "re2", "re3")),
    ("swir2", r"(?:swir|short ?wave(?:d)? infra ?red) ?2\d?", ("mir2",)),
    ("swir1", r"(?:swir|short ?wave(?:d)? infra ?red)(?: ?1\d?)?", ("mir", "mir1")),
    ("nir", r"(?:nir|near ?infra ?red|near ?ir)(?: ?0?8)?", ("n", "infrared", "ir")),
    ("red", r"red", ("r",)),
    ("green", r"green", ("g",)),
    ("blue", r"blue", ("b",)),
)
_LENGTH = re.compile(r"(\d+(?:\.\d+)?) ?(nm|nanomet\w*|um|µm|μm|micromet\w*|micron\w*)\b", re.IGNORECASE)
_NUMBER = re.compile(r"(?:^|[_ -])b0?(\d{1,2}a?)(?:[_ -]\d+m)?$", re.IGNORECASE)
# Numbers of bands by sensor.
_SENTINEL_2 = {
    "2": "blue", "3": "green", "4": "red", "5": "rededge", "6": "rededge", "7": "rededge", "8": "nir", "8a": "nir",
    "11": "swir1", "12": "swir2",
}  # fmt: skip
_LANDSAT_8 = {"2": "blue", "3": "green", "4": "red", "5": "nir", "6": "swir1", "7": "swir2"}
_LANDSAT_5 = {"1": "blue", "2": "green", "3": "red", "4": "nir", "5": "swir1", "7": "swir2"}
_FEW = 4

Roles = tuple[str, ...]


def roles_of_names(names: Sequence[str | None]) -> Roles:
    """The role of each band by its name; OTHER where that does not say.

    Names are words ("NIR", "near infrared", "red"), wavelengths ("0.66 micrometers"), or the numbers of Sentinel-2 and
    Landsat ("B8", "SR_B5"). Of several bands of one role the first has it.
    """
    numbered = _by_number(names)
    found = [_by_word(name or "") or role for name, role in zip(names, numbered, strict=True)]
    return tuple(role if role and role not in found[:place] else OTHER for place, role in enumerate(found))


def named_roles(parameter: str, text: str) -> Roles:
    """The roles of a text such as "swir1,nir,red,green". Raises JobError for one that is unknown or there twice."""
    parts = [part.strip() for part in text.replace(";", ",").split(",")]
    roles = tuple(OTHER if part.lower() in ("", "-", OTHER) else _by_word(part) or part for part in parts)
    unknown = [role for role in roles if role not in (*ROLES, OTHER)]
    twice = [role for role in roles if role != OTHER and roles.count(role) > 1]
    if unknown or twice:
        what = f"{unknown[0]!r} is no role of a band" if unknown else f"{twice[0]} is there twice"
        raise JobError(
            f"{parameter} is {text!r}, but {what}. Name each band's, in their order: {', '.join(ROLES)}, or {OTHER}."
        )
    return roles


def _by_word(name: str) -> str | None:
    length = _LENGTH.search(name)
    if length:
        micrometres = float(length[1]) / (1000 if length[2].lower().startswith("n") else 1)
        return next((role for role, (low, high) in WAVELENGTHS.items() if low <= micrometres < high), None)
    words = " ".join(re.sub(r"[^a-z0-9]+", " ", name.lower()).split())
    # Of a longer name, such as "surface reflectance near infrared", single letters say nothing.
    for role, pattern, alone in _WORDS:
        if words in alone or re.search(rf"\b(?:{pattern})\b", words):
            return role
    return None


def _by_number(names: Sequence[str | None]) -> list[str | None]:
    matches = [_NUMBER.search(name.strip()) if name else None for name in names]
    numbers = [match[1].lower() if match else None for match in matches]
    known = {number for number in numbers if number}
    # B1 to B4 may as well only count the bands.
    counting = numbers == [str(number) for number in range(1, len(numbers) + 1)] and len(numbers) <= _FEW
    if not known or counting:
        return [None] * len(names)
    padded = any(match and re.search(r"b0\d", match[0], re.IGNORECASE) for match in matches)
    if padded or known & {"8a", "12"} or ("8" in known and "10" not in known):
        table = _SENTINEL_2
    else:
        # The Thematic Mapper's sixth band is thermal, and not among its reflectances.
        table = _LANDSAT_5 if {"1", "5"} <= known and "6" not in known else _LANDSAT_8
    return [table.get(number) if number else None for number in numbers]
