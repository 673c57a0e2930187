"""Where settings come from, and errors that name the nearest right word.

A configuration file is looked for here, with a few calls of the operating system a
folder; only where there is one, ``pmlint.settings.configfile`` reads it.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Mapping
from typing import Any

from pmlint.namedtuples import NamedTuple

FILE_NAMES = (".pmlint.toml", "pmlint.toml", "pyproject.toml")
"""Of those in one folder the first is read."""

_NOTHING: Mapping[str, Any] = {}


class ConfigError(Exception):
    """A setting that cannot be obeyed: one line that says which, and what was meant."""


class Problem(NamedTuple):
    """One fault of a configuration file."""

    file: str
    line: int
    column: int
    message: str
    excerpt: str
    """The line at fault; empty where no line is."""
    width: int

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return f"{place}: {self.message}"


class FaultyFile(ConfigError):  # noqa: N818 - it is a file with several errors
    """Everything that is wrong with a configuration file, in its order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class Override(NamedTuple):
    """Settings for some documents: by their path, by their own status, or by both."""

    files: tuple[str, ...] = ()
    """Patterns as in ``.gitignore``, from the folder of the configuration; empty means all."""
    status: tuple[str, ...] = ()
    """Words with which the document's status begins; empty means whatever it is."""
    template: str = ""
    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    levels: Mapping[str, str] = _NOTHING
    parameters: Mapping[str, Mapping[str, Any]] = _NOTHING
    max_level: str = ""


class Settings(NamedTuple):
    """What to check with."""

    template: str = "default"
    """A name, or the path of a file that ends in ``.toml``."""
    select: tuple[str, ...] = ()
    """Codes, names and families to apply; empty means those that are on."""
    ignore: tuple[str, ...] = ()
    """Codes, names and families to leave out; stronger than ``select``."""
    size_limit: int = 5_000_000
    """Bytes beyond which a file is not read."""
    time_limit: float = 60
    """Seconds that one document may take; 0 for no limit."""
    extend_select: tuple[str, ...] = ()
    """Rules to apply beside those."""
    levels: Mapping[str, str] = _NOTHING
    """A level, or ``off``, by code."""
    parameters: Mapping[str, Mapping[str, Any]] = _NOTHING
    """Values by code and name; ``extend-NAME`` adds to a list."""
    max_level: str = ""
    """The highest level a finding may have."""
    overrides: tuple[Override, ...] = ()
    """Later ones win over earlier ones."""
    include: tuple[str, ...] = ()
    """Of the files found in folders, only those that match."""
    exclude: tuple[str, ...] = ()
    force_exclude: bool = False
    """Files that are named are left out as well."""
    languages: tuple[str, ...] = ()
    """Packs of headings: ``fr``, ``es``, ``pt``, ``de``."""
    home_zone: str = ""
    """The IANA name of the team's zone."""
    zones: Mapping[str, str] = _NOTHING
    """What an abbreviation means to the team: ``IST`` is ``Asia/Kolkata``."""
    own_rules: tuple[tuple[Mapping[str, Any], str], ...] = ()
    """The team's rules as tables, each with the file it stands in."""
    plugins: tuple[str, ...] = ()
    """Names of entry points that bring checks."""
    fail_on: str = ""
    baseline: str = ""
    suppress: bool = True
    """Comments in documents may switch off findings."""
    file: str = ""
    """The configuration file; empty where there is none."""
    root: str = ""
    """The folder beyond which configuration reads nothing."""
    origins: Mapping[str, str] = _NOTHING
    """Where each setting comes from: ``pyproject.toml:12``."""


def template(name: str, known: Iterable[str], option: str = "--template") -> str:
    """The name of a template as it is known. Raises ConfigError for any other."""
    names = sorted(known)
    if name in names:
        return name
    from pmlint.suggest import nearest, question

    wanted = question(nearest(name, names)) or "."
    raise ConfigError(f"{option}: no template `{name}`{wanted} All templates: {', '.join(names)}")


def codes(selectors: Iterable[str], names: Mapping[str, str], option: str) -> frozenset[str]:
    """The codes that selectors mean: a code, a rule's name, or a family such as ``PM4``.

    ``names`` maps every code to its name. Raises ConfigError, which names the
    option and the nearest rule, for a selector that means none.
    """
    found: set[str] = set()
    for selector in selectors:
        meant = selected(selector, names)
        if not meant:
            raise ConfigError(f"{option}: {no_rule(selector, names)}")
        found.update(meant)
    return frozenset(found)


