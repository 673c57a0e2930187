"""Incidents that came back, and incidents that only sound like others.

Each pair of ``RECURRING`` shares at least two in five of its content words (a test counts
them); the texts of ``FRESH`` are of the same field and the same services, and no earlier
text tells their cause or plans their task.
"""

from __future__ import annotations

from typing import NamedTuple


class Pair(NamedTuple):
    """What an earlier postmortem says, and a later one in words of its own."""

    name: str
    kind: str
    before: str
    after: str


RECURRING = (
    Pair(
        "drained connection pool",
        "cause",
        "The nightly export opened one connection for every row and drained the "
        "connection pool of the primary database, so the shop waited for connections. "
        "Nobody had told the storage crew about the second tenant.",
        "The primary database refused the shop: its connection pool had been drained by "
        "an export job that never gave a connection back. The weekly invoice batch was "
        "started by hand that evening.",
    ),
    Pair(
        "certificate not renewed",
        "cause",
        "The wildcard certificate of the gateway expired because the renewal job had lost"
        " its permission to write the DNS record. The on-duty phone was out of battery at"
        " the time.",
        "Renewal of the gateway's wildcard certificate had been stuck for weeks on a "
        "missing DNS permission, and on Sunday the certificate expired. Browsers showed a"
        " red page to every shopper in Europe.",
    ),
    Pair(
        "full disk from debug logs",
        "cause",
        "Debug logging was left on after a support case and filled the disk of the queue "
        "broker, which stopped accepting messages. The retention policy had been "
        "suspended in spring.",
        "The broker stopped accepting messages when debug logging, switched on for the "
        "migration, filled its disk overnight. Nagios showed green, as it looks at "
        "another volume.",
    ),
    Pair(
        "retry storm",
        "cause",
        "Clients of the inventory retried without backoff, and the storm of retries kept "
        "the inventory down long after the first timeout. Half of the racks were still "
        "being moved to another hall.",
        "A single timeout in the inventory grew into a storm, since mobile clients "
        "retried at once and without any backoff. Warehouse scanners beeped for half an "
        "hour.",
    ),
    Pair(
        "feature flag default",
        "cause",
        "The flag for the new tax engine had no default for carts without a country, so "
        "guests were priced at zero. Marketing had sent a newsletter that morning.",
        "Guest carts without a country fell through the flag of the tax engine, which has"
        " no default, and their orders were priced at zero. Finance noticed it in the "
        "daily totals.",
    ),
    Pair(
        "cache key",
        "cause",
        "The CDN cached signed-in pages because the cache key left out the session "
        "cookie. Three students saw the grades of a stranger.",
        "After the CDN rules were rewritten, the session cookie was missing from the "
        "cache key and signed-in pages were cached for strangers. Legal was told within "
        "the hour, and the purge took nine minutes.",
    ),
    Pair(
        "locking migration",
        "cause",
        "A schema migration added an index without the concurrent option and held a lock "
        "on the orders table for eleven minutes. Two shards were spared because of their "
        "age.",
        "The orders table was locked while a migration built an index; the concurrent "
        "option was forgotten in the schema change. Couriers waited at the depot with "
        "empty vans.",
    ),
    Pair(
        "alert on free connections",
        "task",
        "Page on-call when the primary has fewer than ten free connections for two minutes",
        "Page on-call once free connections of the primary fall below ten",
    ),
    Pair(
        "restore drill",
        "task",
        "Rehearse the restore of the billing backup every quarter and record how long it takes",
        "Restore the billing backup in a quarterly drill, with the minutes it takes on record",
    ),
    Pair(
        "certificate expiry",
        "task",
        "Warn the platform channel thirty days before any certificate of the gateway expires",
        "Post to the platform channel when a gateway certificate expires within thirty days",
    ),
)

FRESH = (
    (
        "cause",
        "The primary database was upgraded and its query planner chose a full scan for "
        "the order history, which took forty seconds a page.",
    ),
    (
        "cause",
        "A firewall rule for the new office blocked the health checks of the load "
        "balancer, which took every node out of rotation.",
    ),
    (
        "cause",
        "The clock of one node drifted by four minutes and tokens issued there were "
        "rejected by all the others.",
    ),
    (
        "cause",
        "The export job wrote amounts with a decimal comma and the bank's import "
        "refused the whole batch.",
    ),
    (
        "cause",
        "A rename of the search index was released before the readers were, so they asked "
        "for an index that was gone.",
    ),
    (
        "cause",
        "The gateway was restarted with an old configuration that sent one region's "
        "traffic to a cluster under construction.",
    ),
    (
        "cause",
        "Two deployments of the mobile backend ran at the same time and left half of the "
        "pods on the earlier image.",
    ),
    (
        "cause",
        "The message broker elected two leaders after a network partition, and messages "
        "were consumed twice.",
    ),
    (
        "cause",
        "A memory leak in the image resizer grew with every upload until the kernel "
        "killed the process.",
    ),
    (
        "cause",
        "The country list came from a third party whose API began to answer with an empty "
        "list, and the address form could not be sent.",
    ),
    (
        "cause",
        "A cleanup script took the account identifier for the tenant identifier and "
        "deleted the attachments of the wrong customers.",
    ),
    (
        "cause",
        "The rate limiter counted requests of the whole company network as one client and "
        "blocked the support desk.",
    ),
    (
        "cause",
        "Password reset mails were sent from a new address that no provider trusted yet, "
        "and most of them went to spam.",
    ),
    (
        "cause",
        "The autoscaler read its target from a metric that had been renamed, saw zero "
        "load, and scaled the checkout down to one pod.",
    ),
    ("task", "Page on-call when the checkout has fewer than three pods during the day"),
    ("task", "Reject a migration in CI that renames a column which readers still select"),
    ("task", "Give the export job a test against the bank's own sample file"),
    ("task", "Move the health checks of the load balancer to a port of their own"),
    ("task", "Delete attachments only after a dry run that prints the tenant's name"),
    ("task", "Switch the address form to a country list that ships with the release"),
)
