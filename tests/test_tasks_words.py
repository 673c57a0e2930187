"""Tasks word by word: which of them end, who, until when, which ticket, what is done."""

from __future__ import annotations

import pytest

from pmlint.checks.tasks import _last_words
from pmlint.reading.prescriptions import is_prescription
from pmlint.reading.taskfields import (
    find_due,
    find_owner,
    find_ticket,
    is_done,
    is_ticked,
    without_fields,
)
from pmlint.reading.tasks import split_label
from pmlint.reading.vagueness import judge


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Test before each deployment", "habit", "Test before"),
        ("Check the logs whenever we deploy", "habit", "Check the logs whenever"),
        ("Verify the backups after each release", "habit", "Verify the backups after"),
        ("Review all changes during the deploy", "habit", "Review all changes during"),
        ("Test more", "comparative", "more"),
        ("Ensure that alerts work", "state", "Ensure"),
        ("Make sure people read it", "state", "Make sure"),
        ("Regularly rotate the database passwords", "recurring", "Regularly"),
        ("Regularly check the disks", "recurring", "Regularly"),
        ("Apply continuous improvement to the parser", "recurring", "continuous"),
        ("Carefully migrate the orders table", "manner", "Carefully"),
        ("Migrate the orders table carefully", "manner", "carefully"),
        ("Do it better", "comparative", "better"),
        ("Improve deploys by being careful", "manner", "careful"),
        ("Improve monitoring with tools", "open-verb", "Improve"),
        ("Improve latency in general", "open-verb", "Improve"),
        ("Hold a training", "training", "training"),
        ("Hold a training and rotate keys", "training", "training"),
        ("Hold a meeting", "meeting", "meeting"),
        ("Organise a workshop to share what we learned", "training", "workshop"),
        ("Hold a party", "no-object", "Hold a party"),
        ("Review the roles and remove them", "open-verb", "Review"),
        ("Investigate the failure and fix it", "open-verb", "Investigate"),
        ("Write better docs", "comparative", "better"),
        ("Fix things", "no-object", "Fix things"),
        ("Follow best practices", "open-verb", "Follow"),
        ("Add proper monitoring", "no-object", "Add proper monitoring"),
        ("Write a plan", "no-object", "Write a plan"),
        ("Careful deploys", "manner", "Careful"),
        ("More alerts", "comparative", "More"),
        ("A dashboard", "noun-only", "A dashboard"),
        ("Regular restore tests", "recurring", "Regular"),
        ("Improvement of the docs", "open-verb", "Improvement"),
        ("Discussion", "open-verb", "Discussion"),
        ("Should we add an alert?", "question", "Should we add an alert"),
        ("Never again", "vigilance", "Never"),
        ("Don't panic", "vigilance", "Don't"),
        ("Maybe add an alert", "hedge", "Maybe"),
        ("Perhaps we could add a second replica", "hedge", "Perhaps"),
        ("Look into the latency", "open-verb", "Look"),
        ("Think about a second zone", "open-verb", "Think"),
        ("We're investigating the cause; we're watching it", "open-verb", "investigating"),
        ("I think we should improve monitoring", "open-verb", "improve"),
        ("We should really try to be better", "open-verb", "try"),
        ("When deploying, watch the dashboard", "open-verb", "watch"),
        ("Train the team", "vigilance", "Train"),
        ("Train everyone to be careful", "vigilance", "be careful"),
        ("Communicate better", "comparative", "better"),
        ("Learn from it", "open-verb", "Learn"),
        ("Learned to test backups", "vigilance", "Learned to"),
        ("Have a plan", "vigilance", "Have a plan"),
        ("Be careful", "vigilance", "Be careful"),
        ("Automated tests", "noun-only", "Automated tests"),
        ("Check and check again", "no-object", "Check and check again"),
        ("Test it, before we deploy", "habit", "Test it, before"),
        ("Teach support", "vigilance", "Teach"),
        ("Write down", "no-object", "Write down"),
        ("Set up", "no-object", "Set up"),
        ("Enforce reviews", "no-object", "Enforce reviews"),
        ("Enforce reviews before every merge", "habit", "Enforce reviews before"),
        ("Check that it works before deploys", "habit", "Check that it works before"),
        ("Verify each change", "habit", "Verify each"),
        ("Test all changes", "habit", "Test all changes"),
        ("Use something better", "comparative", "better"),
        ("Upgrade", "no-object", "Upgrade"),
        ("Add more alerts", "comparative", "more"),
        ("Add more memory to the orders database", "comparative", "more"),
        ("Add faster disks", "comparative", "faster"),
        ("Move to best of breed", "no-object", "Move to best of breed"),
        ("Always add tests", "recurring", "Always"),
        ("Add a better process for deploys", "comparative", "better"),
        ("Build a more robust platform", "comparative", "more"),
        ("Build a quicker failover mechanism", "comparative", "quicker"),
        ("Perform an in-depth review", "manner", "in-depth"),
        ("Identify all problems", "open-verb", "Identify"),
        ("Review the steps and remove problems", "open-verb", "Review"),
        ("Keep the team happy", "open-verb", "Keep"),
        ("Ensure every service is in good shape", "state", "Ensure"),
    ],
)
def test_task_without_an_end(text: str, kind: str, words: str) -> None:
    found = judge(text)
    assert (found.vague, found.kind, text[found.start : found.end]) == (True, kind, words)


