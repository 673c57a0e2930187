"""Which numbers are impact, which words say "everybody", which stay vague."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings, strategies

from pmlint.reading.amounts import find_figures, find_universal, find_vague
from pmlint.reading.words import sentences


def figures(text: str) -> list[str]:
    return [text[found.start : found.end] for found in find_figures(text)]


def universal(text: str) -> str | None:
    found = find_universal(text)
    return text[found.start : found.end] if found else None


def vague(text: str) -> list[str]:
    return [text[found.start : found.end] for found in find_vague(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mail stopped a few minutes after midnight.", []),
        ("Several hours later, mail stopped.", []),
        ("Mail stopped for a few minutes.", ["a few minutes"]),
        ("Mail stopped for a few minutes, after which it came back.", ["a few minutes"]),
    ],
    ids=["after", "later", "a length", "a length before a clause"],
)
def test_an_offset_is_no_vague_length(text: str, found: list[str]) -> None:
    assert vague(text) == found


COUNTED = [
    # percentages
    pytest.param("100% downtime, an estimated 8,000 users", ["100% downtime", "8,000 users"],
                 id="percent-and-count"),
    pytest.param("80% of users saw it", ["80% of users"], id="percent-of"),
    pytest.param("approximately 30% of our users", ["30% of our users"], id="percent-of-our"),
    pytest.param("65% full outage, 35% heavy buffering", ["65% full outage", "35% heavy buffering"],
                 id="parts-of-a-whole"),
    pytest.param("85% of the user base, around 340,000 accounts",
                 ["85% of the user base", "340,000 accounts"], id="percent-with-its-count"),
    pytest.param("40 percent of the web server was offline", ["40 percent of the web server"],
                 id="percent-in-words"),
    pytest.param("15 per cent of orders", ["15 per cent of orders"], id="per-cent"),
    pytest.param("20 % of visitors", ["20 % of visitors"], id="space-before-the-mark"),
    pytest.param("sixty percent of active users", ["sixty percent of active users"],
                 id="spelled-percent"),
    pytest.param("100% of incoming traffic went unfiltered", ["100% of incoming traffic"],
                 id="traffic"),
    pytest.param("a 20% degradation for everyone", ["20% degradation"], id="degradation"),
    pytest.param("30% drop in availability", ["30% drop in availability"], id="drop-in"),
    pytest.param("most calls failed, reaching 100% at the peak", ["100%"], id="peak"),
    pytest.param("~5% of users", ["~5% of users"], id="tilde"),
    pytest.param("a significant portion (about 75%)", ["75%"], id="share-in-brackets"),
    pytest.param("~31% of login attempts", ["~31% of login attempts"], id="two-word-noun"),
    pytest.param("fewer than 0.1% of users", ["0.1% of users"], id="decimal"),
    pytest.param("<0.1% of users", ["<0.1% of users"], id="below"),
    pytest.param("34% to 97% of requests", ["34%", "97% of requests"], id="range-in-words"),
    pytest.param("30-50% of scheduled blocks", ["30-50% of scheduled blocks"], id="range"),
    pytest.param("up to 96% 502s in one region", ["96%"], id="share-of-status-codes"),
    pytest.param("the launch success rate fell to 0%", ["0%"], id="zero-percent"),
    pytest.param("10% attestation participation", ["10% attestation participation"],
                 id="participation"),
    pytest.param("60% of global queries were lost", ["60% of global queries"], id="queries"),
    pytest.param("memory exhaustion hit 30% of users", ["30% of users"],
                 id="percent-of-users-beside-a-resource"),
    pytest.param("availability dropped to 97.2%", ["97.2%"], id="availability"),
    # counts
    pytest.param("12 unique visitors got the old page", ["12 unique visitors"], id="visitors"),
    pytest.param("943 of 2000 requests failed", ["943 of 2000 requests"], id="n-of-m"),
    pytest.param("3 out of 5 nodes were lost", ["3 out of 5 nodes"], id="n-out-of-m"),
    pytest.param("two of our three servers crashed", ["two of our three servers"],
                 id="spelled-n-of-m"),
    pytest.param("305 teams, later 90 billable customers", ["305 teams", "90 billable customers"],
                 id="teams"),
    pytest.param("at least 6 customers reported it", ["6 customers"], id="customers"),
    pytest.param("16,700 failed mobile sessions", ["16,700 failed mobile sessions"], id="sessions"),
    pytest.param("~2,500 users, every checkout", ["~2,500 users"], id="approximate-count"),
    pytest.param("47 missing validators at the peak", ["47 missing validators"], id="validators"),
    pytest.param("2-6 missed blocks per window", ["2-6 missed blocks"], id="range-of-counts"),
    pytest.param("94 pending pods and ten full nodes", ["94 pending pods", "ten full nodes"],
                 id="pods"),
    pytest.param("141 genomes, 423 messages", ["141 genomes", "423 messages"], id="two-counts"),
    pytest.param("14 users (complete loss of data)", ["14 users"], id="users"),
    pytest.param("nine crates were malicious", ["nine crates"], id="spelled-count"),
    pytest.param("10k users affected", ["10k users"], id="thousands"),
    pytest.param("1.2 million customers", ["1.2 million customers"], id="millions"),
    pytest.param("three thousand orders lost", ["three thousand orders"], id="spelled-thousands"),
    pytest.param("46 non-production sites were unreachable", ["46 non-production sites"],
                 id="machines-with-damage"),
    pytest.param("1 new registration was lost", ["1 new registration"], id="one-in-digits"),
    pytest.param("only one customer noticed", ["one customer"], id="only-one"),
    pytest.param("one in five users saw an error", ["one in five"], id="one-in-five"),
    pytest.param("one hundred percent of users", ["one hundred percent of users"],
                 id="spelled-hundred-percent"),
    pytest.param("half of our users lost access", ["half of our users"], id="half"),
    pytest.param("two thirds of requests failed", ["two thirds of requests"], id="two-thirds"),
    pytest.param("zero orders were lost", ["zero orders"], id="explicit-zero"),
    pytest.param("0 data loss, 12 users", ["0 data loss", "12 users"], id="no-loss"),
    pytest.param("375 Ion Torrent sequences", ["375 Ion Torrent sequences"], id="named-noun"),
    pytest.param("Users affected: 1,200", ["1,200"], id="field-value"),
    pytest.param("| Failed requests | 943 |", ["943"], id="table-value"),
    pytest.param("Affected users: approximately 4000", ["4000"], id="approximate-field"),
    pytest.param("Number of failed orders - 312", ["312"], id="field-with-a-dash"),
    pytest.param("Lost revenue: 40000", ["40000"], id="revenue-field"),
    pytest.param("1/3 of the users were hit", ["1/3 of the users"], id="fraction"),
    pytest.param("split into 3 forks", ["3 forks"], id="unlisted-noun-with-damage"),
    # money
    pytest.param("estimated revenue loss of $200,000", ["$200,000"], id="dollars"),
    pytest.param("~$50k in lost orders", ["~$50k"], id="thousand-dollars"),
    pytest.param("€5k lost", ["€5k"], id="euros"),
    pytest.param("about 200 USD", ["200 USD"], id="currency-code"),
    pytest.param("183 users, $5,124", ["183 users", "$5,124"], id="count-and-money"),
    pytest.param("$1.2 million in sales", ["$1.2 million"], id="million-dollars"),
    pytest.param("R$ 2.000,00 in fees", ["R$ 2.000,00"], id="dots-group-and-a-comma-is-decimal"),
    pytest.param("Loss: CHF 4'500", ["4'500"], id="apostrophe-groups-digits"),
    pytest.param("refunds of 5 000 kr", ["5 000 kr"], id="kroner"),
    pytest.param("2 000 000 FCFA of sales", ["2 000 000 FCFA"], id="two-spaces-group-digits"),
    pytest.param("A$12,000 of orders", ["A$12,000"], id="country-before-the-dollar"),
    pytest.param("refunded HK$400", ["HK$400"], id="two-letters-before-the-dollar"),
    pytest.param("INR 3.2 lakh of fares", ["3.2 lakh"], id="lakh"),
    pytest.param("₹3 crore of fares", ["₹3 crore"], id="crore"),
    pytest.param("lost $ 500", ["$ 500"], id="space-behind-the-sign"),
    pytest.param("½ of users saw errors", ["½ of users"], id="fraction-sign"),
    # how badly
    pytest.param("emails up to 71 minutes late", ["71 minutes late"], id="late"),
    pytest.param("p95 rose to 12 s", ["12 s"], id="percentile"),
    pytest.param("response times grew from 200ms to 4s", ["200ms", "4s"], id="latency-range"),
    pytest.param("pages took 30 seconds to load", ["30 seconds"], id="load-time"),
    pytest.param("deliveries were delayed by up to 40 minutes", ["40 minutes"], id="delay"),
    pytest.param("pages were 10x slower", ["10x slower"], id="factor"),
    pytest.param("three times slower than usual", ["three times slower"], id="spelled-factor"),
    pytest.param("95 tps against 8 tps usually", ["95 tps", "8 tps"], id="throughput"),
    pytest.param("3 GB of uploads were lost", ["3 GB"], id="data-lost"),
    pytest.param("6 hours of data were lost", ["6 hours of data"], id="hours-of-data"),
    # shares told in words
    pytest.param("Every second call failed", ["Every second call"], id="every-second"),
    pytest.param("two in five buyers gave up", ["two in five"], id="two-in-five"),
    pytest.param("One upload in six hung", ["One upload in six"], id="one-thing-in-six"),
    pytest.param("one kiosk out of seven was lost", ["one kiosk out of seven"], id="one-out-of"),
    pytest.param("One of our three clusters crashed", ["One of our three clusters"],
                 id="one-of-our-three"),
    pytest.param("four of the five were hit", ["four of the five"], id="n-of-the-m"),
    pytest.param("37 of 52 gauges sent nothing", ["37 of 52 gauges"], id="n-of-m-unlisted"),
    pytest.param("half the fleet rebooted", ["half the fleet rebooted"], id="half-a-whole"),
    pytest.param("a third could not log in", ["a third"], id="a-third"),
    pytest.param("sales were down by a third", ["a third"], id="down-by-a-third"),
    pytest.param("orders sank to a tenth of the usual", ["a tenth"], id="to-a-tenth"),
    # how numbers are written
    pytest.param("forty-one complaints came in", ["forty-one complaints"], id="compound-number"),
    pytest.param("3 500 parcels got lost", ["3 500 parcels"], id="thousands-with-a-space"),
    pytest.param("Over a thousand members were locked out", ["thousand members"],
                 id="a-thousand"),
    pytest.param("Rs. 2,50,000 were lost", ["2,50,000"], id="lakhs"),
    pytest.param("40,000 € in refunds", ["40,000"], id="sign-behind-the-sum"),
    pytest.param("503s: 44,120", ["44,120"], id="count-of-a-status"),
    pytest.param("Refused payments: 82 of 1,900", ["82 of 1,900"], id="n-of-m-in-a-field"),
    pytest.param("1,100 errors/minute", ["1,100 errors/minute"], id="per-minute"),
    pytest.param("users saw errors (1,204 in total)", ["1,204"], id="count-in-brackets"),
    pytest.param("Hundreds of users, about 640, were hit", ["640"], id="count-between-commas"),
    # what rose or sank
    pytest.param("response times tripled", ["tripled"], id="tripled"),
    pytest.param("a fivefold rise of errors", ["fivefold"], id="fivefold"),
    pytest.param("a 6-fold error rate", ["6-fold"], id="digits-and-fold"),
    pytest.param("errors were up by a factor of 12", ["12"], id="factor-of"),
    pytest.param("twice as many errors", ["twice"], id="twice"),
    pytest.param("20 times the usual errors", ["20"], id="times-the-usual"),
    pytest.param("orders fell by 1,400", ["1,400"], id="fell-by"),
    pytest.param("the score fell from 0.96 to 0.41", ["0.96", "0.41"], id="from-to"),
    pytest.param("lag peaked at 2.1M", ["2.1M"], id="peaked-at"),
    pytest.param("throughput fell to 20 MB/s", ["20 MB/s"], id="bandwidth"),
    pytest.param("builds took 45 minutes in place of 6", ["45 minutes"], id="in-place-of"),
    pytest.param("load times rose by 300%", ["300%"], id="load-times-are-no-load"),
    # lost
    pytest.param("20 minutes of transactions were lost", ["20 minutes of transactions"],
                 id="minutes-of-work"),
    pytest.param("we lost the data of the last 20 minutes", ["20 minutes"], id="last-minutes"),
    # one
    pytest.param("It hit one tenant", ["one tenant"], id="hit-one"),
    pytest.param("A single tenant could not connect", ["single tenant"], id="a-single-one"),
    pytest.param("28 classrooms without network", ["28 classrooms"], id="without"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "found"), COUNTED)
def test_numbers_that_quantify_are_figures(text: str, found: list[str]) -> None:
    assert figures(text) == found


NOT_COUNTED = [
    pytest.param("at 14:05 and 3 PM on 2024-06-18", id="times-and-dates"),
    pytest.param("30 minutes of downtime", id="length"),
    pytest.param("the site was down for two hours", id="spelled-length"),
    pytest.param("users got a 500 error", id="status-error"),
    pytest.param("HTTP 503 from the gateway", id="http-status"),
    pytest.param("404 responses and 502s", id="status-responses"),
    pytest.param("a 503 Service Unavailable page", id="status-phrase"),
    pytest.param("failed connections to port 3306", id="port"),
    pytest.param("nginx 1.18 servers crashed", id="version"),
    pytest.param("Ubuntu 22.04 hosts were down", id="distribution"),
    pytest.param("a 404 stems from the cache", id="status-as-subject"),
    pytest.param("the load balancer times out after 30 seconds", id="timeout-setting"),
    pytest.param("MySQL 5 database crashed", id="product-version"),
    pytest.param("10.0.0.12 was unreachable", id="address"),
    pytest.param("see #482 and PR 17", id="ticket"),
    pytest.param("CPU at 95% on the database", id="cpu"),
    pytest.param("disk was 100% full", id="disk"),
    pytest.param("memory usage reached 98%", id="memory"),
    pytest.param("a 64MB cache overflowed", id="cache-size"),
    pytest.param("an alert fires above 70%", id="alert-threshold"),
    pytest.param("below our 99.9% SLA", id="target"),
    pytest.param("<img width=100%>", id="markup"),
    pytest.param("https://example.com/a%20b/100%25 failed", id="url"),
    pytest.param("service was 100% restored", id="restored"),
    pytest.param("it is 100% back online", id="back-online"),
    pytest.param("restored to 100%", id="restored-to"),
    pytest.param("the chain halted at block 1131575", id="block-number"),
    pytest.param("0x19 project", id="hexadecimal"),
    pytest.param("support is there 24/7", id="round-the-clock"),
    pytest.param("customers joined in 2023 users left", id="year"),
    pytest.param("one of our web servers failed", id="one-of-ours"),
    pytest.param("The user was unable to push", id="a-user"),
    pytest.param("the stack has two servers behind a proxy", id="architecture"),
    pytest.param("it failed for 3 reasons", id="reasons"),
    pytest.param("the 5 whys", id="whys"),
    pytest.param("three times", id="repetitions"),
    pytest.param("two-factor login failed", id="compound"),
    pytest.param("our 500 ms SLO was missed by slow pages", id="latency-target"),
    pytest.param("uploads were cut off at the 30 second timeout", id="timeout-with-its-noun"),
    pytest.param("slower than the usual 2 seconds", id="what-is-usual"),
    pytest.param("errors for requests with more than 1,000 rows", id="a-kind-of-request"),
    pytest.param("errors for users with 2 accounts", id="a-kind-of-user"),
    pytest.param("errors: the pool of 20 connections was full", id="size-of-a-pool"),
    pytest.param("limited to 100 requests, it gave errors", id="rate-limit"),
    pytest.param("the last 10 orders were missing", id="last-ten"),
    pytest.param("served by two hosts, one of which was slow", id="hosts-there-are"),
    pytest.param("it runs on 3 servers and was slow", id="hosts-it-runs-on"),
    pytest.param("It took us 3 attempts to stop the errors", id="attempts-to-repair"),
    pytest.param("The team of 5 engineers stopped all work", id="size-of-the-team"),
    pytest.param("traffic doubled", id="traffic-doubled"),
    pytest.param("it answered with a 502 to all visitors", id="status-before-a-preposition"),
    pytest.param("OAuth 2.0 logins failed", id="decimal-is-a-version"),
    pytest.param("With CPU at 100% users saw errors", id="load-before-users"),
    pytest.param("an alert at 5% failed", id="alert-at"),
    pytest.param("a line of 100 Mbit/s was slow", id="width-of-a-line"),
    pytest.param("Without it we would have lost two days of data", id="did-not-happen"),
    pytest.param("errors on 30 June 2023", id="day-of-a-month"),
    pytest.param("", id="empty"),
]


@pytest.mark.parametrize("text", NOT_COUNTED)
def test_look_alikes_are_no_figures(text: str) -> None:
    assert figures(text) == []


def test_masked_ranges_are_not_read() -> None:
    text = "print 50% of users"
    assert find_figures(text, [(0, len(text))]) == []


UNIVERSAL = [
    pytest.param("Complete production outage, unreachable", "Complete production outage",
                 id="outage"),
    pytest.param("The API was entirely down", "entirely down", id="entirely-down"),
    pytest.param("The shop was completely inaccessible", "completely inaccessible",
                 id="completely-inaccessible"),
    pytest.param("The search went down completely.", "completely", id="down-completely"),
    pytest.param("All hosted services unavailable", "All hosted services", id="all-services"),
    pytest.param("an error for anyone trying to log in", "anyone", id="anyone"),
    pytest.param("Everyone was affected.", "Everyone", id="everyone"),
    pytest.param("errors for all our users", "all our users", id="all-users"),
    pytest.param("Every request failed.", "Every request", id="every-request"),
    pytest.param("the server could not answer any user's request", "any user's request",
                 id="any-request"),
    pytest.param("The search was unreachable for all.", "all", id="for-all"),
    pytest.param("None of the pages loaded.", "None of the pages", id="none-of"),
    pytest.param("It led to full downtime", "full downtime", id="full-downtime"),
    pytest.param("logins were broken for any user", "any user", id="for-any-user"),
    pytest.param("nobody could log in", "nobody", id="nobody"),
    pytest.param("No one was able to pay", "No one", id="no-one"),
    pytest.param("No users were affected.", "No users", id="no-users"),
    pytest.param("No customer impact", "No customer impact", id="no-impact"),
    pytest.param("None.", "None", id="none"),
    pytest.param("Neither test nor real funds were at risk", "Neither test nor real funds",
                 id="neither"),
    pytest.param("The whole platform was offline", "whole platform", id="whole-platform"),
    pytest.param("The entire cluster crashed", "entire cluster", id="entire-cluster"),
    pytest.param("the main network halted", "network halted", id="halted"),
    pytest.param("A sitewide outage hit us", "sitewide outage", id="sitewide"),
    pytest.param("It could not be reached at all", "at all", id="at-all"),
    pytest.param("Not one order came in", "Not one order", id="not-one"),
    pytest.param("Not a single page opened", "single page", id="not-a-single"),
    pytest.param("We could not open a single page", "single page", id="could-not-a-single"),
    pytest.param("not a soul could log in", "not a soul", id="not-a-soul"),
    pytest.param("Customers were not affected.", "not affected", id="not-affected"),
    pytest.param("Whoever came saw an error", "Whoever", id="whoever"),
    pytest.param("Both of our web servers crashed", "Both of our web servers", id="both"),
    pytest.param("The home page was 404ing for everybody", "everybody", id="status-as-a-verb"),
    pytest.param("HTTP 503 for all requests", "all requests", id="status-for-all"),
    pytest.param("Every visitor was greeted by a white page", "Every visitor", id="greeted"),
    pytest.param("all sessions were signed out", "all sessions", id="signed-out"),
    pytest.param("Tenants: all affected", "all affected", id="all-affected"),
    pytest.param("Teachers and pupils, all of them, were locked out", "all of them",
                 id="all-of-them"),
    pytest.param("users, without exception, were locked out", "exception",
                 id="without-exception"),
    pytest.param("loss of all functionality", "all functionality", id="loss-of-all"),
    pytest.param("every order that came in was lost", "every order", id="relative-clause"),
    pytest.param("lost as a whole", "whole", id="as-a-whole"),
    pytest.param("the fleet was offline in its entirety", "entirety", id="in-its-entirety"),
    pytest.param("The complete shop was down", "complete shop", id="complete-shop"),
    pytest.param("The whole county was out of service", "whole county", id="unlisted-whole"),
    pytest.param("The outage was total", "total", id="was-total"),
    pytest.param("unreachable worldwide", "worldwide", id="worldwide"),
    pytest.param("Company-wide loss of mail", "Company-wide loss", id="company-wide"),
    pytest.param("no payments went through", "no payments", id="no-payments"),
    pytest.param("no part of the site worked", "no part", id="no-part"),
    pytest.param("no successful logins", "no successful logins", id="none-successful"),
    pytest.param("we served no traffic", "no traffic", id="served-none"),
    pytest.param("zero availability", "zero availability", id="zero"),
    pytest.param("We could not sell anything", "anything", id="not-anything"),
    pytest.param("we sold nothing", "nothing", id="sold-nothing"),
    pytest.param("Nobody in town could phone", "Nobody", id="nobody-somewhere"),
    pytest.param("impossible for anyone to log in", "anyone", id="impossible-for-anyone"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "found"), UNIVERSAL)
def test_all_and_none_are_universal(text: str, found: str) -> None:
    assert universal(text) == found


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("There was an outage of the website.", id="an-outage"),
        pytest.param("The search was down.", id="down"),
        pytest.param("The database was inaccessible.", id="inaccessible"),
        pytest.param("One server failed to receive all HTTP requests.", id="handled-not-hit"),
        pytest.param("Not all users were affected.", id="not-all"),
        pytest.param("Almost all users saw errors.", id="almost-all"),
        pytest.param("Total downtime: 2 hours", id="sum"),
        pytest.param("A partial, not a complete outage.", id="not-complete"),
        pytest.param("It was fixed before anyone noticed.", id="nobody-noticed"),
        pytest.param("The server no longer answered.", id="no-longer"),
        pytest.param("No monitoring was in place when it failed.", id="no-monitoring"),
        pytest.param("It did not fail for lack of any quality tests.", id="any-tests"),
        pytest.param(
            "The failing host was patched; a longer cache time was then set for all responses, "
            "which we had wanted for years and could roll back quickly.",
            id="damage-far-away",
        ),
        pytest.param(
            "It was overloaded until everyone who worked on the incident saw the load fall.",
            id="responders",
        ),
        pytest.param("A delegator had no validator bond.", id="no-bond"),
        pytest.param("It ran without any quality checks for a week.", id="any-of-no-noun"),
        pytest.param("It always looked for a packed copy of any file.", id="of-any-file"),
        pytest.param("The whole team fixed what failed.", id="the-team"),
        pytest.param("All engineers joined the call.", id="no-damage"),
        pytest.param("The internal website does not work.", id="does-not-work"),
        pytest.param("All users could have lost their data.", id="could-have"),
        pytest.param("It is not clear whether all users were hit.", id="whether"),
        pytest.param("If every user had failed, we would know.", id="if"),
        pytest.param("No major impact, a few failures.", id="no-major-impact"),
        pytest.param("Users saw errors. No order was lost.", id="no-harm-beside-harm"),
        pytest.param("Nobody was paged while it failed.", id="nobody-paged"),
        pytest.param("No one checked the failing disk.", id="no-one-checked"),
        pytest.param("All customers were told about the failure.", id="told"),
        pytest.param("It had four workers, all of whose jobs failed.", id="all-of-whose"),
        pytest.param("Every now and then a call failed.", id="now-and-then"),
        pytest.param("There was no complete outage.", id="no-complete-outage"),
        pytest.param("It never went down completely.", id="never-completely"),
        pytest.param("Slow, but it worked for everyone.", id="worked-for-everyone"),
        pytest.param("All users are served by one host, which failed.", id="served-by"),
        pytest.param("The full page cache was empty.", id="full-page-cache"),
        pytest.param("Nothing was wrong there, yet it failed.", id="nothing-wrong"),
        pytest.param(
            "After the failure users had to change all of their passwords.", id="all-passwords"
        ),
        pytest.param("It did not affect all users.", id="did-not-affect-all"),
        pytest.param("Everyone on the team helped when it failed.", id="on-the-team"),
        pytest.param("Total confusion after the failure.", id="total-confusion"),
        pytest.param("It failed because all checks had failed before.", id="background"),
    ],
)
def test_an_outage_alone_is_not_universal(text: str) -> None:
    assert universal(text) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("Some users saw errors.", ["Some users"], id="some"),
        pytest.param("It affected most users.", ["most users"], id="most"),
        pytest.param("Several of our customers complained.", ["Several of our customers"],
                     id="several"),
        pytest.param("A significant portion of requests failed.",
                     ["A significant portion of requests"], id="portion"),
        pytest.param("the majority of clients timed out", ["the majority of clients"],
                     id="majority"),
        pytest.param("a subset of services was down", ["a subset of services"], id="subset"),
        pytest.param("a large number of orders got stuck", ["a large number of orders"],
                     id="large-number"),
        pytest.param("hundreds of users were locked out", ["hundreds of users"], id="hundreds"),
        pytest.param("a handful of teams lost access", ["a handful of teams"], id="handful"),
        pytest.param("It was slow for a while.", ["for a while"], id="for-a-while"),
        pytest.param("Nearly all users were hit.", ["Nearly all users"], id="nearly-all"),
        pytest.param("A significant portion (75%) was slow.", [], id="number-beside"),
        pytest.param("Some users, about 120 accounts, saw errors.", [], id="count-beside"),
        pytest.param("120 users failed. Many users complained.", ["Many users"],
                     id="number-in-another-sentence"),
        pytest.param("All users were affected.", [], id="all"),
        pytest.param("Users were unable to log in.", [], id="symptom"),
        pytest.param("Several engineers joined.", [], id="no-damage"),
        pytest.param("As most members of the club will be aware, mail was down.", [],
                     id="who-knows-of-it"),
        pytest.param("As some members were locked out, we called.", ["some members"],
                     id="as-a-reason"),
        pytest.param("The number of requests overloaded it.", [], id="the-number-of"),
        pytest.param("Many of the page rules were wrong.", [], id="part-of-another-noun"),
    ],
)  # fmt: skip
def test_sizes_without_a_number_are_vague(text: str, found: list[str]) -> None:
    assert vague(text) == found


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        pytest.param("It broke. We fixed it.", ["It broke.", " We fixed it."], id="two"),
        pytest.param("Some, e.g. the API, failed.", ["Some, e.g. the API, failed."], id="eg"),
        pytest.param("At 3 p.m. it ended.", ["At 3 p.m. it ended."], id="pm"),
        pytest.param("Up 1.5 % vs. before.", ["Up 1.5 % vs. before."], id="decimal-and-vs"),
        pytest.param("See https://a.example/x.y for it.", ["See https://a.example/x.y for it."],
                     id="url"),
        pytest.param("1. Users failed.", ["1. Users failed."], id="item-number"),
        pytest.param("one\n- two\n- three", ["one\n", "- two\n", "- three"], id="bullets"),
        pytest.param("Users hit\nServers lost", ["Users hit\n", "Servers lost"], id="short-lines"),
        pytest.param("a wrapped line\ngoes on", ["a wrapped line\ngoes on"], id="wrapped"),
        pytest.param("", [""], id="empty"),
        pytest.param("- one\n- two\n", ["- one\n", "- two\n"], id="nothing-behind-the-last"),
    ],
)  # fmt: skip
def test_sentences_end_where_a_reader_stops(text: str, parts: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == parts


@pytest.mark.parametrize(
    "piece",
    ["1 ms ", "5% ", "1,111", "all users ", "failed all users ", "some users ", "\n", "a. ",
     "users: 5 |", "www.a ", "a-", "1.", "(", "any user ", "all ", "each and every ", "3 500 ",
     "no order was lost. ", "have all users "],
)  # fmt: skip
def test_reading_takes_time_in_proportion(piece: str) -> None:
    text = piece * (60_000 // len(piece))
    began = time.process_time()
    find_figures(text)
    find_universal(text)
    find_vague(text)
    assert time.process_time() - began < 3


@settings(max_examples=150, deadline=None)
@given(
    strategies.lists(
        strategies.sampled_from(
            ["5", "100", "%", " ", "users", "any", "all", "some", "\n", ".", "$", "two", "no", ":"]
        )
    ).map(" ".join)
    | strategies.text(max_size=60)
)
def test_places_lie_within_the_text_and_in_order(text: str) -> None:
    universal_found = find_universal(text)
    for found in (
        find_figures(text),
        find_vague(text),
        [universal_found] if universal_found else [],
    ):
        edges = [edge for amount in found for edge in (amount.start, amount.end)]
        assert edges == sorted(edges)
        assert all(0 <= edge <= len(text) for edge in edges)
        assert all(amount.start < amount.end for amount in found)
    ranges = sentences(text)
    assert ranges[0][0] == 0
    assert ranges[-1][1] == len(text)
    assert all(left[1] == right[0] for left, right in pairwise(ranges))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The worker uses two pipelines from one runner.", id="what runs"),
        pytest.param("The importer handles 900 messages per minute.", id="ordinary load"),
        pytest.param("The site gets 12 million requests per day.", id="traffic of a day"),
        pytest.param("The hall holds 35 participants.", id="who has room"),
        pytest.param("We restarted 6 pods.", id="what was restarted by us"),
        pytest.param("We reviewed 15 pipelines for the same fault.", id="what was looked at"),
        pytest.param("The fix was rolled out to 25% of users.", id="share that got the fix"),
        pytest.param("The flag was enabled for 3% of customers.", id="share that got the feature"),
        pytest.param("Over 70% of the validators upgraded.", id="share that was well again"),
        pytest.param("The alert fires when more than 4% of requests fail.", id="alert threshold"),
        pytest.param("Load was four times higher than usual.", id="load multiplied"),
        pytest.param("Participation is at 98% again.", id="back again"),
        pytest.param("Memory usage (97%) was high.", id="resource before a parenthesis"),
        pytest.param("On June 7, 2023 users saw errors.", id="year behind a day"),
        pytest.param("Firefox 118 users saw errors.", id="version of a product"),
        pytest.param("For an hour and a half users saw errors.", id="half of an hour"),
        pytest.param("The index has 9 shards and 2 routers. A router lost its disk.",
                     id="harm in the next sentence"),
        pytest.param("When 2 of these probes fail, somebody is called.", id="threshold in general"),
        pytest.param("We serve 60,000 customers in 12 cities.", id="who is served at all times"),
        pytest.param("The scaler was capped at 8 instances and pages failed.", id="cap"),
        pytest.param("An alert fired at 9,000 messages in the failed queue.", id="alert level"),
        pytest.param("Pages failed as the restore had failed twice. The disk was slow.",
                     id="twice before a new sentence"),
        pytest.param("The relay got twice the allowed maximum and failed.", id="twice a limit"),
        pytest.param("Logins timed out after 20 s.", id="how long a client waits"),
        pytest.param("The pool was offline since the two clients had been upgraded.",
                     id="cause behind since"),
        pytest.param("It filled up because 7,000 old images had never been deleted.",
                     id="cause behind because"),
        pytest.param("A queue with 3 consumers was left alone and mail failed.", id="what it has"),
        pytest.param("Pages failed when our workers (6 per host) hung.", id="how many per host"),
        pytest.param("An N+1 query made pages slow.", id="name with a sign"),
        pytest.param("These two outages were short.", id="the outages themselves"),
        pytest.param("All 9 nodes of the ring were restarted for a patch.", id="restarted, of"),
        pytest.param("The disk was full (96% of 400 GB were old logs).", id="share of a disk"),
        pytest.param("CPU on the edge hosts went up to 100%.", id="load far before"),
        pytest.param("The job ran in three nights and pages were slow.", id="nights"),
    ],
)  # fmt: skip
def test_what_runs_and_what_was_done_is_no_figure(text: str) -> None:
    assert figures(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("We found 310 failed jobs.", ["310 failed jobs"], id="found by us"),
        pytest.param("Customers opened 45 tickets.", ["45 tickets"], id="done by customers"),
        pytest.param("A switch brought 12 servers down.", ["12 servers"], id="brought down"),
        pytest.param("It was no longer open to 400 users.", ["400 users"], id="no longer"),
        pytest.param("1,200 orders were later recovered.", ["1,200 orders"], id="recovered"),
        pytest.param("We fixed 1,200 broken records.", ["1,200 broken records"], id="repaired"),
        pytest.param("The queue had 900 failed messages.", ["900 failed messages"], id="harm"),
        pytest.param("Errors hit 5% of users after the rollout.", ["5% of users"], id="after it"),
        pytest.param("We saw a 6x increase in errors.", ["6x increase"], id="harm multiplied"),
        pytest.param("a hundred percent of users", ["a hundred percent of users"], id="hundred"),
        pytest.param("Twelve per cent of our users left.", ["Twelve per cent of our users"],
                     id="per cent behind a word"),
        pytest.param("A sixth of all parcels was misrouted.", ["A sixth of all parcels"],
                     id="part of what no list knows"),
        pytest.param("The impact was limited to 3 customers.", ["3 customers"], id="limited to"),
        pytest.param("Alerts fired for over 200 failed hosts.", ["200 failed hosts"],
                     id="alerts for"),
        pytest.param("After we had lost 37 orders, we closed it.", ["37 orders"],
                     id="harm behind after"),
        pytest.param("We lost 30 hours of working time.", ["30 hours of working"], id="time lost"),
        pytest.param("Builds were queued for up to 50 minutes.", ["50 minutes"], id="queued for"),
        pytest.param("The total number of failed payments was 310.", ["310"], id="number was"),
        pytest.param("900 runs were late, 210 failed.", ["900 runs", "210"], id="noun left out"),
        pytest.param("Fees of 3.1 M€ were lost.", ["3.1 M"], id="scale before the coin"),
        pytest.param("We lost ~400 avatars.", ["~400 avatars"], id="code that is a count"),
        pytest.param("5 of 12 servers are down.", ["5 of 12 servers"], id="present with harm"),
    ],
)  # fmt: skip
def test_harm_beside_such_words_still_counts(text: str, found: list[str]) -> None:
    assert figures(text) == found


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Everything we host went dark.", id="everything we host"),
        pytest.param("The mirror was gone, and no file could be fetched.", id="none could be"),
        pytest.param("No jobs were picked up for 2 hours.", id="none were picked up"),
        pytest.param("No readings were recorded.", id="none were recorded"),
        pytest.param("Readers worldwide could not open the page.", id="worldwide"),
        pytest.param("Clients had no access whatsoever.", id="whatsoever"),
        pytest.param("All nightly jobs were not processed.", id="all were not"),
    ],
)
def test_nothing_came_about(text: str) -> None:
    assert universal(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Some readers could not see any of their books.", id="some, any"),
        pytest.param("A few clients lost all their settings.", id="a few, all theirs"),
        pytest.param("Certain regions had no service.", id="certain, no"),
        pytest.param("For some readers, no mail was sent.", id="for some, no"),
        pytest.param("One of our routers was completely down.", id="one of them completely"),
        pytest.param("The affected host was completely unresponsive.", id="the affected one"),
        pytest.param("Potentially all users could see errors.", id="potentially"),
        pytest.param("Throughout the entire outage, the wiki was reachable.", id="throughout"),
        pytest.param("A job copies all files at night; it failed.", id="a clause of its own"),
        pytest.param("The job that checks all hosts had failed.", id="what a job checks"),
        pytest.param("No cause could be found for the errors.", id="what is looked for"),
        pytest.param("Orders were delayed but no order was lost.", id="late, not lost"),
    ],
)
def test_a_part_is_not_everything(text: str) -> None:
    assert universal(text) is None


def test_an_answer_ends_at_its_dash() -> None:
    text = "None - it was seen in staging."
    found = find_universal(text, labelled=True)
    assert found is not None
    assert text[found.start : found.end].startswith("None")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("No pages opened. Only readers on the new theme were affected.", id="only"),
        pytest.param("Nobody could log in. The impact was limited to staff.", id="limited to"),
        pytest.param("All logins failed; this hit staff exclusively.", id="exclusively"),
        pytest.param("All affected readers were unable to log in.", id="all who were affected"),
        pytest.param("All hosts relying on affected relays were down.", id="all behind some"),
    ],
)
def test_all_of_a_part_is_not_all(text: str) -> None:
    assert find_universal(text, labelled=True) is None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("All readers were affected, not only those in Oslo.", id="not only"),
        pytest.param("Only staging was affected. No customers were affected.", id="nobody"),
        pytest.param("The only thing left was the wiki; all services were down.", id="the only"),
        pytest.param("All of our clients were hit by the affected release.", id="by the affected"),
    ],
)
def test_only_may_say_something_else(text: str) -> None:
    assert find_universal(text, labelled=True) is not None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Sales dropped to zero.", id="to zero"),
        pytest.param("All calls to the web server were answered with a 500.", id="answered"),
        pytest.param("A bad node evicted all pods of the shop.", id="evicted"),
        pytest.param("No user traffic was affected.", id="no traffic affected"),
    ],
)
def test_more_ways_to_say_all(text: str) -> None:
    assert universal(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("It was serving about 3,000 calls per second when it failed.", id="served"),
        pytest.param("We had planned for 500 users, so it was slow.", id="planned for"),
        pytest.param("An advert brought 40,000 visitors, and it was slow.", id="brought"),
    ],
)
def test_a_load_beside_harm_is_no_figure(text: str) -> None:
    assert figures(text) == []
