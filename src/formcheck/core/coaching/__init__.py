"""What a run tells a person: placement, start posture, sets, rests, events."""
