"""The plan of a scan and what is done of it, in the result folder.

scan.json           what the scan is: two with the same are one that goes on
plan.jsonl.gz       a partition a line, in order
done/NAME.json      the tally of a unit whose results are complete
done/NAME.split     a partition that was taken apart, and into what
summary.json        the counts of the whole scan, once it is complete
"""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pmlint.scan.parts import Part, Unit, parsed, written
from pmlint.scan.storage import Store
from pmlint.scan.tally import Tally
from pmlint.scan.tally import parsed as parsed_tally

_PLAN = "plan.jsonl.gz"
_SCAN = "scan.json"


def begin(store: Store, about: dict[str, Any], parts: Iterable[Part]) -> int:
    """Write the plan of a new scan; the number of partitions, 0 where there is nothing."""
    packed, count = io.BytesIO(), 0
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=1, mtime=0) as lines:
        for part in parts:
            lines.write(json.dumps(written(part)).encode() + b"\n")
            count += 1
    if count:
        store.write(_PLAN, packed.getvalue())
        store.write(_SCAN, _json(about | {"partitions": count}))
    return count


def begun(store: Store) -> dict[str, Any] | None:
    """What scan the folder holds, with the number of its partitions."""
    data = store.read(_SCAN)
    if data is None:
        return None
    about: dict[str, Any] = json.loads(data)
    return about


def plan(store: Store) -> Iterator[Unit]:
    """Every partition."""
    packed = io.BytesIO(store.read(_PLAN) or b"")
    with gzip.GzipFile(fileobj=packed) as lines:
        for number, line in enumerate(lines):
            yield Unit(number, parsed(json.loads(line)))


def mark(store: Store, unit: Unit, tally: Tally) -> None:
    store.write(f"done/{unit.name}.json", _json(tally.written()))


def mark_split(store: Store, unit: Unit, pieces: Iterable[Unit]) -> None:
    ranges = [[piece.start, piece.stop] for piece in pieces]
    store.write(f"done/{unit.name}.split", _json(ranges))


def tally(store: Store, unit: Unit) -> Tally | None:
    """The tally of a unit that is done."""
    data = store.read(f"done/{unit.name}.json")
    return None if data is None else parsed_tally(json.loads(data))


def tallies(store: Store, done: Sequence[str]) -> Iterator[Tally]:
    """The tallies of units that are done, by their names."""
    for start in range(0, len(done), 1000):
        names = [f"done/{name}.json" for name in done[start : start + 1000]]
        for data in store.read_all(names):
            yield parsed_tally(json.loads(data))


def units(store: Store) -> Iterator[tuple[Unit, bool]]:
    """Every unit that together make up the plan, each with whether it is done."""
    names = frozenset(store.names("done"))
    for unit in plan(store):
        yield from _units(store, unit, names)


def _units(store: Store, unit: Unit, names: frozenset[str]) -> Iterator[tuple[Unit, bool]]:
    if f"{unit.name}.json" in names:
        yield unit, True
        return
    ranges = store.read(f"done/{unit.name}.split") if f"{unit.name}.split" in names else None
    if ranges is None:
        yield unit, False
        return
    for start, stop in json.loads(ranges):
        yield from _units(store, unit._replace(start=start, stop=stop), names)


def close(store: Store, done: Iterable[str], summary: dict[str, Any]) -> None:
    """Write the summary of a scan whose units are all done.

    Results of anyone else are removed: a worker that was given up may have finished the
    partition that was taken apart because of it.
    """
    files = frozenset(f"{name}.parquet" for name in done)
    for folder in ("findings", "facts"):
        for name in store.names(folder):
            if name not in files:
                store.remove(f"{folder}/{name}")
    store.write("summary.json", _json(summary))


def _json(value: Any) -> bytes:
    return (json.dumps(value, indent=1) + "\n").encode()
