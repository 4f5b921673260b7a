"""What was trained and what comes next: the SQLite store, progress, routines, progression.

One folder on this machine holds all of it. It never holds a picture or a video.
"""
