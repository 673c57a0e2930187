"""The archive that a document is held against, as the rule PM701 sees it.

A folder is read when it is first asked for. What it holds of each file is kept with the
results of earlier runs, so that only files that have changed are read again.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pmlint.archive.passages import Held, Passage, earlier, held, passages
from pmlint.archive.similarity import Index, Match, Measure
from pmlint.files.discovery import shown
from pmlint.terminal import Progress

if TYPE_CHECKING:
    from pmlint.config import Settings
    from pmlint.engine import Plan
    from pmlint.facts import Postmortem
    from pmlint.findings import Finding
    from pmlint.running.plans import Planner
    from pmlint.standard.rulebook import Rule
    from pmlint.standard.rulefiles import Example
    from pmlint.standard.templates import Template

CHECK = "recurrence.recurring"
PARAMETER = "archive"
HELD = "collection"
"""The parameter by which the check gets the archive."""


class Collection:
    """Passages to compare with, the same for every document."""

    def __init__(self, known: Sequence[Passage], progress: Progress | None = None) -> None:
        self._known = known
        self._progress = progress or Progress(quiet=True)
        self._indices: dict[tuple[Any, ...], Index] = {}

    def known(self, path: str) -> Sequence[Passage]:
        """The passages that a document is held against."""
        return self._known

    def before(
        self, postmortem: Postmortem, parameters: Mapping[str, Any]
    ) -> Iterator[tuple[Held, Match]]:
        """Each passage that an earlier document has, with the most alike of these."""
        for each, matches in self.all_before(postmortem, parameters):
            match = next(matches, None)
            if match is not None:
                yield each, match

    def all_before(
        self, postmortem: Postmortem, parameters: Mapping[str, Any]
    ) -> Iterator[tuple[Held, Iterator[Match]]]:
        """Each passage of a document with all that is like it, the most alike first."""
        path = postmortem.source.path
        known = self.known(path)
        listed = list(held(postmortem)) if known else []
        if not listed:
            return
        own = identity(path)
        inside = any(identity(each) == own for each in {one.path for one in known})

        def fits(before: Passage, passage: Passage) -> bool:
            if before.path == path or identity(before.path) == own:
                return False
            # A document from outside, where a day is not told, is taken to be the newest.
            if not inside and not (before.day and passage.day):
                return True
            return earlier(before, passage)

        index = self._index(known, parameters)
        for each in listed:
            yield each, index.matches(each.passage, fits)

    def prepare(self, path: str, parameters: Mapping[str, Any]) -> None:
        """Read, and make ready to be searched, what a document is held against."""
        self._index(self.known(path), parameters)

    def _index(self, known: Sequence[Passage], parameters: Mapping[str, Any]) -> Index:
        measure = Measure.of(parameters)
        key = (id(known), *measure.likeness.items(), *measure.shared.items(), measure.filler)
        if key not in self._indices:
            with self._progress:
                self._indices[key] = Index(known, measure, self._progress)
        return self._indices[key]


class Folder(Collection):
    """The files of a folder; where it is empty, those beside each document.

    ``cache_dir`` is None where nothing is kept, empty for the usual place.
    """

    def __init__(
        self, folder: str, planner: Planner, cache_dir: str | None, progress: Progress
    ) -> None:
        super().__init__((), progress)
        self.planner = planner
        self._folder = folder
        self._cache_dir = cache_dir
        self._read: dict[str, Sequence[Passage]] = {}

    def known(self, path: str) -> Sequence[Passage]:
        folder = self._folder or os.path.dirname(path)
        if folder not in self._read:
            self._read[folder] = [] if path == "-" and not self._folder else self._passages(folder)
        return self._read[folder]

    def _passages(self, folder: str) -> Sequence[Passage]:
        from pmlint.archive import reading, store
        from pmlint.files.discovery import find

        files = [file for file in find([folder or "."]).files if self.planner.wanted(file)]
        if not self._folder:
            files = [
                file for file in files if _folder(file.path) == os.path.normpath(folder or ".")
            ]
        kept = store.open_store(self._cache_dir, folder)
        with self._progress:
            return list(reading.passages_of(files, self.planner, kept, self._progress))


def _folder(path: str) -> str:
    return os.path.normpath(os.path.dirname(path) or ".")


def identity(path: str) -> str:
    """What is the same for two ways to one file."""
    return os.path.normcase(os.path.realpath(path))


def provided(plan: Plan, settings: Settings, planner: Planner, cache_dir: str | None) -> Plan:
    """A plan whose rule of recurrence, where it is on, has its archive.

    Raises ConfigError where the configuration names a folder that is not there, or that
    leads out of the repository, and where a library is not installed.
    """
    from pmlint.archive import similarity
    from pmlint.config import ConfigError
    from pmlint.standard import rulebook

    rules = [rule for rule in plan.rules if rule.check == CHECK]
    if not rules:
        return plan
    lacking = similarity.missing()
    if lacking:
        raise ConfigError(f"{rules[0].code} {rules[0].name}: {lacking}")
    parameters = dict(plan.parameters)
    for rule in rules:
        given = parameters.get(rule.code, {})
        named = rulebook.settings_of(rule, plan.template, given).get(PARAMETER, "")
        folder = _checked(named, settings) if named else ""
        held_against = Folder(folder, planner, cache_dir, Progress(quiet=planner.quiet))
        parameters[rule.code] = {**given, HELD: held_against}
    return plan._replace(parameters=parameters)


def _checked(named: str, settings: Settings) -> str:
    """The path of the folder that a configuration names."""
    from pmlint.config import ConfigError

    here = os.path.dirname(settings.file)
    path = os.path.normpath(os.path.join(here, named))
    real, root = os.path.realpath(path), settings.root or os.path.realpath(".")
    if real != root and not real.startswith(root.rstrip(os.sep) + os.sep):
        raise ConfigError(f"archive: {named} leads out of the repository")
    if not os.path.isdir(real):
        raise ConfigError(f"archive: there is no folder {shown(path)}")
    return shown(path)


def demonstrated(
    rule: Rule, example: Example, postmortem: Postmortem, template: Template
) -> list[Finding]:
    """What a rule says of its example; as the example has it where a library is missing."""
    from pmlint.archive import similarity
    from pmlint.findings import Finding
    from pmlint.standard import rulebook

    if not similarity.missing():
        given = of_example(example, template)
        return list(rulebook.run(rule, postmortem, template, parameters=given))
    source = postmortem.source
    return [
        Finding(
            source.path,
            rule.code,
            rule.name,
            each.level or rule.level,
            source.line_span(each.line - 1),
            each.message,
        )
        for each in example.findings
    ]


def of_example(example: Example, template: Template) -> dict[str, Any]:
    """The parameters of a rule's example: those it gives, and its archive."""
    given = dict(example.parameters or {})
    if example.archive is not None:
        given[HELD] = of_texts(example.archive, template)
    return given


def of_texts(texts: Mapping[str, str], template: Template) -> Collection:
    """A collection of texts by file name."""
    from pmlint import postmortem
    from pmlint.findings import Source

    read = (postmortem.read(Source(text, name), template) for name, text in sorted(texts.items()))
    return Collection([passage for each in read for passage in passages(each)])


def parameters_of(planner: Planner, path: str = "-") -> dict[str, Any]:
    """The parameters of the rule for a document, whether the rule is on or not.

    Raises ConfigError where settings cannot be obeyed.
    """
    from pmlint.standard import rulebook

    plan = planner.plan(path)
    (rule,) = (rule for rule in rulebook.rules() if rule.check == CHECK)
    return rulebook.settings_of(rule, plan.template, plan.parameters.get(rule.code, {}))
