"""Who looks how, and outfits: clothes close and loose, light and dark, long and short."""

from __future__ import annotations

from typing import Any

from people.clothes import Outfit

#: What is a person's own.
_LOOKS: dict[str, dict[str, Any]] = {
    "ida": {"skin": (226, 178, 150), "hair": (110, 72, 44), "hair_style": "bun",
            "iris": (88, 110, 90)},
    "bo": {"skin": (218, 170, 140), "hair": (88, 66, 44), "hair_style": "short",
           "iris": (90, 120, 140)},
    "carla": {"skin": (176, 122, 90), "hair": (40, 28, 24), "hair_style": "long"},
    "dmitri": {"skin": (224, 178, 154), "hair": (140, 134, 128), "hair_style": "bald"},
    "ebele": {"skin": (112, 72, 50), "hair": (24, 20, 20), "hair_style": "cropped"},
    "finn": {"skin": (222, 176, 146), "hair": (176, 140, 88), "hair_style": "short",
             "iris": (80, 120, 150)},
    "gerda": {"skin": (228, 186, 164), "hair": (206, 204, 200), "hair_style": "short"},
    "hiro": {"skin": (208, 164, 126), "hair": (22, 20, 22), "hair_style": "short"},
    "inga": {"skin": (232, 190, 166), "hair": (204, 170, 110), "hair_style": "tail",
             "iris": (90, 130, 150)},
    "juan": {"skin": (190, 140, 104), "hair": (44, 36, 32), "hair_style": "cropped"},
}  # fmt: skip

_OUTFITS: dict[str, dict[str, Any]] = {
    "sport": {"shirt": (40, 132, 140), "bottoms": (44, 46, 62), "shoes": (232, 232, 230),
              "sole": (120, 190, 196)},
    "light": {"shirt": (226, 224, 218), "bottoms": (150, 154, 160), "shoes": (70, 74, 84)},
    "dark": {"shirt": (38, 40, 46), "bottoms": (26, 28, 34), "leg_of_leg": 1.85,
             "shoes": (40, 40, 44), "sole": (90, 90, 92)},
    "leggings": {"shirt": (170, 60, 96), "bottoms": (40, 36, 52), "leg_of_leg": 1.8,
                 "sleeve_of_arm": 0.12, "hem_of_hip": 0.7, "shoes": (210, 110, 130)},
    "loose": {"shirt": (150, 152, 158), "bottoms": (36, 50, 104), "shirt_ease_m": 0.016,
              "bottoms_ease_m": 0.018, "leg_of_leg": 0.8, "sleeve_of_arm": 0.7,
              "hem_of_hip": -0.4},
    "wide": {"shirt": (196, 158, 70), "bottoms": (70, 74, 70), "shirt_ease_m": 0.024,
             "bottoms_ease_m": 0.022, "leg_of_leg": 1.75, "sleeve_of_arm": 0.9,
             "hem_of_hip": -0.5, "shoes": (60, 60, 64), "sole": (220, 220, 216)},
    "long-sleeves": {"shirt": (74, 92, 140), "bottoms": (84, 84, 90), "leg_of_leg": 1.7,
                     "bottoms_ease_m": 0.012, "sleeve_of_arm": 1.9, "hem_of_hip": 0.0},
    "vest": {"shirt": (196, 66, 54), "bottoms": (28, 30, 36), "sleeve_of_arm": 0.2,
             "leg_of_leg": 0.45},
    "striped": {"shirt": (52, 60, 84), "stripe": (216, 214, 206), "bottoms": (116, 96, 74),
                "leg_of_leg": 0.9, "bottoms_ease_m": 0.012},
}  # fmt: skip

OUTFITS = tuple(_OUTFITS)


def dressed(body: str, outfit: str) -> Outfit:
    """Clothes of a name on a body with its own skin and hair.

    Raises
    ------
    KeyError
        When no body or no outfit has the name.
    """
    return Outfit(**_LOOKS[body], **_OUTFITS[outfit])
