"""Which village has which kind of group, kit, cadre and facility: page and workbook.

In: tables with a row for each village, or lists. Out: :class:`matrix.PresenceMatrix`.
"""
