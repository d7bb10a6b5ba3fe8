"""Plans as offices print them: trees of levels, each with its sum.

In:     a sheet whose headings are those of a form of plan_forms.toml.
Out:    the lines of a plan, and what was compared on the way.
"""
