"""An index of models: index.json, which names files beside or below itself with their checksums and licences.

    {"format": "qgis_ddpm models", "version": 1, "models": [{"name": "ddpm-aerial-rgb", "kind": "model",
     "address": "ddpm-aerial-rgb.safetensors", "sha256": "0f...", "bytes": 10875516, "bands": ["red", "green", "blue"],
     "pixel_size_m": null, "licence": "Research use.", "card": "ddpm-aerial-rgb.md"}]}

An address leads nowhere but below the index: whoever trusts one index has not trusted another place.
"""

import json
import os
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urljoin

from ...errors import InputError
from ...model_folder import INDEX_NAME, models_folders
from .source import is_remote, read_small

INDEX_FORMAT, INDEX_VERSION = "qgis_ddpm models", 1
MOST_INDEX_BYTES = 4 << 20
# More than any model of this kind needs.
_MOST_BYTES = 1 << 36
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Offer:
    """A model in an index. place: its path or address. licence: what has to be told before it is fetched."""

    name: str
    kind: str
    place: str
    sha256: str
    size: int
    licence: str
    bands: tuple[str, ...] = ()


def find_index(named: str | None) -> str:
    """The path or address of an index: what is named, or that of the models that came along. Raises InputError."""
    if not named:
        for folder in models_folders()[1:]:
            path = os.path.join(folder, INDEX_NAME)
            if os.path.isfile(path):
                return path
        raise InputError(
            "No models came with this plugin. Give INDEX: a file index.json, a folder with one, or an https address."
        )
    if is_remote(named):
        # Of a folder, as of a file.
        return named if named.split("?")[0].endswith(".json") else f"{named.rstrip('/')}/{INDEX_NAME}"
    path = os.path.join(named, INDEX_NAME) if os.path.isdir(named) else named
    if not os.path.exists(path):
        raise InputError(f"INDEX {named} is neither an index of models nor a folder with an {INDEX_NAME}.")
    return path


def read_offers(index: str) -> list[Offer]:
    """The models of an index. Raises InputError."""
    content = read_small(index, MOST_INDEX_BYTES)
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        raise InputError(f"INDEX {index} is no JSON. Give the address of an {INDEX_NAME}.") from None
    if not isinstance(found, dict) or found.get("format") != INDEX_FORMAT or not isinstance(found.get("models"), list):
        raise InputError(f"INDEX {index} is no index of models. Give the address of an {INDEX_NAME}.")
    if found.get("version") != INDEX_VERSION:
        raise InputError(
            f"INDEX {index} has version {str(found.get('version'))[:20]}; this release reads {INDEX_VERSION}. Update "
            "qgis_ddpm."
        )
    return [_offer(index, entry) for entry in found["models"]]


def choose(offers: list[Offer], name: str, index: str) -> Offer:
    """The model of a name, with or without its ending. Raises InputError, which names those that there are."""
    wanted = name.removesuffix(".safetensors")
    for offer in offers:
        if offer.name == wanted:
            return offer
    names = ", ".join(sorted(offer.name for offer in offers)[:40])
    raise InputError(f"INDEX {index} has no model {name[:80]!r}. It has: {names or 'none'}.")


def _offer(index: str, entry: Any) -> Offer:
    """An entry, checked: a name that is a file's name everywhere, an address below the index, and a checksum."""
    if not isinstance(entry, dict):
        raise InputError(f"INDEX {index} has an entry that is none of a model. Tell whoever made it.")
    name, address = str(entry.get("name", "")), str(entry.get("address", ""))
    try:
        if not _NAME.fullmatch(name) or ".." in name:
            raise ValueError(f"name {name[:60]!r}")
        steps = address.split("/")
        if not address.endswith(".safetensors") or not all(
            _NAME.fullmatch(step) and ".." not in step for step in steps
        ):
            raise ValueError(f"address {address[:60]!r}")
        sha256, size = str(entry.get("sha256", "")), entry.get("bytes")
        if not _SHA256.fullmatch(sha256):
            raise ValueError(f"sha256 {sha256[:70]!r}")
        if type(size) is not int or not 0 < size <= _MOST_BYTES:
            raise ValueError(f"bytes {str(size)[:40]}")
        bands = entry.get("bands") or []
        if not isinstance(bands, list) or not isinstance(entry.get("licence", ""), str):
            raise ValueError("bands or licence")
    except ValueError as error:
        raise InputError(
            f"INDEX {index} has a model whose {error} cannot be taken. Nothing was fetched; tell whoever made it."
        ) from None
    place = urljoin(index, quote(address)) if is_remote(index) else os.path.join(os.path.dirname(index), *steps)
    kind = "detector" if entry.get("kind") == "detector" else "model"
    return Offer(
        name, kind, place, sha256, size, entry.get("licence", ""), tuple(str(band)[:60] for band in bands[:64])
    )
