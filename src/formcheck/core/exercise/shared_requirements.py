"""What several exercises require of a movement, so that no other one is counted for them."""

from __future__ import annotations

from formcheck.core.exercise.rules import Requirement, Taken
from formcheck.core.measures import FEET_HEIGHT, HIP_LEAD, HIP_LEVEL, SHANK_DROP, TRUNK_PITCH

TRUNK_STAYS = Requirement(
    measure=TRUNK_PITCH,
    at_least=-18.0,
    at_most=18.0,
    source="house default: who drives both knees, or pikes, tips the trunk by 20 degrees and more;"
    " raised hips of 29 degrees over the line tip it by 18",
)
KNEE_DRIVE = Requirement(
    measure=HIP_LEAD,
    at_least=15.0,
    absolute=True,
    quantile=0.75,
    source="house default: one knee at a time; a pike bends both hips, and a half-hidden far leg"
    " may read up to 25 degrees towards the near one",
    # An arm, or a caption, often hides the other knee: then the trunk tells.
    instead=TRUNK_STAYS,
)
FOOT_UP_AND_DOWN = Requirement(
    measure=FEET_HEIGHT,
    at_least=-0.15,
    taken=Taken.UP_OVER_ENDS,
    source="the lifted foot comes down again, and the body stays: on a step of 30 cm the foot stays"
    " up there while the body follows, and the middle of the feet is 0.3 trunk lengths higher"
    " before or after than in between; in a run the other foot is up then, which costs 0.05",
)
HIPS_STAY_UP = Requirement(
    measure=HIP_LEVEL,
    at_least=-0.25,
    taken=Taken.UP_OVER_ENDS,
    source="who lifts a leg stands on the other one: in filmed and drawn lifts, out of a lunge too,"
    " the hips were at most 0.10 trunk lengths lower than at its ends; in squats, lunges and"
    " sitting down 0.36 to 0.92",
)
SHANK_HANGS = Requirement(
    measure=SHANK_DROP,
    at_least=0.3,
    absolute=True,
    source="a shank is 0.8 trunk lengths long and hangs from a lifted knee: real lifts show 0.6 and"
    " more; a heel at the buttock is as high as the knee or higher",
)
TRUNK_BACK = Requirement(
    measure=TRUNK_PITCH,
    at_least=-35.0,
    at_most=35.0,
    taken=Taken.LAST,
    source="house default: a repetition ends as it began; who sits or gets up turns the trunk by 60"
    " degrees or more, and the worst faults drawn by 25",
)
