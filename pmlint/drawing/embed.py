"""Keeping a picture in its document: between two comments that readers do not see."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pmlint.standard.patterns import expression

if TYPE_CHECKING:
    from pmlint.facts import Postmortem

BEGIN = "<!-- pmlint timeline -->"
END = "<!-- /pmlint timeline -->"


class MarkerError(Exception):
    """The comments do not form one pair: one line that says which is at fault."""


def embed(postmortem: Postmortem, block: str) -> str:
    """The document's text with a block between the markers.

    Without markers they are set, at the end of the timeline's section. The block
    takes the document's line ends. Raises MarkerError for half a pair.
    """
    text = postmortem.source.text
    line_end = _line_end(text)
    held = line_end.join([BEGIN, *block.rstrip("\n").split("\n"), END])
    begins = [match for match in _MARKER.finditer(text) if not match["end"]]
    ends = [match for match in _MARKER.finditer(text) if match["end"]]
    if begins or ends:
        if len(begins) != 1 or len(ends) != 1 or ends[0].start() < begins[0].end():
            found = (begins or ends)[0]
            line = postmortem.source.place(found.start("words")).line
            raise MarkerError(
                f"line {line}: `{BEGIN}` and `{END}` must stand once each, in this order"
            )
        return text[: begins[0].start("words")] + held + text[ends[0].end("words") :]
    at = _place(postmortem)
    before = line_end * (2 if text[:at].strip() else 0)
    after = "" if not text[at:].strip() else line_end * max(2 - _breaks(text, at), 0)
    return text[:at] + before + held + after + (text[at:] or line_end)


_MARKER = expression(
    r"^ {0,3}(?P<words><!--[ \t]*(?P<end>/)?pmlint timeline[ \t]*-->)[ \t]*\r?$", re.MULTILINE
)
"""A marker on a line of its own, not indented far enough to be code."""


def _line_end(text: str) -> str:
    at = text.find("\n")
    return "\r\n" if at > 0 and text[at - 1] == "\r" else "\n"


def _place(postmortem: Postmortem) -> int:
    """The end of the last line of the timeline's section that is not blank."""
    timeline = postmortem.timeline
    assert timeline is not None
    extent = next(
        (
            section.extent
            for section in postmortem.sections
            if section.span == timeline.span and "timeline" in section.roles
        ),
        timeline.extent,
    )
    source = postmortem.source
    end = max(extent.end, timeline.extent.end)
    while end > extent.start and source.text[end - 1].isspace():
        end -= 1
    return source.line_span(source.line_index(max(end - 1, 0))).end


def _breaks(text: str, at: int) -> int:
    """Line ends between a place and the next words."""
    count = 0
    while at < len(text) and text[at].isspace():
        count += text[at] == "\n"
        at += 1
    return count
