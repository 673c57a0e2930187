"""Known findings: held by content, so that text added above them changes nothing.

The file is JSON, sorted, one line a finding, so that two branches merge: for each
document the finding's code and fingerprint. What is known is not reported; what has
been mended leaves the file at the next update.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from pmlint.config import ConfigError
from pmlint.files.regular import IrregularError, read_regular
from pmlint.files.writing import StaleError, put
from pmlint.namedtuples import NamedTuple
from pmlint.running.fingerprints import fingerprints

if TYPE_CHECKING:
    from pmlint.reports import FileReport

VERSION = 1
NEVER = frozenset({"PM003"})
"""What no baseline hides."""
_LARGEST = 50_000_000

Known = Mapping[str, frozenset[str]]
"""For each document, ``CODE fingerprint`` of what is known."""


class Baseline(NamedTuple):
    """Known findings and the folder from which documents are named."""

    known: Known
    folder: str


def read(path: str) -> Baseline:
    """The findings that a file holds. Raises ConfigError where it cannot be understood."""
    import json

    try:
        data = read_regular(path, _LARGEST)
    except IrregularError:
        raise ConfigError(f"baseline {path}: is no regular file") from None
    except FileNotFoundError:
        raise ConfigError(
            f"baseline {path}: there is no such file; --update-baseline writes it"
        ) from None
    except OSError as error:
        reason = (error.strerror or "").lower()
        raise ConfigError(f"baseline {path}: cannot be read: {reason}") from None
    try:
        table = json.loads(data)
        if table["version"] != VERSION:
            raise ConfigError(f"baseline {path}: of another version; --update-baseline renews it")
        known = {name: frozenset(map(str, each)) for name, each in table["documents"].items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise ConfigError(
            f"baseline {path}: not written by pmlint; --update-baseline renews it"
        ) from None
    return Baseline(known, _folder(path))


def apply(reports: Iterable[FileReport], baseline: Baseline) -> list[FileReport]:
    """The reports without what is known."""
    return [_hidden(report, baseline) for report in reports]


def _hidden(report: FileReport, baseline: Baseline) -> FileReport:
    known = baseline.known.get(_name(report.path, baseline.folder), frozenset())
    if not known:
        return report
    new = [
        finding
        for finding, key in zip(report.findings, _keys(report), strict=True)
        if key not in known or finding.code in NEVER
    ]
    count = len(report.findings) - len(new)
    return report._replace(findings=tuple(new), baselined=count) if count else report


def write(path: str, reports: Sequence[FileReport]) -> int:
    """Hold what the reports say as known; gives how many findings that are.

    What the file knows of documents that this run did not look at stays, unless they are
    gone. Raises ConfigError where the file cannot be written.
    """
    folder = _folder(path)
    before: dict[str, list[str]] = {}
    if os.path.exists(path):
        try:
            before = {name: sorted(keys) for name, keys in read(path).known.items()}
        except ConfigError:
            before = {}
    kept = {
        name: keys for name, keys in before.items() if os.path.exists(os.path.join(folder, name))
    }
    count = 0
    for report in reports:
        listed = [
            key
            for finding, key in zip(report.findings, _keys(report), strict=True)
            if finding.code not in NEVER
        ]
        kept[_name(report.path, folder)] = sorted(listed)
        count += len(listed)
    _store(path, {name: keys for name, keys in sorted(kept.items()) if keys})
    return count


def _store(path: str, documents: Mapping[str, list[str]]) -> None:
    import json

    text = json.dumps({"version": VERSION, "documents": documents}, indent=1, ensure_ascii=False)
    try:
        put(path, (text + "\n").encode())
    except StaleError:
        raise ConfigError(f"baseline {path}: its folder has changed places") from None
    except (OSError, UnicodeEncodeError) as error:
        reason = (getattr(error, "strerror", "") or str(error)).lower()
        raise ConfigError(f"baseline {path}: cannot be written: {reason}") from None


def _keys(report: FileReport) -> list[str]:
    names = fingerprints(report.findings, report.source, "")
    return [
        f"{finding.code} {name[:16]}" for finding, name in zip(report.findings, names, strict=True)
    ]


def _folder(path: str) -> str:
    return os.path.dirname(os.path.realpath(path))


def _name(path: str, folder: str) -> str:
    """A document from the folder of the baseline, with slashes."""
    if path == "-":
        return path
    return os.path.relpath(os.path.realpath(path), folder).replace(os.sep, "/")
