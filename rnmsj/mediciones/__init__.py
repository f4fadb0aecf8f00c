"""How fast the portal is, measured by itself: each figure against something done in the same run on the same server.

A time in seconds speaks of a machine; a ratio speaks of the code. Everything is measured in a
database of its own, which is created and dropped, with figures that are invented: nothing of
the portal is read or touched, and nothing measured here may be published as a figure of crime.
"""
