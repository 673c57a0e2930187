"""Values as they are written in messages: lengths, quotations, clocks, offsets."""

from __future__ import annotations

from pmlint.facts import Event, Postmortem
from pmlint.findings import Span


def spoken(minutes: float) -> str:
    """A length in words: ``1 hour``, ``2 hours 5 minutes``, ``3 days``."""
    return " ".join(plural(count, unit) for count, unit in _split(minutes))


def brief(minutes: float) -> str:
    """A length for labels: ``2 h``, ``2 h 5 min``, ``3 d``."""
    short = {"day": "d", "hour": "h", "minute": "min"}
    return " ".join(f"{count} {short[unit]}" for count, unit in _split(minutes))


def _split(minutes: float) -> list[tuple[int, str]]:
    hours, rest = divmod(round(abs(minutes)), 60)
    days, hours = divmod(hours, 24)
    parts = [(days, "day"), (hours, "hour"), (rest, "minute")]
    return [part for part in parts if part[0]] or [(0, "minute")]


def quote(text: str, limit: int = 40) -> str:
    """The document's words on one line, cut at a word where they are longer than the limit."""
    plain = " ".join(text.split())
    if len(plain) <= limit:
        return plain
    cut = plain[: limit - 1]
    head, blank, _ = cut.rpartition(" ")
    return f"{(head if blank else cut).rstrip(' ,;:')}…"


def written(postmortem: Postmortem, span: Span, limit: int = 60) -> str:
    """The words of a span as the source has them, without Markdown's marks around them."""
    return quote(postmortem.source.slice(span), limit).strip("*_` ")


def entry(postmortem: Postmortem, event: Event) -> str:
    """An entry by its place and time: ``line 12 (3:15 PM)``."""
    line = postmortem.source.place(event.span.start).line
    return f"line {line} ({written(postmortem, event.span, 24)})"


def offset(minutes: int) -> str:
    """An offset from UTC: ``UTC+5:30``, ``UTC-8``, ``UTC``."""
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")


def choice(options: list[str]) -> str:
    """``a``, ``a or b``, ``a, b or c``."""
    return " or ".join(part for part in (", ".join(options[:-1]), options[-1]) if part)


def plural(count: int, noun: str) -> str:
    """``1 word``, ``3 words``."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
