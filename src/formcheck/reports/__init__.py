"""A session on paper: JSON, CSV, text. Each module writes one form."""
