"""From poses to judged repetitions: neutral, counting, faults, evidence, verdict."""
