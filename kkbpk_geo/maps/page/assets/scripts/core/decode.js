// @ts-check
/* Reading what encoding.py wrote: numbers, columns, runs. */

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/* By the code of the letter: a page of villages has a million of them. */
const VALUES = new Int8Array(128).fill(-1);
[...ALPHABET].forEach((letter, value) => {
  VALUES[letter.charCodeAt(0)] = value;
});

/**
 * The number that a letter of a text stands for.
 * @param {string} text
 * @param {number} [at]
 */
export function letterValue(text, at = 0) {
  const value = VALUES[text.charCodeAt(at)] ?? -1;
  if (value < 0) throw new Error(`"${text[at]}" is no letter of encoded numbers`);
  return value;
}

/**
 * Read whole numbers written by encode_numbers: five bits a letter, sign last.
 * @param {string} text
 */
export function readNumbers(text) {
  const numbers = [];
  let number = 0;
  let factor = 1;
  for (let at = 0; at < text.length; at++) {
    const bits = letterValue(text, at);
    number += (bits % 32) * factor;
    factor *= 32;
    // The sixth bit says that more letters of this number follow.
    if (bits < 32) {
      numbers.push(number % 2 ? -(number + 1) / 2 : number / 2);
      number = 0;
      factor = 1;
    }
  }
  return numbers;
}

/**
 * Read a column written by encode_row: decimals, then numbers; a dot is missing.
 * @param {string} text
 * @returns {Row}
 */
export function readRow(text) {
  const scale = 10 ** letterValue(text[0]);
  // A number ends with a letter below 32 ("A" to "f").
  const parts = text.slice(1).split(/(?<=[A-Za-f.])/);
  return parts.map((part) => (part === "." ? null : readNumbers(part)[0] / scale));
}

/**
 * Read numbers written by encode_runs: each with how often it stands in a row.
 * @param {string} text
 */
export function readRuns(text) {
  const runs = readNumbers(text);
  /** @type {number[]} */
  const found = [];
  for (let at = 0; at < runs.length; at += 2) {
    found.push(...Array(runs[at + 1]).fill(runs[at]));
  }
  return found;
}
