// The page: a text on one side, what a reviewer would say on the other.

import { byId, button, el } from "./dom.js";
import { Editor } from "./editor.js";
import { Engine, TookTooLong } from "./engine.js";
import { pack, unpack } from "./link.js";
import { keepOffline } from "./offline.js";
import * as panels from "./panels.js";
import { tabs } from "./tabs.js";

const WAIT = 120;
/** Milliseconds without a keystroke before a text is checked. */

const engine = new Engine();
const encoder = new TextEncoder();
const rules = new Map();
const state = { answer: null, checked: null, template: "default", busy: false, again: false };
let timer = 0;
let picture = "";

const editor = new Editor(byId("text"), byId("lines"), { changed, moved });
tabs(byId("tabs"));

function say(text) {
  const status = byId("status");
  if (status.textContent !== text) status.textContent = text;
}

function done(text, undo) {
  const place = byId("done");
  place.hidden = !text;
  place.replaceChildren(text ?? "", ...(undo ? [" ", undo] : []));
}

// --- checking

function changed() {
  done();
  clearTimeout(timer);
  timer = setTimeout(check, WAIT);
}

async function check() {
  clearTimeout(timer);
  if (state.busy) {
    state.again = true;
    return;
  }
  const { text } = editor;
  const { template } = state;
  remember(text, template);
  if (!text.trim()) {
    show(null, text);
    if (engine.catalogue) say("Paste a postmortem, or load an example.");
    return;
  }
  state.busy = true;
  try {
    const answer = await engine.ask("check", encoder.encode(text), template);
    if (editor.text === text && state.template === template) {
      show(answer, text);
      document.dispatchEvent(
        new CustomEvent("pmlint:checked", { detail: { text, template, answer } }),
      );
    }
  } catch (error) {
    show(null, text);
    say(
      error instanceof TookTooLong
        ? `pmlint was stopped: this text took ${error.message}.`
        : `pmlint failed: ${error.message}`,
    );
  } finally {
    state.busy = false;
    if (state.again || editor.text !== text || state.template !== template) {
      state.again = false;
      check();
    }
  }
}

function show(answer, text) {
  state.answer = answer;
  state.checked = text;
  const lines = text.split("\n").length;
  const named = ["findings", "checklist", "timeline", "sections"];
  if (picture) URL.revokeObjectURL(picture);
  picture = "";
  if (!answer) {
    editor.mark([]);
    for (const name of named) byId(name).replaceChildren();
    return;
  }
  const found = answer.findings;
  const marks = found.map((each) => {
    const [start, end] = editor.places.range(each);
    return { start, end, level: each.level };
  });
  editor.mark(marks);
  const words = marks.map(({ start, end }) => text.slice(start, end));
  const read = `${lines} ${lines === 1 ? "line" : "lines"} read, template ${state.template}`;
  say(`${panels.told(found) || "Nothing to send back"}; ${read}.`);
  fill("findings", panels.findings(answer, words, go, act));
  fill("checklist", panels.checklist(answer, state.template, go));
  fill("timeline", panels.timeline(answer, go, pictured));
  fill("sections", panels.sections(answer, go));
  moved(byId("text").selectionStart);
}

/** Put elements into a panel; pages of rules that stand open stay open. */
function fill(name, elements) {
  const panel = byId(name);
  const open = new Set(
    [...panel.querySelectorAll("details[open]")].map((each) => each.dataset.key),
  );
  const at = panel.scrollTop;
  panel.replaceChildren(...elements.filter(Boolean));
  for (const each of panel.querySelectorAll("details")) {
    if (open.has(each.dataset.key)) each.open = true;
  }
  panel.scrollTop = at;
}

function pictured(svg) {
  // As a picture an SVG runs no script and fetches nothing.
  picture = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  return picture;
}

// --- from one side to the other

const go = {
  finding(number) {
    const mark = editor.marks[number];
    if (mark) editor.select(mark.start, mark.end);
    current(number);
  },
  place(line, column) {
    const { starts, lines } = editor.places;
    const start = editor.places.offset(line, column);
    editor.select(start, Math.max(start, (starts[line - 1] ?? 0) + (lines[line - 1] ?? "").length));
  },
  line(line) {
    editor.selectLine(line);
  },
};

function moved(offset) {
  current(editor.at(offset));
}

/** Show a finding as the one that is meant, in the text and in the list. */
function current(number) {
  editor.point(number);
  const panel = byId("findings");
  for (const each of panel.querySelectorAll(".finding")) {
    const on = Number(each.dataset.number) === number;
    if (on === (each.getAttribute("aria-current") === "true")) continue;
    if (on) each.setAttribute("aria-current", "true");
    else each.removeAttribute("aria-current");
    if (on && panel.scrollHeight > panel.clientHeight) {
      const top = each.offsetTop - panel.offsetTop;
      if (top < panel.scrollTop || top + each.offsetHeight > panel.scrollTop + panel.clientHeight) {
        panel.scrollTop = top - 8;
      }
    }
  }
  const found = state.answer?.findings[number];
  const words = found ? `Line ${found.line}: ${found.level} ${found.code}: ${found.message}` : "";
  if (byId("here").textContent !== words) byId("here").textContent = words;
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "F8" || !editor.marks.length) return;
  event.preventDefault();
  const { selectionStart: at } = byId("text");
  const numbers = editor.marks.map((_, number) => number);
  const start = (number) => editor.marks[number].start;
  const now = Number(byId("findings").querySelector("[aria-current]")?.dataset.number ?? -1);
  const standing = now >= 0 && start(now) === at;
  let next;
  if (standing) next = now + (event.shiftKey ? -1 : 1);
  else if (event.shiftKey) next = numbers.findLast((number) => start(number) < at);
  else next = numbers.find((number) => start(number) >= at);
  const count = numbers.length;
  go.finding((((next ?? (event.shiftKey ? -1 : 0)) % count) + count) % count);
});