@pytest.mark.parametrize(
    "text",
    [
        "Test the failover of the orders database",
        "Check the config with a linter before each deploy",
        "Have changes reviewed by someone else before merging",
        "Ensure that TLS is enabled on all hosts",
        "Ensure the pool has at least 20 connections",
        "Make a list of owners",
        "Schedule a monthly restore test of the orders database",
        "Use continuous integration for the parser",
        "Deploy the new orders schema to all shops slowly",
        "Improve deploys by adding a canary stage to checkout",
        "Improve monitoring with Grafana",
        "Increase the pool size of the orders database",
        "Increase timeouts from 5 to 30 seconds",
        "Change the cron job to run at night instead of noon",
        "Hold a training on the new failover runbook",
        "Hold a review meeting on database failover with payments",
        "Conduct a load test of the checkout service",
        "Investigate the disk and replace the raid controller",
        "Write better docs than the wiki pages of the vendor",
        "Document the failover",
        "Add proper alerts on the free disk space of brokers",
        "Write a plan for the failover of the orders database",
        "A second replica of the session store",
        "We should add a readiness check to the checkout service",
        "An alert on failed payments must be added",
        "The disks must be checked by two people",
        "The config must be reviewed by another engineer",
        "In order to avoid this, add a readiness check to checkout",
        "If it happens again, restart the broker",
        "Add a canary so that deploys stop early",
        "Please remove the stale feature flags",
        "Let's add a second replica of the session store",
        "Train support to use the status page tool",
        "Plan to add a replica of the session store",
        "Set maxIdle",
        "Improve `foo`",
        "Improve foo_bar",
        "Improve the docs in docs/README.md",
        "Improve FOO-12",
        "Improve the 3 slowest queries",
        "Add an alert as users of the shop fail",
        "Backups which must be tested",
        "Have the config reviewed",
        "Automated tests for the parser of orders",
        "Automate the tests for the parser",
        "Monitoring service must restart the broker",
        "Restart and patch the broker",
        "Review and update the runbook of the broker",
        "Investigate why it failed and then add a memory limit to the importer",
        "Teach support how to read the dashboard",
        "Write down what happened",
        "Back up the orders database",
        "Enforce two reviews in CI",
        "Use feature flags for schema changes",
        "Upgrade nginx",
        "Upgrade to nginx 1.25",
        "Improve alerts using burn rates",
        "Improve latency via connection pooling",
        "Document all steps of a failover",
        "We're still investigating the cause; we're adding 4 relays to the pool",
        "I think I'll set up another monitor that mails the relay every ten minutes",
        "We think we should add a readiness check to checkout",
        "Add a broader selector to the disruption budget",
        "Add a more selective index to the payments table",
        "Move the in-depth explanation of the election into the runbook",
        "Ensure each queue has a consumer in queues.toml",
        "Identify all hosts without a swap partition",
        "Keep the old schema for a month after each release",
        "Improve the backup job: exit non-zero when the target disk is full",
        "Review the keys of the bastion and revoke unused ones",
        "Review the rota of the on-call team and remove former colleagues",
    ],
)
def test_task_with_an_end(text: str) -> None:
    assert not judge(text).vague


