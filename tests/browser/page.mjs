// Looks at a page in headless Chromium; prints what it saw as one JSON object.
//
//   node page.mjs CHROMIUM PAGE.html            see, filter, use the keyboard, run axe, print
//   node page.mjs CHROMIUM PAGE.html FOLDER     draw it for docs: three widths, light and dark
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [executablePath, page_, pictures] = process.argv.slice(2);
const url = pathToFileURL(page_).href;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync"];

const browser = await chromium.launch({ executablePath, args: QUIET });
const told = pictures ? await draw(pictures) : await look();
await browser.close();
console.log(JSON.stringify(told));

async function opened(options = {}) {
  // axe is put into the page past its content security policy; nothing else needs that.
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, ...options });
  const page = await context.newPage();
  const heard = { console: [], requests: [], dialogs: [] };
  page.on("console", (line) => {
    if (["error", "warning"].includes(line.type())) heard.console.push(line.text());
  });
  page.on("pageerror", (error) => heard.console.push(String(error)));
  page.on("request", (request) => { if (request.url() !== url) heard.requests.push(request.url()); });
  page.on("dialog", (dialog) => { heard.dialogs.push(dialog.message()); dialog.dismiss(); });
  await page.goto(url);
  return { page, heard };
}

async function look() {
  const { page, heard } = await opened();
  const shown = (what) => page.locator(`${what}:visible`).count();
  const told = { heard, all: await shown(".incident"), rows: await shown("tr[data-entry]") };
  told.count = await page.textContent("#count");
  told.loaded = await page.evaluate(() => {
    const [timing] = performance.getEntriesByType("navigation");
    return Math.round(timing.domContentLoadedEventEnd);
  });

  await page.fill("#q", "certificate");
  await page.waitForTimeout(200);
  told.searched = { incidents: await shown(".incident"), count: await page.textContent("#count") };
  await page.fill("#q", "no such words anywhere");
  await page.waitForTimeout(200);
  told.nothing = { incidents: await shown(".incident"), said: await shown("#incidents .none") };
  await page.click("form button[type=reset]");
  await page.waitForTimeout(200);
  told.cleared = await shown(".incident");
  const rule = await page.locator("#rule option").nth(1).getAttribute("value");
  if (rule) {
    await page.selectOption("#rule", rule);
    await page.waitForTimeout(200);
    told.ruled = {
      incidents: await shown(".incident"),
      meant: await page.locator(`.incident[data-codes~="${rule}"]`).count(),
    };
    await page.click("form button[type=reset]");
    await page.waitForTimeout(200);
  }

  await page.click("#all");
  told.open = await page.locator(".incident details[open]").count();
  const line = page.locator(".events").filter({ has: page.locator(".dot") }).first();
  if (await line.count()) {
    const box = await line.boundingBox();
    await line.locator(".dot").first().hover();
    await page.waitForTimeout(100);
    told.tip = await page.locator("#tip:visible").count() ? await page.textContent("#tip") : "";
    await page.mouse.move(0, 0);
    await line.locator(".dot").first().focus();
    await page.keyboard.press("ArrowRight");
    told.focus = await page.evaluate(() =>
      [...document.activeElement.closest("ol").querySelectorAll(".dot")]
        .indexOf(document.activeElement));
    await page.keyboard.press("Escape");
    told.wide = Boolean(box);
  }
  told.scripts = await page.evaluate(() => document.scripts.length);
  told.schemes = await page.evaluate(() =>
    [...new Set([...document.querySelectorAll("[href],[src],[action]")]
      .map((node) => new URL(node.href ?? node.src ?? node.action, location.href).protocol))]);
  told.pwned = await page.evaluate(() => window.pwned ?? null);
  told.sideways = {};
  for (const width of [1200, 768, 390]) {
    await page.setViewportSize({ width, height: 900 });
    told.sideways[width] = await page.evaluate(() =>
      document.documentElement.scrollWidth - document.documentElement.clientWidth);
  }
  told.axe = {};
  for (const colorScheme of ["light", "dark"]) {
    const { page: fresh } = await opened({ bypassCSP: true, colorScheme });
    await fresh.evaluate(() => { for (const node of document.querySelectorAll("details")) node.open = true; });
    await fresh.evaluate(axe);
    const { violations } = await fresh.evaluate(() => window.axe.run());
    told.axe[colorScheme] = violations.map(({ id, impact, nodes }) =>
      ({ id, impact, where: nodes.slice(0, 3).map((node) => node.html.slice(0, 160)) }));
  }
  told.heard_by_a_reader = await spoken();
  told.printed = {};
  for (const colorScheme of ["light", "dark"]) told.printed[colorScheme] = await printed(colorScheme);
  return told;
}

