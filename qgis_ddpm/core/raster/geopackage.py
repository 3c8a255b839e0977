"""GeoPackages of the user's: read as SQLite shows them now, and kept whole where one layer of theirs is written anew.

A GeoPackage is an SQLite database, and what was written last may stand beside it, in FILE-wal or FILE-journal. Opening
it would make or remove such files, so the user's own is only ever copied, until the moment it is replaced.
"""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

from ...errors import DdpmError, InputError, OutputError
from ...temporary import private_folder

if os.name != "nt":
    import fcntl

# The first bytes of every SQLite database; in bytes 18 and 19 stands 2 where it is in write-ahead mode.
MAGIC = b"SQLite format 3\0"
COMPANIONS = ("-wal", "-journal")
# SQLite's own bytes for readers' locks, from its file format; nothing is ever written there.
LOCK_START, LOCK_BYTES = 0x40000002, 510
ATTEMPTS = 5
# Times in nanoseconds and sizes in bytes of a database and what stands beside it; None where a file is missing.
State = tuple[tuple[int, int] | None, ...]


def layer_name(path: str) -> str:
    """The layer that an output is written into: the name of the file."""
    return os.path.splitext(os.path.basename(path))[0]


def check_target(path: str) -> None:
    """Raise OutputError where an output cannot become a layer of the GeoPackage that has its name.

    To be asked before any work is done; nothing is changed.
    """
    real = os.path.realpath(path)
    if not _holds_anything(real):
        left = [real + ending for ending in COMPANIONS if _holds_anything(real + ending)]
        if left:
            raise OutputError(
                f"Beside {path} lies {left[0]}, the last changes of a GeoPackage that is not "
                "there. Put that GeoPackage back, move the file away, or choose another name."
            )
        return
    if os.path.isdir(real):
        return
    try:
        with open(real, "rb+") as file:
            is_database = file.read(len(MAGIC)) == MAGIC
            used = is_database and _is_used(file.fileno())
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror}. Choose another name.") from None
    if used:
        raise _is_open(path)
    if is_database and any(_holds_anything(real + ending) for ending in COMPANIONS):
        # What it holds is known only from a copy, which is made in the end.
        return
    if is_database:
        with _damage_told(path), closing(sqlite3.connect(_address(real, "immutable=1"), uri=True)) as database:
            _layer_in(database, path)
        return
    raise _no_geopackage(path)


def start_from(path: str, part: str) -> tuple[str, Callable[[], None]]:
    """Copy the GeoPackage that an output belongs to, if there is one, to where the output is being written.

    Returns the layer to write, which takes the place of one of that name, and what to call right before the copy is
    renamed: it raises OutputError where the GeoPackage has changed since, or is open elsewhere. Raises OutputError.
    """
    real = os.path.realpath(path)
    check_target(path)
    if not _holds_anything(real):
        return layer_name(path), lambda: _still_nothing(path, real)
    state = _copy(real, part, OutputError)
    with _damage_told(path), closing(sqlite3.connect(part)) as database:
        layer = _layer_in(database, path)
    return layer, lambda: _settle(path, real, state)


@contextmanager
def others_kept(path: str, part: str, layer: str) -> Iterator[None]:
    """Make sure that writing a layer into a copy leaves all other tables in it.

    A library that cannot open what it is to add to may begin a new file in its place.

    Args:
        path: of the output, for messages.
        part: the copy, or the name of a file that is not there yet.
        layer: which is written.

    Raises:
        OutputError: where a table is missing afterwards.
    """
    before = _tables(part) if os.path.exists(part) else set()
    yield
    lost = {name for name in before - _tables(part) if name != layer and not name.startswith(f"rtree_{layer}_")}
    if lost:
        raise OutputError(
            f"{path} could not take one more layer without losing {sorted(lost)[0]!r}. Choose another name."
        )


@contextmanager
def readable(path: str) -> Iterator[str]:
    """A name under which a vector file can be read with all that SQLite shows of it, and nothing appears beside it.

    Files of other kinds keep their name. Raises InputError.
    """
    real = os.path.realpath(path)
    try:
        with open(real, "rb") as file:
            head = file.read(20)
    except OSError:
        # A folder, or nothing at all: whoever reads it says so.
        head = b""
    plain = not any(_holds_anything(real + ending) for ending in COMPANIONS) and head[18:20] != b"\2\2"
    if not head.startswith(MAGIC) or plain:
        yield path
        return
    with private_folder() as folder:
        copy = os.path.join(folder, os.path.basename(path))
        _copy(real, copy, InputError)
        yield copy


