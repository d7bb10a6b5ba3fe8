"""Floor 2: the regions of Indonesia, by code and by outline.

In: boundaries/ (made by its build.py), the catalogue, or a layer that an office hands
over. Out: the register, resolved names and codes, clean coverages, neighbours.
Public names live in boundaries, neighbours, register and resolving; importing this
package loads none of them.
"""
