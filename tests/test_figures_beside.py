"""Numbers that stand beside the impact: of what there is, was done, or was spared."""

from __future__ import annotations

import pytest

from pmlint.findings import Source
from pmlint.postmortem import read
from pmlint.reading.amounts import find_figures, find_universal
from pmlint.reading.clausebounds import clause_of
from pmlint.reading.prose import Prose
from pmlint.reading.words import word_lists
from pmlint.standard import templates


def figures(text: str, *, labelled: bool = False) -> list[str]:
    found = find_figures(text, labelled=labelled)
    return [text[each.start : each.end] for each in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # what is so every day
        ("The job that reads 80,000 prices every night failed.", []),
        ("The bug that hits 80 customers was fixed.", ["80 customers"]),
        ("The queue holds up to 5 million events and is drained by 8 workers.", []),
        ("We use two index servers and one of them ran out of disk.", []),
        ("There are 3 brokers and one of them failed.", []),
        ("There were 41 failed orders.", ["41 failed orders"]),
        # what was set, done or expected
        ("We raised the limit from 10,000 to 50,000 messages, since mails were late.", []),
        ("We merged 3 fixes and wrote a runbook of 4 pages, as mails were late.", []),
        ("It showed a blank page where it should show twenty boats.", []),
        ("We gave 10% off the next bill, as mails were late.", []),
        ("After 3 probes had failed the pager rang.", []),
        ("The link between the two racks failed.", []),
        # who was spared, and how many it takes
        ("About 300 users were not affected.", []),
        ("The other 300 users were unaffected by the failure.", []),
        ("About 300 users did not see any errors.", []),
        ("About 300 users did not experience problems.", []),
        ("About 300 users could not see their orders.", ["300 users"]),
        ("About 300 users didn't see their orders.", ["300 users"]),
        ("500 users must be asked to set new passwords.", ["500 users"]),
        ("A minimum of 15 of the 20 members must be online.", []),
        ("Several hundred letters were processed during the restart.", []),
        ("Several hundred letters were processed twice.", ["Several hundred letters"]),
        # who was hit
        ("37 rooms in building C had no network.", ["37 rooms"]),
        ("85 houses had no water.", ["85 houses"]),
        ("Some 60 boxes stayed dark.", ["60 boxes"]),
        ("380 exports had to be started again.", ["380 exports"]),
        ("Drawings are gone, 2 400 of them.", ["2 400 of them"]),
        ("Orders were late, 55 in all.", ["55"]),
        ("There were 600 app server 500 errors.", ["600 app server 500 errors"]),
        ("They had no entry, ~1,300 jobs were never begun.", ["~1,300 jobs"]),
        ("One sync in three failed.", ["One sync in three"]),
        ("It made one of our nine kitchens unreachable.", ["one of our nine kitchens"]),
        ("1.2 TB could not be recovered.", ["1.2 TB"]),
        ("There were 60% fewer orders.", ["60% fewer orders"]),
        ("Jobs ran 30% longer.", ["30% longer"]),
        ("We had 6 stations instead of the usual thirty.", ["6 stations"]),
        ("About 9,000 mails were held back.", ["9,000 mails"]),
        ("12 days of edits are lost.", ["12 days of edits"]),
        ("The broken build was downloaded 4,300 times.", ["4,300 times"]),
        ("The manual was viewed 40 times.", []),
        ("There was no risk to the 40 million records.", []),
        ("The hall rose to 41 degrees.", []),
        ("It is used unless two nodes agree.", []),
        ("During the update of 5,200 gateways the portal was slow.", []),
        ("It is divided into two racks, of which one failed.", []),
        ("They asked us to cap the fee at €20, so pages failed.", []),
        ("Some 600 mails got through.", []),
        ("Mails failed for two and a half hours.", []),
        ("1,140 calls failed (normal: 60).", ["1,140 calls"]),
        # how long it took, and how long as a rule
        ("Builds took 45 minutes instead of 6.", ["45 minutes"]),
        ("It was the usual Monday load, and scaling took 11 minutes.", []),
    ],
)
def test_what_a_number_beside_the_harm_counts(text: str, found: list[str]) -> None:
    assert figures(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Queue time: up to 50 min", ["50 min"]),
        ("Time to detect: 5 min", []),
        ("The page lists up to 4 terms.", []),
        ("Jobs run on 40 agents.", []),
        ("60 PRs waited", ["60 PRs"]),
        ("Those at sea (about 20) did not notice a thing.", []),
        ("Users of the old app, some 18 thousand.", ["18 thousand"]),
    ],
)
def test_what_a_number_below_a_label_counts(text: str, found: list[str]) -> None:
    assert figures(text, labelled=True) == found


