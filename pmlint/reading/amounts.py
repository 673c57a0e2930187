"""Amounts: the numbers that say who or what was hit, and how badly.

Every function takes plain text (Markdown marks blanked out) and gives 0-based
code-point offsets into it. Words are read one after the other and looked up in
sets, so that reading takes time in proportion to the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

from pmlint import policy

Kind = Literal["percent", "count", "money", "latency", "rate", "factor", "data", "share"]


@dataclass(frozen=True, slots=True)
class Amount:
    """A stretch of text that states an amount; ``kind`` says what is measured."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class AmountWords:
    """The word lists the readers look things up in; see ``rules/words.toml``."""

    people: frozenset[str]
    work: frozenset[str]
    machines: frozenset[str]
    wholes: frozenset[str]
    not_counted: frozenset[str]
    damage: frozenset[str]
    damage_starts: tuple[str, ...]
    resources: frozenset[str]
    restored: frozenset[str]
    targets: frozenset[str]
    currencies: frozenset[str]
    vague_quantifiers: frozenset[str]
    vague_portions: frozenset[str]
    vague_phrases: tuple[str, ...]

    @staticmethod
    def read(table: policy.Table) -> AmountWords:
        """The lists of an ``[amounts]`` table."""
        damage = table["damage"]
        return AmountWords(
            people=frozenset(table["people"]),
            work=frozenset(table["work"]),
            machines=frozenset(table["machines"]),
            wholes=frozenset(table["wholes"]),
            not_counted=frozenset(table["not_counted"]),
            damage=frozenset(word for word in damage if not word.endswith("*")),
            damage_starts=tuple(word[:-1] for word in damage if word.endswith("*")),
            resources=frozenset(table["resources"]),
            restored=frozenset(table["restored"]),
            targets=frozenset(table["targets"]),
            currencies=frozenset(table["currencies"]),
            vague_quantifiers=frozenset(table["vague_quantifiers"]),
            vague_portions=frozenset(table["vague_portions"]),
            vague_phrases=tuple(table["vague_phrases"]),
        )

    def countable(self, word: str) -> bool:
        """People or work: what a number always counts."""
        return any(form in self.people or form in self.work for form in singulars(word))

    def is_person(self, word: str) -> bool:
        """Somebody who can be hit."""
        return any(form in self.people for form in singulars(word))

    def is_machine(self, word: str) -> bool:
        """Something that runs."""
        return any(form in self.machines for form in singulars(word))

    def is_whole(self, word: str) -> bool:
        """Something that can be hit entirely."""
        return any(form in self.wholes for form in singulars(word))

    def is_uncounted(self, word: str) -> bool:
        """A unit of time, a step and the like."""
        return any(form in self.not_counted for form in singulars(word))

    def tells_damage(self, word: str) -> bool:
        """The word tells that something went wrong."""
        return word in self.damage or word.startswith(self.damage_starts)


@cache
def default_words() -> AmountWords:
    """The lists of ``rules/words.toml``."""
    return AmountWords.read(policy.table("words")["amounts"])


class Token(NamedTuple):
    """A word or number with its place; ``lower`` is its lower-case text."""

    start: int
    end: int
    lower: str


@cache
def _token() -> re.Pattern[str]:
    # Dots, commas and colons join digits only ("1.2", "10:30"), so that "down.The"
    # stays two words.
    return re.compile(r"\w+(?:(?:(?<=\d)[.,:](?=\d)|['’/@–-](?=\w))\w+)*")


def tokens(text: str) -> list[Token]:
    """The words and numbers of a text; dates, clocks, versions and paths stay whole."""
    return [
        Token(match.start(), match.end(), match.group().lower()) for match in _token().finditer(text)
    ]


def singulars(word: str) -> tuple[str, ...]:
    """The forms under which a noun may be listed: itself and its singulars."""
    base = word.split("/", 1)[0].replace("’", "'")
    if base.endswith("'s"):
        base = base[:-2]
    if not base.endswith("s"):
        return (base,)
    if base.endswith("ies"):
        return (base, base[:-3] + "y", base[:-1])
    if base.endswith("es"):
        return (base, base[:-1], base[:-2])
    return (base, base[:-1])


