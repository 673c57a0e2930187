"""Everybody, nobody, everything: sizes that need no number."""

from __future__ import annotations

from pmlint.reading.prose import Prose

EVERYTHING = ("people", "work", "machines")
"""The lists of nouns that can be hit."""

_ABLE = frozenset(("could", "can", "was", "were", "had", "is", "has", "would", "did"))
_NO_HARM = frozenset(("longer", "access", "data", "way", "monitoring"))
_AWAY = frozenset(("out", "off", "away"))
_SIGNED = frozenset(
    ("logged", "signed", "kicked", "thrown", "shut", "locked", "fell", "cut", "sent", "turned")
)
_ORDER = frozenset(("order", "service", "action", "reach", "use", "operation"))
_UNSURE = frozenset(("whether", "unclear", "unknown"))
_MIGHT = frozenset(("could", "would", "might"))
_MAYBE = frozenset(("potentially", "possibly", "theoretically", "perhaps", "maybe"))
_IF = frozenset(("if", "should", "unless", "had"))
_OURSELVES = frozenset(
    ("team", "engineer", "engineers", "worked", "helped", "joined", "involved", "contributed")
)
_PRONOUNS = frozenset(("us", "them", "it", "these", "those"))
_TURNS = frozenset(("and", "but", "while", "which", "so", "yet", "as", "because", "since", "until"))
_ANEW = frozenset(("all", "every", "the", "we", "users", "some", "no", "our", "it", "each"))
_WHO = frozenset(("that", "which", "who", "whose", "trying", "running", "hosted", "visiting"))
_SMALL = frozenset(("of", "to", "in", "on", "for", "from", "at", "with"))
_LOOSE = frozenset(("out", "taken", "brought", "knocked", "cut"))
"""These tell an end only in a phrase ("knocked out"), so not alone."""
_PROVIDED = frozenset(("served", "hosted", "backed", "handled", "used", "managed", "built"))
_NEAR = 8
"""How many words away the damage may stand from whom it hit."""
_FAR = 40
"""How far off another sentence is looked at."""


def all_or_none(read: Prose, index: int, labelled: bool = False) -> int | None:
    """The last token of a universal statement that starts at ``index``, else None.

    Under a label that asks who was hit (``labelled``) what befell them need not be a known damage.
    """
    word = read.word(index)
    if word in _READERS:
        last = _READERS[word](read, index, labelled)
        if last is not None:
            return last
    if word in read.words["total"]:
        last = _total_outage(read, index)
        if last is not None:
            return last
    if word in read.words["totally"]:
        return _totally_gone(read, index)
    if word in read.words["ledgers"] or (word == "production" and read.word(index - 1) == "block"):
        return _ledger_halts(read, index)
    if word == "not":
        return _not_hit(read, index)
    return None


def of_some(read: Prose, index: int) -> bool:
    """The clause speaks of a part: "some users could not open any page", "one of them was down"."""
    if read.word(index) not in _OF_THEIRS and not read.listed(index, "totally"):
        return False
    if read.word(index) == "all" and not {"their", "his", "her"}.intersection(read.after(index, 3)):
        return False
    low, _ = read.sentence(index).tokens
    if "cases" in read.sentence(index).words:
        return True
    at = index - 1
    while at >= low:
        if read.word(at) in _SOME and not read.listed(at + 1, "spans"):
            return True
        if read.word(at) == "one" and read.word(at + 1) == "of":
            return True
        if any(mark in read.gap(at) for mark in ";:") or (
            "," in read.gap(at) and read.word(at) in _TURNS | _ANEW - {"some"}
        ):
            return False
        at -= 1
    return False


def spares(read: Prose, index: int, last: int) -> bool:
    """It says that nobody was hit, rather than everybody."""
    if read.word(index) not in ("no", "none", "not", "zero", "nobody"):
        return False
    return any(read.listed(at, "struck", "unhurt") for at in range(index, last + 4))


def limited(read: Prose) -> bool:
    """Some sentence says that no more than a part was hit: "only users in Oslo were affected"."""
    at = 0
    while at < len(read.tokens):
        if _limits(read, at):
            return True
        at = max(read.sentence(at).tokens[1], at + 1)
    return False


