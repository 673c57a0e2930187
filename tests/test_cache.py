"""Results of earlier runs: when they hold, when not, and what a damaged cache does (nothing)."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, Run, Tree

from pmlint import engine
from pmlint.running import runs

FAULTY = (ROOT / "examples" / "faulty.md").read_text(encoding="utf-8")
GOOD = (ROOT / "examples" / "good.md").read_text(encoding="utf-8")
LONG_AGO = 1_700_000_000


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were read, not answered from the cache."""
    names: list[str] = []
    original = engine.load

    def load(file: object, plan: object) -> object:
        names.append(file.path)  # type: ignore[attr-defined]
        return original(file, plan)  # type: ignore[arg-type]

    monkeypatch.setattr(engine, "load", load)
    return names


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this test's results are kept."""
    place = tmp_path / "kept"
    monkeypatch.setenv("PMLINT_CACHE_DIR", str(place))
    return place


def written(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.json"))


@pytest.mark.parametrize(
    "options",
    [
        pytest.param((), id="text"),
        pytest.param(("--format", "json"), id="json"),
        pytest.param(("--format", "sarif"), id="a format that names the rules"),
        pytest.param(("--format", "full"), id="with excerpts"),
        pytest.param(("--isolated",), id="isolated"),
        pytest.param(("--statistics",), id="counts"),
    ],
)
def test_second_run_says_the_same_without_reading(
    run: Run, tree: Tree, reads: list[str], options: tuple[str, ...]
) -> None:
    tree({"a.md": FAULTY, "b.md": GOOD, "notes.md": "# Notes\n\nNothing happened.\n"})
    first = run(*options, ".")
    assert sorted(reads) == ["a.md", "b.md", "notes.md"]
    reads.clear()
    assert run(*options, ".") == first
    assert reads == []


def test_settled_file_is_told_by_its_times_and_a_fresh_one_by_its_text(
    run: Run, tree: Tree, reads: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree({"a.md": FAULTY})
    monkeypatch.setattr("pmlint.running.cache._SETTLED", -(10**18))
    run("a.md")
    (kept,) = written(folder)
    noted, digest, _ = json.loads(kept.read_bytes().split(b"\n", 1)[1])["entries"]["a.md"]
    assert noted[0] == os.stat("a.md").st_mtime_ns
    assert len(digest) == 32
    monkeypatch.setattr("pmlint.running.cache._SETTLED", 10**18)
    os.utime("a.md", (LONG_AGO, LONG_AGO))
    reads.clear()
    run("a.md")
    assert reads == []
    (kept,) = written(folder)
    assert json.loads(kept.read_bytes().split(b"\n", 1)[1])["entries"]["a.md"][0] is None


def change_text(path: Path) -> None:
    path.write_text(FAULTY.replace("9:40 AM", "9:55 AM"), encoding="utf-8")


def change_same_size_and_time(path: Path) -> None:
    before = path.stat()
    path.write_text(FAULTY.replace("9:40", "9:41"), encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(change_text, id="another text"),
        pytest.param(change_same_size_and_time, id="another text of that size and time"),
    ],
)
def test_changed_document_is_read(
    run: Run, tree: Tree, reads: list[str], change: Callable[[Path], None]
) -> None:
    here = tree({"a.md": FAULTY})
    before = run("a.md").out
    change(here / "a.md")
    reads.clear()
    after = run("a.md").out
    assert reads == ["a.md"]
    assert after != before


@pytest.mark.parametrize(
    "options",
    [
        pytest.param(("--select", "PM402"), id="other rules"),
        pytest.param(("--template", "alx"), id="another template"),
        pytest.param(("--no-incident", "skip"), id="files without an incident"),
        pytest.param(("--no-suppress",), id="comments"),
        pytest.param(("--no-cache",), id="no cache"),
        pytest.param(("--debug",), id="a fault would have to happen again"),
    ],
)
def test_other_settings_read_again(
    run: Run, tree: Tree, reads: list[str], options: tuple[str, ...]
) -> None:
    tree({"a.md": FAULTY})
    run("a.md")
    reads.clear()
    run(*options, "a.md")
    assert reads == ["a.md"]


def test_changed_configuration_reads_again(run: Run, tree: Tree, reads: list[str]) -> None:
    here = tree({"a.md": FAULTY, ".pmlint.toml": 'ignore = ["PM402"]\n'})
    assert "PM402" not in run("a.md").out
    (here / ".pmlint.toml").write_text('ignore = ["PM602"]\n', encoding="utf-8")
    reads.clear()
    assert "PM402" in run("a.md").out
    assert reads == ["a.md"]


def test_changed_template_file_reads_again(run: Run, tree: Tree, reads: list[str]) -> None:
    here = tree({"a.md": FAULTY, "our.toml": 'extends = "default"\nsummary = "Ours"\n'})
    run("--template", "our.toml", "a.md")
    (here / "our.toml").write_text('extends = "alx"\nsummary = "Ours"\n', encoding="utf-8")
    reads.clear()
    run("--template", "our.toml", "a.md")
    assert reads == ["a.md"]


def cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def flip(data: bytes) -> bytes:
    return data.replace(b"timeline", b"timelime", 1)


def misform(data: bytes) -> bytes:
    import zlib

    body = json.loads(data.split(b"\n", 1)[1])
    for entry in body["entries"].values():
        entry[2] = ["no", "report"]
    told = json.dumps(body).encode()
    return b"%08x\n" % zlib.crc32(told) + told


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(cut, id="cut short"),
        pytest.param(flip, id="a letter changed"),
        pytest.param(misform, id="well written, but no report"),
        pytest.param(lambda data: b"", id="empty"),
        pytest.param(lambda data: b"\xff\x00" * 100, id="noise"),
        pytest.param(lambda data: b"00000000\n" + b"[" * 100_000, id="nested"),
    ],
)
def test_damaged_cache_is_as_good_as_none(
    run: Run, tree: Tree, folder: Path, damage: Callable[[bytes], bytes]
) -> None:
    tree({"a.md": FAULTY})
    first = run("a.md")
    (kept,) = written(folder)
    kept.write_bytes(damage(kept.read_bytes()))
    assert run("a.md") == first
    assert run("a.md") == first


