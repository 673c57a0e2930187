"""Every piece of configuration in the documentation is accepted as it stands."""

from __future__ import annotations

import re

import pytest
from conftest import ROOT, Run, Tree

GOOD = (ROOT / "examples" / "good.md").read_text("utf-8")
PAGES = ("configure", "own-rules", "adopt", "suppress")


def pieces() -> list[object]:
    return [
        pytest.param(match[1], id=f"{name} {number}")
        for name in PAGES
        for number, match in enumerate(
            re.finditer(
                r"^ *```toml\n(.*?)^ *```$",
                (ROOT / "docs" / f"{name}.md").read_text("utf-8"),
                re.DOTALL | re.MULTILINE,
            ),
            start=1,
        )
    ]


@pytest.mark.parametrize("text", pieces())
def test_piece_is_accepted(run: Run, tree: Tree, text: str) -> None:
    if 'check = "pattern"' in text:
        pytest.importorskip("re2")
    tree(
        {
            "a.md": GOOD,
            "our-template.toml": 'summary = "Ours"\nextends = "default"\n',
            "postmortem-rules/x.md": "",
        }
    )
    if text.startswith("# our-template.toml"):
        tree({"our-template.toml": text})
        call = ["--template", "our-template.toml"]
    else:
        tree({"pyproject.toml" if "[tool.pmlint]" in text else "pmlint.toml": text})
        call = []
    result = run(*call, "a.md")
    assert result.err == ""
    assert result.code in (0, 1)


def test_table_of_templates_is_whole() -> None:
    from pmlint.standard import templates

    page = (ROOT / "docs" / "configure.md").read_text("utf-8")
    page = page[page.index("\n## Templates\n") :]
    assert re.findall(r"^\| `([a-z-]+)` \|", page, re.MULTILINE) == sorted(
        templates.names(), key=lambda name: page.index(f"| `{name}` |")
    )