def _limits(read: Prose, index: int) -> bool:
    near = read.sentence(index)
    hit = "impact" in near.words or not read.words["struck"].isdisjoint(near.words)
    if not hit or _LIMITS.isdisjoint(near.words):
        return False
    low, high = near.tokens
    for at in range(low, high):
        word = read.word(at)
        if word in _JUST and (
            read.noun_behind(at, "people", "machines", "wholes") is not None
            or read.word(at + 1) in ("those", "in", "on", "the")
            or read.listed(at - 1, "struck")
            or not read.joined(at + 1)
        ):
            if read.word(at - 1) != "not":
                return True
        elif word in _LIMITED and read.word(at + 1) == "to":
            return True
    return False


_JUST = frozenset(("only", "solely", "exclusively", "merely"))
_LIMITED = frozenset(("limited", "confined", "restricted", "isolated", "contained"))
_LIMITS = _JUST | _LIMITED
_OF_THEIRS = frozenset(("any", "no", "all", "anything"))
_SOME = frozenset(
    (
        "some", "several", "few", "certain", "many", "most", "multiple", "various", "numerous",
        "occasionally", "sometimes", "partially", "intermittently", "subset", "portion", "minority",
        "majority", "fraction", "handful", "affected", "particular", "specific",
    )
)  # fmt: skip


def only_thought_of(read: Prose, index: int) -> bool:
    """It did not happen, or nobody knows: "all users could have lost it", "whether all users"."""
    low, high = read.sentence(index).tokens
    if not _UNSURE.isdisjoint(read.sentence(index).words) or "if" in read.before(index, 4):
        return True
    if not _MAYBE.isdisjoint(read.before(index, 3)):
        return True
    return read.word(low) in _IF or any(
        read.word(at) == "have" and not _MIGHT.isdisjoint(read.before(at, 2))
        for at in range(max(low, index - _FAR), min(high, index + _FAR))
    )


def _everyone(read: Prose, index: int, labelled: bool) -> int | None:
    if not _OURSELVES.isdisjoint([*read.after(index, 4), *read.before(index, 6)]):
        return None
    return index if _hits(read, index, index, labelled) else None


def _anyone(read: Prose, index: int, labelled: bool) -> int | None:
    barred = not read.words["negations"].isdisjoint(read.before(index, 8))
    aimed = read.listed(index - 1, "before_all") or read.word(index - 1) == "for"
    met = _failed_near(read, index + 1, index + _NEAR + 4) or _suffers(read, index)
    if met or (barred and read.word(index - 1) in ("by", "for", "to")):
        return index
    if "no" in read.before(index, 3) and read.word(index - 1) == "for":
        # "there was no service for anybody"
        return index
    return index if (barred or aimed) and read.damaged(index) else None


def _anything(read: Prose, index: int, labelled: bool) -> int | None:
    """Such as "could not sell anything" or "do a thing", but not "could not find anything"."""
    if read.word(index) == "thing" and read.word(index - 1) != "a":
        return None
    before = read.before(index, 5)
    if not read.words["probed"].isdisjoint(before):
        return None
    barred = {"not", "couldn't", "unable", "cannot"}.intersection(before)
    return (
        index if barred and not {"could", "couldn't", "unable", "able"}.isdisjoint(before) else None
    )


def _nothing(read: Prose, index: int, labelled: bool) -> int | None:
    after = read.after(index, 3)
    if "wrong" in after or not read.words["probed"].isdisjoint(after):
        return None
    if read.listed(index + 1, "worked"):
        harmless = read.tells_damage(read.word(index + 2)) and _damaged_elsewhere(read, index)
        return None if harmless else index
    return index if read.listed(index - 1, "serving", "gained") else None


def _exception(read: Prose, index: int, labelled: bool) -> int | None:
    """Such as "users, without exception, were …"."""
    if read.word(index - 1) != "without" or not read.noun(index - 2, "people"):
        return None
    return index if _suffers(read, index) or read.damaged(index) else None


def _whoever(read: Prose, index: int, labelled: bool) -> int | None:
    return index if read.damaged(index) or _failed_near(read, index - _NEAR, index) else None


