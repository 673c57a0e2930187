"""Counts of people, requests and machines: how many were hit."""

from __future__ import annotations

from collections.abc import Iterator

from pmlint.reading.clausebounds import is_hit_in_clause
from pmlint.reading.lookalikes import is_capacity
from pmlint.reading.numerals import behind_rough, is_number, is_small, signed
from pmlint.reading.prose import EVERYTHING, Amount, Prose
from pmlint.reading.routine import (
    OWNED,
    describes,
    done_by_us,
    is_routine,
    is_struck,
    is_worked_on,
    responds,
)
from pmlint.reading.sizes import EQUALS

_IN_ALL = frozenset(("in", "by", "of", "to", "at", "during", "a", "per", "so"))
_MEANWHILE = frozenset(("before", "during", "at", "per", "in", "peak"))
_AIMS = frozenset(("for", "to"))
_THESE = frozenset(("that", "this", "these", "those", "which"))
_AMOUNTS_TO = frozenset(("is", "was", "are", "were", "makes", "made", "means", "meant"))
_LONGEST_PHRASE = 6
"""How many words behind a number may belong to what it counts."""


def count(read: Prose, index: int, last: int) -> Amount | None:
    """A number before (or, in a field, behind) the thing it counts."""
    if is_capacity(read, index):
        return None
    start = behind_rough(read, last + 1)
    aside = read.gap(start) == " (" and read.word(start) in ("of", "out")
    of_many = (aside or read.joined(start)) and read.word(start) in ("of", "out")
    if of_many and _is_progress(read, index):
        return None
    if of_many or read.word(start) == "in":
        behind = read.behind(start, "of", "out")
        found = _in_many(read, index, start) or _of_many(read, index, behind)
        if found:
            return found
        start = behind
    for at in _phrase(read, start, last):
        if read.listed(at, "simulated") and not read.noun(at + 1, "machines"):
            return None
        if read.word(at) == "data" and read.word(at + 1) == "loss":
            return signed(read, index, at + 1, "data")
        sure = read.noun(at, "people", "work")
        if not sure and read.noun(at, "not_counted"):
            return None
        if not (sure or read.noun(at, "machines")) or _goes_on(read, at):
            continue
        if not _agrees(read, index, at):
            continue
        return _nouns(read, index, at, of_many)
    return _open_count(read, index, last) or _field_value(read, index, last)


def few_hundred(read: Prose, index: int) -> Amount | None:
    """As in "a few hundred boards" or "a couple of thousand mails"; ``index`` is the scale."""
    low = index - 1 - (read.word(index - 1) == "of")
    if not read.joined(index) or not read.listed(low, "some_scales"):
        return None
    found = count(read, index, index)
    return found._replace(start=read.tokens[low].start) if found else None


def _phrase(read: Prose, start: int, last: int) -> Iterator[int]:
    """The tokens from ``start`` on in which the noun is looked for; the number ends at ``last``."""
    for at in range(start, start + _LONGEST_PHRASE):
        gap, word = read.gap(at), read.word(at)
        if not word or not read.joined(at) or "," in gap or "\n" in gap:
            return
        if at == last + 1 and read.listed(at, "year_leads"):
            return
        if at > start and (read.listed(at, "stops") or word.isdigit()):
            if read.listed(at, "http_codes") and read.listed(at + 1, "http_nouns"):
                # "800 web server 500 errors"
                continue
            return
        if word in ("and", "or", "but"):
            return
        yield at


def _goes_on(read: Prose, noun: int) -> bool:
    """Its head stands behind: the "requests" of "400 user requests"."""
    further = read.joined(noun + 1) and read.word(noun + 1) != "hit"
    return further and read.noun(noun + 1, *EVERYTHING)


