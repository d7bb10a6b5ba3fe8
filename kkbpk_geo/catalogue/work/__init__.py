"""The work of offices as regulations and budgets name it: codes by edition, forms.

In: nomenclature.csv, plan_forms.toml. Out: typed, validated, read-only objects.
"""
