"""What the sample of two dates tells of them: fills that nothing declares, and too few pixels for statistics."""

from collections.abc import Sequence

from ...errors import InputError
from ..gdal.fills import FillWatch, fill_notes
from .sample import PairSample


class TooFewPixelsError(InputError):
    """Two dates have no or too few valid pixels in common for any statistics."""


# Fewer pixels for each band make statistics that another sample would not confirm.
PIXELS_PER_BAND = 10


def least_pixels(bands: int) -> int:
    """Pixels without which the covariance of both dates' bands has no rank: their means take one, and one is left."""
    return 2 * bands + 2


def refuse_few_pixels(sample: PairSample, paths: Sequence[str]) -> None:
    """Raise TooFewPixelsError where a sample of the rasters at `paths` is too small for any statistics."""
    count, bands = sample.before.shape
    if count < least_pixels(bands):
        raise TooFewPixelsError(
            f"{paths[0]} and {paths[1]} have only {count} px that are valid in both: too few for the statistics of "
            f"{bands} bands, which need {least_pixels(bands)}. Choose larger rasters or fewer bands, or check their "
            "nodata values and masks."
        )


def sample_notes(sample: PairSample, paths: Sequence[str], watches: Sequence[FillWatch]) -> list[str]:
    """Warnings on a sample, with what was seen of both dates while it was read."""
    names = [f"The {which} date, {path}," for which, path in zip(("first", "second"), paths, strict=True)]
    notes = fill_notes(watches, names)
    count, bands = sample.before.shape
    if count < PIXELS_PER_BAND * bands:
        notes.append(
            f"Only {count} px are valid in both dates: statistics of {bands} bands are uncertain below "
            f"{PIXELS_PER_BAND * bands}."
        )
    return notes
