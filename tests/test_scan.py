"""``pmlint scan``: every document once, the same as check says, whatever happens to workers."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Run, Tree, posix

pytest.importorskip("distributed", reason='needs pip install "pmlint[scan]"')
pytest.importorskip("s3fs", reason='needs pip install "pmlint[scan]"')
pq = pytest.importorskip("pyarrow.parquet", reason='needs pip install "pmlint[scan]"')

import pyarrow as pa  # noqa: E402

from pmlint import __version__  # noqa: E402
from pmlint.config import Settings  # noqa: E402
from pmlint.running.plans import Call  # noqa: E402
from pmlint.scan import ledger  # noqa: E402
from pmlint.scan.documents import Document, Reading, documents  # noqa: E402
from pmlint.scan.parts import Files, Lines, Rows, Unit, parsed, written  # noqa: E402
from pmlint.scan.run import Step, taken_apart  # noqa: E402
from pmlint.scan.run import run as run_units  # noqa: E402
from pmlint.scan.sources import Columns, SourceError, listed  # noqa: E402
from pmlint.scan.storage import Store  # noqa: E402
from pmlint.scan.tables import Result  # noqa: E402
from pmlint.scan.work import Job, examine, work  # noqa: E402

GOOD = (ROOT / "examples" / "good.md").read_text(encoding="utf-8")
FAULTY = (ROOT / "examples" / "faulty.md").read_text(encoding="utf-8")
STUB = "# Notes\n\nNothing happened.\n"


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Two worker processes, as the command starts them."""
    from pmlint.scan.cluster import connected

    with connected("", 2) as client:
        yield client


def job(folder: Path, **settings: Any) -> Job:
    given: dict[str, Any] = {
        "version": __version__,
        "settings": Settings(),
        "call": Call(),
        "out": "out",
        "root": str(folder),
        "options": {},
        "columns": Columns(),
        "skip_no_incident": False,
        "time_limit": 0.0,
    }
    return Job(**given | settings)


def rows(folder: Path, table: str) -> list[dict[str, Any]]:
    files = sorted((folder / table).glob("*.parquet"))
    return [row for file in files for row in pq.read_table(file).to_pylist()]


def as_check(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key not in ("table", "position")}


def by_place(findings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(findings, key=lambda each: json.dumps(each, sort_keys=True))


def parquet(file: Path, texts: list[tuple[Any, Any]], group: int = 3, kind: Any = None) -> None:
    paths, bodies = [path for path, _ in texts], [body for _, body in texts]
    table = pa.table({"path": paths, "text": pa.array(bodies, kind or pa.string())})
    pq.write_table(table, file, row_group_size=group)


def jsonl(file: Path, lines: list[str]) -> None:
    file.write_text("".join(line + "\n" for line in lines), encoding="utf-8")


def names_in(parts: Any, reading: Reading) -> list[str]:
    return [each.path for part in parts for each in documents(part, reading)]


def rows_of(part: Any) -> tuple[tuple[str, int, int], ...]:
    assert isinstance(part, Rows)
    return part.spans


# -- sources


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100], ids="partitions of {}".format)
@pytest.mark.parametrize("group", [1, 4, 100], ids="row groups of {}".format)
def test_every_row_of_a_table_is_in_one_partition(tmp_path: Path, size: int, group: int) -> None:
    texts = [(f"{number}.md", STUB) for number in range(23)]
    parquet(tmp_path / "a.parquet", texts[:15], group)
    parquet(tmp_path / "b.parquet", texts[15:], group)
    parts = list(listed("*.parquet", str(tmp_path), {}, Columns(), size).parts)
    found = names_in(parts, Reading(str(tmp_path), {}, Columns(), 1000))
    assert found == [path for path, _ in texts]
    assert all(sum(end - first for _, first, end in rows_of(part)) <= size for part in parts)


