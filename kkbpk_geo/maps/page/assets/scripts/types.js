// @ts-check
/* What Python writes (payload.py, plans.py) and what the scripts make of it, as types.
 *
 * Only for tsc and editors: this file is no module, so its names are known everywhere,
 * and no page carries it. */

/**
 * Words in the page's pool (their number), or as they stand: one text for both
 * languages, one for each in the order of `languages`, or by language.
 * @typedef {number | string | string[] | Record<string, string>} Words
 */

/** @typedef {(number | null)[]} Row  A value per region; null where there is none. */
/** @typedef {[number, number]} Vertex  Latitude and longitude. */
/** @typedef {Vertex[][][]} Shape  Polygons, each of rings, the first the outer one. */
/** @typedef {[number, number, number, number]} Bounds  West, south, east, north. */

/**
 * Shapes with shared lines, as encode_coverage writes them.
 * @typedef {object} Coverage
 * @property {number} per_degree
 * @property {string} arcs
 * @property {string} shapes
 */

/**
 * One line of statuses.toml; without `hatch` where there is a number.
 * @typedef {object} Status
 * @property {string} key
 * @property {string} letter
 * @property {string} id
 * @property {string} en
 * @property {string} [hatch]
 */

/**
 * One period of a layer as written: columns as text (encode_row); `top` and `bottom`
 * are numbers of the pool; no `status` where all is there or all is missing.
 * @typedef {object} RawCells
 * @property {string | Row} values
 * @property {number | null} [province]
 * @property {string} [status]
 * @property {number | Row} [top]
 * @property {number | Row} [bottom]
 */

/**
 * The same, read.
 * @typedef {object} Cells
 * @property {Row} values
 * @property {number | null} province
 * @property {string} [status]
 * @property {Row} [top]
 * @property {Row} [bottom]
 */

/**
 * @typedef {object} Classes
 * @property {string} method
 * @property {number} digits
 * @property {number[]} breaks
 * @property {number | null} low
 * @property {number | null} high
 * @property {string[]} colours
 */

/** @typedef {"value" | "gap" | "need" | "rank" | "change"} Mode */

/**
 * An indicator by period. `line` is its standard, `thirds` the number of its breaks in
 * the pool, `kinds` the words of what has kinds instead of numbers.
 * @typedef {object} Layer
 * @property {string} key
 * @property {Words} label
 * @property {Words} unit
 * @property {Words} theme
 * @property {Words} formula
 * @property {Words} source
 * @property {Words} standard
 * @property {Words} counts
 * @property {Words} when
 * @property {number} digits
 * @property {string} direction  better, worse or context
 * @property {string} order  priority, best or largest
 * @property {boolean} [of_needs]  it stands among the needs of a sheet already
 * @property {number | null} line
 * @property {Partial<Record<Mode, number>>} modes
 * @property {RawCells[]} cells
 * @property {Words[]} [kinds]
 * @property {number} [thirds]
 * @property {number} [factor]
 * @property {number[]} [spans]  of each period, where there are several: only periods of
 *   one span are compared
 * @property {Words[]} [breaks]  why periods cannot be compared
 * @property {any[]} pool
 */

/**
 * @typedef {object} RawService
 * @property {Words} label
 * @property {Words} action
 * @property {boolean} most  the standard is a limit
 * @property {Words} standard
 * @property {string} part
 * @property {string} need
 * @property {string} supply
 * @property {string} gap
 * @property {string} surplus
 * @property {string} status  a letter per region
 */

/** @typedef {{score: string, rank: string, low: string, high: string, services: RawService[]}} RawNeeds */

/** @typedef {"part" | "need" | "supply" | "gap" | "surplus"} Count */

/** @typedef {Omit<RawService, Count> & Record<Count, Row>} Service */

/** @typedef {{score: Row, rank: Row, low: Row, high: Row, services: Service[]}} Needs */

/**
 * @typedef {object} Level
 * @property {string[]} codes
 * @property {string[]} names
 * @property {Words[]} kinds
 * @property {Words[] | number[]} parents  codes; of a level below the map the number of
 *   each in the level above, -1 for none
 * @property {(number | null)[]} areas
 * @property {Bounds} extent
 * @property {[number, number, number, number][]} places  longitude, latitude, half room
 * @property {Coverage} shapes
 * @property {Coverage} [upper]  of the first level below: the regions of the map by the
 *   lines of what is in them
 * @property {Words[]} [notes]  of a level below: what else a reader must know
 * @property {Words} [boundaries]  of a level below: where its outlines come from
 * @property {string[]} periods
 * @property {Words[]} period_words
 * @property {number} first
 * @property {Layer[]} layers
 * @property {RawNeeds | null} needs
 */

/**
 * A kind of point as written (payload._points).
 * @typedef {object} RawKind
 * @property {string} kind
 * @property {Words} label
 * @property {string} shape
 * @property {string} colour
 * @property {string} letter
 * @property {string} at
 * @property {number} per_degree
 * @property {string} regions
 * @property {string[]} [nested]  as regions, for each level below
 * @property {string} names
 * @property {Record<string, string>} odd
 */

/**
 * `regions` has a number per level, -1 where the point lies in none.
 * @typedef {object} Point
 * @property {number} lat
 * @property {number} lon
 * @property {number} region
 * @property {number[]} regions
 * @property {string} name
 * @property {string} odd
 */

/** @typedef {RawKind & {points: Point[]}} Kind */

