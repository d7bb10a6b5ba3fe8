// @ts-check
/* Text: labels with slots, search, lines, CSV, the view as an address. */

/**
 * Put values into "{name}" slots of a label.
 * @param {string} text
 * @param {Record<string, unknown>} values
 */
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (slot, name) => (name in values ? String(values[name]) : slot));
}

/**
 * Letters without case and accents.
 * @param {string} text
 */
const plain = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");

/**
 * Whether a text has every word that was typed, in any order.
 * @param {string} text
 * @param {string} typed
 */
export function matches(text, typed) {
  const where = plain(text);
  return plain(typed)
    .split(/\s+/)
    .every((word) => where.includes(word));
}

/**
 * Break a text into lines of at most `most` letters.
 * @param {string} text
 * @param {number} most
 */
export function wrap(text, most) {
  const lines = [""];
  for (const word of text.split(/\s+/)) {
    for (let rest = word; rest; rest = rest.slice(most)) {
      const part = rest.slice(0, most);
      const line = lines[lines.length - 1];
      if (!line) lines[lines.length - 1] = part;
      else if (line.length + 1 + part.length > most) lines.push(part);
      else lines[lines.length - 1] = `${line} ${part}`;
    }
  }
  return lines;
}

/* A cell that a spreadsheet would run as a formula, unless it is a plain number. */
const FORMULA = /^[=+\-@\t\r\n]/;
const NUMBER = /^[+-]?\d[\d.,]*\s*%?$/;

/**
 * A table as CSV that a spreadsheet opens and does not run.
 * @param {(string | number | null | undefined)[][]} rows
 * @param {string} decimal
 */
export function csv(rows, decimal) {
  const comma = decimal === ",";
  const mark = comma ? ";" : ",";
  /** @param {string | number | null | undefined} value */
  const cell = (value) => {
    if (value === null || value === undefined) return "";
    if (typeof value === "number") {
      return comma ? String(value).replace(".", ",") : String(value);
    }
    const safe = FORMULA.test(value) && !NUMBER.test(value) ? `'${value}` : value;
    return /[";,\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const lines = rows.map((row) => row.map(cell).join(mark) + "\r\n");
  // The first letter is the mark by which spreadsheets know UTF-8.
  return "\ufeff" + lines.join("");
}

/**
 * Read "#ind=…&region=…" into a plain object.
 * @param {string} hash
 * @returns {Record<string, string>}
 */
export const readAddress = (hash) => Object.fromEntries(new URLSearchParams(hash.replace(/^#/, "")));

/**
 * Write such an address; what is empty is left out.
 * @param {Record<string, string | number | null>} view
 */
export function writeAddress(view) {
  const parts = new URLSearchParams();
  for (const [name, value] of Object.entries(view)) {
    if (value !== "" && value !== null) parts.append(name, String(value));
  }
  return `#${parts}`;
}
