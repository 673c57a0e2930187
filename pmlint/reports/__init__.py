"""How findings and facts are told: one small module a format.

Every ``render`` is a pure function that gives the whole text, ending in a line
end; the command line writes it.
"""

from __future__ import annotations

from pmlint.findings import Finding, Source
from pmlint.namedtuples import NamedTuple

UNREADABLE = "PM003"
"""The rule that speaks of documents that were not read."""


class FileReport(NamedTuple):
    """What the run found in one file; findings in the order of the document."""

    source: Source
    findings: tuple[Finding, ...] = ()
    suppressed: int = 0
    """Findings that a comment in the file switched off."""
    baselined: int = 0
    """Findings that the baseline holds."""
    absent: bool = False
    """The file holds no incident write-up."""
    skipped: bool = False
    """It holds none and was left out for that reason."""

    @property
    def path(self) -> str:
        """The path as given on the command line or found in a folder."""
        return self.source.path


class Wording(NamedTuple):
    """What a report says of a plan beside the findings."""

    template: str
    rules: int
    several: dict[str, str]
    """A code's sentence for more than one finding."""
