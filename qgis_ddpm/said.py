"""What may be said: no password, and no character that steers a terminal or turns a line around.

Notes, progress and errors pass here when they are made, so that no way to a log, a page or a terminal is left out.
"""

import re
from typing import List, Match, Pattern, Tuple

HIDDEN = "***"
_ROUNDS = 9

# Line ends and tabs stay. Of the rest: C0, delete, C1, marks that turn the direction of writing (Unicode's Bidi_Control
# that embed, override or isolate), separators of lines that only some programs take for such, and half characters.
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

# Names that a secret stands after, alone or at the end of a longer name; `pass` only where `=` follows.
_NAME = (
    r"(?<![a-z])(?:[a-z0-9]{1,40}[_.-]){0,6}(?:pg)?(?:passw(?:or)?d|passwd|pwd|passphrase|pass(?==)|secret|token|api[_-]?key|"
    r"access[_-]?key|account[_-]?key|signature|credentials?|authorization|bearer)(?:[_-](?:key|id|access[_-]key))?"
)
# In quotes, in quotes that are themselves quoted, or a word.
_VALUE = r"""(?:\\+"[^"\\]*(?:\\*")?|\\+'[^'\\]*(?:\\*')?|"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?|[^\s&;,'"<>|)\]}]+)"""
# Every repetition has a bound, since what is quoted may be of any length and anybody's.
_SCHEME = r"\b[a-z][a-z0-9+.-]{0,30}:/{1,3}"
# Patterns with what stays of each match: a group stays, HIDDEN takes the place of the rest.
_RULES: List[Tuple[Pattern[str], str]] = [
    # User and password in an address: to the last @ before the path, or beyond where the password holds a slash.
    (
        re.compile(
            rf"({_SCHEME})(?:[^\s/?#\"'<>]{{0,500}}|[^\s/?#@:\"'<>]{{0,500}}:[^\s?#\"'<>]{{0,500}})@", re.IGNORECASE
        ),
        rf"\1{HIDDEN}@",
    ),
    # The same, cut off before its @: what follows the colon is no port.
    (
        re.compile(
            rf"({_SCHEME}[^\s/@:\[\]\"'<>]{{1,500}}:)(?!\d{{1,5}}(?:[^\w]|$)|\*\*\*)[^\s/@\"'<>]{{1,500}}",
            re.IGNORECASE,
        ),
        rf"\1{HIDDEN}",
    ),
    # The same before a host alone, as proxies are named without a scheme.
    (re.compile(r"(?<![\w./:@*%+-])([\w.+%-]{1,200}:)[^\s:@/\\\"'<>]{1,500}(@[\w.-])"), rf"\1{HIDDEN}\2"),
    # Databases that take user/password@place.
    (re.compile(r"\b((?:oci|geor(?:aster)?):[^\s/,@]{1,200}[/,])[^\s@,]+", re.IGNORECASE), rf"\1{HIDDEN}"),
    # Named: in connection strings, variables, queries, JSON and headers.
    (
        re.compile(
            rf"({_NAME}\\{{0,4}}[\"']?\s{{0,9}}(?:=|%3D|:(?![/\\]))\s{{0,9}}(?:(?:bearer|basic|token)\s+)?){_VALUE}",
            re.IGNORECASE,
        ),
        rf"\1{HIDDEN}",
    ),
    # --password x
    (re.compile(rf"(--?{_NAME}\s+)(?!-){_VALUE}", re.IGNORECASE), rf"\1{HIDDEN}"),
    # ?key=x, which is a secret in an address alone
    (
        re.compile(
            r"((?:[?&]|%3F|%26)(?:key|sig|auth|code|sas|hmac|jwt|sid|session|authkey)(?:=|%3D))[^\s&;,'\"<>]+",
            re.IGNORECASE,
        ),
        rf"\1{HIDDEN}",
    ),
]


def said(text: str) -> str:
    """A text as a person may be shown it; one that was is not changed again."""
    return inert(without_secrets(text))


def without_secrets(text: str) -> str:
    """A text with three asterisks in the place of each password or token that is known by its surroundings."""
    # Most texts hold none of the signs that all of these have.
    if not any(sign in text for sign in "@=:-%"):
        return text
    # What takes a secret's place can bring two words together that are a further one.
    for _ in range(_ROUNDS):
        before = text
        for pattern, kept in _RULES:
            text = pattern.sub(kept, text)
        if text == before:
            break
    return text


def inert(text: str) -> str:
    """A text in which characters that steer are written out, such as \\x1b."""
    return _STEERING.sub(_written_out, text)


def no_page(text: str) -> str:
    """A text that Qt's boxes do not take for a page: what could begin a tag is another sign."""
    return re.sub(r"<(?=[a-zA-Z/!?])", "\u2039", text)


def _written_out(found: "Match[str]") -> str:
    number = ord(found.group())
    return f"\\x{number:02x}" if number < 256 else f"\\u{number:04x}"