# Grammar of numbers.
_ONES = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety dozen"
)
NUMBER_WORDS = frozenset(_ONES.split())
_SCALES = frozenset("hundred thousand million billion trillion k m bn mn dozen".split())
_PARTS = frozenset(
    "half third thirds quarter quarters fifth fifths one-third two-thirds one-quarter "
    "three-quarters one-fifth one-half tenth".split()
)
_PERCENT = frozenset(("percent", "pct", "percentage", "percents"))
_HTTP = frozenset(
    "200 201 204 301 302 304 400 401 402 403 404 405 406 408 409 410 413 414 415 418 422 425 429 "
    "431 444 451 495 499 500 501 502 503 504 505 507 508 511 520 521 522 523 524 525 526 527 "
    "530".split()
)
_HTTP_NOUNS = frozenset(
    "error errors response responses status page pages code codes message messages internal bad "
    "gateway service not server http timeout timeouts exception exceptions failures".split()
)
# A number after one of these is a name, not an amount.
_NAMING = frozenset(
    "port ports version v block line step tier level phase http status code codes sev severity "
    "priority issue ticket pr release day week chapter section figure task item no number epoch "
    "slot height exit signal errno jdk java python node.js ubuntu debian windows ios android "
    "round page id build revision commit web".split()
)
_SHORT_TIME = frozenset("ms s sec secs second seconds msec millisecond milliseconds µs us".split())
_LONG_TIME = frozenset("min mins minute minutes h hr hrs hour hours day days week weeks".split())
_LATENCY = frozenset(
    "latency latencies lag p50 p75 p90 p95 p99 p999 slow slower slowly slowed slowness load loading "
    "loads delay delays delayed ttfb rtt took taking response responses".split()
)
_DELAYS = frozenset("delay delays delayed lag lagging latency latencies late behind lagged".split())
_LATE = frozenset("late behind slower longer delay delays lag stale".split())
_DATA = frozenset("b kb mb gb tb pb gib mib tib kib bytes gigabytes megabytes terabytes rows".split())
_LOSS = ("lost", "loss", "losing", "corrupt", "delet", "missing", "leak", "expos", "unrecover", "wiped")
_RATES = frozenset("tps rps qps rpm req/s requests/s ops/s req/sec requests/sec ops/sec msg/s".split())
_PER = frozenset("second minute hour day sec min".split())
_TIMES = frozenset("slower faster longer higher lower more less worse fewer increase decrease".split())
_YEAR_PREFIX = frozenset(
    "in since of during by january february march april may june july august september october "
    "november december jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
# Words that end a noun phrase.
_STOPS = frozenset(
    "a an and are as at be been because before but by could did do does during every experienced "
    "for from had has have if in into is it its of on or over per resulting since so that the their "
    "then there these they this those through to under until was we were when where which while "
    "who will with within would than after about not until encountered faced received lost".split()
)
_DETERMINERS = frozenset("the our all its their total these those your my his her".split())

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:[.,]\d+)?"


@cache
def _number() -> re.Pattern[str]:
    return re.compile(rf"(?P<low>{_NUMBER})(?:[-–](?P<high>{_NUMBER}))?(?P<unit>[a-zµ]*)")


@cache
def _fraction() -> re.Pattern[str]:
    return re.compile(r"\d+/\d+")


@cache
def _url() -> re.Pattern[str]:
    return re.compile(r"(?:https?://|www\.)[^\s)>\]]+")


def find_figures(
    text: str, masked: Sequence[tuple[int, int]] = (), words: AmountWords | None = None
) -> list[Amount]:
    """The numbers that quantify who or what was affected or how badly, in text order.

    Not counted are times, dates, the outage's length, HTTP codes, ports,
    versions, loads of machines, targets and restorations.
    """
    reader = _Reader(text, masked, words or default_words())
    return list(reader.figures())


