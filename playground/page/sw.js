// Keeps the page's files for use without a network, and lets nothing else through: a page
// that this worker serves can reach no other origin.

const VERSION = "@version@";
const FILES = {};
// ^ Put in by build.py: names with the SHA-256 of their content.

const NAME = `pmlint-${VERSION}`;
const here = new URL("./", self.location.href);

async function hash(buffer) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", buffer));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function keep(cache, [name, wanted]) {
  const url = new URL(name, here);
  // What the browser already holds is taken as it is, unless it is of another version.
  for (const mode of ["default", "reload"]) {
    const answer = await fetch(url, { cache: mode, credentials: "same-origin" });
    if (answer.ok && (await hash(await answer.clone().arrayBuffer())) === wanted) {
      await cache.put(url, answer);
      return;
    }
  }
  throw new Error(`${name} is not the file that was built`);
}

self.addEventListener("install", (event) => {
  const all = async () => {
    const cache = await caches.open(NAME);
    for (const each of Object.entries(FILES)) await keep(cache, each);
  };
  event.waitUntil(all());
});

self.addEventListener("activate", (event) => {
  const clean = async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith("pmlint-") && name !== NAME) await caches.delete(name);
    }
    await self.clients.claim();
  };
  event.waitUntil(clean());
});

self.addEventListener("message", ({ data }) => {
  if (data === "take over") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (url.protocol !== "https:" && url.protocol !== "http:") return;
  if (url.origin !== here.origin) {
    if (event.request.mode !== "navigate") event.respondWith(Response.error());
    return;
  }
  if (event.request.method !== "GET" || !url.href.startsWith(here.href)) return;
  url.hash = "";
  url.search = "";
  if (url.href === here.href) url.pathname += "index.html";
  const answer = async () => {
    const cache = await caches.open(NAME);
    return (await cache.match(url)) ?? fetch(event.request);
  };
  event.respondWith(answer());
});
