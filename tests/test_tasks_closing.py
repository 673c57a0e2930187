"""Where the line runs between a task that ends and one that never does."""

from __future__ import annotations

import pytest

from pmlint.reading.prescriptions import is_prescription
from pmlint.reading.taskfields import closing_note, named_before
from pmlint.reading.vagueness import judge


@pytest.mark.parametrize(
    "text",
    [
        # a wish about one particular thing: whoever reads it knows when it is done
        pytest.param("Optimize the slow query on the parcels table", id="one-particular-thing"),
        pytest.param("Maintain a changelog of the internal DNS zone", id="a-thing-to-be-kept"),
        pytest.param("Tighten the firewall group to the office subnet", id="to-a-value"),
        pytest.param("Tune the garbage collector of the index nodes to G1", id="to-a-name"),
        pytest.param("Harden the tariff parser against empty files", id="against-something"),
        pytest.param("Watch the ferry timetable API from outside", id="from-somewhere"),
        pytest.param("Keep the old gateway running until May", id="until"),
        pytest.param("Clarify in the runbook who may promote the ledger replica", id="where"),
        pytest.param("The pool limit was decreased for new tenants", id="a-setting-was-turned"),
        pytest.param("Prevent deletion of the bucket with an SCP", id="with-a-named-means"),
        pytest.param("Avoid the second lookup by passing the tenant along", id="by-doing"),
        pytest.param("Identify all clients that still send the old header", id="a-complete-list"),
        pytest.param("Improve the probe so it queries the ledger table", id="so-it"),
        pytest.param("Outages will be avoided by the new power feed", id="by-a-thing"),
        pytest.param("Improve alerting to catch 502 errors", id="which-code-to-catch"),
        pytest.param("Make the lock check stricter by asking the quay", id="stricter-by"),
        pytest.param("List of larger berths to be printed on Fridays", id="of-larger-ones"),
        pytest.param("Ensure that the agent starts at boot on all nodes", id="that-it-starts"),
        pytest.param("Make sure that the cron job runs on the quay server", id="that-it-runs"),
        # on paper
        pytest.param("Draft a rollback plan for schema migrations", id="a-plan-is-written"),
        pytest.param("Put the number of the support desk in the runbook", id="into-a-page"),
        # one of several sentences is enough
        pytest.param("Improve testing. A crane lock will reject stale maps.", id="will-do"),
        pytest.param("Improve testing. We have added a lint step.", id="has-been-added"),
        # thinking that ends with an answer, a measurement or an action
        pytest.param("Find a second admin in another time zone", id="find-one"),
        pytest.param("Find all jobs that use the old host and change them", id="find-and-change"),
        pytest.param("Evaluate lag from the broker metrics", id="measured-from"),
        pytest.param("We are talking with the host to see if they can add an uplink",
                     id="somebody-has-to-answer"),
        pytest.param("Work with the carrier to move the handover port", id="with-somebody-else"),
        # states that can be looked up
        pytest.param("Ensure that every service has a readiness probe", id="has-a-thing"),
        pytest.param("Make sure the cron job writes its log to syslog", id="does-a-thing"),
        pytest.param("Ensure the replica is on a different hypervisor", id="is-in-a-place"),
        # what is done to something, said behind it
        pytest.param("Monitoring for certificate expiry has been added", id="has-been-added"),
        pytest.param("Nightly job disabled", id="a-participle-behind"),
        pytest.param("No unplanned features for a month", id="a-ban-with-an-end"),
        pytest.param("Move everything that still spins to flash", id="everything-that"),
        pytest.param("Once the patch is tested, we will apply it to the network",
                     id="it-is-the-patch"),
        pytest.param("The yard will change its procedure so that one feed is worked on at a time",
                     id="a-result"),
        # a comparison that says why
        pytest.param("Make a channel where pilots can be reached faster", id="a-place-where"),
        # reviewed by others, or about one subject
        pytest.param("Review of all price updates by a second person", id="by-a-second-person"),
        pytest.param("Have a second engineer approve every firewall change", id="somebody-else"),
        pytest.param("Conduct a security audit of the payroll service", id="an-audit-of"),
        pytest.param("Schedule quarterly disaster recovery drills", id="at-set-times"),
        pytest.param("Integrate PagerDuty with our alerting system", id="a-named-tool"),
        # not an appeal
        pytest.param("Thermal imaging of all panels becomes part of the yearly service",
                     id="all-panels-are-no-people"),
        pytest.param("Do not store replies of the resizer without a body",
                     id="a-program-should-not"),
        pytest.param("Request written confirmation from the registrar before execution",
                     id="asked-once"),
        pytest.param("Read the bind password from the vault", id="a-program-reads"),
        pytest.param("Share the Grafana dashboard with support", id="shared-with"),
        pytest.param("Review the other berths for the same wiring", id="a-sweep"),
        pytest.param('Add a queue page that says "we are looking at it"', id="a-quoted-hedge"),
        pytest.param("Use systemd for the tide worker", id="used-for"),
        pytest.param("Work with the carrier to replace the radio link", id="work-with-to-replace"),
    ],
)  # fmt: skip
def test_what_a_person_could_tell_is_done(text: str) -> None:
    found = judge(text)
    assert not found.vague, found


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        # appeals, however they are put
        pytest.param("Be prepared for traffic spikes", "vigilance", id="be-prepared"),
        pytest.param("Prepare for peak traffic", "vigilance", id="prepare-for"),
        pytest.param("Do not trust the defaults", "vigilance", id="do-not"),
        pytest.param("Not deploying when tired", "vigilance", id="not-doing"),
        pytest.param("Stop ignoring warnings", "vigilance", id="stop-being-careless"),
        pytest.param("Read the manual to the end", "vigilance", id="read"),
        pytest.param("Make postmortems a habit", "vigilance", id="a-habit"),
        pytest.param("Only change rates when fully aware of the effects", "vigilance", id="aware"),
        pytest.param("Ask all yard staff for heightened vigilance", "vigilance", id="ask-to-care"),
        pytest.param("Load testing culture for the ferry site", "vigilance", id="a-culture"),
        pytest.param("Train the team on queue troubleshooting", "vigilance", id="train-on"),
        # done each time, so never done
        pytest.param("Make load tests before each sale", "habit", id="before-each"),
        pytest.param("Ask sales to warn us before any promotion", "habit", id="ask-each-time"),
        pytest.param("Verify changes in staging first", "habit", id="changes-come-anew"),
        pytest.param("Check twice before dropping tables", "habit", id="before-doing"),
        # wishes without a bound
        pytest.param("Expand validation of redeploys during incidents", "open-verb", id="expand"),
        pytest.param("Maintain good communication with the yard", "open-verb", id="maintain"),
        pytest.param("Do capacity planning for next year", "open-verb", id="planning"),
        pytest.param("CTO - rethink how on-call works", "open-verb", id="behind-who-does-it"),
        pytest.param("FERRY-41 explore removing the reaper", "open-verb", id="behind-a-ticket"),
        pytest.param("Visibility into the new shards", "open-verb", id="visibility"),
        pytest.param("Find a better way to tell people", "open-verb", id="find-a-better-way"),
        pytest.param("Improve planning and logging and dashboards", "open-verb", id="many-things"),
        pytest.param("Improve alerting to catch errors 24/7", "open-verb", id="no-code-at-all"),
        pytest.param("Continue to fix anything that may block boats", "no-object", id="anything"),
        pytest.param("Better coordination with the quay crews", "comparative", id="better"),
        pytest.param("Draft better plans", "comparative", id="better-plans"),
        pytest.param("Put more effort into the runbook", "comparative", id="more-into-a-page"),
        pytest.param("Use caching to improve the speed", "noun-only", id="use-one-thing"),
        pytest.param("Use of caching to improve the speed", "no-object", id="use-of"),
        pytest.param("Work with the carrier to understand it", "open-verb", id="work-with-to"),
        pytest.param("Training on tide tables", "training", id="training-alone"),
        pytest.param("Provide additional training on Nginx and Redis", "training",
                     id="more-training"),
        pytest.param("Limit blast radius", "no-object", id="blast-radius"),
        # a slogan
        pytest.param("Check, check, check and never grow tired", "vigilance", id="said-again"),
        # faster than what?
        pytest.param("Make the ferry index restore more robust", "comparative", id="make-more"),
        pytest.param("Answer the phone sooner, even at night", "comparative", id="before-a-comma"),
        pytest.param("Involve QA earlier", "comparative", id="an-unknown-verb"),
        # a state nobody can look up
        pytest.param("Ensure all config changes are tested", "state", id="changes-is-a-noun"),
    ],
)  # fmt: skip
def test_what_nobody_could_tell_is_done(text: str, kind: str) -> None:
    found = judge(text)
    assert (found.vague, found.kind) == (True, kind)


