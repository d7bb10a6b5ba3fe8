"""Floor 0: what every other floor leans on, and nothing about the programme.

In: nothing. Out: errors, lazy imports, escaping, formats, CRS checks, settings.
"""
