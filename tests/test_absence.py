"""Files that tell no incident are told from those that do."""

from __future__ import annotations

import pytest
from conftest import ROOT

from pmlint.findings import Source
from pmlint.postmortem import read
from pmlint.standard import templates


def absence(text: str) -> str | None:
    found = read(Source(text, "x.md"), templates.load("default")).absence
    return found.kind if found else None


def test_the_readme_of_a_tool_for_postmortems_tells_none() -> None:
    assert absence((ROOT / "README.md").read_text("utf-8")) is not None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("", "empty", id="nothing"),
        pytest.param("# Postmortem\n\n## Timeline\n", "empty", id="headings only"),
        pytest.param("hello\n", "other", id="one word is no article"),
        pytest.param("# Meeting notes\n\n- 10:00 start\n- 11:00 end\n", "other", id="notes"),
        pytest.param("# Postmortem\n\nhttps://blog.example.org/my-postmortem\n", "link", id="link"),
        pytest.param(
            "# Postmortem\n\n## Summary\n\n* short summary\n* what was the root cause\n"
            "* how many % of the users were affected?\n\n## Timeline\n\n* when was the issue "
            "detected\n"
            "* how was the issue detected\n\n## Root cause and resolution must contain:\n\n"
            "* explain in detail what was causing the issue\n",
            "assignment",
            id="an assignment in its own words",
        ),
        pytest.param(
            "# Post-incident review\n\n## Incident summary\n- Incident ID:\n- Date:\n\n## "
            "What happened\n"
            "Describe the sequence of events.\n\n## Impact\n- Who was affected?\n- What failed?\n\n"
            "## Root cause\nWhat condition allowed this?\n\n## Action items\nEach item must have:\n"
            "- Owner\n- Target date\n",
            "template",
            id="a template of questions",
        ),
        pytest.param(
            "# Blameless postmortem\n\n## Incident summary\nBrief description of the failure.\n\n"
            "## Impact\n- Services affected\n- Duration\n\n## Timeline\n| Time | Event "
            "|\n|---|---|\n"
            "| 10:15 | Alert triggered |\n| 10:45 | Mitigation applied |\n\n## Root cause\n"
            "Technical explanation.\n\n## Action items\n| Action | Owner |\n|---|---|\n"
            "| Improve alerting | Platform |\n",
            "template",
            id="a template with sample rows",
        ),
        pytest.param(
            "# Postmortem template\n\n- **Date:**\n- **Duration:**\n\n## Summary\n\n- **What "
            "happened:**\n"
            "- **Customer impact:**\n\n## Root Cause\n\n- **Primary root cause:**\n\n"
            "## Corrective Actions\n\n| Action | Owner |\n|---|---|\n|  |  |\n",
            "template",
            id="a template of empty labels",
        ),
    ],
)
def test_a_file_that_tells_no_incident(text: str, kind: str) -> None:
    assert absence(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "On Monday our API was unavailable for 40 minutes, from 10:00 to 10:40 UTC. A deploy "
            "removed a variable, so every request failed. We rolled back the deploy.",
            id="a paragraph without any heading",
        ),
        pytest.param(
            "# Outage of the wiki\n\nThe wiki was down on 3 May because its certificate had "
            "expired. "
            "We renewed it and put an alert on the expiry of all our certificates.",
            id="two sentences",
        ),
        pytest.param(
            "Duration: 3 May 2024, 10:00 - 11:00 UTC\nImpact: 30% of logins\n"
            "Root cause: expired certificate\nResolution: new certificate\n",
            id="labels with noun phrases",
        ),
        pytest.param(
            "# Shop outage\n\n## Summary\n\nThe shop was down on 3 May 2024 from 10:00 to "
            "11:00 UTC.\n\n"
            "## How was it detected?\n\nAn alert fired.\n\n## What was the cause?\n\nA full "
            "disk.\n\n"
            "## Who was affected?\n\nAll users.\n",
            id="questions as headings",
        ),
        pytest.param(
            "# Panne\n\n## Résumé\n\nLe site de la boutique est en panne le 3 mars 2024 pour "
            "les clients.\n\n"
            "## Chronologie\n\n- 10:00 alerte de la sonde\n- 11:00 retour à la normale\n\n"
            "## Cause racine\n\nLe disque de la base est plein à cause des journaux.\n",
            id="another language",
        ),
    ],
)
def test_a_file_that_tells_one(text: str) -> None:
    assert absence(text) is None


