"""Which numbers of a text say who or what was hit, and how badly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from pmlint.reading.prose import Amount, Prose
from pmlint.reading.words import singulars

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:[.,]\d+)?"


@cache
def _number() -> re.Pattern[str]:
    return re.compile(rf"(?P<low>{_NUMBER})(?:[-–](?P<high>{_NUMBER}))?(?P<unit>[a-zµ]*)")


@cache
def _fraction() -> re.Pattern[str]:
    return re.compile(r"\d+/\d+")


class Figures:
    """The numbers of a text that are impact."""

    def __init__(self, read: Prose) -> None:
        self.read = read
        self.tokens = read.tokens

    def all(self) -> Iterator[Amount]:
        end = 0
        for index, token in enumerate(self.tokens):
            if token.start < end:
                continue
            found = self._figure(index)
            if found:
                end = found.end
                yield found

    def _figure(self, index: int) -> Amount | None:
        word = self.tokens[index].lower
        if word[0].isdigit():
            if _fraction().fullmatch(word):
                return None if word == "24/7" else self._count(index, index)
            match = _number().fullmatch(word)
            if not match or self._is_name(index, match):
                return None
            return self._digits(index, match)
        if word in self.read.words["numbers"]:
            return self._spelled(index)
        if word in self.read.words["parts"]:
            return self._part(index)
        if word == "one":
            return self._one(index)
        return self._count(index, index) if word == "zero" else None

    def _is_name(self, index: int, match: re.Match[str]) -> bool:
        """The number names something: a ticket, a status, a port, a version, a year."""
        read, start = self.read, self.tokens[index].start
        if read.text[max(0, start - 2) : start].endswith(("#", "=", '="', "='", "/", ".", "@")):
            return True
        value = match["low"]
        if value in read.words["http_codes"] and not match["high"]:
            behind = read.word(index + 1).split("-", 1)[0]
            named = match["unit"] == "s" or behind in read.words["http_nouns"]
            if named or "http" in read.before(index, 2):
                return True
        if read.joined(index) and read.listed(index - 1, "naming"):
            return not self._percent_end(index, match)
        year = len(value) == 4 and value.isdigit() and 1990 <= int(value) <= 2040
        return year and read.listed(index - 1, "year_leads")

    def _percent_end(self, index: int, match: re.Match[str]) -> int:
        """Where the percent mark behind a number ends; 0 if there is none."""
        read, end = self.read, self.tokens[index].end
        if match["unit"]:
            return 0
        at = end + 1 if read.text[end : end + 2] == " %" else end
        if read.text[at : at + 1] == "%":
            return at + 1
        if read.joined(index + 1) and read.listed(index + 1, "percent"):
            return self.tokens[index + 1].end
        if read.word(index + 1) == "per" and read.word(index + 2) == "cent":
            return self.tokens[index + 2].end
        return 0

    def _digits(self, index: int, match: re.Match[str]) -> Amount | None:
        read = self.read
        percent = self._percent_end(index, match)
        if percent:
            return self._percent(index, percent, match["low"])
        unit, last = match["unit"], index
        if not unit and read.joined(index + 1) and read.listed(index + 1, "scales"):
            last = index + 1
        start = self._start(index)
        coin = read.joined(last + 1) and read.listed(last + 1, "currencies")
        if coin or unit in read.words["currencies"] or self._has_currency(index):
            return Amount(start, self.tokens[last + coin].end, "money")
        if unit in ("x", "fold"):
            slower = read.listed(index + 1, "times")
            load = self._is_load(read.before(index, 5), read.after(index, 4))
            worse = slower or (read.damaged(index) and not load)
            return Amount(start, self.tokens[index + slower].end, "factor") if worse else None
        if unit and unit not in read.words["scales"]:
            return self._measured(index, index, unit)
        following = read.word(last + 1) if read.joined(last + 1) else ""
        if any(following in read.words[name] for name in _UNITS):
            return self._measured(index, last + 1, following)
        return self._times(index, last) or self._count(index, last)

    def _start(self, index: int) -> int:
        """The number's start with its sign, currency and comparison marks."""
        start = self.tokens[index].start
        while start and self.read.text[start - 1] in "~≈<>≤≥$€£₦₹¥+-−":
            start -= 1
        return start

    def _has_currency(self, index: int) -> bool:
        start = self.tokens[index].start
        lead = self.read.text[max(0, start - 2) : start].strip()
        if lead[-1:] and lead[-1] in "$€£₦₹¥":
            return True
        return self.read.gap(index) == " " and self.read.word(index - 1) in _COIN_LEADS

    def _times(self, index: int, last: int) -> Amount | None:
        """Such as "three times slower"."""
        if self.read.word(last + 1) == "times" and self.read.listed(last + 2, "times"):
            return Amount(self._start(index), self.tokens[last + 2].end, "factor")
        return None

    def _percent(self, index: int, end: int, value: str) -> Amount | None:
        read = self.read
        inside = sum(1 for token in self.tokens[index + 1 : index + 3] if token.end <= end)
        after, before = read.after(index + inside, 5), read.before(index, 5)
        found = Amount(self._start(index), self._phrase_end(index + inside, end), "percent")
        restored = after and after[0] in read.words["restored"]
        if not restored and self._share_of(after):
            return found
        if self._is_load(before, after):
            return None
        if self._among("resources", after[:3] + before):
            return None
        if self._among("targets", after[:3] + before[:4]):
            return None
        if value == "100" and (
            self._among("restored", after[:2]) or self._among("restoring", before[:3])
        ):
            return None
        if self._among("limits", before[:2]) and any(
            word.startswith(("alert", "threshold", "alarm", "trigger"))
            for word in read.sentence(index).words
        ):
            return None
        return found

    def _share_of(self, after: Sequence[str]) -> bool:
        """People or their work are what the percentage is taken of."""
        for word in after:
            if word in ("and", "but", "while", "which"):
                return False
            forms = singulars(word)
            if any(form in self.read.words[name] for form in forms for name in ("people", "work")):
                return not self._is_load((), after)
        return False

    def _is_load(self, before: Sequence[str], after: Sequence[str]) -> bool:
        """A rise of traffic or demand is a cause, not a harm."""
        around = [*before, *after]
        return self._among("growth", around) and self._among("loads", around)

    def _among(self, name: str, found: Iterable[str]) -> bool:
        return not self.read.words[name].isdisjoint(found)

    def _phrase_end(self, index: int, end: int) -> int:
        """The end of "of the user base" or "drop in sales" behind a share, else ``end``."""
        read, at = self.read, index + 1
        if not read.joined(at) or read.gap(at).strip(" %"):
            return end
        for _ in range(6):
            word = read.word(at)
            if not word or word[0].isdigit() or (at > index + 1 and read.gap(at).strip()):
                break
            if word in ("of", "in") or read.listed(at, "determiners"):
                at += 1
                continue
            if read.listed(at, "stops"):
                break
            end = self.tokens[at].end
            if read.noun(at, "people", "work", "machines") and not (
                read.joined(at + 1) and (read.noun(at + 1, "people", "work", "machines", "wholes"))
            ):
                break
            at += 1
        return end

    def _measured(self, index: int, last: int, unit: str) -> Amount | None:
        """A number with a unit of time, data or rate; ``last`` is the unit's token."""
        read, words = self.read, self.read.words
        start, end = self._start(index), self.tokens[last].end
        if unit in words["rates"]:
            return Amount(start, end, "rate")
        if unit in words["data"]:
            starts = tuple(words["loss_starts"])
            lost = any(word.startswith(starts) for word in read.sentence(index).words)
            return Amount(start, end, "data") if lost else None
        if unit in words["short_times"]:
            near = read.sentence(index)
            timed = near.waits or self._among("latency", near.words)
            return Amount(start, end, "latency") if timed else None
        if unit not in words["long_times"]:
            return None
        after = read.after(last, 2)
        if after and after[0] in words["late"]:
            return Amount(start, self.tokens[last + 1].end, "latency")
        if len(after) > 1 and after[0] == "of" and after[1] in ("data", "writes", "delay", "lag"):
            return Amount(start, self.tokens[last + 2].end, "data")
        delayed = self._among("delays", read.before(index, 4))
        return Amount(start, end, "latency") if delayed else None

    def _spelled(self, index: int) -> Amount | None:
        read, last = self.read, index
        if read.joined(index + 1) and read.listed(index + 1, "parts"):
            return self._part(index + 1)
        while read.joined(last + 1) and read.listed(last + 1, "scales"):
            last += 1
        if read.joined(last + 1) and read.listed(last + 1, "percent"):
            end = self._phrase_end(last + 1, self.tokens[last + 1].end)
            return Amount(self.tokens[index].start, end, "percent")
        following = read.word(last + 1) if read.joined(last + 1) else ""
        if following in read.words["long_times"]:
            return self._measured(index, last + 1, following)
        return self._times(index, last) or self._count(index, last)

    def _part(self, index: int) -> Amount | None:
        """A share such as "half of our users" or "two thirds of requests"."""
        read = self.read
        if read.word(index + 1) != "of" and read.word(index) != "half":
            return None
        at = index + 1
        while read.word(at) == "of" or read.listed(at, "determiners"):
            at += 1
        if not any(
            read.joined(noun) and read.noun(noun, "people", "work", "machines")
            for noun in range(at, at + 3)
        ):
            return None
        end = self._phrase_end(index, self.tokens[index].end)
        lead = read.joined(index) and (
            read.word(index - 1) in ("a", "one") or read.listed(index - 1, "numbers")
        )
        return Amount(self.tokens[index - lead].start, end, "share")

    def _one(self, index: int) -> Amount | None:
        """As in "one in five users"; "one of our servers" names no size."""
        read, start = self.read, self.tokens[index].start
        following = read.word(index + 2)
        if read.word(index + 1) == "in" and (
            following.isdigit() or following in read.words["numbers"]
        ):
            return Amount(start, self.tokens[index + 2].end, "share")
        if read.word(index - 1) in ("only", "just", "exactly") and read.noun(index + 1, "people"):
            return Amount(start, self.tokens[index + 1].end, "count")
        if read.word(index - 1) == "only" and read.tells_damage(read.word(index + 1)):
            return Amount(start, self.tokens[index + 1].end, "count")
        if read.listed(index + 1, "scales"):
            return self._spelled(index)
        return None

    def _count(self, index: int, last: int) -> Amount | None:
        """A number before (or, in a field, behind) the thing it counts."""
        read, at = self.read, last + 1
        of_many = read.joined(at) and read.word(at) in ("of", "out")
        if of_many:
            while read.word(at) in ("of", "out") or read.listed(at, "determiners"):
                at += 1
        for step in range(6):
            if not read.word(at) or not read.joined(at) or "," in read.gap(at):
                break
            if step and read.listed(at, "stops"):
                break
            if read.word(at) == "data" and read.word(at + 1) == "loss":
                return Amount(self._start(index), self.tokens[at + 1].end, "data")
            counted = read.noun(at, "people", "work")
            if read.noun(at, "not_counted") and not counted:
                return None
            if counted or read.noun(at, "machines"):
                if read.joined(at + 1) and read.noun(at + 1, "people", "work", "machines"):
                    at += 1
                    continue
                if not self._agrees(index, at) or self._responds(index, at):
                    return None
                if counted or of_many or read.damaged(index):
                    return Amount(self._start(index), self.tokens[at].end, "count")
                return None
            at += 1
        return self._open_count(index, last) or self._field_value(index, last)

    def _agrees(self, index: int, noun: int) -> bool:
        """More than one needs a plural: "MySQL 5 database" counts nothing."""
        word = self.read.word(noun)
        one = self.tokens[index].lower in ("1", "0", "zero")
        return one or word.endswith("s") or self.read.listed(noun, "uncountable")

    def _responds(self, index: int, noun: int) -> bool:
        """A few engineers or teams repair; they are hit only where it says so."""
        read = self.read
        word = self.tokens[index].lower
        few = len(word) < 2 or word in read.words["numbers"]
        if not few or not read.noun(noun, "responders"):
            return False
        met = read.harmed_near(noun + 1, noun + 4) and read.word(noun + 1) != "to"
        aimed = any(read.tells_damage(word) or word == "for" for word in read.before(index, 3))
        return not (met or aimed)

    def _open_count(self, index: int, last: int) -> Amount | None:
        """An unlisted plural right behind the number, in a sentence that tells damage."""
        read = self.read
        if read.listed(index, "http_codes"):
            return None
        for at in (last + 1, last + 2):
            word = read.word(at)
            if not word or not read.joined(at) or "," in read.gap(at) or word[0].isdigit():
                return None
            if read.listed(at, "stops", "http_nouns", "times") or read.noun(at, "not_counted"):
                return None
            plural = len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is"))
            if plural:
                found = Amount(self._start(index), self.tokens[at].end, "count")
                return found if read.damaged(index) else None
        return None

    def _field_value(self, index: int, last: int) -> Amount | None:
        """The number is all that its field says, as in "Users affected: 1,200"."""
        read = self.read
        name = index
        while read.gap(name) in (" ", ". ") and read.listed(name - 1, "approximations"):
            name -= 1
        gap = read.gap(name).strip("~$€£₦₹¥+<>≈≤≥")
        if not any(mark in gap for mark in (":", "|", "=", " - ", " – ", " — ")):
            return None
        if read.listed(index, "http_codes") or (read.word(last + 1) and read.joined(last + 1)):
            return None
        for low in range(name - 1, max(name - 6, -1), -1):
            if "\n" in read.gap(low + 1):
                break
            if read.noun(low, "people", "work", "machines"):
                return Amount(self._start(index), self.tokens[last].end, "count")
        return None


_UNITS = ("short_times", "long_times", "data", "rates")
_COIN_LEADS = frozenset(("usd", "us$", "eur", "gbp"))
