"""What is said: no password, whatever it stands in, and nothing that steers a terminal."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qgis_ddpm.core.outputs.page import Report
from qgis_ddpm.core.outputs.transaction import provenance_tags
from qgis_ddpm.errors import ERRORS, InputError
from qgis_ddpm.events import Note, Progress, from_line, to_line
from qgis_ddpm.jobs import DetectChanges, TrainModel
from qgis_ddpm.said import inert, no_page, said, without_secrets

# Made up, and no secret anywhere.
WORD = "S3cret"
WITH_SECRET = [
    f"https://bob:{WORD}@127.0.0.1:1/simple",
    f"https://{WORD}@host/simple",
    f"https://bob:pa/{WORD}@host/x",
    f"https://bob:a@{WORD}@host/x",
    f"http_proxy=bob:{WORD}@proxy:3128",
    f"http_proxy=http://bob:{WORD}@proxy:3128",
    f"looking in https://bob:{WORD[:4]}",
    f"index-url='https://bob:{WORD}@h/simple'",
    f"--index_url=https://bob:{WORD}@h/s",
    f"PG:dbname=x user=y password='{WORD} b' host=h",
    f'PG:"dbname=x password={WORD}"',
    f"PG:host=h password=\\'{WORD} x\\'",
    f"MYSQL:db,user=u,password={WORD},host=h",
    f"MSSQL:server=h;uid=u;pwd={WORD};",
    f"OCI:user/{WORD}@db",
    f"georaster:user,{WORD},db,table",
    f"postgresql:///?password={WORD}",
    f"/vsicurl/https://h/x.tif?token={WORD}&y=2",
    f"/vsicurl?url=https%3A//h/x.tif%3Fsig%3D{WORD}",
    f"https://h/x?sig={WORD}%3D",
    f"https://h/s?key={WORD}",
    f"https://h/s?X-Amz-Security-Token={WORD}&b=1",
    f"https://h/s?X-Amz-Credential={WORD}",
    f"AWS_SECRET_ACCESS_KEY={WORD}",
    f"PGPASSWORD={WORD}",
    f"AccountKey={WORD}==;x",
    f"Authorization: Bearer {WORD}",
    f"Authorization: Basic {WORD}==",
    f'{{"password": "{WORD}"}}',
    f"{{'api_key': '{WORD}'}}",
    f"--password {WORD} x",
    f"password: {WORD}",
]
SIGNS = ["https://", "a", "b:", "@", "token", "=", "password", ": ", "'", '"', "\\", "/", "?key=", "oci:", ",", "***"]
HARMLESS = [
    "https://pypi.org/simple, as pip is configured",
    "http://127.0.0.1:9/simple",
    "https://[::1]:80/x",
    "see https://pypi.org/simple: mail a@b.org",
    "C:\\Users\\a@b\\x.tif: not found",
    "/home/a@b:c/x.tif does not exist",
    "SEED (Seed) is missing: 3",
    "Pass 2 of 3: 5 windows",
    "numpy>=1.24,<3",
    "unexpected token: <",
    "compass=3, tokens=12",
    "12:30 @ 5",
    "Grüße, 世界\n\tnext line",
]


@pytest.mark.parametrize("text", WITH_SECRET)
def test_a_password_is_hidden_wherever_it_stands(text):
    for shown in (said(text), said(f"Cannot read {text}. Choose another."), said(repr(text))):
        assert WORD[:4] not in shown
        assert "***" in shown


@pytest.mark.parametrize("text", HARMLESS)
def test_other_texts_stay_as_they_are(text):
    assert said(text) == text


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from([*SIGNS, "\x1b", "\u202e"]), max_size=9).map("".join))
def test_what_was_said_is_not_changed_again(text):
    assert said(said(text)) == said(text)
    assert from_line(to_line(Note(text))) == Note(text)


@settings(deadline=None)
@given(st.text())
def test_no_character_that_steers_is_left(text):
    shown = inert(text)
    assert not any(ord(c) < 32 and c not in "\n\t" for c in shown)
    assert not any(0x7F <= ord(c) <= 0x9F or c in "\u202a\u202b\u202d\u202e\u2066\u2067\u2069\u2028" for c in shown)
    shown.encode("utf-8")


def test_half_characters_of_odd_file_names_can_be_written():
    assert said("/tmp/\udcff\x1b]0;owned\x07.tif") == "/tmp/\\udcff\\x1b]0;owned\\x07.tif"


@pytest.mark.parametrize("part", ["a-", "a.", "://", "a://b:", "a:b", "x:@", "--token ", 'token="\\', "'"])
def test_a_hostile_text_costs_no_time(part):
    start = time.monotonic()
    without_secrets(part * 20_000)
    assert time.monotonic() - start < 3


@pytest.mark.parametrize("make", [*ERRORS.values(), Note, lambda text: Progress(1, 2, "tile", text)])
def test_every_way_to_say_something_is_clean(make):
    event = make(f"https://bob:{WORD}@h/s is \x1b[2J bad")
    text = getattr(event, "text", None) or str(event)
    assert text == "https://***@h/s is \\x1b[2J bad"
    assert WORD not in to_line(event)


def test_a_long_error_is_cut_after_it_was_cleaned():
    text = str(InputError("x" * 1190 + f"https://bob:{WORD}{'y' * 2000}@host"))
    assert WORD[:3] not in text


def test_cards_tags_and_pages_hold_no_password(tmp_path):
    source = f"PG:dbname=x password={WORD}"
    assert WORD not in str(TrainModel(input=(source,), model="m.safetensors", tiles=1).provenance())
    assert WORD not in str(DetectChanges(before=source, after="b.tif", output="o.tif").provenance())
    assert WORD not in str(provenance_tags("detectchanges", 0, BEFORE=source))
    report = Report(source, source)
    report.text(source)
    report.code(source)
    report.table((source,), [(source,)], source)
    report.figures([("source", source)])
    assert WORD not in report.html()


def test_pages_are_inert():
    evil = "<script>x</script><img src=x onerror=y>\x1b\u202e"
    report = Report(evil, evil)
    report.heading(evil)
    report.warning(evil)
    report.table((evil,), [(evil,)], evil)
    report.legend([((0, 0, 0), evil)])
    html = report.html()
    assert "<script>" not in html
    assert "<img" not in html
    assert not set("\x1b\u202e") & set(html)
    assert no_page("<b>a</b> 1 < 2, >=1,<3") == "\u2039b>a\u2039/b> 1 < 2, >=1,<3"
