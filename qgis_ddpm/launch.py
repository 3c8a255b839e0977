"""How this process was started: alone, or by torchrun as one of several that share one training."""

import os
from typing import Mapping, NamedTuple, Optional


class Rank(NamedTuple):
    """The number of this process among `size`, and among those of its own computer."""

    number: int = 0
    size: int = 1
    local: int = 0


def rank(environ: Optional[Mapping[str, str]] = None) -> Rank:
    """What torchrun says of this process; the only one where it was not started by it."""
    source = os.environ if environ is None else environ
    # A shell may have RANK for reasons of its own; this one is torchrun's.
    if "TORCHELASTIC_RUN_ID" not in source:
        return Rank()
    return Rank(int(source["RANK"]), int(source["WORLD_SIZE"]), int(source["LOCAL_RANK"]))
