"""The analysis of a run: questions, plain answers, their pictures and their page.

In:     a run. Out: an Analysis; a page in both languages, tables.
"""
