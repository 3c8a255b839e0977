"""Outputs get their final names only when all of them are whole."""

import json
import os
import stat
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack, suppress
from types import TracebackType

from ...errors import OutputError
from ...file_identity import Identities, Key
from ...job_files import lock_name
from ...locks import Lock, held
from ...metadata import version
from ...said import said
from ...temporary import private_folder
from .unchanged import refuse_changed_inputs

RASTERS = (".tif", ".tiff")
# Files that other programs keep beside a raster; after it is replaced they speak of the old one.
STATISTICS = ".aux.xml"
SIDECARS = (STATISTICS, ".ovr", ".msk")
# The first bytes of OUTPUT.part, from which a run goes on; no other file of that name is touched.
MARK = b'{"format": "qgis_ddpm scores '


class OutputTransaction:
    """A set of output files that are written in hidden folders beside their names and renamed together.

    with OutputTransaction() as transaction:
        write(transaction.temp_path(main_output)); write(transaction.temp_path(other_output))
        transaction.publish()

    Each name is locked until the end of the `with` block, so that no two runs write one file. What a killed run left is
    known by the mark of its folder (`temporary.py`), and removed by the next that writes there.
    """

    def __init__(self) -> None:
        self._parts: dict[str, str] = {}
        self._reserved: dict[Key, str] = {}
        self._same = Identities()
        self._locked_folders: set[str] = set()
        self._checks: dict[str, Callable[[], None]] = {}
        # Where parts are written, by the folder that they will be in.
        self._making: dict[str, str] = {}
        self._open = ExitStack()
        # By what each guards: an output, or a folder with its many outputs.
        self._locks: dict[str, Lock] = {}

    def reserve(self, path: str) -> None:
        """Make sure, before hours of work, that an output can be written here and that no other run writes it.

        A missing folder is made, and scores that a stopped run left of this output are removed. Raises OutputError
        where that fails, where the name is a folder's, where another run holds it, or where a file of somebody else
        lies beside it that would be read as a part of it.
        """
        self._reserve(path, keep=False)

    def resumable_path(self, path: str) -> str:
        """Reserve an output, and the name of a file beside it that its run may leave behind to go on from.

        It is OUTPUT.part. Whoever reserves the output in another way removes it. To be asked for before `temp_path`.
        Raises OutputError also where a file of somebody else has this name.
        """
        self._reserve(path, keep=True)
        kept = _unfinished(path)
        if os.path.lexists(kept) and not is_kept(kept):
            raise OutputError(
                f"{path} cannot be written: its scores go to {kept}, which is a file of somebody else. Rename or move "
                "that file, or choose another name."
            )
        return kept

    def _reserve(self, path: str, keep: bool) -> None:
        if path in self._reserved.values():
            return
        folder, name = os.path.split(os.path.abspath(path))
        _make_folder(folder, path)
        key = self._same.key(path)
        if key in self._reserved:
            raise OutputError(f"{path} and {self._reserved[key]} are one file. Choose another name for one of them.")
        if os.path.isdir(path):
            raise OutputError(f"{path} cannot be written: a folder has this name. Choose another name.")
        if folder not in self._locked_folders:
            # Two names of one folder are one lock.
            guarded = os.path.join(os.path.realpath(folder), name)
            self._locks[guarded] = self._open.enter_context(held(lock_name(guarded), path))
        for beside in _sidecars(path):
            if os.path.lexists(beside) and not os.path.lexists(path) and not _is_statistics(beside):
                raise OutputError(
                    f"{path} cannot be written: {beside} would be read as a part of it. Rename or move that file, or "
                    "choose another name."
                )
        if not keep and is_kept(_unfinished(path)):
            _remove_all([_unfinished(path)])
        self._reserved[key] = path

    def temp_path(self, path: str) -> str:
        """The name to write an output under, on the same disk. The output named first is published last.

        Raises OutputError as `reserve` does, and where the output is asked for twice.
        """
        if path in self._parts:
            raise OutputError(f"{path} is named for two outputs. Choose another name for one of them.")
        self.reserve(path)
        folder, name = os.path.split(os.path.abspath(path))
        if folder not in self._making:
            try:
                self._making[folder] = self._open.enter_context(private_folder(folder))
            except OSError as error:
                raise OutputError(
                    f"{path} cannot be written: {error.strerror} at {folder}. Check the folder and its permissions, or "
                    "choose another one."
                ) from error
        self._parts[path] = os.path.join(self._making[folder], name)
        return self._parts[path]

    def lock_folder(self, folder: str) -> None:
        """Lock a folder for its many outputs at once. Raises OutputError."""
        path = os.path.abspath(folder)
        _make_folder(path, folder)
        guarded = os.path.realpath(path)
        self._locks[guarded] = self._open.enter_context(held(os.path.join(guarded, ".lock"), folder))
        self._locked_folders.add(path)

    def write(self, path: str, content: bytes) -> None:
        """Write a small output whole. Raises OutputError."""
        write_new(self.temp_path(path), content, path)

    def before_renaming(self, path: str, check: Callable[[], None]) -> None:
        """Have a function called right before an output takes its name; it raises OutputError where it must not."""
        self._checks[path] = check

    def publish(self) -> None:
        """Rename all outputs that were asked for, the one named first last.

        An output that another program holds open is not lost: its finished file stays beside it, and an OutputError
        names it after all others are published. Raises InputError, and publishes nothing, where an input of the job
        was changed meanwhile.
        """
        problems: list[str] = []
        refused: list[str] = []
        finished: dict[str, str] = {}
        for path, part in self._parts.items():
            _to_disk(part, path)
        refuse_changed_inputs()
        for path, part in reversed(list(self._parts.items())):
            old = _sidecars(path) if os.path.lexists(path) else filter(_is_statistics, _sidecars(path))
            try:
                if path in self._checks:
                    self._checks[path]()
                os.replace(part, path)
            except OutputError as error:
                finished[_resolved(path)] = _kept_beside(part, path)
                refused.append(f"{error} It was left as it is, and the finished file is {finished[_resolved(path)]}.")
            except OSError as error:
                finished[_resolved(path)] = _kept_beside(part, path)
                problems.append(
                    f"{path} is held by another program ({error.strerror}); the finished file is "
                    f"{finished[_resolved(path)]}."
                )
            else:
                _remove_all(old)
        self._parts.clear()
        if problems:
            problems.append("Close that program and rename the file.")
        if problems or refused:
            self._remember(finished)
            raise OutputError(" ".join(problems + refused))
        self._remove_replaced()

    def _remember(self, finished: Mapping[str, str]) -> None:
        """Leave word of finished files with other names: the next run that publishes there takes their place."""
        for guarded, lock in self._locks.items():
            own = [other for path, other in finished.items() if guarded in (path, os.path.dirname(path))]
            if own:
                lock.close(json.dumps([[os.path.basename(other), os.stat(other).st_ino] for other in own]))

    def _remove_replaced(self) -> None:
        """Remove the finished files that an earlier run could not give their names, as its word of them proves."""
        for lock in self._locks.values():
            with suppress(ValueError, TypeError, OSError):
                for name, number in json.loads(lock.left):
                    path = os.path.join(os.path.dirname(lock.path), os.path.basename(name))
                    if os.lstat(path).st_ino == number:
                        os.remove(path)

    def __enter__(self) -> "OutputTransaction":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._parts.clear()
        self._reserved.clear()
        self._making.clear()
        self._locks.clear()
        self._open.close()


