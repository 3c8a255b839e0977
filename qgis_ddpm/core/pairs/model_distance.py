"""How far two dates are from what a model was trained on, told with reasons before its map is believed."""

import os
from collections.abc import Iterator

from ...card import ModelCard
from ...events import Note
from ..raster.findings.model_fit import band_reasons, far_text, pixel_reasons, range_reasons
from .pair import Pair
from .sample import PairSample


def pair_fit_notes(pair: Pair, model: str, card: ModelCard, offered: int) -> Iterator[Note]:
    """A warning where bands or pixels are of another kind.

    Args:
        pair: the dates.
        model, card: the model's path and card.
        offered: how many bands the dates have where the user named none.
    """
    for source in (pair.before, pair.after):
        reasons = band_reasons(card, offered, source.descriptions, source.dtypes)
        # The second date is seen on the grid of the first.
        reasons += pixel_reasons(card, pair.grid) if source is pair.before else []
        if reasons:
            yield Note(far_text(os.path.basename(model), source.path, reasons), "warning")
            return


def pair_range_notes(pair: Pair, sample: PairSample, model: str, card: ModelCard) -> Iterator[Note]:
    """A warning for a date whose numbers lie far from the model's range."""
    for source, pixels in ((pair.before, sample.before), (pair.after, sample.after)):
        reasons = range_reasons(card, pixels)
        if reasons:
            yield Note(far_text(os.path.basename(model), source.path, reasons), "warning")
