"""Which numbers of a text say who or what was hit, and how badly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from pmlint.reading.prose import Amount, Prose
from pmlint.reading.words import singulars

_NUMBER = (
    r"(?:\d{1,3}(?:\.\d{3})+,\d{1,2}|(?:\d{1,3}(?:,\d{2,3})+|\d{1,3}(?:'\d{3})+|\d+)(?:[.,]\d+)?)"
)


@cache
def _number() -> re.Pattern[str]:
    return re.compile(rf"(?P<low>{_NUMBER})(?:[-–](?P<high>{_NUMBER}))?(?P<unit>[a-zµ]*)")


@cache
def _fraction() -> re.Pattern[str]:
    return re.compile(r"\d+/\d+")


class Figures:
    """The numbers of a text that are impact.

    Under a label that asks for it (``labelled``) whatever is counted was hit.
    """

    def __init__(self, read: Prose, labelled: bool = False) -> None:
        self.read = read
        self.labelled = labelled
        self.tokens = read.tokens

    def all(self) -> Iterator[Amount]:
        end = 0
        for index, token in enumerate(self.tokens):
            if token.start < end:
                continue
            found = self._figure(index)
            if found and not self._supposed(index) and not self._incidental(index, found):
                end = found.end
                yield found

    def _figure(self, index: int) -> Amount | None:
        word = self.tokens[index].lower
        if word[0].isdigit():
            if word.endswith("-fold"):
                return self._factor(index, index)
            if _fraction().fullmatch(word):
                return None if word == "24/7" else self._count(index, index)
            if "/" in word and self._has_currency(index):
                # "$4k/minute"
                word = word.split("/", 1)[0]
            match = _number().fullmatch(word)
            if not match or self._is_name(index, match):
                return None
            return self._digits(index, match)
        words = self.read.words
        if word in words["numbers"] or ("-" in word and self._is_compound(word)):
            return self._spelled(index)
        if word in words["parts"]:
            return self._part(index)
        return self._worded(index, word) if word in words["worded"] else None

    def _worded(self, index: int, word: str) -> Amount | None:
        """A size told by "one", "single", "every", "twice", "doubled", "a thousand" or "zero"."""
        read = self.read
        if word == "one":
            return self._one(index)
        if word == "single":
            return self._single(index)
        if word == "every":
            return self._every_nth(index)
        if word == "twice":
            compared = read.joined(index + 1) and read.word(index + 1) in ("as", "the")
            # "twice the configured maximum"
            set_so = self._among("capacities", read.after(index, 4))
            return self._factor(index, index) if compared and not set_so else None
        if word == "hundred" and read.word(index - 1) == "a" and read.listed(index + 1, "percent"):
            end = self._phrase_end(index + 1, self.tokens[index + 1].end)
            return Amount(self.tokens[index - 1].start, end, "percent")
        if word == "zero" or (read.listed(index, "scales") and read.word(index - 1) == "a"):
            return self._count(index, index)
        return self._multiplied(index) if read.listed(index, "multiplied") else None

    def _supposed(self, index: int) -> bool:
        """It did not happen: "we would have lost two days of data"."""
        read = self.read
        if "would" not in read.sentence(index).words:
            return False
        low, high = read.sentence(index).tokens
        return any(
            read.word(at) == "would" and "have" in (read.word(at + 1), read.word(at + 2))
            for at in range(max(low, index - 20), min(high, index + 20))
        )

    def _incidental(self, index: int, found: Amount) -> bool:
        """How things are, how they came about, or what comes next."""
        if found.kind not in ("count", "share", "percent"):
            return False
        read, last = self.read, index
        while last + 1 < len(self.tokens) and self.tokens[last + 1].end <= found.end:
            last += 1
        if read.harmed_near(index, last):
            return False
        told = read.sentence(index).words
        if not told.isdisjoint(_PRESENT) and not read.sentence(index).past:
            # "It is used by 3,000 people" says whom it hit where a label asks for that.
            asked = self.labelled and any(read.noun(at, "people") for at in range(index, last + 1))
            return not (asked or read.damaged(index))
        lead = read.before(index, 3)
        while lead and lead[0] in read.words["approximations"]:
            lead = lead[1:]
        if lead[:1] == ["with"] and not self._struck(last):
            # "a project with 200 tasks", "a queue with 3 consumers"
            return True
        cause = self._gives_cause(index)
        if cause is None:
            return False
        # "after we had lost 37 orders" still tells of the orders
        after = read.after(last, 4)
        met = read.damaged_near(cause + 1, index - 1) or any(map(read.tells_damage, after))
        met = met and "never" not in after
        return not (met and read.noun(last, "people", "work"))

    def _gives_cause(self, index: int) -> int | None:
        """Where a clause begins to say why or after what: "since two clients were upgraded"."""
        read = self.read
        if _CAUSAL.isdisjoint(read.sentence(index).words):
            return None
        for at in range(index - 1, max(read.sentence(index).tokens[0], index - 10) - 1, -1):
            if "," in read.gap(at + 1) or not read.joined(at + 1):
                return None
            word = read.word(at)
            if word in _CAUSES or (word, read.word(at + 1)) in _CAUSE_PAIRS:
                return at
        return None

    def _is_compound(self, word: str) -> bool:
        """Such as "forty-two"."""
        numbers, (tens, _, ones) = self.read.words["numbers"], word.partition("-")
        return tens in numbers and (ones in numbers or ones == "one")

    def _is_name(self, index: int, match: re.Match[str]) -> bool:
        """The number names something: a ticket, a status, a port, a version, a year."""
        read, start = self.read, self.tokens[index].start
        if read.text[start - 1 : start] == "+" and read.text[max(0, start - 2)].isalnum():
            # "an N+1 query"
            return True
        if read.text[max(0, start - 2) : start].endswith(("#", "=", '="', "='", "/", ".", "@")):
            return True
        value = match["low"]
        if value in read.words["http_codes"] and not match["high"]:
            behind = read.word(index + 1).split("-", 1)[0]
            named = match["unit"] == "s" or behind in read.words["http_nouns"]
            if named or "http" in read.before(index, 2):
                return True
            if read.listed(index - 1, "answers") and (
                read.listed(index + 1, "stops") or not read.joined(index + 1)
            ):
                return True
        if read.joined(index) and read.listed(index - 1, "naming"):
            return not self._percent_end(index, match)
        year = len(value) == 4 and value.isdigit() and 1990 <= int(value) <= 2040
        if not year:
            return False
        # "in 2024", "on May 4, 2024"
        day = read.word(index - 1)[:1].isdigit() and read.listed(index - 2, "year_leads")
        return day or read.listed(index - 1, "year_leads")

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
        if self._customary(index):
            return None
        percent = self._percent_end(index, match)
        if percent:
            return self._percent(index, percent, match["low"])
        unit, last = match["unit"], index
        if not unit and len(match["low"]) < 4:
            last = self._grouped(index)
        if (
            not unit
            and last == index
            and read.joined(index + 1)
            and read.listed(index + 1, "scales")
        ):
            last += 1
        start = self._start(index)
        coin = read.joined(last + 1) and read.listed(last + 1, "currencies")
        marked = self._has_currency(index) or (last > index and self._has_currency(last))
        if coin or unit in read.words["currencies"] or marked:
            if read.listed(index - 1, "limits") and read.noun(index - 2, "work"):
                # "orders above $100"
                return None
            return Amount(start, self.tokens[last + coin].end, "money")
        if unit in ("x", "fold"):
            return self._factor(index, index + read.listed(index + 1, "times"))
        if read.word(index - 1) == "of" and read.word(index - 2) == "factor":
            return self._factor(index, index)
        if unit and unit not in read.words["scales"]:
            return self._measured(index, index, unit)
        lead = index - 2 - (read.word(index - 2) in ("more", "fewer", "less", "longer", "larger"))
        if read.word(index - 1) in ("than", "over") and read.word(lead) in _CONDITIONS:
            # "requests with more than 1,000 items" are a kind of request
            return None
        following = read.word(last + 1) if read.joined(last + 1) else ""
        if any(following in read.words[name] for name in _UNITS):
            return self._measured(index, last + 1, following)
        return (
            self._times(index, last)
            or self._count(index, last)
            or self._changed(index, last)
            or self._apposed(index, last)
            or self._summed(index, last)
            or self._of_those(index, last)
        )

    def _customary(self, index: int) -> bool:
        """What is normal, before any other number: "the usual latency is 200 ms"."""
        for word in self.read.before(index, 5):
            if word[0].isdigit():
                return False
            if word in _CUSTOMARY:
                return True
        return False

    def _grouped(self, index: int) -> int:
        """The last group of three digits of "3 500 parcels" or "2 000 000 visits"."""
        read, last = self.read, index
        while read.gap(last + 1) in _THIN_SPACES:
            following = read.word(last + 1)
            if len(following) != 3 or not following.isdigit():
                break
            last += 1
        return last

    def _factor(self, index: int, last: int) -> Amount | None:
        """How many times worse; ``last`` is the word of comparison, if any."""
        read = self.read
        # The "times" of "three times higher" is no time that something took.
        behind = index + 1 if read.word(index + 1) == "times" else index
        around = [*read.before(index, 5), *read.after(behind, 5)]
        load = self._is_load(around, ()) and not any(map(read.tells_damage, around))
        slower = last > index or self._among("latency", read.after(index, 2))
        worse = not load and (slower or read.damaged(index))
        return Amount(self._start(index), self.tokens[last].end, "factor") if worse else None

    def _start(self, index: int) -> int:
        """The number's start with its sign, currency and comparison marks."""
        text, start = self.read.text, self.tokens[index].start
        if text[start - 1 : start] in _THIN_SPACES and text[max(0, start - 2)] in _COINS:
            # "R$ 2.000,00"
            start -= 1
        while start and text[start - 1] in "~≈<>≤≥$€£₦₹¥+-−":
            start -= 1
        return start - self._country(start) if text[start] == "$" else start

    def _country(self, start: int) -> int:
        """How many letters before a dollar sign say whose it is: "HK$400"."""
        text = self.read.text
        low = start
        while low and start - low < 4 and "A" <= text[low - 1] <= "Z":
            low -= 1
        return start - low if start - low < 4 and not text[max(0, low - 1) : low].isalnum() else 0

    def _has_currency(self, index: int) -> bool:
        start = self.tokens[index].start
        lead = self.read.text[max(0, start - 2) : start].strip()
        if lead[-1:] and lead[-1] in "$€£₦₹¥":
            return True
        end = self.tokens[index].end
        if self.read.text[end : end + 2].strip()[:1] in _COINS:
            return True
        return self.read.gap(index) in (" ", ". ") and self.read.listed(index - 1, "coin_leads")

    def _times(self, index: int, last: int) -> Amount | None:
        """Such as "three times slower"."""
        if self.read.word(last + 1) != "times":
            return None
        if self.read.listed(last + 2, "times"):
            return self._factor(index, last + 2)
        if self.read.joined(last + 2) and self.read.word(last + 2) in ("as", "the", "our", "its"):
            return self._factor(index, index)
        return None

    def _percent(self, index: int, end: int, value: str) -> Amount | None:
        read = self.read
        inside = sum(1 for token in self.tokens[index + 1 : index + 3] if token.end <= end)
        after, lead = self._phrase(index + inside, 5), read.before(index, 9)
        before = lead[:5]
        found = Amount(self._start(index), self._phrase_end(index + inside, end), "percent")
        restored = after and after[0] in read.words["restored"]
        if after[:1] == ["again"] or self._ordinary(index, index + inside, after):
            return None
        if self._among("resources", before[:3]) and after[:1] != ["of"]:
            return None
        if "(" in read.gap(index) and read.listed(index - 1, "resources"):
            # "CPU usage (95%)"
            return None
        if before[:1] == ["at"] and "full" in before[1:3]:
            return None
        if {"alert", "alarm", "alerts"}.intersection(before[:2]):
            return None
        if after[:1] == ["of"] and after[1:2] and after[1][0].isdigit():
            # "97% of 500 GB"
            unit = after[1].lstrip("0123456789.,") or (after[2] if after[2:] else "")
            if unit in read.words["data"]:
                return None
        if before[:1] == ["of"] and self._among("targets", before[1:2]):
            return None
        if self._among("limits", before[:1]) and not _WARNING.isdisjoint(before):
            # "the alert fires above 5% of errors"
            return None
        if not restored and self._share_of(after):
            return found
        if self._is_load(before, after):
            return None
        if self._among("resources", after[:3] + lead):
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

    def _phrase(self, index: int, count: int) -> list[str]:
        """Up to ``count`` words behind a token, up to a comma."""
        read, found = self.read, self.read.after(index, count)
        for at in range(len(found)):
            if "," in read.gap(index + 1 + at):
                return found[:at]
        return found

    def _share_of(self, after: Sequence[str]) -> bool:
        """People or their work are what the percentage is taken of."""
        for word in after:
            if word in _ELSEWHERE:
                return False
            forms = singulars(word)
            if any(form in self.read.words[name] for form in forms for name in ("people", "work")):
                return not self._is_load((), after)
        return False

    def _is_load(self, before: Sequence[str], after: Sequence[str]) -> bool:
        """A rise of traffic or demand is a cause, not a harm."""
        around = [*before, *after]
        if self._among("load_times", around):
            return False
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
        if self._among("bounds", read.after(last, 2)) or read.word(index - 1) in (
            "usual",
            "normal",
        ):
            # "the 30 second timeout", "our 500 ms SLO"
            return None
        if unit in words["rates"]:
            return Amount(start, end, "rate")
        if unit in words["bandwidths"]:
            told = self._among("throughputs", read.sentence(index).words)
            return Amount(start, end, "rate") if told else None
        if unit in words["data"]:
            starts = tuple(words["loss_starts"])
            lost = any(word.startswith(starts) for word in read.sentence(index).words)
            of = read.word(last + 1) == "of" and read.noun(last + 2, "work", "kept")
            lost = lost or (of and read.damaged(index))
            return Amount(start, end, "data") if lost else None
        if unit in words["short_times"]:
            if read.word(last + 1) == "of" and read.noun(last + 2, "work", "kept"):
                # "90 seconds of writes were lost"
                starts = tuple(words["loss_starts"])
                if any(word.startswith(starts) for word in read.sentence(index).words):
                    return Amount(start, self.tokens[last + 2].end, "data")
            return Amount(start, end, "latency") if self._waited(index) else None
        if unit not in words["long_times"]:
            return None
        if self._among("usually", read.sentence(index).words) and self._among(
            "latency", read.before(index, 4)
        ):
            # "builds took 45 minutes in place of 6"
            return Amount(start, end, "latency")
        losses = tuple(words["loss_starts"])
        if any(word.startswith(losses) for word in read.sentence(index).words):
            worth = read.word(last + 1) in ("of", "worth")
            at = last + 2 + (read.word(last + 2) == "of")
            if worth and read.noun(at, "work", "kept"):
                return Amount(start, self.tokens[at].end, "data")
            if worth and any(read.listed(low, "spent") for low in range(at, at + 3)):
                return Amount(start, self.tokens[at].end, "data")
            if read.word(index - 1) in ("last", "past", "latest") and self._among(
                "kept", read.before(index, 6)
            ):
                return Amount(start, end, "data")
        after = read.after(last, 2)
        if after and after[0] in words["late"]:
            return Amount(start, self.tokens[last + 1].end, "latency")
        if len(after) > 1 and after[0] == "of" and after[1] in ("data", "writes", "delay", "lag"):
            return Amount(start, self.tokens[last + 2].end, "data")
        delayed = self._among("delays", read.before(index, 4))
        return Amount(start, end, "latency") if delayed else None

    def _waited(self, index: int) -> bool:
        """A few seconds are how long users waited, not how long a machine took to move."""
        read = self.read
        if read.word(index - 1) == "after" and "out" in read.before(index, 4):
            # "they timed out after 30 s"
            return False
        near = read.sentence(index)
        if near.waits or not read.words["latency"].isdisjoint(near.words - _TAKING):
            return True
        lead = read.before(index, 5)
        took = not _TAKING.isdisjoint(lead) and read.word(index - 1) not in _WITHIN
        return took and any(read.noun(at, "work") for at in range(max(0, index - 6), index))

    def _spelled(self, index: int) -> Amount | None:
        read, last = self.read, index
        if read.joined(index + 1) and read.listed(index + 1, "parts"):
            return self._part(index + 1)
        while read.joined(last + 1) and read.listed(last + 1, "scales"):
            last += 1
        cent = last + 1 + ((read.word(last + 1), read.word(last + 2)) == ("per", "cent"))
        if read.joined(cent) and (cent > last + 1 or read.listed(cent, "percent")):
            end = self._phrase_end(cent, self.tokens[cent].end)
            return Amount(self.tokens[index].start, end, "percent")
        following = read.word(last + 1) if read.joined(last + 1) else ""
        if following in read.words["long_times"]:
            return self._measured(index, last + 1, following)
        return self._times(index, last) or self._count(index, last) or self._changed(index, last)

    def _part(self, index: int) -> Amount | None:
        """A share such as "half of our users" or "two thirds of requests"."""
        read = self.read
        if read.word(index - 1) == "a" and read.listed(index - 3, "long_times", "short_times"):
            # "an hour and a half"
            return None
        if read.word(index - 1) in ("a", "one") and self._turned(index - 2):
            # "sales were down by a third", "dropped to a tenth"
            return Amount(self.tokens[index - 1].start, self.tokens[index].end, "share")
        if read.word(index + 1) == "of" and read.word(index + 2) in ("them", "us"):
            hit = self.labelled or read.damaged(index)
            return (
                Amount(self.tokens[index].start, self.tokens[index + 2].end, "share")
                if hit
                else None
            )
        if read.word(index - 1) == "a" and read.word(index + 1) in _PREDICATES:
            # "about a third could not log in"
            hit = read.harmed_near(index + 1, index + 4, index)
            return (
                Amount(self.tokens[index - 1].start, self.tokens[index].end, "share")
                if hit
                else None
            )
        low = index - read.listed(index - 1, "numbers")
        alone = self.labelled and low < index and not (read.joined(low) or read.joined(index + 1))
        if alone or self._turned(low - 1):
            # "throughput fell by half", or two thirds as the answer to a label
            return Amount(self.tokens[low].start, self.tokens[index].end, "share")
        if read.word(index + 1) != "of" and read.word(index) != "half":
            return None
        at = index + 1
        if read.word(at + 1) == "a" and read.listed(at + 2, "scales"):
            # "a quarter of a million e-mails"
            at += 3
        at = read.behind(at, "of")
        known = any(
            read.joined(noun) and read.noun(noun, *_HIT, "wholes", "measures")
            for noun in range(at, at + 3)
        )
        # "a fifth of the parcels was lost"
        many = read.word(at).endswith("s") and not read.noun(at, "not_counted")
        if not known and not (many and read.harmed_near(at + 1, at + 4, index)):
            return None
        if self._ordinary(index, index, ()):
            # "deployed on half of the hosts"
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
        whole = index + 4
        if (read.word(index + 2), read.word(index + 3)) == ("out", "of") and self._is_number(whole):
            return Amount(start, self.tokens[whole].end, "share")
        noun = read.noun_behind(index, *_HIT)
        if noun is not None:
            found = self._one_of(index, noun)
            if found:
                return found
        if read.word(index - 1) in ("only", "just", "exactly") and read.noun(index + 1, "people"):
            return Amount(start, self.tokens[index + 1].end, "count")
        if read.word(index - 1) == "only" and read.tells_damage(read.word(index + 1)):
            return Amount(start, self.tokens[index + 1].end, "count")
        if read.listed(index + 1, "scales"):
            return self._spelled(index)
        return None

    def _one_of(self, index: int, noun: int) -> Amount | None:
        """As in "one request in four", "one of our three clusters", "one tenant lost its data"."""
        read, start = self.read, self.tokens[index].start
        whole = noun + 2 + (read.word(noun + 2) == "of")
        if read.word(noun + 1) in ("in", "out", "of") and self._is_number(whole):
            return Amount(start, self.tokens[whole].end, "share")
        if read.word(index + 1) == "of":
            counted = any(self._is_number(at) for at in range(index + 2, noun))
            hit = counted and (self.labelled or read.damaged(index))
            return Amount(start, self.tokens[noun].end, "share") if hit else None
        if noun > index + 2 or not read.noun(noun, "people", "machines"):
            return None
        hit = read.listed(index - 1, "struck")
        if self.labelled and not read.joined(index) and not read.joined(noun + 1):
            # "Users affected: one customer"
            hit = True
        if read.noun(noun, "people") or self.labelled:
            hit = hit or read.harmed_near(noun + 1, noun + 3, noun)
        return Amount(start, self.tokens[noun].end, "count") if hit else None

    def _single(self, index: int) -> Amount | None:
        """As in "a single customer was hit"; "not a single one" counts nobody."""
        read = self.read
        if read.word(index - 1) != "a" or not read.noun(index + 1, "people"):
            return None
        if self._among("negations", read.before(index, 8)):
            return None
        hit = self.labelled or read.damaged(index)
        if not (hit or read.harmed_near(index + 2, index + 5, index)):
            return None
        return Amount(self.tokens[index].start, self.tokens[index + 1].end, "count")

    def _every_nth(self, index: int) -> Amount | None:
        """As in "every second request failed"."""
        read = self.read
        if not read.listed(index + 1, "nth") or not read.noun(index + 2, *_HIT):
            return None
        return Amount(self.tokens[index].start, self.tokens[index + 2].end, "share")

    def _is_number(self, index: int) -> bool:
        word = self.read.word(index)
        return word.replace(",", "").isdigit() or word in self.read.words["numbers"]

    def _multiplied(self, index: int) -> Amount | None:
        """As in "response times doubled", but not "traffic doubled"."""
        read = self.read
        around = [*read.before(index, 5), *read.after(index, 5)]
        worse = self._among("latency", around) or self._among("measures", around)
        worse = worse or self._among("load_times", around)
        if self.tokens[index].lower.endswith("fold"):
            if read.word(index - 1) in _EQUALS and not read.listed(index + 1, "times"):
                # "the cause was twofold"
                return None
            worse = worse or (read.damaged(index) and not self._is_load(around, ()))
        return Amount(self.tokens[index].start, self.tokens[index].end, "factor") if worse else None

    def _turned(self, index: int) -> bool:
        """The word before a number by, to or from which something sank or rose."""
        read = self.read
        if read.word(index) not in ("by", "to", "from", "at"):
            return False
        if read.word(index) == "at" and not read.listed(index - 1, "turned"):
            return False
        return self._among("turned", read.before(index, 5)) and self._measures(index)

    def _measures(self, index: int) -> bool:
        """What sank or rose is a measure of the harm: orders, sales, the success rate."""
        read, low = self.read, self.read.sentence(index).tokens[0]
        found = range(max(low, index - 9), index)
        return any(read.noun(at, "people", "work", "measures") for at in found) and not (
            self._is_load(read.before(index, 6), ())
        )

    def _changed(self, index: int, last: int) -> Amount | None:
        """As in "orders fell by 1,400" or "the score fell from 0.96 to 0.41"."""
        read = self.read
        if self._turned(index - 1) or (
            read.word(index - 1) in ("to", "ratio", "score", "rate")
            and self._measures(index)
            and (
                (self.labelled and read.word(index - 1) != "to")
                or self._among("turned", read.before(index, 6))
            )
        ):
            return Amount(self._start(index), self.tokens[last].end, "count")
        amassed = read.word(index - 1) == "of" and read.listed(index - 2, "amassed")
        if amassed and (self.labelled or read.damaged(index)) and not read.joined(last + 1):
            # "a consumer lag of 1.6 million"
            return Amount(self._start(index), self.tokens[last].end, "count")
        return None

    def _apposed(self, index: int, last: int) -> Amount | None:
        """A bare number behind what it counts: "users saw errors (1,204 in total)"."""
        read = self.read
        name = index
        while read.gap(name) in (" ", ". ") and read.listed(name - 1, "approximations"):
            name -= 1
        if read.gap(name) == " " and read.word(name - 1) in ("counted", "count", "totalling"):
            name -= 1 + (read.word(name - 2) in ("we", "i"))
        gap = read.gap(name).strip("~<>≈≤≥")
        after = (
            read.word(last + 1) if read.joined(last + 1) and "," not in read.gap(last + 1) else ""
        )
        if gap not in (" (", ", ") or (after and after not in _IN_ALL):
            return None
        if after == "per" and not read.listed(last + 2, "short_times", "long_times"):
            # "our workers (8 per host)"
            return None
        if gap == ", " and not after and "," not in read.gap(last + 1):
            return None
        if len(read.word(index)) == 4 and read.word(index)[:2] in ("19", "20"):
            return None
        low = max(read.sentence(index).tokens[0], name - 8)
        if not read.damaged(index) and not self.labelled:
            return None
        if not any(read.noun(at, *_HIT) for at in range(low, name)):
            return None
        return Amount(self._start(index), self.tokens[last].end, "count")

    def _summed(self, index: int, last: int) -> Amount | None:
        """As in "the number of refused payments was 310", "total servers down was 41"."""
        read, at = self.read, index - 1
        while read.listed(at, "approximations"):
            at -= 1
        if read.word(at) not in _EQUALS or not (read.joined(at) and read.joined(index)):
            return None
        lead = read.before(at, 9)
        if {"number", "total", "count", "sum", "tally"}.isdisjoint(lead):
            return None
        counted = any(read.noun(low, *_HIT) for low in range(at - len(lead), at))
        hit = counted and (self.labelled or read.damaged(index))
        return Amount(self._start(index), self.tokens[last].end, "count") if hit else None

    def _of_those(self, index: int, last: int) -> Amount | None:
        """A number that opens its clause without its noun: "4,460 runs were late, 212 failed"."""
        read, verb = self.read, last + 1
        opens = not read.joined(index) or "," in read.gap(index)
        did = read.word(verb).endswith("ed") or read.word(verb) in _PREDICATES
        if not opens or not did or read.gap(verb) != " " or len(read.word(index)) < 2:
            return None
        if read.listed(index, "http_codes") or read.listed(verb + 1, "acts"):
            return None
        if not any(read.noun(low, *_HIT) for low in range(max(0, index - 12), index)):
            return None
        hit = self.labelled or read.harmed_near(verb, verb + 2, index)
        return Amount(self._start(index), self.tokens[last].end, "count") if hit else None

    def _count(self, index: int, last: int) -> Amount | None:
        """A number before (or, in a field, behind) the thing it counts."""
        read, at = self.read, last + 1
        if self._is_capacity(index):
            return None
        of_many = read.joined(at) and read.word(at) in ("of", "out")
        if of_many or read.word(at) == "in":
            found = self._in_many(index, at) or self._of_many(index, read.behind(at, "of", "out"))
            if found:
                return found
            at = read.behind(at, "of", "out")
        for step in range(6):
            if not read.word(at) or not read.joined(at) or "," in read.gap(at):
                break
            if "\n" in read.gap(at) or (at == last + 1 and read.listed(at, "year_leads")):
                break
            if step and (read.listed(at, "stops") or read.word(at).isdigit()):
                break
            if read.word(at) in ("and", "or", "but"):
                break
            if read.word(at) in _SIMULATED and not read.noun(at + 1, "machines"):
                return None
            if read.word(at) == "data" and read.word(at + 1) == "loss":
                return Amount(self._start(index), self.tokens[at + 1].end, "data")
            counted = read.noun(at, "people", "work")
            if read.noun(at, "not_counted") and not counted:
                return None
            if counted or read.noun(at, "machines"):
                further = read.joined(at + 1) and read.word(at + 1) != "hit"
                if further and read.noun(at + 1, "people", "work", "machines"):
                    at += 1
                    continue
                if not self._agrees(index, at):
                    break
                if self._responds(index, at) or self._told_apart(index, at):
                    return None
                if not of_many and self._describes(index, at):
                    return None
                if self._ordinary(index, at, read.after(at, 6)):
                    return None
                hit = counted or of_many or self.labelled or read.listed(at + 2, "gone")
                if hit or read.damaged(index):
                    return Amount(self._start(index), self.tokens[at].end, "count")
                return None
            at += 1
        return self._open_count(index, last) or self._field_value(index, last)

    def _in_many(self, index: int, at: int) -> Amount | None:
        """As in "nine in ten requests"."""
        read, following = self.read, self.read.word(at + 1)
        year = following.isdigit() and len(following) > 3
        if read.word(at) != "in" or year or not self._is_number(at + 1) or not read.joined(at):
            return None
        if read.noun_behind(at + 1, *_HIT) is None:
            return None
        return Amount(self._start(index), self.tokens[at + 1].end, "share")

    def _of_many(self, index: int, whole: int) -> Amount | None:
        """As in "37 of 52 sensors" or "four of the five of us"."""
        read = self.read
        if read.word(whole) == "them":
            hit = read.damaged(index) and not self._among("handling", read.before(index, 3))
            return Amount(self._start(index), self.tokens[whole].end, "count") if hit else None
        if read.word(whole) == "us":
            hit = read.harmed_near(whole + 1, whole + 4, whole)
            return Amount(self._start(index), self.tokens[whole].end, "count") if hit else None
        alone = read.word(whole + 1) in ("", "of", "was", "were")
        if alone and self._is_number(whole):
            hit = self.labelled or read.damaged(index)
            return Amount(self._start(index), self.tokens[whole].end, "count") if hit else None
        if not self._is_number(whole):
            return None
        for at in (whole + 1, whole + 2):
            if read.listed(at, "stops") or read.noun(at, "not_counted") or not read.joined(at):
                return None
            if len(read.word(at)) > 3 and read.word(at).endswith("s"):
                return Amount(self._start(index), self.tokens[at].end, "count")
        return None

    def _agrees(self, index: int, noun: int) -> bool:
        """More than one needs a plural: "MySQL 5 database" counts nothing."""
        read, word, number = self.read, self.read.word(noun), self.tokens[index].lower
        if number in ("1", "0", "zero") or word.split("/", 1)[0].endswith("s"):
            return True
        if read.listed(noun, "uncountable") or read.word(noun + 1) in ("were", "have"):
            # "2,600 upload were refused"
            return True
        # "85k event delay window"
        return self.labelled and number[-1] in "km" and number[:-1].isdigit()

    def _responds(self, index: int, noun: int) -> bool:
        """A few engineers or teams repair; they are hit only where it says so."""
        read = self.read
        word = self.tokens[index].lower
        few = len(word) < 2 or word in read.words["numbers"]
        if read.word(index - 1) == "of" and read.word(index - 2) in ("team", "group", "crew"):
            return True
        if read.noun(noun, "responders") and read.word(noun + 1) in _COMING:
            return True
        if not few or not read.noun(noun, "responders"):
            return False
        works = read.word(noun + 1) == "to" or read.listed(noun + 1, "acts", "probed")
        met = read.harmed_near(noun + 1, noun + 4, noun) and not works
        aimed = any(read.tells_damage(word) or word == "for" for word in read.before(index, 3))
        return not (met or aimed)

    def _told_apart(self, index: int, noun: int) -> bool:
        """The load that came, what was edited, or how often somebody tried."""
        read, word = self.read, self.tokens[index].lower
        verb = noun + 1
        while read.joined(verb) and verb < noun + 4 and read.word(verb) not in ("was", "were"):
            verb += 1
        passive = read.word(verb) in ("was", "were") and read.listed(verb + 1, "acts")
        if passive and not read.noun(noun, "people", "work") and not read.harmed_near(index, noun):
            # "three services were restarted"
            return True
        if self.labelled:
            return False
        few = len(word) < 2 or word in read.words["numbers"]
        if few and read.listed(noun, "mishaps"):
            return True
        if read.listed(index - 1, "edited"):
            return True
        lead = read.before(index, 3)
        return self._is_load(lead, [read.word(noun)]) and not read.harmed_near(index, noun)

    def _describes(self, index: int, noun: int) -> bool:
        """How many there are, not how many were hit: "served by two hosts"."""
        read = self.read
        before = read.before(index, 3)
        if read.noun(noun, "people", "work"):
            described = before[:1] != [] and before[0] in _ALLOWS
            if before[:1] == ["with"] and read.noun(index - 2, "people"):
                return True
        else:
            described = before[:1] != [] and before[0] in _OWNED
            described = described or not _RUNS.isdisjoint(before)
        if not described:
            return False
        return not (self._struck(noun) or read.harmed_near(index - 4, index - 1, index))

    def _ordinary(self, index: int, last: int, after: Sequence[str]) -> bool:
        """What is told to run, or was done by those who repair, outside of a labelled part.

        Such as "it runs two pipelines", "we merged 3 changes", "rolled out to 10% of users".
        """
        read = self.read
        if self.labelled:
            done = self._done_by_us(read.before(index, 4))
            return (done and not read.harmed_near(index, last + 1, last)) or self._warns(index)
        at = index - 1
        while at >= 0 and read.joined(at + 1) and read.listed(at, "approximations", "determiners"):
            if read.word(at) in ("to", "at"):
                break
            at -= 1
        lead = read.before(at + 1, 5)
        harmed = read.harmed_near(index, last + 1, last)
        if (self._done_by_us(lead) and not harmed) or self._warns(index):
            return True
        while lead and lead[0] in ("only", "just"):
            lead = lead[1:]
        verb = lead[0] if lead else ""
        meant = lead[1] if verb == "for" and lead[1:] else verb
        if (meant in read.words["foreseen"] and not read.harmed_near(index, last + 3, last)) or (
            self._operates(verb) and "per" in read.after(last, 2)
        ):
            return True
        told = read.sentence(index).words - {verb}
        if any(map(read.tells_damage, told)) or not told.isdisjoint(read.words["barred"]):
            return False
        if self._habitual(index):
            return True
        if self._operates(verb):
            # "customers sent 40 tickets" tells of the customers
            return not any(
                read.noun(low, "people") and read.word(low).endswith("s")
                for low in range(max(0, at - 3), at)
            )
        if lead[:1] and lead[0] in ("to", "for", "on") and self._among("rollout", lead):
            return True
        return self._is_share(index, last) and self._among("turned_good", after[:5])

    def _operates(self, verb: str) -> bool:
        """The verb, in one form or the other, tells what runs day by day."""
        listed = self.read.words["operates"]
        known = verb in listed or f"{verb}s" in listed or verb.removesuffix("s") in listed
        return known and verb != "read"

    def _habitual(self, index: int) -> bool:
        """A sentence in the present: "the cluster has 12 nodes and 3 routers"."""
        if self.read.sentence(index).past:
            return False
        return any(map(self._operates, self.read.before(index, 12)))

    def _is_share(self, index: int, last: int) -> bool:
        """The number is a percentage or a fraction."""
        read = self.read
        stretch = read.text[
            self.tokens[index].start : self.tokens[min(last + 1, len(self.tokens) - 1)].start
        ]
        return any(mark in stretch for mark in ("%", "/", "percent", "per cent"))

    def _done_by_us(self, lead: Sequence[str]) -> bool:
        """ "We restarted 4 pods", nearest word first."""
        for at, word in enumerate(lead[:4]):
            if word in self.read.words["acts"]:
                return not _ACTORS.isdisjoint(lead[at + 1 : at + 4])
        return False

    def _warns(self, index: int) -> bool:
        """The number is what an alert waits for: "it fires when more than 5% of requests fail"."""
        read = self.read
        lead = read.before(index, 7)
        if _WARNING.isdisjoint(lead):
            return False
        # "alerts fired for over 200 hosts" tells of the hosts
        threshold = lead[0] in _THRESHOLDS and lead[1:2] not in (["for"], ["on"], ["by"])
        # "alerts fired late, and over 200 hosts were lost" goes on to tell of the hosts
        turns = (at for at in range(len(lead)) if lead[at] in _TURNS or "," in read.gap(index - at))
        threshold = threshold and not _WARNING.isdisjoint(lead[: next(turns, None)])
        return threshold or not _WHENEVER.isdisjoint(lead)

    def _struck(self, noun: int) -> bool:
        """What follows in the clause says that they were harmed."""
        read = self.read
        for at in range(noun + 1, noun + 5):
            turns = read.word(at) in ("and", "but", "which") or "," in read.gap(at)
            if turns or not read.joined(at):
                return False
            if read.harmed_near(at, at):
                return True
        return False

    def _is_capacity(self, index: int) -> bool:
        """A limit, a size, a version, or what it took to repair, is no count of what was hit."""
        read, word = self.read, self.tokens[index].lower
        _, dot, decimals = word.partition(".")
        if dot and decimals.isdigit() and len(decimals) != 3:
            return not read.listed(index + 1, "scales")
        if read.word(index - 1) in ("of", "is", "was", "at") and read.listed(
            index - 2, "capacities", "composed"
        ):
            return True
        before = read.before(index, 3)
        if before[:1] and before[0] in _LATEST:
            return True
        if before[:1] in (["to"], ["at"]) and not read.words["bounded"].isdisjoint(before):
            # "capped at 10 instances", but not "the impact was limited to 3 customers"
            lead = read.before(index, 7)
            return not (self._among("troubles", lead) or any(map(read.tells_damage, lead)))
        took = {"took", "needed", "required"}.intersection(before)
        few = len(word) < 2 or word in read.words["numbers"]
        return (
            few
            and bool(took)
            and read.words["gone"].isdisjoint(before)
            and read.word(index + 1) != "of"
        )

    def _open_count(self, index: int, last: int) -> Amount | None:
        """An unlisted plural right behind the number, in a sentence that tells damage."""
        read = self.read
        near = read.text[max(0, self.tokens[index].start - 1) : self.tokens[index].start] in (
            "~",
            "≈",
        )
        if read.listed(index, "http_codes") and not (
            near or read.listed(index - 1, "approximations")
        ):
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
                hit = read.damaged(index) or read.harmed_near(at + 1, at + 4, at)
                if read.word(index - 1) in _OWNED or not _RUNS.isdisjoint(read.before(index, 2)):
                    return found if self._struck(at) else None
                return found if hit or self.labelled else None
        return None

    def _field_value(self, index: int, last: int) -> Amount | None:
        """The number is all that its field says, as in "Users affected: 1,200"."""
        read = self.read
        name = index
        while read.gap(name) in (" ", ". ") and read.listed(name - 1, "approximations"):
            name -= 1
        gap = read.gap(name).strip("~$€£₦₹¥+<>≤≥")
        if not any(mark in gap for mark in (":", "|", "=", "≈", " - ", " – ", " — ")):
            return None
        bare = not read.joined(last + 1) or read.word(last + 1) in _MEANWHILE
        if read.listed(index, "http_codes") or (read.word(last + 1) and not bare):
            return None
        for low in range(name - 1, max(name - 6, -1), -1):
            if "\n" in read.gap(low + 1):
                break
            code = read.word(low).removesuffix("s") in read.words["http_codes"]
            if code or read.noun(low, "people", "work", "machines", "measures"):
                return Amount(self._start(index), self.tokens[last].end, "count")
        return None


