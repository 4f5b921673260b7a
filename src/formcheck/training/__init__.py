"""Training over weeks, pure: plan, progression with its reasons, progress, fatigue."""
