"""Report pages: whole, escaped, without script, and the same bytes for the same content."""

import base64
import math
import os
import re
from html.parser import HTMLParser

import numpy as np
import pytest

from qgis_ddpm.core.outputs.page import Report, shown
from qgis_ddpm.core.outputs.pictures import to_png
from qgis_ddpm.core.outputs.transaction import OutputTransaction
from qgis_ddpm.errors import OutputError

NASTY = "<script>alert('x')</script> & \"quoted\" ü"


class Page(HTMLParser):
    """Collects tags and texts, and fails on a tag that is closed in the wrong order."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.open, self.texts, self.sources = [], [], [], []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag not in ("meta", "img"):
            self.open.append(tag)
        self.sources += [value for name, value in attrs if name in ("src", "href")]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.append(data)


def full_report():
    report = Report(NASTY, NASTY)
    report.heading(NASTY)
    report.text(NASTY)
    report.warning(NASTY)
    report.code(NASTY)
    report.figures([(NASTY, 0.5), (NASTY, NASTY)])
    report.table([NASTY, "n"], [[NASTY, 12345], [None, True]], caption=NASTY)
    report.legend([((1, 2, 3, 255), NASTY)])
    report.pictures([(to_png(np.full((3, 5, 4), 7, np.uint8)), NASTY)])
    return report


def test_every_part_is_escaped_and_nothing_is_fetched_or_run():
    page = Page(full_report().html())
    assert "script" not in page.tags
    assert "".join(page.texts).count(NASTY) == 15
    assert [source.split(",")[0] for source in page.sources] == ["data:image/png;base64"]


def test_a_picture_keeps_its_bytes_and_names_its_size():
    png = to_png(np.full((3, 5, 4), 7, np.uint8))
    html = full_report().html()
    assert base64.b64decode(re.search(r"base64,([^\"]+)", html)[1]) == png
    assert 'width="5" height="3"' in html
    with pytest.raises(ValueError, match="PNG"):
        Report("x").pictures([(b"GIF89a", "")])


def test_the_same_content_is_the_same_bytes(tmp_path):
    for name in ("a.html", "b.html"):
        full_report().write(str(tmp_path / name))
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()
    assert sorted(item.name for item in tmp_path.iterdir()) == ["a.html", "b.html"]


def test_a_report_that_cannot_be_written_leaves_nothing(tmp_path):
    with pytest.raises(OutputError, match="cannot be written: File name too long"):
        Report("x").write(str(tmp_path / ("n" * 300)))
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_noticed(tmp_path, monkeypatch):
    """A network share or a quota refuses bytes only when they leave the cache."""

    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match=r"a\.html could not be written whole \(No space left on device\)"):
        Report("x").write(str(tmp_path / "a.html"))
    assert list(tmp_path.iterdir()) == []


def test_a_report_waits_for_its_transaction(tmp_path):
    path = tmp_path / "a.html"
    with OutputTransaction() as transaction:
        Report("x").write(str(path), transaction)
        assert not path.exists()
        transaction.publish()
    assert path.read_text(encoding="utf-8") == Report("x").html()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "-"),
        (math.nan, "-"),
        (True, "yes"),
        (1234567, "1,234,567"),
        (0.123456, "0.1235"),
        (12345.6, "12,346"),
        (1e-7, "1e-07"),
        ("text", "text"),
    ],
)
def test_values_are_shown_short(value, text):
    assert shown(value) == text
