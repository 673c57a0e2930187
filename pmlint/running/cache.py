"""Results of earlier runs, so that a document that has not changed is not read again.

A result holds for a text, for the settings it was checked with and for the pmlint that
checked it. One file of the cache holds the results of one folder. It is trusted while
the documents' size and times are those noted; where they differ, the text decides.
Whatever is wrong with the cache, the worst that comes of it is a document checked again.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from pmlint import __version__
from pmlint.files.discovery import status
from pmlint.findings import Edit, Finding, Fix, Level, Related, Source, Span
from pmlint.reports import FileReport, Wording

if TYPE_CHECKING:
    from pmlint.files.discovery import File

FOLDER = ".pmlint_cache"
VARIABLE = "PMLINT_CACHE_DIR"
FORM = 1
"""Raised with every change of what is written."""

_SETTLED = 2_000_000_000
"""Nanoseconds after which a file that is written again has other times (FAT: 2 s)."""
_LARGEST = 64_000_000
"""Bytes of a file of the cache beyond which it is not read."""
_DAYS = 30
"""After so many days without a change a file of the cache is removed."""
_LEVELS = {level.value: level for level in Level}


class Cache:
    """The results of earlier runs below one folder, and those of this run."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._buckets: dict[tuple[str, str], _Bucket] = {}

    def find(self, file: File, key: str) -> FileReport | None:
        """The result for a document, or None. ``key`` stands for settings and pmlint."""
        now = status(file)
        if now is None:
            return None
        entry = self._bucket(file, key).entries.get(os.path.basename(file.path))
        if not isinstance(entry, list) or len(entry) != 3:
            return None
        noted, known, held = entry
        try:
            if noted != now:
                if known != digest(_text(file.path)):
                    return None
                self._bucket(file, key).put(file, [_noted(now), known, held])
            return decoded(held, OnDisk(file.path))
        except (OSError, ValueError, TypeError, KeyError, IndexError, AttributeError):
            return None

    def keep(
        self, file: File, key: str, status: list[int], digest: str, held: Sequence[Any]
    ) -> None:
        """Keep what ``encoded`` gave; ``status`` is from before the document was read."""
        self._bucket(file, key).put(file, [_noted(status), digest, held])

    def wording(self, file: File, key: str) -> Wording | None:
        """What was said of the plan when the document's folder was checked last."""
        held = self._bucket(file, key).wording
        try:
            template, rules, several = held
            return Wording(str(template), int(rules), dict(several))
        except (TypeError, ValueError):
            return None

    def say(self, file: File, key: str, wording: Wording) -> None:
        """Keep what is said of a plan."""
        bucket = self._bucket(file, key)
        bucket.wording = list(wording)

    def save(self) -> None:
        """Write what is new; silent where that cannot be."""
        changed = [bucket for bucket in self._buckets.values() if bucket.changed]
        if not changed:
            return
        try:
            _prepare(self._folder)
            for bucket in changed:
                bucket.write()
        except OSError:
            return

    def _bucket(self, file: File, key: str) -> _Bucket:
        given = os.path.dirname(file.path)
        bucket = self._buckets.get((key, given))
        if bucket is None:
            whole = f"{key}\n{given}\n{os.path.realpath(given or '.')}"
            bucket = self._buckets[key, given] = _Bucket(self._folder, whole, given)
        return bucket


class _Bucket:
    """The results of one folder's documents under one key."""

    def __init__(self, folder: str, key: str, given: str) -> None:
        # Another edition of pmlint takes the same file for the same settings.
        settings = key.partition("\n")[2]
        name = f"{_checksum(settings.encode('utf-8', 'surrogatepass')):08x}-{len(settings)}.json"
        self._path = os.path.join(folder, name)
        self._key = key
        self._given = given
        self.changed = False
        self.wording: Any = None
        self.entries: dict[str, Any] = {}
        held = _read(self._path)
        if isinstance(held, dict) and held.get("key") == key:
            entries = held.get("entries")
            if isinstance(entries, dict):
                self.entries, self.wording = entries, held.get("wording")

    def put(self, file: File, entry: list[Any]) -> None:
        self.entries[os.path.basename(file.path)] = entry
        self.changed = True

    def write(self) -> None:
        """One run's results in one step; of two runs at a time the later one stays."""
        import json

        entries = {
            name: entry
            for name, entry in self.entries.items()
            if os.path.lexists(os.path.join(self._given, name))
        }
        content = {"key": self._key, "wording": self.wording, "entries": entries}
        body = json.dumps(content, ensure_ascii=True, separators=(",", ":")).encode()
        partial = f"{self._path}.{os.getpid()}"
        try:
            with open(partial, "xb") as handle:
                handle.write(b"%08x\n" % _checksum(body))
                handle.write(body)
            os.replace(partial, self._path)
        except FileExistsError:
            return
        except OSError:
            os.unlink(partial)


class OnDisk(Source):
    """A source that is read from its file when its words are asked for.

    A run over an archive holds the findings of all files, but not their texts.
    """

    def __init__(self, path: str) -> None:
        self.path = path

    def __getattr__(self, name: str) -> str:
        """The file's text; empty where it cannot be read any more."""
        if name != "text":
            raise AttributeError(name)
        try:
            return _text(self.path)
        except (OSError, ValueError):
            return ""


def encoded(report: FileReport) -> list[Any]:
    """A report without its source, in lists, texts and numbers."""
    return [
        [_row(finding) for finding in report.findings],
        report.suppressed,
        report.absent,
        report.skipped,
    ]