def test_cache_that_cannot_be_written_is_no_fault(run: Run, tree: Tree) -> None:
    here = tree({"a.md": FAULTY, "taken": "a file"})
    assert run("--cache-dir", str(here / "taken"), "a.md") == run("--no-cache", "a.md")


def test_option_names_the_folder_which_git_leaves_alone(run: Run, tree: Tree) -> None:
    here = tree({"a.md": GOOD})
    run("--cache-dir", "deep/kept", "a.md")
    assert (here / "deep" / "kept" / ".gitignore").read_text() == "*\n"
    assert len(written(here / "deep" / "kept")) == 1


def test_link_to_elsewhere_is_not_written_through(
    run: Run, tree: Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PMLINT_CACHE_DIR")
    here = tree({"a.md": GOOD})
    outside = tmp_path / "elsewhere"
    outside.mkdir()
    (here / ".pmlint_cache").symlink_to(outside)
    assert run("a.md").code == 0
    assert list(outside.iterdir()) == []


def test_file_that_cannot_be_read_is_told_every_time(run: Run, tree: Tree, folder: Path) -> None:
    here = tree({"a.md": GOOD})
    (here / "a.md").write_bytes(b"\xff\xfe\x00")
    assert run("a.md").code == 2
    assert run("a.md").code == 2
    assert written(folder) == []


def test_deleted_documents_leave_the_cache(run: Run, tree: Tree, folder: Path) -> None:
    here = tree({"a.md": FAULTY, "b.md": GOOD})
    run("a.md", "b.md")
    (here / "b.md").unlink()
    (here / "a.md").write_text(GOOD, encoding="utf-8")
    run("a.md")
    (kept,) = written(folder)
    assert list(json.loads(kept.read_bytes().split(b"\n", 1)[1])["entries"]) == ["a.md"]


def test_results_that_nobody_renewed_are_removed(run: Run, tree: Tree, folder: Path) -> None:
    here = tree({"a.md": FAULTY})
    run("a.md")
    (kept,) = written(folder)
    os.utime(kept, (LONG_AGO, LONG_AGO))
    (here / "a.md").write_text(GOOD, encoding="utf-8")
    run("--select", "PM402", "a.md")
    assert kept not in written(folder)


# Worker processes.


@pytest.mark.parametrize("form", ["json", "full"])
def test_workers_say_what_one_process_says(run: Run, tree: Tree, form: str) -> None:
    texts = {f"{n:02}.md": FAULTY.replace("Search", f"Search {n}") for n in range(12)}
    tree({**texts, "good.md": GOOD, "notes.md": "# Notes\n\nNothing.\n"})
    alone = run("--no-cache", "--jobs", "1", "--format", form, ".")
    assert run("--no-cache", "--jobs", "2", "--format", form, ".") == alone


def test_workers_leave_unreadable_files_to_the_report(run: Run, tree: Tree) -> None:
    here = tree({"a.md": GOOD, "b.md": FAULTY, "c.md": "x"})
    (here / "c.md").write_bytes(b"# A\n\n\xff\n")
    alone = run("--no-cache", "--jobs", "1", "--format", "json", ".")
    assert alone.code == 2
    assert run("--no-cache", "--jobs", "2", "--format", "json", ".") == alone


@pytest.mark.parametrize(
    ("asked", "sizes", "processes"),
    [
        pytest.param(None, [4_000], 1, id="one file"),
        pytest.param(None, [3_000] * 20, 1, id="less work than a start"),
        pytest.param(None, [3_000] * 1_000, 4, id="an archive"),
        pytest.param(None, [5_000_000], 1, id="one large file cannot be shared"),
        pytest.param(1, [3_000] * 1_000, 1, id="one asked for"),
        pytest.param(8, [10] * 3, 3, id="no more than files"),
    ],
)
def test_processes_are_started_where_they_pay(
    monkeypatch: pytest.MonkeyPatch, asked: int | None, sizes: list[int], processes: int
) -> None:
    monkeypatch.setattr(runs, "processors", lambda: 4)
    assert runs._processes(asked, sizes) == processes
