"""The head of a mail, ``From: …`` over ``Sent: …``: it dates the mail, not the incident."""

from __future__ import annotations

from collections.abc import Iterable

LONGEST_HEAD = 20
"""The head of a mail has no more lines."""


def is_head(plain: str) -> bool:
    """``From: …``, ``Cc: …``: a line of the head."""
    return plain.lstrip().startswith(("From:", "To:", "Subject:", "Cc:"))


def tells_sending(plain: str) -> bool:
    """``Date: …`` and ``Sent: …`` tell when the mail was sent, where they stand in its head."""
    return plain.startswith(("Date:", "Sent:"))


def names_subject(plain: str) -> bool:
    """``Subject: …``, which nothing but a mail has."""
    return plain.startswith("Subject:")


def head_mail(lines: Iterable[str]) -> bool:
    """One of some lines names a subject or a sender; ``From: 10:00`` is no sender."""
    return any(
        names_subject(line) or (line.startswith("From: ") and line[6:7].isalpha()) for line in lines
    )
