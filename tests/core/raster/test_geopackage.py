"""GeoPackages of the user's: other layers and tables, what stands in a write-ahead log, and files held open elsewhere.

What needs no library is tried with bare databases of SQLite; the layers themselves need pyogrio.
"""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from qgis_ddpm.core import run
from qgis_ddpm.core.outputs.transaction import OutputTransaction
from qgis_ddpm.core.raster.geopackage import check_target, others_kept, readable, start_from
from qgis_ddpm.core.raster.vectors_in import read_polygons
from qgis_ddpm.core.raster.vectors_out import check_vector, vector_part
from qgis_ddpm.errors import InputError, JobError, OutputError
from qgis_ddpm.jobs import DetectChanges, SampleTiles
from tests.other_writer import OTHER

SQUARE = {"type": "Polygon", "coordinates": [[[0, 0], [9, 0], [9, 9], [0, 9], [0, 0]]]}
TABLES = """
CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT);
CREATE TABLE parcels (fid INTEGER PRIMARY KEY, owner TEXT);
CREATE TABLE notes (words TEXT);
INSERT INTO gpkg_contents VALUES ('parcels', 'features');
INSERT INTO notes VALUES ('old');
"""


def make_database(path: Path) -> Path:
    with closing(sqlite3.connect(path)) as database:
        database.executescript(TABLES)
    return path


def notes(path: "Path | str") -> list[str]:
    with closing(sqlite3.connect(path)) as database:
        return [words for (words,) in database.execute("SELECT words FROM notes ORDER BY rowid")]


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    # The shared memory of other programs changes under their hands.
    return {
        item.name: (item.read_bytes(), item.stat().st_mtime_ns)
        for item in folder.iterdir()
        if not item.name.endswith("-shm")
    }


