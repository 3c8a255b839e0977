"""What an experiment remembers of the files that it was begun on: enough to know other data, cheap for large files."""

import os
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from .input_files import State, state_of
from .job_files import data_of
from .jobs import Job

# Of a file so many pieces are read, evenly spread from its first to its last byte: all of it where it is small. Of many
# files together no more than so many bytes, as long as each piece is a page.
PIECES, MOST_PIECE_BYTES, LEAST_PIECE_BYTES = 16, 1 << 20, 1 << 12
MOST_BYTES = 1 << 29

Record = dict[str, dict[str, Any]]


def record_of(job: Job) -> Record:
    """Size and content of every file of data that a job reads, by its path."""
    states: dict[str, State] = {}
    for read in data_of(job):
        for path in read.files():
            place = os.path.abspath(path)
            state = state_of(place) if place not in states else None
            if state is not None:
                states[place] = state
    piece = MOST_BYTES // PIECES // max(len(states), 1)
    piece = min(max(piece, LEAST_PIECE_BYTES), MOST_PIECE_BYTES)
    return {
        path: {"size": state.size, "content": state.content or _content(path, state.size, piece)}
        for path, state in states.items()
    }


def differing_input(before: Mapping[str, Mapping[str, Any]], now: Record) -> str:
    """What is another than it was, in words that go on after "begun on"; "" where all contents are the same."""
    if not isinstance(before, dict):
        raise TypeError("it holds no files by their paths")
    # How much is read of a file depends on how many there are, so their names come first.
    gone = next((path for path in before if path not in now), None)
    if gone:
        return f"{gone}, which is gone"
    new = next((path for path in now if path not in before), None)
    if new:
        return f"inputs without {new}"
    other = next((path for path, old in before.items() if old != now[path]), None)
    return f"another {other}" if other else ""


def _content(path: str, size: int, piece: int) -> str:
    found = sha256()
    step = max((size - piece) / (PIECES - 1), piece)
    try:
        with open(path, "rb") as file:
            for number in range(PIECES):
                file.seek(round(number * step))
                found.update(file.read(piece))
    except OSError:
        # Whoever reads it says so in better words.
        return ""
    return found.hexdigest()
