"""What stands for a model where a detector is trained without any: the bands of the pairs, as they are scaled."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from typing import Any

from ...card import ModelCard
from ..detector.own_model import card_of_dates
from ..raster.scaling import measure_scaling
from ..raster.source import RasterSource
from .pair_files import PairFiles

# Pairs whose numbers say how bands are scaled.
_MOST_PAIRS = 8


def card_without_model(
    files: Sequence[PairFiles],
    bands: Sequence[int],
    override: Callable[[str], Mapping[str, Any]],
    seed: int,
    with_network: bool,
) -> ModelCard:
    """The card of a network that is to be made, or of none, for the bands of some pairs.

    Args:
        files: of the pairs.
        bands: numbers of those to read; () for all.
        override: what a layer says of a path, as of `RasterSource`.
        seed: of the places that are looked at.
        with_network: whether there is to be one.

    Raises:
        InputError: a file cannot serve.
    """
    step = -(-len(files) // _MOST_PAIRS)
    paths = [path for pair in files[::step] for path in (pair.before, pair.after)]
    with ExitStack() as stack:
        sources = [
            stack.enter_context(RasterSource(path, bands or None, None, override(path), palette="colours"))
            for path in paths
        ]
        return card_of_dates(measure_scaling(sources, seed), with_network)
