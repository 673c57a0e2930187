"""The page in real headless Chromium: what it finds, what it keeps out, how it is used.

Run by ``.ci/full``, which installs what is needed; what is missing skips these tests.
"""

from __future__ import annotations

import functools
import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from processes import PMLINT, called, environment
from real_documents import REFERENCE, needs_corpus

from playground import bridge, build, serving
from playground.texts import examples
from pmlint.standard import rulebook, templates

TOOLS = Path(os.environ.get("PMLINT_TOOLS") or ROOT / ".full")
FAULTY = (ROOT / "examples" / "faulty.md").read_text("utf-8")
GOOD = (ROOT / "examples" / "good.md").read_text("utf-8")
LOADING = 120_000
"""Milliseconds that Python may take to start on a busy machine."""

LISTEN = """
window.answers = [];
document.addEventListener("pmlint:checked", (event) => window.answers.push(event.detail));
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.violations.push(`${event.violatedDirective} ${event.blockedURI}`);
});
"""


class Visit:
    """An open page, and all that it asked for and complained of."""

    def __init__(self, context: Any, url: str) -> None:
        self.context = context
        self.url = url
        self.asked: list[str] = []
        self.complaints: list[str] = []
        context.on("request", lambda request: self.asked.append(request.url))
        context.add_init_script(LISTEN)
        self.page = context.new_page()
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", self._asked)
        self.page.on("console", self._heard)

    def _asked(self, dialog: Any) -> None:
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _heard(self, message: Any) -> None:
        if message.type == "error":
            self.complaints.append(message.text)

    def open(self, fragment: str = "") -> Visit:
        self.page.goto(self.url + fragment)
        self.page.locator("#template option").first.wait_for(state="attached", timeout=LOADING)
        return self

    def check(self, text: str, template: str = "default") -> Any:
        """What the page is told of a text that is typed in."""
        self.page.evaluate("window.answers = []")
        if self.page.input_value("#template") != template:
            self.page.select_option("#template", template)
        self.page.fill("#text", "")
        self.page.fill("#text", text)
        held = text.replace("\r\n", "\n").replace("\r", "\n")
        for _ in range(600):
            told = self.page.evaluate("window.answers.at(-1) ?? null")
            if told and told["text"] == held and told["template"] == template:
                return told["answer"]
            self.page.wait_for_timeout(20)
        raise AssertionError(f"no answer: {self.page.inner_text('#status')}")

    def selected(self) -> str:
        script = "t => t.value.slice(t.selectionStart, t.selectionEnd)"
        words: str = self.page.locator("#text").evaluate(script)
        return words


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "playground"
    try:
        build.build(folder)
    except build.BuildError as error:
        if "npm is missing" in str(error):
            pytest.skip(str(error))
        raise
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    driver = pytest.importorskip(
        "playwright.sync_api", reason="playwright is not installed (.ci/full installs it)"
    )
    path = serving.chromium()
    if path is None:
        pytest.skip("no Chromium on the path; CHROMIUM may name one")
    with driver.sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=path, args=list(serving.CHROMIUM_OPTIONS))
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with serving.serve(site) as (url, _):
        yield url


@pytest.fixture(scope="module")
def loaded(browser: Any, address: str) -> Iterator[Visit]:
    context = browser.new_context()
    yield Visit(context, address).open()
    context.close()


@pytest.fixture
def visit(loaded: Visit) -> Visit:
    """A page that many tests use one after the other: Python takes seconds to start."""
    loaded.page.set_viewport_size({"width": 1280, "height": 800})
    loaded.page.emulate_media(color_scheme="light")
    loaded.page.click("#tab-findings")
    loaded.page.evaluate("document.activeElement.blur()")
    return loaded


@pytest.fixture
def fresh(browser: Any, address: str) -> Iterator[Callable[..., Visit]]:
    """Pages of readers who have not been here before."""
    contexts = []

    def made(url: str = "", **options: Any) -> Visit:
        contexts.append(browser.new_context(**options))
        return Visit(contexts[-1], url or address)

    yield made
    for context in contexts:
        context.close()


def documents() -> dict[str, str]:
    """Texts of our own: the examples, those of the rules, and the forms of the templates."""
    found = dict(examples())
    for rule in rulebook.rules():
        for number, example in enumerate((*rule.bad, *rule.good)):
            if not example.hex and example.template == "default":
                found[f"{rule.code} {number}"] = example.text
    found |= {f"template {name}": templates.load(name).skeleton for name in templates.names()}
    found["signs of two units"] = "# 🔥 Outage\n\n" + FAULTY.replace("Search", "🔥 Search")
    return {name: text for name, text in found.items() if text.strip()}


