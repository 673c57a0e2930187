"""Roles that only the content of a part can tell, not its heading."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from pmlint.facts import Role
from pmlint.reading.words import sentences
from pmlint.statements.plans import done_measures, find_plans, further_plans, prevents
from pmlint.statements.tasklist import lists_steps, names_measures, prescriptions
from pmlint.statements.taskrepairs import lists_repairs
from pmlint.statements.tasktables import tables_tasks
from pmlint.structure.roles import resolve_weak
from pmlint.structure.tree import Tree
from pmlint.structure.vocabulary import listed, vocabulary

if TYPE_CHECKING:
    from pmlint.standard.templates import Template


def give_roles(tree: Tree, template: Template) -> None:
    """Roles that only the content can tell.

    ``Mitigation and prevention`` that tells no repair is no resolution; lessons that
    prescribe something are corrective; where nothing else is, the list of tasks is.
    """
    prescribed = any("corrective" in node.roles for node in tree.nodes)
    for index, node in enumerate(tree.nodes):
        roles = set(node.roles)
        if "resolution" in roles and prevents(tree, index):
            node.roles = tuple(sorted(roles - {"resolution"} | {"corrective"}))
            prescribed = True
        elif {"resolution", "corrective"} <= roles and not _tells_repair(tree, index):
            node.roles = tuple(sorted(roles - {"resolution"}))
            resolve_weak("resolution", tree.nodes, tree.lines, vocabulary(template))
        elif {"resolution", "corrective"} <= roles and _remedied(tree, index):
            node.roles = tuple(sorted(roles - {"corrective"}))
            prescribed = any("corrective" in node.roles for node in tree.nodes)
        elif roles == {"resolution"} and _plans_alone(tree, index):
            node.roles = ("corrective",)
            prescribed = True
        elif "lessons" in roles and not prescribed and _prescribes(tree, index):
            node.roles = tuple(sorted(roles | {"corrective"}))
            prescribed = True
    corrective = tree.with_role("corrective")
    tasks = tree.with_role("tasks") or _steps(tree, corrective)
    if not (tasks or any("lessons" not in tree.nodes[index].roles for index in corrective)):
        for index in find_plans(tree, template.other):
            tree.nodes[index].roles = ("corrective",)
    if corrective and not tasks:
        for index in further_plans(tree, template):
            tree.nodes[index].roles = ("corrective",)
    for index in done_measures(tree, template):
        tree.nodes[index].roles = ("corrective",)
    for index in tasks:
        inside = all(
            tree.nodes[index].line <= tree.nodes[other].line < tree.nodes[index].stop
            or "lessons" in tree.nodes[other].roles
            for other in corrective
        )
        if inside:
            node = tree.nodes[index]
            node.roles = tuple(sorted({*node.roles, "corrective"}))


def _steps(tree: Tree, corrective: Sequence[int]) -> list[int]:
    """``Next steps`` behind the improvements of the same part: its list of tasks."""
    found = []
    held = set(corrective)
    for before, index in pairwise(corrective):
        node, other = tree.nodes[index], tree.nodes[before]
        beside = node.parent == other.parent and node.parent in held
        if beside and node.label.endswith("steps"):
            node.roles = tuple(sorted({*node.roles, "tasks"}))
            found.append(index)
    return found


def _tells_repair(tree: Tree, index: int) -> bool:
    from pmlint.reading.prescriptions import is_prescription

    lines = [line for line in tree.body(index) if line.text and line.kind != "code"]
    told = [line for line in lines if len(line.text.plain) > 20]
    return any(not is_prescription(_behind_label(line.text.plain)) for line in told)


def _plans_alone(tree: Tree, index: int) -> bool:
    """``Mitigations`` over nothing but what shall be done, where no other part plans anything."""
    if listed("either").isdisjoint(tree.nodes[index].label.split()):
        return False
    if any({"corrective", "tasks"} & set(node.roles) for node in tree.nodes):
        return False
    told = _tells_repair(tree, index) or lists_steps(tree.body(index))
    return prescriptions(tree.body(index)) > 0 and not told


def _remedied(tree: Tree, index: int) -> bool:
    """``Remedial action`` that tells the repair, beside a part with measures of its own."""
    others = [at for at in range(len(tree.nodes)) if at != index]
    beside = any({"corrective", "tasks"} & set(tree.nodes[at].roles) for at in others)
    if not beside and lists_repairs(tree.body(index)):
        lessons = (at for at in others if "lessons" in tree.nodes[at].roles)
        beside = any(_prescribes(tree, at) for at in lessons)
    named = any(word in tree.nodes[index].label for word in ("remed", "measure"))
    own = tree.own(index)
    return beside and named and any(line.text for line in own) and not prescriptions(own)


def _behind_label(plain: str) -> str:
    from pmlint.reading.tasks import split_label

    label, at = split_label(plain)
    return plain[at:] if label else plain


def _prescribes(tree: Tree, index: int) -> bool:
    lines = tree.body(index)
    return prescriptions(lines) > 0 or tables_tasks(lines) or names_measures(lines)


def _lists_fixes(tree: Tree, index: int) -> bool:
    """``Fixes`` right over a list of what is to be done, with no account of the repair."""
    if listed("either").isdisjoint(tree.nodes[index].label.split()):
        return False
    own = [line for line in tree.own(index) if line.text]
    return bool(own) and own[0].block.depth > 0 and not lists_repairs(own)


def give_tasks_role(tree: Tree, holders: Sequence[int]) -> None:
    """The nodes that hold the tasks get their role; ``corrective`` too where no other has it."""
    alone = not tree.with_role("corrective")
    for index in holders:
        node = tree.nodes[index]
        if node.style == "plain" and len(sentences(node.title.plain)) > 1:
            # The end of a paragraph leads to the list, and heads no part.
            node.roles = ()
            continue
        if alone and "resolution" in node.roles and _lists_fixes(tree, index):
            node.roles = tuple(role for role in node.roles if role != "resolution")
        given: set[Role] = {"tasks", "corrective"} if alone else {"tasks"}
        node.roles = tuple(sorted({*node.roles, *given}))