def _row(finding: Finding) -> list[Any]:
    fix = finding.fix
    mended = None
    if fix is not None:
        edits = [[*edit.span, edit.text] for edit in fix.edits]
        mended = [fix.message, edits, fix.safe, fix.promise]
    return [
        finding.code,
        finding.name,
        finding.level.value,
        *finding.span,
        finding.message,
        finding.help,
        finding.label,
        [[each.path, *each.span, each.message] for each in finding.related],
        mended,
        list(finding.notes),
    ]


def decoded(held: Sequence[Any], source: Source) -> FileReport:
    """The report that ``encoded`` was given, over a source."""
    rows, suppressed, absent, skipped = held
    findings = tuple([_finding(row, source.path) for row in rows])
    return FileReport(source, findings, suppressed=suppressed, absent=absent, skipped=skipped)


def _finding(row: list[Any], path: str) -> Finding:
    code, name, level, start, end, message, help_, label, related, mended, notes = row
    fix = None
    if mended is not None:
        told, edits, safe, promise = mended
        changes = [Edit(Span(low, high), new) for low, high, new in edits]
        fix = Fix(told, tuple(changes), safe, promise)
    beside = [Related(where, Span(low, high), said) for where, low, high, said in related]
    # Without the signature's defaults and names: a warm run does little else.
    return Finding._make(
        (
            path,
            code,
            name,
            _LEVELS[level],
            tuple.__new__(Span, (start, end)),
            message,
            help_,
            label,
            tuple(beside),
            fix,
            tuple(notes),
        )
    )


def folder(given: str | None) -> str:
    """Where results are kept: as given, as ``PMLINT_CACHE_DIR`` says, else ``.pmlint_cache``
    at the top of the repository or in the working folder. Empty where they must not be kept.
    """
    chosen = given or os.environ.get(VARIABLE, "")
    if chosen:
        return chosen
    if os.environ.get("CI"):
        # What lies in a fresh checkout is not ours: a pull request may have brought it.
        return ""
    from pmlint.files.discovery import repository

    here = os.path.realpath(".")
    own = os.path.join(repository(here) or here, FOLDER)
    # A checkout could bring along a link to somewhere else.
    return "" if os.path.islink(own) else own


def edition() -> str:
    """This pmlint with all that its results depend on: rules, the parser, the zones."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    parts = [f"{FORM} {__version__} {sys.implementation.cache_tag}", *_rules()]
    if os.path.exists(os.path.join(os.path.dirname(package), "pyproject.toml")):
        parts.extend(_modules(package))
    for name in ("markdown_it", "tzdata"):
        parts.append(_library(name))
    return " ".join(parts)


def _rules() -> Iterator[str]:
    from pmlint.standard import policy

    return (f"{name}.{written:x}.{size:x}" for name, written, size in policy.stamps())


def _modules(package: str) -> Iterator[str]:
    """The modules of a checkout, where the version does not tell a change."""
    for place, folders, names in os.walk(package):
        folders[:] = sorted(each for each in folders if not each.startswith("__"))
        for name in sorted(names):
            if name.endswith(".py"):
                yield _stamp(os.path.join(place, name))


def _library(name: str) -> str:
    for place in sys.path:
        path = os.path.join(place, name, "__init__.py")
        if os.path.exists(path):
            return _stamp(path)
    return ""


def _stamp(path: str) -> str:
    status = os.stat(path)
    return f"{status.st_mtime_ns:x}.{status.st_size:x}"


def file_stamp(path: str) -> str:
    """A file's size and times; empty where it is none."""
    try:
        return _stamp(path)
    except (OSError, ValueError):
        return ""


def _noted(now: list[int]) -> list[int] | None:
    """Times that tell the next change; None where the file is too fresh for that."""
    from time import time_ns

    return now if max(now[0], now[2]) + _SETTLED < time_ns() else None


def _text(path: str) -> str:
    with open(path, "rb") as handle:
        return handle.read().decode("utf-8-sig")


def _checksum(data: bytes) -> int:
    import zlib

    return zlib.crc32(data)


def digest(text: str) -> str:
    """What tells one text from another."""
    try:
        # hashlib loads OpenSSL first, which takes longer than to read most documents.
        from _blake2 import blake2b
    except ImportError:
        from hashlib import blake2b

    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _read(path: str) -> object:
    """The content of a file of the cache; None where there is none, or it is damaged."""
    try:
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        with open(os.open(path, flags), "rb") as handle:
            status = os.fstat(handle.fileno())
            if not stat.S_ISREG(status.st_mode) or status.st_size > _LARGEST:
                return None
            head, body = handle.readline(16), handle.read()
        if int(head, 16) != _checksum(body):
            return None
        import json

        return json.loads(body)
    except (OSError, ValueError, RecursionError):
        return None


def _prepare(folder: str) -> None:
    """Make the folder, say what it is, and remove what was not written for long.

    In a folder that holds anything else, nothing else is touched or hidden from Git.
    """
    os.makedirs(folder, exist_ok=True)
    entries = list(os.scandir(folder))
    if not entries:
        for name, content in (
            (".gitignore", "*\n"),
            ("CACHEDIR.TAG", "Signature: 8a477f597d28d172789f06886806bc55\n"),
        ):
            with open(os.path.join(folder, name), "x", encoding="ascii") as handle:
                handle.write(content)
    import re
    from time import time

    ours = re.compile(r"[0-9a-f]{8}-\d+\.json(?:\.\d+)?")
    oldest = time() - _DAYS * 86_400
    for entry in entries:
        if ours.fullmatch(entry.name) and entry.stat(follow_symlinks=False).st_mtime < oldest:
            os.unlink(entry.path)
