// Elements are made here and nowhere else. Words reach the page as text nodes only, so
// that nothing in a document can become markup.

/**
 * An element with properties, attributes (names with a hyphen, and `role`), a class
 * (`class`), a listener (`click`) and children: elements, or words.
 */
export function el(name, given = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(given)) {
    if (value === undefined || value === null || value === false) continue;
    if (key === "click") element.addEventListener("click", value);
    else if (key === "class") element.className = value;
    else if (key === "role" || key.includes("-")) element.setAttribute(key, String(value));
    else element[key] = value;
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** A button that is no form's. */
export function button(given, ...children) {
  return el("button", { type: "button", ...given }, ...children);
}

/** Words with what stands in backticks as code. */
export function wording(text) {
  return text
    .split("`")
    .map((part, at) => (at % 2 && part ? el("code", {}, part) : part))
    .filter((part) => part !== "");
}

export const byId = (id) => document.getElementById(id);