def _single(read: Prose, index: int, labelled: bool) -> int | None:
    """Such as "not a single order" or "could not open even a single page"."""
    if read.words["negations"].isdisjoint(read.before(index, 8)):
        return None
    last = read.noun_behind(index, "people", "reach", "work", "machines")
    return None if last is None or read.noun(last, "never_hit") else last


def _not_hit(read: Prose, index: int) -> int | None:
    """Such as "not one order came in", or "customers were not affected"."""
    if read.word(index + 1) == "a" and read.word(index + 2) in ("soul", "person", "thing"):
        return index + 2
    if read.word(index + 1) in ("visible", "noticeable", "noticed", "felt"):
        # "not visible to users"
        return read.noun_behind(index + 2, "people")
    if read.word(index + 1) == "one":
        return _single(read, index + 1, labelled=False)
    hit = read.listed(index + 1, "struck") or read.word(index + 1) == "notice"
    if not hit or not read.noun(index - 2, "people"):
        return None
    at = index - 2
    while read.word(at - 1) in ("our", "the", "end", "external") and read.joined(at):
        at -= 1
    return index + 1 if not read.joined(at) or read.gap(at).strip() == "," else None


def _entire(read: Prose, index: int, labelled: bool) -> int | None:
    """Such as "the entire platform was down" or "lost as a whole"."""
    if read.word(index - 1) in ("a", "its", "their") and not read.words["gone"].isdisjoint(
        [*read.before(index, _NEAR), *read.after(index, 2)]
    ):
        return index
    if read.listed(index + 1, "never_hit") and not read.noun(index + 1, *EVERYTHING):
        return None
    last = read.noun_behind(index, "people", "work", "machines", "wholes")
    if last is not None:
        if read.word(last) == "team":
            return last if read.harmed_near(last + 1, last + 2) else None
        if read.damaged(index):
            return last
    else:
        last = _any_noun(read, index)
    if last is None or _handled(read, index, last):
        return None
    struck = _failed_near(read, last + 1, last + 3) or (labelled and "no" in read.after(last, 2))
    return last if struck else None


def _complete(read: Prose, index: int, labelled: bool) -> int | None:
    """Such as "the complete platform was down"."""
    last = read.noun_behind(index, "wholes")
    if last is not None and not read.listed(last + 1, "stops", "gone") and read.joined(last + 1):
        # "the full API surface was", but not "the full page cache was"
        last = None if read.word(last + 1) != "surface" else last + 1
    if last is None:
        return None
    return (
        last if _failed_near(read, last + 1, last + 3) or "down" in read.before(index, 2) else None
    )


def _handled(read: Prose, first: int, last: int) -> bool:
    """Somebody repaired, ran or told what stands there, or apologised to them."""
    if not read.words["regrets"].isdisjoint(read.sentence(first).words):
        return True
    if read.word(first) == "everything" and read.word(first + 1) in ("that", "we"):
        # "everything we tried", but not "everything we host went dark"
        return not _failed_near(read, first + 3, first + 6)
    if _checks(read, first):
        return True
    after = read.after(last, 4)
    if "by" in after and after[0] in _ABLE | {"are"} and not _PROVIDED.isdisjoint(after):
        return True
    done = set(read.before(first, 3))
    if not read.words["commands"].isdisjoint(read.before(first, 5)):
        return read.words["negations"].isdisjoint(read.before(first, 6))
    answered = any(_failed_code(read.word(at)) for at in range(last + 1, last + _NEAR + 4))
    if answered:
        # "all requests were answered with a 500"
        after = []
    if read.word(last + 1) not in _WHO and {"not", "didn't", "wasn't", "weren't"}.isdisjoint(after):
        done.update(after)
    return not read.words["handling"].isdisjoint(done)


def _checks(read: Prose, first: int) -> bool:
    """What a machine does day by day stands before: "the job that copies all data"."""
    verb = read.word(first - 1)
    if len(verb) < 5 or not verb.endswith("s") or verb.endswith(("ss", "ous")):
        return False
    if not read.joined(first) or read.word(first - 2) not in _SUBJECTS:
        return False
    known = read.tells_damage(verb) or read.listed(first - 1, "before_all", "struck", "gone")
    return not known and verb not in _RENDERS


