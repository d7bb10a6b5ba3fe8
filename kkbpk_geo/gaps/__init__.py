"""Floor 6: need, supply and gap against stated standards, in countable things.

In: a Joined and the standards catalogue. Out: :class:`scoring.GapScores`.
"""