_PRESENT = frozenset(
    (
        "is",
        "are",
        "has",
        "have",
        "makes",
        "make",
        "comes",
        "come",
        "will",
        "serve",
        "serves",
        "runs",
    )
)
_CAUSES = frozenset(("since", "because", "after", "once"))
_CAUSAL = _CAUSES | {"due", "caused", "owing"}
_CAUSE_PAIRS = frozenset((("due", "to"), ("caused", "by"), ("because", "of"), ("owing", "to")))
_THRESHOLDS = frozenset(
    ("at", "above", "below", "beyond", "exceeds", "exceed", "exceeding", "over")
)
_ACTORS = frozenset(("we", "i", "team", "engineers", "engineer", "they", "sre", "ops", "he", "she"))
_TURNS = frozenset(("and", "but", "while", "so"))
_WHENEVER = frozenset(("when", "if", "once", "whenever"))
_WARNING = frozenset(
    (
        "alert",
        "alerts",
        "alarm",
        "alarms",
        "fires",
        "fire",
        "trigger",
        "triggers",
        "pages",
        "page",
        "alerting",
        "monitor",
        "rule",
    )
)
_THIN_SPACES = (" ", "\u00a0", "\u202f", "\u2009")
_COINS = ("$", "€", "£", "₦", "₹", "¥")
_UNITS = ("short_times", "long_times", "data", "rates", "bandwidths")
_HIT = ("people", "work", "machines")
_CONDITIONS = frozenset(("with", "had", "have", "has", "having", "of"))
_OWNED = frozenset(("our", "the", "its", "their", "by", "with", "behind", "between", "have", "has"))
_CUSTOMARY = frozenset(
    ("normal", "normally", "usual", "usually", "typical", "typically", "expected")
)
_ELSEWHERE = frozenset(("and", "but", "while", "which", "after", "before", "when", "because", "so"))
_COMING = frozenset(("joined", "investigated", "helped", "responded"))
_EQUALS = frozenset(("is", "are", "was", "were", "be", "as"))
_IN_ALL = frozenset(("in", "by", "of", "to", "at", "during", "a", "per"))
_WITHIN = frozenset(("within", "after", "in", "every"))
_SIMULATED = frozenset(("virtual", "synthetic", "simulated", "dummy", "fake"))
_TAKING = frozenset(("took", "taking"))
_ALLOWS = frozenset(
    ("have", "has", "serve", "serves", "allows", "allow", "permits", "supports", "handles", "holds")
)
_LATEST = frozenset(("last", "latest", "newest", "oldest", "first", "previous", "next", "top"))
_RUNS = frozenset(("runs", "run", "running", "consists", "comprises", "uses", "using", "hosts"))
_PREDICATES = frozenset(
    ("missed", "lost", "could", "were", "was", "had", "saw", "got", "did", "failed")
)
_MEANWHILE = frozenset(("before", "during", "at", "per", "in", "peak"))