@pytest.mark.parametrize("size", [1, 2, 5, 100], ids="partitions of {}".format)
@pytest.mark.parametrize("ending", ["\n", "\r\n", ""], ids=["LF", "CRLF", "no last line end"])
def test_every_line_of_a_table_is_in_one_partition(tmp_path: Path, size: int, ending: str) -> None:
    lines = [
        json.dumps({"path": f"{n}.md", "text": "é" * n}, ensure_ascii=False) for n in range(40)
    ]
    text = (ending or "\n").join(lines) + ending
    (tmp_path / "a.jsonl").write_bytes(text.encode())
    parts = list(listed("a.jsonl", str(tmp_path), {}, Columns(), size).parts)
    found = names_in(parts, Reading(str(tmp_path), {}, Columns(), 1000))
    assert found == [f"{number}.md" for number in range(40)]
    assert len(parts) > 1 or size == 100


def test_compressed_lines_are_one_partition(tmp_path: Path) -> None:
    import gzip

    data = "".join(json.dumps({"path": f"{n}.md", "text": STUB}) + "\n" for n in range(9))
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(data.encode()))
    parts = list(listed("a.jsonl.gz", str(tmp_path), {}, Columns(), 2).parts)
    assert parts == [Lines("a.jsonl.gz", 0, -1)]
    found = list(documents(parts[0], Reading(str(tmp_path), {}, Columns(), 1000)))
    assert [each.path for each in found] == [f"{number}.md" for number in range(9)]
    assert found[0].data == STUB.encode()


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("a", ["a/one.md", "a/sub/two.md"], id="folder: Markdown only, as check finds"),
        pytest.param("a/*.md", ["a/one.md"], id="pattern"),
        pytest.param("a/**/*.md", ["a/one.md", "a/sub/two.md"], id="pattern over folders"),
        pytest.param("a/one.md", ["a/one.md"], id="one file"),
        pytest.param("a/*.txt", ["a/three.txt"], id="a pattern names what it matches"),
        pytest.param("b/*.md", [], id="nothing"),
    ],
)
def test_files_of_a_source(tree: Tree, source: str, expected: list[str]) -> None:
    files = {"a/one.md": GOOD, "a/sub/two.md": GOOD, "a/three.txt": GOOD, "a/ignored/b.md": GOOD}
    root = tree({**files, "a/.git/HEAD": "", "a/.gitignore": "ignored\n"})
    found = listed(source, str(root), {}, Columns(), 10)
    paths = [path for part in found.parts for path in part.paths]  # type: ignore[union-attr]
    expected = [*expected[:1], "a/ignored/b.md", *expected[1:]] if "**" in source else expected
    assert sorted(paths) == sorted(expected)
    assert found.folder == (source == "a")


@pytest.mark.parametrize(
    ("source", "columns", "told"),
    [
        pytest.param("none.md", Columns(), "no file or folder `none.md`", id="missing"),
        pytest.param("bad.parquet", Columns(), "`bad.parquet` is no Parquet table", id="no table"),
        pytest.param(
            "a.parquet", Columns(text="txt"), "but path, text; did you mean `text`?", id="column"
        ),
        pytest.param("n.parquet", Columns(), "`text` of `n.parquet` holds int64", id="no text"),
        pytest.param("empty.parquet", Columns(), "`empty.parquet` holds no rows", id="no rows"),
        pytest.param("*", Columns(), "tables and other files", id="mixed"),
        pytest.param("nosuch://a/*.md", Columns(), "Protocol not known: nosuch", id="protocol"),
    ],
)
def test_a_source_that_cannot_be_read_says_why(
    tmp_path: Path, source: str, columns: Columns, told: str
) -> None:
    (tmp_path / "bad.parquet").write_text("PAR0")
    (tmp_path / "a.md").write_text(GOOD)
    parquet(tmp_path / "a.parquet", [("a.md", GOOD)])
    parquet(tmp_path / "n.parquet", [("a.md", 1)], kind=pa.int64())
    parquet(tmp_path / "empty.parquet", [])
    with pytest.raises(SourceError) as error:
        listed(source, str(tmp_path), {}, columns, 10)
    assert told in str(error.value)