class _Reader:
    """One text with its tokens; holds what every question about a number needs."""

    def __init__(self, text: str, masked: Sequence[tuple[int, int]], words: AmountWords) -> None:
        self.text = text
        self.words = words
        hidden = [*masked, *(match.span() for match in _url().finditer(text))]
        self.tokens = [
            token
            for token in tokens(text)
            if not any(start < token.end and token.start < end for start, end in hidden)
        ]
        self.bounds = sentences(text)
        self._at = 0
        self._damage: dict[int, bool] = {}

    def figures(self) -> Iterator[Amount]:
        end = 0
        for index, token in enumerate(self.tokens):
            if token.start < end:
                continue
            found = self._figure(index)
            if found:
                end = found.end
                yield found

    # -- the surroundings of a token

    def word(self, index: int) -> str:
        """The word at an index, empty outside of the text."""
        return self.tokens[index].lower if 0 <= index < len(self.tokens) else ""

    def gap(self, index: int) -> str:
        """What stands between a token and the one before it."""
        if not 0 < index < len(self.tokens):
            return "\n\n"
        return self.text[self.tokens[index - 1].end : self.tokens[index].start]

    def joined(self, index: int) -> bool:
        """No clause ends between a token and the one before it."""
        gap = self.gap(index)
        return not any(mark in gap for mark in ".;:!?()|—") and "\n\n" not in gap

    def after(self, index: int, count: int) -> list[str]:
        """Up to ``count`` words behind a token, within its clause."""
        found = []
        for at in range(index + 1, min(index + 1 + count, len(self.tokens))):
            if not self.joined(at):
                break
            found.append(self.tokens[at].lower)
        return found

    def before(self, index: int, count: int) -> list[str]:
        """Up to ``count`` words before a token, within its clause, nearest first."""
        found = []
        at = index
        while at > 0 and len(found) < count and self.joined(at):
            at -= 1
            found.append(self.tokens[at].lower)
        return found

    def sentence(self, index: int) -> tuple[int, int]:
        """The range of the sentence a token stands in."""
        start = self.tokens[index].start
        while self._at and self.bounds[self._at][0] > start:
            self._at -= 1
        while self.bounds[self._at][1] <= start and self._at + 1 < len(self.bounds):
            self._at += 1
        return self.bounds[self._at]

    def sentence_words(self, index: int) -> list[str]:
        """All words of the sentence a token stands in."""
        start, end = self.sentence(index)
        low = index
        while low > 0 and self.tokens[low - 1].start >= start:
            low -= 1
        found = []
        while low < len(self.tokens) and self.tokens[low].start < end:
            found.append(self.tokens[low].lower)
            low += 1
        return found

    def damaged(self, index: int) -> bool:
        """The sentence tells damage."""
        start = self.sentence(index)[0]
        if start not in self._damage:
            self._damage[start] = any(map(self.words.tells_damage, self.sentence_words(index)))
        return self._damage[start]

    # -- what a number is

    def _figure(self, index: int) -> Amount | None:
        token = self.tokens[index]
        if token.lower[0].isdigit():
            if _fraction().fullmatch(token.lower):
                return None if token.lower == "24/7" else self._count(index, index, spelled=False)
            match = _number().fullmatch(token.lower)
            if not match or self._is_name(index, match):
                return None
            return self._digits(index, match)
        if token.lower in NUMBER_WORDS:
            return self._spelled(index)
        if token.lower in _PARTS:
            return self._part(index)
        if token.lower == "one":
            return self._one(index)
        if token.lower == "zero":
            return self._count(index, index, spelled=True)
        return None

    def _is_name(self, index: int, match: re.Match[str]) -> bool:
        token = self.tokens[index]
        lead = self.text[max(0, token.start - 2) : token.start]
        if lead.endswith(("#", "=", '="', "='", "/", ".", "@", "_")):
            return True
        value = match["low"]
        following = self.word(index + 1)
        if value in _HTTP and not match["high"]:
            if match["unit"] == "s" or following in _HTTP_NOUNS:
                return True
            if "http" in self.before(index, 2):
                return True
        if self.joined(index) and self.word(index - 1) in _NAMING:
            return not self._percent_end(index, match)
        year = len(value) == 4 and value.isdigit() and 1990 <= int(value) <= 2040
        return year and self.word(index - 1) in _YEAR_PREFIX

    def _percent_end(self, index: int, match: re.Match[str]) -> int:
        """Where the percent mark behind a number ends; 0 if there is none."""
        if match["unit"]:
            return 0
        end = self.tokens[index].end
        at = end + 1 if self.text[end : end + 2] == " %" else end
        if self.text[at : at + 1] == "%":
            return at + 1
        if self.joined(index + 1) and self.word(index + 1) in _PERCENT:
            return self.tokens[index + 1].end
        if self.word(index + 1) == "per" and self.word(index + 2) == "cent":
            return self.tokens[index + 2].end
        return 0

    def _digits(self, index: int, match: re.Match[str]) -> Amount | None:
        start = self._start(index)
        percent = self._percent_end(index, match)
        if percent:
            return self._percent(index, start, percent, match)
        unit = match["unit"]
        last = index
        if not unit and self.word(index + 1) in _SCALES and self.joined(index + 1):
            last = index + 1
            unit = "k"
        if self._has_currency(index) or self.word(last + 1) in self.words.currencies:
            coin = self.word(last + 1) in self.words.currencies and self.joined(last + 1)
            return Amount(start, self.tokens[last + coin].end, "money")
        if unit in self.words.currencies:
            return Amount(start, self.tokens[index].end, "money")
        if unit in ("x", "fold"):
            return self._factor(index, start)
        if self.word(index + 1) == "times" and self.word(index + 2) in _TIMES:
            return Amount(start, self.tokens[index + 2].end, "factor")
        if unit and unit not in _SCALES:
            return self._measured(index, index, start, unit)
        following = self.word(last + 1) if self.joined(last + 1) else ""
        if following in _SHORT_TIME | _LONG_TIME | _DATA | _RATES:
            return self._measured(index, last + 1, start, following)
        return self._count(index, last, spelled=False)

    def _start(self, index: int) -> int:
        """The number's start with its sign, currency and comparison marks."""
        start = self.tokens[index].start
        while start and self.text[start - 1] in "~≈<>≤≥$€£₦₹¥+-−":
            start -= 1
        return start

    def _has_currency(self, index: int) -> bool:
        start = self.tokens[index].start
        lead = self.text[max(0, start - 2) : start].strip()
        return lead[-1:] in tuple("$€£₦₹¥") or self.word(index - 1) in ("usd", "us$", "eur", "gbp")

    def _percent(self, index: int, start: int, end: int, match: re.Match[str]) -> Amount | None:
        words = self.words
        skip = 0 if end <= self.tokens[index].end + 2 else 1
        after = self.after(index + skip, 6)
        before = self.before(index, 5)
        found = Amount(start, self._phrase_end(end), "percent")
        if any(words.countable(word) for word in after[:5]):
            near = after[:3]
            if not any(word in words.restored for word in near[:1]):
                return found
        if any(word in words.resources for word in after[:3] + before):
            return None
        if any(word in words.targets for word in after[:3] + before[:4]):
            return None
        if match["low"] == "100" and (
            any(word in words.restored for word in after[:2])
            or any(word in ("restored", "recovered", "back", "returned") for word in before[:3])
        ):
            return None
        if any(word in ("above", "exceeds", "below", "over", "exceed") for word in before[:2]) and any(
            word.startswith(("alert", "threshold", "alarm", "trigger"))
            for word in self.sentence_words(index)
        ):
            return None
        return found

    def _phrase_end(self, end: int) -> int:
        """The end of "of the user base" behind a share, else ``end``."""
        at = next((i for i, token in enumerate(self.tokens) if token.start >= end), len(self.tokens))
        if not self.joined(at) or self.gap(at).strip(" %~"):
            return end
        if self.word(at) == "of":
            at += 1
            while self.word(at) in _DETERMINERS and self.joined(at):
                at += 1
        for _ in range(4):
            word = self.word(at)
            if not word or word in _STOPS or not self.joined(at) or self.gap(at).strip():
                break
            end = self.tokens[at].end
            if self.words.countable(word) or self.words.is_machine(word):
                if not self.words.countable(self.word(at + 1)) and self.word(at + 1) != "base":
                    break
            at += 1
        return end

    def _factor(self, index: int, start: int) -> Amount | None:
        if self.word(index + 1) in _TIMES or self.damaged(index):
            extra = 1 if self.word(index + 1) in _TIMES else 0
            return Amount(start, self.tokens[index + extra].end, "factor")
        return None

    def _measured(self, index: int, last: int, start: int, unit: str) -> Amount | None:
        """A number with a unit of time, data or rate."""
        end = self.tokens[last].end
        if unit in _RATES:
            return Amount(start, end, "rate")
        near = self.sentence_words(index)
        if unit in _DATA:
            lost = any(word.startswith(_LOSS) for word in near)
            return Amount(start, end, "data") if lost else None
        if unit in _SHORT_TIME:
            timed = any(word in _LATENCY for word in near)
            return Amount(start, end, "latency") if timed else None
        if unit in _LONG_TIME:
            after = self.after(last, 2)
            if after[:1] and after[0] in _LATE:
                return Amount(start, self.tokens[last + 1].end, "latency")
            if len(after) > 1 and after[0] == "of" and after[1] in ("data", "writes", "delay", "lag"):
                return Amount(start, self.tokens[last + 2].end, "data")
            if any(word in _DELAYS for word in self.before(index, 4)):
                return Amount(start, end, "latency")
        return None

    def _spelled(self, index: int) -> Amount | None:
        last = index
        while self.word(last + 1) in _SCALES and self.joined(last + 1):
            last += 1
        if self.word(last + 1) in _PERCENT:
            return Amount(
                self.tokens[index].start, self._phrase_end(self.tokens[last + 1].end), "percent"
            )
        if self.word(last + 1) == "times" and self.word(last + 2) in _TIMES:
            return Amount(self.tokens[index].start, self.tokens[last + 2].end, "factor")
        return self._count(index, last, spelled=True)

    def _part(self, index: int) -> Amount | None:
        """"half of our users", "two thirds of requests"."""
        at = index + 1
        if self.word(at) == "of":
            at += 1
        elif self.word(index) != "half":
            return None
        while self.word(at) in _DETERMINERS:
            at += 1
        if any(self._is_noun(word) for word in (self.word(at), *self.after(at, 2))):
            start = index
            if self.word(index - 1) in ("a", "one", "two", "three", "four") and self.joined(index):
                start -= 1
            return Amount(
                self.tokens[start].start, self._phrase_end(self.tokens[index].end), "share"
            )
        return None

    def _is_noun(self, word: str) -> bool:
        return self.words.countable(word) or self.words.is_machine(word)

    def _one(self, index: int) -> Amount | None:
        """"one in five users", "only one customer"; "one of our servers" names no size."""
        if self.word(index + 1) == "in" and (
            self.word(index + 2) in NUMBER_WORDS or self.word(index + 2).isdigit()
        ):
            return Amount(self.tokens[index].start, self.tokens[index + 2].end, "share")
        if self.word(index - 1) in ("only", "just", "exactly") and self.words.is_person(
            self.word(index + 1)
        ):
            return Amount(self.tokens[index].start, self.tokens[index + 1].end, "count")
        if self.word(index + 1) in ("hundred", "thousand", "million", "dozen"):
            return self._count(index, index + 1, spelled=True)
        return None

    def _count(self, index: int, last: int, *, spelled: bool) -> Amount | None:
        """A number before (or, in a field, behind) the thing it counts."""
        start = self._start(index)
        words = self.words
        at = last + 1
        of_many = False
        if self.word(at) in ("of", "out") and self.joined(at):
            at += 1
            if self.word(at) == "of":
                at += 1
            while self.word(at) in _DETERMINERS:
                at += 1
            of_many = True
        for step in range(6):
            word = self.word(at)
            if not word or not self.joined(at) or (step and word in _STOPS):
                break
            if "," in self.gap(at):
                break
            if words.is_uncounted(word) and not words.countable(word):
                return None
            if words.countable(word) and not words.countable(self.word(at + 1)):
                return Amount(start, self.tokens[at].end, "count")
            if words.countable(word) and not self.joined(at + 1):
                return Amount(start, self.tokens[at].end, "count")
            if words.is_machine(word) and not self._is_noun(self.word(at + 1)):
                if of_many or self.damaged(index):
                    return Amount(start, self.tokens[at].end, "count")
                return None
            at += 1
        open_noun = self._open_noun(index, last)
        if open_noun is not None:
            return Amount(start, self.tokens[open_noun].end, "count")
        if not spelled and self._is_field_value(index, last):
            return Amount(start, self.tokens[last].end, "count")
        return None

    def _open_noun(self, index: int, last: int) -> int | None:
        """An unlisted plural right behind the number, in a sentence that tells damage."""
        for at in (last + 1, last + 2):
            word = self.word(at)
            if not word or not self.joined(at) or word in _STOPS or "," in self.gap(at):
                return None
            if self.words.is_uncounted(word) or word[0].isdigit():
                return None
            plural = len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is"))
            if plural and word not in _HTTP_NOUNS | _TIMES | {"times"}:
                return at if self.damaged(index) else None
        return None

    def _is_field_value(self, index: int, last: int) -> bool:
        """"Users affected: 1,200": the number is all that its field says."""
        if not any(mark in self.gap(index) for mark in (":", "|", "=")):
            return False
        if self.tokens[index].lower in _HTTP:
            return False
        if self.joined(last + 1) and self.word(last + 1):
            return False
        low = index
        for _ in range(5):
            low -= 1
            if low < 0 or "\n" in self.gap(low + 1):
                return False
            if self.words.countable(self.word(low)) or self.words.is_machine(self.word(low)):
                return True
        return False