def other_program(path: Path) -> "subprocess.Popen[str]":
    process = subprocess.Popen(
        [sys.executable, "-c", OTHER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


@pytest.fixture
def dead(tmp_path: Path) -> Path:
    """A database whose last row stands in the log of a program that was killed."""
    path = make_database(tmp_path / "change.gpkg")
    process = other_program(path)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert (tmp_path / "change.gpkg-wal").stat().st_size > 0
    return path


@pytest.fixture
def live(tmp_path: Path) -> Iterator[Path]:
    """The same, open in a program that runs."""
    path = make_database(tmp_path / "change.gpkg")
    process = other_program(path)
    yield path
    process.communicate("")


def test_reading_takes_the_log_and_leaves_the_file_as_it_is(dead: Path, tmp_path: Path) -> None:
    before = snapshot(tmp_path)
    names = set(os.listdir(tmp_path))
    with readable(str(dead)) as found:
        assert notes(found) == ["old", "new"]
        assert found != str(dead)
    assert not os.path.exists(found)
    assert snapshot(tmp_path) == before
    assert set(os.listdir(tmp_path)) == names


def test_reading_takes_the_log_of_a_running_program(live: Path, tmp_path: Path) -> None:
    before = snapshot(tmp_path)
    with readable(str(live)) as found:
        assert notes(found) == ["old", "new"]
    assert snapshot(tmp_path) == before


def test_a_transaction_that_was_cut_off_is_not_read(tmp_path: Path) -> None:
    path = make_database(tmp_path / "a.gpkg")
    script = (
        "import sqlite3, sys, os, signal; d = sqlite3.connect(sys.argv[1], isolation_level=None); "
        "d.execute('PRAGMA cache_size=1'); d.execute('BEGIN'); d.execute('UPDATE notes SET words = ?', ('half',)); "
        "d.executemany('INSERT INTO notes VALUES (?)', [('x' * 900,)] * 500); os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run([sys.executable, "-c", script, str(path)], check=False)
    assert (tmp_path / "a.gpkg-journal").stat().st_size > 0
    before = snapshot(tmp_path)
    with readable(str(path)) as found:
        assert notes(found) == ["old"]
    assert snapshot(tmp_path) == before


def test_other_files_and_plain_databases_are_read_where_they_are(tmp_path: Path) -> None:
    plain = make_database(tmp_path / "a.gpkg")
    text = tmp_path / "a.geojson"
    text.write_text("{}")
    for path in (plain, text, tmp_path / "none.gpkg", tmp_path):
        with readable(str(path)) as found:
            assert found == str(path)


def test_a_file_that_never_rests_is_refused(dead: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = shutil.copyfile

    def meanwhile(source: str, target: str) -> str:
        with open(dead, "ab") as file:
            file.write(b"\0")
        return str(copy(source, target))

    monkeypatch.setattr(shutil, "copyfile", meanwhile)
    with pytest.raises(InputError, match="is being changed by another program"), readable(str(dead)):
        pass


def write_into_copy(path: Path, fail: bool = False) -> None:
    """Do as `vector_part` does, with a table in place of a layer."""
    with OutputTransaction() as transaction:
        part = transaction.temp_path(str(path))
        layer, check = start_from(str(path), part)
        transaction.before_renaming(str(path), check)
        with others_kept(str(path), part, layer), closing(sqlite3.connect(part)) as database:
            database.execute("CREATE TABLE result (id)")
            if fail:
                database.execute("DROP TABLE notes")
        transaction.publish()


def test_what_stood_in_the_log_survives_and_is_not_taken_for_the_new_files(dead: Path, tmp_path: Path) -> None:
    write_into_copy(dead)
    assert os.listdir(tmp_path) == ["change.gpkg"]
    assert notes(dead) == ["old", "new"]
    with closing(sqlite3.connect(dead)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("SELECT * FROM result").fetchall() == []


def test_a_geopackage_open_elsewhere_is_refused_early_and_at_the_end(live: Path, tmp_path: Path) -> None:
    before = snapshot(tmp_path)
    with pytest.raises(OutputError, match=r"change.gpkg is open in another program"):
        check_target(str(live))
    with pytest.raises(OutputError, match=r"change.gpkg is open in another program"):
        write_into_copy(live)
    assert snapshot(tmp_path) == before


def test_a_geopackage_that_is_opened_while_its_copy_is_written(tmp_path: Path) -> None:
    path = make_database(tmp_path / "change.gpkg")
    with OutputTransaction() as transaction:
        part = transaction.temp_path(str(path))
        _, check = start_from(str(path), part)
        transaction.before_renaming(str(path), check)
        process = other_program(path)
        with pytest.raises(
            OutputError, match=r"change.gpkg was changed by another.* left as it is, and the finished file is"
        ):
            transaction.publish()
        assert (tmp_path / "change.finished1.gpkg").exists()
        process.communicate("")
    assert notes(path) == ["old", "new"]


def test_a_geopackage_that_appears_meanwhile_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "change.gpkg"
    with OutputTransaction() as transaction:
        part = transaction.temp_path(str(path))
        _, check = start_from(str(path), part)
        transaction.before_renaming(str(path), check)
        Path(part).write_bytes(b"result")
        make_database(path)
        with pytest.raises(OutputError, match="was made by another program"):
            transaction.publish()
    assert notes(path) == ["old"]


def test_a_copy_that_lost_a_table_is_never_published(dead: Path, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="without losing 'notes'"):
        write_into_copy(dead, fail=True)
    assert notes(dead) == ["old", "new"]


def test_a_geopackage_that_stands_in_its_log_alone_is_one(tmp_path: Path) -> None:
    path = tmp_path / "change.gpkg"
    script = (
        "import sqlite3, sys, os, signal; d = sqlite3.connect(sys.argv[1]); d.execute('PRAGMA journal_mode=WAL'); "
        "d.executescript(sys.argv[2]); d.commit(); os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run([sys.executable, "-c", script, str(path), TABLES], check=False)
    assert (tmp_path / "change.gpkg-wal").stat().st_size > 0
    write_into_copy(path)
    assert notes(path) == ["old"]
    assert os.listdir(tmp_path) == ["change.gpkg"]


@pytest.mark.parametrize("kind", ["tiles", "attributes"])
def test_a_table_of_another_kind_is_not_replaced(tmp_path: Path, kind: str) -> None:
    path = make_database(tmp_path / "Parcels.gpkg")
    check_target(str(path))
    with closing(sqlite3.connect(path)) as database:
        database.execute("UPDATE gpkg_contents SET data_type = ?", (kind,))
        database.commit()
    with pytest.raises(OutputError, match="holds a table 'Parcels' that is no layer"):
        check_target(str(path))


def test_a_table_that_no_layer_describes_is_not_replaced(tmp_path: Path) -> None:
    path = make_database(tmp_path / "notes.gpkg")
    with pytest.raises(OutputError, match="holds a table 'notes'"):
        check_target(str(path))


def test_a_layer_is_found_by_its_name_in_other_letters(tmp_path: Path) -> None:
    path = make_database(tmp_path / "PARCELS.gpkg")
    layer, _ = start_from(str(path), str(tmp_path / "copy.gpkg"))
    assert layer == "parcels"


def test_what_is_no_geopackage_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    path.write_text("my notes")
    with pytest.raises(OutputError, match="is no GeoPackage"):
        check_target(str(path))
    with closing(sqlite3.connect(tmp_path / "b.gpkg")) as database:
        database.execute("CREATE TABLE mine (a)")
    with pytest.raises(OutputError, match="is no GeoPackage"):
        check_target(str(tmp_path / "b.gpkg"))
    path.write_bytes(b"")
    check_target(str(path))


def test_a_job_is_refused_before_any_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qgis_ddpm.core.raster.vectors_out.find_spec", lambda name: name)
    path = tmp_path / "a.gpkg"
    path.write_text("my notes")
    job = DetectChanges(before="a.tif", after="b.tif", output=str(tmp_path / "o.tif"), polygons=str(path))
    with pytest.raises(JobError, match=r"POLYGONS: .*a\.gpkg is there and is no GeoPackage"):
        list(run(job))
    model = tmp_path / "m.safetensors"
    sampling = SampleTiles(model=str(model), output=str(tmp_path / "o.tif"), footprints=str(path))
    with pytest.raises(JobError, match=r"FOOTPRINTS: .*a\.gpkg is there and is no GeoPackage"):
        list(run(sampling))
    assert os.listdir(tmp_path) == ["a.gpkg"]


def test_the_log_of_a_geopackage_that_is_gone_is_kept(dead: Path, tmp_path: Path) -> None:
    dead.unlink()
    with pytest.raises(OutputError, match=r"change.gpkg-wal, the last changes of a GeoPackage that is not there"):
        check_target(str(dead))
    assert (tmp_path / "change.gpkg-wal").exists()


# With layers, as the jobs write and read them.


def geojson(path: Path, number: int = 7) -> None:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32618"}}
    feature = {"type": "Feature", "properties": {"id": number}, "geometry": SQUARE}
    path.write_text(json.dumps({"type": "FeatureCollection", "crs": crs, "features": [feature]}))


def write_layer(path: Path, number: int) -> None:
    check_vector("POLYGONS", str(path))
    with OutputTransaction() as transaction:
        with vector_part(str(path), transaction.temp_path(str(path)), transaction) as part:
            geojson(Path(part), number)
        transaction.publish()


def numbers(path: Path, layer: str) -> list[int]:
    with closing(sqlite3.connect(f"file:{path}?immutable=1", uri=True)) as database:
        return [number for (number,) in database.execute(f'SELECT id FROM "{layer}"')]


@pytest.fixture
def pyogrio() -> None:
    pytest.importorskip("pyogrio.raw", reason="pyogrio, an optional package, is not installed")


@pytest.mark.usefixtures("pyogrio")
def test_other_layers_tables_and_styles_survive(tmp_path: Path) -> None:
    path = tmp_path / "change.gpkg"
    write_layer(tmp_path / "survey.gpkg", 1)
    (tmp_path / "survey.gpkg").rename(path)
    with closing(sqlite3.connect(path)) as database:
        database.executescript(
            "CREATE TABLE notes (words TEXT); INSERT INTO notes VALUES ('old');"
            "CREATE TABLE layer_styles (f_table_name TEXT, styleQML TEXT);"
            "INSERT INTO layer_styles VALUES ('change', 'mine');"
        )
    process = other_program(path)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    for number in (2, 3):
        write_layer(path, number)
        assert numbers(path, "change") == [number]
        assert numbers(path, "survey") == [1]
        assert notes(path) == ["old", "new"]
        with closing(sqlite3.connect(path)) as database:
            assert database.execute("SELECT styleQML FROM layer_styles").fetchall() == [("mine",)]
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert os.listdir(tmp_path) == ["change.gpkg"]


@pytest.mark.usefixtures("pyogrio")
def test_polygons_are_read_with_the_log(tmp_path: Path) -> None:
    path = tmp_path / "labels.gpkg"
    write_layer(path, 1)
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE notes (words TEXT)")
    script = OTHER.replace(
        "\"INSERT INTO notes VALUES ('new')\"", '"DROP TRIGGER IF EXISTS rtree_labels_geom_insert"'
    ).replace("database.commit()", "database.execute('INSERT INTO labels (id, geom) SELECT 2, geom FROM labels');"
              "database.commit()")  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    process.stdout.readline()
    process.kill()
    process.communicate()
    before = snapshot(tmp_path)
    assert len(read_polygons("LABELS", str(path)).polygons) == 2
    assert snapshot(tmp_path) == before


@pytest.mark.usefixtures("pyogrio")
def test_of_several_layers_of_polygons_none_is_guessed(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    write_layer(path, 1)
    (tmp_path / "a.gpkg").rename(tmp_path / "b.gpkg")
    with closing(sqlite3.connect(tmp_path / "b.gpkg")) as database:
        database.execute("CREATE TABLE notes (words TEXT)")
    assert len(read_polygons("LABELS", str(tmp_path / "b.gpkg")).polygons) == 1
    assert os.listdir(tmp_path) == ["b.gpkg"]
    write_layer(tmp_path / "b.gpkg", 2)
    with pytest.raises(InputError, match=r"several layers of polygons: 'a', 'b'"):
        read_polygons("LABELS", str(tmp_path / "b.gpkg"))