// --- what buttons do

const act = {
  fix: (number) => mend(number),
  fixAll: () => mend(-1),
  async explain(code) {
    const key = `${code} ${state.template}`;
    if (!rules.has(key)) rules.set(key, engine.ask("explain", code, state.template));
    return rules.get(key);
  },
};

async function mend(number) {
  const text = state.checked;
  if (editor.text !== text) return;
  let answer;
  try {
    answer = await engine.ask("mend", encoder.encode(text), state.template, number);
  } catch (error) {
    done(`Not fixed: ${error.message}.`);
    return;
  }
  if (editor.text !== text) return;
  if (answer.fault) {
    done(`Not fixed: ${answer.fault}.`);
    return;
  }
  editor.replace(answer.text);
  const undo = button({ click: () => editor.replace(text) }, "Undo");
  done(`Done: ${answer.told.join("; ")}.`, undo);
  check();
}

async function copy(words, said) {
  try {
    await navigator.clipboard.writeText(words);
    done(said);
    return true;
  } catch {
    return false;
  }
}

byId("copy").addEventListener("click", async () => {
  if (!(await copy(editor.text, "The text is copied."))) {
    byId("text").select();
    done("The browser does not let pages copy; the text is selected instead.");
  }
});

byId("share").addEventListener("click", async () => {
  const fragment = await pack(editor.text, state.template);
  const address = new URL(fragment, location.href.split("#")[0]).href;
  if (await copy(address, "A link that carries the text is copied.")) return;
  history.replaceState(null, "", fragment);
  done("The address of this page now carries the text.");
});

byId("template").addEventListener("change", () => {
  state.template = byId("template").value;
  describe();
  check();
});

function describe() {
  const chosen = engine.catalogue?.templates.find((each) => each.name === state.template);
  byId("template").title = chosen?.summary ?? "";
}

byId("open").addEventListener("click", () => byId("file").click());
byId("file").addEventListener("change", (event) => {
  const [file] = event.target.files;
  event.target.value = "";
  if (file) open(file);
});
for (const name of ["dragover", "drop"]) {
  document.addEventListener(name, (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    if (name === "drop" && event.dataTransfer.files.length) open(event.dataTransfer.files[0]);
  });
}

async function open(file) {
  try {
    if (file.size > 1_000_000) throw new Error("it is larger than 1 MB");
    const decoder = new TextDecoder("utf-8", { fatal: true });
    put(decoder.decode(await file.arrayBuffer()));
  } catch (error) {
    const reason = error instanceof TypeError ? "it is no text in UTF-8" : error.message;
    done(`${file.name} cannot be opened: ${reason}.`);
  }
}

/** Another document; the one before can be taken back. */
function put(text) {
  const before = editor.text;
  editor.load(text);
  if (before.trim() && before !== editor.text) {
    done("Another text is loaded.", button({ click: () => editor.load(before) }, "Undo"));
  }
}

// --- starting

function remember(text, template) {
  try {
    sessionStorage.setItem("pmlint", JSON.stringify({ text, template }));
  } catch {
    // Full or not allowed: the text is not kept over a reload, and all else works.
  }
}

function remembered() {
  try {
    return JSON.parse(sessionStorage.getItem("pmlint") ?? "null");
  } catch {
    return null;
  }
}

/** The text of the address, and the address without it. */
async function linked() {
  const fragment = location.hash;
  if (!fragment.includes("text=")) return null;
  history.replaceState(null, "", location.pathname + location.search);
  try {
    return await unpack(fragment);
  } catch (error) {
    done(`The link is broken: ${error.message}.`);
    return null;
  }
}

function choose(template) {
  const known = engine.catalogue?.templates.some((each) => each.name === template) ?? true;
  state.template = known ? template : "default";
  byId("template").value = state.template;
  describe();
}

addEventListener("hashchange", async () => {
  const given = await linked();
  if (!given) return;
  choose(given.template);
  put(given.text);
  check();
});

async function examples() {
  const answer = await fetch("examples.json");
  const all = await answer.json();
  const list = byId("example");
  list.append(...all.map((each, at) => el("option", { value: String(at) }, each.name)));
  list.addEventListener("change", () => {
    const chosen = all[Number(list.value)];
    if (!list.value || !chosen) return;
    list.value = "";
    put(chosen.text);
  });
  return all;
}

/** Read an example unseen, so that the reader's own text need not wait for what is loaded late. */
async function warm(listed) {
  const [first] = await listed;
  if (first && !editor.text.trim()) await engine.ask("check", encoder.encode(first.text), "default");
}

async function start() {
  const given = (await linked()) ?? remembered();
  if (given) {
    state.template = given.template;
    if (given.text) editor.load(given.text);
  }
  const listed = examples();
  listed.catch(() => {});
  try {
    engine.catalogue = await engine.start(say);
  } catch (error) {
    say(`pmlint cannot run in this browser: ${error.message}`);
    return;
  }
  const options = engine.catalogue.templates.map((each) =>
    el("option", { value: each.name, title: each.summary }, each.name),
  );
  byId("template").replaceChildren(...options);
  choose(state.template);
  byId("about").append(` pmlint ${engine.catalogue.version}, Python ${engine.catalogue.python}.`);
  await check();
  warm(listed).catch(() => {});
  keepOffline(byId("offline")).catch(() => {
    byId("offline").textContent = "This browser does not keep the page for use without a network.";
  });
}

start();