# -- everybody, nobody, everything

_ALL = frozenset(("all", "every", "each"))
_NONE = frozenset(("no", "none", "zero", "neither"))
_BODIES = frozenset(
    "everyone everybody anyone anybody nobody no-one everything nothing everyone's".split()
)
_TOTAL = frozenset(
    "complete total full entire site-wide sitewide system-wide systemwide company-wide "
    "companywide global worldwide absolute outright platform-wide network-wide".split()
)
_OUTAGES = frozenset(
    "outage unavailability shutdown blackout failure loss inaccessibility inability breakdown halt "
    "stop standstill disruption interruption collapse lockout crash downtime denial".split()
)
_TOTALLY = frozenset("completely entirely totally fully wholly altogether utterly".split())
_GONE = frozenset(
    "down unavailable inaccessible unreachable offline inoperable unresponsive halted nonfunctional "
    "non-functional broken blocked lost stopped dead inoperative unusable out failed locked stalled "
    "crashed unable inoperational non-operational non-responsive knocked taken brought cut dropped "
    "degraded gone shut disrupted missing stuck prevented denied".split()
)
_LEDGERS = frozenset("network chain blockchain mainnet testnet".split())
_HALTS = frozenset("halt halted halting halts stopped stalled".split())
_BEFORE_ALL = frozenset(
    "for to affecting affected affect affects impacting impacted impact impacts across by hit on "
    "from prevented blocked preventing blocking leaving left rejected rejecting dropping dropped "
    "causing caused made took brought lost denying denied with disconnected locking locked nearly "
    "of that and cut cutting disrupting disrupted serving at taking".split()
)
_NEGATIONS = frozenset(
    "not cannot can't couldn't unable without inability never neither nor won't wouldn't didn't "
    "doesn't isn't wasn't failed fail failing fails longer stopped can’t couldn’t didn’t doesn’t "
    "wasn’t isn’t wouldn’t won’t prevented preventing for blocked".split()
)
_PARTIAL = frozenset("some several few certain partial partially cases near nearly almost not".split())
_UNHURT = frozenset(("impact", "impacts", "effect", "fund", "funds", "downtime", "disruption"))
_NO_IMPACT = frozenset(("none", "nil", "no impact", "nothing", "zero"))


