"""Floor 8: maps. One description of classes and colours; a page and a print from it.

In: boundaries, any table by region, points, gap scores. Out: :func:`describe_map` (the
description), ``write_work_map`` / ``draw_work_map`` (one HTML file that opens without
a network), ``draw_static_map`` (a matplotlib figure).
"""
