"""Which raster of a series was taken when, and which mask belongs to which."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from ...acquisition_date import Dated, date_in, date_of
from ...errors import InputError, JobError

FROM_LIST = "DATES"
SHOWN = 40


def dates_of(paths: Sequence[str], tags: Sequence[Mapping[str, str]], given: Sequence[Dated]) -> list[Dated]:
    """The date of each raster: as given, else as its file tells. Raises InputError for none, or one that is twice.

    Args:
        paths: of the rasters.
        tags: metadata of each.
        given: a date for each, or none at all.
    """
    found: list[Dated] = []
    for number, (path, own) in enumerate(zip(paths, tags, strict=True)):
        dated = given[number] if given else date_of(path, own)
        if dated is None:
            raise InputError(
                f"{path} says nowhere when it was taken: neither its name, such as scene_20050712.tif, nor its "
                "metadata. Give the dates of all rasters with DATES, in their order."
            )
        for other, earlier in zip(paths, found, strict=False):
            if earlier.day == dated.day:
                raise InputError(_twice(other, path, dated))
        found.append(dated)
    return found


def _twice(first: str, second: str, dated: Dated) -> str:
    written = " That may be when the files were written." if dated.source == "TIFFTAG_DATETIME" else ""
    more = "" if dated.exact else ", as only a month or year is told"
    return (
        f"{first} and {second} are both of {dated.day.isoformat()} by their {_source(dated)}{more}.{written} Leave one "
        "out, join them to one raster, or give the dates of all rasters with DATES."
    )


def dating_notes(paths: Sequence[str], found: Sequence[Dated]) -> Iterator[str]:
    """What was taken for the dates, in the order of time."""
    told = sorted(zip(found, paths, strict=True))
    shown = "; ".join(f"{dated.day.isoformat()} {path}" for dated, path in told[:SHOWN])
    rest = f" and {len(told) - SHOWN} more" if len(told) > SHOWN else ""
    sources = ", ".join(dict.fromkeys(_source(dated) for dated, _ in told))
    yield f"{len(told)} dates, by {sources}: {shown}{rest}."
    vague = sum(not dated.exact for dated in found)
    if vague:
        yield f"{vague} of the dates tell only a month or year; its first day is taken."


def masks_by_date(masks: Sequence[str], days: Sequence[date]) -> list[str | None]:
    """The mask of each raster, whose days are given in the order of INPUT; None for no mask.

    Raises JobError where masks belong to no raster.
    """
    dated = [date_in(_name(mask), "name") for mask in masks]
    told = [each.day for each in dated if each is not None]
    if len(told) == len(masks) and set(told) <= set(days) and len(set(told)) == len(told):
        place = dict(zip(told, masks, strict=True))
        return [place.get(day) for day in days]
    if len(masks) == len(days):
        return list(masks)
    listed = ", ".join(masks)
    raise JobError(
        f"MASKS names {len(masks)} rasters ({listed[:300]}), which do not tell by the dates in their names which of "
        f"the {len(days)} rasters they belong to. Name them by date as the rasters are, or give one for each raster "
        "in the same order."
    )


def _name(path: str) -> str:
    return path.replace("\\", "/").rsplit("/", 1)[-1].rpartition(".")[0]


def _source(dated: Dated) -> str:
    return {"name": "names", "folder": "folders"}.get(dated.source, dated.source)
