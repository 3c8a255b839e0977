"""Whether two paths are one file: by the file that they lead to, not by how they are written."""

import os
import unicodedata
from typing import Dict, Tuple, Union

# Device and number of a file that exists; of another one those of the last folder that does, and the rest of its path.
Key = Tuple[Union[int, str], ...]


class Identities:
    """Keys of paths, for one comparison: what is asked of a folder is asked once."""

    def __init__(self) -> None:
        self._folding: Dict[str, bool] = {}
        self._folders: Dict[str, Key] = {}

    def key(self, path: str) -> Key:
        """What two paths share exactly where they lead to one file: links, hard links, other spelling, other case."""
        try:
            found = os.stat(path)
        except (OSError, ValueError):
            return self._key_of_name(path)
        # File systems without numbers give 0.
        return (found.st_dev, found.st_ino) if found.st_ino else self._key_of_name(path)

    def _key_of_name(self, path: str) -> Key:
        try:
            folder, name = os.path.split(os.path.realpath(path))
        except (OSError, ValueError):
            return (path,)
        rest = name
        while not os.path.isdir(folder) and os.path.dirname(folder) != folder:
            folder, name = os.path.split(folder)
            rest = f"{name}/{rest}"
        if folder not in self._folders:
            about = os.stat(folder) if os.path.isdir(folder) else None
            self._folders[folder] = (about.st_dev, about.st_ino) if about and about.st_ino else (folder,)
        return (*self._folders[folder], self._folded(folder, rest))

    def _folded(self, folder: str, name: str) -> str:
        """A name as the file system of a folder compares names."""
        if folder not in self._folding:
            self._folding[folder] = _folds_case(folder)
        name = os.path.normcase(name)
        return unicodedata.normalize("NFC", name).casefold() if self._folding[folder] else name


def _folds_case(folder: str) -> bool:
    """Whether a folder takes names in other case for the same: asked with a name that is there."""
    try:
        with os.scandir(folder) as entries:
            there = next((entry.path for entry in entries if entry.name.swapcase() != entry.name), folder)
        other = os.path.join(os.path.dirname(there), os.path.basename(there).swapcase())
        return other != there and os.path.samestat(os.lstat(there), os.lstat(other))
    except OSError:
        return False
