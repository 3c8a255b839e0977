"""The pages of docs/ say what the code says."""

from tools.algorithm_pages import pages


def test_every_page_is_as_the_jobs_and_helps_are_now():
    stale = [path.name for path, text in pages().items() if not path.exists() or path.read_text("utf-8") != text]
    assert stale == [], "run `make docs`"
