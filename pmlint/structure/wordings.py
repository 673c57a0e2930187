"""What a heading means by its words, where it bears no known name.

The words are policy and stand in ``rules/labels.toml``.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, cast

from pmlint.namedtuples import NamedTuple
from pmlint.standard import policy

if TYPE_CHECKING:
    from pmlint.facts import Role

MOST_COMPOSED = 9
"""A label of more words is a sentence, whatever words it is made of."""
MOST_WORDED = 14
"""A heading that asks or tells may be longer."""
PREPOSITIONS = frozenset({"of", "for", "on", "upon", "to", "behind", "in", "from"})
_NOTHING: frozenset[Role] = frozenset()


class _Words(NamedTuple):
    heads: dict[str, frozenset[Role]]
    phrases: tuple[str, ...]
    """Heads of several words."""
    beside: frozenset[str]
    whom: frozenset[str]
    incident: frozenset[str]
    damage: frozenset[str]
    damage_starts: tuple[str, ...]
    together: frozenset[str]
    alone: frozenset[str]
    measures: frozenset[str]
    ahead: frozenset[str]
    past: frozenset[str]
    times: frozenset[str]
    edges: frozenset[str]
    dating: frozenset[str]
    about: frozenset[str]
    closing: frozenset[str]


class _Wording(NamedTuple):
    role: Role
    holds: frozenset[str]
    lacks: frozenset[str]
    past: bool
    """A verb in the past tense counts as held."""


@cache
def _words() -> _Words:
    table = policy.table("labels")
    heads: dict[str, set[str]] = {}
    for role, words in table["heads"].items():
        for word in words:
            heads.setdefault(word, set()).add(role)
    lists = table["bearing"]
    phrases = [word.replace("-", " ") for word in (*heads, *lists["edges"]) if "-" in word]
    incident = {word for name in table["incident"] for word in name.split()}
    amounts = policy.table("words")["amounts"]
    whom = {*table["whom"], *amounts["people"]}
    plurals = {f"{word}s" for word in whom | incident}
    return _Words(
        heads=cast("dict[str, frozenset[Role]]", {w: frozenset(r) for w, r in heads.items()}),
        phrases=tuple(sorted(phrases, key=len, reverse=True)),
        beside=frozenset({*table["beside"], *whom, *incident, *plurals}),
        whom=frozenset({*whom, *plurals} - incident),
        incident=frozenset({*incident, *(f"{word}s" for word in incident)}),
        damage=frozenset(amounts["damage"]),
        damage_starts=(*amounts["damage_starts"], *lists["failing"]),
        together=frozenset(lists["together"]),
        alone=frozenset(lists["alone"]),
        measures=frozenset(lists["measures"]),
        ahead=frozenset(lists["ahead"]),
        past=frozenset(lists["past"]),
        times=frozenset(lists["times"]),
        edges=frozenset(lists["edges"]),
        dating=frozenset({*lists["dating"], *lists["dated"], *incident}),
        about=frozenset(lists["about"]),
        closing=frozenset(lists["closing"]),
    )


@cache
def heads() -> frozenset[str]:
    """Every word without which ``composed`` finds nothing."""
    words = _words()
    parts = {part for head in (*words.heads, *words.edges) for part in (head, *head.split("-"))}
    return frozenset({*parts, *words.measures, *words.times}) - words.beside


def _tokens(label: str) -> list[str]:
    for mark in ("(s)", "/", ",", "&", "+"):
        if mark in label:
            label = label.replace(mark, "s" if mark == "(s)" else " ")
    for phrase in _words().phrases:
        if phrase in label:
            label = f" {label} ".replace(f" {phrase} ", f" {phrase.replace(' ', '-')} ").strip()
    tokens = [token.removesuffix("'s").strip("()?!.\"'“”") for token in label.split()]
    return tokens[1:] if len(tokens) > 1 and tokens[0].isdigit() else tokens


def composed(label: str) -> frozenset[Role]:
    """The roles of a normalised label all of whose words are known.

    ``restoration of service`` names the resolution, ``date and time of recovery``
    the duration, ``service owner`` nothing.
    """
    tokens = _tokens(label)
    if len(tokens) > MOST_COMPOSED:
        return _NOTHING
    return _dates(tokens) or _composed(tokens)


def _dates(tokens: list[str]) -> frozenset[Role]:
    words = _words()
    if " " not in " ".join(tokens).replace("-", " "):
        return _NOTHING
    timed = [token for token in tokens if token in words.times or token in words.edges]
    if not timed or not all(token in timed or token in words.dating for token in tokens):
        return _NOTHING
    if not any(token in words.edges for token in timed) and len(timed) == len(tokens):
        return _NOTHING
    return frozenset({"duration"})


def _composed(tokens: list[str]) -> frozenset[Role]:
    words = _words()
    found: set[Role] = set()
    if _tells_of_text(tokens) or (len(tokens) == 1 and tokens[0] in words.together):
        return _NOTHING
    measures = later = False
    for token in tokens:
        if token in words.heads:
            found |= words.heads[token]
        elif token in words.measures:
            measures = True
        elif token in words.ahead:
            later = True
        elif token not in words.beside:
            return _NOTHING
    if measures and found <= {"resolution"}:
        # "Mitigation measures" may be either: their content tells.
        found.add("corrective")
    if found == {"summary"} and not words.whom.isdisjoint(tokens):
        # "System overview" introduces the system.
        return _NOTHING
    if found == {"resolution", "corrective"} and not words.past.isdisjoint(tokens):
        found.discard("corrective")
    if len(found) > 1 and not {"cost", "costs"}.isdisjoint(tokens):
        # "Costs of the fix" are none of the incident.
        found.discard("impact")
    if later and "resolution" in found:
        found = (found - {"resolution"}) | {"corrective"}
    return frozenset(found)


def headed(label: str) -> frozenset[Role]:
    """The roles of a heading whose first words name a part: ``effect on the night shift``."""
    tokens = _tokens(label)
    if len(tokens) > MOST_COMPOSED:
        return _NOTHING
    at = next((at for at, token in enumerate(tokens) if token in PREPOSITIONS), 0)
    if not at or _tells_of_text(tokens) or tokens[at - 1] in _words().closing:
        return _NOTHING
    found = _composed(tokens[:at])
    if ("impact" in found and tokens[at] == "of") or "root_cause" in found:
        # "Reasons for the delay", but not "Reasons for Rust".
        return found if any(map(_fails, tokens[at + 1 :])) else _NOTHING
    return found


def _fails(token: str) -> bool:
    """It is a word for an incident, or for damage."""
    return token in _words().incident or token.startswith(_words().damage_starts)


def tells_failure(words: str) -> bool:
    """One of the words tells of an incident, or of damage."""
    tokens = (token.strip(",.;:()*_") for token in words.lower().split())
    return any(token in _words().damage or _fails(token) for token in tokens)


def _tells_of_text(tokens: list[str]) -> bool:
    """``Scope of this report``: a heading about the text, not about the incident."""
    at = next((at for at, token in enumerate(tokens) if token in PREPOSITIONS), len(tokens))
    return not _words().about.isdisjoint(tokens[at:])


@cache
def _wordings() -> dict[str, tuple[_Wording, ...]]:
    """The wordings by the word that a heading opens with."""
    found: dict[str, list[_Wording]] = {}
    for entry in policy.table("labels")["wordings"]:
        holds, lacks = frozenset(entry["holds"]), frozenset(entry["lacks"])
        wording = _Wording(entry["role"], holds, lacks, entry.get("past", False))
        for word in entry["opens"]:
            found.setdefault(word, []).append(wording)
    return {word: tuple(entries) for word, entries in found.items()}


_JOINED = {"we have": "we've", "we are": "we're"}
_STARTERS = frozenset({"so", "and", "but", "ok", "okay", "now", "then", "well", "q", "also"})


def worded(label: str) -> frozenset[Role]:
    """The roles that a heading in the form of a sentence suggests: ``was i affected``."""
    # "Analysis: why did this happen"
    behind = label.partition(": ")[2]
    said = behind if behind.startswith(("why ", "how ", "what ")) else label
    tokens = [token.strip(",?!.:;()\"'“”…") for token in said.split()]
    while tokens and tokens[0] in _STARTERS:
        del tokens[0]
    if len(tokens) == 1 and tokens[0] in _words().alone:
        return _words().heads[tokens[0]]
    if not 2 <= len(tokens) <= MOST_WORDED:
        return _NOTHING
    opener = tokens[0].partition("'")[0]
    entries = _wordings().get(opener)
    if entries is None:
        return _NOTHING
    held = frozenset(tokens[1:])
    if any(token.endswith("'ll") for token in held):
        held |= {"will"}
    held |= {joined for pair, joined in _JOINED.items() if tokens[1:3] == pair.split()}
    past = any(len(token) > 4 and token.endswith("ed") for token in held)
    return frozenset(
        entry.role
        for entry in entries
        if entry.lacks.isdisjoint(held)
        and (not entry.holds or not entry.holds.isdisjoint(held) or (entry.past and past))
    )
