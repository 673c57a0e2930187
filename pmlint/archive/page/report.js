"use strict";
(() => {
  const all = (what, where = document) => [...where.querySelectorAll(what)];
  const one = (id) => document.getElementById(id);
  const form = one("filter"), tip = one("tip"), button = one("all");
  const incidents = all(".incident"), rows = all("tr[data-entry]"), groups = all(".group");
  const texts = new Map();
  const text = (node) => {
    if (!texts.has(node)) texts.set(node, node.textContent.toLowerCase());
    return texts.get(node);
  };
  const fits = {
    "": () => true,
    error: (node) => node.dataset.level === "error",
    warning: (node) => ["error", "warning"].includes(node.dataset.level),
    clean: (node) => node.dataset.codes === "",
  };

  const show = (node, is) => { if (node.hidden === is) node.hidden = !is; };

  function filter() {
    const words = one("q").value.toLowerCase().split(/\s+/).filter(Boolean);
    const level = fits[one("level").value], rule = one("rule").value, year = one("year").value;
    const shown = new Set();
    for (const node of incidents) {
      const is = level(node) && (!year || node.dataset.year === year)
        && (!rule || node.dataset.codes.split(" ").includes(rule))
        && words.every((word) => text(node).includes(word));
      show(node, is);
      if (is) shown.add(node.id.slice(1));
    }
    for (const row of rows) show(row, shown.has(row.dataset.entry));
    for (const group of groups) {
      show(group, group.dataset.entries.split(" ").some((each) => shown.has(each)));
    }
    for (const [id, nodes] of [["incidents", incidents], ["tasks", rows], ["recurring", groups]]) {
      const none = one(id).querySelector(".none");
      none.hidden = !nodes.length || nodes.some((node) => !node.hidden);
    }
    const told = `${shown.size} of ${incidents.length} incidents`;
    one("count").textContent = told;
    const long = shown.size > Number(document.body.dataset.most);
    document.body.classList.toggle("long", long);
    const filtered = shown.size < incidents.length;
    one("printed").textContent = (filtered ? `Filtered: ${told}.` : "")
      + (long ? ` ${shown.size} incidents: the titles, and what was open.` : "");
    one("printed").hidden = !long && !filtered;
  }

  let waiting = 0;
  form.hidden = button.hidden = false;
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(filter, 80); });
  form.addEventListener("reset", () => setTimeout(filter));
  form.addEventListener("submit", (event) => { event.preventDefault(); filter(); });
  filter();

  button.addEventListener("click", () => {
    const shown = incidents.filter((node) => !node.hidden).map((node) => node.firstElementChild);
    const open = shown.some((node) => !node.open);
    for (const node of shown) node.open = open;
    button.textContent = open ? "Close all shown" : "Open all shown";
  });

  // The events of a timeline are one stop of the Tab key; arrows go along them.
  for (const list of all(".events ol")) all(".dot", list).forEach((dot, at) => { dot.tabIndex = at ? -1 : 0; });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return hide();
    const dot = event.target.closest ? event.target.closest(".dot") : null;
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!dot || !step) return;
    const dots = all(".dot", dot.closest("ol")), next = dots[dots.indexOf(dot) + step];
    event.preventDefault();
    if (!next) return;
    dot.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });

  let lit = null;
  function point(dot) {
    hide();
    lit = dot.closest("li");
    lit.classList.add("on");
    tip.textContent = lit.textContent;
    tip.hidden = false;
    const box = dot.closest(".events").getBoundingClientRect();
    const at = box.left + box.width * parseFloat(dot.style.getPropertyValue("--x")) / 100;
    tip.style.left = `${Math.max(8, Math.min(at - tip.offsetWidth / 2, innerWidth - tip.offsetWidth - 8))}px`;
    tip.style.top = `${Math.max(4, box.top + 18 - tip.offsetHeight)}px`;
  }
  function hide() {
    tip.hidden = true;
    if (lit) lit.classList.remove("on");
    lit = null;
  }
  for (const kind of ["mouseover", "focusin"]) document.addEventListener(kind, (event) => {
    const dot = event.target.closest ? event.target.closest(".dot") : null;
    if (dot) point(dot); else hide();
  });
  addEventListener("scroll", hide, { passive: true });

  // A link to an incident opens it.
  const jump = () => {
    const goal = location.hash.startsWith("#i") ? one(location.hash.slice(1)) : null;
    if (goal && goal.matches(".incident")) goal.firstElementChild.open = true;
  };
  addEventListener("hashchange", jump);
  jump();
})();
