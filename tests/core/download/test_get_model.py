"""Models from an index: a folder, a server of this machine, and everything that must leave nothing behind."""

import json
import ssl
from collections.abc import Iterator
from functools import partial
from hashlib import sha256
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.error import URLError

import pytest

from qgis_ddpm.core import run
from qgis_ddpm.core.download import source
from qgis_ddpm.core.download.index import find_index, read_offers
from qgis_ddpm.errors import InputError, ModelFileError, OutputError
from qgis_ddpm.events import Cancelled, Note, Progress, Result
from qgis_ddpm.jobs import GetModel, load_job
from tests.core.makers.small_model import save_small_model


@pytest.fixture
def offered(tmp_path: Path) -> Path:
    """A folder with a model below it and an index."""
    folder = tmp_path / "offered"
    (folder / "files").mkdir(parents=True)
    save_small_model(folder / "files" / "small.safetensors", 3, licence="Research use.")
    content = (folder / "files" / "small.safetensors").read_bytes()
    entry = {
        "name": "small-rgb", "kind": "model", "address": "files/small.safetensors", "bytes": len(content),
        "sha256": sha256(content).hexdigest(), "bands": ["red", "green", "blue"], "licence": "Research use.",
    }  # fmt: skip
    write_index(folder, entry)
    return folder


def write_index(folder: Path, *entries: dict[str, Any], **more: Any) -> None:
    content = {"format": "qgis_ddpm models", "version": 1, "models": list(entries), **more}
    (folder / "index.json").write_text(json.dumps(content))


def entry_of(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "index.json").read_text())["models"][0]
    return found


@pytest.fixture
def server(offered: Path) -> Iterator[str]:
    """The address of a server of the folder, on this machine."""

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:
            if self.path.startswith("/away"):
                self.send_response(302)
                self.send_header("Location", "http://example.invalid/index.json")
                self.end_headers()
            else:
                super().do_GET()

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(offered)))
    thread = Thread(target=httpd.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{httpd.server_address[1]}"
    httpd.shutdown()
    httpd.server_close()
    thread.join()


def get(index: object, target: Path, name: str = "small-rgb") -> tuple[str, list[str]]:
    events = list(run(GetModel(name=name, index=str(index), model=str(target))))
    assert isinstance(events[-1], Result)
    return events[-1].outputs["MODEL"], [event.text for event in events if isinstance(event, Note)]


def test_from_a_folder_a_file_and_a_server_with_the_licence_first(offered: Path, server: str, tmp_path: Path) -> None:
    whole = (offered / "files" / "small.safetensors").read_bytes()
    for number, index in enumerate((offered, offered / "index.json", server, f"{server}/index.json")):
        path, notes = get(index, tmp_path / "got" / f"{number}.safetensors")
        assert Path(path).read_bytes() == whole
        assert notes[0] == "Licence of small-rgb: Research use."
        assert "red, green, blue" in notes[1]
    assert sorted(path.name for path in (tmp_path / "got").iterdir()) == [f"{i}.safetensors" for i in range(4)]


def test_without_a_file_name_it_goes_to_the_models_folder_and_is_fetched_once(
    offered: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QGIS_DDPM_MODELS", str(tmp_path / "models"))
    job = GetModel(name="small-rgb.safetensors", index=str(offered))
    for _ in range(2):
        events = list(run(job))
        assert events[-1] == Result({"MODEL": str(tmp_path / "models" / "small-rgb.safetensors")})
    assert any("already" in event.text for event in events if isinstance(event, Note))


def test_the_shipped_index_is_read_without_a_network(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(source, "build_opener", None)
    names = [offer.name for offer in read_offers(find_index(None))]
    assert {"ddpm-aerial-rgb", "detector-aerial-sztaki"} <= set(names)
    events = list(run(GetModel(name="detector-aerial-sztaki", model=str(tmp_path / "d.safetensors"))))
    assert any("A detector needs its model" in event.text for event in events if isinstance(event, Note))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"sha256": "0" * 64}, "is not the file that the index names"),
        ({"sha256": "../" + "0" * 61}, "whose sha256"),
        ({"bytes": 100}, "holds more than 100 bytes"),
        ({"bytes": 1 << 30}, "ended after"),
        ({"bytes": "many"}, "whose bytes many"),
        ({"name": "../small-rgb"}, "whose name"),
        ({"name": "a..b"}, "whose name"),
        ({"address": "../small.safetensors"}, "whose address"),
        ({"address": "/etc/small.safetensors"}, "whose address"),
        ({"address": "files\\..\\small.safetensors"}, "whose address"),
        ({"address": "https://example.invalid/small.safetensors"}, "whose address"),
        ({"address": "index.json"}, "whose address"),
        ({"address": "files/none.safetensors"}, "none.safetensors.*cannot be read|answers 404"),
    ],
)
@pytest.mark.parametrize("remote", [False, True])
def test_what_is_not_as_it_should_be_leaves_nothing(
    offered: Path, request: pytest.FixtureRequest, tmp_path: Path, changes: dict[str, Any], words: str, remote: bool
) -> None:
    write_index(offered, {**entry_of(offered), **changes})
    index = request.getfixturevalue("server") if remote else offered
    with pytest.raises(InputError, match=words) as caught:
        get(index, tmp_path / "got" / "m.safetensors")
    assert str(caught.value).count("Traceback") == 0
    assert not list((tmp_path / "got").iterdir() if (tmp_path / "got").exists() else [])