// What assistive technology gets: role, name, level and live of everything that counts.
async function spoken() {
  const { page } = await opened();
  await page.evaluate(() => {
    for (const node of document.querySelectorAll("figure details, #findings details")) node.open = true;
  });
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  const silent = ["StaticText", "InlineTextBox", "generic", "none", "ListMarker", "LineBreak"];
  const parents = new Map(nodes.flatMap((node) => (node.childIds ?? []).map((id) => [id, node])));
  const within = (node) => {
    const held = parents.get(node.nodeId);
    return held && (held.ignored || silent.includes(held.role?.value)) ? within(held) : held;
  };
  return nodes.filter((node) => !node.ignored && !silent.includes(node.role?.value)).map((node) => {
    const value = (name) => node.properties?.find((each) => each.name === name)?.value.value ?? null;
    return {
      role: node.role?.value, name: node.name?.value ?? "", level: value("level"),
      live: value("live"), within: within(node)?.role?.value ?? "",
    };
  });
}

// The page on A4 paper: what is not on it, what reaches beyond it, and what cannot be read.
async function printed(colorScheme) {
  const { page } = await opened({ bypassCSP: true, colorScheme });
  const pages = async () => {
    const pdf = await page.pdf({ format: "A4", preferCSSPageSize: false });
    return pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  };
  const told = { pages: await pages() };
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize({ width: 703, height: 1000 });
  Object.assign(told, await page.evaluate(() => {
    const all = (what) => [...document.querySelectorAll(what)];
    const seen = (node) => node.checkVisibility({ contentVisibilityAuto: true })
      && node.getClientRects().length > 0;
    const last = (node) => [...node.querySelectorAll("details > *")].at(-1);
    return {
      controls: all("form, nav, button, input, select, .skip, #tip").filter(seen).length,
      incidents: all(".incident").filter((node) => seen(last(node))).length,
      lines: all("#findings li").filter((node) => !seen(node)).length,
      absent: all("#absent li").filter(seen).length,
      charts: all("figure svg").filter(seen).length,
      beyond: all("main *").filter((node) => {
        const { right, width } = node.getBoundingClientRect();
        return width && right > innerWidth + 1;
      }).map((node) => node.outerHTML.slice(0, 120)),
      ground: getComputedStyle(document.body).backgroundColor,
      filtered: seen(document.getElementById("printed")),
    };
  }));
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run({ runOnly: ["color-contrast"] }));
  told.illegible = violations.flatMap(({ nodes }) => nodes.map((node) => node.html.slice(0, 120)));
  await page.evaluate(() => {
    const box = document.getElementById("q");
    box.value = "certificate";
    box.dispatchEvent(new Event("input", { bubbles: true }));
  });
  await page.waitForTimeout(300);
  told.said = await page.locator("#printed:visible").allTextContents();
  told.whole = await page.evaluate(() => {
    document.body.dataset.most = "1";
    document.getElementById("q").value = "";
    document.querySelector(".incident details").open = true;
    document.getElementById("q").dispatchEvent(new Event("input", { bubbles: true }));
    return new Promise((done) => setTimeout(() => done({
      incidents: [...document.querySelectorAll(".incident")].filter((node) =>
        [...node.querySelectorAll("details > *")].at(-1)
          .checkVisibility({ contentVisibilityAuto: true })).length,
      titles: [...document.querySelectorAll(".incident h3")].filter((node) =>
        node.checkVisibility({ contentVisibilityAuto: true })).length,
      said: document.getElementById("printed").textContent.trim(),
    }), 300));
  });
  await page.evaluate(() => {
    document.body.dataset.most = "200";
    const box = document.getElementById("q");
    box.value = "certificate";
    box.dispatchEvent(new Event("input", { bubbles: true }));
  });
  await page.waitForTimeout(300);
  told.fewer = await pages();
  return told;
}

async function draw(folder) {
  const views = [
    ["top", "h1", 1280, 1000], ["incident", "#incidents h2", 1280, 1000],
    ["back", "#recurring h2", 768, 900], ["top", "h1", 390, 844],
    ["incident", "#incidents h2", 390, 844],
  ];
  const drawn = [];
  for (const colorScheme of ["light", "dark"]) {
    for (const [part, at, width, height] of views) {
      const { page } = await opened({ viewport: { width, height }, colorScheme });
      await page.locator(".incident details").filter({ has: page.locator(".phase") }).first()
        .evaluate((node) => { node.open = true; });
      await page.locator(at).first().evaluate((node) => node.scrollIntoView());
      if (part === "incident" && width > 1000) {
        const line = page.locator(".events").first(), box = await line.boundingBox();
        const x = await line.locator(".dot").nth(2).evaluate(
          (dot) => parseFloat(dot.style.getPropertyValue("--x")));
        await page.mouse.move(box.x + (box.width * x) / 100, box.y + 31);
        await page.waitForTimeout(200);
      }
      const path = `${folder}/report-${part}-${width}-${colorScheme}.png`;
      await page.screenshot({ path });
      drawn.push(path);
    }
  }
  return { drawn };
}