def find_universal(text: str, words: AmountWords | None = None) -> Amount | None:
    """The words that say it hit all, every or no user, or that all was down.

    "An outage" or "was down" alone says nothing about how much was hit.
    """
    reader = _Reader(text, (), words or default_words())
    if text.strip(" .\n*-").lower() in _NO_IMPACT and reader.tokens:
        return Amount(reader.tokens[0].start, reader.tokens[-1].end, "universal")
    for index in range(len(reader.tokens)):
        last = _universal(reader, index)
        if last is not None:
            return Amount(reader.tokens[index].start, reader.tokens[last].end, "universal")
    return None


def _universal(reader: _Reader, index: int) -> int | None:
    """The last token of a universal statement that starts at ``index``."""
    word = reader.word(index)
    if word in _ALL:
        return _all_of(reader, index)
    if word == "any":
        return _any_of(reader, index)
    if word in _NONE:
        return _none_of(reader, index)
    if word in ("entire", "whole"):
        last = _noun_behind(reader, index, wholes=True)
        if last is not None and reader.damaged(index):
            return last
    if word in _BODIES and reader.damaged(index):
        return index
    if word in _TOTAL:
        return _total_outage(reader, index)
    if word in _TOTALLY:
        return _totally_gone(reader, index)
    if word in _LEDGERS:
        for at in range(index + 1, index + 4):
            if not reader.joined(at):
                break
            if reader.word(at) in _HALTS:
                return at
    if word == "at" and reader.word(index + 1) == "all":
        return _at_all(reader, index)
    return None