@pytest.mark.parametrize(
    ("text", "label", "rest"),
    [
        ("Prevent: add a check", "Prevent", "add a check"),
        ("Action item 3: add a check", "Action item 3", "add a check"),
        ("Add an alert: it was late", "Add an alert", "it was late"),
        ("http://x.test: add", None, "http://x.test: add"),
        ("12:30: add an alert", None, "12:30: add an alert"),
        (
            "A very long label that nobody would call a label at all: add an alert",
            None,
            "A very long label that nobody would call a label at all: add an alert",
        ),
        ("**Fix**: add", "Fix", "add"),
    ],
)
def test_label_before_a_colon(text: str, label: str | None, rest: str) -> None:
    found, at = split_label(text)
    assert (found, text[at:]) == (label, rest)


@pytest.mark.parametrize(
    ("text", "owner", "firm"),
    [
        ("owner = Mina", "Mina", True),
        ("Owners: Mina, Ravi", "Mina", True),
        ("Who: Mina", "Mina", True),
        ("DRI: @mina", "mina", True),
        ("Assignee: Dr. Mina Roe. Status: open", "Dr. Mina Roe", True),
        ("Owner: Mina (SRE)", "Mina", True),
        ("Responsible: all", "all", False),
        ("Owner: nobody", None, False),
        ("Owner: everyone", "everyone", False),
        ("Owner: n/a", None, False),
        ("Owner:", None, False),
        ("add @team", "team", False),
        ("add @sre-team", "sre-team", False),
        ("[Mina] add an alert", "Mina", True),
        ("[Add] an alert", None, False),
        ("Add an alert (Mina Roe)", "Mina Roe", True),
        ("Add an alert (Fixed)", None, False),
        ("mail a@b.test", None, False),
        ("Lead: Mina - due Friday", "Mina", True),
        ("Driver: Prof. Ito. Due: May 3", "Prof. Ito", True),
    ],
)
def test_who_does_it(text: str, owner: str | None, firm: bool) -> None:
    found = find_owner(text)
    assert (found and found.text, bool(found and found.firm)) == (owner, firm)
    assert found is None or text[found.start : found.end].endswith(found.text)


