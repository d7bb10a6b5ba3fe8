"""Floor 3: from any sheet of an office to a recognised, typed, checked table.

In: CSV, XLSX, XLS, ODS, DataFrames, lists. Out: :class:`~kkbpk_geo.intake.model.Intake`
with its findings; nothing lost, nothing guessed, no person's data kept.
"""