@pytest.fixture(scope="module")
def installed(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that the page runs, for the command line."""
    import zipfile

    folder = tmp_path_factory.mktemp("installed")
    (wheel,) = (site / "wheels").glob("pmlint-*.whl")
    zipfile.ZipFile(wheel).extractall(folder)
    return folder


Command = Callable[[str, str], Any]


@pytest.fixture
def command_line(installed: Path, tmp_path: Path) -> Command:
    """What ``pmlint check --format json`` prints of a text, under a template."""
    return functools.partial(checked, installed, tmp_path)


def checked(installed: Path, folder: Path, text: str, template: str) -> Any:
    # A text area ends its lines with LF.
    held = text.replace("\r\n", "\n").replace("\r", "\n")
    (folder / bridge.PATH).write_bytes(held.encode())
    done = called(
        *(*PMLINT, "check", "--isolated", "--no-cache"),
        *("--no-incident", "error", "--template", template, "--format", "json", bridge.PATH),
        folder=folder,
        environ=environment(PYTHONPATH=str(installed)),
    )
    return json.loads(done.stdout)


def test_findings_are_those_of_the_command_line(visit: Visit, command_line: Command) -> None:
    texts = documents()
    assert len(texts) >= 30
    chosen = list(texts.items())
    # All would take minutes: the first ones, and every fifth of the others.
    chosen = [*chosen[:12], *chosen[12::5]]
    wrong, found = {}, 0
    for number, (name, text) in enumerate(chosen):
        template = ("default", "alx", "google-sre")[number % 3]
        said = visit.check(text, template)["findings"]
        found += len(said)
        if said != (expected := command_line(text, template)):
            wrong[name] = said, expected
    assert wrong == {}
    assert len(chosen) >= 30
    assert found > 50


@needs_corpus
def test_reference_and_its_faults_as_on_the_command_line(
    visit: Visit, command_line: Command
) -> None:
    text = REFERENCE.read_text("utf-8")
    changes = (
        (r"(Duration.*) \([A-Z]+\)(\r?\n)", r"\1\2"),
        (r"(Duration.*?)\d:\d\d PM - ", r"\1"),
        (r"(?m)^.*Impact.*$", "- Impact: it was bad"),
        (r"(?m)^.*Duration.*\n", ""),
        (r"(?m)^.*\d:\d\d [AP]M.*\n", ""),
    )
    faulty = [re.sub(pattern, put, text) for pattern, put in changes]
    assert text not in faulty
    for each in (text, *faulty):
        said = visit.check(each)["findings"]
        assert said == command_line(each, "default")
        assert each == text or said


def test_findings_stand_in_text_and_list(visit: Visit) -> None:
    found = visit.check(FAULTY)["findings"]
    page = visit.page
    assert page.locator(".finding").count() == len(found)
    # From the list into the text, …
    for number, finding in enumerate(found):
        page.locator(".finding").nth(number).locator(".place").first.click()
        line = FAULTY.split("\n")[finding["line"] - 1]
        words = line[finding["column"] - 1 : finding["end_column"] - 1]
        assert visit.selected() == words
        card = page.locator(".finding").nth(number)
        assert card.get_attribute("aria-current") == "true"
        assert page.locator("mark.current").inner_text() == words
    # … and from the text into the list.
    at = FAULTY.index("some users") + 3
    page.locator("#text").evaluate("(t, at) => t.setSelectionRange(at, at)", at)
    page.keyboard.press("ArrowRight")
    assert "PM302" in page.locator(".finding[aria-current=true] h3").inner_text()
    assert page.inner_text("#here").startswith("Line 6: error PM302")


def test_words_of_two_units_are_marked_where_they_stand(visit: Visit) -> None:
    visit.check(FAULTY.replace("Search was slow", "🔥🔥 was slow"))
    assert "some users" in visit.page.locator("mark").all_inner_texts()


def test_keys_go_from_finding_to_finding(visit: Visit) -> None:
    found = visit.check(FAULTY)["findings"]
    visit.page.locator("#text").evaluate("t => t.setSelectionRange(0, 0)")
    visit.page.focus("#text")
    seen = []
    for key in ("F8", "F8", "Shift+F8", "Shift+F8"):
        visit.page.keyboard.press(key)
        seen.append(visit.page.locator("[aria-current=true]").get_attribute("data-number"))
    assert seen == ["0", "1", "0", str(len(found) - 1)]


def test_tabs_are_used_with_arrows(visit: Visit) -> None:
    visit.check(FAULTY)
    page = visit.page
    page.focus("#tab-findings")
    for name, words in (
        ("checklist", "of 20 met"),
        ("timeline", "6 events"),
        ("sections", "Corrective and Preventative Measures"),
        ("findings", "PM402"),
    ):
        page.keyboard.press("ArrowRight")
        assert page.locator("[role=tabpanel]:visible").get_attribute("id") == name
        assert re.search(words.replace("20", r"\d+"), page.inner_text(f"#{name}"))


def test_timeline_is_drawn(visit: Visit) -> None:
    visit.check(GOOD)
    visit.page.click("#tab-timeline")
    image = visit.page.locator("#timeline img")
    assert image.evaluate("i => i.decode().then(() => i.naturalWidth)") > 500
    assert "8 events" in image.get_attribute("alt")
    visit.page.click("#tab-findings")


def test_rule_is_explained_in_place(visit: Visit) -> None:
    visit.check(FAULTY)
    visit.page.click("summary:text('Why PM402?')")
    details = visit.page.locator("details[open]")
    details.locator("pre").first.wait_for()
    assert "Readers follow a timeline" in details.inner_text()
    # It stays open while the text changes elsewhere.
    visit.check(FAULTY + "\n")
    visit.page.locator("details[open] pre").first.wait_for()
    visit.check("# Nothing\n")


def test_fix_is_applied_and_taken_back(visit: Visit) -> None:
    visit.check(FAULTY)
    page = visit.page
    page.click("button.fix")
    page.locator("#done:has-text('Put the entries')").wait_for()
    assert "PM402" not in page.inner_text("#findings")
    mended = page.input_value("#text")
    assert mended.index("9:40 AM") < mended.index("9:50 AM")
    page.click("#done button")
    page.locator(".finding h3:has-text('PM402')").wait_for()
    assert page.input_value("#text") == FAULTY
    # The browser's own undo knows both changes.
    page.focus("#text")
    page.keyboard.press("Control+z")
    assert page.input_value("#text") == mended


def test_template_is_chosen_by_hand(visit: Visit) -> None:
    visit.check(FAULTY)
    visit.page.select_option("#template", "alx")
    visit.page.locator(".finding h3:has-text('PM108')").wait_for()
    assert "template alx" in visit.page.inner_text("#status")
    visit.page.click("#tab-checklist")
    assert "template alx" in visit.page.inner_text("#checklist")
    visit.page.click("#tab-findings")


def test_examples_can_be_loaded_and_taken_back(visit: Visit) -> None:
    visit.check("# Mine\n")
    visit.page.select_option("#example", label="One with many faults")
    visit.page.locator(".finding h3:has-text('PM402')").wait_for()
    visit.page.click("#done button")
    assert visit.page.input_value("#text") == "# Mine\n"


def test_file_is_opened(visit: Visit, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(FAULTY, "utf-8")
    visit.page.set_input_files("#file", path)
    visit.page.locator(".finding h3:has-text('PM402')").wait_for()
    path.write_bytes(b"\xff\xfe\x00")
    visit.page.set_input_files("#file", path)
    visit.page.locator("#done:has-text('no text in UTF-8')").wait_for()
    assert visit.page.input_value("#text") == FAULTY


def test_link_carries_text_and_template(visit: Visit, fresh: Callable[..., Visit]) -> None:
    text = "# Ausfall 🔥\n\n" + FAULTY
    visit.check(text, "alx")
    # Headless browsers let no page copy: then the address itself carries the text.
    visit.page.click("#share")
    visit.page.locator("#done:has-text('text')").wait_for()
    fragment = visit.page.evaluate(
        "async (text) => (await import('./link.js')).pack(text, 'alx')", text
    )
    assert len(fragment) < len(text) * 1.2
    other = fresh().open(fragment)
    other.page.locator(".finding h3:has-text('PM402')").wait_for()
    assert other.page.input_value("#text") == text
    assert other.page.input_value("#template") == "alx"
    assert "#" not in other.page.url
    # A reload keeps the text, which the address no longer has.
    other.page.reload()
    other.page.locator(".finding h3:has-text('PM402')").wait_for(timeout=LOADING)
    assert other.page.input_value("#text") == text


@pytest.mark.parametrize(
    "fragment",
    ["#text=%%%", "#text=AAAA", "#text=" + "A" * 5000, "#text=&template=<b>"],
    ids=["no base64", "not packed", "long", "no words"],
)
def test_broken_link_is_said_and_harmless(fresh: Callable[..., Visit], fragment: str) -> None:
    other = fresh().open(fragment)
    other.page.locator("#status:has-text('Paste a postmortem')").wait_for(timeout=LOADING)
    assert other.page.input_value("#text") == ""
    assert "The link is broken" in other.page.inner_text("#done")
    assert other.complaints == []


HOSTILE = """\
# <img src="{trap}title.png" onerror="window.hacked = 1"> & </title><script>hacked = 1</script>

## Summary </textarea><svg onload="window.hacked = 1">

- **Duration:** 4 June 2025, 9:10 AM - 10:40 AM <iframe src="{trap}frame">
- **Impact:** some users <script src="{trap}script.js"></script>

## Timeline <link rel="stylesheet" href="{trap}style.css">

- 9:50 AM - ![x]({trap}image.png) [here](javascript:window.hacked=1) <b onclick="alert(1)">
- 9:40 AM - </text></svg><script>window.hacked = 1</script><image href="{trap}svg.png"/>
- <img src=x onerror=alert(1)>

## <style>@import "{trap}import.css"; * {{ display: none }}</style>

## Tasks {{{{constructor.constructor('window.hacked = 1')()}}}}

- [ ] Improve `</code><img src="{trap}code.png" onerror="window.hacked = 1">`
- [ ] Be careful \u202e\u0000\u2028 <object data="{trap}object"></object>
"""


def test_hostile_document_stays_inert(fresh: Callable[..., Visit], tmp_path: Path) -> None:
    with serving.serve(tmp_path) as (trap, sprung):
        visit = fresh().open()
        page = visit.page
        elements = "document.querySelectorAll('script, iframe, object, style, link, svg').length"
        before = page.evaluate(elements)
        text = HOSTILE.format(trap=trap).replace("\u0000", "")
        answer = visit.check(text)
        assert len(answer["findings"]) > 3
        for tab in ("findings", "checklist", "timeline", "sections"):
            page.click(f"#tab-{tab}")
            for number in range(page.locator(f"#{tab} summary").count()):
                page.locator(f"#{tab} summary").nth(number).click()
        page.wait_for_timeout(500)
        assert page.evaluate("window.hacked ?? null") is None
        assert page.evaluate(elements) == before
        assert page.locator("img").count() == (1 if answer["timeline"] else 0)
        assert page.locator("[onerror], [onload], [onclick], [href^=javascript]").count() == 0
        # The words are there, as words.
        assert "window.hacked" in page.inner_text("#sections")
        assert "<img src=" in page.input_value("#text")
        assert visit.complaints == []
        assert page.evaluate("window.violations") == []
        assert sprung == []
        assert outside(visit) == []


def outside(visit: Visit) -> list[str]:
    """What was asked of other origins."""
    return [url for url in visit.asked if not url.startswith((visit.url, f"blob:{visit.url}"))]


def test_no_request_leaves_the_page(fresh: Callable[..., Visit], tmp_path: Path) -> None:
    with serving.serve(tmp_path) as (trap, sprung):
        visit = fresh().open()
        visit.check(FAULTY)
        visit.page.click("button.fix")
        visit.page.locator("#offline:has-text('without a network')").wait_for(timeout=LOADING)
        assert visit.asked
        assert outside(visit) == []
        assert visit.complaints == []
        # Nor could one: the page's policy and the worker that serves it forbid it.
        tried = visit.page.evaluate(
            "(url) => fetch(url, { mode: 'no-cors' }).then(() => 'sent', () => 'refused')", trap
        )
        assert tried == "refused"
        visit.page.evaluate(
            "(url) => new Promise((done) => {"
            " const image = new Image(); image.onload = image.onerror = done; image.src = url; })",
            f"{trap}image.png",
        )
        assert sprung == []


def test_page_works_without_a_network(browser: Any, site: Path) -> None:
    context = browser.new_context()
    with serving.serve(site) as (url, _):
        visit = Visit(context, url).open()
        visit.page.locator("#offline:has-text('without a network')").wait_for(timeout=LOADING)
    # The host is gone now.
    visit.page.reload()
    visit.page.locator("#template option").first.wait_for(state="attached", timeout=LOADING)
    assert [each["code"] for each in visit.check(FAULTY)["findings"]]
    visit.page.select_option("#example", label="A good postmortem")
    visit.page.locator("#findings:has-text('nothing to send back')").wait_for()
    context.close()


def test_newer_version_is_offered_and_taken(browser: Any, site: Path, tmp_path: Path) -> None:
    import shutil

    folder = tmp_path / "site"
    shutil.copytree(site, folder)
    context = browser.new_context()
    with serving.serve(folder) as (url, _):
        visit = Visit(context, url).open()
        visit.page.locator("#offline:has-text('without a network')").wait_for(timeout=LOADING)
        visit.check("# Mine\n")
        html = (folder / "index.html").read_text("utf-8")
        (folder / "index.html").write_text(html.replace("<h1>pmlint", "<h1>pmlint 2"), "utf-8")
        shutil.copyfile(ROOT / "playground" / "page" / "sw.js", folder / "sw.js")
        build._keep_offline(folder)
        visit.page.reload()
        visit.page.locator("#offline button").click(timeout=LOADING)
        visit.page.locator("h1:has-text('pmlint 2')").wait_for(timeout=LOADING)
        assert visit.page.input_value("#text") == "# Mine\n"
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 820, 1440])
def test_axe_finds_no_serious_fault(visit: Visit, width: int, scheme: str) -> None:
    script = TOOLS / "node_modules" / "axe-core" / "axe.min.js"
    if not script.is_file():
        pytest.skip("axe-core is not installed (.ci/full installs it)")
    page = visit.page
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    page.click("#tab-findings")
    visit.check("# Nothing open\n")
    visit.check(FAULTY, "alx")
    page.locator("summary").nth(1).click()
    page.locator("details[open] pre").first.wait_for()
    page.locator(".finding .place").nth(1).click()
    page.evaluate(script.read_text("utf-8"))
    for tab in ("findings", "checklist", "timeline", "sections"):
        page.click(f"#tab-{tab}")
        result = page.evaluate("axe.run()")
        serious = [
            (each["id"], [node["html"] for node in each["nodes"]])
            for each in result["violations"]
            if each["impact"] in ("serious", "critical")
        ]
        assert serious == []
        assert len(result["passes"]) > 10


@pytest.mark.parametrize("width", [320, 360, 820, 1440])
def test_nothing_sticks_out_at_any_width(visit: Visit, width: int) -> None:
    visit.page.set_viewport_size({"width": width, "height": 800})
    visit.check(FAULTY, "alx")
    for tab in ("findings", "checklist", "timeline", "sections"):
        visit.page.click(f"#tab-{tab}")
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= width


def test_lines_under_the_text_break_where_the_text_breaks(visit: Visit) -> None:
    visit.check(FAULTY + "\n\n" + "A long line of words " * 30 + "\n" + "x" * 400 + "\n\n\tTab\n")
    heights = visit.page.evaluate(
        "[document.getElementById('text').scrollHeight,"
        " document.getElementById('lines').scrollHeight]"
    )
    assert heights[0] == heights[1]
    visit.page.locator("#text").evaluate("t => { t.scrollTop = 200; }")
    visit.page.wait_for_timeout(100)
    assert visit.page.evaluate("document.getElementById('lines').scrollTop") == 200


def test_text_that_takes_too_long_is_given_up(fresh: Callable[..., Visit], site: Path) -> None:
    # A worker that never answers stands for it.
    visit = fresh()
    script = (site / "engine.js").read_text("utf-8").replace("30_000", "8_000")
    visit.page.route(
        "**/engine.js", lambda route: route.fulfill(body=script, content_type="text/javascript")
    )
    slow = (
        (site / "bridge.py")
        .read_text("utf-8")
        .replace(
            "    plan = _plan(template)\n    facts = _read(data, plan)\n",
            "    plan = _plan(template)\n    while b'forever' in bytes(data): pass\n"
            "    facts = _read(data, plan)\n",
            1,
        )
    )
    visit.context.route("**/bridge.py", lambda route: route.fulfill(body=slow))
    visit.open()
    visit.check("# Warm\n")
    visit.page.fill("#text", "forever")
    visit.page.locator("#status:has-text('was stopped')").wait_for(timeout=LOADING)
    assert visit.check("# Mine\n")["findings"]
