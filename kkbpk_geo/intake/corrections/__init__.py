"""What a district corrected in the workbook of findings, used where it belongs.

In:     workbooks that came back; the grids of a source, before they are recognised.
Out:    corrected grids; for each correction what became of it, and a finding.
"""
