"""Floor 7: from numbers to judgement: index, inequality, clusters, types, change.

In: frames by region_code. Out: small frozen results that say how sure they are.
"""
