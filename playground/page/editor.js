// The text area, and under it the same text, unseen, with line numbers and the places of
// findings marked.

import { el } from "./dom.js";
import { Places } from "./places.js";

const RANK = { error: 2, warning: 1, info: 0 };

export class Editor {
  /** `changed` is called with every new text, `moved` when the cursor stands elsewhere. */
  constructor(area, lines, { changed, moved }) {
    this.area = area;
    this.under = lines;
    this.changed = changed;
    this.moved = moved;
    this.shown = [];
    this.marks = [];
    this.places = new Places("");
    area.addEventListener("input", () => this.#typed());
    area.addEventListener("scroll", () => this.#follow(), { passive: true });
    document.addEventListener("selectionchange", () => this.#moved());
    // Some browsers tell of a cursor that moves in a text area by these only.
    for (const name of ["keyup", "click", "select"]) {
      area.addEventListener(name, () => this.#moved());
    }
    new ResizeObserver(() => this.#follow()).observe(area);
    this.#typed();
  }

  get text() {
    return this.area.value;
  }

  /** Another text, which the reader can take back with the browser's own undo. */
  replace(text) {
    const old = this.area.value;
    let start = 0;
    const most = Math.min(old.length, text.length);
    while (start < most && old[start] === text[start]) start += 1;
    let end = 0;
    while (end < most - start && old[old.length - 1 - end] === text[text.length - 1 - end]) {
      end += 1;
    }
    // Never between the two halves of a character.
    if (isHigh(old, start - 1) || isHigh(text, start - 1)) start -= 1;
    if (isHigh(old, old.length - end - 1) || isHigh(text, text.length - end - 1)) end -= 1;
    const put = text.slice(start, text.length - end);
    if (start === old.length - end && !put) return;
    const last = old.length - end;
    this.area.focus({ preventScroll: true });
    this.area.setSelectionRange(start, last);
    const command = put ? "insertText" : "delete";
    const done = document.execCommand(command, false, put || undefined);
    if (!done || this.area.value !== text.replaceAll(/\r\n?/g, "\n")) {
      this.area.value = text;
    }
    this.area.setSelectionRange(start, start + put.length);
    this.#typed();
    this.reveal(start);
  }

  /** A new document: nothing of the old one is kept. */
  load(text) {
    this.area.value = text;
    this.area.setSelectionRange(0, 0);
    this.area.scrollTop = 0;
    this.#typed();
  }

  /** Mark places: `{ start, end, level }` by their index. */
  mark(marks) {
    this.marks = marks;
    const byLine = this.shown.map(() => []);
    marks.forEach((mark, number) => {
      const first = this.places.lineAt(mark.start);
      const last = this.places.lineAt(Math.max(mark.end - 1, mark.start));
      for (let line = first; line <= last; line += 1) {
        const base = this.places.starts[line];
        const length = this.places.lines[line].length;
        const start = Math.max(mark.start - base, 0);
        const end = Math.min(Math.max(mark.end - base, start), length);
        byLine[line].push({ start, end, level: mark.level, number });
      }
    });
    byLine.forEach((marked, line) => this.#draw(line, marked));
  }

  /** Show one of the marked places as the one that is meant. */
  point(number) {
    for (const each of this.under.querySelectorAll("mark")) {
      each.classList.toggle("current", each.dataset.numbers.split(" ").includes(String(number)));
    }
  }

  /** Select a place and bring it into view. */
  select(start, end) {
    this.area.focus({ preventScroll: true });
    this.area.setSelectionRange(start, end);
    this.reveal(start);
    this.area.scrollIntoView({ block: "nearest" });
  }

  selectLine(line) {
    const words = this.places.lines[line - 1] ?? "";
    const start = this.places.starts[line - 1] ?? this.places.end;
    this.select(start, start + words.length);
  }

  reveal(offset) {
    const line = this.shown[this.places.lineAt(offset)]?.element;
    if (!line) return;
    const view = this.area.clientHeight;
    const top = line.offsetTop;
    if (top < this.area.scrollTop || top + line.offsetHeight > this.area.scrollTop + view) {
      this.area.scrollTop = Math.max(top - view / 3, 0);
    }
    this.#follow();
  }

  /** The index of the finding at the cursor: the smallest place that holds it, or -1. */
  at(offset) {
    let best = -1;
    this.marks.forEach((mark, number) => {
      if (offset < mark.start || offset > mark.end) return;
      const other = this.marks[best];
      if (best < 0 || mark.end - mark.start < other.end - other.start) best = number;
    });
    return best;
  }

  #typed() {
    const places = new Places(this.area.value);
    const now = places.lines;
    const old = this.shown;
    let head = 0;
    const most = Math.min(now.length, old.length);
    while (head < most && now[head] === old[head].words) head += 1;
    let tail = 0;
    while (
      tail < most - head &&
      now[now.length - 1 - tail] === old[old.length - 1 - tail].words
    ) {
      tail += 1;
    }
    const changed = head + tail < Math.max(now.length, old.length);
    this.places = places;
    if (!changed && old.length) return;
    const fresh = now.slice(head, now.length - tail).map((words) => ({
      words,
      element: el("div", { class: "line" }, words),
      drawn: "",
    }));
    for (const each of old.slice(head, old.length - tail)) each.element.remove();
    const next = old[old.length - tail]?.element ?? null;
    const pieces = document.createDocumentFragment();
    pieces.append(...fresh.map((each) => each.element));
    this.under.insertBefore(pieces, tail ? next : null);
    this.shown = [...old.slice(0, head), ...fresh, ...old.slice(old.length - tail)];
    this.marks = [];
    this.under.dataset.digits = String(Math.max(String(now.length).length, 2));
    this.#follow();
    this.changed(this.area.value);
  }

  #draw(line, marked) {
    const shown = this.shown[line];
    const signature = marked.map((each) => Object.values(each).join()).join(";");
    if (shown.drawn === signature) return;
    shown.drawn = signature;
    const { words } = shown;
    const cuts = new Set([0, words.length]);
    for (const each of marked) cuts.add(each.start).add(each.end);
    const sorted = [...cuts].sort((a, b) => a - b);
    const parts = sorted.slice(0, -1).map((start, at) => {
      const end = sorted[at + 1];
      const over = marked.filter((each) => each.start <= start && end <= each.end);
      return part(words.slice(start, end), over);
    });
    // A place without a width, or on an empty line, still shows where it is.
    for (const each of marked.filter((mark) => mark.start === mark.end)) {
      const at = sorted.indexOf(each.start);
      parts.splice(at, 0, part("", [each]));
    }
    shown.element.replaceChildren(...parts);
  }

  #follow() {
    this.under.scrollTop = this.area.scrollTop;
  }

  #moved() {
    if (document.activeElement === this.area) this.moved(this.area.selectionStart);
  }
}

function isHigh(text, at) {
  const unit = text.charCodeAt(at);
  return unit >= 0xd800 && unit < 0xdc00;
}

function part(words, over) {
  if (!over.length) return document.createTextNode(words);
  const worst = over.reduce((a, b) => (RANK[b.level] > RANK[a.level] ? b : a)).level;
  const numbers = over.map((each) => each.number).join(" ");
  const mark = el("mark", { class: words ? worst : `${worst} empty` }, words);
  mark.dataset.numbers = numbers;
  return mark;
}
