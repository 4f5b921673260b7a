"""Reports: pages, tables and stills for people to read."""