def selected(selector: str, names: Mapping[str, str]) -> tuple[str, ...]:
    """The codes that one selector means; empty where it means none."""
    upper = selector.upper()
    if upper in names:
        return (upper,)
    folded = selector.casefold()
    named = tuple(code for code, name in names.items() if name == folded)
    if named or not _is_family(upper):
        return named
    return tuple(code for code in names if code.startswith(upper))


def no_rule(selector: str, names: Mapping[str, str]) -> str:
    """What to say of a selector that means no rule: the nearest one that does."""
    return f"no rule `{selector}`{_offer(selector, names)}"


def _is_family(selector: str) -> bool:
    """The beginning of a code, such as ``PM`` or ``PM4``."""
    return re.match(r"[A-Z]{2,8}\d?\Z", selector) is not None


def _offer(selector: str, names: Mapping[str, str]) -> str:
    upper = selector.upper()
    begun = next((code for code in names if code.startswith(upper)), "") if upper else ""
    if begun and _is_family(upper[:-1]):
        return f"; did you mean {upper[:-1]} (all of that family) or {begun} ({names[begun]})?"
    from pmlint.suggest import nearest_rule

    code = nearest_rule(selector, names)
    if not code:
        return "; rules are named by code (PM402), name (timeline-order) or family (PM4)"
    if selector.upper().startswith("PM"):
        return f"; did you mean {code} ({names[code]})?"
    return f"; did you mean `{names[code]}` ({code})?"


class Finder:
    """Finds the configuration file of a document and reads each file once.

    ``given`` is a file named on the command line: it holds for every document.
    ``isolated`` finds none.
    """

    def __init__(self, given: str = "", isolated: bool = False) -> None:
        self._given = given
        self._isolated = isolated
        self._files: dict[str, str] = {}
        self._by_folder: dict[str, str] = {}
        """The same by folders as given."""
        self._settings: dict[str, Settings] = {"": Settings()}

    def settings(self, path: str) -> Settings:
        """What the configuration says for a document. Raises ConfigError for a faulty one.

        Overrides are still to be applied.
        """
        file = self.file(path)
        if file not in self._settings:
            from pmlint.settings import configfile

            self._settings[file] = configfile.load(file, trusted=bool(self._given))
        return self._settings[file]

    def file(self, path: str) -> str:
        """The configuration file for a document (``-``: for the working folder), or ''."""
        if self._isolated:
            return ""
        if self._given:
            return self._given
        folder = os.path.dirname(path)
        if folder not in self._by_folder:
            self._by_folder[folder] = self._above(os.path.abspath(folder))
        return self._by_folder[folder]

    def _above(self, folder: str) -> str:
        """The nearest file from a folder upwards; not beyond the top of a repository."""
        passed = []
        found = ""
        while True:
            if folder in self._files:
                found = self._files[folder]
                break
            passed.append(folder)
            found = in_folder(folder)
            above = os.path.dirname(folder)
            if found or above == folder or os.path.exists(os.path.join(folder, ".git")):
                break
            folder = above
        self._files.update(dict.fromkeys(passed, found))
        return found


def in_folder(folder: str) -> str:
    for name in FILE_NAMES:
        path = os.path.join(folder, name)
        if os.path.lexists(path) and (name != "pyproject.toml" or _speaks_of_pmlint(path)):
            return path
    return ""


def _speaks_of_pmlint(path: str) -> bool:
    """False for a ``pyproject.toml`` without a table of ours: it need not be parsed.

    One that cannot be read may have one: whoever loads it is told why it cannot.
    """
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            return False
        with open(path, "rb") as handle:
            data = handle.read(1_000_001)
        # Our own name in a list of dependencies is no table of ours.
        ours = b"pmlint" in data
        written = ours and re.search(rb"tool(?:\W{0,9}pmlint|[\"']?\s*[]=])", data)
        too_long = ours and len(data) > 1_000_000
        return too_long or (bool(written) and _has_table(path))
    except OSError:
        return True


def _has_table(path: str) -> bool:
    from pmlint.settings import configfile

    return configfile.has_table(path)
