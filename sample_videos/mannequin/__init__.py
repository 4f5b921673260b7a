"""A drawn person, moved by scripts, for sample videos whose true angles are known.

World axes, used by every module: metres, right-handed, ``x`` the way the person faces, ``y`` to the
person's left, ``z`` up, the floor at ``z = 0``. Angles are degrees at every public boundary.
"""
