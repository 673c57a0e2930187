"""One finding in full: its sentence, the words at fault with their labels, the help."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from pmlint.findings import Finding, Related, Source, Span
from pmlint.namedtuples import NamedTuple
from pmlint.reports.colour import Style, Tone
from pmlint.reports.layout import WIDEST, Line, Window, cells, said, wrap
from pmlint.reports.sanitise import path_text

LONGEST_LIST = 8
"""Lines of a joined list up to which its lines without a finding are shown too."""
NARROWEST_LABEL = 16
LONGEST_LINE = 4000
"""Characters up to which a line is measured as a whole."""

Sources = Mapping[str, Source]


class Underline(NamedTuple):
    """Words of one line to be marked; 0-based positions in the line."""

    line: int
    start: int
    end: int
    tone: Tone
    label: str


def block(findings: Sequence[Finding], sources: Sources, style: Style, several: str = "") -> str:
    """The finding, or neighbouring ones of one rule joined, as rows.

    ``several`` is the sentence for more than one, with ``{count}``.
    """
    return "\n".join(_rows(findings, sources, style, several))


def _rows(
    findings: Sequence[Finding], sources: Sources, style: Style, several: str
) -> Iterator[str]:
    first = findings[0]
    source = sources[first.path]
    width = min(style.width, WIDEST)
    underlines = [line for finding in findings for line in _underlines(finding, source)]
    lines = sorted({underline.line for underline in underlines} | _between(findings, source))
    away = [related for related in first.related if related.path != first.path]
    margin = _margin(lines, away, sources)
    paper = _Paper(style, width, margin)

    yield from _headline(findings, style, width, several)
    place = source.place(first.span.start)
    yield paper.place(f"{path_text(first.path)}:{place.line}:{place.column}")
    if source.text:
        yield from paper.excerpts(source, lines, underlines)
    for related in away:
        yield from _elsewhere(related, sources, paper)
    notes = [note.partition(": ") for note in first.notes]
    told = [(word, [("", text)]) if text else ("note", [("", word)]) for word, _, text in notes]
    helps = list(_helps(findings, source))
    if helps:
        told.append(("help", helps))
    for at, (word, items) in enumerate(told):
        yield from paper.note(word, items, last=at == len(told) - 1)


def _headline(findings: Sequence[Finding], style: Style, width: int, several: str) -> Iterator[str]:
    first = findings[0]
    name = f"{first.level} {first.code}"
    message = said(sentence(findings, several), style)
    flag = "[fixable]" if any(finding.fix for finding in findings) else ""
    room = width - cells(name) - 2
    told = f"{message}  {flag}" if flag else message
    rows = [told] if cells(told) <= room else wrap(f"{message} {flag}".rstrip(), room)
    for at, row in enumerate(rows):
        words = row.removesuffix(flag).rstrip()
        shown = style.paint("bold", words) + row[len(words) :]
        head = style.paint(_tone(first), name) + ": " if not at else " " * (len(name) + 2)
        yield head + shown


def sentence(findings: Sequence[Finding], several: str) -> str:
    """What one finding says, or what several of one rule say together."""
    count = len(findings)
    if count == 1:
        return findings[0].message
    if several:
        return several.replace("{count}", f"{count:,}")
    return f"{findings[0].message} ({count:,} times)"


def _tone(finding: Finding) -> Tone:
    return finding.level.value


def _underlines(finding: Finding, source: Source) -> Iterator[Underline]:
    yield _underline(source, finding.span, _tone(finding), finding.label)
    for related in finding.related:
        if related.path == finding.path:
            yield _underline(source, related.span, "related", related.message)


def _underline(source: Source, span: Span, tone: Tone, label: str) -> Underline:
    """The part of a span that stands on its first line, without blanks at the end."""
    line = source.line_index(span.start)
    whole = source.line_span(line)
    words = source.text[span.start : min(span.end, whole.end)].rstrip()
    start = span.start - whole.start
    return Underline(line, start, start + len(words), tone, label)


def _between(findings: Sequence[Finding], source: Source) -> set[int]:
    """The lines of a short joined list, with those that hold no finding."""
    if _list_marker(source, findings[0]) is None:
        return set()
    first = source.line_index(findings[0].span.start)
    last = source.line_index(findings[-1].span.start)
    return set(range(first, last + 1)) if last - first < LONGEST_LIST else set()


def _margin(lines: Iterable[int], away: Iterable[Related], sources: Sources) -> int:
    """Cells that the largest line number takes."""
    others = (
        sources[related.path].line_index(related.span.start)
        for related in away
        if related.path in sources
    )
    return max(2, len(str(max((*lines, *others), default=0) + 1)))


def _elsewhere(related: Related, sources: Sources, paper: _Paper) -> Iterator[str]:
    source = sources.get(related.path)
    if source is None:
        yield paper.place(path_text(related.path))
        yield from paper.labelled(related.message)
        return
    place = source.place(related.span.start)
    yield paper.place(f"{path_text(related.path)}:{place.line}:{place.column}")
    underline = _underline(source, related.span, "related", related.message)
    yield from paper.excerpts(source, [underline.line], [underline])


def _helps(findings: Sequence[Finding], source: Source) -> Iterator[tuple[str, str]]:
    """What to write, as (line number or nothing, text); common words are said once."""
    told = [
        (source.place(finding.span.start).line, finding.help)
        for finding in findings
        if finding.help
    ]
    if len({text for _, text in told}) < 2:
        yield from (("", text) for _, text in told[:1])
        return
    common = _common([text for _, text in told])
    if common:
        yield "", common.rstrip()
    width = max(len(str(line)) for line, _ in told)
    for line, text in told:
        yield f"{line:>{width}}", text[len(common) :]


def _common(texts: Sequence[str]) -> str:
    """The words with which all texts begin, up to the end of a clause."""
    low, high = min(texts), max(texts)
    size = 0
    while size < min(len(low), len(high)) and low[size] == high[size]:
        size += 1
    while size and low[size - 2 : size] not in (": ", ". ", "; "):
        size -= 1
    return low[:size]


class _Paper(NamedTuple):
    """Where rows go: the style, the width and the cells for line numbers."""

    style: Style
    width: int
    margin: int

    def place(self, place: str) -> str:
        signs = self.style.signs
        indent = " " * (self.margin + signs.place_indent)
        return f"{indent}{self.style.paint('faint', signs.place)} {place}"

    def gutter(self, text: str, number: str = "") -> str:
        bar = self.style.paint("faint", self.style.signs.gutter)
        return f"{number:>{self.margin}} {bar} {text}" if text else f"{number:>{self.margin}} {bar}"

    @property
    def room(self) -> int:
        """Cells behind the gutter."""
        return self.width - self.margin - 3

    def labelled(self, message: str) -> Iterator[str]:
        for row in wrap(said(message, self.style), self.room):
            yield self.gutter(row)

    def excerpts(
        self, source: Source, lines: Sequence[int], underlines: Sequence[Underline]
    ) -> Iterator[str]:
        previous: int | None = None
        for number in lines:
            if previous is not None and number > previous + 1:
                left_out = self.style.paint("faint", self.style.signs.left_out)
                yield f"{'':>{self.margin}} {left_out}"
            previous = number
            marked = sorted(mark for mark in underlines if mark.line == number)
            for line, near in _parts(source.line_text(number), marked):
                for together in _within_reach(line, near, self.room):
                    yield from self.excerpt(line, number, together)

    def excerpt(self, line: Line, number: int, marks: Sequence[Underline]) -> Iterator[str]:
        spans = [(mark.start, mark.end) for mark in marks]
        label = said(marks[-1].label, self.style) if marks else ""
        window = line.window(spans, self.room, self.style.signs.cut, cells(label) + 1)
        yield self.gutter(window.text.rstrip(), str(number + 1))
        told = [mark for mark in marks if mark.label or mark.tone != "related"]
        for layer in _layers(told):
            yield from self.marks(window, layer)

    def marks(self, window: Window, layer: Sequence[Underline]) -> Iterator[str]:
        """The underlines of a line, the last label behind its mark if it fits."""
        signs = self.style.signs
        row = ""
        at = 0
        pending: list[tuple[int, str]] = []
        for mark in layer:
            start = max(window.column(mark.start), at)
            size = max(window.column(mark.end) - start, 1)
            sign = signs.related if mark.tone == "related" else signs.fault
            row += " " * (start - at) + self.style.paint(mark.tone, sign * size)
            at = start + size
            if mark.label:
                pending.append((start, said(mark.label, self.style)))
        if pending and layer[-1].label and at + 1 + cells(pending[-1][1]) <= self.room:
            row += f" {pending.pop()[1]}"
        yield self.gutter(row)
        while pending:
            start, label = pending.pop()
            yield from self.hanging(start, label, [column for column, _ in pending])

    def hanging(self, start: int, label: str, waiting: Sequence[int]) -> Iterator[str]:
        """A label on rows of its own below its mark; lines lead to labels still to come."""
        signs = self.style.signs
        needed = min(cells(label), NARROWEST_LABEL) + 2
        start = min(start, max(self.room - needed, 0))
        lead = ""
        at = 0
        for column in waiting:
            if at <= column < start:
                lead += " " * (column - at) + self.style.paint("faint", signs.gutter)
                at = column + 1
        lead += " " * (start - at)
        for index, text in enumerate(wrap(label, self.room - start - 2)):
            corner = " " if index else self.style.paint("faint", signs.label)
            yield self.gutter(f"{lead}{corner} {text}")

    def note(self, word: str, items: Sequence[tuple[str, str]], *, last: bool) -> Iterator[str]:
        signs = self.style.signs
        sign = signs.last_note if last else signs.note
        head = f"{'':>{self.margin}} {self.style.paint('faint', sign)} "
        head += self.style.paint("bold", f"{word}:") + " "
        indent = self.margin + 1 + len(sign) + 1 + len(word) + 2
        bar = "" if last else f"{'':>{self.margin}} {self.style.paint('faint', signs.gutter)}"
        hang = bar + " " * (indent - (0 if last else self.margin + 2))
        for number, text in items:
            label = f"{number}  " if number else ""
            told = said(text, self.style)
            for index, row in enumerate(wrap(told, self.width - indent - len(label))):
                yield head + (label if not index else " " * len(label)) + row
                head = hang


def _parts(text: str, marks: Sequence[Underline]) -> Iterator[tuple[Line, Sequence[Underline]]]:
    """A line with its marks; of an enormous one the parts around them."""
    if len(text) <= LONGEST_LINE:
        yield Line(text), marks
        return
    if not marks:
        yield Line(text[:LONGEST_LINE], goes_on=True), marks
    left = list(marks)
    while left:
        anchor = left[0].start
        start, end = max(anchor - LONGEST_LINE // 4, 0), anchor + LONGEST_LINE // 2
        near = [mark for mark in left if mark.start < end]
        left = left[len(near) :]
        moved = [
            mark._replace(start=mark.start - start, end=min(mark.end, end) - start) for mark in near
        ]
        yield Line(text[start:end], start > 0, end < len(text)), moved


def _within_reach(
    line: Line, marks: Sequence[Underline], room: int
) -> Iterator[Sequence[Underline]]:
    """The marks of a line in groups that one excerpt can show."""
    if not marks:
        yield ()
        return
    group = [marks[0]]
    for mark in marks[1:]:
        end = max(mark.end, *(held.end for held in group))
        if line.width(group[0].start, end) > room - 4 and line.width(0, end) > room - 2:
            yield group
            group = [mark]
        else:
            group.append(mark)
    yield group


def _layers(marks: Sequence[Underline]) -> Iterator[Sequence[Underline]]:
    """The marks in rows in which none covers another."""
    left = list(marks)
    while left:
        layer: list[Underline] = []
        rest: list[Underline] = []
        for mark in left:
            free = not layer or mark.start >= layer[-1].end
            (layer if free else rest).append(mark)
        yield layer
        left = rest


def joined(
    findings: Sequence[Finding], source: Source, several: Collection[str] = ()
) -> Iterator[Sequence[Finding]]:
    """The findings in blocks: those of one rule stand together.

    In one list they do so across findings of other rules, outside of lists only
    where they follow each other. Rules in ``several`` have a sentence for many; of
    others only equal messages join.
    """
    taken: set[int] = set()
    for at, finding in enumerate(findings):
        if at in taken:
            continue
        together = [finding]
        end = _list_end(source, finding)
        apart = False
        for later in range(at + 1, len(findings)):
            other = findings[later]
            alike = _alike(finding, other, several)
            if alike and _together(source, finding, other, end, apart):
                together.append(other)
                taken.add(later)
            else:
                apart = True
            if apart and source.line_index(other.span.start) > end:
                break
        yield together


def _together(source: Source, finding: Finding, other: Finding, end: int, apart: bool) -> bool:
    marker = _list_marker(source, finding)
    if marker != _list_marker(source, other):
        return False
    return not apart if marker is None else source.line_index(other.span.start) <= end


def _alike(one: Finding, other: Finding, several: Collection[str]) -> bool:
    if (one.code, one.level) != (other.code, other.level):
        return False
    if one.related or one.notes or other.related or other.notes:
        return False
    return one.code in several or one.message == other.message


def _list_marker(source: Source, finding: Finding) -> tuple[str, str] | None:
    return _marker(source.line_text(source.line_index(finding.span.start)))


def _list_end(source: Source, finding: Finding) -> int:
    """The last 0-based line of the list or table a finding stands in, or -1."""
    marker = _list_marker(source, finding)
    if marker is None:
        return -1
    end = source.line_index(finding.span.start)
    for number in range(end + 1, len(source.starts)):
        text = source.line_text(number)
        deeper = len(text) - len(text.lstrip()) > len(marker[0])
        if text.strip() and not deeper and _marker(text) != marker:
            break
        end = number
    return end


def _marker(line: str) -> tuple[str, str] | None:
    """Indentation and kind of a list item or table row."""
    rest = line.lstrip()
    indent = line[: len(line) - len(rest)]
    if rest[:1] in ("-", "*", "+") and rest[1:2].isspace():
        return indent, rest[0]
    if rest.startswith("|"):
        return indent, "|"
    digits = rest[: len(rest) - len(rest.lstrip("0123456789"))]
    if digits and rest[len(digits) :][:1] in (".", ")"):
        return indent, "1"
    return None