def write_new(path: str, content: bytes, shown: str) -> None:
    """Write a file that must not exist yet, onto the disk itself; nothing is left of it where that fails.

    shown: the name in messages. Raises OutputError.
    """
    try:
        # Exclusive: a link that somebody put here is refused, not followed.
        with open(path, "xb") as file:
            file.write(content)
            file.flush()
            # A network share or a quota may refuse the bytes only when they leave the cache.
            os.fsync(file.fileno())
    except BaseException as error:
        if not isinstance(error, FileExistsError):
            _remove_all([path])
        if not isinstance(error, OSError):
            raise
        raise OutputError(
            f"{shown} could not be written whole ({error.strerror or error}). Free space on the disk or choose another "
            "folder."
        ) from error


def _make_folder(folder: str, what: str) -> None:
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"{what} cannot be written: its folder cannot be made ({error.strerror}). Choose another folder."
        ) from error


def _to_disk(part: str, path: str) -> None:
    """Wait until a file is on the disk, so that a power cut after its renaming loses nothing. Raises OutputError."""
    try:
        with open(part, "rb+") as file:
            os.fsync(file.fileno())
    except OSError as error:
        raise OutputError(
            f"{path} could not be written whole ({error.strerror or error}). Free space on the disk or choose another "
            "folder."
        ) from error


def _kept_beside(part: str, path: str) -> str:
    """Give a finished file a new name beside the one that it cannot have."""
    stem, ending = os.path.splitext(os.path.abspath(path))
    number = 1
    while os.path.lexists(name := f"{stem}.finished{number}{ending}"):
        number += 1
    os.replace(part, name)
    return name


def _unfinished(path: str) -> str:
    return f"{os.path.abspath(path)}.part"


def _sidecars(path: str) -> list[str]:
    """What GDAL would read with a raster of this name."""
    return [path + ending for ending in SIDECARS] if path.lower().endswith(RASTERS) else []


def _is_statistics(path: str) -> bool:
    """Whether a file is what GDAL writes about a raster: it is left where somebody removes the raster alone."""
    try:
        with open(path, "rb") as file:
            return path.endswith(STATISTICS) and b"<PAMDataset" in file.read(1024)
    except OSError:
        return False


def _remove_all(paths: Iterable[str]) -> None:
    for path in paths:
        with suppress(OSError):
            os.remove(path)


def _resolved(path: str) -> str:
    """A path whose folder is spelt without links; the file itself may be one."""
    return os.path.join(os.path.realpath(os.path.dirname(os.path.abspath(path))), os.path.basename(path))


def is_kept(path: str) -> bool:
    """Whether a file is one of kept scores, as its first bytes prove; a link or any other file is somebody else's."""
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            return False
        with open(path, "rb") as file:
            return file.read(len(MARK)) == MARK
    except OSError:
        return False


def provenance_tags(algorithm: str, seed: int, **more: object) -> dict[str, str]:
    """Tags of a raster; further ones by name, those that are None left out."""
    tags: dict[str, object] = {"QGIS_DDPM_ALGORITHM": algorithm, "QGIS_DDPM_VERSION": version(), "SEED": seed, **more}
    return {name: said(str(value)) for name, value in tags.items() if value is not None}
