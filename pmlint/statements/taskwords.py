"""What the words of one statement among tasks are: a task, a remark, a field, an introduction."""

from __future__ import annotations

import re
from functools import cache

from pmlint.reading.prescriptions import is_commitment, is_prescription, will_change
from pmlint.reading.taskfields import is_done
from pmlint.reading.tasks import split_label
from pmlint.reading.words import tokens, word_count, word_lists
from pmlint.structure.tree import Line


def settles(plain: str) -> bool:
    """It says what is to be done or has been done against it, or how it is from now on."""
    if is_prescription(plain) or is_commitment(plain) or will_change(plain):
        return True
    return _from_now().search(plain) is not None


@cache
def _from_now() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:now|henceforth|onwards|no longer|any ?more|since (?:then|this|the incident|that day)"
        r"|in the process of|under ?way)\b",
        re.IGNORECASE,
    )


def observes(plain: str) -> bool:
    """The words tell what is or was, and neither prescribe nor report a measure."""
    if _learned().match(plain):
        # "We noticed that nobody owns the job; Ana will take it over"
        return not (is_commitment(plain) or will_change(plain))
    if is_prescription(plain):
        return False
    over = _back().search(plain) is not None
    return over or (bool(_tells().search(_main_clause(plain), 0, 80)) and is_done(plain) is None)


def _main_clause(plain: str) -> str:
    """The words before the first "when", "which" and the like."""
    for token in tokens(plain):
        if token.lower in _SUBORDINATE:
            return plain[: token.start]
    return plain


_SUBORDINATE = frozenset(
    (
        "when", "if", "that", "which", "who", "where", "while", "until", "unless", "because",
        "once", "so",
    )
)  # fmt: skip


@cache
def _learned() -> re.Pattern[str]:
    return re.compile(
        r"\W*(?:we|i)(?:['’]ve| have)? (?:also )?(?:learn(?:ed|t)(?! to\b)|reali[sz]ed"
        r"|discovered|noticed|saw|knew|assumed|underestimated|overlooked)\b",
        re.IGNORECASE,
    )


@cache
def _back() -> re.Pattern[str]:
    """It was over: no measure, in whatever form it is told."""
    return re.compile(
        r"\b(?:back (?:to normal|online|in service)|working again|resumed normal)\b", re.IGNORECASE
    )


@cache
def _tells() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:is|are|was|were|has|had|have|did|didn['’]t|hopes?|apologi[sz]e|can['’]t|cannot"
        r"|could (?:be|have)|would have)\b",
        re.IGNORECASE,
    )


def refers_back(plain: str) -> bool:
    """``It will page on-call.`` goes on about the line before it."""
    return plain.lstrip().startswith(("It ", "This will ", "They ", "That "))


@cache
def assigns() -> re.Pattern[str]:
    """How a line begins that tells of a task by whom, until when or why."""
    fields = "|".join(sorted(word_lists("tasks")["told_of_tasks"]))
    return re.compile(rf"(?:{fields})\b", re.IGNORECASE)


def is_field(line: Line) -> bool:
    """``Owner: Ana``: it tells something of the task above."""
    match = assigns().match(line.text.plain)
    return match is not None and ":" in line.text.plain[match.end() : match.end() + 16]


def is_intro(plain: str) -> bool:
    """It announces what stands below."""
    words = plain.rstrip()
    return words.endswith((":", ":-", ";", "?")) or bool(_intro().match(words) and len(words) < 120)


@cache
def _intro() -> re.Pattern[str]:
    return re.compile(
        r"(?:to (?:prevent|avoid|address|mitigate|ensure)\b.*\b(?:following|below|these)|"
        r"in order to .*(?:had to|following)|the following|here are|below (?:are|is)|"
        r"this (?:was|wasn't|outage)|we (?:have|will) .* following)",
        re.IGNORECASE,
    )


