"""Recordings analysed: one or many, in several processes or on a cluster."""