_RUINS = frozenset(
    ("evicted", "crashed", "killed", "corrupted", "broke", "lost", "destroyed", "dropped")
)
_SUBJECTS = frozenset(("that", "which", "who", "it", "job", "script", "process", "cron", "service"))
_RENDERS = frozenset(("leaves", "makes", "renders", "takes", "brings", "means", "keeps", "knocks"))


def _hits(read: Prose, first: int, last: int, labelled: bool = False) -> bool:
    """What stands from ``first`` to ``last`` is what was hit, not what was handled."""
    if read.listed(first - 1, "almost") or _handled(read, first, last):
        return False
    if read.word(last + 1) == "had" and read.word(first - 1) in ("because", "as", "since"):
        return False
    if last > first and read.noun(last, "responders") and not read.noun(last, "wholes"):
        # All engineers come running; they were hit only where it says so at once.
        near = 6 if read.word(last + 1) in _SMALL else 2
        return read.harmed_near(last + 1, last + near) or (
            read.word(first - 1) == "for" and _aimed(read, first, last, labelled)
        )
    if read.word(last) == "attempts" and "our" in read.before(last, 2):
        return False
    if read.word(first - 1) in ("for", "per", "with", "of") and "," in read.gap(last + 1):
        return _aimed(read, first, last, labelled)
    if _suffers(read, last) or _failed_near(read, last + 1, _clause_end(read, last)):
        return True
    return _befell(read, last, labelled) or _aimed(read, first, last, labelled)


def _clause_end(read: Prose, last: int) -> int:
    """The last token that may tell what befell ``last``: not beyond ", but" or ", which"."""
    _, high = read.sentence(last).tokens
    further = 4 * (read.word(last + 1) in _WHO) + 3 * (read.word(last + 1) in _SMALL)
    end = min(last + _NEAR + further, high - 1)
    for at in range(last + 2, end + 1):
        if ";" in read.gap(at):
            return at - 1
        turns = read.word(at) in _TURNS and "," in read.gap(at)
        if turns or (read.word(at) == "and" and read.word(at + 1) in _ANEW):
            return at - 1
    return end


def _befell(read: Prose, last: int, labelled: bool) -> bool:
    """The past tense of what they did or had done to them, if nothing good."""
    pronoun = read.word(last).startswith("every")
    if not labelled and not pronoun and not read.noun(last, "people"):
        return False
    after = read.after(last, 6)
    if not read.words["restored"].isdisjoint(after) or not read.words["well"].isdisjoint(after):
        return False
    told = after[: 4 if after and after[0] in _SMALL else 2]
    if "had" in told and "been" in after:
        return False
    return any(word in _BEFELL or word.endswith("ed") for word in told)


_BEFELL = frozenset(
    ("was", "were", "had", "got", "went", "came", "became", "took", "ended", "lost")
)


def _aimed(read: Prose, first: int, last: int, labelled: bool) -> bool:
    """The words before name them as those who were hit: "errors for all users"."""
    if not read.joined(first):
        return False
    low, _ = read.sentence(first).tokens
    before = read.word(first - 1)
    lead = read.before(first, 3)
    if not read.words["well"].isdisjoint(lead) or {"not", "didn't"}.intersection(lead[1:2]):
        return False
    if before in read.words["struck"] and not read.noun(last, "never_hit"):
        return True
    if before == "by" and read.listed(first - 2, "noticing", "felt"):
        return True
    harming = (
        read.tells_damage(before)
        and before not in read.words["serving"]
        and (before.endswith("ing") or before in _RUINS or not read.noun(last, "machines"))
    )
    within = before == "in" and read.noun(last, "machines")
    if before in ("took", "brought", "taking", "made"):
        return not read.words["gone"].isdisjoint(read.after(last, 3))
    if not (harming or within or before in read.words["before_all"]):
        return False
    if harming or _failed_near(read, max(low, first - _NEAR), first):
        return True
    return labelled and read.noun(last, "people") and before in ("to", "for", "by")


def _suffers(read: Prose, last: int) -> bool:
    """Whom ``last`` names met with something: "were greeted by …", "were logged out"."""
    after = read.after(last, 6)
    if not read.words["suffered"].isdisjoint(after):
        return True
    return not _AWAY.isdisjoint(after) and not _SIGNED.isdisjoint(after)


