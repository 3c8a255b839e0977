"""Stages of a run and the units that they are counted in, as people say them."""

from typing import Dict

# What events call a stage -> what is shown of it.
STAGES: Dict[str, str] = {
    "scores": "comparing the dates",
    "statistics": "measuring the dates",
    "writing": "writing the map",
    "sieve": "dropping small patches",
    "polygons": "drawing polygons",
    "features": "reading with the model",
    "drawing": "drawing",
    "correlations": "measuring how neighbours agree",
    "filling": "filling the gaps",
    "strata": "counting the strata",
    "kinds": "telling kinds of change",
    "checking": "checking",
    "comparing": "comparing",
}
# Words that have no plural, or another.
_PLURALS = {"percent": "percent", "px": "px"}


def stage(text: str) -> str:
    """The name of a stage in English; what is no stage stays as it is."""
    return STAGES.get(text, text)


def plural(unit: str) -> str:
    """The plural of a unit: windows, rows of windows."""
    first, of, rest = unit.partition(" of ")
    return _PLURALS.get(unit, f"{first}s{of}{rest}")


def counted(total: float, unit: str) -> str:
    """The unit in the number that agrees with how many there are."""
    return unit if total == 1 else plural(unit)
