"""One nested coverage of every level, built from the outlines of the finest regions.

In:     the public set of village outlines as it is cloned, or a layer with codes. Out:
        units that fit together on a grid, and what was changed on the way.
"""