def _failed_near(read: Prose, first: int, last: int) -> bool:
    """Harm, or the status code of a failure, from ``first`` to ``last``."""
    if read.harmed_near(first, last):
        return True
    return any(_is_gone(read, at) for at in range(max(first, 0), last + 1))


def _is_gone(read: Prose, at: int) -> bool:
    word = read.word(at)
    if word in _LOOSE and word != "out":
        return read.word(at + 1) in ("off", "out", "down", "offline")
    if word == "out":
        return read.word(at + 1) == "of" and read.word(at + 2) in _ORDER
    return word in read.words["gone"] or _failed_code(word)


def _failed_code(word: str) -> bool:
    """Such as "503", "502s", "404ing" or "5xx"."""
    code = word[:3]
    if code in ("4xx", "5xx", "50x"):
        return True
    return code.isdigit() and code[0] in "45" and word[3:] in ("", "s", "ed", "ing", "'ing", "'d")


def _both(read: Prose, index: int, labelled: bool) -> int | None:
    """Such as "both of our servers"; "both users and staff" are no two things."""
    last = read.noun_behind(index, "machines")
    if last is None or not read.word(last).endswith("s") or read.word(last + 1) in ("and", "or"):
        return None
    return last if _hits(read, index, last) else None


def _nobody(read: Prose, index: int, labelled: bool) -> int | None:
    """ "Nobody could …" was hit; "nobody was paged" tells of those who repair."""
    after = read.after(index, 6)
    if after[:2] == ["of", "us"] or after[1:2] in (["hurt"], ["harmed"], ["injured"]):
        return None
    if not read.words["unaware"].isdisjoint(after) or not _OURSELVES.isdisjoint(after[:4]):
        return None
    if after[:1] == ["else"]:
        return None
    acts = any(word in _ABLE or word in read.words["worked"] for word in after)
    acts = acts or (labelled and any(word.endswith("ed") for word in after[:2]))
    return index if acts or read.listed(index + 1, "noticing") else None


def _all_of(read: Prose, index: int, labelled: bool) -> int | None:
    word, following = read.word(index), read.word(index + 1)
    if read.listed(index + 1, "gone", "struck") and read.word(index - 1) != "not":
        # "Customers: all affected", "they were all down"
        ends = not read.joined(index + 2) or read.listed(index + 2, "stops")
        return index + 1 if ends and word == "all" else None
    if word == "each" and following == "and":
        return None
    if read.listed(index + 1, "nth"):
        return None
    if following == "over" and read.word(index + 3) in ("world", "country", "globe"):
        return index + 3 if _failed_near(read, index + 4, index + _NEAR) else None
    if following == "one" and read.word(index + 2) == "of":
        # "every one of our customers"
        last = read.noun_behind(index + 1, *EVERYTHING)
        return last if last is not None and _hits(read, index, last, labelled) else None
    if following == "of" and read.word(index + 2) == "whose":
        return None
    if following == "without" and read.word(index + 2).startswith("exception"):
        return index + 2 if read.damaged(index) else None
    if following == "of" and read.word(index + 2) in _PRONOUNS:
        # "Teachers and pupils, all of them, were locked out."
        if read.word(index + 3) in ("have", "has"):
            return None
        near = read.damaged(index) or _suffers(read, index) or read.listed(index - 1, "struck")
        return index + 2 if near and not read.listed(index - 1, "almost") else None
    if read.word(index - 1) in ("of", "to") and read.harmed_near(index - 4, index - 2):
        # "loss of all functionality"
        last = _any_noun(read, index)
        if last is not None:
            return None if _handled(read, index, last) else last
    if word == "all" and following in ("were", "was", "are"):
        # "students and teachers, all were locked out"
        return index + 1 if read.harmed_near(index + 2, index + 4) else None
    if read.listed(index + 1, "never_hit") and not read.noun(index + 1, *EVERYTHING):
        return None
    last = read.noun_behind(index, *EVERYTHING)
    if last is not None and _of_affected(read, index, last):
        return None
    if last is None and not read.joined(index + 1) and read.word(index - 1) in ("for", "to"):
        # "unreachable for all"
        return index if read.damaged(index) or _failed_near(read, index - 4, index) else None
    if last is not None:
        return last if _hits(read, index, last, labelled) else None
    last = _any_noun(read, index)
    if last is None:
        return None
    reach = 5 if read.listed(last + 1, "stops") else 2
    failed = labelled or _failed_near(read, last + 1, last + reach)
    failed = failed or read.word(index - 1) in ("lost", "losing")
    return last if failed and _hits(read, index, last, labelled) else None


