"""Floor 1: what the programme knows, as data, with typed readers.

In: the TOML and CSV files of this folder. Out: frozen, validated, read-only objects.
To add an indicator, a heading, a label or a group kind, edit a file here; no Python.
"""
