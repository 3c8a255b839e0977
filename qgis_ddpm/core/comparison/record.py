"""What a comparison keeps of its trainings."""

import csv
import io
import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from ...errors import InputError
from ...regular_file import open_regular
from ..outputs.transaction import OutputTransaction
from .outcome import FIGURES, Outcome, label_of


@dataclass(frozen=True)
class Records:
    """Files in the folder of a comparison."""

    folder: str

    def path(self, name: str) -> str:
        """Where a file lies."""
        return os.path.join(self.folder, name)

    def save(self, name: str, outcome: Outcome) -> None:
        """Keep what was measured. Raises OutputError."""
        self.write(f"{name}.json", json.dumps(asdict(outcome), indent=1).encode())

    def load(self, name: str) -> Outcome | None:
        """What was measured; None where nothing was. Raises InputError for a damaged record."""
        content = self.read(f"{name}.json")
        if content is None:
            return None
        try:
            return Outcome(**json.loads(content))
        except (ValueError, TypeError) as error:
            raise InputError(
                f"{self.path(name)}.json is damaged ({error}). Remove it, and the setting is measured again."
            ) from None

    def read(self, name: str) -> bytes | None:
        """The content of a file; None where there is none. Raises InputError."""
        try:
            with open_regular(self.path(name)) as file:
                return file.read()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise InputError(f"{self.path(name)} cannot be read: {error.strerror}. Remove it.") from None

    def write(self, name: str, content: bytes) -> None:
        """Write a file whole or not at all. Raises OutputError."""
        with OutputTransaction() as transaction:
            transaction.write(self.path(name), content)
            transaction.publish()


def table(outcomes: Sequence[Outcome]) -> bytes:
    """All figures as CSV, a row for each training and way of sampling."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(("setting", "repeat", "diverged", "tiles_seen", *FIGURES))
    for outcome in outcomes:
        figures = (f"{outcome.figures[name]:.10g}" if name in outcome.figures else "" for name in FIGURES)
        rows.writerow((label_of(outcome.setting), outcome.repeat, outcome.diverged, outcome.tiles_seen, *figures))
    return text.getvalue().encode()