def _of_affected(read: Prose, first: int, last: int) -> bool:
    """ "All affected users", "all systems relying on affected relays": all of those, no more."""
    if any(read.listed(at, "struck") for at in range(first + 1, last)):
        return True
    if read.word(last + 1) in _ABLE:
        return False
    return any(
        read.listed(at, "struck") and read.word(at - 1) in _BESIDE and read.joined(at + 1)
        for at in range(last + 2, last + 6)
    )


_BESIDE = frozenset(("on", "the", "of", "using", "our", "with", "in", "behind", "an", "those"))


def _any_noun(read: Prose, index: int) -> int | None:
    """The noun of "all functionality" or "every feature", whatever it is that was hit."""
    at = index + 1 + (read.word(index + 1) == "of")
    at = read.behind(at)
    if (
        read.word(at) in _BEFELL
        or not read.word(at)[:1].isalpha()
        or not read.joined(at)
        or "," in read.gap(at)
    ):
        return None
    if read.listed(at, "stops", "never_hit"):
        return None
    while read.joined(at + 1) and not read.listed(at + 1, "stops", "damage", "never_hit"):
        if (
            at >= index + 4
            or read.word(at + 1) in _BEFELL
            or read.tells_damage(read.word(at + 1))
            or "," in read.gap(at + 1)
        ):
            break
        at += 1
    return None if read.listed(at, "never_hit") or read.noun(at, "never_hit") else at


def all_named(read: Prose, index: int) -> int | None:
    """A bare "All users" or "Everyone", as the answer to a label."""
    if read.joined(index) or not read.words["restored"].isdisjoint(read.sentence(index).words):
        return None
    if not _OURSELVES.isdisjoint(read.after(index, 4)):
        return None
    if read.word(index) in ("everyone", "everybody", "everything"):
        ends = not read.joined(index + 1) or read.listed(index + 1, "places")
        following = read.word(index + 1)
        ends = ends or following in _WHO or following == "behind" or following.endswith("ing")
        return index if ends else None
    if read.word(index) not in ("all", "every", "entire"):
        return None
    last = read.noun_behind(index, "people", "work", "machines", "wholes")
    if last is None or read.listed(last, "never_hit") or _of_affected(read, index, last):
        return None
    ends = not read.joined(last + 1) or read.listed(last + 1, "places")
    return last if ends else None


def _any_of(read: Prose, index: int, labelled: bool) -> int | None:
    last = read.noun_behind(index, "people", "machines", "reach")
    if last is None:
        return None
    before = read.before(index, 8)
    if not read.words["negations"].isdisjoint(before) or ("no" in before and "access" in before):
        return last
    end = min(_clause_end(read, last), last + _NEAR + 2)
    if read.noun(last, "reach", "people") and (
        _failed_near(read, last + 1, end)
        or not read.words["suffered"].isdisjoint(read.after(last, _NEAR))
    ):
        return last
    aimed = read.word(index - 1) in ("for", "to", "affecting") and read.noun(last, "people")
    return last if aimed and read.damaged(index) else None


