"""A run in German: whatever it says or writes for people has no English word, but for names that are the same."""

import re
from html import unescape
from pathlib import Path

import pytest

from qgis_ddpm.core import run
from qgis_ddpm.events import Note, Progress, Result, from_line, to_line
from qgis_ddpm.jobs import JOBS
from qgis_ddpm.messages import LANGUAGE, local, parts_of, rendered, translator
from qgis_ddpm.stages import counted, stage
from tools.scene import make_scene

# Words of sentences, of which one stands in nearly every English one and none in a German one.
ENGLISH = frozenset(
    re.findall(
        r"\S+",
        """
    the of and is are with to for from has have by it its which that this be as or at nor than then they them their no
    not does can cannot only each every other others into over under where when while because but if more most less few
    many any both same own here there out off up down bands row rows window windows tile tiles scores writing statistics
    sieve change changed unchanged valid reading measuring looking comparing counting drawing learning given taken takes
    needs found used made left kept pixels mask date dates loss synthetic figures area share threshold
    """,
    )
)
_PLAIN = re.compile(r"(?<![\w./=_\"'-])[a-z]{2,}(?![\w/=_]|\.[a-z])", re.ASCII)


def english_in(text):
    """The English words of a text that are no names: paths, fields and what stands in quotes are."""
    text = re.sub(r"'[^']*'|\"[^\"]*\"|`[^`]*`|\S*[/\\]\S*", " ", text)
    return sorted(set(_PLAIN.findall(text)) & ENGLISH)


@pytest.fixture(scope="module")
def places(tmp_path_factory):
    folder = tmp_path_factory.mktemp("german")
    make_scene(folder, size_px=128)
    return folder


CASES = {
    "detectchanges": {"before": "before.tif", "after": "after.tif", "method": "irmad", "output": "mask.tif",
                      "probability": "score.tif", "polygons": "areas.geojson", "kinds": "kinds.tif"},
    "applythreshold": {"probability": "score.tif", "threshold": 0.7, "output": "higher.tif"},
    "assesschanges": {"predicted": "mask.tif", "reference": "truth.tif", "report": "accuracy.html",
                      "error_map": "errors.tif"},
    "detectseries": {"input": ["before.tif", "after.tif", "before2.tif"], "dates": "2019-07-01,2020-07-01,2021-07-01",
                     "method": "cva", "output": "series.tif"},
    "fillgaps": {"input": "gaps.tif", "output": "filled.tif", "spread": "spread.tif"},
    "trainmodel": {"input": ["before.tif"], "preset": "tiny", "tiles": 64, "model": "m.safetensors",
                   "report": "training.html"},
    "sampletiles": {"model": "m.safetensors", "count": 1, "steps": 2, "output": "tiles.tif"},
    "checkenvironment": {"report": "environment.html"},
}  # fmt: skip


def located(folder, value):
    if isinstance(value, list):
        return [located(folder, each) for each in value]
    return str(folder / value) if isinstance(value, str) and Path(value).suffix else value


def prepare(folder):
    import rasterio

    with rasterio.open(folder / "before.tif") as source:
        pixels, profile = source.read(), source.profile
    for name in ("before2.tif", "gaps.tif"):
        profile.update(nodata=0)
        with rasterio.open(folder / name, "w", **profile) as target:
            if name == "gaps.tif":
                pixels[:, 40:44] = 0
            target.write(pixels)


def told_by(name, folder):
    """What a run says, over the wire as QGIS hears it, and what its report says."""
    values = {field: located(folder, value) for field, value in CASES[name].items()}
    told, last = [], None
    for event in run(JOBS[name].from_values(values)):
        last = event
        if isinstance(event, Note):
            told.append(local(from_line(to_line(event)).text))
        elif isinstance(event, Progress):
            told.append(f"{local(stage(event.text))}: {local(counted(event.total, event.unit))}")
    assert isinstance(last, Result)
    if "report" in values:
        page = Path(values["report"]).read_text(encoding="utf-8")
        page = re.sub(r"<style>.*?</style>|<pre>.*?</pre>", " ", page, flags=re.DOTALL)
        told += [unescape(text) for text in re.split(r"<[^>]*>", page) if text.strip()]
    return told


@pytest.mark.timeout(900)
def test_runs_speak_german(places, monkeypatch):
    monkeypatch.setenv(LANGUAGE, "de")
    prepare(places)
    # One after the other: some take what others made.
    told = [text for name in CASES for text in told_by(name, places)]
    # A card's own words are whoever's made the model.
    left = {text: english_in(text) for text in told if not text.startswith("Kacheln zu ")}
    assert {text: words for text, words in left.items() if words} == {}


def test_a_sentence_is_a_key_and_its_values():
    note = from_line(to_line(Note("The disk is full at /d. Free some space, or choose another folder.")))
    assert note.parts == [["The disk is full{}. Free some space, or choose another folder.", [" at /d"]]]
    german = rendered(note.parts, translator("de"))
    assert german.startswith("Der Datentr\u00e4ger ist voll")
    assert rendered(note.parts, str) == note.text


def test_sentences_one_after_the_other_are_told_apart():
    text = "Worker 12 on Python 3.11. Memory ran out. Lower BATCH_SIZE or BLOCK_PX, or take a smaller preset."
    assert [key for key, _ in parts_of(text)] == [
        "Worker {} on Python {}.",
        "Memory ran out. Lower BATCH_SIZE or BLOCK_PX, or take a smaller preset.",
    ]


def test_what_is_not_known_stays():
    assert parts_of("{nothing} of ours.") == []
    assert local("{nothing} of ours.", translator("de")) == "{nothing} of ours."
