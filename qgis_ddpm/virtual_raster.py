"""What a virtual raster (VRT) names, in any of the places that GDAL takes a name from."""

import os
import re
from dataclasses import dataclass
from typing import Dict, List, Optional, Tuple
from xml.parsers import expat

from .errors import InputError

MARK = "<VRTDataset"
# Where the mark stands, as GDAL looks for it too.
HEAD_BYTES = 4096
MAX_VRT_BYTES = 64 << 20
# Texts that GDAL takes as they are, below which no name of a file stands.
_TEXTS = {"srs", "description", "categorynames", "colortable", "histograms", "gcplist", "targetsrs", "sourcesrs"}
# Metadata is text, but for what GDAL opens: overviews, and positions of the pixels.
_KEYS_OF_FILES = re.compile(r"FILE|DATASET|DEM", re.IGNORECASE)
_ELEMENTS_OF_FILES = re.compile(r"source|file|dataset|dsname|dem$", re.IGNORECASE)
_NUMBER = re.compile(r"[-+.,\dEe\s]*$")
MAX_NAME = 4096


@dataclass(frozen=True)
class Named:
    """A text of a VRT that may name a file. `surely`: it stands where a name does. `raw`: its bytes become pixels."""

    name: str
    surely: bool
    raw: bool


def named_files(path: str, content: bytes) -> List[Named]:
    """All that the bytes of a VRT may name, each once. Raises InputError for a VRT that GDAL would not have written.

    path: for messages. GDAL takes names from texts and from attributes, in whatever case.
    """
    if len(content) > MAX_VRT_BYTES:
        raise InputError(f"{path} is a virtual raster of more than {MAX_VRT_BYTES} bytes. Save it as a GeoTIFF.")
    if re.search(rb"<!(DOCTYPE|ENTITY)", content, re.IGNORECASE):
        raise InputError(f"{path} is a virtual raster with a document type, which GDAL never writes. Nothing was read.")
    scan = _Scan(path)
    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler, parser.EndElementHandler = scan.start, scan.end
    parser.CharacterDataHandler = scan.text
    # GDAL takes what stands before a comment as the whole text.
    parser.CommentHandler = lambda _: scan.flush()
    parser.StartCdataSectionHandler = parser.EndCdataSectionHandler = scan.flush
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise InputError(
            f"{path} is a virtual raster that is no whole XML in UTF-8 ({error}). Build it anew, or save it as a "
            "GeoTIFF."
        ) from None
    raw = "vrtrawrasterband" in {name.lower() for name, _, place in scan.found if place == "subclass"}
    return [Named(name, surely, raw and place == "sourcefilename") for name, surely, place in scan.found]


def content_of(name: str) -> Optional[bytes]:
    """The bytes of a virtual raster that a name stands for or is; None where it is another file, or none."""
    if name.lstrip().startswith(MARK):
        return name.encode()
    try:
        with open(name, "rb") as file:
            if MARK.encode() not in file.read(HEAD_BYTES):
                return None
            file.seek(0)
            return file.read(MAX_VRT_BYTES)
    except (OSError, ValueError):
        return None


def source_paths(content: bytes, folder: str) -> List[str]:
    """What a virtual raster may name, as paths: relative ones in its folder and in the current one.

    Of one that is damaged nothing is known; whoever reads it says so.
    """
    try:
        names = [named.name for named in named_files("", content)]
    except InputError:
        return []
    found = []
    for name in names:
        if "\0" not in name:
            found += [name] if os.path.isabs(name) else [os.path.join(folder, name), name]
    return found


class _Scan:
    def __init__(self, path: str) -> None:
        self.found: Dict[Tuple[str, bool, str], None] = {}
        self._path = path
        self._elements: List[str] = []
        self._skipped = 0
        self._key = ""
        self._pieces: List[str] = []

    def start(self, name: str, attributes: Dict[str, str]) -> None:
        self.flush()
        low = name.lower()
        self._elements.append(low)
        given = {key.lower(): value for key, value in attributes.items()}
        if self._skipped or low in _TEXTS or (low == "metadata" and not given.get("domain")):
            self._skipped += 1
            return
        if low == "mdi":
            self._key = given.get("key", "")
            return
        if low == "option":
            self._key = given.get("name", "")
        for key, value in given.items():
            if not key.startswith("xmlns"):
                self._take(key, value)

    def end(self, name: str) -> None:
        self.flush()
        self._elements.pop()
        self._skipped = max(0, self._skipped - 1)

    def text(self, piece: str) -> None:
        self._pieces.append(piece)

    def flush(self) -> None:
        whole = "".join(self._pieces)
        self._pieces.clear()
        if whole.strip() and self._elements and not self._skipped:
            element = self._elements[-1]
            if element == "mdi":
                if _KEYS_OF_FILES.search(self._key):
                    self._take("file", whole)
            else:
                self._take(self._key if element == "option" and self._key else element, whole)

    def _take(self, place: str, text: str) -> None:
        name = text.strip()
        if place.lower() == "pixelfunctionlanguage" and name.lower() == "python":
            raise InputError(
                f"{self._path} is a virtual raster that holds Python code, which is not run. Save it as a GeoTIFF."
            )
        if name and len(name) <= MAX_NAME and not _NUMBER.match(name):
            self.found[(name, bool(_ELEMENTS_OF_FILES.search(place)), place.lower())] = None
