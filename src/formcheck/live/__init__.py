"""A live run: the threads that read, judge and draw, and the window."""