@pytest.mark.parametrize(
    "form",
    [
        pytest.param("{}, please", id="please"),
        pytest.param("(a) {}", id="a-letter"),
        pytest.param("Short term - {}", id="by-when"),
        pytest.param("Ops team to {}", id="who-is-to-do-it"),
        pytest.param("DBA to {}", id="who-in-capitals"),
        pytest.param("We are planning to {}", id="planned"),
    ],
)
@pytest.mark.parametrize(
    ("task", "vague"),
    [
        pytest.param("define roles", True, id="no-object"),
        pytest.param("apply lessons", True, id="lore"),
        pytest.param("improve monitoring", True, id="a-wish"),
        pytest.param("apply the July patches to all web servers", False, id="apply-is-no-adverb"),
        pytest.param("document how to promote a replica", False, id="a-document"),
        pytest.param("hire a database administrator", False, id="a-thing"),
    ],
)
def test_what_stands_around_a_task_changes_no_verdict(form: str, task: str, vague: bool) -> None:
    assert judge(form.format(task)).vague is vague


@pytest.mark.parametrize(
    ("text", "task"),
    [
        pytest.param("Define roles (done)", "Define roles", id="state"),
        pytest.param("Define roles (P1, Q3)", "Define roles", id="urgency"),
        pytest.param("Define roles (Owner: Platform)", "Define roles", id="owner"),
        pytest.param("Define roles (assignee: Ben", "Define roles", id="cut-off-at-a-field"),
        pytest.param("Define roles (Grafana)", "Define roles (Grafana)", id="what-it-is-about"),
        pytest.param("Define roles", "Define roles", id="none"),
    ],
)
def test_a_note_in_brackets_at_the_end_is_no_part_of_the_task(text: str, task: str) -> None:
    assert text[: closing_note(text)] == task


@pytest.mark.parametrize(
    ("text", "task"),
    [
        pytest.param("Define roles – Anna Kowalska – 12 June", "Define roles", id="dashes"),
        pytest.param("Define roles (Ben, 12 June", "Define roles", id="bracket"),
        pytest.param("Define roles - due by 12 June", "Define roles", id="due-by"),
        pytest.param("Define roles by 12 June", "Define roles by ", id="in-the-sentence"),
    ],
)
def test_who_stands_before_the_day_is_no_part_of_the_task(text: str, task: str) -> None:
    assert text[: named_before(text, text.index("12 June"))] == task


@pytest.mark.parametrize("verb", ["Apply", "Supply"])
def test_a_verb_in_ly_prescribes(verb: str) -> None:
    assert is_prescription(f"{verb} the new ledger keys")
