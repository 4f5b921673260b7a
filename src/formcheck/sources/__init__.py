"""Where frames come from. Importing this package loads none of the heavy ones."""