@pytest.mark.parametrize(
    "part",
    [Files(("a.md", "b\udcff.md")), Rows((("a.parquet", 0, 7),)), Lines("a.jsonl", 5, 90)],
    ids=["files", "rows", "lines"],
)
def test_a_plan_is_read_as_it_was_written(part: Any) -> None:
    assert parsed(json.loads(json.dumps(written(part)))) == part


# -- one partition


def test_a_bad_document_is_reported_and_stops_nothing(tmp_path: Path) -> None:
    bad = b"# Caf\xe9\n"
    parquet(
        tmp_path / "a.parquet",
        [("a.md", GOOD.encode()), ("b.md", bad), ("c.md", None), (None, FAULTY.encode())],
        kind=pa.binary(),
    )
    jsonl(
        tmp_path / "b.jsonl",
        [
            json.dumps({"path": "d.md", "text": GOOD}),
            "{",
            "[]",
            "",
            json.dumps({"path": "e.md"}),
            json.dumps({"path": "f.md", "text": "\ud800"}),
            json.dumps({"path": "g.md", "text": "x" * 5000}),
            '{"path": "h.md", "text": "' + "x" * 60_000 + '"}',
            json.dumps({"path": "i.md", "text": GOOD}),
        ],
    )
    settings = Settings(size_limit=4000)
    for number, table in enumerate(("a.parquet", "b.jsonl")):
        (part,) = listed(table, str(tmp_path), {}, Columns(), 100).parts
        work(Unit(number, part), job(tmp_path, settings=settings))
    facts = {row["path"]: row for row in rows(tmp_path / "out", "facts")}
    failures = {
        row["path"]: row["message"]
        for row in rows(tmp_path / "out", "findings")
        if row["code"] == "PM003"
    }
    lines = (tmp_path / "b.jsonl").read_bytes().splitlines(keepends=True)
    at = [sum(map(len, lines[:number])) for number in range(len(lines))]
    assert failures == {
        "b.md": "the file is not UTF-8: byte e9 at offset 5",
        "c.md": "the file cannot be read: the row holds no text",
        f"b.jsonl#{at[1]}": "the file cannot be read: the line is not JSON",
        f"b.jsonl#{at[2]}": "the file cannot be read: the line is no JSON object",
        "e.md": "the file cannot be read: the line has no text `text`",
        "f.md": "the file is not UTF-8: byte ed at offset 0",
        "g.md": "the file has more than 4,000 bytes",
        f"b.jsonl#{at[7]}": "the file cannot be read: the line has 60,029 bytes",
    }
    assert {path for path, row in facts.items() if row["status"] == "unreadable"} == set(failures)
    assert {path for path, row in facts.items() if row["status"] == "read"} == {
        "a.md", "a.parquet#3", "d.md", "i.md"
    }  # fmt: skip
    assert facts["a.parquet#3"]["position"] == 3
    assert facts["d.md"]["table"] == "b.jsonl"


@pytest.mark.parametrize(
    ("skip", "status", "codes"),
    [(False, "read", ["PM001"]), (True, "skipped", [])],
    ids=["error", "skip"],
)
def test_a_text_without_incident(tmp_path: Path, skip: bool, status: str, codes: list[str]) -> None:
    document = Document("a.md", STUB.encode())
    from pmlint.scan.work import planner

    held = job(tmp_path, skip_no_incident=skip)
    result = examine(document, held, planner(held))
    assert [finding["code"] for finding in result.findings] == codes
    assert (result.facts["status"], result.facts["postmortem"]) == (status, False)


def test_a_file_name_that_is_not_utf8_is_escaped_as_json_escapes_it(tmp_path: Path) -> None:
    path = os.fsdecode(b"caf\xe9.md")
    try:
        (tmp_path / path).write_text(FAULTY)
    except OSError:
        pytest.skip("this file system takes no such name")
    work(Unit(0, Files((path,))), job(tmp_path))
    assert rows(tmp_path / "out", "facts")[0]["path"] == "caf\\udce9.md"


