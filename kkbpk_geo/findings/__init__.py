"""What is wrong with a file, as data, and what goes back to its owner.

In:     facts seen while reading.
Out:    sentences, a table, a workbook to send back, a page.
"""

from typing import TYPE_CHECKING

from kkbpk_geo.base.lazy import open_door

if TYPE_CHECKING:
    from kkbpk_geo.findings.book import write_findings as write_findings
    from kkbpk_geo.findings.page import findings_html as findings_html
    from kkbpk_geo.findings.places import ASKED as ASKED
    from kkbpk_geo.findings.places import CORRECTION as CORRECTION
    from kkbpk_geo.findings.places import CORRECTION_COLUMNS as CORRECTION_COLUMNS
    from kkbpk_geo.findings.places import KEY as KEY
    from kkbpk_geo.findings.places import Place as Place
    from kkbpk_geo.findings.places import file_digests as file_digests
    from kkbpk_geo.findings.record import Finding as Finding
    from kkbpk_geo.findings.words import LONGEST as LONGEST
    from kkbpk_geo.findings.words import Reported as Reported
    from kkbpk_geo.findings.words import count_severities as count_severities
    from kkbpk_geo.findings.words import finding as finding
    from kkbpk_geo.findings.words import finding_sentence as finding_sentence
    from kkbpk_geo.findings.words import finding_text as finding_text
    from kkbpk_geo.findings.words import findings_frame as findings_frame
    from kkbpk_geo.findings.words import fold_findings as fold_findings
    from kkbpk_geo.findings.words import remedy_text as remedy_text

__getattr__, __dir__ = open_door(
    __name__,
    {
        "ASKED": "places",
        "CORRECTION": "places",
        "CORRECTION_COLUMNS": "places",
        "Finding": "record",
        "KEY": "places",
        "LONGEST": "words",
        "Place": "places",
        "Reported": "words",
        "count_severities": "words",
        "file_digests": "places",
        "finding": "words",
        "finding_text": "words",
        "findings_frame": "words",
        "findings_html": "page",
        "finding_sentence": "words",
        "fold_findings": "words",
        "remedy_text": "words",
        "write_findings": "book",
    },
)