def test_a_file_that_is_no_model_is_not_kept(offered: Path, tmp_path: Path) -> None:
    content = b"not a model"
    (offered / "files" / "small.safetensors").write_bytes(content)
    write_index(offered, {**entry_of(offered), "bytes": len(content), "sha256": sha256(content).hexdigest()})
    with pytest.raises(ModelFileError, match="is no model"):
        get(offered, tmp_path / "m.safetensors")
    assert not (tmp_path / "m.safetensors").exists()


def test_another_licence_in_the_file_is_told(offered: Path, tmp_path: Path) -> None:
    write_index(offered, {**entry_of(offered), "licence": "Public domain."})
    _, notes = get(offered, tmp_path / "m.safetensors")
    assert any("another licence than the index: Research use." in note for note in notes)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<html>", "is no JSON"),
        (b"[]", "is no index of models"),
        (b'{"format": "qgis_ddpm models", "version": 2, "models": []}', "has version 2"),
        (b'{"format": "qgis_ddpm models", "version": 1, "models": [3]}', "an entry that is none"),
    ],
)
def test_what_is_no_index_is_said(tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "index.json").write_bytes(content)
    with pytest.raises(InputError, match=words):
        get(tmp_path, tmp_path / "m.safetensors")


def test_unknown_names_and_places_are_answered(offered: Path, server: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="It has: small-rgb"):
        get(offered, tmp_path / "m.safetensors", "large")
    for index, words in (
        (tmp_path / "nowhere", "is neither an index of models nor a folder"),
        (f"{server}/none.json", "answers 404"),
        (f"{server}/away.json", "is no https address"),
        ("http://example.invalid/index.json", "is no https address"),
        ("ftp://127.0.0.1/index.json", "is no https address"),
        # Nobody speaks TLS there.
        (server.replace("http:", "https:"), "no secure connection"),
    ):
        with pytest.raises(InputError, match=words):
            get(index, tmp_path / "m.safetensors")
    assert not (tmp_path / "m.safetensors").exists()


def test_a_certificate_that_is_not_trusted_is_one_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    refused = ssl.SSLCertVerificationError(1, "certificate verify failed")
    refused.verify_message = "self-signed certificate"

    class Opener:
        def open(self, *_: object, **__: object) -> None:
            raise URLError(refused)

    monkeypatch.setattr(source, "build_opener", lambda *_: Opener())
    with pytest.raises(InputError, match=r"certificate is not trusted \(self-signed certificate\)"):
        get("https://example.invalid/index.json", tmp_path / "m.safetensors")


def test_a_cancelled_download_leaves_nothing(offered: Path, tmp_path: Path) -> None:
    events = run(GetModel(name="small-rgb", index=str(offered), model=str(tmp_path / "got" / "m.safetensors")))
    for event in events:
        if isinstance(event, Progress) and event.unit == "byte":
            break
    assert isinstance(events.throw(Cancelled()), Cancelled)
    assert not list((tmp_path / "got").iterdir())


def test_a_target_that_cannot_be_written_is_said(offered: Path, tmp_path: Path) -> None:
    target = tmp_path / "m.safetensors"
    target.mkdir()
    with pytest.raises(OutputError, match="a folder has this name"):
        get(offered, target)


def test_an_index_of_a_job_file_is_relative_to_it_and_an_address_is_not(offered: Path, tmp_path: Path) -> None:
    for named, wanted in (("offered", str(offered)), ("https://a.example/index.json", "https://a.example/index.json")):
        (tmp_path / "job.yaml").write_text(f"job: getmodel\nname: small-rgb\nindex: {named}\n")
        assert load_job(str(tmp_path / "job.yaml")).index == wanted  # type: ignore[attr-defined]
