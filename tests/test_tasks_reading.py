"""Which tasks can be closed; who does them, until when; what prescribes at all."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings, strategies

from pmlint.reading.prescriptions import guards, is_commitment, is_prescription
from pmlint.reading.taskfields import find_due, find_owner, find_ticket, has_state, is_done
from pmlint.reading.tasks import split_label
from pmlint.reading.vagueness import judge, plans_change

CONCRETE = [
    # a verb whose end can be seen, on a particular thing
    pytest.param("Patch the Nginx server", id="component"),
    pytest.param("Add monitoring on server memory", id="metric"),
    pytest.param("Add monitoring for database connection counts", id="database-metric"),
    pytest.param("Patch the Flask settings so that the port is enforced", id="file-and-effect"),
    pytest.param("Add monitoring of port availability on all production hosts", id="scope"),
    pytest.param("Integrate configuration validation into the CI pipeline", id="place-and-check"),
    pytest.param("Implement alerts for unusual log file growth", id="alert-on-object"),
    pytest.param("Run Nginx as an unprivileged account", id="checkable-state"),
    pytest.param("Develop a runbook for load balancer incidents", id="artefact"),
    pytest.param("Enable error logging on every web host", id="enable"),
    pytest.param("Set up a CI pipeline that builds each PR branch", id="trigger"),
    pytest.param("Implement monitoring of certificate expiry", id="expiry"),
    pytest.param("Implement rate limiting on the API", id="rate-limiting"),
    pytest.param("Clean up the stale feature flags", id="clean-up"),
    pytest.param("Add a Deno install step to the setup guide", id="guide"),
    pytest.param("Handle malformed postcodes in the address form: reject them", id="case"),
    pytest.param("Add a presubmit check for schema migrations", id="presubmit"),
    pytest.param("Create a row-level-security checklist for migrations", id="checklist"),
    pytest.param("Document how to recycle nodes", id="document-how"),
    pytest.param("Automate the renewal of the certificate", id="automate"),
    pytest.param("Set up a staging environment", id="staging"),
    pytest.param("Wrap all webhooks in a try block", id="wrap"),
    pytest.param("Upgrade the database server to the larger machine", id="upgrade"),
    pytest.param("Deploy the canary stage to the checkout service", id="canary"),
    pytest.param("Implement nightly database backups", id="backups"),
    # rules that can be enforced
    pytest.param("All code must be reviewed by at least two engineers before merging",
                 id="bounded-rule"),
    pytest.param("Changes must be reviewed by someone else before the merge", id="by-someone-else"),
    pytest.param("You are not allowed to approve your own patch to master", id="ban"),
    # numbers, tickets, files
    pytest.param("Alert when the queue depth is >100 for 5 minutes", id="threshold"),
    pytest.param("Page when utilisation stays above 70% for three minutes", id="percent"),
    pytest.param("Write an integration test that sends 200 invalid events", id="number"),
    pytest.param("Improve the docs of the parser (#528)", id="open-verb-with-ticket"),
    pytest.param("Improve error pages in nginx.conf", id="open-verb-with-file"),
    pytest.param("Extend /health by a readiness check", id="path"),
    pytest.param("Add a note on build order to AGENTS.md", id="file"),
    pytest.param("Increase the connection pool size", id="setting"),
    pytest.param("Enhance monitoring to include load balancer health checks", id="to-include"),
    pytest.param("Improve deploys by adding a canary stage to the pipeline", id="by-adding"),
    # one-off events about something
    pytest.param("Conduct a capacity review of the database cluster", id="one-off-review"),
    pytest.param("Conduct training for the team on Nginx configuration", id="training-on"),
    pytest.param("Schedule regular reviews of firewall rules", id="scheduled"),
    # already done
    pytest.param("Implemented RAID controller monitoring", id="past"),
    pytest.param("The deploy script was updated to make the symlink anew", id="passive-past"),
    # ways of saying it
    pytest.param("To prevent this, the team will add an alert on disk space", id="purpose-first"),
    pytest.param("We should add an alert on replication lag", id="we-should"),
    pytest.param("Additionally, we plan to rotate the signing key", id="plan"),
    pytest.param("Until then, disable the release function", id="until"),
    pytest.param("Adding a circuit breaker to the client", id="gerund"),
    pytest.param("Ensure that query logging is enabled on each host", id="checkable-ensure"),
    pytest.param("Test. Enable an uptime probe for the checkout page.", id="second-sentence"),
    pytest.param("Safer rollouts. Mesh releases will soak for 24 hours on one cluster.",
                 id="behind-a-few-words-that-head-it"),
    pytest.param("The door sensor to be wired to the alarm panel", id="to-be-done"),
    # what is checked by a machine is no habit
    pytest.param("Run the schema check in the deploy script before every release", id="script"),
    pytest.param("Validate the manifest in the CI pipeline before merging", id="pipeline"),
    # an open verb with something that ends behind it
    pytest.param("Review the roles of the deploy user and remove the unused grants",
                 id="review-and-remove"),
    pytest.param("Investigate and fix the memory leak in the thumbnail worker",
                 id="investigate-and-fix"),
    pytest.param("Adjust the autoscaler to follow queue length instead of CPU",
                 id="one-thing-instead-of-another"),
    # teaching something that can be named
    pytest.param("Train the help desk to use the new paging tool", id="teaching-a-tool"),
    pytest.param("Set Restart=always for the consumer", id="setting"),
    pytest.param("Reduce the log level of the proxy from debug to info", id="from-one-to-another"),
    pytest.param("Alert when fewer jobs start than in the hour before", id="a-stated-measure"),
    # words in no list: a thing is particular unless its form says otherwise
    pytest.param("Wombleproof the tariff importer", id="a-verb-nobody-knows-before-an-article"),
    pytest.param("Remove the orphaned volumes from the nightly snapshot",
                 id="a-participle-says-which"),
    pytest.param("Add a capacity alarm to the broker", id="a-quality-that-can-be-measured"),
    pytest.param("Load testing harness for the ticket shop", id="a-compound-is-no-verb"),
    pytest.param("The importer runs against a replica", id="it-says-how-it-will-be"),
    # kept somewhere, until some day, or how often
    pytest.param("Keep the last ten images on the build host", id="kept-in-a-place"),
    pytest.param("Freeze feature changes for a month", id="for-a-month"),
    pytest.param("Develop a plan for losing the hall and test it every quarter", id="how-often"),
    pytest.param("Enhance the upgrade form so that the firmware of both controllers is noted",
                 id="such-that"),
    pytest.param("Correct the totals; reject files with unknown columns", id="behind-a-semicolon"),
    # a rehearsal of something named, and checks with a command or a number, are no habits
    pytest.param("Run the migrations against a copy of the order database before a release",
                 id="an-event-with-an-object"),
    pytest.param("Run each new filter in count-only mode for two days before it blocks",
                 id="a-stated-length"),
    # training in something behind those who are trained
    pytest.param("Provide training to our developers on Postfix", id="trained-in-something"),
    pytest.param("Teach the front desk to page us after a third call", id="taught-to"),
    # what holds no more
    pytest.param("No more copies of the tariff between shop and app", id="no-more"),
    pytest.param("Assign ownership of the heap alert to one team", id="an-attitude-pinned-down"),
    # beside a sentence that prescribes, another one says why
    pytest.param("The pager was silent for long. We will route disk alarms to the NOC queue.",
                 id="a-reason-first"),
    pytest.param("Backups. Copies to the vault run every 6 hours, not every 24.",
                 id="a-heading-word-before-a-fact"),
]  # fmt: skip


@pytest.mark.parametrize("text", CONCRETE)
def test_tasks_that_can_be_closed(text: str) -> None:
    found = judge(text)
    assert not found.vague, found


VAGUE = [
    pytest.param("Improve monitoring", "open-verb", "Improve", id="improve"),
    pytest.param("Improving the auditing process", "open-verb", "Improving", id="gerund"),
    pytest.param("Enhance communication with the app team", "open-verb", "Enhance", id="enhance"),
    pytest.param("Enhance monitoring for specific failure points", "open-verb", "Enhance",
                 id="enhance-for"),
    pytest.param("Optimize database queries and indexing", "open-verb", "Optimize", id="optimize"),
    pytest.param("Strengthen code review processes", "open-verb", "Strengthen", id="strengthen"),
    pytest.param("Review and optimize log rotation settings", "open-verb", "Review", id="review"),
    pytest.param("Look deeper into the actual cause", "open-verb", "Look", id="look-into"),
    pytest.param("Consider letting the cluster drop traffic", "open-verb", "Consider",
                 id="consider"),
    pytest.param("Find a way to avoid overloading the CPU", "open-verb", "Find", id="find-a-way"),
    pytest.param("Improve coverage of readiness probes", "open-verb", "Improve", id="coverage"),
    pytest.param("Investigate the sync (#3499)", "open-verb", "Investigate",
                 id="investigating-with-a-ticket"),
    pytest.param("We will look into testnets", "open-verb", "look", id="will-look-into"),
    pytest.param("Add a cache layer if possible", "hedge", "if possible", id="if-possible"),
    pytest.param("Increase server capacity", "open-verb", "Increase", id="increase"),
    pytest.param("Improved our recovery procedures", "open-verb", "Improved", id="past-improve"),
    pytest.param("Should the metrics server have its own nodes?", "question", None, id="question"),
    pytest.param("Conduct a review meeting", "meeting", "meeting", id="meeting"),
    pytest.param("Hold a post-incident review", "meeting", "post-incident", id="post-incident"),
    pytest.param("Provide regular training sessions", "recurring", "regular",
                 id="regular-training"),
    pytest.param("Conduct training sessions", "training", "training", id="training-in-nothing"),
    pytest.param("Train people not to run unsafe commands", "vigilance", "Train", id="train"),
    pytest.param("Regular review of firewall rules", "recurring", "Regular", id="regular-review"),
    pytest.param("Perform periodic load tests", "recurring", "periodic", id="periodic"),
    pytest.param("Before saving a file, double-check its syntax", "vigilance", "double-check",
                 id="double-check"),
    pytest.param("Be more careful with sweeping changes", "vigilance", "Be more careful",
                 id="careful"),
    pytest.param("Remind developers of the importance of configuration", "vigilance", "Remind",
                 id="remind"),
    pytest.param("Test the application before deploying", "habit", None, id="test-before"),
    pytest.param("Code must be tested extensively", "manner", "extensively",
                 id="tested-extensively"),
    pytest.param("Test! Test test test.", "vigilance", None, id="slogan"),
    pytest.param("Document the deployment process thoroughly", "manner", "thoroughly",
                 id="thoroughly"),
    pytest.param("Monitor server performance closely", "manner", "closely", id="closely"),
    pytest.param("Ensure rollback strategies are documented", "state", "Ensure", id="ensure"),
    pytest.param("Make sure permissions are right", "state", "Make sure", id="make-sure"),
    pytest.param("Implement stricter change management", "comparative", "stricter",
                 id="comparative"),
    pytest.param("Make automation better", "comparative", "better", id="better"),
    pytest.param("Faster rollback mechanism", "comparative", "Faster", id="noun-comparative"),
    pytest.param("Load testing framework", "noun-only", None, id="noun-only"),
    pytest.param("Implement monitoring and alerting", "no-object", None, id="generic-object"),
    pytest.param("Set up proactive monitoring for critical services", "no-object", None,
                 id="generic-scope"),
    pytest.param("Configure alerts to notify the team promptly of anomalies", "no-object", None,
                 id="generic-alerts"),
    pytest.param("Create runbooks for troubleshooting common issues", "no-object", None,
                 id="generic-runbooks"),
    pytest.param("A monitoring service must be enabled", "no-object", None, id="passive"),
    pytest.param("Implement a backup plan in case of outages", "no-object", None, id="a-plan"),
    pytest.param("Implement proper error handling", "no-object", None, id="praise"),
    pytest.param("Document and share the learnings", "no-object", None, id="lore"),
    pytest.param("Communication", "noun-only", None, id="one-word"),
    pytest.param("Automate everything with Ansible", "no-object", None, id="everything"),
    pytest.param("Adopt DevOps best practices", "no-object", None, id="best-practices"),
    pytest.param("Scale the infrastructure to meet demand", "no-object", None, id="demand"),
    pytest.param("Optimize MySQL", "open-verb", "Optimize", id="a-product-is-no-identifier"),
    pytest.param("Assess the cluster and implement necessary upgrades", "open-verb", "Assess",
                 id="nothing-particular-behind-the-open-verb"),
    pytest.param("Review of all brokers", "open-verb", "Review", id="open-noun"),
    pytest.param("Escalation process to be reviewed", "open-verb", "reviewed", id="to-be-reviewed"),
    pytest.param("Fix all known issues", "no-object", None, id="all-known-issues"),
    pytest.param("Talk about the ownership of the cache", "open-verb", "Talk", id="talk"),
    pytest.param("Ask for help earlier", "comparative", "earlier", id="earlier"),
    pytest.param("Never deploy when tired", "vigilance", "Never", id="never"),
    pytest.param("Slow down when typing commands", "vigilance", "Slow down when", id="slow-down"),
    pytest.param("Awareness of staged rollouts in all teams", "vigilance", "Awareness",
                 id="an-attitude"),
    pytest.param("We have learned to test our backups", "vigilance", "have learned", id="learned"),
    pytest.param("Train people on best practices", "vigilance", "Train",
                 id="teaching-best-practices"),
    pytest.param("Safer rollouts. Releases were not tested.", "comparative", "Safer",
                 id="a-reason-behind-a-wish"),
    # how to be, whatever the adjective
    pytest.param("Be suspicious of nulls", "vigilance", "Be suspicious", id="be-suspicious"),
    pytest.param("We should be a bit less hasty", "vigilance", "be a bit less hasty",
                 id="we-should-be"),
    pytest.param("Stay humble", "vigilance", "Stay humble", id="stay"),
    pytest.param("Raise awareness of the escalation path", "vigilance", "Raise awareness",
                 id="raise-awareness"),
    pytest.param("Build a mindset of quality", "vigilance", "Build a mindset", id="a-mindset"),
    pytest.param("Never move hardware at 2am", "vigilance", "Never", id="never-at-an-hour"),
    pytest.param("Every time you touch the proxy, look at its status", "habit", "Every time",
                 id="every-time"),
    # general words in any of their forms, and qualities by their ending
    pytest.param("Establish procedures for emergencies", "no-object", None, id="plural-nouns"),
    pytest.param("Implement operational safeguards", "no-object", None, id="adjective-by-ending"),
    pytest.param("Introduce mechanisms for manageability", "no-object", None,
                 id="quality-by-ending"),
    pytest.param("Establish a rapid response plan for future emergencies", "no-object", None,
                 id="a-plan-for-anything"),
    # verbs without an end beyond the usual ones
    pytest.param("Revamp the alerting", "open-verb", "Revamp", id="revamp"),
    pytest.param("Ascertain the scalability of the cluster", "open-verb", "Ascertain",
                 id="ascertain"),
    pytest.param("Nurture good relations with the vendor", "open-verb", "Nurture", id="nurture"),
    pytest.param("Conduct a thorough review of all updates before they are applied", "habit",
                 None, id="a-review-before-each-change"),
    pytest.param("It took long to notify us. We will look into the delays.", "open-verb", None,
                 id="a-fact-before-a-wish"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "words"), VAGUE)
def test_tasks_that_never_close(text: str, kind: str, words: str | None) -> None:
    found = judge(text)
    assert (found.vague, found.kind) == (True, kind)
    assert text[found.start : found.end] == found.detail["words"]
    if words is not None:
        assert found.detail["words"] == words


def test_the_verb_at_fault_is_named_in_its_base_form() -> None:
    assert judge("Improving the auditing").detail["verb"] == "improve"


@pytest.mark.parametrize(
    ("text", "label", "vague"),
    [
        pytest.param("Add alerts on disk usage of the database", "Enhanced Monitoring", False,
                     id="the-body-counts"),
        pytest.param("Strengthen alerting systems", "Add Monitoring", True,
                     id="a-good-label-saves-nothing"),
        pytest.param("The connection pool was set wrong", "Review and update the database guide",
                     False, id="the-label-prescribes-the-body-explains"),
        pytest.param("Code reviews should emphasize infrastructure", "Conduct code reviews", True,
                     id="both-vague"),
    ],
)  # fmt: skip
def test_a_label_only_names(text: str, label: str, vague: bool) -> None:
    assert judge(text, label).vague is vague


def test_inline_code_or_a_link_bounds_a_task() -> None:
    assert judge("Improve the installer").vague
    assert not judge("Improve the installer", anchored=True).vague


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Add a health check", id="imperative"),
        pytest.param("Adding a health check to the API", id="gerund"),
        pytest.param("The cache should be warmed first", id="should"),
        pytest.param("Backups must be encrypted", id="must"),
        pytest.param("We need to document the deploy", id="need-to"),
        pytest.param("We will add an alert", id="we-will"),
        pytest.param("An alert will be added", id="passive-will"),
        pytest.param("The team plans to rotate the keys", id="plans"),
        pytest.param("Regularly review the limits", id="adverb-first"),
        pytest.param("Ensure permissions are set", id="ensure"),
        pytest.param("To avoid this, add a lock", id="purpose-first"),
        pytest.param("You are not allowed to approve your own work", id="ban"),
        pytest.param("We lacked an alert. We should add one.", id="second-sentence"),
        pytest.param("Review the backup policy: it was never tested", id="label"),
        pytest.param("We are going to replay the traffic", id="going-to"),
        pytest.param("Alert when the leader is paused", id="alert-when"),
        pytest.param("Wombleproof the tariff importer", id="an-unknown-word-before-an-article"),
    ],
)
def test_what_prescribes(text: str) -> None:
    assert is_prescription(text)


@pytest.mark.parametrize(
    ("text", "commits"),
    [
        pytest.param("We will add a limit to the build", True, id="we-will"),
        pytest.param("The limit will be raised", True, id="will-be"),
        pytest.param("The team is going to raise the limit", True, id="going-to"),
        pytest.param("Nobody knew. We have added an alert.", True, id="we-have-added"),
        pytest.param("We've got a clearer picture now", False, id="a-verb-that-says-nothing"),
        pytest.param("We have learned a lot", False, id="we-have-learned"),
        pytest.param("The importer had failed before", False, id="what-was"),
    ],
)
def test_what_somebody_commits_to(text: str, commits: bool) -> None:
    assert is_commitment(text) is commits


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Hardware failures are unpredictable", id="observation"),
        pytest.param("Monitoring is essential", id="platitude"),
        pytest.param("Test coverage was low", id="noun-like-a-verb"),
        pytest.param("We should have tested the restore", id="counterfactual"),
        pytest.param("Alerts fired within a minute", id="went-well"),
        pytest.param(
            "Alert came soon after the first failed probe", id="noun-like-verb-in-the-past"
        ),
        pytest.param("We have a setup that should be cleaner", id="should-of-a-relative-clause"),
        pytest.param("Improving the docs would have helped", id="gerund-would"),
        pytest.param("The on-call engineer had to be called twice", id="had-to"),
        pytest.param("Lack of monitoring delayed us", id="lack"),
        pytest.param("The plan to inform customers worked", id="noun-plan"),
        pytest.param("Given the load, two nodes were too few", id="no-verb-before-an-article"),
        pytest.param("Yes, that check should always have existed", id="adverb-in-a-counterfactual"),
        pytest.param("", id="empty"),
    ],
)
def test_what_only_tells(text: str) -> None:
    assert not is_prescription(text)


@pytest.mark.parametrize(
    ("text", "label", "rest"),
    [
        pytest.param("Enhanced Monitoring: Add alerts", "Enhanced Monitoring", "Add alerts",
                     id="label"),
        pytest.param("Training:\tHold it", "Training", "Hold it", id="tab"),
        pytest.param("Add alerts", None, "Add alerts", id="no-colon"),
        pytest.param("Add alerts:", None, "Add alerts:", id="nothing-behind"),
        pytest.param("Run at 10:30", None, "Run at 10:30", id="clock"),
        pytest.param("This is what we should do: add alerts", None,
                     "This is what we should do: add alerts", id="sentence"),
        pytest.param("See https://a.example", None, "See https://a.example", id="url"),
    ],
)  # fmt: skip
def test_the_label_before_a_colon(text: str, label: str | None, rest: str) -> None:
    found, offset = split_label(text)
    assert (found, text[offset:]) == (label, rest)


@pytest.mark.parametrize(
    ("text", "owner", "firm"),
    [
        pytest.param("Add an alert @mina", "mina", True, id="handle"),
        pytest.param("Add an alert (Owner: Mina)", "Mina", True, id="field-in-brackets"),
        pytest.param("Add an alert, owner: Jane Roe, due soon", "Jane Roe", True, id="field"),
        pytest.param("Add an alert. Assigned to: ravi", "ravi", True, id="assigned-to"),
        pytest.param("Add an alert [Jane]", "Jane", True, id="brackets"),
        pytest.param("Add an alert. Owner: Ravi. Due: 3 May", "Ravi", True, id="then-a-field"),
        pytest.param("Add an alert. Owner: Al. Due: 3 May", "Al", True, id="short-name-and-field"),
        pytest.param("Add an alert. Owner: J. Roe", "J. Roe", True, id="initial"),
        pytest.param("Owner: Mina - add an alert", "Mina", True, id="owner-first"),
        pytest.param("Owner: Ann-Marie – add an alert", "Ann-Marie", True, id="hyphen-in-a-name"),
        pytest.param("Add an alert (owner: the team)", "the team", False, id="the-team"),
        pytest.param("Add an alert (Owner: SRE team)", "SRE team", False, id="a-team"),
        pytest.param("Add an alert (owner: TBD)", None, False, id="tbd"),
        pytest.param("Add an alert (DONE)", None, False, id="status"),
        pytest.param("Add an alert (High)", None, False, id="priority"),
        pytest.param("Mail ops@example.com", None, False, id="address"),
        pytest.param("Add an alert", None, False, id="nobody"),
    ],
)
def test_owner_is_named(text: str, owner: str | None, firm: bool) -> None:
    found = find_owner(text)
    assert (found.text if found else None) == owner
    if found:
        assert found.firm is firm
        assert text[found.start : found.end].lstrip("@") == owner


@pytest.mark.parametrize(
    ("text", "due", "firm"),
    [
        pytest.param("Add an alert, due 2024-06-28", "2024-06-28", True, id="iso"),
        pytest.param("Add an alert by June 28", "June 28", True, id="by-month-day"),
        pytest.param("Add an alert (due: 28 June 2024)", "28 June 2024", True, id="day-month"),
        pytest.param("Add an alert - ETA 1 week", "1 week", True, id="eta"),
        pytest.param("Add an alert by end of Q3", "end of Q3", True, id="quarter"),
        pytest.param("Add an alert within 2 weeks", "2 weeks", True, id="within"),
        pytest.param("Add an alert by Friday", "Friday", True, id="weekday"),
        pytest.param("Add an alert (2024-07-01)", "2024-07-01", True, id="brackets"),
        pytest.param("Add an alert soon", "soon", False, id="soon"),
        pytest.param("Add an alert by next sprint", "next sprint", False, id="next-sprint"),
        pytest.param("Add an alert (ASAP)", "ASAP", False, id="asap"),
        pytest.param("Add an alert @mina 2024-07-01", "2024-07-01", True, id="behind-a-handle"),
        pytest.param("Add an alert 2024-07-01 @mina", "2024-07-01", True, id="before-a-handle"),
        pytest.param("Add an alert — 1 July 2024", "1 July 2024", True, id="behind-a-dash"),
        pytest.param("Add an alert — Mina, 2024-07-01", "2024-07-01", True, id="behind-a-name"),
        pytest.param("Add an alert — 2024-07-01 — Mina", "2024-07-01", True, id="before-a-name"),
        pytest.param("Keep the logs - 6 months", None, False, id="a-length-behind-a-dash"),
        pytest.param("Tell @mina 2024-07-01 was wrong", None, False, id="a-day-in-mid-sentence"),
        pytest.param("Added an alert - 2024-07-01", None, False, id="the-day-it-was-done"),
        pytest.param("Review by two engineers", None, False, id="by-people"),
        pytest.param("Sort the list by date", None, False, id="by-something"),
        pytest.param("Add an alert", None, False, id="never"),
    ],
)
def test_due_day_is_named(text: str, due: str | None, firm: bool) -> None:
    found = find_due(text)
    assert (found.text if found else None) == due
    if found:
        assert found.firm is firm
        assert text[found.start : found.end] == due


@pytest.mark.parametrize(
    ("text", "ticket"),
    [
        pytest.param("Add an alert (#482)", "#482", id="number"),
        pytest.param("OPS-123: add an alert", "OPS-123", id="key"),
        pytest.param("Add it https://git.example/o/r/issues/9", "https://git.example/o/r/issues/9",
                     id="issue-url"),
        pytest.param("Add it https://git.example/o/r/pull/7 now", "https://git.example/o/r/pull/7",
                     id="pull-url"),
        pytest.param("Add an alert, see issue 611", "issue 611", id="spelled"),
        pytest.param("Add an alert. Ticket: OPS-9.", "OPS-9", id="full-stop-behind-a-key"),
        pytest.param("Upgrade to RHEL-8.4", None, id="version-behind-a-dash"),
        pytest.param("Store it as UTF-8", None, id="encoding"),
        pytest.param("Replace the cells of UPS-2", None, id="power-supply"),
        pytest.param("Patch CVE-2024-1234", None, id="vulnerability"),
        pytest.param("See https://example.com/docs", None, id="another-url"),
        pytest.param("Add an alert", None, id="none"),
    ],
)  # fmt: skip
def test_ticket_is_named(text: str, ticket: str | None) -> None:
    found = find_ticket(text)
    assert (found.text if found else None) == ticket


@pytest.mark.parametrize(
    "text",
    [
        "[x] Add an alert",
        "Add an alert (DONE)",
        "Add an alert ✅",
        "Add an alert (Accomplished.)",
        "Add an alert - completed",
        "Add an alert. Status: done",
        "Done",
        "Added an alert",
        "Patched the server",
        "We added an alert",
        "The script was updated",
        "Wrote the runbook",
    ],
)
def test_words_that_say_it_is_done(text: str) -> None:
    assert is_done(text)


@pytest.mark.parametrize(
    "text",
    [
        "[ ] Add an alert",
        "Add an alert",
        "Automated tests for the parser",
        "Set up an alert when it is done",
        "An alert should be added",
        "In progress",
        "Fix what was broken",
    ],
)
def test_words_that_do_not_say_it_is_done(text: str) -> None:
    found = is_done(text)
    assert found is None


@pytest.mark.parametrize("piece", ["add ", "will ", "by ", "to ", "(", "a:", "owner: ", "A-", "\n"])
def test_reading_takes_time_in_proportion(piece: str) -> None:
    text = piece * (40_000 // len(piece))
    began = time.perf_counter()
    judge(text)
    for read in (is_prescription, find_owner, find_due, find_ticket, is_done):
        read(text)
    assert time.perf_counter() - began < 3


@settings(max_examples=150, deadline=None)
@given(
    strategies.lists(
        strategies.sampled_from(
            ["add", "to", "will", "test", "before", "the", ",", ":", "improve", "and", "by", "?"]
        )
    ).map(" ".join)
    | strategies.text(max_size=60)
)
def test_a_judgement_names_words_of_the_task(text: str) -> None:
    found = judge(text)
    assert 0 <= found.start <= found.end <= len(text)
    assert found.vague is (found.kind is not None)
    for read in (find_owner, find_due, find_ticket, is_done):
        named = read(text)
        if named:
            assert text[named.start : named.end].strip()


@pytest.mark.parametrize(
    "sentence",
    [
        "We have added a second probe to avoid this kind of outage in future.",
        "To keep this from happening again, we've moved the mirrors to separate racks.",
        "We're also increasing the pool so that a similar burst will not exhaust it.",
        "The job has been rewritten to prevent similar failures.",
        "Our DNS team is adding a check on the serial to prevent a recurrence.",
        "In future the certificate will be renewed 30 days ahead by a job.",
        "Going forward, all changes to the border routers will be made in pairs.",
        "A second line has been ordered, which would have prevented this outage.",
        "Most notably we will bond both cards, which would have avoided either outage.",
        "From now on the snapshots are kept on another cluster.",
        "We have since put a spare on site so this can't happen again.",
        "Our vendor is reworking the firmware so that such a loop cannot occur again.",
        "We will look into getting these alerts to the right person in future.",
        "I've written a script that checks the disks, so next time I'll know first.",
        "In order to stop this happening in the future, deploys are now blocked at noon.",
        "As a result of this incident, I've moved the host to a disk of 40 GB.",
    ],
)
def test_something_is_done_about_the_next_time(sentence: str) -> None:
    assert guards(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("We are committed to preventing such incidents in the future.", id="promise"),
        pytest.param("We will do all we can so that this does not happen again.", id="do-all"),
        pytest.param("We will make sure this does not happen again.", id="make-sure"),
        pytest.param("We apologise and hope to avoid this in the future.", id="apology"),
        pytest.param("We restarted the node and the error occurred again.", id="relapse"),
        pytest.param("The team rolled back to prevent further impact.", id="repair"),
        pytest.param("We have had similar outages in the past.", id="history"),
        pytest.param("We are working hard to prevent this from recurring.", id="effort"),
        pytest.param("In future posts we will tell more about our setup.", id="adjective"),
        pytest.param("We will keep you informed in the future.", id="keep-informed"),
        pytest.param("Customers will be able to log in again.", id="again-of-the-repair"),
        pytest.param("At 10:20 we blocked the address to avoid more requests.", id="in-the-night"),
        pytest.param("As a result of this outage customers have lost uploads.", id="harm"),
        pytest.param("As a result of the incident we have lost 3 GB of data.", id="our-harm"),
    ],
)
def test_nothing_is_done_about_the_next_time(sentence: str) -> None:
    assert not guards(sentence)
    assert not plans_change(sentence)


def test_a_plan_is_to_do_something() -> None:
    assert plans_change("Our plan is to replace both controllers in May.")
    assert plans_change("After this we'll rotate the keys.")


@pytest.mark.parametrize(
    "task",
    [
        "Spare cards to be kept on site",
        "Retention of the logs to be raised to 90 days",
        "Runbook to be written by the storage team",
        "Escalation procedures to be improved",
        "Alert on queue age to be added",
        "Firmware to be upgraded on 4 May",
        "All hosts to be moved to the new rack",
        "Access of contractors to be reviewed",
        "A second resolver to be set up",
        "New contract to be signed with the carrier",
    ],
)
def test_something_to_be_done_prescribes(task: str) -> None:
    assert is_prescription(task)


@pytest.mark.parametrize(
    "told",
    [
        "Two disks turned out to be broken",
        "The cause is believed to be a worn cable",
        "Backups seem to be corrupted",
        "The link was found to be damaged",
        "It took an hour to be noticed",
        "The data appeared to be lost",
        "Alerts were supposed to be sent to the pager",
        "Requests had to be retried by hand",
        "If you have any questions, please contact support.",
    ],
)
def test_something_found_to_be_so_does_not_prescribe(told: str) -> None:
    assert not is_prescription(told)


@pytest.mark.parametrize(
    "item",
    [
        "Issue 1: the dump now uses one transaction. Done 2024-03-16.",
        "A guard refuses a zone that shrinks. To do.",
        "Cap the retries (in progress)",
        "Add a probe [done]",
        "Second probe - planned",
        "The pool is larger now — done",
        "Alert on age: open",
        "Review of the roles (not started)",
        "Runbook written (completed on 4 May)",
        "Move the mirrors. In progress.",
    ],
)
def test_the_state_of_an_item_at_its_end(item: str) -> None:
    assert has_state(item)


@pytest.mark.parametrize(
    "item",
    [
        "The breaker was open",
        "The rollback completed",
        "Traffic was back to normal (partially)",
        "We closed the port: done by Ana in the night shift of Sunday",
        "The deploy was done. It failed.",
        "Ran the job (see the log)",
        "",
    ],
)
def test_other_words_at_the_end_of_an_item(item: str) -> None:
    assert not has_state(item)


@pytest.mark.parametrize(
    ("task", "vague"),
    [
        ("Clients will wait longer between attempts (patch 0.9.4)", False),
        ("Spare boards of that model to be kept in our depot", False),
        ("We will: Review the broker settings regularly, Add lag alerts for the broker", False),
        ("Improve monitoring and paging to sooner notice failing callbacks", True),
        ("Improve the lookup with a cache for postcodes", False),
        ("Escalation procedures to be improved", True),
    ],
)
def test_the_verb_that_is_judged(task: str, vague: bool) -> None:
    assert judge(task).vague is vague


@pytest.mark.parametrize(
    "form",
    [
        pytest.param("{Base}", id="imperative"),
        pytest.param("{Gerund}", id="gerund"),
        pytest.param("We will {base}", id="will"),
        pytest.param("We need to {base}", id="need-to"),
        pytest.param("We have to {base}", id="have-to"),
        pytest.param("We want to also {base}", id="want-to-also"),
        pytest.param("We are going to {base}", id="going-to"),
        pytest.param("The team has decided to {base}", id="decided-to"),
        pytest.param("It was agreed to {base}", id="it-was-agreed"),
        pytest.param("The next step is to {base}", id="the-next-step-is"),
        pytest.param("We're also {gerund}", id="progressive"),
        pytest.param("We are working on {gerund}", id="working-on"),
        pytest.param("We'll keep {gerund}", id="keep-doing"),
        pytest.param("We have since {past}", id="perfect"),
        pytest.param("The storage team {finite}", id="third-person"),
        pytest.param("From now on, {base}", id="from-now-on"),
        pytest.param("3) {Base}", id="numbered"),
    ],
)
@pytest.mark.parametrize(
    ("verb", "gerund", "past", "object_", "vague"),
    [
        pytest.param("improve", "improving", "improved", "the alerting", True, id="a-wish"),
        pytest.param("add", "adding", "added", "a replica of the cart store", False, id="an-act"),
    ],
)
def test_the_form_of_a_sentence_changes_no_verdict(
    form: str, verb: str, gerund: str, past: str, object_: str, vague: bool
) -> None:
    forms = {"base": verb, "gerund": gerund, "past": past, "finite": f"{verb}s"}
    forms |= {"Base": verb.capitalize(), "Gerund": gerund.capitalize()}
    told = form.format_map({name: f"{each} {object_}" for name, each in forms.items()})
    assert judge(told).vague is vague, told


@pytest.mark.parametrize(
    "form", ["{} should be {}", "{} have been {}", "{} to be {}", "{} are being {}"]
)
def test_a_passive_changes_no_verdict(form: str) -> None:
    assert judge(form.format("Alert urgencies", "revisited")).vague
    assert not judge(form.format("Stale feature flags", "removed")).vague


@pytest.mark.parametrize(
    ("task", "vague"),
    [
        pytest.param("Handover improvements for the night shift", True, id="chief-noun-is-a-wish"),
        pytest.param("Creation of a second index on the ledger", False, id="an-act-as-a-noun"),
        pytest.param("Creation of robust solutions", True, id="a-noun-on-nothing"),
        pytest.param("Make sure that each zone has a secondary", False, id="owns-what-can-be-seen"),
        pytest.param("Assure that we have a plan", True, id="owns-nothing-particular"),
        pytest.param("Describe in the policy who may approve", False, id="written-down-is-there"),
        pytest.param("Utilize monitoring to spot errors on the mesh", True, id="using-decides"),
        pytest.param("Use Ansible for the firewall", False, id="using-something"),
        pytest.param("Keep a much closer eye on the brokers", True, id="an-eye"),
        pytest.param("Our team needs to become more familiar with Ceph", True, id="become"),
        pytest.param("Perform a deep dive into the broker latency", True, id="deep-dive"),
        pytest.param("Shared calendar of the two network teams", False, id="a-participle-first"),
        pytest.param("Review the trunks, and a second link will be ordered", False,
                     id="what-will-be-done-behind-it"),
        pytest.param("The report is in. We have replaced both boards in Leeds.", False,
                     id="done-behind-a-fact"),
    ],
)  # fmt: skip
def test_what_bounds_a_task(task: str, vague: bool) -> None:
    assert judge(task).vague is vague
