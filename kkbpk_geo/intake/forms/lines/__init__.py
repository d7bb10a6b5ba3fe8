"""Lines of a plan, made of the levels of a form.

In:     nodes of a form, what is said around it. Out: records, frames, findings.
"""
