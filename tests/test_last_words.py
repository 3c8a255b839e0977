"""The stderr of a worker: of any size, told by its beginning and its end."""

import os
import subprocess
import sys
import tracemalloc

from qgis_ddpm import last_words
from qgis_ddpm.last_words import SHARE_BYTES, LastWords


def test_short_words_are_told_whole(tmp_path):
    words = LastWords(str(tmp_path / "a"))
    for size in (0, 1, SHARE_BYTES, SHARE_BYTES + 1, 2 * SHARE_BYTES):
        (tmp_path / "a").write_bytes(bytes(97 + number % 26 for number in range(size)))
        assert words.text() == (tmp_path / "a").read_text()


def test_of_many_words_the_memory_is_bounded(tmp_path):
    words = LastWords(str(tmp_path / "a"))
    with open(tmp_path / "a", "wb") as file:
        file.write(b"begin\n")
        file.truncate(500 << 20)
        file.seek(0, 2)
        file.write(b"\nend")
    tracemalloc.start()
    text = words.text()
    assert tracemalloc.get_traced_memory()[1] < 16 << 20
    tracemalloc.stop()
    assert text.startswith("begin\n")
    assert text.endswith("\nend")
    assert f"... {(500 << 20) + 4 - 2 * SHARE_BYTES} bytes left out ..." in text


def test_the_file_is_bounded_while_the_process_writes(tmp_path, monkeypatch):
    monkeypatch.setattr(last_words, "MAX_BYTES", 1 << 17)
    words = LastWords(str(tmp_path / "a"))
    code = "import sys, time\nsys.stderr.write('begin\\n')\nfor _ in range(4000): sys.stderr.write('y' * 999 + '\\n')\n"
    # What is written between the last reading and the cut is lost, so the end comes when the file is short again.
    code += "time.sleep(0.5)\nsys.stderr.write('the end')"
    with words.open() as file:
        process = subprocess.Popen([sys.executable, "-c", code], stderr=file)
    largest = 0
    while process.poll() is None:
        words.bound()
        largest = max(largest, os.path.getsize(tmp_path / "a"))
    text = words.text()
    assert text.startswith("begin\n")
    assert text.endswith("the end")
    assert "bytes left out" in text
    assert os.path.getsize(tmp_path / "a") < 4_000_000


def test_what_was_said_just_before_the_file_was_cut_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(last_words, "MAX_BYTES", 1 << 17)
    words = LastWords(str(tmp_path / "a"))
    with words.open() as file:
        file.write(b"begin\n" + b"y" * 999_000 + b"\nlast")
        file.flush()
        words.bound()
        assert os.path.getsize(tmp_path / "a") == 0
        assert words.text().endswith("\nlast")
        file.write(b" words")
    assert words.text().startswith("begin\n")
    assert words.text().endswith("y\nlast words")
    assert len(words.text()) < 3 * SHARE_BYTES


def test_words_of_libraries_steer_no_terminal_and_hold_no_password(tmp_path):
    words = LastWords(str(tmp_path / "a"))
    (tmp_path / "a").write_bytes(b"10%\r20%\r\n\x1b[31mred\xff https://bob:word@h/s\n")
    assert words.text() == "10%\n20%\n\\x1b[31mred\ufffd https://***@h/s"