@contextmanager
def _damage_told(path: str) -> Iterator[None]:
    """Turn SQLite's errors into an OutputError that says what the file is not."""
    try:
        yield
    except sqlite3.Error:
        raise _no_geopackage(path) from None


def _copy(real: str, copy: str, failure: type[DdpmError]) -> State:
    """Copy a database with what stands beside it and fold it into one file; its state when it was copied."""
    for _ in range(ATTEMPTS):
        before = _state(real)
        try:
            shutil.copyfile(real, copy)
            for ending in COMPANIONS:
                if _holds_anything(real + ending):
                    shutil.copyfile(real + ending, copy + ending)
                elif os.path.exists(copy + ending):
                    os.remove(copy + ending)
        except OSError as error:
            if _state(real) != before:
                continue
            raise failure(f"{real} could not be copied: {error.strerror or error}. Free space on the disk.") from None
        if _state(real) == before:
            break
    else:
        raise failure(f"{real} is being changed by another program. Close it there, and start again.")
    try:
        with closing(sqlite3.connect(copy)) as database:
            database.execute("PRAGMA journal_mode=DELETE")
            database.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error as error:
        raise failure(f"{real} cannot be read as a database: {error}. Choose another file.") from None
    return before


def _settle(path: str, real: str, state: State) -> None:
    # What stood beside the old file would be taken for the new one's: SQLite is to put it where it belongs first.
    if _state(real) != state:
        raise OutputError(f"{path} was changed by another program while the result was written.")
    try:
        with closing(sqlite3.connect(_address(real, "mode=rw"), uri=True, timeout=1.0)) as database:
            database.execute("PRAGMA journal_mode=DELETE")
            database.execute("BEGIN EXCLUSIVE")
            database.rollback()
    except sqlite3.Error:
        raise _is_open(path) from None


def _still_nothing(path: str, real: str) -> None:
    if _holds_anything(real):
        raise OutputError(f"{path} was made by another program while the result was written.")


def _tables(path: str) -> set[str]:
    with closing(sqlite3.connect(path)) as database:
        found = database.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')").fetchall()
    return {name for (name,) in found}


def _layer_in(database: sqlite3.Connection, path: str) -> str:
    """The name of the layer to write as the GeoPackage spells it. Raises OutputError for a table of another kind."""
    wanted = layer_name(path)
    # SQLite itself tells no capitals from small letters.
    layers = database.execute(
        "SELECT table_name, data_type FROM gpkg_contents WHERE lower(table_name) = lower(?)", (wanted,)
    ).fetchall()
    tables = database.execute("SELECT type FROM sqlite_master WHERE lower(name) = lower(?)", (wanted,)).fetchall()
    if (layers and layers[0][1] != "features") or (tables and (not layers or tables[0][0] != "table")):
        raise OutputError(
            f"{path} holds a table {wanted!r} that is no layer of vectors, and it would be lost. Choose another name."
        )
    return str(layers[0][0]) if layers else wanted


def _address(path: str, query: str) -> str:
    escaped = path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    # A drive of Windows needs the slash before it.
    return f"file:{'' if escaped.startswith('/') else '/'}{escaped}?{query}"


def _is_used(descriptor: int) -> bool:
    """Whether another process reads or writes the database right now, or holds it open in write-ahead mode."""
    if os.name == "nt":
        # There, an open file cannot be renamed over, which is said when it is tried.
        return False
    try:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, LOCK_BYTES, LOCK_START)
    except (BlockingIOError, PermissionError):
        return True
    except OSError:
        # A file system without locks.
        return False
    return False


def _is_open(path: str) -> OutputError:
    return OutputError(f"{path} is open in another program. Close it there, or choose another name.")


def _no_geopackage(path: str) -> OutputError:
    return OutputError(f"{path} is there and is no GeoPackage, so no layer can be added to it. Choose another name.")


def _state(path: str) -> State:
    found: list[tuple[int, int] | None] = []
    for ending in ("", *COMPANIONS):
        try:
            about = os.stat(path + ending)
        except OSError:
            found.append(None)
        else:
            # An empty companion says nothing, and comes and goes with every reader.
            found.append((about.st_mtime_ns, about.st_size) if about.st_size else None)
    return tuple(found)


def _holds_anything(path: str) -> bool:
    try:
        return os.path.isdir(path) or os.path.getsize(path) > 0
    except OSError:
        return False
