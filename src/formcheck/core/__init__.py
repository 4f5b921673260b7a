"""The heart: what a pose means for an exercise; numpy and the standard library, nothing else."""