def _none_of(read: Prose, index: int, labelled: bool) -> int | None:
    """Such as "no users", "none of our customers" or "no user impact"."""
    at = index + 1
    if "," in read.gap(at):
        return None
    if read.word(index) == "no" and read.word(at) == "one":
        return _nobody(read, at, labelled)
    if read.word(index) == "none" and read.word(at + 1) in _PRONOUNS:
        if _handled(read, index, at + 1):
            return None
        return at + 1 if read.listed(at + 2, "worked") or read.word(at + 2) in _ABLE else None
    if read.word(index) == "none" and read.word(at) == "for" and not read.joined(index):
        return read.noun_behind(at, "people")
    if read.word(index) == "zero" and read.listed(at, "measures"):
        return at
    if read.word(index) == "zero" and read.word(index - 1) == "to":
        # "sales dropped to zero"
        counted = any(
            read.noun(low, *EVERYTHING, "measures") for low in range(max(0, index - 6), index - 1)
        )
        return index if counted and read.listed(index - 2, "turned") else None
    if read.listed(at, "graded"):
        # "no major impact" leaves room for some
        return None
    if not (read.words["unaware"] - {"picked"}).isdisjoint(read.after(index, 6)):
        return None
    at = read.behind(at, "of", "any")
    if _none_flows(read, at):
        return at
    if read.listed(at, "utilities") and read.word(index - 1) in ("was", "had", "were"):
        # "there was no service"
        return None if read.joined(at + 1) or read.word(at) in _NO_HARM else at
    if read.listed(at, "in_order"):
        # "no successful logins"
        return read.noun_behind(at, *EVERYTHING, "reach")
    for _ in range(4):
        if not read.word(at) or not read.joined(at) or "," in read.gap(at):
            return None
        if read.word(at) in _NO_HARM or read.word(at).endswith("ed"):
            return None
        if read.noun(at, "reach") and (
            _came_to_pass(read, at) or read.listed(index - 1, "serving")
        ):
            return at
        if read.listed(at + 2, "unhurt") and read.word(at + 1) in ("facing", "visible"):
            return at + 2
        if read.listed(at, "stops") and read.word(at) != "nor":
            return None
        if read.word(index) == "none" and read.noun(at, "reach", "machines"):
            return at
        if read.listed(at, "unhurt"):
            return at if _on_users(read, at) else None
        if read.noun(at, "people"):
            behind = at + 1 if read.joined(at + 1) else -1
            if read.listed(behind, "unhurt"):
                return behind
            # "no validator bond" speaks of bonds.
            many = read.word(at).endswith("s") or read.listed(at, "uncountable")
            acts = read.word(behind) in _ABLE or read.word(behind).endswith("ed")
            if many or behind < 0 or acts:
                return at
            if not read.noun(behind, "reach"):
                return None
        at += 1
    return None


def _none_flows(read: Prose, at: int) -> bool:
    """ "(No) package could be installed", "(no) logs were collected": nothing of it came about."""
    at = at if read.joined(at + 1) and read.word(at + 1) in _ABLE else at + 1
    if not read.joined(at) or not read.joined(at + 1) or read.word(at) in _NO_HARM - {"data"}:
        return False
    if read.listed(at, "stops", "unaware", "graded") or read.noun(at, "sought"):
        return False
    if read.noun(at, "never_hit") and not read.noun(at, "kept", "work"):
        return False
    done = read.after(at, 4)
    if done[:2] == ["could", "be"]:
        return (
            bool(done[2:])
            and not read.tells_damage(done[2])
            and (read.words["probed"].isdisjoint(done[2:3]))
        )
    return done[:1] in (["was"], ["were"]) and not read.words["flowed"].isdisjoint(done[1:4])


def _on_users(read: Prose, at: int) -> bool:
    """Unless it says on what else: "no impact on stored data" speaks of no user."""
    if read.word(at + 1) not in ("on", "to", "for"):
        return True
    return read.noun_behind(at + 1, "people", "wholes", "work") is not None


def _came_to_pass(read: Prose, noun: int) -> bool:
    """What did not happen to the noun: "(no) orders could be placed"."""
    reach = 6 if read.word(noun + 1) == "of" else 3
    for at in range(noun + 1, noun + reach):
        word = read.word(at)
        if not read.joined(at) or read.word(at - 1) in ("to", "for", "about"):
            return False
        if read.listed(at + 1, "struck"):
            # "No traffic was affected."
            return True
        if read.tells_damage(read.word(at + 1)) and _damaged_elsewhere(read, noun):
            # "Users waited. No order was lost." counts nobody who waited.
            return False
        if read.tells_damage(read.word(at + 1)) and "but" in read.before(noun, 3):
            return False
        if word in _ABLE or word in read.words["worked"] or word.endswith("ed") or word == "left":
            return True
    return False


