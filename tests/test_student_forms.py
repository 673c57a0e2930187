"""Whole write-ups by students: jokes for headings, labels of every kind, clocks at ease."""

from __future__ import annotations

import pytest
from harness import ends, facts_of

from pmlint.facts import Postmortem


def places(found: Postmortem, role: str) -> list[int]:
    """The lines of the parts that play a role."""
    return [
        found.source.line_index(each.span.start) + 1
        for each in found.sections
        if role in each.roles
    ]


def clocks(found: Postmortem) -> list[str]:
    timeline = found.timeline
    return [] if timeline is None else [str(each.clock)[:5] for each in timeline.events]


DAYS_OF_ONE_MONTH = """\
# We banned ourselves

**Summary:** nobody could enter the backup host from 4/5/2022 08:50 UTC to 4/7/2022 08:15 UTC.

**Timeline:**
- 4/5/2022 09:05 UTC: the session of Inés falls
- 4/7/2022 08:15 UTC: the provider gives us the rescue console
"""

DAY_FIRST_BY_ANOTHER_DATE = """\
# We banned ourselves

**Summary:** nobody could enter the backup host from 4/5/2022 08:50 UTC to 5/5/2022 08:15 UTC.
The report was written on 19/5/2022.
"""

DAYS_IN_THE_IMPACT = """\
# The blog that was white

### Summary
Apache was alive and gave a 500 for every page.

### Impact
All readers were without the blog from 2021-11-02 to 2021-11-03 at 5:30 PM UTC.

### Root cause
A module went away with the upgrade of PHP.
"""

LENGTHS = """\
# Locked out by my own firewall

## Summary
I stayed calm for one minute, then I did not. The issue lasted 7 hours.

## Root cause
Port 22 was not allowed before the firewall was switched on.
"""

SHORT_RELIEF = """\
# The finals

## Summary
On 12 October 2024 at 22:40 UTC the box hung. Restarted, it ran twenty minutes and died.

## Root cause
A build on the production box.
"""

BARE_HOUR = """\
# Builds stood still

If you waited for a build on 4 May 2023 between about 9 and 11:30 UTC, it was down for everyone.

## Root cause
The image waited for a network device.
"""

POINTED_HOURS = """\
# Shop closed

**Summary**
On 3 May 2022 the shop was down from 9.15 to 10.40 am (UTC).
"""

BOTH_IN_ONE_FIELD = """\
# Dark rack

### 1. Start / end
Wed 2021-10-20 22:41 CEST / Thu 2021-10-21 02:17 CEST

### 2. Root cause
The second feed could not carry the load.
"""


@pytest.mark.parametrize(
    ("text", "window"),
    [
        pytest.param(
            DAYS_OF_ONE_MONTH, ("2022-04-05 08:50", "2022-04-07 08:15"), id="two-days-of-one-month"
        ),
        pytest.param(
            DAY_FIRST_BY_ANOTHER_DATE,
            ("2022-05-04 08:50", "2022-05-05 08:15"),
            id="a-day-above-twelve-shows-the-order",
        ),
        pytest.param(DAYS_IN_THE_IMPACT, ("2021-11-02", "2021-11-03 17:30"), id="in-the-impact"),
        pytest.param(BARE_HOUR, ("2023-05-04 09:00", "2023-05-04 11:30"), id="between-a-bare-hour"),
        pytest.param(POINTED_HOURS, ("2022-05-03 09:15", "2022-05-03 10:40"), id="pointed-hours"),
        pytest.param(
            BOTH_IN_ONE_FIELD, ("2021-10-20 22:41", "2021-10-21 02:17"), id="start-slash-end"
        ),
    ],
)
def test_window(text: str, window: tuple[str, str]) -> None:
    assert ends(facts_of(text).duration) == window


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        pytest.param(LENGTHS, 420, id="that-of-the-issue-and-not-of-a-calm"),
        pytest.param(SHORT_RELIEF, None, id="how-long-a-restart-held"),
    ],
)
def test_stated_length(text: str, minutes: int | None) -> None:
    duration = facts_of(text).duration
    assert duration is not None
    assert (duration.stated.minutes if duration.stated else None) == minutes


JOKE_OVER_A_LIST = """\
# How I nearly lost my summer

The graphs show errors and load. Our server was down for everyone from 2am to 5am UTC on 3 May 2023.

## When it hit the fan
- Detected at 5am
- Customers complained
- The process was killed

## Why oh why
An image conversion that never ended.
"""

COURSE_IN_ITEMS = """\
# Hub outage on 9 March 2021

### What happened
- At 3:22 PST an engineer saw that the hub had lost its quorum
- The removal of a member waited for a quorum that was not there
- We restored a snapshot, which left a gap from 3:40 to 5:26 PST
- With the offsets reset, automations were back at 6:51 PST

### Why
Members keep their old names.
"""

