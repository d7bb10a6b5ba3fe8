"""One language of a page: every page says everything in both.

In: the text of a page, a language. Out: its side in that language.
"""

from __future__ import annotations

import re


def side(page, language="id"):
    """Return the part of a page that is in one language."""
    parts = re.split(r'(?=<div class="side (?:first|second)" id=)', page)
    return next(part for part in parts[1:] if f'id="{language}"' in part[:60])
