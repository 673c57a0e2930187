"""Which passages say the same: by the words they share, rare ones before common ones.

Each passage is a set of word stems weighted by inverse document frequency; two passages are
as alike as the cosine of their weights (Salton & McGill, Introduction to Modern Information
Retrieval, 1983). No model, no network, no chance: the same texts give the same numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from pmlint.archive.libraries import MissingLibraryError
from pmlint.archive.passages import KINDS, Kind, Passage, earlier
from pmlint.namedtuples import NamedTuple
from pmlint.terminal import Progress

if TYPE_CHECKING:
    from numpy.typing import NDArray

SMALL = 10
"""Passages that are added to every count: in a small archive no word is rare yet."""
_ROWS = 256
"""Passages that are compared with all others at a time; bounds the memory."""
_WORK = "similar passages are found with"
_WORD = re.compile(r"[^\W\d_]{2,}")


class Measure(NamedTuple):
    """When two passages count as the same. The values come from the rule PM701."""

    likeness: Mapping[Kind, int]
    """The least likeness in percent."""
    shared: Mapping[Kind, int]
    """The least number of words in common."""
    filler: frozenset[str]
    """Words that say nothing about which incident it was."""

    @staticmethod
    def of(parameters: Mapping[str, Any]) -> Measure:
        """From the parameters of a rule."""
        return Measure(
            {kind: parameters[f"{kind}-likeness"] for kind in KINDS},
            {kind: parameters[f"{kind}-words"] for kind in KINDS},
            frozenset(parameters["filler"]),
        )


class Match(NamedTuple):
    """A passage and one that was there before."""

    passage: Passage
    before: Passage
    likeness: int
    """Percent; 100 for the same words."""
    words: tuple[str, ...]
    """What both say, as ``passage`` writes it, the rarest first."""

    @property
    def days(self) -> int | None:
        """Days between the two incidents."""
        one, other = self.before.date, self.passage.date
        return (other - one).days if one is not None and other is not None else None


class Group(NamedTuple):
    """Passages of several incidents that say the same, the earliest first."""

    passages: tuple[Passage, ...]
    words: tuple[str, ...]
    """What the first shares with the others, as it writes it."""


class Index:
    """The passages of an archive, ready to be compared with."""

    def __init__(
        self, passages: Sequence[Passage], measure: Measure, progress: Progress | None = None
    ) -> None:
        progress = progress or Progress(quiet=True)
        progress.stage("indexing", len(passages), "passages")
        self._shelves: dict[Kind, _Shelf] = {
            kind: _Shelf([each for each in passages if each.kind == kind], kind, measure, progress)
            for kind in KINDS
        }

    def matches(
        self, passage: Passage, fits: Callable[[Passage, Passage], bool] = earlier
    ) -> Iterator[Match]:
        """The passages before this one that say the same, the most alike first.

        ``fits(before, passage)`` tells which of the others count.
        """
        return self._shelves[passage.kind].matches(passage, fits)

    def groups(self, kind: Kind) -> Iterator[Group]:
        """Passages that recur over several incidents, the largest group first."""
        return self._shelves[kind].groups()


class _Shelf:
    """The passages of one kind as rows of a sparse matrix, a column for each stem."""

    def __init__(
        self, passages: Sequence[Passage], kind: Kind, measure: Measure, progress: Progress
    ) -> None:
        self.passages = passages
        self._progress = progress
        self._least = measure.likeness[kind] / 100
        self._shared = measure.shared[kind]
        self._filler = measure.filler
        self._kind = kind
        self._stems = [stems(each.text, measure.filler) for each in progress.over(passages)]
        if not any(self._stems):
            self.passages = []
            return
        learn = _learn()
        # The stems are cut already: what is counted is their lists.
        counter = learn.CountVectorizer(analyzer=list, binary=True, dtype=_numpy().float32)
        self._rows = counter.fit_transform(self._stems)
        self._columns: dict[str, int] = counter.vocabulary_
        told_by = _numpy().asarray(self._rows.sum(axis=0)).ravel()
        weights = learn.TfidfTransformer().fit(self._rows)
        weights.idf_ = self._idf = self._weight(told_by)
        self._unknown = float(self._weight(_numpy().zeros(1))[0])
        self._weighted = weights.transform(self._rows)

    def _weight(self, told_by: NDArray[Any]) -> NDArray[Any]:
        """How much a word tells that so many passages have."""
        numpy = _numpy()
        weight: NDArray[Any] = 1 + numpy.log((len(self.passages) + SMALL) / (told_by + SMALL))
        return weight.astype(numpy.float32)

    def matches(
        self, passage: Passage, fits: Callable[[Passage, Passage], bool]
    ) -> Iterator[Match]:
        said = stems(passage.text, self._filler)
        if not self.passages:
            return
        known = [self._columns[stem] for stem in said if stem in self._columns]
        if len(known) < self._shared:
            return
        # Words that the archive does not know make the passage longer, as any others do.
        weights = self._idf[known]
        strange = (len(said) - len(known)) * self._unknown**2
        column = _numpy().zeros(len(self._columns), dtype=_numpy().float32)
        column[known] = weights / float((weights**2).sum() + strange) ** 0.5
        alike = self._weighted @ column
        for index in _best(alike, self._least):
            before = self.passages[index]
            words = self._common(index, said)
            if len(words) >= self._shared and fits(before, passage):
                yield Match(passage, before, _percent(alike[index]), words)

    def groups(self) -> Iterator[Group]:
        """Each passage joins the group whose first passage it is most like, or opens one.

        Compared is with the first only, so that no chain of half-likenesses grows.
        """
        if not self.passages:
            return
        self._progress.stage(f"grouping {self._kind}s", len(self.passages), "passages")
        order = sorted(range(len(self.passages)), key=lambda index: _age(self.passages[index]))
        members: dict[int, list[int]] = {}
        rank = {index: at for at, index in enumerate(order)}
        for index, likely in self._near(order):
            first = next(
                (each for each in likely if each in members and rank[each] < rank[index]), None
            )
            if first is None:
                members[index] = []
            else:
                members[first].append(index)
        found = [
            (first, others)
            for first, others in members.items()
            if any(self.passages[each].path != self.passages[first].path for each in others)
        ]
        for first, others in sorted(found, key=lambda each: (-len(each[1]), rank[each[0]])):
            listed = tuple(self.passages[each] for each in (first, *others))
            yield Group(listed, self._common(others[0], self._stems[first]))

    def _near(self, order: Sequence[int]) -> Iterator[tuple[int, list[int]]]:
        """For each passage those that are like it, the most alike first."""
        numpy = _numpy()
        for at in range(0, len(order), _ROWS):
            chunk = order[at : at + _ROWS]
            alike = (self._weighted[chunk] @ self._weighted.T).tocsr()
            common = (self._rows[chunk] @ self._rows.T).tocsr()
            alike.sort_indices()
            common.sort_indices()
            enough = (alike.data >= self._least) & (common.data >= self._shared)
            for row, index in enumerate(chunk):
                part = slice(alike.indptr[row], alike.indptr[row + 1])
                kept = enough[part]
                others, values = alike.indices[part][kept], alike.data[part][kept]
                ranked = numpy.lexsort((others, -values.round(5)))
                yield index, [each for each in others[ranked].tolist() if each != index]
                self._progress.step()

    def _common(self, index: int, said: Mapping[str, str]) -> tuple[str, ...]:
        """The words of a text that a passage has as well, the rarest first."""
        there = self._stems[index]
        common = [stem for stem in said if stem in there]
        common.sort(key=lambda stem: -float(self._idf[self._columns[stem]]))
        return tuple(said[stem] for stem in common)


def stems(text: str, filler: frozenset[str]) -> dict[str, str]:
    """The stems of a text without filler, each with the word as first written."""
    found: dict[str, str] = {}
    empty = _stemmed(filler)
    for match in _WORD.finditer(text):
        word = match[0]
        folded = word.casefold()
        if folded not in filler:
            stem = _stem(folded)
            if stem not in empty:
                found.setdefault(stem, word)
    return found


@cache
def _stemmer() -> Any:
    try:
        import snowballstemmer
    except ImportError:
        raise MissingLibraryError(_WORK, "snowballstemmer") from None
    return snowballstemmer.stemmer("english")


@cache
def _stemmed(filler: frozenset[str]) -> frozenset[str]:
    return frozenset(map(_stem, filler))


@cache
def _stem(word: str) -> str:
    stem: str = _stemmer().stemWord(word)
    return stem


def _numpy() -> Any:
    try:
        import numpy
    except ImportError:
        raise MissingLibraryError(_WORK, "scikit-learn") from None
    return numpy


def _learn() -> Any:
    try:
        from sklearn.feature_extraction import text
    except ImportError:
        raise MissingLibraryError(_WORK, "scikit-learn") from None
    return text


def missing() -> str:
    """What to say where a library is not installed; empty where all are."""
    from importlib.util import find_spec

    for name, library in (("sklearn", "scikit-learn"), ("snowballstemmer", "snowballstemmer")):
        if find_spec(name) is None:
            return str(MissingLibraryError(_WORK, library))
    return ""


def _best(alike: Any, least: float) -> Iterator[int]:
    """Where the likeness is enough, the greatest first, equal ones in their order."""
    numpy = _numpy()
    enough = numpy.flatnonzero(alike >= least)
    for index in enough[numpy.lexsort((enough, -alike[enough].round(5)))]:
        yield int(index)


def _percent(likeness: float) -> int:
    return min(100, round(float(likeness) * 100))


def _age(passage: Passage) -> tuple[bool, str, str, int]:
    return passage.day is None, passage.day or "", passage.path, passage.line
