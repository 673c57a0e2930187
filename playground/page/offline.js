// The service worker: kept files, and a newer version when there is one.

import { button } from "./dom.js";
import { scriptUrl } from "./trust.js";

export async function keepOffline(place) {
  const workers = navigator.serviceWorker;
  if (!workers) return;
  let wanted = false;
  workers.addEventListener("controllerchange", () => {
    if (wanted) location.reload();
  });
  const found = await workers.register(scriptUrl("sw.js"), { scope: "./", updateViaCache: "none" });
  const offer = () => {
    if (!found.waiting || !workers.controller) return;
    const take = button(
      {
        click: () => {
          wanted = true;
          found.waiting?.postMessage("take over");
        },
      },
      "Use it",
    );
    place.replaceChildren("A newer pmlint is here. ", take);
  };
  found.addEventListener("updatefound", () => {
    found.installing?.addEventListener("statechange", offer);
  });
  await workers.ready;
  place.replaceChildren("Kept in this browser: the page works without a network, too.");
  offer();
}
