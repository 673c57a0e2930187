"""Markdown inline text to words with their places.

markdown-it-py gives no positions to inline tokens, so marks are taken off here.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache

from pmlint.reading.dates import MONTH_LETTERS, WEEKDAY_LETTERS
from pmlint.standard.patterns import expression
from pmlint.structure.stamps import only_time
from pmlint.structure.text import Range, Text

_EMOJI = r"(?<![\w:]):[a-z+][a-z0-9_+-]{1,30}:(?![\w:])"
"""By its name, as chats write it: ``:fire:``."""


@cache
def _marks() -> re.Pattern[str]:
    """Whatever stands in inline text beside words."""
    return re.compile(
        r"""
          (?P<ticks>`+)
        | (?P<comment><!--.*?(?:-->|$))
        | (?P<autolink><(?:https?|ftp|mailto):[^\s<>]*>)
        | (?P<break><br\s*/?>)
        | (?P<tag></?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>)
        | (?P<image>!\[(?P<alt>[^\[\]]*)\](?:\([^()\s]*(?:\s[^()]*)?\)|\[[^\[\]]*\])?)
        | (?P<link>\[(?P<label>(?:[^\[\]`]|`[^`]*`|\[[^\[\]]*\])*)\]
              (?P<target>\([^()\s]*(?:\([^()\s]*\)[^()\s]*)?(?:\s+["'(][^"]{0,300}?["')])?\s*\)
                        |\[[^\[\]]*\]))
        | (?P<escape>\\(?P<escaped>[!-/:-@\[-`{-~]))
        | (?P<entity>&(?:[A-Za-z][A-Za-z0-9]{1,30}|\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6});)
        | (?P<star>\*+)
        | (?P<under>(?<![^\W_])_+|_+(?![^\W_]))
        | (?P<strike>~~)
        | (?P<url>https?://[^\s<>()\[\]"'`]+)
        | (?P<emoji>"""
        + _EMOJI
        + ")",
        re.VERBOSE | re.DOTALL,
    )


@cache
def _common_marks() -> re.Pattern[str]:
    """The marks that most texts get along with."""
    return re.compile(
        r"(?P<ticks>`+)|(?P<star>\*+)|(?P<under>(?<![^\W_])_+|_+(?![^\W_]))"
        rf"|(?P<emoji>{_EMOJI})"
    )


@cache
def _emoji() -> re.Pattern[str]:
    return re.compile(_EMOJI)


_PARTING = (":", "|", "-", "–", "—")
"""Between an emoji and the words it has nothing to do with."""
_BESIDE = 80
"""How many characters on either side of an emoji are looked at."""
_SPECIAL = re.compile(r"[*_`\[<&\\~]|https?:|:[a-z+][a-z0-9_+-]{1,30}:")
_UNCOMMON = ("](", "][", "![", "<", "&", "\\", "~~", "http")
"""One of these stands where a mark does that is not among the common ones."""
_LONGEST_TIME = 60


_TIME_ONLY = expression(
    r"\s*~?(?:\d{4}-\d\d?-\d\d?[T ]*)?(?:\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?)?"
    r"\s*(?:[ap]\.?m\.?)?\s*(?:[A-Z]{0,4}|[+-]\d\d:?\d\d)\s*",
    re.IGNORECASE,
)


def _only_time(words: str) -> bool:
    # The spaces of the expression may stand for each other: no long text is tried.
    if len(words) > _LONGEST_TIME:
        return False
    if words.lstrip().removeprefix("~")[:1].isdecimal() and _TIME_ONLY.fullmatch(words):
        return True
    return _dated_clock().match(words) is not None and only_time(words)


@cache
def _dated_clock() -> re.Pattern[str]:
    """A day, then a clock that is no port: "August 8th, 15:30", but not "0.0.0.0:53"."""
    return re.compile(
        rf"\s*(?:\d|{'|'.join((*MONTH_LETTERS, *WEEKDAY_LETTERS))})"
        r".*(?<![\w.:/])\d{1,2}:[0-5]\d(?![\d.])",
        re.IGNORECASE | re.DOTALL,
    )


def inline(source: str, start: int, end: int) -> Text:
    """The words of ``source[start:end]``, a piece of Markdown inline text."""
    raw = source[start:end]
    if not _SPECIAL.search(raw):
        return Text(raw, start, end)
    return _Stripper(raw, start).text()


class _Stripper:
    """Takes the marks off one piece of inline text, left to right, once."""

    def __init__(self, raw: str, start: int) -> None:
        self.raw = raw
        self.start = start
        self.marks = _marks() if any(sign in raw for sign in _UNCOMMON) else _common_marks()
        self.plain: list[str] = []
        self.length = 0
        self.segments: list[Range] = []
        self.hidden: list[Range] = []
        self.bold: list[Range] = []
        self.bold_from: int | None = None
        self.code_from: int | None = None
        self.image = False
        self.ticks: dict[int, list[int]] | None = None
        """Where rows of backticks start, by their length."""

    def text(self) -> Text:
        """The words without their marks."""
        self._walk(0, len(self.raw))
        if self.bold_from is not None:
            self._close_bold()
        return Text(
            "".join(self.plain),
            tuple(self.segments) or self.start,
            self.start + len(self.raw),
            tuple(self.hidden),
            tuple(self.bold),
            self.image,
        )

    def _walk(self, low: int, high: int) -> None:
        at = low
        while match := self.marks.search(self.raw, at, high):
            self._keep(at, match.start())
            if match.lastgroup == "ticks":
                at = self._code(match, high)
            else:
                self._mark(match)
                at = match.end()
        self._keep(at, high)

    def _keep(self, low: int, high: int) -> None:
        if low < high:
            self._emit(self.raw[low:high], low)

    def _emit(self, words: str, at: int) -> None:
        plain, source = self.segments[-1] if self.segments else (0, -1)
        # What follows without a mark between, as a URL does, goes on with the last piece.
        if source < 0 or source - plain != self.start + at - self.length:
            self.segments.append((self.length, self.start + at))
        self.plain.append(words)
        self.length += len(words)

    def _mark(self, match: re.Match[str]) -> None:
        kind = match.lastgroup
        if kind == "link":
            self._walk(match.start("label"), match.end("label"))
        elif kind == "image":
            self.image = True
        elif kind == "star":
            self._star(match)
        elif kind == "under":
            if len(match.group()) >= 2:
                self._toggle_bold()
        elif kind == "autolink":
            self._hide(match.start() + 1, match.end() - 1)
        elif kind == "url":
            self._hide(match.start(), match.end())
        elif kind == "break":
            self._emit("\n", match.start())
        elif kind == "tag":
            self._tag(match.group())
        elif kind == "escape":
            self._keep(match.start("escaped"), match.end("escaped"))
        elif kind == "entity":
            self._entity(match)
        elif kind not in ("comment", "strike") and not (kind == "emoji" and self._decorates(match)):
            self._keep(match.start(), match.end())

    def _decorates(self, emoji: re.Match[str]) -> bool:
        """It stands beside the words of its line; among them ``:eu-west:`` may be a name."""
        low, high = emoji.span()
        before = self.raw[max(0, low - _BESIDE) : low].rpartition("\n")[2]
        behind = self.raw[high : high + _BESIDE].partition("\n")[0]
        before, behind = (_emoji().sub("", side).strip(" *_~") for side in (before, behind))
        return (
            before[-1:] in _PARTING
            or behind[:1] in _PARTING
            or not any(map(str.islower, before))
            or not any(map(str.isalnum, behind))
        )

    def _code(self, ticks: re.Match[str], stop: int) -> int:
        """Code up to as many backticks again, or the backticks alone; gives the end."""
        width = ticks.end() - ticks.start()
        closing = self._closing(width, ticks.end())
        if closing < 0 or closing + width > stop:
            self._keep(*ticks.span())
            return ticks.end()
        if _only_time(self.raw[ticks.end() : closing]):
            self._keep(ticks.end(), closing)
        else:
            self._hide(ticks.end(), closing)
        return closing + width

    def _closing(self, width: int, behind: int) -> int:
        """Where the next row of exactly so many backticks starts; -1 where there is none."""
        if self.ticks is None:
            self.ticks = {}
            for match in re.finditer("`+", self.raw):
                self.ticks.setdefault(match.end() - match.start(), []).append(match.start())
        starts = self.ticks.get(width, [])
        at = bisect_left(starts, behind)
        return starts[at] if at < len(starts) else -1

    def _hide(self, low: int, high: int) -> None:
        self.hidden.append((self.length, self.length + high - low))
        self._keep(low, high)

    def _star(self, match: re.Match[str]) -> None:
        low, high = match.span()
        open_left = low == 0 or self.raw[low - 1].isspace()
        open_right = high == len(self.raw) or self.raw[high].isspace()
        if open_left and open_right and low > 0 and high < len(self.raw):
            self._keep(low, high)
        elif high - low >= 2:
            self._toggle_bold()

    def _tag(self, tag: str) -> None:
        if re.match(r"</?(?:code|kbd|samp|tt)\b", tag, re.IGNORECASE):
            if tag[1] != "/":
                self.code_from = self.length
            elif self.code_from is not None:
                self._hide_from(self.code_from)
                self.code_from = None
            return
        match = re.match(r"<(/?)(?:b|strong)\b", tag, re.IGNORECASE)
        if match and bool(match.group(1)) == (self.bold_from is not None):
            self._toggle_bold()

    def _hide_from(self, start: int) -> None:
        """What stands in ``<code>`` is code, unless it is only a time."""
        pieces: list[str] = []
        left, at = self.length - start, len(self.plain)
        while left > 0:
            at -= 1
            pieces.append(self.plain[at])
            left -= len(self.plain[at])
        words = "".join(reversed(pieces))
        if words and not _only_time(words):
            while self.hidden and self.hidden[-1][0] >= start:
                self.hidden.pop()
            self.hidden.append((start, self.length))

    def _toggle_bold(self) -> None:
        if self.bold_from is None:
            self.bold_from = self.length
        else:
            self._close_bold()

    def _close_bold(self) -> None:
        assert self.bold_from is not None
        if self.bold_from < self.length:
            self.bold.append((self.bold_from, self.length))
        self.bold_from = None

    def _entity(self, match: re.Match[str]) -> None:
        from html import unescape

        words = unescape(match.group())
        self._emit(words if len(words) <= len(match.group()) else " ", match.start())
