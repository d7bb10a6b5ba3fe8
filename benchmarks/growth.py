"""How maps grow with their regions, against folium on the same input.

Why: a map of 15 districts is quick in every way. What a way is worth shows when regions
double, and double again: to make the page, its size, and another indicator on it.

In:     nothing; 12 indicators, 3,000 points and regions that double are made as maps.py
        makes them.
Out:    a Markdown table on the screen and in benchmarks/out/growth.md, a picture in
        benchmarks/out/growth.png. Without Chromium the last two columns are empty.
Run:    python benchmarks/growth.py [--quick] [--rounds N]
"""

from __future__ import annotations

import argparse
import sys
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "tests" / "browser")]

from benchmarks.maps import OUT, make_input  # noqa: E402
from benchmarks.run import in_turn, measure  # noqa: E402

SIZES = (500, 1000, 2000, 4000, 8000)
QUICK = (250, 500)
OURS, OTHER = "kkbpk_geo", "folium.Choropleth"
# The list of a page is whole before each switch: to take it out is part of the switch.
SWITCH = """(async () => {
  const select = document.getElementById('kg-indicator');
  const n = kkbpk.page.level().codes.length;
  const rows = () => document.querySelectorAll('#kg-ranking [data-region]').length;
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  const first = [], whole = [];
  for (let i = 0; i < 5; i++) {
    while (rows() !== n) await pause(50);
    await pause(300);
    const start = performance.now();
    select.value = select.options[(i + 1) % select.options.length].value;
    select.dispatchEvent(new Event('change', { bubbles: true }));
    document.body.getBoundingClientRect();
    first.push(performance.now() - start);
    do await pause(10); while (rows() !== n);
    whole.push(performance.now() - start);
  }
  const middle = (times) => times.sort((a, b) => a - b)[times.length >> 1];
  return [middle(first), middle(whole)];
})()"""


def switching(page):
    """Milliseconds until another indicator is shown, and until its list is whole."""
    from chromium_driver import Browser, find_chromium

    program = find_chromium()
    if program is None or not find_spec("websockets"):
        return None, None
    browser = Browser(program)
    try:
        return browser.open(page).run(SWITCH)
    finally:
        browser.close()


def grown(n, rounds):
    """Seconds and megabytes of both ways, and the two times of ours, for n regions.

    Without rounds each way is run once, and not warmed.
    """
    folder = make_input(n)
    pages = {OURS: OUT / f"grown_{n}.html", OTHER: OUT / f"grown_folium_{n}.html"}
    commands = {
        way: (HERE / "maps.py", "--draw", way, "--input", folder, "--page", page)
        for way, page in pages.items()
    }
    if rounds:
        times = in_turn(commands, rounds)
    else:
        times = {way: measure(*command) for way, command in commands.items()}
    seconds = {way: times[way][0] for way in pages}
    size = {way: page.stat().st_size / 1e6 for way, page in pages.items()}
    return seconds, size, switching(pages[OURS])


def as_markdown(found):
    lines = [
        f"| regions | ours, s | growth | {OTHER}, s | ours / other | ours, MB "
        "| other, MB | switch, ms | growth | list whole, ms |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    before = (None, None)
    for n, (seconds, size, (first, whole)) in found.items():
        ours, other = seconds[OURS], seconds[OTHER]
        cells = [
            f"{n:,}", f"{ours:.2f}", times(ours, before[0]), f"{other:.2f}",
            f"{ours / other:.2f}", f"{size[OURS]:.2f}", f"{size[OTHER]:.2f}",
            whole_number(first), times(first, before[1]), whole_number(whole),
        ]  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
        before = (ours, first)
    return "\n".join(lines) + "\n"


def times(now, before):
    """How many times as much as for half as many regions."""
    return "–" if now is None or before is None else f"{now / before:.1f}×"


def whole_number(value):
    return "–" if value is None else f"{value:.0f}"


def draw(found, path):
    """Draw both ways by number of regions; a straight line of slope 1 is linear."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    mpl.use("Agg")
    figure = Figure(figsize=(6, 4), layout="constrained")
    axes = figure.subplots()
    sizes = list(found)
    for way in (OURS, OTHER):
        axes.loglog(sizes, [found[n][0][way] for n in sizes], marker="o", label=way)
    axes.set(xlabel="regions", ylabel="seconds to make the page", xticks=sizes)
    axes.set_xticklabels([f"{n:,}" for n in sizes])
    axes.minorticks_off()
    axes.legend()
    figure.savefig(path, dpi=120)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="two small sizes")
    parser.add_argument("--rounds", type=int, default=0, help="0: each once")
    options = parser.parse_args()
    sizes = QUICK if options.quick else SIZES
    found = {n: grown(n, options.rounds) for n in sizes}
    text = "12 indicators, 3,000 points; growth is against half as many regions\n\n"
    text += as_markdown(found)
    print(text)
    (HERE / "out" / "growth.md").write_text(text, encoding="utf-8")
    draw(found, HERE / "out" / "growth.png")


if __name__ == "__main__":
    main()