SLOTS = "# {0}\n\n## Summary\n\nWhat: {{symptoms}}\n\nWho: {{who was hit}}\n\nWhen: {{day}}\n\n"
PAGE = (
    "## Timeline\n\n### 1970-01-01\n\n10:44 - it began\n\n## Impact\n\n{how bad}\n\n"
    "## Causes\n\n{why it could happen}\n\n## Tasks\n\n{what to do}\n"
)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param(SLOTS.format("Review") + PAGE, "template", id="slots in braces"),
        pytest.param(
            "# This page exists. There is no incident yet.\n\n2025-02-11\n\n## Impact\n\nNone.\n\n"
            "## Prevention\n\nThis page exists before there is need of it.\n",
            "other",
            id="no incident yet",
        ),
        pytest.param(
            "# On postmortems\n\nA postmortem is a process to learn from what failed. It was "
            "invented by doctors.\n\n## Key points\n\n- Summary: how long it was down, whom it "
            "affected and why it failed.\n- Timeline: when it was noticed and who was called to "
            "help with it.\n- Root cause: what failed and why it failed, in as much detail as "
            "needed.\n\nMany teams wrote one. They learned a lot.\n",
            "article",
            id="an article that lists the parts",
        ),
    ],
)
def test_a_page_that_is_still_to_tell_one(text: str, kind: str) -> None:
    assert absence(text) == kind


LINKED = (
    "- [2025-11-30 - ingress](incidents/2025-11-30.md)\n  - **Duration**: 40 minutes\n"
    "- [2025-10-02 - disk](incidents/2025-10-02.md)\n  - **Summary**: it was full\n"
    "- [2025-09-07 - mail](incidents/2025-09-07.md)\n"
)


def test_an_index_of_write_ups_tells_none() -> None:
    assert absence(f"# Post-incident reviews\n\nWhat failed in our lab.\n\n{LINKED}") == "link"


def test_earlier_incidents_linked_from_a_postmortem_make_no_index() -> None:
    text = (
        "# Mail was down on 3 May 2026\n\nFrom 10:00 to 11:00 UTC mail failed for 40 people "
        "because a disk was full.\n\n## Timeline\n\n- 10:00 full\n- 11:00 emptied\n\n"
        f"## Earlier incidents\n\n{LINKED}"
    )
    assert absence(text) is None


SHOWN = """\
```markdown
# Parcel labels lost

## Timeline

- 13:10 UTC The spooler stops
```
"""


def rule_page(shown: str, told: str = "") -> str:
    return (
        "# Order of the entries\n\n## Why\n\nA reader follows the times down the page, and stops "
        "where one of them goes back. So an entry in the wrong place was read by nobody.\n\n"
        f"## What to do\n\n- Move the entry to its place\n- Check the clock of the second log\n"
        f"\n{told}{shown}"
    )


def test_a_page_with_documents_as_its_examples_is_an_article() -> None:
    shown = f"## Wrong\n\n{SHOWN}\n## Right\n\n{SHOWN}"
    assert absence(rule_page(shown)) == "article"


def test_a_postmortem_that_shows_documents_is_one() -> None:
    told = (
        "## Timeline\n\n- 13:10 UTC The first page was published\n- 13:25 UTC A reader called\n"
        "- 14:40 UTC The page was corrected\n\n## Documents\n\n"
    )
    assert absence(rule_page(SHOWN + "\n" + SHOWN, told)) is None


def test_tickets_in_brackets_are_no_slots() -> None:
    items = "".join(
        f"- [OPS-{number}] Add a check on the disk of host {number}\n" for number in range(9)
    )
    text = (
        "# Disk of the shop\n\nOn 3 May 2024, 10:00 to 11:00 UTC, the shop was down for 40 buyers "
        f"because a disk was full.\n\n## Tasks\n\n{items}"
    )
    assert absence(text) is None
