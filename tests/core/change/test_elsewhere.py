"""Change maps by the workers of a Dask scheduler: the same bytes whoever computes them, and what ends a run."""

import os
import pickle
import signal
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from qgis_ddpm.core import run
from qgis_ddpm.core.change.elsewhere import strips
from qgis_ddpm.core.cluster import connection, tasks
from qgis_ddpm.errors import ClusterError, EnvironmentMissingError, JobError
from qgis_ddpm.events import Cancelled, Event, Note, Progress, Result
from qgis_ddpm.jobs import DetectChanges, load_job
from tests.core.change.test_run import make_pair
from tests.core.change.test_with_detector import HEADS, write_detector

distributed = pytest.importorskip("distributed", reason="requirements/cluster.txt is not installed")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a pair of dates and a model."""
    folder = tmp_path_factory.mktemp("pair")
    make_pair(folder)
    return folder


def cluster_of(workers: int, processes: bool) -> Any:
    """A scheduler with its workers on free ports of this machine; those that are no processes start in no time."""
    return distributed.LocalCluster(
        n_workers=workers, threads_per_worker=1, processes=processes, protocol="tcp://", **connection.NO_SERVER
    )


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """A scheduler with two workers, all in this process, which starts in no time."""
    with cluster_of(2, processes=False) as cluster:
        yield cluster.scheduler_address


@pytest.fixture(autouse=True)
def _small_strips(monkeypatch: pytest.MonkeyPatch) -> None:
    """Strips of 32 rows, five of the pair's 150."""
    monkeypatch.setattr(strips, "LEAST_ROWS", 32)


def job(folder: Path, target: Path, **fields: Any) -> DetectChanges:
    target.mkdir(exist_ok=True)
    rasters = {name: str(target / f"{name}.tif") for name in ("output", "probability", "uncertainty")}
    given = {"before": str(folder / "a.tif"), "after": str(folder / "b.tif"), "device": "cpu", **rasters}
    return DetectChanges(**{**given, **fields})


