"""Outlines of every level in one small file: shared borders once, read without a loop.

In:     a clean coverage of the finest units of any provinces. Out: a file of suffix
        ``.kgeo``, and from it the outlines of any level inside any region.
Layout: ``layout`` says what stands where; ``columns`` how numbers are packed;
        ``cutting`` makes rings into arcs and ``linking`` arcs into rings again.
"""
