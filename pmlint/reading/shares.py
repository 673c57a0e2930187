"""Shares of a whole: percentages, "half of our users", "one in five requests"."""

from __future__ import annotations

from collections.abc import Sequence

from pmlint.reading.numerals import is_number, start_of
from pmlint.reading.prose import EVERYTHING, Amount, Prose
from pmlint.reading.routine import is_load, is_routine
from pmlint.reading.sizes import turned
from pmlint.reading.words import singulars

_ELSEWHERE = frozenset(("and", "but", "while", "which", "after", "before", "when", "because", "so"))
_WORSE = frozenset(("longer", "slower", "fewer", "less"))
_LONGEST_PHRASE = 6
"""How many words behind a share may say what it is taken of."""


def percentage(read: Prose, index: int, end: int, value: str) -> Amount | None:
    """A number with a percent mark, which ends at the offset ``end``."""
    last = index + sum(1 for token in read.tokens[index + 1 : index + 3] if token.end <= end)
    before, after = _lead(read, index), _phrase(read, last, 5)
    worse = bool(after) and after[0] in _WORSE
    if after[:1] == ["again"] or (not worse and is_routine(read, index, last, after)):
        return None
    if _is_set(read, index, before[:5], after):
        return None
    restored = read.among("restored", after[:1])
    if (restored or not _is_of_hit(read, after)) and _is_state(read, index, value, before, after):
        return None
    return Amount(start_of(read, index), phrase_end(read, last, end), "percent")


def _lead(read: Prose, index: int) -> list[str]:
    """Up to nine words before a percentage, nearest first, within the clause that tells of it."""
    lead = read.before(index, 9)
    for at, word in enumerate(lead):
        if word == "and" and "%" in read.gap(index - 1 - at):
            # "CPU went to 100% and traffic fell by 80%"
            return lead[:at]
    return lead


def _is_set(read: Prose, index: int, before: Sequence[str], after: Sequence[str]) -> bool:
    """What stands right beside it says that it is a load, a size, a target or a threshold."""
    if read.among("resources", before[:3]) and after[:1] != ["of"]:
        return True
    if "(" in read.gap(index) and read.listed(index - 1, "resources"):
        # "CPU usage (95%)"
        return True
    if before[:1] == ["at"] and "full" in before[1:3]:
        return True
    if before[:2] == ["to", "filled"] or after[:1] == ["use"]:
        return True
    if before[:1] == ["at"] and not read.labelled and not _is_measured(read, before[1:]):
        # "all fans at 100%"
        return True
    if not {"alert", "alarm", "alerts"}.isdisjoint(before[:2]):
        return True
    if after[:1] == ["of"] and after[1:2] and after[1][0].isdigit():
        # "97% of 500 GB"
        unit = after[1].lstrip("0123456789.,") or (after[2] if after[2:] else "")
        if unit in read.words["data"]:
            return True
    if before[:3] in (["of", "place", "in"], ["than", "rather"]) or before[:2] == ["of", "instead"]:
        # "16% in place of 19%"
        return True
    if before[:1] == ["of"] and read.among("targets", before[1:2]):
        return True
    if after[:1] in (["free"], ["idle"]):
        # "with less than 5% free"
        return True
    if (after[:1] == ["of"] and read.among("fees", after[1:4])) or read.among("rebates", after[:1]):
        # "we credit 10% of the monthly fee", "we gave 10% off"
        return True
    if read.among("taxes", before[:4]):
        # "the VAT rate of 16%"
        return True
    # "the alert fires above 5% of errors"
    return read.among("limits", before[:1]) and read.among("alarms", before)


def _is_measured(read: Prose, before: Sequence[str]) -> bool:
    """Errors, orders, a success rate or what sank stand before "at 40%"."""
    forms = {form for word in before for form in singulars(word)}
    return any(read.among(name, forms) for name in ("people", "work", "measures", "turned"))


def _is_state(
    read: Prose, index: int, value: str, before: Sequence[str], after: Sequence[str]
) -> bool:
    """A load, a target, a threshold, or "restored to 100%"."""
    if is_load(read, [*before[:5], *after]):
        return True
    if read.among("resources", after[:3]) or read.among("resources", before):
        return True
    if read.among("targets", after[:3]) or read.among("targets", before[:4]):
        return True
    if value == "100" and (
        read.among("restored", after[:2]) or read.among("restoring", before[:3])
    ):
        return True
    if not read.among("limits", before[:2]):
        return False
    return read.begun(index, "alarm_starts")


def _phrase(read: Prose, index: int, count: int) -> list[str]:
    """Up to ``count`` words behind a token, up to a comma."""
    found = read.after(index, count)
    for at in range(len(found)):
        if "," in read.gap(index + 1 + at):
            return found[:at]
    return found


def _is_of_hit(read: Prose, after: Sequence[str]) -> bool:
    """People or their work are what the percentage is taken of."""
    for word in after:
        if word in _ELSEWHERE:
            return False
        forms = singulars(word)
        if read.among("people", forms) or read.among("work", forms):
            return not is_load(read, after)
    return False


def phrase_end(read: Prose, index: int, end: int) -> int:
    """The end of "of the user base" or "drop in sales" behind a share, else ``end``."""
    at = index + 1
    if not read.joined(at) or read.gap(at).strip(" %"):
        return end
    for _ in range(_LONGEST_PHRASE):
        word = read.word(at)
        if not word or word[0].isdigit() or (at > index + 1 and read.gap(at).strip()):
            break
        if word not in ("of", "in") and not read.listed(at, "determiners"):
            if read.listed(at, "stops"):
                break
            end = read.tokens[at].end
            further = read.joined(at + 1) and read.noun(at + 1, *EVERYTHING, "wholes")
            if not further and read.noun(at, *EVERYTHING):
                break
        at += 1
    return end


