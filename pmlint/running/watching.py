"""Files watched by their times, and a screen that shows what is found in them.

The files are looked at a few times a second; nothing is installed for it, and it works
on every file system. A file that is just being written is waited for.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from time import localtime, monotonic, sleep, strftime
from typing import IO, TYPE_CHECKING, Literal

from pmlint import engine
from pmlint.config import ConfigError
from pmlint.files import discovery
from pmlint.namedtuples import NamedTuple
from pmlint.reports import FileReport

if TYPE_CHECKING:
    from pmlint.engine import Plan
    from pmlint.files.discovery import File
    from pmlint.formats import About
    from pmlint.reports.colour import Style
    from pmlint.running.following import Configuration

TICK = 0.2
"""Seconds between two looks."""
SETTLED = 0.06
"""Seconds for which a file that changed must stay as it is."""
SHARE = 0.05
"""Of the time, at most this is spent on looking for files."""

Stamp = tuple[int, int, int]


class Watch:
    """Some paths, what was found in them, and whether that still holds."""

    def __init__(self, paths: Sequence[str], configuration: Configuration) -> None:
        self.paths = paths
        self.configuration = configuration
        self.reports: tuple[FileReport, ...] = ()
        """Of every file, in the order of the search."""
        self.fault = ""
        """Why nothing can be checked now; then ``reports`` are those of before."""
        self.checked_at = ""
        self.changed: tuple[str, ...] = ()
        """The files that were checked last."""
        self._known: dict[str, FileReport] = {}
        self._stamps: dict[str, Stamp | None] = {}
        self._files: tuple[File, ...] = ()
        self._next_search = 0.0

    def start(self) -> None:
        """Check everything. Raises ConfigError where the settings cannot be obeyed."""
        self._search()
        self._stamps = {file.path: _stamp(file.path) for file in self._files}
        self._check(self._files)

    def look(self) -> bool:
        """Check what has changed since the last look; False where nothing has."""
        before = {file.path for file in self._files}
        try:
            self._search()
            again = not self._fresh()
        except ConfigError as error:
            return self._fail(error)
        stamps = self._settled({file.path: _stamp(file.path) for file in self._files})
        if again or self.fault:
            changed = self._files
        else:
            changed = tuple(
                file for file in self._files if stamps[file.path] != self._stamps.get(file.path)
            )
        gone = before - stamps.keys()
        self._stamps = stamps
        if not changed and not gone and not (again or self.fault):
            return False
        try:
            self._check(changed)
        except ConfigError as error:
            return self._fail(error)
        return True

    def plan(self) -> Plan:
        """The plan of the first file, for what reports say of the run."""
        return self.configuration.plan(self._files[0].path if self._files else "-")[0]

    def _fail(self, error: ConfigError) -> bool:
        told = str(error)
        if told == self.fault:
            return False
        self.fault, self.checked_at = told, _now()
        return True

    def _search(self) -> None:
        """Look for files, seldom where that takes long."""
        now = monotonic()
        if now < self._next_search:
            return
        found = discovery.find(self.paths)
        self._files = tuple(file for file in found.files if self.configuration.wanted(file))
        self._next_search = monotonic() + (monotonic() - now) / SHARE

    def _fresh(self) -> bool:
        folders = {os.path.dirname(file.path): file.path for file in self._files}
        return all(self.configuration.fresh(path) for path in folders.values())

    def _settled(self, stamps: dict[str, Stamp | None]) -> dict[str, Stamp | None]:
        """The stamps once no file that changed is still being written or renamed."""
        for _ in range(20):
            moving = [path for path, stamp in stamps.items() if stamp != self._stamps.get(path)]
            if not moving:
                return stamps
            sleep(SETTLED)
            now = {path: _stamp(path) for path in moving}
            if all(now[path] == stamps[path] for path in moving):
                return stamps
            stamps = stamps | now
        return stamps

    def _check(self, files: Iterable[File]) -> None:
        checked = []
        for file in files:
            plan, baseline = self.configuration.plan(file.path)
            report = engine.check_file(file, plan, skip_no_incident=not file.named)
            if baseline is not None:
                from pmlint.running import baseline as known

                (report,) = known.apply([report], baseline)
            self._known[file.path] = report
            checked.append(file.path)
        held = {file.path for file in self._files}
        self._known = {path: report for path, report in self._known.items() if path in held}
        self.reports = tuple(
            self._known[file.path] for file in self._files if file.path in self._known
        )
        self.fault, self.checked_at, self.changed = "", _now(), tuple(checked)


def _stamp(path: str) -> Stamp | None:
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


def _now() -> str:
    return strftime("%H:%M:%S", localtime())


# -- showing -------------------------------------------------------------------


class Size(NamedTuple):
    """Of a terminal, in cells."""

    columns: int
    rows: int


_STEPS: dict[str, tuple[str, ...]] = {
    "text": ("text", "grouped"),
    "full": ("full", "grouped"),
    "grouped": ("grouped",),
    "concise": ("concise",),
}
"""What is tried where a report does not fit the screen, from much detail to little."""


class Screen:
    """A terminal's second screen, redrawn in place and given back as it was."""

    def __init__(
        self, stream: IO[str], output: str, color: Literal["auto", "always", "never"]
    ) -> None:
        self._stream = stream
        self._output = output
        self._color = color
        self._drawn = ""

    def __enter__(self) -> Screen:
        # The second screen, no cursor, no wrapping.
        self._put("\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[2J")
        return self

    def __exit__(self, *_: object) -> None:
        self._put("\x1b[?7h\x1b[?25h\x1b[?1049l")

    def show(self, watch: Watch) -> None:
        """Draw what the watch found, cut to the screen; nothing where it is there already."""
        rows = list(fitted(watch, self._output, self._style(), self._size()))
        drawn = "\n".join(rows)
        if drawn == self._drawn:
            return
        self._drawn = drawn
        # Drawn over what is there and shown at once: no blank screen in between.
        lines = "".join(f"{row}\x1b[0m\x1b[K\r\n" for row in rows[:-1])
        self._put(f"\x1b[?2026h\x1b[H{lines}{rows[-1]}\x1b[0m\x1b[K\x1b[J\x1b[?2026l")

    def end(self, watch: Watch) -> None:
        """Leave the last report behind."""
        self._put(_report(watch, self._output, self._style()))

    def _style(self) -> Style:
        from pmlint.reports.colour import style_for

        return style_for(self._stream, self._color)

    def _size(self) -> Size:
        try:
            size = os.get_terminal_size(self._stream.fileno())
        except (OSError, ValueError):
            return Size(80, 24)
        return Size(size.columns or 80, size.lines or 24)

    def _put(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()


class Pages:
    """Reports one after the other, for a pipe or a file."""

    def __init__(
        self, stream: IO[str], output: str, color: Literal["auto", "always", "never"]
    ) -> None:
        self._stream = stream
        self._output = output
        self._color = color
        self._shown = ""

    def __enter__(self) -> Pages:
        return self

    def __exit__(self, *_: object) -> None:
        return

    def show(self, watch: Watch) -> None:
        """Write the report, unless the last one said the same."""
        from pmlint.reports.colour import style_for

        text = _report(watch, self._output, style_for(self._stream, self._color))
        if text == self._shown:
            return
        head = f"\nchecked again at {watch.checked_at}\n\n" if self._shown else ""
        self._shown = text
        self._stream.write(head + text)
        self._stream.flush()

    def end(self, watch: Watch) -> None:
        """Nothing is left to write."""


def screen_for(
    stream: IO[str], output: str, color: Literal["auto", "always", "never"]
) -> Screen | Pages:
    """A screen for a terminal that can be drawn on, else pages."""
    if stream.isatty() and os.environ.get("TERM") != "dumb":
        return Screen(stream, output, color)
    return Pages(stream, output, color)


def run(watch: Watch, screen: Screen | Pages) -> None:
    """Show what is found until the user interrupts."""
    with screen:
        try:
            screen.show(watch)
            while True:
                sleep(TICK)
                watch.look()
                screen.show(watch)
        except KeyboardInterrupt:
            pass
    screen.end(watch)


def fitted(watch: Watch, output: str, style: Style, size: Size) -> Iterator[str]:
    """The rows of a screen: a report with as much detail as fits, and a last line."""
    room = max(size.rows - 2, 1)
    rows: list[str] = []
    for step in _STEPS[output]:
        rows = _report(watch, step, style).rstrip("\n").split("\n")
        if len(rows) <= room:
            break
    if len(rows) > room:
        left = len(rows) - room + 1
        lines = "line" if left == 1 else "lines"
        told = f"{style.signs.left_out} {left:,} more {lines}: a higher window, or pmlint check"
        rows = [*rows[: room - 1], style.paint("faint", told)]
    yield from rows
    yield from [""] * (room - len(rows) + 1)
    yield _status(watch, style, size)


def _status(watch: Watch, style: Style, size: Size) -> str:
    from pmlint.reports.layout import cut
    from pmlint.reports.summary import counted

    count = counted(len(watch.reports), "file")
    parts = [f"watching {count}", f"checked {watch.checked_at}", "Ctrl-C ends"]
    return style.paint("faint", cut("  ".join(parts), max(size.columns - 1, 20), style.signs.cut))


def _report(watch: Watch, output: str, style: Style) -> str:
    """What ``check`` would print; or why nothing can be checked."""
    from pmlint import formats

    if watch.fault:
        word = style.paint("error", "error")
        faults = "\n".join(f"{word}: {line}" for line in watch.fault.split("\n"))
        return f"{faults}\nnothing was checked; waiting for the configuration to be corrected\n"
    if not watch.reports:
        return "no Markdown file yet; pmlint looks for *.md, *.markdown and README\n"
    return formats.render(output, watch.reports, _about(watch, style))


def _about(watch: Watch, style: Style) -> About:
    from pmlint.findings import Level
    from pmlint.formats import About

    plan = watch.plan()
    settings = watch.configuration.settings(watch.reports[0].path)
    several = {
        rule.code: rule.messages["several"] for rule in plan.rules if "several" in rule.messages
    }
    return About(
        style=style,
        rules=plan.rules,
        template=plan.template.name,
        template_origin=os.path.basename(settings.file) if settings.template != "default" else "",
        fail_on=Level(settings.fail_on or "error"),
        paths=watch.paths,
        several=several,
    )


def terminal_is_given_back() -> None:
    """Let a request to end (SIGTERM, SIGHUP) restore the screen first."""
    from pmlint.mend.mending import stops_cleanly

    if sys.platform != "win32":
        stops_cleanly()
