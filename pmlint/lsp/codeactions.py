"""Code actions: what is offered for a range, in the protocol's own form."""

from __future__ import annotations

from collections.abc import Sequence

from lsprotocol import types

from pmlint.findings import Edit
from pmlint.lsp import actions, diagnostics
from pmlint.lsp.document import Reading
from pmlint.lsp.server import Server

SELECT = "pmlint.select"
"""The command by which the client selects the reason that is to be written."""
FIX_ALL = "source.fixAll.pmlint"


def code_actions(
    server: Server, reading: Reading, params: types.CodeActionParams
) -> list[types.CodeAction]:
    """What is offered for a range, of the kinds that the client asks for."""
    only = [str(getattr(kind, "value", kind)) for kind in params.context.only or ()]
    uri = params.text_document.uri
    span = reading.positions.span(params.range)
    offered: list[tuple[actions.Action, types.CodeActionKind | str]] = []
    if _asked(only, "quickfix"):
        found = (*actions.quick_fixes(reading, span), *actions.ignores(reading, span))
        offered += [(action, types.CodeActionKind.QuickFix) for action in found]
    if only and _asked(only, FIX_ALL):
        everything = actions.all_safe_fixes(reading)
        if everything is not None:
            offered.append((everything, FIX_ALL))
    if not offered:
        return []
    related = bool(server.can("text_document", "publish_diagnostics", "related_information"))
    told = diagnostics.diagnostics(reading, uri, related=related)
    return [_action(server, reading, uri, told, *each) for each in offered]


def _asked(only: Sequence[str], kind: str) -> bool:
    return not only or any(kind == each or kind.startswith(f"{each}.") for each in only)


def _action(
    server: Server,
    reading: Reading,
    uri: str,
    told: Sequence[types.Diagnostic],
    action: actions.Action,
    kind: types.CodeActionKind | str,
) -> types.CodeAction:
    """An action with those of the diagnostics told that it mends."""
    listed = [
        diagnostic
        for finding, diagnostic in zip(reading.findings, told, strict=True)
        if finding in action.findings
    ]
    return types.CodeAction(
        title=action.title,
        kind=kind,
        diagnostics=listed or None,
        is_preferred=action.preferred or None,
        edit=_workspace_edit(server, reading, uri, action.edits),
        command=_selection(server, reading, uri, action),
    )


def _workspace_edit(
    server: Server, reading: Reading, uri: str, edits: Sequence[Edit]
) -> types.WorkspaceEdit:
    made: list[types.TextEdit | types.AnnotatedTextEdit | types.SnippetTextEdit] = [
        types.TextEdit(reading.positions.range(edit.span), edit.text) for edit in edits
    ]
    if server.can("workspace", "workspace_edit", "document_changes"):
        document = types.OptionalVersionedTextDocumentIdentifier(uri, reading.version)
        return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(document, made)])
    plain = [edit for edit in made if isinstance(edit, types.TextEdit)]
    return types.WorkspaceEdit(changes={uri: plain})


def _selection(
    server: Server, reading: Reading, uri: str, action: actions.Action
) -> types.Command | None:
    """What lets the reason be typed over; None where the client cannot select."""
    if not action.mark or not server.can("window", "show_document", "support"):
        return None
    return types.Command(
        "Write the reason", SELECT, arguments=list(selection(reading, uri, action))
    )


def selection(reading: Reading, uri: str, action: actions.Action) -> tuple[str, int, int, int]:
    """Document, line, and the first and last unit of the words to type over."""
    (edit,) = action.edits
    place = reading.positions.position(edit.span.start)
    # A comment is one line of plain letters, and it stands in the first one that is written.
    start = place.character + edit.text.index(f"({action.mark})") + 1
    return uri, place.line, start, start + len(action.mark)
