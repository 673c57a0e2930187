"""Who and what was hit: from the labelled parts, else from the summary."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import cast

from pmlint.facts import Figure, Impact
from pmlint.findings import Span
from pmlint.reading.amounts import find_figures, find_universal, find_vague, sentences
from pmlint.reading.words import singulars, tokens, word_lists
from pmlint.standard import policy
from pmlint.standard.alternatives import Alternatives
from pmlint.standard.patterns import expression
from pmlint.statements.flow import extent, flow
from pmlint.structure.chronicle import event_lines
from pmlint.structure.text import Range, Text, join
from pmlint.structure.tree import Line, Tree
from pmlint.structure.vocabulary import listed


def read_impact(tree: Tree, prose: Sequence[Line]) -> Impact | None:
    """The impact; ``prose`` are the lines of summary and opening, for want of a label."""
    labelled = [index for index in tree.with_role("impact") if not _in_timeline(tree, index)]
    named = any(not tree.nodes[at].by_content for at in tree.with_role("summary"))
    told = _from_prose(flow(prose if labelled or named else _lead(prose)))
    if not labelled:
        enough = named or (told is not None and told.quantified)
        return told if enough else _from_account(tree, told)
    stated = _from_fields(tree, labelled)
    if told is None or stated.quantified:
        return stated
    if any(not _names_parts().search(tree.nodes[index].label) for index in labelled):
        return stated
    # "Services affected: checkout" names what was hit; how badly stands in the summary.
    return stated._replace(figures=told.figures, universal=stated.universal and not told.figures)


def _lead(prose: Sequence[Line]) -> list[Line]:
    """An opening without a label, up to the paragraph behind the first that tells harm.

    What comes later tells of causes and repairs, with numbers of their own.
    """
    lead: list[Line] = []
    harmed = False
    for _, group in groupby(prose, key=lambda line: id(line.block)):
        lines = list(group)
        lead += lines
        if harmed and lines[0].kind == "text":
            break
        harmed = harmed or (lines[0].kind == "text" and _tells_harm(flow(lines)))
    return lead


def _tells_harm(text: Text) -> bool:
    words = any(each.search(text.prose, 0, len(text.prose)) for each in (_hit(), _harmed()))
    return words or bool(_figures(text))


def _from_account(tree: Tree, told: Impact | None) -> Impact | None:
    """What the whole account tells, else what it quotes, where summary and opening are vague."""
    whole = _from_prose(flow(account(tree)))
    if whole is not None and whole.quantified:
        return whole
    quoted = _from_prose(flow(account(tree, quoted=True)))
    if quoted is not None and (whole is None or quoted.quantified):
        return quoted
    # A letter whose paragraphs begin with clocks has no other place to tell it.
    timed = _from_prose(flow(account(tree, timed=True)))
    if timed is not None and timed.quantified:
        return timed
    posted = _from_prose(flow(_postings(tree)))
    return posted if posted is not None and posted.quantified else told


def _postings(tree: Tree) -> list[Line]:
    """What the posts of a status page tell that stand below its postmortem."""
    return [
        line
        for node in tree.nodes
        if node.level is not None and not node.roles and node.label in listed("closed")
        for line in tree.lines[node.line + 1 : node.stop]
        if line.kind in ("text", "item")
    ]


def account(tree: Tree, *, quoted: bool = False, timed: bool = False) -> list[Line]:
    """What a document without a summary tells before its timeline, cause and measures.

    ``quoted`` takes in what stands in quotations, that of a letter wherever it stands;
    ``timed`` the paragraphs of a timeline that no heading names.
    """
    others = ("timeline", "root_cause", "resolution", "corrective", "tasks", "lessons")
    apart = {
        at
        for node in tree.nodes
        if node.is_field and node.roles == ("root_cause",)
        for at in range(node.line, node.stop)
    }
    stops = [node.line for node in tree.nodes if set(node.roles) & set(others)]
    stop = min((line for line in stops if line not in apart), default=len(tree.lines))
    events = event_lines(tree)
    letter = quoted and any(_greets(line) for line in tree.lines if line.block.quoted)
    return [
        line
        for at, line in enumerate(tree.lines)
        if line.kind in ("text", "item", "row")
        and at not in apart
        and (at not in events or (timed and line.kind == "text"))
        and (quoted if line.block.quoted else at < stop)
        and (at < stop or letter)
    ]


def _greets(line: Line) -> bool:
    return line.text.plain.lstrip().startswith(("Dear ", "Subject:", "Hi ", "Hi,", "Hello"))


@cache
def _names_parts() -> re.Pattern[str]:
    """A label that asks which parts were hit, or how that was noticed."""
    return re.compile(rf"\b(?:{'|'.join(_words('parts'))})\b")


def _words(name: str) -> Sequence[str]:
    """A list of ``[impact]`` in ``rules/words.toml``."""
    return cast("Sequence[str]", policy.table("words")["impact"][name])


def _in_timeline(tree: Tree, index: int) -> bool:
    line = tree.nodes[index].line
    return any(
        "timeline" in tree.nodes[other].roles and tree.nodes[other].line < line
        for other in tree.enclosing(line)
    )


def _from_fields(tree: Tree, indices: Sequence[int]) -> Impact:
    first = tree.nodes[indices[0]]
    figures: list[Figure] = []
    vague: list[Span] = []
    universal = False
    seen: set[int] = set()
    for index in indices:
        lines = [line for line in tree.body(index) if line.kind != "code"]
        fresh = [line for line in lines if line.text.span().start not in seen]
        seen.update(line.text.span().start for line in lines)
        text = flow(fresh)
        told = _figures(_with_label(tree.nodes[index].title, text), labelled=True)
        figures.extend(told or _in_tables(fresh))
        vague.extend(text.span(found.start, found.end) for found in find_vague(text.prose))
        universal = universal or find_universal(text.prose, labelled=True) is not None
        universal = universal or _denies(tree.nodes[index].label, text)
    head = tree.lines[first.line]
    body = tree.body(indices[0])
    return Impact(
        span=first.title.span(),
        extent=Span(head.text.span().start, extent([head, *body]).end),
        figures=tuple(figures),
        universal=universal and not figures,
        vague=tuple(vague),
        labelled=True,
    )


def _denies(label: str, text: Text) -> bool:
    """``Customers affected: No``: nobody was."""
    answer = text.prose.strip(" .|*_-\n").lower()
    return answer in _words("nobody") and _ASKS_WHOM.search(label) is not None


_ASKS_WHOM = expression(r"\b(?:affected|impact(?:ed)?|hit)\b")


def _with_label(title: Text, text: Text) -> Text:
    """The statement behind its label where only that says what a number counts.

    "Users affected: 1,200", but not "Impact: 3 servers were added".
    """
    if not _BARE_NUMBER.match(text.prose):
        return text
    return join([title.cut(0, len(title.plain.rstrip(" :*_"))), text], ": ")


_BARE_NUMBER = expression(
    r"\W{0,3}(?:[A-Za-z.]{1,13} ){0,2}[~≈<>]?\d[\d,.]{0,12}[kKM]?\+?\s{0,3}(?:$|[.(\n])"
)


def _in_tables(lines: Sequence[Line]) -> Iterator[Figure]:
    if any(line.kind == "row" for line in lines):
        from pmlint.statements.impacttables import table_figures

        yield from table_figures(lines)


def _figures(text: Text, *, labelled: bool = False) -> list[Figure]:
    prose = _with_numbers(text)
    hidden = [each for each in text.hidden if not _NUMBER.fullmatch(text.plain, *each)]
    found = [(each.start, each.end) for each in find_figures(prose, hidden, labelled=labelled)]
    return [Figure(text.span(*each), text.plain[slice(*each)]) for each in found or _of_them(prose)]


def _of_them(prose: str) -> list[Range]:
    """How many the clause before tells of: "We counted 812", "all 214 of them"."""
    return [
        match.span(match.lastgroup or 0)
        for match in _OF_THOSE.finditer(prose)
        if _tells_of_people(prose[max(match.start() - _NEAR, 0) : match.start()])
    ]


def _tells_of_people(before: str) -> bool:
    """The clause before the last one does."""
    people = word_lists("amounts")["people"].difference(_words("colleagues"))
    clauses = _CLAUSE_END.split(before)
    said = tokens(clauses[-2]) if len(clauses) > 1 else []
    return any(not people.isdisjoint(singulars(token.lower)) for token in said)


_CLAUSE_END = expression(r"[.;!?]\s")


_NEAR = 200
"""How many characters before "all 214 of them" are looked at for who they are."""


_OF_THOSE = expression(
    r"\bcounted (?P<number>\d[\d,]{0,12})(?=[.;)])|\ball (?P<them>\d[\d,]{0,12} of them)\b"
    r"|(?P<told>\b\d[\d,]{0,12} of them) (?:wrote|told|called|complained|reported|contacted)\b"
)


def _with_numbers(text: Text) -> str:
    """The prose with code that is no more than a number: "`14,000` requests"."""
    parts, at = [], 0
    for low, high in text.hidden:
        if _NUMBER.fullmatch(text.plain, low, high):
            parts += [text.prose[at:low], text.plain[low:high]]
            at = high
    return "".join([*parts, text.prose[at:]]) if parts else text.prose


_NUMBER = expression(r"[`\s]*[~<>≈$€£]?\d[\d,.]{0,12}[kKM%]?[`\s]*")


@cache
def _hit() -> Alternatives:
    return Alternatives(_words("hit"), r"\b(?:", r")\b")


@cache
def _harmed() -> Alternatives:
    return Alternatives(_words("harmed"), r"\b(?:", r")\b")


def _first(cuts: Sequence[Range], prose: str, words: Alternatives) -> Range | None:
    return next((cut for cut in cuts if words.search(prose, *cut)), None)


def _is_of_some(size: str) -> bool:
    """ "Some of our customers", "the majority of users": those hit were not all."""
    lower = size.lower()
    if not lower.startswith(tuple(_words("some"))):
        return False
    people = word_lists("amounts")["people"] - {"people", "person"}
    return any(not people.isdisjoint(singulars(token.lower)) for token in tokens(lower))


def _from_prose(text: Text) -> Impact | None:
    """The sentences of the summary that say what was hit; its figures."""
    prose = _with_numbers(text)
    cuts = sentences(prose)
    figures = _figures(text)
    figured = next((cut for cut in cuts if find_figures(prose[slice(*cut)])), None)
    everywhere = None
    if figured is None or not figures:
        held = (cut for cut in cuts if find_universal(prose[slice(*cut)]) is not None)
        everywhere = next(held, None)
    chosen = figured or everywhere or _first(cuts, prose, _hit()) or _first(cuts, prose, _harmed())
    if chosen is None:
        return None
    part = text.cut(*chosen).strip()
    vague = find_vague(prose)
    some = any(_is_of_some(prose[found.start : found.end]) for found in vague)
    return Impact(
        span=part.span(),
        extent=part.span(),
        figures=tuple(figures),
        universal=not figures and everywhere is not None and not some,
        vague=tuple(text.span(found.start, found.end) for found in vague),
        labelled=False,
    )
