"""An analysis as one page and its files; pictures inside the page, nothing outside.

In:     :class:`kkbpk_geo.pipeline.analysing.Analysis`.
Out:    ``analisis.html``; per section a CSV; the same input, the same bytes.
"""

from __future__ import annotations

import base64
import io
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.escaping import for_html
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.io.files import write_csv, writing
from kkbpk_geo.pipeline.analysing import Analysis, Section

if TYPE_CHECKING:
    import pandas as pd

_STYLE = """
:root{color-scheme:light}
body{font:16px/1.55 system-ui,"Segoe UI",Roboto,Arial,sans-serif;color:#1a1a1a;
margin:0 auto;max-width:62rem;padding:1rem}
h1{font-size:1.6rem}h2{font-size:1.2rem;margin:2.2rem 0 .4rem}
img{max-width:100%;height:auto;display:block;margin:.6rem 0}
.sample{background:#b3261e;color:#fff;font-weight:700;padding:.2rem .8rem}
.skipped{color:#444}nav li{margin:.15rem 0}a{color:#1f4e8c}
a:focus-visible{outline:3px solid #1f4e8c}
@media print{body{max-width:none;font-size:10pt}section{break-inside:avoid}}
"""


def page(analysis: Analysis) -> str:
    """Lay an analysis out as one HTML page: sentence, picture, in order."""
    language = analysis.language
    title = label("analysis_title", language).format(
        place=analysis.place, period=analysis.period
    )
    sample = (
        f'<p><span class="sample">{for_html(label("sample_data", language))}</span></p>'
        if analysis.sample
        else ""
    )
    contents = "".join(
        f'<li><a href="#{for_html(s.key)}">{for_html(s.heading)}</a></li>'
        for s in analysis.sections
    )
    skipped = "".join(f"<li>{for_html(text)}</li>" for text in analysis.skipped)
    if skipped:
        head = for_html(label("analysis_skipped", language))
        skipped = (
            f'<section class="skipped"><h2>{head}</h2><ul>{skipped}</ul></section>'
        )
    body = "".join(_section(s, analysis) for s in analysis.sections)
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'; img-src data:\">"
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{for_html(title)}</title><style>{_STYLE}</style></head><body>"
        f"<h1>{for_html(title)}</h1>{sample}<nav><ul>{contents}</ul></nav>"
        f"<main>{body}</main>{skipped}</body></html>\n"
    )


def write_analysis(analysis: Analysis, folder: str | Path) -> list[Path]:
    """Write the page, and each section's table as CSV.

    Raises
    ------
    ProjectError
        If the folder cannot be written to.
    """
    target = Path(folder)
    with writing(target):
        report = target / "analisis.html"
        report.write_text(page(analysis), encoding="utf-8")
        tables = [
            write_csv(
                _flat(s.table), target / f"analisis-{s.key}.csv", analysis.language
            )
            for s in analysis.sections
        ]
    return [report, *tables]


def write_index(index: Any, folder: str | Path, language: Any = "id") -> list[Path]:  # noqa: ANN401
    """Write an index as ``indeks.csv`` and ``indeks.png``."""
    from kkbpk_geo.maps.paper.static import save_figure

    target = Path(folder)
    with writing(target):
        return [
            write_csv(_flat(index.table), target / "indeks.csv", language),
            save_figure(index.picture(language), target / "indeks.png"),
        ]


def _flat(table: pd.DataFrame) -> pd.DataFrame:
    named = [name for name in table.index.names if name and name not in table.columns]
    return table.reset_index() if named else table


def _section(section: Section, analysis: Analysis) -> str:
    said = "".join(f"<p>{for_html(text)}</p>" for text in section.sentences)
    picture = _picture(section, analysis)
    key, heading = for_html(section.key), for_html(section.heading)
    return f'<section id="{key}"><h2>{heading}</h2>{said}{picture}</section>'


def _picture(section: Section, analysis: Analysis) -> str:
    from PIL import Image

    from kkbpk_geo.maps.paper.static import save_figure

    figure = section.result.picture(language=analysis.language)
    with tempfile.TemporaryDirectory() as folder:
        drawn = Image.open(save_figure(figure, Path(folder) / "x.png"))
        small = io.BytesIO()  # a palette makes a page a quarter as large
        drawn.convert("RGB").quantize(128).save(small, "PNG", optimize=True)
    code = base64.b64encode(small.getvalue()).decode()
    return f'<img alt="{for_html(section.heading)}" src="data:image/png;base64,{code}">'