def _agrees(read: Prose, index: int, noun: int) -> bool:
    """More than one needs a plural: "MySQL 5 database" counts nothing."""
    word, number = read.word(noun), read.tokens[index].lower
    if number in ("1", "0", "zero") or word.split("/", 1)[0].endswith("s"):
        return True
    if read.listed(noun, "uncountable") or read.word(noun + 1) in ("were", "have"):
        # "2,600 upload were refused"
        return True
    # "85k event delay window"
    return read.labelled and number[-1] in "km" and len(number) > 2 and number[:-1].isdigit()


def _nouns(read: Prose, index: int, noun: int, of_many: bool) -> Amount | None:
    """How many of the nouns were hit, unless they repaired, were worked on or only are there."""
    if responds(read, index, noun) or is_worked_on(read, index, noun):
        return None
    if _is_spare(read, index, noun) or _we_run(read, noun) or _is_size(read, index, noun):
        return None
    if not of_many and describes(read, index, noun):
        return None
    if is_routine(read, index, noun, read.after(noun, 6)):
        return None
    hit = read.noun(noun, "people", "work") or read.listed(noun + 2, "gone")
    hit = hit or is_hit_in_clause(read, index, noun) or _is_redone(read, index, noun)
    hit = hit or is_struck(read, noun) or _falls_short(read, noun)
    return signed(read, index, noun, "count") if hit else None


def _we_run(read: Prose, noun: int) -> bool:
    """ "In 2 of the 3 zones we run a standby"."""
    return read.word(noun + 1) == "we" and read.listed(noun + 2, "runs_on")


def _is_spare(read: Prose, index: int, noun: int) -> bool:
    """A few parts of a machine are what broke, not what was hit by it: "two disks failed"."""
    return not read.labelled and is_small(read, index) and read.noun(noun, "spares")


def _is_size(read: Prose, index: int, noun: int) -> bool:
    """An aside tells how large one thing is: "the redirect map (612 entries)"."""
    if read.labelled or read.gap(index) != " (" or read.gap(noun + 1)[:1] != ")":
        return False
    whole = read.word(index - 1)
    return not whole.endswith("s") and not read.noun(index - 1, *EVERYTHING, "measures")


def _falls_short(read: Prose, noun: int) -> bool:
    """ "6 stations instead of the usual thirty"."""
    at = noun + 1
    if (read.word(at), read.word(at + 1)) not in (("instead", "of"), ("rather", "than")):
        return False
    return any(is_number(read, near) for near in range(at + 2, at + 5))


def _is_redone(read: Prose, index: int, noun: int) -> bool:
    """ "61 terminals had to be replaced"; a few such tell of the repair."""
    return not is_small(read, index) and (read.word(noun + 1), read.word(noun + 2)) == ("had", "to")


def _sums_up(read: Prose, index: int) -> bool:
    """ "(All uploads of that hour are gone.) That's 18 songs and 3 albums"."""
    low = read.sentence(index).tokens[0]
    opens = read.word(low) == "that's" or (
        read.word(low) in _THESE and read.word(low + 1) in _AMOUNTS_TO
    )
    if not opens or index > low + _LONGEST_PHRASE or not low:
        return False
    before = range(read.sentence(low - 1).tokens[0], low)
    return read.damaged(low - 1) or any(read.listed(at, "gone") for at in before)


def _in_many(read: Prose, index: int, at: int) -> Amount | None:
    """As in "nine in ten requests"."""
    following = read.word(at + 1)
    year = following.isdigit() and len(following) > 3
    if read.word(at) != "in" or year or not is_number(read, at + 1) or not read.joined(at):
        return None
    if read.noun_behind(at + 1, *EVERYTHING) is None and _plural(read, at + 2) is None:
        return None
    return signed(read, index, at + 1, "share")