@pytest.mark.parametrize(
    ("text", "due", "firm"),
    [
        ("by 1 May 2024", "1 May 2024", True),
        ("by 1st of May", "1st of May", True),
        ("by May 2024", "May 2024", True),
        ("by 5/6/24", "5/6/24", True),
        ("by 05.06.2024", "05.06.2024", True),
        ("due the end of Q3 2024", "end of Q3 2024", True),
        ("by EOM", "EOM", True),
        ("by EOD", "EOD", True),
        ("by EOW", "EOW", True),
        ("until tomorrow", "tomorrow", True),
        ("before Monday", "Monday", True),
        ("within two weeks", "two weeks", True),
        ("due by the 12 June", "12 June", True),
        ("eta: 6 months", "6 months", True),
        ("target date: 2024-07-01", "2024-07-01", True),
        ("deadline – 1 June", "1 June", True),
        ("by the end of the month", "end of the month", True),
        ("by end of this week", "end of this week", True),
        ("(by 1 June)", "1 June", True),
        ("[2024-07-01]", "2024-07-01", True),
        ("(2024-07-01 x)", None, False),
        ("(@ines, 2025-03-21, PLAT-412)", "2025-03-21", True),
        ("(@ines,2025-03-21)", "2025-03-21", True),
        ("(ines, May 3)", "May 3", True),
        ("(soon)", "soon", False),
        ("due soonish", None, False),
        ("next quarter", None, False),
        ("Do it next quarter.", "next quarter", False),
        ("by next week", "next week", False),
        ("(Feb 3)", "Feb 3", True),
        ("due Feb 28", "Feb 28", True),
        ("2024-07-01", None, False),
        ("due to errors", None, False),
        ("by mayor", None, False),
        ("by 3 people", None, False),
        ("within 5 minutes", None, False),
        ("due date: TBD", "TBD", False),
        ("by Q5", None, False),
        ("(@ines, PLAT-412, 2025-03-21)", "2025-03-21", True),
        ("(a,b, May 3, x)", "May 3", True),
        ("(a, 2025-03-21", None, False),
        ("[x, by May 3]", "May 3", True),
        ("within one week", "one week", True),
    ],
)
def test_until_when_it_is_due(text: str, due: str | None, firm: bool) -> None:
    found = find_due(text)
    assert (found and found.text, bool(found and found.firm)) == (due, firm)
    assert found is None or text[found.start : found.end] == due


@pytest.mark.parametrize(
    ("text", "ticket"),
    [
        ("#12", "#12"),
        ("#12a", None),
        ("PR-12", "PR-12"),
        ("pr #12", "pr #12"),
        ("bug 12", "bug 12"),
        ("story 5", "story 5"),
        ("task 7", "task 7"),
        ("JIRA-1", "JIRA-1"),
        ("A-1", None),
        ("ABC-1234567", None),
        ("x-ABC-1", None),
        ("ABC-12-3", None),
        ("ABC-1.2", None),
        ("ABC-1.", "ABC-1"),
        ("http://x.test/browse/A-1", "http://x.test/browse/A-1"),
        ("https://x.test/t/abc", "https://x.test/t/abc"),
        ("https://x.test/wiki/abc", None),
        ("https://x.test/commit/abc) see", "https://x.test/commit/abc"),
        ("ISO-8601", None),
        ("SHA-256", None),
        ("TLS-1", None),
        ("PR #", None),
        ("RFC-123", None),
    ],
)
def test_which_ticket(text: str, ticket: str | None) -> None:
    found = find_ticket(text)
    assert (found and found.text) == ticket
    assert found is None or text[found.start : found.end] == ticket


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[X] add", "[X]"),
        ("✔ add", "✔"),
        ("add ☑", "☑"),
        ("add (already done)", "(already done)"),
        ("add [fixed 3 May]", "[fixed 3 May]"),
        ("| done |", "| done |"),
        ("status = merged", "status = merged"),
        ("status: open", None),
        ("add: done!", ": done!"),
        ("add – resolved", "– resolved"),
        ("complete", "complete"),
        ("completed it", None),
        ("add - not done", None),
        ("add DONE", "DONE"),
        ("We have already fixed it", "fixed"),
        ("I've added it", "added"),
        ("We added", "added"),
        ("Fixed", "Fixed"),
        ("Fixed the disk", "Fixed"),
        ("Automated the deploy", "Automated"),
        ("Automated deploys", None),
        ("Alerts were added", "added"),
        ("An alert that was added", None),
        ("if it was added", None),
        ("Wrote it", "Wrote"),
        ("The disk has been replaced", "replaced"),
        ("Adding it", None),
        ("Will be done", None),
        ("to be done", None),
        ("Bring it", None),
        ("add - complete", "- complete"),
        ("add (complete)", "(complete)"),
        ("add - finished", "- finished"),
        ("add [closed]", "[closed]"),
        ("add (deployed 3 May)", "(deployed 3 May)"),
        ("status: implemented", "status: implemented"),
        ("add: shipped.", ": shipped."),
        ("add – merged", "– merged"),
        ("Accomplished", "Accomplished"),
        ("- resolved", "- resolved"),
        ("We then fixed it", "fixed"),
        ("I also wrote it", "wrote"),
        ("It has been fixed", "fixed"),
        ("The fix, which was added", None),
        ("Fixed and deployed", "Fixed"),
        ("Increased the limit", "Increased"),
        ("Stopped the broker", "Stopped"),
        ("Dropped the index", "Dropped"),
        ("Stopping the broker", None),
    ],
)
def test_words_that_say_done(text: str, words: str | None) -> None:
    found = is_done(text)
    assert (found and found.text) == words
    assert found is None or text[found.start : found.end].strip() == words