def _noun_behind(reader: _Reader, index: int, *, wholes: bool = False) -> int | None:
    """The thing counted behind "all (of) (the) …": the index of its last noun."""
    at = index + 1
    if reader.word(at) == "of":
        at += 1
    while reader.word(at) in _DETERMINERS or reader.word(at) in ("other", "single"):
        at += 1
    words = reader.words
    for _ in range(4):
        word = reader.word(at)
        if not word or not reader.joined(at) or word in _STOPS or "," in reader.gap(at):
            return None
        named = words.countable(word) or words.is_machine(word)
        if named or (wholes and words.is_whole(word)):
            following = reader.word(at + 1)
            if reader.joined(at + 1) and (words.countable(following) or words.is_machine(following)):
                at += 1
                continue
            return at
        at += 1
    return None


def _all_of(reader: _Reader, index: int) -> int | None:
    last = _noun_behind(reader, index)
    if last is None or reader.word(index - 1) == "not" or not reader.damaged(index):
        return None
    end = reader.sentence(index)[1]
    lead = reader.word(index - 1) if reader.joined(index) else ""
    if lead in _BEFORE_ALL:
        return last
    rest = last + 1
    while rest < len(reader.tokens) and reader.tokens[rest].start < end:
        if reader.words.tells_damage(reader.word(rest)):
            return last
        rest += 1
    return None


