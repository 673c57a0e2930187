"""``pmlint timeline``: the events of an incident as a picture to scale."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from pmlint.commands.incidents import READS, read_all, tell_absent
from pmlint.commands.options import Command, Exit, Reading, option, refuse, takes_reading
from pmlint.terminal import Progress, fail, publish

if TYPE_CHECKING:
    from pmlint.commands.incidents import Document
    from pmlint.drawing.scene import Scene
    from pmlint.engine import Plan
    from pmlint.facts import Postmortem
    from pmlint.findings import Source

Drawn = tuple["Document", "Scene"]


@click.command(
    cls=Command,
    name="timeline",
    add_help_option=False,
    epilog="timeline [OPTIONS] FILES...",
    exit_status=READS,
)
@click.argument("paths", nargs=-1, type=click.UNPROCESSED)
@option(
    "--format",
    "output",
    type=click.Choice(["text", "mermaid", "svg"]),
    default=None,
    metavar="NAME",
    help="text, mermaid (GitHub draws it), svg.",
)
@option(
    "--write",
    is_flag=True,
    help="Keep the Mermaid picture in the document itself, between two comments below the"
    " timeline; a second run brings it up to date.",
)
@takes_reading
def command(
    paths: tuple[str, ...],
    output: str | None,
    write: bool,
    reading: Reading,
) -> int:
    """Draw the timeline to scale, with its phases and gaps."""
    if not paths:
        return refuse("timeline: name a file, for example `pmlint timeline README.md`")
    if write and output not in (None, "mermaid"):
        return refuse(f"--write keeps a Mermaid picture; it cannot keep --format {output}")
    if write and "-" in paths:
        return refuse("--write needs a file to write to; `-` is standard input")
    with Progress(quiet=reading.quiet) as progress:
        read = read_all(paths, reading, progress)
        incidents = [each for each in read.documents if each.postmortem.incident]
        progress.stage("drawing", len(incidents), "incidents")
        scenes = _scenes(progress.over(incidents))
    tell_absent(read.postmortems, reading)
    drawn = [(document, scene) for document, scene in scenes if scene is not None]
    for document, scene in scenes:
        if scene is None:
            path = document.postmortem.source.path
            reading.note(f"{path}: no event tells when it was, so there is nothing to draw")
    if write:
        return _write(drawn, read.code, reading)
    if output == "svg" and len(drawn) > 1:
        return refuse(f"--format svg draws one file at a time, not {len(drawn)}")
    if drawn:
        publish(_picture(drawn, output or "text", reading))
    return read.code


def _scenes(documents: Iterable[Document]) -> list[tuple[Document, Scene | None]]:
    """What is to be drawn; None where there is nothing."""
    from pmlint.drawing.scene import scene
    from pmlint.measure.incident import measure

    return [(document, scene(measure(document.postmortem))) for document in documents]


def _picture(scenes: Sequence[Drawn], output: str, reading: Reading) -> str:
    if output == "svg":
        from pmlint.drawing import svg

        return svg.render(scenes[0][1])
    if output == "mermaid":
        from pmlint.drawing import mermaid

        return "\n".join(mermaid.fenced(scene) for _, scene in scenes)
    from pmlint.drawing import text

    return "\n".join(text.render(scene, reading.style()) for _, scene in scenes)


def _write(scenes: Sequence[Drawn], code: Exit, reading: Reading) -> Exit:
    """Put each picture into its document, unless that would change what is read there."""
    for document, scene in scenes:
        told = _written(document, scene)
        if told is None:
            code = Exit.FAILED
        else:
            reading.note(f"{document.postmortem.source.path}: {told}")
    return code


def _written(document: Document, scene: Scene) -> str | None:
    """What was done, or None after the error line where nothing was."""
    from pmlint.drawing import mermaid
    from pmlint.drawing.embed import MarkerError, embed
    from pmlint.files.writing import ReadOnlyError, StaleError, replace
    from pmlint.findings import Source

    postmortem = document.postmortem
    path = postmortem.source.path
    try:
        new = embed(postmortem, mermaid.fenced(scene))
    except MarkerError as error:
        fail(f"{path}: {error}")
        return None
    if new == postmortem.source.text:
        return "the picture is up to date"
    again = _read(Source(new, path), document.plan)
    if again is None or _told(again) != _told(postmortem):
        fail(f"{path}: a picture there would change what is read; set the two comments elsewhere")
        return None
    try:
        with open(path, "rb") as handle:
            old = handle.read()
        mark = b"\xef\xbb\xbf" if old.startswith(b"\xef\xbb\xbf") else b""
        if old[len(mark) :] != postmortem.source.text.encode():
            raise StaleError
        replace(path, old, mark + new.encode())
    except StaleError:
        fail(f"{path}: the file was changed meanwhile; nothing was written")
        return None
    except ReadOnlyError:
        fail(f"{path}: the file is read-only; nothing was written")
        return None
    except OSError as error:
        fail(f"{path}: {(error.strerror or str(error)).lower()}; nothing was written")
        return None
    return "the picture is written"


def _read(source: Source, plan: Plan) -> Postmortem | None:
    from pmlint import engine
    from pmlint.reports import FileReport

    facts = engine.read(source, plan)
    return None if isinstance(facts, FileReport) else facts


def _told(postmortem: Postmortem) -> tuple[object, ...]:
    """What must read the same with the picture as without it."""
    duration, timeline, tasks = postmortem.duration, postmortem.timeline, postmortem.tasks
    return (
        postmortem.incident,
        [(section.text, section.roles) for section in postmortem.sections],
        (duration.minutes, duration.verdict) if duration else None,
        [(event.clock, event.at, event.text) for event in timeline.events] if timeline else None,
        len(timeline.untimed) if timeline else None,
        [task.text for task in tasks.items] if tasks else None,
    )
