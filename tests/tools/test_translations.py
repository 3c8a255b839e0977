"""No text of the plugin lacks a translation, and none is translated that is no more."""

import pytest

from tools import translations


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_every_text_of_today_is_translated_and_none_of_yesterday(language):
    there = set(translations.read(language))
    wanted = set(translations.messages(there))
    assert sorted(wanted - there) == [], "run `make translations`, and translate what is unfinished in the .ts file"
    assert sorted(there - wanted) == [], "run `make translations`"
