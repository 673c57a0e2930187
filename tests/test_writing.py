"""A file is the old one or the new one, whatever happens, and what is no text of it stays."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from conftest import ROOT, posix
from mends import GOOD, plan, swapped
from processes import PMLINT, called, environment

from pmlint.files import writing
from pmlint.files.discovery import File, is_markdown
from pmlint.mend import mending, rewrite

OLD = b"old\n" * 1000
NEW = b"new\n" * 2000
WRONG = swapped(GOOD, ("## Resolution", "## Resolution:"))


def temporary(folder: Path) -> list[str]:
    return [name for name in os.listdir(folder) if name.startswith(".pmlint-")]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.md"
    path.write_bytes(OLD)
    return path


def test_new_bytes_take_the_place_of_the_old_ones(file: Path) -> None:
    writing.replace(str(file), OLD, NEW)
    assert file.read_bytes() == NEW
    assert os.listdir(file.parent) == ["a.md"]


def test_nothing_is_written_where_nothing_changes(file: Path) -> None:
    before = file.stat()
    writing.replace(str(file), OLD, OLD)
    after = file.stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_file_that_was_changed_meanwhile_is_left_alone(file: Path) -> None:
    file.write_bytes(OLD + b"!")
    with pytest.raises(writing.StaleError):
        writing.replace(str(file), OLD, NEW)
    assert file.read_bytes() == OLD + b"!"


@posix
def test_bytes_are_durable_before_they_take_the_place_and_the_name_behind(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    for name in ("fsync", "replace"):
        real = getattr(os, name)

        def noted(*words: Any, real: Any = real, name: str = name, **options: Any) -> Any:
            status = os.fstat(words[0]) if name == "fsync" else None
            if status is not None and not stat.S_ISDIR(status.st_mode):
                # What still stands in a buffer would not be made durable.
                assert status.st_size == len(b"new")
            folder = status is not None and stat.S_ISDIR(status.st_mode)
            done.append("folder" if folder else name)
            return real(*words, **options)

        monkeypatch.setattr(os, name, noted)
    writing.replace(str(file), OLD, b"new")
    assert done == ["fsync", "replace", "folder"]


@pytest.mark.parametrize("held", [True, False], ids=["folder held open", "folder by its name"])
def test_temporary_file_lies_beside_the_file(
    file: Path, monkeypatch: pytest.MonkeyPatch, held: bool
) -> None:
    if not held:
        monkeypatch.setattr(os, "supports_dir_fd", set())
    elif os.open not in os.supports_dir_fd or os.rename not in os.supports_dir_fd:
        pytest.skip("folders cannot be held open")
    moved: list[tuple[str, object]] = []
    real = os.replace

    def noted(source: str, target: str, **options: Any) -> None:
        moved.append((source, options["src_dir_fd"]))
        real(source, target, **options)

    monkeypatch.setattr(os, "replace", noted)
    writing.replace(str(file), OLD, NEW)
    ((source, folder),) = moved
    # Held open, the folder may get another name meanwhile: only the file's name is used.
    assert os.path.dirname(source) == ("" if held else str(file.parent))
    assert (folder is not None) is held
    # No search takes it for a document, if it is left behind.
    assert os.path.basename(source).startswith(".")
    assert not is_markdown(os.path.basename(source))


@posix
def test_owner_stays(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.fstat
    given: list[tuple[int, int]] = []

    def another(descriptor: int) -> os.stat_result:
        status = real(descriptor)
        if status.st_size == len(OLD) and not given:
            values = list(status)
            values[4], values[5] = 4242, 2424
            return os.stat_result(values)
        return status

    def noted(_: int, user: int, group: int) -> None:
        given.append((user, group))

    monkeypatch.setattr(os, "fstat", another)
    monkeypatch.setattr(os, "fchown", noted)
    writing.replace(str(file), OLD, NEW)
    assert given == [(4242, 2424)]


@posix
def test_pipe_in_the_place_of_the_file_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    os.mkfifo(path)
    call = "import sys; from pmlint.files import writing; writing.replace(sys.argv[1], b'a', b'b')"
    done = called(sys.executable, "-c", call, path, folder=ROOT, timeout=60)
    assert "StaleError" in done.stderr
    assert stat.S_ISFIFO(path.stat().st_mode)


@posix
@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("name", ["a.md", "pipe/a.md"], ids=["the file", "its folder"])
def test_pipe_that_came_meanwhile_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    os.mkfifo(tmp_path / name.partition("/")[0])
    # The name was looked at before the pipe was put there.
    monkeypatch.setattr(os.path, "realpath", lambda path: path)
    with pytest.raises((writing.StaleError, NotADirectoryError)):
        writing.replace(str(tmp_path / name), OLD, NEW)


@posix
def test_link_that_takes_the_place_of_the_folder_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.md").write_bytes(OLD)
    (tmp_path / "link").symlink_to("in")
    monkeypatch.setattr(os.path, "realpath", lambda path: path)
    with pytest.raises(OSError, match=r"symbolic links|Not a directory"):
        writing.replace(str(tmp_path / "link" / "a.md"), OLD, NEW)
    assert (tmp_path / "in" / "a.md").read_bytes() == OLD


@posix
def test_folder_that_changed_places_meanwhile_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("top", "other"):
        (tmp_path / name / "in").mkdir(parents=True)
        (tmp_path / name / "in" / "a.md").write_bytes(OLD)
    real = os.open

    def late(*arguments: Any, **options: Any) -> int:
        if not (tmp_path / "gone").exists():
            # A folder further up, which no flag of the call looks at.
            (tmp_path / "top").rename(tmp_path / "gone")
            (tmp_path / "top").symlink_to("other")
        return real(*arguments, **options)

    monkeypatch.setattr(os, "open", late)
    monkeypatch.setattr(os, "supports_dir_fd", {*os.supports_dir_fd, late})
    with pytest.raises(writing.StaleError):
        writing.replace(str(tmp_path / "top" / "in" / "a.md"), OLD, NEW)
    for name in ("gone", "other"):
        assert (tmp_path / name / "in" / "a.md").read_bytes() == OLD


@posix
@pytest.mark.parametrize("new", [OLD, NEW], ids=["nothing changes", "written"])
def test_no_descriptor_is_left_open(file: Path, new: bytes) -> None:
    def lowest() -> int:
        descriptor = os.open(os.devnull, os.O_RDONLY)
        os.close(descriptor)
        return descriptor

    before = lowest()
    writing.replace(str(file), OLD, new)
    assert lowest() == before


@posix
def test_new_bytes_are_nobody_elses_before_the_mode_is_known(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.chmod(0o755)
    modes: list[int] = []
    real = os.fchmod

    def noted(descriptor: int, mode: int) -> None:
        modes.append(stat.S_IMODE(os.fstat(descriptor).st_mode))
        real(descriptor, mode)

    monkeypatch.setattr(os, "fchmod", noted)
    writing.replace(str(file), OLD, NEW)
    assert modes == [0o600]


@posix
def test_link_that_takes_the_place_of_the_file_is_not_followed(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = file.parent / "b.md"
    link.symlink_to("a.md")
    # The name was looked at before the link was put there.
    monkeypatch.setattr(os.path, "realpath", lambda path: path)
    with pytest.raises(OSError, match="symbolic links"):
        writing.replace(str(link), OLD, NEW)
    assert file.read_bytes() == OLD
    assert sorted(os.listdir(file.parent)) == ["a.md", "b.md"]


@posix
@pytest.mark.parametrize("mode", [0o640, 0o600, 0o755, 0o664])
def test_mode_stays(file: Path, mode: int) -> None:
    file.chmod(mode)
    writing.replace(str(file), OLD, NEW)
    assert stat.S_IMODE(file.stat().st_mode) == mode


@posix
@pytest.mark.parametrize("mode", [0o444, 0o555], ids=oct)
def test_read_only_file_is_left_alone(file: Path, mode: int) -> None:
    file.chmod(mode)
    with pytest.raises(writing.ReadOnlyError):
        writing.replace(str(file), OLD, NEW)
    assert file.read_bytes() == OLD


@posix
def test_link_stays_a_link_and_its_target_is_replaced(file: Path) -> None:
    link = file.parent / "link.md"
    link.symlink_to("a.md")
    writing.replace(str(link), OLD, NEW)
    assert link.is_symlink()
    assert os.readlink(link) == "a.md"
    assert file.read_bytes() == NEW


CALLS = ["open", "fsync", "replace", "fchmod", "fstat"]
FAULTS = [errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EROFS, errno.EACCES]


@posix
@pytest.mark.parametrize("code", FAULTS, ids=[errno.errorcode[code] for code in FAULTS])
@pytest.mark.parametrize("call", CALLS)
def test_fault_at_any_call_leaves_the_old_or_the_new_file(
    file: Path, monkeypatch: pytest.MonkeyPatch, call: str, code: int
) -> None:
    real = getattr(os, call)
    for number in range(1, 6):
        file.write_bytes(OLD)
        calls = 0

        def failing(*arguments: Any, at: int = number, **options: Any) -> Any:
            nonlocal calls
            calls += 1
            if calls == at:
                raise OSError(code, os.strerror(code))
            return real(*arguments, **options)

        with monkeypatch.context() as patch:
            patch.setattr(os, call, failing)
            patch.setattr(os, "supports_dir_fd", {*os.supports_dir_fd, failing})
            told = 0
            try:
                writing.replace(str(file), OLD, NEW)
            except OSError as error:
                told = error.errno or -1
        assert told in (0, code)
        assert file.read_bytes() == (OLD if told else NEW)
        assert temporary(file.parent) == []


def test_interrupt_removes_the_temporary_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        writing.replace(str(file), OLD, NEW)
    assert file.read_bytes() == OLD
    assert temporary(file.parent) == []


@posix
def test_platform_without_folder_descriptors_is_served(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "supports_dir_fd", set())
    writing.replace(str(file), OLD, NEW)
    assert file.read_bytes() == NEW
    assert temporary(file.parent) == []


@posix
@pytest.mark.parametrize("missing", ["open", "rename"])
def test_folder_is_held_only_where_every_call_takes_it(
    file: Path, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    monkeypatch.setattr(os, "supports_dir_fd", os.supports_dir_fd - {getattr(os, missing)})
    used: list[object] = []
    real = os.replace

    def noted(*words: str, **options: Any) -> None:
        used.append(options["src_dir_fd"])
        real(*words, **options)

    monkeypatch.setattr(os, "replace", noted)
    writing.replace(str(file), OLD, NEW)
    assert used == [None]
    assert file.read_bytes() == NEW


@posix
def test_platform_with_text_files_is_given_bytes(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows: a flag for bytes, but neither owners, modes, links nor pipes."""
    binary = 1 << 30
    for name in ("O_NOFOLLOW", "O_NONBLOCK", "fchown", "fchmod"):
        monkeypatch.delattr(os, name)
    owners = iter(range(1, 9))
    monkeypatch.setattr(
        os, "fstat", lambda _: os.stat_result([*file.stat()[:4], next(owners), *file.stat()[5:]])
    )
    monkeypatch.setattr(os, "O_BINARY", binary, raising=False)
    monkeypatch.setattr(os, "supports_dir_fd", set())
    flags: list[int] = []
    real = os.open

    def noted(path: str, given: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        flags.append(given)
        return real(path, given & ~binary, mode, dir_fd=dir_fd)

    monkeypatch.setattr(os, "open", noted)
    writing.replace(str(file), OLD, NEW)
    assert flags == [os.O_RDONLY | binary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | binary]
    assert file.read_bytes() == NEW


# Whole files


def mend(path: Path, *, unsafe: bool = False) -> mending.Outcome:
    file = File(str(path), named=True)
    return mending.mend_file(file, plan(), unsafe=unsafe, write=True)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["no BOM", "BOM"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("last", [True, False], ids=["final end", "no final end"])
def test_bytes_outside_the_edit_are_identical(
    tmp_path: Path, mark: bytes, end: bytes, last: bool
) -> None:
    text = WRONG if last else WRONG.rstrip("\n")
    data = mark + text.encode().replace(b"\n", end)
    path = tmp_path / "a.md"
    path.write_bytes(data)
    assert mend(path).changed
    assert path.read_bytes() == data.replace(b"Resolution:", b"Resolution")


def test_clean_file_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(GOOD, "utf-8")
    before = path.stat()
    assert not mend(path).changed
    assert path.stat().st_ino == before.st_ino
    assert path.stat().st_mtime_ns == before.st_mtime_ns


@posix
@pytest.mark.parametrize(
    "prepare",
    [
        pytest.param(lambda at, out: (at / "z.md").symlink_to(out / "secret.md"), id="link"),
        pytest.param(
            lambda at, out: ((at / "sub").symlink_to(out), (at / "sub" / "z.md").exists()),
            id="folder is a link",
        ),
    ],
)
def test_nothing_outside_is_read_out_or_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, prepare: Callable[[Path, Path], object]
) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    inside.mkdir()
    outside.mkdir()
    for name in ("secret.md", "z.md"):
        (outside / name).write_text(WRONG, "utf-8")
    prepare(inside, outside)
    monkeypatch.chdir(inside)
    path = "z.md" if (inside / "z.md").is_symlink() else "sub/z.md"
    found = mending.mend_file(File(path, named=True), plan(), unsafe=True, write=True)
    assert found.failure
    for name in ("secret.md", "z.md"):
        assert (outside / name).read_text("utf-8") == WRONG


@posix
def test_file_swapped_for_a_link_after_it_was_read_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    secret = tmp_path / "secret.md"
    secret.write_text(WRONG, "utf-8")
    path = inside / "a.md"
    path.write_text(WRONG, "utf-8")
    monkeypatch.chdir(inside)
    real = rewrite.mend

    def swap(*arguments: Any, **options: Any) -> Any:
        path.unlink()
        path.symlink_to(secret)
        return real(*arguments, **options)

    monkeypatch.setattr(rewrite, "mend", swap)
    outcome = mending.mend_file(File("a.md", named=True), plan(), unsafe=False, write=True)
    assert outcome.failure
    assert secret.read_text("utf-8") == WRONG


def run(folder: Path, *arguments: str, prefix: str = "") -> subprocess.CompletedProcess[str]:
    script = (
        f"{prefix}\nimport sys\nfrom pmlint.cli import main\nsys.exit(main({list(arguments)!r}))"
    )
    environ = environment(PYTHONDONTWRITEBYTECODE="1")
    return called(sys.executable, "-c", script, folder=folder, environ=environ)


@posix
def test_full_disk_is_said_and_the_file_kept(tmp_path: Path) -> None:
    big = swapped(WRONG, ("a week before.", "a week before. " + "It was long ago. " * 2000))
    (tmp_path / "a.md").write_text(big, "utf-8")
    limit = (
        "import resource, signal\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))"
    )
    done = run(tmp_path, "--fix", "--isolated", "a.md", prefix=limit)
    assert done.returncode == 2
    assert "a.md" in done.stderr
    assert "file too large" in done.stderr
    assert (tmp_path / "a.md").read_text("utf-8") == big
    assert temporary(tmp_path) == []


def fixing(folder: Path) -> subprocess.Popen[bytes]:
    """A run that has begun to fix all files of a folder."""
    return subprocess.Popen(
        [*PMLINT, "--fix", "--isolated", "-q", "."],
        cwd=folder,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@posix
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL], ids=["TERM", "KILL"])
def test_killed_run_leaves_whole_files(tmp_path: Path, number: signal.Signals) -> None:
    names = [f"postmortem-{index:03}.md" for index in range(60)]
    for name in names:
        (tmp_path / name).write_text(WRONG, "utf-8")
    (tmp_path / "expected").write_text(GOOD, "utf-8")
    process = fixing(tmp_path)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        if (tmp_path / names[3]).read_text("utf-8") == GOOD:
            process.send_signal(number)
            break
        time.sleep(0.002)
    process.wait()
    texts = {name: (tmp_path / name).read_text("utf-8") for name in names}
    assert set(texts.values()) <= {GOOD, WRONG}
    assert GOOD in texts.values()
    if number == signal.SIGTERM:
        assert temporary(tmp_path) == []
    # What a killed run left behind is no file to check.
    again = run(tmp_path, "--fix", "--isolated", "--format", "json", ".")
    assert again.stdout == "[]\n"
    assert {(tmp_path / name).read_text("utf-8") for name in names} == {GOOD}


@posix
@pytest.mark.parametrize("seed", range(3))
def test_kill_at_a_random_moment_leaves_200_whole_files(tmp_path: Path, seed: int) -> None:
    names = [f"postmortem-{index:03}.md" for index in range(200)]
    for name in names:
        (tmp_path / name).write_text(WRONG, "utf-8")
    process = fixing(tmp_path)
    time.sleep(Random(seed).uniform(0.3, 2.0))
    process.kill()
    process.wait()
    assert {(tmp_path / name).read_text("utf-8") for name in names} <= {GOOD, WRONG}