@pytest.mark.parametrize(
    "text",
    [
        "It meant 35 minutes of downtime on all wikis.",
        "It was an outage of nearly twenty minutes for all services.",
        "This outage effects all our wikis.",
        "On that day, all request to the machine with the shop resulted in a 500.",
        "A fibre cut took down all our circuits.",
        "The game did not let anybody in.",
        "The registry accepted no pushes.",
        "No more blocks were mined.",
        "No batch was posted.",
        "The ledger came to a halt.",
        "Bookings were completely impossible.",
        "The API returned nothing but errors.",
    ],
)
def test_all_were_hit(text: str) -> None:
    assert find_universal(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "Each opened 25 connections, so pages failed.",
        "Readers saw nothing but slower pages.",
        "Nobody was at the site, so pages failed for longer.",
        "It went to a mailbox nobody could open.",
        "Mails were late. No patient came to harm.",
        "Mails were late. None of us had expected that.",
        "Mails were late. Everybody else saw no change.",
        "Everyone who was affected got a letter.",
        "We were afraid that the whole platform would go down.",
        "A complete loss of power was avoided.",
        "None of our users lost data, but videos did not play.",
        "Were all users affected?",
    ],
)
def test_not_all_were_hit(text: str) -> None:
    assert find_universal(text) is None


def test_no_results_for_anyone_is_an_answer() -> None:
    assert find_universal("No search results for anyone.", labelled=True) is not None


@pytest.mark.parametrize(
    ("header", "row", "found"),
    [
        pytest.param("Region | Customers", "west | 38", ["38"], id="people"),
        pytest.param("Region | Failed queries", "west | ~88 000", ["~88 000"], id="work"),
        pytest.param("Region | Share of requests", "west | 31%", ["31%"], id="share"),
        pytest.param("Region | Engineer on call", "west | Ana", [], id="no-number"),
        pytest.param("Region | Ticket", "west | #3381", [], id="name"),
        pytest.param("Region | Error", "west | 503", [], id="status-code"),
        pytest.param("Region | Since", "west | 2019", [], id="year"),
        pytest.param("Region | Server", "west | 10.0.0.17", [], id="address"),
        pytest.param("Region | Customer ID", "west | 48213", [], id="identifier"),
        pytest.param("Region | Order no.", "west | 771", [], id="number-of-an-order"),
        pytest.param("Region | Number of orders", "west | 1,771", ["1,771"], id="number-of-orders"),
    ],
)
def test_the_columns_of_a_table_name_what_was_hit(header: str, row: str, found: list[str]) -> None:
    text = (
        "# Slow queries\n\n## Summary\n\nQueries were slow on 3 May 2024.\n\n"
        f"## Impact\n\n| {header} |\n|---|---|\n| {row} |\n\n"
        "## Timeline\n\n- 10:41 UTC alert\n- 11:02 UTC over\n"
    )
    impact = read(Source(text, "post.md"), templates.load("default")).impact
    assert impact is not None
    assert [figure.text for figure in impact.figures] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("A merge removed two indexes, which made exports slow.", [], id="cause"),
        pytest.param("We went from 3 to 9 hosts, but jobs stayed pending.", [], id="repair"),
        pytest.param("We recovered the lost songs from two phones.", [], id="ours"),
        pytest.param("Builds failed, so two engineers met.", [], id="people who came"),
        pytest.param(
            "The outage hit phones as well as about 300 boards.", ["300 boards"], id="as well as"
        ),
        pytest.param(
            "It took down 5 hosts, 3 routers and 2 switches.",
            ["5 hosts", "3 routers", "2 switches"],
            id="list",
        ),
        pytest.param(
            "Only new hosts were affected (a third, 40 boards).", ["40 boards"], id="aside"
        ),
        pytest.param("Scores could not be sent on 4 courts.", ["4 courts"], id="barred there"),
        pytest.param("We could not find it on 4 courts.", [], id="not found by us"),
    ],
)
def test_the_clause_of_a_thing_tells_whether_it_was_hit(text: str, found: list[str]) -> None:
    told = figures(text)
    assert [each.removeprefix("about ") for each in told] == found


