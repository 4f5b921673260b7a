"""The people: ten bodies, women and men, slim to heavy, young to old."""

from __future__ import annotations

from people.shape import Recipe

_LONG_ARMS = {"arms/measure-upperarm-length-incr": 0.5, "arms/measure-lowerarm-length-incr": 0.2}
_LONG_TRUNK = {
    "torso/torso-scale-vert-incr": 0.5,
    "legs/upperlegs-height-decr": 0.5,
    "legs/lowerlegs-height-decr": 0.5,
}
_SHORT_TRUNK = {
    "torso/torso-scale-vert-decr": 0.4,
    "legs/upperlegs-height-incr": 0.4,
    "legs/lowerlegs-height-incr": 0.4,
}
_BELLY = {"stomach/stomach-pregnant-incr": 0.35, "stomach/stomach-tone-decr": 0.6}

#: Name to recipe. Every name stands for the same body in every clip.
RECIPES = {
    # Slim and young, with a natural hollow.
    "ida": Recipe(stature_m=1.66, male=0.0, age_years=27, weight=0.38, muscle=0.55,
                  hollow_m=-0.008, targets=_LONG_ARMS),
    # Average in everything.
    "bo": Recipe(stature_m=1.80, male=1.0, age_years=34, weight=0.52, muscle=0.55,
                 targets=_LONG_ARMS),
    # Heavy, short.
    "carla": Recipe(stature_m=1.61, male=0.0, age_years=46, weight=0.86, muscle=0.45, cup=0.7,
                    ancestry={"caucasian": 0.6, "african": 0.4}, hollow_m=-0.004,
                    targets=_LONG_ARMS | {"stomach/stomach-tone-decr": 0.5}),
    # Heavy, with a belly and a flat back.
    "dmitri": Recipe(stature_m=1.76, male=1.0, age_years=63, weight=0.84, muscle=0.42,
                     hollow_m=-0.008, targets=_LONG_ARMS | _BELLY),
    # Muscular, with a deep hollow.
    "ebele": Recipe(stature_m=1.72, male=0.0, age_years=31, weight=0.52, muscle=0.85,
                    ancestry={"african": 1.0}, hollow_m=0.008,
                    targets=_LONG_ARMS | {"buttocks/buttocks-volume-incr": 0.5}),
    # Muscular and tall, broad shoulders.
    "finn": Recipe(stature_m=1.86, male=1.0, age_years=27, weight=0.56, muscle=0.88, ideal=0.8,
                   hollow_m=0.004, targets=_LONG_ARMS | {"torso/torso-vshape-incr": 0.4}),
    # Old and slight, flat back.
    "gerda": Recipe(stature_m=1.57, male=0.0, age_years=74, weight=0.42, muscle=0.35,
                    hollow_m=-0.020, targets=_LONG_ARMS),
    # Very slim, long trunk and short legs.
    "hiro": Recipe(stature_m=1.69, male=1.0, age_years=38, weight=0.28, muscle=0.45,
                   ancestry={"asian": 1.0}, hollow_m=-0.008, targets=_LONG_ARMS | _LONG_TRUNK),
    # Tall and slim, short trunk and long legs.
    "inga": Recipe(stature_m=1.82, male=0.0, age_years=36, weight=0.45, muscle=0.6, cup=0.4,
                   hollow_m=0.000, targets=_LONG_ARMS | _SHORT_TRUNK),
    # Stocky: broad and rather short, long trunk.
    "juan": Recipe(stature_m=1.68, male=1.0, age_years=51, weight=0.72, muscle=0.62,
                   ancestry={"caucasian": 0.6, "asian": 0.4}, hollow_m=0.000,
                   targets=_LONG_ARMS | _LONG_TRUNK | {"stomach/stomach-tone-decr": 0.4}),
}  # fmt: skip
