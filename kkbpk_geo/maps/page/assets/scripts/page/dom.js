// @ts-check
/* Making elements: the only place where the page gets new content.
 *
 * Text goes in as text nodes; there is no way in for markup. */

const SVG = "http://www.w3.org/2000/svg";

/** @typedef {Node | string | number | null | undefined | Children[]} Children */

/**
 * What there is of children, in one row.
 * @param {Children[]} children
 * @returns {(Node | string)[]}
 */
export const wanted = (children) =>
  /** @type {any[]} */ (children).flat(Infinity).filter((child) => child !== null);

/**
 * @template {Element} T
 * @param {T} element
 * @param {Record<string, any>} attributes
 * @param {Children[]} children
 */
function furnish(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== null && value !== false) element.setAttribute(name, value);
  }
  element.append(...wanted(children));
  return element;
}

/**
 * An HTML element: el("b", {class: "x", onclick: f}, "text", another, [more]).
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, any>} attributes
 * @param {...Children} children
 */
export const el = (tag, attributes, ...children) =>
  furnish(document.createElement(tag), attributes, children);

/**
 * The same for SVG.
 * @template {keyof SVGElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, any>} attributes
 * @param {...Children} children
 */
export const svg = (tag, attributes, ...children) =>
  furnish(document.createElementNS(SVG, tag), attributes, children);

/**
 * An element of page.html, which has all that are asked for.
 * @param {string} id
 */
export const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/**
 * One of its selects, inputs and details.
 * @param {string} id
 */
export const selectById = (id) => /** @type {HTMLSelectElement} */ (byId(id));
/** @param {string} id */
export const inputById = (id) => /** @type {HTMLInputElement} */ (byId(id));
/** @param {string} id */
export const detailsById = (id) => /** @type {HTMLDetailsElement} */ (byId(id));

/**
 * Put the focus on what a selector finds inside an element, if it is there.
 * @param {string} id
 * @param {string} selector
 */
export function focusInside(id, selector) {
  const found = byId(id).querySelector(selector);
  if (found instanceof HTMLElement || found instanceof SVGElement) found.focus();
}

/**
 * Put new content where the old was.
 * @param {string} id
 * @param {...Children} children
 */
export function show(id, ...children) {
  const element = byId(id);
  element.replaceChildren(...wanted(children));
  return element;
}

/**
 * Tell what has changed to who hears the page.
 * @param {string} text
 */
export function say(text) {
  byId("kg-live").textContent = text;
}

/**
 * A button that is pressed or not.
 * @param {string} text
 * @param {boolean} isOn
 * @param {() => void} onclick
 * @param {Record<string, any>} [more]
 */
export const pressButton = (text, isOn, onclick, more) =>
  el("button", { type: "button", "aria-pressed": String(isOn), onclick, ...more }, text);
