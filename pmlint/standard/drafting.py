"""A new postmortem from a template: title, date and zone filled in."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import tzinfo

    from pmlint.standard.templates import Template


def draft(template: Template, title: str, day: date, zone: str) -> str:
    """The Markdown of a postmortem that is still to be written."""
    filled = {"title": " ".join(title.split()), "date": day.isoformat(), "zone": zone}
    # One pass: braces in a title stay as they are.
    return re.sub(
        r"\{(title|date|zone)\}", lambda slot: filled[slot[1]], template.skeleton.lstrip("\n")
    )


def zone_name(moment: datetime) -> str:
    """A zone as a postmortem should name it: its abbreviation where that is one country's
    only, else its offset.
    """
    from pmlint.reading.offsets import meanings, offset_text, usual_offset

    offset = moment.utcoffset()
    minutes = round(offset.total_seconds() / 60) if offset is not None else 0
    name = moment.tzname() or ""
    if name.isalpha() and usual_offset(name) == minutes and not meanings(name):
        return name
    return offset_text(minutes)


def now(home: str = "") -> datetime:
    """This moment in the team's zone, else in the machine's."""
    if not home:
        return datetime.now(UTC).astimezone()
    from zoneinfo import ZoneInfo

    place: tzinfo = ZoneInfo(home)
    return datetime.now(place)


def file_name(title: str, day: date) -> str:
    """``2025-03-12-checkout-refused-payments.md``."""
    words = re.findall(r"[^\W_]+", title.lower())[:8]
    return "-".join([day.isoformat(), *words]) + ".md"
