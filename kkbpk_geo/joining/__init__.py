"""Floor 4: tables and points onto regions; every row is placed or listed.

In: boundaries (floor 2) and intakes (floor 3). Out: :class:`model.Joined` and
:class:`points.PointJoin`, each with what it could not place and why.
"""
