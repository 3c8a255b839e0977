"""When a raster was taken: a date in the name of its file, in its metadata, or in a text that a user gives."""

import os
import re
from datetime import date, timedelta
from typing import Mapping, NamedTuple, Optional

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_MONTH, _DAY = r"(?P<month>0[1-9]|1[0-2])", r"(?P<day>0[1-9]|[12]\d|3[01])"
# From the most to the least exact; a name that holds several of one kind is read by its first.
_DAYS = (
    # 20050712, 2005-07-12, 20200615T103629, 20200615103629: not within a longer number.
    re.compile(rf"(?<!\d){_YEAR}(?P<between>[-_.:/]?){_MONTH}(?P=between){_DAY}(?:(?=\d{{6}}(?!\d))|(?!\d))"),
    # Landsat before its collections, LT50060662005193CUB00: sensor, path, row, year and day of it.
    re.compile(rf"(?<![A-Z0-9])L[A-Z]\d\d{{6}}{_YEAR}(?P<of_year>\d{{3}})[A-Z]{{3}}\d\d", re.IGNORECASE),
    # MODIS, A2005193.
    re.compile(rf"(?<!\d){_YEAR}-?(?P<of_year>[0-3]\d\d)(?!\d)"),
)
_MONTHS = re.compile(rf"(?<!\d){_YEAR}[-_.]?{_MONTH}(?!\d)")
_YEARS = re.compile(rf"(?<!\d){_YEAR}(?!\d)")
# Names under which files tell it, the surest first: the last is often when the file was written.
TAGS = (
    *("ACQUISITION_DATE", "DATE_ACQUIRED", "ACQUISITIONDATETIME", "SENSING_TIME", "DATATAKE_1_DATATAKE_SENSING_START"),
    *("PRODUCT_START_TIME", "TIME_COVERAGE_START", "ACQUIRED", "DATETIME", "DATE"),
    "TIFFTAG_DATETIME",
)


class Dated(NamedTuple):
    """A date and what told it; exact: whether the day was told, or only a month or year, whose first day it is."""

    day: date
    source: str
    exact: bool


def date_in(text: str, source: str) -> Optional[Dated]:
    """The date in a text; None where there is none, or two months or years that differ."""
    for pattern in _DAYS:
        for found in pattern.finditer(text):
            day = _day(found)
            if day is not None:
                return Dated(day, source, True)
    for pattern in (_MONTHS, _YEARS):
        days = {
            date(int(found["year"]), int(found.groupdict().get("month") or 1), 1) for found in pattern.finditer(text)
        }
        if days:
            return Dated(days.pop(), source, False) if len(days) == 1 else None
    return None


def date_of(path: str, tags: Mapping[str, str]) -> Optional[Dated]:
    """When a raster was taken, by its name, else by its metadata, else by a day in the name of its folder."""
    folder, name = os.path.split(path)
    found = date_in(os.path.splitext(name)[0], "name")
    if found is not None:
        return found
    given = {key.upper().replace("-", "_"): value for key, value in tags.items()}
    for key in TAGS:
        found = date_in(given.get(key, ""), key)
        if found is not None:
            return found
    found = date_in(os.path.basename(folder), "folder")
    return found if found is not None and found.exact else None


def _day(found: "re.Match[str]") -> Optional[date]:
    parts = found.groupdict()
    year = int(parts["year"])
    if "of_year" not in parts:
        try:
            return date(year, int(parts["month"]), int(parts["day"]))
        except ValueError:
            return None
    day = date(year, 1, 1) + timedelta(days=int(parts["of_year"]) - 1)
    return day if day.year == year else None
