"""Sensors of the pelvis: what tells its turn, which no pose model sees.

A sensor gives a `formcheck.core.pose.pelvis.PelvisReading` for a frame; `sensor` holds the
protocol, `tag_sensor` the printed tag. The reading rides on the pose and is saved with it.
"""
