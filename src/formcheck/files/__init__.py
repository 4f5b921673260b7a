"""The file formats, one module each, and how files are written safely."""