def _any_of(reader: _Reader, index: int) -> int | None:
    last = _noun_behind(reader, index)
    if last is None:
        return None
    if any(word in _NEGATIONS for word in reader.before(index, 8)):
        return last if reader.damaged(index) else None
    return None


def _none_of(reader: _Reader, index: int) -> int | None:
    at = index + 1
    if reader.word(at) == "of":
        at += 1
    while reader.word(at) in _DETERMINERS:
        at += 1
    for _ in range(4):
        word = reader.word(at)
        if not word or not reader.joined(at) or (word in _STOPS and word != "nor"):
            return None
        if word in ("longer", "access", "data", "way", "monitoring", "alert", "alerts"):
            return None
        if word in _UNHURT or reader.words.is_person(word):
            following = reader.word(at + 1)
            return at + 1 if following in _UNHURT and reader.joined(at + 1) else at
        at += 1
    return None


def _total_outage(reader: _Reader, index: int) -> int | None:
    if any(word in _PARTIAL or word == "no" for word in reader.before(index, 3)):
        return None
    for at in range(index + 1, index + 5):
        word = reader.word(at)
        if not word or not reader.joined(at) or word in _STOPS:
            return None
        if word in _OUTAGES:
            summed = reader.word(index) in ("total", "full") and (
                word == "downtime"
                or reader.word(at + 1) in ("time", "duration", "length", "window")
                or reader.gap(at + 1).strip()[:1] in (":", "=")
            )
            return None if summed else at
    return None


def _totally_gone(reader: _Reader, index: int) -> int | None:
    before = reader.before(index, 2)
    if any(word in ("not", "never") for word in before):
        return None
    for at in (index + 1, index + 2):
        if reader.joined(at) and reader.word(at) in _GONE:
            return at
    return index if any(word in _GONE for word in before) else None