ACTS = """\
# When nginx met its match

### Prologue
On 8 March 2024 from 13:10 to 14:02 SAST no order could be placed, about 130 were lost.

### Act I: The Discovery
13:10 - 502, says the page
13:14 - the pager sings

### Act II: The Chase
13:20 - php-fpm is dead
13:52 - a zero too many is found in the pool file

### Act III: Redemption
14:02 - php-fpm lives

### Epilogue: promises we make
- Configuration goes through a pull request
- `php-fpm -t` runs in CI
"""

SUM_OF_A_PARAGRAPH = """\
# Partial outage

**What happened**

On 4 March, between 09:41 and 09:52 UTC, 3% of requests failed.

At 09:39 UTC, we had released a change to the number of workers.

**To avoid this we will:**

- Alert on more than three restarts in a minute
- Roll out to one host for 15 minutes first
"""


@pytest.mark.parametrize(
    ("text", "lines", "told"),
    [
        pytest.param(JOKE_OVER_A_LIST, [5], ["05:00"], id="when-it-hit-the-fan"),
        pytest.param(
            COURSE_IN_ITEMS, [3], ["03:22", "03:40", "06:51"], id="clocks-within-the-items"
        ),
        pytest.param(ACTS, [], ["13:10", "13:14", "13:20", "13:52", "14:02"], id="acts-of-a-play"),
        pytest.param(SUM_OF_A_PARAGRAPH, [], [], id="a-paragraph-that-sums-up-is-no-entry"),
    ],
)
def test_events(text: str, lines: list[int], told: list[str]) -> None:
    found = facts_of(text)
    assert (places(found, "timeline"), clocks(found)) == (lines, told)


def test_a_word_of_the_play_is_no_slip_for_a_part() -> None:
    assert places(facts_of(ACTS), "root_cause") == []


QUESTION_LABELS = """\
Yesterday (28/11/2022) our app was down from 7:05pm to 10:40pm WAT.

What users saw: a spinner without an end. 290 of 312 users tried and failed.

Why it happened: nobody owns the billing.

What we are doing about it:
- bills go to a group address
- the health check asks Redis
"""

SLANTED_LABELS = """\
## Search down

*Who noticed:* 11 readers, who wrote in.

*For how long:* 35 minutes, 8 June 2022, 19:25 to 20:00 UTC.

*Why:* the alias pointed to an index that did not exist yet.

*What fixed it:* pointing the alias to the old index.
"""

SLANTED_LEADS = """\
**Broken exports**

*Summary.* From 5 September 2023, 08:00 UTC until 6 September 2023, 14:20 UTC exports were empty.

*Cause.* Our code closed the stream too early.

*Resolution.* The code was corrected.

*Next steps.*

- Tests compare the file with the report
- An empty export raises an error
"""

SHORT_LABELS = """\
## Deploys

**Down:** 13:22–15:47 UTC on 24 August 2021
**Hit:** 214 customers
**Because:** a volume filled up on the build coordinator
**Fixed by:** a bigger volume
"""


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        pytest.param(
            QUESTION_LABELS, {"impact": [3], "root_cause": [5], "corrective": [7]}, id="questions"
        ),
        pytest.param(
            SLANTED_LABELS,
            {"impact": [3], "duration": [5], "root_cause": [7], "resolution": [9]},
            id="slanted-questions",
        ),
        pytest.param(
            SLANTED_LEADS,
            {"summary": [3], "root_cause": [5], "resolution": [7], "corrective": [9]},
            id="slanted-leads",
        ),
        pytest.param(
            SHORT_LABELS,
            {"duration": [3], "impact": [4], "root_cause": [5], "resolution": [6]},
            id="short-words",
        ),
    ],
)
def test_labels(text: str, parts: dict[str, list[int]]) -> None:
    found = facts_of(text)
    assert {role: places(found, role) for role in parts} == parts


NUMBERED_WITHIN_NUMBERS = """\
# Dark rack

### 5. Root cause
The second feed could not carry the load of both.

### 6. Corrective actions
6.1 Load has been rebalanced to 40 % per feed at most (done on 2021-10-22)
6.2 Threshold of the alarm lowered to 45 % (done)
6.3 Spare cards in all core routers (until November)
"""

TASKS_AMONG_LESSONS = """\
# Not enabled

## Root cause
The unit was started and never enabled.

## What we learned and what to do

We learned that "started" is not "enabled". Tasks for the group:

* enable every unit in the setup script
* reboot the droplet before handing in
* uptime monitor with SMS
"""

CONCLUSION_OVER_A_LIST = """\
# Builds stood still

From 9:00 to 11:30 UTC on 4 May 2023 all builds waited. The image had a new version of cloud-init.

We could have known. The image is tested by hand, with a timeout of ten minutes. So:

- the test uses the scheduler itself
- an image gets to 2% of the runners first
"""


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param(NUMBERED_WITHIN_NUMBERS, 3, id="numbers-of-a-section"),
        pytest.param(TASKS_AMONG_LESSONS, 3, id="tasks-named-among-lessons"),
        pytest.param(CONCLUSION_OVER_A_LIST, 2, id="so"),
    ],
)
def test_tasks(text: str, count: int) -> None:
    found = facts_of(text).tasks
    assert found is not None
    assert len(found.items) == count
