"""The pictures of the README and of notebooks/images/README.md, drawn anew.

Why: a picture that is older than the page it shows is a promise nobody keeps. So they
are made from the sample data by the code as it is.

In:     nothing. Out: notebooks/images/*.png (DATA CONTOH on each of them).
Run:    make pictures; needs Chromium.
"""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "browser")]
OUT = ROOT / "notebooks" / "images"
COLOURS = 224  # of a picture: flat fills need no more, and the repository stays small
PLAN = (
    "document.querySelector("
    "'#kg-sheet .kg-year').scrollIntoView();"
    "document.querySelector('#kg-panel').scrollTop -= 90; 0"
)
# name -> (page, width, height, scale, address, script)
SCREENS: dict[str, tuple[str, int, int, float, str, str]] = {
    "berkas": ("index.html", 1366, 768, 1, "", ""),
    "peta-kerja": ("peta-kerja.html", 1366, 800, 1, "", ""),
    "kelas-prioritas": ("peta-kerja.html", 1366, 800, 1, "#ind=priority_class", ""),
    "lembar-kabupaten": (
        "peta-kerja.html", 1366, 900, 1, "#ind=unmet_need&region=18.13", "",
    ),
    "lembar-rencana": (
        "peta-kerja.html", 1366, 900, 1, "#ind=aligned_share&region=18.13", PLAN,
    ),
    "dua-indikator": (
        "peta-kerja.html", 1366, 800, 1, "#ind=unmet_need&with=contraceptive_use", "",
    ),
    "tabel": (
        "peta-kerja.html", 1366, 800, 1,
        "#ind=contraceptive_use&mode=need&list=table&lang=en", "",
    ),
    "ponsel": ("peta-kerja.html", 390, 844, 1.5, "", ""),
    "ponsel-lembar": ("peta-kerja.html", 390, 844, 1.5, "#region=18.08", ""),
    "rapat": ("rapat/rapat-rencana.html", 1366, 800, 1, "", ""),
}  # fmt: skip


def main() -> None:
    """Draw every picture."""
    from chromium_driver import Browser, find_chromium

    program = find_chromium()
    if program is None:
        msg = "Chromium is not installed; set CHROMIUM or install it."
        raise SystemExit(msg)
    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        run = draw_sample(Path(folder))
        draw_print(run)
        browser = Browser(program)
        try:
            for name, (page, wide, high, scale, address, script) in SCREENS.items():
                shown = browser.open(Path(folder) / page, wide, high, address=address)
                shown.resize(wide, high, scale=scale)
                if script:
                    shown.run(script)
                shown.run("new Promise((done) => setTimeout(done, 400))")
                keep(name, shown.picture())
                shown.close()
        finally:
            browser.close()


def draw_sample(folder: Path) -> Any:  # noqa: ANN401
    """Write the demonstration, with its plans."""
    from kkbpk_geo.pipeline.demo import run_demo

    return run_demo(folder, plans=True)


def draw_print(run: Any) -> None:  # noqa: ANN401
    """Draw the A3 sheet of the gap score, as ``map -o x.pdf`` does."""
    from kkbpk_geo.maps.paper.sheet import PrintOptions
    from kkbpk_geo.maps.paper.static import draw_figure, save_figure
    from kkbpk_geo.pipeline.files.map import describe

    figure = draw_figure(describe(run), "gap_score", layout=PrintOptions(page="A3"))
    with tempfile.TemporaryDirectory() as folder:
        path = save_figure(figure, Path(folder) / "print.png")
        keep("peta-cetak", path.read_bytes(), width=1400)


def keep(name: str, content: bytes, *, width: int = 0) -> None:
    """Write a picture with few colours, and narrower if asked."""
    picture = Image.open(io.BytesIO(content)).convert("RGB")
    if width:
        high = round(picture.height * width / picture.width)
        picture = picture.resize((width, high), Image.Resampling.LANCZOS)
    small = picture.quantize(COLOURS, dither=Image.Dither.NONE)
    small.save(OUT / f"{name}.png", optimize=True)
    sys.stdout.write(f"{name}.png {(OUT / f'{name}.png').stat().st_size // 1000} kB\n")


if __name__ == "__main__":
    main()
