"""Outputs get their final names only when all of them are whole."""

import json
import os
from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from types import TracebackType

from ...errors import OutputError
from ...file_identity import Identities, Key
from ...job_files import lock_name
from ...locks import Lock, held
from ...metadata import version
from ...said import said
from ...temporary import private_folder
from .files import (
    is_kept,
    is_statistics,
    kept_beside,
    make_folder,
    remove_all,
    resolved,
    sidecars,
    to_disk,
    unfinished,
    write_new,
)
from .unchanged import refuse_changed_inputs


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
        kept = unfinished(path)
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
        make_folder(folder, path)
        key = self._same.key(path)
        if key in self._reserved:
            raise OutputError(f"{path} and {self._reserved[key]} are one file. Choose another name for one of them.")
        if os.path.isdir(path):
            raise OutputError(f"{path} cannot be written: a folder has this name. Choose another name.")
        if folder not in self._locked_folders:
            # Two names of one folder are one lock.
            guarded = os.path.join(os.path.realpath(folder), name)
            self._locks[guarded] = self._open.enter_context(held(lock_name(guarded), path))
        for beside in sidecars(path):
            if os.path.lexists(beside) and not os.path.lexists(path) and not is_statistics(beside):
                raise OutputError(
                    f"{path} cannot be written: {beside} would be read as a part of it. Rename or move that file, or "
                    "choose another name."
                )
        if not keep and is_kept(unfinished(path)):
            remove_all([unfinished(path)])
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

    def part_of(self, path: str) -> str:
        """Where an output that was asked for is written until it gets its name."""
        return self._parts[path]

    def lock_folder(self, folder: str) -> None:
        """Lock a folder for its many outputs at once. Raises OutputError."""
        path = os.path.abspath(folder)
        make_folder(path, folder)
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
            to_disk(part, path)
        refuse_changed_inputs()
        for path, part in reversed(list(self._parts.items())):
            old = sidecars(path) if os.path.lexists(path) else filter(is_statistics, sidecars(path))
            try:
                if path in self._checks:
                    self._checks[path]()
                os.replace(part, path)
            except OutputError as error:
                finished[resolved(path)] = kept_beside(part, path)
                refused.append(f"{error} It was left as it is, and the finished file is {finished[resolved(path)]}.")
            except OSError as error:
                finished[resolved(path)] = kept_beside(part, path)
                problems.append(
                    f"{path} is held by another program ({error.strerror}); the finished file is "
                    f"{finished[resolved(path)]}."
                )
            else:
                remove_all(old)
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


def provenance_tags(algorithm: str, seed: int, **more: object) -> dict[str, str]:
    """Tags of a raster; further ones by name, those that are None left out."""
    tags: dict[str, object] = {"QGIS_DDPM_ALGORITHM": algorithm, "QGIS_DDPM_VERSION": version(), "SEED": seed, **more}
    return {name: said(str(value)) for name, value in tags.items() if value is not None}
