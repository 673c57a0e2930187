"""What was done to end the incident, and other remarks, told apart from what is to be done."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pmlint.reading.prescriptions import is_prescription
from pmlint.reading.taskfields import is_done
from pmlint.reading.tasks import split_label
from pmlint.reading.verbs import past_verb
from pmlint.reading.words import tokens, word_lists
from pmlint.statements.taskforms import Item
from pmlint.statements.taskitems import listed
from pmlint.statements.taskwords import observes
from pmlint.structure.announcing import foretells
from pmlint.structure.tree import Line


def without_remarks(found: list[Item]) -> list[Item]:
    """Leaves out lists below a line of their own that tell or decline, beside others."""
    groups: dict[str, list[Item]] = {}
    for item in found:
        groups.setdefault(item.intro, []).append(item)
    telling = {
        intro
        for intro, items in groups.items()
        if (
            len(items) > 1
            and not foretells(intro)
            and all(_looks_back(item.text.plain) for item in items)
        )
        or intro.strip(" :*_").lower() in word_lists("tasks")["asides"]
        or _declines(intro)
    }
    return [item for item in found if item.intro not in telling] or found


def _declines(intro: str) -> bool:
    """ "Not planned:", ``What we decided against``: words over what will not be done."""
    said = f" {' '.join(token.lower for token in tokens(intro))} "
    return any(f" {phrase} " in said for phrase in word_lists("tasks")["declining"])


def _looks_back(plain: str) -> bool:
    """It tells what was; "Old disks are kept for two weeks" may tell how it is from now on."""
    return observes(plain) and not _PAST.isdisjoint(token.lower for token in tokens(plain))


_PAST = frozenset(("was", "were", "had", "did", "didn't", "wasn't", "weren't", "hadn't", "been"))


def without_repairs(found: list[Item]) -> list[Item]:
    """Leaves out what was done at once, in a group beside groups of what is to be done.

    ``Immediate:`` over "Rolled the release back" tells the repair; over "Added an
    alert" it holds measures.
    """
    groups: dict[str, list[Item]] = {}
    for item in found:
        groups.setdefault(item.intro, []).append(item)
    lists = word_lists("tasks")
    repaired = {
        intro
        for intro, items in groups.items()
        if not lists["at_once"].isdisjoint(token.lower for token in tokens(intro))
        and sum(repairs(item.text.plain) for item in items) * 2 > len(items)
    }
    left = [item for item in found if item.intro not in repaired] or found
    if only_told(left):
        return left
    # "The release was rolled back" beside what will be done
    return [item for item in left if not _restores_service(item.text.plain)]


def _restores_service(plain: str) -> bool:
    return _past_verb(plain) in word_lists("tasks")["restoring"]


def lists_repairs(lines: Sequence[Line]) -> bool:
    """Most items of some lines tell a repair that was made."""
    items = list(listed(lines))
    return bool(items) and sum(repairs(item.text.plain) for item in items) * 2 > len(items)


def repairs(plain: str) -> bool:
    """ "Rolled back …", "The nodes were restarted": over, and no measure against the next time."""
    return _past_verb(plain) in word_lists("tasks")["repairing"]


def _past_verb(plain: str) -> str | None:
    _, at = split_label(plain)
    return None if is_prescription(plain[at:]) else past_verb(plain[at:])


def only_future(found: list[Item]) -> list[Item]:
    """Under a heading that also tells the fix: the measures, not the repair."""
    left = without_restoring(found)
    if len(left) < len(found):
        return left
    if len({item.intro for item in found}) > 1:
        return found
    if only_told(found):
        return found
    return [item for item in found if not tells_past(item.text.plain)] or found


def without_restoring(found: list[Item]) -> list[Item]:
    """Below "To restore service we did:" and "To prevent it we will:", what the second holds."""
    introduced = [
        item
        for item in found
        if _prevents().search(item.intro) and not _restores().search(item.intro)
    ]
    return introduced if introduced and restoring(found) else found


def restoring(found: Sequence[Item]) -> bool:
    """A line above some of them says that they ended the incident."""
    return any(_restores().search(item.intro) for item in found)


def only_told(items: Sequence[Item]) -> bool:
    """No item prescribes: "Actions" that were taken while the incident ran."""
    return not any(item.box is not None or is_prescription(item.text.plain) for item in items)


def tells_past(plain: str) -> bool:
    """It tells what was done or what was so."""
    label, at = split_label(plain)
    part = plain[at:] if label else plain
    if is_prescription(part):
        return False
    return any(is_done(told) for told in (plain, part)) or observes(part)


@cache
def taken() -> re.Pattern[str]:
    """Words over a list of what was done already."""
    return re.compile(
        r"\b(?:actions? taken|already taken|what we did|steps taken|carried out)\b", re.I
    )


@cache
def _restores() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:to (?:restore|resolve|fix|mitigate|recover)|resolv\w+ the|restor\w+ the)\b", re.I
    )


@cache
def _prevents() -> re.Pattern[str]:
    return re.compile(r"\b(?:prevent|avoid|future|recurr|again|improve|going forward)\w*", re.I)
