"""The folder of models: models and detectors by name, and the model that a detector was made with."""

import os
import sys
from typing import Dict, Iterator, List, Optional, Tuple

from .card import fingerprint, read_detector_card
from .errors import ModelFileError
from .events import Note

# What lists the models of a folder for those who want to get one.
INDEX_NAME = "index.json"


def data_folder() -> str:
    """The folder of this user for models and the environment; it need not exist."""
    if sys.platform == "win32":
        base = os.environ.get("APPDATA") or os.path.expanduser("~/AppData/Roaming")
    elif sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Application Support")
    else:
        base = os.environ.get("XDG_DATA_HOME") or os.path.expanduser("~/.local/share")
    return os.path.join(base, "qgis_ddpm")


def models_folders(configured: Optional[str] = None) -> List[str]:
    """Where models are looked for by name: the folder that is configured, else QGIS_DDPM_MODELS, else the user's; then
    those that came with the plugin, or a checkout's.
    """
    shipped = os.path.join(os.path.dirname(os.path.realpath(__file__)), "models")
    # A checkout's plugin folder may hold links to its files.
    checkout = os.path.join(os.path.dirname(os.path.dirname(os.path.realpath(__file__))), "models")
    first = configured or os.environ.get("QGIS_DDPM_MODELS") or os.path.join(data_folder(), "models")
    # Beside an installed plugin lie other plugins, of which one may be called "models".
    places = [(shipped, shipped), (checkout, os.path.join(checkout, "recipes"))]
    return [first, *(folder for folder, mark in places if os.path.isdir(mark))]


def models_folder(configured: Optional[str] = None) -> str:
    """The first of the models folders: the one that users put their models into."""
    return models_folders(configured)[0]


def find_model(name: str, what: str = "model", configured: Optional[str] = None) -> str:
    """The path of a model or detector that is named by a path, or by a file name in the models folders.

    what: model or detector, for messages. Raises ModelFileError with the places that were looked at.
    """
    if os.path.isfile(name):
        return name
    if os.path.basename(name) == name:
        for folder in models_folders(configured):
            path = os.path.join(folder, name)
            if os.path.isfile(path):
                return path
        places = " or ".join(models_folders(configured))
        raise ModelFileError(f"The {what} {name} is neither a file here nor in {places}. Give its whole path.")
    raise ModelFileError(f"The {what} file {name} does not exist. Choose a .safetensors file made here or imported.")


def list_models(configured: Optional[str] = None) -> List[str]:
    """Paths of the model files in the models folders, by name; a name in an earlier folder hides a later one."""
    found: Dict[str, str] = {}
    for folder in models_folders(configured):
        try:
            names = sorted(os.listdir(folder))
        except OSError:
            continue
        for name in names:
            # Whoever reads a pipe in the folder waits for ever.
            if name.endswith(".safetensors") and os.path.isfile(os.path.join(folder, name)):
                found.setdefault(name, os.path.join(folder, name))
    return [found[name] for name in sorted(found)]


def model_of_detector(detector: str, named: Optional[str]) -> Tuple[str, Note]:
    """The path of a detector's model, and a sentence on which one it is.

    named: the model that the user names; else it is looked for beside the detector and in the models folders. One
    that brings a network with it is its own model. Raises ModelFileError for a damaged detector, for another model, or
    where there is none.
    """
    card = read_detector_card(detector)
    if card.own_model is not None:
        if named:
            raise ModelFileError(f"The detector {detector} brings its own network with it. Leave MODEL empty.")
        return detector, Note(f"Changes as {os.path.basename(detector)} has learned them; it needs no model beside it.")
    expected = card.model_fingerprint
    if named:
        path = find_model(named)
        if fingerprint(path) != expected:
            raise ModelFileError(
                f"The detector {detector} was made for the model with the fingerprint {expected[:12]}, not for {path} "
                f"({fingerprint(path)[:12]}). Leave MODEL empty, or choose the model that it was made with."
            )
        return path, Note(f"Changes as {os.path.basename(detector)} has learned them.")
    for path in _models_beside(detector):
        try:
            if fingerprint(path) == expected:
                names = os.path.basename(detector), os.path.basename(path)
                return path, Note(f"Changes as {names[0]} has learned them, with its model {names[1]}.")
        except ModelFileError:
            continue
    raise ModelFileError(
        f"The model that the detector {detector} was made with (fingerprint {expected[:12]}) is neither beside it nor "
        "in the models folder. Name it in MODEL."
    )


def _models_beside(detector: str) -> Iterator[str]:
    folder = os.path.dirname(os.path.abspath(detector))
    for name in sorted(os.listdir(folder)):
        if name.endswith(".safetensors") and name != os.path.basename(detector):
            yield os.path.join(folder, name)
    yield from list_models()
