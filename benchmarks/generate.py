"""Postmortems by number, for measurements that need many: the same number, the same text.

    python benchmarks/generate.py folder DIR --count 20000
    python benchmarks/generate.py jsonl FILE --count 20000
    python benchmarks/generate.py parquet FILE --count 1000000 [--row-group 5000] [--short]

1.4 KB each on average (0.6 to 2.5 KB), with ``--short`` 0.5 KB: what a status page keeps of
an incident. They differ in layout, clock, zone and length; about one in three has a fault,
one in twenty tells no incident.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from random import Random

SERVICES = ("checkout", "search", "login", "billing", "upload", "mail", "catalogue", "chat")
PLACES = ("eu-1", "us-2", "the Nairobi region", "all regions", "one of three cells")
CAUSES = (
    "a release named a database that is gone",
    "a certificate ran out at midnight",
    "the connection pool held 20 connections and 400 were asked for",
    "a retry without a limit multiplied the load by nine",
    "an index build filled the disk of the primary",
    "a feature flag was read before its default was set",
)
REPAIRS = (
    "rolled back release {major}.{minor}",
    "renewed the certificate and restarted the proxies",
    "raised the pool to {figure} connections",
    "switched the retries off with a flag",
    "deleted the old index files, which freed {figure} GB",
)
STEPS = (
    "{who} looks at the dashboards of {service} and finds {figure} failing requests a minute",
    "{who} suspects the cache and flushes it, which changes nothing",
    "The load balancer in {place} drops a third of its targets",
    "{who} pages the {service} team",
    "The queue holds {figure} messages; consumers are stopped",
    "A restart of {service} helps for four minutes",
    "{who} finds the first error in the log of {service}: connection refused",
    "Support has {figure} tickets about {service}",
)
TASKS = (
    "Reject a release of {service} in CI when its database does not answer",
    "Page on-call when free connections of {service} stay below {percent} % for 5 min",
    "Alert {days} days before a certificate of {service} runs out",
    "Limit retries between {service} and its clients to three",
    "Write the runbook page on a full disk of {service}",
)
VAGUE = ("Improve monitoring", "Be more careful with releases", "Better communication")
PEOPLE = ("Amina", "Jonas", "On-call", "Wei", "Fatou", "The duty engineer")
ZONES = ("UTC", "UTC", "UTC", "GMT", "EAT", "CET", "+02:00", "")
LESSONS = (
    "The alert on failed requests fired within minutes, because it looks at what customers see "
    "and not at what machines report.",
    "The runbook named a host that had been switched off in spring, which cost a quarter of an "
    "hour until somebody remembered the new one.",
    "Nobody knew that the two services share one pool, though the diagram of the architecture "
    "has shown it since last year.",
    "Customers learned from the status page what had happened before they asked support, and "
    "several wrote that they liked that.",
)
STUBS = (
    "# Postmortem\n\nThe write-up is here: https://example.org/postmortems/{figure}\n",
    "# {service}\n\nHow to build and run the {service} service.\n\n    make run\n",
    "# Notes\n\n- {service}: ask {who} about the pool\n- {place}: {figure} machines\n",
)


def name(number: int) -> str:
    """The path of a document below its folder; a thousand to a folder."""
    return f"{number // 1000:05d}/incident-{number:08d}.md"


def document(number: int, *, short: bool = False) -> str:
    """The text of a document."""
    chance = Random(number)
    words = {
        "service": chance.choice(SERVICES),
        "place": chance.choice(PLACES),
        "who": chance.choice(PEOPLE),
        "figure": str(chance.randint(12, 900)),
        "percent": str(chance.randint(2, 30)),
        "days": str(chance.randint(7, 40)),
        "major": str(chance.randint(1, 9)),
        "minor": str(chance.randint(0, 40)),
    }
    if chance.random() < 0.05:
        return chance.choice(STUBS).format(**words)
    told = _Writer(chance, words)
    return _short(told) if short else told.text()


def documents(count: int, *, short: bool = False) -> Iterator[tuple[str, str]]:
    """Path and text of the first so many documents."""
    return ((name(number), document(number, short=short)) for number in range(count))


class _Writer:
    """One incident, told in one of several layouts."""

    def __init__(self, chance: Random, words: dict[str, str]) -> None:
        self.chance = chance
        self.words = words
        self.faulty = chance.random() < 1 / 3
        self.zone = chance.choice(ZONES)
        self.half_day = chance.random() < 0.4
        self.start = chance.randint(0, 1439)
        self.minutes = chance.randint(15, 400)
        self.year = chance.randint(2019, 2026)
        self.month = chance.randint(1, 12)
        self.day = chance.randint(1, 27)

    def text(self) -> str:
        layout = self.chance.choice((_atx, _bold, _table))
        return layout(self)

    def clock(self, minutes: int) -> str:
        hour, minute = divmod(minutes % 1440, 60)
        if not self.half_day:
            return f"{hour:02d}:{minute:02d}"
        return f"{(hour - 1) % 12 + 1}:{minute:02d} {'AM' if hour < 12 else 'PM'}"

    def duration(self) -> str:
        day = self.day + (self.start + self.minutes) // 1440
        first = f"{self.year}-{self.month:02d}-{self.day:02d} {self.clock(self.start)}"
        second = self.clock(self.start + self.minutes)
        if day != self.day:
            second = f"{self.year}-{self.month:02d}-{day:02d} {second}"
        return f"{first} - {second} {self.zone}".rstrip()

    def impact(self) -> str:
        if self.faulty and self.chance.random() < 0.3:
            return f"Some users of {self.words['service']} saw errors."
        return (
            f"{self.words['percent']} % of customers in {self.words['place']} could not use "
            f"{self.words['service']}; {self.words['figure']} orders failed."
        )

    def cause(self) -> str:
        return self.chance.choice(CAUSES)

    def repair(self) -> str:
        return self.chance.choice(REPAIRS).format(**self.words)

    def events(self) -> list[tuple[str, str]]:
        """Clock and text; in order, unless a fault puts two the wrong way round."""
        between = sorted(
            self.chance.randint(2, self.minutes - 1) for _ in range(self.chance.randint(2, 12))
        )
        steps = [self.chance.choice(STEPS) for _ in between]
        told = [
            (0, "The first requests to {service} fail"),
            (2, "The alert on failed requests pages {who}"),
            *zip(between, steps, strict=True),
            (self.minutes, f"{self.repair().capitalize()}; " + "{service} answers again"),
        ]
        if self.faulty and self.chance.random() < 0.4:
            at = self.chance.randrange(1, len(told) - 1)
            told[at], told[at + 1] = told[at + 1], told[at]
        return [(self.clock(self.start + at), text.format(**self.words)) for at, text in told]

    def tasks(self) -> list[str]:
        tasks = self.chance.sample(TASKS, self.chance.randint(1, 4))
        if self.faulty and self.chance.random() < 0.5:
            tasks.append(self.chance.choice(VAGUE))
        return [task.format(**self.words) for task in tasks]

    def lessons(self) -> list[str]:
        return self.chance.sample(LESSONS, self.chance.randint(0, len(LESSONS)))


def _title(told: _Writer) -> str:
    return f"{told.words['service'].capitalize()} unavailable in {told.words['place']}"


def _atx(told: _Writer) -> str:
    parts = [
        f"# {_title(told)}\n",
        "## Summary\n",
        f"- **Duration:** {told.duration()}\n- **Impact:** {told.impact()}\n",
        "## Timeline\n",
        "".join(f"- {clock} - {text}\n" for clock, text in told.events()),
        "## Root cause\n",
        f"On that day {told.cause()}.\n",
        "## Resolution\n",
        f"We {told.repair()}.\n",
        *_learned(told, "## Lessons learned\n"),
        "## Action items\n",
        "".join(f"- [ ] {task}\n" for task in told.tasks()),
    ]
    return "\n".join(parts)


def _bold(told: _Writer) -> str:
    parts = [
        f"# Postmortem: {_title(told)}\n",
        "**Issue Summary**\n",
        f"Duration: {told.duration()}\n",
        f"Impact: {told.impact()}\n",
        f"Root cause: {told.cause()}.\n",
        "**Timeline**\n",
        "".join(f"* {clock}: {text}.\n" for clock, text in told.events()),
        "**Root cause and resolution**\n",
        f"In short, {told.cause()}. To end it we {told.repair()}.\n",
        *_learned(told, "**Lessons**\n"),
        "**Corrective and preventative measures**\n",
        "".join(f"* {task}\n" for task in told.tasks()),
    ]
    return "\n".join(parts)


def _table(told: _Writer) -> str:
    zone = f" ({told.zone})" if told.zone else ""
    parts = [
        f"# Incident report: {_title(told)}\n",
        "| Field | Value |\n|---|---|\n"
        f"| Duration | {told.duration()} |\n| Impact | {told.impact()} |\n| Severity | SEV2 |\n",
        "## What happened\n",
        f"The {told.words['service']} service failed, because {told.cause()}.\n",
        f"## Timeline{zone}\n",
        "| Time | Event |\n|---|---|\n"
        + "".join(f"| {clock} | {text} |\n" for clock, text in told.events()),
        "## Root cause\n",
        f"{told.cause().capitalize()}.\n",
        "## Resolution\n",
        f"{told.repair().capitalize()}.\n",
        *_learned(told, "## What went well\n"),
        "## Follow-up tasks\n",
        "| Task | Owner |\n|---|---|\n"
        + "".join(f"| {task} | {told.words['who']} |\n" for task in told.tasks()),
    ]
    return "\n".join(parts)


def _short(told: _Writer) -> str:
    first, *between, last = told.events()
    middle = sorted(told.chance.sample(range(len(between)), min(2, len(between))))
    events = [first, *(between[at] for at in middle), last]
    parts = [
        f"# {_title(told)}\n",
        f"Duration: {told.duration()}\n",
        f"Impact: {told.impact()}\n",
        f"Root cause: {told.cause()}.\n",
        "## Timeline\n",
        "".join(f"- {clock} {text}\n" for clock, text in events),
        "## Tasks\n",
        f"- {told.tasks()[-1]}\n",
    ]
    return "\n".join(parts)


def _learned(told: _Writer, heading: str) -> Iterator[str]:
    lessons = told.lessons()
    if lessons:
        yield heading
        yield "".join(f"{lesson}\n\n" for lesson in lessons).rstrip() + "\n"


def write_folder(folder: Path, count: int) -> None:
    for path, text in documents(count):
        target = folder / path
        if not target.parent.is_dir():
            target.parent.mkdir(parents=True)
        target.write_text(text, encoding="utf-8")


def write_jsonl(file: Path, count: int) -> None:
    with file.open("w", encoding="utf-8") as out:
        for path, text in documents(count):
            out.write(json.dumps({"path": path, "text": text}) + "\n")


def write_parquet(file: Path, count: int, row_group: int, *, short: bool = False) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema([("path", pa.string()), ("text", pa.string())])
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        for start in range(0, count, row_group):
            numbers = range(start, min(start + row_group, count))
            texts = [document(each, short=short) for each in numbers]
            columns = [[name(each) for each in numbers], texts]
            writer.write_table(pa.table(columns, schema=schema), row_group_size=row_group)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("kind", choices=["folder", "jsonl", "parquet"])
    parser.add_argument("target", type=Path)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--row-group", type=int, default=5000)
    parser.add_argument("--short", action="store_true", help="for parquet: 0.5 KB each")
    arguments = parser.parse_args()
    if arguments.kind == "folder":
        write_folder(arguments.target, arguments.count)
    elif arguments.kind == "jsonl":
        write_jsonl(arguments.target, arguments.count)
    else:
        write_parquet(arguments.target, arguments.count, arguments.row_group, short=arguments.short)


if __name__ == "__main__":
    main()
