"""The words about pain and safety, and when pain ends a run."""

from __future__ import annotations

SAFETY = (
    "Stop at sharp pain in the back or groin. With existing back or hip trouble, see a"
    " physiotherapist first."
)


PAIN_STOPS = 4
"""From this much pain on (0 none, 10 the worst there is) training stops."""


def pain_stop(pain: int) -> str:
    """Returns why training stops at so much pain."""
    return (
        f"Pain {pain} of 10 was noted; from {PAIN_STOPS} on training stops. Let it settle, and see"
        " a physiotherapist before going on."
    )
