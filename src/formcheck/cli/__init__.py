"""The command line: options, messages, exit codes. The work is done elsewhere."""
