"""The plugin in German: the compiled texts are those of the source, and reach the toolbox, dialogs and messages."""

import re

import pytest
from qgis.PyQt.QtCore import QTranslator

from qgis_ddpm.algorithms import translation
from qgis_ddpm.errors import JobError
from qgis_ddpm.jobs import DetectChanges
from tools import translations


@pytest.fixture
def german(provider):
    assert translation.install("de")
    yield provider
    translation.remove()


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_the_compiled_texts_are_those_of_the_source(provider, language):
    translator = QTranslator()
    assert translator.load(str(translations.FOLDER / f"ddpm_{language}.qm"))
    texts = translations.read(language)
    assert {text: translator.translate(translations.CONTEXT, text) for text in texts} == texts


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_a_translation_fills_in_what_its_text_does(language):
    def places(text):
        return sorted(re.findall(r"\{[^\"}]*\}", text))

    def fits(text, words):
        # By their numbers, values may change places, or be left out as the plurals of English are.
        numbers = [int(place) for place in re.findall(r"\{(\d+)\}", words)]
        return all(number < len(places(text)) for number in numbers) if numbers else places(text) == places(words)

    assert [text for text, words in translations.read(language).items() if not fits(text, words)] == []


def test_toolbox_help_and_dialogs_speak_german(german):
    algorithm = german.algorithm("detectchanges").create()
    assert algorithm.displayName() == "Veränderungen erkennen"
    assert algorithm.group() == "Veränderungserkennung"
    assert algorithm.parameterDefinition("MIN_AREA").description() == "Kleinste Veränderung (Quadratmeter)"
    assert "Von 1 bis 1000." in algorithm.parameterDefinition("DRAWS").help()
    assert "Kartiert, was sich" in algorithm.shortHelpString()
    # Values that scripts and models write stay as they are.
    assert algorithm.parameterDefinition("METHOD").options() == ["auto", "features", "irmad", "cva"]


def test_refusals_speak_german(german):
    with pytest.raises(JobError, match=r"THRESHOLD ist 2 und damit außerhalb des Bereichs"):
        DetectChanges.from_values({"before": "a", "after": "b", "output": "c", "threshold": 2.0})


def test_a_language_that_is_not_there_is_english(provider):
    assert not translation.install("xx")
    assert provider.algorithm("detectchanges").displayName() == "Detect changes"
