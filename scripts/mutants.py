"""Change a module in one place at a time, and see whether a test fails.

    python scripts/mutants.py --count 400 --log FILE 'pmlint/checks/*.py' -- tests/test_times.py …

Each mutant is tried in a forked process in which only this module is another. The tests of
the module's own name and those that killed other mutants of it come first, single tests of a
file too; the first one that fails kills the mutant. Nothing is tried unless the tests pass
without any change. The log has a row of JSON for each, so that a run that was stopped goes on
where it was. With PYTEST_DISABLE_PLUGIN_AUTOLOAD=1, where no test needs a plugin, it takes half
the time. Needs POSIX.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import random
import resource
import select
import shutil
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent

_SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip


class Site(NamedTuple):
    """A place that can be changed: the node by its number in a walk, and how."""

    file: str
    node: int
    kind: str
    line: int


def sites(file: str) -> Iterator[Site]:
    """All mutants of a file; docstrings, annotations and imports are left alone."""
    tree = ast.parse(Path(file).read_text("utf-8"))
    spared = {id(inner) for outer in _spared(tree) for inner in ast.walk(outer)}
    for number, node in enumerate(ast.walk(tree)):
        if id(node) not in spared:
            for kind in _kinds(node):
                yield Site(file, number, kind, getattr(node, "lineno", 0))


def _spared(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                yield from filter(None, [node.returns, *node.decorator_list])
                arguments = node.args
                every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
                for each in filter(None, [*every, arguments.vararg, arguments.kwarg]):
                    yield from filter(None, [each.annotation])
            case ast.AnnAssign():
                yield node.annotation
            case ast.Import() | ast.ImportFrom() | ast.Expr(value=ast.Constant()):
                yield node
            case ast.If(test=ast.Name(id="TYPE_CHECKING")):
                yield node
            case ast.Assign(targets=[ast.Name(id=name)]) if name == "__all__" or (
                name[:1].isupper() and not name.isupper()
            ):
                yield node


def _kinds(node: ast.AST) -> list[str]:
    match node:
        case ast.Compare():
            return [f"compare {at}" for at, sign in enumerate(node.ops) if type(sign) in _SWAPS]
        case ast.BoolOp():
            return ["swap"]
        case ast.BinOp() | ast.AugAssign() if type(node.op) in _SWAPS:
            return ["swap"]
        case ast.UnaryOp(op=ast.Not() | ast.USub()):
            return ["unwrap"]
        case ast.Constant(value=bool() | int()):
            return ["value"]
        case ast.Constant(value=str(text)) if text:
            return ["value"]
        case ast.IfExp():
            return ["exchange"]
        case ast.If():
            return ["true", "false"]
        case ast.While():
            return ["false"]
        case ast.Return(value=ast.expr() as value) if ast.unparse(value) != "None":
            return ["none"]
        case ast.Break() | ast.Continue():
            return ["other"]
        case ast.comprehension(ifs=[_, *_]):
            return ["unasked"]
        case ast.Expr(value=ast.Call() | ast.Yield() | ast.YieldFrom()):
            return ["none"]
    return []


def changed(site: Site) -> tuple[CodeType, str, str]:
    """The module with the change, and the words before and after."""
    tree = ast.parse(Path(site.file).read_text("utf-8"))
    node: Any = list(ast.walk(tree))[site.node]
    before = ast.unparse(node.ifs[0] if isinstance(node, ast.comprehension) else node)
    kind, _, at = site.kind.partition(" ")
    new = node
    match kind:
        case "compare":
            node.ops[int(at)] = _SWAPS[type(node.ops[int(at)])]()
        case "swap":
            node.op = _SWAPS[type(node.op)]()
        case "unwrap":
            new = node.operand
        case "value":
            old = node.value
            node.value = not old if isinstance(old, bool) else _another(old)
        case "exchange":
            node.body, node.orelse = node.orelse, node.body
        case "true" | "false":
            node.test = ast.Constant(kind == "true")
        case "none":
            node.value = ast.Constant(None)
        case "other":
            new = ast.Continue() if isinstance(node, ast.Break) else ast.Break()
        case "unasked":
            node.ifs = node.ifs[1:]

    class Put(ast.NodeTransformer):
        def visit(self, each: ast.AST) -> Any:
            return ast.copy_location(new, node) if each is node else self.generic_visit(each)

    whole = ast.fix_missing_locations(tree if new is node else Put().visit(tree))
    after = "" if isinstance(node, ast.comprehension) else ast.unparse(new)
    return compile(whole, site.file, "exec"), before, after


def _another(value: int | str) -> int | str:
    return "XX" + value if isinstance(value, str) else value + 1


def attempt(
    site: Site, groups: list[list[str]], seconds: int, deadly: Counter[str]
) -> dict[str, Any]:
    """Try a mutant in a process of its own; what became of it."""
    code, before, after = changed(site)
    failed = _forked(site, code, groups, seconds, deadly)
    result = "killed" if failed else "survived"
    return {
        **site._asdict(), "before": before[:200], "after": after[:200], "result": result,
        "by": failed[:1],
    }  # fmt: skip


def _forked(
    site: Site | None,
    code: CodeType | None,
    groups: list[list[str]],
    seconds: int,
    deadly: Counter[str],
) -> list[str]:
    """The first test that fails, if any; without a site, nothing is changed.

    ``deadly`` counts what each test has killed so far: those that killed most run first.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        if site is not None:
            name = site.file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
            real = SourceFileLoader.get_code
            held: Any = SourceFileLoader
            held.get_code = lambda self, full: code if full == name else real(self, full)
            sys.dont_write_bytecode = True
        os.write(writing, json.dumps(_tested(groups, deadly)).encode())
        os._exit(0)
    os.close(writing)
    with open(reading, "rb") as pipe:
        # What waits for ever uses no time of the processor.
        ready, _, _ = select.select([pipe], [], [], 3 * seconds)
        told = pipe.read() if ready else b""
    if not ready:
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return list(json.loads(told)) if told else ["no end"]


