// What pmlint says, as lists of elements. Every word goes in as a text node.

import { button, el, wording } from "./dom.js";

const LEVELS = ["error", "warning", "info"];
const PLURAL = { error: "errors", warning: "warnings", info: "notes" };
const SINGULAR = { error: "error", warning: "warning", info: "note" };
const CUT = 72;
const STYLES = {
  atx: "heading",
  setext: "underlined heading",
  html: "HTML heading",
  bold: "bold line",
  plain: "plain line",
  label: "label",
  table: "row of a table",
  "front-matter": "front matter",
};

const counted = (count, one, many) => `${count} ${count === 1 ? one : many}`;

/** "2 errors, 1 warning"; empty where there is nothing. */
export function told(findings) {
  return LEVELS.map((level) => [level, findings.filter((each) => each.level === level).length])
    .filter(([, count]) => count)
    .map(([level, count]) => counted(count, SINGULAR[level], PLURAL[level]))
    .join(", ");
}

function cut(words) {
  const line = words.split("\n")[0].trim();
  const chars = Array.from(line);
  return chars.length > CUT ? `${chars.slice(0, CUT - 1).join("")}…` : line;
}

function lineButtons(lines, go) {
  return lines
    .slice(0, 12)
    .map((line) => button({ class: "place", click: () => go.line(line) }, `Line ${line}`));
}

