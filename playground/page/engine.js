// pmlint in a worker: the page stays awake while Python works, and a text that takes too
// long can be given up.

import { scriptUrl } from "./trust.js";

const PATIENCE = 30_000;

export class TookTooLong extends Error {}

export class Engine {
  #worker = null;
  #asked = new Map();
  #number = 0;

  /** Start Python. `told` hears of each step; resolves to the catalogue. */
  start(told = () => {}) {
    this.#worker = new Worker(scriptUrl("worker.js"), { type: "module" });
    this.ready = new Promise((resolve, reject) => {
      this.#worker.addEventListener("message", ({ data }) => {
        if (data.step) told(data.step);
        else if (data.ready) resolve(data.ready);
        else if (data.failed) reject(new Error(data.failed));
        else this.#answer(data);
      });
      this.#worker.addEventListener("error", (event) => {
        event.preventDefault();
        reject(new Error(event.message || "the program could not be loaded"));
      });
    });
    return this.ready;
  }

  /** Ask one of the functions of bridge.py; resolves to what its JSON holds. */
  async ask(name, ...words) {
    await this.ready;
    this.#number += 1;
    const number = this.#number;
    const answer = new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#giveUp(), PATIENCE);
      this.#asked.set(number, { resolve, reject, timer });
    });
    this.#worker.postMessage({ number, name, words });
    return answer;
  }

  #answer({ number, value, failed }) {
    const asked = this.#asked.get(number);
    if (!asked) return;
    this.#asked.delete(number);
    clearTimeout(asked.timer);
    if (failed) asked.reject(new Error(failed));
    else asked.resolve(JSON.parse(value));
  }

  #giveUp() {
    this.#worker.terminate();
    for (const { reject, timer } of this.#asked.values()) {
      clearTimeout(timer);
      reject(new TookTooLong(`more than ${PATIENCE / 1000} seconds`));
    }
    this.#asked.clear();
    this.start().catch(() => {});
  }
}
