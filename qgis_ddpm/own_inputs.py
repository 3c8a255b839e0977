"""No output is an input: one check for every job, by the identity of files, before anything is touched."""

import os
from fnmatch import fnmatchcase
from typing import Dict, Iterable, Iterator, List, Mapping, Optional, Tuple

from .errors import JobError
from .file_identity import Identities, Key
from .input_files import names_beside
from .job_files import RASTER_ROLES, Read, Written, reads, writes
from .jobs import Job
from .jobs.config import configured
from .jobs.job import check_endings
from .words import tr


def refuse_outputs_that_are_inputs(
    job: Job,
    more: Iterable[Read] = (),
    elsewhere: Optional[Mapping[str, Optional[str]]] = None,
) -> None:
    """Raise JobError, before anything is touched, where a job would write over what it reads or what it writes.

    more: what is read beside what the job's fields name. elsewhere: as `writes` takes it.
    """
    written = writes(job, elsewhere)
    if written:
        _Comparison(written).check(list(dict.fromkeys([*reads(job), *more])))


def checked(job: Job, job_file: Optional[str]) -> Tuple[Job, List[str]]:
    """A job with its CONFIG worked in, as `configured` gives it, whose outputs are no inputs.

    job_file: the file that the job comes from. Raises JobError, also for an output that ends as its format does not.
    """
    named = reads(job, job_file)
    refuse_outputs_that_are_inputs(job, named)
    check_endings(job)
    whole, notes = configured(job)
    if whole != job:
        refuse_outputs_that_are_inputs(whole, named)
    return whole, notes


class _Comparison:
    """What a job writes, ready to be held against what it reads."""

    def __init__(self, written: List[Written]) -> None:
        self._same = Identities()
        # By folder that is written and any other: how that one is named in it.
        self._inner: Dict[Tuple[Key, str], List[str]] = {}
        self._files: Dict[Key, Written] = {}
        self._folders = [each for each in written if each.holds is not None]
        self._folder_keys = [self._same.key(each.path) for each in self._folders]
        # Names of what is not there yet, by their folder: a file that comes to lie beside an input is read with it.
        self._new: Dict[Key, Dict[str, Written]] = {}
        for each in written:
            if each.holds is None:
                self._refuse_second(each)
        for each in written:
            self._refuse_in_folder(each, each.path, tr("{} ({}) is written by {} too. Choose another name."))
        for each in self._files.values():
            if not os.path.lexists(each.path):
                folder, name = os.path.split(os.path.abspath(each.path))
                self._new.setdefault(self._same.key(folder), {})[name] = each

    def check(self, read: List[Read]) -> None:
        """Raise JobError where something that is read is written."""
        words = tr("{} ({}) is read by the job as {}. Choose another name, so that no input is lost.")
        for each in read:
            # A folder that is read has files in it, and cannot be a file.
            for path in [each.name, *each.files()] if each.is_folder else each.files():
                found = self._files.get(self._same.key(path))
                if found is not None:
                    raise JobError(words.format(*_named(found), _place(each, path)))
                self._refuse_in_folder(Written(each.field, each.name), path, words, reading=True)
                if each.role in RASTER_ROLES:
                    self._refuse_new_companion(each, path, words)

    def _refuse_second(self, each: Written) -> None:
        """Two destinations that are one file, or one's companion the other; two may share a companion."""
        key = self._same.key(each.path)
        other = self._files.get(key)
        if other is None:
            self._files[key] = each
        elif (each.main or other.main) and (each.field, each.path) != (other.field, other.path):
            words = tr("{} ({}) is written by {} too. Choose another name.")
            first, second = (each, other) if each.main else (other, each)
            raise JobError(words.format(*_named(first), second.field))

    def _refuse_in_folder(self, each: Written, path: str, words: str, reading: bool = False) -> None:
        """Refuse a path that is a folder that is written, or lies in it under a name that is written there."""
        for folder, key in zip(self._folders, self._folder_keys):
            if each is folder or not any(_is_held(folder, inner) for inner in self._inner_names(key, path)):
                continue
            if reading:
                raise JobError(words.format(*_named(folder), _place(Read(each.field, each.path, ""), path)))
            raise JobError(words.format(*_named(each), folder.field))

    def _inner_names(self, key: Key, path: str) -> Iterator[str]:
        """How a path is named inside a folder, whichever way leads there; "" is the folder itself."""
        ways = [path, os.path.realpath(path)] if os.path.islink(path) else [path]
        for way in ways:
            if self._same.key(way) == key:
                yield ""
            folder, name = os.path.split(os.path.abspath(way))
            if (key, folder) not in self._inner:
                both = dict.fromkeys([folder, os.path.realpath(folder)])
                self._inner[key, folder] = [found for each in both for found in self._climb(key, each)]
            for above in self._inner[key, folder]:
                yield f"{above}/{name}" if above else name

    def _climb(self, key: Key, folder: str) -> Iterator[str]:
        parts: List[str] = []
        while True:
            if self._same.key(folder) == key:
                yield "/".join(reversed(parts))
                return
            above, name = os.path.split(folder)
            if above == folder:
                return
            parts.append(name)
            folder = above

    def _refuse_new_companion(self, each: Read, path: str, words: str) -> None:
        if not self._new:
            return
        folder = os.path.dirname(os.path.abspath(path))
        new = self._new.get(self._same.key(folder))
        for name in names_beside(path) if new else ():
            found = (new or {}).get(os.path.basename(name))
            if found is not None:
                raise JobError(words.format(*_named(found), _place(each, path)))


def _is_held(folder: Written, inner: str) -> bool:
    """Whether a job writes something of this name in a folder; patterns hold for what lies below them too."""
    parts = inner.lower().split("/")
    ways = ["/".join(parts[: count + 1]) for count in range(len(parts))]
    return inner == "" or any(fnmatchcase(way, pattern.lower()) for way in ways for pattern in folder.holds or ())


def _named(each: Written) -> Tuple[str, str]:
    return each.field, each.path


def _place(each: Read, path: str) -> str:
    return each.field if path == each.name else f"{each.field}: {each.name}"