def _of_many(read: Prose, index: int, whole: int) -> Amount | None:
    """As in "37 of 52 sensors" or "four of the five of us"."""
    if read.word(whole) == "them":
        hit = read.damaged(index) or read.among("gone", read.sentence(index).words)
        hit = hit and not read.among("handling", read.before(index, 3))
        return signed(read, index, whole, "count") if hit else None
    if read.word(whole) in ("us", "you"):
        hit = read.harmed_near(whole + 1, whole + 4, whole) or _aimed(read, index)
        hit = hit or (read.word(whole) == "you" and read.listed(whole + 1, "told"))
        return signed(read, index, whole, "count") if hit else None
    if not is_number(read, whole):
        return None
    if read.word(whole + 1) in ("", "of", "was", "were"):
        return signed(read, index, whole, "count") if read.hit(index) else None
    for at in range(whole + 1, whole + 4):
        apart = not read.joined(at) and read.gap(at) != ") "
        if read.listed(at, "stops") or read.noun(at, "not_counted") or apart:
            return None
        if len(read.word(at)) > 3 and read.word(at).endswith("s"):
            if _we_run(read, at):
                return None
            beside = done_by_us(read, index, at) or _is_spare(read, index, at)
            return None if beside else signed(read, index, at, "count")
    return None


def _aimed(read: Prose, index: int) -> bool:
    """ "It was down for all 14 of us"."""
    everybody = read.word(index - 1) in ("all", "the") and read.word(index - 2) in _AIMS
    return everybody and read.damaged_near(index - 6, index - 3)


def _is_progress(read: Prose, index: int) -> bool:
    """How far a repair had come: "the tool got through 21 of the 39 tables"."""
    if read.labelled or read.damaged_near(index - 2, index - 1):
        return False
    lead = read.before(index, 4)
    while lead and lead[0] in read.words["approximations"]:
        lead = lead[1:]
    if lead[:1] == ["through"]:
        return lead[1:2] != [] and lead[1] in read.words["worked"]
    return lead != [] and lead[0] != "kept" and lead[0] in read.words["handling"]


def _open_count(read: Prose, index: int, last: int) -> Amount | None:
    """An unlisted plural right behind the number, in a sentence that tells damage."""
    if read.listed(index, "http_codes") and not _is_rough(read, index):
        return None
    noun = _plural(read, behind_rough(read, last + 1))
    if noun is None or read.listed(last + 1, "year_leads"):
        # "on 3 May users saw errors"
        return None
    if read.among("came", read.after(noun, 3)):
        return None
    if is_routine(read, index, noun, read.after(noun, 6)):
        return None
    if read.word(index - 1) in OWNED or read.among("runs_on", read.before(index, 2)):
        hit = is_struck(read, noun)
    else:
        hit = is_hit_in_clause(read, index, noun) or read.harmed_near(noun + 1, noun + 4, noun)
    hit = hit or _is_redone(read, index, noun) or _sums_up(read, index) or is_struck(read, noun)
    hit = hit or _falls_short(read, noun)
    return signed(read, index, noun, "count") if hit and not _is_spare(read, index, noun) else None


def _is_rough(read: Prose, index: int) -> bool:
    """A sign or a word says that it is no exact number, so no code."""
    start = read.tokens[index].start
    sign = read.text[max(0, start - 1) : start]
    return sign in ("~", "≈") or read.listed(index - 1, "approximations")


def _plural(read: Prose, at: int) -> int | None:
    """The plural at a token or right behind it, whatever it names."""
    for noun in (at, at + 1):
        word = read.word(noun)
        if not word or not read.joined(noun) or "," in read.gap(noun) or word[0].isdigit():
            return None
        if read.listed(noun, "stops", "http_nouns", "times") or read.noun(noun, "not_counted"):
            return None
        if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
            return noun
    return None


def _behind_name(read: Prose, index: int) -> int:
    """The token that opens "approx. 1,200" behind the name of a field."""
    while read.gap(index) in (" ", ". ") and read.listed(index - 1, "approximations"):
        index -= 1
    return index


