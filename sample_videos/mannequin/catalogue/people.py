"""The people in the clips."""

from __future__ import annotations

from mannequin.body import Body, Palette

ANNA = Body()
BEN = Body(
    stature_m=1.84, girth=1.05, shoulder_breadth=1.08, hip_breadth=0.96,
    palette=Palette(
        skin=(164, 112, 80), hair=(34, 28, 26), shirt=(206, 200, 188), shorts=(70, 86, 62),
        shoe=(52, 60, 84), lips=(132, 78, 68),
    ),
)  # fmt: skip
CARLA = Body(
    stature_m=1.60, girth=1.08, shoulder_breadth=0.95, hip_breadth=1.05,
    palette=Palette(
        skin=(236, 196, 168), hair=(176, 128, 72), shirt=(150, 62, 88), shorts=(96, 98, 108),
        shoe=(226, 222, 214), sole=(90, 94, 100),
    ),
)  # fmt: skip
