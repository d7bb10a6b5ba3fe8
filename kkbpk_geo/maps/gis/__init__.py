"""The map for those who go on in a GIS: layers with their figures, words and styles.

In:     a description of a map.
Out:    GeoPackage, GeoJSON or GeoParquet.
"""