@pytest.mark.parametrize(
    "text",
    [
        "We need to test",
        "We need a test",
        "You are not allowed to deploy",
        "We can add it",
        "We will add it",
        "It will be fixed",
        "We're adding it",
        "We are adding an alert",
        "I'll add it",
        "Let's add it",
        "We plan to add it",
        "This must be fixed",
        "Don't deploy",
        "Always test",
        "Never test",
        "Double check it",
        "Test when it fails",
        "Test it",
        "Testing the failover",
        "After that, add an alert",
        "Quickly add an alert",
        "We want to add it",
        "Please add it",
        "Night staff to test the pager",
        "Better news for crews",
        "DBAs to move the archive",
        "Our engineers are also moving the archive",
    ],
)
def test_it_prescribes(text: str) -> None:
    assert is_prescription(text)


@pytest.mark.parametrize(
    "text",
    [
        "They can add it",
        "It will fail",
        "Errors are adding up",
        "It had to be restarted",
        "That should have been tested",
        "should not have been",
        "which must be fixed",
        "Test coverage was low",
        "Testing was slow",
        "Testing would help",
        "After that, it failed",
        "Alert",
        "Vendors want to add it",
        "We do not plan to add it",
        "It took the team to add it",
        "Better news would have helped",
    ],
)
def test_it_only_tells(text: str) -> None:
    assert not is_prescription(text)


@pytest.mark.parametrize(
    ("text", "ticked"),
    [
        ("add ✅", True),
        ("add ✔️", True),
        ("add ☑ **", True),
        ("✅ add", False),
        ("add", False),
        ("add [x]", False),
    ],
)
def test_tick_behind_the_text(text: str, ticked: bool) -> None:
    assert is_ticked(text) is ticked


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Owner: Kim - add it", "add it"),
        ("add it. Due: 1 May", "add it."),
        ("add it; owner: Kim", "add it"),
        ("add it, status: open, due: x", "add it"),
        ("Owner: Kim – add it. Due: 1 May", "add it."),
        ("status: open", "status: open"),
        ("; due: x", "; due: x"),
        ("add it due: 1 May", "add it due: 1 May"),
        ("add it. Dues: 3", "add it. Dues: 3"),
    ],
)
def test_fields_are_no_words_of_the_task(text: str, words: str) -> None:
    assert text[slice(*without_fields(text))] == words


@pytest.mark.parametrize(
    ("text", "words", "at"),
    [
        pytest.param("Move the Bootstrap page, Bo", "Bo", 25, id="behind"),
        pytest.param("Bo moves the Bootstrap page", "Bo", 0, id="before a word that begins so"),
        pytest.param("Move the Bootstrap page", "Bo", -1, id="only inside another"),
        pytest.param("a aa", "aa", 2, id="over itself"),
    ],
)
def test_an_owner_is_looked_for_as_a_whole_word(text: str, words: str, at: int) -> None:
    assert _last_words(text, words) == at