def written(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def results(events: Iterator[Event]) -> dict[str, Any]:
    *_, last = list(events)
    assert isinstance(last, Result)
    return {name: value for name, value in last.outputs.items() if not isinstance(value, str)}


@pytest.mark.parametrize("method", ["irmad", "cva", "features", "topdown"])
def test_the_bytes_are_those_of_one_process(
    folder: Path,
    tmp_path: Path,
    scheduler: str,
    method: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fields: dict[str, Any] = {"method": method, "radiometry": "match"}
    if method == "topdown":
        write_detector(tmp_path / "d.safetensors", folder / "model.safetensors", HEADS["topdown"], "standard")
        fields = {"detector": str(tmp_path / "d.safetensors")}
    if method in ("features", "topdown"):
        fields["model"] = str(folder / "model.safetensors")
    alone = results(run(job(folder, tmp_path / "alone", **fields)))
    # A worker's folder is another one, so paths are sent whole.
    monkeypatch.chdir(folder)
    fields |= {"before": "a.tif", "after": "b.tif", "scheduler": scheduler}
    assert results(run(job(folder, tmp_path / "shared", **fields))) == alone
    assert written(tmp_path / "shared") == written(tmp_path / "alone")


def test_a_worker_that_is_killed_is_replaced(folder: Path, tmp_path: Path) -> None:
    alone = results(run(job(folder, tmp_path / "alone", method="cva")))
    with cluster_of(1, processes=True) as cluster:
        events = run(job(folder, tmp_path / "shared", method="cva", scheduler=cluster.scheduler_address))
        outputs, killed = {}, False
        for event in events:
            if isinstance(event, Progress) and event.unit == "strip" and event.done == 1 and not killed:
                killed = True
                with distributed.Client(cluster, set_as_default=False) as client:
                    (pid,) = client.run(os.getpid).values()
                os.kill(pid, signal.SIGKILL)
            if isinstance(event, Result):
                outputs = event.outputs
        assert killed
    assert {name: outputs[name] for name in alone} == alone
    assert written(tmp_path / "shared") == written(tmp_path / "alone")


def test_a_lost_scheduler_keeps_what_is_done_and_one_process_goes_on(folder: Path, tmp_path: Path) -> None:
    results(run(job(folder, tmp_path / "alone", method="cva")))
    whole = written(tmp_path / "alone")
    with cluster_of(1, processes=False) as cluster:
        events = run(job(folder, tmp_path / "shared", method="cva", scheduler=cluster.scheduler_address))
        for event in events:
            if isinstance(event, Progress) and event.unit == "strip" and event.done == 2:
                break
        cluster.close()
        with pytest.raises(ClusterError, match=r"The scheduler was lost.*the same job again"):
            list(events)
    assert list(written(tmp_path / "shared")) == ["output.tif.part"]
    found = list(run(job(folder, tmp_path / "shared", method="cva")))
    assert any(event.text.startswith("Going on from") for event in found if isinstance(event, Note))
    assert written(tmp_path / "shared") == whole


def test_a_cancelled_run_goes_on_with_workers(folder: Path, tmp_path: Path, scheduler: str) -> None:
    results(run(job(folder, tmp_path / "alone", method="cva")))
    shared = job(folder, tmp_path / "shared", method="cva", scheduler=scheduler)
    events = run(shared)
    for event in events:
        if isinstance(event, Progress) and event.unit == "strip" and event.done == 2:
            break
    assert isinstance(events.throw(Cancelled()), Cancelled)
    assert not list(events)
    assert list(written(tmp_path / "shared")) == ["output.tif.part"]
    results(run(shared))
    assert written(tmp_path / "shared") == written(tmp_path / "alone")


def order(folder: Path, tmp_path: Path) -> strips.StripOrder:
    """What a worker would be sent."""
    caught: list[bytes] = []

    def catch(client: object, work: object, common: bytes, *_: object) -> Iterator[Event]:
        caught.append(common)
        raise ClusterError("caught")
        yield

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(strips, "in_order_elsewhere", catch)
        patch.setattr(strips, "connected", lambda *_: nullcontext(SimpleNamespace(nthreads=dict)))
        with pytest.raises(ClusterError, match="caught"):
            list(run(job(folder, tmp_path / "o", method="cva", scheduler="tcp://a:1")))
    found: strips.StripOrder = pickle.loads(caught[0])
    return found


def test_a_worker_says_what_it_lacks(folder: Path, tmp_path: Path) -> None:
    sent = order(folder, tmp_path)
    (path, state), *_ = sent.files.items()
    for files, words in (
        ({str(tmp_path / "gone.tif"): state}, "does not see .*gone.tif"),
        ({path: state._replace(size=1)}, "has another file as .*tif"),
    ):
        with pytest.raises(ClusterError, match=words):
            strips.score_strip(strips.version(), pickle.dumps(replace(sent, files=files)), (0, 0, 8, 8))
    with pytest.raises(ClusterError, match=r"the job comes from 0\.0\.1"):
        strips.score_strip("0.0.1", b"", (0, 0, 8, 8))


@pytest.mark.parametrize("text", ["local", "local:0", "http://a:8786", "a:8786", "tcp://a"])
def test_what_is_no_scheduler_is_refused(folder: Path, tmp_path: Path, text: str) -> None:
    with pytest.raises(JobError, match="SCHEDULER is"):
        job(folder, tmp_path / "o", method="cva", scheduler=text)


def test_a_scheduler_that_does_not_answer_and_a_package_that_is_missing(
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(connection, "CONNECT_S", 1)
    with pytest.raises(ClusterError, match=r"No scheduler answers at tcp://127\.0\.0\.1:9"):
        list(run(job(folder, tmp_path / "o", method="cva", scheduler="tcp://127.0.0.1:9")))
    monkeypatch.setattr(connection, "find_spec", lambda name: None)
    with pytest.raises(EnvironmentMissingError, match="needs the package distributed"):
        list(run(job(folder, tmp_path / "o", method="cva", scheduler="local:2")))
    assert not written(tmp_path / "o")


def test_no_job_file_names_a_scheduler(tmp_path: Path) -> None:
    path = tmp_path / "job.yaml"
    path.write_text("job: detectchanges\nbefore: a.tif\nafter: b.tif\noutput: o.tif\nscheduler: tcp://a:8786\n")
    with pytest.raises(JobError, match="decides what program is run"):
        load_job(str(path))


class Future:
    def __init__(self, status: str, error: Exception | None = None) -> None:
        self.status, self._error = status, error

    def exception(self) -> Exception | None:
        return self._error


@pytest.mark.parametrize(
    ("future", "words"),
    [
        (Future("cancelled"), "The scheduler was lost"),
        (Future("error", MemoryError()), "no memory left"),
        (Future("error", ModuleNotFoundError("No module named 'qgis_ddpm'")), "install qgis_ddpm"),
        (Future("error", RuntimeError("boom")), "RuntimeError: boom"),
    ],
)
def test_what_a_worker_ends_with_is_one_sentence(future: Future, words: str) -> None:
    with pytest.raises(ClusterError, match=words):
        tasks._result(None, future)