def closes(plain: str) -> bool:
    """It thanks, excuses, promises news or concludes, and asks for nothing."""
    label = (split_label(plain)[0] or "").lower()
    if plain.lstrip()[:2] in ("--", "— ", "– ") and word_count(plain) <= LONGEST_SIGNATURE:
        # "-- Corvid, posted on Thursday"
        return True
    if _closing().match(plain) or _promises_news().search(plain) or _to_readers().match(plain):
        return True
    lists = word_lists("tasks")
    if label in lists["concluding"] or label.rpartition(" ")[2] in lists["reminders"]:
        return True
    said = {token.lower for token in tokens(plain)}
    polite = not said.isdisjoint(lists["courtesy"])
    return polite and not is_prescription(plain)


LONGEST_SIGNATURE = 8
"""More words behind two dashes are no name."""


@cache
def _closing() -> re.Pattern[str]:
    return re.compile(
        r"(?:by (?:implementing|addressing|taking|following|doing|adopting|making)\b|"
        r"by \w+ing (?:this|these|such|from (?:this|these))\b[^.]*\b(?:aim|hope|strive|ensure"
        r"|become)\b|"
        r"(?:these|those|this) (?:measures|steps|actions|changes|improvements|postmortem|"
        r"tasks|incident|documentation|document|report|article|story)\b|"
        r"through (?:these|this)|with these\b|in conclusion|overall\b|"
        r"remember\b|note that|please\b|thank|we apologi[sz]e|i hope\b|but of course|hopefully)",
        re.IGNORECASE,
    )


@cache
def _to_readers() -> re.Pattern[str]:
    """ "If you were hit, write to us", "For questions, call the desk": asked of those who read."""
    return re.compile(
        r"(?:if|should) (?:you(?:r|['’]re|['’]ve)?\b"
        r"|any(?:one|body) (?:has|have|was|is|still|needs?|wants?)\b)"
        r"|for (?:any |further |more |additional )?(?:questions|information|details|updates)\b"
        r"|(?:was|is) this \w+ (?:useful|helpful)\b|you can\b"
        r"|\w+s can (?:also |still |always )?(?:ask|call|check|contact|find|follow|reach|write)\b"
        r"|(?:do not|don['’]t) hesitate\b|feel free\b"
        r"|(?:any|further) questions\b|questions(?:[?:]| (?:can|may|should)\b)",
        re.IGNORECASE,
    )


@cache
def _promises_news() -> re.Pattern[str]:
    """ "We'll keep you posted" is said to the readers, and nothing to be done."""
    return re.compile(
        r"(?:\bwill|['’]ll|continue to) (?:\w+ )?keep (?:you|everyone|everybody|all of you"
        r"|this (?:page|post|thread|issue))\b|(?:\bwill|['’]ll) (?:let you know"
        r"|(?:post|share|publish|provide) (?:more |further |an? |any |the )?"
        r"(?:updates?|details|information))\b",
        re.IGNORECASE,
    )


@cache
def asks_nothing() -> re.Pattern[str]:
    """ "None", "No further action needed"; "No changes on Fridays" is a rule."""
    return re.compile(
        r"\W*(?:none|n/a|not applicable|nothing(?: (?:to|we|else|more|further)\b.*)?"
        r"|no (?:\w+ ){0,2}(?:actions?|actionables?|follow-?ups?|changes?|measures?|steps|tasks)"
        r"(?: (?:items?|is|are|was|were|needed|required|necessary|planned|at this|for)\b.*)?)\W*",
        re.IGNORECASE | re.DOTALL,
    )


@cache
def link_only() -> re.Pattern[str]:
    """An address and nothing else."""
    return re.compile(r"<?https?://\S+>?")


def unclosed(plain: str) -> bool:
    """A few words without a full stop, which head whole sentences."""
    return word_count(plain) <= 6 and not plain.rstrip().endswith((".", "!", "?"))


def plain_label(plain: str) -> bool:
    """It heads what stands below: it ends with a colon or is a word or two."""
    told = plain.rstrip()
    brief = word_count(told) <= 3 and told[:1].isupper() and not told.endswith((".", "!"))
    return told.endswith(":") or brief
