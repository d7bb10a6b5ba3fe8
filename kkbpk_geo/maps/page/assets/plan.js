/* The work plan on the district sheet: what to decide, the year, how far it is.
 *
 * In the page only where there are plans. In: data.plans, as plans.py writes it, and
 * the page's helpers. Out: elements. */
"use strict";

(function (core) {
  const { el } = core;
  const SIGNS = { p: "●", y: "○", b: "✕" };
  const MARKS = { c: "✕", b: "▼", o: "=", a: "▲", r: "?", t: "–" };

  /** The section of a region; nothing where it has no plan. */
  core.plan = function (page, region) {
    const { texts, regions } = page.data.plans, plan = regions[page.level().codes[region]];
    if (!plan) return [];
    const t = (key, values) => core.fill(texts[page.state.language][key], values || {});
    return [
      el("h3", {}, t("title", { year: plan.year })),
      el("p", { class: "kg-note" }, summary(page, plan, t)),
      ...decisions(page, plan, t),
      ...calendar(page, plan, t),
      ...progress(page, plan, t),
    ];
  };

  function summary(page, plan, t) {
    const [lines, agreed, conflicts, unfunded] = plan.lines;
    return [
      lines ? t("agreed", { agreed: page.count(agreed), lines: page.count(lines), share: page.number((100 * agreed) / lines, 1) }) : "",
      conflicts === null ? "" : t("conflicts", { n: page.count(conflicts) }),
      unfunded === null ? "" : t("unfunded", { n: page.count(unfunded) }),
    ].filter(Boolean).join(" · ");
  }

  function decisions(page, plan, t) {
    const due = plan.due || [], { word } = page;
    if (!due.length) return [el("p", {}, t("nothing"))];
    const said = (key, words) => word(words) ? `${t(key)}: ${word(words)}` : "";
    return [
      el("h4", {}, t("decide", { n: page.count(due.length + plan.more) })),
      el("ol", { class: "kg-due" }, due.map(([kind, work, part, province, district, note, rupiah]) =>
        el("li", {},
          el("b", {}, word(work)), ` – ${[word(kind), word(part)].filter(Boolean).join(", ")}`,
          rupiah ? el("span", { class: "kg-rupiah" }, `Rp ${page.count(rupiah)}`) : null,
          el("small", {}, [said("province", province), said("district", district), word(note)].filter(Boolean).join(" · "))))),
      plan.more ? el("p", { class: "kg-note" }, t("more", { n: page.count(plan.more) })) : null,
    ];
  }

  function calendar(page, plan, t) {
    if (!plan.rows) return [];
    const title = t("calendar", { year: plan.year }), months = t("months").split("|");
    const rows = plan.rows.map((number) => page.data.pool[number]);
    const parts = Object.entries(plan.parts || {}).map(([key, value]) => `${t(`part_${key}`)} ${value} %`);
    return [
      el("table", { class: "kg-year" },
        el("caption", {}, title),
        el("thead", {},
          el("tr", {}, el("th", { scope: "col", rowspan: 2 }, t("work")),
            t("quarters").split("|").map((name) => el("th", { scope: "colgroup", colspan: 3 }, name))),
          el("tr", {}, months.map((name) => el("th", { scope: "col", abbr: name, title: name }, name[0])))),
        el("tbody", {}, rows.map(([name, cells]) => el("tr", {},
          el("th", { scope: "row" }, page.word(name)),
          [...cells].map((cell, month) => cell === "." ? el("td", {})
            : el("td", { class: `kg-${cell}`, "aria-label": t(`cell_${cell}`), title: `${months[month]}: ${t(`cell_${cell}`)}` }, SIGNS[cell])))))),
      el("p", { class: "kg-note" }, Object.entries(SIGNS).filter(([cell]) => rows.some((row) => row[1].includes(cell)))
        .map(([cell, sign]) => `${sign} ${t(`cell_${cell}`)}`).join(" · ")),
      plan.score === undefined ? null : el("p", { class: "kg-note" },
        t("continuity", { score: plan.score }) + (parts.length ? ` (${parts.join(", ")})` : "")),
    ];
  }

  function progress(page, plan, t) {
    if (!plan.done) return [];
    const [physical, absorption, klass, reported, works] = plan.done;
    const percent = (value) => value === null ? "–" : `${page.number(value, 1)} %`;
    const judged = (letter) => [el("span", { "aria-hidden": "true" }, MARKS[letter]), ` ${t(`class_${letter}`)}`];
    const title = el("h4", {}, t("progress"));
    if (physical === null && absorption === null) return [title, el("p", {}, t("no_report", { works }))];
    return [
      title,
      el("p", {}, el("b", { class: `kg-class-${klass}` }, judged(klass)), ". ",
        t("done", { physical: percent(physical), absorption: percent(absorption), reported, works })),
      !plan.behind ? null : el("table", {},
        el("thead", {}, el("tr", {}, ["work", "physical", "absorption", "class"].map((key) => el("th", { scope: "col" }, t(key))))),
        el("tbody", {}, plan.behind.map(([work, done, spent, letter]) => el("tr", {},
          el("th", { scope: "row" }, page.word(work)), el("td", {}, percent(done)), el("td", {}, percent(spent)),
          el("td", { class: `kg-class-${letter}` }, judged(letter)))))),
    ];
  }
})(kkbpk);