def _damaged_elsewhere(read: Prose, index: int) -> bool:
    """Another sentence tells damage."""
    low, high = read.sentence(index).tokens
    return read.harmed_near(low - _FAR, low - 1) or read.harmed_near(high, high + _FAR)


def _total_outage(read: Prose, index: int) -> int | None:
    """Such as "complete outage" or "total loss"; "total downtime: 2 h" is only a sum."""
    lead = read.before(index, 3)
    if lead[:1] and lead[0] in ("was", "were") and not read.words["outages"].isdisjoint(lead):
        # "the outage was company-wide"
        return index
    if "no" in lead or not read.words["partial"].isdisjoint(lead):
        return None
    if lead[:1] == ["the"] and lead[1:2] and lead[1] in ("throughout", "during", "for", "of"):
        # "throughout the entire outage"
        return None
    for at in range(index + 1, index + 5):
        if not read.word(at) or not read.joined(at) or read.listed(at, "stops"):
            return None
        if read.listed(at, "outages"):
            summed = read.word(index) == "total" and (
                read.word(at) == "downtime"
                or read.listed(at + 1, "sums")
                or read.gap(at + 1).strip()[:1] in (":", "=")
            )
            return None if summed else at
    return None


def _totally_gone(read: Prose, index: int) -> int | None:
    """Such as "completely down" or "went down entirely"."""
    before = read.before(index, 4)
    if "not" in before[:2] or "never" in before:
        return None
    for at in (index + 1, index + 2):
        if read.joined(at) and read.listed(at, "gone"):
            return at
    if read.word(index) in _PLACES and read.noun(index - 1, "people"):
        # "users worldwide could not connect"
        return index if _failed_near(read, index + 1, index + 6) else None
    return index if not read.words["gone"].isdisjoint(before[:3]) else None


_PLACES = frozenset(("everywhere", "worldwide", "globally", "nationwide"))


def _ledger_halts(read: Prose, index: int) -> int | None:
    """Such as "the chain halted" or "the network came to a halt": nothing runs on it then."""
    at = index + 1
    while read.word(at) in ("to", "was", "is", "had", "has", "came", "a", "been", "completely"):
        at += 1
    return at if read.listed(at, "halts") and read.joined(at) else None


def _at_all(read: Prose, index: int, labelled: bool) -> int | None:
    """Such as "could not be reached at all", unless said of a part only."""
    if read.word(index + 1) != "all":
        return None
    partial = read.words["partial"] - {"not"}
    if not partial.isdisjoint(read.sentence(index).words):
        return None
    before = read.before(index, 12)
    if "no" in before[1:3] and (
        read.listed(index - 1, "utilities") or read.noun(index - 1, "reach")
    ):
        # "had no network at all", "served no traffic at all"
        return index + 1
    barred = not read.words["negations"].isdisjoint(before)
    return index + 1 if barred else None


def _whatsoever(read: Prose, index: int, labelled: bool) -> int | None:
    """Such as "no access whatsoever"."""
    before = read.before(index, 12)
    barred = "no" in before or not read.words["negations"].isdisjoint(before)
    partial = (read.words["partial"] - {"not"}).isdisjoint(read.sentence(index).words)
    return index if barred and partial and read.words["unhurt"].isdisjoint(before) else None


_READERS = {
    **dict.fromkeys(("all", "every", "each"), _all_of),
    **dict.fromkeys(("no", "none", "zero", "neither"), _none_of),
    **dict.fromkeys(
        ("everyone", "everybody", "everything", "everyone's", "everybody's"), _everyone
    ),
    **dict.fromkeys(("anyone", "anybody"), _anyone),
    **dict.fromkeys(("nobody", "no-one", "noone", "nobody's"), _nobody),
    **dict.fromkeys(("entire", "whole", "entirety"), _entire),
    **dict.fromkeys(("complete", "full", "total"), _complete),
    "any": _any_of,
    "anything": _anything,
    "at": _at_all,
    "thing": _anything,
    "both": _both,
    "exception": _exception,
    "nothing": _nothing,
    "single": _single,
    "whatsoever": _whatsoever,
    "whoever": _whoever,
}
