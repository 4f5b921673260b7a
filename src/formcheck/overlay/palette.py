"""Colours that people with any colour vision can tell apart; shape and word go with them.

The hues are those of Okabe and Ito's set, in OpenCV's order: blue, green, red.
"""

from __future__ import annotations

from typing import TypeAlias

Colour: TypeAlias = tuple[int, int, int]

INK: Colour = (24, 20, 18)
"""Behind text, and around lines so that they show on any background."""

WHITE: Colour = (255, 255, 255)
GREY: Colour = (205, 200, 195)
"""Small print, and what is not the matter at the moment."""

SKY: Colour = (233, 180, 86)
"""The leg that moves."""

GREEN: Colour = (135, 190, 30)
"""Counted; held long enough."""

YELLOW: Colour = (66, 228, 240)
"""Do something; not verified."""

AMBER: Colour = (0, 165, 250)
"""Near a limit."""

VERMILLION: Colour = (50, 110, 245)
"""A fault."""