def test_a_unit_that_is_done_is_not_done_again(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(FAULTY)
    first = work(Unit(0, Files(("a.md",))), job(tmp_path))
    (tmp_path / "a.md").unlink()
    assert work(Unit(0, Files(("a.md",))), job(tmp_path)) == first


def test_results_are_marked_as_done_after_they_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.md").write_text(FAULTY)
    names: list[str] = []
    write = Store.write

    def noted(self: Store, name: str, data: bytes) -> None:
        names.append(name)
        write(self, name, data)

    monkeypatch.setattr(Store, "write", noted)
    work(Unit(0, Files(("a.md",))), job(tmp_path))
    assert names[-1] == "done/part-000000.json"
    assert len(names) == 3


def test_a_write_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="No space"):
        Store("out", str(tmp_path), {}).write("facts/a.parquet", b"x")
    assert list((tmp_path / "out" / "facts").iterdir()) == []


@pytest.mark.parametrize(
    ("unit", "ranges"),
    [
        pytest.param(Unit(0, Files(("a",) * 16)), [(n, n + 2) for n in range(0, 16, 2)], id="16"),
        pytest.param(Unit(0, Files(("a",) * 3)), [(0, 1), (1, 2), (2, 3)], id="fewer than pieces"),
        pytest.param(Unit(0, Files(("a",))), [(0, 1)], id="a whole of one"),
        pytest.param(Unit(0, Rows((("t", 5, 6),)), 0, 1), [], id="a single document"),
    ],
)
def test_unit_that_failed_is_taken_apart(
    tmp_path: Path, unit: Unit, ranges: list[tuple[int, int]]
) -> None:
    assert [(each.start, each.stop) for each in taken_apart(unit, job(tmp_path))] == ranges


def test_results_of_a_worker_that_was_given_up_are_removed(tmp_path: Path) -> None:
    store = Store("out", str(tmp_path), {})
    unit = Unit(0, Files(("a.md", "b.md")))
    for name in unit.part.paths:  # type: ignore[union-attr]
        (tmp_path / name).write_text(FAULTY)
    ledger.begin(store, {}, [unit.part])
    pieces = taken_apart(unit, job(tmp_path))
    ledger.mark_split(store, unit, pieces)
    for piece in pieces:
        work(piece, job(tmp_path))
    late = store.read("facts/part-000000-0-1.parquet")
    assert late
    store.write("facts/part-000000.parquet", late)
    found = list(ledger.units(store))
    assert [(each.name, done) for each, done in found] == [
        ("part-000000-0-1", True),
        ("part-000000-1-2", True),
    ]
    ledger.close(store, [each.name for each, _ in found], {})
    assert [row["path"] for row in rows(tmp_path / "out", "facts")] == ["a.md", "b.md"]


# -- whole scans


@pytest.fixture
def archive(tree: Tree) -> Path:
    texts = (GOOD, FAULTY, STUB)
    files = {f"a/{number:02d}.md": texts[number % 3] for number in range(24)}
    root = tree(files)
    (root / "a" / "24.md").write_bytes(b"\xff\xfe\x80")
    return root


def test_results_are_those_of_check_and_show(archive: Path, run: Run) -> None:
    paths = sorted(str(path.relative_to(archive)) for path in archive.glob("a/*.md"))
    done = run("scan", "a/*.md", "--out", "out", "--workers", "2", "--partition", "5", "--quiet")
    assert done.code == 0, done.err
    assert done.err == ""
    assert "25 documents" in done.out
    checked = run("check", "--format", "json", *paths)
    found = [as_check(row) for row in rows(archive / "out", "findings")]
    assert by_place(found) == by_place(checked.json)
    shown = run("show", "--format", "json", *paths).json
    facts = [json.loads(row["facts"]) for row in rows(archive / "out", "facts") if row["facts"]]
    assert facts == shown
    assert [row["path"] for row in rows(archive / "out", "facts")] == paths
    again = run("scan", "a/*.md", "--out", "out", "--workers", "2", "--partition", "5")
    assert again.code == 0
    assert "25 documents are done already" in again.err
    assert json.loads((archive / "out" / "summary.json").read_text())["documents"] == 25