def _tested(groups: list[list[str]], deadly: Counter[str]) -> list[str]:
    """In the child: the first test that fails, if any."""
    import pytest

    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    failed: list[str] = []

    class Listener:
        def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
            items.sort(key=lambda item: -deadly[item.nodeid])

        def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
            if report.failed:
                failed.append(report.nodeid)

        def pytest_collectreport(self, report: pytest.CollectReport) -> None:
            if report.failed:
                failed.append(report.nodeid)

    folder = tempfile.mkdtemp()
    options = ["-x", "-q", "--tb=no", "-p", "no:cacheprovider", f"--basetemp={folder}/t"]
    code_given = 0
    for group in groups:
        code_given = code_given or int(pytest.main([*options, *group], plugins=[Listener()]))
    shutil.rmtree(folder, ignore_errors=True)
    return failed or ([f"exit code {code_given}"] if code_given else [])


def ordered(file: str, tests: list[str], kills: Counter[tuple[str, str]]) -> list[list[str]]:
    """The tests in groups: those that are likely to kill a mutant of a file, then file by file.

    pytest reads all files of a group before it runs the first test.
    """
    options = [word for word in tests if word.startswith("-")]
    tests = [word for word in tests if not word.startswith("-")]
    best = sorted(tests, key=lambda test: -kills[file, test])[:2]
    first = [test for test in best if kills[file, test]]
    stem = Path(file).stem
    first += [test for test in tests if stem in test and test not in first]
    anywhere: Counter[str] = Counter()
    for (_, test), count in kills.items():
        anywhere[test] += count
    rest = sorted((test for test in tests if test not in first), key=lambda test: -anywhere[test])
    return [[*group, *options] for group in (first, *([test] for test in rest)) if group]


def _warm() -> None:
    """Load what every mutant needs and none changes."""
    import click
    import hypothesis
    import markdown_it
    import pytest

    assert all((click, hypothesis, markdown_it, pytest))


def main() -> int:
    """Print the rate and the survivors; the exit code is 1 below the rate that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", nargs="+", help="patterns of files, then -- and the tests")
    parser.add_argument("--count", type=int, default=400)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--seconds", type=int, default=60, help="of the processor, for each")
    parser.add_argument("--rate", type=float, default=80.0, help="percent to kill")
    parser.add_argument("--log", type=Path, default=ROOT / "build" / "mutants.jsonl")
    at = sys.argv.index("--")
    given, tests = parser.parse_args(sys.argv[1:at]), sys.argv[at + 1 :]
    os.chdir(ROOT)
    sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "hostile")]
    files = sorted(str(path) for each in given.modules for path in Path().glob(each))
    every = [site for file in files for site in sites(file)]
    random.Random(given.seed).shuffle(every)
    given.log.parent.mkdir(parents=True, exist_ok=True)
    rows = (
        [json.loads(row) for row in given.log.read_text().splitlines()]
        if given.log.exists()
        else []
    )
    known = {(row["file"], row["node"], row["kind"]): row for row in rows}
    kills: Counter[tuple[str, str]] = Counter()
    deadly: dict[str, Counter[str]] = {file: Counter() for file in files}
    results = []
    _warm()
    if failed := _forked(None, None, [tests], given.seconds, Counter()):
        print(f"nothing was tried: {failed[0]} fails without a change")
        return 2
    for site in every[: given.count]:
        row = known.get((site.file, site.node, site.kind)) or attempt(
            site, ordered(site.file, tests, kills), given.seconds, deadly[site.file]
        )
        deadly[site.file].update(row["by"])
        kills.update((site.file, by.partition("::")[0]) for by in row["by"])
        if (site.file, site.node, site.kind) not in known:
            with given.log.open("a") as log:
                log.write(json.dumps(row) + "\n")
        results.append(row)
    left = [row for row in results if row["result"] == "survived"]
    rate = 100 - 100 * len(left) / max(len(results), 1)
    print(f"{len(every):,} places, {len(results):,} mutants, {rate:.1f} % killed; survivors:")
    for row in sorted(left, key=lambda row: (row["file"], row["line"])):
        print(f"{row['file']}:{row['line']} {row['kind']}: {row['before']!r} -> {row['after']!r}")
    return 0 if rate >= given.rate else 1


if __name__ == "__main__":
    sys.exit(main())