def _at_all(reader: _Reader, index: int) -> int | None:
    before = reader.before(index, 12)
    if any(word in _PARTIAL - {"not"} for word in reader.sentence_words(index)):
        return None
    return index + 1 if any(word in _NEGATIONS - {"for"} for word in before) else None


# -- sizes without a number


def find_vague(text: str, words: AmountWords | None = None) -> list[Amount]:
    """"some users", "a significant portion" and the like where no figure stands beside it.

    A sentence that holds a figure, or says that it hit all, is not vague.
    """
    lists = words or default_words()
    found = []
    for start, end in sentences(text):
        sentence = text[start:end]
        spans = list(_vague(sentence, lists))
        if spans and not find_figures(sentence, (), lists):
            found += [Amount(start + a, start + b, "vague") for a, b in spans]
    return found


def _vague(sentence: str, lists: AmountWords) -> Iterator[tuple[int, int]]:
    reader = _Reader(sentence, (), lists)
    end = 0
    for index, token in enumerate(reader.tokens):
        if token.start < end:
            continue
        last = _vague_quantity(reader, index)
        if last is not None:
            start = token.start
            if reader.word(index - 1) in ("a", "an", "the") and reader.joined(index):
                start = reader.tokens[index - 1].start
            end = reader.tokens[last].end
            yield start, end
    lower = sentence.lower()
    for phrase in lists.vague_phrases:
        at = lower.find(phrase)
        if at >= end:
            yield at, at + len(phrase)


def _vague_quantity(reader: _Reader, index: int) -> int | None:
    """The last token of "several (of our) customers", "significant portion of users"."""
    lists = reader.words
    word = reader.word(index)
    if word in lists.vague_quantifiers:
        last = _noun_behind(reader, index)
        if last is not None and (lists.countable(reader.word(last)) or reader.damaged(index)):
            return last
        return None
    if word in lists.vague_portions:
        at = index + 1
        if reader.word(at) != "of":
            return None
        last = _noun_behind(reader, index)
        return last
    if reader.word(index + 1) in lists.vague_portions and word in _SIZES:
        last = _noun_behind(reader, index + 1)
        return last if last is not None else index + 1
    return None


_SIZES = frozenset(
    "significant large small considerable substantial sizable sizeable good huge vast great big tiny "
    "limited notable fair overwhelming major".split()
)

# -- sentences

_ABBREVIATIONS = frozenset(
    "e.g i.e a.m p.m vs approx etc no inc mr mrs ms dr st fig sec min max ca cf est dept eq u.s jr "
    "resp incl corp ltd co".split()
)


@cache
def _boundary() -> re.Pattern[str]:
    return re.compile(r"[.!?][.!?]*[\"'”’)\]]*(?=\s)|\n")


def sentences(text: str) -> list[tuple[int, int]]:
    """The ranges of the sentences; blank lines, list items and short lines end one too.

    The ranges cover the text from 0 to its length; an empty text gives ``[(0, 0)]``.
    """
    found = []
    start = 0
    for match in _boundary().finditer(text):
        ends = _line_ends if match.group() == "\n" else _full_stop
        if ends(text, match, start) and text[start : match.end()].strip():
            found.append((start, match.end()))
            start = match.end()
    if start < len(text) or not found:
        found.append((start, len(text)))
    return found


def _full_stop(text: str, match: re.Match[str], start: int) -> bool:
    if match.group()[0] != ".":
        return True
    low = match.start()
    while low > start and (text[low - 1].isalpha() or text[low - 1] == "."):
        low -= 1
    word = text[low : match.start()].lower()
    if word in _ABBREVIATIONS:
        return False
    if len(word) == 1 and text[low].isupper():
        return False
    # "1. Users …" at the start of an item is its number.
    return not text[start : match.start()].strip().isdigit()


@cache
def _bullet() -> re.Pattern[str]:
    return re.compile(r"[-*+•–—|] ?|\d+[.)] |#")


def _line_ends(text: str, match: re.Match[str], start: int) -> bool:
    following = text[match.end() : match.end() + 40].lstrip(" \t\r")
    if not following or following[0] == "\n":
        return True
    if _bullet().match(following):
        return True
    line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()].strip()
    if line.endswith((":", "|")):
        return True
    return len(line) < 60 and (following[0].isupper() or following[0].isdigit())