// The command line's options mean nothing here; the button beside does what they do.
const withoutOption = (help) => help.replace(/; `--(?:unsafe-)?fix(?:es)?`[^`]*$/, "");

/**
 * The findings. `go` brings places into view: `go.finding(number)`, `go.place(line, column)`;
 * `act.fix(number)`, `act.fixAll()` and `act.explain(code)` do the rest.
 */
export function findings(answer, words, go, act) {
  const found = answer.findings;
  if (!found.length) return [el("p", { class: "clean" }, "✓ A reviewer has nothing to send back.")];
  const safe = found.filter((each) => each.fix?.safe).length;
  const all = button(
    { class: "fix", click: act.fixAll },
    `Fix all that is safe (${safe})`,
  );
  return [
    safe > 1 ? el("p", {}, all) : null,
    el("ol", { class: "findings" }, ...found.map((each, at) => card(each, at, words, go, act))),
  ];
}

function card(found, number, words, go, act) {
  const excerpt = cut(words[number]);
  return el(
    "li",
    { class: `finding ${found.level}`, "data-number": number },
    el(
      "h3",
      {},
      el("span", { class: "level" }, found.level === "info" ? "note" : found.level),
      ` ${found.code}: `,
      ...wording(found.message),
    ),
    el(
      "p",
      {},
      button({ class: "place", click: () => go.finding(number) }, `Line ${found.line}`),
      excerpt ? " " : null,
      excerpt ? el("q", {}, excerpt) : null,
    ),
    found.related.length
      ? el("ul", { class: "related" }, ...found.related.map((each) => related(each, go)))
      : null,
    found.help ? el("p", { class: "help" }, ...wording(withoutOption(found.help))) : null,
    found.fix ? fixing(found, number, act) : null,
    why(found, act),
  );
}

function related(each, go) {
  const show = () => go.place(each.line, each.column);
  return el("li", {}, button({ class: "place", click: show }, `Line ${each.line}`), ` ${each.message}`);
}

function fixing(found, number, act) {
  return el(
    "p",
    {},
    button({ class: "fix", click: () => act.fix(number) }, `Fix: ${found.fix.message}`),
    found.fix.safe ? null : el("span", { class: "small" }, " Changes what is told: read it again."),
  );
}

function why(found, act) {
  const details = el(
    "details",
    { "data-key": `${found.code} ${found.message}` },
    el("summary", {}, `Why ${found.code}?`),
  );
  details.addEventListener("toggle", async () => {
    if (!details.open || details.dataset.filled) return;
    details.dataset.filled = "yes";
    details.append(...page(await act.explain(found.code)));
  });
  return details;
}

/** The page of a rule. */
function page(rule) {
  return [
    el("p", {}, ...wording(rule.summary)),
    el("p", {}, ...wording(rule.why)),
    rule.exceptions ? el("p", {}, "Does not count: ", ...wording(rule.exceptions)) : null,
    ...rule.wrong.slice(0, 2).flatMap((each) => example("Wrong", each)),
    ...rule.right.slice(0, 2).flatMap((each) => example("Right", each)),
    rule.source ? el("p", { class: "small" }, "Source: ", ...wording(rule.source)) : null,
    rule.ignorable
      ? el(
          "p",
          { class: "small" },
          "Right as it is? Say why in a comment at the end of the line: ",
          el("code", {}, `<!-- pmlint: ignore ${rule.code} (reason) -->`),
        )
      : null,
  ].filter(Boolean);
}

function example(word, { title, text, findings: said = [] }) {
  const heading = title ? `${word}: ${title}` : word;
  return [
    el("h4", {}, heading),
    el("pre", { tabIndex: 0, role: "group", "aria-label": heading }, text),
    said.length
      ? el("ul", {}, ...said.map((each) => el("li", {}, `Line ${each.line}: `, ...wording(each.message))))
      : null,
  ].filter(Boolean);
}

/** The demands of the template, met or not. */
export function checklist(answer, template, go) {
  const items = answer.checklist;
  if (!items) return [el("p", {}, "There is no incident to hold against the template.")];
  const met = items.filter((item) => item.met).length;
  const rows = items.map((item) =>
    el(
      "li",
      { class: item.met ? "met" : "unmet" },
      el("span", { class: "box" }, item.met ? "✓ met" : "✗ not met"),
      el(
        "span",
        {},
        item.told,
        item.said ? ": " : null,
        item.said ? el("em", {}, item.said) : null,
        item.lines.length ? " " : null,
        ...lineButtons(item.lines, go),
      ),
    ),
  );
  const head = `${met} of ${items.length} met, template ${template}`;
  return [el("p", {}, el("strong", {}, head)), el("ul", { class: "checklist" }, ...rows)];
}

/** The picture, and the same as a list. */
export function timeline(answer, go, pictured) {
  const drawn = answer.timeline;
  if (!drawn) {
    return [el("p", {}, "No event tells when it was, so there is nothing to draw.")];
  }
  const picture = el("img", {
    src: pictured(drawn.svg),
    alt: `Timeline of ${drawn.title}: ${drawn.about}`,
  });
  const view = { class: "picture", role: "region", "aria-label": "Timeline to scale", tabIndex: 0 };
  const phases = drawn.phases.map((each) => el("li", {}, `${each.name}: ${each.took}`));
  const events = drawn.events.map((each) =>
    el(
      "li",
      {},
      button({ class: "place", click: () => go.line(each.line) }, each.label || "day"),
      ` ${each.text}`,
      each.kind ? el("span", { class: "role" }, each.kind) : null,
    ),
  );
  return [
    el("p", {}, drawn.about),
    el("div", view, picture),
    phases.length ? el("h3", {}, "Phases") : null,
    phases.length ? el("ul", {}, ...phases) : null,
    el("h3", {}, "Events"),
    el("ul", { class: "events" }, ...events),
    drawn.left_out
      ? el("p", { class: "small" }, `Not drawn: ${counted(drawn.left_out, "entry", "entries")} without a time of day.`)
      : null,
  ].filter(Boolean);
}

/** What was read: the facts in short, and the tree of sections with their roles. */
export function sections(answer, go) {
  const { facts } = answer;
  if (!facts) return [el("p", {}, "The text could not be read.")];
  return [
    el("h3", {}, "Facts"),
    el("dl", {}, ...rows(facts).flatMap(([term, value, line]) => row(term, value, line, go))),
    el("h3", {}, "Sections and the parts they play"),
    facts.sections.length ? tree(facts.sections, null, go) : el("p", {}, "None."),
  ];
}

function row(term, value, line, go) {
  const place = line ? [" ", ...lineButtons([line], go)] : [];
  return [el("dt", {}, term), el("dd", {}, value, ...place)];
}

function rows(facts) {
  const { title, duration, impact, timeline: events, root_cause: cause, resolution, tasks } = facts;
  return [
    ["Title", title?.text ?? "none", title?.line],
    ["Duration", duration ? lasted(duration) : "not stated", duration?.line],
    ["Impact", impact ? hit(impact) : "not stated", impact?.line],
    [
      "Timeline",
      events ? counted(events.events.length, "event", "events") : "none",
      events?.line,
    ],
    ["Root cause", cause ? cut(cause.text) : "not told", cause?.line],
    ["Resolution", resolution ? cut(resolution.text) : "not told", resolution?.line],
    ["Tasks", tasks ? counted(tasks.items.length, "task", "tasks") : "none", tasks?.line],
  ];
}

function moment(point) {
  return point ? [point.date, point.clock].filter(Boolean).join(" ") : "";
}

function lasted(duration) {
  const ends = [moment(duration.start), moment(duration.end)].filter(Boolean).join(" to ");
  const minutes = duration.minutes ?? duration.stated_minutes;
  const long = minutes === null ? "" : counted(minutes, "minute", "minutes");
  return [[ends, duration.timezone].filter(Boolean).join(" "), long].filter(Boolean).join(", ");
}

function hit(impact) {
  const figures = impact.figures.map((figure) => figure.text);
  if (impact.universal && !figures.length) return "everyone or everything";
  return figures.join("; ") || "no figures";
}

function tree(all, parent, go) {
  const here = all.map((each, at) => [each, at]).filter(([each]) => each.parent === parent);
  return el(
    "ul",
    { class: "tree" },
    ...here.map(([each, at]) =>
      el(
        "li",
        {},
        button({ class: "place", click: () => go.line(each.line) }, `Line ${each.line}`),
        ` ${each.text || "(no words)"} `,
        ...each.roles.map((role) => el("span", { class: "role" }, role.replaceAll("_", " "))),
        el("span", { class: "small" }, ` ${STYLES[each.style] ?? each.style}`),
        all.some((other) => other.parent === at) ? tree(all, at, go) : null,
      ),
    ),
  );
}
