"""Pictures of results for a page: rows, strips and plots, laid out but not yet drawn.

In:     a result. Out: positions and words for a template, in a language.
"""
