"""What was trained and what comes next: the SQLite store, progress, routines, progression.

Everything lives in one folder on this machine. No picture and no video is ever kept here.
"""