def _field_value(read: Prose, index: int, last: int) -> Amount | None:
    """The number is all that its field says, as in "Users affected: 1,200"."""
    name = _behind_name(read, index)
    gap = read.gap(name).strip("~$€£₦₹¥+<>≤≥")
    if not any(mark in gap for mark in (":", "|", "=", "≈", " - ", " – ", " — ")):
        return None
    following = read.word(last + 1)
    if following and read.joined(last + 1) and following not in _MEANWHILE:
        return None
    if read.listed(index, "http_codes"):
        return None
    for low in range(name - 1, max(name - 6, -1), -1):
        if "\n" in read.gap(low + 1):
            break
        code = read.word(low).removesuffix("s") in read.words["http_codes"]
        if code or read.noun(low, *EVERYTHING, "measures"):
            return signed(read, index, last, "count")
    return None


def apposed(read: Prose, index: int, last: int) -> Amount | None:
    """A bare number behind what it counts: "users saw errors (1,204 in total)"."""
    summed_up = (read.word(last + 1), read.word(last + 2)) in (("in", "all"), ("in", "total"))
    if not (summed_up or read.hit(index)):
        return None
    name = _behind_name(read, index)
    if read.gap(name) == " " and read.word(name - 1) in ("counted", "count", "totalling"):
        name -= 1 + (read.word(name - 2) in ("we", "i"))
    gap = read.gap(name).strip("~<>≈≤≥")
    parted = "," in read.gap(last + 1)
    after = read.word(last + 1) if read.joined(last + 1) and not parted else ""
    if gap not in (" (", ", ") or (after and after not in _IN_ALL):
        return None
    if after in ("to", "by") and is_number(read, last + 2):
        # "the upgrade (14 to 16)"
        return None
    if after == "per" and not read.listed(last + 2, "short_times", "long_times"):
        # "our workers (8 per host)"
        return None
    if gap == ", " and not after and not parted and name == index:
        return None
    if len(read.word(index)) == 4 and read.word(index)[:2] in ("19", "20"):
        return None
    low = max(read.sentence(index).tokens[0], name - 8)
    hit = any(read.noun(at, *EVERYTHING) for at in range(low, name))
    digits = read.tokens[last].end - read.tokens[index].start
    # "credits (roughly 1,400)"
    many = read.word(name - 1).endswith("s") and not read.noun(name - 1, "not_counted")
    hit = hit or (gap == " (" and digits > 2 and many)
    return signed(read, index, last, "count") if hit else None


def summed(read: Prose, index: int, last: int) -> Amount | None:
    """As in "the number of refused payments was 310", "total servers down was 41"."""
    at = index - 1
    while read.listed(at, "approximations"):
        at -= 1
    if read.word(at) not in EQUALS or not (read.joined(at) and read.joined(index)):
        return None
    lead = read.before(at, 9)
    if not read.among("tallies", lead):
        return None
    counted = any(read.noun(low, *EVERYTHING) for low in range(at - len(lead), at))
    return signed(read, index, last, "count") if counted and read.hit(index) else None


def of_those(read: Prose, index: int, last: int) -> Amount | None:
    """A number that opens its clause without its noun: "4,460 runs were late, 212 failed"."""
    verb = last + 1
    opens = not read.joined(index) or "," in read.gap(index)
    did = read.word(verb).endswith("ed") or read.listed(verb, "predicates")
    if not opens or not did or read.gap(verb) != " " or len(read.word(index)) < 2:
        return None
    if read.listed(index, "http_codes") or read.listed(verb + 1, "acts"):
        return None
    if not any(read.noun(low, *EVERYTHING) for low in range(max(0, index - 12), index)):
        return None
    hit = read.labelled or read.harmed_near(verb, verb + 2, index)
    return signed(read, index, last, "count") if hit else None


def single(read: Prose, index: int) -> Amount | None:
    """As in "a single customer was hit"; "not a single one" counts nobody."""
    if read.word(index - 1) != "a" or not read.noun(index + 1, "people"):
        return None
    if read.among("negations", read.before(index, 8)):
        return None
    hit = read.hit(index) or read.harmed_near(index + 2, index + 5, index)
    return read.amount(index, index + 1, "count") if hit else None