def test_a_folder_is_read_as_check_reads_it(archive: Path, run: Run) -> None:
    done = run("scan", "a", "--out", "out", "--workers", "1", "--quiet")
    assert done.code == 0, done.err
    found = [as_check(row) for row in rows(archive / "out", "findings")]
    assert by_place(found) == by_place(run("check", "--format", "json", "a").json)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        pytest.param(("--partition", "6"), "another partition (5, not 6)", id="partition"),
        pytest.param(("--partition", "5", "--template", "alx"), "another settings", id="template"),
        pytest.param(("--partition", "5", "--select", "PM4"), "another settings", id="rules"),
    ],
)
def test_a_folder_with_another_scan_is_left_alone(
    archive: Path, run: Run, arguments: tuple[str, ...], told: str
) -> None:
    held = {
        "schema": 1,
        "pmlint": __version__,
        "source": "a/*.md",
        "folder": str(archive),
        "columns": ["path", "text"],
        "partition": 5,
        "no_incident": None,
        "settings": _settings(),
    }
    ledger.begin(Store("out", str(archive), {}), held | {"skip": False}, [Files(("a/00.md",))])
    done = run("scan", "a/*.md", "--out", "out", "--isolated", *arguments)
    assert done.code == 2
    assert told in done.err
    assert not (archive / "out" / "done").exists()


def _settings() -> str:
    from pmlint.commands.scan import _fingerprint

    return _fingerprint(Settings(), Call())


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        pytest.param((), 2, "name a source", id="no source"),
        pytest.param(("a",), 2, "name a folder for the results", id="no folder"),
        pytest.param(("a/*.txt", "--out", "o"), 3, "nothing found", id="nothing"),
        pytest.param(("b", "--out", "o"), 2, "no file or folder `b`", id="missing"),
        pytest.param(("a", "--out", "o", "--storage", "x"), 2, "no KEY=VALUE", id="storage"),
        pytest.param(("a", "--out", "o", "--select", "PM999"), 2, "no rule `PM999`", id="rule"),
        pytest.param(
            ("a", "--out", "o", "--scheduler", "x://y"), 2, "cannot reach `x://y`", id="scheduler"
        ),
        pytest.param(
            ("a", "--out", "o", "--scheduler", "tcp://y", "--workers", "2"),
            2,
            "leave one of the two out",
            id="workers of a scheduler",
        ),
    ],
)
def test_wrong_calls_get_one_line(
    archive: Path, run: Run, arguments: tuple[str, ...], code: int, told: str
) -> None:
    done = run("scan", *arguments)
    assert done.code == code
    assert told in done.err
    assert "Traceback" not in done.err