def part(read: Prose, index: int) -> Amount | None:
    """A share such as "half of our users" or "two thirds of requests"."""
    article = read.word(index - 1)
    lengthened = read.word(index - 2) == "and" and article == "a"
    if lengthened and read.listed(index - 3, "long_times", "short_times"):
        # "an hour and a half"
        return None
    if _is_of_time(read, index + 1):
        # "two and a half hours", "half a day"
        return None
    if article in ("a", "one") and turned(read, index - 2):
        # "sales were down by a third", "dropped to a tenth"
        return read.amount(index - 1, index, "share")
    if read.word(index + 1) == "of" and read.word(index + 2) in ("them", "us"):
        return read.amount(index, index + 2, "share") if read.hit(index) else None
    if article == "a" and read.listed(index + 1, "predicates"):
        # "about a third could not log in"
        hit = read.harmed_near(index + 1, index + 4, index)
        return read.amount(index - 1, index, "share") if hit else None
    low = index - read.listed(index - 1, "numbers")
    alone = read.labelled and low < index and not (read.joined(low) or read.joined(index + 1))
    if alone or turned(read, low - 1):
        # "throughput fell by half", or two thirds as the answer to a label
        return read.amount(low, index, "share")
    if not _is_part_of_hit(read, index) or is_routine(read, index, index):
        # "deployed on half of the hosts"
        return None
    lead = read.joined(index) and (article in ("a", "one") or low < index)
    end = phrase_end(read, index, read.tokens[index].end)
    return Amount(read.tokens[index - lead].start, end, "share")


def _is_of_time(read: Prose, at: int) -> bool:
    """A length of time follows, of which no data was lost."""
    at += read.word(at) == "of"
    at += read.word(at) in ("a", "an", "the")
    return read.listed(at, "long_times") and read.word(at + 1) != "of"


def _is_part_of_hit(read: Prose, index: int) -> bool:
    """What can be hit, or was, stands behind "half", "a third of" or "a quarter of a million"."""
    if read.word(index + 1) != "of" and read.word(index) != "half":
        return False
    at = index + 1
    if read.word(at + 1) == "a" and read.listed(at + 2, "scales"):
        at += 3
    at = read.behind(at, "of")
    for noun in range(at, at + 3):
        if read.joined(noun) and read.noun(noun, *EVERYTHING, "wholes", "measures"):
            return True
    # "a fifth of the parcels was lost", "counted only a third of the real plays"
    many = [noun for noun in (at, at + 1) if _is_plural(read, noun)]
    return many != [] and (read.labelled or read.harmed_near(at + 1, at + 4, index))


def _is_plural(read: Prose, noun: int) -> bool:
    many = read.word(noun).endswith("s") and not read.noun(noun, "not_counted")
    return many and read.joined(noun) and not read.listed(noun, "stops")


def one(read: Prose, index: int) -> Amount | None:
    """As in "one in five users"; "one of our servers" names no size."""
    following = read.word(index + 2)
    if read.word(index + 1) == "in" and (following.isdigit() or following in read.words["numbers"]):
        return read.amount(index, index + 2, "share")
    if (following, read.word(index + 3)) == ("out", "of") and is_number(read, index + 4):
        return read.amount(index, index + 4, "share")
    if (
        following == "in"
        and is_number(read, index + 3)
        and read.harmed_near(index + 4, index + 6, index)
    ):
        # "one sync in three failed"
        return read.amount(index, index + 3, "share")
    noun = read.noun_behind(index, *EVERYTHING)
    found = _one_of(read, index, noun) if noun is not None else None
    if found:
        return found
    before = read.word(index - 1)
    only = before in ("only", "just", "exactly") and read.noun(index + 1, "people")
    if only or (before == "only" and read.tells_damage(read.word(index + 1))):
        return read.amount(index, index + 1, "count")
    return _one_of_many(read, index)


def _one_of_many(read: Prose, index: int) -> Amount | None:
    """ "One of our nine points of presence", whatever they are, where it tells of harm."""
    at = read.behind(index + 2)
    if read.word(index + 1) != "of" or not is_number(read, at) or not _is_plural(read, at + 1):
        return None
    hit = read.harmed_near(at + 2, at + 6, at) or read.word(index - 1) in ("made", "left", "lost")
    return read.amount(index, at + 1, "share") if hit else None


def _one_of(read: Prose, index: int, noun: int) -> Amount | None:
    """As in "one request in four", "one of our three clusters", "one tenant lost its data"."""
    whole = noun + 2 + (read.word(noun + 2) == "of")
    if read.word(noun + 1) in ("in", "out", "of") and is_number(read, whole):
        return read.amount(index, whole, "share")
    if read.word(index + 1) == "of":
        counted = any(is_number(read, at) for at in range(index + 2, noun))
        return read.amount(index, noun, "share") if counted and read.hit(index) else None
    if noun > index + 2 or not read.noun(noun, "people", "machines"):
        return None
    # "Users affected: one customer"
    answer = read.labelled and not read.joined(index) and not read.joined(noun + 1)
    hit = answer or read.listed(index - 1, "struck")
    if read.labelled or read.noun(noun, "people"):
        hit = hit or read.harmed_near(noun + 1, noun + 3, noun)
    return read.amount(index, noun, "count") if hit else None


def every_nth(read: Prose, index: int) -> Amount | None:
    """As in "every second request failed"."""
    if not read.listed(index + 1, "nth") or not read.noun(index + 2, *EVERYTHING):
        return None
    return read.amount(index, index + 2, "share")
