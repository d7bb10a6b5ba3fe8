"""Forty texts that would run, style, load or break a page if they were not inert.

Out:    :data:`PAYLOADS`: each says ``ran(NUMBER)``, or sets the style ``--ran``, where
        it comes alive; :data:`TRAP`, the script that notes it.
"""

from __future__ import annotations

TRAP = "window.ranNumbers = []; window.ran = number => window.ranNumbers.push(number);"
# What the trap has noted, and what else only a payload can have brought.
FOUND = """[
  ...window.ranNumbers,
  ...[...document.querySelectorAll('*')]
    .filter(e => [...e.attributes].some(a => /^on/.test(a.name)
      || a.name === 'style' && /--ran|expression/.test(a.value)
      || /^(href|src|srcdoc|action|formaction|data|xlink:href)$/.test(a.name)
        && /^\\s*(java\\s*script|vbscript|data:text|<)/i.test(a.value)))
    .map(e => e.outerHTML.slice(0, 120)),
  ...[getComputedStyle(document.body).getPropertyValue('--ran')].filter(Boolean),
  ...['meta[http-equiv=refresh]', 'base', 'iframe', 'object', 'embed', 'math', 'form']
    .filter(kind => document.querySelector(kind)),
]"""

PAYLOADS = [
    # elements with a handler
    "<script>ran(1)</script>",
    "<img src=x onerror=ran(2)>",
    "<svg onload=ran(3)>",
    "<svg><script>ran(4)</script></svg>",
    "<details open ontoggle=ran(5)>x</details>",
    "<input autofocus onfocus=ran(6)>",
    "<video><source onerror=ran(7)></video>",
    "<body onload=ran(8)>",
    "<iframe srcdoc='<script>parent.ran(9)</script>'></iframe>",
    "<math><mtext><style><img src=x onerror=ran(10)></style></mtext></math>",
    # out of a script, a style, a title, a text area, a comment
    "</script><script>ran(11)</script>",
    "</style><script>ran(12)</script>",
    "</title><script>ran(13)</script>",
    "</textarea><script>ran(14)</script>",
    "--><script>ran(15)</script>",
    "<!--<script>ran(16)</script>",
    "</SCRIPT\t\n><script >ran(17)</script >",
    "]]><script>ran(18)</script>",
    # out of an attribute
    '" onmouseover="ran(19)" autofocus onfocus="ran(19)" x="',
    "' onmouseover='ran(20)' autofocus onfocus='ran(20)' x='",
    "x onmouseover=ran(21) onfocus=ran(21) autofocus ",
    '"><img src=x onerror=ran(22)>',
    "'><img src=x onerror=ran(23)>",
    # out of a text of a script, and into a template
    '");ran(24);("',
    "');ran(25);('",
    "${ran(26)}",
    "`+ran(27)+`",
    '\\");ran(28);//',
    "\u2028ran(29)\u2028",
    "\u2029ran(30)\u2029//",
    "{{ran(31)}}{% print(31) %}${{31}}<%= ran(31) %>",
    "\\u003cscript\\u003eran(32)\\u003c/script\\u003e",
    "&lt;script&gt;ran(33)&lt;/script&gt;&#60;img src=x onerror=ran(33)&#62;",
    # addresses
    "javascript:ran(34)",
    "<a href=' java\tscript:ran(35)' autofocus onfocus=ran(35)>x</a>",
    "data:text/html,<script>parent.ran(36)</script>",
    # styles
    "</style><style>*{--ran:37}</style>",
    "x;}*{--ran:38}/*",
    "<div style='width:expression(ran(39));--ran:39'>x</div>",
    # a page that goes elsewhere
    "<base href='javascript:ran(40)'>"
    "<meta http-equiv=refresh content='0;javascript:ran(40)'>",
]
