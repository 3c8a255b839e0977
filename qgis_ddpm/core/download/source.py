"""Reading from a path or an https address, in pieces; what goes wrong on the way is one sentence."""

import ssl
from collections.abc import Iterator
from http.client import HTTPException
from io import BufferedIOBase
from typing import Any, cast
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from ...errors import InputError
from ...metadata import version
from ...regular_file import open_regular

PIECE_BYTES = 1 << 20
# Between two answers of a server.
TIMEOUT_S = 30
# Only a program of this machine answers there.
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class _NoLeaving(HTTPRedirectHandler):
    """Follows a redirection, but never to where nobody proves who answers."""

    def redirect_request(self, req: Request, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Request | None:
        check_address(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def is_remote(place: str) -> bool:
    """Whether a place is an address, not a path."""
    return "://" in place


def check_address(address: str) -> None:
    """Raise InputError for an address that is not of https; http is for servers on this machine alone."""
    try:
        parts = urlsplit(address)
        good = (parts.scheme == "https" and parts.hostname) or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
    except ValueError:
        good = False
    if not good:
        raise InputError(f"{address[:200]} is no https address, and nothing else proves who answers. Give one.")


def read_small(place: str, most: int) -> bytes:
    """All bytes of a place. Raises InputError, also where it holds more than `most`."""
    return b"".join(pieces(place, most))


def pieces(place: str, most: int) -> Iterator[bytes]:
    """The bytes of a path or an address, piece by piece. Raises InputError, also where there are more than `most`."""
    done = 0
    try:
        with _opened(place) as file:
            # What has come by now: a slow server can be left in between.
            while piece := file.read1(PIECE_BYTES):
                done += len(piece)
                if done > most:
                    raise InputError(f"{place} holds more than {most:,} bytes, which it should not. Nothing was kept.")
                yield piece
    except HTTPError as error:
        raise InputError(f"{place} answers {error.code} ({error.reason}). Check the address.") from None
    except (OSError, HTTPException, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"{place} cannot be read: {_reason(error)}") from None


def _opened(place: str) -> BufferedIOBase:
    if not is_remote(place):
        return cast(BufferedIOBase, open_regular(place))
    check_address(place)
    # A proxy of the organisation does not reach this machine's own servers.
    direct = [ProxyHandler({})] if urlsplit(place).hostname in _LOOPBACK else []
    request = Request(place, headers={"User-Agent": f"qgis_ddpm/{version()}", "Accept-Encoding": "identity"})
    return cast(BufferedIOBase, build_opener(_NoLeaving, *direct).open(request, timeout=TIMEOUT_S))


def _reason(error: Exception) -> str:
    """What went wrong, and what to do."""
    cause = error.reason if isinstance(error, URLError) else error
    if isinstance(cause, ssl.SSLCertVerificationError):
        return (
            f"its certificate is not trusted ({cause.verify_message}). Check the address and this machine's clock; "
            "behind a proxy of your organisation, name its certificates in SSL_CERT_FILE."
        )
    if isinstance(cause, ssl.SSLError):
        return f"no secure connection ({cause.reason or cause}). Check the address, or the proxy in between."
    if isinstance(cause, TimeoutError):
        return f"no answer within {TIMEOUT_S} s. Check the network, and try again."
    words = getattr(cause, "strerror", None) or str(cause) or type(cause).__name__
    return f"{words}. Check the address, the path and its permissions."
