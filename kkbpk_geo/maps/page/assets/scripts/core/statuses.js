// @ts-check
/* Why a number is there or not. The words come with the data (statuses.toml); an unknown
 * one is a fault of the page's maker and is told, never drawn as another. */

/** @type {Map<string, Status>} */
const byKey = new Map();
/** @type {Map<string, Status>} */
const byLetter = new Map();

/**
 * Take over the statuses of the payload.
 * @param {Status[]} statuses
 */
export function useStatuses(statuses) {
  byKey.clear();
  byLetter.clear();
  for (const status of statuses) {
    byKey.set(status.key, status);
    byLetter.set(status.letter, status);
  }
}

/**
 * A status by its key.
 * @param {Key} key
 */
export function statusNamed(key) {
  const status = byKey.get(String(key));
  if (!status) throw new Error(`unknown status "${key}"; known: ${[...byKey.keys()].join(", ")}`);
  return status;
}

/**
 * The key of the status that a letter stands for.
 * @param {string} letter
 */
export function statusOfLetter(letter) {
  const status = byLetter.get(letter);
  if (!status) {
    const known = [...byLetter.keys()].join(", ");
    throw new Error(`unknown letter "${letter}" for a status; known: ${known}`);
  }
  return status.key;
}

/** The statuses of what has no number, in the order of a legend. */
export const reasons = () => [...byKey.values()].filter((status) => status.hatch !== undefined);

/**
 * Why a cell is as it is: "ok", "partial", "missing", "not_reported", ...
 * @param {Cells} cells
 * @param {number} i
 */
export function statusOf(cells, i) {
  const status = cells.status ? statusOfLetter(cells.status[i]) : "ok";
  // A mode may have no number where the value has one: a change needs two.
  const hasReason = status !== "ok" && status !== "partial";
  return cells.values[i] === null && !hasReason ? "missing" : status;
}