def test_without_the_extra_one_line_says_what_to_install(
    archive: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    done = run("scan", "a", "--out", "o")
    assert done.code == 2
    assert 'pip install "pmlint[scan]"' in done.err


# -- what happens to workers


def hostile(document: Document, job: Job, planner: Any) -> Result:
    """Examine as always, but for documents that say what is to happen to their worker."""
    text = Path(job.root, document.path).read_bytes()
    once = Path(job.root, "killed")
    if b"KILL" in text or (b"ONCE" in text and not once.exists()):
        once.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    while b"HANG" in text:
        pass
    return examine(document, job, planner)


@pytest.fixture
def hostile_examine() -> Iterator[Callable[..., Result]]:
    import cloudpickle  # type: ignore[import-untyped, unused-ignore]

    module = sys.modules[__name__]
    cloudpickle.register_pickle_by_value(module)
    yield hostile
    cloudpickle.unregister_pickle_by_value(module)


@posix
@pytest.mark.parametrize(
    ("words", "lost", "deaths"),
    [
        pytest.param({2: "ONCE"}, set(), False, id="a worker killed in the middle"),
        pytest.param({1: "KILL"}, {1}, True, id="a document that kills its worker"),
        pytest.param({1: "HANG"}, {1}, True, id="a document without end"),
    ],
)
def test_every_document_is_in_the_result_once(
    tmp_path: Path,
    cluster: Any,
    hostile_examine: Any,
    words: dict[int, str],
    lost: set[int],
    deaths: bool,
) -> None:
    names = [f"{number:02d}.md" for number in range(4)]
    for number, name in enumerate(names):
        (tmp_path / name).write_text(f"{FAULTY}\n{words.get(number, '')}\n")
    store = Store("out", str(tmp_path), {})
    ledger.begin(store, {}, [Files(tuple(names[at : at + 2])) for at in (0, 2)])
    steps: list[Step] = []
    # No longer than it must be, but a busy machine takes a second to start a worker.
    held = job(tmp_path, time_limit=1.0 if "HANG" in words.values() else 60.0)
    assert run_units(cluster, held, ledger.plan(store), steps.append, hostile_examine) == []
    facts = rows(tmp_path / "out", "facts")
    assert Counter(row["path"] for row in facts) == Counter(names)
    unreadable = {row["path"] for row in facts if row["status"] == "unreadable"}
    assert unreadable == {names[number] for number in lost}
    assert all(done for _, done in ledger.units(store))
    assert any(step.died for step in steps) == deaths


# -- S3-like storage


@pytest.fixture(scope="module")
def bucket() -> Iterator[dict[str, str]]:
    """Options for a storage that speaks S3, on the loopback address, in this process."""
    server_module = pytest.importorskip("moto.server", reason="needs moto[server]")
    server = server_module.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    _, port = server.get_host_and_port()
    yield {"endpoint_url": f"http://127.0.0.1:{port}", "key": "a", "secret": "b"}
    server.stop()


def test_an_archive_in_a_storage_gives_the_same(
    archive: Path, run: Run, bucket: dict[str, str]
) -> None:
    import fsspec

    fs = fsspec.filesystem("s3", **bucket)
    fs.mkdir("archive")
    for path in sorted((archive / "a").iterdir()):
        fs.pipe_file(f"archive/a/{path.name}", path.read_bytes())
    fs.pipe_file("archive/a/empty.md", b"")
    (archive / "a" / "empty.md").write_bytes(b"")
    jsonl(archive / "t.jsonl", [json.dumps({"path": f"{n}", "text": FAULTY}) for n in range(9)])
    fs.put_file(str(archive / "t.jsonl"), "archive/t.jsonl")
    parquet(archive / "t.parquet", [(f"{n}", FAULTY) for n in range(9)])
    fs.put_file(str(archive / "t.parquet"), "archive/t.parquet")
    fs.mkdir("results")
    storage = [word for key, value in bucket.items() for word in ("--storage", f"{key}={value}")]
    common = ("--workers", "1", "--quiet", "--partition", "6")

    done = run("scan", "s3://archive/a/*.md", "--out", "s3://results/a", *storage, *common)
    assert done.code == 0, done.err
    fs.get("results/a/", str(archive / "got") + "/", recursive=True)
    checked = run("check", "--format", "json", "--no-incident", "error", "a").json
    found = [as_check(row) for row in rows(archive / "got", "findings")]
    assert by_place(found) == by_place(
        [
            {**value, "path": f"s3://archive/{value['path']}", "related": _moved(value["related"])}
            for value in checked
        ]
    )
    for table in ("t.jsonl", "t.parquet"):
        out = f"out-{table}"
        done = run("scan", f"s3://archive/{table}", "--out", out, *storage, *common)
        assert done.code == 0, done.err
        facts = rows(archive / out, "facts")
        assert [row["path"] for row in facts] == [str(number) for number in range(9)]
        assert {row["table"] for row in facts} == {f"s3://archive/{table}"}
    assert not any("secret" in path.read_text() for path in archive.glob("out-*/*.json"))


def _moved(related: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**each, "path": f"s3://archive/{each['path']}"} for each in related]
