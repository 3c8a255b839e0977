"""A model fetched from an index: its licence told, its bytes compared, its name given only when it is whole."""

import hashlib
import os
from collections.abc import Generator
from contextlib import ExitStack
from dataclasses import dataclass

from ...card import is_detector, read_detector_card, read_model_card
from ...errors import InputError, ModelFileError, OutputError
from ...events import Event, Events, Note, Progress, Result
from ...jobs import GetModel
from ...model_folder import models_folder
from ...regular_file import open_regular
from ..outputs.transaction import OutputTransaction
from ..planning import Cost
from .index import Offer, choose, find_index, read_offers
from .source import PIECE_BYTES, pieces

MB = 1_000_000


@dataclass(frozen=True)
class GetPlan:
    """The offer of an index, and where it goes. index: its path or address."""

    offer: Offer
    index: str
    path: str

    def cost(self) -> Generator[Event, None, Cost]:
        """The bytes of the file."""
        yield from ()
        return Cost(disk_bytes=self.offer.size)


def plan(job: GetModel, stack: ExitStack) -> Generator[Event, None, GetPlan]:
    """Read the index and tell what the model is and may be used for. Raises InputError."""
    index = find_index(job.index)
    yield Progress(0, 1, "file", f"reading {index}")
    offer = choose(read_offers(index), str(job.name), index)
    path = job.model or os.path.join(models_folder(), f"{offer.name}.safetensors")
    yield Note(f"Licence of {offer.name}: {offer.licence or 'the index tells none'}")
    bands = f" for the bands {', '.join(offer.bands)}" if offer.bands else ""
    yield Note(f"{offer.name}: a {offer.kind}{bands}, {offer.size / MB:,.3f} MB, from {offer.place} to {path}.")
    return GetPlan(offer, index, path)


def run(plan: GetPlan) -> Events:
    """Fetch the file of a plan. Raises InputError where it is not what the index says, OutputError."""
    offer, path = plan.offer, plan.path
    if os.path.isfile(path) and os.path.getsize(path) == offer.size and _sha256(path) == offer.sha256:
        yield Note(f"{path} is that file already: nothing was fetched.")
        yield Result({"MODEL": path})
        return
    with OutputTransaction() as transaction:
        part = transaction.temp_path(path)
        yield from _fetch(offer, part, path)
        yield from _look(offer, part)
        transaction.publish()
    yield Result({"MODEL": path})


def _fetch(offer: Offer, part: str, path: str) -> Events:
    digest, done = hashlib.sha256(), 0
    try:
        with open(part, "xb") as file:
            for piece in pieces(offer.place, offer.size):
                file.write(piece)
                digest.update(piece)
                done += len(piece)
                yield Progress(done, offer.size, "byte", "fetching")
    except OSError as error:
        raise OutputError(
            f"{path} could not be written whole ({error.strerror or error}). Free space on the disk or choose another "
            "folder."
        ) from error
    if done != offer.size:
        raise InputError(
            f"{offer.place} ended after {done:,} of {offer.size:,} bytes. Nothing was kept; try again, and if it ends "
            "so once more tell whoever made the index."
        )
    if digest.hexdigest() != offer.sha256:
        raise InputError(
            f"{offer.place} is not the file that the index names: its SHA-256 is {digest.hexdigest()[:16]}..., not "
            f"{offer.sha256[:16]}.... Nothing was kept; tell whoever made the index."
        )


def _look(offer: Offer, part: str) -> Events:
    """What the file says of itself. Raises ModelFileError where it is no model."""
    try:
        if is_detector(part):
            fingerprint = read_detector_card(part).model_fingerprint
            yield Note(f"A detector needs its model, whose fingerprint is {fingerprint[:12]}: get that too.")
            return
        licence = read_model_card(part).licence
    except ModelFileError as error:
        raise ModelFileError(f"{offer.place} is no model: {str(error).replace(part, offer.name)}") from None
    if licence != offer.licence:
        yield Note(f"The file itself tells another licence than the index: {licence or 'none'}", "warning")


def _sha256(path: str) -> str:
    digest = hashlib.sha256()
    with open_regular(path) as file:
        for piece in iter(lambda: file.read(PIECE_BYTES), b""):
            digest.update(piece)
    return digest.hexdigest()