@pytest.mark.parametrize("listed", ["9 hosts, ", "9 engineers, ", "4 kB lost, 9 things "])
def test_a_clause_of_many_numbers_is_not_walked_through_for_each(listed: str) -> None:
    read = Prose("We saw " + listed * 500, (), word_lists("amounts"))
    middle = len(read.tokens) // 2
    first, last = clause_of(read, middle, middle)
    assert last - first < 100


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("It asks every 10 blocks, and the feed failed.", [], id="every"),
        pytest.param("The API returned 502 and 504 for some customers.", [], id="codes"),
        pytest.param("A TTL of 300 seconds delayed the repair.", [], id="setting"),
        pytest.param("It exhausted the 400 connections and failed.", [], id="used up"),
        pytest.param("Our licence is for 250 sessions, and logins failed.", [], id="licence"),
        pytest.param("An array of 256 entries broke it.", [], id="array"),
        pytest.param("It alarms after 4 failures.", [], id="alarm"),
        pytest.param("The map (612 entries) was sorted wrongly.", [], id="size in an aside"),
        pytest.param("Broker 3 for the mails failed.", [], id="number of one"),
        pytest.param("It failed on ring 2 for some.", [], id="place of one"),
        pytest.param("On that host 12 users were locked out.", ["12 users"], id="no name"),
        pytest.param("The fans were at 100% when it failed.", [], id="machine at full load"),
        pytest.param("The error rate stood at 40%.", ["40%"], id="rate"),
        pytest.param("Invoices carried a VAT rate of 16%.", [], id="tax"),
        pytest.param("The process held a lock for 17 minutes.", [], id="held a lock"),
        pytest.param("Mails were held for 17 minutes.", ["17 minutes"], id="held"),
        pytest.param("Jobs waited in the queue for 3 hours.", ["3 hours"], id="waited"),
        pytest.param("18 hours of progress were lost.", ["18 hours of progress"], id="lost work"),
        pytest.param("Pages longer than 4 kB were lost.", [], id="kind of pages"),
        pytest.param(
            "The upgrade took 90 minutes instead of the usual 15.", [], id="time of the work"
        ),
    ],
)
def test_numbers_of_settings_names_and_sizes_are_no_figures(text: str, found: list[str]) -> None:
    assert figures(text) == found


@pytest.mark.parametrize(
    ("text", "universal"),
    [
        pytest.param("All controllers failed over as designed.", False, id="failed over"),
        pytest.param("An entire rack lost its network.", False, id="one of several"),
        pytest.param("The entire cluster lost its network.", True, id="whole"),
        pytest.param("None of them was the cause of the failure.", False, id="none is the cause"),
        pytest.param(
            "It was approved by everybody who had to, and failed.", False, id="everybody who"
        ),
        pytest.param("The shop took no orders for some schools.", False, id="for some"),
        pytest.param("Feed A failed, feed B took everything.", False, id="took everything"),
        pytest.param("It took everything down.", True, id="took down"),
        pytest.param("All trading came to a standstill.", True, id="standstill"),
        pytest.param("Until the next change all calls got a 503.", True, id="the next change"),
        pytest.param("Please change all passwords, some were lost.", False, id="change all"),
        pytest.param("The door let nobody in.", True, id="let nobody in"),
    ],
)
def test_universal_words_speak_of_all_only_where_all_were_hit(text: str, universal: bool) -> None:
    assert (find_universal(text) is not None) is universal


@pytest.mark.parametrize(
    ("text", "universal"),
    [
        pytest.param("Spares for every part that is not redundant are on order.", False, id="kind"),
        pytest.param("All players will receive a refund for what was lost.", False, id="to come"),
        pytest.param("All notices were delivered with no delays.", False, id="no delays"),
        pytest.param("No customer data and no website data suffered.", False, id="data"),
        pytest.param(
            "We will do everything possible, as this must not fail again.", False, id="possible"
        ),
        pytest.param("We will warn any customers that may be affected.", False, id="may be"),
        pytest.param("All players were thrown out and lost the game.", True, id="all were hit"),
    ],
)
def test_what_will_be_or_was_spared_hit_nobody(text: str, universal: bool) -> None:
    assert (find_universal(text) is not None) is universal
