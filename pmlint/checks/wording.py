"""Words anywhere in the document: template text, length, personal data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pmlint.checks.phrases import quote
from pmlint.checks.places import head
from pmlint.facts import Postmortem
from pmlint.findings import Case, Source, Span
from pmlint.spans import Spans
from pmlint.standard.patterns import expression

Parameters = Mapping[str, Any]


def placeholder(postmortem: Postmortem, parameters: Parameters) -> Iterator[Case]:
    """Template text left in; the case is the part it stands in, or ``other``.

    ``parameters["words"]`` that are added are found outside code, those that are taken
    away are passed over.
    """
    from pmlint.statements.placeholders import marks

    known, wanted = marks(), frozenset(parameters["words"])
    for found in postmortem.placeholders:
        if found.text not in known - wanted:
            yield Case(found.role or "other", found.span, {"text": quote(found.text, 30)})
    added = "|".join(map(re.escape, sorted(wanted - known)))
    if not added:
        return
    source, extent = postmortem.source, postmortem.extent
    code = _code_of(source)
    for match in re.finditer(rf"(?<![\w-])(?:{added})(?![\w-])", source.slice(extent)):
        span = Span(extent.start + match.start(), extent.start + match.end())
        if not code.meet(span):
            yield Case("other", span, {"text": quote(match[0], 30)})


def length(postmortem: Postmortem, parameters: Parameters) -> Iterator[Case]:
    """``short`` or ``long``: words of prose outside ``minimum`` and ``maximum``.

    Code blocks, images, comments, tags and addresses are no words; a table's cells are.
    """
    count = count_words(postmortem.source.slice(postmortem.extent))
    low, high = parameters["minimum"], parameters["maximum"]
    if low <= count <= high or (count < low and postmortem.placeholders):
        return
    values = {"count": count, "minimum": low, "maximum": high}
    short = count < low
    values["difference"] = low - count if short else count - high
    yield Case("short" if short else "long", head(postmortem), values)


def count_words(text: str) -> int:
    """The words a reader reads in a Markdown text."""
    plain = _UNREAD.sub(" ", _without_comments(text))
    return len(re.findall(r"[^\W_][\w'’.,:/%+-]*", plain))


def _without_comments(text: str) -> str:
    kept, at = [], 0
    while (start := text.find("<!--", at)) >= 0:
        end = text.find("-->", start)
        if end < 0:
            break
        kept.append(text[at:start])
        at = end + 3
    return "".join((*kept, text[at:]))


_UNREAD = expression(
    r"^(?P<fence>```|~~~)[^\n]*\n(?:.*\n)*?(?P=fence)[^\n]*$"
    r"|!\[[^\[\]\n]*\]\([^()\n]*\)"
    r"|\]\([^()\n]*\)"
    r"|https?://\S+"
    r"|<[/a-zA-Z][^<>\n]*>",
    re.MULTILINE,
)


def personal(postmortem: Postmortem, parameters: Parameters) -> Iterator[Case]:
    """``mail`` addresses and ``handle``s outside code and the lines that name an owner.

    ``parameters["fields"]`` lists the labels of such lines, ``parameters["allowed"]``
    addresses and handles that are nobody's.
    """
    source, extent = postmortem.source, postmortem.extent
    owners = [task.extent for task in postmortem.tasks.items] if postmortem.tasks else []
    allowed = {each.lower() for each in parameters["allowed"]}
    fields = tuple(parameters["fields"])
    owned, code = Spans(owners), _code_of(source)
    for match in _PERSONAL.finditer(source.text, extent.start, extent.end):
        span = Span(*match.span(match.lastgroup or 0))
        whole = source.line_text(source.line_index(span.start)).lstrip(" \t-*+|_#").lower()
        text = source.slice(span)
        if whole.startswith(fields) or owned.meet(span) or code.meet(span):
            continue
        if text.lower() not in allowed and text.lower().rpartition("@")[2] not in allowed:
            yield Case(str(match.lastgroup), span, {"text": quote(text)})


def _code_of(source: Source) -> Spans:
    return Spans(Span(*match.span()) for match in _CODE.finditer(source.text))


_CODE = expression(
    r"^ {0,3}(?P<fence>```|~~~)[^\n]*\n(?:.*\n)*?[^\S\n]*(?P=fence)|`[^`\n]+`", re.MULTILINE
)


_PERSONAL = expression(
    r"(?<![\w.+-])(?P<mail>[\w.+-]{1,64}@[a-zA-Z0-9-]{1,63}(?:\.[a-zA-Z0-9-]{1,63}){1,5})"
    r"|(?<![\w/@`.])(?P<handle>@[a-zA-Z][\w-]{1,38})(?![\w/@.]*[/@])"
)
