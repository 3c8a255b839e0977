"""What metadata.txt says of the plugin: dialogs, cards and tags all read it here, and nothing of it is repeated."""

import configparser
import os
from functools import cache

_PACKAGE = os.path.dirname(os.path.abspath(__file__))


@cache
def entry(name: str) -> str:
    """One entry of metadata.txt, which lies in the plugin's folder, or above the package in a checkout."""
    metadata = configparser.ConfigParser(interpolation=None)
    metadata.read([os.path.join(folder, "metadata.txt") for folder in (os.path.dirname(_PACKAGE), _PACKAGE)], "utf-8")
    return metadata.get("general", name)


def version() -> str:
    """The version of the package."""
    return entry("version")
