"""Words to and from pip and uv: an index that others must not read, how far a download is, and why one failed."""

import re
import time
from typing import Dict, Iterator, List, Tuple, Type

from ..child import Child
from ..console import duration
from ..errors import DdpmError, EnvironmentMissingError, InputError, OutputError
from ..said import said, without_secrets
from ..words import tr

_NETWORK_WORDS = ("connection", "resolve", "timed out", "network", "proxy", "certificate", "ssl")


def hidden_index(source: List[str]) -> Tuple[List[str], Dict[str, str]]:
    """Arguments of pip or uv, and in variables an index with a password: every user can read the arguments."""
    environ: Dict[str, str] = {}
    arguments = list(source)
    if "--index-url" in arguments:
        at = arguments.index("--index-url")
        if without_secrets(arguments[at + 1]) != arguments[at + 1]:
            environ = dict.fromkeys(("PIP_INDEX_URL", "UV_DEFAULT_INDEX", "UV_INDEX_URL"), arguments[at + 1])
            del arguments[at : at + 2]
    return arguments, environ


class Download:
    """How far pip is with its largest file, from the lines that it writes for programs."""

    def __init__(self) -> None:
        self._begin = time.monotonic()
        self._largest = 0
        self.share = 0.0

    def follow(self, line: str) -> str:
        """The words for a line that tells of a download, "" for any other."""
        found = re.match(r"Progress (\d+) of (\d+)$", line)
        if not found or not int(found.group(2)):
            return ""
        done, total = int(found.group(1)), int(found.group(2))
        now = time.monotonic()
        if total > self._largest or done == 0:
            self._begin = now
        self._largest = max(self._largest, total)
        if total == self._largest:
            self.share = done / total
        words = tr("{} of {} MB").format(f"{done / 1e6:.0f}", f"{total / 1e6:.0f}")
        rate = done / (now - self._begin) if now > self._begin else 0.0
        if not rate:
            return words
        return tr("{}, {} MB/s, {} left").format(words, f"{rate / 1e6:.1f}", duration((total - done) / rate))


def lines_of(child: Child) -> Iterator[str]:
    """Lines of a child, and an empty text ten times a second while it is silent."""
    try:
        while True:
            # Before anything cuts it short: half an address no longer shows that it holds a password.
            yield said((child.next_line() or b"").decode("utf-8", errors="replace").strip())
    except EOFError:
        return


def refusal(text: str, words: List[str]) -> DdpmError:
    """The error of a program that failed at what text says, by its last lines."""
    tail = " ".join([word for word in words if "error" in word.lower()][-3:] or words[-3:])[-600:]
    kind: Type[DdpmError] = EnvironmentMissingError
    advice = tr("Run it again to mend the environment.")
    if "no space" in " ".join(words).lower():
        kind = OutputError
        advice = tr("Free some space, or choose another folder.")
    elif any(part in " ".join(words).lower() for part in _NETWORK_WORDS):
        kind = InputError
        advice = tr("Check the network and pip's proxy, or give INDEX_URL, TORCH_INDEX_URL or a WHEELS folder.")
    elif "no matching distribution" in " ".join(words).lower():
        kind = InputError
        advice = tr(
            "The place has no build for this Python and system: give another INDEX_URL, TORCH_INDEX_URL or WHEELS."
        )
    return kind(tr("Failed at {}: {}. {}").format(text, tail or tr("the program said nothing"), advice))