/**
 * A region's plan (plans.py). `lines`: compared, agreed, conflicts, unfunded; `due`:
 * kind, work, part, province, district, note, rupiah; `done`: physical, absorption,
 * class, reported, works.
 * @typedef {object} Plan
 * @property {number} year
 * @property {[number | null, number, number | null, number | null]} lines
 * @property {[Words, Words, Words, Words, Words, Words, number | null][]} [due]
 * @property {number} more
 * @property {number} [score]
 * @property {Record<string, number>} [parts]
 * @property {number[]} [rows]
 * @property {[number | null, number | null, string, number, number]} [done]
 * @property {[Words, number | null, number | null, string][]} [behind]
 */

/**
 * A region of the first screen (first/data.py): its orders as count, thing and verb,
 * ground; or all in one line.
 * @typedef {object} FirstRow
 * @property {number} at
 * @property {number} rank
 * @property {Words} note
 * @property {Record<string, [string, string, string][]>} [orders]
 * @property {Words} [line]
 */

/**
 * @typedef {object} FirstScreen
 * @property {Words} message
 * @property {Words} sure
 * @property {Words[]} lacking
 * @property {Words} rule
 * @property {Words} more
 * @property {FirstRow[]} rows
 * @property {Record<string, Record<string, string>>} texts
 */

/**
 * How the page prints, where that is not the plain way (printed.py).
 * @typedef {object} Paper
 * @property {boolean} upright
 * @property {Bounds} main
 * @property {{bounds: Bounds, regions: number[], where: Words}[]} far
 * @property {Words} note
 */

/**
 * @typedef {object} Payload
 * @property {string} language
 * @property {string[]} languages
 * @property {Words} title
 * @property {Words} subtitle
 * @property {Words} source
 * @property {Words} boundaries
 * @property {string} date
 * @property {boolean} sample
 * @property {string} basemap
 * @property {Level[]} levels
 * @property {Coverage} around
 * @property {Bounds} window
 * @property {Coverage | null} outline
 * @property {Bounds} frame
 * @property {Paper} [paper]
 * @property {RawKind[]} points
 * @property {Words[]} notes
 * @property {Record<string, Words[]>} findings
 * @property {Status[]} statuses
 * @property {string[][]} pair_colours
 * @property {Record<string, string[]>} inks
 * @property {boolean} values
 * @property {Record<string, string>} aliases  other names of regions, by code
 * @property {Record<string, Record<string, string>>} texts
 * @property {{texts: Record<string, Record<string, string>>, regions: Record<string, Plan>}} [plans]
 * @property {{name: string, texts: Record<string, Record<string, string>>}} [drill]  where
 *   there are levels below: the name of the whole, and words
 * @property {{named: [string, string][], texts: Record<string, Record<string, string>>}} [provinces]
 *   code and name of the provinces that the regions of the map lie in, if several
 * @property {{texts: Record<string, Record<string, string>>}} [lines]
 * @property {{texts: Record<string, Record<string, string>>}} [compare]
 * @property {FirstScreen} [first]  of a map with gap scores
 * @property {any[]} pool
 */

/** @typedef {number | string} Key  A class (its number), a pair "a,b", or a status. */

/**
 * What both ways to look have.
 * @typedef {object} Look
 * @property {Layer} layer
 * @property {Cells} cells
 * @property {(i: number) => boolean} inside
 * @property {(i: number) => Key} keyOf
 * @property {(key: Key) => string | undefined} colourOf
 * @property {number[]} order
 * @property {Map<Key, number>} counts
 */

/**
 * One layer.
 * @typedef {Look & {pair: null, mode: Mode, kinds: Words[] | undefined, classes: Classes,
 *   ascending: boolean, ranks: Row, places: Row, orderKey: string}} SingleView
 */

/** @typedef {Look & {pair: [Layer, Layer], mode: "pair", pairCells: [Cells, Cells]}} PairView */

/** @typedef {SingleView | PairView} View */

/**
 * Everything that can change. `within`: the region one went into, of the level `from`;
 * null for the whole map. `only`: the keys shown loudly (all where empty); `hidden`:
 * kinds of points that are off; `lost`: the indicator that the level does not have;
 * `first`: whether the first screen is shown.
 * @typedef {object} State
 * @property {string} language
 * @property {number} level
 * @property {number | null} within
 * @property {number} from
 * @property {string} part  code of the province that is shown alone, "" for all
 * @property {number} layer
 * @property {Mode} mode
 * @property {number} second
 * @property {number} period
 * @property {number | null} region  whose sheet is open
 * @property {string} kept  code of the region that was chosen last, "" for none
 * @property {string} other  code of the region that its sheet compares it with, or ""
 * @property {number} theme  what is compared: the number of a theme; -1 for that shown
 * @property {number | null} lit
 * @property {Set<Key>} only
 * @property {Set<string>} hidden
 * @property {"ranking" | "table"} list
 * @property {{key: string, up: boolean}} sort
 * @property {number} radius
 * @property {boolean} basemap
 * @property {boolean} values
 * @property {boolean} playing
 * @property {Words | null} lost
 * @property {boolean} first
 */

/** @typedef {{x: number, y: number, w: number, h: number}} Box  Its middle and size. */
/** @typedef {Box & {roomX: number, roomY: number}} Label */
/** @typedef {{left: number, top: number, right: number, bottom: number}} Frame */
/** @typedef {{thousands: string, decimal: string}} Marks */
