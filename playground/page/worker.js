// Python and pmlint, off the page's own thread.

import { loadPyodide } from "./pyodide/pyodide.js";
import createPyodideModule from "./pyodide/pyodide.asm.js";

const here = new URL("./", import.meta.url).href;

async function bytes(name) {
  const answer = await fetch(new URL(name, here), { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}

async function start() {
  postMessage({ step: "Loading Python …" });
  const wheels = (await (await fetch(new URL("wheels.json", here))).json()).map(bytes);
  const script = bytes("bridge.py");
  const indexURL = `${here}pyodide/`;
  const python = await loadPyodide({ indexURL, createPyodideModule });
  postMessage({ step: "Loading pmlint …" });
  for (const wheel of await Promise.all(wheels)) python.unpackArchive(wheel, "wheel");
  python.FS.writeFile("/lib/bridge.py", await script);
  python.runPython("import sys; sys.path.append('/lib')");
  const bridge = python.pyimport("bridge");
  return (name, words) =>
    bridge[name](...words.map((word) => (word instanceof Uint8Array ? python.toPy(word) : word)));
}

const ready = start();
ready.then(
  (call) => postMessage({ ready: JSON.parse(call("catalogue", [])) }),
  (error) => postMessage({ failed: String(error.message || error) }),
);

addEventListener("message", async ({ data: { number, name, words } }) => {
  try {
    const call = await ready;
    postMessage({ number, value: call(name, words) });
  } catch (error) {
    const lines = String(error.message || error).trim().split("\n");
    postMessage({ number, failed: lines.at(-1) });
  }
});
