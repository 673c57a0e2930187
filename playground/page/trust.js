// The one policy that the page's Content-Security-Policy admits: two scripts of our own.

const OURS = new Set(["worker.js", "sw.js"]);

function own(name) {
  if (!OURS.has(name)) throw new TypeError(`${name} is no script of this page`);
  return name;
}

const policy = globalThis.trustedTypes?.createPolicy("pmlint", { createScriptURL: own });

export const scriptUrl = (name) => (policy ? policy.createScriptURL(name) : own(name));
