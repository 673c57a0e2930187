"""Fixes over generated postmortems: one run is enough, and what is told stays told."""

from __future__ import annotations

import re
from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mends import mended, plan

from pmlint import engine
from pmlint.findings import Source
from pmlint.mend.promises import statements
from pmlint.reports import FileReport

SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

HEADINGS = ("## {}", "### {}", "**{}**", "{}:", "**{}:**", "## {}:", "## 3. {}", "## **{}**")


@st.composite
def heading(draw: st.DrawFn, name: str) -> str:
    return draw(st.sampled_from(HEADINGS)).format(name)


@st.composite
def clock(draw: st.DrawFn, minutes: int) -> str:
    hour, minute = divmod(minutes % 1440, 60)
    if draw(st.integers(0, 3)):
        return f"{hour:02}:{minute:02}"
    return f"{(hour - 1) % 12 + 1}:{minute:02} {'PM' if hour >= 12 else 'AM'}"


@st.composite
def timeline(draw: st.DrawFn) -> str:
    times = draw(st.lists(st.integers(480, 1200), min_size=2, max_size=7))
    form = draw(st.sampled_from(["- {} {}\n", "{} {}\n\n", "| {} | {} |\n", "1. **{}** {}\n"]))
    below = draw(st.sampled_from(["", "  - seen by Ines\n", "\n  ![graph](a.png)\n\n"]))
    lines = ["| Time | Event |\n|---|---|\n"] if form[0] == "|" else []
    for number, minutes in enumerate(times):
        lines.append(form.format(draw(clock(minutes)), f"Step {'abcdefg'[number]} is taken"))
        if form[0] == "-":
            lines.append(below)
    return "".join(lines)


@st.composite
def postmortem(draw: st.DrawFn) -> str:
    zone = draw(st.sampled_from([" UTC", "", " PST", " (WAT)"]))
    length = draw(st.sampled_from(["", " (2 hours)", " (3 hours)", " (90 min)"]))
    declared = draw(st.sampled_from(["", " (UTC)", " (all times in PST)"]))
    parts = [
        "# Checkout was down on 4 June 2025\n",
        f"{draw(heading('Summary'))}\n",
        f"- **Duration:** 4 June 2025, 15:00 - 17:00{zone}{length}\n- **Impact:** 40 % of users\n",
        f"{draw(heading('Timeline' + declared))}\n",
        draw(timeline()),
        f"{draw(heading('Root cause'))}\n",
        "A certificate had expired.\n",
        f"{draw(heading(draw(st.sampled_from(['Resolution', 'Resoltion', 'Fix']))))}\n",
        "The certificate was renewed.\n",
        f"{draw(heading('Tasks'))}\n",
        "- Alert 14 days before a certificate expires (@ines)\n",
    ]
    kept = [part for part in parts if part.startswith("#") or draw(st.integers(0, 11))]
    end = draw(st.sampled_from(["\n", "\r\n"]))
    return "\n".join(kept).replace("\n", end)


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W\d_]+", text))


@SETTINGS
@given(postmortem())
def test_second_run_changes_nothing(text: str) -> None:
    once = mended(text).report
    twice = mended(once.source.text)
    assert twice.report.source.text == once.source.text
    assert not [finding for finding in once.findings if finding.fix is not None]


@SETTINGS
@given(postmortem())
def test_safe_fixes_lose_no_word_and_change_no_statement(text: str) -> None:
    result = mended(text, unsafe=False)
    after = result.report.source.text
    if not any(each.message.startswith('Write "') for each in result.applied):
        assert words(after) == words(text)
        assert told(after) == told(text)


@SETTINGS
@given(postmortem())
def test_entries_are_only_moved(text: str) -> None:
    result = mended(text, "PM402")
    after = result.report.source.text
    assert Counter(after.split()) == Counter(text.split())
    assert sorted(after) == sorted(text)


@SETTINGS
@given(postmortem())
def test_line_ends_stay_what_they_are(text: str) -> None:
    after = mended(text).report.source.text
    if "\r\n" in text:
        assert after.count("\n") == after.count("\r\n")
    else:
        assert "\r" not in after


@SETTINGS
@given(st.text(alphabet="#*- :|\n\r\tTimeline123PMUTC`<>_()[]", max_size=200))
def test_any_text_comes_to_rest(text: str) -> None:
    once = mended(text).report.source.text
    assert mended(once).report.source.text == once


def told(text: str) -> object:
    facts = engine.read(Source(text, "a.md"), plan())
    assert not isinstance(facts, FileReport)
    found = dict(statements(facts))
    return {name: found[name] for name in ("duration", "impact", "order of the events", "tasks")}
