"""Which documents and findings of a run count: changed ones, and those that are not known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pmlint.config import ConfigError

if TYPE_CHECKING:
    from pmlint.config import Settings
    from pmlint.files.changes import Changes
    from pmlint.files.discovery import Found
    from pmlint.reports import FileReport
    from pmlint.running.baseline import Baseline
    from pmlint.running.plans import Planner


class Scope:
    """The options that narrow a run, and what became of them.

    ``file`` is the baseline named on the command line.
    """

    def __init__(
        self,
        file: str = "",
        update: bool = False,
        changes: Changes | None = None,
        lines_only: bool = False,
    ) -> None:
        self.file = file
        self.update = update
        self.changes = changes
        self.lines_only = lines_only
        self._notes: list[str] = []

    @staticmethod
    def made(file: str | None, update: bool, revision: str | None, lines: bool) -> Scope:
        """From the options of ``check``. Raises ConfigError where they do not go together."""
        if lines and not revision:
            raise ConfigError("--changed-lines needs --diff-base, for example --diff-base main")
        if update and revision:
            raise ConfigError(
                "--update-baseline and --diff-base do not go together:"
                " a baseline holds whole documents"
            )
        changes = None
        if revision:
            from pmlint.files import changes as git

            changes = git.since(revision)
        return Scope(file or "", update, changes, lines)

    @property
    def narrows(self) -> bool:
        """Finding no document is no fault: nothing may have changed."""
        return self.changes is not None

    def narrowed(self, found: Found, planner: Planner) -> Found:
        """The files that the configuration does not leave out and that have changed."""
        files = tuple(file for file in found.files if planner.wanted(file))
        if self.changes is not None:
            changes = self.changes
            kept = tuple(file for file in files if file.path == "-" or changes.has(file.path))
            if not kept and files:
                self._notes.append(f"none of {len(files):,} Markdown files has changed")
            files = kept
        return found._replace(files=files)

    def baseline(self, settings: Settings) -> Baseline | None:
        """The known findings. Raises ConfigError where the file is not to be read."""
        self.file = self.file or settings.baseline
        if self.update and not self.file:
            raise ConfigError(
                "--update-baseline needs --baseline FILE, or `baseline` in the configuration"
            )
        if not self.file or self.update:
            return None
        from pmlint.running import baseline

        return baseline.read(self.file)

    def applied(self, reports: Sequence[FileReport], known: Baseline | None) -> list[FileReport]:
        """The reports without what is known or stands on unchanged lines."""
        if not self.update and known is None and self.changes is None:
            return list(reports)
        from pmlint.running import baseline

        if self.update:
            count = baseline.write(self.file, reports)
            noun = "finding" if count == 1 else "findings"
            self._notes.append(f"{count:,} {noun} held as known in {self.file}")
            known = baseline.read(self.file)
        result = baseline.apply(reports, known) if known is not None else list(reports)
        if self.changes is not None and self.lines_only:
            from pmlint.files import changes as git

            result = [git.only_changed_lines(report, self.changes) for report in result]
        return result

    def notes(self) -> Iterator[str]:
        """What to say beside the report."""
        yield from self._notes
